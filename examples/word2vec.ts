/**
 * Word vectors: words that stand beside the same words come to lie close together (skip-gram, Mikolov et al. 2013).
 * Of the many words that do not stand there a step looks at a few, which are drawn: by noise-contrastive estimation,
 * and by a sampled softmax.
 *
 *     npx ts-node examples/word2vec.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 400;
const SIZE = 16;
const DRAWN = 8;
const text =
  'the cat drinks milk the dog drinks water the cat eats fish the dog eats meat ' +
  'a king rules a land a queen rules a land a king wears a crown a queen wears a crown';

// The samplers expect the most frequent words first.
const words = text.split(' ');
const counts = new Map<string, number>();
for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
const names = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!);
const index = new Map(names.map((name, i) => [name, i]));
// Pairs of words that stand at most two places apart.
const pairs = words.flatMap((word, i) =>
  [i - 2, i - 1, i + 1, i + 2].flatMap((j) => (words[j] === undefined ? [] : [[word, words[j]]])),
);
const centers = pairs.map(([word]) => index.get(word)!);
const contexts = pairs.map(([, near]) => [index.get(near)!]);

/** The nearest words of each, after a training with one of the two losses. */
function learn(name: 'nceLoss' | 'sampledSoftmaxLoss'): number[][] {
  tf.setRandomSeed(3);
  const inputs = tf.placeholder(tf.int32, [null], { name: 'inputs' });
  const labels = tf.placeholder(tf.int64, [null, 1], { name: 'labels' });
  const embeddings = new tf.Variable(tf.randomUniform([names.length, SIZE], -1, 1), { name: 'embeddings' });
  const start = tf.truncatedNormal([names.length, SIZE], { stddev: 1 / Math.sqrt(SIZE) });
  const weights = new tf.Variable(start, { name: 'weights' });
  const biases = new tf.Variable(tf.zeros([names.length]), { name: 'biases' });
  const embed = tf.nn.embeddingLookup(embeddings, inputs);
  const costs = tf.nn[name](weights, biases, labels, embed, DRAWN, names.length);
  const cost = tf.reduceMean(costs);
  const trainStep = new tf.train.AdamOptimizer(0.02).minimize(cost);

  const unit = tf.nn.l2Normalize(embeddings, 1);
  const likeness = tf.matmul(unit, unit, { transposeB: true });
  const nearest = tf.nn.topK(likeness, 3).indices;

  using sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  let [average, from] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    const [, c] = sess.run([trainStep, cost], { [inputs.name]: centers, [labels.name]: contexts });
    average += c;
    if ((step + 1) % 100 !== 0) continue;
    console.log(`${name}, steps ${from} to ${step}: ${(average / (step + 1 - from)).toFixed(4)}`);
    [average, from] = [0, step + 1];
  }
  return (sess.run(nearest) as tf.NDArray).toArray() as number[][];
}

for (const name of ['nceLoss', 'sampledSoftmaxLoss'] as const) {
  const close = new tf.Graph().asDefault(() => learn(name));
  const besides = (word: string): string[] =>
    close[index.get(word)!].map((i) => names[i]).filter((other) => other !== word);
  for (const word of ['cat', 'king', 'milk']) console.log(`${name}, ${word}: ${besides(word).join(', ')}`);
  if (!besides('cat').includes('dog') || !besides('king').includes('queen')) throw new Error('they learned nothing');
}
