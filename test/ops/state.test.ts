import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import { open } from '../sweep';
import { list, said } from '../said';
import { MODES } from './variable-modes';

describe.each(MODES)('on %s: %s', (_, __, mode, useResource) => {
  let sess: tf.Session;
  beforeEach(() => {
    tf.resetDefaultGraph();
    sess = open(tf.getDefaultGraph(), mode);
  });
  afterEach(() => sess.close());
  const variable = (value: unknown, options: tf.VariableOptions = {}): tf.Variable =>
    new tf.Variable(value as number[], { name: 'W', useResource, ...options });
  const start = (): void => {
    sess.run(tf.globalVariablesInitializer());
  };

  test('assign, += and -= give the value after', () => {
    const w = variable([1, 2]);
    const d = tf.placeholder(tf.float32, null);
    const ops = [w.assign(d), w.assignAdd(d), w.assignSub(d)];
    start();
    const got = ops.map((op) => list(sess.run(op, [[d, [10, 20]]])));
    expect(got).toEqual([
      [10, 20],
      [20, 40],
      [10, 20],
    ]);
    expect(list(sess.run(w))).toEqual([10, 20]);
  });
  test('half floats add up', () => {
    const w = variable(tf.cast(tf.constant([1, 2]), tf.float16));
    const more = w.assignAdd(tf.cast(tf.constant([0.5, 0.25]), tf.float16));
    start();
    sess.run(more);
    expect(list(sess.run(tf.cast(w, tf.float32)))).toEqual([1.5, 2.25]);
  });
  test('what was read before an update: a handle gives the value as of then, a reference the buffer', () => {
    const w = variable([1, 2]);
    const before = w.readValue();
    const after = tf.controlDependencies([before], () => w.assignAdd([1, 1]));
    const copy = tf.identity(before);
    start();
    // Plans that are run often are rewritten: the answer stays.
    for (let i = 0; i < 60; i++) {
      const [old, updated] = [
        [1 + i, 2 + i],
        [2 + i, 3 + i],
      ];
      const read = useResource ? old : updated;
      expect(sess.run([before, after, copy]).map(list)).toEqual([read, updated, read]);
    }
  });
  test('reads and writes keep their order in plans that are run often', () => {
    const w = variable([1, 2]);
    const x = tf.placeholder(tf.float32, [2]);
    const old = w.readValue();
    const set = tf.controlDependencies([old], () => w.assign(x.mul(x), { readValue: false }));
    const next = tf.controlDependencies([set], () => w.readValue().add(x));
    const last = tf.controlDependencies([next], () => w.assignAdd([1, 1]));
    start();
    let previous = [1, 2];
    for (let i = 0; i < 60; i++) {
      const fed = [i, i + 1];
      const got = sess.run([old, next, last], [[x, fed]]).map(list);
      const squares = fed.map((v) => v * v);
      const final = squares.map((v) => v + 1);
      // A reference is read when it is fetched.
      expect(got).toEqual([useResource ? previous : final, squares.map((v, k) => v + fed[k]), final]);
      previous = final;
    }
  });
  test('a variable can be fed', () => {
    const w = variable([1, 2], { name: 'W' });
    const y = useResource ? w.asTensor(true).mul(2) : w.mul(2);
    start();
    expect([list(sess.run(y, [[w, [5, 6]]])), list(sess.run(w, [[w, [5, 6]]])), list(sess.run(w))]).toEqual([
      [10, 12],
      [5, 6],
      [1, 2],
    ]);
  });
  test('a variable added to itself doubles', () => {
    const w = variable([1, 2]);
    const twice = w.assignAdd(w);
    const same = tf.assign(w, w);
    start();
    sess.run(twice);
    expect(list(sess.run(same))).toEqual([2, 4]);
    expect(list(sess.run(twice))).toEqual([4, 8]);
  });
  test('initial constants are not written to', () => {
    const w = variable([1, 2]);
    const more = w.assignAdd([1, 1]);
    start();
    sess.run(more);
    sess.run(more);
    start();
    expect(list(sess.run(w))).toEqual([1, 2]);
  });
  test('a fed array is copied', () => {
    const w = variable([0, 0]);
    const d = tf.placeholder(tf.float32, [2]);
    const [set, twice] = [w.assign(d), w.assign(d.mul(1))];
    const fed = new Float32Array([1, 2]);
    start();
    for (const op of [set, twice]) {
      sess.run(op, [[d, fed]]);
      fed.fill(9);
      expect(list(sess.run(w))).toEqual([1, 2]);
      fed.set([1, 2]);
    }
  });
  test('what does not fit leaves the variable as it was', () => {
    const w = variable([1, 2]);
    const d = tf.placeholder(tf.float32, null);
    const add = useResource ? applyOp('AssignAddVariableOp', [w.handle, d]) : tf.assignAdd(w, d);
    const bad = tf.scatterAdd(w, [0, 2], [5, 5]);
    start();
    expect(said(() => sess.run(add, [[d, [1, 2, 3]]]))).toBe(
      useResource
        ? 'InvalidArgumentError: Cannot update variable with shape [2] using a Tensor with shape [3], shapes ' +
            'must be equal.'
        : 'InvalidArgumentError: Parameters and update must be the same size',
    );
    expect(said(() => sess.run(bad))).toBe('InvalidArgumentError: indices[1] = 2 is not in [0, 2)');
    if (!useResource)
      expect(said(() => sess.run(w.assign(d), [[d, [1]]]))).toBe(
        'InvalidArgumentError: Assign requires shapes of both tensors to match. lhs shape= [2] rhs shape= [1]',
      );
    expect(list(sess.run(w))).toEqual([1, 2]);
  });
  test('an update of a variable without a value', () => {
    const w = variable([1, 2]);
    const other = variable([1, 2], { name: 'V' });
    const ops = [
      w.assignAdd([1, 1], { readValue: false }),
      w.assignSub([1, 1], { readValue: false }),
      tf.scatterAdd(w, [0], [1]).op,
    ];
    for (const op of ops) {
      const text = said(() => sess.run(useResource && op.type === 'ReadVariableOp' ? op.controlInputs[0] : op));
      expect(text).toBe(
        useResource
          ? 'NotFoundError: Container localhost does not exist. (Could not find resource: localhost/W)'
          : 'FailedPreconditionError: Attempting to use uninitialized value W',
      );
    }
    sess.run(other.initializer);
    expect(said(() => sess.run(ops[0]))).toBe(
      useResource
        ? 'NotFoundError: Resource localhost/W/N10tensorflow3VarE does not exist.'
        : 'FailedPreconditionError: Attempting to use uninitialized value W',
    );
  });
  test('3, 4: reading a variable without a value', () => {
    const w = variable([1, 2]);
    const other = variable([1, 2], { name: 'V' });
    const error = said(() => sess.run(w));
    const prefix =
      'FailedPreconditionError: Error while reading resource variable W from Container: localhost. This could ' +
      'mean that the variable was uninitialized. Not found: ';
    expect(error).toBe(
      useResource
        ? `${prefix}Container localhost does not exist. (Could not find resource: localhost/W)`
        : 'FailedPreconditionError: Attempting to use uninitialized value W',
    );
    sess.run(other.initializer);
    if (useResource)
      expect(said(() => sess.run(w))).toBe(`${prefix}Resource localhost/W/N10tensorflow3VarE does not exist.`);
  });
  test('says whether it has a value', () => {
    const w = variable([1, 2]);
    const has = tf.isVariableInitialized(w);
    expect(sess.run(has)).toBe(false);
    start();
    expect(sess.run(has)).toBe(true);
  });
  test('device memory stays the same over 1,000 updates', () => {
    const w = variable(new NDArray(tf.float32, [64, 64], new Float32Array(4096)));
    const d = tf.placeholder(tf.float32, [64, 64]);
    const ops = [w.assign(d), w.assignAdd(d), w.assign(tf.matmul(w, d)), w.assignAdd(tf.matmul(w, d))];
    const value = new NDArray(tf.float32, [64, 64], new Float32Array(4096).fill(0.001));
    const others = sess.device.tensorsAlive(); // of earlier tests in this process
    start();
    sess.run(ops[3], [[d, value]]);
    const before = sess.device.tensorsAlive();
    for (let i = 0; i < 1000; i++) sess.run(ops[i % 4], [[d, value]]);
    expect(sess.device.tensorsAlive()).toBeLessThanOrEqual(before);
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(others);
  });
});
