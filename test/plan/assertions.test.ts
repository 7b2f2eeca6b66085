/** Assertions on shapes: a plan for feeds of known shapes knows whether they hold. */
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { loadHostKernels } from '../../src/kernels/devices';
import { left } from './words';

loadHostKernels();
beforeEach(() => tf.resetDefaultGraph());

test('constantFolding: an assertion that holds for what is fed -> nothing; one that does not says so', () => {
  const x = tf.placeholder(tf.float32, [null], { name: 'x' });
  const assertion = tf.Assert(tf.equal(tf.size(x), 2), ['two?']);
  const y = tf.controlDependencies([assertion], () => tf.square(x));
  expect(left([y], [x], [[2]])).toEqual(['Square(x)']);
  const sess = new tf.Session('', { config: { advice: false } });
  for (let i = 0; i < 4; i++) {
    expect((sess.run(y, { 'x:0': [1, 2] }) as NDArray).toArray()).toEqual([1, 4]);
    expect(() => sess.run(y, { 'x:0': [1, 2, 3] })).toThrow(/assertion failed: \[two\?\]/);
  }
  sess.close();
});
