/**
 * `tf.gfile`: files and folders, with TensorFlow's errors.
 *
 * @module
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AlreadyExistsError, InvalidArgumentError, OutOfRangeError, PermissionDeniedError } from '../base/errors';
import { type Args, bound, constructorOf } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { readWhole, tried } from '../format/files';
import { pathsLike } from '../format/glob';

/** What a file gives that was opened so: text, or bytes with a `b`. */
export type ReadAs<M extends string> = M extends `${string}b${string}` ? Uint8Array : string;
type Opened<M extends string> = [name: string, mode?: M];
const GFILE = constructorOf<Opened<string>>('gfile.GFile');
const NEWLINE = 10;

/**
 * A file that is read or written piece by piece. It opens with the first piece.
 *
 *     const out = new tf.gfile.GFile(`${folder}/a.txt`, 'w');
 *     out.write('one\ntwo\n');
 *     out.close();
 *     new tf.gfile.GFile(`${folder}/a.txt`).readlines()   // ['one\n', 'two\n']
 */
export class GFile<M extends string = 'r'> {
  /** Its path. */
  readonly name: string;
  /** 'r', 'w', 'a', and the same with a `b` for bytes. */
  readonly mode: string;
  private bytes: Uint8Array | null = null;
  private at = 0;
  private to: number | null = null;

  /**
   * A file by its path; nothing is opened yet.
   *
   * @param name  its path
   * @param mode  'r' to read, 'w' to write anew, 'a' to write behind what is there; with a `b` reads give bytes
   */
  constructor(...given: Args<'gfile.GFile', Opened<M>>) {
    const [name, mode = 'r'] = GFILE.take(given);
    if (!/^[rwa][b+]*$/.test(mode))
      throw new InvalidArgumentError(null, `mode is not one of 'r', 'w', 'a', 'rb', 'wb', 'ab', but '${mode}'`);
    this.name = name;
    this.mode = mode;
  }
  private get whole(): Uint8Array {
    if (!/[r+]/.test(this.mode)) throw new PermissionDeniedError(null, "File isn't open for reading");
    return (this.bytes ??= readWhole(this.name));
  }
  private given(piece: Uint8Array): ReadAs<M> {
    return (this.mode.includes('b') ? Uint8Array.from(piece) : Buffer.from(piece).toString('utf8')) as ReadAs<M>;
  }
  /** The next `n` bytes, or all that are left. @throws NotFoundError  if there is no such file */
  read(n: number | { readonly n?: number } = -1): ReadAs<M> {
    const { whole } = this;
    const from = Math.min(this.at, whole.length);
    this.at = typeof n === 'object' || n < 0 ? whole.length : Math.min(from + n, whole.length);
    return this.given(whole.subarray(from, this.at));
  }
  /** The next line, with its end; nothing at the end of the file. */
  readline(): ReadAs<M> {
    const { whole } = this;
    const from = Math.min(this.at, whole.length);
    const end = whole.indexOf(NEWLINE, from);
    this.at = end < 0 ? whole.length : end + 1;
    return this.given(whole.subarray(from, this.at));
  }
  /** All lines that are left, with their ends. */
  readlines(): ReadAs<M>[] {
    return [...this];
  }
  /** Line by line. */
  *[Symbol.iterator](): Generator<ReadAs<M>, void, undefined> {
    while (this.at < this.whole.length) yield this.readline();
  }
  /** Writes text or bytes. */
  write(fileContent: string | Uint8Array | { readonly fileContent: string | Uint8Array }): void;
  write(fileContent: string | Uint8Array): void {
    if (!/[wa+]/.test(this.mode)) throw new PermissionDeniedError(null, "File isn't open for writing");
    tried(this.name, () => {
      this.to ??= openSync(this.name, this.mode.replace('b', ''));
      writeSync(this.to, typeof fileContent === 'string' ? Buffer.from(fileContent) : fileContent);
    });
  }
  /**
   * Goes to a byte of a file that is read.
   *
   * @param offset  how far
   * @param whence  from where: 0 the beginning, which it is where not given; 1 the place where it is; 2 the end
   * @throws InvalidArgumentError  for a place before the beginning, and another `whence`
   * @throws OutOfRangeError  for a place behind the end
   */
  seek(offset: number | { readonly offset: number; readonly whence?: number }, whence?: number): void;
  seek(offset: number, whence = 0): void {
    const size = this.whole.length;
    const start = [0, this.at, size][whence];
    if (start === undefined)
      throw new InvalidArgumentError(null, `Invalid whence argument: ${whence}. Valid values are 0, 1, or 2.`);
    const to = start + offset;
    if (to < 0) throw new InvalidArgumentError(null, `Seeking to a negative position: ${to}`);
    if (to > size) throw new OutOfRangeError(null, 'reached end of file');
    this.at = to;
  }
  /** At which byte it is. */
  tell(): number {
    return this.at;
  }
  /** How many bytes the file has. */
  size(): number {
    return tried(this.name, () => statSync(this.name).size);
  }
  /** Does nothing: what is written is in the file at once. */
  flush(): void {}
  /** Closes the file. */
  close(): void {
    if (this.to !== null) closeSync(this.to);
    [this.to, this.bytes, this.at] = [null, null, 0];
  }
  /** What `using` does at the end of a block, as Python's `with`. */
  [Symbol.dispose](): void {
    this.close();
  }
}
bindMethods(GFile, {
  read: 'gfile.Open.read',
  readline: 'gfile.Open.readline',
  readlines: 'gfile.Open.readlines',
  write: 'gfile.Open.write',
  seek: 'gfile.Open.seek',
  tell: 'gfile.Open.tell',
  size: 'gfile.Open.size',
  flush: 'gfile.Open.flush',
  close: 'gfile.Open.close',
});
/**
 * `GFile`, by its older name.
 *
 *     const file = new tf.gfile.FastGFile(`${folder}/b.bin`, 'wb');
 *     file.write(Uint8Array.of(1, 2));
 *     file.close();
 *     file.size()   // 2
 */
