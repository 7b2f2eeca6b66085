/**
 * Files that the library writes for people: made beside the place and renamed, so that a reader never meets half of
 * one and a kill leaves what was there. Nothing is written through a link, into a device or over a folder.
 */
import { codeOf, errorOf } from '../base/thrown';
import { isRunning } from '../base/platform';
import { textOf } from '../base/preview';
import {
  type Stats,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { FailedPreconditionError, NotFoundError, OpError, PermissionDeniedError, UnknownError } from '../base/errors';

/** What is in a place, by `stat` or `lstat`; null for nothing, or where its name leads through a file. */
export function inPlace(path: string, look: (path: string) => Stats): Stats | null {
  try {
    return look(path);
  } catch {
    return null;
  }
}
/** Bytes of a file's name, with what stands behind it until the file is whole. */
const LONGEST = 255 - '.4294967296.part'.length;
/**
 * Why nothing can be written to a place; null where it can be.
 *
 * @returns  what is wrong and what helps, for a person who named the place
 */
export function whyNot(path: string): { readonly why: string; readonly error: (message: string) => Error } | null {
  const refuse = (why: string) => ({ why, error: (m: string) => new FailedPreconditionError(null, m) });
  if (typeof path !== 'string' || !path || path.includes('\0'))
    return refuse('it is no name of a file. Name one, such as report.html.');
  const folder = dirname(resolve(path));
  const above = inPlace(folder, statSync);
  if (Buffer.byteLength(basename(path)) > LONGEST) return refuse('its name is too long. Name another file.');
  if (!above?.isDirectory())
    return {
      why: above ? `${folder} is a file. Name another place.` : `there is no directory ${folder}. Make it first.`,
      error: (m) => new NotFoundError(null, m),
    };
  const there = inPlace(path, lstatSync);
  if (there?.isDirectory() || /[\\/]$/.test(path))
    return refuse('it is a directory. Name a file, such as report.html.');
  if (there?.isSymbolicLink() && inPlace(path, statSync)?.isDirectory())
    return refuse('it is a directory. Name a file, such as report.html.');
  if (there && !there.isFile() && !there.isSymbolicLink())
    return refuse('it is a device, pipe or socket. Name a file, such as report.html.');
  if (there?.isSymbolicLink()) return refuse('it is a link, and is not followed. Name the file itself.');
  return null;
}

/**
 * Writes a whole file.
 *
 * @throws NotFoundError            where its folder is missing
 * @throws FailedPreconditionError  where a folder, a device or a link is in its place
 * @throws PermissionDeniedError    where nothing can be written there
 */
export function writeOutput(path: string, text: string | Uint8Array): void {
  try {
    const refused = whyNot(path);
    if (refused) throw refused.error(`${textOf(path)}: ${refused.why}`);
    removeLeftovers(path);
    const aside = `${path}.${process.pid}.part`;
    try {
      // Only a new file: a link of that name is not followed.
      const file = openSync(aside, 'wx');
      try {
        writeFileSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(aside, path);
    } finally {
      rmSync(aside, { force: true });
    }
  } catch (error) {
    throw ours(path, error);
  }
}
/**
 * Adds to the end of a file, which is made where there is none: what prints into one comes line by line.
 *
 * @throws as `writeOutput`
 */
export function appendOutput(path: string, text: string): void {
  try {
    const refused = whyNot(path);
    if (refused) throw refused.error(`${textOf(path)}: ${refused.why}`);
    const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_WRONLY } = constants;
    const file = openSync(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o666);
    try {
      writeFileSync(file, text);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw ours(path, error);
  }
}
function ours(path: string, error: unknown): Error {
  if (error instanceof OpError) return error;
  const code = codeOf(error);
  const denied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  if (denied) return new PermissionDeniedError(null, `${path}: nothing can be written there. Name another place.`);
  if (code === 'ENOSPC') return new UnknownError(null, `${path}: the disk is full. Make room, or name another.`);
  return new UnknownError(null, `${path}: ${errorOf(error).message}`);
}

/** What processes left that were killed while they wrote: their names tell which, and that they are gone. */
function removeLeftovers(path: string): void {
  const start = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    const writer = name.startsWith(start) ? /^(\d+)\.part$/.exec(name.slice(start.length))?.[1] : undefined;
    if (writer === undefined) continue;
    if (Number(writer) === process.pid || !isRunning(Number(writer)))
      rmSync(join(dirname(path), name), { force: true });
  }
}
