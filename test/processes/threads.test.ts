/** Threads of the portable device: no bit depends on them, and they outlive neither sessions nor programs. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT } from '../structure/files';
import { runProgram } from './program';

/** A step of some milliseconds, and how many threads the process has, where the system says. */
const START = `
  const fs = require('node:fs');
  const tf = require('./src');
  const threads = () => (fs.existsSync('/proc/self/task') ? fs.readdirSync('/proc/self/task').length : 0);
  const x = tf.placeholder(tf.float32, [null, 784]);
  const weights = Float32Array.from({ length: 78400 }, (_, i) => Math.sin(i));
  const w = new tf.Variable(tf.constant(weights, tf.float32, [784, 100]));
  const cost = tf.reduceMean(tf.square(tf.nn.relu(tf.matmul(x, w))));
  const step = new tf.train.GradientDescentOptimizer(0.01).minimize(cost);
  const feeds = { [x.name]: Float32Array.from({ length: 78400 }, (_, i) => Math.cos(i)) };
  const open = () => {
    const sess = new tf.Session('', { config: { device: 'portable', advice: false } });
    sess.run(tf.globalVariablesInitializer());
    return sess;
  };
  const train = (sess, steps) => {
    for (let i = 0; i < steps; i++) sess.run(step, feeds);
    return sess.run(cost, feeds);
  };
  const settled = async (count) => {
    for (const until = Date.now() + 60_000; threads() > count && Date.now() < until; )
      await new Promise((resolve) => setTimeout(resolve, 20));
    return threads();
  };
`;
const LINUX = existsSync('/proc/self/task');
const said = (program: string, threads: string, flags: readonly string[] = []): unknown => {
  const { stdout, stderr, status } = runProgram(START + program, flags, { TFJS_SESSION_THREADS: threads });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};

test('a training gives the same bits with one thread, two and three', () => {
  const program = `
    const sess = open();
    const hash = require('node:crypto').createHash('sha256');
    for (let i = 0; i < 40; i++) hash.update(String(train(sess, 5)));
    hash.update(sess.run(w).data);
    console.log(JSON.stringify(hash.digest('hex')));`;
  const [one, two, three] = ['1', '2', '3'].map((threads) => said(program, threads));
  expect([two, three]).toEqual([one, one]);
});
test('they start late, end with the last session, and start again; a program ends with sessions open', () => {
  const counts = said(
    `(async () => {
      const [first, second] = [open(), open()];
      const counts = [threads()];
      train(first, 300);
      counts.push(threads());
      first.close();
      train(second, 1);
      second.close();
      counts.push(await settled(counts[0]));
      const third = open();
      train(third, 300);
      counts.push(threads());
      console.log(JSON.stringify(counts.map((count) => count - counts[0])));
    })()`,
    '3',
  );
  expect(counts).toEqual(LINUX ? [0, 2, 0, 2] : [0, 0, 0, 0]);
});
test('a run that fails in the middle leaves them as they were', () => {
  const counts = said(
    `(async () => {
      const sess = open();
      const before = threads();
      train(sess, 300);
      const wrong = tf.reshape(tf.matmul(x, w), tf.placeholder(tf.int32, [1], { name: 'sizes' }));
      let failed = 0;
      for (let i = 0; i < 30; i++)
        try { sess.run(wrong, { ...feeds, 'sizes:0': [7] }); } catch { failed++; }
      const cost = train(sess, 1);
      const during = threads();
      sess.close();
      console.log(JSON.stringify([failed, Number.isFinite(cost), during - before, (await settled(before)) - before]));
    })()`,
    '2',
  );
  expect(counts).toEqual([30, true, LINUX ? 1 : 0, 0]);
});
test('one thread where the process may start none', () => {
  const flags = ['--experimental-permission', '--allow-fs-read=*', '--allow-fs-write=*'];
  const program = `
    const sess = open();
    const before = threads();
    console.log(JSON.stringify([Number.isFinite(train(sess, 300)), threads() - before]));`;
  expect(said(program, '3', flags)).toEqual([true, 0]);
});
test('a number of threads that is none is refused', () => {
  expect(() => said('open();', '0')).toThrow("TFJS_SESSION_THREADS is '0': it is a number of threads, 1 or more.");
});
test.each(['SIGKILL', 'SIGINT'] as const)('%s in the middle of a step ends all of it', async (signal) => {
  const program = `${START} const sess = open(); train(sess, 200); fs.writeSync(1, 'ready'); train(sess, 1e9);`;
  const args = ['-r', require.resolve('../transpiled.cjs'), '-e', program];
  const env = { TFJS_SESSION_QUIET: '1', ...process.env, TFJS_SESSION_THREADS: '3' };
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.once('data', () => setTimeout(() => child.kill(signal), 300));
  expect(await new Promise((resolve) => child.on('close', (_, by) => resolve(by)))).toBe(signal);
});
