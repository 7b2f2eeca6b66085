/**
 * Ops beside each other, where a rewrite of a plan, or TensorFlow's own of a whole graph, might make one of two, put
 * constants together or change the order of an arithmetic: each program gives on the device, run by run, what the plain
 * host gives; for all pairs of special values.
 */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import { devices } from '../sweep';
import { type Outcome, type Way, difference, HOST, outcomeOf, waysOf } from './law';

type T = tf.Tensor;
const VALUES = [
  ...[NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, -0.5, 2, -2, 7, 3e38, -3e38, 1e30, 1e20, 1e-20, 1e-30],
  ...[1e-40, 88, -88, 100, -104],
];
const SIDE = VALUES.length;
const N = SIDE * SIDE;
const pairs = (at: (i: number) => number): NDArray =>
  new NDArray(
    tf.float32,
    [N],
    Float32Array.from({ length: N }, (_, i) => VALUES[at(i)]),
  );
const [FIRST, SECOND] = [pairs((i) => i % SIDE), pairs((i) => Math.floor(i / SIDE))];

/** A vector of one number, as a constant. */
const k = (v: number): T => tf.constant(new NDArray(tf.float32, [N], new Float32Array(N).fill(v)));
const square = (x: T): T => tf.reshape(x, [SIDE, SIDE]);
const op = (type: string, ...x: T[]): T => applyOp(type, x).outputs[0];
const gradient = (y: T, x: T): T => tf.gradients(y, [x])[0] as T;
const float = (x: T): T => tf.cast(x, tf.float32);

