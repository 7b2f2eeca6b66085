/** Sums, products and extremes over segments of rows. */
import type { ByName } from '../base/by-name';
import { type DTypeLike, asDtype, bool, int32, limitsOf } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { toNDArray } from '../base/to-ndarray';
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { boundSegments } from './known-calls';
import { apply, inScope } from '../graph/apply';
import { constantNode, convertToTensor, isWeak, type NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { GradContext, Grad, GradFn, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { ShapeError } from '../graph/shape-error';
import { dimFromScalar, mergeDim, withRank, withRankAtLeast } from '../graph/shape-fn';
import { reduceMax, reduceProd } from './reduce';
import { shape } from './shape';
import { castTo, gather, ones, onesLike, rankOf, scalar, scoped, select, shapeOf, zerosLike } from './words';

/** Segment ids in any order, one for each row or element; those below 0 are left out. */
function unsorted(grad: GradFn): OpRow {
  return {
    shape: unsortedShape,
    grows: 'numbers',
    grad,
  };
}
/** Segment ids that only rise, one for each row. */
function sorted(grad?: GradFn): OpRow {
  return {
    shape(c) {
      const data = withRankAtLeast(c, 0, 1);
      withRank(c, 1, 1);
      return [data.dims ? [null, ...data.dims.slice(1)] : null];
    },
    grows: 'rows',
    // The last id is the largest. TensorFlow does not look at it for static shapes.
    room(c) {
      const ids = c.value(1);
      const last = ids?.size ? Number(ids.data[ids.size - 1]) : -1;
      // One more than the largest of the ids' type wraps around.
      if (ids && last >= Number(limitsOf(ids.dtype)[1])) throw new ShapeError('segment ids must be >= 0', 'in a run');
      return [last >= 0 ? [last + 1, ...c.shape(0).dims!.slice(1)] : null];
    },
    grad,
  };
}

export const SEGMENT = {
  UnsortedSegmentSum: unsorted((op, [dz]) => [withoutNegatives(dz, op.inputs[1]).gathered, null, null]),
  UnsortedSegmentProd: unsorted(unsortedProductGrad),
  UnsortedSegmentMax: unsorted(unsortedExtremeGrad),
  UnsortedSegmentMin: unsorted(unsortedExtremeGrad),
  SegmentSum: sorted((op, [dz]) => [gather(dz, op.inputs[1]), null]),
  SegmentMean: sorted(meanGrad),
  SegmentProd: sorted(),
  SegmentMax: sorted(extremeGrad),
  SegmentMin: sorted(extremeGrad),
  Bincount: {
    grows: 'numbers',
    shape(c) {
      withRank(c, 1, 0);
      return [[dimFromScalar(c, 1)]];
    },
  },
} satisfies Rows;

function unsortedShape(c: ShapeContext): (TensorShape | (number | null)[])[] {
  withRank(c, 2, 0);
  const ids = c.shape(1);
  if (!ids.dims) return [TensorShape.unknown()];
  const data = withRankAtLeast(c, 0, ids.dims.length);
  ids.dims.forEach((dim, i) => mergeDim(data.at(i), dim));
  const rows = dimFromScalar(c, 2);
  return [data.dims ? [rows, ...data.dims.slice(ids.dims.length)] : TensorShape.unknown()];
}

// --- gradients ----------------------------------------------------------------------------------------

interface Gathered {
  readonly gathered: Tensor;
  readonly clipped: Tensor;
  readonly positive: Tensor;
}
/** Rows of `params` by `ids`, zeros for ids below 0: those segments had no say. */
function withoutNegatives(
  params: Tensor,
  ids: Tensor | null,
  given?: { clipped: Tensor; positive?: Tensor },
): Gathered {
  const clipped = given?.clipped ?? apply('Maximum', [ids!, zerosLike(ids!)]);
  const rows = gather(params, clipped);
  let positive = given?.positive;
  if (!positive) {
    positive = apply('GreaterEqual', [ids!, 0]);
    const [all, some] = [rows.shape.rank, positive.shape.rank];
    if (all === null || some === null) throw unknownRank(all, some);
    for (let n = all - some; n > 0; n--) positive = apply('ExpandDims', [positive, -1]);
    positive = positive.and(trueLike(rows));
  }
  return { gathered: select(positive, rows, zerosLike(rows)), clipped, positive };
}
/** As 1.15's Python fails there, which takes one rank from the other. */
function unknownRank(...ranks: readonly (number | null)[]): TypeError_ {
  const [a, b] = ranks.map((rank) => (rank === null ? "'NoneType'" : "'int'"));
  return new TypeError_(
    `unsupported operand type(s) for -: ${a} and ${b}\n` +
      '  the gradient of an unsorted segment op asks for the ranks of its data and of its segment ids\n' +
      '  fix: say what is known of their shapes, if only the rank: tf.placeholder(tf.int32, [null]), or ' +
      'x.setShape([null, null])',
  );
}
function trueLike(x: Tensor): Tensor {
  return scoped('ones_like', (scope) => {
    const out = ones(shapeOf(x), bool, scope);
    out.setShape(x.shape);
    return out;
  });
}

/** Shared in equal parts by the elements that are the extreme of their segment. */
function unsortedExtremeGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const [data, ids, count] = op.inputs;
  const { gathered, clipped, positive } = withoutNegatives(op.outputs[0], ids);
  const selected = apply('LogicalAnd', [apply('Equal', [data, gathered]), positive]);
  const winners = apply('UnsortedSegmentSum', [castTo(selected, dz.dtype), ids, count]);
  const shares = withoutNegatives(dz.div(winners), null, { clipped, positive }).gathered;
  return [select(selected, shares, zerosLike(shares)), null, null];
}
function extremeGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const [data, ids] = op.inputs;
  const none = zerosLike(data);
  const selected = apply('Equal', [data, gather(op.outputs[0], ids)]);
  const winners = apply('SegmentSum', [castTo(selected, dz.dtype), ids]);
  return [select(selected, gather(dz.div(winners), ids), none), null];
}

