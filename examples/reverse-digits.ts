/**
 * Sequence to sequence with attention: a net reads digits and writes them backwards, as many as there were. One cell
 * reads; another one writes and looks back, in each step, at what was read (Luong, Pham and Manning 2015).
 *
 *     npx ts-node examples/reverse-digits.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 300;
const [BATCH, MOST, UNITS] = [32, 6, 48];
const [START, END, TOKENS] = [10, 11, 12]; // beside the digits
const { seq2seq } = tf.contrib;

tf.setRandomSeed(3);
const digits = tf.placeholder(tf.int32, [null, null], { name: 'digits' }); // [row, place]
const lengths = tf.placeholder(tf.int32, [null], { name: 'lengths' });
const wanted = tf.placeholder(tf.int32, [null, null], { name: 'wanted' }); // the digits backwards, and an end
const rows = tf.shape(digits).get(0);
const starts = tf.fill([rows], tf.constant(START, tf.int32));
const table = tf.getVariable('table', [TOKENS, 16]);
const vectors = tf.nn.embeddingLookup(table, digits);
const reader = new tf.nn.rnnCell.GRUCell(UNITS);
const [read, seen] = tf.nn.dynamicRnn(reader, vectors, { sequenceLength: lengths, dtype: tf.float32, scope: 'reader' });
const mechanism = new seq2seq.LuongAttention(UNITS, read, lengths);
const writer = new seq2seq.AttentionWrapper(new tf.nn.rnnCell.GRUCell(UNITS), mechanism, UNITS);
const state = writer.zeroState(rows, tf.float32).clone({ cellState: seen });
const layer = new tf.layers.Dense(TOKENS);

// In training each step takes the digit that should have been written before it.
const taken = tf.concat([tf.expandDims(starts, 1), wanted.get([], [null, -1])], 1);
const taught = new seq2seq.TrainingHelper(tf.nn.embeddingLookup(table, taken), lengths.add(1));
const [outputs] = seq2seq.dynamicDecode(new seq2seq.BasicDecoder(writer, taught, state, layer), { scope: 'writer' });
const weights = tf.sequenceMask(lengths.add(1), tf.shape(wanted).get(1), tf.float32);
const cost = seq2seq.sequenceLoss(outputs.rnnOutput, wanted, weights);
const optimizer = new tf.train.AdamOptimizer(0.01);
const pairs = optimizer.computeGradients(cost);
const [clipped] = tf.clipByGlobalNorm(
  pairs.map(([gradient]) => gradient),
  1,
);
const trainStep = optimizer.applyGradients(clipped.map((gradient, i) => [gradient, pairs[i][1]]));

// Afterwards it takes what it wrote itself, until it writes the end.
const greedy = new seq2seq.GreedyEmbeddingHelper(table, starts, END);
const [written] = tf.variableScope('writer', { reuse: true }, (scope) =>
  seq2seq.dynamicDecode(new seq2seq.BasicDecoder(writer, greedy, state, layer), { maximumIterations: MOST + 1, scope }),
);

let seed = 1;
/** A whole number below n, the same ones each time (Park and Miller's generator). */
const draw = (n: number): number => {
  seed = (seed * 16807) % 2147483647;
  return seed % n;
};
const backwards = (given: readonly number[]): number[] => [...given].reverse();
const row = (): number[] => Array.from({ length: 2 + draw(MOST - 1) }, () => draw(10));
const padded = (given: readonly number[], to: number): number[] => [...given, ...Array(to - given.length).fill(END)];
/** Feeds for rows of digits, each as long as the longest. */
const feedsOf = (given: readonly number[][]): tf.FeedDict => [
  [digits, given.map((each) => padded(each, MOST))],
  [lengths, given.map((each) => each.length)],
  [wanted, given.map((each) => padded(backwards(each), Math.max(...given.map(({ length }) => length)) + 1))],
];

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
for (let step = 0; step < STEPS; step++) {
  const [, c] = sess.run([trainStep, cost], feedsOf(Array.from({ length: BATCH }, row)));
  if (step % 100 === 0) console.log(`Cost at step ${step}: ${c.toFixed(4)}`);
}
const unseen = Array.from({ length: 100 }, row);
const answers = sess.run(written.sampleId, feedsOf(unseen)).toArray() as number[][];
const texts = answers.map((answer) => answer.slice(0, answer.indexOf(END)).join(''));
for (const i of [0, 1, 2]) console.log(`${unseen[i].join('')} backwards: ${texts[i]}`);
const right = unseen.filter((each, i) => backwards(each).join('') === texts[i]).length;
console.log(`Rows right: ${right} of ${unseen.length}`);
sess.close();
if (right < 80) throw new Error('it has not learned to write backwards');
