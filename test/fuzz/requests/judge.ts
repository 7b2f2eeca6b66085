/**
 * Requests that no client makes: the server must answer with a status that is none of its own faults, in time, keep the
 * numbers of a session that has nothing to do with it, and end with the memory that it had.
 */
import type { Socket } from 'node:net';
import { availableParallelism, loadavg } from 'node:os';
import * as tf from '../../../src';
import * as M from '../../../src/format/master';
import { readTensor, tensorBytes } from '../../../src/format/tensor-proto';
import { Client, scalar } from '../../distributed/client';
import { LARGE, varint } from '../files/mutations';
import { Choices } from '../random';
import { callFrames, mutatedFrames, opening } from './frames';
import { mutations } from './mutate';
import type { Say, Served } from './served';
import { FETCHES, INIT } from './subjects';

/** What a request may take at most; on a machine that is busy with other work, more. */
const withinMs = (): number => 20_000 * Math.max(1, loadavg()[0] / availableParallelism());
/** After so many seeds another session is asked. */
const VICTIM_FOR = 40;
/** Connections that are left half open. */
const MOST_LEFT = 40;

type Kind = (served: Served, choices: Choices, say: Say) => Promise<string | null>;
/** What is wrong with the request of a seed; null for nothing. */
export async function tryRequest(served: Served, seed: number, say: Say): Promise<string | null> {
  const choices = new Choices(seed);
  if (!served.subjects.length || seed % VICTIM_FOR === 0) await served.anotherVictim();
  const kind = KINDS.find(([, share]) => choices.chance(share))?.[0] ?? KINDS[0][0];
  const started = performance.now();
  const fault = await KIND[kind](served, choices, say);
  if (fault) return fault;
  if (served.isGone) return 'the server is gone';
  const took = performance.now() - started;
  if (took > withinMs()) return `it took ${Math.round(took)} ms`;
  return seed % 10 === 0 ? served.untouched() : null;
}

// --- kinds ---------------------------------------------------------------------------------------------------------

