/** Losses of lists of steps, and models for buckets of lengths. After TensorFlow 1.15's legacy_seq2seq. */
import { ValueError } from '../../base/errors';
import { bound } from '../../calls/bind';
import { tensorLeaves } from '../../flow/leaves';
import { inScope } from '../../graph/apply';
import type { TensorLike } from '../../graph/constant';
import type { ScalarTensor, Tensor } from '../../graph/graph';
import { sparseSoftmaxCrossEntropyWithLogits } from '../../nn/cross-entropy';
import { addN } from '../../ops/add-n';
import { reduceSum } from '../../ops/reduce';
import { reshape } from '../../ops/reshape';
import { castTo, element, shapeOf } from '../../ops/words';
import { getVariableScope, variableScope } from '../../variables/scope';

/** A loss of rows, by names: as `tf.nn.sparseSoftmaxCrossEntropyWithLogits`. */
export type SoftmaxLossFunction = (named: { readonly labels: Tensor; readonly logits: Tensor }) => Tensor;

type Losses = [
  logits: readonly Tensor[],
  targets: readonly Tensor[],
  weights: readonly Tensor[],
  averageAcrossTimesteps?: boolean,
  softmaxLossFunction?: SoftmaxLossFunction,
  name?: string,
];
function lossOfRows(...[logits, targets, weights, averages = true, lossOf, name]: Losses): Tensor {
  if (targets.length !== logits.length || weights.length !== logits.length)
    throw new ValueError(
      'Lengths of logits, weights, and targets must be the same ' +
        `${logits.length}, ${weights.length}, ${targets.length}.`,
    );
  return inScope(name, 'sequence_loss_by_example', [...logits, ...targets, ...weights], () => {
    const losses = logits.map((logit, i) => {
      const loss = lossOf
        ? lossOf({ labels: targets[i], logits: logit })
        : sparseSoftmaxCrossEntropyWithLogits({ labels: reshape(targets[i], [-1]), logits: logit });
      return loss.mul(weights[i]);
    });
    const sum = addN(losses);
    return averages ? sum.div(addN(weights).add(1e-12)) : sum;
  });
}
/**
 * The cross entropy of each row over a list of steps.
 *
 *     const logits = [tf.zeros([1, 2]), tf.zeros([1, 2])];
 *     const [targets, weights] = [tf.unstack(tf.zeros([2, 1], tf.int32)), tf.unstack(tf.ones([2, 1]))];
 *     tf.contrib.legacySeq2seq.sequenceLossByExample(logits, targets, weights)   // [0.6931472]
 *
 * @param logits                  a list of tensors [batch, classes]
 * @param targets                 a list of classes, [batch] of whole numbers
 * @param weights                 a list of weights, [batch]
 * @param averageAcrossTimesteps  whether it is divided by the sum of a row's weights; true where not given
 * @param softmaxLossFunction     a loss of rows by `{labels, logits}`, in the place of softmax cross entropy
 * @returns  the loss of each row, [batch]
 * @throws ValueError  for lists of several lengths
 */
export const sequenceLossByExample = bound('contrib.legacy_seq2seq.sequence_loss_by_example', lossOfRows);

function lossOfAll(
  logits: readonly Tensor[],
  targets: readonly Tensor[],
  weights: readonly Tensor[],
  averageAcrossTimesteps: boolean = true,
  averageAcrossBatch: boolean = true,
  softmaxLossFunction?: SoftmaxLossFunction,
  name?: string,
): ScalarTensor {
  return inScope(name, 'sequence_loss', [...logits, ...targets, ...weights], () => {
    const cost = reduceSum(lossOfRows(logits, targets, weights, averageAcrossTimesteps, softmaxLossFunction));
    return averageAcrossBatch ? cost.div(castTo(element(shapeOf(targets[0]), 0), cost.dtype)) : cost;
  });
}
/**
 * The cross entropy over a list of steps, as one number.
 *
 *     const logits = [tf.zeros([1, 2]), tf.zeros([1, 2])];
 *     const [targets, weights] = [tf.unstack(tf.zeros([2, 1], tf.int32)), tf.unstack(tf.ones([2, 1]))];
 *     tf.contrib.legacySeq2seq.sequenceLoss(logits, targets, weights)   // 0.6931472
 *
 * @param logits                  a list of tensors [batch, classes]
 * @param targets                 a list of classes, [batch] of whole numbers
 * @param weights                 a list of weights, [batch]
 * @param averageAcrossTimesteps  whether a row's loss is divided by the sum of its weights; true where not given
 * @param averageAcrossBatch      whether the sum is divided by the number of rows; true where not given
 * @param softmaxLossFunction     a loss of rows by `{labels, logits}`, in the place of softmax cross entropy
 * @returns  a scalar
 * @throws ValueError  for lists of several lengths
 */
