/**
 * What gradients and composite functions are written in, beside the operators of tensors: TensorFlow's Python
 * array functions with the shortcuts they take where a shape is known, so that the same nodes come out.
 */
import { type DType, int32, zerosOf } from '../base/dtype';
import { ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { toNDArray } from '../base/to-ndarray';
import { TensorShape, sizeOf as elements } from '../base/shape';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, constantNode, convertToTensor } from '../graph/constant';
import { IndexedSlices, Tensor, getDefaultGraph } from '../graph/graph';
import type { Key } from '../graph/own';
import { repeated } from './known';

/** Runs `body` in a name scope of the default graph. */
export function scoped<R>(name: string, body: (scope: string) => R): R {
  return getDefaultGraph().nameScope(name, body);
}
/** Adds a node of an op type on tensors. */
export function node(type: string, ...inputs: Tensor[]): Tensor {
  return apply(type, inputs);
}
/** Runs `body`; what it makes waits for `gate`: gradients do so where they would compute something early. */
export function after<R>(gate: Tensor, body: () => R): R {
  return getDefaultGraph().controlDependencies([gate], body);
}
/** A constant of integers (int32). */
export function ints(values: readonly number[] | number, name = 'Const'): Tensor {
  return constantNode(toNDArray(values, int32), name);
}
/** A scalar constant of a dtype. */
export function scalar(value: number, dtype: DType, name = 'Const'): Tensor {
  return constantNode(toNDArray(value, dtype.baseDtype), name);
}

/**
 * Within the scope of what asks, where what is no tensor yet, rows (IndexedSlices) and variables too, becomes one, and
 * what waits outside of a loop comes in; once more for a node that asks in a run, as in Python.
 */
function asked(x: TensorLike, name: string, of: (x: Tensor, name: string) => Tensor): Tensor {
  return scoped(name, (scope) => of(x instanceof Tensor ? x : convertToTensor(x), scope));
}
/** `tf.shape`: a constant where the shape is known. */
export function shapeOf(given: TensorLike, outType: DType = int32, named = 'Shape'): Tensor {
  return asked(given, named, (x, name) => {
    const { fullDims: dims } = x.shape;
    return dims
      ? constantNode(toNDArray(dims, outType, [dims.length]), name)
      : apply('Shape', [given], { out_type: outType }, name);
  });
}
/** `tf.size` */
export function sizeOf(given: TensorLike, outType: DType = int32, named = 'Size'): Tensor {
  return asked(given, named, (x, name) => {
    const size = x.shape.dims?.includes(0) ? 0 : x.shape.numElements();
    return size === null ? apply('Size', [given], { out_type: outType }, name) : scalar(size, outType, name);
  });
}
/** `tf.rank` */
export function rankOf(given: TensorLike, named = 'Rank'): Tensor {
  return asked(given, named, (x, name) =>
    x.shape.rank === null ? apply('Rank', [given], {}, name) : ints(x.shape.rank, name),
  );
}
/** All axes of a tensor, a constant where the rank is known: what a reduction over everything takes. */
export function allAxes(x: TensorLike): Tensor {
  // Of what is not a tensor yet Python does not ask the rank.
  const rank = x instanceof Tensor ? x.shape.rank : null;
  return rank === null ? range(0, rankOf(x)) : ints(Array.from({ length: rank }, (_, i) => i));
}
/** A sum or product of all elements: a scalar, as Python knows also where the rank is unknown. */
export function overAll(type: 'Sum' | 'Prod', x: Tensor, name?: string): Tensor {
  const y = apply(type, [x, allAxes(x)], {}, name);
  y.setShape([]);
  return y;
}
/** `tf.range(start, limit)` of integers. */
export function range(start: number | Tensor, limit: number | Tensor): Tensor {
  return apply('Range', [start, limit, 1], {}, 'range');
}
export function reshape(x: Tensor, shape: Tensor | readonly (number | Tensor)[]): Tensor {
  return apply('Reshape', [x, shape]);
}
export function tile(x: Tensor, multiples: Tensor | readonly (number | Tensor)[]): Tensor {
  return apply('Tile', [x, multiples]);
}
export function sum(x: Tensor, axes: Tensor | readonly number[]): Tensor {
  return apply('Sum', [x, axes]);
}
/** 1.x's `tf.where(c, x, y)`. */
export function select(c: Tensor, x: Tensor, y: Tensor): Tensor {
  return apply('Select', [c, x, y]);
}
/** What becomes of the elements; rows stay rows. */
export function onValues(x: Tensor | IndexedSlices, change: (values: Tensor) => Tensor): Tensor | IndexedSlices {
  return x instanceof IndexedSlices ? new IndexedSlices(change(x.values), x.indices, x.denseShape) : change(x);
}
/** Rows stay rows, and become a tensor where they are computed with. */
export const negated = (x: Tensor | IndexedSlices): Tensor | IndexedSlices => onValues(x, (values) => values.neg());
/** `tf.cast`: nothing where the dtype is right already. */
export function castTo(x: Tensor, dtype: DType, name?: string): Tensor {
  return x.dtype.baseDtype === dtype.baseDtype ? x : apply('Cast', [x], { DstT: dtype.baseDtype }, name);
}
/** `tf.conj`: nothing for real numbers. */
export function conj(x: Tensor): Tensor {
  return x.dtype.isComplex ? apply('Conj', [x]) : x;
}
/** `tf.concat` of a list. */
export function concat(values: readonly TensorLike[], axis: TensorLike = 0, name = 'concat'): Tensor {
  if (values.length !== 1) return apply('ConcatV2', [values, axis], {}, name);
  return inScope(name, name, [values, axis], () => {
    const at = convertToTensor(axis, int32, 'concat_dim');
    if (at.shape.rank) throw new ValueError(`Shape ${at.shape} must have rank 0`);
    return apply('Identity', [values[0]], {}, name);
  });
}
export function transpose(x: Tensor, perm: Tensor | readonly number[]): Tensor {
  return apply('Transpose', [x, perm], {}, 'transpose');
}
/** `tf.gather` of rows. */
export function gather(x: Tensor, indices: Tensor): Tensor {
  return apply('GatherV2', [x, indices, 0]);
}
/** The elements of `x` that are not in `y`. */
export function setDifference(x: Tensor, y: Tensor): Tensor {
  return applyOp('ListDiff', [x, y]).outputs[0];
}
/** `x[begin:end]` of the first dimension; null for an open end. */
export function sliced(x: Tensor, begin: number | null, end: number | null): Tensor {
  return strided(x, begin ?? 0, end ?? 0, { begin_mask: begin === null ? 1 : 0, end_mask: end === null ? 1 : 0 });
}
/** `x[i]` of the first dimension. */
export function element(x: Tensor, i: number): Tensor {
  return strided(x, i, i + 1, { shrink_axis_mask: 1 });
}
function strided(x: Tensor, begin: number, end: number, masks: Readonly<Record<string, number>>): Tensor {
  return scoped('strided_slice', (scope) => {
    const bounds = [begin, end, 1].map((at, i) => ints([at], i ? `stack_${i}` : 'stack'));
    return apply('StridedSlice', [x, ...bounds], masks, scope);
  });
}

