import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { devices, open, sameGraph } from '../sweep';

type T = typeof tf;
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });

sameGraph('dropout', 'dropout', (t) => {
  t.nn.dropout(x(t, 2, 3), 0.5, { seed: 3 });
  t.nn.dropout(x(t, null, 3), { keepProb: 0.9, name: 'drop', seed: 3 });
  t.nn.dropout(x(t, 2, 3), { rate: 0.25, seed: 3 });
  t.nn.dropout(x(t, 2, 3), { keepProb: 1 });
});
sameGraph('dropout', 'dropout by a tensor', (t) => {
  const a = x(t, 2, 3);
  t.nn.dropout(a, t.placeholder(t.float32, []), { seed: 3 });
  const b = x(t, 2, 3);
  t.nn.dropout(b, { rate: t.placeholder(t.float32), seed: 3 });
});
sameGraph('dropout', 'dropout with noise of another shape', (t) => {
  t.nn.dropout(x(t, 2, 3), 0.5, { noiseShape: [2, 1], seed: 3 });
  t.nn.dropout(x(t, 2, 3), 0.5, { noiseShape: [null, 1], seed: 3 });
  const c = x(t, 2, 3);
  t.nn.dropout(c, 0.5, { noiseShape: t.placeholder(t.int32, [2]), seed: 3 });
});
sameGraph('dropout', 'gradient of dropout', (t) => {
  const at = x(t, null, 3);
  t.gradients(t.nn.dropout(at, 0.5, { seed: 3 }), at);
});

/** Recorded: calls with their values, `x` being [[1 … 4], [5 … 8]]. */
interface Case {
  graphSeed: number | null;
  call: string;
  runs?: { values: number[] }[][];
}
const recorded = JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', 'random_ops.json'), 'utf8')) as {
  cases: Case[];
};
test('drops what TensorFlow drops, run after run', () => {
  const found = recorded.cases.find((c) => c.call === 'tf.nn.dropout(x, keep_prob=0.5, seed=3)')!;
  const graph = new tf.Graph();
  const sess = open(graph, devices()[0]);
  graph.asDefault(() => {
    tf.setRandomSeed(found.graphSeed!);
    const out = tf.nn.dropout(
      tf.constant([
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ]),
      0.5,
      { seed: 3 },
    );
    for (const [run] of found.runs!)
      expect(Array.from((sess.run(out) as NDArray).data as Float32Array)).toEqual(run.values);
  });
  sess.close();
});

test('a rate is a chance below 1, of a float', () => {
  const message = (build: () => unknown): string => {
    try {
      new tf.Graph().asDefault(build);
    } catch (error) {
      return (error as Error).message.split('\n')[0];
    }
    return '';
  };
  expect(message(() => tf.nn.dropout([1, 2]))).toBe('You must provide a rate to dropout.');
  expect(message(() => tf.nn.dropout([1, 2], 0))).toBe(
    'rate must be a scalar tensor or a float in the range [0, 1), got 1',
  );
  expect(message(() => tf.nn.dropout(tf.constant([1], tf.int32), 0.5))).toBe(
    "x has to be a floating point tensor since it's going to be scaled. Got a <dtype: 'int32'> tensor instead.",
  );
  expect(message(() => tf.nn.dropout([1], 0.5, { rate: 0.5 }))).toBe("Cannot specify both 'keep_prob' and 'rate'");
});
