/** A server that is asked for strange things, and what must stay as it was: a session of others, and the memory. */
import { type ChildProcess, fork } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import * as tf from '../../../src';
import { Client, Opened, StatusError, bytesOf, scalar } from '../../distributed/client';
import { LIMITS, type Memory } from './server';
import { INIT, type Subject, graph, victimOf } from './subjects';

const INTERNAL = 13;
/** Faults of the request, which TensorFlow calls internal ones. */
const ALLOWED = /^The request has |Retval\[\d+\] has already been set|not convertible to numpy dtype/;
/** After that a call ends. */
const DEADLINE = '1500m';
/** The one that is used; and what is not over yet. */
const MOST_CONNECTIONS = 4;
/** What the largest step leaves reserved: in the allocator, or in the memory of wasm, which never shrinks. */
const GROWTH = (2 * LIMITS.maxStepMb + 256) * 2 ** 20;

/** Gets a line that says what is tried. */
export type Say = (what: string) => void;
export class Served {
  subjects: Subject[] = [];
  private witness: Opened;
  private count = 0;
  readonly left: Socket[] = [];
  private before: Memory | null = null;
  isGone = false;
  readonly graphDef = bytesOf(graph());
  private constructor(
    private readonly server: ChildProcess,
    readonly port: number,
    private readonly client: Client,
  ) {
    this.witness = new Opened(client, '');
    server.on('exit', () => (this.isGone = true));
  }
  static async start(device: string): Promise<Served> {
    const execArgv = ['-r', require.resolve('../../transpiled.cjs')];
    const server = fork(join(__dirname, 'server.ts'), [device], {
      execArgv,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const { port } = await heard<{ port: number }>(server);
    const served = new Served(server, port, new Client(port));
    await served.begin();
    return served;
  }
  private async begin(): Promise<void> {
    this.witness = await this.client.open(graph(), true);
    await this.witness.run([], {}, INIT);
    this.count = 1;
  }
  async anotherVictim(): Promise<void> {
    const [first] = this.subjects.filter(({ method }) => method === 'CloseSession');
    if (first) await this.client.bytes('CloseSession', first.bytes).catch(() => null);
    this.subjects = await victimOf(this.client, this.graphDef);
  }
  /** A session that nobody speaks of counts on. */
  async untouched(): Promise<string | null> {
    const { rows, x } = { rows: new tf.NDArray(tf.float32, [1, 3], Float32Array.of(1, 1, 1)), x: scalar(1) };
    const [more] = await this.witness.run(['more:0'], { 'x:0': x, 'rows:0': rows });
    const wanted = ++this.count;
    return more.data[0] === wanted ? null : `another session counts ${more.data[0]} and not ${wanted}`;
  }
  /** Whether memory grew since the first time. */
  async memory(say: Say): Promise<string | null> {
    for (const socket of this.left.splice(0)) socket.destroy();
    await this.anotherVictim();
    this.server.send('memory');
    const now = await heard<Memory>(this.server);
    say(
      `memory ${Math.round(now.rss / 2 ** 20)} MB, heap ${Math.round(now.heap / 2 ** 20)} MB, ${now.tensors} tensors`,
    );
    const before = (this.before ??= now);
    if (now.connections > MOST_CONNECTIONS) return `${now.connections} connections are left`;
    if (now.tensors > before.tensors + 20) return `tensors grew from ${before.tensors} to ${now.tensors}`;
    if (now.heap > before.heap + 100 * 2 ** 20) return `the heap grew from ${before.heap} to ${now.heap} bytes`;
    return now.rss > before.rss + GROWTH ? `memory grew from ${before.rss} to ${now.rss} bytes` : null;
  }
  /** The status of a call that a client may make, but for what it says. */
  async status(method: string, bytes: Uint8Array, client = this.client): Promise<[number, string, Uint8Array]> {
    try {
      const reply = await client.bytes(method, bytes, { timeout: DEADLINE });
      return [0, '', reply];
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      return [error.code, error.message, new Uint8Array(0)];
    }
  }
  wrong([code, message]: readonly [number, string, Uint8Array]): string | null {
    if (code === -1) return 'it got no status';
    return code === INTERNAL && !ALLOWED.test(message) ? `it got status 13: ${message.slice(0, 300)}` : null;
  }
  connected(): Socket {
    const socket = connect(this.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    return socket;
  }
  close(): void {
    for (const socket of this.left) socket.destroy();
    this.client.close();
    if (this.server.connected) this.server.disconnect();
  }
}
function heard<T>(server: ChildProcess): Promise<T> {
  return new Promise((told, failed) => {
    const gone = (): void => failed(new Error('the server is gone'));
    server.once('exit', gone);
    server.once('message', (message) => {
      server.off('exit', gone);
      told(message as T);
    });
  });
}
