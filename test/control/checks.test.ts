import * as tf from '../../src';
import { sameNodes } from '../same-nodes';
import { devices, open, sameGraph } from '../sweep';
import { said } from '../said';

const x = (...shape: (number | null)[]): tf.Tensor =>
  tf.placeholder(tf.int32, shape.length ? shape : null, { name: 'x' });
const f = (name: string): tf.Tensor => tf.placeholder(tf.float32, [2], { name });
sameGraph('checks', 'assertEqual', (tf) => tf.assertEqual(x(null, 3), [1, 2, 3]));
sameGraph('checks', 'assertEqual of itself', (tf) => {
  const a = x(2);
  tf.assertEqual(a, a);
});
sameGraph('checks', 'assertEqual of unknown rank', (tf) =>
  tf.assertEqual(x(), 1, { message: 'must be one', summarize: 5, name: 'check' }),
);
sameGraph('checks', 'assertEqual with data', (tf) => {
  const a = x(2);
  tf.assertEqual(a, 1, { data: ['no', x(2)] });
});
sameGraph('checks', 'assertNoneEqual', (tf) => tf.assertNoneEqual(x(2), 1));
sameGraph('checks', 'assertLess', (tf) => tf.assertLess(x(2), 1));
sameGraph('checks', 'assertLessEqual', (tf) => tf.assertLessEqual(x(2), x(2)));
sameGraph('checks', 'assertGreater', (tf) => tf.assertGreater(x(2), 1));
sameGraph('checks', 'assertGreaterEqual', (tf) => tf.assertGreaterEqual(x(2), 1));
sameGraph('checks', 'assertPositive', (tf) => tf.assertPositive(x(2)));
sameGraph('checks', 'assertNegative', (tf) => tf.assertNegative(x(2)));
sameGraph('checks', 'assertNonNegative', (tf) => tf.assertNonNegative(x(2), { message: 'm' }));
sameGraph('checks', 'assertNonPositive', (tf) => tf.assertNonPositive(x(2)));
sameGraph('checks', 'assertRank known', (tf) => tf.assertRank(x(2), 1));
sameGraph('checks', 'assertRank', (tf) => tf.assertRank(x(), 1));
sameGraph('checks', 'assertRankAtLeast', (tf) => tf.assertRankAtLeast(x(), 1, { message: 'm' }));
sameGraph('checks', 'assertRankIn', (tf) => tf.assertRankIn(x(), [1, 2]));
sameGraph('checks', 'assertScalar', (tf) => tf.assertScalar(tf.constant(1, tf.int32)));
sameNodes('checks', 'assertPositive of floats', (tf) => tf.assertPositive(f('x')));
sameNodes('checks', 'assertNear', (tf) => {
  const a = f('x');
  tf.assertNear(a, f('y'));
});
sameGraph('checks', 'Assert of integers', (tf) => {
  const c = tf.placeholder(tf.bool, [], { name: 'c' });
  tf.Assert(c, [x(2), 'text'], { summarize: 2 });
});
sameNodes('checks', 'Assert of floats', (tf) => {
  const c = tf.placeholder(tf.bool, [], { name: 'c' });
  tf.Assert(c, [tf.constant(1), 'text']);
});

beforeEach(() => tf.resetDefaultGraph());

