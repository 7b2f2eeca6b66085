/** Two sigmoid layers down and up; weights in a dictionary, as everybody writes it. */
import * as tf from '../../../src';

export function main(steps = 150): number {
  const images = Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (_, j) => (i === j ? 1 : 0)));
  const X = tf.placeholder('float', [null, 8]);
  const weights = {
    encoder: new tf.Variable(tf.randomNormal([8, 3], { seed: 1 })),
    decoder: new tf.Variable(tf.randomNormal([3, 8], { seed: 2 })),
  };
  const biases = {
    encoder: new tf.Variable(tf.randomNormal([3], { seed: 3 })),
    decoder: new tf.Variable(tf.randomNormal([8], { seed: 4 })),
  };
  const encode = (x: tf.ArrayTensor<number, 2>) => tf.nn.sigmoid(tf.add(tf.matmul(x, weights.encoder), biases.encoder));
  const decode = (x: tf.ArrayTensor<number, 2>) => tf.nn.sigmoid(tf.add(tf.matmul(x, weights.decoder), biases.decoder));
  const code = encode(X);
  const output = decode(code);
  const cost = tf.reduceMean(tf.pow(X.sub(output), 2));
  const optimizer = new tf.train.RMSPropOptimizer(0.05).minimize(cost);
  const flat = tf.reshape(output, [-1]);
  const picture = tf.expandDims(tf.reshape(output, [-1, 2, 4]), 3);

  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  const feeds = { [X.name]: images };
  let c = Infinity;
  for (let i = 0; i < steps; i++) [, c] = sess.run([optimizer, cost], feeds);
  const { codes, all, pictures } = sess.run({ codes: code, all: flat, pictures: picture }, feeds);
  const rows: number[][] = codes.toArray();
  const deep: number[][][][] = pictures.toArray();
  const mean: number = all.mean();
  return rows.length === 8 && deep[0]?.[0]?.[0]?.length === 1 && mean > 0 ? c : NaN;
}
