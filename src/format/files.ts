/**
 * Files that programs read back: written beside their place and renamed, so that a reader never meets half of one.
 * What a process that was killed left beside it goes when the next one writes there.
 */
import { codeOf, errorOf } from '../base/thrown';
import { isRunning } from '../base/platform';
import {
  type Stats,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import {
  AlreadyExistsError,
  FailedPreconditionError,
  InvalidArgumentError,
  NotFoundError,
  OpError,
  PermissionDeniedError,
  ResourceExhaustedError,
  UnknownError,
} from '../base/errors';

export { basename, dirname, isAbsolute, join, relative, resolve };

/** A failed call of the file system as TensorFlow's error: `PATH; No such file or directory`. */
export function fileError(path: string, thrown: unknown): Error {
  if (thrown instanceof OpError) return thrown;
  const known = CODES[codeOf(thrown) ?? ''];
  return known
    ? new known.error(null, `${path}; ${known.text}`)
    : new UnknownError(null, `${path}; ${errorOf(thrown).message}`);
}
const CODES: Readonly<
  Record<string, { readonly error: new (op: null, message: string) => Error; readonly text: string }>
> = {
  ENOENT: { error: NotFoundError, text: 'No such file or directory' },
  ENOTDIR: { error: FailedPreconditionError, text: 'Not a directory' },
  EEXIST: { error: AlreadyExistsError, text: 'File exists' },
  EISDIR: { error: FailedPreconditionError, text: 'Is a directory' },
  EACCES: { error: PermissionDeniedError, text: 'Permission denied' },
  EPERM: { error: PermissionDeniedError, text: 'Operation not permitted' },
  EROFS: { error: PermissionDeniedError, text: 'Read-only file system' },
  ENOSPC: { error: ResourceExhaustedError, text: 'No space left on device' },
  EMFILE: { error: ResourceExhaustedError, text: 'Too many open files' },
  ELOOP: { error: UnknownError, text: 'Too many levels of symbolic links' },
  ENAMETOOLONG: { error: InvalidArgumentError, text: 'File name too long' },
};
/** Calls of the file system, with TensorFlow's errors. */
export function tried<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Whether there is a file (or a folder) of that name. */
export function exists(path: string): boolean {
  return existsSync(path);
}
/** What the file system says of a path; null where it says that there can be nothing. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
export function isFile(path: string): boolean {
  return statOf(path)?.isFile() ?? false;
}
export function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}
/** Seconds since 1970, with fractions; null where there is no file. */
export function modifiedAt(path: string): number | null {
  const stat = statOf(path);
  return stat ? stat.mtimeMs / 1000 : null;
}
/** A whole file. @throws NotFoundError  where there is none; FailedPreconditionError for what is no file */
export function readWhole(path: string): Buffer {
  return tried(path, () => {
    checkRegular(path);
    return readFileSync(path);
  });
}
/** A device or a pipe may have no end, and who opens a pipe may wait for ever. */
export function checkRegular(path: string): void {
  const stat = statSync(path);
  if (!stat.isFile())
    throw new FailedPreconditionError(null, `${path}; ${stat.isDirectory() ? 'Is a directory' : 'Not a regular file'}`);
}
/** The names in a folder that a pattern matches; none where there is no folder. */
export function namesLike(folder: string, pattern: RegExp): string[] {
  try {
    return readdirSync(folder || '.')
      .filter((name) => pattern.test(name))
      .sort();
  } catch {
    return [];
  }
}
/** A text as a pattern that matches just it; `?` and `*` as file patterns have them where `wild` says so. */
export function patternOf(text: string, wild = false): string {
  const plain = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return wild ? plain.replaceAll('\\?', '[^/]').replaceAll('\\*', '[^/]*') : plain;
}
/** The files that a pattern such as `model-?????-of-00002` names; a plain name is one, too. */
export function filesLike(pattern: string): string[] {
  if (!/[?*]/.test(basename(pattern))) return isFile(pattern) ? [pattern] : [];
  const folder = dirname(pattern);
  const match = new RegExp(`^${patternOf(basename(pattern), true)}$`);
  return namesLike(folder, match).map((name) => (pattern.includes('/') ? join(folder, name) : name));
}
export function remove(path: string): void {
  tried(path, () => rmSync(path, { force: true }));
}
/** @throws FailedPreconditionError  where a folder, a device, a pipe or a socket is in the place */
export function rename(from: string, to: string): void {
  checkPlace(to);
  tried(to, () => renameSync(from, to));
}
/** Who may write anywhere would put a file in the place of `/dev/null`. */
function checkPlace(path: string): void {
  const there = tried(path, () => lstatSync(path, { throwIfNoEntry: false }));
  if (there && !there.isFile() && !there.isSymbolicLink() && !there.isDirectory())
    throw new FailedPreconditionError(null, `${path}: it is a device, pipe or socket. Name a file.`);
}
/** A second name of a file, in the place of what had it; false where the file system has no such names. */
export function link(from: string, to: string): boolean {
  checkPlace(to);
  const aside = asideOf(to);
  try {
    linkSync(from, aside);
    renameSync(aside, to);
    return true;
  } catch {
    rmSync(aside, { force: true });
    return false;
  }
}
/** Makes a folder where nothing is; the folder above it must be there. */
export function makeFolder(path: string): void {
  unlessThere(path, () => mkdirSync(path));
}
export function makeFolders(path: string): void {
  if (path) unlessThere(path, () => mkdirSync(path, { recursive: true }));
}
/** As to TensorFlow, a file of that name is there too: who goes on to write below it is told `Not a directory`. */
function unlessThere(path: string, make: () => void): void {
  if (isFolder(path)) return;
  tried(path, () => {
    try {
      make();
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  });
}
/** Takes a folder away if it is empty. */
export function removeFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // It is somebody's still.
  }
}

