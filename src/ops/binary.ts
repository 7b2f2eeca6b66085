/** What ops of two operands share. Broadcasting follows NumPy. */
import type { DType } from '../base/dtype';
import { checkSameDtype } from '../graph/algebra';
import { apply } from '../graph/apply';
import { type TensorLike, convertToTensor, isConvertible, isSymbolic, isWeak } from '../graph/constant';
import type { Both } from '../graph/fetched';
import { type IndexedSlices, Tensor } from '../graph/graph';
import type { GradFn, OpRow } from '../graph/opdef';
import { broadcastBinary } from '../graph/shape-fn';
import { broadcastGradientArgs, unbroadcast } from './broadcast';
import type { NameOption } from './options';
import { conj } from './words';

/** A broadcasting op on two operands of one type. */
export function binary(grad?: GradFn, flags: Partial<OpRow> = {}): OpRow {
  return { shape: broadcastBinary, grows: 'shapes', grad, ...flags };
}
/** Nothing was broadcast, and everyone knows it. */
export function allOneShape(...tensors: (Tensor | IndexedSlices)[]): boolean {
  return (
    tensors.every((t) => t instanceof Tensor) &&
    tensors[0].shape.isFullyDefined() &&
    tensors.every((t) => t.shape.equals(tensors[0].shape))
  );
}
/** Gradients of a broadcasting op, brought back to the shapes of the operands; shapes are read as they are known. */
export function broadcasting(
  gx: (x: Tensor, y: Tensor, dz: Tensor) => Tensor,
  gy: (x: Tensor, y: Tensor, dz: Tensor) => Tensor,
): GradFn {
  return (op, [dz]) => {
    const [x, y] = op.inputs;
    const [bx, by] = broadcastGradientArgs(x, y);
    const [cx, cy] = [conj(x), conj(y)];
    return [unbroadcast(gx(cx, cy, dz), bx), unbroadcast(gy(cx, cy, dz), by)];
  };
}

/** A function of two operands. */
export interface BinaryFunction {
  <X extends TensorLike, Y extends TensorLike>(x: X, y: Y, name: string | null): Both<X, Y>;
  <X extends TensorLike, Y extends TensorLike>(x: X, y: Y, options?: NameOption): Both<X, Y>;
}
/** The function that adds a node of an op type, named after it or by `name`. */
export function binaryFunction(type: string, name: string = type): BinaryFunction {
  return ((x: TensorLike, y: TensorLike, options: NameOption = {}) =>
    apply(type, [x, y], {}, options.name ?? name)) as BinaryFunction;
}

/** Two operands as tensors of one dtype; a number takes the other's. */
export function pair(x: TensorLike, y: TensorLike): [Tensor, Tensor] {
  const dtypeOf = (v: TensorLike): DType | null =>
    isConvertible(v) ? v.asTensor().dtype.baseDtype : isSymbolic(v) ? v.dtype.baseDtype : null;
  const a = convertToTensor(x, isWeak(x) ? dtypeOf(y) : null, 'x');
  const b = convertToTensor(y, isWeak(y) ? a.dtype.baseDtype : null, 'y');
  checkSameDtype(a, b);
  return [a, b];
}
