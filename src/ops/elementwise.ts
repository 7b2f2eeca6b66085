/** Arithmetic of two operands, element by element. Beside it: division.ts, unary.ts, compare.ts. */
import { type DType, float32, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { boundOverloads } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Like } from '../graph/fetched';
import { IndexedSlices, Tensor } from '../graph/graph';
import type { GradFn, Rows } from '../graph/opdef';
import { type BinaryFunction, allOneShape, binary, binaryFunction, pair } from './binary';
import { broadcastGradientArgs, smartBroadcastGradientArgs, unbroadcast } from './broadcast';
import { knownInteger } from './known';
import type { NameOption } from './options';
import { after, castTo, conj, node, onesLike, scalar, scoped, select, shapeOf, zeros, zerosLike } from './words';

const addGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  if (allOneShape(x, y, dz)) return [dz, dz];
  const [bx, by] = smartBroadcastGradientArgs(x, y, dz);
  return [unbroadcast(dz, bx), unbroadcast(dz, by)];
};
/** Rows stay rows, and become a tensor where they are computed with. */
function negated(x: Tensor | IndexedSlices): Tensor {
  return (x instanceof IndexedSlices ? new IndexedSlices(x.values.neg(), x.indices, x.denseShape) : x.neg()) as Tensor;
}
const subGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  if (allOneShape(x, y, dz)) return [dz, dz.neg()];
  const [bx, by] = smartBroadcastGradientArgs(x, y, dz);
  return [unbroadcast(dz, bx), unbroadcast(negated(dz), by)];
};
const mulGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  if (allOneShape(x, y, dz) && [int32, float32].includes(dz.dtype)) return [node('Mul', dz, y), node('Mul', dz, x)];
  const [bx, by] = smartBroadcastGradientArgs(x, y, dz);
  const [cx, cy] = [conj(x), conj(y)];
  return [unbroadcast(node('Mul', dz, cy), bx), unbroadcast(node('Mul', cx, dz), by)];
};
const mulNoNanGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  if (allOneShape(x, y, dz)) return [node('MulNoNan', dz, y), node('MulNoNan', x, dz)];
  const [bx, by] = broadcastGradientArgs(x, y);
  return [unbroadcast(node('MulNoNan', dz, y), bx), unbroadcast(node('MulNoNan', x, dz), by)];
};
/** d(x^y) = y·x^(y-1)·dx + x^y·log(x)·dy; where x ≤ 0 the logarithm counts as 0. */
const powGrad: GradFn = (op, [dz]) => {
  const [bx, by] = smartBroadcastGradientArgs(op.inputs[0], op.inputs[1], dz);
  const [x, y] = op.inputs.map(conj);
  const dzy = dz.mul(y);
  const gx = unbroadcast(dzy.mul(node('Pow', x, y.sub(1))), bx);
  const z = conj(op.outputs[0]);
  const mask = x.dtype.isComplex ? x.notEqual(0) : x.greater(0);
  const safe = select(mask, x, onesLike(x));
  const log = node('Log', safe);
  const logarithm = select(mask, log, zerosLike(x));
  return [gx, unbroadcast(dz.mul(z).mul(logarithm), by)];
};
/** The gradient goes to the operand that was taken. */
function extremumGrad(selector: string): GradFn {
  return (op, [dz]) => {
    const [x, y] = op.inputs;
    const [sx, sy] = [shapeOf(x), shapeOf(y)];
    const none = zeros(shapeOf(dz), dz.dtype);
    const taken = node(selector, x, y);
    const [rx, ry] = applyOp('BroadcastGradientArgs', [sx, sy]).outputs;
    const gx = unbroadcast(select(taken, dz, none), { shape: sx, axes: rx, changed: true });
    return [gx, unbroadcast(select(taken, none, dz), { shape: sy, axes: ry, changed: true })];
  };
}
function timesTensor(a: Tensor | IndexedSlices, b: Tensor): Tensor {
  return a instanceof Tensor
    ? a.mul(b)
    : scoped('mul', (scope) => apply('Mul', [convertToTensor(a, null, 'x'), b], {}, scope));
}
const squaredDifferenceGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  // Rows become a tensor after they are doubled.
  const gx = after(dz, () => timesTensor(scalarMul(2, dz as Tensor | IndexedSlices), x.sub(y)));
  if (allOneShape(x, y, dz)) return [gx, gx.neg()];
  const [bx, by] = smartBroadcastGradientArgs(x, y, dz);
  return [unbroadcast(gx, bx), unbroadcast(gx, by).neg()];
};
/** Of x/y where x = 0 counts as 0, and x·log(y) likewise. */
function zeroAbsorbing(px: (one: Tensor, y: Tensor) => Tensor, py: (x: Tensor, y: Tensor) => Tensor): GradFn {
  return (op, [dz]) => {
    const [x, y] = op.inputs;
    const [bx, by] = broadcastGradientArgs(x, y);
    return after(dz, () => {
      const one = castTo(node('NotEqual', x, castConstant(x.dtype)), x.dtype);
      const [gx, gy] = [px(one, y), py(x, y)];
      return [unbroadcast(gx.mul(dz), bx), unbroadcast(gy.mul(dz), by)];
    });
  };
}
/** `tf.cast(0., dtype)`, which is a constant for float32 and a Cast for the rest. */
function castConstant(dtype: DType): Tensor {
  return scoped('Cast', (scope) => {
    const zero = scalar(0, float32, 'x');
    return dtype.baseDtype === float32 ? zero : apply('Cast', [zero], { DstT: dtype.baseDtype }, scope);
  });
}
// atan2(y, x): dy·x/(x² + y²), dx·-y/(x² + y²)
const atan2Grad: GradFn = ({ inputs: [y, x] }, [dz]) =>
  after(dz, () => {
    const inverse = dz.div(x.square().add(y.square()));
    return [x.mul(inverse), y.neg().mul(inverse)];
  });
