/** Operands of another dtype, that are no tensors, or out of range; tensors used as numbers. */
import { inspect } from 'node:util';
import * as tf from '../../src';
import { pattern } from '../pattern';
import { LINE, caught, first, says, sess } from './says';

test('dtypes that differ', () => {
  const x = tf.constant(1, tf.int32, null, { name: 'count' });
  const y = tf.constant(1);
  const lines = pattern(
    /x: count:0 is int32, made at .*\.test\.ts:\d+:\d+\n {2}y: Const:0 is float32, made at /,
    /.*\.test\.ts:\d+:\d+\n {2}fix: tf\.cast\(count, tf\.float32\)\./,
  );
  says(
    () => x.add(y),
    'TypeError',
    "Input 'y' of 'AddV2' Op has type float32 that does not match type int32 of argument 'x'.",
    lines,
  );
  expect(
    says(
      () => tf.add(x, y),
      'TypeError',
      "Input 'y' of 'Add' Op has type float32 that does not match type int32 of argument 'x'.",
      lines,
    ),
  ).toBeInstanceOf(TypeError);
  const labels = tf.placeholder(tf.int32, [null, 3], { name: 'labels' });
  says(
    () => tf.matmul(labels, tf.zeros([3, 2])),
    'TypeError',
    "Input 'b' of 'MatMul' Op has type float32 that does not match type int32 of argument 'a'.",
    'a: labels:0 is int32',
    'b: zeros:0 is float32',
    'fix: tf.cast(labels, tf.float32).',
  );
  says(
    () => tf.where(labels, y, y),
    'TypeError',
    "Input 'condition' of 'Select' Op has type int32 that does not match expected type of bool.",
    LINE,
    'fix: tf.cast(labels, tf.bool).',
  );
  says(
    () => tf.oneHot(y, 10),
    'TypeError',
    "Value passed to parameter 'indices' has DataType float32 not in list of allowed values: uint8, int32, int64",
    LINE,
  );
});
test('what does not convert to a tensor', () => {
  says(
    () => tf.constant(tf.zeros([2]) as never),
    'TypeError',
    'List of Tensors when single Tensor expected',
    'leave tf.constant out',
  );
  const x = tf.constant(1);
  says(
    () => tf.add(x, undefined as never),
    'ValueError',
    "Tried to convert 'y' to a tensor and failed. Error: None values not supported.",
    'the value is undefined',
    'x.get(0)',
    "an input of 'Add'",
  );
  says(() => x.add(null as never), 'ValueError', 'None values not supported.', 'a gradient that is null');
  says(() => tf.constant('a', tf.float32), 'TypeError', "Expected float32, got 'a' of type 'str' instead.");
  says(
    () => tf.add(x, 'a' as never),
    'TypeError',
    "Expected float32 passed to parameter 'y' of op 'Add', got 'a' of type 'str' instead. Error: Expected " +
      "float32, got 'a' of type 'str' instead.",
  );
  says(
    () => tf.constant([[1, 2], [3]]),
    'ValueError',
    'Argument must be a dense tensor: [[1, 2], [3]] - got shape [2], but wanted [2, 2].',
    '[3] stands where a list of 2 was wanted',
  );
  says(() => tf.constant(undefined as never), 'ValueError', 'None values not supported.', 'an argument left out');
  says(
    () => tf.reshape(x, [x.shape.dims![0] ?? null, 2] as never),
    'TypeError',
    "Failed to convert object of type <class 'list'> to Tensor. Contents: [None, 2]. Consider casting elements " +
      'to a supported type.',
    'a size that is not known is -1 in tf.reshape',
  );
  says(
    () => tf.cast(x, undefined as never),
    'TypeError',
    'Cannot convert value None to a TensorFlow DType.',
    'fix: dtypes are tf.float32',
  );
  says(
    () => tf.nn.conv2d(tf.zeros([1, 4, 4, 1]), tf.zeros([2, 2, 1, 1]), [1, 1, 1, 1], undefined as never),
    'TypeError',
    "missing a required argument: 'padding'",
    "'SAME' or 'VALID'",
  );
  says(
    () =>
      tf.nn.maxPool(
        tf.zeros([1, 4, 4, 1]),
        { ksize: 2, strides: 2, padding: 'SAME' } as never,
        undefined as never,
        'SAME',
      ),
    'TypeError',
    "missing a required argument: 'ksize'",
    'not in the options',
  );
  says(
    () => tf.placeholder(undefined as never),
    'TypeError',
    "Expected DataType for argument 'dtype' not None.",
    'fix: the dtype comes first',
  );
  expect(tf.placeholder(tf.float32, { shape: [1] }).shape.dims).toEqual([1]);
  expect(tf.placeholder(tf.float32, 784 as never).shape.dims).toEqual([784]);
});
test('a tensor as a condition or in arithmetic', () => {
  const x = tf.constant(1);
  const cure = 'fix: for arithmetic use its methods (a.add(b), a.less(b))';
  for (const body of [
    () => (x as unknown as number) + 1,
    () => (x as unknown as number) > 1,
    () => Math.sqrt(x as never),
  ]) {
    expect(
      says(
        body,
        'OperatorNotAllowedInGraphError',
        'using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution. Use Eager execution or ' +
          'decorate this function with @tf.function.',
        LINE,
        cure,
      ),
    ).toBeInstanceOf(TypeError);
  }
  for (const body of [
    () => [...(x as unknown as number[])],
    () => new Float32Array(x as never),
    () => {
      const [a] = x as unknown as number[];
      return a;
    },
  ]) {
    says(
      body,
      'OperatorNotAllowedInGraphError',
      'iterating over `tf.Tensor` is not allowed in Graph execution. Use Eager execution or decorate this ' +
        'function with @tf.function.',
      LINE,
      'fix: to split it into tensors use tf.unstack(tensor)',
    );
  }
  says(
    () => x.length,
    'TypeError',
    'len is not well defined for symbolic Tensors. (Const:0) Please call `x.shape` rather than `len(x)` for ' +
      'shape information.',
    LINE,
    'fix: tensor.shape.dims',
  );
});
test('a template string and JSON are harmless, console.log says that it is symbolic', () => {
  const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
  const v = new tf.Variable([1], { name: 'v' });
  expect(`${x}`).toBe('Tensor("x:0", shape=(?, 2), dtype=float32)');
  expect(JSON.parse(JSON.stringify({ x, op: x.op, v }))).toEqual({
    x: { tensor: 'x:0', dtype: 'float32', shape: [null, 2], op: 'Placeholder', note: 'symbolic: run it in a session' },
    op: { operation: 'x', op: 'Placeholder', inputs: [], note: 'symbolic: run it in a session' },
    v: {
      variable: 'v:0',
      dtype: 'float32',
      shape: [1],
      trainable: true,
      note: 'its value is in a session: v.eval(sess)',
    },
  });
  expect(inspect(x)).toMatch(
    pattern(
      /^<tf\.Tensor 'x:0' shape=\(\?, 2\) dtype=float32> from op Placeholder made at /,
      /.*\.test\.ts:\d+:\d+ \(symbolic: run it in a session\)$/,
    ),
  );
  expect(inspect(x.op)).toMatch(/^<tf\.Operation 'x' type=Placeholder> made at .* \(symbolic: run it in a session\)$/);
  expect(inspect(v)).toMatch(/^<tf\.Variable 'v:0' .* \(its value is in a session: v\.eval\(sess\)\)$/);
  expect(caught(() => (x as unknown as number) > 1).message).toContain('a.less(b)');
  expect(caught(() => (v as unknown as number) * 2).name).toBe('OperatorNotAllowedInGraphError');
  expect(caught(() => (x.op as unknown as number) + 1).message).toContain('fix: run it (sess.run(op))');
});
test('checkNumerics', () => {
  const error = says(
    () => sess.run(tf.checkNumerics(tf.log(tf.constant(-1)), 'bad log')),
    'InvalidArgumentError',
    'bad log : Tensor had NaN values',
    pattern(
      /\[\[node CheckNumerics \(defined at .*\.test\.ts:\d+:\d+\) \]\]\n {2}tensor: Log:0 \[\], made /,
      /at .*\.test\.ts/,
    ),
    'fix: config.checkNumerics',
  );
  expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
  expect(first(caught(() => sess.run(tf.checkNumerics(tf.log(tf.constant(0)), 'bad log'))))).toBe(
    'bad log : Tensor had Inf values',
  );
  expect(first(caught(() => sess.run(tf.checkNumerics(tf.log(tf.constant([0, -1])), 'bad log'))))).toBe(
    'bad log : Tensor had Inf and NaN values',
  );
});
test('labels and indices out of range', () => {
  const l = tf.placeholder(tf.int32, [null], { name: 'l' });
  const label = caught(() =>
    sess.run(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: l, logits: tf.zeros([1, 3]) }), { 'l:0': [7] }),
  );
  expect(first(label)).toBe('Received a label value of 7 which is outside the valid range of [0, 3).  Label values: 7');
  expect([label.name, LINE.test(label.message)]).toEqual(['InvalidArgumentError', true]);
  expect(label.message).toContain('fix: labels are class indices from 0 to 2');
  const index = caught(() => sess.run(tf.gather(tf.zeros([3]), l), { 'l:0': [5] }));
  expect([index.name, first(index)]).toEqual(['InvalidArgumentError', 'indices[0] = 5 is not in [0, 3)']);
  expect(index.message).toMatch(/indices: l:0 \[\?\], made at .*\n[^]*there are only 3 rows, counted from 0/);
});
test('a cross entropy without names', () => {
  const call = tf.nn.softmaxCrossEntropyWithLogits as unknown as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
  says(
    () => call(tf.zeros([1, 3]), tf.zeros([1, 3])),
    'ValueError',
    'Only call `softmax_cross_entropy_with_logits` with named arguments (labels=..., logits=..., ...)',
    'fix: tf.nn.softmaxCrossEntropyWithLogits({labels, logits})',
  );
});
test.each([['float32'], [[0, 'a']], [[0.5, 1]], [1.5], [[1, 1]], [[0]]])('an axis %j of tf.norm', (axis) => {
  says(
    () => tf.norm([[1, 2]], 2, axis as never),
    'ValueError',
    "'axis' must be None, an integer, or a tuple of 2 unique integers",
  );
});
test('a proxy that was revoked, in what a variable starts from', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const value of [[proxy], [1, proxy]])
    says(
      () => tf.getVariable('w', [2], { initializer: tf.constantInitializer(value as never) }),
      'TypeError',
      'A part of what was given is a revoked Proxy, of which nothing can be read.',
    );
});
