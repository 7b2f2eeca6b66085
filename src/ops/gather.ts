/** Reading rows by index. The gradient of a gather of rows is sparse: IndexedSlices. */
import type { Cells } from '../base/elements';
import { DType, int32, int64, resource, zerosOf } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { cShape, type Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, graphOf, inScope } from '../graph/apply';
import { convertToTensor, pythonValue, type TensorLike, handleOf } from '../graph/constant';
import { IndexedSlices, ShapeError, type Tensor } from '../graph/graph';
import type { Grad, GradContext, Rows, ShapeContext } from '../graph/opdef';
import { fitsInt32, withRank, withRankAtLeast } from '../graph/shape-fn';
import { knowing } from './known-calls';
import type { GatherCall } from './known-dimensions';
import type { NameOption } from './options';
import { getItem } from './subscript';
import { ones, range, reshape, scoped, shapeOf, sizeOf, transpose, zeros } from './words';
import { memberOf } from '../base/thrown';

export const GATHER = {
  GatherV2: {
    grows: 'shapes',
    shape: gatherShape,
    grad: gatherGrad,
    value: gatherValue,
  },
  Gather: {
    grows: 'shapes',
    shape: (c) => [c.shape(1).concatenate(tail(withRankAtLeast(c, 0, 1), 1))],
    grad: (op, [dz]) => [rowsGrad(op, dz), null],
  },
  GatherNd: {
    grows: 'shapes',
    shape: gatherNdShape,
    grad: gatherNdGrad,
  },
} satisfies Rows;

// --- shapes and values --------------------------------------------------------------------------------

function tail(shape: TensorShape, from: number): TensorShape {
  return new TensorShape(shape.dims && shape.dims.slice(from));
}

function gatherShape(c: ShapeContext): (TensorShape | Dim[])[] {
  const params = withRankAtLeast(c, 0, 1);
  const indices = c.shape(1);
  withRank(c, 2, 0);
  const batchGiven = c.attr('batch_dims');
  const given = c.value(2)?.data[0];
  if (given === undefined) {
    if (params.rank === null || indices.rank === null) return [TensorShape.unknown()];
    // TensorFlow 1.15 forgets the dimensions that both share.
    const shared = batchGiven < 0 ? batchGiven + indices.rank : batchGiven;
    return [TensorShape.unknown(shared < 0 ? undefined : params.rank + indices.rank - 1 - shared)];
  }
  fitsInt32(c, 'batch_dims');
  const axis = Number(given);
  withRankAtLeast(c, 0, axis < 0 ? -axis : axis + 1);
  withRankAtLeast(c, 1, Math.abs(batchGiven));
  const batch = batchGiven < 0 && indices.rank !== null ? batchGiven + indices.rank : batchGiven;
  withRankAtLeast(c, 0, batch + 1);
  if (!params.dims || !indices.dims) return [TensorShape.unknown()];
  return [
    [...params.dims.slice(0, axis), ...indices.dims.slice(batch), ...(axis === -1 ? [] : params.dims.slice(axis + 1))],
  ];
}
/** Elements of a known vector: shape arithmetic. */
function gatherValue(c: ShapeContext): NDArray | null {
  const params = c.value(0);
  if (params?.rank !== 1) return null;
  const indices = c.value(1);
  if (!indices || !c.value(2)) return null;
  const out = zerosOf(params.dtype, indices.size);
  const to: Cells = out;
  for (let i = 0; i < indices.size; i++) {
    const at = Number(indices.data[i]);
    // What is outside is for the kernel to report.
    if (at < 0 || at >= params.size) return null;
    to[i] = params.data[at];
  }
  return new NDArray(params.dtype, indices.shape, out);
}
function gatherNdShape(c: ShapeContext): (TensorShape | Dim[])[] {
  const params = c.shape(0);
  const indices = withRankAtLeast(c, 1, 1);
  const depth = indices.at(-1);
  if (!params.dims || !indices.dims || depth === null) return [TensorShape.unknown()];
  if (depth > params.dims.length) {
    throw new ShapeError(
      'indices.shape[-1] must be <= params.rank, but saw ' +
        `indices shape: ${cShape(indices.dims)} and params shape: ${cShape(params.dims)}`,
    );
  }
  return [[...indices.dims.slice(0, -1), ...params.dims.slice(depth)]];
}

// --- gradients ----------------------------------------------------------------------------------------

