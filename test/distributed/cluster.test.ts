/**
 * Trainings from here on a cluster of TensorFlow's own servers, a parameter server and two workers: one client that
 * uses both workers, and a client for each. Where a Python has TensorFlow (../pythons.ts).
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '../../src';
import { besideEach } from '../pythons';
import { ROOT } from '../structure/files';
import { Cluster } from './cluster';

const started = promisify(execFile);

const ROWS = Array.from({ length: 16 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
const WANTED = ROWS.map(([a, b]) => [3 * a - 2 * b + 1]);

interface Model {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
  readonly loss: tf.Tensor;
}
/** A loss whose variables and arithmetic are where `tf.device` says. */
function model(w: tf.Variable, b: tf.Variable): Model {
  const x = tf.placeholder(tf.float32, [null, 2]);
  const y = tf.placeholder(tf.float32, [null, 1]);
  return { x, y, loss: tf.reduceMean(tf.square(tf.matmul(x, w).add(b).sub(y))) };
}
const variables = (): [tf.Variable, tf.Variable] => [
  new tf.Variable([[0.5], [-0.5]], { name: 'w' }),
  new tf.Variable([0], { name: 'b', dtype: tf.float32 }),
];
const feedsOf = ({ x, y }: Model, from: number, to: number) => ({
  [x.name]: ROWS.slice(from, to),
  [y.name]: WANTED.slice(from, to),
});

