/** `tf.train.Server`, whose thread answers while its program waits: in processes of their own, as programs have it. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { ROOT } from '../structure/files';
import { runProgram } from './program';

test('sessions of the program that has the server share its variables, beside sessions of its own', () => {
  const script = `
    const tf = require('./src');
    const server = tf.train.Server.createLocalServer();
    const count = new tf.Variable(40, { name: 'count' });
    const add = count.assignAdd(1);
    const open = (target) => new tf.Session(target);
    const [one, other, here] = [server.target, server.target, ''].map(open);
    for (const sess of [one, here]) sess.run(tf.globalVariablesInitializer());
    one.run(add);
    other.run(add);
    console.log(/^grpc:..localhost:[0-9]+$/.test(server.target), one.run(count), other.run(count), here.run(count));
    const { cluster, ...task } = server.serverDef;
    console.log(JSON.stringify(cluster.job), JSON.stringify(task));
    try { new tf.train.Saver().save(one, './model'); } catch (error) { console.log(error.constructor.name); }
  `;
  const { stdout, stderr, status } = runProgram(script);
  expect([stderr, status]).toEqual(['', 0]);
  expect(stdout.split('\n')).toEqual([
    'true 42 42 40',
    '[{"name":"local","tasks":{"0":"localhost:0"}}] {"jobName":"local","taskIndex":0,"protocol":"grpc"}',
    'PermissionDeniedError',
  ]);
});
/** A program with a server in it, once it says where that listens. */
async function serving(
  code: string,
): Promise<{ target: string; process: ChildProcessByStdio<Writable, Readable, null> }> {
  const args = ['-r', require.resolve('../transpiled.cjs'), '-e', `const tf = require('./src');\n${code}`];
  const program = spawn(process.execPath, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const target = await new Promise<string>((heard) => program.stdout.once('data', (text: Buffer) => heard(`${text}`)));
  return { target, process: program };
}
const ends = (program: ChildProcess): Promise<unknown> =>
  new Promise((end) => program.once('exit', (code, signal) => end(signal ?? code)));
const SAYS_TARGET = "require('node:fs').writeSync(1, server.target);";
const asks = (target: string): string => `
  const tf = require('./src');
  const sess = new tf.Session('${target}');
  console.log(sess.run(tf.constant([1, 2])).data.join());
  sess.close();`;

test('a server that is not started listens, and answers when it is', async () => {
  const server = await serving(`
    const server = new tf.train.Server({ worker: { 3: '127.0.0.1:0' } }, { start: false });
    process.stdin.on('data', () => (server.start(), server.start()));
    ${SAYS_TARGET}`);
  const loader = require.resolve('../transpiled.cjs');
  const client = spawn(process.execPath, ['-r', loader, '-e', asks(server.target)], { cwd: ROOT });
  let said = '';
  client.stdout.on('data', (text: Buffer) => (said += text.toString()));
  await new Promise((later) => setTimeout(later, 2000));
  expect(said).toBe('');
  server.process.stdin.write('start');
  expect([await ends(client), said]).toEqual([0, '1,2\n']);
  server.process.kill();
});
test('a port that is taken is said', () => {
  const script = `
    const tf = require('./src');
    const { target } = new tf.train.Server({ a: ['127.0.0.1:0'] });
    try { new tf.train.Server({ a: [target.slice('grpc://'.length)] }); } catch (error) {
      console.log(error.constructor.name, error.message.replace(/[0-9.]+:[0-9]+/g, 'PLACE'));
    }`;
  expect(runProgram(script).stdout).toBe(
    'UnknownError Could not start gRPC server\n  at PLACE: listen EADDRINUSE: address already in use PLACE\n' +
      "  fix: an address of this machine with a free port: 'localhost:0' takes any.",
  );
});
test('a program that is a server and nothing else waits, answers others, and ends by Ctrl-C', async () => {
  const server = await serving(`
    const server = tf.train.Server.createLocalServer({ device: 'portable' });
    ${SAYS_TARGET}
    server.join();`);
  expect(runProgram(asks(server.target))).toMatchObject({ stdout: '1,2', status: 0 });
  const ended = ends(server.process);
  server.process.kill('SIGINT');
  expect(await ended).toBe('SIGINT');
});
