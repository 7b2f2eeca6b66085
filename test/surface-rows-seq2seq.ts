/** Rows of the surface test for tf.contrib.seq2seq. */
import * as tf from '../src';
import type { Row } from './surface-rows';

export function seq2seqRows(): Readonly<Record<string, Row>> {
  const { seq2seq: S } = tf.contrib;
  const ints = (...n: number[]): tf.Tensor => tf.constant(Int32Array.from(n));
  const cell = (): tf.nn.rnnCell.GRUCell => new tf.nn.rnnCell.GRUCell(2);
  const x = (): tf.Tensor => tf.ones([1, 3, 2]);
  const helper = (): tf.contrib.seq2seq.TrainingHelper => new S.TrainingHelper(x(), [3]);
  const decoded = (by: tf.contrib.seq2seq.Helper<tf.Tensor, tf.Tensor>): tf.Tensor => {
    const inside = cell();
    return S.dynamicDecode(new S.BasicDecoder(inside, by, inside.zeroState(1, tf.float32)), {
      maximumIterations: 3,
    })[2];
  };
  const table = [
    [1, 2],
    [3, 4],
  ];
  return {
    'tf.contrib.seq2seq.Decoder': [
      () => new S.BasicDecoder(cell(), helper(), tf.zeros([1, 2])) instanceof S.Decoder,
      true,
    ],
    'tf.contrib.seq2seq.dynamicDecode': [() => decoded(helper()), [3]],
    'tf.contrib.seq2seq.BasicDecoder': [
      () => new S.BasicDecoder(cell(), helper(), tf.zeros([1, 2])).initialize()[1],
      [[1, 1]],
    ],
    'tf.contrib.seq2seq.BasicDecoderOutput': [() => S.BasicDecoderOutput(tf.ones([1]), ints(2)).sampleId, [2]],
    'tf.contrib.seq2seq.Helper': [() => helper() instanceof S.Helper, true],
    'tf.contrib.seq2seq.TrainingHelper': [() => helper().initialize()[1], [[1, 1]]],
    'tf.contrib.seq2seq.GreedyEmbeddingHelper': [
      () => new S.GreedyEmbeddingHelper(table, [1], 0).sample(ints(0), tf.constant([[1, 3]]), null),
      [1],
    ],
    'tf.contrib.seq2seq.SampleEmbeddingHelper': [
      () => new S.SampleEmbeddingHelper(table, [1], 0, { seed: 1 }).sample(ints(0), tf.constant([[0, 50]]), null),
      [1],
    ],
    'tf.contrib.seq2seq.InferenceHelper': [
      () =>
        decoded(
          new S.InferenceHelper(
            (y) => y,
            [2],
            tf.float32,
            tf.ones([1, 2]),
            (y) => tf.less(y.get([], 0), 9),
          ),
        ),
      [1],
    ],
    'tf.contrib.seq2seq.CustomHelper': [
      () =>
        decoded(
          new S.CustomHelper<tf.Tensor, tf.Tensor>(
            () => [tf.constant([false]), tf.ones([1, 2])],
            () => ints(0),
            ({ time, outputs, state }) => [tf.fill([1], time.greaterEqual(1)), outputs, state],
          ),
        ),
      [2],
    ],
    'tf.contrib.seq2seq.ScheduledEmbeddingTrainingHelper': [
      () => new S.ScheduledEmbeddingTrainingHelper(x(), [3], table, 0).sample(ints(0), tf.zeros([1, 2])),
      [-1],
    ],
    'tf.contrib.seq2seq.ScheduledOutputTrainingHelper': [
      () => new S.ScheduledOutputTrainingHelper(x(), [3], 1).sample(ints(0), tf.zeros([1, 2])),
      [1],
    ],
    'tf.contrib.seq2seq.AttentionMechanism': [() => new S.LuongAttention(2, x()) instanceof S.AttentionMechanism, true],
    'tf.contrib.seq2seq.LuongAttention': [() => new S.LuongAttention(2, x()).initialState(1, tf.float32), [[0, 0, 0]]],
    'tf.contrib.seq2seq.BahdanauAttention': [
      () => new S.BahdanauAttention(2, x()).values,
      [
        [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
      ],
    ],
    'tf.contrib.seq2seq.LuongMonotonicAttention': [
      () => new S.LuongMonotonicAttention(2, x()).initialAlignments(1, tf.float32),
      [[1, 0, 0]],
    ],
    'tf.contrib.seq2seq.BahdanauMonotonicAttention': [
      () => new S.BahdanauMonotonicAttention(2, x()).initialAlignments(1, tf.float32),
      [[1, 0, 0]],
    ],
    'tf.contrib.seq2seq.AttentionWrapper': [
      () => new S.AttentionWrapper(cell(), new S.LuongAttention(2, x())).zeroState(1, tf.float32).attention,
      [[0, 0]],
    ],
    'tf.contrib.seq2seq.AttentionWrapperState': [
      () =>
        S.AttentionWrapperState({
          cellState: tf.ones([1]),
          attention: tf.zeros([1]),
          time: ints(0),
          alignments: tf.zeros([1]),
          alignmentHistory: [],
          attentionState: tf.zeros([1]),
        }).cellState,
      [1],
    ],
    'tf.contrib.seq2seq.hardmax': [() => S.hardmax([[1, 3, 2]]), [[0, 1, 0]]],
    'tf.contrib.seq2seq.safeCumprod': [() => S.safeCumprod([1, 0.5, 0.5]), [1, 0.5, 0.25]],
    'tf.contrib.seq2seq.monotonicAttention': [
      () => S.monotonicAttention([[0, 1, 0.5]], [[1, 0, 0]], 'hard'),
      [[0, 1, 0]],
    ],
    'tf.contrib.seq2seq.BeamSearchDecoder': [
      () => {
        const first = S.tileBatch(tf.ones([1, 2]), 2);
        // No word is 9: whatever the cell starts from, nothing ends.
        return S.dynamicDecode(new S.BeamSearchDecoder(cell(), table, [1], 9, first, 2), { maximumIterations: 3 })[2];
      },
      [[3, 3]],
    ],
    'tf.contrib.seq2seq.BeamSearchDecoderOutput': [
      () => S.BeamSearchDecoderOutput(tf.ones([1]), ints(2), ints(0)).predictedIds,
      [2],
    ],
    'tf.contrib.seq2seq.BeamSearchDecoderState': [
      () => S.BeamSearchDecoderState(x(), tf.ones([1]), tf.constant([true]), ints(3), []).lengths,
      [3],
    ],
    'tf.contrib.seq2seq.FinalBeamSearchDecoderOutput': [
      () => S.FinalBeamSearchDecoderOutput(ints(2), S.BeamSearchDecoderOutput(x(), ints(2), ints(0))).predictedIds,
      [2],
    ],
    'tf.contrib.seq2seq.gatherTree': [
      () =>
        S.gatherTree(
          tf.reshape(ints(1, 2, 3, 4), [2, 1, 2]),
          tf.reshape(ints(0, 0, 1, 0), [2, 1, 2]),
          ints(2),
          ints(9).get(0),
        ),
      [[[2, 1]], [[3, 4]]],
    ],
    'tf.contrib.seq2seq.tileBatch': [() => S.tileBatch(ints(1, 2), 2), [1, 1, 2, 2]],
  };
}
