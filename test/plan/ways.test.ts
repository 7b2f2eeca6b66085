/** What passes make of plans with a Switch or a loop, and which parts of such plans become one. */
import * as tf from '../../src';
import { apply, applyOp } from '../../src/graph/apply';
import { loadHostKernels, openDevice } from '../../src/kernels/devices';
import { type Device, Value } from '../../src/kernels/kernel';
import { Resources } from '../../src/kernels/resources';
import { SessionTensors } from '../../src/kernels/session-tensors';
import { type PlanNode, type PrunedGraph, ROOT } from '../../src/plan/node';
import { optimizationsOf, optimize } from '../../src/plan/optimize';
import { type PlanHost, disposePlan, makePlan, refusalOf } from '../../src/plan/plan';
import { prune } from '../../src/plan/prune';
import { interpret } from '../../src/session/executor';
import { OneRun } from '../../src/session/one-run';
import { devices, testOn } from '../devices';
import { left } from './words';

beforeEach(() => {
  tf.resetDefaultGraph();
  loadHostKernels();
});
/** x through one of two ways, as tf.cond makes it: what needs no x waits for the way. */
function cond(
  p: tf.Tensor,
  x: tf.Tensor,
  yes: (x: tf.Tensor) => tf.Tensor,
  no: (x: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const graph = tf.getDefaultGraph();
  const [f, t] = applyOp('Switch', [x, p]).outputs;
  const on = <T>(way: tf.Tensor, body: () => T): T => graph.controlDependencies([tf.identity(way).op], body);
  return apply('Merge', [[on(f, () => no(f)), on(t, () => yes(t))]]);
}
/** x = body(x, limit), while it is below the limit. */
function loop(x: tf.Tensor, limit: tf.Tensor, body: (x: tf.Tensor, limit: tf.Tensor) => tf.Tensor): tf.Tensor {
  const graph = tf.getDefaultGraph();
  const [enter, end] = [x, limit].map((v, i) => apply('Enter', [v], { frame_name: 'f', is_constant: i > 0 }));
  const merge = apply('Merge', [[enter, enter]]);
  const sum = graph.controlDependencies([merge.op], () => tf.reduceSum(merge));
  const [no, yes] = applyOp('Switch', [merge, apply('LoopCond', [tf.less(sum, end)])]).outputs;
  const next = graph.controlDependencies([tf.identity(yes).op], () => apply('NextIteration', [body(yes, end)]));
  graph.updateInput(merge.op, 1, next);
  return apply('Exit', [no]);
}
function rewritten(fetch: tf.Tensor, feeds: tf.Tensor[], shapes: number[][]): PrunedGraph {
  const pruned = prune([fetch], [], feeds);
  optimize(pruned, shapes);
  return pruned;
}
const typesIn = ({ nodes }: PrunedGraph): string[] => nodes.map(({ type }) => type).filter((type) => type !== 'Const');

test('a way that is known not to be taken goes, with all that only it needs', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const y = cond(
    tf.constant(true),
    x,
    (v) => v.mul(2),
    (v) => tf.checkNumerics(tf.exp(v), 'never'),
  );
  expect(left([y.add(1)], [x], [[2]])).toEqual(['AddV2(Mul(x, 2), 1)']);
  const z = cond(
    tf.less(tf.constant(1), tf.constant(0)),
    x,
    (v) => v.mul(2),
    (v) => v.mul(3),
  );
  expect(left([z], [x], [[2]])).toEqual(['Mul(x, 3)']);
  const index = apply('Merge', [[y, y]]).op.inputs[0].op.outputs[1];
  expect(left([index], [x], [[2]])).toEqual(['1']);
});
test('what a run must say stays: a fetch on the way not taken, and a fed predicate', () => {
  const [x, p] = [tf.placeholder(tf.float32, [], { name: 'x' }), tf.placeholder(tf.bool, [], { name: 'p' })];
  expect(left([applyOp('Switch', [x, tf.constant(true)]).outputs[0]], [x], [[]])).toEqual(['Switch(x, true)']);
  const y = cond(
    p,
    x,
    (v) => v.mul(2),
    (v) => v.mul(3),
  );
  expect(typesIn(rewritten(y, [x, p], [[], []])).sort()).toEqual(['Merge', 'Mul', 'Mul', 'Switch']);
});
test('constants of a way or a loop need not be made anew where something else of it is read beside them', () => {
  const [x, p] = [tf.placeholder(tf.float32, []), tf.placeholder(tf.bool, [])];
  const y = cond(
    p,
    x,
    (v) => v.mul(2).add(tf.constant(1).add(2)),
    () => tf.constant(7),
  );
  const constants = rewritten(y, [x, p], [[], []]).nodes.filter(({ type }) => type === 'Const');
  // 2 and the sum are free; the 7 says that its way was taken.
  expect(constants.map(({ controls }) => controls.length).sort()).toEqual([0, 0, 1]);
});
test('in a loop: shapes are known, what is the same is computed once, constants are folded', () => {
  const x = tf.placeholder(tf.float32, [null], { name: 'x' });
  const limit = tf.placeholder(tf.float32, [], { name: 'limit' });
  const y = loop(x, limit, (v) => {
    const n = tf.cast(tf.shape(v).get(0), tf.float32);
    return tf
      .identity(v.mul(tf.constant(2).mul(3)))
      .add(v.mul(6))
      .add(n);
  });
  const pruned = rewritten(y, [x, limit], [[3], []]);
  // The shape of v is that of x in every iteration, so that its size is a constant; 2 * 3 is 6, and v * 6 there once.
  expect(typesIn(pruned).filter((type) => /Shape|Cast|Identity|Slice/.test(type))).toEqual([]);
  expect(typesIn(pruned).filter((type) => type === 'Mul')).toEqual(['Mul']);
  const frames = new Map(pruned.nodes.map((node): [PlanNode, string] => [node, node.frame.name]));
  for (const node of pruned.nodes)
    for (const s of node.inputs)
      if ('node' in s && s.node.type !== 'Const') expect((s.node.leadsTo ?? s.node.frame).name).toBe(frames.get(node));
  expect(pruned.nodes.every(({ type, frame }) => type !== 'Const' || frame === ROOT)).toBe(true);
});
test('a shape that changes from iteration to iteration is not known', () => {
  const [x, limit] = [tf.placeholder(tf.float32, [null]), tf.placeholder(tf.float32, [])];
  const y = loop(x, limit, (v) => tf.concat([v, tf.reshape(tf.cast(tf.size(v), tf.float32), [1])], 0));
  expect(typesIn(rewritten(y, [x, limit], [[3], []]))).toContain('Size');
  const sess = new tf.Session('', { config: { advice: false } });
  for (let run = 0; run < 30; run++)
    expect(
      String(
        sess.run(y, [
          [x, [1, 1, 1]],
          [limit, 14],
        ]),
      ),
    ).toBe('[1. 1. 1. 3. 4. 5.]');
  sess.close();
});

