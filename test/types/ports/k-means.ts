/** k-means: distances by broadcasting, argmin, means by unsorted segments. */
import * as tf from '../../../src';

export function main(steps = 10): number {
  const cloud = Array.from({ length: 30 }, (_, i) => [i % 3 === 0 ? 5 : -5, (i % 7) / 7]);
  const points = tf.constant(cloud);
  const centroids = new tf.Variable(tf.slice(points, [0, 0], [2, -1]));
  const difference = tf.subtract(tf.expandDims(points, 0), tf.expandDims(centroids, 1));
  const distances = tf.reduceSum(tf.square(difference), 2);
  const assignments = tf.argmin(distances, 0);
  const places = tf.toInt32(assignments);
  const sums = tf.unsortedSegmentSum(points, places, 2);
  const counts = tf.unsortedSegmentSum(tf.ones([30, 1]), places, 2);
  const update = tf.assign(centroids, sums.div(counts));
  const inertia = tf.reduceSum(tf.reduceMin(distances, 0));
  const parts = tf.concat([tf.reshape(counts, [-1]), [0]], 0);

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < steps; i++) sess.run(update);
  const [value, centers, where, each] = sess.run([inertia, centroids, assignments, parts]);
  const rows: number[][] = centers.toArray();
  const ids = where.toArray().map(Number);
  return rows.length === 2 && new Set(ids).size === 2 && each.shape.length === 1 ? Number(value.toFixed(3)) : NaN;
}