/** Above this many elements a filled constant becomes a Fill node, to keep the GraphDef small. */
export const SMALL = 1000;
/** A scalar under a shape. */
export function filled(value: NDArray, shape: Tensor | readonly number[], name: string): Tensor {
  return scoped(name, (scope) => {
    if (shape instanceof Tensor) {
      const dims = shape.shape.rank ? shape : reshape(shape, [-1]);
      return apply('Fill', [dims, constantNode(value)], {}, scope);
    }
    const isShape = shape.every((d) => d >= 0);
    if (isShape && elements(shape) < SMALL) return constantNode(repeated(value, shape), scope);
    // As TensorFlow: sizes that 32 bits do not hold take 64; those below 0 are for the Fill to refuse.
    const sizes = convertToTensor(isShape ? new TensorShape(shape) : shape, isShape ? undefined : int32);
    return apply('Fill', [sizes, constantNode(value)], {}, scope);
  });
}
export function zeros(shape: Tensor | readonly number[], dtype: DType, name = 'zeros'): Tensor {
  return filled(zeroOf(dtype), shape, name);
}
export function ones(shape: Tensor | readonly number[], dtype: DType, name = 'ones'): Tensor {
  return filled(oneOf(dtype), shape, name);
}
/** 0, false or an empty string. */
export function zeroOf({ baseDtype }: DType): NDArray {
  if (baseDtype.kind === 'opaque') return toNDArray(0, baseDtype);
  return new NDArray(baseDtype, [], zerosOf(baseDtype, 1));
}
/** 1 or true. @throws TypeError  for strings, which have none */
export function oneOf({ baseDtype }: DType): NDArray {
  return toNDArray(baseDtype.isBool ? true : 1, baseDtype);
}
/** `tf.zeros_like`: a constant where the shape is known; not so if `optimize` is false. */
export function zerosLike(x: Tensor, dtype: DType = x.dtype, name = 'zeros_like', optimize = true): Tensor {
  const { fullDims: dims } = x.shape;
  if (optimize && dims && x.dtype.name !== 'variant') return zeros(dims, dtype, name);
  if (dtype.baseDtype === x.dtype.baseDtype || dtype.name === 'variant') return apply('ZerosLike', [x], {}, name);
  return scoped(name, (scope) => zeros(likeShape(x, optimize), dtype, scope));
}
/** `tf.ones_like`: its shape and a Fill. */
export function onesLike(x: Tensor, dtype: DType = x.dtype, name = 'ones_like', optimize = true): Tensor {
  return scoped(name, (scope) => {
    const out = ones(likeShape(x, optimize), dtype, scope);
    out.setShape(x.shape);
    return out;
  });
}
function likeShape(x: Tensor, optimize: boolean): Tensor {
  return optimize ? shapeOf(x) : apply('Shape', [x]);
}

/** Works something out once per key and graph, as TensorFlow does: the nodes for it are made the first time alone. */
export function oncePerGraph<T>(table: Key<Map<string, T>>, key: string, make: () => T): T {
  const known = getDefaultGraph().own(table, () => new Map<string, T>());
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = make()));
  return found;
}
/** A shape as lists of tensors take that of their elements: -1 for what is not known. */
export function listShape({ dims }: TensorShape): TensorLike {
  if (!dims) return -1;
  return dims.length ? dims.map((d) => d ?? -1) : ints([]);
}
