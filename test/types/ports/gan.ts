/** A generator against a discriminator on numbers of one dimension: two optimizers, each with variables of its own. */
import * as tf from '../../../src';

const BATCH = 32;

function layer(input: tf.Tensor, size: number, name: string): tf.Tensor {
  return tf.variableScope(name, () => {
    const width = input.shape.asList()[1];
    if (width === null || width === undefined) throw new Error('a width is needed');
    const w = tf.getVariable('w', [width, size], { initializer: tf.randomNormalInitializer(0, 0.5, 7) });
    const b = tf.getVariable('b', [size], { initializer: tf.zerosInitializer() });
    return tf.matmul(input, w).add(b);
  });
}
const generator = (z: tf.Tensor): tf.Tensor =>
  tf.variableScope('G', () => layer(tf.nn.softplus(layer(z, 4, 'hidden')), 1, 'out'));
const discriminator = (x: tf.Tensor, reuse = false): tf.Tensor =>
  tf.variableScope('D', { reuse }, () => layer(tf.tanh(layer(tf.tanh(layer(x, 8, 'a')), 8, 'b')), 1, 'out'));

export function main(steps = 150): number {
  tf.setRandomSeed(1);
  const z = tf.placeholder(tf.float32, [BATCH, 1], 'z');
  const x = tf.placeholder(tf.float32, [BATCH, 1], 'x');
  const fake = generator(z);
  const onReal = discriminator(x);
  const onFake = discriminator(fake, true);
  const cross = (logits: tf.Tensor, label: number): tf.ScalarTensor =>
    tf.reduceMean(
      tf.nn.sigmoidCrossEntropyWithLogits({ logits, labels: label ? tf.onesLike(logits) : tf.zerosLike(logits) }),
    );
  const lossD = cross(onReal, 1).add(cross(onFake, 0));
  const lossG = cross(onFake, 1);
  const varsOf = (scope: string): tf.Variable[] => tf.getCollection(tf.GraphKeys.TRAINABLE_VARIABLES, scope);
  const trainD = new tf.train.AdamOptimizer(0.01).minimize(lossD, { varList: varsOf('D') });
  const trainG = new tf.train.AdamOptimizer({ learningRate: 0.01, beta1: 0.5 }).minimize(lossG, null, varsOf('G'));

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  let state = 1;
  const random = (): number => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const real = (): Float32Array => Float32Array.from({ length: BATCH }, () => 4 + random());
  const noise = (): Float32Array => Float32Array.from({ length: BATCH }, (_, i) => (i + random()) / BATCH);
  let d = 0;
  let g = 0;
  for (let i = 0; i < steps; i++) {
    const [cost] = sess.run([lossD, trainD], { [x.name]: real(), [z.name]: noise() });
    d = cost;
    g = sess.run({ g: lossG, trainG }, new Map([[z, noise()]])).g;
  }
  const mean: number = sess.run(tf.reduceMean(fake), [[z, noise()]]);
  sess.close();
  return Number.isFinite(d + g) ? mean : NaN;
}
