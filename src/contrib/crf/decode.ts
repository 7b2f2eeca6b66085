/** The likeliest tags of a conditional random field, by Viterbi's algorithm: as nodes, and of arrays. */
import { int32 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import type { NDArray } from '../../base/ndarray';
import { pythonTuple } from '../../base/shape';
import { toNDArray, type ArrayLike_ } from '../../base/to-ndarray';
import { bound } from '../../calls/bind';
import { type NotText, convertToTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { argmax } from '../../ops/arg';
import { concat } from '../../ops/concat';
import { reduceMax } from '../../ops/reduce';
import { expandDims, squeeze } from '../../ops/reshape';
import { slice } from '../../ops/slice';
import { reverseSequence } from '../../ops/transpose';
import { castTo } from '../../ops/words';
import { dynamicRnn } from '../../rnn/dynamic';
import { CrfDecodeBackwardRnnCell, CrfDecodeForwardRnnCell } from './cells';
import { listBySteps, lessOne, whole } from './scores';

/**
 * The likeliest tags of sequences, and their scores.
 *
 *     const [tags] = tf.contrib.crf.crfDecode([[[1, 2], [3, 0]]], tf.zeros([2, 2]), [2]);
 *     tags   // [[1, 0]]
 *
 * @param potentials        what each tag gets at each step, [batch, time, tags]
 * @param transitionParams  what a tag gets behind another one, [tags, tags]
 * @param sequenceLength    how many steps each sequence has, [batch]
 * @returns  a list of int32 [batch, time], 0 behind the end of a sequence, and float32 [batch], the best scores
 * @throws ValueError  for inputs of another rank
 */
export const crfDecode = bound(
  'contrib.crf.crf_decode',
  (potentials: NotText, transitionParams: NotText, sequenceLength: NotText): [tags: Tensor, score: Tensor] => {
    const [x, lengths] = [convertToTensor(potentials), whole(sequenceLength)];
    const [tags, score] = listBySteps(
      x,
      () => {
        const scores = squeeze(x, [1]);
        const tags = expandDims(argmax(scores, 1), 1);
        const best = reduceMax(scores, 1);
        return [castTo(tags, int32), best];
      },
      () => decodeSteps(x, transitionParams, lengths),
    );
    return [tags, score];
  },
);
function decodeSteps(x: Tensor, transitions: NotText, lengths: Tensor): [Tensor, Tensor] {
  const forward = new CrfDecodeForwardRnnCell(transitions);
  const first = squeeze(slice(x, [0, 0, 0], [-1, 1, -1]), [1]);
  const rest = slice(x, [0, 1, 0], [-1, -1, -1]);
  const sequenceLength = lessOne(lengths);
  const options = { sequenceLength, timeMajor: false, dtype: int32 };
  const [before, last] = dynamicRnn(forward, rest, { ...options, initialState: first });
  const back = reverseSequence(before, sequenceLength, { seqDim: 1 });
  const cell = new CrfDecodeBackwardRnnCell(x.shape.at(2)!);
  const end = expandDims(castTo(argmax(last, 1), int32), -1);
  const [tags] = dynamicRnn(cell, back, { ...options, initialState: end });
  const all = reverseSequence(concat([end, squeeze(tags, [2])], 1), lengths, { seqDim: 1 });
  return [all, reduceMax(last, 1)];
}
/**
 * The likeliest tags of one sequence, of arrays: for what was fetched.
 *
 *     tf.contrib.crf.viterbiDecode([[1, 2], [3, 0]], [[0, 0], [0, 0]])   // [[1, 0], 5]
 *
 * @param score             what each tag gets at each step, [time, tags]
 * @param transitionParams  what a tag gets behind another one, [tags, tags]
 * @returns  a list of the tags, [time], and their score
 * @throws ValueError  for other shapes, and for no step
 */
export const viterbiDecode = bound(
  'contrib.crf.viterbi_decode',
  (score: ArrayLike_, transitionParams: ArrayLike_): [tags: number[], score: number] => {
    const [scores, params] = [toNDArray(score), toNDArray(transitionParams)];
    const tags = scores.shape.at(1);
    if (scores.rank !== 2 || !scores.shape[0] || !tags || `${params.shape}` !== `${[tags, tags]}`) {
      const shapes = `${pythonTuple(scores.shape)} and ${pythonTuple(params.shape)}`;
      throw new ValueError(`score must be [time, tags], and transition_params [tags, tags], not ${shapes}.`);
    }
    const [steps, transitions] = [rows(scores), rows(params)];
    let [best] = steps;
    const pointers = steps.slice(1).map((row) => {
      const ways = row.map((_, tag) => best.map((v, before) => v + transitions[before][tag]));
      best = row.map((v, tag) => v + Math.max(...ways[tag]));
      return ways.map((way) => way.indexOf(Math.max(...way)));
    });
    const path = [best.indexOf(Math.max(...best))];
    for (const from of pointers.reverse()) path.unshift(from[path[0]]);
    return [path, Math.max(...best)];
  },
);
function rows(array: NDArray): number[][] {
  const [count, length] = array.shape;
  return Array.from({ length: count }, (_, i) => Array.from({ length }, (_, j) => Number(array.at(i, j))));
}
