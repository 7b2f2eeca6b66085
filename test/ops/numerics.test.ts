import * as tf from '../../src';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('numerics');
const x = (): tf.Tensor => tf.placeholder(tf.float32, [2], { name: 'x' });
sameGraph('numerics', 'checkNumerics', (tf) => tf.checkNumerics(x(), 'm'));
sameGraph('numerics', 'verifyTensorAllFinite', (tf) => tf.verifyTensorAllFinite(x(), 'm'));
sameGraph('numerics', 'addCheckNumericsOps', (tf) => {
  tf.exp(x(), { name: 'y' });
  tf.constant(1, tf.int32, null, { name: 'i' });
  tf.addCheckNumericsOps();
});

describe.each(devices())('$title', (mode) => {
  beforeEach(() => tf.resetDefaultGraph());
  test('the gradient is checked too, under its own message', () => {
    const a = x();
    const [grad] = tf.gradients(tf.log(tf.checkNumerics(a, 'm')), a);
    const sess = open(tf.getDefaultGraph(), mode);
    expect(String(sess.run(tf.convertToTensor(grad!), [[a, [1, 4]]]))).toBe('[1.   0.25]');
    expect(() => sess.run(tf.convertToTensor(grad!), [[a, [1, 0]]])).toThrow(
      "Not a number (NaN) or infinity (Inf) values detected in gradient. b'm' : Tensor had Inf values",
    );
  });
  test('half floats are checked', () => {
    const a = x();
    const y = tf.checkNumerics(tf.cast(a, tf.float16), 'half');
    const sess = open(tf.getDefaultGraph(), mode);
    expect(String(sess.run(tf.cast(y, tf.float32), [[a, [1, 2]]]))).toBe('[1. 2.]');
    expect(() => sess.run(y, [[a, [1, 1e9]]])).toThrow('half : Tensor had Inf values');
  });
  test('addCheckNumericsOps names the tensor that goes wrong first', () => {
    const a = x();
    tf.log(tf.log(a, { name: 'first' }), { name: 'second' });
    const check = tf.addCheckNumericsOps();
    const sess = open(tf.getDefaultGraph(), mode);
    expect(() => sess.run(check, [[a, [1, 2]]])).toThrow('second:0 : Tensor had Inf values');
    expect(() => sess.run(check, [[a, [-1, 2]]])).toThrow('first:0 : Tensor had NaN values');
    expect(sess.run(check, [[a, [3, 4]]])).toBeNull();
  });
});
