/** Convolutions whose windows stand below one another alone, with strides that differ, in a part that runs as one. */
import * as tf from '../../src';
import { devices } from '../sweep';

const there = devices().some((d) => d.device === 'native');
const drawn = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => ((i * 7) % 11) / 4 - 1);
(there ? test : test.skip).each([
  [6, 3, 2, 2, 2],
  [6, 3, 1, 2, 3],
  [5, 5, 3, 3, 3],
])('%s by %s under windows of %s by %s, %s to the right', (rows, columns, high, wide, right) => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const x = tf.placeholder(tf.float32, [1, rows, columns, 1]);
    const filter = tf.constant(new tf.NDArray(tf.float32, [high, wide, 1, 2], drawn(high * wide * 2)));
    const y = tf.nn.conv2d(x, filter, [1, 1, right, 1], 'VALID');
    // With a few nodes more a part is worth a call.
    const e = tf.identity(tf.add(tf.reduceSum(filter), 1));
    const all = [y, e, tf.erf(e), tf.expandDims(tf.sin(e), 0), tf.reshape(tf.exp(x), [-1])];
    const image = new tf.NDArray(tf.float32, [1, rows, columns, 1], drawn(rows * columns));
    const run = (config: tf.SessionConfig, times: number): Float32Array => {
      const sess = new tf.Session('', { graph, config: { advice: false, ...config } });
      let last = sess.run(all, [[x, image]]);
      for (let k = 1; k < times; k++) last = sess.run(all, [[x, image]]);
      sess.close();
      return (last[0] as tf.NDArray).data as Float32Array;
    };
    const want = run({ device: 'portable', placement: 'host', graphOptions: false }, 1);
    const got = run({ device: 'native', graphOptions: { wholeGraph: true } }, 30);
    for (const [i, v] of want.entries()) expect(got[i]).toBeCloseTo(v, 4);
  });
});
