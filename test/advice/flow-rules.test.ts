/** What a session says unasked of loops and branches, and silence on those that are right. */
import * as tf from '../../src';
import { devices } from '../devices';
import { pattern } from '../pattern';
import { linesSaid } from '../lines-said';

const lines = linesSaid();
const opened: tf.Session[] = [];
const open = (config: object = {}): tf.Session =>
  opened[opened.push(new tf.Session('', { config: { device: devices()[0].device, ...config } })) - 1];
beforeEach(() => {
  tf.resetDefaultGraph();
});
afterEach(() => {
  while (opened.length) opened.pop()!.close();
});

const int = (n: number): tf.Tensor => tf.constant(n, tf.int32);
describe.each([false, true])('loops and branches (functions: %s)', (functional) => {
  beforeEach(() => {
    if (functional) tf.enableControlFlowV2();
  });
  afterEach(() => tf.disableControlFlowV2());
  const always =
    /flow-rules\.test\.ts:\d+:\d+: the condition of the loop 'while' is always true: it never ends\. Fix: /;
  const steady = /the condition of the loop 'while' depends on nothing that the loop changes: where it is true /;
  test.each<[string, (p: tf.Tensor) => tf.Tensor[], RegExp]>([
    [
      'a constant',
      () =>
        tf.whileLoop(
          () => tf.constant(true),
          (i, s) => [i.add(1), s],
          [int(0), int(0)],
        ),
      always,
    ],
    [
      'a variable that the body gives back as it is',
      () =>
        tf.whileLoop(
          (i) => tf.less(i, 3),
          (i, s) => [i, s.add(1)],
          [int(0), int(0)],
        ),
      steady,
    ],
    [
      'what is fed',
      (p) =>
        tf.whileLoop(
          () => p,
          (i, s) => [i.add(1), s],
          [int(0), int(0)],
        ),
      steady,
    ],
  ])('a condition that is %s', (_, build, said) => {
    const [y] = build(tf.placeholder(tf.bool, [], { name: 'p' }));
    expect(() => open({ operationTimeoutInMs: 20 }).run(y, { 'p:0': true })).toThrow(tf.errors.DeadlineExceededError);
    expect(lines).toEqual([expect.stringMatching(said)]);
  });
  test('a loop in a loop', () => {
    const y = tf.whileLoop(
      (i) => tf.less(i, 3),
      (i) => {
        const [, s] = tf.whileLoop(
          (j) => tf.less(j, 2),
          (j, s) => [j, s.add(1)],
          [int(0), i],
        );
        return i.add(s);
      },
      [int(0)],
    );
    expect(() => open({ operationTimeoutInMs: 20 }).run(y)).toThrow(tf.errors.DeadlineExceededError);
    const inner = /the condition of the loop 'while\/while(_1)?' depends on nothing that the loop changes: /;
    expect(lines).toEqual([expect.stringMatching(inner)]);
  });
  test('loops that end hear nothing', () => {
    const v = tf.getVariable('v', { initializer: tf.constant(0), useResource: true });
    const [a] = tf.whileLoop(
      () => tf.constant(true),
      (i, s) => [i.add(1), s],
      [int(0), int(0)],
      { maximumIterations: 3 },
    );
    const [b] = tf.whileLoop(
      () => tf.less(v, 3),
      (i, s) => [tf.controlDependencies([v.assignAdd(1)], () => i.add(1)), s],
      [int(0), int(0)],
    );
    const sess = open();
    sess.run(v.initializer);
    expect(sess.run([a, b, tf.reduceSum(tf.mapFn((x) => x.mul(x), tf.constant([1, 2])))])).toEqual([3, 3, 5]);
    expect(lines).toEqual([]);
  });
  const made = pattern(
    /flow-rules\.test\.ts:\d+:\d+: '.*' is made outside of the branch at .*flow-rules\.test\.ts:\d+:\d+ that alone /,
    /uses it, so it runs whichever branch is taken\. Fix: make it inside the function of the branch/,
  );
  test('an update that only one branch reads, made outside of it', () => {
    const p = tf.placeholder(tf.bool, [], { name: 'p' });
    const v = tf.getVariable('v', { initializer: tf.constant(1), useResource: true });
    const update = v.assign(5);
    const y = tf.cond(
      p,
      () => update,
      () => v.readValue(),
    );
    const sess = open();
    sess.run(v.initializer);
    expect(sess.run(y, { 'p:0': false })).toBe(5);
    expect(lines).toEqual([expect.stringMatching(made)]);
  });
  if (!functional)
    test('a training step that only one branch waits for, made outside of it', () => {
      const p = tf.placeholder(tf.bool, [], { name: 'p' });
      const v = tf.getVariable('v', { initializer: tf.constant(1) });
      const step = new tf.train.GradientDescentOptimizer(0.1).minimize(tf.square(v));
      const y = tf.cond(
        p,
        () => tf.group(step),
        () => tf.noOp(),
      );
      const sess = open();
      sess.run(tf.globalVariablesInitializer());
      sess.run(y, { 'p:0': false });
      expect(lines).toEqual([expect.stringMatching(made)]);
    });
  /** A branch with an effect outside of it, or inside. */
  const branching = (v: tf.Variable, p: tf.Tensor, isOutside: boolean): tf.Tensor => {
    const update = isOutside ? v.assign(5) : null;
    return tf.cond(
      p,
      () => (update ?? v.assign(5)).mul(1),
      () => v.readValue(),
    );
  };
  type Branch = (p: tf.Tensor) => tf.Tensor;
  const inFunctions: readonly (readonly [string, (p: tf.Tensor, branch: Branch) => tf.Tensor])[] = [
    ['a function', (p, branch) => tf.Defun(tf.bool)(branch)(p)],
    [
      'a function in a function',
      (p, branch) => {
        const inner = tf.Defun(tf.bool)(branch);
        return tf.Defun(tf.bool)((q) => inner(tf.logicalNot(q)))(p);
      },
    ],
    [
      'a loop in a function',
      (p, branch) =>
        tf.Defun(tf.bool)(
          (q) =>
            tf.whileLoop(
              (i: tf.Tensor) => i.less(2),
              (i: tf.Tensor, s: tf.Tensor) => [i.add(1), s.add(branch(q))],
              [int(0), tf.constant(0)],
            )[1],
        )(p),
    ],
    [
      'a loop',
      (p, branch) =>
        tf.whileLoop(
          (i: tf.Tensor) => i.less(2),
          (i: tf.Tensor, s: tf.Tensor) => [i.add(1), s.add(branch(p))],
          [int(0), tf.constant(0)],
        )[1],
    ],
    [
      'a branch',
      (p, branch) =>
        tf.cond(
          tf.logicalOr(p, true),
          () => branch(p),
          () => tf.constant(0),
        ),
    ],
  ];
  test.each(inFunctions)('an update in %s, outside of the branch that reads it', (_, within) => {
    const p = tf.placeholder(tf.bool, [], { name: 'p' });
    const v = tf.getVariable('v', { initializer: tf.constant(1), useResource: true });
    const right = within(p, (q) => branching(v, q, false));
    const sess = open();
    sess.run(v.initializer);
    sess.run(right, { 'p:0': false });
    expect(lines).toEqual([]);
    const wrong = within(p, (q) => branching(v, q, true));
    open().run([v.initializer, wrong], { 'p:0': false });
    expect(lines).toEqual([expect.stringMatching(made)]);
  });
  test('what is made inside, what both read and what is waited for hears nothing', () => {
    const p = tf.placeholder(tf.bool, [], { name: 'p' });
    const v = tf.getVariable('v', { initializer: tf.constant(1), useResource: true });
    const inside = tf.cond(
      p,
      () => v.assign(5).add(0),
      () => v.readValue(),
    );
    const update = v.assign(7).add(0);
    const both = tf.cond(
      p,
      () => update.add(1),
      () => update.add(2),
    );
    const after = tf.controlDependencies([v.assignAdd(1)], () =>
      tf.cond(
        p,
        () => v.readValue(),
        () => v.readValue().add(1),
      ),
    );
    const sess = open();
    sess.run(v.initializer);
    sess.run([inside, both, after], { 'p:0': true });
    expect(lines).toEqual([]);
  });
});
