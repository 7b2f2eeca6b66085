/** Windows that wasm's kernels would count in 32 bits: they come from the host, and wasm's memory stays whole. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import type { AttrValue } from '../../src/graph/opdef';

const LARGE = 2 ** 30;
const POOL = { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: 'SAME' };
const CONV = { strides: [1, 1, 1, 1], padding: 'SAME' };
const CALLS: readonly (readonly [type: string, attrs: Readonly<Record<string, AttrValue>>, filter: boolean])[] = [
  ['AvgPool', { ...POOL, ksize: [1, LARGE, 2, 1] }, false],
  ['AvgPool', { ...POOL, ksize: [1, 2, LARGE, 1] }, false],
  ['AvgPool', { ...POOL, ksize: [1, 65536, 65536, 1] }, false],
  ['MaxPool', { ...POOL, ksize: [1, LARGE, 2, 1] }, false],
  ['MaxPool', { ...POOL, ksize: [1, 65536, 65536, 1] }, false],
  ['MaxPool', { ...POOL, strides: [1, LARGE, LARGE, 1] }, false],
  ['Conv2D', { ...CONV, strides: [1, LARGE, LARGE, 1] }, true],
  ['Conv2D', { ...CONV, dilations: [1, LARGE, LARGE, 1] }, true],
  ['Conv2D', { ...CONV, dilations: [1, 2 ** 31 - 1, 1, 1] }, true],
];
test.each(CALLS)('%s with %j', (type, attrs, filter) => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const floats = (...shape: number[]): tf.Tensor =>
      tf.placeholderWithDefault(
        tf.reshape(
          tf.range(
            0,
            shape.reduce((a, b) => a * b),
            1,
            tf.float32,
          ),
          shape,
        ),
        shape,
      );
    const inputs = filter ? [floats(2, 5, 7, 3), floats(3, 3, 3, 4)] : [floats(2, 5, 7, 3)];
    const y = applyOp(type, inputs, attrs).outputs[0];
    // Products afterwards, on the same memory, come out as ever.
    const product = tf.matmul(floats(20, 30), floats(30, 20));
    const results = (['device', 'host'] as const).map((placement) => {
      const sess = new tf.Session('', { graph, config: { device: 'portable', placement, advice: false } });
      try {
        return [1, 2, 3].map(() =>
          sess.run([y, product]).map((each) => (each instanceof tf.NDArray ? [...each.data].map(Number) : [])),
        );
      } finally {
        sess.close();
      }
    });
    for (const [i, run] of results[0].entries())
      for (const [k, values] of run.entries()) {
        expect(values.length).toBe(results[1][i][k].length);
        values.forEach((v, at) => expect(v).toBeCloseTo(results[1][i][k][at], 0));
      }
  });
});
