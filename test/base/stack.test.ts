/** Whose frames are whose, and what of a stack is shown. */
import { inspect } from 'node:util';
import * as tf from '../../src';
import { locationOf, packageFolders } from '../../src/base/stack';
import { caught } from '../said';

// Jest's own limit is 100, which shows everything.
const limit = Error.stackTraceLimit;
beforeEach(() => {
  Error.stackTraceLimit = 10;
});
afterEach(() => {
  Error.stackTraceLimit = limit;
});

test('the package is what runs, and what source maps say it was compiled from', () => {
  expect(packageFolders('/p/src')).toEqual(['/p/src/']);
  expect(packageFolders('/p/node_modules/tfjs-session/dist/src')).toEqual([
    '/p/node_modules/tfjs-session/dist/src/',
    '/p/node_modules/tfjs-session/src/',
  ]);
});
test.each([
  ['    at Object.<anonymous> (/home/me/a.ts:3:14)', '/home/me/a.ts', 'Object.<anonymous>'],
  ['    at new Model (/home/me/my project (copy)/a.ts:3:14)', '/home/me/my project (copy)/a.ts', 'new Model'],
  ['    at /home/me/a.ts:3:14', '/home/me/a.ts', '<anonymous>'],
  ['    at async train (/home/me/a.ts:3:14)', '/home/me/a.ts', 'train'],
  ['    at async /home/me/my project/a.ts:3:14', '/home/me/my project/a.ts', '<anonymous>'],
  ['    at Trainer.build [as run] (/home/me/a.ts:3:14)', '/home/me/a.ts', 'Trainer.build [as run]'],
  ['    at file:///home/me/a%20b.mjs:3:14', '/home/me/a b.mjs', '<anonymous>'],
])('%s', (frame, file, name) => expect(locationOf(frame)).toEqual({ file, line: 3, column: 14, function: name }));
test.each(['    at Array.map (<anonymous>)', '    at async Promise.all (index 0)', 'ValueError: at 3:4'])(
  '%s is nowhere',
  (frame) => expect(locationOf(frame)).toBeNull(),
);

test('the stack of an error begins at the line of the script', () => {
  const error = caught(() => tf.matmul(tf.zeros([2, 3]), tf.zeros([2, 3])));
  const [headline, ...rest] = error.stack!.split('\n');
  expect(headline).toMatch(/^ValueError: Dimensions must be equal/);
  expect(rest.find((line) => line.startsWith('    at '))).toContain('stack.test.ts');
  expect(error.stack).not.toMatch(/src.graph.graph\.ts/);
});
test('a larger limit shows the library too', () => {
  Error.stackTraceLimit = 50;
  expect(caught(() => tf.matmul(tf.zeros([2, 3]), tf.zeros([2, 3]))).stack).toMatch(/src.graph.graph\.ts/);
});
test('what is said of it later stands in the stack too', () => {
  const error = new tf.errors.InvalidArgumentError(null, 'first');
  error.message += '\n  second';
  expect(error.stack).toMatch(/^InvalidArgumentError: first\n {2}second\n {4}at /);
});
test('an uncaught error prints its message, and not the graph', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const sess = new tf.Session('', { config: { device: 'portable', advice: false } });
  const error = caught(() => sess.run(tf.log(x)));
  const printed = inspect(error, { customInspect: false });
  expect(printed).toMatch(/^InvalidArgumentError: You must feed/);
  expect(printed.split('\n').length).toBeLessThan(25);
  expect(printed).not.toContain('graph:');
  const numerics = caught(() =>
    new tf.Session('', { config: { device: 'portable', advice: false, checkNumerics: true } }).run(tf.log(x), {
      'x:0': [0, 1],
    }),
  );
  expect(inspect(numerics, { customInspect: false })).not.toMatch(/feeds:|variables:/);
});
test("errors have the names of Python's classes", () => {
  const type = caught(() => tf.placeholder('floaty' as never));
  expect([type.name, type.constructor.name, type instanceof TypeError]).toEqual(['TypeError', 'TypeError', true]);
  expect(inspect(type)).toMatch(/^TypeError: /);
  expect(Object.keys(type)).toEqual([]);
});
test('a program that is no file stands by the name that it gives itself', () => {
  const program = new Function('tf', 'return tf.zeros([2])\n//# sourceURL=/p/program.ts');
  expect((program(tf) as tf.Tensor).op.trace.line).toMatch(/program\.ts:\d+:\d+$/);
});
test('who looks frames up in source maps is asked for those of the program', () => {
  const asked: (string | null)[] = [];
  const runners = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) => {
    asked.push(...frames.map((frame) => frame.getFileName()));
    return runners!(error, frames);
  };
  try {
    expect(tf.zeros([2]).op.trace.line).toContain('stack.test.ts');
    expect(caught(() => tf.matmul(tf.zeros([2, 3]), tf.zeros([2, 3]))).stack).toContain('stack.test.ts');
  } finally {
    Error.prepareStackTrace = runners;
  }
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.filter((file) => /[\\/]src[\\/]/.test(file ?? ''))).toEqual([]);
});
