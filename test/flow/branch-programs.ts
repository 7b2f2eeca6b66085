/** Programs with branches, as test/fixtures/record/flow.py has them. */
import * as tf from '../../src';
import { type Programs, grads, ones, ph, predicate } from './words';

/** A step of training in which a variable goes one of two ways. */
function trainedInBranches(useResource: boolean): tf.Tensor[] {
  const p = predicate();
  const v = ones([2], { useResource });
  const y = tf.cond(
    p,
    () => v.mul(3),
    () => v.readValue().mul(v),
  );
  const step = new tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduceSum(y));
  return tf.controlDependencies([step], () => [v.readValue()]);
}

export const BRANCHES: Programs = {
  'two branches': () => {
    const x = ph();
    const y = tf.cond(
      x.less(3),
      () => x.mul(2),
      () => tf.square(x).add(1),
    );
    return [y, ...grads(y, x)];
  },
  'named branches': () => {
    const [x, p] = [ph([2]), predicate()];
    return tf.cond(p, {
      trueFn: () => tf.add(x, 1, { name: 'more' }),
      falseFn: () => tf.subtract(x, 1, { name: 'less' }),
      name: 'choice',
    });
  },
  structures: () => {
    const [x, p] = [ph(), predicate()];
    const r = tf.cond(
      p,
      () => ({ b: x, a: [x.add(1), [x.add(2), 7]] as const }),
      () => ({ b: 1, a: [x, [x.mul(x), x]] as const }),
    );
    return [r.a[0], r.a[1][0], r.a[1][1], r.b];
  },
  'what comes in goes out': () => {
    const [x, p] = [ph(), predicate()];
    const y = tf.cond(
      p,
      () => x,
      () => tf.constant(1),
    );
    return [y, ...grads(y, x)];
  },
  'single lists': () => {
    const [x, p] = [ph(), predicate()];
    const a = tf.cond(
      p,
      () => [x.add(1)],
      () => x,
    );
    const b = tf.cond(
      p,
      () => [x.add(1)],
      () => [x],
      true,
    );
    return [a, ...b];
  },
  'branch in a branch': () => {
    const [x, p, q] = [ph(), predicate(), predicate('q')];
    const y = tf.cond(
      p,
      () =>
        tf.cond(
          q,
          () => x.mul(x),
          () => tf.sin(x).mul(x),
        ),
      () =>
        tf.cond(
          q,
          () => x.mul(5),
          () => x,
        ),
    );
    return [y, ...grads(y, x)];
  },
  'gradient of one branch': () => {
    const [x, w, p] = [ph([null]), ph([null], 'w'), predicate()];
    const y = tf.cond(
      p,
      () => x.mul(w),
      () => x.add(1),
    );
    return [y, ...grads(y, x, w)];
  },
  'gradient of known shapes': () => {
    const [x, p] = [ph([2]), predicate()];
    const w = tf.constant([3, 4]);
    const y = tf.cond(
      p,
      () => x.mul(w),
      () => tf.exp(x),
    );
    return [y, ...grads(y, x, w)];
  },
  'second derivative': () => {
    const [x, p] = [ph(), predicate()];
    const y = tf.cond(
      p,
      () => x.mul(x).mul(x),
      () => tf.exp(x),
    );
    const first = grads(y, x);
    return [...first, ...grads(first[0], x)];
  },
  'gradient inside a branch': () => {
    const [x, p] = [ph(), predicate()];
    return tf.cond(
      p,
      () => tf.gradients(x.mul(x), x)[0],
      () => x,
    );
  },
  'assigns in branches': () => {
    const p = predicate();
    const v = new tf.Variable(1, { name: 'v' });
    return tf.cond(
      p,
      () => v.assignAdd(2),
      () => tf.assign(v, 10),
    );
  },
  'operations of branches': () => {
    const p = predicate();
    const v = new tf.Variable(1, { name: 'v' });
    const r = tf.cond(
      p,
      () => v.assignAdd(2).op,
      () => tf.noOp(),
    );
    return tf.controlDependencies([r], () => [r, v.readValue()]);
  },
  'resource variables in branches': () => trainedInBranches(true),
  'reference variables in branches': () => trainedInBranches(false),
  'variables made in branches': () => {
    const p = predicate();
    const a = (): tf.Tensor =>
      tf.variableScope('a', () => tf.getVariable('w', [2], { initializer: tf.onesInitializer() }).mul(2));
    return tf.cond(p, a, () => new tf.Variable(() => tf.constant([5, 6]), { name: 'made' }).add(1));
  },
  'rows in a branch': () => {
    const [x, p] = [ph([4, 2]), predicate()];
    const y = tf.cond(
      p,
      () => tf.gather(x, [1, 3, 1]),
      () => x.mul(2),
    );
    return [y, ...grads(y, x)];
  },
  'rows in both branches': () => {
    const [x, p] = [ph([4, 2]), predicate()];
    const y = tf.cond(
      p,
      () => tf.gather(x, [1, 3, 1]),
      () => tf.gather(x, [0, 2]),
    );
    return [y, ...grads(y, x).map((g) => tf.convertToTensor(g))];
  },
  'waiting outside': () => {
    const [x, p] = [ph(), predicate()];
    const v = new tf.Variable(0, { name: 'v' });
    return tf.controlDependencies([v.assignAdd(1)], () =>
      tf.cond(
        p,
        () => x.add(v.readValue()),
        () => tf.constant(1),
      ),
    );
  },
  'waiting inside': () => {
    const [x, p] = [ph(), predicate()];
    const v = new tf.Variable(0, { name: 'v' });
    const yes = (): tf.Tensor => tf.controlDependencies([v.assignAdd(x)], () => tf.constant(1));
    const r = tf.cond(p, yes, () => x);
    return tf.controlDependencies([r], () => [tf.identity(r), v.readValue()]);
  },
  'asserts in branches': () => {
    const [x, p] = [ph(), predicate()];
    const yes = (): tf.Tensor => tf.controlDependencies([tf.Assert(x.less(5), [x])], () => x.mul(2));
    return tf.cond(p, yes, () => x);
  },
  'predicate that is read inside': () => {
    const [x, p] = [ph(), predicate()];
    return tf.cond(
      p,
      () => [tf.toFloat(p).add(x), tf.logicalNot(p)],
      () => [x, p],
    );
  },
  'strings and integers': () => {
    const [p, i] = [predicate(), ph([], 'i', tf.int64)];
    return tf.cond(
      p,
      () => ['yes', i.add(1)] as const,
      () => [tf.constant('no'), i] as const,
    );
  },
  'fractions of zeros': () => tf.nn.zeroFraction(ph([null])),
};
