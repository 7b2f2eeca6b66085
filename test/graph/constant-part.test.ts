/** What only constants go into is computed for static shapes, as TensorFlow 1.15's shape functions do. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { processorTime } from '../devices';

const ints = (...values: number[]): tf.Tensor => tf.constant(values, tf.int32);
const int = (x: tf.Tensor): tf.Tensor => tf.cast(x, tf.int32);
const pixels = (): tf.Tensor => tf.placeholder(tf.float32, [null, 3]);

/** Shapes that TensorFlow 1.15.5 says. */
test.each<[string, () => tf.Tensor, (number | null)[]]>([
  ['tile by a running sum', () => tf.tile(pixels(), tf.cumsum(ints(1, 2))), [null, 9]],
  ['reshape by a reversed vector', () => tf.reshape(pixels(), tf.reverse(ints(3, 4), [0])), [4, 3]],
  ['one-hot as deep as a place', () => tf.oneHot(ints(1, 2), int(tf.argmax([1, 5, 2], 0))), [2, 1]],
  ['a packed sum of floats', () => tf.reshape(pixels(), tf.stack([int(tf.reduceSum([1.5, 2.5])), -1])), [4, null]],
  ['an axis by its place', () => tf.reduceSum(pixels(), int(tf.where([false, true])).get(0)), [null]],
  ['fill by a power', () => tf.fill(tf.pow(ints(2, 3), ints(2, 2)), 1), [4, 9]],
  ['what is fed is not known', () => tf.reshape(pixels(), tf.mod(tf.placeholder(tf.int32, [2]), 2)), [null, null]],
  [
    'what is fed by default is not known either',
    () => tf.reshape(pixels(), tf.mod(tf.placeholderWithDefault(ints(3, 2), [2]), 5)),
    [null, null],
  ],
  [
    'what is handed on, each output of it',
    () => {
      const sums = tf.segmentMean(tf.identityN([tf.constant([9]), tf.constant([1, 2, 3])])[1], ints(0, 0, 3));
      return tf.reshape(sums, tf.stack([tf.shape(sums).get(0), -1]));
    },
    [4, null],
  ],
  ['the shape of what has no rank', () => tf.fill(tf.shape(tf.squeeze(tf.segmentMax([1, 2], ints(0, 3)))), 1), [4]],
  [
    'the first gradient of what has none',
    () => {
      const x = tf.constant([1.5, 2, 3]);
      tf.gradients(tf.squeeze(tf.segmentMax(x, ints(0, 0, 3))), [x]);
      return x.graph.getTensorByName('gradients/Fill:0');
    },
    [4],
  ],
  ['nor what is drawn', () => tf.fill(int(tf.abs(tf.randomUniform([2]))), 1), [null, null]],
  ['the shape of what is known in part', () => tf.fill(tf.reverse(tf.shape(pixels()), [0]), 1), [null, null]],
  [
    'the shape of what is known',
    () => tf.fill(tf.reverse(tf.shape(tf.placeholder(tf.float32, [2, 5])), [0]), 1),
    [5, 2],
  ],
  // As TensorFlow does not look behind the shape of what it computes.
  ['the shape of distinct elements', () => tf.fill(tf.shape(tf.unique(ints(-1, -1)).y), 1), [null]],
])('%s', (_, build, dims) => {
  expect(new tf.Graph().asDefault(() => build().shape.dims)).toEqual(dims);
});

/** TensorFlow 1.15.5 builds each of them: of a vector behind these ops it knows the rank alone. */
test.each<[string, (sizes: tf.Tensor) => tf.Tensor]>([
  ['cast', (sizes) => int(sizes)],
  ['identity', (sizes) => tf.identity(sizes)],
  ['stopGradient', (sizes) => tf.stopGradient(sizes)],
])('a size beside a fed one is not known behind %s', (_, behind) => {
  new tf.Graph().asDefault(() => {
    const sizes = behind(tf.stack([tf.placeholder(tf.int64, []), tf.constant(4, tf.int64)]));
    expect(tf.reshape(tf.zeros([6]), sizes).shape.dims).toEqual([null, null]);
    expect(tf.broadcastTo(tf.zeros([3]), sizes).shape.dims).toEqual([null, 3]);
  });
});

const op = (type: string, inputs: (tf.Tensor | tf.Tensor[])[], attrs = {}): readonly tf.Tensor[] =>
  applyOp(type, inputs, attrs).outputs;
