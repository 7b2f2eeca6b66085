/**
 * The thread that talks to a server. A program may wait for an answer without letting its own thread go on, so calls
 * come in by messages, and each answer rings a bell that the program can sleep on.
 */
import * as http2 from 'node:http2';
import { type MessagePort, workerData } from 'node:worker_threads';
import { codeOf, errorOf } from '../base/thrown';
import { joinedParts, sizeOfParts } from '../format/parts';
import { BEAT_MS, BELL, ring } from './bell';
import { CONTENT_TYPE, MOST_FRAME, MOST_MEMORY, PREFIX, WINDOW, pathOf } from './frame';
import type { Answer, CallMessage, Started } from './channel';

const { address, connectWithinMs, to: port, bell } = workerData as Started;
const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;
const UNAVAILABLE = 14;
/** An answer of so many bytes is copied sooner than its memory is handed over. */
const COPIED = 1 << 12;
/** How often a server that does not listen yet is tried. */
const TRIED_EVERY_MS = 100;

/** The connection, once it is there, until it ends. */
let session: http2.ClientHttp2Session | null = null;
let connection: Promise<http2.ClientHttp2Session> | null = null;
/** Why there is no connection yet. */
let refused = '';
const streams = new Map<number, http2.ClientHttp2Stream>();
/** Calls that the program gave up. */
const cancelled = new Set<number>();

port.on('message', (message: CallMessage | { readonly cancel: number }) => {
  if ('cancel' in message) {
    cancelled.add(message.cancel);
    streams.get(message.cancel)?.close(http2.constants.NGHTTP2_CANCEL);
  } else take(message);
});
/** Beats while calls are open: a program that sleeps on the bell hears that somebody is there. */
let open = 0;
let beating: NodeJS.Timeout | null = null;
function beat(): void {
  Atomics.add(bell, BELL.beats, 1);
  if (open || !beating) return;
  clearInterval(beating);
  beating = null;
}
function take(message: CallMessage): void {
  beat();
  open++;
  beating ??= setInterval(beat, BEAT_MS);
  const done = (answer: Answer): void => {
    open--;
    cancelled.delete(message.id);
    reply(port, answer);
  };
  const broken = (error: unknown): void => done(failed(message.id, UNAVAILABLE, `${address}: ${String(error)}`));
  const there = live();
  if (!there) return void call(message).then(done, broken);
  try {
    // At once: a loop of steps waits for each.
    send(there, message, done);
  } catch (error) {
    broken(error);
  }
}

