/** Comparison and logic, element by element. Broadcasting follows NumPy. */
import { bool } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import type { ScalarLike, TensorLike } from '../graph/constant';
import { type Operation, type ScalarTensor, ShapeError, type Tensor } from '../graph/graph';
import { type OpRow, type OpTable, registerOps } from '../graph/opdef';
import { allSame, broadcastBinary, unchanged } from '../graph/shape-fn';
import type { NameOption } from './constants';

const ORDERED = 'float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64';
const COMPARABLE =
  'bfloat16, half, float, double, uint8, int8, int16, int32, int64, complex64, quint8, qint8, qint32, string, bool, complex128';
const ANY_NUMBER =
  'float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, uint16, complex128, half, uint32, uint64';

function ordering(): OpRow {
  return { sig: 'x: T, y: T -> z: bool', attrs: [`T: {${ORDERED}}`], shape: broadcastBinary, grad: 'none' };
}
function logical(): OpRow {
  return { sig: 'x: bool, y: bool -> z: bool', shape: broadcastBinary, grad: 'none', commutative: true };
}
/** Equality also has a value while building where both operands do: control flow and shape arithmetic look at it. */
function equality(same: boolean): OpRow {
  return {
    sig: 'x: T, y: T -> z: bool',
    attrs: [`T: {${COMPARABLE}}`, 'incompatible_shape_error: bool = true'],
    grad: 'none',
    commutative: true,
    shape: (op) => {
      try {
        return broadcastBinary(op);
      } catch (error) {
        if (op.getAttr<boolean>('incompatible_shape_error') || !(error instanceof ShapeError)) throw error;
        return [TensorShape.scalar()];
      }
    },
    value: (op, valueOf) => compared(op, valueOf, same),
  };
}
function compared(op: Operation, valueOf: (t: Tensor) => NDArray | null, same: boolean): NDArray | null {
  const [x, y] = op.inputs.map(valueOf);
  if (!x || !y || (x.size !== y.size && x.size !== 1 && y.size !== 1)) return null;
  const larger = x.size >= y.size ? x : y;
  const out = Uint8Array.from({ length: larger.size }, (_, i) =>
    Number((x.data[x.size === 1 ? 0 : i] === y.data[y.size === 1 ? 0 : i]) === same),
  );
  return new NDArray(bool, larger.shape, out);
}

export const COMPARE: OpTable = {
  Less: ordering(),
  LessEqual: ordering(),
  Greater: ordering(),
  GreaterEqual: ordering(),
  Equal: equality(true),
  NotEqual: equality(false),
  ApproximateEqual: {
    sig: 'x: T, y: T -> z: bool',
    attrs: [`T: {${ANY_NUMBER}}`, 'tolerance: float = 9.999999747378752e-06'],
    shape: allSame,
    grad: 'none',
    commutative: true,
  },
  LogicalAnd: logical(),
  LogicalOr: logical(),
  LogicalNot: { sig: 'x: bool -> y: bool', shape: unchanged, grad: 'none' },
};
registerOps(COMPARE);

// --- what users call ------------------------------------------------------------------------------------------

/** A comparison of two operands; scalars give a boolean. */
export interface Comparison {
  (x: ScalarLike, y: ScalarLike, options?: NameOption): ScalarTensor<boolean>;
  (x: TensorLike, y: TensorLike, options?: NameOption): Tensor;
}
function comparison(type: string): Comparison {
  return ((x: TensorLike, y: TensorLike, { name }: NameOption = {}) => apply(type, [x, y], {}, name)) as Comparison;
}
/** Logic on booleans; scalars give a boolean. */
export interface Logic {
  (x: boolean | ScalarTensor<boolean>, y: boolean | ScalarTensor<boolean>, options?: NameOption): ScalarTensor<boolean>;
  (x: TensorLike, y: TensorLike, options?: NameOption): Tensor;
}

/** `x < y`; broadcasts. */
export const less = comparison('Less');
/** `x <= y`; broadcasts. */
export const lessEqual = comparison('LessEqual');
/** `x > y`; broadcasts. */
export const greater = comparison('Greater');
/** `x >= y`; broadcasts. */
export const greaterEqual = comparison('GreaterEqual');
/** `x == y`, also for strings and booleans; broadcasts. */
export const equal = comparison('Equal');
/** `x != y`, also for strings and booleans; broadcasts. */
export const notEqual = comparison('NotEqual');
/** `x and y` of booleans; broadcasts. */
export const logicalAnd = comparison('LogicalAnd') as unknown as Logic;
/** `x or y` of booleans; broadcasts. */
export const logicalOr = comparison('LogicalOr') as unknown as Logic;

/** `not x` of booleans. */
export function logicalNot(x: boolean | ScalarTensor<boolean>, options?: NameOption): ScalarTensor<boolean>;
export function logicalNot(x: TensorLike, options?: NameOption): Tensor;
export function logicalNot(x: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('LogicalNot', [x], {}, name);
}

/** `x or y but not both`, of booleans; broadcasts. A composition: (x or y) and not (x and y). */
export const logicalXor = ((x: TensorLike, y: TensorLike, { name }: NameOption = {}) => {
  const either = apply('LogicalOr', [x, y]);
  const both = apply('LogicalAnd', [x, y]);
  return apply('LogicalAnd', [either, apply('LogicalNot', [both])], {}, name ?? 'LogicalXor');
}) as unknown as Logic;