// --- writing aside --------------------------------------------------------------------------------------------

let written = 0;
/** Where a file is written until it is whole: TensorFlow's word for it, and whose it is. */
export function asideOf(path: string): string {
  return `${path}.tempstate${process.pid}_${written++}`;
}
const ASIDE = /\.tempstate(\d+)_\d+(?:\.(?:index|data-\d{5}-of-\d{5})(?:\.tempstate\d+)?)?$/;
/** Removes what killed processes left beside files of this start. */
export function removeLeft(start: string): void {
  const folder = dirname(start);
  for (const name of namesLike(folder, new RegExp(`^${patternOf(basename(start))}.*${ASIDE.source}`))) {
    const writer = Number(ASIDE.exec(name)?.[1]);
    if (writer !== process.pid && !isRunning(writer)) rmSync(join(folder, name), { force: true });
  }
}

/** Removes the files of a prefix that a checkpoint was written to aside, whole or not. */
export function removeAside(prefix: string): void {
  for (const name of namesLike(dirname(prefix), new RegExp(`^${patternOf(basename(prefix))}\\.`)))
    remove(join(dirname(prefix), name));
}

/** A file that is being written. */
export class Output {
  private readonly file: number;
  private open = true;
  constructor(readonly path: string) {
    // Only a new file: a link of that name is not followed.
    this.file = tried(path, () => openSync(path, 'wx'));
  }
  write(bytes: Uint8Array): void {
    tried(this.path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at, bytes.length - at);
    });
  }
  close(): void {
    if (this.open) closeSync(this.file);
    this.open = false;
  }
  /** Closes it and takes it away. */
  drop(): void {
    this.close();
    rmSync(this.path, { force: true });
  }
}
/** Writes a whole file in the place of what is there. */
export function writeWhole(path: string, bytes: Uint8Array | string): void {
  checkPlace(path);
  const output = new Output(asideOf(path));
  try {
    output.write(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    output.close();
    rename(output.path, path);
  } catch (error) {
    output.drop();
    throw error;
  }
}
