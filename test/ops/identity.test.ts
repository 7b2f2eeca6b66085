import * as tf from '../../src';
import { preventGradient } from '../../src/ops/identity';
import { sameGraph, sweep } from '../sweep';

sweep('identity');

const P = (t: typeof tf, shape: readonly (number | null)[] | null = null, dtype = 'float32', name = 'x'): tf.Tensor =>
  t.placeholder(dtype, shape, { name });

sameGraph('identity', 'identities', (t) => {
  t.identity(P(t, [2]));
  t.identity([1, 2], { name: 'i' });
  t.stopGradient(P(t, [2], 'float32', 'y'));
  t.identityN([P(t, [2]), P(t, [], 'int32', 'z')]);
});
sameGraph('identity', 'placeholder with default', (t) => {
  t.placeholderWithDefault([1, 2], [null]);
  t.placeholderWithDefault(P(t, [2, 3]), [null, null], { name: 'p' });
});
sameGraph('identity', 'zeros like', (t) => {
  t.zerosLike(P(t, [2, 3]));
  t.zerosLike(P(t, [null, 3]));
  t.zerosLike(P(t, [null, 3]), t.int32);
  t.zerosLike(P(t, [2, 3]), t.int32, { name: 'z' });
  t.zerosLike([1, 2]);
});
sameGraph('identity', 'big zeros like', (t) => t.zerosLike(P(t, [50, 50])));
sameGraph('identity', 'ones like', (t) => {
  t.onesLike(P(t, [2, 3]));
  t.onesLike(P(t, [null, 3]));
  t.onesLike(P(t, [null, 3]), t.int32);
  t.onesLike(P(t), { name: 'o' });
});
sameGraph('identity', 'unoptimized', (t) => {
  t.zerosLike(P(t, [2, 3]), { optimize: false });
  t.onesLike(P(t, [2, 3]), { optimize: false });
  t.zerosLike(P(t, [2, 3]), t.int32, { optimize: false });
});
sameGraph('identity', 'gradient of identities', (t) => {
  const x = P(t, [3]);
  return t.gradients(t.identity(t.placeholderWithDefault(x, [null])), x);
});
sameGraph('identity', 'gradient of identityN', (t) => {
  const [x, y] = [P(t, [3]), P(t, [2])];
  return t.gradients(t.identityN([x, y])[0], [x, y]);
});
sameGraph('identity', 'gradient stopped', (t) => {
  const x = P(t, [3]);
  return t.gradients(t.multiply(t.stopGradient(x), x), x);
});

test('a gradient that is prevented is an error with its reason', () => {
  const x = tf.placeholder(tf.float32, [2]);
  expect(() => tf.gradients(preventGradient(x, { message: 'not here' }), x)).toThrow(
    'Gradient explicitly disabled. Reason: not here',
  );
});
test('a placeholder with a default need not be fed', () => {
  const p = tf.placeholderWithDefault(3, []);
  const sess = new tf.Session();
  expect([sess.run(p), sess.run(p, [[p, 4]])]).toEqual([3, 4]);
});