export const ELEMENTWISE = {
  Add: binary(addGrad, {
    value: knownInteger((x, y) => x + y),
  }),
  AddV2: binary(addGrad, {
    value: knownInteger((x, y) => x + y),
  }),
  Sub: binary(subGrad, { value: knownInteger((x, y) => x - y) }),
  Mul: binary(mulGrad, {
    value: knownInteger((x, y) => x * y),
  }),
  MulNoNan: binary(mulNoNanGrad),
  Pow: binary(powGrad),
  Maximum: binary(extremumGrad('GreaterEqual'), { value: knownInteger((x, y) => Math.max(x, y)) }),
  Minimum: binary(extremumGrad('LessEqual'), { value: knownInteger((x, y) => Math.min(x, y)) }),
  SquaredDifference: binary(squaredDifferenceGrad),
  Xdivy: binary(
    zeroAbsorbing(
      (one, y) => node('Xdivy', one, y),
      (x, y) => {
        const minus = x.neg();
        return node('Xdivy', minus, y.pow(2));
      },
    ),
  ),
  Xlogy: binary(
    zeroAbsorbing(
      (one, y) => node('Xlogy', one, y),
      (x, y) => node('Xdivy', x, y),
    ),
  ),
  Atan2: { ...binary(atan2Grad) },
} satisfies Rows;

// --- what users call ------------------------------------------------------------------------------------------

/**
 * `x + y`. Numbers of one dtype, or strings; broadcasts.
 *
 * @throws TypeError  for two dtypes, ValueError for shapes that do not fit
 */
export const add = boundOverloads('add', 2, binaryFunction('Add'));
/** `x - y`; broadcasts. */
export const subtract = boundOverloads('subtract', 2, binaryFunction('Sub'));
/** `x * y`, element by element; broadcasts. */
export const multiply = boundOverloads('multiply', 2, binaryFunction('Mul'));
/** `x` to the power `y`. @throws InvalidArgumentError  for an integer to a negative power */
export const pow = boundOverloads('pow', 2, binaryFunction('Pow'));
/** The larger of `x` and `y`; broadcasts. */
export const maximum = boundOverloads('maximum', 2, binaryFunction('Maximum'));
/** The smaller of `x` and `y`; broadcasts. */
export const minimum = boundOverloads('minimum', 2, binaryFunction('Minimum'));
/** `(x - y)²`; broadcasts. */
export const squaredDifference = boundOverloads('squared_difference', 2, binaryFunction('SquaredDifference'));
/** The angle of the point (x, y), in radians from -π to π. */
export const atan2 = boundOverloads('atan2', 2, binaryFunction('Atan2'));
/** `x / y`, and 0 where x is 0. */
export const xdivy = boundOverloads('math.xdivy', 2, binaryFunction('Xdivy'));
/** `x * log(y)`, and 0 where x is 0. */
export const xlogy = boundOverloads('math.xlogy', 2, binaryFunction('Xlogy'));

/** `x * y`, and 0 where y is 0, also for infinite x. */
export const multiplyNoNan = boundOverloads('math.multiply_no_nan', 2, ((
  x: TensorLike,
  y: TensorLike,
  { name }: NameOption = {},
) => inScope(name, 'multiply_no_nan', [x, y], (scope) => apply('MulNoNan', pair(x, y), {}, scope))) as BinaryFunction);
/**
 * `scalar * x`; also scales sparse gradients.
 *
 * @throws ValueError  if `factor` is not a scalar
 */
export const scalarMul = boundOverloads('scalar_mul', 2, plainScalarMul);
function plainScalarMul(factor: TensorLike, x: IndexedSlices, options?: NameOption): IndexedSlices;
function plainScalarMul<X extends TensorLike>(factor: TensorLike, x: X, options?: NameOption): Like<X>;
function plainScalarMul(factor: TensorLike, x: Tensor | IndexedSlices, options?: NameOption): Tensor | IndexedSlices;
function plainScalarMul(
  factor: TensorLike,
  x: TensorLike | IndexedSlices,
  { name }: NameOption = {},
): Tensor | IndexedSlices {
  const values = x instanceof IndexedSlices ? x.values : convertToTensor(x, null, 'x');
  const k = convertToTensor(factor, values.dtype.baseDtype, 'scalar');
  if (k.shape.rank !== 0) throw new ValueError(`Only scalar multiply works, got shape ${k.shape}`);
  const scaled = apply('Mul', [k, values], {}, name);
  return x instanceof IndexedSlices ? new IndexedSlices(scaled, x.indices, x.denseShape) : scaled;
}
