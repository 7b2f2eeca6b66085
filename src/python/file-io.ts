/**
 * `tensorflow.python.lib.io.file_io`: `tf.gfile` under other names.
 *
 * @module
 */
import { bound } from '../calls/bind';
import { GFile } from '../program/gfile';

export {
  Copy as copy,
  DeleteRecursively as deleteRecursively,
  Exists as fileExists,
  GFile as FileIO,
  Glob as getMatchingFiles,
  IsDirectory as isDirectory,
  ListDirectory as listDirectory,
  MakeDirs as recursiveCreateDir,
  MkDir as createDir,
  Remove as deleteFile,
  Rename as rename,
  Stat as stat,
  Walk as walk,
} from '../program/gfile';

/**
 * All that is in a file.
 *
 *     tf.python.lib.io.fileIo.writeStringToFile(`${folder}/a.txt`, 'one');
 *     tf.python.lib.io.fileIo.readFileToString(`${folder}/a.txt`)   // 'one'
 *
 * @param filename    its path
 * @param binaryMode  true for bytes
 * @returns  text, or bytes
 * @throws NotFoundError  if there is no such file
 */
export const readFileToString = bound(
  'python.lib.io.file_io.read_file_to_string',
  (filename: string, binaryMode: boolean = false): string | Uint8Array =>
    new GFile(filename, binaryMode ? 'rb' : 'r').read(),
);
/**
 * Makes a file of a text, in place of what was there.
 *
 *     tf.python.lib.io.fileIo.writeStringToFile(`${folder}/b.txt`, 'two');
 *     tf.gfile.Exists(`${folder}/b.txt`)   // true
 *
 * @param filename     its path
 * @param fileContent  text, or bytes
 * @throws NotFoundError  if there is no such folder
 */
export const writeStringToFile = bound(
  'python.lib.io.file_io.write_string_to_file',
  (filename: string, fileContent: string | Uint8Array): void => {
    const file = new GFile(filename, 'w');
    file.write(fileContent);
    file.close();
  },
);
