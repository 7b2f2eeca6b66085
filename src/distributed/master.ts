/** TensorFlow's MasterService: sessions of clients, on one task that runs their graphs itself. */
import { randomBytes } from 'node:crypto';
import { AbortedError, UnimplementedError } from '../base/errors';
import { MEGABYTE } from '../base/room';
import * as M from '../format/master';
import { type Parts, inside } from '../format/parts';
import type { FileAccess } from '../kernels/resources';
import { CPU_MEMORY } from '../session/device-attributes';
import { checkWatches } from '../session/metadata';
import { Worker } from '../session/worker';
import { pathOf } from './frame';
import type { Unary, Waited } from './grpc';
import { type ServerLimits, overLimit } from './limits';
import { type Asked, type How, ServedSession } from './served-session';
import { statusOf } from './status';
import { type Task, deviceOf } from './task';

export interface MasterOptions {
  /** Where the kernels run; the fastest that loads where not given. */
  readonly device?: string;
  /** Which files ops may read and write. */
  readonly files: FileAccess;
  readonly limits: ServerLimits;
  readonly task: Task;
}

export class Master {
  private readonly sessions = new Map<string, ServedSession>();
  private readonly incarnation = randomBytes(8).readBigUInt64LE();
  /** What sessions share that do not ask for a state of their own. */
  private readonly shared: Worker;
  constructor(private readonly options: MasterOptions) {
    this.shared = this.worker();
  }
  /** The calls, by their paths. */
  methods(): ReadonlyMap<string, Unary> {
    return new Map<string, Unary>([
      method('CreateSession', M.CREATE_SESSION, async ({ graphDef, config }, { signal }) => {
        const made = this.create(graphDef, config);
        // Nobody would ever close it where its client hung up meanwhile, which is heard of in another turn.
        await new Promise((turn) => setImmediate(turn));
        if (signal.aborted) this.end(made.sessionHandle);
        return made;
      }),
      method('ExtendSession', M.EXTEND_SESSION, ({ sessionHandle, graphDef, currentGraphVersion }) => ({
        newGraphVersion: this.find(sessionHandle).extend(graphDef, currentGraphVersion),
      })),
      inParts('RunStep', M.RUN_STEP, (request, waited) => this.runStep(request, waited)),
      method('PartialRunSetup', M.PARTIAL_RUN_SETUP, ({ sessionHandle, feed, fetch, target }) => ({
        partialRunHandle: this.setUp(this.find(sessionHandle), { feeds: feed, fetches: fetch, targets: target }),
      })),
      method('CloseSession', M.CLOSE_SESSION, ({ sessionHandle }) => {
        this.end(sessionHandle);
        return {};
      }),
      method('ListDevices', M.LIST_DEVICES, () => ({ localDevice: [this.device()] })),
      method('Reset', M.RESET, ({ container }) => {
        this.reset(container);
        return {};
      }),
      method('MakeCallable', M.MAKE_CALLABLE, ({ sessionHandle, options }) => {
        const { feed, fetch, target, tensorConnection } = options ?? M.CALLABLE_OPTIONS.make();
        if (tensorConnection.length)
          throw new UnimplementedError(
            null,
            'A callable with a tensor_connection is not supported\n' +
              '  fix: fetch the one tensor, and feed it for the other.',
          );
        const asked = { feeds: feed, fetches: fetch, targets: target };
        return { handle: this.find(sessionHandle).makeCallable(asked, options?.runOptions ?? null) };
      }),
      inParts('RunCallable', M.RUN_CALLABLE, async ({ sessionHandle, handle, feed }, waited) => {
        const session = this.find(sessionHandle);
        const { asked, options } = session.callable(handle);
        const { tensors, metadata } = await session.run(asked, feed, howOf(options, waited));
        const rest = M.RUN_CALLABLE.response.write({ metadata: metadata ?? undefined });
        return [...tensors.flatMap((parts) => inside(1, parts)), rest];
      }),
      method('ReleaseCallable', M.RELEASE_CALLABLE, ({ sessionHandle, handle }) => {
        this.find(sessionHandle).releaseCallable(handle);
        return {};
      }),
    ]);
  }
  close(): void {
    this.endAll();
    this.shared.dispose();
  }

