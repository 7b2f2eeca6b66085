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
/** How often a server that does not listen yet is tried. */
const TRIED_EVERY_MS = 100;

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
  } else void answered(message).then((answer) => reply(port, answer));
});
/** Beats while calls are open: a program that sleeps on the bell hears that somebody is there. */
let open = 0;
let beating: NodeJS.Timeout | null = null;
async function answered(message: CallMessage): Promise<Answer> {
  Atomics.add(bell, BELL.beats, 1);
  open++;
  beating ??= setInterval(() => Atomics.add(bell, BELL.beats, 1), BEAT_MS);
  try {
    return await call(message);
  } catch (error) {
    return failed(message.id, UNAVAILABLE, `${address}: ${String(error)}`);
  } finally {
    cancelled.delete(message.id);
    if (--open === 0) {
      clearInterval(beating);
      beating = null;
    }
  }
}

function reply(to: MessagePort, answer: Answer): void {
  const { bytes, room } = answer;
  const { buffer } = bytes;
  const handed = bytes.length && buffer instanceof ArrayBuffer ? [buffer] : [];
  to.postMessage(answer, room ? [...handed, room] : handed);
  ring(bell);
}
/** One connection for all calls; the next call after its end makes another. */
function connected(method: string): Promise<http2.ClientHttp2Session> {
  if (connection) return connection;
  const forget = (): void => void (connection = null);
  // A server that is gone has closed its sessions.
  connection = connect(method === 'CloseSession' ? 0 : Date.now() + connectWithinMs);
  connection.then((session) => session.once('close', forget), forget);
  return connection;
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
async function call({ id, method, frame, timeoutInMs }: CallMessage): Promise<Answer> {
  const until = timeoutInMs > 0 ? Date.now() + timeoutInMs : Infinity;
  const late = `Deadline Exceeded\n  grpc://${address} did not answer ${method} within ${timeoutInMs} ms`;
  let session: http2.ClientHttp2Session | null;
  try {
    session = await within(timeoutInMs, connected(method));
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
  const left = until - Date.now();
  if (!session) return failed(id, DEADLINE_EXCEEDED, `${late}: ${refused || 'no connection came about'}.`);
  const tooLate = failed(id, DEADLINE_EXCEEDED, `${late}.`);
  if (left <= 0) return tooLate;
  return sent(session, { id, method, frame, timeoutInMs: left === Infinity ? 0 : left }, tooLate);
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
function sent(
  session: http2.ClientHttp2Session,
  { id, method, frame, timeoutInMs }: CallMessage,
  tooLate: Answer,
): Promise<Answer> {
  return new Promise((answered) => {
    const headers: http2.OutgoingHttpHeaders = {
      ':method': 'POST',
      ':path': pathOf(method),
      'content-type': CONTENT_TYPE,
      te: 'trailers',
    };
    if (timeoutInMs > 0) headers['grpc-timeout'] = `${Math.min(Math.ceil(timeoutInMs), 99_999_999)}m`;
    const stream = session.request(headers);
    streams.set(id, stream);
    const chunks: Buffer[] = [];
    let trailers: http2.IncomingHttpHeaders = {};
    let late = false;
    const timer =
      timeoutInMs > 0
        ? setTimeout(() => {
            late = true;
            stream.close(http2.constants.NGHTTP2_CANCEL);
          }, timeoutInMs)
        : null;
    stream.on('response', (response) => {
      if ('grpc-status' in response) trailers = response;
    });
    // What was not written to the end may still be read.
    const room = (): ArrayBuffer | null => (stream.writableFinished ? frame.buffer : null);
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      if (timer) clearTimeout(timer);
      streams.delete(id);
      const status = trailers['grpc-status'];
      if (late) answered(tooLate);
      else if (status === undefined) answered(lost(session, stream, id));
      else if (status !== '0') answered(failed(id, Number(status), decodeURI8(String(trailers['grpc-message'] ?? ''))));
      else answered({ id, code: 0, message: '', bytes: messageOf(chunks), room: room() });
    };
    stream.on('trailers', (last) => {
      trailers = last;
      // Nothing comes behind them. Node closes the stream later, when the program may be at work again.
      if (isWhole(chunks)) end();
    });
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', () => undefined);
    stream.on('close', end);
    stream.end(frame);
  });
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