const ARITHMETIC: Readonly<Record<string, (a: T, b: T) => T>> = {
  'a * 0': (a) => a.mul(0),
  '0 * a': (a) => k(0).mul(a),
  'a * 1': (a) => a.mul(k(1)),
  'a + 0': (a) => a.add(k(0)),
  'a + -0': (a) => a.add(k(-0)),
  'a - 0': (a) => a.sub(k(0)),
  '0 - a': (a) => tf.subtract(0, a),
  '-0 - a': (a) => k(-0).sub(a),
  'a / 1': (a) => a.div(k(1)),
  '1 / a': (a) => k(1).div(a),
  '0 / a': (a) => k(0).div(a),
  'a / 3': (a) => a.div(3),
  'a / 3e38 * 3e38': (a) => a.div(3e38).mul(3e38),
  'a - a': (a) => a.sub(a),
  'a / a': (a) => a.div(a),
  'a + a + a': (a) => a.add(a).add(a),
  'a b + a': (a, b) => a.mul(b).add(a),
  'a b + a (b + 1)': (a, b) => a.mul(b).add(a.mul(b.add(1))),
  'a + b + 1 + a': (a, b) => a.add(b).add(1).add(a),
  'the sum of three': (a, b) => tf.addN([a.mul(b), a.mul(tf.negative(b)), a.mul(2)]),
  'a - (-b)': (a, b) => a.sub(tf.negative(b)),
  '(a + 1e8) - 1e8': (a) => a.add(1e8).sub(1e8),
  '1e38 + a + 3e38': (a) => tf.add(1e38, a).add(3e38),
  'c (d a)': (a) => k(3e38).mul(k(1e-30).mul(a)),
  'a c d': (a) => a.mul(1e30).mul(1e30),
  'a / c / d': (a) => a.div(1e30).div(1e30),
  'c / (c / a)': (a) => tf.div(2, tf.div(2, a)),
  '1 / (1 / a)': (a) => tf.reciprocal(tf.reciprocal(a)),
  'a (1 / b)': (a, b) => a.mul(tf.reciprocal(b)),
  'a / √b': (a, b) => a.div(tf.sqrt(b)),
  'a / e^b': (a, b) => a.div(tf.exp(b)),
  '√(a²)': (a) => tf.sqrt(tf.square(a)),
  'log e^a': (a) => tf.log(tf.exp(a)),
  'log(1 + a)': (a) => tf.log(a.add(1)),
  'e^a - 1': (a) => tf.exp(a).sub(1),
  powers: (a) => tf.stack([2, 3, 1, 0, 0.5, -0.5, -1].map((p) => tf.pow(a, k(p)))),
  'powers, scalars': (a) => tf.stack([2, 3, 1, 0, 0.5, -0.5, -1].map((p) => tf.pow(a, p))),
  'not a < b': (a, b) => float(tf.logicalNot(a.less(b))),
  'not a = b': (a, b) => float(tf.logicalNot(tf.equal(a, b))),
  'a beside itself': (a) => tf.stack([tf.equal(a, a), tf.notEqual(a, a), tf.less(a, a), tf.lessEqual(a, a)].map(float)),
  'the larger of a and a': (a) => tf.maximum(a, a),
  'by float64 and back': (a) => float(tf.cast(a, tf.float64)),
  'a choice of known truth': (a) => tf.where(tf.constant(new Array<boolean>(N).fill(true)), a, tf.log(a)),
  'zeros like a, times a': (a) => tf.zerosLike(a).mul(a),
  'a column of zeros times a': (a) => tf.zeros([SIDE, 1]).mul(square(a)),
  'a product with zeros': (a) => tf.matmul(square(a), tf.zeros([SIDE, SIDE])),
  'MulNoNan by 0': (a) => op('MulNoNan', a, k(0)),
  'Xdivy of 0': (a) => op('Xdivy', k(0), a),
  '(a - b)²': (a, b) => tf.square(a.sub(b)),
  'the largest root': (a) => tf.reduceMax(tf.sqrt(square(a)), 1),
  'the largest of what is not negative': (a) => tf.reduceMax(tf.nn.relu(square(a)), 1),
  'the place of the largest power': (a) => float(tf.argmax(tf.exp(square(a)), 1)),
  'a chain of functions': (a) => tf.sqrt(tf.exp(tf.negative(tf.abs(a)))),
  'a chain of roundings': (a) => tf.floor(tf.ceil(tf.round(a))),
  'a bias of 0': (a) => tf.nn.biasAdd(square(a), tf.zeros([SIDE])),
  'two biases': (a) => tf.nn.biasAdd(tf.nn.biasAdd(square(a), tf.ones([SIDE])), tf.ones([SIDE])),
  'a softmax': (a) => tf.nn.softmax(square(a)),
  'its logarithm': (a) => tf.log(tf.nn.softmax(square(a))),
  'a difference where it is none': (a, b) => tf.where(tf.equal(a, b), tf.zerosLike(a), a.sub(b)),
  'the gradient of relu': (a) => gradient(tf.nn.relu(a.mul(2)), a),
  'the gradient of √': (a) => gradient(tf.sqrt(a), a),
  'the gradient of a quotient': (a, b) => gradient(a.div(b), b),
  'the gradient of log': (a) => gradient(tf.log(a), a),
  'the gradient of tanh': (a) => gradient(tf.tanh(a), a),
  'the gradient of a maximum': (a, b) => gradient(tf.maximum(a, b), a),
  'the gradient of a softmax': (a) => gradient(tf.nn.softmax(square(a)), a),
};

