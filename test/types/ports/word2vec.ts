/** Skip-grams with embedding lookups and sampled logits, then the nearest words by cosine. */
import * as tf from '../../../src';

const VOCABULARY = 20;
const SIZE = 8;

export function main(steps = 40): number {
  const centers = Int32Array.from({ length: 32 }, (_, i) => i % VOCABULARY);
  const contexts = centers.map((c) => (c + 1) % VOCABULARY);
  const inputs = tf.placeholder(tf.int32, [32]);
  const labels = tf.placeholder(tf.int32, [32]);
  const embeddings = new tf.Variable(tf.randomUniform([VOCABULARY, SIZE], -1, 1, { seed: 3 }));
  const embed = tf.nn.embeddingLookup(embeddings, inputs);
  const weights = new tf.Variable(tf.truncatedNormal([VOCABULARY, SIZE], { stddev: 1 / Math.sqrt(SIZE), seed: 4 }));
  const biases = new tf.Variable(tf.zeros([VOCABULARY]));
  const logits = tf.matmul(embed, weights, { transposeB: true }).add(biases);
  const oneHot = tf.oneHot(labels, VOCABULARY);
  const loss = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: oneHot, logits }));
  const train = new tf.train.GradientDescentOptimizer(1).minimize(loss);

  const norm = tf.sqrt(tf.reduceSum(tf.square(embeddings), 1, { keepdims: true }));
  const normalized = embeddings.div(norm);
  const valid = tf.nn.embeddingLookup(normalized, tf.constant([1, 2, 3], tf.int32));
  const similarity = tf.matmul(valid, normalized, { transposeB: true });
  const nearest = tf.nn.topK(similarity, { k: 4 });

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  const feeds = { [inputs.name]: centers, [labels.name]: contexts };
  const before = loss.eval(feeds, sess);
  for (let i = 0; i < steps; i++) sess.run(train, feeds);
  const after = sess.run(loss, feeds);
  const sim: number[][] = similarity.eval(null, sess).toArray();
  const { values, indices } = sess.run(nearest);
  const self: number = indices.at(0, 0);
  const [, best] = sess.run([loss, nearest.values], feeds);
  return sim.length === 3 && values.row(0).at(0) > 0.99 && self === 1 && best.shape[1] === 4 ? before - after : NaN;
}
