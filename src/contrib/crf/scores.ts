/**
 * Conditional random fields over sequences of tags (Lafferty, McCallum and Pereira 2001): how likely tags are, by what
 * each gets for its step and behind the tag before it. After TensorFlow 1.15's contrib.crf.
 */
import { float32, int32, int64 } from '../../base/dtype';
import { NDArray } from '../../base/ndarray';
import { bound } from '../../calls/bind';
import { condList, condTensor } from '../../flow/cond';
import { tensorLeaves } from '../../flow/leaves';
import { apply } from '../../graph/apply';
import { type NotText, constantValue, convertToTensor, isWeak } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { sequenceMask } from '../../nn/sequence-mask';
import { equal, lessEqual } from '../../ops/compare';
import { concat } from '../../ops/concat';
import { constant } from '../../ops/constants';
import { maximum } from '../../ops/elementwise';
import { fill } from '../../ops/fill';
import { gather } from '../../ops/gather';
import { range } from '../../ops/range';
import { reduceSum } from '../../ops/reduce';
import { expandDims, squeeze } from '../../ops/reshape';
import { slice } from '../../ops/slice';
import { reduceLogsumexp } from '../../ops/statistics';
import { where } from '../../ops/where';
import { castTo, element, reshape, shapeOf, zerosLike } from '../../ops/words';
import { dynamicRnn } from '../../rnn/dynamic';
import { getVariable } from '../../variables/get-variable';
import { CrfForwardRnnCell } from './cells';

const int = (value: number): NDArray => new NDArray(int32, [], Int32Array.of(value));
/** Whole numbers of the program are int32, as in Python. */
export const whole = (x: NotText): Tensor => convertToTensor(x, isWeak(x) ? int32 : null);

/** One of two, by whether sequences have a single step: chosen now where that is known. */
export function bySteps(inputs: Tensor, single: () => Tensor, several: () => Tensor): Tensor {
  return chosen(inputs, single, several, (pred) => condTensor(pred, single, several));
}
/** The same of functions that give lists. */
export function listBySteps(inputs: Tensor, single: () => Tensor[], several: () => Tensor[]): Tensor[] {
  return chosen(inputs, single, several, (pred) => tensorLeaves(condList(pred, single, several)));
}
function chosen<T>(inputs: Tensor, single: () => T, several: () => T, later: (pred: Tensor) => T): T {
  const steps = inputs.shape.at(1);
  const pred = equal(steps ? int(steps) : element(shapeOf(inputs), 1), int(1));
  const known = constantValue(pred);
  if (!known) return later(pred);
  return known.item() ? single() : several();
}
/** How many steps follow the first one. */
export function lessOne(lengths: Tensor): Tensor {
  return maximum(constant(0, { dtype: lengths.dtype }), lengths.sub(1));
}
/** Zeros for sequences without a step. */
function whereAny(lengths: Tensor, x: Tensor): Tensor {
  return where(lessEqual(lengths, 0), zerosLike(x), x);
}
/**
 * The sum of what tags get for their steps.
 *
 *     tf.contrib.crf.crfUnaryScore([[1, 0]], [2], [[[1, 2], [3, 4]]])   // [5]
 *
 * @param tagIndices       int32 or int64, [batch, time]
 * @param sequenceLengths  how many steps each sequence has, [batch]
 * @param inputs           what each tag gets at each step, [batch, time, tags]
 * @returns  float32, [batch]
 * @throws ValueError  for inputs of another rank
 */
export const crfUnaryScore = bound(
  'contrib.crf.crf_unary_score',
  (tagIndices: NotText, sequenceLengths: NotText, inputs: NotText): Tensor => {
    const [tags, x] = [whole(tagIndices), convertToTensor(inputs)];
    const [batch, time, count] = [0, 1, 2].map((i) => element(shapeOf(x), i));
    const flat = reshape(x, [-1]);
    const rows = expandDims(range(batch).mul(time).mul(count), 1);
    const offsets = rows.add(expandDims(range(time).mul(count), 0));
    const at = reshape((tags.dtype === int64 ? castTo(offsets, int64) : offsets).add(tags), [-1]);
    const scores = reshape(gather(flat, at), [batch, time]);
    const masks = sequenceMask(sequenceLengths, { maxlen: element(shapeOf(tags), 1), dtype: float32 });
    return reduceSum(scores.mul(masks), 1);
  },
);
/**
 * The sum of what tags get behind the tags before them.
 *
 *     tf.contrib.crf.crfBinaryScore([[1, 0, 1]], [3], tf.constant([[1, 2], [3, 4]]))   // [5]
 *
 * @param tagIndices        int32 or int64, [batch, time]
 * @param sequenceLengths   how many steps each sequence has, [batch]
 * @param transitionParams  what a tag gets behind another one, [tags, tags]
 * @returns  float32, [batch]
 * @throws ValueError  for tags and transitions of another rank
 */
export const crfBinaryScore = bound(
  'contrib.crf.crf_binary_score',
  (tagIndices: NotText, sequenceLengths: NotText, transitionParams: NotText): Tensor => {
    const [tags, transitions] = [whole(tagIndices), convertToTensor(transitionParams)];
    const count = transitions.shape.at(0)!;
    const steps = element(shapeOf(tags), 1).sub(1);
    const from = slice(tags, [0, 0], [-1, steps]);
    const to = slice(tags, [0, 1], [-1, steps]);
    const at = from.mul(count).add(to);
    const scores = gather(reshape(transitions, [-1]), at);
    const masks = sequenceMask(sequenceLengths, { maxlen: element(shapeOf(tags), 1), dtype: float32 });
    return reduceSum(scores.mul(slice(masks, [0, 1], [-1, -1])), 1);
  },
);
/**
 * The score of sequences of tags: what they get for their steps and behind each other.
 *
 *     const transitions = tf.constant([[0, 1], [2, 0]]);
 *     tf.contrib.crf.crfSequenceScore([[[1, 2], [3, 4]]], [[1, 0]], [2], transitions)   // [7]
 *
 * @param inputs            what each tag gets at each step, [batch, time, tags]
 * @param tagIndices        int32 or int64, [batch, time]
 * @param sequenceLengths   how many steps each sequence has, [batch]
 * @param transitionParams  what a tag gets behind another one, [tags, tags]
 * @returns  float32, [batch]
 * @throws ValueError  for inputs of another rank
 */
