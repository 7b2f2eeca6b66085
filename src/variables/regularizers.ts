/** Penalties on variables, for `getVariable` and layers. */
import { TypeError_, ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { toNDArray } from '../base/to-ndarray';
import { bound } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, constantNode, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';

import { overAll } from '../ops/words';

/** A function from weights to their penalty; null for none. */
type Penalty = (weights: TensorLike) => Tensor | null;
function penalty(
  scale: number,
  scope: string | undefined,
  fallback: string,
  measure: (weights: Tensor) => Tensor,
): Penalty {
  if (typeof scale !== 'number' || Number.isNaN(scale))
    throw new TypeError_(`scale is a number, not ${preview(scale)}.`);
  if (scale < 0) throw new ValueError(`Setting a scale less than 0 on a regularizer: ${scale}.`);
  if (scale === 0) return () => null;
  return (weights) =>
    inScope(scope, fallback, [weights], (name) => {
      const w = convertToTensor(weights);
      const factor = constantNode(toNDArray(scale, w.dtype.baseDtype), 'scale');
      return apply('Mul', [factor, measure(w)], {}, name);
    });
}
/**
 * A penalty on the sum of absolute values, which draws weights to 0.
 *
 *     const penalty = tf.contrib.layers.l1Regularizer(0.5);
 *     penalty(tf.constant([1, -3]))   // 2
 *
 * @param scale  the factor; 0 for no penalty
 * @param scope  the name scope of its nodes
 * @returns  a function from weights to a scalar of their dtype, for `regularizer` and `kernelRegularizer`
 * @throws ValueError  for a scale below 0
 */
export const l1Regularizer = bound('contrib.layers.l1_regularizer', (scale: number, scope?: string) =>
  penalty(scale, scope, 'l1_regularizer', (w) => overAll('Sum', apply('Abs', [w]))),
);
/**
 * A penalty on half the sum of squares, which keeps weights small.
 *
 *     const penalty = tf.contrib.layers.l2Regularizer(0.5);
 *     penalty(tf.constant([1, -3]))   // 2.5
 *
 * @param scale  the factor; 0 for no penalty
 * @param scope  the name scope of its nodes
 * @returns  a function from weights to a scalar of their dtype, for `regularizer` and `kernelRegularizer`
 * @throws ValueError  for a scale below 0
 */
export const l2Regularizer = bound('contrib.layers.l2_regularizer', (scale: number, scope?: string) =>
  penalty(scale, scope, 'l2_regularizer', (w) => apply('L2Loss', [w])),
);