/** What TensorFlow looks for where it knows the shapes. */
const OF_KNOWN_SHAPES: typeof ARITHMETIC = {
  ...ARITHMETIC,
  'ones like a, times b': (a, b) => tf.onesLike(a).mul(b),
  'zeros like a, and b': (a, b) => tf.zerosLike(a).add(b),
  'zeros like a, less b': (a, b) => tf.zerosLike(a).sub(b),
  'ones like a, by b': (a, b) => tf.onesLike(a).div(b),
  'a column of ones times a': (a) => tf.ones([SIDE, 1]).mul(square(a)),
  'a column of zeros and a': (a) => tf.zeros([SIDE, 1]).add(square(a)),
  'a sum over one row': (a) => tf.reduceSum(tf.reshape(a, [1, N]), 0),
  'a mean over one row': (a) => tf.reduceMean(tf.reshape(a, [1, N]), 0),
  'a product over one row': (a) => tf.reduceProd(tf.reshape(a, [1, N]), 0),
  'the largest of one row': (a) => tf.reduceMax(tf.reshape(a, [1, N]), 0),
  'log(a + ones)': (a) => tf.log(a.add(k(1))),
  'log(ones + a)': (a) => tf.log(k(1).add(a)),
  'e^a - ones': (a) => tf.exp(a).sub(k(1)),
  'a (b + ones)': (a, b) => a.mul(b.add(k(1))),
  'ones - a': (a) => k(1).sub(a),
  'minus a, minus b': (a, b) => tf.negative(a).sub(b),
  'a + minus b': (a, b) => a.add(tf.negative(b)),
  'minus a, and b': (a, b) => tf.negative(a).add(b),
  'a b + a c': (a, b) => a.mul(b).add(a.mul(k(3))),
  'twice minus': (a) => tf.negative(tf.negative(a)),
  'twice a reciprocal': (a) => tf.reciprocal(tf.reciprocal(a)),
};

