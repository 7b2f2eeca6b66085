/**
 * Nothing that a loop does grows the process: tensors alive and resident memory over 20,000 steps, or TFJS_TEST_STEPS.
 */
import * as tf from '../src';
import { residentMemory } from './garbage';
import { devices } from './sweep';

const STEPS = Number(process.env['TFJS_TEST_STEPS'] ?? 20_000);
/**
 * Resident growth from step 5,000 to the end that counts as flat: less than one small array (4 kB) per step would be
 * 60 MB or more.
 */
const MOST_GROWTH = 40e6;

test.each(devices().map((d) => d.device))(
  `${STEPS} training steps on the %s device leave memory as it was`,
  (device) => {
    tf.resetDefaultGraph();
    const x = tf.placeholder(tf.float32, [null, 784]);
    const y = tf.placeholder(tf.float32, [null, 10]);
    const w1 = new tf.Variable(tf.truncatedNormal([784, 30], { stddev: 0.1 }));
    const w2 = new tf.Variable(tf.truncatedNormal([30, 10], { stddev: 0.1 }));
    const hidden = tf.nn.dropout(tf.nn.relu(tf.matmul(x, w1)), 0.9);
    const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: y, logits: tf.matmul(hidden, w2) }));
    const step = new tf.train.AdamOptimizer(0.001).minimize(cost);
    const before = tf.placeholder(tf.float32, [100, 200]);
    const after = before.mul(0.5).add(1);
    using sess = new tf.Session('', { config: { device, advice: false } });
    sess.run(tf.globalVariablesInitializer());
    // What a loop also does: evaluating on a set that stays as it is, feeding back what it fetched, looking at
    // variables.
    const [images, labelled] = [
      [500, 784],
      [500, 10],
    ].map(([n, k]) => new tf.NDArray(tf.float32, [n, k], new Float32Array(n * k).fill(0.1)).setflags({ write: false }));
    let state = new tf.NDArray(tf.float32, [100, 200], new Float32Array(20_000));
    let [alive, resident] = [0, 0];
    for (let i = 0; i <= STEPS; i++) {
      const n = i % 100 === 99 ? 7 : 5; // a short last batch, as at the end of an epoch
      const labels = new Float32Array(n * 10);
      for (let k = 0; k < n; k++) labels[k * 10 + ((i + k) % 10)] = 1;
      const [, c] = sess.run(
        [step, cost],
        [
          [x, new Float32Array(n * 784).fill((i % 7) / 7)],
          [y, labels],
        ],
      );
      if (!Number.isFinite(c as number)) throw new Error(`step ${i}: cost ${c as number}`);
      if (i % 4 === 0) state = sess.run(after, [[before, state]]) as tf.NDArray;
      if (i % 100 === 0)
        sess.run(
          [cost, w1],
          [
            [x, images],
            [y, labelled],
          ],
        );
      if (i % 200 === 0) void state.data;
      if (i === 5000) [alive, resident] = [sess.device.tensorsAlive(), residentMemory()];
    }
    expect(sess.device.tensorsAlive()).toBe(alive);
    expect(residentMemory() - resident).toBeLessThan(MOST_GROWTH);
  },
  300_000 + STEPS * 5,
);

test('failing runs leave nothing behind', () => {
  tf.resetDefaultGraph();
  const x = tf.placeholder(tf.float32, [null, null]);
  const y = tf.matmul(tf.exp(x), tf.ones([300, 300]));
  using sess = new tf.Session('', { config: { device: devices()[0].device } });
  const wrong = new tf.NDArray(tf.float32, [300, 200], new Float32Array(60_000));
  const fail = (): void => {
    expect(() => sess.run(y, [[x, wrong]])).toThrow('Matrix size-incompatible');
  };
  fail();
  const alive = sess.device.tensorsAlive();
  for (let i = 0; i < 200; i++) fail();
  expect(sess.device.tensorsAlive()).toBe(alive);
});
