/** The errors that sessions raise: TensorFlow's first line, byte for byte, then the line of the script and the cure. */
import * as tf from '../../src';
import { devices, open } from '../sweep';

let graph: tf.Graph;
let sess: tf.Session;
beforeEach(() => { tf.resetDefaultGraph(); graph = tf.getDefaultGraph(); sess = open(graph, devices()[0]); });

function caught(body: () => unknown): Error {
  try { body(); } catch (error) { return error as Error; }
  throw new Error('nothing was thrown');
}
const first = (error: Error): string => error.message.split('\n')[0];

test('1: an unfed placeholder', () => {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const y = tf.reduceSum(x.mul(2));
  const error = caught(() => sess.run(y)) as tf.errors.InvalidArgumentError;
  expect(first(error)).toBe("You must feed a value for placeholder tensor 'x' with dtype float and shape [?,784]");
  expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
  expect([error.errorCode, error.op!.name, (error.nodeDef as { op: string }).op]).toEqual([3, 'x', 'Placeholder']);
  expect(error.message).toMatch(/\[\[node x \(defined at .*errors\.test\.ts:\d+:\d+\) \]\]/);
  expect(error.message).toContain('needed by: Sum (x -> mul -> Sum)');
  expect(error.message).toContain("fix: feed it: sess.run(fetches, {'x:0': value})");
});
test('1: without a shape the text ends with the dtype', () => {
  const x = tf.placeholder(tf.int64, null, { name: 'x' });
  expect(first(caught(() => sess.run(tf.identity(x))))).toBe("You must feed a value for placeholder tensor 'x' with dtype int64");
});
test('1: an older duplicate that was fed instead is named', () => {
  const old = tf.placeholder(tf.float32, [], { name: 'X' });
  const now = tf.placeholder(tf.float32, [], { name: 'X' });
  expect(caught(() => sess.run(now.add(old), [[old, 1]])).message).toContain("'X' was fed, made at");
});
test('2: a feed of the wrong shape', () => {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const error = caught(() => sess.run(x.mul(1), { 'x:0': [[1, 2, 3]] }));
  expect(first(error)).toBe("Cannot feed value of shape (1, 3) for Tensor 'x:0', which has shape '(?, 784)'");
  expect(error.name).toBe('ValueError');
  expect(first(caught(() => sess.run(x.mul(1), { 'x:0': new Float32Array(100) })))).toBe("Cannot feed value of shape (100,) for Tensor 'x:0', which has shape '(?, 784)'");
  expect(caught(() => sess.run(x.mul(1), { 'x:0': [new Array(28).fill(new Array(28).fill(0))] })).message).toContain('its 784 elements would fill (1, 784)');
});
test('3: all uninitialized variables, and that the initializer came too early', () => {
  const w = new tf.Variable(1, { name: 'W' });
  const init = tf.globalVariablesInitializer();
  const b = new tf.Variable(1, { name: 'b' });
  const y = w.add(b);
  const error = caught(() => sess.run(y));
  expect(first(error)).toBe('Attempting to use uninitialized value W');
  expect(error).toBeInstanceOf(tf.errors.FailedPreconditionError);
  expect(error.message).toMatch(/uninitialized: W \(made at .*\), b \(made at /);
  sess.run(init);
  const second = caught(() => sess.run(y));
  expect(first(second)).toBe('Attempting to use uninitialized value b');
  expect(second.message).toContain('before this variable was made');
});
test('5, 6: feeds and fetches of another graph', () => {
  const other = new tf.Graph();
  const x = other.asDefault(() => tf.placeholder(tf.float32, [null, 784], { name: 'x' }));
  const one = tf.constant(1);
  expect(first(caught(() => sess.run(one, [[x, 1]])))).toBe('Cannot interpret feed_dict key as Tensor: Tensor Tensor("x:0", shape=(?, 784), dtype=float32) is not an element of this graph.');
  const error = caught(() => sess.run(x));
  expect(first(error)).toBe("Fetch argument <tf.Tensor 'x:0' shape=(?, 784) dtype=float32> cannot be interpreted as a Tensor. (Tensor Tensor(\"x:0\", shape=(?, 784), dtype=float32) is not an element of this graph.)");
  expect(error.name).toBe('ValueError');
});
test('7: unknown names', () => {
  tf.constant(1, tf.float32, null, { name: 'cost' });
  const error = caught(() => sess.run('nope:0'));
  expect(first(error)).toBe("Fetch argument 'nope:0' cannot be interpreted as a Tensor. (\"The name 'nope:0' refers to a Tensor which does not exist. The operation, 'nope', does not exist in the graph.\")");
  expect(first(caught(() => sess.run('cost:3')))).toContain("The operation, 'cost', exists but only has 1 outputs.");
  expect(first(caught(() => sess.run('a')))).toContain("The name 'a' refers to an Operation not in the graph.");
  expect(caught(() => sess.run('Cst:0')).message).toContain("did you mean 'cost:0'?");
});
test('8: a fetch that is null or a number', () => {
  tf.constant(1);
  const none = caught(() => sess.run(null as never));
  expect(first(none)).toBe("Fetch argument None has invalid type <class 'NoneType'>");
  expect(none).toBeInstanceOf(TypeError);
  expect(first(caught(() => sess.run(3.5 as never)))).toBe("Fetch argument 3.5 has invalid type <class 'float'>, must be a string or Tensor. (Can not convert a float into a Tensor or Operation.)");
});
test('9: a tensor as a feed', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  expect(first(caught(() => sess.run(x.mul(1), [[x, x as never]])))).toBe('The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, lists, numpy ndarrays, or TensorHandles. For reference, the tensor object was Tensor("x:0", shape=(), dtype=float32) which was passed to the feed with key Tensor("x:0", shape=(), dtype=float32).');
});
test('a tensor used as an object key is explained', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  expect(caught(() => sess.run(x.mul(1), { [x as never]: 1 })).message).toContain('write {[X.name]: value}');
});
test('12: static shapes that do not fit, with both operands and their lines', () => {
  const x = tf.placeholder(tf.float32, [null, 784]);
  const w = tf.zeros([100, 10]);
  const error = caught(() => tf.matmul(x, w));
  expect(first(error)).toBe("Dimensions must be equal, but are 784 and 100 for 'MatMul' (op: 'MatMul') with input shapes: [?,784], [100,10].");
  expect(error.message).toMatch(/a: Placeholder:0 \[\?,784\], made at .*errors\.test\.ts:\d+/);
  expect(error.message).toMatch(/b: zeros:0 \[100,10\], made at .*errors\.test\.ts:\d+/);
});
test('14: dtypes that differ', () => {
  const x = tf.constant(1, tf.int32);
  const y = tf.constant(1);
  expect(first(caught(() => x.add(y)))).toBe("Input 'y' of 'AddV2' Op has type float32 that does not match type int32 of argument 'x'.");
  const error = caught(() => tf.add(x, y));
  expect(first(error)).toBe("Input 'y' of 'Add' Op has type float32 that does not match type int32 of argument 'x'.");
  expect(error).toBeInstanceOf(TypeError);
});
test('15: two graphs in one op', () => {
  const a = new tf.Graph().asDefault(() => tf.constant(1));
  const b = new tf.Graph().asDefault(() => { tf.constant(1); return tf.constant(1); });
  expect(first(caught(() => tf.add(b, a)))).toBe('Tensor("Const:0", shape=(), dtype=float32) must be from the same graph as Tensor("Const_1:0", shape=(), dtype=float32).');
});
test('19: a finalized graph', () => {
  tf.constant(1);
  graph.finalize();
  const error = caught(() => tf.constant(2));
  expect([first(error), error.name]).toEqual(['Graph is finalized and cannot be modified.', 'RuntimeError']);
});
test('20: a tensor as a condition or in arithmetic', () => {
  const x = tf.constant(1);
  const error = caught(() => (x as unknown as number) + 1);
  expect(first(error)).toBe('using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution. Use Eager execution or decorate this function with @tf.function.');
  expect(error).toBeInstanceOf(TypeError);
  expect(caught(() => [...(x as unknown as number[])]).name).toBe('OperatorNotAllowedInGraphError');
});
test('27: names that are not valid', () => {
  expect(first(caught(() => tf.nameScope('bad name!', () => 1)))).toBe("'bad name!' is not a valid scope name");
});
