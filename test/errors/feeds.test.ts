/** What is fed and may not be: values, shapes, keys. */
import * as tf from '../../src';
import { LINE, caught, first, says, sess } from './says';

test('an unfed placeholder', () => {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const y = tf.reduceSum(x.mul(2));
  const error = caught(() => sess.run(y)) as tf.errors.InvalidArgumentError;
  expect(first(error)).toBe("You must feed a value for placeholder tensor 'x' with dtype float and shape [?,784]");
  expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
  expect([error.errorCode, error.op!.name, (error.nodeDef as { op: string }).op]).toEqual([3, 'x', 'Placeholder']);
  expect(error.message).toMatch(/\[\[node x \(defined at .*\.test\.ts:\d+:\d+\) \]\]/);
  expect(error.message).toContain('needed by: Sum (x -> mul -> Sum)');
  expect(error.message).toContain("fix: feed it: sess.run(fetches, {'x:0': value})");
});
test('without a shape the text ends with the dtype', () => {
  const x = tf.placeholder(tf.int64, null, { name: 'x' });
  expect(first(caught(() => sess.run(tf.identity(x))))).toBe(
    "You must feed a value for placeholder tensor 'x' with dtype int64",
  );
});
test('an older duplicate that was fed instead is named', () => {
  const old = tf.placeholder(tf.float32, [], { name: 'X' });
  const now = tf.placeholder(tf.float32, [], { name: 'X' });
  expect(caught(() => sess.run(now.add(old), [[old, 1]])).message).toContain("'X' was fed, made at");
});
test('a feed of the wrong shape', () => {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const error = caught(() => sess.run(x.mul(1), { 'x:0': [[1, 2, 3]] }));
  expect(first(error)).toBe("Cannot feed value of shape (1, 3) for Tensor 'x:0', which has shape '(?, 784)'");
  expect(error.name).toBe('ValueError');
  expect(error.message).toMatch(new RegExp(`x:0 was made at .*${LINE.source}\\n {2}fix: the fed data has 3 elements`));
  expect(first(caught(() => sess.run(x.mul(1), { 'x:0': new Float32Array(100) })))).toBe(
    "Cannot feed value of shape (100,) for Tensor 'x:0', which has shape '(?, 784)'",
  );
  expect(caught(() => sess.run(x.mul(1), { 'x:0': [new Array(28).fill(new Array(28).fill(0))] })).message).toContain(
    'its 784 elements would fill (1, 784)',
  );
});
test('feeds and fetches of another graph', () => {
  const other = new tf.Graph();
  const x = other.asDefault(() => tf.placeholder(tf.float32, [null, 784], { name: 'x' }));
  const one = tf.constant(1);
  says(
    () => sess.run(one, [[x, 1]]),
    'TypeError',
    'Cannot interpret feed_dict key as Tensor: Tensor Tensor("x:0", shape=(?, 784), dtype=float32) is not an ' +
      'element of this graph.',
    LINE,
    'fix: open the session on that graph',
  );
  says(
    () => sess.run(x),
    'ValueError',
    "Fetch argument <tf.Tensor 'x:0' shape=(?, 784) dtype=float32> cannot be interpreted as a Tensor. " +
      '(Tensor Tensor("x:0", shape=(?, 784), dtype=float32) is not an element of this graph.)',
    LINE,
    'fix: open the session on that graph',
  );
});
test('names that are no tensors of the graph', () => {
  const x = tf.placeholder(tf.float32, [null], { name: 'images' });
  says(
    () => sess.run(x.mul(1), { X: [1] }),
    'TypeError',
    "Cannot interpret feed_dict key as Tensor: The name 'X' looks like an (invalid) Operation name, not a " +
      'Tensor. Tensor names must be of the form "<op_name>:<output_index>".',
    "placeholders of this graph: 'images:0'",
    "fix: feed by the tensor's own name: {[X.name]: value}",
  );
  expect(sess.run(x.mul(1), { feedDict: { 'images:0': [1] } }).toArray()).toEqual([1]);
  says(
    () => sess.run(x.mul(1), [[1, 2]] as never),
    'TypeError',
    'Cannot interpret feed_dict key as Tensor: Can not convert a int into a Tensor.',
    'pairs as [[X, value]]',
  );
  says(
    () => sess.run(x.mul(1), { 'image:0': [1] }),
    'TypeError',
    "Cannot interpret feed_dict key as Tensor: The name 'image:0' refers to a Tensor which does not exist. The " +
      "operation, 'image', does not exist in the graph.",
    "did you mean 'images:0'?",
  );
});
test('a tensor as a feed', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  says(
    () => sess.run(x.mul(1), [[x, x as never]]),
    'TypeError',
    'The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, ' +
      'lists, numpy ndarrays, or TensorHandles. For reference, the tensor object was Tensor("x:0", shape=(), ' +
      'dtype=float32) which was passed to the feed with key Tensor("x:0", shape=(), dtype=float32).',
    'fix: run it first and feed the result',
  );
});
test('a tensor used as an object key is explained', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  expect(caught(() => sess.run(x.mul(1), { [x as never]: 1 })).message).toContain('write {[X.name]: value}');
});
test('integers that their type would wrap around', () => {
  const [x, y] = [tf.placeholder(tf.int32, [], { name: 'x' }), tf.placeholder(tf.uint8, [], { name: 'y' })];
  says(
    () => sess.run(x.mul(1), [[x, 3e9]]),
    'TypeError',
    "Type of feed value 3000000000 with type <class 'int'> is not compatible with Tensor type <class " +
      "'numpy.int32'>. Try explicitly setting the type of the feed tensor to a larger type (e.g. int64).",
    LINE,
  );
  says(
    () => sess.run(tf.identity(y), [[y, 300]]),
    'TypeError',
    "Type of feed value 300 with type <class 'int'> is not compatible with Tensor type <class 'numpy.uint8'>. " +
      'Try explicitly setting the type of the feed tensor to a larger type (e.g. int64).',
  );
});
test.each<[string, unknown, string]>([
  ['strings', ['a', 'b'], 'convert the strings'],
  ['a promise', Promise.resolve([1]), 'await it'],
  ['bytes', new ArrayBuffer(8), 'new Float32Array(buffer)'],
])('%s for numbers', (_, value, cure) => {
  const x = tf.placeholder(tf.float32, [null], { name: 'x' });
  expect(caught(() => sess.run(x.mul(1), [[x, value as never]])).message).toMatch(
    new RegExp(`it was fed for .*${LINE.source}[^]*fix: .*${cure.replace(/[()]/g, '\\$&')}`),
  );
});
