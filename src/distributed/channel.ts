/** Calls to a server, that a program waits for in its own thread or as promises. */
import { type MessagePort, MessageChannel, type Worker, receiveMessageOnPort } from 'node:worker_threads';
import { CancelledError, DeadlineExceededError, ResourceExhaustedError } from '../base/errors';
import { warn } from '../base/platform';
import { type Parts, putParts, sizeOfParts } from '../format/parts';
import { BEAT_MS, BEGIN_BEATS, BELL, madeBell } from './bell';
import { type Answer, Call, type CallMessage, type Waiting } from './call';
import { LONGEST_MESSAGE, PREFIX, putPrefix } from './frame';
import { Kept } from './kept';
import { remoteError } from './status';
import { type Broken, type Reached, startThread } from './thread';

const UNAVAILABLE = 14;

/** How long a server that does not listen yet is waited for. Tests of one that never will wait less. */
export const CONNECT = { withinMs: 10_000 };

/** What the thread is started with. */
export interface Started extends Reached {
  /** `host:port` */
  readonly address: string;
  readonly connectWithinMs: number;
}
/** A thread that was silent for so many beats does not answer any more: its memory ran out, for example. */
const SILENT_BEATS = 10;
/** Until its first beat, once it runs: it has to be loaded. */
const START_BEATS = 60;

/** After so many, what is no step is said to be waited for. */
const STUCK_BEATS = 10;

