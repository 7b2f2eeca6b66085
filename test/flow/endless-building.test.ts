/** Branches, loops and functions that a program builds in themselves without end. */
import * as tf from '../../src';
import { devices, open } from '../devices';
import { said } from '../session/calling-graphs';

describe('what a program builds in itself without end', () => {
  type Built = (x: tf.Tensor) => tf.Tensor;
  const one = (x: unknown): tf.Tensor => (Array.isArray(x) ? x[0] : x) as tf.Tensor;
  const KINDS: Readonly<Record<string, (x: tf.Tensor, again: Built) => unknown>> = {
    cond: (x, again) =>
      tf.cond(
        tf.greater(x, 0),
        () => again(x),
        () => x,
      ),
    case: (x, again) => tf.case([[tf.greater(x, 0), () => x]], { default: () => again(x) }),
    switchCase: (x, again) => tf.switchCase(tf.cast(x, tf.int32), [() => x, () => again(x)]),
    whileLoop: (x, again) =>
      tf.whileLoop(
        (i: tf.Tensor) => tf.less(i, 0),
        (i: tf.Tensor) => [again(i)],
        [x],
      ),
    mapFn: (x, again) => tf.reduceSum(tf.mapFn((each: tf.Tensor) => again(each), tf.stack([x])) as tf.Tensor),
    scan: (x, again) => tf.reduceSum(tf.scan((a: tf.Tensor) => again(a), tf.stack([x])) as tf.Tensor),
    Defun: (x, again) => tf.Defun(tf.float32)((each) => again(each))(x),
  };
  const rows = Object.keys(KINDS).flatMap((kind) => [1, 2].map((version) => [kind, version] as const));
  test.each(rows)('%s, version %d', (kind, version) => {
    const again: Built = (x) => one(KINDS[kind](x, again));
    if (version === 2) tf.enableControlFlowV2();
    try {
      const graph = new tf.Graph();
      const build = (): tf.Tensor => again(tf.placeholder(tf.float32, []));
      expect(said(() => graph.asDefault(build))).toMatch(
        /^RuntimeError: maximum recursion depth exceeded: .* 128 times/,
      );
    } finally {
      tf.disableControlFlowV2();
    }
  });
  test('a function that calls itself while it is built', () => {
    const own: { fn?: Built } = {};
    own.fn = tf.Defun(tf.float32)(function twice(x) {
      return own.fn!(x);
    }) as Built;
    expect(said(() => own.fn!(tf.constant(1)))).toBe(
      "RuntimeError: maximum recursion depth exceeded: the function 'twice' calls itself while it is built.",
    );
    const shaped: { fn?: Built } = {};
    const shapeFunc = (op: tf.Operation): tf.TensorShape[] => [shaped.fn!(op.inputs[0]).shape];
    shaped.fn = tf.Defun(tf.float32, { shapeFunc })((x) => x.add(1)) as Built;
    expect(said(() => shaped.fn!(tf.constant(1)))).toMatch(/maximum recursion depth exceeded/);
  });
  test('what is copied into a function may be long, and no loop', () => {
    let long: tf.Tensor = tf.constant(1);
    for (let i = 0; i < 20_000; i++) long = tf.negative(long);
    const copies = tf.Defun(tf.float32, { captureByValue: true });
    expect(open(long.graph, devices()[0]).run(copies((x) => x.add(long))(2))).toBe(3);
    const merged = tf.whileLoop(
      (i: tf.Tensor) => tf.less(i, 3),
      (i: tf.Tensor) => [i.add(1)],
      [tf.constant(0)],
    );
    expect(said(() => copies((x) => x.add(tf.cast(merged, tf.float32)))(2))).toMatch(
      /^ValueError: Cannot capture a node of a loop/,
    );
  });
});
