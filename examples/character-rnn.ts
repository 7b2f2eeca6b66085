/**
 * A character RNN: two LSTM layers learn a rhyme letter by letter and say it by themselves. The text is read in pieces;
 * the state goes from one piece to the next, gradients end at a piece's beginning (truncated back-propagation).
 *
 *     npx ts-node examples/character-rnn.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 400;
const PIECE = 12;
const UNITS = 48;
const text =
  'twinkle twinkle little star, how I wonder what you are. up above the world so high, like a diamond in the sky. ';
const letters = [...new Set(text)];
const codes = [...text].map((letter) => letters.indexOf(letter));

tf.setRandomSeed(1);
const x = tf.placeholder(tf.int32, [1, null], { name: 'x' });
const y = tf.placeholder(tf.int32, [1, null], { name: 'y' });
// Nothing is dropped where nothing is fed.
const keepProb = tf.placeholderWithDefault(1, [], { name: 'keepProb' });
const layer = () =>
  new tf.nn.rnnCell.DropoutWrapper(new tf.nn.rnnCell.BasicLSTMCell(UNITS), { outputKeepProb: keepProb });
const cell = new tf.nn.rnnCell.MultiRNNCell([layer(), layer()]);
const start = cell.zeroState(1, tf.float32);
const [outputs, end] = tf.nn.dynamicRnn(cell, tf.oneHot(x, letters.length), { initialState: start });
const logits = tf.layers.dense(outputs, letters.length);
const cost = tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: y, logits }));
const optimizer = new tf.train.AdamOptimizer(0.01);
const pairs = optimizer.computeGradients(cost).filter(([gradient]) => gradient !== null);
const [clipped] = tf.clipByGlobalNorm(
  pairs.map(([gradient]) => gradient),
  5,
);
const trainStep = optimizer.applyGradients(clipped.map((gradient, i) => [gradient, pairs[i][1]]));
const next = tf.argmax(logits.get(0, -1), 0);

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
const zero = sess.run(start);
/** Feeds for the state to begin with: each layer has a memory and an output. */
const from = (kept: typeof zero) => start.flatMap(({ c, h }, i) => [[c, kept[i].c] as const, [h, kept[i].h] as const]);
let state = zero;
for (let step = 0, at = 0; step < STEPS; step++, at += PIECE) {
  // From the end of the text to its beginning, with a state that knows nothing.
  if (at + PIECE >= codes.length) [at, state] = [0, zero];
  const piece = codes.slice(at, at + PIECE);
  const behind = codes.slice(at + 1, at + PIECE + 1);
  const fed = [[x, [piece]], [y, [behind]], [keepProb, 0.9], ...from(state)] as const;
  const [, c, after] = sess.run([trainStep, cost, end], [...fed]);
  state = after;
  if (step % 100 === 0) console.log(`Cost at step ${step}: ${c.toFixed(4)}`);
}
// It says the rhyme: each letter is what it reads next.
let said = 't';
state = zero;
while (said.length < 60) {
  const fed = [[x, [[letters.indexOf(said.at(-1)!)]]], ...from(state)] as const;
  const [letter, after] = sess.run([next, end], [...fed]);
  [said, state] = [said + letters[Number(letter)], after];
}
console.log(`Said: ${said}`);
const right = [...said].filter((letter, i) => letter === text[i]).length;
console.log(`Letters right: ${right} of ${said.length}`);
sess.close();
if (right < 20) throw new Error('it has not learned the rhyme');
