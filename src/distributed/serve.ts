/** A server of TensorFlow's sessions in this process: the calls of master.ts behind the port of grpc.ts. */
import type { FileAccess } from '../kernels/resources';
import { GrpcServer, type Unary } from './grpc';
import { Master } from './master';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly device?: string;
  readonly files: FileAccess;
  /** What calls wait for before they are answered; nothing where not given. */
  readonly started?: Promise<void>;
}
export interface Serving {
  /** `grpc://host:port` */
  readonly target: string;
  readonly port: number;
  close(): Promise<void>;
}
/** Enough for the largest graph that a message holds, for many clients, and for a queue runner in each. */
const LIMITS = { maxRequestBytes: 2 ** 31 - 1, maxOpenCalls: 4096, requestTimeoutInMs: 120_000 };
const MAX_SESSIONS = 1024;

/** @throws Error  of Node's, where the port cannot be had */
export async function serve({ port, host, device, files, started }: ServeOptions): Promise<Serving> {
  const master = new Master({ device, files, maxSessions: MAX_SESSIONS });
  const server = new GrpcServer(started ? after(started, master.methods()) : master.methods(), LIMITS);
  const taken = await server.listen(port, host);
  return {
    target: `grpc://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    close: async () => {
      master.close();
      await server.close();
    },
  };
}
function after(started: Promise<void>, methods: ReadonlyMap<string, Unary>): Map<string, Unary> {
  const waiting = [...methods].map(([path, unary]): [string, Unary] => [
    path,
    async (request, waited) => {
      await started;
      return unary(request, waited);
    },
  ]);
  return new Map(waiting);
}
