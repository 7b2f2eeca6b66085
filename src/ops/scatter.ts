/** Writing rows by index. */
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { GradContext, OpRow, Rows } from '../graph/opdef';
import { shapeInput } from '../graph/shape-fn';
import type { NameOption } from './options';
import { boundLikeArray } from './known-calls';
import { scatterNdShape } from './state';
import { zerosLike } from './words';

/** `tensor` with rows of `updates` written to, added to or taken from it. */
function onTensor(grad: OpRow['grad'], word: 'input' | 'output'): OpRow {
  return { grad, shape: (c) => [scatterNdShape(c, c.shape(0), 1, word)] };
}
const rowsOf = (dz: Tensor, op: GradContext): Tensor => apply('GatherNd', [dz, op.inputs[1]]);

export const SCATTER = {
  ScatterNd: {
    grows: 'numbers',
    shape(c) {
      // TensorFlow looks at ranks before it reads the shape.
      const rank = c.shape(2).at(0);
      scatterNdShape(c, TensorShape.unknown(c.shape(2).rank === 1 && rank !== null ? rank : undefined), 0, 'output');
      return [scatterNdShape(c, shapeInput(c, 2) ?? TensorShape.unknown(), 0, 'output')];
    },
    grad: (op, [dz]) => [null, apply('GatherNd', [dz, op.inputs[0]]), null],
  },
  ScatterNdNonAliasingAdd: onTensor((op, [dz]) => [dz, null, rowsOf(dz, op)], 'input'),
  TensorScatterUpdate: onTensor((op, [dz]) => {
    const rows = rowsOf(dz, op);
    return [apply('TensorScatterUpdate', [apply('Identity', [dz]), op.inputs[1], zerosLike(op.inputs[2])]), null, rows];
  }, 'output'),
  TensorScatterAdd: onTensor((op, [dz]) => {
    const rows = rowsOf(dz, op);
    return [apply('Identity', [dz]), null, rows];
  }, 'output'),
  TensorScatterSub: onTensor((op, [dz]) => {
    const rows = rowsOf(dz, op);
    return [apply('Identity', [dz]), null, apply('Neg', [rows])];
  }, 'output'),
} satisfies Rows;

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
