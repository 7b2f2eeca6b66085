/** Variables that have no value or exist twice; optimizers and gradients that find nothing to do. */
import * as tf from '../../src';
import { pattern } from '../pattern';
import { LINE, caught, first, says, sess } from './says';

test('all uninitialized variables, and that the initializer came too early', () => {
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
test('a variable behind a handle', () => {
  const w = new tf.Variable(1, { name: 'W', useResource: true });
  const error = caught(() => sess.run(w.add(1)));
  expect(first(error)).toBe(
    'Error while reading resource variable W from Container: localhost. This could mean that the variable was ' +
      'uninitialized. Not found: Container localhost does not exist. (Could not find resource: localhost/W)',
  );
  expect(error).toBeInstanceOf(tf.errors.FailedPreconditionError);
  expect(error.message).toMatch(/uninitialized: W \(made at .*\.test\.ts:\d+:\d+\)\n {2}fix: run the initializer/);
});
test('getVariable', () => {
  tf.getVariable('v', { shape: [1] });
  const twice = caught(() => tf.getVariable('v', { shape: [1] }));
  expect([first(twice), twice.name]).toEqual([
    'Variable v already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in VarScope? ' +
      'Originally defined at:',
    'ValueError',
  ]);
  expect(twice.message).toMatch(/\.test\.ts", line \d+[^]*fix: tf\.variableScope/);
  expect(first(caught(() => tf.variableScope('s', { reuse: true }, () => tf.getVariable('v', { shape: [1] }))))).toBe(
    'Variable s/v does not exist, or was not created with tf.get_variable(). Did you mean to set ' +
      'reuse=tf.AUTO_REUSE in VarScope?',
  );
  const shape = caught(() =>
    tf.variableScope(tf.getVariableScope(), { reuse: true }, () => tf.getVariable('v', { shape: [2] })),
  );
  expect(first(shape)).toBe('Trying to share variable v, but specified shape (2,) and found shape (1,).');
  expect(shape.message).toMatch(/v was made at .*\.test\.ts[^]*fix: ask for the same shape/);
  says(
    () => tf.variableScope('s', { reuse: true }, () => tf.getVariable('v', [1])),
    'ValueError',
    'Variable s/v does not exist, or was not created with tf.get_variable(). Did you mean to set ' +
      'reuse=tf.AUTO_REUSE in VarScope?',
    "there is 'v': the variable scopes differ",
    'fix: {reuse: tf.AUTO_REUSE}',
  );
  says(
    () => tf.getVariable('u'),
    'ValueError',
    'The initializer passed is not valid. It should be a callable with no arguments and the shape should not ' +
      "be provided or an instance of `tf.keras.initializers.*' and `shape` should be fully defined.",
    "fix: give all its sizes: tf.getVariable('u', [784, 10])",
  );
});
test('an optimizer without variables, or without gradients', () => {
  const minimize = (loss: tf.Tensor) => caught(() => new tf.train.GradientDescentOptimizer(1).minimize(loss));
  const none = minimize(tf.constant(1));
  expect([first(none), none.name]).toEqual(['No variables to optimize.', 'ValueError']);
  expect(none.message).toContain('likely cause: the graph of the loss has no trainable tf.Variable');
  const w = new tf.Variable(1, { name: 'w' });
  says(
    () => new tf.train.GradientDescentOptimizer(1).minimize(tf.cast(w, tf.int32)),
    'ValueError',
    'Invalid type tf.int32 for Cast:0, expected: [tf.float32, tf.float64, tf.float16, tf.bfloat16].',
    LINE,
    'compute the cost in tf.float32',
  );
  const cut = minimize(tf.reduceSum(tf.constant([1, 2])));
  expect(first(cut)).toBe(
    'No gradients provided for any variable, check your graph for ops that do not support gradients, between ' +
      'variables ["<tf.Variable \'w:0\' shape=() dtype=float32_ref>"] and loss Tensor("Sum:0", shape=(), ' +
      'dtype=float32).',
  );
  expect(cut).toBeInstanceOf(Error);
  expect([cut.name, cut.message.includes('Sum:0 does not depend on w:0.')]).toEqual(['ValueError', true]);
  says(
    () => new tf.train.GradientDescentOptimizer(1).minimize(tf.cast(tf.argmax(tf.stack([w, w]), 0), tf.float32)),
    'ValueError',
    'No gradients provided for any variable, check your graph for ops that do not support gradients, between ' +
      'variables ["<tf.Variable \'w:0\' shape=() dtype=float32_ref>"] and loss Tensor("Cast_1:0", shape=(), ' +
      'dtype=float32).',
    pattern(
      /ArgMax:0, made at .*\.test\.ts:\d+:\d+, is int64, and gradients flow through floating-point /,
      /tensors only; make the cost of what comes before it\./,
    ),
  );
});
test('an operation without a gradient', () => {
  const x = tf.constant([1, 1]);
  const error = caught(() => tf.gradients(tf.unique(x).y, x));
  expect([first(error), error.name]).toEqual([
    "No gradient defined for operation 'Unique' (op type: Unique)",
    'LookupError',
  ]);
  expect(error.message).toMatch(/Unique was made at .*\.test\.ts:\d+:\d+\n {2}fix: /);
});
