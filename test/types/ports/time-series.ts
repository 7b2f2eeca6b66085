/** The next value of a wave: an unrolled recurrent layer over a window, its state carried from step to step. */
import * as tf from '../../../src';

const [STEPS, HIDDEN, BATCH] = [8, 12, 16];

export function main(epochs = 120): number {
  const windows = tf.placeholder(tf.float32, [BATCH, STEPS, 1], { name: 'windows' });
  const targets = tf.placeholder(tf.float32, [BATCH, 1], { name: 'targets' });
  const Wx = tf.getVariable('Wx', [1, HIDDEN], { initializer: tf.glorotNormalInitializer({ seed: 1 }) });
  const Wh = tf.getVariable('Wh', [HIDDEN, HIDDEN], { initializer: tf.glorotNormalInitializer({ seed: 2 }) });
  const bh = tf.getVariable('bh', { shape: [HIDDEN], initializer: tf.constantInitializer(0) });
  const Wy = tf.getVariable('Wy', [HIDDEN, 1], { initializer: tf.glorotNormalInitializer(3) });
  let state = tf.zeros([BATCH, HIDDEN]);
  const states: tf.Tensor[] = [];
  for (const input of tf.unstack(windows, STEPS, 1)) {
    state = tf.tanh(tf.matmul(input, Wx).add(tf.matmul(state, Wh)).add(bh));
    states.push(state);
  }
  const last = tf.stack(states, { axis: 1 }).get([null, null], -1);
  const predicted = tf.matmul(last, Wy);
  const loss = tf.reduceMean(tf.square(predicted.sub(targets)), { name: 'loss' });
  const variables = tf.trainableVariables();
  const gradients = tf.gradients(loss, variables);
  const [clipped] = tf.clipByGlobalNorm(gradients, 1);
  const optimizer = new tf.train.AdamOptimizer({ learningRate: 0.02 });
  const step = tf.train.createGlobalStep();
  const train = optimizer.applyGradients(
    variables.map((v, i) => [clipped[i] ?? null, v]),
    step,
  );

  const wave = (t: number): number => Math.sin(t / 3);
  const x = new Float32Array(BATCH * STEPS);
  const y = new Float32Array(BATCH);
  for (let b = 0; b < BATCH; b++) {
    for (let t = 0; t < STEPS; t++) x[b * STEPS + t] = wave(2 * b + t);
    y[b] = wave(2 * b + STEPS);
  }
  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < epochs; i++) sess.run(train, { [windows.name]: x, [targets.name]: y });
  const [cost, at, outputs] = sess.run([loss, step, predicted], { 'windows:0': x, 'targets:0': y });
  const row: number[] | undefined = outputs.toArray()[0];
  return at === epochs && row?.length === 1 ? cost : NaN;
}
