/** Recorded calls that draw by probabilities, by gamma and Poisson distributions, and by given seeds, in TypeScript. */
import * as tf from '../../src';

export const DRAWN_CALLS: Record<string, (x: tf.Tensor) => tf.Tensor | tf.Tensor[]> = {
  'tf.multinomial([[0.1, 0.2, 0.7], [3.0, 2.0, 1.0]], 5, seed=5)': () =>
    tf.multinomial(
      [
        [0.1, 0.2, 0.7],
        [3.0, 2.0, 1.0],
      ],
      5,
      { seed: 5 },
    ),
  'tf.multinomial(tf.log([[10., 10.]]), 5)': () => tf.multinomial(tf.log([[10, 10]]), 5),
  'tf.random.categorical([[0.1, 0.2, 0.7]], 5, dtype=tf.int32, seed=5)': () =>
    tf.random.categorical([[0.1, 0.2, 0.7]], 5, tf.int32, { seed: 5 }),
  'tf.random_gamma([4], [0.5, 1.5, 1.0], seed=5)': () => tf.randomGamma([4], [0.5, 1.5, 1], { seed: 5 }),
  'tf.random_gamma([2, 3], 0.01, seed=5)': () => tf.randomGamma([2, 3], 0.01, { seed: 5 }),
  'tf.random_gamma([2], [[2.5], [0.25]], beta=[0.5, 4.0], dtype=tf.float64, seed=5, name="here")': () =>
    tf.randomGamma([2], [[2.5], [0.25]], { beta: [0.5, 4], dtype: tf.float64, seed: 5, name: 'here' }),
  'tf.random_gamma([3], [0.5, 30.0], dtype=tf.float16)': () => tf.randomGamma([3], [0.5, 30], null, tf.float16),
  'tf.random_gamma([1000], 3.5, seed=5)': () => tf.randomGamma([1000], 3.5, { seed: 5 }),
  'tf.random_gamma([0], 3.5, seed=5)': () => tf.randomGamma([0], 3.5, { seed: 5 }),
  'tf.gradients(tf.random_gamma([3], x, [0.5, 1.0, 2.0, 1.5], seed=5), x)': (x) =>
    tf.gradients(tf.randomGamma([3], x, [0.5, 1, 2, 1.5], { seed: 5 }), x) as tf.Tensor[],
  'tf.gradients(tf.random.gamma(tf.shape(x), [[0.5], [1.0]], x * 2, seed=5), x)': (x) =>
    tf.gradients(tf.random.gamma(tf.shape(x), [[0.5], [1]], x.mul(2), { seed: 5 }), x) as tf.Tensor[],
  'tf.random_poisson([0.5, 9.5, 12.25], [4], seed=5)': () => tf.randomPoisson([0.5, 9.5, 12.25], [4], { seed: 5 }),
  'tf.random_poisson(x, [2, 1], dtype=tf.int32, seed=5, name="here")': (x) =>
    tf.random.poisson(x, [2, 1], { dtype: tf.int32, seed: 5, name: 'here' }),
  'tf.random_poisson(tf.constant([3, 1000]), [3], dtype=tf.int64)': () =>
    tf.randomPoisson(tf.constant([3, 1000], tf.int32), [3], tf.int64),
  'tf.random_poisson(tf.constant([2.5, 40.0], tf.float16), [5], dtype=tf.float16, seed=5)': () =>
    tf.randomPoisson(tf.constant([2.5, 40], tf.float16), [5], tf.float16, 5),
  'tf.random_poisson(tf.constant([2.5, 40.0, 1e6], tf.float64), [1000], dtype=tf.float64, seed=5)': () =>
    tf.randomPoisson(tf.constant([2.5, 40, 1e6], tf.float64), [1000], tf.float64, 5),
  'tf.random.stateless_uniform([5], [1, 2])': () => tf.random.statelessUniform([5], [1, 2]),
  'tf.random.stateless_uniform([2, 2], tf.constant([-1, 2**40], tf.int64), -1, 3, tf.float64, "here")': () =>
    tf.random.statelessUniform([2, 2], tf.constant([-1, 2 ** 40], tf.int64), -1, 3, tf.float64, 'here'),
  'tf.random.stateless_uniform([5], [1, 2], maxval=10, dtype=tf.int32)': () =>
    tf.random.statelessUniform([5], [1, 2], { maxval: 10, dtype: tf.int32 }),
  'tf.random.stateless_uniform([5], [1, 2], -2**40, 2**41, dtype=tf.int64)': () =>
    tf.random.statelessUniform([5], [1, 2], -(2 ** 40), 2 ** 41, { dtype: tf.int64 }),
  'tf.random.stateless_normal([5], [3, 4], 1, 2)': () => tf.random.statelessNormal([5], [3, 4], 1, 2),
  'tf.random.stateless_normal(tf.shape(x), [3, 4], dtype=tf.float64)': (x) =>
    tf.random.statelessNormal(tf.shape(x), [3, 4], { dtype: tf.float64 }),
  'tf.random.stateless_truncated_normal([1000], [5, 6], stddev=0.1)': () =>
    tf.random.statelessTruncatedNormal([1000], [5, 6], { stddev: 0.1 }),
  'tf.random.stateless_categorical([[0.1, 0.2, 0.7], [3.0, 2.0, 1.0]], 5, [7, 8])': () =>
    tf.random.statelessCategorical(
      [
        [0.1, 0.2, 0.7],
        [3, 2, 1],
      ],
      5,
      [7, 8],
    ),
  'tf.random.stateless_multinomial([[0.1, 0.2, 0.7]], 7, [7, 8], tf.int32, name="here")': () =>
    tf.random.statelessMultinomial([[0.1, 0.2, 0.7]], 7, [7, 8], tf.int32, { name: 'here' }),
};
