/** Correct programs that spell it otherwise: edits of the solution that must keep their ticks. */
export interface Variant { readonly title: string; readonly edits: readonly (readonly [string, string])[] }
const variant = (title: string, ...edits: (readonly [string, string])[]): Variant => ({ title, edits });

const COST = 'tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }))';
const STEP = 'new tf.train.GradientDescentOptimizer(0.5).minimize(cost)';
const CORRECT = 'tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1))';
const X = "tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' })";

export const VARIANTS: readonly Variant[] = [
  variant('the solution as it is'),
  variant('another hidden size', ['[784, 100]', '[784, 37]'], ['zeros([100])', 'zeros([37])'], ['[100, 10]', '[37, 10]']),
  variant('three layers', ['const logits = tf.matmul(hidden, W2).add(b2);', `const W3 = new tf.Variable(tf.truncatedNormal([100, 50], { stddev: 0.1 }));
const b3 = new tf.Variable(tf.zeros([50]));
const deep = tf.nn.relu(tf.nn.xwPlusB(hidden, W3, b3));
const logits = tf.matmul(deep, W2).add(b2);`], ['[100, 10]', '[50, 10]']),
  variant('rows of pixels fed as they are', [X, 'tf.placeholder(tf.float32, [null, 784])'], ['tf.reshape(X, [-1, 784])', 'X']),
  variant('placeholders without names or shapes', [X, 'tf.placeholder(tf.float32)'], ["tf.placeholder(tf.float32, [null, 10], { name: 'Y' })", 'tf.placeholder(tf.float32, [null, 10])']),
  variant('integer labels and a sparse cross entropy', ['oneHot: true', 'oneHot: false'], ["tf.placeholder(tf.float32, [null, 10], { name: 'Y' })", 'tf.placeholder(tf.int64, [null])'],
    [COST, 'tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: Y, logits }))'], ['tf.argmax(Y, 1)', 'Y'],
    ['[Y.name]: labels', '[Y.name]: Array.from(labels)'], ['[Y.name]: set.labels', '[Y.name]: Array.from(set.labels)']),
  variant('labels made one-hot in the graph', ['oneHot: true', 'oneHot: false'], ["tf.placeholder(tf.float32, [null, 10], { name: 'Y' })", 'tf.placeholder(tf.int32, [null])'],
    ['labels: Y', 'labels: tf.oneHot(Y, 10)'], ['tf.argmax(Y, 1)', 'tf.cast(Y, tf.int64)'],
    ['[Y.name]: labels', '[Y.name]: Array.from(labels)'], ['[Y.name]: set.labels', '[Y.name]: Array.from(set.labels)']),
  variant('a cross entropy by hand', [COST, 'tf.reduceMean(tf.reduceSum(Y.mul(tf.log(A)), 1).neg())']),
  variant('a cross entropy by hand, kept from the log of 0', [COST, 'tf.reduceSum(Y.mul(tf.log(A.add(1e-10)))).neg().div(tf.cast(tf.shape(Y).get(0), tf.float32))']),
  variant('a cross entropy with logSoftmax', [COST, 'tf.reduceMean(tf.reduceSum(Y.mul(tf.nn.logSoftmax(logits)), 1)).neg()']),
  variant('the sum of the losses by the batch', [COST, 'tf.reduceSum(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits })).div(tf.cast(tf.shape(X).get(0), tf.float32))']),
  variant('a weight penalty', [COST, `${COST}.add(tf.nn.l2Loss(W1).mul(1e-4))`]),
  variant('biases by biasAdd and xwPlusB', ['tf.matmul(pixels, W1).add(b1)', 'tf.nn.biasAdd(tf.matmul(pixels, W1), b1)'], ['tf.matmul(hidden, W2).add(b2)', 'tf.nn.xwPlusB(hidden, W2, b2)']),
  variant('a ReLU by hand', ['tf.nn.relu(tf.matmul(pixels, W1).add(b1))', 'tf.maximum(tf.add(tf.matmul(pixels, W1), b1), 0)']),
  variant('Adam', [STEP, 'new tf.train.AdamOptimizer(0.001).minimize(cost)']),
  variant('momentum, with a step count', [STEP, 'new tf.train.MomentumOptimizer(0.05, 0.9).minimize(cost, { globalStep: tf.train.getOrCreateGlobalStep() })']),
  variant('gradients applied by hand', [STEP, 'tf.group(...tf.gradients(cost, [W1, b1, W2, b2]).map((g, i) => tf.assignSub([W1, b1, W2, b2][i], g.mul(0.5))))']),
  variant('variables by getVariable', ["new tf.Variable(tf.truncatedNormal([784, 100], { stddev: 0.1 }), { name: 'W1' })", "tf.getVariable('first', { shape: [784, 100], initializer: tf.truncatedNormalInitializer({ stddev: 0.1 }) })"]),
  variant('resource variables', ["{ name: 'W1' }", "{ name: 'W1', useResource: true }"], ["{ name: 'b1' }", "{ name: 'b1', useResource: true }"]),
  variant('bytes for pixels', [X, 'tf.placeholder(tf.uint8, [null, 28, 28])'], ['tf.reshape(X, [-1, 784])', 'tf.reshape(tf.cast(X, tf.float32).div(255), [-1, 784])'],
    ['[X.name]: images', '[X.name]: Uint8Array.from(images, (x) => x * 255)'], ['[X.name]: set.images', '[X.name]: Uint8Array.from(set.images, (x) => x * 255)']),
  variant('accuracy by inTopK', [CORRECT, 'tf.nn.inTopK(A, tf.argmax(Y, 1), 1)']),
  variant('argmax of the logits over the last axis', [CORRECT, 'tf.equal(tf.argmax(Y, -1), tf.argmax(logits, -1))']),
  variant('accuracy by counting', ['tf.reduceMean(tf.cast(correct, tf.float32))', 'tf.reduceSum(tf.cast(correct, tf.float32)).div(tf.cast(tf.size(correct), tf.float32))']),
  variant('no node for the probabilities', ['const A = tf.nn.softmax(logits);', ''], ['tf.argmax(A, 1)', 'tf.argmax(logits, 1)']),
  variant('feeds as pairs, fetches in an object', ['const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels });', 'const { c } = sess.run({ t: trainStep, c: cost }, [[X, images], [Y, labels]]);']),
  variant('two runs per step', ['const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels });', 'const feeds = { [X.name]: images, [Y.name]: labels };\n  sess.run(trainStep, feeds);\n  const c = sess.run(cost, feeds);']),
  variant('a callable', ['for (let step = 0;', 'const train = sess.makeCallable([trainStep, cost], [X, Y]);\nfor (let step = 0;'], ['sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels })', 'train(images, labels)']),
  variant('whole sets in parts', ['const [a, c] = sess.run([accuracy, cost], { [X.name]: set.images, [Y.name]: set.labels });', `let [a, c] = [0, 0];
  for (let at = 0; at < set.numExamples; at += 100) {
    const [x, y] = sess.run([accuracy, cost], { [X.name]: set.images.subarray(at * 784, (at + 100) * 784), [Y.name]: set.labels.subarray(at * 10, (at + 100) * 10) });
    a += x * 100 / set.numExamples; c += y * 100 / set.numExamples;
  }`]),
  variant('dropout with a placeholder', ['const logits = tf.matmul(hidden, W2)', 'const keep = tf.placeholder(tf.float32, []);\nconst logits = tf.matmul(tf.nn.dropout(hidden, keep), W2)'],
    ['[Y.name]: labels }', '[Y.name]: labels, [keep.name]: 0.5 }'], ['[Y.name]: set.labels }', '[Y.name]: set.labels, [keep.name]: 1 }']),
  variant('a train step of an untrained accuracy now and then', ['if (step % 20 === 0)', 'if (step % 20 === 0) sess.run(accuracy, { [X.name]: mnist.test.images, [Y.name]: mnist.test.labels });\n  if (step % 20 === 0)']),
];
