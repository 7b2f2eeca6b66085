/** Penalties put together, and on collections of weights. */
import { float32 } from '../base/dtype';
import { checkList, isCallable, worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { toNDArray } from '../base/to-ndarray';
import { bound } from '../calls/bind';
import { inScope } from '../graph/apply';
import { type TensorLike, constantNode, convertToTensor } from '../graph/constant';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { addN } from '../ops/add-n';
import { l1Regularizer, l2Regularizer } from '../variables/regularizers';
import type { Variable } from '../variables/variable';

/** From weights to a penalty; null for none. */
export type Penalty = (weights: TensorLike) => Tensor | null;

/**
 * The sum of penalties.
 *
 *     const { l1Regularizer, l2Regularizer, sumRegularizer } = tf.contrib.layers;
 *     sumRegularizer([l1Regularizer(0.5), l2Regularizer(0.5)])(tf.constant([1, -3]))   // 4.5
 *
 * @param regularizerList  penalties; null is left out
 * @param scope            the name scope of its nodes
 * @returns  a penalty; null where there is none
 * @throws TypeError  for what is no list of functions
 */
export const sumRegularizer = bound('contrib.layers.sum_regularizer', summed);
function summed(regularizerList: readonly (Penalty | null)[], scope?: string): Penalty | null {
  checkList(regularizerList, 'The penalties');
  const penalties = regularizerList.filter((each) => each !== null);
  for (const each of penalties)
    if (!isCallable(each)) throw new TypeError_(`A penalty must be a function, not ${worded(each)}.`);
  if (!penalties.length) return null;
  return (weights) =>
    inScope(scope, 'sum_regularizer', [weights], (name) => {
      const all = penalties.map((penalty) => penalty(weights)).filter((each) => each !== null);
      return all.length ? addN(all, { name }) : null;
    });
}
/**
 * A penalty on the sum of absolute values, and on half the sum of squares.
 *
 *     tf.contrib.layers.l1L2Regularizer(0.5, 0.5)(tf.constant([1, -3]))   // 4.5
 *
 * @param scaleL1  the factor of the absolute values; 1 where not given
 * @param scaleL2  the factor of the squares; 1 where not given
 * @param scope    the name scope of its nodes
 * @returns  a function from weights to a scalar
 * @throws ValueError  for a factor below 0
 */
export const l1L2Regularizer = bound(
  'contrib.layers.l1_l2_regularizer',
  (scaleL1?: number, scaleL2?: number, given?: string): Penalty => {
    const [absolute, squared, scope] = [scaleL1 ?? 1, scaleL2 ?? 1, given ?? 'l1_l2_regularizer'];
    if (absolute === 0) return l2Regularizer(squared, scope);
    if (squared === 0) return l1Regularizer(absolute, scope);
    return summed([l1Regularizer(absolute), l2Regularizer(squared)], scope)!;
  },
);
/**
 * The penalties on a list of weights, in one; it goes into the collection REGULARIZATION_LOSSES.
 *
 *     const weights = [tf.constant([1, -3]), tf.constant([2])];
 *     tf.contrib.layers.applyRegularization(tf.contrib.layers.l2Regularizer(0.5), weights)   // 3.5
 *
 * @param regularizer  a penalty
 * @param weightsList  weights; those in the collection WEIGHTS where not given
 * @returns  a scalar
 * @throws ValueError  if there are none, or a penalty is no scalar
 */
export const applyRegularization = bound(
  'contrib.layers.apply_regularization',
  (regularizer: Penalty, weightsList?: readonly (Tensor | Variable)[]): Tensor => {
    const graph = getDefaultGraph();
    const weights = weightsList?.length ? weightsList : graph.getCollection<Variable>(GraphKeys.WEIGHTS);
    if (!weights.length) throw new ValueError('No weights to regularize.');
    return inScope(null, 'get_regularization_penalty', [...weights], (name) => {
      const penalties = weights
        .map((w) => regularizer(convertToTensor(w)))
        .map((p) => p ?? constantNode(toNDArray(0, float32)));
      for (const { shape } of penalties)
        if (shape.rank !== 0)
          throw new ValueError(`regularizer must return a scalar Tensor instead of a Tensor with rank ${shape.rank}.`);
      const sum = addN(penalties, { name });
      graph.addToCollection(GraphKeys.REGULARIZATION_LOSSES, sum);
      return sum;
    });
  },
);
