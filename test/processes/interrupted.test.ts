/** Ctrl-C ends a program at once, whatever it waits for: a run without end, a server that is silent, promises. */
import { spawn } from 'node:child_process';
import { ROOT } from '../structure/files';

const LOADER = require.resolve('../transpiled.cjs');
const READY = 'require("node:fs").writeSync(1, "ready\\n");';
const WAITING: Readonly<Record<string, string>> = {
  'a loop without end': `
    const y = tf.whileLoop((i) => i.greaterEqual(0), (i) => i.mul(1), [tf.constant(0)]);
    ${READY} new tf.Session().run(y);`,
  'a server that is silent': `
    const silent = require('node:net').createServer().listen(0, '127.0.0.1', () => {
      ${READY} new tf.Session('grpc://127.0.0.1:' + silent.address().port).run(tf.constant(1));
    });`,
  'a server that is not there': `${READY} new tf.Session('grpc://127.0.0.1:1').run(tf.constant(1));`,
  'a server of its own': `const server = tf.train.Server.createLocalServer(); ${READY} server.join();`,
  'a function that gives a promise': `
    const y = tf.pyFunc(() => new Promise(() => {}), [], tf.float32);
    setInterval(() => {}, 1000); ${READY} new tf.Session().runAsync(y);`,
};
/** How a program ends that is interrupted while it waits. */
function interrupted(program: string, signal: NodeJS.Signals): Promise<NodeJS.Signals | null> {
  const args = ['-r', LOADER, '-e', `const tf = require('./src'); ${program}`];
  const env = { TFJS_SESSION_QUIET: '1', ...process.env };
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'ignore'] });
  // The call that waits comes right behind what it says.
  child.stdout.once('data', () => setTimeout(() => child.kill(signal), 1_000));
  return new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
}
test.each(Object.entries(WAITING))('%s', async (_, program) => {
  expect(await interrupted(program, 'SIGINT')).toBe('SIGINT');
});
test('a server is ended as services are', async () => {
  expect(await interrupted(WAITING['a server of its own'], 'SIGTERM')).toBe('SIGTERM');
});
