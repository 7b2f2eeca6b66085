/** Shapes of tensors, and the same elements under another shape. */
import { type DType, type DTypeLike, asDtype, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { type NDArray, toNDArray } from '../base/ndarray';
import { type Dim, type ShapeLike, TensorShape, broadcast } from '../base/shape';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, constantNode, convertToTensor } from '../graph/constant';
import { type Operation, type ScalarTensor, ShapeError, type Tensor } from '../graph/graph';
import type { Rows, ShapeContext, ValueContext } from '../graph/opdef';
import {
  broadcastShapes,
  inputShapes,
  inputValues,
  mergeDim,
  mergeShapes,
  shapeInput,
  withRank,
  withRankAtMost,
} from '../graph/shape-fn';
import { type NameOption, isOptions } from './constants';

export const SHAPE = {
  Shape: {
    shape: (c) => [[c.shape(0).rank]],
    value: (c) => known(sizesOf(c.shape(0)) ?? c.value(0)?.shape ?? null, c.attr('out_type')),
    partial: (c) => c.shape(0),
  },
  ShapeN: {
    shape: (c) => inputShapes(c).map((shape) => [shape.rank]),
    values: (c) => inputShapes(c).map((shape) => known(sizesOf(shape), c.attr('out_type'))),
    partial: (c, output) => c.shape(output),
  },
  Size: {
    shape: () => [[]],
    value: (c) => known(c.shape(0).numElements(), c.attr('out_type')),
  },
  Rank: {
    shape: () => [[]],
    value: (c) => known(c.shape(0).rank, int32),
  },
  Reshape: {
    shape: (c) => [reshapedShape(c.shape(0), shapeInput(c, 1))],
    grad: (op, [dy]) => [likeInput(op, dy), null],
    value: sameElements,
  },
  ExpandDims: {
    shape: expandedShape,
    grad: (op, [dy]) => [likeInput(op, dy), null],
    value: sameElements,
  },
  Squeeze: {
    shape: squeezedShape,
    grad: (op, [dy]) => likeInput(op, dy),
    value: sameElements,
  },
  EnsureShape: {
    shape(c) {
      const wanted = c.attr<TensorShape>('shape');
      const { rank } = c.shape(0);
      if (rank !== null && wanted.rank !== null && rank !== wanted.rank)
        throw new ShapeError(`Shape must be rank ${wanted.rank} but is rank ${rank}`);
      return [mergeShapes(wanted, c.shape(0))];
    },
    grad: (_, [dy]) => dy,
  },
  BroadcastTo: {
    shape: broadcastToShape,
    grad: broadcastToGrad,
  },
  BroadcastArgs: {
    shape: broadcastArgsShape,
    value: broadcastArgsValue,
  },
  InvertPermutation: {
    shape: (c) => [withRank(c, 0, 1)],
    value(c) {
      const perm = c.value(0);
      if (!perm) return null;
      const out = new Array<number>(perm.size).fill(-1);
      Array.from(perm.data as Int32Array, Number).forEach((to, i) => {
        if (to in out) out[to] = i;
      });
      // The run says what is wrong with what is no permutation.
      return out.includes(-1) ? null : toNDArray(out, perm.dtype);
    },
  },
} satisfies Rows;

function sizesOf({ dims }: TensorShape): number[] | null {
  return dims?.every((d): d is number => d !== null) ? dims.slice() : null;
}
/** A known shape or size as the value of output 0. */
function known(value: readonly number[] | number | null, dtype: DType): NDArray | null {
  return value === null ? null : toNDArray(value, dtype, typeof value === 'number' ? [] : [value.length]);
}
/** The value of input 0 under the shape of output 0. */
function sameElements(c: ValueContext): NDArray | null {
  const shape = c.output(0);
  const value = shape.isFullyDefined() ? c.value(0) : null;
  return value && value.reshape(shape.dims as number[]);
}
/** The gradient in the shape of input 0. */
function likeInput(op: Operation, dy: Tensor): Tensor {
  return reshape(dy, shape(op.inputs[0]));
}

function product(dims: readonly Dim[]): number {
  return dims.reduce<number>((a, b) => a * (b ?? 1), 1);
}
function divided(a: number, b: number): number {
  if (a % b !== 0) throw new ShapeError(`Dimension size must be evenly divisible by ${b} but is ${a}`);
  return a / b;
}
/** What is known of a reshaped tensor: with one unknown dimension on either side the other side may tell it. */
function reshapedShape(from: TensorShape, to: TensorShape | null): TensorShape | null {
  if (!to?.dims || !from.dims) return to;
  const [holes, lacks] = [from, to].map(({ dims }) => dims!.flatMap((d, i) => (d === null ? [i] : [])));
  const [have, want] = [product(from.dims), product(to.dims)];
  // A zero decides the number of elements whatever the unknown dimensions are.
  const [open, wanting] = [have === 0 ? 0 : holes.length, want === 0 ? 0 : lacks.length];
  if (open > 1 || wanting > 1) return to;
  if (!open && !wanting) {
    if (have !== want)
      throw new ShapeError(
        `Cannot reshape a tensor with ${have} elements to shape ${to.toCString()} (${want} elements)`,
      );
    return to;
  }
  const fill = (d: Dim): TensorShape => new TensorShape(to.dims!.map((x, i) => (i === lacks[0] ? d : x)));
  if (!open) return want > 0 ? fill(divided(have, want)) : to;
  // The input's unknown dimension must make up the difference.
  if (!wanting) {
    if (have !== 0) divided(want, have);
    return to;
  }
  return to;
}

