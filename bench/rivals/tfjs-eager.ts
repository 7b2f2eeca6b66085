/** tfjs, eager: `optimizer.minimize` as its users write it. The first argument says on what: tfjs-wasm or tfjs-node. */
import type * as Core from '@tensorflow/tfjs-core';
import { locateAddon } from '../../src/kernels/native/addon-places';
import { batches, labels, noise, weights } from '../data';
import { type Bench, type Setup, serve } from '../serve';

const START: Readonly<Record<string, () => Promise<typeof Core>>> = {
  async 'tfjs-wasm'() {
    // The union package: tfjs-core alone has its gradients as ES modules only.
    const tf = require('@tensorflow/tfjs') as typeof Core;
    require('@tensorflow/tfjs-backend-wasm');
    await tf.setBackend('wasm');
    return tf;
  },
  async 'tfjs-node'() {
    // Where npm could not bring the package's own addon, the one that this package uses serves it as well.
    const addon = locateAddon();
    if (!('path' in addon)) throw new Error('there is no native addon');
    const preGyp = require.resolve('@mapbox/node-pre-gyp');
    require(preGyp);
    require.cache[preGyp]!.exports = { find: () => addon.path };
    // Node 23 took away a function that tfjs-node calls.
    const util = require('node:util') as { isNullOrUndefined?: (x: unknown) => boolean };
    util.isNullOrUndefined ??= (x) => x === null || x === undefined;
    const { log, info, warn } = console;
    console.log = console.info = console.warn = () => undefined;
    const tf = require('@tensorflow/tfjs-node') as typeof Core;
    await tf.ready();
    Object.assign(console, { log, info, warn });
    return tf;
  },
};