  private end(handle: string): void {
    this.find(handle, ' Possibly, this master has restarted.').close();
    this.sessions.delete(handle);
  }
  private worker(): Worker {
    return new Worker(this.options.files, this.options.limits.maxStepMb * MEGABYTE);
  }
  private find(handle: string, why = ''): ServedSession {
    const session = this.sessions.get(handle);
    if (!session) throw new AbortedError(null, `Session ${handle} is not found.${why}`);
    return session;
  }
  private create(
    graph: Uint8Array,
    config: M.Request<typeof M.CREATE_SESSION>['config'],
  ): { readonly sessionHandle: string; readonly graphVersion: number } {
    const { size } = this.sessions;
    if (size >= this.options.limits.maxSessions)
      throw overLimit('maxSessions', `This server has ${size} sessions open`, 'close some, or reset it');
    const isolated = config?.isolateSessionState ?? false;
    const handle = randomBytes(8).toString('hex');
    const worker = isolated ? this.worker() : this.shared;
    const { task, device } = this.options;
    const own = { name: deviceOf(task), incarnation: this.incarnation };
    const session = new ServedSession(worker, isolated, task, own, { device });
    session.add(graph);
    this.sessions.set(handle, session);
    return { sessionHandle: handle, graphVersion: 0 };
  }
  private setUp(session: ServedSession, asked: Asked): string {
    const { maxOpenSteps } = this.options.limits;
    let open = 0;
    for (const each of this.sessions.values()) open += each.partialRuns;
    if (open >= maxOpenSteps)
      throw overLimit('maxOpenSteps', `This server has ${open} partial runs open`, 'end some, or close their sessions');
    return session.setUp(asked);
  }
  private async runStep(request: M.Request<typeof M.RUN_STEP>, waited: Waited): Promise<Parts> {
    const { response } = M.RUN_STEP;
    try {
      const session = this.find(request.sessionHandle);
      const asked: Asked = {
        feeds: request.feed.map(({ name }) => name),
        fetches: request.fetch,
        targets: request.target,
      };
      const feeds = request.feed.map(({ tensor }) => tensor);
      const how = howOf(request.options, waited);
      const { tensors, metadata } = request.partialRunHandle
        ? await session.goOn(request.partialRunHandle, asked, feeds, how)
        : await session.run(asked, feeds, how);
      const named = M.namedTensors(response.fields.tensor.number, request.fetch, tensors);
      return metadata ? [...named, response.write({ metadata })] : named;
    } catch (error) {
      if (!request.storeErrorsInResponseBody) throw error;
      const { code, message } = statusOf(error, waited.words);
      return [response.write({ statusCode: code, statusErrorMessage: message })];
    }
  }
  /** As TensorFlow does: all sessions end, and what the containers hold goes. */
  private reset(containers: readonly string[]): void {
    this.endAll();
    this.shared.reset(containers);
  }
  private endAll(): void {
    for (const session of this.sessions.values()) session.close();
    this.sessions.clear();
  }
  private device(): M.DeviceMessage {
    return M.DEVICE_ATTRIBUTES.make({
      name: deviceOf(this.options.task),
      deviceType: 'CPU',
      memoryLimit: CPU_MEMORY,
      incarnation: this.incarnation,
    });
  }
}
/** The shorter of two times: a step has one of its own, and a call may have one. */
function howOf(options: M.RunOptionsMessage | null, { signal, timeoutInMs }: Waited): How {
  if (options) checkWatches(options);
  const times = [options?.timeoutInMs ?? 0, timeoutInMs].filter((ms) => ms > 0);
  const { traceLevel = 0, outputPartitionGraphs = false } = options ?? {};
  return { traceLevel, outputPartitionGraphs, timeoutInMs: times.length ? Math.min(...times) : 0, signal };
}
/** A call, from bytes to bytes. */
function method<Q, A>(
  name: string,
  { request, response }: Call<Q, A>,
  body: (request: Q, waited: Waited) => A | Promise<A>,
): [path: string, unary: Unary] {
  return [pathOf(name), async (bytes, waited) => [response.write(await body(request.read(bytes), waited))]];
}
/** A call whose answer may be large. */
function inParts<Q>(
  name: string,
  { request }: Pick<Call<Q, never>, 'request'>,
  body: (request: Q, waited: Waited) => Promise<Parts>,
): [path: string, unary: Unary] {
  return [pathOf(name), (bytes, waited) => body(request.read(bytes), waited)];
}
interface Call<Q, A> {
  readonly request: { read(bytes: Uint8Array): Q };
  readonly response: { write(message: A): Uint8Array };
}
