/** `tf.train.Server`: a server in this program, in a thread of its own. */
import { statSync } from 'node:fs';
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import {
  InvalidArgumentError,
  NotFoundError,
  UnavailableError,
  UnimplementedError,
  UnknownError,
} from '../base/errors';
import { warn } from '../base/platform';
import { preview } from '../base/preview';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { checkDevice } from '../kernels/devices';
import { type SessionConfig, checkConfig } from '../session/config';
import type { ClusterLike } from '../train/cluster';
import { type ServerDef, addressOf, serverDefOf } from '../train/cluster/server-def';
import { BEAT_MS, BELL, madeBell } from './bell';
import { type ServerLimits, checkLimits } from './limits';
import { isLoopback, OPEN_PORT } from './loopback';
import type { Listening, ServerStarted } from './server-thread';
import { type Broken, startThread } from './thread';

type Given = [
  serverOrClusterDef: ServerDef | ClusterLike,
  jobName?: string | null,
  taskIndex?: number | null,
  protocol?: string | null,
  config?: SessionConfig | null,
  start?: boolean,
  allowFiles?: string | null,
  limits?: Partial<ServerLimits> | null,
];
type Local = [
  config?: SessionConfig | null,
  start?: boolean,
  allowFiles?: string | null,
  limits?: Partial<ServerLimits> | null,
];
const SERVER = constructorOf<Given>('train.Server');
const LOCAL = signature<Local>('train.Server.create_local_server');
/** How long a thread may take to load the library and to listen. */
const START_WITHIN_MS = 120_000;

/**
 * A server of sessions in this program: `new tf.Session(server.target)` of this program, of others here or in Python,
 * run their graphs on it and share its variables.
 *
 *     const server = tf.train.Server.createLocalServer();
 *     const answer = new tf.Variable(42);
 *     const one = new tf.Session(server.target);
 *     one.run(tf.globalVariablesInitializer());
 *     const other = new tf.Session(server.target);
 *     other.run(answer)   // 42
 *
 * It works in a thread of its own and ends with the program. A server here is one task: the servers of a cluster of
 * several are TensorFlow's own. Whoever reaches its port can run graphs, so it listens where the address of its task
 * says, on this machine alone for `localhost`; and its graphs touch files in `allowFiles` only.
 */
export class Server {
  /** What the server is: the cluster, and its own job and task. */
  readonly serverDef: ServerDef;
  /** Where sessions find it: `grpc://localhost:2222`. */
  readonly target: string;
  private readonly bell = madeBell();
  private readonly port: MessagePort;
  /**
   * Makes a server, which listens from now on.
   *
   * @param serverOrClusterDef  a message of a server, or its cluster: `{ local: ['localhost:2222'] }`; port 0 is any
   * @param jobName     its job, where the cluster has several
   * @param taskIndex   its task, where the job has several
   * @param protocol    'grpc'
   * @param config      for all its sessions: `device`
   * @param start       whether sessions are answered at once; `start()` does it later where false
   * @param allowFiles  the folder in which graphs may read and write files; none where not given
   * @param limits      what clients get at most: `maxMessageMb`, `maxStepMb`, `maxSessions`, `maxOpenSteps`
   * @throws ValueError            where several jobs or tasks could be meant; for a device that there is not
   * @throws UnimplementedError    for a cluster of several tasks
   * @throws InvalidArgumentError  for an address without a port
   * @throws UnknownError          where the port cannot be had
   */
  constructor(...given: Args<'train.Server', Given>) {
    const [cluster, jobName, taskIndex, protocol, config, start = true, allowFiles = null, limits] = SERVER.take(given);
    this.serverDef = serverDefOf(cluster, { jobName, taskIndex, protocol });
    const { device } = checkConfig(config ?? {});
    if (device !== undefined) checkDevice(device);
    const place = placeOf(addressOf(this.serverDef));
    checkAlone(this.serverDef);
    checkFolder(allowFiles);
    const allowed = checkLimits(limits ?? {});
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const started: ServerStarted = {
      ...place,
      device,
      folder: allowFiles,
      limits: allowed,
      task: { job: this.serverDef.jobName, index: this.serverDef.taskIndex ?? 0 },
      to: port2,
      bell: this.bell,
    };
    startThread(['server-thread', '../index'], started, [port2]);
    this.port.unref();
    this.target = this.listening(place);
    if (!isLoopback(place.host)) warn(OPEN_PORT);
    if (start) this.start();
  }
  /**
   * A server for this program and others on this machine, on any port that is free.
   *
   * @param config      for all its sessions: `device`
   * @param start       whether sessions are answered at once
   * @param allowFiles  the folder in which graphs may read and write files; none where not given
   * @param limits      what clients get at most: `maxMessageMb`, `maxStepMb`, `maxSessions`, `maxOpenSteps`
   */
  static createLocalServer(...given: Args<'train.Server.create_local_server', Local>): Server {
    const [config, start, allowFiles, limits] = LOCAL.take(given);
    return new Server({ local: ['localhost:0'] }, { protocol: 'grpc', config, start, allowFiles, limits });
  }
  /** Answers sessions from now on; what came before is answered now. Does nothing where it does already. */
  start(): void;
  start(): void {
    this.port.postMessage('start');
  }
  /**
   * Waits for ever, while the server works: what a program does that is a server and nothing else. Ctrl-C ends it.
   *
   * @throws UnavailableError  if the thread of the server ends
   */
  join(): void;
  join(): void {
    while (!Atomics.load(this.bell, BELL.ended)) Atomics.wait(this.bell, BELL.rung, Atomics.load(this.bell, BELL.rung));
    throw new UnavailableError(null, `The thread of ${this.target} is gone.\n  fix: start the program again.`);
  }

