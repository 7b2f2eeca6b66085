/** Rows of the surface test for tf.contrib.legacySeq2seq: symbols that are read and written. */
import * as tf from '../src';
import type { Row } from './surface-rows';

export function legacyRows(): Readonly<Record<string, Row>> {
  const L = tf.contrib.legacySeq2seq;
  const cell = (): tf.nn.rnnCell.GRUCell => new tf.nn.rnnCell.GRUCell(2);
  const ids = (): tf.Tensor[] => [0, 1].map((id) => tf.constant([id], tf.int32));
  const read = (): tf.Tensor => tf.zeros([1, 3, 2]);
  const xs = (): tf.Tensor[] => [tf.zeros([1, 2]), tf.zeros([1, 2])];
  return {
    'tf.contrib.legacySeq2seq.basicRnnSeq2seq': [
      () => String(L.basicRnnSeq2seq(xs(), xs(), cell())[0][1].shape),
      '(1, 2)',
    ],
    'tf.contrib.legacySeq2seq.attentionDecoder': [
      () => String(L.attentionDecoder(xs(), tf.zeros([1, 2]), read(), cell(), { outputSize: 3 })[0][1].shape),
      '(1, 3)',
    ],
    'tf.contrib.legacySeq2seq.embeddingRnnDecoder': [
      () => String(L.embeddingRnnDecoder(ids(), tf.zeros([1, 2]), cell(), 2, 3)[0][1].shape),
      '(1, 2)',
    ],
    'tf.contrib.legacySeq2seq.embeddingAttentionDecoder': [
      () =>
        String(
          L.embeddingAttentionDecoder(ids(), tf.zeros([1, 2]), read(), cell(), 2, 3, { outputSize: 4 })[0][1].shape,
        ),
      '(1, 4)',
    ],
    'tf.contrib.legacySeq2seq.embeddingRnnSeq2seq': [
      () => String(L.embeddingRnnSeq2seq(ids(), ids(), cell(), 2, 5, 3)[0][1].shape),
      '(1, 5)',
    ],
    'tf.contrib.legacySeq2seq.embeddingTiedRnnSeq2seq': [
      () => String(L.embeddingTiedRnnSeq2seq(ids(), ids(), cell(), 5, 3)[0][1].shape),
      '(1, 5)',
    ],
    'tf.contrib.legacySeq2seq.embeddingAttentionSeq2seq': [
      () => String(L.embeddingAttentionSeq2seq(ids(), ids(), cell(), 2, 5, 3)[0][1].shape),
      '(1, 5)',
    ],
    'tf.contrib.legacySeq2seq.one2manyRnnSeq2seq': [
      () => {
        const [{ a }] = L.one2manyRnnSeq2seq(ids(), { a: ids() }, cell(), { a: cell() }, 2, { a: 5 }, 3);
        return String(a[1].shape);
      },
      '(1, 5)',
    ],
  };
}
