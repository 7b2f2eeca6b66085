/** `tf.test.main`: runs test cases, as Python's unittest does. */
import { worded } from '../base/border';
import { AssertionError, TypeError_ } from '../base/errors';
import { errorOf } from '../base/thrown';
import { TestCase } from './test-case';

/** A class derived from `tf.test.TestCase`. */
export type TestCaseClass = new (methodName: string) => TestCase;
/** How a run of tests went. */
export interface TestResult {
  /** How many methods ran. */
  readonly testsRun: number;
  /** What did not hold, by the name of the method. */
  readonly failures: readonly (readonly [name: string, error: Error])[];
  /** What was thrown otherwise. */
  readonly errors: readonly (readonly [name: string, error: Error])[];
  /** Whether all held. */
  readonly wasSuccessful: boolean;
}
/**
 * Runs the tests of these classes, says on stderr how it went, and lets the process end with 1 where one failed. Python
 * finds the classes of a program by itself; here they are named.
 *
 *     class AddTest extends tf.test.TestCase {
 *       testAdd() { this.session(() => this.assertAllEqual([3, 5], tf.add([1, 2], [2, 3]))); }
 *     }
 *     tf.test.main(AddTest).testsRun   // 1
 *
 * @param testCases  classes derived from `tf.test.TestCase`
 * @returns  how many ran, and what failed
 * @throws TypeError  for what is no such class
 */
export function main(...testCases: readonly TestCaseClass[]): TestResult {
  testCases.forEach(checkClass);
  const begun = performance.now();
  const failures: [string, Error][] = [];
  const errors: [string, Error][] = [];
  const tests = testCases.flatMap((type) => namesOf(type).map((name) => ({ type, name })));
  for (const { type, name } of tests) {
    let sign = '.';
    try {
      new type(name).run();
    } catch (thrown) {
      const isFailure = thrown instanceof AssertionError;
      sign = isFailure ? 'F' : 'E';
      (isFailure ? failures : errors).push([`${name} (${type.name})`, errorOf(thrown)]);
    }
    process.stderr.write(sign);
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(3);
  process.stderr.write(`\n${told('ERROR', errors)}${told('FAIL', failures)}`);
  const wasSuccessful = failures.length + errors.length === 0;
  const counts = [failures.length && `failures=${failures.length}`, errors.length && `errors=${errors.length}`];
  const ending = wasSuccessful ? 'OK' : `FAILED (${counts.filter(Boolean).join(', ')})`;
  process.stderr.write(`${'-'.repeat(70)}\nRan ${tests.length} tests in ${seconds}s\n\n${ending}\n`);
  if (!wasSuccessful) process.exitCode = 1;
  return { testsRun: tests.length, failures, errors, wasSuccessful };
}
function checkClass(type: TestCaseClass): void {
  const given: unknown = type;
  if (typeof given === 'function' && given.prototype instanceof TestCase) return;
  throw new TypeError_(`tf.test.main runs classes derived from tf.test.TestCase, not ${worded(given)}.`);
}
/** Its methods that begin with test, in the order of their names. */
function namesOf({ prototype }: TestCaseClass): string[] {
  const names = new Set<string>();
  for (let at: object | null = prototype; at !== null; at = Reflect.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) if (/^test(?!Session$)/.test(name)) names.add(name);
  return [...names].sort();
}
function told(kind: string, list: readonly (readonly [string, Error])[]): string {
  return list
    .map(([name, { stack }]) => `${'='.repeat(70)}\n${kind}: ${name}\n${'-'.repeat(70)}\n${stack}\n\n`)
    .join('');
}
