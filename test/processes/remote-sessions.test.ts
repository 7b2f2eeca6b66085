/** Sessions on servers whose thread dies, or that nobody has any more: in processes of their own, as above. */
import { startServer } from '../distributed/server';
import { runProgram } from './program';

const ENDS = {
  throws: 'throw new Error("lost")',
  exits: 'process.exit(3)',
  'has no memory left': 'for (const all = []; ; ) all.push({ all })',
};
test('a thread that ends is UnavailableError that names the target, for those who wait and for those who come', () => {
  const script = `
    const threads = require('node:worker_threads');
    const ends = ${JSON.stringify(ENDS)};
    let death = '';
    threads.Worker = class extends threads.Worker {
      constructor(code, options) {
        const port = 'require("node:worker_threads").workerData.port';
        const dies = port + '.once("message", () => setTimeout(() => {' + death + '}, 100));';
        super(code + dies, { ...options, resourceLimits: { maxOldGenerationSizeMb: 64 } });
      }
    };
    const tf = require('./src');
    const silent = require('node:net').createServer().listen(0, '127.0.0.1', async () => {
      const target = 'grpc://127.0.0.1:' + silent.address().port;
      const x = tf.constant(1);
      for (death of Object.values(ends)) {
        const sess = new tf.Session(target);
        for (let k = 0; k < 2; k++)
          try { sess.run(x); } catch (error) {
            console.log(error.constructor.name, error.message.split('\\n')[0].replace(target, 'TARGET'));
          }
        sess.close();
      }
      process.exit(0);
    });`;
  const { stdout, stderr } = runProgram(script);
  const lines = stdout.split('\n');
  // A thread that is slow to die is said to be waited for.
  const said = stderr.replace(/^CreateSession still waiting.*\n/gm, '').replace(/[^]*out of memory[^]*/i, '');
  expect([lines.length, said]).toEqual([6, '']);
  for (const line of lines)
    expect(line).toMatch(/^UnavailableError The thread that talks to TARGET is gone: (it ended|nothing was heard)/);
});
test('a server that never answers, or is not there, is waited for as long as the program says', () => {
  const script = `
    const tf = require('./src');
    const x = tf.constant(1);
    const config = { operationTimeoutInMs: 500 };
    const silent = require('node:net').createServer().listen(0, '127.0.0.1', () => {
      const targets = ['grpc://127.0.0.1:' + silent.address().port, 'grpc://127.0.0.1:1'];
      const with_ = (sess, body) => { try { body(sess); } finally { sess.close(); } };
      const calls = [
        (target) => with_(new tf.Session(target, { config }), (sess) => sess.run(x)),
        (target) => with_(new tf.Session(target), (sess) => sess.run(x, null, { options: { timeoutInMs: 500 } })),
        (target) => with_(new tf.Session(target, { config }), (sess) => sess.listDevices()),
        (target) => with_(new tf.Session(target, { config }), (sess) => sess.partialRunSetup([x], [])),
        (target) => tf.Session.reset(target, [], config),
      ];
      for (const target of targets)
        for (const call of calls)
          try { call(target); } catch (error) {
            console.log(error.constructor.name, error.message.split('\\n')[1].replace(target, 'TARGET').trim());
          }
      process.exit(0);
    });`;
  const { stdout, stderr } = runProgram(script);
  const late = (method: string, why: string): string =>
    `DeadlineExceededError TARGET did not answer ${method} within 500 ms${why}.`;
  const silent = ': it takes connections, and has said nothing yet';
  const all = (why: string): string[] =>
    ['CreateSession', 'CreateSession', 'CreateSession', 'CreateSession', 'Reset'].map((method) => late(method, why));
  expect([stdout.split('\n'), stderr]).toEqual([[...all(silent), ...all(': ECONNREFUSED')], '']);
});
test('a run that is waited for as a promise ends with its thread', () => {
  const script = `
    const threads = require('node:worker_threads');
    let thread;
    threads.Worker = class extends threads.Worker { constructor(...given) { super(...given); thread = this; } };
    const tf = require('./src');
    const { Channel } = require('./src/distributed/channel');
    const silent = require('node:net').createServer().listen(0, '127.0.0.1', async () => {
      const channel = new Channel('127.0.0.1:' + silent.address().port);
      setTimeout(() => thread.terminate(), 500);
      const said = (error) => console.log(error.constructor.name);
      const later = () => channel.callLater('RunStep', [new Uint8Array(1)]).catch(said);
      await later();
      await later();
      process.exit(0);
    });`;
  expect(runProgram(script)).toMatchObject({ stdout: 'UnavailableError\nUnavailableError', stderr: '', status: 0 });
});
test('a session that is dropped ends on its server, and so does its thread', async () => {
  const server = await startServer();
  const script = `
    const tf = require('./src');
    const { Channel } = require('./src/distributed/channel');
    const answered = [];
    const later = Channel.prototype.callLater;
    Channel.prototype.callLater = async function (method, ...rest) {
      await later.call(this, method, ...rest);
      answered.push(method);
    };
    const y = tf.constant(2).add(1);
    const use = (how) => { const sess = new tf.Session('${server.target}'); return how && sess.run(y); };
    const threads = () => process.report.getReport().workers.length;
    (async () => {
      let sum = 0;
      for (let i = 0; i < 12; i++) {
        sum += use(i !== 5);
        for (let k = 0; k < 300 && threads() > 0; k++) { gc(); await new Promise((r) => setTimeout(r, 20)); }
      }
      console.log(JSON.stringify([sum, threads(), answered.length, [...new Set(answered)]]));
    })();`;
  const { stdout, stderr } = runProgram(script, ['--expose-gc']);
  await server.stop();
  expect([stdout, stderr]).toEqual(['[33,0,11,["CloseSession"]]', '']);
});
