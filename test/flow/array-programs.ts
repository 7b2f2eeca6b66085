/** Programs with arrays of tensors, as test/fixtures/record/flow.py has them. */
import * as tf from '../../src';
import { type Programs, count, grads, int, ph, predicate } from './words';

const array = (size: tf.TensorLike = 2): tf.TensorArray => new tf.TensorArray(tf.float32, size);

export const ARRAYS: Programs = {
  'array by hand': () => {
    const x = ph([2]);
    const a = new tf.TensorArray(tf.float32, 3, { clearAfterRead: false })
      .write(0, x)
      .write(2, x.mul(2))
      .write(1, x.add(1));
    const y = a.stack();
    return [y, a.gather([2, 0]), a.size(), ...grads(y.get(0).mul(y.get(2)), x)];
  },
  'array that is read': () => {
    const x = ph([3]);
    const a = new tf.TensorArray(tf.float32, 3, { clearAfterRead: false }).unstack(x);
    const y = a.read(0).mul(a.read(2)).add(a.read(0));
    return [y, ...grads(y, x)];
  },
  'array of parts': () => {
    const x = ph([5, 2]);
    const a = new tf.TensorArray(tf.float32, 2, { inferShape: false }).split(x, Int32Array.of(2, 3));
    const y = a.concat();
    return [y, ...grads(y.mul(y), x)];
  },
  'array in a loop': () => {
    const [x, n] = [ph([2]), count()];
    const [, , a] = tf.whileLoop(
      (i) => i.less(n),
      (i, v, a) => {
        const next = tf.sin(v).mul(x);
        return [i.add(1), next, a.write(i, next)];
      },
      [int(0), x, array(n)],
    );
    const y = a.stack();
    return [y, ...grads(tf.reduceSum(y), x)];
  },
  'array that grows': () => {
    const n = count();
    const a = new tf.TensorArray(tf.int32, 0, { dynamicSize: true, tensorArrayName: 'grown' });
    return tf
      .whileLoop(
        (i) => i.less(n),
        (i, a) => [i.add(1), a.write(i, i.mul(i))],
        [int(0), a],
      )[1]
      .stack();
  },
  'array in a branch': () => {
    const [x, p] = [ph(), predicate()];
    const a = array().write(0, x);
    const b = tf.cond(
      p,
      () => a.write(1, x.mul(2)),
      () => a.write(1, x.mul(x)),
    );
    const y = b.stack();
    return [y, ...grads(y, x)];
  },
  'array read in a loop': () => {
    const x = ph([4]);
    const a = array(4).unstack(x);
    const [, y] = tf.whileLoop(
      (i) => i.less(4),
      (i, s) => [i.add(1), s.mul(0.5).add(tf.square(a.read(i)))],
      [int(0), 0],
    );
    return [y, ...grads(y, x)];
  },
  mapped: () => {
    const [x, w] = [ph([null, 2]), ph([], 'w')];
    const y = tf.mapFn((r) => tf.tanh(r).mul(w), x);
    return [y, ...grads(y, x, w)];
  },
  'mapped to other types': () => {
    const x = ph([3]);
    return tf.mapFn((r) => [r.mul(2), r.greater(1)], x, { dtype: [tf.float32, tf.bool], name: 'both' });
  },
  'mapped together': () => {
    const [x, z] = [ph([3, 2]), ph([3], 'z')];
    const y = tf.mapFn((r) => r[0].mul(r[1]), [x, z], { dtype: tf.float32 });
    return [y, ...grads(y, x, z)];
  },
  folded: () => {
    const x = ph([3]);
    const y = tf.foldl((a, r) => a.mul(2).add(r), x);
    const z = tf.foldr((a, r) => a.mul(2).add(r), x);
    return [y, z, ...grads(y.add(z), x)];
  },
  'folded from': () => {
    const x = ph([null, 2]);
    const y = tf.foldl((a, r) => a.add(tf.reduceSum(r)), x, tf.constant(1));
    const z = tf.foldr((a, r) => a.mul(2).add(tf.reduceSum(r)), x, tf.constant(1));
    return [y, z, ...grads(y.add(z), x)];
  },
  scanned: () => {
    const x = ph([4]);
    const y = tf.scan((a, r) => a.mul(r), x);
    const z = tf.scan((a, r) => a.add(r), x, null, { reverse: true });
    return [y, z, ...grads(y, x)];
  },
  'scanned from': () => {
    const [x, w] = [ph([null, 2]), ph([2, 2], 'w')];
    const y = tf.scan((h, r) => tf.tanh(tf.matmul(h, w).add(r)), x, tf.zeros([1, 2]));
    return [y, ...grads(y, x, w)];
  },
  'read twice': () => {
    const a = array().write(0, 1);
    return [a.read(0), a.read(0)];
  },
  'written twice': () => array().write(0, 1).write(0, 2).stack(),
  'read outside': () => new tf.TensorArray(tf.float32, 2, { elementShape: [] }).read(2),
  'written outside': () => array().write(2, 1).stack(),
  'never written': () => new tf.TensorArray(tf.float32, 2, { elementShape: [2] }).stack(),
  'never written of any shape': () => new tf.TensorArray(tf.float32, 2, { inferShape: false }).read(0),
};
