/**
 * Word vectors: words that stand beside the same words come to lie close together (skip-gram, drawn words as contrast).
 *
 *     npx ts-node examples/word-vectors.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 400;
const SIZE = 8;
const DRAWN = 4;
const text =
  'the cat drinks milk the dog drinks water the cat eats fish the dog eats meat ' +
  'a king rules a land a queen rules a land a king wears a crown a queen wears a crown';

const words = text.split(' ');
const names = [...new Set(words)];
const index = new Map(names.map((name, i) => [name, i]));
// Pairs of words that stand at most two places apart.
const pairs = words.flatMap((word, i) =>
  [i - 2, i - 1, i + 1, i + 2].flatMap((j) => (words[j] === undefined ? [] : [[word, words[j]]])),
);
const centers = pairs.map(([word]) => index.get(word)!);
const contexts = pairs.map(([, near]) => index.get(near)!);

tf.setRandomSeed(3);
const center = tf.placeholder(tf.int32, [null], { name: 'center' });
const context = tf.placeholder(tf.int32, [null], { name: 'context' });
const vectors = new tf.Variable(tf.randomUniform([names.length, SIZE], -0.5, 0.5), { name: 'vectors' });
const weights = new tf.Variable(tf.randomUniform([names.length, SIZE], -0.5, 0.5), { name: 'weights' });
const at = tf.nn.embeddingLookup(vectors, center);
// How well a word goes with the other: the product of its vector with the other's.
const product = (others: tf.Tensor): tf.Tensor => tf.reduceSum(at.mul(others), 1);
const right = product(tf.nn.embeddingLookup(weights, context));
const costs = [tf.nn.sigmoidCrossEntropyWithLogits({ labels: tf.onesLike(right), logits: right })];
for (let i = 0; i < DRAWN; i++) {
  const drawn = tf.cast(tf.randomUniform(tf.shape(center), 0, names.length), tf.int32);
  const wrong = product(tf.nn.embeddingLookup(weights, drawn));
  costs.push(tf.nn.sigmoidCrossEntropyWithLogits({ labels: tf.zerosLike(wrong), logits: wrong }));
}
const cost = tf.reduceMean(tf.addN(costs));
const trainStep = new tf.train.AdamOptimizer(0.05).minimize(cost);

const unit = tf.nn.l2Normalize(vectors, 1);
const likeness = tf.matmul(unit, unit, { transposeB: true });
const nearest = tf.nn.topK(likeness, 3).indices;

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
for (let step = 0; step < STEPS; step++) {
  const [, c] = sess.run([trainStep, cost], { [center.name]: centers, [context.name]: contexts });
  if (step % 100 === 0) console.log(`Cost at step ${step}: ${c.toFixed(4)}`);
}
const close = (sess.run(nearest) as tf.NDArray).toArray() as number[][];
for (const word of ['cat', 'king', 'milk']) {
  const others = close[index.get(word)!].map((i) => names[i]).filter((name) => name !== word);
  console.log(`${word}: ${others.join(', ')}`);
}
sess.close();