/** A chain of products. */
function chain(x: tf.Tensor, n = 20): tf.Tensor {
  let y = x;
  for (let i = 0; i < n; i++) y = tf.tanh(tf.matmul(y, y));
  return y;
}
/** Products before two ways part and after they meet, and an update of what comes of them. */
function parted(draws = false): { p: tf.Tensor; x: tf.Tensor; after: tf.Tensor; update: tf.Tensor } {
  const p = tf.placeholder(tf.bool, []);
  const x = tf.placeholder(tf.float32, [8, 8], { name: 'x' });
  const v = new tf.Variable(0);
  const met = cond(
    p,
    chain(x),
    (w) => w.mul(0.5),
    (w) => w.add(draws ? tf.randomUniform([8, 8]) : 1),
  );
  const after = tf.reduceSum(chain(met));
  return { p, x, after, update: v.assignAdd(after) };
}
const hostOf = (device: Device): PlanHost => ({
  device,
  placement: 'auto',
  nodes: new Map(),
  constants: new WeakMap(),
  interpret,
});
/** How many parts of a plan become one each, where ways of it draw and where they do not. */
function clusters(draws: boolean): number {
  const { p, x, after, update } = parted(draws);
  const request = { fetches: [after, update], targets: [], feeds: [p, x], shapes: [[], [8, 8]] };
  const plan = makePlan({ ...request, compile: 'always' }, hostOf(openDevice('native')));
  const found = plan.steps.filter(({ where }) => where === 'cluster').length;
  disposePlan(plan);
  return found;
}
testOn('native', 'a plan with a Switch has its other parts compiled: before the ways part, and after they meet', () => {
  expect(clusters(true)).toBe(2);
});
testOn('native', 'and as one with them, where the device takes the ways', () => {
  expect(clusters(false)).toBe(1);
});
testOn('native', 'and gives what it gives step by step, whichever way is taken', () => {
  const { p, x, after, update } = parted();
  const data = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i));
  const feeds = (i: number): [tf.Tensor, boolean | Float32Array][] => [
    [p, i % 2 === 0],
    [x, data],
  ];
  const run = (wholeGraph: boolean): number[] => {
    const sess = new tf.Session('', { config: { device: 'native', advice: false, graphOptions: { wholeGraph } } });
    sess.run(tf.globalVariablesInitializer());
    sess.run(tf.globalVariablesInitializer());
    const values: number[] = [];
    for (let i = 0; i < 60; i++) values.push(...sess.run([after, update], feeds(i)).map(Number));
    sess.close();
    return values;
  };
  const stepwise = run(false);
  run(true).forEach((value, i) => expect(value / 1000).toBeCloseTo(stepwise[i] / 1000, 5));
});
test('a device that fails where the steps do not is not asked again, and why is said', () => {
  const x = tf.placeholder(tf.float32, [8, 8]);
  const y = chain(x);
  let asked = 0;
  const device: Device = Object.create(openDevice(devices()[0].device), {
    takes: { value: () => true },
    compile: {
      value: () => ({
        run() {
          asked++;
          throw new Error('no graphs today');
        },
        dispose() {},
      }),
    },
  });
  const request = { fetches: [y], targets: [], feeds: [x], shapes: [[8, 8]] };
  const plan = makePlan({ ...request, compile: 'always' }, hostOf(device));
  expect([plan.compiled, refusalOf(plan)]).toEqual([true, null]);
  const where = {
    device,
    placement: 'auto',
    resources: new Resources(),
    own: new Resources(),
    tensors: new SessionTensors(''),
  } as const;
  const step = plan.steps.find(({ where }) => where === 'cluster')!;
  const value = new Value(tf.float32, [8, 8], new Float32Array(64).fill(0.5));
  for (let i = 0; i < 3; i++) {
    const made = step.kernel([value], new OneRun(where));
    expect(made).toHaveLength(1);
    if (Array.isArray(made)) for (const each of made) each.release();
  }
  expect([asked, refusalOf(plan)]).toEqual([1, 'no graphs today']);
  disposePlan(plan);
});
test('why a device does not take a part is said', () => {
  const x = tf.placeholder(tf.float32, [8, 8]);
  const y = chain(x);
  const device: Device = Object.create(openDevice(devices()[0].device), {
    compile: {
      value: () => {
        throw new Error('no graphs today');
      },
    },
  });
  const request = { fetches: [y], targets: [], feeds: [x], shapes: [[8, 8]] };
  const plan = makePlan({ ...request, compile: 'always' }, hostOf(device));
  expect([plan.compiled, plan.refusal]).toEqual([false, 'no graphs today']);
  expect(String(optimizationsOf(plan.report!, plan.refusal))).toMatch(
    /; the device does not take .*: no graphs today$/,
  );
  disposePlan(plan);
});
