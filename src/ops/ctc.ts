/**
 * Sequences that are not aligned with their labels (Graves et al. 2006): their loss and decoders, and how far sequences
 * are apart.
 */
import { TypeError_, ValueError } from '../base/errors';
import type { Dim } from '../base/shape';
import { bound } from '../calls/bind';
import { apply, applyOp } from '../graph/apply';
import { type NotText, convertToTensor } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { mergeDim, numbers, withRank } from '../graph/shape-fn';
import { SparseTensor } from '../graph/sparse-tensor';
import { expandDims } from './reshape';
import { transpose } from './words';
import { eitherName } from './options';

const NO_SECOND =
  'Currently there is no way to take the second  derivative of ctc_loss due to the fused ' +
  "implementation's interaction  with tf.gradients()";
export const CTC = {
  CTCLoss: {
    shape(c) {
      const inputs = withRank(c, 0, 3);
      mergeDim(withRank(c, 1, 2).at(0), withRank(c, 2, 1).at(0));
      const batch = mergeDim(inputs.at(1), withRank(c, 3, 1).at(0));
      return [[batch], [inputs.at(0), batch, inputs.at(2)]];
    },
    grad(op, [grad]) {
      const known = apply('PreventGradient', [op.outputs[1]], { message: NO_SECOND });
      return [expandDims(grad, -1).mul(known), null, null, null];
    },
  },
  CTCGreedyDecoder: { grows: 'shapes', shape: (c) => decoded(c, 1) },
  CTCBeamSearchDecoder: { grows: 'shapes', shape: (c) => decoded(c, c.attr('top_paths', 'int')) },
  EditDistance: { grows: 'numbers', shape: distancesShape },
} satisfies Rows;

/** The shapes of as many sparse tensors, and of how likely they are. */
function decoded(c: ShapeContext, paths: number): Dim[][] {
  const batch = mergeDim(withRank(c, 0, 3).at(1), withRank(c, 1, 1).at(0));
  const each = <T>(shape: T): T[] => new Array<T>(paths).fill(shape);
  return [...each([null, 2]), ...each([null]), ...each([2]), [batch, paths]];
}
/** The larger of both shapes in all dimensions but the last, where they are known. */
function distancesShape(c: ShapeContext): (Dim[] | null)[] {
  for (const first of [0, 3]) {
    withRank(c, first, 2);
    withRank(c, first + 1, 1);
    withRank(c, first + 2, 1);
  }
  const [a, b] = [numbers(c, 2), numbers(c, 5)];
  if (!a || !b) return [null];
  if (a.length !== b.length)
    throw new ShapeError(`Num elements of hypothesis_shape does not match truth_shape: ${a.length} vs. ${b.length}`);
  return [a.slice(0, -1).map((size, i) => Math.max(size, b[i]))];
}

/**
 * The loss of sequences that are not aligned with their labels: the negative logarithm of the chance of all ways to
 * stretch the labels, with a blank (the last class) wherever it is wanted. It applies the softmax itself.
 *
 *     const labels = new tf.SparseTensor([[0, 0], [0, 1]], tf.constant([0, 1], tf.int32), [1, 2]);
 *     tf.nn.ctcLoss(labels, tf.zeros([2, 1, 3]), [2])   // [2.1972246]: two of nine ways
 *
 * @param labels                         a SparseTensor of int32, [batch, labels]
 * @param inputs                         floats, [time, batch, classes]: what a softmax takes
 * @param sequenceLength                 int32, [batch]: how many steps each sequence has
 * @param preprocessCollapseRepeated     whether labels that follow their like are left out first
 * @param ctcMergeRepeated               whether a class in several steps may stand for one label; true where not given
 * @param ignoreLongerOutputsThanInputs  whether sequences shorter than their labels have no loss, and are no error
 * @param timeMajor                      false for inputs [batch, time, classes]; true where not given
 * @param logits                         the same as `inputs`
 * @returns  inputs' dtype, [batch]
 * @throws TypeError  for labels that are no SparseTensor
 */
export const ctcLoss = bound(
  'nn.ctc_loss',
  (
    labels: SparseTensor,
    inputs?: NotText,
    sequenceLength?: NotText,
    preprocessCollapseRepeated?: boolean,
    ctcMergeRepeated?: boolean,
    ignoreLongerOutputsThanInputs?: boolean,
    timeMajor?: boolean,
    logits?: NotText,
  ): Tensor => {
    if (!(labels instanceof SparseTensor))
      throw new TypeError_(
        'Expected labels (first argument) to be a SparseTensor' +
          '\n  fix: new tf.SparseTensor(indices, values, denseShape), with values of tf.int32.',
      );
    const given = eitherName(['logits', 'inputs'], logits, inputs);
    if (given === null || sequenceLength === undefined)
      throw new ValueError('ctc_loss needs inputs and sequence_length.');
    const x = (timeMajor ?? true) ? given : transpose(convertToTensor(given), [1, 0, 2]);
    return applyOp('CTCLoss', [x, labels.indices, labels.values, sequenceLength], {
      preprocess_collapse_repeated: preprocessCollapseRepeated ?? false,
      ctc_merge_repeated: ctcMergeRepeated ?? true,
      ignore_longer_outputs_than_inputs: ignoreLongerOutputsThanInputs ?? false,
    }).outputs[0];
  },
);
/** Sequences as sparse tensors, one for each place in the order of chances, and how likely they are. */
export type Decoded = [decoded: SparseTensor[], logProbability: Tensor];
function sequencesOf(outputs: readonly Tensor[]): Decoded {
  const paths = (outputs.length - 1) / 3;
  const decoded = Array.from(
    { length: paths },
    (_, i) => new SparseTensor(outputs[i], outputs[paths + i], outputs[2 * paths + i]),
  );
  return [decoded, outputs[outputs.length - 1]];
}
/**
 * The labels of the likeliest class of each step, without blanks (the last class).
 *
 *     const [[labels]] = tf.nn.ctcGreedyDecoder([[[0, 5, 0]], [[0, 5, 0]], [[3, 0, 0]]], [3]);
 *     sess.run(labels).values   // [1, 0]
 *
 * @param inputs          floats, [time, batch, classes]
 * @param sequenceLength  int32, [batch]: how many steps each sequence has
 * @param mergeRepeated   whether a class in steps one after the other is one label; true where not given
 * @returns  a list of one SparseTensor of int64, [batch, labels], and [batch, 1], the negative sum of the inputs taken
 * @throws ValueError               for other ranks
 * @throws FailedPreconditionError  when run, for a length that is more than the steps there are
 */
