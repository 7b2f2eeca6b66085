/** Ratings as products of users' and items' factors, with biases and a penalty on what a batch touches. */
import * as tf from '../../../src';

const [USERS, ITEMS, RANK] = [12, 9, 3];

export function main(steps = 120): number {
  const users = tf.placeholder(tf.int32, [null], { name: 'users' });
  const items = tf.placeholder(tf.int32, [null], { name: 'items' });
  const ratings = tf.placeholder(tf.float32, [null], { name: 'ratings' });
  const P = tf.getVariable('P', [USERS, RANK], tf.float32, tf.truncatedNormalInitializer(0, 0.3, 3));
  const Q = tf.getVariable('Q', {
    shape: [ITEMS, RANK],
    initializer: tf.truncatedNormalInitializer({ stddev: 0.3, seed: 4 }),
  });
  const bias = tf.getVariable('bias', [USERS], { initializer: tf.zerosInitializer() });
  const mean = new tf.Variable(0, { dtype: tf.float32, name: 'mean', trainable: false });
  const p = tf.nn.embeddingLookup(P, users);
  const q = tf.gather(Q, items);
  const predicted = tf.reduceSum(tf.multiply(p, q), 1).add(tf.nn.embeddingLookup(bias, users)).add(mean);
  const error = tf.reduceMean(tf.squaredDifference(predicted, ratings));
  const penalty = tf.addN([tf.nn.l2Loss(p), tf.nn.l2Loss(q)]).mul(1e-3);
  const loss = error.add(penalty);
  const optimizer = new tf.train.AdagradOptimizer(0.5, 0.1);
  const gradients = optimizer.computeGradients(loss, [P, Q, bias]);
  const clipped = gradients.map(([g, v]): [tf.Grad, tf.Variable] => [g && tf.clipByNorm(g, 5), v]);
  const train = optimizer.applyGradients(clipped, { name: 'train' });

  const u = new Int32Array(USERS * ITEMS).map((_, i) => i % USERS);
  const v = new Int32Array(USERS * ITEMS).map((_, i) => Math.floor(i / USERS));
  const r = Float32Array.from(u, (user, i) => 3 + Math.sin(user) * Math.cos(v[i] ?? 0));
  const sess = new tf.Session();
  sess.run([tf.globalVariablesInitializer(), tf.localVariablesInitializer()]);
  sess.run(tf.assign(mean, 3));
  const feeds = { [users.name]: u, [items.name]: v, [ratings.name]: r };
  const before = sess.run(error, feeds);
  for (let i = 0; i < steps; i++) sess.run(train, feeds);
  const after: number = error.eval(feeds, sess);
  const factors: number[][] = sess.run(P).toArray();
  const best = sess.run(tf.argmax(tf.matmul(P, Q, false, true), 1)).at(0);
  return factors.length === USERS && best >= 0 ? after / before : NaN;
}
