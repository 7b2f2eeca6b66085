/** What a test asserts of values, tensors among them. */
import { isDeepStrictEqual } from 'node:util';
import { AssertionError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { preview } from '../base/preview';
import { toNDArray } from '../base/to-ndarray';
import { bindMethods } from '../calls/methods';
import { Tensor } from '../graph/graph';
import type { FetchResult, Fetches } from '../session/fetch';
import { getDefaultSession } from '../session/session';
import { Variable } from '../variables/variable';
import { type Judge, closeArrays, equalArrays } from './differing';

/** A class of errors. */
type ErrorClass = abstract new (...args: never[]) => Error;

/** The assertions of `tf.test.TestCase`. */
export abstract class Assertions {
  /** What tensors are in the default session. @throws AssertionError  where there is none */
  evaluate<const F extends Fetches>(tensors: F): FetchResult<F> {
    const session = getDefaultSession();
    if (session === null)
      throw new AssertionError('No default session is registered.\n  fix: this.session((sess) => …) around it.');
    return session.run(tensors);
  }

  /** Ends the test as failed. */
  fail(msg: unknown = null): never {
    throw new AssertionError(typeof msg === 'string' ? msg : 'None');
  }
  /** Both are the same value, or objects or lists of the same values. */
  assertEqual(first: unknown, second: unknown, msg?: string): void {
    check(isDeepStrictEqual(first, second), `${preview(first)} != ${preview(second)}`, msg);
  }
  /** They are not the same. */
  assertNotEqual(first: unknown, second: unknown, msg?: string): void {
    check(!isDeepStrictEqual(first, second), `${preview(first)} == ${preview(second)}`, msg);
  }
  /** It is true, a number other than 0, or an object. */
  assertTrue(expr: unknown, msg?: string): void {
    check(Boolean(expr), `${preview(expr)} is not true`, msg);
  }
  /** It is false, 0, '' or null. */
  assertFalse(expr: unknown, msg?: string): void {
    check(!expr, `${preview(expr)} is not false`, msg);
  }
  /** Arrays, or tensors, have the same shape and elements. */
  assertAllEqual(a: unknown, b: unknown, msg?: string): void {
    this.judge(a, b, equalArrays, 'Arrays are not equal', msg);
  }
  /** Not all of their elements are the same. */
  assertNotAllEqual(a: unknown, b: unknown, msg?: string): void {
    check(
      this.isWrong(() => this.assertAllEqual(a, b)),
      'The two values are equal at all elements',
      msg,
    );
  }
  /** Arrays, tensors, or lists and objects of them: no element is further from b's than `atol + rtol * |b|`. */
  assertAllClose(a: unknown, b: unknown, rtol = 1e-6, atol = 1e-6, msg?: string): void {
    const [x, y] = [a, b].map(parts);
    if (!x || !y) return this.judge(a, b, closeArrays(rtol, atol), 'Not equal to tolerance', msg);
    check(isDeepStrictEqual(Object.keys(x), Object.keys(y)), `mismatched keys: ${preview(a)}, ${preview(b)}`, msg);
    for (const key of Object.keys(x)) this.assertAllClose(x[key], y[key], rtol, atol, msg);
  }
  /** Some element is further. */
  assertNotAllClose(a: unknown, b: unknown, rtol = 1e-6, atol = 1e-6, msg?: string): void {
    check(
      this.isWrong(() => this.assertAllClose(a, b, rtol, atol)),
      'The two values are close at all elements',
      msg,
    );
  }
  /** All elements are above a number. */
  assertAllGreater(a: unknown, comparisonTarget: number): void {
    this.all(a, (x) => x > comparisonTarget, `above ${comparisonTarget}`);
  }
  /** All elements are a number or above it. */
  assertAllGreaterEqual(a: unknown, comparisonTarget: number): void {
    this.all(a, (x) => x >= comparisonTarget, `${comparisonTarget} or above`);
  }
  /** All elements are below a number. */
  assertAllLess(a: unknown, comparisonTarget: number): void {
    this.all(a, (x) => x < comparisonTarget, `below ${comparisonTarget}`);
  }
  /** All elements are a number or below it. */
  assertAllLessEqual(a: unknown, comparisonTarget: number): void {
    this.all(a, (x) => x <= comparisonTarget, `${comparisonTarget} or below`);
  }
  /** Two numbers differ by less than `err`. */
  assertNear(f1: unknown, f2: number, err: number, msg?: string): void {
    const near = Number(f1) === f2 || Math.abs(Number(f1) - f2) <= err;
    check(near, `${String(f1)} != ${f2} +/- ${err}`, msg);
  }
  /** A tensor has the shape of an array. */
  assertShapeEqual(npArray: unknown, tfTensor: Tensor, msg?: string): void {
    this.assertAllEqual([...this.arrayOf(npArray).shape], tfTensor.getShape().asList(), msg);
  }
  /** A function throws an error of a class. */
  assertRaises(expectedException: ErrorClass, callable: () => unknown): void {
    raised(expectedException, callable);
  }
  /** A function throws an error of a class, in whose text a pattern is found. */
  assertRaisesRegexp(expectedException: ErrorClass, expectedRegex: string | RegExp, callable: () => unknown): void {
    const { message } = raised(expectedException, callable);
    check(new RegExp(expectedRegex).test(message), `"${String(expectedRegex)}" does not match "${message}"`);
  }

  private judge(a: unknown, b: unknown, by: Judge, title: string, msg?: string): void {
    const said = by(this.arrayOf(a), this.arrayOf(b));
    check(said === null, `${title}\n${said}`, msg);
  }
  private all(a: unknown, isRight: (x: number) => boolean, words: string): void {
    const array = this.arrayOf(a);
    const wrong = [...array.data].map(Number).filter((x) => !isRight(x));
    check(wrong.length === 0, `${wrong.length} elements are not ${words}: ${preview(wrong)}`);
  }
  private isWrong(assertion: () => void): boolean {
    try {
      assertion();
      return false;
    } catch (error) {
      if (error instanceof AssertionError) return true;
      throw error;
    }
  }
  /** A value as an array; tensors and variables are fetched. */
  private arrayOf(value: unknown): NDArray {
    const fetched = value instanceof Tensor || value instanceof Variable ? this.evaluate(value) : value;
    return fetched instanceof NDArray ? fetched : toNDArray(fetched);
  }
}
/** The elements of a list or an object that holds more than numbers; null for an array. */
function parts(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return null;
  if (value instanceof NDArray || value instanceof Tensor || value instanceof Variable) return null;
  if (Array.isArray(value) && !value.flat(Infinity).some((each) => typeof each === 'object')) return null;
  return { ...value };
}
function check(isRight: boolean, said: string, msg?: string): void {
  if (!isRight) throw new AssertionError(msg ? `${said} : ${msg}` : said);
}
/** The error that a function throws. @throws AssertionError  if it throws none */
function raised(type: ErrorClass, body: () => unknown): Error {
  try {
    body();
  } catch (error) {
    if (error instanceof type) return error;
    throw error;
  }
  throw new AssertionError(`${type.name} not raised`);
}
bindMethods(Assertions, {
  assertEqual: 'test.TestCase.assertEqual',
  assertNotEqual: 'test.TestCase.assertNotEqual',
  assertTrue: 'test.TestCase.assertTrue',
  assertFalse: 'test.TestCase.assertFalse',
  assertAllEqual: 'test.TestCase.assertAllEqual',
  assertNotAllEqual: 'test.TestCase.assertNotAllEqual',
  assertAllClose: 'test.TestCase.assertAllClose',
  assertNotAllClose: 'test.TestCase.assertNotAllClose',
  assertAllGreater: 'test.TestCase.assertAllGreater',
  assertAllGreaterEqual: 'test.TestCase.assertAllGreaterEqual',
  assertAllLess: 'test.TestCase.assertAllLess',
  assertAllLessEqual: 'test.TestCase.assertAllLessEqual',
  assertNear: 'test.TestCase.assertNear',
  assertShapeEqual: 'test.TestCase.assertShapeEqual',
  assertRaises: 'test.TestCase.assertRaises',
  assertRaisesRegexp: 'test.TestCase.assertRaisesRegexp',
});
