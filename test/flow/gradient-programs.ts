/** Programs with gradients of loops, as test/fixtures/record/flow.py has them. */
import * as tf from '../../src';
import { type Programs, count, grads, int, ph, predicate } from './words';

const scalar = new tf.TensorShape([]);
const matrix = new tf.TensorShape([null, null]);

/** Three variables, of which the second is multiplied by the third, which grows by w. */
function three(x: tf.Tensor, w: tf.Tensor): tf.Tensor[] {
  return tf.whileLoop(
    (i) => i.less(3),
    (i, a, b) => [i.add(1), a.mul(b), b.add(w)],
    [int(0), x, w],
  );
}
/** Five times `body`, of one variable. */
function times(n: number, x: tf.Tensor, body: (v: tf.Tensor) => tf.Tensor, options: tf.WhileOptions = {}): tf.Tensor {
  const result = tf.whileLoop(
    (i) => i.less(n),
    (i, v) => [i.add(1), body(v)],
    [int(0), x],
    options,
  );
  return result[1];
}

export const GRADIENTS: Programs = {
  'gradient of a variable': () => {
    const x = ph();
    const y = tf.whileLoop(
      (v) => v.less(100),
      (v) => v.mul(v),
      [x],
    );
    return [y, ...grads(y, x)];
  },
  'gradient of an invariant': () => {
    const [x, w] = [ph([1, 2]), ph([2, 2], 'w')];
    const y = times(4, x, (v) => tf.tanh(tf.matmul(v, w)));
    return [y, ...grads(y, x, w)];
  },
  'gradient of unknown shapes': () => {
    const [x, w, n] = [ph([null, 2]), ph([null, null], 'w'), count()];
    const [, y] = tf.whileLoop(
      (i) => i.less(n),
      (i, v) => [i.add(1), tf.tanh(tf.matmul(v, w)).add(tf.reduceSum(v))],
      [int(0), x],
      { shapeInvariants: [scalar, matrix] },
    );
    return [y, ...grads(y, x, w)];
  },
  'gradient of what is not fetched': () => {
    const [x, w] = [ph(), ph([], 'w')];
    const [, a] = three(x, w);
    return [a, ...grads(a, x, w)];
  },
  'gradient of two results': () => {
    const [x, w] = [ph(), ph([], 'w')];
    const [, a, b] = three(x, w);
    return [a, b, ...grads([a, b], x, w)];
  },
  'gradient of what does not go round': () => {
    const [x, w] = [ph(), ph([], 'w')];
    const a = times(3, x, () => w.mul(2));
    return [a, ...grads(a, x, w)];
  },
  'gradient of a loop in a loop': () => {
    const [x, w, n] = [ph(), ph([], 'w'), count()];
    const inner = (v: tf.Tensor): tf.Tensor =>
      tf.whileLoop(
        (j) => j.less(n),
        (j, u) => [j.add(1), tf.sin(u.mul(w)).add(v)],
        [int(0), v],
      )[1];
    const y = times(3, x, inner);
    return [y, ...grads(y, x, w)];
  },
  'gradient of a branch in a loop': () => {
    const [x, w] = [ph(), ph([], 'w')];
    const y = times(5, x, (v) =>
      tf.cond(
        v.greater(2),
        () => v.mul(w),
        () => tf.square(v).add(w),
      ),
    );
    return [y, ...grads(y, x, w)];
  },
  'gradient of a branch in a loop of unknown shape': () => {
    const [x, w] = [ph([null]), ph([null], 'w')];
    const y = times(5, x, (v) =>
      tf.cond(
        tf.reduceSum(v).greater(3),
        () => v.mul(0.5),
        () => tf.square(v).add(w),
      ),
    );
    return [y, ...grads(y, x, w)];
  },
  'gradient of a loop in a branch': () => {
    const [x, p] = [ph(), predicate()];
    const y = tf.cond(
      p,
      () =>
        tf.whileLoop(
          (v) => v.less(100),
          (v) => v.mul(x),
          [x],
        ),
      () => x.mul(4),
    );
    return [y, ...grads(y, x)];
  },
  'gradient of two loops': () => {
    const x = ph();
    const y = tf.whileLoop(
      (v) => v.less(10),
      (v) => v.mul(x).add(1),
      [x],
    );
    const z = tf.whileLoop(
      (v) => v.less(100),
      (v) => v.mul(x).add(2),
      [y],
    );
    return [z, ...grads(z, x)];
  },
  'gradient of rows': () => {
    const [table, n] = [ph([4, 2]), count()];
    const [, y] = tf.whileLoop(
      (i) => i.less(n),
      (i, s) => [i.add(1), s.add(tf.reduceSum(tf.square(tf.gather(table, [i, int(0)]))))],
      [int(0), 0],
    );
    return [y, ...grads(y, table).map((g) => tf.convertToTensor(g))];
  },
  'gradient of rows behind a loop': () => {
    const [x, i] = [ph([null]), tf.placeholder(tf.int32, [1], { name: 'i' })];
    const y = times(3, x, (v) => tf.tanh(v).mul(v));
    return [y, ...grads(tf.gather(y, i), x).map((g) => tf.convertToTensor(g))];
  },
  'gradient of rows in a loop and behind it': () => {
    const [x, i] = [ph([null, 2]), tf.placeholder(tf.int32, [1], { name: 'i' })];
    const y = times(3, x, (v) => tf.tanh(v).mul(tf.gather(v, i)));
    return [y, ...grads(tf.gather(y, [0, 2, 0]), x).map((g) => tf.convertToTensor(g))];
  },
  'gradient of nothing but rows in a loop': () => {
    const [x, n] = [ph([3, 2]), count()];
    const [, y] = tf.whileLoop(
      (i) => i.less(n),
      (i, v) => [i.add(1), tf.gather(v, [1, 1, 2])],
      [int(0), x],
    );
    return [y, ...grads(tf.square(y), x).map((g) => tf.convertToTensor(g))];
  },
  'gradient of rows behind a variable made anew': () => {
    const [x, n] = [ph([3]), count()];
    const [, y] = tf.whileLoop(
      (i) => i.less(n),
      (i) => [i.add(1), tf.tanh(x)],
      [int(0), x],
    );
    return [y, ...grads(tf.gather(y, [0, 2, 0]), x).map((g) => tf.convertToTensor(g))];
  },
  'gradient of a variable of the graph': () => {
    const x = ph([3, 2]);
    const w = tf.getVariable('w', [2, 2], { initializer: tf.onesInitializer() });
    const b = tf.getVariable('b', [2], { initializer: tf.zerosInitializer(), useResource: true });
    const loss = tf.reduceSum(times(3, x, (v) => tf.sigmoid(tf.matmul(v, w).add(b))));
    const step = new tf.train.GradientDescentOptimizer(0.1).minimize(loss);
    return tf.controlDependencies([step], () => [tf.identity(loss), w.readValue(), b.readValue()]);
  },
  'gradient with swapped memory': () => {
    const x = ph();
    const y = tf.whileLoop(
      (v) => v.less(10),
      (v) => tf.exp(v).add(v),
      [x],
      { parallelIterations: 1, swapMemory: true },
    );
    return [y, ...grads(y, x)];
  },
  'gradient inside a loop': () => {
    const x = ph();
    return tf.whileLoop(
      (i) => i.less(5),
      (i, v) => [i.add(1), v.sub(tf.multiply(0.1, tf.gradients(tf.square(v).add(tf.sin(v)), v)[0], { name: 'mul' }))],
      [int(0), x],
    );
  },
  'stopped gradient': () => {
    const [x, w] = [ph(), ph([], 'w')];
    const y = times(3, x, (a) => tf.stopGradient(a).mul(w).add(a));
    return [y, ...grads(y, x, w)];
  },
  'gradient without back prop': () => {
    const [x, w] = [ph(), ph([], 'w')];
    const y = times(3, x, (a) => a.mul(w), { backProp: false }).mul(w);
    return [y, ...grads(y, x, w)];
  },
  'gradient beside operations': () => {
    const [x, w] = [ph(), ph([], 'w')];
    const y = tf.device('/cpu:0', () => times(3, x, (a) => a.mul(w)));
    return [y, ...tf.gradients(y, [x, w], { colocateGradientsWithOps: true })];
  },
  'gradient at most': () => {
    const [x, w] = [ph(), ph([], 'w')];
    const y = tf.whileLoop(
      (a) => a.less(1000),
      (a) => a.mul(w),
      [x],
      { maximumIterations: int(3) },
    );
    return [y, ...grads(y, x, w)];
  },
  'gradient through shapes': () => {
    const x = ph([null, 2]);
    const body = (v: tf.Tensor): tf.Tensor =>
      tf.reshape(tf.reshape(v, [-1]).mul(tf.toFloat(tf.size(v))), tf.shape(v)).div(tf.reduceMean(v));
    const y = times(2, x, body, { shapeInvariants: [scalar, matrix] });
    return [y, ...grads(tf.reduceSum(tf.square(y)), x)];
  },
};
