import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('constants');

const P = (t: typeof tf, shape: readonly (number | null)[] | null, dtype = 'float32', name = 'x'): tf.Tensor =>
  t.placeholder(dtype, shape, { name });

sameGraph('constants', 'constants', (t) => {
  t.constant([1, 2]);
  t.constant(
    [
      [1, 2],
      [3, 4],
    ],
    null,
    null,
    { name: 'm' },
  );
  t.constant(3, t.int32);
  t.constant([1, 2], null, [2, 3]);
  t.constant(0, { shape: [2] });
});
sameGraph('constants', 'zeros and ones', (t) => {
  t.zeros([2, 3]);
  t.ones([2], t.int32);
  t.zeros([]);
  t.zeros([2], t.string);
  t.ones([2], t.bool);
  t.zeros([1, 2], { name: 'z' });
});
sameGraph('constants', 'big zeros and ones', (t) => {
  t.zeros([100, 100]);
  t.ones([1000], t.int64, { name: 'o' });
  t.zeros([999]);
});
sameGraph('constants', 'zeros of one number', (t) => t.zeros(5));
sameGraph('constants', 'zeros of a fed shape', (t) => t.zeros(P(t, null, 'int32')));
sameGraph('constants', 'zeros of a fed vector', (t) => t.zeros(P(t, [2], 'int32')));
sameGraph('constants', 'zeros of sizes with a tensor', (t) => t.zeros([P(t, [], 'int32'), 3]));
sameGraph('constants', 'zeros of sizes with tensors behind numbers', (t) => t.zeros([2, 3, P(t, [], 'int32'), 4]));
sameGraph('constants', 'ones of sizes with a long tensor', (t) => t.ones([P(t, [], 'int64'), 3]));
sameGraph('constants', 'fill', (t) => {
  t.fill([2, 3], 9);
  t.fill(P(t, [2], 'int32'), 1, { name: 'f' });
});
sameGraph('constants', 'fill with a tensor size', (t) => t.fill([P(t, [], 'int32'), 3], 9));
sameGraph('constants', 'range to a limit', (t) => t.range(5));
sameGraph('constants', 'range in steps', (t) => {
  t.range(3, 18, 3);
  t.range(0, 10, 2, { name: 'evens' });
});
sameGraph('constants', 'range of a fed float', (t) => t.range(0, P(t, []), 1));
sameGraph('constants', 'range of fractions', (t) => t.range(3, 1, -0.5));
sameGraph('constants', 'range of a dtype', (t) => t.range(5, { dtype: t.float32 }));
sameGraph('constants', 'range to a fed long', (t) => t.range(P(t, [], 'int64')));
sameGraph('constants', 'linspace', (t) => {
  t.linspace(10, 12, 3);
  t.linspace(0, P(t, []), 4, { name: 'l' });
});
sameGraph('constants', 'gradient of fill', (t) => {
  const v = P(t, []);
  return t.gradients(t.fill([2, 3], v), v);
});
sameGraph('constants', 'gradient of a fill of unknown rank', (t) => {
  const v = P(t, []);
  return t.gradients(t.fill(P(t, null, 'int32', 'd'), v), v);
});
sameGraph('constants', 'placeholders', (t) => {
  P(t, null);
  P(t, []);
  P(t, [null, 3], 'int64', 'y');
});

test('more values than a shape takes are an error', () => {
  expect(() => tf.constant([1, 2, 3], null, [2])).toThrow(
    'Too many elements provided. Needed at most 2, but received 3',
  );
});
test('zeros of a partly known shape are an error that says what to do', () => {
  expect(() => tf.zeros(tf.placeholder(tf.float32, [null, 3]).shape)).toThrow(
    'Cannot convert a partially known TensorShape to a Tensor: (?, 3)',
  );
});
test.each<readonly [said: string, make: () => unknown]>([
  ["<dtype: 'resource'> vs. int64. Value is 1", () => tf.ones([2], tf.resource)],
  ["<dtype: 'resource'> vs. int64. Value is 0", () => tf.zeros([2], tf.resource)],
  ["<dtype: 'variant'> vs. int64. Value is 1", () => tf.onesLike([1, 2], { dtype: tf.variant })],
  ["<dtype: 'variant'> vs. float64. Value is 1.5", () => tf.constant(1.5, tf.variant)],
  ["<dtype: 'variant'> vs. float64. Value is []", () => tf.constant([], tf.variant)],
  ["<dtype: 'resource'> vs. bool.", () => tf.constant([[true]], tf.resource)],
  ["<dtype: 'resource'> vs. <U2.", () => tf.constant('ab', tf.resource)],
  ["<dtype: 'resource'> vs. float32.", () => tf.constant(new Float32Array(2), tf.resource)],
])('host data are no handles: %s', (said, make) => {
  expect(() => new tf.Graph().asDefault(make)).toThrow(`Incompatible types: ${said}`);
});
test.each([[[2]], [[[2]]]])('%j is no number of draws', (count) => {
  const draw = (): tf.Tensor => tf.multinomial([[1, 2]], count as never);
  expect(() => new tf.Graph().asDefault(draw)).toThrow(/^Shape must be rank 0 but is rank [12] for 'multinomial\//);
});
test.each([
  ['[?]', () => tf.eye(3, -1)],
  ['[?,2]', () => tf.eye(3, 2, { batchShape: [-1] })],
])('a matrix with a side below 0 is refused by the Fill of its ones: %s', (shape, make) => {
  const said = "Fill dimensions must be >= 0 for 'eye/ones' (op: 'Fill') with input shapes: ";
  expect(() => new tf.Graph().asDefault(make)).toThrow(said);
  expect(() => new tf.Graph().asDefault(make)).toThrow(`computed as partial shapes: input[0] = ${shape}.`);
});
test('a fetched constant is a copy', () => {
  const sess = new tf.Session();
  const c = tf.constant([1, 2]);
  (sess.run(c) as tf.NDArray).data[0] = 9;
  expect(Array.from((sess.run(c) as tf.NDArray).data as Float32Array)).toEqual([1, 2]);
});