/** A message with something changed; a session that comes of it is run, and closed. */
async function message(served: Served, choices: Choices, say: Say): Promise<string | null> {
  const { method, bytes } = choices.of(served.subjects);
  const { bytes: mutated, what } = mutations(bytes, choices);
  say(`${method} ${what}`);
  const got = await served.status(method, mutated);
  const fault = served.wrong(got);
  if (fault || got[0]) return fault;
  if (method === 'RunStep') return replied(served, got[2]);
  if (method === 'CreateSession') return opened(served, got[2]);
  if (method === 'CloseSession') served.subjects = [];
  return null;
}
function replied(served: Served, bytes: Uint8Array): string | null {
  const { tensor, statusCode, statusErrorMessage } = M.RUN_STEP.response.read(bytes);
  for (const each of tensor) readTensor(each.tensor);
  return served.wrong([statusCode, statusErrorMessage, bytes]);
}
async function opened(served: Served, bytes: Uint8Array): Promise<string | null> {
  const { sessionHandle } = M.CREATE_SESSION.response.read(bytes);
  const run = (more: object): Promise<[number, string, Uint8Array]> =>
    served.status('RunStep', M.RUN_STEP.request.write({ sessionHandle, ...more }));
  const fed = M.NAMED_TENSOR.make({ name: 'x:0', tensor: tensorBytes(scalar(2)) });
  const rows = new tf.NDArray(tf.float32, [1, 3], Float32Array.of(1, 2, 3));
  const feed = [fed, M.NAMED_TENSOR.make({ name: 'rows:0', tensor: tensorBytes(rows) })];
  const faults = [served.wrong(await run({ target: INIT }))];
  for (const name of FETCHES) faults.push(served.wrong(await run({ feed, fetch: [`${name}:0`] })));
  faults.push(served.wrong(await served.status('CloseSession', M.CLOSE_SESSION.request.write({ sessionHandle }))));
  return faults.find((fault) => fault) ?? null;
}
/** A sound message in frames that are not, on a connection of its own. */
async function frames(served: Served, choices: Choices, say: Say): Promise<string | null> {
  const { method, bytes } = choices.of(served.subjects.filter((each) => each.method !== 'CloseSession'));
  const { frames: mutated, what } = mutatedFrames([...opening(), ...callFrames(method, bytes)], choices);
  say(`${method} with ${what}`);
  const socket = served.connected();
  for (const frame of mutated) socket.write(frame);
  await answeredOrNot(socket, 30);
  socket.destroy();
  return null;
}
/** Bytes that come slowly, or stop; a connection that is closed in half, or reset. */
async function slowly(served: Served, choices: Choices, say: Say): Promise<string | null> {
  const { method, bytes } = choices.of(served.subjects);
  const whole = Buffer.concat([...opening(), ...callFrames(method, bytes)]);
  const end = choices.of(['close in half', 'reset', 'leave']);
  const until = choices.int(0, whole.length - 1);
  say(`${method} to byte ${until} of ${whole.length}, then ${end}`);
  const socket = served.connected();
  const pieces = choices.int(1, 8);
  for (let i = 0; i < pieces; i++) {
    socket.write(whole.subarray(Math.floor((until * i) / pieces), Math.floor((until * (i + 1)) / pieces)));
    await new Promise((later) => setTimeout(later, choices.int(0, 5)));
  }
  if (end === 'close in half') socket.end();
  if (end === 'reset') socket.resetAndDestroy();
  else served.left.push(socket);
  if (served.left.length > MOST_LEFT) served.left.shift()?.destroy();
  return null;
}
/** More sessions than there may be, on several connections. */
async function flood(served: Served, choices: Choices, say: Say): Promise<string | null> {
  const connections = choices.int(1, 8);
  say(`80 sessions on ${connections} connections`);
  const clients = Array.from({ length: connections }, () => new Client(served.port));
  const create = M.CREATE_SESSION.request.write({ graphDef: choices.chance(0.5) ? served.graphDef : undefined });
  const all = await Promise.all(
    Array.from({ length: 80 }, (_, i) => served.status('CreateSession', create, clients[i % connections])),
  );
  const open = all.filter(([code]) => code === 0).map(([, , bytes]) => M.CREATE_SESSION.response.read(bytes));
  const close = open.map(({ sessionHandle }) =>
    served.status('CloseSession', M.CLOSE_SESSION.request.write({ sessionHandle })),
  );
  const closed = await Promise.all(close);
  for (const client of clients) client.close();
  const refused = all.filter(([code]) => code === 8).length;
  if (refused + open.length < 80 || !refused)
    return `of 80 sessions ${open.length} were opened, ${refused} refused; ${all.map(([c, m]) => c + m).slice(0, 3)}`;
  return closed.find(([code]) => code) ? 'a session could not be closed' : null;
}
/** Tensors that are giant, or say so. */
async function giant(served: Served, choices: Choices, say: Say): Promise<string | null> {
  const kind = choices.of(['shape', 'feed', 'made', 'message']);
  say(`giant ${kind}`);
  const dims = Array.from({ length: choices.int(1, 4) }, () => choices.of(LARGE.slice(0, 8)));
  const shape = Buffer.concat(
    dims.map((size) => Buffer.concat([Buffer.of(0x12, 1 + varint(size).length, 8), varint(size)])),
  );
  const tensor = Buffer.concat([Buffer.of(8, 1, 0x12, shape.length), shape, Buffer.of(0x2a, 4, 0, 0, 128, 63)]);
  const { bytes } = served.subjects[3];
  const { sessionHandle } = M.RUN_STEP.request.read(bytes);
  const sides = choices.int(2000, 60_000);
  const run: Record<string, () => object> = {
    shape: () => ({ fetch: ['y:0'], feed: [M.NAMED_TENSOR.make({ name: 'x:0', tensor })] }),
    feed: () => ({
      fetch: ['z:0'],
      feed: [M.NAMED_TENSOR.make({ name: 'rows:0', tensor: Buffer.concat([tensor, Buffer.alloc(2 ** 20)]) })],
    }),
    made: () => ({
      fetch: ['filled:0'],
      feed: [M.NAMED_TENSOR.make({ name: 'x:0', tensor: tensorBytes(scalar(sides)) })],
    }),
    message: () => ({
      fetch: ['y:0'],
      feed: [M.NAMED_TENSOR.make({ name: 'x:0', tensor: Buffer.alloc(choices.int(2 ** 23, 2 ** 25)) })],
    }),
  };
  return served.wrong(await served.status('RunStep', M.RUN_STEP.request.write({ sessionHandle, ...run[kind]() })));
}
/** Calls whose client hangs up in the middle, many at a time. */
async function hangUp(served: Served, choices: Choices, say: Say): Promise<string | null> {
  say('calls whose client hangs up');
  const client = new Client(served.port);
  const calls = Array.from({ length: choices.int(1, 30) }, () => {
    const { method, bytes } = choices.of(served.subjects.filter((each) => each.method !== 'CloseSession'));
    return client.bytes(method, bytes, { hangUpAfter: choices.int(0, 4) }).then(
      (reply) => (method === 'CreateSession' ? closedLater(served, reply) : null),
      () => null,
    );
  });
  if (choices.chance(0.3)) client.close();
  await Promise.all(calls);
  client.close();
  return null;
}
function closedLater(served: Served, bytes: Uint8Array): Promise<unknown> {
  const { sessionHandle } = M.CREATE_SESSION.response.read(bytes);
  return served.status('CloseSession', M.CLOSE_SESSION.request.write({ sessionHandle }));
}

const KIND: Readonly<Record<string, Kind>> = { message, frames, slowly, flood, giant, hangUp };
/** How many of those that are left. */
const KINDS: readonly (readonly [kind: string, share: number])[] = [
  ['message', 0.65],
  ['frames', 0.7],
  ['slowly', 0.4],
  ['hangUp', 0.3],
  ['giant', 0.9],
  ['flood', 1],
];
/** Until something of a reply has come, the connection is over, or so much time has passed. */
function answeredOrNot(socket: Socket, milliseconds: number): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    const over = (): void => {
      clearTimeout(timer);
      done();
    };
    socket.once('close', over);
  });
}
