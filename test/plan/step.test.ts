/** What is left of whole training steps: the passes together, and the updates of variables as arithmetic. */
import * as tf from '../../src';
import { loadHostKernels } from '../../src/kernels/devices';
import { optimize } from '../../src/plan/optimize';
import type { PlanNode, PrunedGraph, Source } from '../../src/plan/node';
import { prune } from '../../src/plan/prune';
import { expressUpdates } from '../../src/plan/passes/updates';

beforeEach(() => {
  tf.resetDefaultGraph();
  loadHostKernels();
});
const types = ({ nodes }: PrunedGraph): string[] =>
  nodes
    .map((n) => n.type)
    .filter((t) => t !== 'Const')
    .sort();

/** Softmax regression, TensorFlow's "MNIST for beginners". */
function regression(): PrunedGraph {
  const x = tf.placeholder(tf.float32, [null, 6], { name: 'x' });
  const y = tf.placeholder(tf.float32, [null, 3], { name: 'y' });
  const W = new tf.Variable(tf.zeros([6, 3]), { name: 'W' });
  const b = new tf.Variable(tf.zeros([3]), { name: 'b' });
  const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: y, logits: tf.matmul(x, W).add(b) }));
  const step = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
  return prune([cost], [step], [x, y]);
}

test('a training step: one softmax for loss and gradient, no arithmetic on shapes, two products', () => {
  const pruned = regression();
  const before = pruned.nodes.length;
  const report = optimize(
    pruned,
    [
      [4, 6],
      [4, 3],
    ],
    {},
    { fuses: () => true },
  )!;
  expect(types(pruned)).toEqual([
    'ApplyGradientDescent',
    'ApplyGradientDescent',
    'Identity',
    'Identity',
    'MatMul',
    'Mean',
    'Mul',
    'NoOp',
    'SoftmaxCrossEntropyWithLogits',
    'Sum',
    'VariableV2',
    'VariableV2',
    '_FusedMatMul',
  ]);
  expect(report).toMatchObject({ before, after: pruned.nodes.length });
});
test('the softmax of the loss is the one whose backprop the gradient reads', () => {
  const pruned = regression();
  optimize(pruned, [
    [4, 6],
    [4, 3],
  ]);
  const softmax = pruned.nodes.find((n) => n.type === 'SoftmaxCrossEntropyWithLogits')!;
  const reads = (node: PlanNode, index: number): boolean =>
    node.inputs.some((s) => !('feed' in s) && s.node === softmax && s.index === index);
  expect(pruned.nodes.filter((n) => reads(n, 0)).map((n) => n.type)).toEqual(['Mean']);
  expect(pruned.nodes.filter((n) => reads(n, 1)).map((n) => n.type)).toEqual(['Mul']);
});
test('dead nodes go: what only a folded node read', () => {
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const pruned = prune([x.add(tf.constant(1).mul(2).add(3))], [], [x]);
  expect(pruned.nodes).toHaveLength(6);
  optimize(pruned, [[2]]);
  expect(pruned.nodes.map((n) => n.type)).toEqual(['Const', 'AddV2']);
});
test('updates: ApplyGradientDescent(var, alpha, delta) -> Assign(var, Identity(var) - alpha * delta)', () => {
  const g = tf.placeholder(tf.float32, [2], { name: 'g' });
  const v = new tf.Variable([1, 2], { name: 'v' });
  const step = new tf.train.GradientDescentOptimizer(0.5).applyGradients([[g, v]]);
  const pruned = prune([], [step], [g]);
  expressUpdates(pruned);
  const text = (s: Source): string =>
    'feed' in s
      ? 'g'
      : s.node.type === 'VariableV2'
        ? 'v'
        : s.node.type === 'Const'
          ? 'rate'
          : `${s.node.type}(${s.node.inputs.map(text).join(', ')})`;
  const assign = pruned.nodes.find((n) => n.type === 'Assign')!;
  expect(text({ node: assign, index: 0 })).toBe('Assign(v, Sub(Identity(v), Mul(rate, g)))');
  const order = (type: string): number => pruned.nodes.findIndex((n) => n.type === type);
  expect([order('VariableV2') < order('Identity'), order('Identity') < order('Assign')]).toEqual([true, true]);
});
test('updates: not after something else has written to the variable', () => {
  const g = tf.placeholder(tf.float32, [2], { name: 'g' });
  const v = new tf.Variable([1, 2], { name: 'v' });
  const written = tf.assign(v, [3, 4]);
  const step = tf.controlDependencies([written.op], () =>
    new tf.train.GradientDescentOptimizer(0.5).applyGradients([[g, v]]),
  );
  const pruned = prune([], [step], [g]);
  expressUpdates(pruned);
  expect(types(pruned).filter((t) => t === 'ApplyGradientDescent')).toHaveLength(1);
});

test('gradients that nobody asked for are not computed, though the ones that were wait for them in the graph', () => {
  const x = tf.placeholder(tf.float32, [null, 8, 8, 1], { name: 'x' });
  const filter = new tf.Variable(tf.zeros([3, 3, 1, 2]));
  const pooled = tf.nn.maxPool(tf.nn.conv2d(x, filter, [1, 1, 1, 1], 'SAME'), [1, 2, 2, 1], [1, 2, 2, 1], 'SAME');
  const step = new tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduceSum(tf.square(pooled)));
  const pruned = prune([], [step], [x]);
  expect(types(pruned)).toContain('Conv2DBackpropInput');
  optimize(pruned, [[4, 8, 8, 1]], {}, { fuses: () => true });
  expect(types(pruned)).not.toContain('Conv2DBackpropInput');
  expect(types(pruned)).toContain('Conv2DBackpropFilter');
});
