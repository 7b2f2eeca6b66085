/** What gradients do beside making TensorFlow's nodes: values, errors, size. */
import * as tf from '../../src';
import { device, graph, of, run, x } from './set-up';

test('derivatives of derivatives', () => {
  const a = x();
  const first = of(tf.gradients(a.mul(a).mul(a), a));
  const second = of(tf.gradients(first, a));
  const third = of(tf.gradients(second, a));
  expect([first, second, third].map((t) => run(t, [[a, 2]]))).toEqual([12, 12, 6]);
});
test('several ways add up, and given gradients of the ys count', () => {
  const a = x();
  expect(run(of(tf.gradients([a.mul(3), a.mul(a)], a, [2, null])), [[a, 5]])).toBe(16);
});
test('Hessians', () => {
  const [a, b] = [tf.placeholder(tf.float32, [2]), tf.placeholder(tf.float32, [2])];
  const [haa, hbb] = tf.hessians(tf.reduceSum(a.mul(a).mul(a)).add(tf.reduceSum(a).mul(tf.reduceSum(b.mul(b)))), [
    a,
    b,
  ]);
  expect(
    run(haa, [
      [a, [1, 2]],
      [b, [1, 1]],
    ]),
  ).toEqual([
    [6, 0],
    [0, 12],
  ]);
  expect(
    run(hbb, [
      [a, [1, 2]],
      [b, [1, 1]],
    ]),
  ).toEqual([
    [6, 0],
    [0, 6],
  ]);
});
test('gates are for the first gradients of Hessians alone, as in TensorFlow 1.15, which makes 90 nodes', () => {
  const made = new tf.Graph();
  made.asDefault(() => {
    const a = tf.placeholder(tf.float32, [3], { name: 'x' });
    tf.hessians([tf.reduceSum(tf.sin(a)), tf.reduceSum(a.mul(a))], a, { gateGradients: true });
  });
  const groups = made.getOperations().filter(({ type, name }) => type === 'NoOp' && name.startsWith('while/'));
  expect([made.getOperations().length, groups.length]).toEqual([90, 0]);
});
test('hessians where there is no second gradient are refused, as in TensorFlow 1.15', () => {
  const a = tf.constant([1, 2], { name: 'a' });
  expect(() => tf.hessians(tf.reduceSum(a.mul(3)), a)).toThrow('None values not supported.\n  the gradient does not');
  expect(() => tf.hessians(tf.reduceSum(tf.sign(a)), [a])).toThrow('linear in it, or steps');
  expect(() => tf.hessians(tf.constant(1), a)).toThrow(
    "Tried to convert 'tensor' to a tensor and failed. Error: None values not supported.\n  no y depends on",
  );
});
test('rows of the same index are summed when they become dense', () => {
  const p = tf.constant([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  const g = tf.gradients(tf.gather(p, tf.constant([2, 0, 2], tf.int32)), p)[0];
  expect(g).toBeInstanceOf(tf.IndexedSlices);
  expect(run(tf.convertToTensor(g!))).toEqual([
    [1, 1],
    [0, 0],
    [2, 2],
  ]);
});
test('rows stand where a tensor is expected', () => {
  const p = tf.constant([1, 2, 3]);
  const g = tf.gradients(tf.gather(p, tf.constant([1, 1], tf.int32)), p)[0]!;
  expect(run(tf.add(g, 1))).toEqual([1, 3, 1]);
  expect(run(g.mul(5))).toEqual([0, 10, 0]);
});
test('gradients of a variable, whole and by rows', () => {
  const v = new tf.Variable(
    [
      [1, 2],
      [3, 4],
    ],
    { name: 'v' },
  );
  const r = new tf.Variable([1, 2], { name: 'r', useResource: true });
  const grads = tf.gradients(
    [tf.reduceSum(tf.square(v)), tf.reduceSum(tf.gather(r, tf.constant([1], tf.int32)))],
    [v, r],
  );
  expect(grads[1]).toBeInstanceOf(tf.IndexedSlices);
  const sess = new tf.Session('', { graph, config: { device } });
  sess.run(tf.globalVariablesInitializer());
  expect((sess.run(of(grads)) as unknown as tf.NDArray).toArray()).toEqual([
    [2, 4],
    [6, 8],
  ]);
  expect((sess.run(of(grads, 1)) as unknown as tf.NDArray).toArray()).toEqual([0, 1]);
  sess.close();
});

test('an operation without a gradient is named, with its line and the cure', () => {
  const a = tf.placeholder(tf.float32, [3], { name: 'a' });
  const unique = tf
    .getDefaultGraph()
    .createOp('Unique', [a], [tf.float32, tf.int32], { T: tf.float32, out_idx: tf.int32 }, 'Unique');
  const error = (() => {
    try {
      tf.gradients(unique.outputs[0], a);
    } catch (e) {
      return e as Error;
    }
    return null;
  })()!;
  expect(error).toBeInstanceOf(tf.errors.LookupError);
  expect(error.message.split('\n')[0]).toBe("No gradient defined for operation 'Unique' (op type: Unique)");
  expect(error.message).toMatch(/Unique was made at .*facts\.test\.ts:\d+/);
  expect(error.message).toMatch(/tf\.RegisterGradient\('Unique'\)/);
});
test("a gradient of the wrong shape is refused in TensorFlow's words", () => {
  tf.RegisterGradient('WrongShape')(() => tf.zeros([7]));
  const a = tf.placeholder(tf.float32, [3], { name: 'a' });
  const y = graph.gradientOverrideMap({ Exp: 'WrongShape' }, () => tf.exp(a));
  expect(() => tf.gradients(y, a)).toThrow(
    'Incompatible shapes between op input and calculated input gradient.  Forward operation: Exp.  Input ' +
      'index: 0. Original input shape: (3,).  Calculated input gradient shape: (7,)',
  );
});
test('a gradient function that gives too few gradients is named', () => {
  tf.RegisterGradient('TooFew')((_, g) => [g]);
  const y = graph.gradientOverrideMap({ Mul: 'TooFew' }, () => tf.multiply(x(), x()));
  expect(() => tf.gradients(y, y.op.inputs[0])).toThrow('Num gradients 1 generated for op Mul');
});
test('too many or too few gradYs are refused', () => {
  const a = x();
  expect(() => tf.gradients([a.mul(2)], a, [1, 2])).toThrow('Passed 2 grad_ys for 1 ys');
});

test('a chain of 100,000 operations, in linear time and without recursion', () => {
  let y: tf.Tensor = x();
  const start = y;
  for (let i = 0; i < 100_000; i++) y = graph.createOp('Neg', [y], [tf.float32], { T: tf.float32 }, 'Neg').outputs[0];
  const before = process.cpuUsage().user;
  const [g] = tf.gradients(y, start);
  // Of the processor's time, which a busy machine does not stretch: 1 s here, minutes if it were quadratic.
  expect(process.cpuUsage().user - before).toBeLessThan(20e6);
  expect(g!.op.type).toBe('Neg');
});

describe('the checker', () => {
  const check = <R>(body: () => R): R =>
    new tf.Session('', { graph, config: { device } }).asDefault((sess) => {
      try {
        return body();
      } finally {
        sess.close();
      }
    });
  test('finds no error in a right gradient', () => {
    const a = tf.placeholder(tf.float64, [2, 3], { name: 'a' });
    const y = tf.tanh(a.mul(a));
    expect(check(() => tf.test.computeGradientError(a, [2, 3], y, [2, 3]))).toBeLessThan(1e-5);
    expect(
      check(() =>
        tf.test.computeGradient(a, [2, 3], y, [2, 3], {
          xInitValue: [
            [1, 2, 3],
            [0, 1, 2],
          ],
        }),
      )[0].shape,
    ).toEqual([6, 6]);
  });
  test('finds a wrong one', () => {
    tf.RegisterGradient('Halved')((op, g) => g.mul(op.outputs[0]).mul(0.5));
    const a = tf.placeholder(tf.float64, [2], { name: 'a' });
    const y = graph.gradientOverrideMap({ Exp: 'Halved' }, () => tf.exp(a));
    expect(check(() => tf.test.computeGradientError(a, [2], y, [2], { xInitValue: [0, 0] }))).toBeCloseTo(0.5, 5);
  });
  test('takes several xs, and gradients of rows', () => {
    const [p, q] = [tf.placeholder(tf.float64, [3, 2], { name: 'p' }), tf.placeholder(tf.float64, [2], { name: 'q' })];
    const y = tf.gather(p, tf.constant([2, 0, 2], tf.int32)).mul(q);
    const feeds = [
      [
        p,
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ],
      [q, [1, 2]],
    ] as const;
    expect(
      check(() =>
        tf.test.computeGradientError([p, q], [[3, 2], [2]], y, [3, 2], {
          xInitValue: [feeds[0][1], feeds[1][1]],
          extraFeedDict: feeds.map(([t, v]) => [t, v as never]),
        }),
      ),
    ).toBeLessThan(1e-8);
  });
});
