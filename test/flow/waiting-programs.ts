/** Programs with loops that have effects, or wait for them, as test/fixtures/record/flow.py has them. */
import * as tf from '../../src';
import { type Programs, count, int, ph } from './words';

const zeroVariable = (useResource = true): tf.Variable =>
  tf.getVariable('v', [], { initializer: tf.zerosInitializer(), useResource });

export const WAITING: Programs = {
  'known branch in a loop': () => {
    const n = count();
    const known = tf.less(tf.rank(ph(null)), 2);
    const v = zeroVariable();
    const body = (i: tf.Tensor): tf.Tensor => {
      const done = tf.cond(
        known,
        () => tf.controlDependencies([tf.assignAdd(v, 1)], () => tf.constant(1)),
        () => tf.constant(0),
      );
      return tf.controlDependencies([done], () => i.add(1));
    };
    const end = tf.whileLoop((i) => i.less(n), body, [int(0)]);
    return tf.controlDependencies([end], () => [end.add(0), v.readValue()]);
  },
  'known branch behind an update': () => {
    const known = tf.less(tf.rank(ph(null)), 2);
    const v = zeroVariable();
    return tf.controlDependencies([tf.assignAdd(v, 1)], () =>
      tf.cond(
        known,
        () => v.readValue().mul(2),
        () => tf.constant(0),
      ),
    );
  },
  'shape in a loop that waits': () => {
    const x = ph([2, 3]);
    const v = zeroVariable(false);
    return tf.controlDependencies([tf.assignAdd(v, 1)], () =>
      tf.whileLoop(
        (i) => i.less(3),
        (i, s) => [i.add(1), s.add(tf.shape(x)).add(tf.rank(x)).add(tf.size(x))],
        [int(0), Int32Array.of(0, 0)],
      ),
    );
  },
  'array with shapes of variables': () => {
    const n = count();
    const array = new tf.TensorArray(tf.float32, 3, { elementShape: [] });
    const shapes = [new tf.TensorShape([]), new tf.TensorShape([null]), new tf.TensorShape(null)];
    const [, v, a] = tf.whileLoop(
      (i) => i.less(n),
      (i, v, a) => [i.add(1), tf.concat([v, v], 0), a.write(i, tf.reduceSum(v))],
      [int(0), tf.ones([2]), array],
      { shapeInvariants: shapes },
    );
    return [v, a.stack()];
  },
};
