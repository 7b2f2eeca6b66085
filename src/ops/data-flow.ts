/** Taking a tensor apart by the number of each row and putting it together again; and differences of lists. */
import type { Cells } from '../base/elements';
import { type NamedTuple, namedTuple } from '../base/named-tuple';
import { type DType, int32, zerosOf } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { numbersIn } from '../base/nested';
import { toNDArray } from '../base/to-ndarray';
import { type Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import { type Tensor, IndexedSlices } from '../graph/graph';
import type { GradContext, Grad, OpRow, Rows, ShapeContext, ValueContext } from '../graph/opdef';
import { ShapeError } from '../graph/shape-error';
import { inputValues, mergeDim, mergeShapes, numbers, perOutput, withRank, withRankAtLeast } from '../graph/shape-fn';
import { knowing } from './known-calls';
import type { DifferenceCall } from './known-tuples';
import type { NameOption } from './options';
import { getItem } from './subscript';
import { gather, ints, reshape, shapeOf } from './words';

const stitch: OpRow = {
  grows: 'rows',
  shape(c) {
    const [shape] = stitchShape(c);
    const rows = shape?.[0] ?? 0;
    if (rows > 2 ** 31 - 1) throw new ShapeError(`Dimension ${rows | 0} must be >= 0`, 'without the node');
    return [shape];
  },
  room: stitchShape,
  grad: stitchGrad,
  value: stitchValue,
};

export const DATA_FLOW = {
  DynamicStitch: stitch,
  ParallelDynamicStitch: stitch,
  DynamicPartition: {
    shape(c) {
      const rest = afterPrefix(c, 0, c.shape(1));
      return perOutput(c, rest?.dims ? [null, ...rest.dims] : null);
    },
    grad: partitionGrad,
    values: partitionValues,
  },
  ListDiff: {
    shape(c) {
      withRank(c, 0, 1);
      withRank(c, 1, 1);
      return [[null], [null]];
    },
    value: differenceValue,
  },
} satisfies Rows;

/** What follows in an input's shape after a prefix that it must start with; null where the prefix has no rank. */
function afterPrefix(c: ShapeContext, index: number, prefix: TensorShape): TensorShape | null {
  if (!prefix.dims) return null;
  const shape = withRankAtLeast(c, index, prefix.dims.length);
  prefix.dims.forEach((dim, i) => mergeDim(shape.at(i), dim));
  return new TensorShape(shape.dims && shape.dims.slice(prefix.dims.length));
}
function stitchShape(c: ShapeContext): (Dim[] | null)[] {
  const n = c.attr('N');
  let rest = TensorShape.unknown();
  let rows: number | null = 0;
  for (let i = 0; i < n; i++) {
    const known = numbers(c, i);
    rows = known && rows !== null ? known.reduce((most, at) => Math.max(most, at + 1), rows) : null;
    const after = afterPrefix(c, n + i, c.shape(i));
    if (after) rest = mergeShapes(rest, after);
  }
  return [rest.dims ? [rows === null ? null : Math.max(rows, 1), ...rest.dims] : null];
}
/** Of vectors of integers: shape arithmetic. */
function stitchValue(c: ValueContext): NDArray | null {
  const values = inputValues(c).filter((v) => v !== null);
  const n = c.attr('N');
  if (c.output(0).rank !== 1 || values.length < 2 * n) return null;
  const { dtype } = values[n];
  const places = values.slice(0, n).map(numbersIn);
  // Of nothing it is nothing, whatever the static shape says: TensorFlow's has a row there.
  const size = places.flat().reduce((most, at) => Math.max(most, at + 1), 0);
  const out = zerosOf(dtype, size);
  const to: Cells = out;
  places.forEach((list, i) =>
    list.forEach((at, k) => {
      to[at] = values[n + i].data[k];
    }),
  );
  return new NDArray(dtype, [size], out);
}
/** Of a vector of integers: shape arithmetic, and gradients, which number elements. */
function partitionValues(c: ValueContext): NDArray[] | null {
  const [data, partitions] = inputValues(c);
  if (!data || !partitions || data.rank !== 1 || !data.dtype.isInteger || data.size !== partitions.size) return null;
  const values = numbersIn(data);
  const numbersOf = numbersIn(partitions);
  return Array.from({ length: c.outputs }, (_, part) => {
    const chosen = values.filter((_, i) => numbersOf[i] === part);
    return toNDArray(chosen, data.dtype, [chosen.length]);
  });
}
function differenceValue(c: ShapeContext): NDArray | null {
  const [x, y] = inputValues(c);
  if (!x || !y) return null;
  const without = new Set<unknown>(y.data);
  const kept = numbersIn(x).filter((v) => !without.has(v));
  const out = zerosOf(x.dtype, kept.length);
  const to: Cells = out;
  kept.forEach((v, i) => {
    to[i] = v;
  });
  return new NDArray(x.dtype, [kept.length], out);
}

function stitchGrad(op: GradContext, [dz]: (Tensor | IndexedSlices)[]): Grad[] {
  const indices = op.inputs.slice(0, op.attr('N'));
  const grad =
    dz instanceof IndexedSlices
      ? apply('UnsortedSegmentSum', [dz.values, dz.indices, getItem(shapeOf(op.outputs[0]), [0])])
      : dz;
  return [...indices.map(() => null), ...indices.map((at) => gather(grad, at))];
}
/** Each element's number goes the way of the element, and leads its gradient back. */
function partitionGrad(op: GradContext, grads: Tensor[]): Grad[] {
  const [data, partitions] = op.inputs;
  const prefix = shapeOf(partitions);
  const count = apply('Prod', [prefix, ints([0])]);
  const numbers = reshape(apply('Range', [0, count, 1], {}, 'range'), prefix);
  const parts = applyOp('DynamicPartition', [numbers, partitions], { num_partitions: grads.length }).outputs;
  return [reshape(apply('DynamicStitch', [parts, grads]), shapeOf(data)), null];
}

/**
 * One tensor from several: `data[m][i]` becomes row `indices[m][i]`; of rows that meet, the last wins.
 *
 *     tf.dynamicStitch([[0, 2], [1]], [[10, 30], [20]])   // [10, 20, 30]
 *
 * @param indices  int32 tensors
 * @param data     as many tensors of one dtype; each starts with the shape of its indices
 * @returns  data's dtype; as many rows as the largest index says
 * @throws ValueError  if the shapes are known and do not fit
 * @throws InvalidArgumentError  when run, for an index below 0
 */
export const dynamicStitch = boundOptions(
  'dynamic_stitch',
  2,
  function dynamicStitch(
    indices: readonly TensorLike[],
    data: readonly TensorLike[],
    { name }: NameOption = {},
  ): Tensor {
    return apply('DynamicStitch', [indices, data], {}, name);
  },
);
/**
 * Several tensors from one: row i goes to number `partitions[i]`.
 *
 *     tf.dynamicPartition([10, 20, 30], [0, 1, 0], 2)   // [[10, 30], [20]]
 *
 * @param data           any dtype
 * @param partitions     int32, a prefix of data's shape
 * @param numPartitions  how many there are
 * @returns  a list of `numPartitions` tensors of data's dtype
 * @throws InvalidArgumentError  when run, for a number outside [0, numPartitions)
 */
export const dynamicPartition = boundOptions(
  'dynamic_partition',
  3,
  function dynamicPartition(
    data: TensorLike,
    partitions: TensorLike,
    numPartitions: number,
    { name }: NameOption = {},
  ): Tensor[] {
    return [...applyOp('DynamicPartition', [data, partitions], { num_partitions: numPartitions }, name).outputs];
  },
);
/**
 * The elements of a vector that are not in another, and where they were.
 *
 *     tf.setdiff1d([1, 2, 3, 4], [1, 3])   // [[2, 4], [1, 3]]
 *
 * @param x           a vector of any dtype
 * @param y           a vector of x's dtype
 * @param indexDtype  int32 or int64; int32 where not given
 * @returns  `[out, idx]`, by name as well: the elements, and their places in x
 * @throws ValueError  for another rank than 1
 * @throws TypeError  if the dtypes differ
 */
export const setdiff1d = knowing<DifferenceCall>()(
  'setdiff1d',
  3,
  function setdiff1d(
    x: TensorLike,
    y: TensorLike,
    indexDtype: DType = int32,
    { name }: NameOption = {},
  ): NamedTuple<readonly ['out', 'idx'], Tensor> {
    return namedTuple(['out', 'idx'], applyOp('ListDiff', [x, y], { out_idx: indexDtype }, name).outputs);
  },
);