export const crfSequenceScore = bound(
  'contrib.crf.crf_sequence_score',
  (inputs: NotText, tagIndices: NotText, sequenceLengths: NotText, transitionParams: NotText): Tensor => {
    const [x, tags, lengths] = [convertToTensor(inputs), whole(tagIndices), whole(sequenceLengths)];
    return bySteps(
      x,
      () => {
        const batch = element(shapeOf(x, tags.dtype), 0);
        const rows = reshape(range(batch, { dtype: tags.dtype }), [-1, 1]);
        return whereAny(lengths, apply('GatherNd', [squeeze(x, [1]), concat([rows, tags], 1)]));
      },
      () => crfUnaryScore(tags, lengths, x).add(crfBinaryScore(tags, lengths, transitionParams)),
    );
  },
);
/**
 * The logarithm of the sum over all sequences of tags.
 *
 *     tf.contrib.crf.crfLogNorm(tf.zeros([1, 2, 3]), [2], tf.zeros([3, 3]))   // [2.1972246]: nine sequences
 *
 * @param inputs            what each tag gets at each step, [batch, time, tags]
 * @param sequenceLengths   how many steps each sequence has, [batch]
 * @param transitionParams  what a tag gets behind another one, [tags, tags]
 * @returns  float32, [batch]; 0 for sequences without a step
 * @throws ValueError  for inputs of another rank
 */
export const crfLogNorm = bound(
  'contrib.crf.crf_log_norm',
  (inputs: NotText, sequenceLengths: NotText, transitionParams: NotText): Tensor => {
    const [x, lengths] = [convertToTensor(inputs), whole(sequenceLengths)];
    const first = squeeze(slice(x, [0, 0, 0], [-1, 1, -1]), [1]);
    return bySteps(
      x,
      () => whereAny(lengths, reduceLogsumexp(first, [1])),
      () => {
        const rest = slice(x, [0, 1, 0], [-1, -1, -1]);
        const cell = new CrfForwardRnnCell(transitionParams);
        const options = { sequenceLength: lessOne(lengths), initialState: first, dtype: float32 };
        const [, alphas] = dynamicRnn(cell, rest, options);
        return whereAny(lengths, reduceLogsumexp(alphas, [1]));
      },
    );
  },
);
/**
 * The score of all sequences whose tags are allowed.
 *
 *     const allowed = tf.constant([[[true, true], [true, false]]]);
 *     tf.contrib.crf.crfMultitagSequenceScore(tf.zeros([1, 2, 2]), allowed, [2], tf.zeros([2, 2]))   // [0.6931472]
 *
 * @param inputs            what each tag gets at each step, [batch, time, tags]
 * @param tagBitmap         bool, [batch, time, tags]: which tags are allowed
 * @param sequenceLengths   how many steps each sequence has, [batch]
 * @param transitionParams  what a tag gets behind another one, [tags, tags]
 * @returns  float32, [batch]
 * @throws ValueError  for inputs of another rank
 */
export const crfMultitagSequenceScore = bound(
  'contrib.crf.crf_multitag_sequence_score',
  (inputs: NotText, tagBitmap: NotText, sequenceLengths: NotText, transitionParams: NotText): Tensor => {
    const x = convertToTensor(inputs);
    const filtered = (): Tensor => where(convertToTensor(tagBitmap), x, fill(shapeOf(x), -Infinity));
    return bySteps(
      x,
      () => reduceLogsumexp(filtered(), [1, 2], { keepdims: false }),
      () => crfLogNorm(filtered(), sequenceLengths, transitionParams),
    );
  },
);
/**
 * The logarithm of how likely sequences of tags are. What is minimized is its negative.
 *
 *     const transitions = tf.zeros([2, 2]);
 *     tf.contrib.crf.crfLogLikelihood(tf.zeros([1, 2, 2]), [[1, 0]], [2], transitions)[0]   // [-1.3862944]
 *
 * @param inputs            what each tag gets at each step, [batch, time, tags]
 * @param tagIndices        int32 or int64, [batch, time]
 * @param sequenceLengths   how many steps each sequence has, [batch]
 * @param transitionParams  what a tag gets behind another one; a variable `transitions`, [tags, tags], where not given
 * @returns  a list of float32 [batch], and the transition parameters
 * @throws ValueError  for inputs of another rank
 */
export const crfLogLikelihood = bound(
  'contrib.crf.crf_log_likelihood',
  (
    inputs: NotText,
    tagIndices: NotText,
    sequenceLengths: NotText,
    transitionParams?: NotText,
  ): [logLikelihood: Tensor, transitionParams: NotText] => {
    const x = convertToTensor(inputs);
    const tags = x.shape.at(2)!;
    const transitions = transitionParams ?? getVariable('transitions', [tags, tags]);
    const scores = crfSequenceScore(x, tagIndices, sequenceLengths, transitions);
    return [scores.sub(crfLogNorm(x, sequenceLengths, transitions)), transitions];
  },
);