/** How long an answer is waited for, beside what its call was given. */
export interface Waits {
  readonly timeoutInMs?: number;
  readonly signal?: AbortSignal | null;
}
export class Channel {
  private readonly bell = madeBell();
  private readonly port: MessagePort;
  private readonly thread: Worker;
  private readonly waiting = new Map<number, Call>();
  private readonly kept = new Kept();
  private made = 0;
  /** Why there is no connection yet. */
  private refused = '';
  /** Why nothing is answered any more. */
  private ended: string | null = null;
  constructor(readonly address: string) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const started: Started = { address, connectWithinMs: CONNECT.withinMs, to: port2, bell: this.bell };
    this.thread = startThread(['channel-thread'], started, [port2]);
    this.port.on('message', (said: Said) => this.take(said));
    this.thread.on('error', (error) => this.end(`it failed: ${error.message}`));
    this.thread.on('exit', () => this.end('it ended'));
    this.port.on('close', () => this.end('it ended'));
    // A program may end while nobody waits.
    this.port.unref();
  }
  /** Waits for the answer. @throws OpError  of the status */
  call(method: string, message: Parts, timeoutInMs = 0): Uint8Array {
    return this.wait(this.send(method, message, timeoutInMs));
  }
  /** @throws OpError  of the status, CancelledError  where `signal` says so */
  callLater(method: string, message: Parts, timeoutInMs = 0, signal?: AbortSignal | null): Promise<Uint8Array> {
    if (signal?.aborted) return Promise.reject(cancelled());
    const call = this.send(method, message, timeoutInMs);
    const cancel = (): void => this.port.postMessage({ cancel: call.id });
    signal?.addEventListener('abort', cancel);
    call.when(() => signal?.removeEventListener('abort', cancel));
    return this.later(call);
  }
  /**
   * The message is read before this returns.
   *
   * @param reads  takes what the answer says; where it throws, the call failed
   * @throws ResourceExhaustedError  for one of 4 GB and more
   */
  send(method: string, message: Parts, timeoutInMs = 0, reads: ((bytes: Uint8Array) => void) | null = null): Call {
    const frame = this.frameOf(message);
    const call = new Call(this.made++, method, reads);
    this.waiting.set(call.id, call);
    const sent: CallMessage = { id: call.id, method, frame, timeoutInMs };
    if (this.ended === null) this.port.postMessage(sent, [frame.buffer]);
    else this.answerAll(UNAVAILABLE, this.ended);
    return call;
  }
  /** Lets this thread stand still until the answer has come. @throws OpError  of the status */
  wait(call: Call): Uint8Array {
    for (let silent = 0, beats = -1, waited = 0; ; ) {
      const rung = Atomics.load(this.bell, BELL.rung);
      const hasEnded = Atomics.load(this.bell, BELL.ended);
      for (let got = receiveMessageOnPort(this.port); got; got = receiveMessageOnPort(this.port))
        this.take(got.message as Said);
      if (call.answer) return bytesOf(call.answer);
      // What the thread said before its end is read: it said nothing of this call.
      if (hasEnded) this.end('it ended');
      else if (Atomics.wait(this.bell, BELL.rung, rung, BEAT_MS) === 'timed-out') {
        // A step may take its time; a server that opens no session is stuck.
        if (++waited === STUCK_BEATS && call.method !== 'RunStep') this.warnOf(call);
        const now = Atomics.load(this.bell, BELL.beats);
        silent = now === beats ? silent + 1 : 0;
        beats = now;
        this.checkHeard(silent, now);
      }
    }
  }
  /** How long the thread may be silent that somebody stands still for. */
  private checkHeard(silent: number, beats: number): void {
    if (!Atomics.load(this.bell, BELL.begun)) {
      if (silent >= BEGIN_BEATS) this.end(`it did not start for ${silent} s, and runAsync says why`);
    } else if (silent >= (beats ? SILENT_BEATS : START_BEATS)) this.end(`nothing was heard of it for ${silent} s`);
  }
  /** The same without standing still. Who gives up earlier leaves the call to others who wait for it. */
  later(call: Call, { timeoutInMs = 0, signal = null }: Waits = {}): Promise<Uint8Array> {
    if (signal?.aborted) return Promise.reject(cancelled());
    return new Promise((done, failed) => {
      const cancel = (): void => over(() => failed(cancelled()));
      const late = (): void =>
        over(() => failed(new DeadlineExceededError(null, `Deadline Exceeded\n  ${this.late(call, timeoutInMs)}`)));
      const timer = timeoutInMs > 0 ? setTimeout(late, timeoutInMs) : null;
      const over = (how: () => void): void => {
        if (timer) clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        if (!this.waiting.size) this.port.unref();
        how();
      };
      signal?.addEventListener('abort', cancel);
      this.port.ref();
      call.when((answer) =>
        over(() => {
          try {
            done(bytesOf(answer));
          } catch (error) {
            failed(error);
          }
        }),
      );
    });
  }
  /**
   * Calls `then` with what gives the answer, or throws its error, whoever waits meanwhile: a call that a program waits
   * for hears of the others. @returns  what gives it up
   */
  callThen(method: string, message: Parts, timeoutInMs: number, then: (reply: () => Uint8Array) => void): () => void {
    const call = this.send(method, message, timeoutInMs);
    call.when((answer) => then(() => bytesOf(answer)));
    return () => this.port.postMessage({ cancel: call.id });
  }
  close(): void {
    this.stop();
    this.answerAll(1, 'Session has been closed.');
  }

  private frameOf(message: Parts): Uint8Array<ArrayBuffer> {
    const size = sizeOfParts(message);
    if (size > LONGEST_MESSAGE)
      throw new ResourceExhaustedError(
        null,
        `Sent message larger than max (${size} vs. ${LONGEST_MESSAGE})` +
          '\n  fix: feed less at a time, or read it from files on the server.',
      );
    const room = this.kept.take(PREFIX + size);
    putPrefix(room, size);
    putParts(message, room, PREFIX);
    return room.subarray(0, PREFIX + size);
  }
  private late({ method }: Call, timeoutInMs: number): string {
    return `grpc://${this.address} did not answer ${method} within ${timeoutInMs} ms${this.why}.`;
  }
  private warnOf({ method }: Call): void {
    warn(`${method} still waiting for response from grpc://${this.address}${this.why}`);
  }
  private get why(): string {
    return this.refused && `: ${this.refused}`;
  }
  /** The thread is gone, and nobody will hear of what is open. */
  private end(why: string): void {
    this.ended ??=
      `The thread that talks to grpc://${this.address} is gone: ${why}.` +
      '\n  fix: open another session; the variables are still there where it does not isolate its state.';
    this.stop();
    this.answerAll(UNAVAILABLE, this.ended);
  }
  private stop(): void {
    void this.thread.terminate();
    this.port.close();
  }
  private answerAll(code: number, message: string): void {
    const open = [...this.waiting.values()];
    this.waiting.clear();
    for (const call of open) call.settle({ id: 0, code, message, bytes: new Uint8Array(0), room: null });
  }
  private take(answer: Said): void {
    if ('broken' in answer) return this.end(`it does not load: ${answer.broken}`);
    if ('waiting' in answer) {
      this.refused = answer.waiting;
      return;
    }
    if (answer.room) this.kept.give(Buffer.from(answer.room));
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    waiting?.settle(answer);
  }
}
/** What the thread says. */
type Said = Answer | Broken | Waiting;

function cancelled(): CancelledError {
  return new CancelledError(null, 'Run call was cancelled');
}
function bytesOf({ code, message, bytes }: Answer): Uint8Array {
  if (code) throw remoteError(code, message);
  return bytes;
}