/** The shape of the params as int32, computed beside them: a table may live on another machine. */
function paramsShape(op: GradContext): Tensor {
  const [params] = op.inputs;
  return graphOf([params]).colocateWith(params, () => castIn(shapeOf(params, int64), int32));
}
/** `tf.cast`, which takes its name even where there is nothing to do. */
function castIn(x: Tensor, dtype: DType): Tensor {
  return scoped('Cast', (scope) => (x.dtype.baseDtype === dtype ? x : apply('Cast', [x], { DstT: dtype }, scope)));
}
function firstSize(indices: Tensor): Tensor {
  return apply('ExpandDims', [sizeOf(indices), 0]);
}
function joined(parts: readonly (Tensor | readonly (number | Tensor)[])[]): Tensor {
  return apply('ConcatV2', [parts, 0], {}, 'concat');
}

/** Rows of the gradient, each at the index that its row was read from. */
function rowsGrad(op: GradContext, dz: Tensor): IndexedSlices {
  const shape = paramsShape(op);
  const [, indices] = op.inputs;
  const size = firstSize(indices);
  const values = reshape(dz, joined([size, getItem(shape, [[1]])]));
  return new IndexedSlices(values, reshape(indices, size), shape);
}

function gatherGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const [, indices, axis] = op.inputs;
  const batchGiven = op.attr('batch_dims');
  const batchDims = batchGiven < 0 ? batchGiven + (indices.shape.rank ?? 0) : batchGiven;
  if (Number(pythonValue(axis)?.data[0] ?? -1) === 0) return [rowsGrad(op, dz), null, null];
  // The axis goes in front of all others but the batch, the rows are summed there, and it goes back.
  const shape = paramsShape(op);
  // TensorFlow makes these two nodes for either way of going on; here nothing reads them.
  firstSize(indices);
  const outer = getItem(shape, [[null, axis]]);
  const inner = getItem(getItem(shape, [[axis]]), [[1]]);
  const valuesShape = joined([outer, [-1], inner]);
  const [dims, axisDims] = [sizeOf(valuesShape), sizeOf(outer)];
  const outerBatch = range(0, batchDims);
  const batchAxis = range(batchDims, axisDims);
  const innerAxes = range(axisDims.add(1), dims);
  const values = reshape(dz, valuesShape);
  const forward = transpose(values, joined([outerBatch, [axisDims], batchAxis, innerAxes]));
  const summed = batchGatherGrad(shape, forward, indices, batchDims, getItem(shape, [axis]));
  const back = joined([outerBatch, batchAxis.add(1), [batchDims], innerAxes]);
  return [transpose(summed, back), null, null];
}

function batchGatherGrad(
  shape: Tensor,
  grad: Tensor,
  indicesGiven: Tensor,
  batchDims: number,
  dimSize: Tensor,
): Tensor {
  const size = firstSize(indicesGiven);
  if (!batchDims) return apply('UnsortedSegmentSum', [grad, reshape(indicesGiven, size), dimSize]);
  const gradShape = shapeOf(grad);
  const outer = getItem(gradShape, [[null, batchDims]]);
  const inner = getItem(getItem(gradShape, [[batchDims]]), [[1]]);
  const batchSize = apply('Prod', [outer, [0]], { keep_dims: false });
  const flatShape = joined([[-1], inner]);
  const rows = dimSize.mul(batchSize);
  const indices = batchIndices(shape, indicesGiven, batchDims);
  const values = reshape(grad, flatShape);
  const summed = apply('UnsortedSegmentSum', [values, reshape(indices, size), rows]);
  return reshape(summed, joined([outer, flatShape]));
}
/** Indices into the flattened batch: each with the start of its own part added. */
function batchIndices(shape: Tensor, indices: Tensor, batchDims: number): Tensor {
  const dtype = indices.dtype.baseDtype;
  const rank = indices.shape.rank!;
  const dims = castIn(shape, dtype);
  let size = ones([], dtype);
  let out = indices;
  for (let dim = batchDims; dim > 0; dim--) {
    const here = getItem(dims, [dim - 1]);
    size = size.mul(getItem(dims, [dim]));
    const [start, step] = [zeros([], dtype), ones([], dtype)];
    const starts = apply('Range', [start, here, step], {}, 'range').mul(size);
    const along = [...new Array<number>(dim - 1).fill(1), here, ...new Array<number>(rank - dim).fill(1)];
    out = out.add(reshape(starts, convertToTensor(along, dtype, 'stack')));
  }
  return out;
}

