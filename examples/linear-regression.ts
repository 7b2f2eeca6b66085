/**
 * A straight line through noisy points, and how far it is off on points that it has not seen.
 *
 *     npx ts-node examples/linear-regression.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 300;

// y = 3x - 2 and some noise; 80 points to learn from, 20 held out. All are columns: [n, 1].
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
const trainStep = new tf.train.GradientDescentOptimizer(0.3).minimize(cost);

sess.run(tf.globalVariablesInitializer());
const seen = { [X.name]: points.slice(0, 80), [Y.name]: targets.slice(0, 80) };
const heldOut = { [X.name]: points.slice(80), [Y.name]: targets.slice(80) };
for (let step = 0; step < STEPS; step++) sess.run(trainStep, seen);

const [slope, start] = sess.run([tf.reshape(w, []), tf.reshape(b, [])]) as number[];
console.log(`y = ${slope.toFixed(2)}x ${start < 0 ? '-' : '+'} ${Math.abs(start).toFixed(2)}`);
console.log(`Mean absolute error on the points held out: ${sess.run(absoluteError, heldOut).toFixed(3)}`);
sess.close();