const sizes = (...values: number[]): tf.Tensor => tf.stack(values.map((v) => tf.constant(v, tf.int32)));
const six = (): tf.Tensor => tf.placeholder(tf.float32, [6]);
const enter = (x: tf.Tensor, is_constant: boolean): tf.Tensor =>
  op('Enter', [x], { frame_name: 'loop', is_constant })[0];
/** Each as TensorFlow 1.15.5 has it: a shape, or the start of an error. */
test.each<[string, () => tf.Tensor, (number | null)[] | string]>([
  ['a size below -1 that is stacked', () => tf.reshape(six(), sizes(-2, 3)), [2, 3]],
  ['one in what is joined', () => tf.reshape(six(), tf.concat([sizes(2), sizes(-5)], 0)), [2, 3]],
  ['one in a part of what is stacked', () => tf.reshape(six(), tf.stridedSlice(sizes(9, -2, 3), [1], [3])), [2, 3]],
  ['one that is random', () => tf.randomUniform(sizes(-2, 3)), [null, 3]],
  ['one that is a constant', () => tf.reshape(six(), ints(-2, 3)), 'Invalid value in tensor used for shape: -2'],
  ['one behind another node', () => tf.reshape(six(), tf.identity(sizes(-2, 3))), 'Invalid value in tensor used'],
  [
    'one that is cut off',
    () => tf.reshape(six(), tf.stridedSlice(ints(-5, 2, 3), [1], [3])),
    'Invalid value in tensor',
  ],
  ['one to fill', () => tf.fill(sizes(-2, 3), 1), 'Fill dimensions must be >= 0'],
  ['what comes into a loop', () => tf.fill(enter(ints(2, 3), true), 1), [2, 3]],
  ['what changes there', () => tf.fill(enter(ints(2, 3), false), 1), [2, 3]],
  ['the way that is taken', () => tf.fill(op('Switch', [ints(2, 3), tf.constant(true)])[1], 1), [2, 3]],
  ['the way that is not', () => tf.fill(op('Switch', [ints(2, 3), tf.constant(true)])[0], 1), [null, null]],
  ['a way that is fed', () => tf.fill(op('Switch', [ints(2, 3), tf.placeholder(tf.bool, [])])[1], 1), [null, null]],
  [
    'rows beyond the largest integer',
    () => op('DynamicStitch', [[ints(2 ** 31 - 1, 0)], [tf.ones([2, 2])]])[0],
    'Dimension -2147483648 must be >= 0',
  ],
])('%s', (_, build, says) => {
  new tf.Graph().asDefault(() => {
    if (typeof says === 'string') expect(build).toThrow(says);
    else expect(build().shape.dims).toEqual(says);
  });
});
test('a size below -1 that no shape function refused is refused in each run', () => {
  new tf.Graph().asDefault(() => {
    using sess = new tf.Session('', { config: { advice: false } });
    const y = tf.reshape(tf.zeros([2, 3]), sizes(-2, 3));
    for (let run = 0; run < 4; run++) expect(() => sess.run(y)).toThrow('Size 0 must be non-negative, not -2');
  });
});
test('what would fail is no error while the graph is built', () => {
  new tf.Graph().asDefault(() => {
    const dims = tf.gather(ints(3, 4), tf.mod(ints(7, 9), ints(10, 10)));
    const y = tf.fill(tf.reverse(dims, [0]), 1);
    expect(y.shape.dims).toEqual([null, null]);
    const sess = new tf.Session('', { config: { device: 'portable', advice: false } });
    expect(() => sess.run(y)).toThrow('indices[0] = 7 is not in [0, 2)');
    sess.close();
  });
});

test('what takes long is left to the run', () => {
  new tf.Graph().asDefault(() => {
    let x: tf.Tensor = tf.ones([1000, 1000]);
    const begin = processorTime();
    for (let i = 0; i < 100; i++) x = tf.matmul(x, x);
    expect(tf.fill(int(tf.reshape(x, [-1])).get([0, 2]), 1).shape.dims).toEqual([null, null]);
    let deep: tf.Tensor = ints(1, 2);
    for (let i = 0; i < 20_000; i++) deep = tf.abs(deep);
    expect(tf.fill(deep, 1).shape.rank).toBe(2);
    expect(processorTime() - begin).toBeLessThan(20_000);
  });
});
test('the public value of a tensor is that of Python, by rules alone', () => {
  new tf.Graph().asDefault(() => expect(tf.getStaticValue(tf.cumsum(ints(1, 2)))).toBeNull());
});
