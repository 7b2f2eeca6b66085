/** `tf.contrib.seq2seq.sequenceLoss`: the loss of sequences. After TensorFlow 1.15's seq2seq. */
import { ValueError } from '../../base/errors';
import { inScope } from '../../graph/apply';
import { type TensorLike, convertToTensor } from '../../graph/constant';
import type { ScalarTensor, Tensor } from '../../graph/graph';
import { sparseSoftmaxCrossEntropyWithLogits } from '../../nn/cross-entropy';
import { divNoNan } from '../../ops/division';
import { knowingAll } from '../../ops/known-calls';
import type { NameOption } from '../../ops/options';
import { reduceSum } from '../../ops/reduce';
import { reshape } from '../../ops/reshape';
import { countNonzero } from '../../ops/statistics';
import { castTo, element, shapeOf, sliced } from '../../ops/words';
import type { SoftmaxLossFunction } from '../legacy-seq2seq';

interface Averaged extends NameOption {
  readonly averageAcrossTimesteps?: true | null;
  readonly averageAcrossBatch?: true | null;
  readonly softmaxLossFunction?: SoftmaxLossFunction | null;
}
interface Sequences {
  readonly logits: TensorLike;
  readonly targets: TensorLike;
  readonly weights: TensorLike;
}
/** The average over all steps is a scalar. */
interface SequenceLossCall {
  (logits: TensorLike, targets: TensorLike, weights: TensorLike, options?: Averaged): ScalarTensor;
  (named: Sequences & Averaged): ScalarTensor;
}
function checkRank(x: Tensor, rank: number, text: string): void {
  if (x.shape.length !== rank) throw new ValueError(text);
}
/**
 * The cross entropy of sequences, each step with a weight.
 *
 *     const logits = tf.zeros([1, 3, 2]);
 *     const loss = tf.contrib.seq2seq.sequenceLoss(logits, tf.zeros([1, 3], tf.int32), tf.constant([[1, 1, 0]]));
 *     loss   // 0.6931472
 *
 * @param logits                  [batch, time, classes]
 * @param targets                 classes, [batch, time] of whole numbers
 * @param weights                 [batch, time]: 0 for steps behind the end
 * @param averageAcrossTimesteps  whether it is an average over the steps; true where not given
 * @param averageAcrossBatch      whether it is an average over the rows; true where not given
 * @param sumOverTimesteps        whether it is a sum over the steps, divided by how many weights are not 0
 * @param sumOverBatch            whether it is a sum over the rows, divided by how many weights are not 0
 * @param softmaxLossFunction     a loss of rows by `{labels, logits}`, in the place of softmax cross entropy
 * @returns  a scalar; of one average alone a vector, of none [batch, time]
 * @throws ValueError  for other ranks, or an average and a sum over the same
 */
export const sequenceLoss = knowingAll<SequenceLossCall>()(
  'contrib.seq2seq.sequence_loss',
  (
    logitsLike: TensorLike,
    targetsLike: TensorLike,
    weightsLike: TensorLike,
    averagesSteps: boolean = true,
    averagesBatch: boolean = true,
    sumsSteps: boolean = false,
    sumsBatch: boolean = false,
    softmaxLossFunction?: SoftmaxLossFunction,
    name?: string,
  ): Tensor => {
    const [logits, targets, weights] = [logitsLike, targetsLike, weightsLike].map((x) => convertToTensor(x));
    checkRank(logits, 3, 'Logits must be a [batch_size x sequence_length x logits] tensor');
    checkRank(targets, 2, 'Targets must be a [batch_size x sequence_length] tensor');
    checkRank(weights, 2, 'Weights must be a [batch_size x sequence_length] tensor');
    const both = 'cannot be set to True at same time.';
    if (averagesSteps && sumsSteps) throw new ValueError(`average_across_timesteps and sum_over_timesteps ${both}`);
    if (averagesBatch && sumsBatch) throw new ValueError(`average_across_batch and sum_over_batch ${both}`);
    return inScope(name, 'sequence_loss', [logits, targets, weights], () => {
      const classes = element(shapeOf(logits), 2);
      const rows = { logits: reshape(logits, [-1, classes]), labels: reshape(targets, [-1]) };
      const losses = (softmaxLossFunction ?? sparseSoftmaxCrossEntropyWithLogits)(rows).mul(reshape(weights, [-1]));
      if (averagesSteps && averagesBatch) return divNoNan(reduceSum(losses), reduceSum(weights));
      if (sumsSteps && sumsBatch) return divNoNan(reduceSum(losses), castTo(countNonzero(weights), losses.dtype));
      const each = reshape(losses, sliced(shapeOf(logits), 0, 2));
      if (averagesSteps || averagesBatch) {
        const axis = [averagesBatch ? 0 : 1];
        return divNoNan(reduceSum(each, axis), reduceSum(weights, axis));
      }
      if (!sumsSteps && !sumsBatch) return each;
      const axis = [sumsBatch ? 0 : 1];
      return divNoNan(reduceSum(each, axis), castTo(countNonzero(weights, axis), losses.dtype));
    });
  },
);
