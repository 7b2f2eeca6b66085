/** Sparse tensors by handles: integers, which queues hold in their place. After TensorFlow 1.15's sparse_ops. */
import { apply, applyOp } from '../graph/apply';
import type { Operation, Tensor } from '../graph/graph';
import type { ShapeContext, Rows } from '../graph/opdef';
import { withRank } from '../graph/shape-fn';
import { SparseTensor } from '../graph/sparse-tensor';

function checkParts(c: ShapeContext): void {
  withRank(c, 0, 2);
  withRank(c, 1, 1);
  withRank(c, 2, 1);
}
export const SPARSE_MAPS = {
  AddSparseToTensorsMap: {
    effect: 'writes',
    shape(c) {
      checkParts(c);
      return [[]];
    },
  },
  AddManySparseToTensorsMap: {
    effect: 'writes',
    shape(c) {
      checkParts(c);
      return [[null]];
    },
  },
  TakeManySparseFromTensorsMap: {
    effect: 'writes',
    shape(c) {
      withRank(c, 0, 1);
      return [[null, null], [null], [null]];
    },
  },
} satisfies Rows;

/** A handle of a sparse tensor, or with `many` one of each of its rows. */
export function storeSparse(x: SparseTensor, many: boolean, sharedName: string | null): Tensor {
  const type = many ? 'AddManySparseToTensorsMap' : 'AddSparseToTensorsMap';
  return apply(type, [x.indices, x.values, x.denseShape], { shared_name: sharedName });
}
/**
 * What handles stand for, as one sparse tensor with a row for each.
 *
 * @param map   the node that gave the handles
 * @param rank  of what is given; null where it is not known
 */
export function restoreSparse(map: Operation, handles: Tensor, rank: number | null): SparseTensor {
  const shared = map.attr('shared_name', 'string') || map.name;
  const attrs = { dtype: map.attr('T', 'type'), container: map.attr('container', 'string'), shared_name: shared };
  const [indices, values, shape] = map.graph.colocateWith(
    map,
    () => applyOp('TakeManySparseFromTensorsMap', [handles], attrs).outputs,
  );
  indices.setShape([null, rank]);
  shape.setShape([rank]);
  return new SparseTensor(indices, values, shape);
}
