/** Unary calls of gRPC over HTTP/2 without TLS, as the protocol of gRPC says: a frame each way, and a status behind. */
import * as http2 from 'node:http2';
import {
  CancelledError,
  DeadlineExceededError,
  InternalError,
  ResourceExhaustedError,
  UnimplementedError,
} from '../base/errors';
import { CONTENT_TYPE, MOST_MEMORY, PREFIX, WINDOW, prefixOf } from './frame';
import { OK, type Status, UNIMPLEMENTED, statusOf } from './status';

/** How long a call is waited for. */
export interface Waited {
  /** Says that nobody waits any more. */
  readonly signal: AbortSignal;
  /** 0: as long as it takes. */
  readonly timeoutInMs: number;
}
/** Answers a request. */
export type Unary = (request: Uint8Array, waited: Waited) => Promise<Uint8Array>;

export interface GrpcOptions {
  /** The longest request, in bytes. */
  readonly maxRequestBytes: number;
  /** Calls that are open at the same time. */
  readonly maxOpenCalls: number;
  /** How long a client may leave a request half sent. */
  readonly requestTimeoutInMs: number;
}
const UNITS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };
/** The longest that a timer of Node's can wait. */
const LONGEST = 2 ** 31 - 1;

export class GrpcServer {
  private readonly server: http2.Http2Server;
  private readonly connections = new Set<http2.ServerHttp2Session>();
  private open = 0;
  constructor(
    private readonly methods: ReadonlyMap<string, Unary>,
    private readonly options: GrpcOptions,
  ) {
    const settings = { initialWindowSize: WINDOW, maxConcurrentStreams: options.maxOpenCalls };
    this.server = http2.createServer({ maxSessionMemory: MOST_MEMORY, settings });
    this.server.on('session', (session) => {
      this.connections.add(session);
      session.setLocalWindowSize(WINDOW);
      session.on('close', () => this.connections.delete(session));
      session.on('error', () => session.destroy());
    });
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
    for (const session of this.connections) session.destroy();
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }

  private take(stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders): void {
    stream.on('error', () => stream.destroy());
    const method = this.methods.get(headers[':path'] ?? '');
    if (!method) return answer(stream, { code: UNIMPLEMENTED, message: '' });
    if (!headers['content-type']?.startsWith(CONTENT_TYPE)) {
      stream.respond({ ':status': 415 }, { endStream: true });
      return;
    }
    if (this.open >= this.options.maxOpenCalls) return answer(stream, statusOf(tooMany(this.options.maxOpenCalls)));
    this.open++;
    const patience = new Patience(stream, headers['grpc-timeout']);
    this.received(stream)
      .then((request) => method(request, patience))
      .then(
        (response) => answer(stream, { code: OK, message: '' }, response),
        (error: unknown) => answer(stream, patience.late ?? statusOf(error)),
      )
      .finally(() => {
        patience.end();
        this.open--;
      });
  }
  private received(stream: http2.ServerHttp2Stream): Promise<Uint8Array> {
    const { maxRequestBytes, requestTimeoutInMs } = this.options;
    return new Promise((whole, failed) => {
      const chunks: Buffer[] = [];
      let length = 0;
      stream.setTimeout(requestTimeoutInMs, () => failed(new DeadlineExceededError(null, 'The request did not come')));
      stream.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length <= maxRequestBytes + PREFIX) return void chunks.push(chunk);
        chunks.length = 0;
        failed(tooLong(length, maxRequestBytes));
      });
      stream.on('close', () => failed(new CancelledError(null, 'The client went away')));
      stream.on('end', () => {
        stream.setTimeout(0);
        try {
          whole(messageOf(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
        } catch (error) {
          failed(error);
        }
      });
    });
  }
}
/** How long a call is waited for: until its deadline, and until its client hangs up. */
class Patience implements Waited {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout | null;
  readonly timeoutInMs: number;
  late: Status | null = null;
  constructor(stream: http2.ServerHttp2Stream, timeout: string | string[] | undefined) {
    stream.on('close', () => this.controller.abort());
    const milliseconds = millisecondsOf(String(timeout ?? ''));
    this.timeoutInMs = Math.max(milliseconds ?? 0, 0);
    this.timer =
      milliseconds === null || milliseconds > LONGEST
        ? null
        : setTimeout(() => {
            this.late = statusOf(new DeadlineExceededError(null, 'Deadline Exceeded'));
            this.controller.abort();
          }, milliseconds);
  }
  get signal(): AbortSignal {
    return this.controller.signal;
  }
  end(): void {
    if (this.timer) clearTimeout(this.timer);
  }
}
/** Of `100m`, a hundred milliseconds. */
function millisecondsOf(timeout: string): number | null {
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(timeout) ?? [];
  return digits ? Number(digits) * UNITS[unit] : null;
}
function messageOf(frame: Buffer): Uint8Array {
  if (frame.length < PREFIX) throw new InternalError(null, 'The request has no message');
  const [compressed, length] = [frame[0], frame.readUInt32BE(1)];
  if (compressed) throw new UnimplementedError(null, 'Compressed messages are not taken');
  if (frame.length !== PREFIX + length)
    throw new InternalError(null, `The request has ${frame.length - PREFIX} bytes and says ${length}`);
  return frame.subarray(PREFIX);
}
function tooMany(limit: number): Error {
  return new ResourceExhaustedError(null, `This server has ${limit} calls open, and takes no more at the same time`);
}
function tooLong(length: number, limit: number): Error {
  return new ResourceExhaustedError(null, `Received message larger than max (${length} vs. ${limit})`);
}
function answer(stream: http2.ServerHttp2Stream, { code, message }: Status, response?: Uint8Array): void {
  if (stream.destroyed || stream.closed || stream.headersSent) return;
  const status = { 'grpc-status': String(code), 'grpc-message': percentEncoded(message) };
  stream.respond({ ':status': 200, 'content-type': CONTENT_TYPE }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(status));
  if (!response) return void stream.end();
  stream.write(prefixOf(response));
  stream.end(response);
}
/** As gRPC wants its messages. */
function percentEncoded(text: string): string {
  return [...Buffer.from(text.slice(0, 4096))]
    .map((b) =>
      b < 0x20 || b > 0x7e || b === 0x25 ? `%${b.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(b),
    )
    .join('');
}
