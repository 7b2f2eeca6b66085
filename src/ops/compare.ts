/** Comparison and logic, element by element. Broadcasting follows NumPy. */
import { bool } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { boundOverloads } from '../calls/bind';
import { exclusiveOr } from '../graph/algebra';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { BothWith, LikeWith } from '../graph/fetched';
import { type Tensor, ShapeError } from '../graph/graph';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { allSame, broadcastBinary, inputValues, unchanged } from '../graph/shape-fn';
import type { NameOption } from './options';

function ordering(): OpRow {
  return { shape: broadcastBinary };
}
function logical(): OpRow {
  return { shape: broadcastBinary };
}
/** Equality also has a value while building where both operands do: control flow and shape arithmetic look at it. */
function equality(same: boolean): OpRow {
  return {
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

/** A comparison of two operands. */
export type Comparison = <X extends TensorLike, Y extends TensorLike>(
  x: X,
  y: Y,
  options?: NameOption,
) => BothWith<X, Y, boolean>;
function comparison(type: string): Comparison {
  return ((x: TensorLike, y: TensorLike, { name }: NameOption = {}) => apply(type, [x, y], {}, name)) as Comparison;
}
/** Logic on booleans. */
export type Logic = Comparison;

/** `x < y`; broadcasts. */
export const less = boundOverloads('less', 2, comparison('Less'));
/** `x <= y`; broadcasts. */
export const lessEqual = boundOverloads('less_equal', 2, comparison('LessEqual'));
/** `x > y`; broadcasts. */
export const greater = boundOverloads('greater', 2, comparison('Greater'));
/** `x >= y`; broadcasts. */
export const greaterEqual = boundOverloads('greater_equal', 2, comparison('GreaterEqual'));
/** `x == y`, also for strings and booleans; broadcasts. */
export const equal = boundOverloads('equal', 2, comparison('Equal'));
/** `x != y`, also for strings and booleans; broadcasts. */
export const notEqual = boundOverloads('not_equal', 2, comparison('NotEqual'));
/** `x and y` of booleans; broadcasts. */
export const logicalAnd = boundOverloads('logical_and', 2, comparison('LogicalAnd'));
/** `x or y` of booleans; broadcasts. */
export const logicalOr = boundOverloads('logical_or', 2, comparison('LogicalOr'));

/** `not x` of booleans. */
export const logicalNot = boundOverloads('logical_not', 1, plainLogicalNot);
function plainLogicalNot<X extends TensorLike>(x: X, options?: NameOption): LikeWith<X, boolean>;
function plainLogicalNot(x: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('LogicalNot', [x], {}, name);
}

/** `x or y but not both`, of booleans; broadcasts. A composition: (x or y) and not (x and y). */
export const logicalXor = boundOverloads('logical_xor', 2, ((x: TensorLike, y: TensorLike, { name }: NameOption = {}) =>
  exclusiveOr(x, y, name ?? 'LogicalXor')) as Logic);
