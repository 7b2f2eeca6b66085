/** The least client: calls as bytes, so that a test can say what no client would. */
import * as http2 from 'node:http2';
import { serve, type Serving } from '../../src/distributed/serve';
import { filesIn } from '../../src/distributed/file-access';
import * as M from '../../src/format/master';
import { readTensor, tensorBytes } from '../../src/format/tensor-proto';
import type { NDArray } from '../../src/base/ndarray';
import * as tf from '../../src';

export const METHODS = {
  CreateSession: M.CREATE_SESSION,
  ExtendSession: M.EXTEND_SESSION,
  RunStep: M.RUN_STEP,
  PartialRunSetup: M.PARTIAL_RUN_SETUP,
  CloseSession: M.CLOSE_SESSION,
  ListDevices: M.LIST_DEVICES,
  Reset: M.RESET,
  MakeCallable: M.MAKE_CALLABLE,
  RunCallable: M.RUN_CALLABLE,
  ReleaseCallable: M.RELEASE_CALLABLE,
} as const;
export type MethodName = keyof typeof METHODS;
type Given<K extends MethodName> = Parameters<(typeof METHODS)[K]['request']['write']>[0];
type Read<K extends MethodName> = ReturnType<(typeof METHODS)[K]['response']['read']>;

export class StatusError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
export interface CallOptions {
  /** As gRPC writes it: `100m`. */
  readonly timeout?: string;
  readonly path?: string;
  /** The bytes as they go out, in the place of the message behind its prefix. */
  readonly frame?: Uint8Array;
  /** What is sent in its place, and nothing behind it. */
  readonly halfSent?: Uint8Array;
  readonly contentType?: string;
  readonly userAgent?: string;
  /** Hangs up after so many milliseconds. */
  readonly hangUpAfter?: number;
}

export class Client {
  private readonly connection: http2.ClientHttp2Session;
  constructor(port: number) {
    this.connection = http2.connect(`http://127.0.0.1:${port}`, { maxSessionMemory: 4096 });
    this.connection.on('error', () => undefined);
  }
  async call<K extends MethodName>(name: K, request: Given<K>, options: CallOptions = {}): Promise<Read<K>> {
    const { request: q, response } = METHODS[name] as unknown as {
      request: { write(given: Given<K>): Uint8Array };
      response: { read(bytes: Uint8Array): Read<K> };
    };
    return response.read(await this.bytes(name, q.write(request), options));
  }
  bytes(
    name: string,
    message: Uint8Array,
    { timeout, path, frame, halfSent, contentType = 'application/grpc', hangUpAfter, userAgent }: CallOptions = {},
  ): Promise<Uint8Array> {
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(message.length, 1);
    const headers: http2.OutgoingHttpHeaders = {
      ':method': 'POST',
      ':path': path ?? `/tensorflow.MasterService/${name}`,
      'content-type': contentType,
      te: 'trailers',
    };
    if (timeout) headers['grpc-timeout'] = timeout;
    if (userAgent) headers['user-agent'] = userAgent;
    return new Promise((done, failed) => {
      const stream = this.connection.request(headers);
      const chunks: Buffer[] = [];
      let status: http2.IncomingHttpHeaders = {};
      stream.on('response', (head) => 'grpc-status' in head && (status = head));
      stream.on('trailers', (last) => (status = last));
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', () => undefined);
      stream.on('close', () => {
        const code = Number(status['grpc-status'] ?? -1);
        if (code === 0) done(new Uint8Array(Buffer.concat(chunks).subarray(5)));
        else failed(new StatusError(code, decodeURIComponent(String(status['grpc-message'] ?? ''))));
      });
      if (halfSent) stream.write(halfSent);
      else stream.end(frame ?? Buffer.concat([prefix, message]));
      if (hangUpAfter !== undefined) setTimeout(() => stream.close(http2.constants.NGHTTP2_CANCEL), hangUpAfter);
    });
  }
  /** A session of this graph. */
  async open(graph: tf.Graph, isolateSessionState = false): Promise<Opened> {
    const config = M.CONFIG.make({ isolateSessionState });
    const { sessionHandle } = await this.call('CreateSession', { graphDef: bytesOf(graph), config });
    return new Opened(this, sessionHandle);
  }
  close(): void {
    this.connection.destroy();
  }
}
export class Opened {
  constructor(
    private readonly client: Client,
    readonly handle: string,
  ) {}
  /** Values of tensors, by name. */
  async run(
    fetch: readonly string[],
    feeds: Readonly<Record<string, NDArray>> = {},
    target: readonly string[] = [],
    options: CallOptions & Partial<Given<'RunStep'>> = {},
  ): Promise<NDArray[]> {
    const feed = Object.entries(feeds).map(([name, value]) =>
      M.NAMED_TENSOR.make({ name, tensor: tensorBytes(value) }),
    );
    const { timeout, path, hangUpAfter, userAgent, ...more } = options;
    const request = { sessionHandle: this.handle, feed, fetch, target, ...more };
    const reply = await this.client.call('RunStep', request, { timeout, path, hangUpAfter, userAgent });
    if (reply.statusCode) throw new StatusError(reply.statusCode, reply.statusErrorMessage);
    return reply.tensor.map(({ tensor }) => readTensor(tensor));
  }
}
export const bytesOf = (graph: tf.Graph, from = 0): Uint8Array =>
  graph.asGraphDef(from ? { fromVersion: from } : {}).serializeToString();
/** A graph that `build` makes. */
export function graphOf(build: () => void): tf.Graph {
  const graph = new tf.Graph();
  graph.asDefault(build);
  return graph;
}
/** A server in this process, and a client of it. */
export async function together(files: string | null = null): Promise<{ serving: Serving; client: Client }> {
  const serving = await serve({ port: 0, host: '127.0.0.1', files: filesIn(files) });
  return { serving, client: new Client(serving.port) };
}
/** The same for all tests of a suite. */
export function besideServer(use: (client: Client) => void): void {
  let made: Awaited<ReturnType<typeof together>>;
  beforeAll(async () => {
    made = await together();
    use(made.client);
  });
  afterAll(async () => {
    made.client.close();
    await made.serving.close();
  });
}

export const scalar = (value: number) => new tf.NDArray(tf.float32, [], Float32Array.of(value));
/** A graph with a variable `w`, `more`, which adds `x` to it, and `y`, the square of `x`. */
export const counter = () =>
  graphOf(() => {
    const x = tf.placeholder(tf.float32, [], { name: 'x' });
    const w = new tf.Variable(1, { name: 'w' });
    w.assignAdd(x, { name: 'more' });
    tf.square(x, { name: 'y' });
  });
/** The status of a call that must not end well. */
export const failing = async (call: Promise<unknown>): Promise<StatusError> => {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof StatusError) return error;
  throw new Error(`no status came, but ${String(error)}`);
};
