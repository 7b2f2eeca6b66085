/** Reductions: sums, means, extrema and their places, over some dimensions or all; and running sums along one. */
import { int32 } from '../base/dtype';
import { numbersIn } from '../base/nested';
import { TensorShape } from '../base/shape';
import { boundOverloads } from '../calls/bind';
import { apply, inGraphOf } from '../graph/apply';
import { pythonValue, type NotText } from '../graph/constant';
import { getDefaultGraph, ShapeError, type Tensor } from '../graph/graph';
import type { GradContext, GradFn, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { numbers, withRankAtMost } from '../graph/shape-fn';
import { keptShape, knownReduction, safeDivide } from './kept-shape';
import { knownFold } from './known';
import type { ReductionCall } from './known-dimensions';
import { isOptions, type NameOption, KEPT_DIMS, eitherName } from './options';
import { cumprod } from './running';
import {
  allAxes,
  castTo,
  concat,
  conj,
  gather,
  ints,
  node,
  range,
  rankOf,
  reshape,
  scalar,
  setDifference,
  shapeOf,
  tile,
  transpose,
} from './words';

function reduction(grad?: GradFn): OpRow {
  return { shape: reducedShape, grows: 'shapes', grad };
}
function reducedShape(c: ShapeContext): TensorShape[] {
  const { dims } = c.shape(0);
  withRankAtMost(c, 1, 1);
  const keep = c.attr('keep_dims');
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
// --- gradients ------------------------------------------------------------------------------------------------

/** dz repeated over what was summed. */
function sumGrad(op: GradContext, dz: Tensor): Tensor {
  const [x, axes] = op.inputs;
  const { dims, fullDims } = x.shape;
  const value = dims && pythonValue(axes);
  if (dims && value) {
    const list = numbersIn(value);
    if (value.rank === 1 && list.length === dims.length && list.every((a, i) => a === i)) {
      const grad = reshape(
        dz,
        dims.map(() => 1),
      );
      return tile(grad, fullDims ? ints(fullDims) : shapeOf(x));
    }
    if (fullDims) {
      const [kept, times] = knownReduction(fullDims, list);
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
function meanGrad(op: GradContext, dz: Tensor): Tensor {
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
function extremumGrad(op: GradContext, dz: Tensor): Tensor {
  const [x, axes] = op.inputs;
  const kept = keptShape(shapeOf(x), axes);
  const y = reshape(op.outputs[0], kept);
  const grad = reshape(dz, kept);
  const chosen = castTo(node('Equal', y, x), grad.dtype);
  const count = reshape(node('Sum', chosen, axes), kept);
  return chosen.div(count).mul(grad);
}
/** dz times the product of the others, as a product of two running ones: it stands zeros, a quotient would not. */
function prodGrad(op: GradContext, dz: Tensor): Tensor {
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
export const REDUCE = {
  Sum: { ...reduction((op, [dz]) => [sumGrad(op, dz), null]), value: knownFold((x, y) => x + y, 0) },
  Mean: reduction((op, [dz]) => [meanGrad(op, dz), null]),
  Prod: { ...reduction((op, [dz]) => [prodGrad(op, dz), null]), value: knownFold((x, y) => x * y, 1) },
  Max: { ...reduction((op, [dz]) => [extremumGrad(op, dz), null]), value: knownFold(Math.max) },
  Min: { ...reduction((op, [dz]) => [extremumGrad(op, dz), null]), value: knownFold(Math.min) },
  All: reduction(),
  Any: reduction(),
  EuclideanNorm: reduction(),
} satisfies Rows;

// --- what users call ------------------------------------------------------------------------------------------

/** Dimensions to reduce over: one, several, a tensor of them, or null for all. Negative ones count from the end. */
export type Axis = number | readonly number[] | Tensor | null;
/** What reductions take by name. */
export interface ReduceOptions extends NameOption {
  /** Dimensions to reduce over; all where not given. */
  readonly axis?: Axis;
  /** Leave a 1 in place of each reduced dimension. */
  readonly keepdims?: boolean | null;
  /** Old name of `axis`. */
  readonly reductionIndices?: Axis;
  /** Old name of `keepdims`. */
  readonly keepDims?: boolean | null;
}
/** Reducing over everything gives a scalar; `V` is what an element becomes, where it changes. */
export type Reduction<V = never> = ReductionCall<V, ReduceOptions> &
  ((x: NotText, axis?: Axis | ReduceOptions, options?: Omit<ReduceOptions, 'axis'>) => Tensor);

export interface Reduced {
  readonly axis: Axis;
  readonly keepdims: boolean;
  readonly name: string | null | undefined;
}
export function settle(given: Axis | ReduceOptions | undefined, options: ReduceOptions): Reduced {
  const all = isOptions<ReduceOptions>(given) ? { ...given, ...options } : options;
  const axis = isOptions<ReduceOptions>(given) ? given.axis : (given ?? all.axis);
  return {
    axis: eitherName(['axis', 'reduction_indices'], axis, all.reductionIndices),
    keepdims: eitherName(KEPT_DIMS, all.keepdims, all.keepDims) ?? false,
    name: all.name,
  };
}
/** The axes as an input: all of them as a constant where the rank is known, by Rank and Range where it is not. */
function axesOf(x: NotText, axis: Axis): Tensor | number | readonly number[] {
  return axis ?? allAxes(x);
}
/** A full reduction without `keepdims` is a scalar, also where the rank of its input is unknown. */
export function mayBecomeScalar(y: Tensor, { axis, keepdims }: Reduced): Tensor {
  if (!y.shape.isFullyDefined() && !keepdims && axis === null) y.setShape([]);
  return y;
}
function reduce<V = never>(type: string): Reduction<V> {
  return ((x: NotText, given?: Axis | ReduceOptions, options: ReduceOptions = {}) =>
    inGraphOf([x], () => {
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
 *     tf.reduceSum([[1, 1, 1], [1, 1, 1]], 1, true)   // [[3], [3]]
 *
 * @param inputTensor       numbers, any shape
 * @param axis              dimensions to go over: a number, a list or a tensor of them; negative ones count from the
 *   end; all where not given
 * @param keepdims          leaves a 1 in place of each of those dimensions
 * @param reductionIndices  `axis`, by its older name
 * @param keepDims          `keepdims`, by its older name
 * @returns  the input's dtype; its shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const reduceSum = boundOverloads('reduce_sum', 2, reduce('Sum'));
/**
 * The mean over dimensions. Means of integers are rounded towards zero.
 *
 *     tf.reduceMean([[1, 2], [5, 6]])      // 3.5
 *     tf.reduceMean([[1, 2], [5, 6]], 0)   // [3, 4]
 *
 * @param inputTensor       numbers, any shape
 * @param axis              dimensions to go over: a number, a list or a tensor of them; negative ones count from the
 *   end; all where not given
 * @param keepdims          leaves a 1 in place of each of those dimensions
 * @param reductionIndices  `axis`, by its older name
 * @param keepDims          `keepdims`, by its older name
 * @returns  the input's dtype; its shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const reduceMean = boundOverloads('reduce_mean', 2, reduce('Mean'));
/**
 * The product over dimensions.
 *
 *     tf.reduceProd([[1, 2], [3, 4]], 1)   // [2, 12]
 *
 * @param inputTensor       numbers, any shape
 * @param axis              dimensions to go over: a number, a list or a tensor of them; negative ones count from the
 *   end; all where not given
 * @param keepdims          leaves a 1 in place of each of those dimensions
 * @param reductionIndices  `axis`, by its older name
 * @param keepDims          `keepdims`, by its older name
 * @returns  the input's dtype; its shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const reduceProd = boundOverloads('reduce_prod', 2, reduce('Prod'));
/**
 * The Euclidean norm over dimensions: √ of the sum of the squares, which integers lose the fraction of. It has no
 * gradient, as in TensorFlow 1.15: `tf.norm` has one.
 *
 *     tf.math.reduceEuclideanNorm([[3, 4], [6, 8]], 1)   // [5, 10]
 *
 * @param inputTensor  numbers, any shape
 * @param axis         dimensions to go over: a number, a list or a tensor of them; negative ones count from the end;
 *   all where not given
 * @param keepdims     leaves a 1 in place of each of those dimensions
 * @returns  the input's dtype; its shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const reduceEuclideanNorm = boundOverloads('math.reduce_euclidean_norm', 2, reduce('EuclideanNorm'));
/**
 * The largest element over dimensions. Its gradient is shared by all largest elements.
 *
 *     tf.reduceMax([[1, 5], [7, 2]], 1)   // [5, 7]
 *
 * @param inputTensor       real numbers, any shape
 * @param axis              dimensions to go over: a number, a list or a tensor of them; negative ones count from the
 *   end; all where not given
 * @param keepdims          leaves a 1 in place of each of those dimensions
 * @param reductionIndices  `axis`, by its older name
 * @param keepDims          `keepdims`, by its older name
 * @returns  the input's dtype; its shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const reduceMax = boundOverloads('reduce_max', 2, reduce('Max'));
/**
 * The smallest element over dimensions. Its gradient is shared by all smallest elements.
 *
 *     tf.reduceMin([[1, 5], [7, 2]], 1)   // [1, 2]
 *
 * @param inputTensor       real numbers, any shape
 * @param axis              dimensions to go over: a number, a list or a tensor of them; negative ones count from the
 *   end; all where not given
 * @param keepdims          leaves a 1 in place of each of those dimensions
 * @param reductionIndices  `axis`, by its older name
 * @param keepDims          `keepdims`, by its older name
 * @returns  the input's dtype; its shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const reduceMin = boundOverloads('reduce_min', 2, reduce('Min'));
/**
 * Whether all elements are true, over dimensions.
 *
 *     tf.reduceAll([[true, true], [true, false]], 1)   // [true, false]
 *
 * @param inputTensor       bool, any shape
 * @param axis              dimensions to go over: a number, a list or a tensor of them; negative ones count from the
 *   end; all where not given
 * @param keepdims          leaves a 1 in place of each of those dimensions
 * @param reductionIndices  `axis`, by its older name
 * @param keepDims          `keepdims`, by its older name
 * @returns  bool; the input's shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const reduceAll = boundOverloads('reduce_all', 2, reduce<boolean>('All'));
/**
 * Whether any element is true, over dimensions.
 *
 *     tf.reduceAny([[true, false], [false, false]], 1)   // [true, false]
 *
 * @param inputTensor       bool, any shape
 * @param axis              dimensions to go over: a number, a list or a tensor of them; negative ones count from the
 *   end; all where not given
 * @param keepdims          leaves a 1 in place of each of those dimensions
 * @param reductionIndices  `axis`, by its older name
 * @param keepDims          `keepdims`, by its older name
 * @returns  bool; the input's shape without `axis`
 * @throws ValueError  if an axis is known to be outside [−rank, rank)
 * @throws InvalidArgumentError  when run, where that shows only then
 */
export const reduceAny = boundOverloads('reduce_any', 2, reduce<boolean>('Any'));
