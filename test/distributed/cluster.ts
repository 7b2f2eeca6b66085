/** A cluster of TensorFlow's own servers: a parameter server and two workers, in processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const TASKS = [
  ['ps', 0],
  ['worker', 0],
  ['worker', 1],
] as const;

export class Cluster {
  private readonly processes = new Map<string, ChildProcess>();
  private constructor(
    private readonly python: string,
    readonly spec: { readonly ps: readonly string[]; readonly worker: readonly string[] },
  ) {}
  static async start(python: string): Promise<Cluster> {
    const [ps, ...worker] = (await freePorts(TASKS.length)).map((port) => `127.0.0.1:${port}`);
    const cluster = new Cluster(python, { ps: [ps], worker });
    await Promise.all(TASKS.map(([job, index]) => cluster.startTask(job, index)));
    return cluster;
  }
  /** The target of a worker. */
  target(index: number): string {
    return `grpc://${this.spec.worker[index]}`;
  }
  startTask(job: 'ps' | 'worker', index: number): Promise<void> {
    const jobs = Object.entries(this.spec).map(([name, addresses]) => `${name}=${addresses.join()}`);
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '-1' };
    const args = [join(__dirname, 'task.py'), job, String(index), ...jobs];
    const task = spawn(this.python, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    this.processes.set(`${job}${index}`, task);
    return new Promise((ready, failed) => {
      task.once('exit', (code) => failed(new Error(`${job} ${index} ended with ${code}`)));
      createInterface(task.stdout).on('line', (line) => line.startsWith('READY ') && ready());
    });
  }
  /** Kills a task, and waits for its end. */
  async kill(job: 'ps' | 'worker', index: number): Promise<void> {
    const task = this.processes.get(`${job}${index}`);
    if (!task || task.exitCode !== null || task.signalCode !== null) return;
    const gone = new Promise((end) => task.once('exit', end));
    task.kill('SIGKILL');
    await gone;
  }
  async stop(): Promise<void> {
    for (const [job, index] of TASKS) await this.kill(job, index);
  }
}
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
