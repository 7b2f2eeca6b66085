/**
 * k-means, all in the graph: each point goes to the nearest centre, each centre to the mean of its points, until no
 * point changes. No gradient is needed.
 *
 *     npx ts-node examples/k-means.ts
 */
import * as tf from 'tfjs-session';

const CENTRES = [
  [0, 0],
  [5, 5],
  [0, 6],
];
const STEPS = 50;

// 100 points around each of three centres.
tf.setRandomSeed(5);
const sess = new tf.Session();
const spread = (sess.run(tf.randomNormal([300, 2])) as tf.NDArray).toArray() as number[][];
const points = spread.map(([x, y], i) => [CENTRES[i % 3][0] + x, CENTRES[i % 3][1] + y]);

const X = tf.constant(points, tf.float32, { name: 'X' });
const centres = new tf.Variable(points.slice(0, 3), { name: 'centres' });
// [300, 1, 2] minus [1, 3, 2]: from each point to each centre.
const apart = tf.expandDims(X, 1).sub(tf.expandDims(centres, 0));
const distances = tf.reduceSum(tf.square(apart), 2);
const nearest = tf.argmin(distances, 1);
const inertia = tf.reduceMean(tf.reduceMin(distances, 1));
const counts = tf.unsortedSegmentSum(tf.onesLike(nearest, tf.float32), nearest, 3);
const means = tf.unsortedSegmentSum(X, nearest, 3).div(tf.expandDims(tf.maximum(counts, 1), 1));
const move = tf.assign(centres, means);

sess.run(tf.globalVariablesInitializer());
let before = '';
for (let step = 0; step < STEPS; step++) {
  const [belongs, distance] = sess.run([nearest, inertia]);
  console.log(`Mean squared distance at step ${step}: ${distance.toFixed(3)}`);
  const now = String(belongs.toArray());
  if (now === before) break;
  before = now;
  sess.run(move);
}
for (const centre of sess.run(centres).toArray() as number[][])
  console.log(`centre (${centre.map((each) => each.toFixed(1)).join(', ')})`);
sess.close();