/** The product of the others: by division where no element is 0, and worked out apart where one is. */
function unsortedProductGrad(op: GradContext, [dzGiven]: Tensor[]): Grad[] {
  const [data, ids, count] = op.inputs;
  const isZero = apply('Equal', [data, 0]);
  const zeros = apply('UnsortedSegmentSum', [castTo(isZero, int32), ids, count]);
  // Two zeros or more: no element changes the product.
  const several = apply('Greater', [zeros, 1]);
  const dz = select(several, zerosLike(dzGiven), dzGiven);
  const others = select(isZero, onesLike(data), data);
  const othersProduct = apply('UnsortedSegmentProd', [others, ids, count]);
  const clipped = apply('Maximum', [ids, zerosLike(ids)]);
  const product = gather(op.outputs[0], clipped);
  const productOfOthers = gather(othersProduct, clipped);
  const partial = select(isZero, productOfOthers, product.div(data));
  return [withoutNegatives(dz, ids, { clipped }).gathered.mul(partial), null, null];
}

function meanGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const [data, ids] = op.inputs;
  const rank = rankOf(data);
  const shape = shapeOf(ids);
  const inner = apply('Fill', [apply('ExpandDims', [rank.sub(1), 0]), 1], { T: int32 });
  const one = apply('Fill', [apply('ConcatV2', [[shape, inner], 0], {}, 'concat'), scalar(1, dz.dtype)]);
  return [gather(dz.div(apply('SegmentSum', [one, ids])), ids), null];
}

// --- what users call ----------------------------------------------------------------------------------

function unsortedFunction(type: string) {
  return (data: NotText, segmentIds: NotText, numSegments: NotText, name?: string): Tensor =>
    apply(type, [data, segmentIds, numSegments], {}, name);
}
function risingFunction(type: string) {
  return (data: NotText, segmentIds: NotText, name?: string): Tensor => apply(type, [data, segmentIds], {}, name);
}

/**
 * Sums the rows of each segment: row k of the result is the sum of the rows whose segment id is k.
 *
 *     tf.unsortedSegmentSum([5, 1, 7, 2], [0, 1, 0, -1], 2)   // [12, 1]
 *
 * @param data         numbers, at least the rank of `segmentIds`
 * @param segmentIds   int32 or int64, in any order; a prefix of data's shape; rows with ids below 0 are left out
 * @param numSegments  how many rows the result has: int32 or int64
 * @returns  data's dtype, shape [numSegments, ...]
 * @throws InvalidArgumentError  when run, for an id of `numSegments` or more
 */
export const unsortedSegmentSum = boundSegments('unsorted_segment_sum', unsortedFunction('UnsortedSegmentSum'));
/**
 * Multiplies the rows of each segment; an empty segment gives 1.
 *
 *     tf.unsortedSegmentProd([5, 1, 7], [0, 1, 0], 3)   // [35, 1, 1]
 *
 * @param data         numbers, at least the rank of `segmentIds`
 * @param segmentIds   int32 or int64, in any order; a prefix of data's shape; rows with ids below 0 are left out
 * @param numSegments  how many rows the result has: int32 or int64
 * @returns  data's dtype, shape [numSegments, ...]
 * @throws InvalidArgumentError  when run, for an id of `numSegments` or more
 */
