/** Functions of the program that are made of ops. */
import * as tf from '../../src';
import { devices, open } from '../devices';
import { grads, ph } from './words';

beforeEach(() => tf.resetDefaultGraph());
test.each(devices())('it has a value, and gradients by its inputs and by what it reads, on $title', (mode) => {
  const [x, y, w] = [ph(), ph([], 'y'), ph([], 'w')];
  const z = tf.pyFunction((a, b) => a.mul(a).mul(b).add(w), [x, y], tf.float32, { name: 'body' });
  const all = [z, ...grads(z.mul(2), x, y, w)];
  const sess = open(tf.getDefaultGraph(), mode);
  for (let i = 0; i < 30; i++) expect(sess.run(all, { 'x:0': 3, 'y:0': 2, 'w:0': 5 })).toEqual([23, 24, 18, 2]);
  expect(z.op.name).toBe('body');
  sess.close();
});
test('several results are a list', () => {
  const [twice, half] = tf.pyFunction((a) => [a.mul(2), tf.toInt32(a)], [ph()], [tf.float32, tf.int32]);
  expect([twice.dtype, half.dtype]).toEqual([tf.float32, tf.int32]);
});
test('what it gives must be as Tout says', () => {
  expect(() => tf.pyFunction((a) => a, [ph()], tf.int32)).toThrow('The function gives float32, and Tout says int32.');
  expect(() => tf.pyFunction((a) => a, [ph()], [tf.float32, tf.float32])).toThrow('and Tout says float32, float32.');
});
