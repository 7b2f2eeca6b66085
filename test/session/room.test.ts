/**
 * Results that are larger than what they are made of: their size is asked for before memory is taken, by the host, by
 * each device in a step of its own, and where a device runs a part of the graph as one.
 */
import { readdirSync } from 'node:fs';
import * as tf from '../../src';
import { sizeOf } from '../../src/base/shape';
import { definitionOf, rowOf } from '../../src/graph/opdef';
import type { SessionConfig } from '../../src/session/config';
import { FIXTURES, type JsonArray, fixture } from '../recorded';
import { devices, processorTime } from '../devices';

const MANY = 65536;
const MOST = 2 ** 31 - 1;
type Fed = readonly [tf.Tensor, unknown];
interface Case {
  readonly type: string;
  /** The result and what is fed; `shape` is what a program knows of a shape. */
  readonly build: (shape: (dims: number[]) => number[] | null) => readonly [tf.Tensor, readonly Fed[]];
  /** The shape asked for, and its type. */
  readonly said: string;
}
const zeros = (...shape: number[]): tf.NDArray => new tf.NDArray(tf.float32, shape, new Float32Array(sizeOf(shape)));
/** An op of one fed operand. */
const of = (
  type: string,
  value: tf.NDArray | number | readonly unknown[],
  dims: number[],
  op: (x: tf.Tensor) => tf.Tensor,
  said: string,
): Case => ({
  type,
  build(shape) {
    const x = tf.placeholder(value instanceof tf.NDArray ? value.dtype : tf.int32, shape(dims));
    return [op(x), [[x, value]]];
  },
  said,
});
/** An op of two fed floats. */
const two = (
  type: string,
  a: number[],
  b: number[],
  op: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor,
  said: string,
): Case => ({
  type,
  build(shape) {
    const [x, y] = [tf.placeholder(tf.float32, shape(a)), tf.placeholder(tf.float32, shape(b))];
    return [
      op(x, y),
      [
        [x, zeros(...a)],
        [y, zeros(...b)],
      ],
    ];
  },
  said,
});
const square = `[${MANY},${MANY}]`;
const indices = new tf.NDArray(tf.int32, [MANY], new Int32Array(MANY));
/** More of them than a size is read from. */
const MANY_IDS = new tf.NDArray(tf.int32, [70_000], new Int32Array(70_000).fill(MOST - 1, -1));
const CASES: readonly Case[] = [
  two('MatMul', [MANY, 1], [1, MANY], (a, b) => tf.matmul(a, b), `${square} and type float`),
  // Nothing is multiplied, and there is a result all the same.
  two('MatMul', [MANY, 0], [0, MANY], (a, b) => tf.matmul(a, b), `${square} and type float`),
  two('BatchMatMulV2', [2, MANY, 1], [1, MANY], (a, b) => tf.matmul(a, b), `[2,${MANY},${MANY}] and type float`),
  two('Add', [MANY, 1], [MANY], (a, b) => tf.add(a, b), `${square} and type float`),
  two('Equal', [2 * MANY, 1], [2 * MANY], (a, b) => tf.equal(a, b), `[${2 * MANY},${2 * MANY}] and type bool`),
  two('SelectV2', [MANY, 1], [MANY], (a, b) => tf.whereV2(tf.constant(true), a, b), `${square} and type float`),
  of('Diag', zeros(MANY), [MANY], (x) => tf.diag(x), `${square} and type float`),
  of('MatrixDiag', zeros(MANY), [MANY], (x) => tf.matrixDiag(x), `${square} and type float`),
  of('Fill', [MANY, MANY], [2], (x) => tf.fill(x, 1), `${square} and type float`),
  of('Tile', [2 ** 30], [1], (x) => tf.tile([1, 2], x), '[2147483648] and type float'),
  of('Pad', [[2 ** 30, 2 ** 30]], [1, 2], (x) => tf.pad([1, 2], x), '[2147483650] and type float'),
  of('OneHot', MOST, [], (x) => tf.oneHot([1, 2], x), `[2,${MOST}] and type float`),
  of('Range', MOST, [], (x) => tf.range(0, x), `[${MOST}] and type int32`),
  of('LinSpace', MOST, [], (x) => tf.linspace(0, 1, x), `[${MOST}] and type float`),
  of('BroadcastTo', [MANY, MANY], [2], (x) => tf.broadcastTo(tf.constant([1]), x), `${square} and type float`),
  of('ScatterNd', [MANY, MANY], [2], (x) => tf.scatterNd([[0]], tf.zeros([1, MANY]), x), `${square} and type float`),
  of(
    'UnsortedSegmentSum',
    MOST,
    [],
    (x) => tf.unsortedSegmentSum(tf.zeros([2, 2]), [0, 1], x),
    `[${MOST},2] and type float`,
  ),
  of('SegmentSum', [0, MOST - 1], [2], (x) => tf.segmentSum(tf.zeros([2, 2]), x), `[${MOST},2] and type float`),
  of(
    'DynamicStitch',
    [0, MOST - 1],
    [2],
    (x) => tf.dynamicStitch([x], [tf.zeros([2, 2])]),
    `[${MOST},2] and type float`,
  ),
  of('SegmentMean', MANY_IDS, [70_000], (x) => tf.segmentMean(tf.zeros([70_000, 2]), x), `[${MOST},2] and type float`),
  of(
    'DynamicStitch',
    MANY_IDS,
    [70_000],
    (x) => tf.dynamicStitch([x], [tf.zeros([70_000, 2])]),
    `[${MOST},2] and type float`,
  ),
  of('Bincount', [0, MOST - 1], [2], (x) => tf.bincount(x), `[${MOST}] and type int32`),
  of('GatherV2', indices, [MANY], (x) => tf.gather(tf.zeros([2, MANY]), x), `${square} and type float`),
  of('Pack', zeros(2 ** 20), [2 ** 20], (x) => tf.stack(new Array(2000).fill(x)), '[2000,1048576] and type float'),
  of(
    'ConcatV2',
    zeros(2 ** 20),
    [2 ** 20],
    (x) => tf.concat(new Array(2000).fill(x), 0),
    '[2097152000] and type float',
  ),
  of('Sum', zeros(0, MOST), [0, MOST], (x) => tf.reduceSum(x, 0), `[${MOST}] and type float`),
  of('RandomUniform', [MANY, MANY], [2], (x) => tf.randomUniform(x), `${square} and type float`),
  of('RandomGamma', [MANY, MANY], [2], (x) => tf.random.gamma(x, 2), `${square} and type float`),
  of('RandomPoissonV2', [MANY, MANY], [2], (x) => tf.random.poisson(2, x), `${square} and type float`),
  of(
    'StatelessRandomNormal',
    [MANY, MANY],
    [2],
    (x) => tf.random.statelessNormal(x, [1, 2]),
    `${square} and type float`,
  ),
  of(
    'StatelessMultinomial',
    MOST,
    [],
    (x) => tf.random.statelessMultinomial([[1, 2]], x, [1, 2]),
    `[1,${MOST}] and type int64`,
  ),
];
const CONFIGS: readonly (readonly [string, SessionConfig])[] = [
  ['on the host', { device: 'portable', placement: 'host' }],
  ...[...new Set(devices().map(({ device }) => device))].flatMap((device): [string, SessionConfig][] => [
    [`on ${device}`, { device, placement: 'device' }],
    [`in a part of ${device}`, { device, graphOptions: { wholeGraph: true } }],
  ]),
];