/** The connection, if it is there and takes calls. */
function live(): http2.ClientHttp2Session | null {
  return session && !session.closed && !session.destroyed ? session : null;
}
function reply(to: MessagePort, answer: Answer): void {
  const { bytes, room } = answer;
  const handed: ArrayBuffer[] = room ? [room] : [];
  if (bytes.length > COPIED && bytes.buffer instanceof ArrayBuffer) handed.push(bytes.buffer);
  to.postMessage(answer, handed);
  ring(bell);
}
/** One connection for all calls; the next call after its end makes another. */
function connected(method: string): Promise<http2.ClientHttp2Session> {
  if (connection && (!session || live())) return connection;
  // A server that is gone has closed its sessions.
  const made = connect(method === 'CloseSession' ? 0 : Date.now() + connectWithinMs);
  const forget = (): void => {
    if (connection === made) session = connection = null;
  };
  connection = made;
  made.then((there) => {
    session = there;
    // A server that says good-bye takes no more calls, though it answers those that it has.
    there.once('goaway', forget);
    there.once('close', forget);
  }, forget);
  return made;
}
async function connect(until: number): Promise<http2.ClientHttp2Session> {
  for (;;) {
    try {
      return await new Promise((ready, failed) => {
        const session = http2.connect(`http://${address}`, {
          maxSessionMemory: MOST_MEMORY,
          settings: { initialWindowSize: WINDOW, maxFrameSize: MOST_FRAME, enablePush: false },
        });
        session.once('connect', () => {
          session.setLocalWindowSize(WINDOW);
          ready(session);
        });
        session.on('error', failed);
        session.on('goaway', () => session.close());
      });
    } catch (error) {
      refused = codeOf(error) ?? String(error);
      if (Date.now() > until) throw error;
      await new Promise((later) => setTimeout(later, TRIED_EVERY_MS));
    }
  }
}
function failed(id: number, code: number, message: string): Answer {
  return { id, code, message, bytes: new Uint8Array(0), room: null };
}
/** A call that waits for its connection first. */
async function call(message: CallMessage): Promise<Answer> {
  const { id, method, timeoutInMs } = message;
  const until = timeoutInMs > 0 ? Date.now() + timeoutInMs : Infinity;
  let there: http2.ClientHttp2Session | null;
  try {
    there = await within(timeoutInMs, connected(method));
  } catch (error) {
    const [code = '', { message }] = [codeOf(error), errorOf(error)];
    const port = address.slice(address.lastIndexOf(':') + 1);
    return failed(
      id,
      UNAVAILABLE,
      `failed to connect to all addresses: ${address}: ${code || message}` +
        `\n  fix: nothing listens there. npx tfjs-session serve --port ${port} starts a server here.`,
    );
  }
  if (!there) return late(message, `: ${refused || 'no connection came about'}`);
  const left = until - Date.now();
  if (left <= 0) return late(message);
  return new Promise((answered) => send(there, message, answered, left === Infinity ? 0 : left));
}
function late({ id, method, timeoutInMs }: CallMessage, why = ''): Answer {
  const what = `grpc://${address} did not answer ${method} within ${timeoutInMs} ms${why}.`;
  return failed(id, DEADLINE_EXCEEDED, `Deadline Exceeded\n  ${what}`);
}
/** What comes of `promise`, or null where that takes longer; 0: as long as it takes. */
async function within<T>(timeoutInMs: number, promise: Promise<T>): Promise<T | null> {
  if (timeoutInMs <= 0) return promise;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((end) => (timer = setTimeout(end, timeoutInMs, null)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
function send(
  to: http2.ClientHttp2Session,
  message: CallMessage,
  answered: (answer: Answer) => void,
  timeoutInMs = message.timeoutInMs,
): void {
  const { id, method, frame } = message;
  const headers: http2.OutgoingHttpHeaders = {
    ':method': 'POST',
    ':path': pathOf(method),
    'content-type': CONTENT_TYPE,
    te: 'trailers',
  };
  if (timeoutInMs > 0) headers['grpc-timeout'] = `${Math.min(Math.ceil(timeoutInMs), 99_999_999)}m`;
  const stream = to.request(headers);
  streams.set(id, stream);
  const chunks: Buffer[] = [];
  let trailers: http2.IncomingHttpHeaders = {};
  let isLate = false;
  const giveUp = (): void => {
    isLate = true;
    stream.close(http2.constants.NGHTTP2_CANCEL);
  };
  const timer = timeoutInMs > 0 ? setTimeout(giveUp, timeoutInMs) : null;
  // What was not written to the end may still be read.
  const room = (): ArrayBuffer | null => (stream.writableFinished ? frame.buffer : null);
  const end = (): void => {
    if (!streams.delete(id)) return;
    if (timer) clearTimeout(timer);
    const status = trailers['grpc-status'];
    if (isLate) answered(late(message));
    else if (status === undefined) answered(lost(to, stream, id));
    else if (status !== '0') answered(failed(id, Number(status), decodeURI8(String(trailers['grpc-message'] ?? ''))));
    else answered({ id, code: 0, message: '', bytes: messageOf(chunks), room: room() });
  };
  stream.on('response', (response) => {
    if ('grpc-status' in response) trailers = response;
  });
  stream.on('trailers', (last) => {
    trailers = last;
    // Nothing comes behind them. Node closes the stream later, when the program may be at work again.
    if (isWhole(chunks)) end();
  });
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('error', () => undefined);
  stream.on('close', end);
  stream.end(frame);
}
/** Why a stream ended without a status: Node ends one as cancelled as well where its connection is lost. */
function lost(session: http2.ClientHttp2Session, stream: http2.ClientHttp2Stream, id: number): Answer {
  const byServer = stream.rstCode === http2.constants.NGHTTP2_CANCEL && !session.closed && !session.destroyed;
  return cancelled.has(id) || byServer ? failed(id, CANCELLED, 'Cancelled') : failed(id, UNAVAILABLE, 'Socket closed');
}
/** Whether all of the message is there that its prefix tells of. */
function isWhole(chunks: Buffer[]): boolean {
  const [first] = chunks;
  return first?.length >= PREFIX && sizeOfParts(chunks) === PREFIX + first.readUInt32BE(1);
}
/** What comes behind the prefix, in memory that can be handed over. */
function messageOf(chunks: Buffer[]): Uint8Array {
  const [first] = chunks;
  if (!first || first.length < PREFIX) return new Uint8Array(Buffer.concat(chunks).subarray(PREFIX));
  return joinedParts([first.subarray(PREFIX), ...chunks.slice(1)]);
}
/** gRPC's texts: bytes of UTF-8 behind percent signs. */
function decodeURI8(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
