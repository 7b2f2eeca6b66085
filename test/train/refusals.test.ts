/** What training refuses, and what it says. */
import * as tf from '../../src';
import { devices, open } from '../sweep';
import { pattern } from '../pattern';
import { caught, descent, first, graph } from './set-up';

describe('errors', () => {
  test('no variables', () => {
    const x = tf.placeholder(tf.float32, [], { name: 'x' });
    const error = caught(() => descent().minimize(x.mul(2)));
    expect(error).toBeInstanceOf(tf.errors.ValueError);
    expect(first(error)).toBe('No variables to optimize.');
  });
  test('a loss that depends on no variable says so', () => {
    new tf.Variable(1, { name: 'w' });
    const x = tf.placeholder(tf.float32, [2], { name: 'x' });
    const error = caught(() => descent().minimize(tf.reduceSum(x)));
    expect(first(error)).toBe(
      'No gradients provided for any variable, check your graph for ops that do not support gradients, between ' +
        'variables ["<tf.Variable \'w:0\' shape=() dtype=float32_ref>"] and loss Tensor("Sum:0", shape=(), ' +
        'dtype=float32).',
    );
    expect(error.message).toContain('Sum:0 does not depend on w:0');
  });
  test('a way that breaks is shown, with the operation that breaks it', () => {
    const w = new tf.Variable([1, 2], { name: 'w' });
    const error = caught(() =>
      descent().minimize(tf.reduceSum(tf.sign(tf.stopGradient(tf.expandDims(tf.exp(tf.exp(w)), 0))))),
    );
    expect(error.message).toMatch(
      pattern(
        /w -> w\/read -> Exp -> … -> Sign -> Sum: 'StopGradient' \(op type: StopGradient\), made at /,
        /.*refusals\.test\.ts:\d+:\d+, has no derivative/,
      ),
    );
  });
  test('a cast to integers breaks it too', () => {
    const w = new tf.Variable([1, 2], { name: 'w' });
    const error = caught(() => descent().minimize(tf.cast(tf.reduceSum(tf.cast(w, tf.int32)), tf.float32)));
    expect(error.message).toMatch(
      pattern(
        /w -> w\/read -> Cast -> Sum -> Cast_1: Cast:0, made at .*, is int32, and gradients flow through /,
        /floating-point tensors only/,
      ),
    );
  });
  test('a loss of integers', () => {
    new tf.Variable(1);
    expect(first(caught(() => descent().minimize(tf.constant(1, tf.int32))))).toMatch(
      /^Invalid type tf.int32 for Const:0, expected: /,
    );
  });
  test('nothing to apply', () => {
    const v = new tf.Variable(1, { name: 'v' });
    expect(first(caught(() => descent().applyGradients([])))).toBe('No variables provided.');
    expect(first(caught(() => descent().applyGradients([[null, v]])))).toBe(
      'No gradients provided for any variable: ["<tf.Variable \'v:0\' shape=() dtype=float32_ref>"].',
    );
    expect(first(caught(() => descent().applyGradients([[tf.constant(1), tf.constant(1) as never]])))).toMatch(
      /^Trying to optimize unsupported type/,
    );
  });
  test('an uninitialized slot', () => {
    const v = new tf.Variable([1, 2], { name: 'v' });
    const init = tf.globalVariablesInitializer();
    const train = new tf.train.MomentumOptimizer(0.1, 0.9).minimize(tf.reduceSum(v));
    const sess = open(graph, devices()[0]);
    sess.run(init);
    const error = caught(() => sess.run(train));
    expect(error).toBeInstanceOf(tf.errors.FailedPreconditionError);
    expect(first(error)).toBe('Attempting to use uninitialized value v/Momentum');
    expect(error.message).toContain('tf.globalVariablesInitializer()');
    sess.close();
  });
  test('a row outside of the variable', () => {
    const v = new tf.Variable([[1], [2]], { name: 'v' });
    const slices = new tf.IndexedSlices(tf.constant([[1]]), tf.placeholder(tf.int32, [1], { name: 'i' }));
    const train = new tf.train.MomentumOptimizer(0.1, 0.9).applyGradients([[slices, v]]);
    const sess = open(graph, devices()[0]);
    sess.run(tf.globalVariablesInitializer());
    // The repeated rows are summed first, so it is the update that meets the index.
    expect(first(caught(() => sess.run(train, { 'i:0': [7] })))).toBe('Index 7 at offset 0 in indices is out of range');
    sess.close();
  });
});
