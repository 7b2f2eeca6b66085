/** Loops, and ways that part and join, in what the device runs as one: it gives what their steps give. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';
import { apply, applyOp } from '../../src/graph/apply';
import { openDevice } from '../../src/kernels/devices';
import { type PlanHost, disposePlan, makePlan } from '../../src/plan/plan';
import { interpret } from '../../src/session/executor';
import { SOON } from '../../src/plan/tuner';
import { ARRAYS } from '../flow/array-programs';
import { GRADIENTS } from '../flow/gradient-programs';
import { LOOPS } from '../flow/loop-programs';
import { type Fixture, type Program, plain } from '../programs';
import { NETS } from '../rnn/net-programs';
import { devices } from '../sweep';
import { built, outcome, rows, single } from '../session/recorded-loops';

/** Where no device takes graphs there is nothing to compare. */
const each = devices().some(({ device }) => device === 'native') ? describe : describe.skip;
const config = { device: 'native', graphOptions: { wholeGraph: true } } as const;

each('recorded loops, handed over whether that is faster or not', () => {
  test.each([...rows.right, ...rows.random].map((row) => [row.name, row] as const))('%s', (_, row) => {
    const sess = new tf.Session('', built(row), { config });
    for (let run = 0; run < 24; run++)
      for (const { feeds, values, error } of row.runs) {
        if (row.init) sess.run(row.init);
        const found = outcome(sess, row, feeds);
        if (error) expect(found).toEqual(error);
        else expect(single(found)).toEqual(single(values));
      }
    sess.close();
  });
});

/** What a program gives in some runs, of which the last have TensorFlow run what it may, or none do. */
function given(program: Program, feeds: readonly object[], asOne: boolean): { loops: number; values: unknown[] } {
  const { runs } = SOON;
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    SOON.runs = asOne ? 3 : Infinity;
    tf.setRandomSeed(7);
    const ys = [program()].flat() as tf.Tensor[];
    const sess = new tf.Session('', { graph, config: { ...config, advice: false } });
    const compiled = jest.spyOn(sess.device as Required<typeof sess.device>, 'compile');
    try {
      if (tf.globalVariables().length) sess.run(tf.globalVariablesInitializer());
      const values = Array.from({ length: 6 * feeds.length }, (_, i) => {
        const fed = Object.entries(feeds[i % feeds.length]).map(
          ([key, value]) => [`${key}:0`, value as never] as const,
        );
        return outcomeOf(() => sess.run(ys, Object.fromEntries(fed)).map(plain));
      });
      const loops = compiled.mock.calls.filter(([nodes]) => nodes.some(({ op }) => op === 'Enter')).length;
      return { loops, values };
    } finally {
      compiled.mockRestore();
      sess.close();
      SOON.runs = runs;
    }
  });
}
function outcomeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}

each('recorded programs, handed over whether that is faster or not', () => {
  const fixture = (stem: string): Fixture =>
    JSON.parse(readFileSync(path.join(__dirname, `../fixtures/${stem}.json`), 'utf8')) as Fixture;
  const all: [name: string, program: Program, stem: string][] = [
    ...Object.entries({ ...LOOPS, ...GRADIENTS, ...ARRAYS }).map(([n, p]): [string, Program, string] => [n, p, 'flow']),
    ...Object.entries(NETS).map(([n, p]): [string, Program, string] => [n, p, 'rnn']),
  ];
  let loops = 0;
  test.each(all)('%s', (name, program, stem) => {
    const { feeds = [], error } = fixture(stem).programs[name];
    if (error !== undefined) return;
    const asOne = given(program, feeds.length ? feeds : [{}], true);
    if (asOne.loops > 0) loops++;
    expect(asOne.values).toEqual(given(program, feeds.length ? feeds : [{}], false).values);
  });
  test('most of them have their loops there', () => {
    expect(loops).toBeGreaterThan(all.length / 2);
  });
});

