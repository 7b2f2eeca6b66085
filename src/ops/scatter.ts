/** Writing rows by index. */
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import { type Tensor, ShapeError } from '../graph/graph';
import type { GradContext, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { mergeShapes, shapeInput, withRankAtLeast } from '../graph/shape-fn';
import type { NameOption } from './options';
import { zerosLike } from './words';
import { boundLikeArray } from './known-calls';

/** `tensor` with rows of `updates` written to, added to or taken from it. */
function onTensor(grad: OpRow['grad'], first: string): OpRow {
  return {
    grad,
    shape: (c) => [scatterShape(c, () => c.shape(0), 1, 2, first === 'input' ? 'input' : 'output')],
  };
}
const rowsOf = (dz: Tensor, op: GradContext): Tensor => apply('GatherNd', [dz, op.inputs[1]]);

export const SCATTER = {
  ScatterNd: {
    grows: 'numbers',
    shape(c) {
      withRankAtLeast(c, 0, 1);
      withRankAtLeast(c, 1, 1);
      return [scatterShape(c, () => shapeInput(c, 2) ?? TensorShape.unknown(), 0, 1, 'output')];
    },
    grad: (op, [dz]) => [null, apply('GatherNd', [dz, op.inputs[0]]), null],
  },
  ScatterNdNonAliasingAdd: onTensor((op, [dz]) => [dz, null, rowsOf(dz, op)], 'input'),
  TensorScatterUpdate: onTensor((op, [dz]) => {
    const rows = rowsOf(dz, op);
    return [apply('TensorScatterUpdate', [apply('Identity', [dz]), op.inputs[1], zerosLike(op.inputs[2])]), null, rows];
  }, 'tensor'),
  TensorScatterAdd: onTensor((op, [dz]) => {
    const rows = rowsOf(dz, op);
    return [apply('Identity', [dz]), null, rows];
  }, 'tensor'),
  TensorScatterSub: onTensor((op, [dz]) => {
    const rows = rowsOf(dz, op);
    return [apply('Identity', [dz]), null, apply('Neg', [rows])];
  }, 'tensor'),
} satisfies Rows;

/** Updates must have the outer dimensions of the indices, and the inner ones of what they are written to. */
function scatterShape(
  c: ShapeContext,
  targetOf: () => TensorShape,
  indexInput: number,
  updateInput: number,
  word: string,
): TensorShape {
  const [indices, updates] = [c.shape(indexInput), c.shape(updateInput)];
  const depth = indices.at(-1);
  const part = (s: TensorShape, from: number, to?: number): TensorShape =>
    new TensorShape(s.dims && s.dims.slice(from, to));
  const outer = (indices.rank ?? 1) - 1;
  const comparable = indices.dims !== null && updates.dims !== null && depth !== null;
  if (comparable) {
    agree(
      part(indices, 0, outer),
      part(updates, 0, outer),
      `The outer ${outer} dimensions of indices.shape=${indices.toCString()} must match ` +
        `the outer ${outer} dimensions of updates.shape=${updates.toCString()}`,
    );
  }
  const target = targetOf();
  const some = (s: TensorShape): boolean => (s.numElements() ?? 0) > 0;
  if (target.numElements() === 0 && (some(indices) || some(updates)))
    throw new ShapeError('Indices and updates specified for empty output shape');
  if (comparable && target.dims) {
    agree(
      part(target, depth!),
      part(updates, outer),
      `The inner ${target.dims.length - depth!} dimensions of ${word}.shape=${target.toCString()} must match ` +
        `the inner ${updates.rank! - outer} dimensions of updates.shape=${updates.toCString()}`,
    );
  }
  return target;
}
function agree(a: TensorShape, b: TensorShape, rule: string): void {
  try {
    mergeShapes(a, b);
  } catch (error) {
    throw error instanceof ShapeError ? new ShapeError(`${rule}: ${error.message}`) : error;
  }
}

/**
 * A tensor of `shape` with `updates` at `indices` and zeros elsewhere; updates of one place are summed.
 *
 *     tf.scatterNd([[4], [1]], [9, 10], [6])   // [0, 10, 0, 0, 9, 0]
 *
 * @param indices  int32 or int64; the last dimension is one position
 * @param updates  any dtype, shape indices.shape[:-1] + shape[indices.shape[-1]:]
 * @param shape    of the dtype of the indices
 * @returns  updates' dtype, `shape`
 * @throws InvalidArgumentError  when run, for a position outside
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterNd = boundOptions(
  'scatter_nd',
  3,
  function scatterNd(indices: TensorLike, updates: TensorLike, shape: TensorLike, { name }: NameOption = {}): Tensor {
    return apply('ScatterNd', [indices, updates, shape], {}, name);
  },
);
/**
 * `tensor` with `updates` in place of what was at `indices`.
 *
 *     tf.tensorScatterUpdate([1, 2, 3], [[2]], [9])   // [1, 2, 9]
 *
 * @param tensor   any dtype, at least rank 1
 * @param indices  int32 or int64; the last dimension is one position
 * @param updates  the tensor's dtype, shape indices.shape[:-1] + tensor.shape[indices.shape[-1]:]
 * @returns  the tensor's dtype and shape
 * @throws InvalidArgumentError  when run, for a position outside
 * @throws ValueError  if the shapes are known and do not fit
 */
export const tensorScatterUpdate = boundLikeArray(
  'tensor_scatter_update',
  3,
  function tensorScatterUpdate(
    tensor: TensorLike,
    indices: TensorLike,
    updates: TensorLike,
    { name }: NameOption = {},
  ): Tensor {
    return apply('TensorScatterUpdate', [tensor, indices, updates], {}, name);
  },
);
/**
 * `tensor` with `updates` added at `indices`.
 *
 *     tf.tensorScatterAdd([1, 2, 3], [[2], [2]], [9, 1])   // [1, 2, 13]
 *
 * @param tensor   any dtype, at least rank 1
 * @param indices  int32 or int64; the last dimension is one position
 * @param updates  the tensor's dtype, shape indices.shape[:-1] + tensor.shape[indices.shape[-1]:]
 * @returns  the tensor's dtype and shape
 * @throws InvalidArgumentError  when run, for a position outside
 * @throws ValueError  if the shapes are known and do not fit
 */
export const tensorScatterAdd = boundLikeArray(
  'tensor_scatter_add',
  3,
  function tensorScatterAdd(
    tensor: TensorLike,
    indices: TensorLike,
    updates: TensorLike,
    { name }: NameOption = {},
  ): Tensor {
    return apply('TensorScatterAdd', [tensor, indices, updates], {}, name);
  },
);
/**
 * `tensor` with `updates` subtracted at `indices`.
 *
 *     tf.tensorScatterSub([1, 2, 3], [[2]], [9])   // [1, 2, -6]
 *
 * @param tensor   any dtype, at least rank 1
 * @param indices  int32 or int64; the last dimension is one position
 * @param updates  the tensor's dtype, shape indices.shape[:-1] + tensor.shape[indices.shape[-1]:]
 * @returns  the tensor's dtype and shape
 * @throws InvalidArgumentError  when run, for a position outside
 * @throws ValueError  if the shapes are known and do not fit
 */
export const tensorScatterSub = boundLikeArray(
  'tensor_scatter_sub',
  3,
  function tensorScatterSub(
    tensor: TensorLike,
    indices: TensorLike,
    updates: TensorLike,
    { name }: NameOption = {},
  ): Tensor {
    return apply('TensorScatterSub', [tensor, indices, updates], {}, name);
  },
);
