/**
 * A day of a server in miniature: many connections, each with one session behind the other, whose trainings are right
 * to the last bit, and memory that does not grow. TFJS_TEST_SESSIONS=1000 npx jest test/distributed/many takes 100,000
 * steps.
 */
import { readFileSync } from 'node:fs';
import * as tf from '../../src';
import { devices } from '../devices';
import { Client, bytesOf, graphOf } from './client';
import * as M from '../../src/format/master';
import { tensorBytes, readTensor } from '../../src/format/tensor-proto';
import { startServer } from './server';

const SESSIONS = Number(process.env['TFJS_TEST_SESSIONS'] ?? 100);
const CONNECTIONS = 50;
const STEPS = 100;
const ROWS = 8;
/** One step of gradient descent on (w x - y)², by hand, in 32 bits as the graph does it. */
const graph = graphOf(() => {
  const x = tf.placeholder(tf.float32, [ROWS], { name: 'x' });
  const w = new tf.Variable(tf.zeros([ROWS]), { name: 'w' });
  const error = tf.sub(tf.mul(w, x), 1);
  w.assignSub(tf.mul(tf.mul(error, x), 0.5), { name: 'step' });
});
const f = Math.fround;
const stepped = (w: number, x: number): number => f(w - f(f(f(f(w * x) - 1) * x) * 0.5));

/** Trains a session and gives how many of its steps were wrong. */
async function train(client: Client, seed: number): Promise<number> {
  const config = M.CONFIG.make({ isolateSessionState: true });
  const { sessionHandle } = await client.call('CreateSession', { graphDef: bytesOf(graph), config });
  await client.call('RunStep', { sessionHandle, target: ['w/Assign'] });
  let wrong = 0;
  let w = new Array<number>(ROWS).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const xs = Float32Array.from({ length: ROWS }, (_, i) => ((seed * 31 + step * 7 + i) % 17) / 16);
    w = w.map((value, i) => stepped(value, xs[i]));
    const feed = [M.NAMED_TENSOR.make({ name: 'x:0', tensor: tensorBytes(new tf.NDArray(tf.float32, [ROWS], xs)) })];
    const { tensor } = await client.call('RunStep', { sessionHandle, feed, fetch: ['step:0'] });
    const got = readTensor(tensor[0].tensor);
    if (!w.every((value, i) => Object.is(got.data[i], value))) wrong++;
  }
  await client.call('CloseSession', { sessionHandle });
  return wrong;
}
/** Megabytes of memory that a process has, where the system says. */
function resident(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

test.each(devices())(
  'sessions by the hundred are right, and leave nothing, on the $title device',
  async ({ device }) => {
    const server = await startServer(['--device', device]);
    const port = Number(/\d+$/.exec(server.target)![0]);
    const clients = Array.from({ length: CONNECTIONS }, () => new Client(port));
    const memory: number[] = [];
    let [begun, ended] = [0, 0];
    let wrong = 0;
    const work = async (client: Client): Promise<void> => {
      while (begun < SESSIONS) {
        wrong += await train(client, begun++);
        if (++ended % (SESSIONS / 20) === 0) memory.push(resident(server.process.pid!));
      }
    };
    await Promise.all(clients.map(work));
    if (SESSIONS >= 1000) console.log(`${device}: ${memory.map((mb) => Math.round(mb)).join(' ')} MB`);
    for (const client of clients) client.close();
    await server.stop();
    expect(wrong).toBe(0);
    // What a server of a thousand sessions has it has after a hundred.
    const settled = memory[Math.floor(memory.length / 2)];
    expect(memory[memory.length - 1]).toBeLessThan(settled + 100);
  },
  Math.max(300_000, SESSIONS * 3000),
);