each('a loop as one', () => {
  const N = 300;
  let x: tf.Tensor;
  beforeEach(() => {
    tf.resetDefaultGraph();
    x = tf.placeholder(tf.float32, [N], { name: 'x' });
  });
  /** What while_loop makes of a counter and a vector. */
  function loop(times: tf.Tensor, body: (v: tf.Tensor, i: tf.Tensor) => tf.Tensor): tf.Tensor {
    const graph = tf.getDefaultGraph();
    const enter = (t: tf.Tensor, isConstant: boolean): tf.Tensor =>
      apply('Enter', [t], { frame_name: 'while/f', is_constant: isConstant });
    const [i, v] = [tf.constant(0, tf.int32), x].map((t) => {
      const entered = enter(t, false);
      return apply('Merge', [[entered, entered]]);
    });
    const more = apply('LoopCond', [i.less(enter(times, true))]);
    const [[, iOn], [out, vOn]] = [i, v].map((m) => applyOp('Switch', [m, more]).outputs);
    const pivot = tf.identity(iOn).op;
    graph.controlDependencies([pivot], () => {
      graph.updateInput(i.op, 1, apply('NextIteration', [iOn.add(1)]));
      graph.updateInput(v.op, 1, apply('NextIteration', [body(vOn, iOn)]));
    });
    return apply('Exit', [out]);
  }
  const twelve = (v: tf.Tensor): tf.Tensor => {
    let y = v;
    for (let k = 0; k < 12; k++) y = k % 2 ? y.mul(0.5) : y.add(1);
    return y;
  };
  /** The types of the steps of a plan that is handed over where that is faster. */
  function steps(
    fetches: readonly tf.Tensor[],
    feeds: readonly tf.Tensor[],
    shapes: readonly number[][],
    targets: readonly tf.Operation[] = [],
  ): string[] {
    const device = openDevice('native');
    const host: PlanHost = { device, placement: 'auto', nodes: new Map(), constants: new WeakMap(), interpret };
    const plan = makePlan({ fetches, targets, feeds, shapes, compile: 'ifFaster', asOne: true }, host);
    expect(plan.refusal).toBeNull();
    const types = plan.steps.map(({ node }) => node.type);
    disposePlan(plan);
    return types;
  }
  const run = (fetch: tf.Tensor, feeds: Record<string, unknown>, whole: boolean, times: number): unknown[] => {
    const sess = new tf.Session('', { config: { device: 'native', graphOptions: { wholeGraph: whole } } });
    const values: unknown[] = [];
    for (let k = 0; k < times; k++) values.push((sess.run(fetch, feeds as never) as tf.NDArray).toArray());
    sess.close();
    return values;
  };

  test('a loop over vectors is one step; one over scalars goes round in ours', () => {
    const times = tf.constant(5, tf.int32);
    expect(steps([loop(times, twelve)], [x], [[N]])).toEqual(['Cluster']);
    tf.resetDefaultGraph();
    x = tf.placeholder(tf.float32, [], { name: 'x' });
    expect(steps([loop(tf.constant(5, tf.int32), twelve)], [x], [[]])).toContain('LoopCond');
  });
  test('what it gives, in every run and for no iteration, too', () => {
    const times = tf.placeholder(tf.int32, [], { name: 'times' });
    const y = loop(times, twelve).add(1);
    const data = Float32Array.from({ length: N }, (_, i) => Math.sin(i));
    for (const n of [0, 1, 7]) {
      const feeds = { 'x:0': data, 'times:0': n };
      const [first] = run(y, feeds, false, 1);
      for (const value of run(y, feeds, true, 25)) expect(value).toEqual(first);
    }
  });
  test.each<[string, (v: tf.Tensor) => tf.Tensor]>([
    ['a quotient by a constant', (v) => tf.div(v, 0.9)],
    ['a quotient of quotients', (v) => tf.div(tf.div(v.mul(v), 0.9), 0.7)],
    ['what stays as it is', (v) => v.mul(1).add(0)],
    ['a reciprocal', (v) => tf.realdiv(1, v.add(2))],
    ['sums with constants', (v) => v.add(1e8).sub(1e8)],
  ])('%s has the same bits in it', (_, body) => {
    const y = loop(tf.constant(5, tf.int32), body);
    const feeds = { 'x:0': Float32Array.from({ length: N }, (_, i) => (i % 7 ? Math.sin(i) : -0)) };
    const [first, ...others] = run(y, feeds, true, 25);
    for (const value of others) expect(value).toEqual(first);
  });
  test('a step that trains a net through a loop is one step, but for what changes variables', () => {
    const inputs = tf.placeholder(tf.float32, [null, 6, 32], { name: 'inputs' });
    const cells = new tf.nn.rnnCell.MultiRNNCell([0, 1].map(() => new tf.nn.rnnCell.LSTMCell(64)));
    const lengths = tf.placeholder(tf.int32, [null], { name: 'lengths' });
    const [out] = tf.nn.dynamicRnn(cells, inputs, { sequenceLength: lengths, dtype: tf.float32 });
    const loss = tf.reduceMean(tf.square(out));
    const step = new tf.train.GradientDescentOptimizer(0.1).minimize(loss);
    const types = steps([loss], [inputs, lengths], [[8, 6, 32], [8]], [step]);
    expect(types.filter((type) => type === 'Cluster')).toHaveLength(1);
    expect(types.filter((type) => /Stack|TensorArray|Enter|MatMul/.test(type))).toEqual([]);
  });
  test('one that draws, or that writes to a variable, stays with its steps', () => {
    const drawn = loop(tf.constant(3, tf.int32), (v) => twelve(v).add(tf.randomUniform([N])));
    expect(steps([drawn], [x], [[N]])).toContain('RandomUniform');
  });
  test('what fails in it fails in its iteration', () => {
    const index = loop(tf.constant(9, tf.int32), (v, i) => twelve(v).add(tf.gather(v, i.mul(100))));
    const sess = new tf.Session('', { config });
    for (let k = 0; k < 24; k++)
      expect(() => sess.run(index, { 'x:0': new Float32Array(N) })).toThrow(/frame 'while\/f', iteration 3/);
    sess.close();
  });
  test('a time limit changes nothing, until time is up', () => {
    const endless = loop(tf.placeholder(tf.int32, [], { name: 'times' }), twelve);
    const given = Float32Array.from({ length: N }, (_, i) => Math.sin(i));
    const options = new tf.RunOptions({ timeoutInMs: 100_000 });
    const feeds = (times: number): tf.Feeds => ({ 'x:0': given, 'times:0': times });
    const [free, limited] = [new tf.Session('', { config }), new tf.Session('', { config })];
    for (let k = 0; k < 24; k++)
      expect(limited.run(endless, feeds(3), { options })).toEqual(free.run(endless, feeds(3)));
    const soon = new tf.RunOptions({ timeoutInMs: 200 });
    expect(() => limited.run(endless, feeds(2 ** 31 - 1), { options: soon })).toThrow(tf.errors.DeadlineExceededError);
    expect(limited.run(endless, feeds(5), { options })).toEqual(free.run(endless, feeds(5)));
    expect(limited.run(endless, feeds(5))).toEqual(free.run(endless, feeds(5)));
    for (const sess of [free, limited]) sess.close();
  });
  test('one without end is given up in time', () => {
    const endless = loop(tf.placeholder(tf.int32, [], { name: 'times' }), twelve);
    const sess = new tf.Session('', { config });
    const feeds = { 'x:0': new Float32Array(N), 'times:0': 3 };
    for (let k = 0; k < 24; k++) sess.run(endless, feeds);
    const options = new tf.RunOptions({ timeoutInMs: 200 });
    expect(() => sess.run(endless, { ...feeds, 'times:0': 2 ** 31 - 1 }, { options })).toThrow(
      tf.errors.DeadlineExceededError,
    );
    sess.close();
  });
});
