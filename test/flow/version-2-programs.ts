/** Branches and loops that are functions, as test/fixtures/record/built_functions.py has them. */
import * as tf from '../../src';
import { LISTS } from './list-programs';
import { type Programs, grads, ph, predicate } from './words';

const lost = (): tf.Tensor => tf.constant(1, tf.int32);
const wrong = (value: unknown): never => value as never;
const functional = (build: () => unknown) => (): unknown => {
  tf.enableControlFlowV2();
  try {
    return build();
  } finally {
    tf.disableControlFlowV2();
  }
};
const zero = (): tf.Tensor => tf.constant(0, tf.int32);
const less =
  (n: number | tf.Tensor) =>
  (i: tf.Tensor): tf.Tensor =>
    tf.less(i, n);
const VERSION_2: Programs = {
  'if of functions': () => {
    const [x, p] = [ph(), predicate()];
    const y = tf.cond(
      p,
      () => x.mul(x),
      () => tf.exp(x),
    );
    return [y, ...grads(y, x)];
  },
  'if with a name': () => {
    const [x, w, p] = [ph([2]), ph([], 'w'), predicate()];
    const [a, b] = tf.cond(
      p,
      () => [x.mul(w), x],
      () => [x, x.sub(w)],
      { name: 'choice' },
    );
    return [a, b, ...grads(a, x, w)];
  },
  'if in an if': () => {
    const [x, p, q] = [ph(), predicate(), predicate('q')];
    const y = tf.cond(
      p,
      () =>
        tf.cond(
          q,
          () => x.mul(x),
          () => tf.sin(x).mul(x),
        ),
      () => tf.exp(x),
    );
    return [y, ...grads(y, x)];
  },
  'if of a random number': () => {
    const [x, p] = [ph(), predicate()];
    return tf.cond(
      p,
      () => x.add(tf.randomUniform([], { seed: 3 }).mul(0)),
      () => x,
    );
  },
  'if of a list of one': () => {
    const [x, p] = [ph(), predicate()];
    return tf.cond(
      p,
      () => [x.add(1)],
      () => [x],
      { strict: true },
    );
  },
  'second derivative of an if': () => {
    const [x, p] = [ph(), predicate()];
    const y = tf.cond(
      p,
      () => x.mul(x).mul(x),
      () => tf.exp(x),
    );
    const first = grads(y, x);
    return [...first, ...grads(first[0], x)];
  },
  'while of functions': () => {
    const n = ph([], 'n', tf.int32);
    return tf.whileLoop(less(n), (i, s) => [i.add(1), s.add(i)], [zero(), zero()]);
  },
  'gradient of a while': () => {
    const [x, n] = [ph(), ph([], 'n', tf.int32)];
    const [, y] = tf.whileLoop(less(n), (i, y) => [i.add(1), y.mul(y).mul(x)], [zero(), x]);
    return [y, ...grads(y, x)];
  },
  'while over vectors': () => {
    const [x, w] = [ph([2]), ph([2], 'w')];
    const [, y] = tf.whileLoop(less(4), (i, y) => [i.add(1), tf.tanh(y.mul(w).add(x))], [zero(), x], { name: 'steps' });
    return [y, ...grads(y, x, w)];
  },
  'while with a limit': () => {
    const x = ph();
    const y = tf.whileLoop(
      (y) => tf.less(y, 1000),
      (y) => [y.mul(x)],
      [x],
      { maximumIterations: 4 },
    );
    return [y, ...grads(y, x)];
  },
  'while over an unknown size': () => {
    const [x, n] = [ph([null]), tf.placeholder(tf.int32, [], { name: 'n' })];
    const [, y] = tf.whileLoop(less(n), (i) => [i.add(1), tf.constant([0.5, 0.25])], [zero(), x]);
    return [y, ...grads(y, x)];
  },
  'while with one use in a while': () => {
    const x = ph();
    const outer = (i: tf.Tensor, y: tf.Tensor): tf.Tensor[] => {
      const [a] = tf.whileLoop(
        (a) => tf.less(a, 2),
        (a, b) => [a.add(1), tf.clipByValue(b, -1, 1)],
        [y, y],
      );
      return [i.add(1), tf.tanh(a).mul(y)];
    };
    const [, y] = tf.whileLoop(less(2), outer, [zero(), x]);
    return [y, ...grads(y, x)];
  },
  'while of growing shapes': () => {
    const x = ph([1]);
    const shapeInvariants = [new tf.TensorShape([]), new tf.TensorShape([null])];
    const [, y] = tf.whileLoop(less(3), (i, y) => [i.add(1), tf.concat([y, x], 0)], [zero(), x], { shapeInvariants });
    return [y];
  },
  'while in a while': () => {
    const [x, n] = [ph(), ph([], 'n', tf.int32)];
    const [, y] = tf.whileLoop(
      less(2),
      (i, y) => {
        const [, z] = tf.whileLoop(less(n), (j, z) => [j.add(1), z.mul(x).mul(y)], [zero(), y]);
        return [i.add(1), z.add(y)];
      },
      [zero(), x],
    );
    return [y, ...grads(y, x)];
  },
  'if in a while': () => {
    const x = ph();
    const [, y] = tf.whileLoop(
      less(4),
      (i, y) => [
        i.add(1),
        tf.cond(
          tf.less(y, 3),
          () => y.mul(y),
          () => y.sub(x),
        ),
      ],
      [zero(), x],
    );
    return [y, ...grads(y, x)];
  },
  'while in an if': () => {
    const [x, p] = [ph(), predicate()];
    const y = tf.cond(
      p,
      () => tf.whileLoop(less(3), (i, y) => [i.add(1), y.mul(x)], [zero(), x])[1],
      () => x,
    );
    return [y, ...grads(y, x)];
  },
  'second derivative of a while': () => {
    const x = ph();
    const [, y] = tf.whileLoop(less(2), (i, y) => [i.add(1), y.mul(y).mul(x)], [zero(), x]);
    const first = grads(y, x);
    return [...first, ...grads(first[0], x)];
  },
  'variables of a while': () => {
    const v = tf.getVariable('v', [], { initializer: tf.constantInitializer(1.5), useResource: true });
    const [, y] = tf.whileLoop(less(3), (i, y) => [i.add(1), y.mul(v)], [zero(), tf.constant(2)]);
    return [y, ...grads(y, v)];
  },
  'gradient in a branch': () => {
    const [x, p] = [ph(), predicate()];
    const y = x.mul(x).mul(x);
    return tf.cond(
      p,
      () => tf.gradients(y.mul(2), x)[0],
      () => y,
    );
  },
  'gradient in a loop': () => {
    const x = ph([2]);
    return tf.hessians(tf.reduceSum(x.mul(x).mul(x)), x)[0];
  },
  'e other branches': () => {
    const x = ph();
    return tf.cond(
      predicate(),
      () => x,
      () => tf.constant(1, tf.int32),
    );
  },
  'e a bool': () => tf.cond(wrong(true), lost, lost),
  'e a growing shape': () =>
    tf.whileLoop(
      () => true,
      (x) => [tf.concat([x, x], 0)],
      [tf.constant([1])],
    ),
  'e another type': () =>
    tf.whileLoop(
      () => true,
      (x) => [tf.toInt32(x)],
      [tf.constant(1)],
    ),
};
export const FUNCTIONAL: Programs = Object.fromEntries(
  Object.entries({ ...VERSION_2, ...LISTS }).map(([title, build]) => [title, functional(build)]),
);