export const ctcGreedyDecoder = bound(
  'nn.ctc_greedy_decoder',
  (inputs: NotText, sequenceLength: NotText, mergeRepeated?: boolean): Decoded =>
    sequencesOf(
      applyOp('CTCGreedyDecoder', [inputs, sequenceLength], {
        merge_repeated: mergeRepeated ?? true,
      }).outputs,
    ),
);
function searched(inputs: NotText, lengths: NotText, width: number, paths: number, merge: boolean): Decoded {
  return sequencesOf(
    applyOp('CTCBeamSearchDecoder', [inputs, lengths], {
      beam_width: width,
      top_paths: paths,
      merge_repeated: merge,
    }).outputs,
  );
}
/**
 * The likeliest labels, found by following `beamWidth` beginnings at once: all ways to stretch the same labels count.
 *
 *     const [[labels]] = tf.nn.ctcBeamSearchDecoder([[[0, 5, 0]], [[3, 0, 0]]], [2], { beamWidth: 3 });
 *     sess.run(labels).values   // [1, 0]
 *
 * @param inputs          floats, [time, batch, classes]; blank is the last class
 * @param sequenceLength  int32, [batch]: how many steps each sequence has
 * @param beamWidth       how many beginnings are followed; 100 where not given
 * @param topPaths        how many results there are; 1 where not given
 * @param mergeRepeated   whether labels that follow their like are left out of the results; true where not given
 * @returns  a list of `topPaths` SparseTensors of int64, [batch, labels], and their logarithms, [batch, topPaths]
 * @throws ValueError               for other ranks, and for widths and counts below 1
 * @throws FailedPreconditionError  when run, for a length that is more than the steps there are
 * @throws InvalidArgumentError     when run, for more paths than beginnings
 */
export const ctcBeamSearchDecoder = bound(
  'nn.ctc_beam_search_decoder',
  (inputs: NotText, sequenceLength: NotText, beamWidth?: number, topPaths?: number, mergeRepeated?: boolean): Decoded =>
    searched(inputs, sequenceLength, beamWidth ?? 100, topPaths ?? 1, mergeRepeated ?? true),
);
/**
 * The same, whose results keep labels that follow their like.
 *
 *     const [[labels]] = tf.nn.ctcBeamSearchDecoderV2([[[0, 5, 0]], [[0, 0, 9]], [[0, 5, 0]]], [3], { beamWidth: 3 });
 *     sess.run(labels).values   // [1, 1]
 *
 * @param inputs          floats, [time, batch, classes]; blank is the last class
 * @param sequenceLength  int32, [batch]: how many steps each sequence has
 * @param beamWidth       how many beginnings are followed; 100 where not given
 * @param topPaths        how many results there are; 1 where not given
 * @returns  a list of `topPaths` SparseTensors of int64, [batch, labels], and their logarithms, [batch, topPaths]
 * @throws ValueError               for other ranks, and for widths and counts below 1
 * @throws FailedPreconditionError  when run, for a length that is more than the steps there are
 * @throws InvalidArgumentError     when run, for more paths than beginnings
 */
export const ctcBeamSearchDecoderV2 = bound(
  'nn.ctc_beam_search_decoder_v2',
  (inputs: NotText, sequenceLength: NotText, beamWidth?: number, topPaths?: number): Decoded =>
    searched(inputs, sequenceLength, beamWidth ?? 100, topPaths ?? 1, false),
);
/**
 * How many elements must be put in, left out or replaced for one sequence to become another (Levenshtein 1966).
 *
 *     const [a, b] = [['c', 'a', 't'], ['c', 'u', 't', 's']].map(
 *       (word) => new tf.SparseTensor(word.map((_, i) => [0, i]), word, [1, word.length]),
 *     );
 *     tf.editDistance(a, b, false)   // [2]
 *
 * @param hypothesis  a SparseTensor: sequences along its last dimension
 * @param truth       a SparseTensor of its dtype and rank
 * @param normalize   whether the result is divided by the length of the truth; true where not given
 * @returns  float32, the shape of both without the last dimension; infinite where the truth is empty and the other not
 * @throws TypeError  for what is no SparseTensor
 */
export const editDistance = bound(
  'edit_distance',
  (hypothesis: SparseTensor, truth: SparseTensor, normalize?: boolean, name?: string): Tensor => {
    if (!(hypothesis instanceof SparseTensor)) throw new TypeError_('Hypothesis must be a SparseTensor.');
    if (!(truth instanceof SparseTensor)) throw new TypeError_('Truth must be a SparseTensor.');
    const parts = [hypothesis, truth].flatMap((x) => [x.indices, x.values, x.denseShape]);
    return apply('EditDistance', parts, { normalize: normalize ?? true }, name ?? 'edit_distance');
  },
);
