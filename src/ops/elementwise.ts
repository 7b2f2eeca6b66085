/** Element-wise arithmetic. Broadcasting follows NumPy. Comparison lives in compare.ts. */
import { apply, applyOp } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import { type GradFn, type OpRow, type OpTable, registerOps } from '../graph/opdef';
import { broadcastBinary, unchanged } from '../graph/shape-fn';
import type { NameOption } from './constants';

/** A broadcasting binary op on numbers. */
function binary(grad: GradFn | 'none', types: string, flags: Partial<OpRow> = {}): OpRow {
  return { sig: 'x: T, y: T -> z: T', attrs: [`T: {${types}}`], shape: broadcastBinary, grad, ...flags };
}
function unary(types: string, grad: GradFn | 'none', flags: Partial<OpRow> = {}): OpRow {
  return { sig: 'x: T -> y: T', attrs: [`T: {${types}}`], shape: unchanged, grad, ...flags };
}
const NUMBERS = 'bfloat16, half, float, double, uint8, int8, uint16, int16, int32, int64, complex64, complex128';
const REAL = 'bfloat16, half, float, double, uint8, int8, int16, int32, int64, complex64, complex128';

/** Sums gradients over the dimensions that broadcasting added: TensorFlow's own way, node by node. */
export function reduceToInputs(op: Operation, gx: () => Tensor, gy: () => Tensor): Tensor[] {
  const [x, y] = op.inputs;
  if (x.shape.isFullyDefined() && x.shape.equals(y.shape)) return [gx(), gy()];
  const sx = apply('Shape', [x]);
  const sy = apply('Shape', [y]);
  const [rx, ry] = applyOp('BroadcastGradientArgs', [sx, sy]).outputs;
  return [
    apply('Reshape', [apply('Sum', [gx(), rx]), sx]),
    apply('Reshape', [apply('Sum', [gy(), ry]), sy]),
  ];
}

export const ELEMENTWISE: OpTable = {
  Add: binary((op, [dz]) => reduceToInputs(op, () => dz, () => dz), `${NUMBERS}, string`),
  AddV2: binary((op, [dz]) => reduceToInputs(op, () => dz, () => dz), NUMBERS, { commutative: true }),
  Sub: binary((op, [dz]) => reduceToInputs(op, () => dz, () => apply('Neg', [dz])), NUMBERS),
  Mul: binary((op, [dz]) => reduceToInputs(op, () => apply('Mul', [dz, op.inputs[1]]), () => apply('Mul', [op.inputs[0], dz])), NUMBERS, { commutative: true }),
  Neg: unary(REAL, (_, [dy]) => apply('Neg', [dy])),
  Exp: unary(REAL, (op, [dy]) => apply('Mul', [dy, op.outputs[0]])),
  BroadcastGradientArgs: { sig: 's0: T, s1: T -> r0: T, r1: T', attrs: ['T: {int32, int64} = int32'], shape: () => [[null], [null]], grad: 'none' },
};
registerOps(ELEMENTWISE);

/** `x + y`. Both of one numeric dtype (or string); broadcasts. */
export function add(x: TensorLike, y: TensorLike, { name }: NameOption = {}): Tensor { return apply('Add', [x, y], {}, name); }
export function subtract(x: TensorLike, y: TensorLike, { name }: NameOption = {}): Tensor { return apply('Sub', [x, y], {}, name); }
export function multiply(x: TensorLike, y: TensorLike, { name }: NameOption = {}): Tensor { return apply('Mul', [x, y], {}, name); }
export function negative(x: TensorLike, { name }: NameOption = {}): Tensor { return apply('Neg', [x], {}, name); }
export function exp(x: TensorLike, { name }: NameOption = {}): Tensor { return apply('Exp', [x], {}, name); }
