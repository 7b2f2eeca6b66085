/** Unary calls of gRPC over HTTP/2 without TLS, as the protocol of gRPC says: a frame each way, and a status behind. */
import * as http2 from 'node:http2';
import { CancelledError, DeadlineExceededError, InternalError } from '../base/errors';
import { DEADLINE_EXCEEDED } from '../errors/codes';
import { type Parts, joinedParts, sizeOfParts } from '../format/parts';
import { CONTENT_TYPE, MOST_FRAME, MOST_MEMORY, WINDOW, prefixOf } from './frame';
import { Held, Incoming } from './incoming';
import { overLimit } from './limits';
import { wordsFor } from './python-words';
import { OK, type Status, UNIMPLEMENTED, statusOf } from './status';

/** How long a call is waited for. */
export interface Waited {
  /** Says that nobody waits any more. */
  readonly signal: AbortSignal;
  /** 0: as long as it takes. */
  readonly timeoutInMs: number;
  /** What an error's text is for this client. */
  readonly words: (text: string) => string;
}
/** Answers a request. */
export type Unary = (request: Uint8Array, waited: Waited) => Promise<Parts>;

export interface GrpcOptions {
  /** The longest request, in bytes. */
  readonly maxRequestBytes: number;
  /** What all open requests may hold together, in bytes. */
  readonly heldBytes: number;
  /** Calls that are being answered at the same time. */
  readonly maxOpenCalls: number;
  /** How long a client may take for a request; a large one gets more. */
  readonly requestTimeoutInMs: number;
  /** How often a client is asked whether it is still there. */
  readonly keepAliveInMs: number;
}
const UNITS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };
/** Connections, and calls that one of them may have open, being sent or answered. */
const MOST_CONNECTIONS = 1024;
const MOST_STREAMS = 4096;
/** So often in a row a client may leave that question open. */
const MOST_UNANSWERED = 2;
/** An answer of so many bytes is written as one. */
const AT_ONCE = 1 << 14;
/** The longest that a timer of Node's can wait. */
const LONGEST = 2 ** 31 - 1;

/** How much came from a client, and how often it was asked since. */
interface Heard {
  readonly bytes: number;
  readonly asked: number;
}

