/** Correct programs that spell it otherwise: edits of the solution that must keep their ticks. */
export interface Variant {
  readonly title: string /** A program of its own, in the place of the solution. */;
  readonly source?: string;
  readonly edits: readonly (readonly [string, string])[];
}
const variant = (title: string, ...edits: (readonly [string, string])[]): Variant => ({ title, edits });
const whole = (title: string, source: string): Variant => ({ title, source, edits: [] });

const COST = 'tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }))';
const STEP = 'new tf.train.GradientDescentOptimizer(0.5).minimize(cost)';
const CORRECT = 'tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1))';
const X = "tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' })";

// Programs that are built otherwise, in four parts.
const READ = `import * as tf from 'tfjs-session';
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });
`;
const REST = `for (let step = 0; step < 40; step++) {
  const [images, labels] = mnist.train.nextBatch(100);
  const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels });
  if (step % 20 === 0) console.log('cost ' + c);
}
for (const set of [mnist.train, mnist.test]) console.log(sess.run([accuracy, cost], { [X.name]: set.images,\
 [Y.name]: set.labels }));
`;
const MODEL = `const X = tf.placeholder(tf.float32, [null, 784]);
const Y = tf.placeholder(tf.float32, [null, 10]);
const W1 = new tf.Variable(tf.truncatedNormal([784, 100], { stddev: 0.1 }));
const b1 = new tf.Variable(tf.zeros([100]));
const W2 = new tf.Variable(tf.truncatedNormal([100, 10], { stddev: 0.1 }));
const b2 = new tf.Variable(tf.zeros([10]));
const hidden = tf.nn.relu(tf.matmul(X, W1).add(b1));
const logits = tf.matmul(hidden, W2).add(b2);
const A = tf.nn.softmax(logits);
const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1)), tf.float32));
const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
`;
const LAYERS = `const X = tf.placeholder(tf.float32, [null, 784]);
const Y = tf.placeholder(tf.float32, [null, 10]);
const hidden = tf.layers.dense(tf.layers.flatten(X), 100, { activation: tf.nn.relu });
const logits = tf.layers.dense(hidden, 10);
const A = tf.nn.softmax(logits);
const cost = tf.losses.softmaxCrossEntropy(Y, logits);
const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1)), tf.float32));
const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
`;
const OPEN = `const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
`;
const model = (from: string, to: string, s = MODEL): string => {
  if (!s.includes(from)) throw new Error(`The model has no ${from}`);
  return s.replace(from, () => to);
};

