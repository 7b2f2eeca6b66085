/** Sizes that no machine has memory for, and outputs beyond count, are refused before anything is taken. */
import * as tf from '../../src';
import { isForeign } from '../fuzz/foreign';

const MOST = 2 ** 31 - 1;
function errorOf(build: () => unknown, device = 'portable'): Error {
  const graph = new tf.Graph();
  try {
    graph.asDefault(() => {
      const made = build();
      if (!Array.isArray(made)) return;
      const [fetch, feeds] = made as [tf.Tensor, [tf.Tensor, never][]];
      new tf.Session('', { graph, config: { device, advice: false } }).run(fetch, feeds);
    });
  } catch (error) {
    expect({ error, foreign: isForeign(error) }).toEqual({ error, foreign: false });
    return error as Error;
  }
  throw new Error('It was taken.');
}
/** An op of a fed operand. */
const fed = (dtype: tf.DType, shape: number[], value: unknown, op: (x: tf.Tensor) => tf.Tensor) => () => {
  const x = tf.placeholder(dtype, shape);
  return [op(x), [[x, value]]];
};
const OOM = 'OOM when allocating tensor with shape';
const OVER = 'would have more than 2**63 - 1 elements';
const side = (x: tf.Tensor): tf.Tensor => tf.fill(x, 1);

test.each<[string, () => unknown, string, string]>([
  [
    'fill',
    fed(tf.int32, [2], [2 ** 20, 2 ** 20], side),
    'ResourceExhaustedError',
    `${OOM}[1048576,1048576] and type float`,
  ],
  [
    'fill of three',
    fed(tf.int32, [3], [MOST, MOST, MOST], side),
    'InvalidArgumentError',
    `Shape [${MOST},${MOST},${MOST}] ${OVER}`,
  ],
  [
    'fill of strings',
    fed(tf.int32, [1], [2 ** 30], (x) => tf.fill(x, 'a')),
    'ResourceExhaustedError',
    `${OOM}[1073741824] and type string`,
  ],
  [
    'digits of a text',
    fed(tf.float32, [1], [2], (x) => tf.asString(x, { precision: MOST })),
    'ResourceExhaustedError',
    `${OOM}[1,${MOST}] and type string`,
  ],
  ['fill of 2^40', fed(tf.int64, [1], [2 ** 40], side), 'ResourceExhaustedError', `${OOM}[1099511627776]`],
  ['zeros of 2^40', () => [tf.zeros([2 ** 40]), []], 'ResourceExhaustedError', `${OOM}[1099511627776] and type float`],
  [
    'tile',
    fed(tf.int32, [2], [MOST, MOST], (x) => tf.tile([[1, 2]], x)),
    'ResourceExhaustedError',
    `${OOM}[${MOST},4294967294]`,
  ],
  [
    'broadcastTo',
    fed(tf.int32, [3], [MOST, MOST, MOST], (x) => tf.broadcastTo([[[1]]], x)),
    'InvalidArgumentError',
    OVER,
  ],
  [
    'pad',
    fed(
      tf.int32,
      [2, 2],
      [
        [MOST, MOST],
        [MOST, MOST],
      ],
      (x) => tf.pad([[1]], x as never),
    ),
    'InvalidArgumentError',
    OVER,
  ],
  [
    'oneHot',
    fed(tf.int32, [], MOST, (x) => tf.oneHot(tf.zeros([1000], tf.int32), x as never)),
    'ResourceExhaustedError',
    `${OOM}[1000,${MOST}]`,
  ],
  [
    'range',
    fed(tf.int64, [], 2 ** 50, (x) => tf.range(x)),
    'ResourceExhaustedError',
    `${OOM}[1125899906842624] and type int64`,
  ],
  [
    'randomUniform',
    fed(tf.int32, [2], [2 ** 20, 2 ** 20], (x) => tf.randomUniform(x)),
    'ResourceExhaustedError',
    `${OOM}[1048576,1048576]`,
  ],
  [
    'unsortedSegmentSum',
    fed(tf.int32, [], MOST, (x) => tf.unsortedSegmentSum([[1, 2, 3, 4]], [0], x)),
    'ResourceExhaustedError',
    `${OOM}[${MOST},4]`,
  ],
  [
    'an outer product',
    fed(tf.float32, [2 ** 20, 1], new Float32Array(2 ** 20), (x) => x.mul(tf.transpose(x))),
    'ResourceExhaustedError',
    OOM,
  ],
])('%s is refused before memory is taken', (_, build, name, words) => {
  const error = errorOf(build);
  expect([error.name, error.message]).toEqual([name, expect.stringContaining(words)]);
  // With the node and its line.
  if (error.name !== 'ValueError') expect(error.message).toMatch(/\[\[node [\w/]+ \(defined at .*sizes\.test\.ts/);
});

test('sizes beyond 32 bits are kept where TensorFlow keeps them, and refused where they would wrap', () => {
  new tf.Graph().asDefault(() => {
    expect(tf.zeros([2 ** 40]).shape.dims).toEqual([2 ** 40]);
    expect(tf.ones([2 ** 31, 2]).shape.dims).toEqual([2 ** 31, 2]);
    expect(() => tf.fill([2 ** 40], 1)).toThrow('out of bounds for int32');
    expect(() => tf.reshape([1, 2], [2 ** 32])).toThrow('out of bounds for int32');
  });
});

test.each<[string, () => unknown]>([
  ['unstack', () => tf.unstack(tf.placeholder(tf.float32), { num: MOST })],
  ['unstack of a known dimension', () => tf.unstack(tf.placeholder(tf.float32, [MOST]))],
  ['split', () => tf.split(tf.placeholder(tf.float32), MOST)],
  ['split of nothing', () => tf.split(tf.placeholder(tf.float32, [0]), MOST)],
  ['dynamicPartition', () => tf.dynamicPartition([1, 2], [0, 1], MOST)],
  ['dynamicPartition into more than 32 bits number', () => tf.dynamicPartition([1, 2], [0, 1], 1e12)],
])('%s into more outputs than there can be is refused before they are made', (_, build) => {
  expect(errorOf(build).message).toContain('outputs: a node has 1048576 at most.');
});

test('decimals behind the last of a float are zeros, however many are asked for', () => {
  const text = String(new tf.Session().run(tf.asString(tf.constant(5e-324, tf.float64), { precision: 100_000 })));
  expect([text.length, text.indexOf('4'), text.slice(1070).replace(/0+$/, '').length]).toEqual([100_002, 325, 6]);
});
