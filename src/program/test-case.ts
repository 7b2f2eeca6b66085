/** `tf.test.TestCase`: a test of several methods, and what is asserted in one. */
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import type { ByPlace } from '../calls/types';
import { device, resetDefaultGraph } from '../control/framework';
import type { Graph } from '../graph/graph';
import { setRandomSeed } from '../graph/seed';
import { getTempDir } from './about-machine';
import { Assertions } from './assertions';
import type { SessionConfig } from '../session/config';
import { Session } from '../session/session';

/** What `session` and its kin take by name. */
export interface TestSessionOptions {
  /** Which graph; the default one where not given. */
  readonly graph?: Graph | null;
  /** Settings of the session. */
  readonly config?: SessionConfig | null;
  /** Leaves it open where nodes are. */
  readonly useGpu?: boolean | null;
  /** The same: there is no graphics card. */
  readonly forceGpu?: boolean | null;
}
type SessionTaken = [graph?: Graph, config?: SessionConfig, useGpu?: boolean, forceGpu?: boolean];
const TEST_CASE = constructorOf<[methodName?: string]>('test.TestCase');
const SESSION = signature<SessionTaken>('test.TestCase.session');
/** TensorFlow's seed of tests. */
const SEED = 87654321;

/**
 * A test: methods whose names begin with `test`, which `tf.test.main` runs, each on an object and a default graph of
 * its own. What is asserted may be a tensor: it is fetched in the default session. In a test of another runner, one
 * object serves for the assertions.
 *
 *     class SquareTest extends tf.test.TestCase {
 *       testSquare() {
 *         this.session(() => this.assertAllClose([4, 9], tf.square([2, 3])));
 *       }
 *     }
 *     tf.test.main(SquareTest).wasSuccessful   // true
 */
export class TestCase extends Assertions {
  /** The method that `run` calls. */
  readonly methodName: string;
  private cached: Session | null = null;
  /**
   * Makes a test of one method.
   *
   * @param methodName  its name; 'runTest' where not given
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'test.TestCase', [methodName?: string]>) {
    super();
    const [methodName = 'runTest'] = TEST_CASE.take(given);
    this.methodName = methodName;
  }
  /** Before each method: an empty default graph, with the seed that TensorFlow's tests have. */
  setUp(): void {
    resetDefaultGraph();
    setRandomSeed(SEED);
  }
  /** After each method. */
  tearDown(): void {
    this.cached?.close();
    this.cached = null;
  }
  /** Runs the method, between `setUp` and `tearDown`. */
  run(): void {
    this.setUp();
    try {
      const test: unknown = Reflect.get(this, this.methodName);
      if (typeof test === 'function') Reflect.apply(test, this, []);
    } finally {
      this.tearDown();
    }
  }
  /** A folder for the files of a test: `tf.test.getTempDir`. */
  getTempDir(): string {
    return getTempDir();
  }
  /** The same, with what a session needs by place. */
  session<R>(...given: [...ByPlace<SessionTaken>, body: (session: Session) => R]): R;
  /** The same, with what a session needs. */
  session<R>(options: TestSessionOptions, body: (session: Session) => R): R;
  /**
   * A session for what is done inside, closed after it: the default one, with its graph as the default one, whose nodes
   * are on the processor.
   *
   *     const test = new tf.test.TestCase();
   *     test.session((sess) => sess.run(tf.add(1, 2)))   // 3
   *
   * @param body  is called with the session
   * @returns  what the body gives
   */
  session<R>(body: (session: Session) => R): R;
  session<R>(...given: readonly unknown[]): R {
    const [body, [graph, config, useGpu = false]] = SESSION.takeWithBody<(session: Session) => R>(given);
    using session = new Session('', { graph, config });
    return within(session, useGpu, body);
  }
  /** The same, with what a session needs by place. */
  cachedSession<R>(...given: [...ByPlace<SessionTaken>, body: (session: Session) => R]): R;
  /** The same, with what a session needs. */
  cachedSession<R>(options: TestSessionOptions, body: (session: Session) => R): R;
  /** The same session for the whole method: the values of variables stay. The first call's arguments count. */
  cachedSession<R>(body: (session: Session) => R): R;
  cachedSession<R>(...given: readonly unknown[]): R {
    const [body, [graph, config, useGpu = false]] = SESSION.takeWithBody<(session: Session) => R>(given);
    this.cached ??= new Session('', { graph, config });
    return within(this.cached, useGpu, body);
  }
  /** The same, with what a session needs by place. */
  testSession<R>(...given: [...ByPlace<SessionTaken>, body: (session: Session) => R]): R;
  /** The same, with what a session needs. */
  testSession<R>(options: TestSessionOptions, body: (session: Session) => R): R;
  /** The older name of `session`, or of `cachedSession` where no graph is given. */
  testSession<R>(body: (session: Session) => R): R;
  testSession<R>(...given: readonly unknown[]): R {
    const [body, [graph, config, useGpu, forceGpu]] = SESSION.takeWithBody<(session: Session) => R>(given);
    return graph
      ? this.session({ graph, config, useGpu, forceGpu }, body)
      : this.cachedSession({ config, useGpu, forceGpu }, body);
  }
}
function within<R>(session: Session, useGpu: boolean, body: (session: Session) => R): R {
  return session.asDefault(() => (useGpu ? body(session) : device('/device:CPU:0', () => body(session))));
}
bindMethods(TestCase, {
  setUp: 'test.TestCase.setUp',
  tearDown: 'test.TestCase.tearDown',
  getTempDir: 'test.TestCase.get_temp_dir',
});