export const FastGFile = GFile;
/**
 * `GFile`, by its oldest name.
 *
 *     new tf.gfile.Open(`${folder}/none`).name.endsWith('none')   // true
 */
export const Open = GFile;

/**
 * Whether there is a file or a folder.
 *
 *     tf.gfile.Exists(folder)   // true
 *
 * @param filename  its path
 * @returns  true or false
 * @throws TypeError  for a path that is no text
 */
export const Exists = bound('gfile.Exists', (filename: string): boolean => existsSync(filename));
/**
 * Whether there is a folder.
 *
 *     tf.gfile.IsDirectory(folder)   // true
 *
 * @param dirname  its path
 * @returns  true or false
 * @throws TypeError  for a path that is no text
 */
export const IsDirectory = bound(
  'gfile.IsDirectory',
  (dirname: string): boolean => existsSync(dirname) && tried(dirname, () => statSync(dirname).isDirectory()),
);
/**
 * The names of what is in a folder.
 *
 *     tf.gfile.MakeDirs(`${folder}/k`);
 *     tf.gfile.ListDirectory(`${folder}/k`)   // []
 *
 * @param dirname  its path
 * @returns  names, in alphabetical order
 * @throws NotFoundError  if there is no such folder
 */
export const ListDirectory = bound('gfile.ListDirectory', (dirname: string): string[] =>
  tried(dirname, () => readdirSync(dirname).sort()),
);
/**
 * Makes a folder, and those around it.
 *
 *     tf.gfile.MakeDirs(`${folder}/a/b`);
 *     tf.gfile.IsDirectory(`${folder}/a/b`)   // true
 *
 * @param dirname  its path
 * @throws FailedPreconditionError  if one of the folders around it is a file
 * @throws AlreadyExistsError  if it is a file itself
 * @throws PermissionDeniedError  if it may not be made
 */
export const MakeDirs = bound('gfile.MakeDirs', (dirname: string): void => {
  tried(dirname, () => mkdirSync(dirname, { recursive: true }));
});
/**
 * Makes a folder in one that is there.
 *
 *     tf.gfile.MkDir(`${folder}/c`);
 *     tf.gfile.Exists(`${folder}/c`)   // true
 *
 * @param dirname  its path
 * @throws NotFoundError  if the folder around it is not there
 * @throws AlreadyExistsError  if it is there
 */
export const MkDir = bound('gfile.MkDir', (dirname: string): void => {
  if (existsSync(dirname)) throw new AlreadyExistsError(null, `${dirname}; File exists`);
  tried(dirname, () => mkdirSync(dirname));
});
/**
 * Deletes a file.
 *
 *     const file = new tf.gfile.GFile(`${folder}/d`, 'w');
 *     file.write('');
 *     tf.gfile.Remove(`${folder}/d`);
 *     tf.gfile.Exists(`${folder}/d`)   // false
 *
 * @param filename  its path
 * @throws NotFoundError  if there is none
 */
export const Remove = bound('gfile.Remove', (filename: string): void => {
  tried(filename, () => unlinkSync(filename));
});
/**
 * Deletes a folder with all that is in it.
 *
 *     tf.gfile.MakeDirs(`${folder}/e/f`);
 *     tf.gfile.DeleteRecursively(`${folder}/e`);
 *     tf.gfile.Exists(`${folder}/e`)   // false
 *
 * @param dirname  its path
 * @throws NotFoundError  if there is none
 */
