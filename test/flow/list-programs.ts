/** Arrays and rows in branches and loops that are functions, as test/fixtures/record/built_functions.py has them. */
import * as tf from '../../src';
import { type Programs, grads, ph, predicate } from './words';

const zero = (): tf.Tensor => tf.constant(0, tf.int32);
const less =
  (n: number | tf.Tensor) =>
  (i: tf.Tensor): tf.Tensor =>
    tf.less(i, n);
const count = (): tf.Tensor => ph([], 'n', tf.int32);
const array = (size: tf.TensorLike, options: object = {}): tf.TensorArray =>
  new tf.TensorArray(tf.float32, size, options);

export const LISTS: Programs = {
  'array by hand of functions': () => {
    const x = ph([2]);
    const a = array(3).write(0, x).write(2, x.mul(2)).write(1, x.add(1));
    const y = a.stack();
    const made = [y, a.gather([2, 0]), a.size(), a.read(1)];
    return [...made, ...grads(y.get(0).mul(y.get(2)).add(a.read(2)), x)];
  },
  'array of parts of functions': () => {
    const x = ph([6, 2]);
    const a = array(2).split(x, Int32Array.of(3, 3));
    const b = array(4, { elementShape: [2] }).scatter([1, 3], x.get([null, 2]));
    const [y, z] = [a.concat(), b.stack()];
    return [y, z, ...grads(y.mul(y), x), ...grads(z.mul(z), x)];
  },
  'array that is read of functions': () => {
    const x = ph([3]);
    const a = array(3).unstack(x);
    const y = a.read(0).mul(a.read(2)).add(a.identity().read(0));
    return [y, ...grads(y, x)];
  },
  'array that is gathered': () => {
    const x = ph([null, 2]);
    const y = array(0).unstack(x).gather([3, 1, 1]);
    return [y, ...grads(y.mul(y), x)];
  },
  'array in a while': () => {
    const [x, n] = [ph([2]), count()];
    const [, , a] = tf.whileLoop(
      less(n),
      (i, v, a) => {
        const next = tf.sin(v).mul(x);
        return [i.add(1), next, a.write(i, next)];
      },
      [zero(), x, array(n)],
    );
    const y = a.stack();
    return [y, ...grads(tf.reduceSum(y), x)];
  },
  'array that grows in a while': () => {
    const [x, n] = [ph(), count()];
    const grown = array(0, { dynamicSize: true, elementShape: [] });
    const [, v, a] = tf.whileLoop(less(n), (i, v, a) => [i.add(1), v.mul(x), a.write(i, v)], [zero(), x, grown]);
    const y = a.stack();
    return [y, v, ...grads(y, x)];
  },
  'array of constants that grows': () => {
    const a = array(1, { dynamicSize: true, inferShape: false }).write(2, [1]).write(0, [2, 3]);
    return [a.read(0), a.size()];
  },
  'array in an if': () => {
    const [x, p] = [ph(), predicate()];
    const a = array(2, { elementShape: [] }).write(0, x);
    const y = tf.cond(
      p,
      () => a.write(1, x.mul(x)).stack(),
      () => a.write(1, tf.exp(x)).stack(),
    );
    const b = tf.cond(
      p,
      () => a.write(1, x.mul(x)),
      () => a,
    );
    return [y, b.stack(), ...grads(y, x), ...grads(b.stack(), x)];
  },
  'map of functions': () => {
    const [x, w] = [ph([3]), ph([], 'w')];
    const y = tf.mapFn((v) => tf.sin(v).mul(w), x);
    return [y, ...grads(y, x, w)];
  },
  'map of unknown length': () => {
    const x = ph([null, 2]);
    const [y, z] = tf.mapFn((v) => [tf.reduceSum(v), tf.square(v)], x, { dtype: [tf.float32, tf.float32] });
    return [y, z, ...grads(tf.multiply(tf.reduceSum(z), tf.reduceSum(y)), x)];
  },
  'scan of functions': () => {
    const x = ph([4]);
    const y = tf.scan((a: tf.Tensor, v: tf.Tensor) => a.mul(v).add(1), x);
    const z = tf.scan((a, v) => a.sub(v), x, 0, { reverse: true });
    return [y, z, ...grads(y, x), ...grads(z, x)];
  },
  'folds of functions': () => {
    const x = ph([null]);
    const y = tf.foldl((a, v) => tf.tanh(a.mul(v)), x);
    const z = tf.foldr((a, v) => tf.tanh(a.sub(v)), x, 0);
    return [y, z, ...grads(y, x), ...grads(z, x)];
  },
  'map in a while': () => {
    const x = ph([2]);
    const shapeInvariants = [new tf.TensorShape([]), new tf.TensorShape([null])];
    const body = (i: tf.Tensor, y: tf.Tensor): tf.Tensor[] => [i.add(1), tf.mapFn((v) => v.mul(v), y)];
    const [, y] = tf.whileLoop((i: tf.Tensor, _: tf.Tensor) => tf.less(i, 2), body, [zero(), x], { shapeInvariants });
    return [y, ...grads(y, x)];
  },
  'second derivative of a map': () => {
    const x = ph([2]);
    const first = grads(
      tf.mapFn((v) => v.mul(v).mul(v), x),
      x,
    );
    return [...first, ...grads(first[0], x)];
  },
  'net of functions': () => {
    const x = ph([2, 3, 1]);
    const cell = new tf.nn.rnnCell.BasicRNNCell(2);
    const [y, s] = tf.nn.dynamicRnn(cell, x, { dtype: tf.float32, sequenceLength: [2, 3] });
    return [y, s, ...grads(y, x)];
  },
  'rows of a while': () => {
    const [table, n] = [ph([4, 2], 't'), count()];
    const [, y] = tf.whileLoop(less(n), (i, y) => [i.add(1), y.add(tf.gather(table, i))], [zero(), tf.zeros([2])]);
    return [y, ...grads(y.mul(y), table)];
  },
  'rows of a variable in a while': () => {
    const v = tf.getVariable('v', [4, 2], { initializer: tf.constantInitializer(0.5), useResource: true });
    const body = (i: tf.Tensor, y: tf.Tensor): tf.Tensor[] => [i.add(1), y.add(tf.gather(v, [i, i]))];
    const [, y] = tf.whileLoop((i: tf.Tensor, _: tf.Tensor) => tf.less(i, 3), body, [zero(), tf.ones([2, 2])]);
    const step = new tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduceSum(y.mul(y)));
    return tf.controlDependencies([step], () => [v.readValue()]);
  },
  'rows alone of a while': () => {
    const [x, n] = [ph([3, 2]), count()];
    const [, y] = tf.whileLoop(less(n), (i, v) => [i.add(1), tf.gather(v, [1, 1, 2]).mul(2)], [zero(), x]);
    return [y, ...grads(y.mul(y), x)];
  },
  'rows of an if in a while': () => {
    const [x, p] = [ph([3]), predicate()];
    const body = (i: tf.Tensor, v: tf.Tensor, s: tf.Tensor): tf.Tensor[] => [
      i.add(1),
      v,
      tf.cond(
        p,
        () => tf.gather(v, i).mul(s),
        () => s.add(tf.reduceSum(tf.gather(v, [0, 0]))),
      ),
    ];
    const [, , y] = tf.whileLoop((i: tf.Tensor) => tf.less(i, 3), body, [zero(), x, tf.constant(1)]);
    return [y, ...grads(y, x)];
  },
  'rows of a while in a while': () => {
    const x = ph([3]);
    const inner = (v: tf.Tensor): tf.Tensor =>
      tf.whileLoop(less(2), (j, u) => [j.add(1), tf.gather(u, [2, 0, 0])], [zero(), v])[1];
    const [, y] = tf.whileLoop(less(2), (i, v) => [i.add(1), inner(v)], [zero(), x]);
    return [y, ...grads(tf.sin(y), x)];
  },
  'shapes of an if that is differentiated twice': () => {
    const [x, p] = [ph([2]), predicate()];
    const v = tf.getVariable('v', [2], { initializer: tf.constantInitializer(1), useResource: true });
    const body = (i: tf.Tensor, s: tf.Tensor): tf.Tensor[] => {
      const a = tf.cond(
        p,
        () => tf.concat([tf.tanh(x), x], 0),
        () => tf.concat([v.mul(2), tf.tanh(v)], 0),
      );
      return [i.add(1), tf.tanh(s.add(tf.reduceSum(a)))];
    };
    const [, y] = tf.whileLoop((i: tf.Tensor) => tf.less(i, 3), body, [zero(), tf.constant(0.5)]);
    return [y, ...grads(y, x, v), ...grads(tf.exp(y), x, v)];
  },
  'updates in branches of functions': () => {
    const p = predicate();
    const v = tf.getVariable('v', [], { initializer: tf.constantInitializer(1), useResource: true });
    const y = tf.cond(
      p,
      () => tf.controlDependencies([v.assignAdd(2)], () => v.readValue()),
      () => v.mul(3),
    );
    return tf.controlDependencies([y], () => [y, v.readValue()]);
  },
  'updates in a while': () => {
    const n = count();
    const v = tf.getVariable('v', [], { initializer: tf.constantInitializer(1), useResource: true });
    const end = tf.whileLoop(
      less(n),
      (i) => tf.controlDependencies([v.assignAdd(tf.cast(i, tf.float32))], () => i.add(1)),
      [zero()],
    );
    return tf.controlDependencies([end], () => [v.readValue()]);
  },
  'second derivative by what a while reads': () => {
    const [x, w] = [ph(), ph([], 'w')];
    const [, y] = tf.whileLoop(less(3), (i, y) => [i.add(1), tf.sin(y.mul(w))], [zero(), x]);
    const first = grads(y, x, w);
    return [...first, ...grads(first[1], x, w)];
  },
  'e an array that is no list': () => {
    tf.disableControlFlowV2();
    const a = array(3);
    tf.enableControlFlowV2();
    return a.write(0, 1).stack();
  },
};
