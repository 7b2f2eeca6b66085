/** The bits of integers. */
import { TensorShape } from '../base/shape';
import { ShapeError } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { broadcastBinary, unchanged, withRank, withRankAtLeast } from '../graph/shape-fn';
import { binaryFunction } from './binary';
import { boundPair, boundLike } from './known-calls';
import { unaryFunction } from './unary';

export const BITWISE = {
  BitwiseAnd: { shape: broadcastBinary, grows: 'shapes' },
  BitwiseOr: { shape: broadcastBinary, grows: 'shapes' },
  BitwiseXor: { shape: broadcastBinary, grows: 'shapes' },
  LeftShift: { shape: broadcastBinary, grows: 'shapes' },
  RightShift: { shape: broadcastBinary, grows: 'shapes' },
  Invert: { shape: unchanged },
  CompareAndBitpack: { shape: packed },
} satisfies Rows;

/** A byte for each eight elements of a row. */
function packed(c: ShapeContext): TensorShape[] {
  const input = withRankAtLeast(c, 0, 1);
  withRank(c, 1, 0);
  const last = input.at(-1);
  if (last !== null && last % 8) throw new ShapeError(`Dimension size must be evenly divisible by 8 but is ${last}`);
  if (!input.dims) return [TensorShape.unknown()];
  return [new TensorShape([...input.dims.slice(0, -1), last === null ? null : last / 8])];
}

/**
 * The bits that both have.
 *
 *     tf.bitwise.bitwiseAnd(tf.constant([12, 7], tf.int32), 10)   // [8, 2]
 *
 * @param x  integers of any width
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const bitwiseAnd = boundPair('bitwise.bitwise_and', binaryFunction('BitwiseAnd'));
/**
 * The bits that either has.
 *
 *     tf.bitwise.bitwiseOr(tf.constant([12, 7], tf.int32), 10)   // [14, 15]
 *
 * @param x  integers of any width
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const bitwiseOr = boundPair('bitwise.bitwise_or', binaryFunction('BitwiseOr'));
/**
 * The bits that exactly one of the two has.
 *
 *     tf.bitwise.bitwiseXor(tf.constant([12, 7], tf.int32), 10)   // [6, 13]
 *
 * @param x  integers of any width
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const bitwiseXor = boundPair('bitwise.bitwise_xor', binaryFunction('BitwiseXor'));
/**
 * `x` times 2 to the `y`; bits that leave on the left are lost.
 *
 *     tf.bitwise.leftShift(tf.constant([1, 3], tf.int32), 2)   // [4, 12]
 *
 * @param x  integers of any width
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const leftShift = boundPair('bitwise.left_shift', binaryFunction('LeftShift'));
/**
 * `x` over 2 to the `y`, rounded down: the sign stays.
 *
 *     tf.bitwise.rightShift(tf.constant([12, -8], tf.int32), 2)   // [3, -2]
 *
 * @param x  integers of any width
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const rightShift = boundPair('bitwise.right_shift', binaryFunction('RightShift'));
/**
 * The other bits: `-x - 1` of signed integers.
 *
 *     tf.bitwise.invert(tf.constant([0, 5], tf.int32))   // [-1, -6]
 *
 * @param x  integers of any width, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const invert = boundLike('bitwise.invert', 1, unaryFunction('Invert'));
