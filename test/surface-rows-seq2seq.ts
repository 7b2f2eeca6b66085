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
    'tf.contrib.seq2seq.tileBatch': [() => S.tileBatch(ints(1, 2), 2), [1, 1, 2, 2]],
  };
}
