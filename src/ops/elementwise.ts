/** Arithmetic of two operands, element by element. Broadcasting follows NumPy. One operand: unary.ts; comparison: compare.ts. */
import { type DType, float32, int32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { type Nested, toNDArray } from '../base/ndarray';
import { type ShapeLike, TensorShape, broadcastGradientAxes } from '../base/shape';
import { checkSameDtype, trueDivision } from '../graph/algebra';
import { apply, applyOp, inScope } from '../graph/apply';
import {
  type ScalarLike,
  type TensorLike,
  convertToTensor,
  isConvertible,
  isSymbolic,
  isWeak,
} from '../graph/constant';
import { IndexedSlices, type ScalarTensor, Tensor } from '../graph/graph';
import type { Grad, GradFn, OpRow, Rows } from '../graph/opdef';
import { broadcastBinary, fromAttr, inputValues, mergeInputs, unchanged } from '../graph/shape-fn';
import type { NameOption } from './constants';
import { knownInteger } from './known';
import {
  after,
  broadcastGradientArgs,
  castTo,
  conj,
  node,
  onGraphOf,
  onesLike,
  scalar,
  scoped,
  select,
  shapeOf,
  smartBroadcastGradientArgs,
  unbroadcast,
  zeros,
  zerosLike,
} from './words';

/** A broadcasting op on two operands of one type. */
function binary(grad?: GradFn, flags: Partial<OpRow> = {}): OpRow {
  return { shape: broadcastBinary, grad, ...flags };
}
/** The gradient op of a function y = f(x): from y and dy. */
function gradientOp(grad: GradFn): OpRow {
  return {
    shape: unchanged,
    grad,
  };
}

/** Nothing was broadcast, and everyone knows it. */
function allOneShape(...tensors: (Tensor | IndexedSlices)[]): boolean {
  return (
    tensors.every((t) => t instanceof Tensor) &&
    tensors[0].shape.isFullyDefined() &&
    tensors.every((t) => t.shape.equals(tensors[0].shape))
  );
}
/** Gradients of a broadcasting op, brought back to the shapes of the operands; shapes are read as they are known. */
function broadcasting(
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
/** d(x/y) = dx/y - x·dy/y², with the division that the op itself is. */
function quotient(divide: (x: Tensor, y: Tensor) => Tensor): GradFn {
  return broadcasting(
    (_, y, dz) => divide(dz, y),
    (x, y, dz) => dz.mul(divide(divide(x.neg(), y), y)),
  );
}
/** d(x mod y) = dx - floor(x/y)·dy */
const floorModGrad: GradFn = (op, [dz]) => {
  const [x, y] = op.inputs;
  const [bx, by] = broadcastGradientArgs(x, y);
  const floor = node('FloorDiv', conj(x), conj(y));
  return [unbroadcast(dz, bx), unbroadcast(dz.mul(floor.neg()), by)];
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
/** The gradient of a ReciprocalGrad: z = -b·a², a = y, b = dy. */
const reciprocalGradGrad: GradFn = ({ inputs: [a, b] }, [dz]) =>
  after(dz, () => {
    const [ca, cg] = [conj(a), conj(dz)];
    return [cg.mul(-2).mul(b).mul(ca), node('ReciprocalGrad', ca, dz)];
  });

const toEach: GradFn = (op, [dz]) => op.inputs.map((): Grad => dz);
const noGradients: GradFn = (op) => op.inputs.map(() => null);

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
  Div: binary(quotient((x, y) => divide(x, y))),
  RealDiv: binary(quotient((x, y) => node('RealDiv', x, y))),
  FloorDiv: binary(noGradients, { value: knownInteger((x, y) => Math.floor(x / y)) }),
  TruncateDiv: binary(noGradients),
  DivNoNan: binary(quotient((x, y) => divNoNan(x, y))),
  Mod: binary(),
  FloorMod: binary(floorModGrad, { value: knownInteger((x, y) => x - y * Math.floor(x / y)) }),
  TruncateMod: binary(),
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
  AddN: {
    shape: (c) => [mergeInputs(c)],
    grad: toEach,
  },
  AccumulateNV2: {
    shape: fromAttr,
    grad: toEach,
  },

  // Gradients of functions of one number, from the function's value.
  TanhGrad: gradientOp(({ inputs: [y, dy] }, [dz]) =>
    after(dz, () => {
      const [a, b] = [conj(y), conj(dy)];
      return [dz.mul(-2).mul(b).mul(a), node('TanhGrad', a, dz)];
    }),
  ),
  SigmoidGrad: gradientOp(({ inputs: [y, dy] }, [dz]) =>
    after(dz, () => {
      const [a, b] = [conj(y), conj(dy)];
      const gb = dz.mul(b);
      return [gb.sub(times(2, gb).mul(a)), node('SigmoidGrad', a, dz)];
    }),
  ),
  SqrtGrad: gradientOp((op, [dz]) =>
    after(dz, () => {
      const ga = dz.div(op.inputs[0]);
      return [conj(ga).neg().mul(op.outputs[0]), times(0.5, ga)];
    }),
  ),
  RsqrtGrad: gradientOp(({ inputs: [y, dy] }, [dz]) =>
    after(dz, () => {
      const [a, g] = [conj(y), conj(dz)];
      return [times(-1.5, g).mul(dy).mul(a.square()), node('RsqrtGrad', a, dz)];
    }),
  ),
  ReciprocalGrad: gradientOp(reciprocalGradGrad),
  InvGrad: gradientOp(reciprocalGradGrad),

  BroadcastGradientArgs: {
    shape: () => [[null], [null]],
    values(c) {
      const [a, b] = inputValues(c);
      const axes =
        a &&
        b &&
        broadcastGradientAxes(Array.from(a.data as Int32Array, Number), Array.from(b.data as Int32Array, Number));
      return axes && axes.map((list) => toNDArray(list, a.dtype, [list.length]));
    },
  },
} satisfies Rows;

/** `number * x`, the number first. */
function times(factor: number, x: Tensor): Tensor {
  return apply('Mul', [factor, x], {}, 'mul');
}

// --- what users call ------------------------------------------------------------------------------------------

/** A function of two operands; scalars give a scalar. */
export interface BinaryFunction {
  (x: ScalarLike, y: ScalarLike, options?: NameOption): ScalarTensor;
  (x: TensorLike, y: TensorLike, options?: NameOption): Tensor;
}
/** The function that adds a node of an op type, named after it or by `name`. */
export function binaryFunction(type: string, name: string = type): BinaryFunction {
  return ((x: TensorLike, y: TensorLike, options: NameOption = {}) =>
    apply(type, [x, y], {}, options.name ?? name)) as BinaryFunction;
}

/** `x + y`. Numbers of one dtype, or strings; broadcasts. @throws TypeError  for two dtypes, ValueError for shapes that do not fit */
export const add = binaryFunction('Add');
/** `x - y`; broadcasts. */
export const subtract = binaryFunction('Sub');
/** `x * y`, element by element; broadcasts. */
export const multiply = binaryFunction('Mul');
/** `x / y` with the dtype's own division: integers are not converted, and TensorFlow has no kernel for them. */
export const realdiv = binaryFunction('RealDiv');
/** `x / y` rounded down, in the dtype of the operands. */
export const floordiv = binaryFunction('FloorDiv', 'floordiv');
/** `x / y` rounded down; another name of `floordiv`, with other node names. */
export const floorDiv = binaryFunction('FloorDiv');
/** `x / y` rounded towards zero, for integers. */
export const truncatediv = binaryFunction('TruncateDiv');
/** The rest of `floordiv`: it has the sign of y. */
export const floormod = binaryFunction('FloorMod');
/** Python's `x % y`: another name of `floormod`. */
export const mod = floormod;
/** The rest of `truncatediv`: it has the sign of x. */
export const truncatemod = binaryFunction('TruncateMod');
/** `x` to the power `y`. @throws InvalidArgumentError  for an integer to a negative power */
export const pow = binaryFunction('Pow');
/** The larger of `x` and `y`; broadcasts. */
export const maximum = binaryFunction('Maximum');
/** The smaller of `x` and `y`; broadcasts. */
export const minimum = binaryFunction('Minimum');
/** `(x - y)²`; broadcasts. */
export const squaredDifference = binaryFunction('SquaredDifference');
/** The angle of the point (x, y), in radians from -π to π. */
export const atan2 = binaryFunction('Atan2');
/** `x / y`, and 0 where x is 0. */
export const xdivy = binaryFunction('Xdivy');
/** `x * log(y)`, and 0 where x is 0. */
export const xlogy = binaryFunction('Xlogy');

/** Two operands as tensors of one dtype; a number takes the other's. */
function pair(x: TensorLike, y: TensorLike): [Tensor, Tensor] {
  const dtypeOf = (v: TensorLike): DType | null =>
    isSymbolic(v) ? (isConvertible(v) && !(v instanceof Tensor) ? v.asTensor() : (v as Tensor)).dtype.baseDtype : null;
  const a = convertToTensor(x, isWeak(x) ? dtypeOf(y) : null, 'x');
  const b = convertToTensor(y, isWeak(y) ? a.dtype.baseDtype : null, 'y');
  checkSameDtype(a, b);
  return [a, b];
}
/**
 * `x / y` as a fraction, also for integers: int32 and int64 become float64, shorter ones float32.
 *
 * @throws TypeError  if the dtypes differ
 */
export const truediv = ((x: TensorLike, y: TensorLike, { name }: NameOption = {}) =>
  inScope(name, 'truediv', [x, y], (scope) => trueDivision(...pair(x, y), scope))) as BinaryFunction;
/** `x / y` as Python 3 divides: `truediv`, as the operator where no name is given. */
export const divide = ((x: TensorLike, y: TensorLike, options: NameOption = {}) =>
  options.name
    ? truediv(x, y, options)
    : onGraphOf([x, y], () => truediv(isSymbolic(x) ? convertToTensor(x) : x, y))) as BinaryFunction;
/** `x / y` as Python 2 divides: integers are rounded down. */
export const div = ((x: TensorLike, y: TensorLike, { name }: NameOption = {}) =>
  inScope(name, 'div', [x, y], (scope) => {
    const [a, b] = pair(x, y);
    return apply(a.dtype.isFloating || a.dtype.isComplex ? 'RealDiv' : 'FloorDiv', [a, b], {}, scope);
  })) as BinaryFunction;
/** `x / y`, and 0 where y is 0. */
export const divNoNan = ((x: TensorLike, y: TensorLike, { name }: NameOption = {}) =>
  inScope(name, 'div_no_nan', [x, y], (scope) => apply('DivNoNan', pair(x, y), {}, scope))) as BinaryFunction;
export const divideNoNan = divNoNan;
/** `x * y`, and 0 where y is 0, also for infinite x. */
export const multiplyNoNan = ((x: TensorLike, y: TensorLike, { name }: NameOption = {}) =>
  inScope(name, 'multiply_no_nan', [x, y], (scope) => apply('MulNoNan', pair(x, y), {}, scope))) as BinaryFunction;
/** `1 / x`, and 0 where x is 0. */
export function reciprocalNoNan(x: TensorLike, { name }: NameOption = {}): Tensor {
  return inScope(name, 'reciprocal_no_nan', [x], (scope) => {
    const t = convertToTensor(x, null, 'x');
    return apply('DivNoNan', [scalar(1, t.dtype, 'one'), t], {}, scope);
  });
}

/**
 * `scalar * x`; also scales sparse gradients.
 *
 * @throws ValueError  if `factor` is not a scalar
 */
export function scalarMul(factor: TensorLike, x: IndexedSlices, options?: NameOption): IndexedSlices;
export function scalarMul(factor: ScalarLike, x: ScalarLike, options?: NameOption): ScalarTensor;
export function scalarMul(factor: TensorLike, x: TensorLike, options?: NameOption): Tensor;
export function scalarMul(factor: TensorLike, x: Tensor | IndexedSlices, options?: NameOption): Tensor | IndexedSlices;
export function scalarMul(
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

/**
 * Adds a list of tensors of one shape and dtype.
 *
 *     tf.addN([a, b, c])
 *
 * @returns  the tensor itself for a list of one
 * @throws ValueError  for an empty list, or shapes that differ
 */
export function addN(inputs: readonly TensorLike[], { name }: NameOption = {}): Tensor {
  const list = checkedList(
    inputs,
    'inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape',
  );
  if (list.length > 1) return apply('AddN', [list], {}, name);
  return name ? apply('Identity', [list[0]], {}, name) : list[0];
}
/**
 * Adds a list of tensors of one shape and dtype; `shape` may say a shape that the inputs do not know.
 *
 * @throws ValueError  for an empty list, or shapes and dtypes that differ
 */
export function accumulateN(
  inputs: readonly TensorLike[],
  { shape = null, tensorDtype = null, name }: NameOption & { shape?: ShapeLike; tensorDtype?: DType | null } = {},
): Tensor {
  const wrong = 'inputs must be a list of at least one Tensor with the same dtype and shape';
  const list = checkedList(inputs, wrong);
  if (list.some((t) => t.dtype.baseDtype !== list[0].dtype.baseDtype)) throw new ValueError(wrong);
  const merged = list.reduce((s, t) => s.mergeWith(t.shape), TensorShape.of(shape));
  if (tensorDtype && tensorDtype !== list[0].dtype.baseDtype)
    throw new TypeError_(`tensor_dtype is ${tensorDtype}, but input is of type ${list[0].dtype.baseDtype}`);
  if (list.length > 1) return apply('AccumulateNV2', [list], { shape: merged }, name);
  return name ? apply('Identity', [list[0]], {}, name) : list[0];
}
function checkedList(inputs: readonly TensorLike[], wrong: string): Tensor[] {
  if (!Array.isArray(inputs) || !inputs.length) throw new ValueError(wrong);
  const first = inputs.find((x) => isSymbolic(x));
  const dtype = first instanceof Tensor ? first.dtype.baseDtype : null;
  // Fractions among integers stay what they are: the error names the types of all.
  const typeFor = (x: TensorLike): DType | null =>
    isWeak(x) && !(dtype?.isInteger && toNDArray(x as Nested).dtype.isFloating) ? dtype : null;
  return inputs.map((x, i) => convertToTensor(x, typeFor(x), `inputs_${i}`));
}
