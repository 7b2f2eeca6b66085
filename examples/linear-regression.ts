/**
 * A straight line through noisy points. Training stops when it no longer gets better on points kept apart for that, and
 * points that it has never seen say how far the line is off.
 *
 *     npx ts-node examples/linear-regression.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 1000;
/** So often the error on the points kept apart is looked at; so often it may fail to fall. */
const EVERY = 10;
const PATIENCE = 5;

// y = 3x - 2 and some noise: 60 points to learn from, 20 to know when to stop, 20 held out. All are columns: [n, 1].
tf.setRandomSeed(7);
const sess = new tf.Session();
const drawn = [tf.randomUniform([100, 1], -1, 1), tf.randomNormal([100, 1], { stddev: 0.1 })];
const [inputs, noise] = sess.run(drawn) as tf.NDArray[];
const points = inputs.toArray() as number[][];
const shifts = noise.toArray() as number[][];
const targets = points.map(([x], i) => [3 * x - 2 + shifts[i][0]]);

const X = tf.placeholder(tf.float32, [null, 1], { name: 'X' });
const Y = tf.placeholder(tf.float32, [null, 1], { name: 'Y' });
const w = new tf.Variable(tf.zeros([1, 1]), { name: 'w' });
const b = new tf.Variable(tf.zeros([1]), { name: 'b' });
const predicted = tf.matmul(X, w).add(b);
const cost = tf.reduceMean(tf.square(predicted.sub(Y)));
const absoluteError = tf.reduceMean(tf.abs(predicted.sub(Y)));
const trainStep = new tf.train.GradientDescentOptimizer(0.1).minimize(cost);

sess.run(tf.globalVariablesInitializer());
const part = (from: number, to: number) => ({ [X.name]: points.slice(from, to), [Y.name]: targets.slice(from, to) });
const [seen, keptApart, heldOut] = [part(0, 60), part(60, 80), part(80, 100)];
let best = Infinity;
let worse = 0;
let step = 0;
for (; step < STEPS && worse < PATIENCE; step++) {
  sess.run(trainStep, seen);
  if (step % EVERY !== 0) continue;
  const error = sess.run(cost, keptApart);
  worse = error < best ? 0 : worse + 1;
  best = Math.min(best, error);
}

const [slope, start] = sess.run([tf.reshape(w, []), tf.reshape(b, [])]) as number[];
console.log(`y = ${slope.toFixed(2)}x ${start < 0 ? '-' : '+'} ${Math.abs(start).toFixed(2)}`);
console.log(`Stopped after ${step} steps`);
console.log(`Mean absolute error on the points held out: ${sess.run(absoluteError, heldOut).toFixed(3)}`);
sess.close();
