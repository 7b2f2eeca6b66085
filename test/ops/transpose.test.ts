import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('transpose');

const P = (t: typeof tf, shape: readonly (number | null)[] | null = null, dtype = 'float32', name = 'x'): tf.Tensor =>
  t.placeholder(dtype, shape, { name });
function grad(t: typeof tf, build: (x: tf.Tensor) => tf.Tensor, shape: readonly (number | null)[] | null): unknown {
  const x = P(t, shape);
  return t.gradients(build(x), [x]);
}

sameGraph('transpose', 'transpose', (t) => {
  t.transpose(P(t, [2, null]));
  t.transpose(P(t, [2, 3, 4]), [0, 2, 1], { name: 't' });
  const x = P(t, [2, 3]);
  t.transpose(x, { perm: P(t, [2], 'int32', 'perm') });
  t.transpose([[1, 2]]);
});
sameGraph('transpose', 'transpose of unknown rank', (t) => t.transpose(P(t)));
sameGraph('transpose', 'transpose by an unknown permutation', (t) => {
  let x = P(t);
  t.transpose(x, P(t, [3], 'int32'));
  x = P(t);
  t.transpose(x, P(t, null, 'int32'));
  t.transpose(P(t), [1, 0]);
});
sameGraph('transpose', 'gradient of roll', (t) => grad(t, (x) => t.roll(x, 2, 0), [3]));
sameGraph('transpose', 'conjugate transpose', (t) => {
  t.transpose(P(t, [2, 3], 'complex64'), { conjugate: true });
  t.transpose(P(t, [2, 3]), { conjugate: true });
});
sameGraph('transpose', 'matrix transpose', (t) => {
  t.matrixTranspose(P(t, [2, 3, 4]));
  t.matrixTranspose(P(t, [null, 3]), { name: 'm' });
});
sameGraph('transpose', 'matrix transpose of unknown rank', (t) => t.matrixTranspose(P(t)));
sameGraph('transpose', 'reverse', (t) => {
  t.reverse(P(t, [2, 3]), [1]);
  t.reverse(P(t), [-1], { name: 'r' });
});
sameGraph('transpose', 'reverse sequence', (t) => {
  t.reverseSequence(P(t, [null, 4]), [1, 2, 3], { seqAxis: 1 });
  const x = P(t, [4, 3]);
  t.reverseSequence(x, P(t, [3], 'int64', 'n'), { seqDim: 0, batchDim: 1, name: 'r' });
});
sameGraph('transpose', 'gradient of transpose', (t) => grad(t, (x) => t.transpose(x), [2, 3]));
sameGraph('transpose', 'gradient of a transpose of unknown rank', (t) => grad(t, (x) => t.transpose(x), null));
sameGraph('transpose', 'gradient of reverse', (t) => grad(t, (x) => t.reverse(x, [0]), [2, 3]));
sameGraph('transpose', 'gradient of reverse sequence', (t) =>
  grad(t, (x) => t.reverseSequence(x, [1, 2], 1, 0), [2, 3]),
);

test('a vector has no matrix transpose', () => {
  expect(() => tf.matrixTranspose(tf.placeholder(tf.float32, [3]))).toThrow(
    "Argument 'a' should be a (batch) matrix, with rank >= 2.  Found: (3,)",
  );
});
test('a scalar is its own transpose', () => {
  expect(new tf.Session().run(tf.transpose(tf.constant(3)))).toBe(3);
});
