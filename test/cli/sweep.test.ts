/** `tfjs-session sweep`, as users run it: over grids and at random, ended and gone on with, and what its page shows. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawn, gridOf, readAxis, type Axis } from '../../cli/sweep/points';
import { SweepRecord } from '../../cli/sweep/record';
import { goalOf, ranked, tableOf } from '../../cli/sweep/standing';
import { linesOf, run } from './run';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sweep-test-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const axes = (...texts: string[]): readonly Axis[] =>
  texts.reduce((before: readonly Axis[], text) => readAxis(text, before), []);
const wrong = (...texts: string[]): string => {
  try {
    axes(...texts);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

const LINE = `import * as tf from 'tfjs-session';
export async function train({ lr, steps }: { lr: number; steps: number }) {
  const x = tf.placeholder(tf.float32, [null], { name: 'x' });
  const y = tf.placeholder(tf.float32, [null], { name: 'y' });
  const off = new tf.Variable(0).mul(x).add(new tf.Variable(0)).sub(y);
  const step = new tf.train.GradientDescentOptimizer(lr).minimize(tf.reduceMean(tf.square(off)));
  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < steps; i++) sess.run(step, { 'x:0': [1, 2, 3], 'y:0': [1, 3, 5] });
  const error = sess.run(tf.reduceMean(tf.abs(off)), { 'x:0': [4, 5], 'y:0': [7, 9] });
  return { error, wrongOnes: error > 1 };
}
`;
/** Quick ones, that say in a file that they ran. */
const NOTED = (log: string): string => `import { appendFileSync } from 'node:fs';
export function train({ a, b = 1 }) {
  appendFileSync(${JSON.stringify(log)}, a + ' ');
  if (a === 'stop') process.kill(process.ppid, 'SIGKILL');
  if (a === 13) throw new RangeError('13 has no luck');
  if (a === 14) process.exit(3);
  if (a === 15) return 'good';
  return { accuracy: a === 99 ? NaN : a / 100, b };
}
`;
type Event = Record<string, unknown> & { event: string };
const events = (stdout: string): Event[] => linesOf(stdout).map((line) => JSON.parse(line) as Event);

test('a grid is every combination, a draw is repeatable and begins alike', () => {
  expect(gridOf(axes('lr=0.1,5e-1', 'act=relu,tanh', 'bias=true'))).toEqual([
    { lr: 0.1, act: 'relu', bias: true },
    { lr: 0.1, act: 'tanh', bias: true },
    { lr: 0.5, act: 'relu', bias: true },
    { lr: 0.5, act: 'tanh', bias: true },
  ]);
  const some = axes('lr=0.0001..1', 'units=8..64', 'act=relu,tanh');
  expect(gridOf(some)).toBe(null);
  const twenty = drawn(some, 20, 3);
  expect(drawn(some, 20, 3)).toEqual(twenty);
  expect(drawn(some, 40, 3).slice(0, 20)).toEqual(twenty);
  expect(drawn(some, 20, 4)).not.toEqual(twenty);
  for (const { lr, units } of twenty) {
    expect(lr).toBeGreaterThanOrEqual(0.0001);
    expect(lr).toBeLessThanOrEqual(1);
    expect(Number.isInteger(units)).toBe(true);
  }
  // By orders of magnitude: about half lie below the middle one.
  expect(drawn(some, 200, 1).filter(({ lr }) => Number(lr) < 0.01).length).toBeGreaterThan(70);
  expect(drawn(axes('a=1,2', 'b=1,2'), 10, 0)).toHaveLength(4);
});
test('what is no axis is told', () => {
  expect(wrong('lr')).toMatch(/name=value,value/);
  expect(wrong('lr=1..0')).toMatch(/smaller end/);
  expect(wrong('lr=1,,2')).toMatch(/missing between two commas/);
  expect(wrong('lr=1,1')).toMatch(/twice/);
  expect(wrong('lr=1', 'lr=2')).toMatch(/already/);
});
test('the best is first, of an accuracy the most, and what is no number last', () => {
  const runs = [0.5, NaN, 0.9].map((accuracy, i) => ({ params: { i }, metrics: { accuracy, cost: i }, seconds: 1 }));
  const goal = goalOf(runs, undefined, undefined)!;
  expect(goal).toEqual({ metric: 'accuracy', more: true });
  expect(ranked(runs, goal).map((run) => run.params['i'])).toEqual([2, 0, 1]);
  expect(goalOf(runs, 'cost', undefined)).toEqual({ metric: 'cost', more: false });
  expect(tableOf(ranked(runs, goal))).toEqual([
    'i  accuracy  cost  seconds',
    '2       0.9     2      1.0',
    '0       0.5     0      1.0',
    '1       NaN     1      1.0',
  ]);
});
test('a record whose last line is cut off is read, and goes on in a line of its own', () => {
  const path = join(dir, 'cut.jsonl');
  const record = new SweepRecord(path, 'text', false);
  record.add({ params: { a: 1, b: 'x' }, metrics: { cost: NaN }, seconds: 1 });
  writeFileSync(path, `${readFileSync(path, 'utf8')}{"program":"text","params":{"a":2`);
  const again = new SweepRecord(path, 'text', false);
  again.add({ params: { a: 3 }, metrics: { cost: 0.5 }, seconds: 2 });
  const third = new SweepRecord(path, 'text', false);
  expect(third.find({ b: 'x', a: 1 })).toEqual({ params: { a: 1, b: 'x' }, metrics: { cost: NaN }, seconds: 1 });
  expect(third.find({ a: 2 })).toBe(null);
  expect(third.find({ a: 3 })?.metrics).toEqual({ cost: 0.5 });
  expect(new SweepRecord(path, 'another text', false).stale).toBe(2);
  expect(new SweepRecord(path, 'text', true).find({ a: 3 })).toBe(null);
});