export function gatherNdGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const [params, indices] = op.inputs;
  const outType = indices.dtype.baseDtype;
  const shape =
    params.dtype.baseDtype === resource
      ? apply('VariableShape', [params], { out_type: outType })
      : shapeOf(params, outType);
  if (indices.shape.rank === 2 && indices.shape.at(-1) === 1)
    // A gather behind this one brings rows, whose values are tensors only once they are added up.
    return [new IndexedSlices(convertToTensor(dz), apply('Squeeze', [indices], { squeeze_dims: [-1] }), shape), null];
  return [apply('ScatterNd', [indices, dz, shape]), null];
}

// --- what users call ----------------------------------------------------------------------------------

/** What `gather` takes by name. */
export interface GatherOptions extends NameOption {
  /** The dimension of `params` that the indices are along; `batchDims` by default. */
  readonly axis?: TensorLike | null;
  /** Leading dimensions that params and indices share. */
  readonly batchDims?: number;
  /** Without effect, as in TensorFlow: indices are always checked. */
  readonly validateIndices?: boolean | null;
}
type WithoutBatch = Omit<GatherOptions, 'batchDims'>;
type GatherMore = [
  validateIndices?: boolean | null | WithoutBatch,
  name?: string | null | WithoutBatch,
  axis?: NonNullable<GatherOptions['axis']> | null | WithoutBatch,
];
/**
 * The slices of `params` along `axis` that `indices` names.
 *
 *     tf.gather([[1, 2], [3, 4], [5, 6]], [2, 0])            // [[5, 6], [1, 2]]
 *     tf.gather([[1, 2], [3, 4]], [1], { axis: 1 })          // [[2], [4]]
 *
 * @param params           a tensor or a variable of at least rank 1, any dtype
 * @param indices          int32 or int64, any shape
 * @param validateIndices  has no effect: indices are always checked
 * @param axis             the dimension of `params`; `batchDims` where not given
 * @param batchDims        how many leading dimensions params and indices share; 0 where not given
 * @returns  params' dtype, shape params.shape[:axis] + indices.shape[batchDims:] + params.shape[axis + 1:]
 * @throws InvalidArgumentError  when run, for an index outside: `indices[0] = 5 is not in [0, 3)`
 * @throws ValueError  if the axis is outside of the shape
 */
export const gather = knowing<GatherCall<'indices', GatherMore, WithoutBatch>>()(
  'gather',
  2,
  function gather(params: TensorLike, indices: TensorLike, options: GatherOptions = {}): Tensor {
    const { name, batchDims = 0 } = options;
    const axis = options.axis ?? batchDims;
    const variable = axis === 0 ? resourceOf(params) : null;
    if (!variable) return apply('GatherV2', [params, indices, axis], { batch_dims: axis === 0 ? 0 : batchDims }, name);
    const { handle, dtype } = variable;
    return apply('Identity', [apply('ResourceGather', [handle, indices], { dtype }, name || 'Gather')]);
  },
);
/** A variable that has a handle: rows can be read through it without the rest. */
function resourceOf(params: TensorLike): { readonly handle: Tensor; readonly dtype: DType } | null {
  if (memberOf(params, 'isResource') !== true) return null;
  const [handle, dtype] = [handleOf(params), memberOf(params, 'dtype')];
  return handle && dtype instanceof DType ? { handle, dtype: dtype.baseDtype } : null;
}

/**
 * The elements or slices of `params` at positions: the last dimension of `indices` is one position.
 *
 *     tf.gatherNd([[1, 2], [3, 4]], [[0, 0], [1, 1]])   // [1, 4]
 *     tf.gatherNd([[1, 2], [3, 4]], [[1], [0]])         // [[3, 4], [1, 2]]
 *
 * @param params   any dtype, at least rank 1
 * @param indices  int32 or int64, shape [..., length of a position]
 * @returns  params' dtype, shape indices.shape[:-1] + params.shape[indices.shape[-1]:]
 * @throws InvalidArgumentError  when run, for a position outside
 */
export const gatherNd = boundOptions(
  'gather_nd',
  2,
  function gatherNd(params: TensorLike, indices: TensorLike, { name }: NameOption = {}): Tensor {
    const variable = resourceOf(params);
    if (!variable) return apply('GatherNd', [params, indices], {}, name);
    const { handle, dtype } = variable;
    const read = inScope(name, 'GatherNd', [handle, indices], (scope) =>
      apply('ResourceGatherNd', [handle, indices], { dtype }, scope),
    );
    return apply('Identity', [read]);
  },
);
