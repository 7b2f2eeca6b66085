/**
 * Which plan runs never changes a bit: in each of its first runs, in the plan that is rewritten for its feeds, and as a
 * part that the device takes as one, a program gives the same bits.
 */
import { createHash } from 'node:crypto';
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { devices } from '../devices';
import { LAST_RUN } from '../long';

type T = tf.Tensor;
/** Numbers that are all different. */
function waves(...shape: number[]): NDArray {
  const size = shape.reduce((x, y) => x * y, 1);
  return new NDArray(
    tf.float32,
    shape,
    Float32Array.from({ length: size }, (_, i) => 2 * Math.sin(78.233 * (i + 1))),
  );
}
const weights = (...shape: number[]): T => tf.constant(waves(...shape));
const gradient = (y: T, x: T): T => tf.gradients(y, [x])[0] as T;
const crossEntropy = (labels: T, logits: T): T => tf.nn.softmaxCrossEntropyWithLogits({ labels, logits });
const pictures = (x: T): T => tf.reshape(x, [-1, 5, 2, 1]);
const hidden = (x: T): T => tf.nn.relu(tf.nn.biasAdd(tf.matmul(x, weights(10, 6)), weights(6)));

/** Of a matrix with ten columns. */
const PROGRAMS: Readonly<Record<string, (x: T) => T>> = {
  softmax: (x) => tf.nn.softmax(x),
  'its logarithm': (x) => tf.nn.logSoftmax(x),
  'a cross entropy': (x) => crossEntropy(tf.nn.softmax(x.mul(2)), x),
  'a cross entropy of classes': (x) =>
    tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: tf.argmax(x, 1), logits: x }),
  'sums of columns': (x) => tf.reduceSum(x, 0),
  'sums of rows': (x) => tf.reduceSum(x, 1),
  'sums over dimensions that only a run knows': (x) => tf.reduceSum(x, tf.minimum(tf.size(x), 1).sub(1)),
  'the sum': (x) => tf.reduceSum(x),
  'the mean': (x) => tf.reduceMean(x),
  'means of columns': (x) => tf.reduceMean(x, 0),
  'the inverse of the largest of zeros of both signs': (x) => tf.reciprocal(tf.reduceMax(x.mul(0), 1)),
  products: (x) => tf.reduceProd(x.mul(0.01).add(1), 1),
  norms: (x) => tf.sqrt(tf.reduceSum(tf.square(x), 1)),
  variances: (x) => tf.nn.moments(x, [0])[1],
  'running sums': (x) => tf.cumsum(x, 0),
  'half the sum of squares': (x) => tf.nn.l2Loss(x),
  'sums of segments': (x) => tf.unsortedSegmentSum(x, tf.cast(tf.argmax(x, 1), tf.int32), 10),
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  'e^x': tf.exp,
  'e^x - 1': tf.expm1,
  logarithms: (x) => tf.add(tf.log(tf.abs(x)), tf.log1p(tf.abs(x))),
  waves: (x) => tf.sin(x).add(tf.cos(x)).add(tf.tan(x)),
  'inverse functions': (x) =>
    tf
      .atan(x)
      .add(tf.asin(x.div(3)))
      .add(tf.acos(x.div(3)))
      .add(tf.asinh(x)),
  erf: tf.erf,
  ...Object.fromEntries(
    [3, 9, 10, 11, 17, 28].map((n) => [
      `${n} terms`,
      (x: T): T => tf.addN(Array.from({ length: n }, (_, i) => (i % 3 ? tf.sin(x.mul(10 ** (i % 7))) : x.mul(i)))),
    ]),
  ),
  'many terms, some of which are fed': (x) =>
    tf.addN([x, x, ...Array.from({ length: 20 }, (_, i) => x.mul(1 / (i + 3)))]),
  'a row added to all rows': (x) => tf.add(weights(10), tf.add(tf.sin(x), weights(10))),
  'a row added to pictures': (x) => tf.add(tf.reshape(x, [-1, 1, 5, 2]), weights(2)),
  lgamma: tf.lgamma,
  atan2: (x) => tf.atan2(x, x.add(1)),
  powers: (x) => tf.pow(tf.abs(x), 1.7),
  roots: (x) => tf.sqrt(tf.abs(x)).add(tf.rsqrt(tf.abs(x))),
  activations: (x) => tf.addN([tf.nn.elu(x), tf.nn.selu(x), tf.nn.softplus(x), tf.nn.softsign(x)]),
  'a chain of functions': (x) => tf.tanh(tf.sigmoid(tf.exp(x.mul(0.1)).mul(x)).add(x)),
  'sums of products': (x) => x.mul(x).add(x).mul(0.3).sub(x),
  'sums of terms of which some are computed': (x) => tf.addN([x, x.mul(3), tf.negative(x.mul(3)), x.mul(1e-6), x]),
  quotients: (x) => x.div(x.add(3)),
  'squares of differences': (x) => tf.squaredDifference(x, tf.reduceMean(x, 0)),
  'a product with itself': (x) => tf.matmul(x, x, { transposeA: true }),
  'a product with itself, of rows': (x) => tf.matmul(x, x, { transposeB: true }),
  'a layer': hidden,
  'a layer of computed weights': (x) =>
    tf.nn.relu(tf.nn.biasAdd(tf.matmul(x, tf.ones([10, 6]).mul(0.3)), tf.exp(weights(6)))),
  'a layer and its tanh': (x) => tf.tanh(tf.matmul(x, weights(10, 6)).add(weights(6))),
  'a convolution': (x) => tf.nn.conv2d(pictures(x), weights(2, 2, 1, 3), [1, 1, 1, 1], 'SAME'),
  'a convolution, a bias, relu': (x) =>
    tf.nn.relu(tf.nn.biasAdd(tf.nn.conv2d(pictures(x), weights(2, 2, 1, 3), [1, 1, 1, 1], 'SAME'), weights(3))),
  'averages of windows': (x) => tf.nn.avgPool(pictures(x), [1, 2, 2, 1], [1, 1, 1, 1], 'SAME'),
  'functions of constants': (x) => x.mul(tf.reduceSum(tf.exp(weights(30, 40)))).add(tf.tanh(weights(10))),
  'functions of sizes': (x) => x.div(tf.sqrt(tf.cast(tf.size(x), tf.float32))),
  float64: (x) => tf.nn.softmax(tf.cast(x, tf.float64)),
  float16: (x) => tf.nn.softmax(tf.cast(x, tf.float16)),
  'complex numbers': (x) => {
    const z = tf.cast(x, tf.complex64);
    return z.mul(z).add(z).div(z.add(3));
  },
  'the gradient of tanh': (x) => gradient(tf.tanh(x), x),
  'the gradient of a softmax': (x) => gradient(tf.square(tf.nn.softmax(x)), x),
  'the gradient of a cross entropy': (x) =>
    gradient(tf.reduceMean(crossEntropy(tf.nn.softmax(x.mul(2)), tf.matmul(x, weights(10, 10)))), x),
  'the gradient of a layer': (x) => gradient(tf.square(hidden(x)), x),
  'the gradient of what is added to every row': (x) => {
    const bias = weights(10);
    return gradient(tf.square(x.add(bias)), bias);
  },
  'the gradient of a convolution': (x) =>
    gradient(tf.square(tf.nn.conv2d(pictures(x), weights(2, 2, 1, 3), [1, 1, 1, 1], 'SAME')), x),
  'the gradient of variances': (x) => gradient(tf.nn.moments(x, [0])[1], x),
};
const SIZES = [3, 40, 600];

