/** `tf.test.TestCase` and `tf.test.main`. */
import * as tf from '../../src';

const { TestCase, main } = tf.test;
const test_ = new TestCase();
/** What is written on stderr meanwhile. */
function said(body: () => unknown): string {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    body();
  } finally {
    spy.mockRestore();
    process.exitCode = undefined;
  }
  return lines.join('');
}
beforeEach(() => tf.resetDefaultGraph());

test('main runs each method on an empty graph, and tells what failed', () => {
  const seen: (number | null)[] = [];
  class SquareTest extends TestCase {
    testSquare(): void {
      seen.push(tf.getDefaultGraph().getOperations().length, tf.getDefaultGraph().seed);
      this.session((sess) => {
        const x = tf.square([2, 3]);
        expect(x.op.device).toBe('/device:CPU:0');
        expect(tf.getDefaultSession()).toBe(sess);
        this.assertAllClose([4, 9], x);
      });
    }
    testWrong(): void {
      this.session(() => this.assertAllEqual([4, 8], tf.square([2, 3])));
    }
    testThrows(): void {
      seen.push(tf.getDefaultGraph().getOperations().length);
      tf.matmul(
        [[1]],
        [
          [1, 2],
          [3, 4],
        ],
      );
    }
    helper(): void {
      throw new Error('no test');
    }
  }
  let result: tf.test.TestResult | null = null;
  const text = said(() => {
    result = main(SquareTest);
    expect(process.exitCode).toBe(1);
  });
  expect(seen).toEqual([0, 87654321, 0]);
  expect(result).toMatchObject({
    testsRun: 3,
    wasSuccessful: false,
    failures: [['testWrong (SquareTest)', expect.objectContaining({ name: 'AssertionError' })]],
    errors: [['testThrows (SquareTest)', expect.objectContaining({ name: 'ValueError' })]],
  });
  expect(text).toMatch(/^\.EF\n/);
  expect(text).toContain('FAIL: testWrong (SquareTest)');
  expect(text).toContain('not equal where = [[1]]');
  expect(text).toMatch(/Ran 3 tests in \d+\.\d{3}s\n\nFAILED \(failures=1, errors=1\)\n$/);
});
test('a cached session keeps variables within a method', () => {
  class Counting extends TestCase {
    testCount(): void {
      const w = new tf.Variable(1);
      this.cachedSession((sess) => sess.run(w.initializer));
      this.cachedSession((sess) => sess.run(w.assignAdd(1)));
      this.testSession(() => this.assertAllEqual(2, w));
      this.assertEqual(
        this.testSession((sess: tf.Session) => sess.run(w)),
        2,
      );
    }
  }
  expect(said(() => expect(main(Counting).wasSuccessful).toBe(true))).toContain('OK');
});
const close: readonly (readonly [string, () => void, string | null])[] = [
  ['within a tolerance', () => test_.assertAllClose([1, 2], [1, 2.0000001]), null],
  ['NaN is near NaN', () => test_.assertAllClose([NaN, Infinity], [NaN, Infinity]), null],
  ['further', () => test_.assertAllClose([1, 2], [1, 2.1]), 'not close where = [[1]]'],
  ['with its own tolerance', () => test_.assertAllClose([1, 2], [1, 2.1], 0, 0.2), null],
  ['in objects', () => test_.assertAllClose({ x: [1], y: [[2], [3]] }, { x: [1], y: [[2], [3]] }), null],
  ['of other keys', () => test_.assertAllClose({ x: [1] }, { y: [1] }), 'mismatched keys'],
  ['of other shapes', () => test_.assertAllClose([1, 2], [1]), 'Shape mismatch: expected (2,), got (1,) with contents'],
  ['not close', () => test_.assertNotAllClose([1], [2]), null],
  ['close after all', () => test_.assertNotAllClose([1], [1]), 'close at all elements'],
  ['not equal', () => test_.assertNotAllEqual([1, 2], [1, 3]), null],
  ['equal after all', () => test_.assertNotAllEqual(['a'], ['a']), 'equal at all elements'],
  ['texts', () => test_.assertAllEqual(['a', 'b'], ['a', 'c']), 'not equal lhs = [b]'],
  ['long', () => test_.assertAllEqual([2n ** 60n], [2n ** 60n + 1n]), 'not equal rhs = [1152921504606846977]'],
  ['above', () => test_.assertAllGreater([2, 3], 1), null],
  ['not above', () => test_.assertAllGreater([2, 1], 1), '1 elements are not above 1'],
  ['not from', () => test_.assertAllGreaterEqual([2, 0], 1), '1 elements are not 1 or above'],
  ['not below', () => test_.assertAllLess([2, 0], 1), '1 elements are not below 1'],
  ['not to', () => test_.assertAllLessEqual([2, 0], 1), '1 elements are not 1 or below'],
  ['near', () => test_.assertNear(1, 1.01, 0.1), null],
  ['not near', () => test_.assertNear(1, 2, 0.1, 'why'), '1 != 2 +/- 0.1 : why'],
  ['same', () => test_.assertEqual({ a: [1, null] }, { a: [1, null] }), null],
  ['not the same', () => test_.assertEqual([1], [2]), '[1] != [2]'],
  ['others', () => test_.assertNotEqual(1, 1), '1 == 1'],
  ['true', () => test_.assertTrue(0), '0 is not true'],
  ['false', () => test_.assertFalse(1), '1 is not false'],
  ['no error', () => test_.assertRaises(TypeError, () => null), 'TypeError not raised'],
  ['an error', () => test_.assertRaises(tf.errors.ValueError, () => tf.matmul([[1]], [[1], [2]])), null],
  ['its text', () => test_.assertRaisesRegexp(Error, /b.d/, () => fail('bad')), null],
  ['another text', () => test_.assertRaisesRegexp(Error, 'good', () => fail('bad')), 'does not match "bad"'],
  ['shapes', () => test_.assertShapeEqual([[1, 2]], tf.placeholder(tf.float32, [1, 2])), null],
  ['a tensor without a session', () => test_.assertAllEqual(1, tf.constant(1)), 'No default session is registered.'],
  ['end', () => test_.fail('over'), 'over'],
];
function fail(text: string): never {
  throw new Error(text);
}
test.each(close)('%s', (_, assertion, message) => {
  if (message === null) assertion();
  else expect(assertion).toThrow(message);
});
test.each([5, {}, Object.create(null), class Other {}, tf.constant(1), null])('main does not run %p', (given) => {
  expect(() => main(given as never)).toThrow('tf.test.main runs classes derived from tf.test.TestCase, not ');
});
