/** Sparse tensors of rows, put together as one with a dimension more. */
import { int64 } from '../base/dtype';
import { apply } from '../graph/apply';
import { SparseTensor } from '../graph/sparse-tensor';
import type { Tensor } from '../graph/graph';
import { expandDims } from '../ops/reshape';
import { reduceMax } from '../ops/reduce';
import { castTo, concat, element, range, reshape, shapeOf } from '../ops/words';
import { flattened } from './row-node';

/**
 * TensorFlow 1.15 writes each row down, in a loop, and reads all of them; as many values in each row need no loop.
 *
 * @param indices  of each row the places of its values; the others accordingly
 */
export function sparseOfRows(indices: Tensor, values: Tensor, shapes: Tensor): SparseTensor {
  const sizes = shapeOf(values);
  const count = element(sizes, 0);
  const numbers = reshape(castTo(range(0, count), int64), [-1, 1, 1]);
  const row = apply('BroadcastTo', [numbers, concat([sizes, [1]])]);
  const places = flattened(concat([row, indices], 2));
  const largest = concat([expandDims(castTo(count, int64), 0), reduceMax(shapes, 0)]);
  return new SparseTensor(places, reshape(values, [-1]), largest);
}