type Feeds = readonly (readonly [T, NDArray])[];
const bytesOf = (v: unknown): string => {
  if (!(v instanceof NDArray)) return String(v);
  if (Array.isArray(v.data)) return JSON.stringify(v.data);
  const { buffer, byteOffset, byteLength } = v.data;
  return createHash('md5')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
};
/** The runs, beginning with the first, in which some fetch has other bits than in the run before. */
function changes(sess: tf.Session, fetches: readonly T[], feeds: Feeds, names: readonly string[]): string[] {
  const found: string[] = [];
  const runs = LAST_RUN + 2;
  let before: string[] = [];
  for (let run = 1; run <= runs; run++) {
    const now = (sess.run([...fetches], [...feeds]) as unknown[]).map(bytesOf);
    if (run > 1) now.forEach((bytes, i) => bytes !== before[i] && found.push(`${names[i]}, run ${run}`));
    before = now;
  }
  return found;
}
/** What stands beside a program, so that there is something to take as one. */
function beside(): { fetch: T; feed: readonly [T, NDArray] } {
  const x = tf.placeholder(tf.float32, [16]);
  return { fetch: tf.sigmoid(tf.tanh(x.mul(2).add(1))), feed: [x, waves(16)] };
}

describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  const opened = (graph: tf.Graph, graphOptions: tf.RewriteOptions = {}): tf.Session =>
    new tf.Session('', { graph, config: { advice: false, device, graphOptions } });

  test.each(Object.entries(PROGRAMS))('%s', (name, build) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const x = tf.placeholder(tf.float32, [null, 10]);
      const y = build(x);
      const { fetch, feed } = beside();
      // The second session has seen none of the first's shapes, so that each size is its first.
      for (const size of SIZES) {
        using sess = opened(graph, { wholeGraph: true });
        expect(changes(sess, [y, fetch], [[x, waves(size, 10)], feed], [`${name} of ${size}`, 'beside'])).toEqual([]);
      }
    });
  });
  test('all of them in one run, as sessions decide for themselves, for feeds of sizes that come and go', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const x = tf.placeholder(tf.float32, [null, 10]);
      const all = Object.values(PROGRAMS).map((build) => build(x));
      using sess = opened(graph);
      const names = Object.keys(PROGRAMS);
      const first = SIZES.map((size) => (sess.run(all, [[x, waves(size, 10)]]) as unknown[]).map(bytesOf));
      SIZES.forEach((size, k) => {
        expect(changes(sess, all, [[x, waves(size, 10)]], names)).toEqual([]);
        expect((sess.run(all, [[x, waves(size, 10)]]) as unknown[]).map(bytesOf)).toEqual(first[k]);
      });
    });
  });

  const OPTIMIZERS: Readonly<Record<string, () => tf.train.Optimizer>> = {
    'gradient descent': () => new tf.train.GradientDescentOptimizer(0.01),
    momentum: () => new tf.train.MomentumOptimizer(0.01, 0.9),
    Adam: () => new tf.train.AdamOptimizer(0.01),
    RMSProp: () => new tf.train.RMSPropOptimizer(0.01),
  };
  /** The losses and the weights of 40 steps; where someone watches they go step by step. */
  function steps(optimizer: () => tf.train.Optimizer, width: number, isWatched: boolean): string[] {
    const graph = new tf.Graph();
    return graph.asDefault(() => {
      const x = tf.placeholder(tf.float32, [null, 10]);
      const w = new tf.Variable(weights(10, width));
      const b = new tf.Variable(weights(width));
      const logits = tf.nn.biasAdd(tf.matmul(x, w), b);
      const loss = tf.reduceMean(crossEntropy(tf.nn.softmax(logits.mul(-1)), logits));
      const step = optimizer().minimize(loss);
      using sess = opened(graph, { wholeGraph: true });
      sess.run(tf.globalVariablesInitializer());
      const options = isWatched ? { traceLevel: tf.RunOptions.FULL_TRACE } : {};
      return Array.from({ length: 40 }, () => {
        const got = sess.run([loss, w, step], [[x, waves(40, 10)]], { options, runMetadata: new tf.RunMetadata() });
        return (got as unknown[]).slice(0, 2).map(bytesOf).join();
      });
    });
  }
  test.each(Object.entries(OPTIMIZERS))('steps of %s are the same ones where someone watches', (_, optimizer) => {
    for (const width of [4, 300, 3000]) {
      const whole = steps(optimizer, width, false);
      expect(new Set(whole).size).toBe(40);
      expect(steps(optimizer, width, true)).toEqual(whole);
    }
  });
});