  private listening(place: { readonly host: string; readonly port: number }): string {
    const until = Date.now() + START_WITHIN_MS;
    const said = (why: string): Error =>
      new UnknownError(
        null,
        `Could not start gRPC server\n  at ${place.host}:${place.port}: ${why}\n  fix: an address of this machine ` +
          "with a free port: 'localhost:0' takes any.",
      );
    for (;;) {
      const rung = Atomics.load(this.bell, BELL.rung);
      const got = receiveMessageOnPort(this.port);
      if (got) {
        const listening = got.message as Listening | Broken;
        if ('target' in listening) return listening.target;
        throw 'broken' in listening ? doesNotLoad(listening.broken) : said(listening.failed);
      }
      if (Atomics.load(this.bell, BELL.ended)) throw said('its thread ended');
      if (Date.now() > until) throw said(`its thread said nothing for ${START_WITHIN_MS / 1000} s`);
      Atomics.wait(this.bell, BELL.rung, rung, BEAT_MS);
    }
  }
}
bindMethods(Server, { start: 'train.Server.start', join: 'train.Server.join' });

function doesNotLoad(why: string): Error {
  const cure = 'npm install tfjs-session brings back what is missing; new tf.Session() needs no server.';
  return new UnknownError(null, `Could not start gRPC server\n  its thread does not load: ${why}\n  fix: ${cure}`);
}
function placeOf(address: string): { host: string; port: number } {
  const [, host, digits] = /^(.*):(\d{1,5})$/.exec(address) ?? [];
  const port = Number(digits);
  if (host === undefined || port > 65_535)
    throw new InvalidArgumentError(
      null,
      `Could not parse port for local server from "${address}".\n  fix: 'localhost:2222', or 'localhost:0' for any.`,
    );
  return { host: host.replace(/^\[(.*)\]$/, '$1') || 'localhost', port };
}
function checkAlone({ cluster }: ServerDef): void {
  const tasks = cluster.job.flatMap((job) => Object.keys(job.tasks).map((task) => `/job:${job.name}/task:${task}`));
  if (tasks.length > 1)
    throw new UnimplementedError(
      null,
      `A server of tfjs-session is one task, and this cluster has ${tasks.length}: ${tasks.join(', ')}.\n` +
        "  fix: start TensorFlow's servers (tf.train.Server in Python) and train from here with " +
        "new tf.Session('grpc://…') " +
        '(docs/server.md, "A cluster of TensorFlow\'s").',
    );
}
function checkFolder(folder: string | null): void {
  if (folder !== null && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new NotFoundError(null, `allowFiles: there is no folder ${preview(folder)}\n  fix: make it first.`);
}
