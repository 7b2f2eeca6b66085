/** Losses and decoders of sequences that are not aligned with labels, as test/fixtures/record/sequences.py has them. */
import * as tf from '../../src';
import { grads, ph } from '../flow/words';
import type { Programs } from '../programs';

type Loose = (...args: unknown[]) => unknown;
const ints = (values: readonly number[], name?: string): tf.Tensor => tf.constant(values, tf.int32, { name });
const labels = (): tf.SparseTensor =>
  new tf.SparseTensor(
    [
      [0, 0],
      [0, 1],
      [1, 0],
    ],
    ints([1, 0, 2]),
    [2, 2],
  );
const parts = ([paths, chances]: tf.nn.Decoded): tf.Tensor[] => [
  ...paths.flatMap((path) => [path.indices, path.values, path.denseShape]),
  chances,
];
function words(name: string, ...rows: readonly (readonly number[])[]): tf.SparseTensor {
  const at = rows.flatMap((row, b) => row.map((_, t) => [b, t]));
  return new tf.SparseTensor(at, ints(rows.flat(), name), [rows.length, Math.max(...rows.map(({ length }) => length))]);
}
export const ALIGNED: Programs = {
  'loss and gradient': () => {
    const x = ph([4, 2, 4]);
    const loss = tf.nn.ctcLoss(labels(), x, [4, 3]);
    return [loss, ...grads(tf.reduceMean(loss.mul([1, 2])), x)];
  },
  'loss by batch': () => {
    const x = ph([2, 4, 4]);
    const loss = tf.nn.ctcLoss(labels(), {
      logits: x,
      sequenceLength: [4, 2],
      preprocessCollapseRepeated: true,
      ctcMergeRepeated: false,
      ignoreLongerOutputsThanInputs: true,
      timeMajor: false,
    });
    return [loss, ...grads(loss, x)];
  },
  'loss of unknown sizes': () => {
    const [x, n] = [ph([null, null, 4]), ph([null], 'n', tf.int32)];
    const loss = tf.nn.ctcLoss(labels(), x, n);
    return [loss, ...grads(loss, x)];
  },
  greedy: () => parts(tf.nn.ctcGreedyDecoder(ph([6, 2, 3]), [6, 4])),
  'greedy that keeps all': () => parts(tf.nn.ctcGreedyDecoder(ph([6, 2, 3]), [6, 4], { mergeRepeated: false })),
  beams: () => {
    const options = { beamWidth: 8, topPaths: 3, mergeRepeated: false };
    return parts(tf.nn.ctcBeamSearchDecoder(ph([5, 2, 4]), [5, 3], options));
  },
  'beams as they are given': () => parts(tf.nn.ctcBeamSearchDecoder(ph([5, 2, 4]), [5, 3])),
  'beams of two': () => parts(tf.nn.ctcBeamSearchDecoderV2(ph([5, 1, 3]), [5], 4, 2)),
  distances: () => {
    const [a, b] = [words('a', [1, 2, 3], [4]), words('b', [1, 3], [5, 4, 4])];
    return [tf.editDistance(a, b), tf.editDistance(a, b, { normalize: false, name: 'apart' })];
  },
  'e dense labels': () => (tf.nn.ctcLoss as unknown as Loose)([[1]], ph([2, 1, 3]), [2]),
  'e rank': () => tf.nn.ctcLoss(labels(), ph([2, 3]), [2]),
  'e dense truth': () => (tf.editDistance as unknown as Loose)(labels(), [[1]]),
  'e dense hypothesis': () => (tf.editDistance as unknown as Loose)([[1]], labels()),
};
