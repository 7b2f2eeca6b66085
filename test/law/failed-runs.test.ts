/**
 * A run that fails leaves no trace in what the runs after it draw: plans of a graph come to the failing node by
 * different ways, and have drawn before it or not.
 */
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { devices } from '../sweep';
import { HOST, waysOf } from './law';

type T = tf.Tensor;
const DRAWS: Readonly<Record<string, (seed: number) => T>> = {
  uniform: (seed) => tf.randomUniform([8], 0, 1, { seed }),
  normal: (seed) => tf.randomNormal([8], 0, 1, { seed }),
  truncated: (seed) => tf.truncatedNormal([8], 0, 1, { seed }),
  integers: (seed) => tf.cast(tf.randomUniform([8], 0, 1000, tf.int32, { seed }), tf.float32),
  shuffled: (seed) => tf.randomShuffle(tf.constant([1, 2, 3, 4, 5, 6, 7, 8]), { seed }),
  dropout: (seed) => tf.nn.dropout(tf.ones([8]), 0.5, { seed }),
};
/** Three runs, six that fail, three more: what is drawn before the failing node, and behind it. */
function drawn(device: string, config: object, draw: (seed: number) => T): number[][] {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const index = tf.placeholder(tf.int32, [1]);
    const before = tf.tanh(draw(1));
    const failing = tf.gather(tf.constant([1, 2, 3]), index);
    const behind = draw(2).mul(tf.tanh(tf.tanh(failing)));
    using sess = new tf.Session('', { graph, config: { advice: false, device, ...config } });
    const out: number[][] = [];
    for (let run = 1; run <= 33; run++) {
      const fails = run > 3 && run < 10;
      try {
        const got = sess.run([behind, before, tf.identity(index)], [[index, [fails ? 7 : 1]]]) as unknown as NDArray[];
        if (run < 14 || run > 30) out.push(got.slice(0, 2).flatMap(({ data }) => Array.from(data as Float32Array)));
      } catch (error) {
        if (!fails) throw error;
      }
    }
    return out;
  });
}
describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  test.each(Object.entries(DRAWS))('%s', (_, draw) => {
    const want = drawn(device, HOST, draw);
    expect(want.length).toBe(10);
    expect(new Set(want.map(String)).size).toBe(10);
    for (const { config } of waysOf(device))
      drawn(device, config, draw).forEach((numbers, run) =>
        numbers.forEach((v, i) => expect(Math.abs(v - want[run][i])).toBeLessThan(1e-6 * Math.abs(v) + 1e-9)),
      );
  });
});
