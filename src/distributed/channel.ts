/** Calls to a server, that a program waits for in its own thread or as promises. */
import { type MessagePort, MessageChannel, type Worker, receiveMessageOnPort } from 'node:worker_threads';
import { CancelledError } from '../base/errors';
import { remoteError } from './status';
import { startThread } from './thread';

/** What the thread is started with. */
export interface Started {
  /** `host:port` */
  readonly address: string;
  readonly port: MessagePort;
  /** Counts the answers. */
  readonly bell: Int32Array;
}
export interface CallMessage {
  readonly id: number;
  readonly method: string;
  readonly bytes: Uint8Array;
  /** 0: as long as it takes. */
  readonly timeoutInMs: number;
}
/** A status, and what came with it. */
export interface Answer {
  readonly id: number;
  readonly code: number;
  readonly message: string;
  readonly bytes: Uint8Array;
}
interface Waiting {
  answered(answer: Answer): void;
}
export class Channel {
  private readonly bell = new Int32Array(new SharedArrayBuffer(4));
  private readonly port: MessagePort;
  private readonly thread: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private made = 0;
  constructor(address: string) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const started: Started = { address, port: port2, bell: this.bell };
    this.thread = startThread(['channel-thread'], started, [port2]);
    this.port.on('message', (answer: Answer) => this.take(answer));
    // A program may end while nobody waits.
    this.port.unref();
  }
  /** Waits for the answer. @throws OpError  of the status */
  call(method: string, bytes: Uint8Array, timeoutInMs = 0): Uint8Array {
    const found: { answer: Answer | null } = { answer: null };
    this.send(method, bytes, timeoutInMs, { answered: (answer) => (found.answer = answer) });
    for (;;) {
      const rung = Atomics.load(this.bell, 0);
      for (let got = receiveMessageOnPort(this.port); got; got = receiveMessageOnPort(this.port))
        this.take(got.message as Answer);
      if (found.answer) return bytesOf(found.answer);
      Atomics.wait(this.bell, 0, rung);
    }
  }
  /** @throws OpError  of the status, CancelledError  where `signal` says so */
  callLater(method: string, bytes: Uint8Array, timeoutInMs = 0, signal?: AbortSignal | null): Promise<Uint8Array> {
    if (signal?.aborted) return Promise.reject(new CancelledError(null, 'Run call was cancelled'));
    return new Promise((done, failed) => {
      const cancel = (): void => this.port.postMessage({ cancel: id });
      const answered = (answer: Answer): void => {
        signal?.removeEventListener('abort', cancel);
        if (!this.waiting.size) this.port.unref();
        try {
          done(bytesOf(answer));
        } catch (error) {
          failed(error as Error);
        }
      };
      const id = this.send(method, bytes, timeoutInMs, { answered });
      signal?.addEventListener('abort', cancel);
      this.port.ref();
    });
  }
  close(): void {
    void this.thread.terminate();
    this.port.close();
    for (const { answered } of this.waiting.values())
      answered({ id: 0, code: 1, message: 'Session has been closed.', bytes: new Uint8Array(0) });
    this.waiting.clear();
  }

  private send(method: string, bytes: Uint8Array, timeoutInMs: number, waiting: Waiting): number {
    const id = this.made++;
    this.waiting.set(id, waiting);
    const message: CallMessage = { id, method, bytes, timeoutInMs };
    this.port.postMessage(message);
    return id;
  }
  private take(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    waiting?.answered(answer);
  }
}
function bytesOf({ code, message, bytes }: Answer): Uint8Array {
  if (code) throw remoteError(code, message);
  return bytes;
}
