/**
 * Ops to which TensorFlow gives another kernel in a graph (oneDNN's) than step by step: alone and with their gradients,
 * which look for the pool before them, each gives the same bits in every run, of NaN, zeros of both signs and numbers
 * below the least normal one too. Some of them have no row here, and run on the native device alone.
 */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import type { AttrValue } from '../../src/graph/opdef';
import * as differences from '../../src/kernels/native/differences';
import { testOn } from '../devices';
import { LAST_RUN } from '../long';
import { neighbour } from './law';
import { random } from './operands';

type T = tf.Tensor;
const VALUES = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 1e30, 1e-40, -1e-40, 3e-40, 1e-45, 0.5, -3];
const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
/** Fed numbers, drawn from the special ones; those of a gradient are all different. */
type Feed = (shape: readonly number[], isGradient?: boolean) => T;
const op = (type: string, inputs: T[], attrs: Record<string, AttrValue> = {}): T =>
  applyOp(type, inputs, attrs).outputs[0];

/** A pool over windows of two, and its gradient. */
const pooled =
  (pool: string, gradient: string, sides: number) =>
  (feed: Feed, n: number): T[] => {
    const of = (side: number): number[] => [2, ...new Array<number>(sides).fill(side), 3];
    const ksize = [1, ...new Array<number>(sides).fill(2), 1];
    const attrs = { ksize, strides: ksize, padding: 'SAME' };
    const x = feed(of(2 * n));
    const y = op(pool, [x], attrs);
    return [y, op(gradient, [x, y, feed(of(n), true)], attrs)];
  };
const PROGRAMS: Readonly<Record<string, (feed: Feed, n: number) => T[]>> = {
  'MaxPool and its gradient': pooled('MaxPool', 'MaxPoolGrad', 2),
  'MaxPool3D and its gradient': pooled('MaxPool3D', 'MaxPool3DGrad', 3),
  AvgPool3D: (feed, n) => {
    const attrs = { ksize: [1, 2, 2, 2, 1], strides: [1, 2, 2, 2, 1], padding: 'SAME' };
    return [op('AvgPool3D', [feed([1, n, n, n, 3])], attrs)];
  },
  Conv3D: (feed, n) => [
    op('Conv3D', [feed([1, n, n, n, 2]), feed([2, 2, 2, 2, 3], true)], { strides: [1, 1, 1, 1, 1], padding: 'SAME' }),
  ],
  DepthwiseConv2dNative: (feed, n) => [
    op('DepthwiseConv2dNative', [feed([1, n, n, 3]), feed([3, 3, 3, 2], true)], {
      strides: [1, 1, 1, 1],
      padding: 'SAME',
    }),
  ],
  FusedBatchNormV3: (feed, n) => {
    const [x, one] = [feed([2, n, n, 3]), feed([3], true)];
    const none = tf.constant(new NDArray(tf.float32, [0], new Float32Array(0)));
    return [op('FusedBatchNormV3', [x, one, one, none, none], { is_training: true })];
  },
  LRN: (feed, n) => [op('LRN', [feed([1, n, n, 8])], { depth_radius: 2 })],
  Concat: (feed, n) => [tf.concat([feed([n, n, 3]), feed([n, n, 2])], 2)],
  Slice: (feed, n) => [tf.slice(feed([n, n, 3]), [1, 0, 1], [n - 2, n, 2])],
  Transpose: (feed, n) => [tf.transpose(feed([n, n, 3]), [2, 0, 1])],
};

/** The outputs whose bits change from one run to another, with the run. */
function changes(build: (feed: Feed, n: number) => T[], n: number): string[] {
  const feeds: [T, NDArray][] = [];
  const draw = random(n);
  const feed: Feed = (shape, isGradient = false) => {
    const element = (_: unknown, i: number): number =>
      isGradient ? i + 1 : VALUES[Math.floor(draw() * VALUES.length)];
    const x = tf.placeholder(tf.float32, shape);
    feeds.push([x, new NDArray(tf.float32, shape, Float32Array.from({ length: size(shape) }, element))]);
    return x;
  };
  const graph = new tf.Graph();
  const outputs = graph.asDefault(() => build(feed, n));
  const other = graph.asDefault(neighbour);
  using sess = new tf.Session('', {
    graph,
    config: { advice: false, device: 'native', graphOptions: { wholeGraph: true } },
  });
  const fed = [...feeds, ...other.feeds];
  const found: string[] = [];
  let first: (readonly number[])[] | null = null;
  for (let run = 1; run <= LAST_RUN; run++) {
    const got = (sess.run([...outputs, ...other.fetches], fed) as unknown as NDArray[])
      .slice(0, outputs.length)
      .map(({ data }) => Array.from(data as Float32Array));
    first ??= got;
    got.forEach((y, k) => {
      const at = y.findIndex((v, i) => !Object.is(v, first![k][i]));
      if (at >= 0) found.push(`output ${k} in run ${run}: [${at}] is ${y[at]}, not ${first![k][at]}`);
    });
  }
  return found;
}

for (const [title, build] of Object.entries(PROGRAMS))
  testOn('native', `${title} gives the same bits in every run`, () => {
    expect(changes(build, 12)).toEqual([]);
  });

afterEach(() => jest.restoreAllMocks());
for (const line of differences.DIFFERENCES.filter(({ says }) => /^(is|behind its pool is) oneDNN's/.test(says)))
  testOn('native', `${line.types}: ${line.says}`, () => {
    const { differencesOf } = differences;
    jest
      .spyOn(differences, 'differencesOf')
      .mockImplementation((...asked) => differencesOf(...asked).filter((l) => l !== line));
    const { 'MaxPool and its gradient': flat, 'MaxPool3D and its gradient': deep } = PROGRAMS;
    expect([flat, deep].flatMap((build) => changes(build, 12))).not.toEqual([]);
  });