export const DeleteRecursively = bound('gfile.DeleteRecursively', (dirname: string): void => {
  tried(dirname, () => rmSync(dirname, { recursive: true }));
});
/**
 * The files and folders of a pattern, in which `*` stands for any letters, `?` for one, and `[ab]` for one of these.
 * They do not stand for a slash.
 *
 *     tf.gfile.MakeDirs(`${folder}/run-1/events`);
 *     tf.gfile.MakeDirs(`${folder}/run-2/events`);
 *     tf.gfile.Glob(`${folder}/run-[23]/*`).map((path) => path.slice(folder.length))   // ['/run-2/events']
 *
 * @param filename  the pattern, or a list of them
 * @returns  their paths, in alphabetical order
 * @throws NotFoundError  if the folder in front of the first such letter is not there
 */
export const Glob = bound('gfile.Glob', (filename: string | readonly string[]): string[] =>
  [filename].flat().flatMap(pathsLike),
);
function checkNew(path: string, overwrite: boolean): void {
  if (!overwrite && existsSync(path)) throw new AlreadyExistsError(null, `file already exists`);
}
/**
 * Copies a file.
 *
 *     const file = new tf.gfile.GFile(`${folder}/g`, 'w');
 *     file.write('text');
 *     tf.gfile.Copy(`${folder}/g`, `${folder}/h`);
 *     new tf.gfile.GFile(`${folder}/h`).read()   // 'text'
 *
 * @param oldpath    its path
 * @param newpath    the path of the copy
 * @param overwrite  whether the copy may take the place of a file
 * @throws AlreadyExistsError  where it may not
 */
export const Copy = bound('gfile.Copy', (oldpath: string, newpath: string, overwrite: boolean = false): void => {
  checkNew(newpath, overwrite);
  tried(oldpath, () => copyFileSync(oldpath, newpath));
});
/**
 * Gives a file another name.
 *
 *     const file = new tf.gfile.GFile(`${folder}/i`, 'w');
 *     file.write('text');
 *     tf.gfile.Rename(`${folder}/i`, `${folder}/j`);
 *     tf.gfile.Exists(`${folder}/j`)   // true
 *
 * @param oldname    its path
 * @param newname    its path afterwards
 * @param overwrite  whether it may take the place of a file
 * @throws AlreadyExistsError  where it may not
 */
export const Rename = bound('gfile.Rename', (oldname: string, newname: string, overwrite: boolean = false): void => {
  checkNew(newname, overwrite);
  tried(oldname, () => renameSync(oldname, newname));
});
/** What is known of a file. */
export interface FileStatistics {
  /** How many bytes it has. */
  readonly length: number;
  /** When it was written, in nanoseconds since 1970. */
  readonly mtimeNsec: number;
  /** Whether it is a folder. */
  readonly isDirectory: boolean;
}
/**
 * What is known of a file.
 *
 *     tf.gfile.Stat(folder).isDirectory   // true
 *
 * @param filename  its path
 * @returns  its length, when it was written, and whether it is a folder
 * @throws NotFoundError  if there is none
 */
export const Stat = bound('gfile.Stat', (filename: string): FileStatistics => {
  const found = tried(filename, () => statSync(filename));
  return { length: found.size, mtimeNsec: found.mtimeMs * 1e6, isDirectory: found.isDirectory() };
});
/**
 * A folder and all folders in it: for each its path, the names of the folders and those of the files in it.
 *
 *     tf.gfile.Walk(folder).length   // 1
 *
 * @param top      its path
 * @param inOrder  whether a folder comes before those in it; true where not given
 * @returns  `[path, folders, files]` for each; nothing where there is no such folder
 * @throws TypeError  for a path that is no text
 * @throws PermissionDeniedError  for a folder that may not be read
 */
export const Walk = bound('gfile.Walk', (top: string, inOrder: boolean = true): WalkedFolder[] => walked(top, inOrder));
/** A folder: its path, the names of the folders in it and of the files. */
export type WalkedFolder = [path: string, folders: string[], files: string[]];
function walked(top: string, inOrder: boolean): WalkedFolder[] {
  if (!existsSync(top)) return [];
  const entries = tried(top, () => readdirSync(top, { withFileTypes: true }));
  const names = (isFolder: boolean): string[] =>
    entries
      .filter((each) => each.isDirectory() === isFolder)
      .map(({ name }) => name)
      .sort();
  const folders = names(true);
  const here: WalkedFolder = [top, folders, names(false)];
  const inside = folders.flatMap((name) => walked(join(top, name), inOrder));
  return inOrder ? [here, ...inside] : [...inside, here];
}
