/** Programs with loops, as test/fixtures/record/flow.py has them. */
import * as tf from '../../src';
import { type Programs, count, int, ph, predicate } from './words';

const vector = new tf.TensorShape([]);

/** A loop that adds to a variable of the graph. */
function assigning(
  make: () => tf.Variable,
  add: (v: tf.Variable, i: tf.Tensor) => tf.Tensor | tf.Operation,
): tf.Tensor[] {
  const n = count();
  const v = make();
  const r = tf.whileLoop(
    (i) => i.less(n),
    (i) => tf.controlDependencies([add(v, i)], () => i.add(1)),
    [int(0)],
  );
  return tf.controlDependencies([r], () => [tf.identity(r), v.readValue()]);
}

export const LOOPS: Programs = {
  counting: () => {
    const n = count();
    return tf.whileLoop(
      (i) => i.less(n),
      (i) => i.add(1),
      [tf.constant(0, tf.int32)],
    );
  },
  'two variables': () => {
    const n = count();
    return tf.whileLoop(
      (i) => i.less(n),
      (i, s) => [i.add(1), s.add(i)],
      [int(0), int(0)],
      { name: 'sum' },
    );
  },
  'nested variables': () => {
    const x = ph();
    const r = tf.whileLoop(
      (i) => i.less(3),
      (i, d) => [i.add(1), { a: d.a.mul(2), b: [d.b[0].add(d.a)] }],
      [int(0), { a: x, b: [x] }],
    );
    return [r[0], r[1].a, r[1].b[0]];
  },
  'one in its structure': () => {
    const x = ph();
    return tf.whileLoop(
      (v) => v.less(100),
      (v) => [v.mul(2)],
      [x],
      { returnSameStructure: true },
    );
  },
  growing: () => {
    const x = ph([1, 2]);
    return tf.whileLoop(
      (i) => i.less(3),
      (i, m) => [i.add(1), tf.concat([m, m.add(1)], 0)],
      [int(0), x],
      { shapeInvariants: [vector, new tf.TensorShape([null, 2])] },
    );
  },
  'at most': () => {
    const [x, n] = [ph(), count()];
    const y = tf.whileLoop(
      (v) => v.less(100),
      (v) => v.mul(2),
      [x],
      { maximumIterations: n },
    );
    const [a, b] = tf.whileLoop(
      (v) => v.less(100),
      (v, w) => [v.mul(2), w.add(v)],
      [x, x],
      { maximumIterations: 3 },
    );
    return [y, a, b];
  },
  'loop in a loop': () => {
    const [n, m] = [count(), count('m')];
    return tf.whileLoop(
      (i) => i.less(n),
      (i, s) => {
        const [, inner] = tf.whileLoop(
          (j) => j.less(m),
          (j, t) => [j.add(1), t.add(i.mul(j))],
          [int(0), s],
        );
        return [i.add(1), inner];
      },
      [int(0), int(0)],
    );
  },
  'branch in a loop': () => {
    const n = count();
    return tf.whileLoop(
      (i) => i.less(n),
      (i, s) => [
        i.add(1),
        tf.cond(
          tf.equal(i.mod(2), 0),
          () => s.add(i),
          () => s.mul(2),
        ),
      ],
      [int(0), int(1)],
    );
  },
  'loop in a branch': () => {
    const [x, p] = [ph(), predicate()];
    return tf.cond(
      p,
      () =>
        tf.whileLoop(
          (v) => v.less(100),
          (v) => v.mul(x),
          [x],
        ),
      () => x,
    );
  },
  settings: () => {
    const x = ph();
    return tf.whileLoop(
      (v) => v.less(100),
      (v) => v.mul(2),
      [x],
      { parallelIterations: 1, backProp: false, swapMemory: true },
    );
  },
  'constants inside': () => {
    const x = ph([2]);
    return tf.whileLoop(
      (i) => i.less(3),
      (i, v) => {
        const c = tf.constant([1, 2]);
        return [
          i.add(1),
          v
            .mul(c)
            .add(tf.zeros([2]))
            .add(tf.onesLike(v)),
        ];
      },
      [int(0), x],
    );
  },
  'assigns in a loop': () =>
    assigning(
      () => new tf.Variable(int(0), { name: 'v' }),
      (v, i) => v.assignAdd(i),
    ),
  'resource assigns in a loop': () =>
    assigning(
      () => tf.getVariable('v', { initializer: tf.constant(0, tf.int32), useResource: true }),
      (v, i) => v.assignAdd(i, { readValue: false }),
    ),
  'waiting around a loop': () => {
    const x = ph();
    const v = new tf.Variable(0, { name: 'v' });
    const gate = v.assignAdd(1);
    return tf.controlDependencies([gate], () =>
      tf.whileLoop(
        (a) => a.less(20),
        (a) => a.add(x).add(tf.constant(1)),
        [x],
      ),
    );
  },
  'waiting in a loop for outside': () => {
    const x = ph();
    const v = new tf.Variable(0, { name: 'v' });
    const gate = v.assignAdd(1);
    return tf.whileLoop(
      (a) => a.less(20),
      (a) => tf.controlDependencies([gate], () => a.add(tf.constant(5))),
      [x],
    );
  },
  'variable read in a loop': () => {
    const n = count();
    const v = new tf.Variable(2, { name: 'v' });
    return tf.whileLoop(
      (i) => i.less(n),
      (i, a) => [i.add(1), a.mul(v)],
      [int(0), 1],
    );
  },
  'rows as variables': () => {
    const x = ph([2, 2]);
    const rows = new tf.IndexedSlices(x, tf.constant([0, 3], tf.int32), tf.constant([4, 2], tf.int32));
    const [i, r] = tf.whileLoop(
      (i) => i.less(3),
      (i, r) => [i.add(1), new tf.IndexedSlices(r.values.mul(2), r.indices, r.denseShape)],
      [int(0), rows],
    );
    return [i, r.values, r.indices, r.denseShape];
  },
};
