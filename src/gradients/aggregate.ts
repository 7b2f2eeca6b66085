/** Sums of gradients that reach one tensor by several ways. */
import { int32, int64 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { addUnder } from '../base/room';
import { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { type Graph, IndexedSlices, type Operation, Tensor } from '../graph/graph';

/**
 * How several gradients of one tensor are summed.
 *
 *     const x = tf.constant(3);
 *     tf.gradients(x.mul(x), x, { aggregationMethod: tf.AggregationMethod.ADD_N })   // [6]
 */
export const AggregationMethod = {
  /** All at once, by one AddN. */
  ADD_N: 0,
  /** All at once, as ADD_N. */
  DEFAULT: 0,
  /** In pairs: less memory. */
  EXPERIMENTAL_TREE: 1,
  /** All at once, by AccumulateN. */
  EXPERIMENTAL_ACCUMULATE_N: 2,
} as const;
export type AggregationMethod = (typeof AggregationMethod)[keyof typeof AggregationMethod];

export function checkAggregationMethod(method: number): void {
  if (![0, 1, 2].includes(method)) throw new ValueError(`Invalid aggregation_method specified ${method}.`);
}

/** One gradient from those that reached an output of `op`; null where none did. */
export function aggregate(
  graph: Graph,
  op: Operation,
  grads: readonly (Tensor | IndexedSlices)[],
  method: AggregationMethod,
): Tensor | IndexedSlices | null {
  if (grads.length < 2) return grads[0] ?? null;
  if (!grads.every((g) => g instanceof Tensor || g instanceof IndexedSlices))
    throw new TypeError_('gradients have to be either all Tensors or all IndexedSlices');
  if (!grads.every((g): g is Tensor => g instanceof Tensor)) return aggregateSlices(grads);
  if (method === AggregationMethod.ADD_N) return addByDevice(graph, grads);
  const shape = grads.reduce((s, g) => s.mergeWith(g.shape), TensorShape.unknown());
  if (method === AggregationMethod.EXPERIMENTAL_ACCUMULATE_N && grads.length > 2 && shape.isFullyDefined())
    return apply('AccumulateNV2', [grads], { shape });
  return graph.nameScope(`${op.name}_gradient_sum`, () => grads.reduce((sum, g) => apply('AddN', [[sum, g]])));
}

/** First on each device, then the partial sums. */
function addByDevice(graph: Graph, grads: readonly Tensor[]): Tensor {
  const byDevice = new Map<string, Tensor[]>();
  for (const g of grads) addUnder(byDevice, g.device, g);
  const groups = [...byDevice].sort(([a], [b]) => (a < b ? -1 : 1));
  return addN(groups.map(([, group]) => graph.colocateWith(group[0], () => addN(group), true)));
}
function addN(tensors: readonly (Tensor | IndexedSlices)[]): Tensor {
  const [first] = tensors;
  return tensors.length === 1 && first instanceof Tensor ? first : apply('AddN', [tensors]);
}

/** Rows stay rows, one list after the other; beside a dense gradient they become dense. */
function aggregateSlices(grads: readonly (Tensor | IndexedSlices)[]): Tensor | IndexedSlices {
  if (!grads.every((g): g is IndexedSlices => g instanceof IndexedSlices)) return addN(grads);
  const mixed = grads.some((g) => g.indices.dtype !== grads[0].indices.dtype);
  const indices = grads.map((g) =>
    mixed && g.indices.dtype === int32 ? apply('Cast', [g.indices], { DstT: int64 }) : g.indices,
  );
  const concat = (parts: readonly Tensor[]): Tensor => apply('ConcatV2', [parts, 0], {}, 'concat');
  return new IndexedSlices(concat(grads.map((g) => g.values)), concat(indices), grads[0].denseShape);
}
