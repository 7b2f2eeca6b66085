/** A server of TensorFlow's sessions in this process: the calls of master.ts behind the port of grpc.ts. */
import { MEGABYTE, limitTensors } from '../base/room';
import type { FileAccess } from '../kernels/resources';
import { GrpcServer, type Unary } from './grpc';
import { type ServerLimits, defaultLimits, heldBytes } from './limits';
import { Master } from './master';
import { LOCAL_TASK, type Task } from './task';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly device?: string;
  readonly files: FileAccess;
  /** As `defaultLimits` says where not given. */
  readonly limits?: Partial<ServerLimits>;
  /** Tests wait less. */
  readonly keepAliveInMs?: number;
  /** Which task of a cluster it is. */
  readonly task?: Task;
  /** What calls wait for before they are answered; nothing where not given. */
  readonly started?: Promise<void>;
}
export interface Serving {
  /** `grpc://host:port` */
  readonly target: string;
  readonly port: number;
  close(): Promise<void>;
}
const REQUEST_TIMEOUT_MS = 120_000;
const KEEP_ALIVE_MS = 40_000;

/** @throws Error  of Node's, where the port cannot be had */
export async function serve({ port, host, device, files, started, ...given }: ServeOptions): Promise<Serving> {
  const limits = { ...defaultLimits(), ...given.limits };
  limitTensors(limits.maxStepMb * MEGABYTE);
  const master = new Master({ device, files, limits, task: given.task ?? LOCAL_TASK });
  const server = new GrpcServer(started ? after(started, master.methods()) : master.methods(), {
    maxRequestBytes: limits.maxMessageMb * MEGABYTE,
    heldBytes: heldBytes(),
    maxOpenCalls: limits.maxOpenSteps,
    requestTimeoutInMs: REQUEST_TIMEOUT_MS,
    keepAliveInMs: given.keepAliveInMs ?? KEEP_ALIVE_MS,
  });
  const taken = await server.listen(port, host);
  return {
    target: `grpc://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    close: async () => {
      master.close();
      limitTensors(Infinity);
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