export class GrpcServer {
  private readonly server: http2.Http2Server;
  private readonly connections = new Map<http2.ServerHttp2Session, Heard>();
  private readonly asking: NodeJS.Timeout;
  private readonly held: Held;
  private open = 0;
  constructor(
    private readonly methods: ReadonlyMap<string, Unary>,
    private readonly options: GrpcOptions,
  ) {
    this.held = new Held(options.heldBytes);
    const settings = { initialWindowSize: WINDOW, maxFrameSize: MOST_FRAME, maxConcurrentStreams: MOST_STREAMS };
    this.server = http2.createServer({ maxSessionMemory: MOST_MEMORY, settings });
    this.server.maxConnections = MOST_CONNECTIONS;
    this.server.on('session', (session) => {
      this.connections.set(session, { bytes: 0, asked: 0 });
      session.setLocalWindowSize(WINDOW);
      session.on('close', () => this.connections.delete(session));
      session.on('error', () => session.destroy());
    });
    this.asking = setInterval(() => this.askAll(), options.keepAliveInMs).unref();
    this.server.on('sessionError', () => undefined);
    this.server.on('stream', (stream, headers) => this.take(stream, headers));
  }
  /** @returns  the port, which is free to choose where `port` is 0 */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((listening, failed) => {
      this.server.once('error', failed);
      this.server.listen(port, host, () => {
        this.server.off('error', failed);
        listening();
      });
    });
    const bound = this.server.address();
    if (bound === null || typeof bound === 'string') throw new InternalError(null, `The server listens at ${bound}.`);
    return bound.port;
  }
  async close(): Promise<void> {
    clearInterval(this.asking);
    for (const session of this.connections.keys()) session.destroy();
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }

  /**
   * Ends connections from which nothing comes, not even an answer to a ping. Node does not tell of one that broke
   * the protocol, nor of its end; a client whose machine went away tells nothing either.
   */
  private askAll(): void {
    for (const [session, heard] of this.connections) {
      const { bytesRead = 0 } = session.socket ?? {};
      const asked = bytesRead === heard.bytes ? heard.asked : 0;
      this.connections.set(session, { bytes: bytesRead, asked: asked + 1 });
      if (asked > MOST_UNANSWERED || session.destroyed || !session.ping(() => undefined)) session.destroy();
    }
  }
  private take(stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders): void {
    stream.on('error', () => stream.destroy());
    const method = this.methods.get(headers[':path'] ?? '');
    if (!method) return answer(stream, { code: UNIMPLEMENTED, message: '' });
    if (!headers['content-type']?.startsWith(CONTENT_TYPE)) {
      stream.respond({ ':status': 415 }, { endStream: true });
      return;
    }
    const incoming = new Incoming(this.held, this.options.maxRequestBytes);
    const patience = new Patience(stream, headers);
    this.received(stream, incoming)
      .then((request) => this.answered(method, request, patience))
      .then(
        (response) => {
          patience.end();
          answer(stream, { code: OK, message: '' }, response);
          incoming.end(true);
        },
        (error: unknown) => {
          patience.end();
          answer(stream, patience.late ?? statusOf(error, patience.words));
          incoming.end(false);
        },
      );
  }
  /** What the method says, unless too many calls are open: one whose request is half sent takes nobody's place. */
  private async answered(method: Unary, request: Uint8Array, waited: Waited): Promise<Parts> {
    const { maxOpenCalls } = this.options;
    if (this.open >= maxOpenCalls)
      throw overLimit('maxOpenSteps', `This server has ${maxOpenCalls} calls open`, 'wait for some of them');
    this.open++;
    try {
      return await method(request, waited);
    } finally {
      this.open--;
    }
  }
  private received(stream: http2.ServerHttp2Stream, incoming: Incoming): Promise<Uint8Array> {
    const { requestTimeoutInMs } = this.options;
    return new Promise((whole, failed) => {
      const late = (): void => failed(new DeadlineExceededError(null, 'The request did not come'));
      let timer = setTimeout(late, requestTimeoutInMs);
      const over = (how: () => void): void => {
        clearTimeout(timer);
        stream.removeAllListeners('data');
        stream.resume();
        how();
      };
      const tried = (body: () => void): void => {
        try {
          body();
        } catch (error) {
          over(() => failed(error));
        }
      };
      tried(() => incoming.begin());
      stream.once('data', () => {
        clearTimeout(timer);
        timer = setTimeout(late, incoming.patience(requestTimeoutInMs));
      });
      stream.on('data', (chunk: Buffer) => tried(() => incoming.add(chunk)));
      const gone = (): void => over(() => failed(new CancelledError(null, 'The client went away')));
      stream.on('close', gone);
      stream.on('end', () => {
        stream.off('close', gone);
        tried(() => over(() => whole(incoming.message())));
      });
    });
  }
}
/** How long a call is waited for: until its deadline, and until its client hangs up. */
class Patience implements Waited {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout | null;
  readonly timeoutInMs: number;
  readonly words: (text: string) => string;
  late: Status | null = null;
  private readonly hungUp = (): void => this.controller.abort();
  constructor(
    private readonly stream: http2.ServerHttp2Stream,
    { 'grpc-timeout': timeout, 'user-agent': agent }: http2.IncomingHttpHeaders,
  ) {
    stream.on('close', this.hungUp);
    const milliseconds = millisecondsOf(String(timeout ?? ''));
    this.words = wordsFor(agent);
    this.timeoutInMs = Math.max(milliseconds ?? 0, 0);
    this.timer =
      milliseconds === null || milliseconds > LONGEST
        ? null
        : setTimeout(() => {
            this.late = { code: DEADLINE_EXCEEDED, message: 'Deadline Exceeded' };
            this.controller.abort();
          }, milliseconds);
  }
  get signal(): AbortSignal {
    return this.controller.signal;
  }
  end(): void {
    this.stream.off('close', this.hungUp);
    if (this.timer) clearTimeout(this.timer);
  }
}
/** Of `100m`, a hundred milliseconds. */
function millisecondsOf(timeout: string): number | null {
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(timeout) ?? [];
  return digits ? Number(digits) * UNITS[unit] : null;
}
function answer(stream: http2.ServerHttp2Stream, { code, message }: Status, response?: Parts): void {
  if (stream.destroyed || stream.closed || stream.headersSent) return;
  const status = { 'grpc-status': String(code), 'grpc-message': percentEncoded(message) };
  stream.respond({ ':status': 200, 'content-type': CONTENT_TYPE }, { waitForTrailers: true });
  stream.on('wantTrailers', () => {
    stream.sendTrailers(status);
    // Whoever still sends need not.
    if (!stream.readableEnded) setImmediate(() => stream.close(http2.constants.NGHTTP2_NO_ERROR));
  });
  if (!response) return void stream.end();
  const parts = [prefixOf(sizeOfParts(response)), ...response];
  if (sizeOfParts(parts) <= AT_ONCE) return void stream.end(joinedParts(parts));
  stream.cork();
  for (const part of parts) stream.write(part);
  stream.end();
  stream.uncork();
}
/** As gRPC wants its messages; a header that starts or ends with a space is dropped by clients. */
function percentEncoded(text: string): string {
  return [...Buffer.from(text.slice(0, 4096))]
    .map((b) =>
      b < 0x20 || b > 0x7e || b === 0x25 ? `%${b.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(b),
    )
    .join('')
    .replace(/^ | $/g, '%20');
}
