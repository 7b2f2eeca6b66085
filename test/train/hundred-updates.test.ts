/** Variables after 1, 10 and 100 updates by each optimizer, and their averages, beside TensorFlow 1.15. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { type Mode, devices, expectClose, type fromJson, open } from '../sweep';

type Json = Parameters<typeof fromJson>[0];
type Argument = number | string | boolean | null;
interface Case {
  readonly optimizer: string;
  readonly args: readonly Argument[];
  readonly kind: 'dense' | 'rows';
  readonly resource: boolean;
  readonly steps: readonly (readonly [value: Json, average: Json])[];
}
const { cases }: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/hundred-updates.json'), 'utf8'),
);
const W = [
  [0.5, -1],
  [2, 0.25],
  [-0.75, 1.5],
];
const E = [
  [1, -1],
  [0.5, 2],
  [-2, 0.25],
  [3, 1],
];
/** As the recorder feeds, in step k. */
const FEEDS = {
  dense: (k: number) => [
    [(k % 3) - 1, ((k * 5) % 7) / 4, 1],
    [0.5, -(k % 4) / 2, k % 2],
  ],
  rows: (k: number) => [k % 4, (k * k) % 4, k % 4],
};
function model({ kind, resource }: Case): readonly [loss: tf.Tensor, w: tf.Variable, x: tf.Tensor] {
  const options = { useResource: resource };
  if (kind === 'dense') {
    const w = tf.getVariable('W', { initializer: tf.constant(W), ...options });
    const x = tf.placeholder(tf.float32, [2, 3]);
    return [tf.reduceMean(tf.square(tf.matmul(x, w).sub(0.5))), w, x];
  }
  const e = tf.getVariable('E', { initializer: tf.constant(E), ...options });
  const ids = tf.placeholder(tf.int32, [3]);
  return [tf.reduceSum(tf.square(tf.gather(e, ids).sub(0.3))), e, ids];
}
function run(it: Case, mode: Mode): void {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const step = tf.train.getOrCreateGlobalStep();
    const [loss, w, x] = model(it);
    const args = it.args[0] === 'step' ? [it.args[1], step, ...it.args.slice(2)] : it.args;
    const types = { ...tf.train, ...tf.contrib.opt } as unknown as Record<
      string,
      new (
        ...args: readonly unknown[]
      ) => tf.train.Optimizer
    >;
    const train = new types[`${it.optimizer}Optimizer`](...args).minimize(loss, step);
    const ema = new tf.train.ExponentialMovingAverage(0.95, step);
    const both = tf.controlDependencies([train], () => ema.apply([w]));
    const sess = open(graph, mode);
    sess.run(tf.globalVariablesInitializer());
    for (let k = 0, at = 0; k < 100; k++) {
      sess.run(both, [[x, FEEDS[it.kind](k)]]);
      if (![1, 10, 100].includes(k + 1)) continue;
      const [value, average] = sess.run([w, ema.average(w)!]);
      const [wantedValue, wantedAverage] = it.steps[at++];
      expectClose(value, wantedValue, 2e-5);
      expectClose(average, wantedAverage, 2e-5);
    }
  });
}
describe.each(devices())('$title', (mode) => {
  test.each(cases.map((it) => [`${it.optimizer} ${JSON.stringify(it.args)} ${it.kind} ${it.resource}`, it] as const))(
    '%s',
    (_, it) => run(it, mode),
  );
});
