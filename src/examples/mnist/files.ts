/** Finds the four files of a data set in a directory; where one is missing, says what lies there instead. */
import { codeOf } from '../../base/thrown';
import { type Dirent, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { FailedPreconditionError, NotFoundError, PermissionDeniedError } from '../../base/errors';
import { fileError } from '../../format/files';

/** What a file holds: pictures or labels, to train on or (`t10k`) to test. */
export interface Role {
  readonly set: 'train' | 't10k';
  readonly content: 'images' | 'labels';
}

const DIMENSIONS = { images: 3, labels: 1 } as const;
const ARCHIVES = new Set(['.zip', '.tar', '.tgz', '.gz', '.7z', '.rar', '.bz2', '.xz']);
/** How far below a directory the files are looked for. */
const DEPTH = 2;
/** How many of a directory's names an error lists. */
const LISTED = 6;
const PACKAGED = 'Leave the directory out to read the packaged MNIST digits.';

/** The names that a file may have. */
function namesOf({ set, content }: Role): string[] {
  const [stem, ending] = [`${set}-${content}`, `idx${DIMENSIONS[content]}-ubyte`];
  return [`${stem}-${ending}`, `${stem}.${ending}`, `${stem}-${ending}.gz`, `${stem}.${ending}.gz`];
}

/**
 * The one of a file's four names that exists. Directories do not count: some archives unpack into such.
 *
 * @throws NotFoundError            if there is none
 * @throws FailedPreconditionError  if `dir` is no directory
 */
export function findFile(dir: string, role: Role): string {
  const names = namesOf(role);
  const found = names.map((name) => join(dir, name)).find((path) => kindOf(path) === 'file');
  if (found !== undefined) return found;
  const first = join(dir, names[0]);
  const kind = kindOf(dir);
  if (kind === null) {
    throw new NotFoundError(
      null,
      `${first}; No such file or directory\nExpected a directory of IDX files, and there is no ${dir}. ${PACKAGED}`,
    );
  }
  if (kind !== 'directory')
    throw new FailedPreconditionError(null, `${first}; Not a directory\n${insteadOf(dir, kind)}`);
  throw new NotFoundError(
    null,
    `${first}; No such file or directory\n` +
      `Expected one of ${names.join(', ')}, found none. ${PACKAGED}\n${contentsOf(dir, role)}`,
  );
}

/** @throws FailedPreconditionError, PermissionDeniedError  if it cannot be read */
export function readFile(path: string): Buffer {
  return withStatus(path, () => readFileSync(path));
}

type Kind = 'file' | 'directory' | 'device, pipe or socket';
/** What a path leads to, links followed; null for nothing. */
function kindOf(path: string): Kind | null {
  return withStatus(path, () => {
    try {
      const found = statSync(path, { throwIfNoEntry: false });
      if (!found) return null;
      return found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'device, pipe or socket';
    } catch (error) {
      // A part of the path is a file: then there is nothing below it.
      if (codeOf(error) === 'ENOTDIR') return null;
      throw error;
    }
  });
}

/** Gives an error of the file system the class that TensorFlow gives it. */
function withStatus<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    const denied = code === 'EACCES' || code === 'EPERM';
    if (denied) throw new PermissionDeniedError(null, `${path}; Permission denied\nExpected a file that can be read.`);
    throw fileError(path, error);
  }
}

/** What to do where a directory was asked for and something else is there. */
function insteadOf(path: string, kind: Kind): string {
  const found = `Expected a directory of IDX files, found a ${kind}: ${path}.`;
  if (kind !== 'file') return `${found} ${PACKAGED}`;
  if (similarTo(basename(path))) return `${found} Give the directory that it lies in: ${dirname(path)}.`;
  if (ARCHIVES.has(extname(path).toLowerCase())) return `${found} Unpack it, and give the directory that it becomes.`;
  return `${found} ${PACKAGED}`;
}

/** The role of a file that is called nearly as MNIST's are: `emnist-letters-test-images-idx3-ubyte.gz`. */
function similarTo(name: string): Role | null {
  const match = /(train|test|t10k)\W*(images|labels)\W*idx[13]\W*ubyte/.exec(name.toLowerCase().replaceAll('_', '-'));
  if (!match) return null;
  return { set: match[1] === 'train' ? 'train' : 't10k', content: match[2] === 'images' ? 'images' : 'labels' };
}
const sameRole = (a: Role | null, b: Role): boolean => a?.set === b.set && a.content === b.content;

/** What a directory holds in the place of a file, and what to do about it. */
function contentsOf(dir: string, role: Role): string {
  const entries = withStatus(dir, () => readdirSync(dir, { withFileTypes: true }));
  const [folder] = namesOf(role).filter((name) => kindOf(join(dir, name)) === 'directory');
  if (folder !== undefined) return folderOfTheName(join(dir, folder), folder);
  const similar = entries.map(({ name }) => name).filter((name) => sameRole(similarTo(name), role));
  if (similar.length) return similarFiles(similar.sort(), role);
  const below = directoriesBelow(dir, entries, DEPTH).find((at) =>
    namesOf(role).some((name) => kindOf(join(at, name)) === 'file'),
  );
  if (below !== undefined) return `One lies in ${below}: give that directory.`;
  return listOf(dir, entries);
}

function folderOfTheName(path: string, name: string): string {
  const inside = withStatus(path, () => readdirSync(path)).sort();
  const file = inside.find((each) => similarTo(each)) ?? inside[0];
  if (file === undefined) return `${name} is there, but it is a directory, and empty. Put the file in its place.`;
  return (
    `${name} is there, but it is a directory, and holds ${file}. ` +
    'Archives from Kaggle unpack so: move the file out of it, into a directory that has all four.'
  );
}

function similarFiles(found: readonly string[], role: Role): string {
  const [name] = found;
  const wanted = namesOf(role)[name.toLowerCase().endsWith('.gz') ? 2 : 0];
  const emnist = found.some((each) => /^emnist/i.test(each)) ? "EMNIST's names" : 'another name';
  if (found.length === 1) return `There is ${name} (${emnist}): rename it to ${wanted}, and the other three likewise.`;
  return (
    `There are ${shown(found)} (${emnist}). Copy the four files of one of these sets into a directory of its own, ` +
    `under MNIST's names: ${name} becomes ${wanted}.`
  );
}

function directoriesBelow(dir: string, entries: readonly Dirent[], depth: number): string[] {
  const direct = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(dir, name));
  if (depth === 1) return direct;
  const deeper = direct.flatMap((at) => {
    try {
      return directoriesBelow(at, readdirSync(at, { withFileTypes: true }), depth - 1);
    } catch {
      // What cannot be listed holds nothing for us.
      return [];
    }
  });
  return [...direct, ...deeper];
}

function listOf(dir: string, entries: readonly Dirent[]): string {
  if (!entries.length) return `${dir} is empty.`;
  const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  const held = `${dir} holds ${shown(names)}.`;
  if (names.some((name) => ARCHIVES.has(extname(name).toLowerCase())))
    return `${held} Archives must be unpacked first.`;
  if (names.some((name) => name.toLowerCase().endsWith('.csv'))) return `${held} CSV files cannot be read, only IDX.`;
  return held;
}
function shown(names: readonly string[]): string {
  const rest = names.length - LISTED;
  return names.slice(0, LISTED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
