/** Parts of a plan as lists of calls, on the portable device. */
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { openDevice } from '../../src/kernels/devices';
import type { PlanHost } from '../../src/plan/step';
import { Kernels } from '../../src/kernels/portable/kernels';
import { Draft, Program, type Spot } from '../../src/kernels/portable/program';
import { Scratch } from '../../src/kernels/portable/scratch';
import { disposePlan, makePlan } from '../../src/plan/plan';
import { interpret } from '../../src/session/executor';
import { LAST_RUN } from '../long';
import { heapOf, values } from './heap';

/** A stream of whole numbers that looks random. */
function drawn(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48271) % 2147483647) % below;
}

test('what is in use at the same time has memory of its own', () => {
  const { heap } = heapOf(1 << 22);
  for (let seed = 1; seed <= 40; seed++) {
    const draw = drawn(seed);
    const draft = new Draft(new Kernels(heap));
    const x = draft.make([64]);
    const spots: Spot[] = [x];
    for (let i = 0; i < 60; i++) {
      const from = spots[Math.max(0, spots.length - 1 - draw(8))];
      const size = 1 + draw(200);
      const to = draft.make([size]);
      draft.copy(from, 0, to, 0, 1, Math.min(size, from.memory.bytes / 4));
      spots.push(to);
    }
    const out = spots[spots.length - 1];
    new Program(draft, [x], [out], heap, new Scratch(heap));
    const inside = spots.map(({ memory }) => memory).filter((memory) => memory !== x.memory && memory !== out.memory);
    const clashes = inside.flatMap((a) =>
      inside.filter(
        (b) =>
          a !== b &&
          Math.max(a.first, b.first) <= Math.min(a.last, b.last) &&
          Math.max(a.at, b.at) < Math.min(a.at + a.bytes, b.at + b.bytes),
      ),
    );
    expect(clashes).toEqual([]);
  }
});

/** A net with most of what programs are made of, and its training step. */
function net(): { x: tf.Tensor; fetches: tf.Tensor[]; step: tf.Operation } {
  const x = tf.placeholder(tf.float32, [40, 48], { name: 'x' });
  const weight = (rows: number, columns: number, by: number): tf.Variable =>
    new tf.Variable(
      tf.constant(
        values(rows * columns).map((v) => v * by),
        tf.float32,
        [rows, columns],
      ),
    );
  const [w, v] = [weight(48, 96, 0.1), weight(144, 7, 0.2)];
  const [a, b, c] = tf.split(tf.nn.biasAdd(tf.matmul(x, w), new tf.Variable(tf.ones([96]))), 3, 1);
  const gate = tf.sigmoid(a.add(1)).mul(tf.tanh(b));
  const cut = tf.slice(c, [0, 4], [40, 16]);
  const rows = tf.unstack(tf.stack([gate, tf.square(b).sub(c)]));
  const all = tf.concat([gate, cut, tf.addN([a, b, c, ...rows]), cut.mul(cut), rows[1].div(3), cut.neg()], 1);
  const logits = tf.matmul(tf.nn.relu(all), v);
  const labels = tf.nn.softmax(tf.slice(x, [0, 0], [40, 7]));
  const loss = tf.nn.softmaxCrossEntropyWithLogits({ labels, logits });
  const step = new tf.train.GradientDescentOptimizer(0.01).minimize(tf.reduceMean(loss));
  return { x, fetches: [logits, loss, tf.reduceSum(all, 0), tf.nn.logSoftmax(logits)], step };
}
const FED = values(40 * 48);

test('a net gives the same bits in every run, as a program too, with any number of threads', () => {
  const seen = [1, 2].map((threads) => {
    tf.resetDefaultGraph();
    const { x, fetches, step } = net();
    using sess = new tf.Session('', {
      config: { device: 'portable', intraOpParallelismThreads: threads, advice: false },
    });
    const before = sess.device.tensorsAlive();
    sess.run(tf.globalVariablesInitializer());
    const runs = Array.from({ length: LAST_RUN + 2 }, () => {
      const found = (sess.run(fetches, [[x, FED]]) as NDArray[]).map(({ data }) => Array.from(data as Float32Array));
      return found;
    });
    for (const run of runs) expect(run).toEqual(runs[0]);
    const trained = Array.from({ length: LAST_RUN + 2 }, () => {
      sess.run(step, [[x, FED]]);
      return Array.from((sess.run(fetches[0], [[x, FED]]) as NDArray).data as Float32Array);
    });
    const host = new tf.Session('', { config: { device: 'portable', placement: 'host', graphOptions: false } });
    host.run(tf.globalVariablesInitializer());
    const [logits] = host.run(fetches, [[x, FED]]) as NDArray[];
    Array.from(logits.data as Float32Array).forEach((v, i) => expect(runs[0][0][i]).toBeCloseTo(v, 4));
    host.close();
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(before);
    return [runs[0], trained];
  });
  expect(seen[1]).toEqual(seen[0]);
});
test('the net is as few parts as it can be', () => {
  tf.resetDefaultGraph();
  const { x, fetches, step } = net();
  const device = openDevice('portable');
  const host: PlanHost = { device, placement: 'auto', nodes: new Map(), constants: new WeakMap(), interpret };
  const request = { fetches, targets: [step], feeds: [x], shapes: [[40, 48]], asOne: true };
  const plan = makePlan({ ...request, compile: 'ifFaster' }, host);
  const outside = plan.steps.filter(({ where }) => where !== 'cluster').map(({ node }) => node.type);
  expect(plan.steps.length - outside.length).toBe(1);
  expect(outside.filter((type) => !/^(VariableV2|Identity|ApplyGradientDescent|NoOp)$/.test(type))).toEqual([]);
  disposePlan(plan);
});

test('labels that are fed are read in each run of a program, and refused where they are none', () => {
  tf.resetDefaultGraph();
  const x = tf.placeholder(tf.float32, [30, 48]);
  const labels = tf.placeholder(tf.int32, [30], { name: 'labels' });
  const w = new tf.Variable(tf.constant(values(48 * 7), tf.float32, [48, 7]));
  const logits = tf.tanh(tf.matmul(tf.square(tf.sigmoid(tf.square(x.add(1)))), w));
  const loss = tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels, logits });
  const slope = tf.gradients(loss, [w])[0]!;
  using sess = new tf.Session('', {
    config: { device: 'portable', advice: false, graphOptions: { wholeGraph: true } },
  });
  sess.run(tf.globalVariablesInitializer());
  const run = (of: (i: number) => number): NDArray[] =>
    sess.run(
      [loss, slope],
      [
        [x, values(30 * 48)],
        [labels, Int32Array.from({ length: 30 }, (_, i) => of(i))],
      ],
    ) as NDArray[];
  const bits = (results: readonly NDArray[]): string => results.map(({ data }) => String(data)).join();
  const digits = bits(run((i) => i % 7));
  const others = bits(run((i) => (3 * i) % 7));
  expect(others).not.toBe(digits);
  for (let i = 2; i < LAST_RUN; i++) run((k) => (i * k) % 7);
  const before = sess.device.tensorsAlive();
  expect(bits(run((i) => i % 7))).toBe(digits);
  expect(() => run((i) => i % 8)).toThrow(/outside the valid range of \[0, 7\)/);
  expect(bits(run((i) => (3 * i) % 7))).toBe(others);
  expect(sess.device.tensorsAlive()).toBe(before);
});
