/** Threads that cannot be loaded: who waits for them hears of it at once, with the reason. */
import * as tf from '../../src';

jest.mock('../../src/distributed/thread', () => {
  const { startThread } =
    jest.requireActual<typeof import('../../src/distributed/thread')>('../../src/distributed/thread');
  return {
    startThread: (files: string[], ...more: [never, never]) => startThread(['is-not-there', ...files], ...more),
  };
});
/** The error of `make`, which waits for no time limit. */
function failed(make: () => unknown): Error {
  const started = process.hrtime.bigint();
  try {
    make();
  } catch (error) {
    expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(45);
    return error as Error;
  }
  throw new Error('it did not fail');
}
const MISSING = /thread.* does not load: Cannot find module '[^']*is-not-there/;

test('the thread of a server', () => {
  const error = failed(() => tf.train.Server.createLocalServer());
  expect(error).toBeInstanceOf(tf.errors.UnknownError);
  expect(error.message).toMatch(/^Could not start gRPC server\n/);
  expect(error.message.replace(/\n/g, ' ')).toMatch(MISSING);
});
test('the thread that talks to a server', () => {
  const one = tf.constant(1);
  const error = failed(() => new tf.Session('grpc://127.0.0.1:1').run(one));
  expect(error).toBeInstanceOf(tf.errors.UnavailableError);
  expect(error.message.replace(/it does/, 'thread does')).toMatch(MISSING);
});