function expandedShape(c: ShapeContext): [TensorShape | Dim[] | null] {
  const { dims } = c.shape(0);
  const dim = c.value(1);
  if (dim && dim.size !== 1) throw new ShapeError("'dim' input must be a tensor with a single value");
  if (!dim || !dims) return [null];
  const at = Number(dim.item());
  if (at < -dims.length - 1 || at > dims.length)
    throw new ShapeError(`dim ${at} not in the interval [${-dims.length - 1}, ${dims.length}].`);
  const axis = at < 0 ? at + dims.length + 1 : at;
  return [[...dims.slice(0, axis), 1, ...dims.slice(axis)]];
}

function squeezedShape(c: ShapeContext): [TensorShape | Dim[] | null] {
  const { dims } = c.shape(0);
  if (!dims) return [null];
  const axes = c.attr<number[]>('squeeze_dims').map((axis, i) => {
    if (axis < -dims.length || axis >= dims.length)
      throw new ShapeError(`squeeze_dims[${i}] not in [${-dims.length},${dims.length}).`);
    return axis < 0 ? axis + dims.length : axis;
  });
  if (!axes.length && dims.includes(null)) return [null];
  return [
    dims.filter((d, i) => {
      if (!axes.length) return d !== 1;
      if (!axes.includes(i)) return true;
      if (d !== null && d !== 1) throw new ShapeError(`Can not squeeze dim[${i}], expected a dimension of 1, got ${d}`);
      return false;
    }),
  ];
}

function broadcastToShape(c: ShapeContext): [TensorShape | null] {
  const from = c.shape(0);
  const sizes = withRank(c, 1, 1).at(0);
  if (sizes !== null) withRankAtMost(c, 0, sizes);
  const to = shapeInput(c, 1);
  if (!to?.dims || !from.dims) return [to];
  const offset = to.dims.length - from.dims.length;
  // TensorFlow compares the dimensions above 1 alone; an empty one is left to the run.
  const merged = to.dims.map((d, i) => {
    const had = i < offset ? null : from.dims![i - offset];
    return had !== null && had > 1 ? mergeDim(had, d) : d;
  });
  return [new TensorShape(merged)];
}
function broadcastToGrad(op: Operation, [dy]: Tensor[]): (Tensor | null)[] {
  const [x, to] = op.inputs;
  const from = shape(x);
  const axes = applyOp('BroadcastGradientArgs', [to, from]).outputs[1];
  return [reshape(apply('Sum', [dy, axes], { keep_dims: true }), from), null];
}
function broadcastArgsShape(c: ShapeContext): [[Dim]] {
  const [a, b] = [withRank(c, 0, 1).at(0), withRank(c, 1, 1).at(0)];
  return [[a === null || b === null ? null : Math.max(a, b)]];
}
function broadcastArgsValue(c: ShapeContext): NDArray | null {
  const [a, b] = inputValues(c);
  const out = a && b && broadcast(Array.from(a.data as Int32Array, Number), Array.from(b.data as Int32Array, Number));
  return out && toNDArray(out, a.dtype, [out.length]);
}

export interface OutTypeOption extends NameOption {
  /** int32 or int64. */
  readonly outType?: DTypeLike;
}
function constantOr(
  value: readonly number[] | number | null,
  type: 'Shape' | 'Size' | 'Rank',
  x: Tensor,
  dtype: DType,
  scope: string,
): Tensor {
  if (value !== null)
    return constantNode(toNDArray(value, dtype, typeof value === 'number' ? [] : [value.length]), scope);
  return apply(type, [x], type === 'Rank' ? {} : { out_type: dtype }, scope);
}

/**
 * The shape of a tensor, as a vector: a constant where it is known already.
 *
 *     tf.shape(tf.zeros([2, 3]))   // [2, 3]
 */
