/** Programs that build layers, beside what TensorFlow 1.15 was recorded to make of them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';
import { expectNodes } from '../graph-json';
import type { JsonNode } from '../recorded';

export type Programs = Readonly<Record<string, () => tf.Tensor | readonly tf.Tensor[]>>;
type Sums = readonly [shape: readonly number[], sum: number, weighted: number];
type Values = readonly [ys: readonly Sums[], loss: Sums, variables: readonly Sums[]];
interface Recorded {
  readonly nodes: readonly JsonNode[];
  readonly collections: Readonly<Record<string, readonly string[]>>;
  readonly values: readonly [before: Values, after: Values];
}

/** As the recorder feeds. */
function fed(shape: readonly number[]): tf.NDArray {
  const size = shape.reduce((product, d) => product * d, 1);
  const data = Float32Array.from({ length: size }, (_, i) => ((i * 7) % 11) / 8 - 0.5);
  return new tf.NDArray(tf.float32, shape, data);
}
function sums(value: tf.NDArray | number): Sums {
  if (typeof value === 'number') return [[], value, value * 2];
  const data = Array.from(value.data, Number);
  const weighted = data.reduce((sum, v, i) => sum + v * (((i + 1) % 13) + 1), 0);
  return [value.shape, data.reduce((sum, v) => sum + v, 0), weighted];
}
function expectSums(values: readonly unknown[], want: readonly Sums[]): void {
  expect(values.length).toBe(want.length);
  values.forEach((value, i) => {
    const [shape, ...got] = sums(value as tf.NDArray | number);
    const [wantedShape, ...wanted] = want[i];
    expect(shape).toEqual(wantedShape);
    got.forEach((v, k) => expect(Math.abs(v - wanted[k])).toBeLessThan(3e-4 * Math.max(1, Math.abs(wanted[k]))));
  });
}
/** Tests that they make the same nodes and collections, and give the same values before and after a training step. */
export function samePrograms(fixture: string, programs: Programs): void {
  const recorded: Readonly<Record<string, Recorded>> = JSON.parse(
    readFileSync(path.join(__dirname, `../fixtures/${fixture}.json`), 'utf8'),
  );
  test('each recorded program is here', () => {
    expect(Object.keys(programs).sort()).toEqual(Object.keys(recorded).sort());
  });
  describe.each(Object.keys(programs))('%s', (name) => {
    const { nodes, collections, values } = recorded[name];
    const build = (): readonly tf.Tensor[] => {
      tf.setRandomSeed(7);
      return [programs[name]()].flat();
    };
    test('makes the nodes and collections that Python makes', () => {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        build();
        expectNodes(graph, nodes);
        for (const [key, names] of Object.entries(collections))
          expect([key, tf.getCollection<{ name: string }>(key).map((each) => each.name)]).toEqual([key, names]);
      });
    });
    test.each(devices())('gives its values before and after a step on $title', (mode) => {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        const ys = build();
        const x = graph.getTensorByName('x:0');
        const feeds = [[x, fed([2, ...x.shape.dims!.slice(1).map((d) => d ?? 5)])]] as [tf.Tensor, tf.NDArray][];
        const penalties = tf.getCollection<tf.Tensor>(tf.GraphKeys.REGULARIZATION_LOSSES);
        const loss = tf.addN([...ys.map((y) => tf.reduceSum(tf.square(y))), ...penalties]);
        const steps = tf.getCollection<tf.Operation>(tf.GraphKeys.UPDATE_OPS);
        if (tf.trainableVariables().length) steps.push(new tf.train.GradientDescentOptimizer(0.05).minimize(loss));
        const variables = tf.globalVariables();
        const sess = open(graph, mode);
        sess.run(tf.globalVariablesInitializer());
        for (const [i, [wantedYs, [, wantedLoss], wantedVariables]] of values.entries()) {
          if (i) sess.run(steps, feeds);
          const [gotYs, gotLoss, gotVariables] = sess.run([[...ys], loss, variables], feeds);
          expectSums(gotYs, wantedYs);
          const near = 3e-4 * Math.max(1, Math.abs(wantedLoss));
          expect(Math.abs(Number(gotLoss) - wantedLoss)).toBeLessThan(near);
          expectSums(gotVariables, wantedVariables);
        }
        sess.close();
      });
    });
  });
}