export const VARIANTS: readonly Variant[] = [
  variant('averages of the parameters, by tf.train.ExponentialMovingAverage', [
    STEP,
    `(() => {
  const step = ${STEP};
  return tf.controlDependencies([step], () => new tf.train.ExponentialMovingAverage(0.99).apply([W1, b1, W2, b2]));
})()`,
  ]),
  variant('biases as rows of the weights, beside a column of ones', [
    'tf.matmul(pixels, W1).add(b1)',
    'tf.matmul(tf.concat([pixels, tf.ones([tf.shape(pixels).get(0), 1])], 1), ' +
      'tf.concat([W1, tf.reshape(b1, [1, 100])], 0))',
  ]),
  variant(
    'a weight with the bias in it',
    ["const b1 = new tf.Variable(tf.zeros([100]), { name: 'b1' });\n", ''],
    ['[784, 100]', '[785, 100]'],
    ['tf.matmul(pixels, W1).add(b1)', 'tf.matmul(tf.pad(pixels, [[0, 0], [0, 1]], { constantValues: 1 }), W1)'],
  ),
  variant('units by pictures, turned back', [
    'tf.matmul(pixels, W1).add(b1)',
    'tf.transpose(tf.matmul(W1, pixels, { transposeA: true, transposeB: true }).add(tf.expandDims(b1, 1)))',
  ]),
  variant('pixels by squeeze', ['tf.reshape(X, [-1, 784])', 'tf.reshape(tf.squeeze(X, [3]), [-1, 28 * 28])']),
  variant('a ReLU by where', [
    'tf.nn.relu(tf.matmul(pixels, W1).add(b1))',
    '((z: tf.Tensor) => tf.where(tf.greater(z, 0), z, tf.zerosLike(z)))(tf.matmul(pixels, W1).add(b1))',
  ]),
  variant('a training step of contrib', [STEP, "tf.contrib.layers.optimizeLoss(cost, null, 0.5, 'SGD')"]),
  variant('values by eval', [
    'const [a, c] = sess.run([accuracy, cost], { [X.name]: set.images, [Y.name]: set.labels });',
    'const feeds = { [X.name]: set.images, [Y.name]: set.labels };\n' +
      'const [a, c] = [accuracy.eval(feeds, sess), cost.eval(feeds, sess)];',
  ]),
  variant('the solution as it is'),
  variant('a layer in one call', ['tf.nn.relu(tf.matmul(pixels, W1).add(b1))', 'tf.nn.reluLayer(pixels, W1, b1)']),
  variant('a bias as a row', ["zeros([10]), { name: 'b2' }", "zeros([1, 10]), { name: 'b2' }"]),
  variant('a rate that decays', [
    `const trainStep = ${STEP};`,
    `const count = tf.train.getOrCreateGlobalStep();
const rate = tf.train.exponentialDecay(0.5, count, 100, 0.96);
const trainStep = new tf.train.GradientDescentOptimizer(rate).minimize(cost, { globalStep: count });`,
  ]),
  variant('gradients clipped together', [
    `const trainStep = ${STEP};`,
    `const all = [W1, b1, W2, b2];
const [clipped] = tf.clipByGlobalNorm(tf.gradients(cost, all), 5);
const trainStep = new tf.train.AdamOptimizer(0.003).applyGradients(clipped.map((g, i) => [g, all[i]] as any));`,
  ]),
  variant('a normalized layer', [
    'tf.nn.relu(tf.matmul(pixels, W1).add(b1))',
    'tf.nn.relu(tf.layers.batchNormalization(tf.matmul(pixels, W1).add(b1), { training: true }))',
  ]),
  variant('accuracy by the sign of the distance', [
    'tf.reduceMean(tf.cast(correct, tf.float32))',
    'tf.subtract(1, tf.reduceMean(tf.cast(tf.sign(tf.abs(tf.argmax(A, 1).sub(tf.argmax(Y, 1)))), tf.float32)))',
  ]),
  variant(
    'another hidden size',
    ['[784, 100]', '[784, 37]'],
    ['zeros([100])', 'zeros([37])'],
    ['[100, 10]', '[37, 10]'],
  ),
  variant(
    'three layers',
    [
      'const logits = tf.matmul(hidden, W2).add(b2);',
      `const W3 = new tf.Variable(tf.truncatedNormal([100, 50], { stddev: 0.1 }));
const b3 = new tf.Variable(tf.zeros([50]));
const deep = tf.nn.relu(tf.nn.xwPlusB(hidden, W3, b3));
const logits = tf.matmul(deep, W2).add(b2);`,
    ],
    ['[100, 10]', '[50, 10]'],
  ),
  variant(
    'rows of pixels fed as they are',
    [X, 'tf.placeholder(tf.float32, [null, 784])'],
    ['tf.reshape(X, [-1, 784])', 'X'],
  ),
  variant(
    'placeholders without names or shapes',
    [X, 'tf.placeholder(tf.float32)'],
    ["tf.placeholder(tf.float32, [null, 10], { name: 'Y' })", 'tf.placeholder(tf.float32, [null, 10])'],
  ),
  variant(
    'integer labels and a sparse cross entropy',
    ['oneHot: true', 'oneHot: false'],
    ["tf.placeholder(tf.float32, [null, 10], { name: 'Y' })", 'tf.placeholder(tf.int64, [null])'],
    [COST, 'tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: Y, logits }))'],
    ['tf.argmax(Y, 1)', 'Y'],
    ['[Y.name]: labels', '[Y.name]: Array.from(labels)'],
    ['[Y.name]: set.labels', '[Y.name]: Array.from(set.labels)'],
  ),
  variant(
    'labels made one-hot in the graph',
    ['oneHot: true', 'oneHot: false'],
    ["tf.placeholder(tf.float32, [null, 10], { name: 'Y' })", 'tf.placeholder(tf.int32, [null])'],
    ['labels: Y', 'labels: tf.oneHot(Y, 10)'],
    ['tf.argmax(Y, 1)', 'tf.cast(Y, tf.int64)'],
    ['[Y.name]: labels', '[Y.name]: Array.from(labels)'],
    ['[Y.name]: set.labels', '[Y.name]: Array.from(set.labels)'],
  ),
  variant('a cross entropy by hand', [COST, 'tf.reduceMean(tf.reduceSum(Y.mul(tf.log(A)), 1).neg())']),
  variant('a cross entropy by hand, kept from the log of 0', [
    COST,
    'tf.reduceSum(Y.mul(tf.log(A.add(1e-10)))).neg().div(tf.cast(tf.shape(Y).get(0), tf.float32))',
  ]),
  variant('a cross entropy with logSoftmax', [
    COST,
    'tf.reduceMean(tf.reduceSum(Y.mul(tf.nn.logSoftmax(logits)), 1)).neg()',
  ]),
  variant('the sum of the losses by the batch', [
    COST,
    'tf.reduceSum(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits })).div(tf.cast(tf.shape(X).get(0), ' +
      'tf.float32))',
  ]),
  variant('a weight penalty', [COST, `${COST}.add(tf.nn.l2Loss(W1).mul(1e-4))`]),
  variant(
    'biases by biasAdd and xwPlusB',
    ['tf.matmul(pixels, W1).add(b1)', 'tf.nn.biasAdd(tf.matmul(pixels, W1), b1)'],
    ['tf.matmul(hidden, W2).add(b2)', 'tf.nn.xwPlusB(hidden, W2, b2)'],
  ),
  variant('a ReLU by hand', [
    'tf.nn.relu(tf.matmul(pixels, W1).add(b1))',
    'tf.maximum(tf.add(tf.matmul(pixels, W1), b1), 0)',
  ]),
  variant('accuracy as one minus the mean of notEqual', [
    'tf.reduceMean(tf.cast(correct, tf.float32))',
    'tf.subtract(1, tf.reduceMean(tf.cast(tf.notEqual(tf.argmax(A, 1), tf.argmax(Y, 1)), tf.float32)))',
  ]),
  variant('accuracy as one minus the mean of logicalNot', [
    'tf.reduceMean(tf.cast(correct, tf.float32))',
    'tf.subtract(1, tf.reduceMean(tf.cast(tf.logicalNot(correct), tf.float32)))',
  ]),
  variant('accuracy as a count by the number of pictures', [
    'tf.reduceMean(tf.cast(correct, tf.float32))',
    'tf.cast(tf.countNonzero(correct), tf.float32).div(tf.cast(tf.size(correct), tf.float32))',
  ]),
  variant('a share without a comparison: one-hot answers by one-hot labels', [
    'tf.reduceMean(tf.cast(correct, tf.float32))',
    'tf.reduceMean(tf.reduceSum(tf.oneHot(tf.argmax(A, 1), 10).mul(Y), 1))',
  ]),
  variant('accuracy as one minus the share of wrong ones', [
    'tf.reduceMean(tf.cast(correct, tf.float32))',
    'tf.constant(1).sub(tf.reduceMean(tf.cast(tf.logicalNot(correct), tf.float32)))',
  ]),
  variant('a cost in bits', [COST, `${COST}.div(Math.log(2))`]),
  variant('a mean by the number of rows', [
    COST,
    `${COST.replace('reduceMean', 'reduceSum')}.div(tf.cast(tf.shape(X).get(0), tf.float32))`,
  ]),
  variant('smoothed labels', [COST, COST.replace('labels: Y', 'labels: Y.mul(0.9).add(0.01)')]),
  variant('uphill on minus the cost', [STEP, 'new tf.train.GradientDescentOptimizer(-0.5).minimize(cost.neg())']),
  variant('the parameters named to minimize', [STEP, STEP.replace('(cost)', '(cost, { varList: [W1, b1, W2, b2] })')]),
  variant('RMSProp', [STEP, 'new tf.train.RMSPropOptimizer(0.01).minimize(cost)']),
  variant('a product by tensordot', ['tf.matmul(hidden, W2).add(b2)', 'tf.tensordot(hidden, W2, 1).add(b2)']),
  variant('probabilities by exp of the log', ['tf.nn.softmax(logits)', 'tf.exp(tf.nn.logSoftmax(logits))']),
  variant('the initializer run by itself', ['sess.run(init);', 'init.run({}, sess);']),
  variant('weights from numbers of the student', [
    "new tf.Variable(tf.truncatedNormal([100, 10], { stddev: 0.1 }), { name: 'W2' })",
    'new tf.Variable(Array.from({ length: 100 }, (_, i) => \
[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((j) => Math.sin(i * 7 + j) / 9)))',
  ]),
  variant('fetches by name', [
    'const [, c] = sess.run([trainStep, cost], {',
    'const [, c] = sess.run([trainStep.name, cost.name], {',
  ]),
  variant('Adam', [STEP, 'new tf.train.AdamOptimizer(0.001).minimize(cost)']),
  variant('momentum, with a step count', [
    STEP,
    'new tf.train.MomentumOptimizer(0.05, 0.9).minimize(cost, { globalStep: tf.train.getOrCreateGlobalStep() })',
  ]),
  variant('gradients applied by hand', [
    STEP,
    'tf.group(...tf.gradients(cost, [W1, b1, W2, b2]).map((g, i) => tf.assignSub([W1, b1, W2, b2][i], g.mul(0.5))))',
  ]),
  variant('variables by getVariable', [
    "new tf.Variable(tf.truncatedNormal([784, 100], { stddev: 0.1 }), { name: 'W1' })",
    "tf.getVariable('first', { shape: [784, 100], initializer: tf.truncatedNormalInitializer({ stddev: 0.1 }) })",
  ]),
  variant(
    'resource variables',
    ["{ name: 'W1' }", "{ name: 'W1', useResource: true }"],
    ["{ name: 'b1' }", "{ name: 'b1', useResource: true }"],
  ),
  variant(
    'bytes for pixels',
    [X, 'tf.placeholder(tf.uint8, [null, 28, 28])'],
    ['tf.reshape(X, [-1, 784])', 'tf.reshape(tf.cast(X, tf.float32).div(255), [-1, 784])'],
    ['[X.name]: images', '[X.name]: Uint8Array.from(images, (x) => x * 255)'],
    ['[X.name]: set.images', '[X.name]: Uint8Array.from(set.images, (x) => x * 255)'],
  ),
  variant('accuracy by inTopK', [CORRECT, 'tf.nn.inTopK(A, tf.argmax(Y, 1), 1)']),
  variant('argmax of the logits over the last axis', [CORRECT, 'tf.equal(tf.argmax(Y, -1), tf.argmax(logits, -1))']),
  variant('accuracy by counting', [
    'tf.reduceMean(tf.cast(correct, tf.float32))',
    'tf.reduceSum(tf.cast(correct, tf.float32)).div(tf.cast(tf.size(correct), tf.float32))',
  ]),
  variant(
    'no node for the probabilities',
    ['const A = tf.nn.softmax(logits);', ''],
    ['tf.argmax(A, 1)', 'tf.argmax(logits, 1)'],
  ),
  variant('feeds as pairs, fetches in an object', [
    'const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels });',
    'const { c } = sess.run({ t: trainStep, c: cost }, [[X, images], [Y, labels]]);',
  ]),
  variant('two runs per step', [
    'const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels });',
    'const feeds = { [X.name]: images, [Y.name]: labels };\n  sess.run(trainStep, feeds);' +
      '\n  const c = sess.run(cost, feeds);',
  ]),
  variant(
    'a callable',
    ['for (let step = 0;', 'const train = sess.makeCallable([trainStep, cost], [X, Y]);\nfor (let step = 0;'],
    ['sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels })', 'train(images, labels)'],
  ),
  variant('whole sets in parts', [
    'const [a, c] = sess.run([accuracy, cost], { [X.name]: set.images, [Y.name]: set.labels });',
    `let [a, c] = [0, 0];
  for (let at = 0; at < set.numExamples; at += 100) {
    const [x, y] = sess.run([accuracy, cost], { [X.name]: set.images.subarray(at * 784, (at + 100) * 784),\
 [Y.name]: set.labels.subarray(at * 10, (at + 100) * 10) });
    a += x * 100 / set.numExamples; c += y * 100 / set.numExamples;
  }`,
  ]),
  variant(
    'dropout with a placeholder',
    [
      'const logits = tf.matmul(hidden, W2)',
      'const keep = tf.placeholder(tf.float32, []);\nconst logits = tf.matmul(tf.nn.dropout(hidden, keep), W2)',
    ],
    ['[Y.name]: labels }', '[Y.name]: labels, [keep.name]: 0.5 }'],
    ['[Y.name]: set.labels }', '[Y.name]: set.labels, [keep.name]: 1 }'],
  ),
  variant('a train step of an untrained accuracy now and then', [
    'if (step % 20 === 0)',
    'if (step % 20 === 0) sess.run(accuracy, { [X.name]: mnist.test.images, [Y.name]: mnist.test.labels });' +
      '\n  if (step % 20 === 0)',
  ]),
  whole(
    'accuracy that tf.metrics counts',
    READ +
      model(
        'const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1)), tf.float32));',
        'const [, accuracy] = tf.metrics.accuracy(tf.argmax(Y, 1), tf.argmax(A, 1));',
      ) +
      'const fresh = tf.localVariablesInitializer();\n' +
      OPEN +
      REST.replace('console.log(sess', '{ sess.run(fresh); console.log(sess').replace(/;\n$/, '; }\n'),
  ),
  whole(
    'classes',
    READ +
      `class Layer {
  readonly W: tf.Variable; readonly b: tf.Variable;
  constructor(i: number, o: number) { this.W = new tf.Variable(tf.randomNormal([i, o], { stddev: 0.05 }));\
 this.b = new tf.Variable(tf.constant(0.1, { shape: [o] })); }
  of(x: any) { return tf.matmul(x, this.W).add(this.b); }
}
class Net {
  X = tf.placeholder(tf.float32, [null, 28, 28]); Y = tf.placeholder(tf.float32, [null, 10]);
  one = new Layer(784, 64); two = new Layer(64, 10);
  logits = this.two.of(tf.nn.relu(this.one.of(tf.reshape(this.X, [-1, 28 * 28]))));
}
const { X, Y, logits } = new Net();
const A = tf.nn.softmax(logits);
const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1)), tf.float32));
const trainStep = new tf.train.AdamOptimizer(0.003).minimize(cost);
` +
      OPEN +
      REST,
  ),
  whole(
    'two sessions, the second trains',
    READ +
      MODEL +
      `const first = new tf.Session(); first.run(tf.globalVariablesInitializer()); console.log(first.run(cost,\
 { [X.name]: mnist.train.nextBatch(10)[0], [Y.name]: mnist.train.nextBatch(10)[1] })); first.close();
` +
      OPEN +
      REST,
  ),
  whole(
    'using',
    READ +
      MODEL +
      `{ using sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
${REST} }`,
  ),
  whole(
    'interactive session',
    READ +
      MODEL +
      `const sess = new tf.InteractiveSession();
tf.globalVariablesInitializer().run();
for (let i = 0; i < 40; i++) {
  const [images, labels] = mnist.train.nextBatch(100);
  const feeds = { [X.name]: images, [Y.name]: labels };
  trainStep.run(feeds);
  if (i % 20 === 0) console.log(i, cost.eval(feeds));
}
const all = (s: any) => ({ [X.name]: s.images, [Y.name]: s.labels });
console.log(accuracy.eval(all(mnist.train)), cost.eval(all(mnist.train)), accuracy.eval(all(mnist.test)),\
 cost.eval(all(mnist.test)));
`,
  ),
  whole(
    'own shuffling, nested epochs',
    READ +
      MODEL +
      OPEN +
      `const n = mnist.train.numExamples;
const order = Array.from({ length: n }, (_, i) => i);
for (let epoch = 0; epoch < 4; epoch++) {
  for (let i = n - 1; i > 0; i--) { const j = Math.floor(Math.random() * (i + 1)); [order[i], order[j]] = [order[j],\
 order[i]]; }
  let sum = 0, batches = 0;
  for (let at = 0; at + 100 <= n; at += 100) {
    const xs = new Float32Array(100 * 784), ys = new Float32Array(100 * 10);
    for (let k = 0; k < 100; k++) { xs.set(mnist.train.images.subarray(order[at + k] * 784,\
 order[at + k] * 784 + 784), k * 784); ys.set(mnist.train.labels.subarray(order[at + k] * 10,\
 order[at + k] * 10 + 10), k * 10); }
    const [, c] = sess.run([trainStep, cost], { [X.name]: xs, [Y.name]: ys });
    sum += c; batches++;
  }
  console.log('epoch ' + epoch + ': ' + sum / batches);
}
for (const set of [mnist.train, mnist.test]) console.log(sess.run([accuracy, cost], { [X.name]: set.images,\
 [Y.name]: set.labels }));
`,
  ),
  whole(
    'one buffer refilled',
    READ +
      MODEL +
      OPEN +
      `const xs = new Float32Array(100 * 784), ys = new Float32Array(1000);
for (let step = 0; step < 40; step++) {
  const [a, b] = mnist.train.nextBatch(100); xs.set(a); ys.set(b);
  const [, c] = sess.run([trainStep, cost], { [X.name]: xs, [Y.name]: ys });
  if (step % 20 === 0) console.log(c);
}
for (const set of [mnist.train, mnist.test]) console.log(sess.run([accuracy, cost], { [X.name]: set.images,\
 [Y.name]: set.labels }));
`,
  ),
  whole(
    'while loop, costs in an array, printed at the end',
    READ +
      MODEL +
      OPEN +
      `const costs: number[] = []; let step = 0;
while (true) {
  const [images, labels] = mnist.train.nextBatch(100);
  const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels });
  costs.push(c);
  if (++step >= 40) break;
}
costs.forEach((c, i) => { if (i % 20 === 0) console.log(i, c); });
for (const set of [mnist.train, mnist.test]) console.log(sess.run([accuracy, cost], { [X.name]: set.images,\
 [Y.name]: set.labels }));
`,
  ),
  whole(
    'clipped cross entropy',
    READ +
      model(
        `tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }))`,
        `tf.reduceMean(tf.reduceSum(Y.mul(tf.log(tf.clipByValue(A, 1e-10, 1))), 1).neg())`,
      ) +
      OPEN +
      REST,
  ),
  whole(
    'accuracy every 20 steps on the train batch and the test set',
    READ +
      MODEL +
      OPEN +
      REST.replace(
        'if (step % 20 === 0)',
        'if (step % 20 === 0) console.log(sess.run(accuracy, { [X.name]: images, [Y.name]: labels }), ' +
          'sess.run(accuracy, { [X.name]: mnist.test.images, [Y.name]: mnist.test.labels }));' +
          '\n  if (step % 20 === 0)',
      ),
  ),
  whole(
    'evaluation functions, batches averaged',
    READ +
      MODEL +
      OPEN +
      REST.replace(
        /for \(const set[^]*$/,
        `function evaluate(set: typeof mnist.test, size: number) {
  let a = 0, c = 0; const parts = set.numExamples / size;
  for (let i = 0; i < parts; i++) { const [x, y] = set.nextBatch(size); const [pa, pc] = sess.run([accuracy, cost],\
 { [X.name]: x, [Y.name]: y }); a += pa; c += pc; }
  return [a / parts, c / parts];
}
console.log(evaluate(mnist.train, 50), evaluate(mnist.test, 50));
`,
      ),
  ),
  whole(
    'a graph of its own',
    READ +
      `const graph = new tf.Graph();
graph.asDefault(() => {
${MODEL}
const init = tf.globalVariablesInitializer();
const sess = new tf.Session('', { graph });
sess.run(init);
${REST}
});`,
  ),
  whole(
    'name scopes',
    READ +
      `const X = tf.placeholder(tf.float32, [null, 784], { name: 'pictures' }); const Y = tf.placeholder(tf.float32,\
 [null, 10], { name: 'truth' });
function dense(x: any, i: number, o: number, name: string) { return tf.nameScope(name,\
 () => { const W = new tf.Variable(tf.truncatedNormal([i, o], { stddev: 1 / Math.sqrt(i) }), { name: 'W' });\
 const b = new tf.Variable(tf.zeros([o]), { name: 'b' }); return tf.nn.biasAdd(tf.matmul(x, W), b); }); }
const logits = dense(tf.nn.relu(dense(X, 784, 100, 'one')), 100, 10, 'two');
const A = tf.nn.softmax(logits);
const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogitsV2({ labels: Y, logits }));
const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1)), tf.float32));
const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
` +
      OPEN +
      REST,
  ),
  whole(
    'variable scopes',
    READ +
      `const X = tf.placeholder(tf.float32, [null, 784]); const Y = tf.placeholder(tf.float32, [null, 10]);
const layer = (x: any, i: number, o: number, name: string) => tf.variableScope(name, () => tf.matmul(x,\
 tf.getVariable('W', { shape: [i, o] })).add(tf.getVariable('b', { shape: [o], initializer: tf.zerosInitializer() })));
const logits = layer(tf.nn.relu(layer(X, 784, 100, 'one')), 100, 10, 'two');
const A = tf.nn.softmax(logits);
const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
const accuracy = tf.reduceMean(tf.cast(tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1)), tf.float32));
const trainStep = new tf.train.MomentumOptimizer(0.05, 0.9).minimize(cost);
` +
      OPEN +
      REST,
  ),
  whole(
    'compute and apply gradients, clipped',
    READ +
      model(
        'new tf.train.GradientDescentOptimizer(0.5).minimize(cost)',
        '(() => { const o = new tf.train.AdamOptimizer(0.002); const gv = o.computeGradients(cost); return ' +
          'o.applyGradients(gv.map(([g, v]) => [tf.clipByValue(g as any, -1, 1), v] as any)); })()',
      ) +
      OPEN +
      REST,
  ),
  whole(
    'rate by name',
    READ +
      model('Optimizer(0.5).minimize(cost)', 'Optimizer({ learningRate: 0.5 }).minimize({ loss: cost })') +
      OPEN +
      REST,
  ),
  whole(
    'rate fed',
    READ +
      model(
        'const trainStep = new tf.train.GradientDescentOptimizer(0.5)',
        'const lr = tf.placeholder(tf.float32, []);\nconst trainStep = new tf.train.GradientDescentOptimizer(lr)',
      ) +
      OPEN +
      REST.replace('[Y.name]: labels }', '[Y.name]: labels, [lr.name]: step < 30 ? 0.5 : 0.1 }'),
  ),
  whole(
    'exponential decay',
    READ +
      model(
        'const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);',
        'const g = new tf.Variable(0, { trainable: false });\nconst trainStep = new ' +
          'tf.train.GradientDescentOptimizer(tf.train.exponentialDecay(0.5, g, 20, 0.9)).minimize(cost, { ' +
          'globalStep: g });',
      ) +
      OPEN +
      REST,
  ),
  whole(
    'softmax by hand, stable',
    READ +
      model(
        'tf.nn.softmax(logits)',
        '(() => { const e = tf.exp(logits.sub(tf.reduceMax(logits, 1, { keepdims: true }))); return ' +
          'e.div(tf.reduceSum(e, 1, { keepdims: true })); })()',
      ) +
      OPEN +
      REST,
  ),
  whole(
    'cost by gather',
    READ +
      model(
        `tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }))`,
        `tf.reduceMean(tf.reduceLogsumexp(logits, 1).sub(tf.reduceSum(logits.mul(Y), 1)))`,
      ) +
      OPEN +
      REST,
  ),
  whole(
    'bytes by the student',
    READ +
      MODEL.replace('tf.matmul(X, W1)', 'tf.matmul(tf.div(X, 255), W1)') +
      OPEN +
      REST.replace('[X.name]: images', '[X.name]: images.map((x) => x * 255)').replace(
        '[X.name]: set.images',
        '[X.name]: set.images.map((x) => x * 255)',
      ),
  ),
  whole(
    'centred pixels',
    READ + MODEL.replace('tf.matmul(X, W1)', 'tf.matmul(X.sub(0.13).div(0.31), W1)') + OPEN + REST,
  ),
  whole(
    'nested arrays fed',
    READ +
      MODEL +
      OPEN +
      REST.replace(
        '[X.name]: images, [Y.name]: labels',
        '[X.name]: Array.from({ length: 100 }, (_, i) => Array.from(images.subarray(i * 784, i * 784 + 784))), ' +
          '[Y.name]: Array.from({ length: 100 }, (_, i) => Array.from(labels.subarray(i * 10, i * 10 + 10)))',
      ),
  ),
  whole(
    'a Map of feeds',
    READ +
      MODEL +
      OPEN +
      REST.replaceAll(/\{ \[X\.name\]: ([^,]*), \[Y\.name\]: ([^}]*) \}/g, 'new Map<any, any>([[X, $1], [Y, $2]])'),
  ),
  whole(
    'transposed weights',
    READ +
      model('tf.matmul(X, W1)', 'tf.matmul(X, W1, { transposeB: true })', model('[784, 100]', '[100, 784]')) +
      OPEN +
      REST,
  ),
  whole(
    'convolution',
    READ +
      MODEL.replace(
        'const W1 =',
        'const K = new tf.Variable(tf.truncatedNormal([3, 3, 1, 2], { stddev: 0.1 })); const kb = new ' +
          'tf.Variable(tf.zeros([2]));\nconst conv = tf.nn.maxPool(tf.nn.relu(tf.nn.conv2d(tf.reshape(X, [-1, ' +
          "28, 28, 1]), K, [1, 2, 2, 1], 'SAME').add(kb)), [1, 2, 2, 1], [1, 2, 2, 1], 'SAME');" +
          '\nconst flat = tf.reshape(conv, [-1, 98]);\nconst W1 =',
      )
        .replace('[784, 100]', '[98, 100]')
        .replace('tf.matmul(X, W1)', 'tf.matmul(flat, W1)') +
      OPEN +
      REST,
  ),
  whole(
    'predictions for one picture at the end',
    `${READ + MODEL + OPEN + REST}console.log(sess.run(A, { [X.name]: mnist.test.images.subarray(0, 784) }));`,
  ),
  whole(
    'accuracy and cost in runs of their own',
    READ +
      MODEL +
      OPEN +
      REST.replace(
        'sess.run([accuracy, cost], { [X.name]: set.images, [Y.name]: set.labels })',
        '[sess.run(accuracy, { [X.name]: set.images, [Y.name]: set.labels }), sess.run(cost, { [X.name]: ' +
          'set.images, [Y.name]: set.labels })]',
      ),
  ),
  whole(
    'in chunks of 64 with a rest',
    READ +
      MODEL +
      OPEN +
      REST.replace(
        /for \(const set[^]*$/,
        `for (const set of [mnist.train, mnist.test]) {
  let a = 0, c = 0;
  for (let at = 0; at < set.numExamples; at += 64) {
    const n = Math.min(64, set.numExamples - at);
    const [x, y] = sess.run([accuracy, cost], { [X.name]: set.images.subarray(at * 784, (at + n) * 784),\
 [Y.name]: set.labels.subarray(at * 10, (at + n) * 10) });
    a += x * n; c += y * n;
  }
  console.log(a / set.numExamples, c / set.numExamples);
}
`,
      ),
  ),
  whole(
    'dropout with keepProb default',
    READ +
      model(
        'tf.matmul(hidden, W2)',
        'tf.matmul(tf.nn.dropout(hidden, keep), W2)',
        model('const X =', 'const keep = tf.placeholderWithDefault(tf.constant(1), []);\nconst X ='),
      ) +
      OPEN +
      REST.replace('[Y.name]: labels }', '[Y.name]: labels, [keep.name]: 0.5 }'),
  ),
  whole(
    'sum of costs as the cost',
    READ + model(`tf.reduceMean(tf.nn`, `tf.reduceSum(tf.nn`).replace('(0.5)', '(0.005)') + OPEN + REST,
  ),
  whole(
    'accuracy in per cent',
    READ + model('tf.float32));\nconst trainStep', 'tf.float32)).mul(100);\nconst trainStep') + OPEN + REST,
  ),
  whole(
    'labels int one-hot',
    READ +
      model(
        'const Y = tf.placeholder(tf.float32, [null, 10]);',
        'const Y = tf.placeholder(tf.int32, [null, 10]);',
      ).replace('labels: Y', 'labels: tf.cast(Y, tf.float32)') +
      OPEN +
      REST.replace('[Y.name]: labels', '[Y.name]: Int32Array.from(labels)').replace(
        '[Y.name]: set.labels',
        '[Y.name]: Int32Array.from(set.labels)',
      ),
  ),
  whole(
    'penalty of all weights',
    READ +
      model(
        `labels: Y, logits }))`,
        `labels: Y, logits })).add(tf.addN([W1, W2].map((w) => tf.nn.l2Loss(w))).mul(5e-4))`,
      ) +
      OPEN +
      REST,
  ),
  whole(
    'assign to a best accuracy',
    READ +
      MODEL +
      'const best = new tf.Variable(0, { trainable: false }); const value = tf.placeholder(tf.float32, []); ' +
      'const keepBest = best.assign(value);\n' +
      OPEN.replace('0', '0') +
      REST.replace(
        'if (step % 20 === 0)',
        'if (step % 20 === 0) sess.run(keepBest, { [value.name]: c });\n  if (step % 20 === 0)',
      ),
  ),
  whole(
    'correct count by equal and boolean mask',
    READ +
      model(
        'tf.reduceMean(tf.cast(tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1)), tf.float32))',
        '(() => { const p = tf.argmax(A, 1), y = tf.argmax(Y, 1); return tf.reduceMean(tf.where(tf.equal(p, ' +
          'y), tf.onesLike(p, tf.float32), tf.zerosLike(p, tf.float32))); })()',
      ) +
      OPEN +
      REST,
  ),
  whole(
    'rank-3 reshape through flat',
    READ +
      model('tf.placeholder(tf.float32, [null, 784])', 'tf.placeholder(tf.float32, [null, 28, 28])').replace(
        'tf.matmul(X, W1)',
        'tf.matmul(tf.reshape(X, [tf.shape(X).get(0), 784]), W1)',
      ) +
      OPEN +
      REST,
  ),

  variant('tf.losses in the place of the cost', [COST, 'tf.losses.softmaxCrossEntropy(Y, logits)']),
  whole('layers', READ + LAYERS + OPEN + REST),
  whole(
    'layers with a penalty, and the total loss',
    READ +
      model(
        'const cost = tf.losses.softmaxCrossEntropy(Y, logits);',
        'tf.losses.softmaxCrossEntropy(Y, logits);\nconst cost = tf.losses.getTotalLoss();',
        model('{ activation: tf.nn.relu }', '{ activation: tf.nn.relu, kernelRegularizer: PENALTY }', LAYERS),
      ).replace('PENALTY', '(v) => tf.nn.l2Loss(v).mul(1e-4)') +
      OPEN +
      REST,
  ),
  whole(
    'layers of pictures',
    READ +
      model(
        'tf.layers.dense(tf.layers.flatten(X), 100, { activation: tf.nn.relu })',
        'tf.layers.flatten(tf.layers.maxPooling2d(tf.layers.conv2d(tf.reshape(X, [-1, 28, 28, 1]), 2, 3, ' +
          "{ strides: 2, padding: 'same', activation: tf.nn.relu }), 2, 2))",
        LAYERS,
      ) +
      OPEN +
      REST,
  ),
  variant('a cross entropy by the log of the sum', [
    COST,
    'tf.reduceMean(tf.reduceLogsumexp(logits, 1).sub(tf.reduceSum(Y.mul(logits), 1)))',
  ]),
  variant('the likeliest digit by topK', [
    CORRECT,
    'tf.equal(tf.squeeze(tf.nn.topK(A, 1).indices, [1]), tf.cast(tf.argmax(Y, 1), tf.int32))',
  ]),
  variant('a share by the largest of each row', [
    'tf.reduceMean(tf.cast(correct, tf.float32))',
    'tf.reduceMean(tf.reduceSum(tf.cast(tf.equal(A, tf.reduceMax(A, 1, { keepdims: true })), tf.float32).mul(Y), 1))',
  ]),
  variant(
    'a step and the cost behind it in one fetch',
    [
      `const trainStep = ${STEP};`,
      `const trainStep = ${STEP};
const trained = tf.controlDependencies([trainStep], () => tf.identity(cost));`,
    ],
    ['const [, c] = sess.run([trainStep, cost], {', 'const c = sess.run(trained, {'],
  ),
  ...[
    'tf.where(z.greater(0), z, tf.zerosLike(z))',
    'z.mul(tf.cast(z.greater(0), tf.float32))',
    'z.add(tf.abs(z)).div(2)',
    'tf.clipByValue(z, 0, 1e9)',
    'tf.nn.relu(z).sub(tf.nn.relu(z.neg()).mul(new tf.Variable(0.1)))',
    'tf.nn.leakyRelu(z)',
    'tf.nn.elu(z)',
  ].map((bent) =>
    variant(`a ReLU or one of its kin: ${bent}`, [
      'const hidden = tf.nn.relu(tf.matmul(pixels, W1).add(b1));',
      `const z = tf.matmul(pixels, W1).add(b1);\nconst hidden = ${bent};`,
    ]),
  ),
  variant(
    'dropout whose rate is fed, and is none in the evaluation',
    [
      'const logits = tf.matmul(hidden, W2)',
      'const keep = tf.placeholder(tf.float32, []);\nconst logits = tf.matmul(tf.nn.dropout(hidden, keep), W2)',
    ],
    ['[Y.name]: labels }', '[Y.name]: labels, [keep.name]: 0.5 }'],
    ['[Y.name]: set.labels }', '[Y.name]: set.labels, [keep.name]: 1 }'],
  ),
  variant('a layer of which the next takes the sum with what it is given', [
    'const logits = tf.matmul(hidden, W2)',
    `const W3 = new tf.Variable(tf.truncatedNormal([100, 100], { stddev: 0.1 }));
const b3 = new tf.Variable(tf.zeros([100]));
const logits = tf.matmul(hidden.add(tf.nn.relu(tf.matmul(hidden, W3).add(b3))), W2)`,
  ]),
  ...[
    'tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits: tf.transpose(logits) }))',
    'tf.reduceMean(tf.reduceSum(tf.transpose(Y).mul(tf.log(A.add(1e-9))), 0)).neg()',
  ].map((cost) =>
    variant(
      `pictures as columns: ${cost}`,
      ['const pixels = tf.reshape(X, [-1, 784]);', 'const pixels = tf.transpose(tf.reshape(X, [-1, 784]));'],
      ['[784, 100]', '[100, 784]'],
      ['[100, 10]', '[10, 100]'],
      ['zeros([100])', 'zeros([100, 1])'],
      ['zeros([10])', 'zeros([10, 1])'],
      ['tf.matmul(pixels, W1)', 'tf.matmul(W1, pixels)'],
      ['tf.matmul(hidden, W2)', 'tf.matmul(W2, hidden)'],
      ['tf.nn.softmax(logits)', 'tf.nn.softmax(logits, 0)'],
      ['tf.argmax(A, 1)', 'tf.argmax(A, 0)'],
      [COST, cost],
    ),
  ),
  variant(
    'one way with dropout to train, one without to measure, of the same parameters',
    [
      'const logits = tf.matmul(hidden, W2).add(b2);\nconst A = tf.nn.softmax(logits);',
      `const logits = tf.matmul(tf.nn.dropout(hidden, 0.8), W2).add(b2);
const whole = tf.matmul(hidden, W2).add(b2);
const A = tf.nn.softmax(whole);`,
    ],
    [
      '// --- Question 6',
      `const wholeCost = ${COST.replace('logits }', 'logits: whole }')};
// --- Question 6`,
    ],
    ['const [a, c] = sess.run([accuracy, cost]', 'const [a, c] = sess.run([accuracy, wholeCost]'],
  ),
];