export function shape(x: TensorLike, { name, outType = int32 }: OutTypeOption = {}): Tensor {
  return inScope(name, 'Shape', [x], (scope) => {
    const t = convertToTensor(x);
    return constantOr(
      t.shape.isFullyDefined() ? (t.shape.dims as number[]) : null,
      'Shape',
      t,
      asDtype(outType),
      scope,
    );
  });
}
/** The shapes of several tensors of one dtype. */
export function shapeN(inputs: readonly TensorLike[], { name, outType = int32 }: OutTypeOption = {}): Tensor[] {
  return [...applyOp('ShapeN', [inputs], { out_type: asDtype(outType) }, name).outputs];
}
/** The number of elements of a tensor: a constant where it is known already. */
export function size(x: TensorLike, { name, outType = int32 }: OutTypeOption = {}): ScalarTensor {
  return inScope(name, 'Size', [x], (scope) => {
    const t = convertToTensor(x);
    return constantOr(
      t.shape.dims?.includes(0) ? 0 : t.shape.numElements(),
      'Size',
      t,
      asDtype(outType),
      scope,
    ) as ScalarTensor;
  });
}
/** The number of dimensions of a tensor: a constant where it is known already. */
export function rank(x: TensorLike, { name }: NameOption = {}): ScalarTensor {
  return inScope(name, 'Rank', [x], (scope) => {
    const t = convertToTensor(x);
    return constantOr(t.shape.rank, 'Rank', t, int32, scope) as ScalarTensor;
  });
}

/**
 * The same elements, in the same order, under another shape.
 *
 *     tf.reshape(images, [-1, 784])
 *
 * @param shape  sizes, known now or when the graph runs; one may be -1, for what is left
 * @throws ValueError            if the sizes are known and do not fit
 * @throws InvalidArgumentError  if they turn out not to when the graph runs
 */
export function reshape(x: TensorLike, shape: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('Reshape', [x, shape], {}, name);
}

/**
 * Adds a dimension of 1 at `axis`.
 *
 *     tf.expandDims(tf.zeros([2, 3]), -1)   // shape (2, 3, 1)
 */
export function expandDims(x: TensorLike, axis: TensorLike | AxisOption, { name, ...more }: AxisOption = {}): Tensor {
  const given = isOptions<AxisOption>(axis) ? axis : { axis: axis as TensorLike, name, ...more };
  const at = given.axis ?? given.dim;
  if (at === undefined) throw new ValueError('Must specify an axis argument to tf.expand_dims()');
  return apply('ExpandDims', [x, at], {}, given.name);
}
export interface AxisOption extends NameOption {
  readonly axis?: TensorLike /** `axis`, by its older name. */;
  readonly dim?: TensorLike;
}

/**
 * Removes dimensions of 1: those at `axis`, or all of them.
 *
 * @throws ValueError  if a dimension at `axis` is known and is not 1
 */
export function squeeze(
  x: TensorLike,
  axis?: number | readonly number[] | null | SqueezeOptions,
  options: SqueezeOptions = {},
): Tensor {
  const args: SqueezeOptions = isOptions<SqueezeOptions>(axis) ? axis : { axis, ...options };
  const axes = args.axis ?? args.squeezeDims;
  return apply('Squeeze', [x], { squeeze_dims: typeof axes === 'number' ? [axes] : axes }, args.name);
}
export interface SqueezeOptions extends NameOption {
  readonly axis?: number | readonly number[] | null;
  /** `axis`, by its older name. */
  readonly squeezeDims?: number | readonly number[];
}

/** Repeats a tensor along dimensions that it lacks or has as 1, after NumPy's rules. */
export function broadcastTo(x: TensorLike, shape: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('BroadcastTo', [x, shape], {}, name);
}

/**
 * The tensor itself, with a shape that is checked when the graph runs.
 *
 * @param shape  sizes, null for any; null for any shape
 * @throws ValueError  if what is known of the tensor's shape contradicts it
 */
export function ensureShape(x: TensorLike, shape: ShapeLike, { name }: NameOption = {}): Tensor {
  return apply('EnsureShape', [x], { shape: TensorShape.of(shape) }, name);
}

/** The shape that two vectors of sizes broadcast to. */
export function broadcastDynamicShape(x: TensorLike, y: TensorLike): Tensor {
  return apply('BroadcastArgs', [x, y]);
}
/**
 * The shape that two shapes broadcast to, as far as it is known.
 * @throws ValueError  if they do not fit
 */
export function broadcastStaticShape(x: ShapeLike, y: ShapeLike): TensorShape {
  const [a, b] = [TensorShape.of(x), TensorShape.of(y)];
  try {
    return broadcastShapes(a, b);
  } catch (error) {
    throw error instanceof ShapeError ? new ValueError(`Incompatible shapes for broadcasting: ${a} and ${b}`) : error;
  }
}
/** The permutation that undoes a permutation: `y[x[i]] = i`. */
export function invertPermutation(x: TensorLike, { name }: NameOption = {}): Tensor {
  return apply('InvertPermutation', [x], {}, name);
}