describe.each(devices())('$title', (mode) => {
  test('an Assert fails when its condition does not hold, and only then', () => {
    const a = f('a');
    const check = tf.assertPositive(a, { message: 'must be' });
    const whole = tf.assertEqual(tf.placeholder(tf.int32, [null], { name: 'n' }), 3, { summarize: 2 });
    const y = tf.controlDependencies([check], () => tf.identity(a));
    const sess = open(tf.getDefaultGraph(), mode);
    expect(String(sess.run(y, [[a, [1, 2]]]))).toBe('[1. 2.]');
    expect(said(() => sess.run(y, [[a, [1, -2]]]))).toBe(
      'InvalidArgumentError: assertion failed: [must be] [Condition x > 0 did not hold element-wise:] [x (a:0) ' +
        '= ] [1 -2]',
    );
    expect(sess.run(whole, { 'n:0': [3, 3] })).toBeNull();
    expect(said(() => sess.run(whole, { 'n:0': [3, 4, 5] }))).toBe(
      'InvalidArgumentError: assertion failed: [Condition x == y did not hold element-wise:] [x (n:0) = ] [3 ' +
        '4...] [y (assert_equal_1/y:0) = ] [3]',
    );
    expect(String(sess.run(y, [[a, [1, 2]]]))).toBe('[1. 2.]');
    const before = sess.device.tensorsAlive();
    for (let i = 0; i < 20; i++) {
      sess.run(y, [[a, [1, 2]]]);
      said(() => sess.run(y, [[a, [-1, 2]]]));
    }
    expect(sess.device.tensorsAlive()).toBe(before);
  });
  test('what Assert shows is not computed while it holds', () => {
    const v = new tf.Variable(1);
    const c = tf.placeholder(tf.bool, []);
    const counted = v.assignAdd(1);
    const check = tf.Assert(c, [counted]);
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(v.initializer);
    sess.run(check, [[c, true]]);
    expect(said(() => sess.run(check, [[c, false]]))).toContain('assertion failed: [');
  });
  test('near', () => {
    const a = f('a');
    const check = tf.assertNear(a, [1, 2], { rtol: 0.1 });
    const sess = open(tf.getDefaultGraph(), mode);
    expect(sess.run(check, [[a, [1.05, 2.1]]])).toBeNull();
    expect(said(() => sess.run(check, [[a, [1.2, 2]]]))).toContain(
      'assertion failed: [] [x and y not equal to tolerance rtol = Tensor(\\"assert_near/rtol:0\\"',
    );
  });
  test('ranks that are known when it runs', () => {
    const a = tf.placeholder(tf.float32, null, { name: 'a' });
    const checks = [tf.assertRank(a, 1), tf.assertRankAtLeast(a, 1), tf.assertRankIn(a, [1, 2])];
    const sess = open(tf.getDefaultGraph(), mode);
    for (const check of checks) {
      sess.run(check, [[a, [1]]]);
      expect(said(() => sess.run(check, [[a, 1]]))).toMatch(
        /^InvalidArgumentError: assertion failed: \[\] \[Tensor a:0 must have rank.*\] \[Received shape: \] \[\]$/,
      );
    }
  });
});

describe('known values are checked at once', () => {
  test('comparisons', () => {
    expect(said(() => tf.assertEqual(tf.constant([1, 2], tf.int32), [1, 3]))).toBe(
      'InvalidArgumentError: Condition x == y did not hold element-wise:',
    );
    expect(() => tf.assertEqual(tf.constant([1, 2], tf.int32), [1, 3])).toThrow(
      'x (Const_1:0) = \n[1 2]\ny (assert_equal_3/y:0) = \n[1 3]',
    );
    expect(
      said(() =>
        tf.assertLess(
          [1, 2],
          [
            [3, 4],
            [5, 2],
          ],
          { message: 'm' },
        ),
      ),
    ).toBe('InvalidArgumentError: m');
    expect(
      tf.assertLess(
        [1, 2],
        [
          [3, 4],
          [5, 6],
        ],
      ).type,
    ).toBe('Merge');
    expect(said(() => tf.assertNegative(tf.constant(1)))).toBe('InvalidArgumentError: ');
  });
  test('ranks', () => {
    const a = tf.placeholder(tf.float32, [null, 2], { name: 'a' });
    expect(said(() => tf.assertRank(a, 1, { message: 'm' }))).toBe(
      'ValueError: m.  Tensor a:0 must have rank 1.  Received rank 2, shape (?, 2)',
    );
    expect(said(() => tf.assertRankAtLeast(a, 3))).toBe(
      'ValueError: .  Tensor a:0 must have rank at least 3.  Received rank 2, shape (?, 2)',
    );
    expect(said(() => tf.assertRankIn(a, [0, 1]))).toBe(
      'ValueError: .  Tensor a:0 must have rank in (0, 1).  Received rank 2, shape (?, 2)',
    );
    expect(said(() => tf.assertRank(a, [1]))).toBe('ValueError: Rank must be a scalar.');
  });
  test('types', () => {
    const a = tf.placeholder(tf.float32, [2], { name: 'a' });
    expect(said(() => tf.assertType(a, tf.int32))).toBe("TypeError:   a:0 must be of type <dtype: 'int32'>");
    expect(said(() => tf.assertInteger(a, { message: 'm' }))).toBe(
      'TypeError: m  Expected "x" to be integer type.  Found: a:0 of dtype <dtype: \'float32\'>',
    );
    expect(said(() => tf.assertScalar(a))).toBe('ValueError: Expected scalar shape for a:0, saw shape: (2,).');
  });
});
