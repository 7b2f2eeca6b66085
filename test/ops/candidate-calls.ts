/** Calls of candidate samplers in Python, as random_ops.py records them, and the same calls here. */
import * as tf from '../../src';

/** Right classes of three examples, as they were recorded. */
const classes = (): tf.Tensor => tf.getDefaultGraph().getTensorByName('Const:0');
const RESERVED = 'distortion=0.75, num_reserved_ids=1, seed=5))';
const SHARDS = 'num_shards=2, seed=5))';
export const CANDIDATE_CALLS: Record<string, () => tf.Tensor[]> = {
  'list(tf.nn.uniform_candidate_sampler(c, 2, 4, True, 10, seed=5))': () => [
    ...tf.nn.uniformCandidateSampler(classes(), 2, 4, true, 10, { seed: 5 }),
  ],
  'list(tf.nn.uniform_candidate_sampler(c, 2, 20, False, 2**40, seed=5))': () => [
    ...tf.random.uniformCandidateSampler(classes(), 2, 20, false, 2 ** 40, { seed: 5 }),
  ],
  'list(tf.nn.uniform_candidate_sampler(c, 2, 7, True, 8))': () => [
    ...tf.nn.uniformCandidateSampler(classes(), 2, 7, true, 8),
  ],
  'list(tf.nn.log_uniform_candidate_sampler(c, 2, 4, True, 10, seed=5))': () => [
    ...tf.nn.logUniformCandidateSampler(classes(), 2, 4, true, 10, { seed: 5 }),
  ],
  'list(tf.nn.log_uniform_candidate_sampler(c, 2, 20, True, 5000, seed=5))': () => [
    ...tf.nn.logUniformCandidateSampler(classes(), 2, 20, true, 5000, { seed: 5 }),
  ],
  'list(tf.nn.log_uniform_candidate_sampler(c, 2, 9, False, 50000))': () => [
    ...tf.nn.logUniformCandidateSampler(classes(), 2, 9, false, 50000),
  ],
  'list(tf.nn.learned_unigram_candidate_sampler(c, 2, 4, True, 10, seed=5))': () => [
    ...tf.nn.learnedUnigramCandidateSampler(classes(), 2, 4, true, 10, { seed: 5 }),
  ],
  'list(tf.nn.learned_unigram_candidate_sampler(c, 2, 20, False, 13, seed=5))': () => [
    ...tf.nn.learnedUnigramCandidateSampler(classes(), 2, 20, false, 13, { seed: 5 }),
  ],
  'list(tf.nn.fixed_unigram_candidate_sampler(c, 2, 3, True, 5, unigrams=[1.0, 2.0, 0.5, 4.0, 3.0], seed=5))': () => [
    ...tf.nn.fixedUnigramCandidateSampler(classes(), 2, 3, true, 5, { unigrams: [1, 2, 0.5, 4, 3], seed: 5 }),
  ],
  [`list(tf.nn.fixed_unigram_candidate_sampler(c, 2, 9, False, 5, unigrams=[1.0, 2.0, 0.5, 4.0], ${RESERVED}`]: () => [
    ...tf.nn.fixedUnigramCandidateSampler(classes(), 2, 9, false, 5, {
      unigrams: [1, 2, 0.5, 4],
      distortion: 0.75,
      numReservedIds: 1,
      seed: 5,
    }),
  ],
  [`list(tf.nn.fixed_unigram_candidate_sampler(c, 2, 6, False, 3, unigrams=[1.0, 2.0, 0.5, 4.0, 7.0], ${SHARDS}`]:
    () => [
      ...tf.nn.fixedUnigramCandidateSampler(classes(), 2, 6, false, 3, {
        unigrams: [1, 2, 0.5, 4, 7],
        numShards: 2,
        seed: 5,
      }),
    ],
  'list(tf.nn.all_candidate_sampler(c, 2, 4, True))': () => [...tf.nn.allCandidateSampler(classes(), 2, 4, true)],
};

/** How often classes are expected: logarithms of 32 bits differ by a few last bits between C libraries. */
export function expectCounts(got: ArrayLike<unknown>, want: readonly (number | string)[]): void {
  expect(got.length).toBe(want.length);
  Array.from(got, Number).forEach((count, i) => {
    expect(Math.abs(count - Number(want[i]))).toBeLessThanOrEqual(2 ** -21 * Math.abs(count));
  });
}
