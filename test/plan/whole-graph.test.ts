/** Parts of a graph in one call to TensorFlow: what goes in, what stays out, and that nothing shows. */
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '../../src';
import { loadHostKernels } from '../../src/kernels/devices';
import { clusterPureNodes } from '../../src/plan/cluster';
import { optimize } from '../../src/plan/optimize';
import { prune } from '../../src/plan/prune';
import { Contest } from '../../src/plan/tuner';
import type { Plan } from '../../src/plan/plan';
import { devices, testOn } from '../devices';

/** Runs of one signature after which both ways of running it have been taken, and one is chosen. */
const BOTH_WAYS = 100;

beforeEach(() => {
  tf.resetDefaultGraph();
  loadHostKernels();
});

/** The types inside the group, and those outside in their order. */
function grouped(
  fetches: readonly tf.Tensor[],
  targets: readonly tf.Operation[],
  feeds: readonly tf.Tensor[],
  shapes: readonly (readonly number[])[],
): { inside: string[]; outside: string[] } {
  const pruned = prune(fetches, targets, feeds);
  optimize(pruned, shapes);
  clusterPureNodes(pruned, { takes: () => true });
  const inside = pruned.nodes.flatMap((n) => n.cluster?.nodes ?? []).map((n) => n.type);
  return { inside, outside: pruned.nodes.map((n) => n.type) };
}
/** A network with dropout, its cost and its training step. */
function dropoutNetwork(): { x: tf.Tensor; cost: tf.ScalarTensor; train: tf.Operation; w: tf.Variable } {
  tf.setRandomSeed(3);
  const x = tf.placeholder(tf.float32, [null, 8, 8, 1], { name: 'x' });
  const filter = new tf.Variable(tf.truncatedNormal([3, 3, 1, 4], { stddev: 0.3 }));
  const w = new tf.Variable(tf.truncatedNormal([4 * 64, 3], { stddev: 0.1 }));
  const h = tf.nn.dropout(tf.reshape(tf.nn.relu(tf.nn.conv2d(x, filter, [1, 1, 1, 1], 'SAME')), [-1, 4 * 64]), 0.5);
  const cost = tf.reduceMean(tf.square(tf.matmul(h, w).sub(1)));
  return { x, cost, train: new tf.train.AdamOptimizer(0.01).minimize(cost), w };
}

test('a network with dropout is one part: random numbers are drawn before it, updates come after it', () => {
  const { x, cost, train } = dropoutNetwork();
  const { inside, outside } = grouped([cost], [train], [x], [[5, 8, 8, 1]]);
  expect(inside).toEqual(
    expect.arrayContaining(['Conv2D', 'Relu', 'GreaterEqual', 'MatMul', 'Conv2DBackpropFilter', 'ReluGrad', 'Mean']),
  );
  expect(outside.filter((type) => !/^(VariableV2|Identity|Const)$/.test(type))).toEqual([
    'RandomUniform',
    'Cluster',
    'ApplyAdam',
    'ApplyAdam',
    'Mul',
    'Assign',
    'Mul',
    'Assign',
    'NoOp',
  ]);
});
test('what is read after an update stays outside', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const v = new tf.Variable(tf.zeros([2]));
  const update = v.assign(tf.exp(x).mul(2));
  const after = tf.controlDependencies([update], () => v.readValue());
  const { inside, outside } = grouped([tf.exp(after)], [], [x], [[2]]);
  expect(inside.filter((type) => type !== 'Const')).toEqual(['Exp', 'Mul']);
  expect(outside.slice(outside.indexOf('Cluster'))).toEqual(['Cluster', 'Assign', 'Identity', 'Exp']);
});

test('the faster way stays, and is asked again later whether it still is', () => {
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
  const plan = (compiled: boolean): Plan => ({ compiled, constants: [], steps: [] }) as unknown as Plan;
  const [steps, whole] = [plan(false), plan(true)];
  const contest = new Contest(steps, () => whole);
  let taking = new Map([
    [steps, 5],
    [whole, 7],
  ]);
  const run = (observed = false): Plan => {
    const chosen = contest.choose(observed);
    now += taking.get(chosen)!;
    contest.finished();
    return chosen;
  };
  const chosenIn = (runs: number): Set<Plan> => new Set(Array.from({ length: runs }, () => run()));
  expect(chosenIn(19)).toEqual(new Set([steps]));
  expect(chosenIn(72)).toEqual(new Set([steps, whole]));
  expect(chosenIn(999)).toEqual(new Set([steps]));
  taking = new Map([
    [steps, 5],
    [whole, 2],
  ]);
  expect(chosenIn(72).size).toBe(2);
  expect(chosenIn(9999)).toEqual(new Set([whole]));
  expect(run(true)).toBe(steps);
  expect(chosenIn(72).size).toBe(2);
  expect(chosenIn(30_000)).toEqual(new Set([whole]));
  clock.mockRestore();
});

describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  /** What a session gives, run by run, and its variable in the end. */
  function trained(wholeGraph: boolean): { costs: number[]; w: number[] } {
    tf.resetDefaultGraph();
    const { x, cost, train, w } = dropoutNetwork();
    const sess = new tf.Session('', { config: { device, advice: false, graphOptions: { wholeGraph } } });
    sess.run(tf.globalVariablesInitializer());
    const images = Float32Array.from({ length: 5 * 64 }, (_, i) => Math.sin(i));
    const costs = Array.from({ length: BOTH_WAYS }, () => sess.run([train, cost], { [x.name]: images })[1]);
    const end = Array.from((sess.run(w) as tf.NDArray).data as Float32Array);
    sess.close();
    return { costs, w: end };
  }
  test('costs, random numbers and variables are the same with and without it', () => {
    const [one, other] = [trained(true), trained(false)];
    one.costs.forEach((c, i) => expect(c).toBeCloseTo(other.costs[i], 4));
    one.w.forEach((v, i) => expect(v).toBeCloseTo(other.w[i], 3));
  });
  test('a graph that grows goes on with its variables', () => {
    const x = tf.placeholder(tf.float32, [null, 40], { name: 'x' });
    const w = new tf.Variable(tf.ones([40, 30]));
    const cost = tf.reduceMean(tf.square(tf.matmul(x, w)));
    const train = new tf.train.GradientDescentOptimizer(0.001).minimize(cost);
    const sess = new tf.Session('', { config: { device, advice: false } });
    sess.run(tf.globalVariablesInitializer());
    const feeds = { 'x:0': new tf.NDArray(tf.float32, [20, 40], new Float32Array(20 * 40).fill(1)) };
    const step = (): number => sess.run([train, cost], feeds)[1];
    let last = Infinity;
    for (let i = 0; i < 3; i++) {
      for (let run = 0; run < BOTH_WAYS; run++) {
        const now = step();
        expect(now).toBeLessThan(last);
        last = now;
      }
      tf.constant(i, { name: 'more' });
    }
    for (let run = 0; run < BOTH_WAYS; run++) step();
    const alive = sess.device.tensorsAlive();
    for (let run = 0; run < 30; run++) step();
    expect(sess.device.tensorsAlive()).toBe(alive);
    sess.close();
  });
  test.each([tf.int8, tf.int16, tf.uint8, tf.int64, tf.float64, tf.bool])(
    '%s comes out of it as of the steps',
    (dtype) => {
      const x = tf.placeholder(tf.float32, [null, 30], { name: 'x' });
      const y = tf.cast(tf.matmul(x, tf.ones([30, 4])).mul(0.5), dtype);
      const sess = new tf.Session('', { config: { device, advice: false } });
      const data = Float32Array.from({ length: 60 }, (_, i) => i % 3);
      const feeds = { 'x:0': new tf.NDArray(tf.float32, [2, 30], data) };
      const first = sess.run(y, feeds) as tf.NDArray;
      for (let run = 0; run < BOTH_WAYS; run++) expect(sess.run(y, feeds)).toEqual(first);
      sess.close();
    },
  );
  test('another shape in between, and a traced run, change nothing', () => {
    const x = tf.placeholder(tf.float32, [null, 30], { name: 'x' });
    const y = tf.reduceSum(tf.exp(tf.matmul(x, tf.ones([30, 30])).mul(0.01)));
    const sess = new tf.Session('', { config: { device, advice: false } });
    const ask = (rows: number, args: Parameters<tf.Session['run']>[2] = {}): number =>
      sess.run(y, { 'x:0': new tf.NDArray(tf.float32, [rows, 30], new Float32Array(rows * 30).fill(1)) }, args);
    const one = ask(1);
    for (let run = 0; run < 2 * BOTH_WAYS; run++) {
      const runMetadata = new tf.RunMetadata();
      expect(ask(20) / 20).toBeCloseTo(one, 3);
      if (run % 7 === 0)
        expect(
          ask(1 + (run % 3), { options: new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE }), runMetadata }) /
            (1 + (run % 3)),
        ).toBeCloseTo(one, 3);
      if (run % 20 === 0) {
        ask(20, { options: new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE }), runMetadata });
        expect(JSON.stringify(runMetadata.stepStats)).toContain('MatMul');
      }
    }
    sess.close();
  });
});

test.each(devices().map((d) => d.device))(
  'what is read for its shape alone fails all the same on the %s device',
  (device) => {
    tf.resetDefaultGraph();
    const [x, at] = [tf.placeholder(tf.float32, [3, 2]), tf.placeholder(tf.int32, [null])];
    const zeros = tf.zerosLike(tf.tanh(tf.gather(tf.exp(x).mul(x), at)));
    using sess = new tf.Session('', { config: { device, advice: false, graphOptions: { wholeGraph: true } } });
    const fetches = [tf.tanh(zeros.add(1)), tf.exp(x)];
    const run = (index: number): unknown =>
      sess.run(fetches, [
        [x, new Float32Array(6)],
        [at, Int32Array.of(0, index, 2)],
      ]);
    for (let k = 0; k < 40; k++) run(1);
    expect(() => run(-1)).toThrow('indices[1] = -1 is not in [0, 3)');
  },
);

testOn('native', 'folders of processes that were killed while TensorFlow read theirs are taken away', () => {
  const hour = 3600;
  const [left, fresh] = ['left', 'fresh'].map((name) => join(tmpdir(), `tfjs-session-graph-${name}-${process.pid}`));
  for (const folder of [left, fresh]) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'saved_model.pb'), '');
  }
  utimesSync(left, Date.now() / 1000 - 2 * hour, Date.now() / 1000 - 2 * hour);
  jest.isolateModules(() => {
    const { loadGraph } =
      require('../../src/kernels/native/graph-runner') as typeof import('../../src/kernels/native/graph-runner');
    const { openDevice } = require('../../src/kernels/devices') as typeof import('../../src/kernels/devices');
    const { float32 } = require('../../src/base/dtype') as typeof import('../../src/base/dtype');
    const T = { kind: 'type', value: float32 };
    const input = { name: 'x', op: 'Placeholder', input: [], attr: { dtype: T } };
    loadGraph(
      openDevice('native') as never,
      [input, { name: 'y', op: 'Neg', input: ['x'], attr: { T } }],
      ['x:0'],
      ['y:0'],
    ).dispose();
  });
  expect(existsSync(left)).toBe(false);
  expect(existsSync(fresh)).toBe(true);
  rmSync(fresh, { recursive: true });
});
