/**
 * `tf.io.gfile`: files and folders by the names of TensorFlow 2; `tf.gfile` has the same.
 *
 * @module
 */
import { bound } from '../calls/bind';
import * as older from './gfile';
import type { FileStatistics, WalkedFolder } from './gfile';

export { GFile } from './gfile';

/**
 * Whether there is a file or a folder.
 *
 *     tf.io.gfile.exists(folder)   // true
 *
 * @param path  its path
 * @returns  true or false
 * @throws TypeError  for a path that is no text
 */
export const exists = bound('io.gfile.exists', (path: string): boolean => older.Exists(path));
/**
 * Whether there is a folder.
 *
 *     tf.io.gfile.isdir(folder)   // true
 *
 * @param path  its path
 * @returns  true or false
 * @throws TypeError  for a path that is no text
 */
export const isdir = bound('io.gfile.isdir', (path: string): boolean => older.IsDirectory(path));
/**
 * The names of what is in a folder.
 *
 *     tf.io.gfile.makedirs(`${folder}/k`);
 *     tf.io.gfile.listdir(`${folder}/k`)   // []
 *
 * @param path  its path
 * @returns  names, in alphabetical order
 * @throws NotFoundError  if there is no such folder
 */
export const listdir = bound('io.gfile.listdir', (path: string): string[] => older.ListDirectory(path));
/**
 * Makes a folder, and those around it.
 *
 *     tf.io.gfile.makedirs(`${folder}/a/b`);
 *     tf.io.gfile.isdir(`${folder}/a/b`)   // true
 *
 * @param path  its path
 * @throws FailedPreconditionError  if one of the folders around it is a file
 * @throws AlreadyExistsError  if it is a file itself
 */
export const makedirs = bound('io.gfile.makedirs', (path: string): void => older.MakeDirs(path));
/**
 * Makes a folder in one that is there.
 *
 *     tf.io.gfile.mkdir(`${folder}/c`);
 *     tf.io.gfile.exists(`${folder}/c`)   // true
 *
 * @param path  its path
 * @throws NotFoundError  if the folder around it is not there
 * @throws AlreadyExistsError  if it is there
 */
export const mkdir = bound('io.gfile.mkdir', (path: string): void => older.MkDir(path));
/**
 * Deletes a file.
 *
 *     const file = new tf.io.gfile.GFile(`${folder}/d`, 'w');
 *     file.write('');
 *     tf.io.gfile.remove(`${folder}/d`);
 *     tf.io.gfile.exists(`${folder}/d`)   // false
 *
 * @param path  its path
 * @throws NotFoundError  if there is none
 */
export const remove = bound('io.gfile.remove', (path: string): void => older.Remove(path));
/**
 * Deletes a folder with all that is in it.
 *
 *     tf.io.gfile.makedirs(`${folder}/e/f`);
 *     tf.io.gfile.rmtree(`${folder}/e`);
 *     tf.io.gfile.exists(`${folder}/e`)   // false
 *
 * @param path  its path
 * @throws NotFoundError  if there is none
 */
export const rmtree = bound('io.gfile.rmtree', (path: string): void => older.DeleteRecursively(path));
/**
 * The files and folders of a pattern, in which `*` stands for any letters, `?` for one, and `[ab]` for one of these.
 *
 *     tf.io.gfile.makedirs(`${folder}/run-1`);
 *     tf.io.gfile.glob(`${folder}/run-*`).map((path) => path.slice(folder.length))   // ['/run-1']
 *
 * @param pattern  the pattern, or a list of them
 * @returns  their paths, in alphabetical order
 * @throws NotFoundError  if the folder in front of the first such letter is not there
 */
export const glob = bound('io.gfile.glob', (pattern: string | readonly string[]): string[] => older.Glob(pattern));
/**
 * Copies a file.
 *
 *     const file = new tf.io.gfile.GFile(`${folder}/g`, 'w');
 *     file.write('text');
 *     tf.io.gfile.copy(`${folder}/g`, `${folder}/h`);
 *     new tf.io.gfile.GFile(`${folder}/h`).read()   // 'text'
 *
 * @param src        its path
 * @param dst        the path of the copy
 * @param overwrite  whether the copy may take the place of a file
 * @throws AlreadyExistsError  where it may not
 */
export const copy = bound('io.gfile.copy', (src: string, dst: string, overwrite: boolean = false): void =>
  older.Copy(src, dst, overwrite),
);
/**
 * Gives a file another name.
 *
 *     const file = new tf.io.gfile.GFile(`${folder}/i`, 'w');
 *     file.write('text');
 *     tf.io.gfile.rename(`${folder}/i`, `${folder}/j`);
 *     tf.io.gfile.exists(`${folder}/j`)   // true
 *
 * @param src        its path
 * @param dst        its path afterwards
 * @param overwrite  whether it may take the place of a file
 * @throws AlreadyExistsError  where it may not
 */
export const rename = bound('io.gfile.rename', (src: string, dst: string, overwrite: boolean = false): void =>
  older.Rename(src, dst, overwrite),
);
/**
 * What is known of a file.
 *
 *     tf.io.gfile.stat(folder).isDirectory   // true
 *
 * @param path  its path
 * @returns  its length, when it was written, and whether it is a folder
 * @throws NotFoundError  if there is none
 */
export const stat = bound('io.gfile.stat', (path: string): FileStatistics => older.Stat(path));
/**
 * A folder and all folders in it: for each its path, the names of the folders and those of the files in it.
 *
 *     tf.io.gfile.walk(folder)[0][0] === folder   // true
 *
 * @param top      its path
 * @param topdown  whether a folder comes before those in it; true where not given
 * @param onerror  is told of a folder that is not there
 * @returns  `[path, folders, files]` for each
 * @throws PermissionDeniedError  for a folder that may not be read
 */
export const walk = bound(
  'io.gfile.walk',
  (top: string, topdown: boolean = true, onerror?: (error: unknown) => void): WalkedFolder[] => {
    if (!onerror || older.Exists(top)) return older.Walk(top, topdown);
    try {
      older.ListDirectory(top);
    } catch (error) {
      onerror(error);
    }
    return [];
  },
);