test('a program in TypeScript over a grid: metrics, table, page', async () => {
  const file = join(dir, 'line.ts');
  writeFileSync(file, LINE);
  const [record, report] = [join(dir, 'line.jsonl'), join(dir, 'line.html')];
  const flags = ['sweep', file, '--grid', 'lr=0.02,0.1', '--grid', 'steps=5,200', '--record', record];
  const first = await run([...flags, '--report', report], { env: { TFJS_SESSION_DEVICE: 'portable' } });
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toMatch(/^ 0\.1 +200 +0\.0\d+ +0 /m);
  expect(first.stdout).toMatch(/^Best error: 0\.0\d+ with lr 0\.1, steps 200\.$/m);
  const page = readFileSync(report, 'utf8');
  expect(page.match(/<path /g)).toHaveLength(4);
  expect(page).not.toMatch(/https?:\/\/(?!www\.w3)/);
  expect(page).toContain('<title>lr 0.1, steps 200');

  // The same again runs nothing.
  const again = await run([...flags, '--json']);
  const [start, end] = events(again.stdout);
  expect(start).toMatchObject({ event: 'start', points: 4, reused: 4 });
  expect(end).toMatchObject({
    event: 'end',
    runs: 4,
    failed: 0,
    metric: 'error',
    best: { params: { lr: 0.1, steps: 200 } },
  });
});
test('a sweep that is killed goes on where it was', async () => {
  const [file, log, record] = ['kill.mjs', 'kill.log', 'kill.jsonl'].map((name) => join(dir, name));
  writeFileSync(file, NOTED(log));
  const flags = ['sweep', file, '--record', record, '--jobs', '1', '--json', '--grid'];
  const killed = await run([...flags, 'a=1,2,3,stop,4']);
  expect(killed.code).toBe(null);
  expect(readFileSync(log, 'utf8')).toBe('1 2 3 stop ');
  const more = await run([...flags, 'a=1,2,3,4,99']);
  expect(readFileSync(log, 'utf8')).toBe('1 2 3 stop 4 99 ');
  const last = events(more.stdout).pop();
  expect(more.code).toBe(0);
  expect(last).toMatchObject({ runs: 5, metric: 'accuracy', best: { params: { a: 4 }, metrics: { accuracy: 0.04 } } });
  // Another text of the program is another program.
  writeFileSync(file, `${NOTED(log)}\n`);
  expect(events((await run([...flags, 'a=1,2'])).stdout)[0]).toMatchObject({ reused: 0 });
});
test('runs that fail are told, leave the others alone, and are tried again', async () => {
  const [file, log, record] = ['fail.mjs', 'fail.log', 'fail.jsonl'].map((name) => join(dir, name));
  writeFileSync(file, NOTED(log));
  const flags = ['sweep', file, '--record', record, '--grid', 'a=12,13,14,15'];
  const { code, stdout } = await run([...flags, '--json']);
  expect(code).toBe(1);
  const failed = events(stdout).filter(({ event }) => event === 'failed');
  expect(new Map(failed.map(({ params, error }) => [(params as { a: number }).a, error]))).toEqual(
    new Map([
      [13, 'RangeError: 13 has no luck'],
      [14, 'it ended with exit code 3 before train() returned'],
      [15, expect.stringContaining('return { accuracy, cost }') as string],
    ]),
  );
  expect(events((await run([...flags, '--json'])).stdout)[0]).toMatchObject({ points: 4, reused: 1 });
});
test.each([
  [['nowhere.ts', '--grid', 'a=1'], /there is no such file/],
  [['FILE'], /--grid is missing/],
  [['FILE', '--grid', 'a=0.1..1'], /--random 20 draws twenty points/],
  [['FILE', '--grid', 'a=1', '--report', 'no/such/folder/r.html'], /there is no directory/],
])('%s is refused in one line', async (args, says) => {
  const file = join(dir, 'refused.mjs');
  writeFileSync(file, 'export const train = () => 1;');
  const { code, stdout, stderr } = await run(['sweep', ...args.map((arg) => arg.replace('FILE', file))]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
  expect(linesOf(stderr)).toHaveLength(1);
  expect(existsSync('refused.mjs.sweep.jsonl')).toBe(false);
});
