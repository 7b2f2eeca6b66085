/** Comparison and logic, element by element. Broadcasting follows NumPy. */
import { bool } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { boundOverloads } from '../calls/bind';
import { exclusiveOr } from '../graph/algebra';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { BothWith } from '../graph/fetched';
import { type Tensor, ShapeError } from '../graph/graph';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { allSame, broadcastBinary, inputValues, unchanged } from '../graph/shape-fn';
import { boundAnyPair, boundComparison, boundLikeWith } from './known-calls';
import type { NameOption } from './options';

function ordering(): OpRow {
  return { shape: broadcastBinary, grows: 'shapes' };
}
function logical(): OpRow {
  return { shape: broadcastBinary, grows: 'shapes' };
}
/** Equality also has a value while building where both operands do: control flow and shape arithmetic look at it. */
function equality(same: boolean): OpRow {
  return {
    grows: 'shapes',
    shape: (c) => {
      try {
        return broadcastBinary(c);
      } catch (error) {
        if (c.attr('incompatible_shape_error') || !(error instanceof ShapeError)) throw error;
        return [TensorShape.scalar()];
      }
    },
    value: (c) => compared(c, same),
  };
}
function compared(c: ShapeContext, same: boolean): NDArray | null {
  const [x, y] = inputValues(c);
  if (!x || !y || (x.size !== y.size && x.size !== 1 && y.size !== 1)) return null;
  const larger = x.size >= y.size ? x : y;
  const out = Uint8Array.from({ length: larger.size }, (_, i) =>
    Number((x.data[x.size === 1 ? 0 : i] === y.data[y.size === 1 ? 0 : i]) === same),
  );
  return new NDArray(bool, larger.shape, out);
}

export const COMPARE = {
  Less: ordering(),
  LessEqual: ordering(),
  Greater: ordering(),
  GreaterEqual: ordering(),
  Equal: equality(true),
  NotEqual: equality(false),
  ApproximateEqual: {
    shape: allSame,
  },
  LogicalAnd: logical(),
  LogicalOr: logical(),
  LogicalNot: { shape: unchanged },
} satisfies Rows;

// --- what users call ------------------------------------------------------------------------------------------

/** A comparison of two operands, element by element. */
export interface Comparison {
  <X extends TensorLike, Y extends TensorLike>(x: X, y: Y, name: string | null): BothWith<X, Y, boolean>;
  <X extends TensorLike, Y extends TensorLike>(x: X, y: Y, options?: NameOption): BothWith<X, Y, boolean>;
}
function comparison(type: string): Comparison {
  return comparing((x, y, { name } = {}) => apply(type, [x, y], {}, name));
}
function comparing(body: (x: TensorLike, y: TensorLike, options?: NameOption) => Tensor): Comparison {
  return body as Comparison;
}
/** Logic on two tensors of booleans. */
export type Logic = Comparison;

/**
 * `x < y`, element by element.
 *
 *     tf.less([1, 5], 3)   // [true, false]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  bool; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const less = boundComparison('less', comparison('Less'));
/**
 * `x <= y`, element by element.
 *
 *     tf.lessEqual([1, 3, 5], 3)   // [true, true, false]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  bool; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const lessEqual = boundComparison('less_equal', comparison('LessEqual'));
/**
 * `x > y`, element by element.
 *
 *     tf.greater([1, 5], 3)   // [false, true]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  bool; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const greater = boundComparison('greater', comparison('Greater'));
/**
 * `x >= y`, element by element.
 *
 *     tf.greaterEqual([1, 3, 5], 3)   // [false, true, true]
 *
 * @param x  real numbers
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  bool; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const greaterEqual = boundComparison('greater_equal', comparison('GreaterEqual'));
/**
 * `x == y`, element by element. NaN equals nothing.
 *
 *     tf.equal([1, 5], [1, 3])   // [true, false]
 *
 * @param x  numbers, booleans or strings
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  bool; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError or InvalidArgumentError  if the shapes do not broadcast, before or when it runs
 */
export const equal = boundAnyPair<'equal', boolean>('equal', comparison('Equal'));
/**
 * `x != y`, element by element.
 *
 *     tf.notEqual([1, 5], [1, 3])   // [false, true]
 *
 * @param x  numbers, booleans or strings
 * @param y  x's dtype; a shape that broadcasts with x's
 * @returns  bool; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError or InvalidArgumentError  if the shapes do not broadcast, before or when it runs
 */
export const notEqual = boundAnyPair<'not_equal', boolean>('not_equal', comparison('NotEqual'));
/**
 * Whether both are true, element by element.
 *
 *     tf.logicalAnd([true, true], [true, false])   // [true, false]
 *
 * @param x  bool
 * @param y  bool; a shape that broadcasts with x's
 * @returns  bool; the shape that both broadcast to
 * @throws TypeError  for anything but booleans
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const logicalAnd = boundComparison('logical_and', comparison('LogicalAnd'));
/**
 * Whether one of the two is true, or both, element by element.
 *
 *     tf.logicalOr([false, true], [false, true])   // [false, true]
 *
 * @param x  bool
 * @param y  bool; a shape that broadcasts with x's
 * @returns  bool; the shape that both broadcast to
 * @throws TypeError  for anything but booleans
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const logicalOr = boundComparison('logical_or', comparison('LogicalOr'));

/**
 * Whether x is false, element by element.
 *
 *     tf.logicalNot([true, false])   // [false, true]
 *
 * @param x  bool, any shape
 * @returns  bool, x's shape
 * @throws TypeError  for anything but booleans
 */
export const logicalNot = boundLikeWith<boolean>()('logical_not', 1, plainLogicalNot);
function plainLogicalNot(x: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('LogicalNot', [x], {}, name);
}

/**
 * Whether one of the two is true but not both, element by element: (x or y) and not (x and y).
 *
 *     tf.logicalXor([true, true], [true, false])   // [false, true]
 *
 * @param x  bool
 * @param y  bool; a shape that broadcasts with x's
 * @returns  bool; the shape that both broadcast to
 * @throws TypeError  for anything but booleans
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const logicalXor = boundOverloads(
  'logical_xor',
  2,
  comparing((x, y, { name } = {}) => exclusiveOr(x, y, name ?? 'LogicalXor')),
);
