/** Whole files as values: read, written, and found by a pattern. */
import { boundOptions } from '../calls/bind';
import { apply, applyOp } from '../graph/apply';
import type { Text } from '../graph/constant';
import type { ArrayTensor, ScalarTensor } from '../graph/fetched';
import type { Operation } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { noOutputs, scalarShape, withRank } from '../graph/shape-fn';
import type { NameOption } from './options';

export const FILES = {
  // What a file holds is not known before it is read, and another node may have written it.
  ReadFile: {
    effect: 'writes',
    shape(c) {
      withRank(c, 0, 0);
      return scalarShape(c);
    },
  },
  WriteFile: {
    shape(c) {
      withRank(c, 0, 0);
      withRank(c, 1, 0);
      return noOutputs(c);
    },
  },
  MatchingFiles: { effect: 'writes', shape: () => [[null]] },
} satisfies Rows;

/**
 * Reads a whole file.
 *
 *     const path = `${folder}/read.txt`;
 *     sess.run(tf.writeFile(path, 'all of it'));
 *     sess.run(tf.readFile(path))   // 'all of it'
 *
 * @param filename  its path: a scalar of string
 * @param name      the name of the node
 * @returns  its bytes: a scalar of string
 * @throws ValueError  for what is known to be no scalar
 * @throws NotFoundError  when run, where there is no such file
 */
export const readFile = boundOptions(
  'read_file',
  1,
  (filename: Text, { name }: NameOption = {}): ScalarTensor<string> =>
    apply('ReadFile', [filename], {}, name) as ScalarTensor<string>,
);
/**
 * Writes a whole file, in the place of what is there; folders that are not there are made.
 *
 *     const path = `${folder}/of/one/run.txt`;
 *     sess.run(tf.writeFile(path, 'text'));
 *     sess.run(tf.readFile(path))   // 'text'
 *
 * @param filename  its path: a scalar of string
 * @param contents  its bytes: a scalar of string
 * @param name      the name of the node
 * @returns  an operation
 * @throws ValueError  for what is known to be no scalar
 * @throws PermissionDeniedError  when run, where it may not be written
 */
export const writeFile = boundOptions(
  'write_file',
  2,
  (filename: Text, contents: Text, { name }: NameOption = {}): Operation =>
    applyOp('WriteFile', [filename, contents], {}, name),
);
/**
 * The files and folders that a pattern names, in alphabetical order: of `*`, `?`, `[ab]` and `[!a-z]`, all of which
 * stand for no `/`.
 *
 *     sess.run(tf.writeFile(`${folder}/m-1`, ''));
 *     tf.shape(tf.matchingFiles(`${folder}/m-*`))   // [1]
 *
 * @param pattern  a scalar of string, or a vector of several
 * @param name     the name of the node
 * @returns  their paths: a vector of string; empty where there are none
 * @throws InvalidArgumentError  when run, for patterns in a matrix
 */
export const matchingFiles = boundOptions(
  'matching_files',
  1,
  (pattern: Text, { name }: NameOption = {}): ArrayTensor<string> =>
    apply('MatchingFiles', [pattern], {}, name) as ArrayTensor<string>,
);