export const sequenceLoss = bound('contrib.legacy_seq2seq.sequence_loss', lossOfAll);

/** What a model makes of the inputs of a bucket. */
export type BucketModel<O> = (
  encoderInputs: readonly Tensor[],
  decoderInputs: readonly Tensor[],
) => readonly [O[], unknown];
/**
 * A model for inputs of several lengths: built once for each pair of lengths, with the same variables.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(2);
 *     const x = tf.unstack(tf.ones([3, 1, 2]));
 *     const [targets, weights] = [tf.unstack(tf.zeros([3, 1], tf.int32)), tf.unstack(tf.ones([3, 1]))];
 *     const [, losses] = tf.contrib.legacySeq2seq.modelWithBuckets(x, x, targets, weights, [[2, 2], [3, 3]], (a, b) =>
 *       tf.contrib.legacySeq2seq.tiedRnnSeq2seq(a, b, cell),
 *     );
 *     losses.length   // 2
 *
 * @param encoderInputs        a list of tensors, as long as the last bucket's first number
 * @param decoderInputs        another one
 * @param targets              a list of classes, [batch] of whole numbers, as long as the last bucket's second number
 * @param weights              a list of weights, [batch]
 * @param buckets              pairs of lengths, the longest last
 * @param seq2seq              makes `[outputs, state]` of the inputs of a bucket
 * @param softmaxLossFunction  a loss of rows by `{labels, logits}`, in the place of softmax cross entropy
 * @param perExampleLoss       whether losses are those of the rows
 * @returns  the outputs of each bucket, and its loss
 * @throws ValueError  for lists that are shorter than the last bucket
 */
export const modelWithBuckets = bound(
  'contrib.legacy_seq2seq.model_with_buckets',
  (
    encoderInputs: readonly Tensor[],
    decoderInputs: readonly Tensor[],
    targets: readonly Tensor[],
    weights: readonly Tensor[],
    buckets: readonly (readonly [encoder: number, decoder: number])[],
    seq2seq: BucketModel<Tensor>,
    softmaxLossFunction?: SoftmaxLossFunction,
    perExampleLoss?: boolean,
    name?: string,
  ): [outputs: Tensor[][], losses: Tensor[]] => {
    const [encoder, decoder] = buckets[buckets.length - 1];
    const short = (what: string, list: readonly unknown[], least: number, of: string): void => {
      if (list.length < least)
        throw new ValueError(`Length of ${what} (${list.length}) must be at least that of ${of} (${least}).`);
    };
    short('encoder_inputs', encoderInputs, encoder, 'last bucket');
    short('targets', targets, decoder, 'last bucket');
    short('weights', weights, decoder, 'last bucket');
    const all: readonly TensorLike[] = [...encoderInputs, ...decoderInputs, ...targets, ...weights];
    return inScope(name, 'model_with_buckets', all, () => {
      const made = buckets.map(([m, n], j) =>
        variableScope(getVariableScope(), { reuse: j > 0 ? true : null }, (): [Tensor[], Tensor] => {
          const [outputs] = seq2seq(encoderInputs.slice(0, m), decoderInputs.slice(0, n));
          const given = [tensorLeaves(outputs), targets.slice(0, n), weights.slice(0, n)] as const;
          const loss = perExampleLoss
            ? lossOfRows(...given, undefined, softmaxLossFunction)
            : lossOfAll(...given, undefined, undefined, softmaxLossFunction);
          return [outputs, loss];
        }),
      );
      return [made.map(([outputs]) => outputs), made.map(([, loss]) => loss)];
    });
  },
);
