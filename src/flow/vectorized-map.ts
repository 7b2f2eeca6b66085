/** `tf.vectorizedMap`: a function of all rows at once, after TensorFlow 1.15's vectorized_map. */
import { type Scalar, int32 } from '../base/dtype';
import { tell } from '../base/logging';
import { TensorShape } from '../base/shape';
import { apply, inGraphOf } from '../graph/apply';
import { toTensor } from '../graph/constant';
import { IndexedSlices, Operation, type Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import { knowingAll } from '../ops/known-calls';
import type { Made, ElementFor, Deeper, RankFor } from '../graph/fetched';
import type { Symbolic } from '../ops/known-ranks';
import { element, gather, shapeOf } from '../ops/words';
import { type AllRows, type Call, type Elements, type RowOf, checkFn, leavesOf } from './rows';
import { flatten, mapStructure } from './structure';
import { Vectorizer } from './vectorize';

interface VectorizedCall {
  <const E extends Elements, R extends Symbolic | Scalar>(
    fn: (elems: RowOf<E>) => R,
    elems: E,
  ): Made<ElementFor<R>, Deeper<RankFor<R>>>;
  <const E extends Elements>(fn: (elems: RowOf<E>) => unknown, elems: E): AllRows<E>;
}
/**
 * A function of each row of a tensor, as `mapFn`, but made of all rows at once: nodes that work on whole batches stand
 * in the place of a loop. What a row gives must not depend on other rows. A loop inside becomes one of all rows, a
 * gradient inside that of each row; branches are no part of it.
 *
 *     tf.vectorizedMap((x) => x.mul(x), tf.constant([1, 2, 3]))   // [1, 4, 9]
 *
 * @param fn     takes a row; of lists and objects of tensors, a row of each
 * @param elems  a tensor, or lists and objects of tensors with as many rows
 * @returns  as many rows as `elems` has, of what `fn` gives
 * @throws TypeError   if `fn` is no function
 * @throws ValueError  for a node that cannot be made of all rows at once
 */
export const vectorizedMap = knowingAll<VectorizedCall>()('vectorized_map', (fn: Call, elems: Elements): unknown => {
  checkFn(fn);
  return inGraphOf(leavesOf(elems), (graph) => {
    const given = mapStructure(elems, (leaf) => toTensor(leaf));
    const count = element(shapeOf(toTensor(flatten(given)[0])), 0);
    const before = graph.size;
    const [index, made] = graph.nameScope('loop_body', (): [Tensor, unknown] => {
      const at = apply('Placeholder', [], { dtype: int32, shape: new TensorShape([]) });
      return [at, fn(mapStructure(given, (leaf) => gather(toTensor(leaf), at)))];
    });
    const results = mapStructure(made, resultOf, false);
    const inside = new Set(graph.getOperations().slice(before));
    return graph.nameScope('pfor', () => {
      const vectorizer = new Vectorizer(graph, index, count, inside);
      return mapStructure(results, (leaf) => vectorizer.resultOf(resultOf(leaf)), false);
    });
  });
});
/** What `fn` gives, as what can be made of all rows. */
function resultOf(leaf: unknown): Tensor | SparseTensor | Operation | null {
  if (leaf === null || leaf === undefined) return null;
  if (leaf instanceof Operation || leaf instanceof SparseTensor) return leaf;
  if (leaf instanceof IndexedSlices)
    tell(
      'WARN',
      `Converting ${leaf} to a dense representation may make it slow. Alternatively, output the indices and values ` +
        'of the IndexedSlices separately, and handle the vectorized outputs directly.',
    );
  return toTensor(leaf);
}
