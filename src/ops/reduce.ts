/** Reductions: sums, means, extrema and their places, over some dimensions or all; and running sums along one. */
import { type DTypeLike, asDtype, float32, int32, int64 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, constantNode, convertToTensor, pythonValue } from '../graph/constant';
import { type Operation, type ScalarTensor, ShapeError, Tensor, getDefaultGraph } from '../graph/graph';
import type { GradFn, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { Key } from '../graph/own';
import { numbers, unchanged, withRankAtMost } from '../graph/shape-fn';
import type { NameOption } from './constants';
import { knownFold } from './known';
import { isFinite } from './unary';
import {
  castTo,
  concat,
  conj,
  gather,
  ints,
  node,
  onGraphOf,
  range,
  rankOf,
  reshape,
  scalar,
  scoped,
  select,
  setDifference,
  shapeOf,
  sizeOf,
  tile,
  transpose,
  zeros,
  zerosLike,
} from './words';

function reduction(grad?: GradFn): OpRow {
  return {
    shape: reducedShape,
    grad,
  };
}
function logical(): OpRow {
  return {
    shape: reducedShape,
  };
}
function place(): OpRow {
  return {
    shape: placeShape,
    grad: () => [null, null],
  };
}
function running(grad: GradFn): OpRow {
  return {
    shape: unchanged,
    grad,
  };
}

function reducedShape(c: ShapeContext): TensorShape[] {
  const { dims } = c.shape(0);
  withRankAtMost(c, 1, 1);
  const keep = c.attr<boolean>('keep_dims');
  const axes = numbers(c, 1);
  if (!axes || !dims) return [keep && dims ? TensorShape.unknown(dims.length) : TensorShape.unknown()];
  const reduced = new Set<number>();
  for (const axis of axes) {
    if (axis < -dims.length || axis >= dims.length)
      throw new ShapeError(`Invalid reduction dimension ${axis} for input with ${dims.length} dimensions.`);
    reduced.add(axis < 0 ? axis + dims.length : axis);
  }
  return [
    new TensorShape(keep ? dims.map((d, i) => (reduced.has(i) ? 1 : d)) : dims.filter((_, i) => !reduced.has(i))),
  ];
}
function placeShape(c: ShapeContext): TensorShape[] {
  const { dims } = c.shape(0);
  if (!dims) return [TensorShape.unknown()];
  if (dims.length <= 1) return [TensorShape.scalar()];
  const value = c.value(1);
  if (!value) return [TensorShape.unknown(dims.length - 1)];
  const given = Number(value.data[0]);
  const axis = given < 0 ? given + dims.length : given;
  if (axis < 0 || axis >= dims.length) {
    throw new ShapeError(
      `Dimension (${given}) must be in the range [${-dims.length}, ${dims.length}), where ${dims.length} is the number of dimensions in the input.`,
    );
  }
  return [new TensorShape(dims.filter((_, i) => i !== axis))];
}

// --- gradients ------------------------------------------------------------------------------------------------

/** `x // max(y, 1)` of shapes: 0 by 0 is 0. */
function safeDivide(x: Tensor | readonly number[], y: Tensor | readonly number[]): Tensor {
  const divisor = apply('Maximum', [y, 1], { T: int32 });
  return apply('FloorDiv', [x, divisor], {}, 'floordiv');
}
/** The shape that `keep_dims` leaves: 1 in place of what was reduced, worked out by nodes. */
function keptShape(shape: Tensor, axes: Tensor): Tensor {
  const dims = castTo(shape, int32);
  const wanted = castTo(axes, int32);
  const rank = sizeOf(dims);
  const positive = wanted.add(rank).mod(rank);
  const count = shapeOf(positive);
  return apply('DynamicStitch', [
    [range(0, rank), positive],
    [dims, apply('Fill', [count, 1], { T: int32 })],
  ]);
}
/** Shapes whose reduction a graph has worked out: TensorFlow makes those nodes once per shape, axes and graph. */
const KNOWN = new Key<Map<string, readonly [readonly number[], readonly number[]]>>('reductions of known shapes');
/** The kept shape and how often to repeat the gradient, as numbers. The nodes that TensorFlow evaluates for them stay in the graph unused. */
function knownReduction(
  dims: readonly number[],
  axes: readonly number[],
): readonly [readonly number[], readonly number[]] {
  const graph = getDefaultGraph();
  const known = graph.own(KNOWN, () => new Map());
  const key = `${dims.join()};${axes.join()}`;
  let found = known.get(key);
  if (!found) {
    // An empty tuple is float32 to Python, and cast.
    const constant = (values: readonly number[]): Tensor =>
      graph.nameScope('Cast', (scope) =>
        values.length
          ? ints(values, 'x')
          : apply('Cast', [constantNode(new NDArray(float32, [0], new Float32Array(0)), 'x')], { DstT: int32 }, scope),
      );
    keptShape(constant(dims), constant(axes));
    const reduced = new Set(axes.map((a) => (a + dims.length) % dims.length));
    const kept = dims.map((d, i) => (reduced.has(i) ? 1 : d));
    safeDivide(dims, kept);
    known.set(key, (found = [kept, dims.map((d, i) => Math.floor(d / Math.max(kept[i], 1)))]));
  }
  return found;
}

/** dz repeated over what was summed. */
function sumGrad(op: Operation, dz: Tensor): Tensor {
  const [x, axes] = op.inputs;
  const { dims } = x.shape;
  const value = dims && pythonValue(axes);
  if (dims && value) {
    const list = Array.from(value.data as Int32Array, Number);
    if (value.rank === 1 && list.length === dims.length && list.every((a, i) => a === i)) {
      const grad = reshape(
        dz,
        dims.map(() => 1),
      );
      return tile(grad, x.shape.isFullyDefined() ? ints(dims as number[]) : shapeOf(x));
    }
    if (x.shape.isFullyDefined()) {
      const [kept, times] = knownReduction(dims as number[], list);
      return tile(reshape(dz, kept), times);
    }
  }
  const shape = shapeOf(x);
  const [kept, times] = getDefaultGraph().colocateWith(shape, () => {
    const k = keptShape(shape, axes);
    return [k, safeDivide(shape, k)];
  });
  return tile(reshape(dz, kept), times);
}
/** dz / n repeated, n the number of elements in each mean. */
function meanGrad(op: Operation, dz: Tensor): Tensor {
  const [x] = op.inputs;
  const [y] = op.outputs;
  const repeated = sumGrad(op, dz);
  let factor: Tensor;
  if (x.shape.isFullyDefined() && y.shape.isFullyDefined()) {
    factor = scalar(Math.floor(x.shape.numElements()! / Math.max(y.shape.numElements()!, 1)), repeated.dtype);
  } else {
    const [sx, sy] = [shapeOf(x), shapeOf(y)];
    const nx = reduceProd(sx);
    factor = safeDivide(nx, reduceProd(sy));
  }
  return repeated.div(castTo(factor, repeated.dtype));
}
/** The gradient goes to the extremum; where several share it, in equal parts. */
function extremumGrad(op: Operation, dz: Tensor): Tensor {
  const [x, axes] = op.inputs;
  const kept = keptShape(shapeOf(x), axes);
  const y = reshape(op.outputs[0], kept);
  const grad = reshape(dz, kept);
  const chosen = castTo(node('Equal', y, x), grad.dtype);
  const count = reshape(node('Sum', chosen, axes), kept);
  return chosen.div(count).mul(grad);
}
/** dz times the product of the others, as a product of two running ones: it stands zeros, a quotient would not. */
function prodGrad(op: Operation, dz: Tensor): Tensor {
  const [x, given] = op.inputs;
  const shape = shapeOf(x);
  const axes = reshape(given, [-1]);
  const kept = keptShape(shape, given);
  const times = safeDivide(shape, kept);
  const grad = tile(reshape(dz, kept), times);
  const { perm, reducedSize, otherSize } = getDefaultGraph().device('/cpu:0', () => {
    const rank = rankOf(x);
    const reduced = castTo(axes.add(rank).mod(rank), int32);
    const other = setDifference(range(0, rank), reduced);
    return {
      perm: concat([reduced, other]),
      reducedSize: reduceProd(gather(shape, reduced)),
      otherSize: reduceProd(gather(shape, other)),
    };
  });
  const permuted = transpose(x, perm);
  const permutedShape = shapeOf(permuted);
  const flat = reshape(permuted, [reducedSize, otherSize]);
  const left = cumprod(flat, 0, { exclusive: true });
  const right = cumprod(flat, 0, { exclusive: true, reverse: true });
  const y = reshape(conj(left).mul(conj(right)), permutedShape);
  const out = grad.mul(transpose(y, node('InvertPermutation', perm)));
  return reshape(out, shape);
}
const cumsumGrad: GradFn = (op, [dz]) => {
  const [exclusive, reverse] = [op.getAttr<boolean>('exclusive'), op.getAttr<boolean>('reverse')];
  return [apply('Cumsum', [dz, op.inputs[1]], { exclusive, reverse: !reverse }), null];
};
// Σ prod·dz / x. As TensorFlow's own it is NaN where x has zeros.
const cumprodGrad: GradFn = (op, [dz]) => {
  const [x, axis] = op.inputs;
  const [exclusive, reverse] = [op.getAttr<boolean>('exclusive'), op.getAttr<boolean>('reverse')];
  const product = apply('Cumprod', [x, axis], { exclusive, reverse });
  const sums = apply('Cumsum', [product.mul(dz), axis], { exclusive, reverse: !reverse });
  return [sums.div(x), null];
};

export const REDUCE = {
  Sum: reduction((op, [dz]) => [sumGrad(op, dz), null]),
  Mean: reduction((op, [dz]) => [meanGrad(op, dz), null]),
  Prod: { ...reduction((op, [dz]) => [prodGrad(op, dz), null]), value: knownFold((x, y) => x * y) },
  Max: reduction((op, [dz]) => [extremumGrad(op, dz), null]),
  Min: reduction((op, [dz]) => [extremumGrad(op, dz), null]),
  All: logical(),
  Any: logical(),
  ArgMax: place(),
  ArgMin: place(),
  Cumsum: running(cumsumGrad),
  Cumprod: running(cumprodGrad),
} satisfies Rows;

// --- what users call ------------------------------------------------------------------------------------------

/** Dimensions to reduce over: one, several, a tensor of them, or null for all. Negative ones count from the end. */
export type Axis = number | readonly number[] | Tensor | null;
export interface ReduceOptions extends NameOption {
  readonly axis?: Axis;
  /** Leave a 1 in place of each reduced dimension. */
  readonly keepdims?: boolean | null;
  /** Old name of `axis`. */
  readonly reductionIndices?: Axis;
  /** Old name of `keepdims`. */
  readonly keepDims?: boolean | null;
}
/** Reducing over everything gives a scalar; `V` is its type when fetched. */
export interface Reduction<V extends number | boolean = number> {
  (x: TensorLike, axis?: null, options?: NameOption): ScalarTensor<V>;
  (x: TensorLike, options: NameOption & { readonly axis?: null; readonly keepdims?: false | null }): ScalarTensor<V>;
  (x: TensorLike, axis?: Axis | ReduceOptions, options?: ReduceOptions): Tensor;
}

interface Reduced {
  readonly axis: Axis;
  readonly keepdims: boolean;
  readonly name: string | null | undefined;
}
function settle(given: Axis | ReduceOptions | undefined, options: ReduceOptions): Reduced {
  const all = isOptions(given) ? { ...given, ...options } : options;
  const axis = isOptions(given) ? (given.axis ?? null) : (given ?? all.axis ?? null);
  const old = all.reductionIndices ?? null;
  if (axis !== null && old !== null) throw new ValueError("Cannot specify both 'axis' and 'reduction_indices'");
  if ((all.keepdims ?? null) !== null && (all.keepDims ?? null) !== null)
    throw new ValueError("Cannot specify both 'keepdims' and 'keep_dims'");
  return { axis: axis ?? old, keepdims: all.keepdims ?? all.keepDims ?? false, name: all.name };
}
function isOptions(x: unknown): x is ReduceOptions {
  return typeof x === 'object' && x !== null && !Array.isArray(x) && Object.getPrototypeOf(x) === Object.prototype;
}
/** The axes as an input: all of them as a constant where the rank is known, by Rank and Range where it is not. */
function axesOf(x: TensorLike, axis: Axis): Tensor | number | readonly number[] {
  if (axis !== null) return axis;
  if (x instanceof Tensor && x.shape.rank !== null) return ints(Array.from({ length: x.shape.rank }, (_, i) => i));
  // Of what is not a tensor yet, a variable too, Python does not ask the rank.
  const rank =
    x instanceof Tensor
      ? rankOf(x)
      : scoped('Rank', (scope) => {
          const t = convertToTensor(x);
          return t.shape.rank === null ? apply('Rank', [t], {}, scope) : ints(t.shape.rank, scope);
        });
  return range(0, rank);
}
/** A full reduction without `keepdims` is a scalar, also where the rank of its input is unknown. */
function mayBecomeScalar(y: Tensor, { axis, keepdims }: Reduced): Tensor {
  if (!y.shape.isFullyDefined() && !keepdims && axis === null) y.setShape([]);
  return y;
}
function reduce<V extends number | boolean = number>(type: string): Reduction<V> {
  return ((x: TensorLike, given?: Axis | ReduceOptions, options: ReduceOptions = {}) =>
    onGraphOf([x], () => {
      const settled = settle(given, options);
      const axes = axesOf(x, settled.axis);
      return mayBecomeScalar(apply(type, [x, axes], { keep_dims: settled.keepdims }, settled.name), settled);
    })) as Reduction<V>;
}

/**
 * Sums over dimensions.
 *
 *     tf.reduceSum([[1, 1, 1], [1, 1, 1]])      // 6
 *     tf.reduceSum([[1, 1, 1], [1, 1, 1]], 0)   // [2, 2, 2]
 *
 * @param x     numbers, shape [...]
 * @param axis  dimensions to sum over; negative counts from the end; null for all
 * @param options  `keepdims`: leave 1s in place of the summed dimensions
 * @returns     x's dtype; x's shape without `axis`
 * @throws ValueError  if an axis is outside [-rank, rank); InvalidArgumentError where that shows only in a run
 */
export const reduceSum = reduce('Sum');
/** The mean over dimensions; arguments as `reduceSum`. Means of integers are rounded towards zero. */
export const reduceMean = reduce('Mean');
/** The product over dimensions; arguments as `reduceSum`. */
export const reduceProd = reduce('Prod');
/** The largest element over dimensions; arguments as `reduceSum`. Its gradient is shared by all largest elements. */
export const reduceMax = reduce('Max');
/** The smallest element over dimensions; arguments as `reduceSum`. */
export const reduceMin = reduce('Min');
/** Whether all elements are true, over dimensions; arguments as `reduceSum`. */
export const reduceAll = reduce<boolean>('All');
/** Whether any element is true, over dimensions; arguments as `reduceSum`. */
export const reduceAny = reduce<boolean>('Any');

/** A composition of a reduction's type that names its nodes below one scope. */
function composed(fallback: string, build: (x: TensorLike, settled: Reduced) => Tensor): Reduction {
  return ((x: TensorLike, given?: Axis | ReduceOptions, options: ReduceOptions = {}) => {
    const settled = settle(given, options);
    return inScope(settled.name, fallback, [x], () => build(x, settled));
  }) as Reduction;
}
/** log Σ e^x over dimensions, safe for large x; arguments as `reduceSum`. */
export const reduceLogsumexp = ((input: TensorLike, given?: Axis | ReduceOptions, options: ReduceOptions = {}) =>
  onGraphOf([input], () => logsumexp(convertToTensor(input), given, options))) as Reduction;
const logsumexp = composed('ReduceLogSumExp', (input, settled) => {
  const x = input as Tensor;
  const { axis, keepdims } = settled;
  const largest = reduceMax(x, axis, { keepdims: true });
  const finite = isFinite(largest);
  let shift = node('StopGradient', select(finite, largest, zerosLike(largest)));
  const sums = reduceSum(node('Exp', node('Sub', x, shift)), axis, { keepdims });
  const result = node('Log', sums);
  if (!keepdims) shift = reshape(shift, shapeOf(result));
  return mayBecomeScalar(node('Add', result, shift), settled);
});
/** The variance over dimensions (divided by n); arguments as `reduceSum`. */
export const reduceVariance = composed('reduce_variance', (x, { axis, keepdims }) => {
  const means = reduceMean(x, axis, { keepdims: true });
  return reduceMean(convertToTensor(x).sub(means).square(), axis, { keepdims });
});
/** The standard deviation over dimensions; arguments as `reduceSum`. */
export const reduceStd = composed('reduce_std', (x, { axis, keepdims }) =>
  node('Sqrt', reduceVariance(x, axis, { keepdims })),
);

export interface CountOptions extends ReduceOptions {
  readonly dtype?: DTypeLike;
}
/**
 * How many elements are not zero, over dimensions.
 *
 * @param options  `dtype` of the result, int64 where not given; the rest as `reduceSum`
 */
export function countNonzero(
  x: TensorLike,
  axis?: null,
  options?: NameOption & { readonly dtype?: DTypeLike },
): ScalarTensor;
export function countNonzero(x: TensorLike, axis?: Axis | CountOptions, options?: CountOptions): Tensor;
export function countNonzero(x: TensorLike, given?: Axis | CountOptions, options: CountOptions = {}): Tensor {
  const settled = settle(given, options);
  const dtype = asDtype((isOptions(given) ? (given as CountOptions).dtype : undefined) ?? options.dtype ?? int64);
  return inScope(settled.name, 'count_nonzero', [x], () => {
    const input = convertToTensor(x, null, 'input');
    const different = node('NotEqual', input, zeros([], input.dtype));
    return castTo(reduceSum(castTo(different, int64), settled.axis, { keepdims: settled.keepdims }), dtype);
  });
}

export interface PlaceOptions extends NameOption {
  readonly axis?: number | Tensor | null;
  /** int64 where not given, or int32. */
  readonly outputType?: DTypeLike;
  /** Old name of `axis`. */
  readonly dimension?: number | Tensor | null;
}
function placeOf(
  type: string,
): (x: TensorLike, axis?: number | Tensor | null | PlaceOptions, options?: PlaceOptions) => Tensor {
  return (x, given, options = {}) => {
    const all = isOptions(given) ? { ...(given as PlaceOptions), ...options } : options;
    const axis = isOptions(given)
      ? (all.axis ?? null)
      : ((given as number | Tensor | null | undefined) ?? all.axis ?? null);
    if (axis !== null && (all.dimension ?? null) !== null)
      throw new ValueError("Cannot specify both 'axis' and 'dimension'");
    return apply(type, [x, axis ?? all.dimension ?? 0], { output_type: asDtype(all.outputType ?? int64) }, all.name);
  };
}
/**
 * The place of the largest element along a dimension; the first where several are largest.
 *
 *     tf.argmax(logits, 1)
 *
 * @param axis  0 where not given; negative counts from the end
 * @returns     int64 (or `outputType`); x's shape without `axis`
 * @throws ValueError  if the axis is outside [-rank, rank)
 */
export const argmax = placeOf('ArgMax');
/** The place of the smallest element along a dimension; arguments as `argmax`. */
export const argmin = placeOf('ArgMin');
/** Another name of `argmax`. */
export const argMax = argmax;
/** Another name of `argmin`. */
export const argMin = argmin;

export interface RunningOptions extends NameOption {
  readonly axis?: number | Tensor;
  /** Leave each element itself out: start with 0 (or 1 for products). */
  readonly exclusive?: boolean;
  /** Run from the end. */
  readonly reverse?: boolean;
}
function runningOf(
  type: string,
): (x: TensorLike, axis?: number | Tensor | RunningOptions, options?: RunningOptions) => Tensor {
  return (x, given, options = {}) => {
    const {
      axis = 0,
      exclusive = false,
      reverse = false,
      name,
    } = isOptions(given)
      ? { ...(given as RunningOptions), ...options }
      : { ...options, axis: (given as number | Tensor | undefined) ?? options.axis };
    return apply(type, [x, axis], { exclusive, reverse }, name);
  };
}
/**
 * Running sums along a dimension.
 *
 *     tf.cumsum([1, 2, 3])                       // [1, 3, 6]
 *     tf.cumsum([1, 2, 3], 0, {exclusive: true}) // [0, 1, 3]
 */
export const cumsum = runningOf('Cumsum');
/** Running products along a dimension; arguments as `cumsum`. */
export const cumprod = runningOf('Cumprod');
