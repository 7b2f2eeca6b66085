/**
 * Transfer learning: a network that knows the digits 0 to 4 is frozen into one file, thawed again, and learns 5 to 9 in
 * ten steps from 50 pictures, beside one that begins from nothing.
 *
 *     npx ts-node examples/transfer-learning.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as tf from 'tfjs-session';

const STEPS = 600;
const FEW = 50;
const FEW_STEPS = 10;
// The same weights and the same order of the digits each time.
tf.setRandomSeed(1);
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets();
interface Digits {
  readonly images: Float32Array;
  readonly labels: Uint8Array;
}
/** The pictures of the digits `from` to `from + 4`, with labels that count from 0. */
function digits({ images, labels }: Digits, from: number): Digits {
  const which = [...labels.keys()].filter((i) => labels[i] >= from && labels[i] < from + 5);
  const chosen = new Float32Array(784 * which.length);
  which.forEach((i, at) => chosen.set(images.subarray(784 * i, 784 * (i + 1)), 784 * at));
  return { images: chosen, labels: Uint8Array.from(which, (i) => labels[i] - from) };
}
const part = ({ images, labels }: Digits, at: number, count: number): Digits => ({
  images: images.subarray(784 * at, 784 * (at + count)),
  labels: labels.subarray(at, at + count),
});
const init = (shape: number[]): tf.Tensor => tf.truncatedNormal(shape, { stddev: 0.05, seed: 1 });

/** Learns with what stands on `hidden`, and gives the accuracy on pictures that it has not seen. */
function learn(
  x: tf.Tensor,
  hidden: tf.Tensor,
  known: Digits,
  unseen: Digits,
  steps: number,
  sess: tf.Session,
): number {
  const labels = tf.placeholder(tf.int32, [null], { name: 'labels' });
  const head = new tf.Variable(init([64, 5]), { name: 'head' });
  const logits = tf.matmul(hidden, head, { name: 'logits' });
  const cost = tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels, logits }));
  const step = new tf.train.GradientDescentOptimizer(0.1).minimize(cost);
  const right = tf.equal(tf.argmax(logits, 1, { outputType: tf.int32 }), labels);
  const accuracy = tf.reduceMean(tf.cast(right, tf.float32));
  const feeds = (some: Digits) => ({ [x.name]: some.images, [labels.name]: some.labels });
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < steps; i++) {
    const at = (i * FEW) % (known.labels.length - FEW + 1);
    sess.run(step, feeds(part(known, at, FEW)));
  }
  return 100 * sess.run(accuracy, feeds(unseen));
}
function fresh(): readonly [x: tf.Tensor, hidden: tf.Tensor] {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const w = new tf.Variable(init([784, 64]), { name: 'w' });
  const b = new tf.Variable(tf.zeros([64]), { name: 'b' });
  return [x, tf.nn.relu(tf.matmul(x, w).add(b), { name: 'hidden' })];
}

// The network that others have trained, as a file without variables.
new tf.Graph().asDefault(() => {
  const [x, hidden] = fresh();
  using sess = new tf.Session();
  const reached = learn(x, hidden, digits(mnist.train, 0), digits(mnist.test, 0), STEPS, sess);
  console.log(`Digits 0 to 4: ${reached.toFixed(1)} %`);
  const frozen = tf.graphUtil.convertVariablesToConstants(sess, tf.getDefaultGraph().asGraphDef(), ['hidden']);
  writeFileSync('frozen.pb', frozen.serializeToString());
});

const few = part(digits(mnist.train, 5), 0, FEW);
const unseen = digits(mnist.test, 5);
const scratch = new tf.Graph().asDefault(() => {
  using sess = new tf.Session();
  return learn(...fresh(), few, unseen, FEW_STEPS, sess);
});
const transferred = new tf.Graph().asDefault(() => {
  const frozen = tf.GraphDef.fromString(readFileSync('frozen.pb'));
  tf.train.importMetaGraph(tf.graphUtil.convertConstantsToVariables(frozen));
  const graph = tf.getDefaultGraph();
  const thawed = tf.trainableVariables().map((v) => v.op.name);
  console.log(`Thawed: ${thawed.join(', ')}`);
  using sess = new tf.Session();
  return learn(graph.getTensorByName('x:0'), graph.getTensorByName('hidden:0'), few, unseen, FEW_STEPS, sess);
});
console.log(`Digits 5 to 9 in ${FEW_STEPS} steps, from nothing: ${scratch.toFixed(1)} %`);
console.log(`Digits 5 to 9 in ${FEW_STEPS} steps, transferred: ${transferred.toFixed(1)} %`);
if (transferred <= scratch) throw new Error('what was learned from the other digits did not help');