export const unsortedSegmentProd = boundSegments('unsorted_segment_prod', unsortedFunction('UnsortedSegmentProd'));
/**
 * The largest of the rows of each segment; an empty segment gives the dtype's lowest value.
 *
 *     tf.unsortedSegmentMax([5, 1, 7], [0, 1, 0], 2)   // [7, 1]
 *
 * @param data         numbers, at least the rank of `segmentIds`
 * @param segmentIds   int32 or int64, in any order; a prefix of data's shape; rows with ids below 0 are left out
 * @param numSegments  how many rows the result has: int32 or int64
 * @returns  data's dtype, shape [numSegments, ...]
 * @throws InvalidArgumentError  when run, for an id of `numSegments` or more
 */
export const unsortedSegmentMax = boundSegments('unsorted_segment_max', unsortedFunction('UnsortedSegmentMax'));
/**
 * The smallest of the rows of each segment; an empty segment gives the dtype's highest value.
 *
 *     tf.unsortedSegmentMin([5, 1, 7], [0, 1, 0], 2)   // [5, 1]
 *
 * @param data         numbers, at least the rank of `segmentIds`
 * @param segmentIds   int32 or int64, in any order; a prefix of data's shape; rows with ids below 0 are left out
 * @param numSegments  how many rows the result has: int32 or int64
 * @returns  data's dtype, shape [numSegments, ...]
 * @throws InvalidArgumentError  when run, for an id of `numSegments` or more
 */
export const unsortedSegmentMin = boundSegments('unsorted_segment_min', unsortedFunction('UnsortedSegmentMin'));
/** How many rows each segment has, in data's dtype, as many dimensions as the sums have; 1 where there are none. */
function rowsIn(data: Tensor, ids: Tensor, numSegments: NotText): Tensor {
  const counts = apply('UnsortedSegmentSum', [ones(shapeOf(ids), data.dtype), ids, numSegments]);
  const [all, some] = [data.shape.rank, ids.shape.rank];
  if (all === null || some === null) throw unknownRank(all, some);
  const inner = new Array<number>(all - some).fill(1);
  return apply('Maximum', [apply('Reshape', [counts, [numSegments, ...inner]]), 1]);
}
function sharedFunction(scope: string, share: (rows: Tensor) => Tensor) {
  return (data: NotText, segmentIds: NotText, numSegments: NotText, name?: string): Tensor =>
    inScope(name, scope, [data, segmentIds, numSegments], () => {
      const [x, ids] = [convertToTensor(data), convertToTensor(segmentIds, isWeak(segmentIds) ? int32 : null)];
      const rows = rowsIn(x, ids, numSegments);
      return apply('UnsortedSegmentSum', [x, ids, numSegments]).div(share(rows));
    });
}
/**
 * The means of the rows of each segment; an empty segment gives 0.
 *
 *     tf.unsortedSegmentMean([5, 1, 7], [0, 1, 0], 3)   // [6, 1, 0]
 *
 * @param data         floats or complex numbers, at least the rank of `segmentIds`
 * @param segmentIds   int32 or int64, in any order; a prefix of data's shape; rows with ids below 0 are left out
 * @param numSegments  how many rows the result has: int32 or int64
 * @returns  data's dtype, shape [numSegments, ...]
 * @throws TypeError  if the rank of one is not known
 * @throws InvalidArgumentError  when run, for an id of `numSegments` or more
 */
export const unsortedSegmentMean = boundSegments(
  'unsorted_segment_mean',
  sharedFunction('UnsortedSegmentMean', (rows) => rows),
);
/**
 * The sums of the rows of each segment, divided by the root of how many they are; an empty segment gives 0.
 *
 *     tf.unsortedSegmentSqrtN([5, 1, 5, 5, 5], [0, 1, 0, 0, 0], 2)   // [10, 1]
 *
 * @param data         floats or complex numbers, at least the rank of `segmentIds`
 * @param segmentIds   int32 or int64, in any order; a prefix of data's shape; rows with ids below 0 are left out
 * @param numSegments  how many rows the result has: int32 or int64
 * @returns  data's dtype, shape [numSegments, ...]
 * @throws TypeError  if the rank of one is not known
 * @throws InvalidArgumentError  when run, for an id of `numSegments` or more
 */
export const unsortedSegmentSqrtN = boundSegments(
  'unsorted_segment_sqrt_n',
  sharedFunction('UnsortedSegmentSqrtN', (rows) => apply('Sqrt', [rows])),
);
/**
 * Sums the rows of each segment, for ids that only rise.
 *
 *     tf.segmentSum([[1, 2], [3, 4], [5, 6]], [0, 0, 1])   // [[4, 6], [5, 6]]
 *
 * @param data        numbers, at least rank 1
 * @param segmentIds  int32 or int64, one per row, that only rise; the last one says how many segments there are
 * @returns  data's dtype, shape [segments, ...]
 * @throws InvalidArgumentError  when run, if ids fall or are below 0
 * @throws ValueError  if there are known to be more ids than rows, or fewer
 */