besideEach('a cluster of TensorFlow $version', ({ path }) => {
  let cluster: Cluster;
  const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
  beforeAll(async () => {
    cluster = await Cluster.start(path);
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => tf.resetDefaultGraph());

  test('has the devices of all its tasks, and with filters those that are asked for', () => {
    const names = (config: tf.SessionConfig): string[] => {
      const sess = new tf.Session(cluster.target(0), { config });
      const found = sess.listDevices().filter(({ deviceType }) => deviceType === 'CPU');
      sess.close();
      return found.map(({ name }) => name).sort();
    };
    const cpu = (task: string): string => `/job:${task.replace('/', '/replica:0/task:')}/device:CPU:0`;
    expect(names({})).toEqual(['ps/0', 'worker/0', 'worker/1'].map(cpu));
    expect(names({ deviceFilters: ['/job:ps', '/job:worker/task:0'] })).toEqual(['ps/0', 'worker/0'].map(cpu));
  });
  test('a run is traced, with times as TensorFlow tells them', () => {
    const there = tf.device('/job:ps/task:0', () => tf.identity(tf.placeholder(tf.float32, [], { name: 'fed' })));
    const sum = tf.device('/job:worker/task:0', () => tf.add(there, 1, { name: 'sum' }));
    const sess = new tf.Session(cluster.target(0));
    const runMetadata = new tf.RunMetadata();
    const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
    expect(sess.run(sum, { 'fed:0': 2 }, { options, runMetadata })).toBe(3);
    const { nodes, startMicros, devStats } = runMetadata.stepStats!;
    expect(nodes.find(({ nodeName }) => nodeName === 'sum')).toMatchObject({
      op: 'Add',
      inputs: ['Identity:0', 'sum/y:0'],
    });
    expect(devStats.map(({ device }) => device)).toContain('/job:worker/replica:0/task:0/device:CPU:0');
    expect(Math.abs(startMicros / 1000 - Date.now())).toBeLessThan(600_000);
    sess.close();
  });
  test('one client trains on both workers, with the numbers of one process', () => {
    const trained = (target: string, at: (device: string) => string | null): number[] => {
      tf.resetDefaultGraph();
      const [w, b] = tf.device(at('/job:ps/task:0'), variables);
      const towers = [0, 1].map((i) => tf.device(at(`/job:worker/task:${i}`), () => model(w, b)));
      const optimizer = new tf.train.GradientDescentOptimizer(0.2);
      const loss = tf.addN(towers.map((tower) => tower.loss)).div(2);
      const step = optimizer.minimize(loss, { colocateGradientsWithOps: true });
      if (target)
        expect(towers.map((tower) => tower.loss.op.device)).toEqual(['/job:worker/task:0', '/job:worker/task:1']);
      const sess = new tf.Session(target);
      sess.run(tf.globalVariablesInitializer());
      const feeds = { ...feedsOf(towers[0], 0, 8), ...feedsOf(towers[1], 8, 16) };
      const losses = Array.from({ length: 30 }, () => Number(sess.run([loss, step], feeds)[0]));
      sess.close();
      return losses;
    };
    const there = trained(cluster.target(0), (device) => device);
    const here = trained('', () => null);
    there.forEach((value, i) => expect(value).toBeCloseTo(here[i], 5));
    expect(there[29]).toBeLessThan(0.1 * there[0]);
  });
  test('a client for each worker trains the same variables, and none waits for the other', async () => {
    const replica = (task: number) => {
      const graph = new tf.Graph();
      return graph.asDefault(() => {
        const workerDevice = `/job:worker/task:${task}`;
        return tf.device(tf.train.replicaDeviceSetter({ cluster: cluster.spec, workerDevice }), () => {
          const [w, b] = variables();
          const step = tf.train.getOrCreateGlobalStep();
          const net = model(w, b);
          const train = new tf.train.GradientDescentOptimizer(0.05).minimize(net.loss, step);
          const init = tf.globalVariablesInitializer();
          expect([w.device, net.loss.op.device]).toEqual(['/job:ps/task:0', workerDevice]);
          const config = { deviceFilters: ['/job:ps', workerDevice] };
          const sess = new tf.Session(cluster.target(task), { graph, config });
          return { ...net, w, step, train, init, sess };
        });
      });
    };
    const [one, other] = [replica(0), replica(1)];
    one.sess.run(one.init);
    const before = Number(other.sess.run(other.loss, feedsOf(other, 0, 16)));
    const work = async ({ sess, train, ...net }: ReturnType<typeof replica>, from: number) => {
      for (let i = 0; i < 100; i++) await sess.runAsync(train, feedsOf(net, from, from + 8));
    };
    await Promise.all([work(one, 0), work(other, 8)]);
    expect(Number(one.sess.run(one.step))).toBe(200);
    expect(Number(other.sess.run(other.loss, feedsOf(other, 0, 16)))).toBeLessThan(0.05 * before);
    for (const { sess } of [one, other]) sess.close();
  });
  test('workers in step: each step is the mean of what both say', async () => {
    const replica = (task: number) =>
      new tf.Graph().asDefault((graph) => {
        const workerDevice = `/job:worker/task:${task}`;
        return tf.device(tf.train.replicaDeviceSetter({ cluster: cluster.spec, workerDevice }), () => {
          const [w, b] = variables();
          const step = tf.train.getOrCreateGlobalStep();
          const net = model(w, b);
          const optimizer = new tf.train.SyncReplicasOptimizer(new tf.train.GradientDescentOptimizer(0.2), 2);
          const train = optimizer.minimize(net.loss, step);
          const tokens = optimizer.getInitTokensOp();
          const sess = new tf.Session(cluster.target(task), { graph });
          return { ...net, step, train, optimizer, tokens, init: tf.globalVariablesInitializer(), sess };
        });
      });
    const [chief, other] = [replica(0), replica(1)];
    chief.sess.run(chief.init);
    chief.sess.run(chief.optimizer.chiefInitOp);
    chief.sess.run(chief.tokens);
    chief.optimizer.getChiefQueueRunner().createThreads(chief.sess, { start: true });
    other.sess.run(other.optimizer.localStepInitOp);
    const losses: number[] = [];
    for (let i = 0; i < 12; i++) {
      losses.push(Number(chief.sess.run(chief.loss, feedsOf(chief, 0, 16))));
      const both = [chief, other].map(({ sess, train, ...net }, k) =>
        sess.runAsync(train, feedsOf(net, 8 * k, 8 * k + 8)),
      );
      await Promise.all(both);
    }
    expect(Number(chief.sess.run(chief.step))).toBeGreaterThan(5);
    expect(losses[11]).toBeLessThan(0.3 * losses[0]);
    for (const { sess } of [chief, other]) sess.close();
  });
  test('tasks that are killed and started again: the training goes on at its checkpoint', async () => {
    const workerDevice = '/job:worker/task:1';
    const graph = new tf.Graph();
    const { net, train, step, session } = graph.asDefault(() => {
      const setter = tf.train.replicaDeviceSetter({ cluster: cluster.spec, workerDevice });
      const made = tf.device(setter, () => {
        const net = model(...variables());
        const step = tf.train.getOrCreateGlobalStep();
        return { net, step, train: new tf.train.AdamOptimizer(0.05).minimize(net.loss, step) };
      });
      const session = tf.train.MonitoredTrainingSession({
        master: cluster.target(1),
        checkpointDir: folder,
        saveCheckpointSteps: 10,
        saveSummariesSteps: null,
        config: { deviceFilters: ['/job:ps', workerDevice] },
      });
      return { ...made, session };
    });
    const feeds = feedsOf(net, 0, 16);
    const losses: number[] = [];
    /** The step at its end. */
    const work = (steps: number): number => {
      for (let i = 0; i < steps; i++) losses.push(Number(session.run([net.loss, train], feeds)[0]));
      return Number(session.run(step));
    };
    expect(work(25)).toBe(25);
    await cluster.kill('worker', 1);
    await cluster.startTask('worker', 1);
    // Of step 20 or 21 is the checkpoint: variables are read while they are written.
    const second = work(10);
    expect([30, 31]).toContain(second);
    await Promise.all([cluster.kill('worker', 1), cluster.kill('ps', 0)]);
    await Promise.all([cluster.startTask('worker', 1), cluster.startTask('ps', 0)]);
    const third = work(10);
    expect(third).toBeGreaterThan(second - 2);
    expect(third).toBeLessThanOrEqual(second + 11);
    session.close();
    expect(tf.train.latestCheckpoint(folder)).toMatch(new RegExp(`model\\.ckpt-${third}$`));
    expect(losses[44]).toBeLessThan(0.5 * losses[0]);
  });
  test('examples/cluster.ts trains on it, a process for each worker', async () => {
    const { ps, worker } = cluster.spec;
    const model = join(folder, 'digits');
    const where = { PS: ps.join(), WORKERS: worker.join(), FOLDER: model };
    const run = (task: number): ReturnType<typeof started> =>
      started(process.execPath, ['-r', 'ts-node/register/transpile-only', 'examples/cluster.ts', String(task)], {
        cwd: ROOT,
        env: { ...process.env, ...where },
      });
    const texts = (await Promise.all([run(0), run(1)])).map(({ stdout }) => String(stdout));
    const [costs, others] = texts.map((text, task) =>
      [...text.matchAll(new RegExp(`^worker ${task}: step \\d+, cost ([\\d.]+)$`, 'gm'))].map(([, cost]) =>
        Number(cost),
      ),
    );
    expect(costs.length).toBeGreaterThan(2);
    expect(costs[costs.length - 1]).toBeLessThan(0.5 * costs[0]);
    // It looks twice a minute whether the variables are there.
    expect(others.length).toBeGreaterThan(0);
    expect(tf.train.latestCheckpoint(model)).toMatch(/model\.ckpt-20\d\d$/);
  });
});
