/**
 * Two networks against each other: one makes numbers out of noise, the other tells them from drawn ones. In the end the
 * made numbers lie as the drawn ones do, around 4 with a deviation of 0.5.
 *
 *     npx ts-node examples/gan.ts
 */
import * as tf from 'tfjs-session';

const STEPS = 1500;
const BATCH_SIZE = 64;

tf.setRandomSeed(1);
const drawn = tf.randomNormal([BATCH_SIZE, 1], { mean: 4, stddev: 0.5 });
const noise = tf.randomUniform([BATCH_SIZE, 1], -1, 1);

const made = tf.variableScope('generator', () => {
  const hidden = tf.layers.dense(noise, 16, { activation: tf.nn.softplus });
  return tf.layers.dense(hidden, 1);
});
/** Once for the drawn numbers and once for the made ones, with the same weights. */
const judged = (x: tf.Tensor): tf.Tensor =>
  tf.variableScope('discriminator', { reuse: tf.AUTO_REUSE }, () => {
    const hidden = tf.layers.dense(x, 16, { activation: tf.nn.relu, name: 'first' });
    return tf.layers.dense(tf.layers.dense(hidden, 16, { activation: tf.nn.relu, name: 'second' }), 1, {
      name: 'last',
    });
  });
const [onDrawn, onMade] = [judged(drawn), judged(made)];
const ones = tf.ones([BATCH_SIZE, 1]);
const judging = tf.losses
  .sigmoidCrossEntropy(ones, onDrawn)
  .add(tf.losses.sigmoidCrossEntropy(tf.zeros([BATCH_SIZE, 1]), onMade));
const making = tf.losses.sigmoidCrossEntropy(ones, onMade);

const variables = (scope: string) => tf.trainableVariables(scope) as tf.Variable[];
const train = (cost: tf.Tensor, scope: string): tf.Operation =>
  new tf.train.AdamOptimizer(2e-3, { beta1: 0.5 }).minimize(cost, { varList: variables(scope) });
const [judge, make] = [train(judging, 'discriminator'), train(making, 'generator')];
const mean = tf.reduceMean(made);
const deviation = tf.sqrt(tf.reduceMean(tf.square(made.sub(mean))));

const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
let [sum, spread, count] = [0, 0, 0];
for (let step = 0; step < STEPS; step++) {
  sess.run(judge);
  sess.run(make);
  if (step % 300 === 0) console.log(`Mean of the made numbers at step ${step}: ${sess.run(mean).toFixed(2)}`);
  // They circle around what they come to: the mean of the last third says where.
  if (step < (2 * STEPS) / 3) continue;
  const [m, d] = sess.run([mean, deviation]);
  [sum, spread, count] = [sum + m, spread + d, count + 1];
}
console.log(`In the end: mean ${(sum / count).toFixed(2)}, deviation ${(spread / count).toFixed(2)}`);
sess.close();