function workloads(tf: typeof Core): Readonly<Record<string, Setup>> {
  const trained = (rate: number, loss: () => Core.Scalar, optimizer: Core.Optimizer = tf.train.sgd(rate)): Bench => {
    return { step: () => tf.tidy(() => optimizer.minimize(loss, true)!.dataSync()[0]) };
  };
  const matrix = (seed: number, rows: number, columns: number): Core.Variable<Core.Rank.R2> =>
    tf.variable(tf.tensor2d(weights(seed, rows * columns, 0.1), [rows, columns]));
  const zeros = (n: number): Core.Variable<Core.Rank.R1> => tf.variable(tf.zeros<Core.Rank.R1>([n]));
  return {
    dense({ hidden, batch, adam }) {
      const [W1, b1, W2, b2] = [matrix(1, 784, hidden), zeros(hidden), matrix(2, hidden, 10), zeros(10)];
      const [nextImages, digits] = [batches(batch), labels(batch)];
      return trained(
        0.5,
        () => {
          const x = tf.tensor4d(nextImages(), [batch, 28, 28, 1]);
          const h = tf.relu(tf.add(tf.matMul(tf.reshape(x, [-1, 784]), W1), b1));
          return tf.losses.softmaxCrossEntropy(
            tf.tensor2d(digits, [batch, 10]),
            tf.add(tf.matMul(h as Core.Tensor2D, W2), b2),
          ) as Core.Scalar;
        },
        adam ? tf.train.adam(1e-3) : undefined,
      );
    },
    softmax({ batch }) {
      const [W, b] = [matrix(1, 784, 10), zeros(10)];
      const [nextImages, digits] = [batches(batch), labels(batch)];
      return trained(
        0.5,
        () =>
          tf.losses.softmaxCrossEntropy(
            tf.tensor2d(digits, [batch, 10]),
            tf.add(tf.matMul(tf.tensor2d(nextImages(), [batch, 784]), W), b),
          ) as Core.Scalar,
      );
    },
    conv({ batch }) {
      const weight = <R extends Core.Rank>(seed: number, shape: Core.ShapeMap[R]): Core.Variable<R> =>
        tf.variable(
          tf.tensor(
            weights(
              seed,
              (shape as number[]).reduce((p, q) => p * q),
              0.1,
            ),
            shape,
          ) as Core.Tensor<R>,
        );
      const bias = (n: number): Core.Variable<Core.Rank.R1> => tf.variable(tf.fill<Core.Rank.R1>([n], 0.1));
      const convolved = (x: Core.Tensor4D, W: Core.Tensor4D, b: Core.Tensor1D): Core.Tensor4D =>
        tf.maxPool(tf.relu(tf.add(tf.conv2d(x, W, 1, 'same'), b)) as Core.Tensor4D, 2, 2, 'same');
      const [W1, b1, W2, b2] = [
        weight<Core.Rank.R4>(1, [5, 5, 1, 32]),
        bias(32),
        weight<Core.Rank.R4>(2, [5, 5, 32, 64]),
        bias(64),
      ];
      const [W3, b3, W4, b4] = [
        weight<Core.Rank.R2>(3, [3136, 1024]),
        bias(1024),
        weight<Core.Rank.R2>(4, [1024, 10]),
        bias(10),
      ];
      const [nextImages, digits] = [batches(batch), labels(batch)];
      let steps = 0;
      return trained(
        1e-4,
        () => {
          const second = convolved(convolved(tf.tensor4d(nextImages(), [batch, 28, 28, 1]), W1, b1), W2, b2);
          const hidden = tf.relu(tf.add(tf.matMul(tf.reshape(second, [-1, 3136]) as Core.Tensor2D, W3), b3));
          // Nothing is dropped in the first five steps, so that the costs can be compared.
          const kept = tf.dropout(hidden, steps++ < 5 ? 0 : 0.5) as Core.Tensor2D;
          return tf.losses.softmaxCrossEntropy(
            tf.tensor2d(digits, [batch, 10]),
            tf.add(tf.matMul(kept, W4), b4),
          ) as Core.Scalar;
        },
        tf.train.adam(1e-4),
      );
    },
    lstm({ steps, units, batch }) {
      const [W, b, V] = [matrix(1, 1 + units, 4 * units), zeros(4 * units), matrix(2, units, 1)];
      const inputs = Float32Array.from(noise(3, batch * steps));
      const means = Float32Array.from(
        { length: batch },
        (_, i) => inputs.subarray(i * steps, (i + 1) * steps).reduce((p, q) => p + q, 0) / steps,
      );
      return trained(0.1, () => {
        let c: Core.Tensor = tf.zeros([batch, units]);
        let h: Core.Tensor = tf.zeros([batch, units]);
        for (const x of tf.split(tf.tensor2d(inputs, [batch, steps]), steps, 1)) {
          const [i, j, f, o] = tf.split(tf.add(tf.matMul(tf.concat([x, h], 1), W), b), 4, 1);
          c = tf.add(tf.mul(tf.sigmoid(tf.add(f, 1)), c), tf.mul(tf.sigmoid(i), tf.tanh(j)));
          h = tf.mul(tf.sigmoid(o), tf.tanh(c));
        }
        return tf.mean(
          tf.square(tf.sub(tf.matMul(h as Core.Tensor2D, V), tf.tensor2d(means, [batch, 1]))),
        ) as Core.Scalar;
      });
    },
    chain({ ops }) {
      const [a, b] = [tf.scalar(0.5), tf.scalar(0.5)];
      return {
        step: () =>
          tf.tidy(() => {
            let end: Core.Tensor = tf.scalar(1);
            for (let i = 0; i < ops; i++) end = i % 2 ? tf.add(end, b) : tf.mul(end, a);
            return end.dataSync()[0];
          }),
      };
    },
  };
}

async function main(): Promise<void> {
  const [backend] = process.argv.slice(-3);
  let tf: typeof Core;
  try {
    tf = await START[backend]();
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ unavailable: (error as Error).message.split('\n')[0] })}\n`);
    return;
  }
  await serve(
    (name) => workloads(tf)[name],
    () => ({ tfjs: (require('@tensorflow/tfjs-core/package.json') as { version: string }).version }),
  );
}
void main();
