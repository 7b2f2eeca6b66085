/** Cross-entropies as losses. */
import { int32 } from '../base/dtype';
import { reflected } from '../graph/algebra';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isWeak } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { softmaxCrossEntropyWithLogitsV2, sparseSoftmaxCrossEntropyWithLogits } from '../nn/cross-entropy';
import { sigmoidCrossEntropyWithLogits } from '../nn/logistic';
import { cast } from '../ops/cast';
import { boundLoss } from '../ops/known-calls';
import { castTo, element, shapeOf } from '../ops/words';
import { mustBe, mustMatch } from './operands';
import { type LossOptions, computeWeightedLoss } from './weighted';

/** What cross-entropies of distributions take by name. */
export interface SmoothedOptions extends LossOptions {
  /** How far labels are drawn to the middle: 0 where not given. */
  readonly labelSmoothing?: number;
}
/**
 * The mean cross-entropy of independent yes-or-no labels with scores.
 *
 *     tf.losses.sigmoidCrossEntropy([1, 0], [0, 0])   // 0.693147
 *
 * @param multiClassLabels  in [0, 1], the shape of `logits`
 * @param logits            floats: scores before a sigmoid
 * @param weights           multiplies the elements: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param labelSmoothing    how far labels are drawn to 0.5; 0 where not given
 * @param scope             the name scope of its nodes
 * @param lossCollection    the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @param reduction         what is made of the elements: one of tf.losses.Reduction; SUM_BY_NONZERO_WEIGHTS where not
 *   given
 * @returns  dtype of `logits`, a scalar, or the elements for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const sigmoidCrossEntropy = boundLoss(
  'losses.sigmoid_cross_entropy',
  2,
  function sigmoidCrossEntropy(
    multiClassLabels: TensorLike,
    logits: TensorLike,
    { labelSmoothing = 0, ...options }: SmoothedOptions = {},
  ): Tensor {
    mustBe(multiClassLabels, 'multi_class_labels');
    mustBe(logits, 'logits');
    const { weights = 1 } = options;
    return inScope(options.scope, 'sigmoid_cross_entropy_loss', [logits, multiClassLabels, weights], (scope) => {
      const x = convertToTensor(logits);
      let labels: Tensor = cast(multiClassLabels, x.dtype.baseDtype);
      mustMatch(x, labels);
      if (labelSmoothing > 0) labels = labels.mul(1 - labelSmoothing).add(0.5 * labelSmoothing);
      const elements = sigmoidCrossEntropyWithLogits({ labels, logits: x, name: 'xentropy' });
      return computeWeightedLoss(elements, { ...options, scope });
    });
  },
);
/**
 * The mean cross-entropy of distributions with scores. No gradient flows into the labels.
 *
 *     tf.losses.softmaxCrossEntropy([[0, 1]], [[2, 2]])   // 0.693147
 *
 * @param onehotLabels    a distribution per row: the shape of `logits`
 * @param logits          floats: scores before a softmax, shape [batch, classes]
 * @param weights         multiplies the rows: a scalar, or shape [batch]; 1 where not given
 * @param labelSmoothing  how far labels are drawn to 1 / classes; 0 where not given
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @param reduction       what is made of the rows: one of tf.losses.Reduction; SUM_BY_NONZERO_WEIGHTS where not given
 * @returns  dtype of `logits`, a scalar, or the rows' losses for Reduction.NONE
 * @throws ValueError  if the shapes are known and differ, or the weights do not fit
 */
export const softmaxCrossEntropy = boundLoss(
  'losses.softmax_cross_entropy',
  2,
  function softmaxCrossEntropy(
    onehotLabels: TensorLike,
    logits: TensorLike,
    { labelSmoothing = 0, ...options }: SmoothedOptions = {},
  ): Tensor {
    mustBe(onehotLabels, 'onehot_labels');
    mustBe(logits, 'logits');
    const { weights = 1 } = options;
    return inScope(options.scope, 'softmax_cross_entropy_loss', [logits, onehotLabels, weights], (scope) => {
      const x = convertToTensor(logits);
      let labels: Tensor = cast(onehotLabels, x.dtype.baseDtype);
      mustMatch(x, labels);
      if (labelSmoothing > 0) {
        const classes = castTo(element(shapeOf(labels), -1), x.dtype);
        const least = reflected(labelSmoothing, 'div', classes);
        labels = labels.mul(1 - labelSmoothing).add(least);
      }
      const stopped = apply('StopGradient', [labels], {}, 'labels_stop_gradient');
      const rows = softmaxCrossEntropyWithLogitsV2({ labels: stopped, logits: x, name: 'xentropy' });
      return computeWeightedLoss(rows, { ...options, scope });
    });
  },
);
/**
 * The mean cross-entropy of class indices with scores.
 *
 *     tf.losses.sparseSoftmaxCrossEntropy([1], [[2, 2]])   // 0.693147
 *
 * @param labels          int32 or int64, shape [batch] or [batch, 1]: a class per row
 * @param logits          floats: scores before a softmax, shape [batch, classes]
 * @param weights         multiplies the rows: a scalar, or shape [batch] or [batch, 1]; 1 where not given
 * @param scope           the name scope of its nodes
 * @param lossCollection  the collection that it is added to; null for none; `tf.GraphKeys.LOSSES` where not given
 * @param reduction       what is made of the rows: one of tf.losses.Reduction; SUM_BY_NONZERO_WEIGHTS where not given
 * @returns  dtype of `logits`, a scalar, or the rows' losses for Reduction.NONE
 * @throws ValueError  if the shapes are known and do not fit, or the weights do not
 */
export const sparseSoftmaxCrossEntropy = boundLoss(
  'losses.sparse_softmax_cross_entropy',
  2,
  function sparseSoftmaxCrossEntropy(labels: TensorLike, logits: TensorLike, options: LossOptions = {}): Tensor {
    mustBe(labels, 'labels');
    mustBe(logits, 'logits');
    const { weights = 1 } = options;
    const fallback = 'sparse_softmax_cross_entropy_loss';
    return inScope(options.scope, fallback, [logits, labels, weights], (scope) => {
      const [classes, scores] = squeezed(labels, logits);
      const factors = convertToTensor(weights);
      const isLonger = factors.shape.rank !== null && factors.shape.rank - 1 === classes.shape.rank;
      const rows = sparseSoftmaxCrossEntropyWithLogits({
        labels: classes,
        logits: scores,
        name: 'xentropy',
      });
      return computeWeightedLoss(rows, { ...options, weights: isLonger ? lastGone(factors) : factors, scope });
    });
  },
);
const lastGone = (x: Tensor): Tensor => apply('Squeeze', [x], { squeeze_dims: [-1] });
/** Without a last dimension of 1 that one of the two has too many. */
function squeezed(labels: TensorLike, logits: TensorLike): [labels: Tensor, logits: Tensor] {
  return inScope(null, 'remove_squeezable_dimensions', [labels, logits], () => {
    const x = convertToTensor(logits);
    const y = convertToTensor(labels, isWeak(labels) ? int32 : null);
    if (x.shape.rank === null || y.shape.rank === null) return [y, x];
    const more = x.shape.rank - y.shape.rank;
    if (more === 2) return [y, lastGone(x)];
    return [more === 0 ? lastGone(y) : y, x];
  });
}