test.each(CONFIGS)('what no memory holds is refused at once %s', (_, config) => {
  for (const isKnown of [true, false])
    for (const { type, build, said } of CASES) {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        const [y, feeds] = build((dims) => (isKnown ? dims : null));
        const sess = new tf.Session('', { graph, config: { advice: false, ...config } });
        const fetch = tf.identity(tf.identity(y));
        const begin = processorTime();
        for (let k = 0; k < 3; k++) {
          let error: unknown = null;
          try {
            sess.run([fetch], feeds as never);
          } catch (thrown) {
            error = thrown;
          }
          expect([type, (error as Error | null)?.name]).toEqual([type, 'ResourceExhaustedError']);
          expect((error as Error).message).toContain(`OOM when allocating tensor with shape${said}`);
        }
        // TensorFlow tries for ten seconds each time.
        expect(processorTime() - begin).toBeLessThan(20_000);
        sess.close();
      });
    }
});

test('an op whose results are larger than its inputs says so in its row', () => {
  // As many bytes; a number or text of it all; as many as dimensions; on the host alone.
  const others = new Set(
    (
      'Bitcast StringFormat SerializeTensor L2Loss Shape ShapeN Where MatrixDeterminant LogMatrixDeterminant ' +
      'ParseExample ParseExampleV2 ParseSingleExample ParseTensor DecodeRaw DecodePaddedRaw StringSplit StringSplitV2'
    ).split(' '),
  );
  const silent = new Set<string>();
  const sizes = (all: readonly (JsonArray | readonly JsonArray[] | null)[]): number[] =>
    all.flat().map((j) => sizeOf(j?.shape ?? [0]));
  for (const file of readdirSync(FIXTURES).filter((name) => name.endsWith('.json')))
    for (const { op, inputs, outputs } of fixture(file.slice(0, -5)).rows) {
      if (!inputs.length || !outputs?.length || others.has(op)) continue;
      const least = sizes(inputs).reduce((a, b) => a + b, 0);
      if (Math.max(...sizes(outputs)) > least && !rowOf(definitionOf(op)).grows) silent.add(op);
    }
  expect([...silent]).toEqual([]);
});
