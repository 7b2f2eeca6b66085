/**
 * The thread that talks to a server. A program may wait for an answer without letting its own thread go on, so calls
 * come in by messages, and each answer rings a bell that the program can sleep on.
 */
import * as http2 from 'node:http2';
import { workerData } from 'node:worker_threads';
import { BEAT_MS, BELL, ring } from './bell';
import type { Answer, CallMessage, Waiting } from './call';
import type { Started } from './channel';
import { dial, unreached } from './dial';
import { CONTENT_TYPE, pathOf } from './frame';
import { CODES, failureOf, hungUp, isWhole, messageOf } from './outcome';

const { address, connectWithinMs, to: port, bell } = workerData as Started;
/** An answer of so many bytes is copied sooner than its memory is handed over. */
const COPIED = 1 << 12;
/** The longest that a timer of Node's can wait. */
const LONGEST = 2 ** 31 - 1;

/** The connection, once it is there, until it ends. */
let session: http2.ClientHttp2Session | null = null;
let connection: Promise<http2.ClientHttp2Session> | null = null;
/** Why there is no connection yet. */
let refused = '';
const open = new Map<number, Open>();

port.on('message', (message: CallMessage | { readonly cancel: number }) => {
  if ('cancel' in message) open.get(message.cancel)?.cancel();
  else take(message);
});
/** Beats while calls are open: a program that sleeps on the bell hears that somebody is there. */
let beating: NodeJS.Timeout | null = null;
function beat(): void {
  Atomics.add(bell, BELL.beats, 1);
  if (open.size || !beating) return;
  clearInterval(beating);
  beating = null;
}
function take(message: CallMessage): void {
  beat();
  const call = new Open(message);
  open.set(message.id, call);
  beating ??= setInterval(beat, BEAT_MS);
  // Node tells of the end of a connection a little later.
  if (session?.closed || session?.destroyed) session = connection = null;
  // At once, where that can be: a loop of steps waits for each.
  if (session) send(call, session);
  else void sendLater(call);
}

/** A call that has no answer yet. */
class Open {
  private readonly until: number;
  private readonly timer: NodeJS.Timeout | null;
  stream: http2.ClientHttp2Stream | null = null;
  constructor(readonly message: CallMessage) {
    const { timeoutInMs } = message;
    this.until = timeoutInMs > 0 ? Date.now() + timeoutInMs : Infinity;
    this.timer = timeoutInMs > 0 ? setTimeout(() => this.late(), Math.min(timeoutInMs, LONGEST)) : null;
  }
  /** Milliseconds until it is late. */
  get left(): number {
    return this.until - Date.now();
  }
  cancel(): void {
    this.fail(CODES.cancelled, 'Cancelled');
  }
  fail(code: number, message: string): void {
    this.answer(code, message, new Uint8Array(0), null);
  }
  /** @param room  the memory of the call, where nobody reads it any more */
  answer(code: number, message: string, bytes: Uint8Array, room: ArrayBuffer | null): void {
    const { id } = this.message;
    if (!open.delete(id)) return;
    if (this.timer) clearTimeout(this.timer);
    // What nobody waits for any more ends at the server too.
    if (code) this.stream?.close(http2.constants.NGHTTP2_CANCEL);
    const handed: ArrayBuffer[] = room ? [room] : [];
    if (bytes.length > COPIED && bytes.buffer instanceof ArrayBuffer) handed.push(bytes.buffer);
    const answer: Answer = { id, code, message, bytes, room };
    port.postMessage(answer, handed);
    ring(bell);
  }
  private late(): void {
    const { method, timeoutInMs } = this.message;
    const why = this.stream || !refused ? '' : `: ${refused}`;
    const what = `grpc://${address} did not answer ${method} within ${timeoutInMs} ms${why}.`;
    this.fail(CODES.deadlineExceeded, `Deadline Exceeded\n  ${what}`);
  }
}

function tell(why: string): void {
  if (why === refused) return;
  refused = why;
  const waiting: Waiting = { waiting: why };
  port.postMessage(waiting);
}
/** One connection for all calls; the next call after its end makes another. */
function connected(method: string): Promise<http2.ClientHttp2Session> {
  if (connection) return connection;
  // A server that is gone has closed its sessions.
  const made = dial(address, method === 'CloseSession' ? 0 : Date.now() + connectWithinMs, tell);
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
/** Sends a call that has to wait for its connection, unless it is given up meanwhile. */
async function sendLater(call: Open): Promise<void> {
  try {
    send(call, await connected(call.message.method));
  } catch (error) {
    call.fail(CODES.unavailable, unreached(address, error));
  }
}
function send(call: Open, to: http2.ClientHttp2Session, isLast = false): void {
  const { id, method, frame } = call.message;
  if (open.get(id) !== call) return;
  let stream: http2.ClientHttp2Stream;
  try {
    stream = to.request(headersOf(call));
  } catch {
    // It ended just now.
    return isLast ? call.fail(CODES.unavailable, hungUp(address, method)) : again(call, to);
  }
  call.stream = stream;
  const chunks: Buffer[] = [];
  let headers: http2.IncomingHttpHeaders | null = null;
  let trailers: http2.IncomingHttpHeaders = {};
  const end = (): void => {
    if (open.get(id) !== call) return;
    // What the server says that it did not begin with may be asked again.
    if (stream.rstCode === http2.constants.NGHTTP2_REFUSED_STREAM && !isLast) return again(call, to);
    const failure = failureOf({ method, address, chunks, headers, trailers, session: to, stream });
    if (failure) call.fail(failure.code, failure.message);
    // What was not written to the end may still be read.
    else call.answer(0, '', messageOf(chunks), stream.writableFinished ? frame.buffer : null);
  };
  stream.on('response', (response) => {
    headers = response;
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
/** On another connection where this one takes no calls any more. */
function again(call: Open, before: http2.ClientHttp2Session): void {
  call.stream = null;
  if (session === before) session = connection = null;
  connected(call.message.method).then(
    (there) => send(call, there, true),
    (error: unknown) => call.fail(CODES.unavailable, unreached(address, error)),
  );
}
function headersOf(call: Open): http2.OutgoingHttpHeaders {
  const headers: http2.OutgoingHttpHeaders = {
    ':method': 'POST',
    ':authority': address,
    ':path': pathOf(call.message.method),
    'content-type': CONTENT_TYPE,
    te: 'trailers',
  };
  if (call.left < Infinity) headers['grpc-timeout'] = `${Math.min(Math.max(Math.ceil(call.left), 1), 99_999_999)}m`;
  return headers;
}