export const segmentSum = boundSegments('segment_sum', risingFunction('SegmentSum'));
/**
 * The means of the rows of each segment, for ids that only rise; a segment without rows gives 0.
 *
 *     tf.segmentMean([1, 3, 5], [0, 0, 2])   // [2, 0, 5]
 *
 * @param data        numbers, at least rank 1
 * @param segmentIds  int32 or int64, one per row, that only rise; the last one says how many segments there are
 * @returns  data's dtype, shape [segments, ...]
 * @throws InvalidArgumentError  when run, if ids fall or are below 0
 * @throws ValueError  if there are known to be more ids than rows, or fewer
 */
export const segmentMean = boundSegments('segment_mean', risingFunction('SegmentMean'));
/**
 * Multiplies the rows of each segment, for ids that only rise; a segment without rows gives 1.
 *
 *     tf.segmentProd([2, 3, 5], [0, 0, 2])   // [6, 1, 5]
 *
 * @param data        numbers, at least rank 1
 * @param segmentIds  int32 or int64, one per row, that only rise; the last one says how many segments there are
 * @returns  data's dtype, shape [segments, ...]
 * @throws InvalidArgumentError  when run, if ids fall or are below 0
 * @throws ValueError  if there are known to be more ids than rows, or fewer
 */
export const segmentProd = boundSegments('segment_prod', risingFunction('SegmentProd'));
/**
 * The largest of the rows of each segment, for ids that only rise; a segment without rows gives 0.
 *
 *     tf.segmentMax([2, 3, 5], [0, 0, 2])   // [3, 0, 5]
 *
 * @param data        numbers, at least rank 1
 * @param segmentIds  int32 or int64, one per row, that only rise; the last one says how many segments there are
 * @returns  data's dtype, shape [segments, ...]
 * @throws InvalidArgumentError  when run, if ids fall or are below 0
 * @throws ValueError  if there are known to be more ids than rows, or fewer
 */
export const segmentMax = boundSegments('segment_max', risingFunction('SegmentMax'));
/**
 * The smallest of the rows of each segment, for ids that only rise; a segment without rows gives 0.
 *
 *     tf.segmentMin([2, 3, 5], [0, 0, 2])   // [2, 0, 5]
 *
 * @param data        numbers, at least rank 1
 * @param segmentIds  int32 or int64, one per row, that only rise; the last one says how many segments there are
 * @returns  data's dtype, shape [segments, ...]
 * @throws InvalidArgumentError  when run, if ids fall or are below 0
 * @throws ValueError  if there are known to be more ids than rows, or fewer
 */
export const segmentMin = boundSegments('segment_min', risingFunction('SegmentMin'));

/** What `bincount` takes by name. */
export interface BincountOptions extends ByName {
  /** What each element counts for, in arr's shape; 1 where not given. */
  readonly weights?: NotText | null;
  /** At least so many bins. */
  readonly minlength?: NotText | null;
  /** At most so many bins: larger numbers are not counted. */
  readonly maxlength?: NotText | null;
  /** The dtype of the bins where there are no weights. */
  readonly dtype?: DTypeLike;
}
/**
 * How often each number from 0 to the largest comes.
 *
 *     tf.math.bincount([1, 1, 2, 3, 2, 4, 4, 5])   // [0, 2, 2, 1, 2, 1]
 *
 * @param arr        int32, any shape
 * @param weights    what each element counts for, in arr's shape; 1 where not given
 * @param minlength  at least so many bins
 * @param maxlength  at most so many bins: larger numbers are left out
 * @param dtype      of the counts where there are no weights; int32 where not given
 * @returns  `dtype`, or that of the weights; a vector
 * @throws InvalidArgumentError  when run, for a negative number
 */
export const bincount = boundOptions(
  'bincount',
  1,
  function bincount(arr: NotText, { weights, minlength, maxlength, dtype = int32 }: BincountOptions = {}): Tensor {
    return inScope('bincount', 'bincount', [], () => {
      const x = convertToTensor(arr, int32, 'arr');
      const isFilled = reduceProd(shape(x)).greater(0);
      let size = castTo(isFilled, int32).mul(reduceMax(x).add(1));
      if (minlength !== null && minlength !== undefined)
        size = apply('Maximum', [convertToTensor(minlength, int32, 'minlength'), size]);
      if (maxlength !== null && maxlength !== undefined)
        size = apply('Minimum', [convertToTensor(maxlength, int32, 'maxlength'), size]);
      if (weights !== null && weights !== undefined)
        return unsortedSegmentSum(convertToTensor(weights, null, 'weights'), x, size);
      return apply('Bincount', [x, size, constantNode(toNDArray([], asDtype(dtype), [0]))]);
    });
  },
);
