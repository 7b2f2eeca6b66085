import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { devices, expectClose, open, sameGraph, sweep } from '../sweep';

sweep('loss');

type T = typeof tf;
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });
const y = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'y' });
const sigmoid = (t: T, shape: (number | null)[], more: object = {}): tf.Tensor =>
  t.nn.sigmoidCrossEntropyWithLogits({ labels: y(t, ...shape), logits: x(t, ...shape), ...more });
function gradient(t: T, loss: tf.Tensor): void {
  t.gradients(
    loss,
    ['x', 'y'].map((n) => t.getDefaultGraph().getTensorByName(`${n}:0`)),
  );
}

sameGraph('loss', 'l2 loss', (t) => {
  t.nn.l2Loss(x(t, 2, 3));
  t.nn.l2Loss(x(t, 2, 3), { name: 'penalty' });
  t.nn.l2Loss([1, 2]);
});
sameGraph('loss', 'logistic loss', (t) => {
  sigmoid(t, [null, 3]);
  sigmoid(t, [2, 3], { name: 'loss' });
  t.nn.sigmoidCrossEntropyWithLogits({ labels: [1, 0], logits: [2, 3] });
});
sameGraph('loss', 'gradient of the logistic loss', (t) => gradient(t, sigmoid(t, [null, 3])));
sameGraph('loss', 'weighted logistic loss', (t) => {
  t.nn.weightedCrossEntropyWithLogits(y(t, null, 3), x(t, null, 3), 2);
  const weight = t.placeholder(t.float32, [3]);
  t.nn.weightedCrossEntropyWithLogits(y(t, 2, 3), x(t, 2, 3), weight, { name: 'loss' });
});
sameGraph('loss', 'gradient of the weighted logistic loss', (t) =>
  gradient(t, t.nn.weightedCrossEntropyWithLogits(y(t, null, 3), x(t, null, 3), 2)),
);

test('logits and labels of other shapes are told apart', () => {
  expect(() =>
    new tf.Graph().asDefault(() => tf.nn.sigmoidCrossEntropyWithLogits({ labels: [1], logits: [1, 2] })),
  ).toThrow('logits and labels must have the same shape ((2,) vs (1,))');
});

test('the logistic loss of large logits is their size', () => {
  const graph = new tf.Graph();
  const sess = open(graph, devices()[0]);
  const [plain, weighted] = graph.asDefault(() => {
    const [labels, logits] = [tf.constant([0, 1, 1, 0.5]), tf.constant([1000, 1000, -1000, 0])];
    return sess.run([
      tf.nn.sigmoidCrossEntropyWithLogits({ labels, logits }),
      tf.nn.weightedCrossEntropyWithLogits(labels, logits, 3),
    ]);
  }) as NDArray[];
  expectClose(plain, { dtype: 'float32', shape: [4], data: [1000, 0, 1000, Math.log(2)] });
  expectClose(weighted, { dtype: 'float32', shape: [4], data: [1000, 0, 3000, 2 * Math.log(2)] });
  sess.close();
});
