/** Layers in a list: weights by scope and reuse, gates that carry, losses collected and summed with tf.addN. */
import * as tf from '../../../src';

const LOSSES = 'losses';

function dense(x: tf.Tensor, size: number, bias = 0): tf.Tensor {
  const [, width] = x.getShape().asList();
  const w = tf.getVariable('w', [width ?? 0, size], {
    regularizer: tf.nn.l2Loss,
    initializer: tf.glorotNormalInitializer(11),
  });
  const b = tf.getVariable('b', [size], null, tf.constantInitializer(bias));
  tf.addToCollection(LOSSES, tf.nn.l2Loss(w).mul(1e-4));
  return tf.nn.biasAdd(tf.matmul(x, w), b);
}
function highway(x: tf.Tensor, size: number, name: string): tf.Tensor {
  return tf.variableScope(name, null, [x], () => {
    const gate = tf.variableScope('gate', () => tf.sigmoid(dense(x, size, -1)));
    const candidate = tf.variableScope('candidate', () => tf.nn.relu(dense(x, size)));
    return tf.add(gate.mul(candidate), gate.rsub(1).mul(x), { name: 'out' });
  });
}

export function main(steps = 150): number {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    tf.setRandomSeed(2);
    const x = tf.placeholder(tf.float32, [null, 4]);
    const y = tf.placeholder(tf.int32, [null]);
    let net: tf.Tensor = x;
    for (let i = 0; i < 3; i++) net = highway(net, 4, `layer${i}`);
    const logits = tf.variableScope('out', () => dense(net, 2));
    const cross = tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: y, logits }), 0);
    tf.addToCollection(LOSSES, cross);
    const loss = tf.addN(tf.getCollection<tf.ScalarTensor>(LOSSES));
    const train = new tf.train.MomentumOptimizer({ learningRate: 0.1, momentum: 0.9 }).minimize(loss);
    const right = tf.reduceSum(tf.toInt32(tf.equal(tf.argmax(logits, 1, { outputType: tf.int32 }), y)));
    const rows = Array.from({ length: 32 }, (_, i) => [0, 1, 2, 3].map((j) => Math.sin(i * (j + 1))));
    const labels = rows.map(([a = 0, b = 0]) => Number(a > b));
    using sess = new tf.Session({ graph, config: { advice: false } });
    sess.run(tf.globalVariablesInitializer());
    const feeds = { [x.name]: rows, [y.name]: labels };
    for (let i = 0; i < steps; i++) sess.run([train, loss], feeds);
    const names = tf.trainableVariables('layer0').map((v) => v.op.name);
    return names[0] === 'layer0/gate/w' ? sess.run(right, feeds) / 32 : NaN;
  });
}