/** Weights that are all different. */
const weights = (...shape: number[]): T => {
  const data = Float32Array.from({ length: shape.reduce((x, y) => x * y, 1) }, (_, i) => Math.sin(12.9898 * (i + 1)));
  return tf.constant(new NDArray(tf.float32, shape, data));
};
const ACTIVATIONS: Readonly<Record<string, (x: T) => T>> = {
  relu: tf.nn.relu,
  relu6: tf.nn.relu6,
  elu: tf.nn.elu,
  leakyRelu: (x) => tf.nn.leakyRelu(x),
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  softmax: (x) => tf.nn.softmax(x),
  logSoftmax: (x) => tf.nn.logSoftmax(x),
};
const pooled = (kind: 'maxPool' | 'avgPool', x: T): T => tf.nn[kind](x, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME');
/** Layers of [rows, 12], seen as pictures of [6, 6, 4] too. */
function layersOf(name: string, activation: (x: T) => T): Readonly<Record<string, (x: T) => T>> {
  const ofProduct = (x: T): T => activation(tf.nn.biasAdd(tf.matmul(x, weights(12, 5)), weights(5)));
  const layers = {
    [`a product, a bias and ${name}`]: ofProduct,
    [`a product, a sum and ${name}`]: (x: T) => activation(tf.matmul(x, weights(12, 5)).add(weights(5))),
    [`a product and ${name}`]: (x: T) => activation(tf.matmul(x, weights(12, 5))),
    [`${name} alone`]: activation,
    [`the gradient of a product with ${name}`]: (x: T) => gradient(tf.square(ofProduct(x)), x),
  };
  if (/oftmax|sigmoid/.test(name)) return layers;
  const picture = (x: T): T => tf.reshape(x, [-1, 6, 6, 4]);
  const filtered = (x: T): T => tf.nn.conv2d(picture(x), weights(3, 3, 4, 8), [1, 1, 1, 1], 'SAME');
  const hidden = (x: T): T => activation(tf.nn.biasAdd(filtered(x), weights(8)));
  return {
    ...layers,
    [`a convolution, a bias and ${name}`]: hidden,
    [`a convolution and ${name}`]: (x) => activation(filtered(x)),
    [`a convolution, a sum and ${name}`]: (x) => activation(filtered(x).add(weights(8))),
    [`a convolution with ${name}, pooled`]: (x) => pooled('maxPool', hidden(x)),
    [`a convolution with ${name}, its means`]: (x) => pooled('avgPool', hidden(x)),
    [`the gradient of a pooled convolution with ${name}`]: (x) => gradient(pooled('maxPool', hidden(x)), x),
  };
}
const LAYERS = Object.assign({}, ...Object.entries(ACTIVATIONS).map(([name, f]) => layersOf(name, f))) as Readonly<
  Record<string, (x: T) => T>
>;
const ROWS = 60;
function pictures(rows: number): NDArray {
  const special: Readonly<Record<number, number>> = { 1: NaN, 17: -Infinity, 30: Infinity, 101: NaN, 102: NaN };
  const data = Float32Array.from({ length: rows * 12 }, (_, i) => special[i] ?? 2 * Math.sin(78.233 * (i + 1)));
  return new NDArray(tf.float32, [rows, 12], data);
}

/** Where the bits of a run are not those of the first. */
function changed(got: Outcome, first: Outcome): string | null {
  if (typeof got === 'string' || typeof first === 'string') return null;
  for (const [k, { data }] of got.entries()) {
    const i = Array.from(data as Float32Array).findIndex((v, at) => !Object.is(v, first[k].data[at]));
    if (i >= 0) return `output ${k} [${i}] is ${show(data[i])}, which was ${show(first[k].data[i])} in the first run`;
  }
  return null;
}
const show = (v: unknown): string => (Object.is(v, -0) ? '-0' : String(v));

/** What differs between the plain host and a way of running. */
function differences(
  graph: tf.Graph,
  y: readonly T[],
  feeds: readonly (readonly [T, NDArray])[],
  sums: boolean,
  way: Way,
): string[] {
  const beside = tf.sigmoid(tf.tanh(feeds[0][0]));
  const all = { fetches: [...y, beside], feeds };
  using host = new tf.Session('', { graph, config: { advice: false, ...HOST } });
  using sess = new tf.Session('', { graph, config: { advice: false, ...way.config } });
  const want = outcomeOf(host, all);
  const rounding = { sums, nearZero: false, spreads: false, zeros: /relu/i.test(y[0].op.type) };
  const found: string[] = [];
  let first: Outcome | null = null;
  for (let run = 1; run <= way.runs[way.runs.length - 1]; run++) {
    const got: Outcome = outcomeOf(sess, all);
    first ??= got;
    const what = way.runs.includes(run) ? (difference(got, want, rounding) ?? changed(got, first)) : null;
    if (what) found.push(`${way.title}, run ${run}: ${what}`);
  }
  return found;
}

/** What is fed, as a choice beside a constant: TensorFlow then knows the shape, and rewrites more. */
const known = (x: T, always: T): T => tf.where(always, x, tf.constant(SECOND));
const ALWAYS = new NDArray(tf.bool, [N], new Uint8Array(N).fill(1));

describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  test.each(Object.entries(ARITHMETIC))('%s', (_, build) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const [a, b] = [tf.placeholder(tf.float32, [N]), tf.placeholder(tf.float32, [N])];
      const feeds = [[a, FIRST] as const, [b, SECOND] as const];
      const y = build(a, b);
      expect(waysOf(device).flatMap((way) => differences(graph, [y], feeds, false, way))).toEqual([]);
    });
  });
  test('all of these beside each other, of known shapes', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const [a, b] = [tf.placeholder(tf.float32, [N]), tf.placeholder(tf.float32, [N])];
      const always = tf.placeholder(tf.bool, [N]);
      const feeds = [[a, FIRST] as const, [b, SECOND] as const, [always, ALWAYS] as const];
      const y = Object.values(OF_KNOWN_SHAPES).map((build) => build(known(a, always), known(b, always)));
      expect(waysOf(device).flatMap((way) => differences(graph, y, feeds, false, way))).toEqual([]);
    });
  });
  test.each(Object.entries(LAYERS))('%s', (_, build) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const x = tf.placeholder(tf.float32, [null, 12]);
      const y = build(x);
      for (const rows of [ROWS, 0])
        expect(waysOf(device).flatMap((way) => differences(graph, [y], [[x, pictures(rows)]], true, way))).toEqual([]);
    });
  });
});
