/** The usual mistakes of each question: an edit of the solution, the one question it must cross, and words of it. */

export interface Mistake {
  readonly title: string;
  /** Pairs of text and replacement. */
  readonly edits: readonly (readonly [from: string, to: string])[];
  readonly question: number;
  /** In what was found or the hint. */
  readonly says: RegExp;
}
const mistake = (question: number, title: string, says: RegExp, ...edits: (readonly [string, string])[]): Mistake => ({
  title,
  edits,
  question,
  says,
});

const READ = 'const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });';
const X = "tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' })";
const Y = "tf.placeholder(tf.float32, [null, 10], { name: 'Y' })";
const W1 = "new tf.Variable(tf.truncatedNormal([784, 100], { stddev: 0.1 }), { name: 'W1' })";
const W2 = "new tf.Variable(tf.truncatedNormal([100, 10], { stddev: 0.1 }), { name: 'W2' })";
const PIXELS = 'tf.reshape(X, [-1, 784])';
const HIDDEN = 'tf.nn.relu(tf.matmul(pixels, W1).add(b1))';
const LOGITS = 'tf.matmul(hidden, W2).add(b2)';
const A = 'tf.nn.softmax(logits)';
const COST = 'tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }))';
const CORRECT = 'tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1))';
const ACCURACY = 'tf.reduceMean(tf.cast(correct, tf.float32))';
const STEP = 'const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);';
const INIT = 'const init = tf.globalVariablesInitializer();';
const RUN_INIT = 'sess.run(init);';
const BATCH = 'const [images, labels] = mnist.train.nextBatch(100);';
const RUN = 'const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels });';
const PRINT = 'if (step % 20 === 0) console.log(`Cost at step ${step}: ${c}`);';
const LOOP = 'for (let step = 0; step < 40; step++) {';
const SETS = "[['Train', mnist.train], ['Test', mnist.test]]";
const EVALUATE = 'const [a, c] = sess.run([accuracy, cost], { [X.name]: set.images, [Y.name]: set.labels });';

export const MISTAKES: readonly Mistake[] = [
  mistake(10, 'figures that no run gave', /other figures are printed: 0\.97, 0\.1, 0\.97, 0\.1/, [
    'console.log(`${name} accuracy: ${a}, cost: ${c}`);',
    'console.log(`${name} accuracy: 0.97, cost: 0.1`);',
  ]),
  mistake(10, 'labels in another order than the pictures', /labels that are not those of the pictures/, [
    EVALUATE,
    EVALUATE.replace('set.labels', 'Float32Array.from([...set.labels.slice(10), ...set.labels.slice(0, 10)])'),
  ]),
  mistake(9, 'the cost of the first rounds only', /in the first rounds only/, [
    PRINT,
    PRINT.replace('step % 20 === 0', 'step < 2'),
  ]),
  mistake(9, 'fetches that are taken apart by name', /prints undefined/, [
    RUN,
    RUN.replace('[, c]', '{ c }').replace(' });', ' }) as any;'),
  ]),
  mistake(9, 'a batch that is taken apart by name', /a batch is a pair/, [
    BATCH,
    BATCH.replace('[images, labels]', '{ images, labels }').replace('(100)', '(100) as any'),
  ]),
  mistake(9, 'a batch of all sets', /use mnist\.train\.nextBatch/, [
    BATCH,
    BATCH.replace('mnist.train', '(mnist as any)'),
  ]),
  mistake(9, 'labels of chance, on which the cost leaps', /most pictures are given the digit of another/, [
    RUN,
    RUN.replace('labels }', 'labels.map(() => Math.random()) }'),
  ]),
  mistake(7, 'what the accuracy lacks to 1, minimized', /No gradients provided/, [
    STEP,
    STEP.replace('(cost)', '(tf.subtract(1, accuracy))'),
  ]),
  mistake(3, 'a bias far too large', /'b1' \[100\] starts with numbers from 100 to 100/, [
    'zeros([100])',
    'fill([100], 100)',
  ]),
  mistake(4, 'rows of 28 pixels', /a row of 784 pixels for each picture/, [PIXELS, PIXELS.replace('784', '28')]),
  mistake(8, 'an initializer without a session', /pass the session/, [RUN_INIT, 'init.run();']),
  mistake(9, 'the accuracy in the place of the cost', /prints the accuracy, and never the cost/, [
    RUN,
    RUN.replace('cost]', 'accuracy]'),
  ]),
  mistake(
    9,
    'the accuracy printed, in per cent, beside a cost that is not',
    /prints the accuracy, and never the cost/,
    [RUN, RUN.replace('[, c]', '[, , c]').replace('cost]', 'cost, accuracy]')],
    [PRINT, PRINT.replace('${c}', '${(100 * c).toFixed(1)} %')],
  ),
  mistake(4, 'logits times 0', /multiplied by 0: all answers are the same/, [LOGITS, `${LOGITS}.mul(0)`]),
  mistake(4, 'a hidden layer times 0', /multiplied by 0: all answers are the same/, [
    HIDDEN,
    `tf.multiply(0, ${HIDDEN})`,
  ]),
  mistake(5, 'a cost times 0', /the cost is multiplied by 0/, [COST, `${COST}.mul(tf.constant(0))`]),
  mistake(
    3,
    'weights that are as good as zero',
    /as good as 0/,
    [W1, W1.replace('0.1', '1e-12')],
    [W2, W2.replace('0.1', '1e-12')],
  ),
  mistake(2, 'labels of one number, fed with ten', /\[null, 1\], and a label that is fed is 10 numbers/, [
    Y,
    Y.replace('10', '1'),
  ]),
  mistake(3, 'a bias that is a constant', /the bias of a linear map is 'zeros', a tensor and no variable/, [
    "new tf.Variable(tf.zeros([100]), { name: 'b1' })",
    'tf.zeros([100])',
  ]),
  mistake(4, 'probabilities of logits without what is negative', /stands between the last linear map and the softmax/, [
    A,
    'tf.nn.softmax(tf.nn.relu(logits))',
  ]),
  mistake(
    9,
    'a cost that is printed behind the loop',
    /printed when the last step is done/,
    [LOOP, `let last = 0;\n${LOOP}`],
    [PRINT, 'last = c;'],
    ['for (const [name, set] of', 'console.log(`Cost: ${last}`);\nfor (const [name, set] of'],
  ),
  mistake(9, 'a cost that is printed once', /printed once in the whole loop/, [PRINT, PRINT.replace('% 20', '')]),
  mistake(4, 'the bias added to the weight', /without its bias/, [HIDDEN, 'tf.nn.relu(tf.matmul(pixels, W1.add(b1)))']),
  mistake(6, 'a name that is not here', /contrib\.metrics\.accuracy.*not in tfjs-session/, [
    ACCURACY,
    '(tf.contrib as any).metrics.accuracy(tf.argmax(A, 1), tf.argmax(Y, 1))',
  ]),
  mistake(7, 'minus the accuracy', /No gradients provided/, [STEP, STEP.replace('(cost)', '(accuracy.neg())')]),
  mistake(9, 'a slice of pictures that counts numbers', /slice\(0, 64 \* 784\)/, [
    BATCH,
    'const images = mnist.train.images.slice(0, 64), labels = mnist.train.labels.slice(0, 640);',
  ]),
  mistake(10, 'the accuracy printed, and not the cost', /four numbers, and 2 printed/, [
    'console.log(`${name} accuracy: ${a}, cost: ${c}`);',
    'console.log(`${name} accuracy: ${a}`);',
  ]),
  mistake(10, 'tensors printed in the place of their values', /never printed/, [
    'console.log(`${name} accuracy: ${a}, cost: ${c}`);',
    'console.log(`${name} accuracy: ${accuracy}, cost: ${cost}`);',
  ]),
  mistake(1, 'a directory without digits', /No such file/, [READ, READ.replace('(', "('nowhere', ")]),

  mistake(2, 'pictures of 28 numbers', /28 × 28 = 784/, [X, 'tf.placeholder(tf.float32, [null, 28])']),
  mistake(
    2,
    'the batch behind the pixels',
    /batch comes first/,
    [X, 'tf.placeholder(tf.float32, [784, null])'],
    [PIXELS, 'tf.transpose(X)'],
  ),
  mistake(
    2,
    'pixels as integers',
    /fractions between 0 and 1/,
    [X, 'tf.placeholder(tf.int32, [null, 784])'],
    [PIXELS, 'tf.cast(X, tf.float32)'],
  ),
  mistake(2, 'a fixed batch size', /fixed at 100/, [X, X.replace('null', '100')]),
  mistake(2, 'labels for nine digits', /there are 10 digits/, [Y, Y.replace('10', '9')]),
  mistake(2, 'the label of one picture', /a batch has many/, [Y, Y.replace('[null, 10]', '[10]')]),
  mistake(
    2,
    'no placeholder for the labels',
    /none for the labels/,
    [`const Y = ${Y};`, ''],
    ['labels: Y', 'labels: tf.ones([100, 10])'],
    ['tf.argmax(Y, 1)', 'tf.argmax(tf.ones([100, 10]), 1)'],
    [', [Y.name]: labels', ''],
    [', [Y.name]: set.labels', ''],
  ),
  mistake(
    2,
    'one placeholder for both',
    /none for the/,
    [`const Y = ${Y};`, 'const Y = X;'],
    ['labels: Y', 'labels: tf.reshape(Y, [-1, 784])'],
    [', [Y.name]: labels', ''],
    [', [Y.name]: set.labels', ''],
  ),
  mistake(
    2,
    'variables in the place of placeholders',
    /is a variable and no placeholder/,
    [`const X = ${X};`, 'const X = new tf.Variable(tf.zeros([100, 28, 28, 1]), { trainable: false });'],
    [`const Y = ${Y};`, 'const Y = new tf.Variable(tf.zeros([100, 10]), { trainable: false });'],
  ),
  mistake(
    2,
    'a placeholder for boolean labels',
    /bool/,
    [Y, 'tf.placeholder(tf.bool, [null, 10])'],
    ['labels: Y', 'labels: tf.cast(Y, tf.float32)'],
    ['tf.argmax(Y, 1)', 'tf.argmax(tf.cast(Y, tf.float32), 1)'],
    [
      '[Y.name]: labels',
      '[Y.name]: Array.from({ length: 100 }, (_, i) => Array.from(labels.subarray(i * 10, i * 10 + 10), (x) => x > 0))',
    ],
    [
      '[Y.name]: set.labels',
      '[Y.name]: Array.from({ length: set.numExamples }, (_, i) => Array.from(set.labels.subarray(i * 10, i * ' +
        '10 + 10), (x) => x > 0))',
    ],
  ),
  mistake(2, 'a number for a shape', /none for the pictures/, [X, 'tf.placeholder(tf.float32, 784 as any)']),

  mistake(3, 'weights that are no variables', /no variable/, [W1, 'tf.truncatedNormal([784, 100], { stddev: 0.1 })']),
  mistake(
    3,
    'weights of zeros',
    /start at 0/,
    [W1, 'new tf.Variable(tf.zeros([784, 100]))'],
    [W2, 'new tf.Variable(tf.zeros([100, 10]))'],
  ),
  mistake(3, 'weights that are all the same', /learn the same/, [W1, 'new tf.Variable(tf.fill([784, 100], 0.1))']),
  mistake(3, 'shapes that do not chain', /do not fit|takes 50/, [W2, W2.replace('[100, 10]', '[50, 10]')]),
  mistake(3, 'too few pixels', /784 pixels/, [W1, W1.replace('784', '28')]),
  mistake(
    3,
    'nine outputs',
    /10 digits|gives 10/,
    [W2, W2.replace('10]', '9]')],
    ["tf.zeros([10]), { name: 'b2' }", "tf.zeros([9]), { name: 'b2' }"],
  ),
  mistake(3, 'a weight that is not trainable', /not trainable/, [
    W1,
    W1.replace("{ name: 'W1' }", "{ name: 'W1', trainable: false }"),
  ]),
  mistake(3, 'weights far too large', /from -\d+ to \d+: the first cost is/, [
    W1,
    W1.replace('stddev: 0.1', 'stddev: 100'),
  ]),
  mistake(3, 'a weight on its side', /no weight takes 784 pixels/, [W1, W1.replace('[784, 100]', '[100, 784]')]),
  mistake(3, 'weights of a spread of zero', /start at 0/, [W1, W1.replace('stddev: 0.1', 'stddev: 0')]),
  mistake(3, 'weights that start at NaN or far too large', /starts with values|not finite/, [
    W1,
    W1.replace('stddev: 0.1', 'stddev: 1e38'),
  ]),
  mistake(
    3,
    'the second weight zero and the first the same',
    /learn the same|start at/,
    [W1, 'new tf.Variable(tf.ones([784, 100]).mul(0.01))'],
    [W2, 'new tf.Variable(tf.zeros([100, 10]))'],
  ),

  mistake(4, 'no ReLU', /only one linear map/, [HIDDEN, 'tf.matmul(pixels, W1).add(b1)']),
  mistake(4, 'a sigmoid instead', /asks for a ReLU/, [HIDDEN, 'tf.sigmoid(tf.matmul(pixels, W1).add(b1))']),
  mistake(4, 'a ReLU on the logits', /behind the last linear map/, [LOGITS, `tf.nn.relu(${LOGITS})`]),
  mistake(4, 'a forgotten bias', /without its bias/, [LOGITS, 'tf.matmul(hidden, W2)']),
  mistake(4, 'no reshape', /Shape must be rank 2|MatMul|rank/, [PIXELS, 'X']),
  mistake(4, 'a reshape to one batch size', /fixed at 100/, [PIXELS, 'tf.reshape(X, [100, 784])']),
  mistake(4, 'a reshape the wrong way round', /one row of 784|fixed at 784/, [PIXELS, 'tf.reshape(X, [784, -1])']),
  mistake(4, 'operands the wrong way round', /wrong way round/, [HIDDEN, 'tf.nn.relu(tf.matmul(W1, pixels).add(b1))']),
  mistake(4, 'one layer only', /one linear map/, [
    LOGITS,
    'tf.matmul(pixels, new tf.Variable(tf.truncatedNormal([784, 10], { stddev: 0.1 }))).add(b2)',
  ]),
  mistake(4, 'a softmax over the batch', /over the pictures/, [A, 'tf.nn.softmax(logits, 0)']),
  mistake(4, 'softmax of softmax', /softmax is applied to a softmax|to a softmax/, [
    A,
    'tf.nn.softmax(tf.nn.softmax(logits))',
  ]),
  mistake(4, 'a bias of the wrong size', /Dimensions must be equal/, ['zeros([100])', 'zeros([10])']),
  mistake(4, 'multiplication instead of matmul', /mul|Dimensions|incompatible|MatMul|linear map/i, [
    LOGITS,
    'hidden.mul(W2).add(b2)',
  ]),
  mistake(4, 'the same weight in both layers', /Dimensions must be equal|MatMul/, [
    LOGITS,
    'tf.matmul(hidden, W1).add(b1)',
  ]),
  mistake(4, 'hidden not used', /one linear map|Dimensions/, [
    LOGITS,
    'tf.matmul(pixels, tf.reshape(W1, [784, 100])).add(b1)',
  ]),
  mistake(4, 'the same bias twice', /without|bias|Dimensions/i, [LOGITS, 'tf.matmul(hidden, W2).add(b1)']),
  mistake(4, 'a softmax between the layers', /softmax/i, [HIDDEN, 'tf.nn.softmax(tf.matmul(pixels, W1).add(b1))']),
  mistake(4, 'a tanh', /Tanh/, [HIDDEN, 'tf.tanh(tf.matmul(pixels, W1).add(b1))']),
  mistake(
    4,
    'a sigmoid for the probabilities',
    /no probabilities|softmax/,
    [A, 'tf.sigmoid(logits)'],
    [COST, 'tf.reduceMean(tf.reduceSum(Y.mul(tf.log(A)), 1)).neg()'],
  ),
  mistake(4, 'pictures standardized by a variance of 0', /truediv.*in step 0.*no training.*divided by 0.*variance 0/, [
    PIXELS,
    'tf.reshape(X.sub(tf.reduceMean(X, 0)).div(tf.sqrt(tf.nn.moments(X, [0])[1])), [-1, 784])',
  ]),
  mistake(
    4,
    'pictures beyond the range of their type',
    /^(?!.*learning rate).*Mul, in step 0.*no training.*too large/s,
    [PIXELS, 'tf.reshape(X.mul(1e30).mul(1e30), [-1, 784])'],
  ),
  mistake(
    4,
    'a batch divided by its largest value, which is 0 in step 7',
    /RealDiv, in step 7.*no training.*divided by 0/,
    [PIXELS, 'tf.reshape(X.div(tf.reduceMax(X)), [-1, 784])'],
    [RUN, RUN.replace('[X.name]: images', '[X.name]: step === 7 ? images.fill(0) : images')],
  ),
  mistake(4, 'the slope of a square root at 0', /SqrtGrad.*in step 0.*no training.*slope of the square root/, [
    LOGITS,
    `${LOGITS}.mul(tf.sqrt(tf.reduceSum(tf.square(b2))).add(1))`,
  ]),

  mistake(4, 'a sigmoid for the probabilities, beside the right cost', /sigmoid stands where the softmax/, [
    A,
    'tf.sigmoid(logits)',
  ]),

  mistake(5, 'softmax twice', /twice/, [COST, COST.replace('logits })', 'logits: A })')]),
  mistake(5, 'labels and logits swapped', /swapped/, [
    COST,
    COST.replace('labels: Y, logits', 'labels: logits, logits: Y'),
  ]),
  mistake(5, 'one cost per picture', /no scalar/, [COST, 'tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits })']),
  mistake(5, 'a squared distance', /squared/, [COST, 'tf.reduceMean(tf.square(A.sub(Y)))']),
  mistake(5, 'a sigmoid cross entropy', /yes-or-no/, [COST, COST.replace('softmax', 'sigmoid')]),
  mistake(5, 'no minus', /minus/, [COST, 'tf.reduceMean(tf.reduceSum(Y.mul(tf.log(A)), 1))']),
  mistake(5, 'the log of a softmax that is zero', /log of a softmax/, [
    COST,
    'tf.reduceMean(tf.reduceSum(Y.mul(tf.log(tf.nn.softmax(logits.mul(1000)))), 1)).neg()',
  ]),
  mistake(5, 'the log of the labels', /no cross entropy|not|became/, [
    COST,
    'tf.reduceMean(tf.reduceSum(A.mul(tf.log(Y.add(1e-3))), 1)).neg()',
  ]),
  mistake(5, 'the wrong labels', /not the placeholder|does not depend/, [
    COST,
    COST.replace('labels: Y', 'labels: tf.fill([100, 10], 0.1)'),
  ]),
  mistake(5, 'positional arguments', /Only call|named|labels/, [
    COST,
    'tf.reduceMean((tf.nn.softmaxCrossEntropyWithLogits as any)(Y, logits))',
  ]),
  mistake(5, 'sparse cross entropy of one-hot labels', /Rank mismatch|rank|labels/i, [
    COST,
    'tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: tf.cast(Y, tf.int32), logits }))',
  ]),
  mistake(5, 'the sum over the wrong axis', /shape|scalar/, [
    COST,
    'tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }), 0, { keepdims: true })',
  ]),
  mistake(5, 'an absolute distance', /distance|cross entropy/, [COST, 'tf.reduceMean(tf.abs(A.sub(Y)))']),
  mistake(5, 'labels and probabilities without a log', /cross entropy/, [
    COST,
    'tf.reduceMean(tf.reduceSum(Y.mul(A), 1)).neg()',
  ]),
  mistake(5, 'log of A without the labels', /labels/, [COST, 'tf.reduceMean(tf.log(A)).neg()']),
  mistake(
    5,
    'NaN from the log, in the tenth step',
    /log of a softmax/,
    [COST, 'tf.reduceMean(tf.reduceSum(Y.mul(tf.log(A)), 1)).neg()'],
    ['(0.5)', '(60)'],
  ),
  mistake(5, 'a division by zero', /RealDiv|divided by 0/, [COST, `${COST}.div(tf.reduceSum(tf.nn.relu(X.sub(2))))`]),

  mistake(5, 'the slope of a norm that starts at 0, as a penalty', /SqrtGrad.*in step 0.*slope of the square root/, [
    COST,
    `${COST}.add(tf.sqrt(tf.reduceSum(tf.square(b2))))`,
  ]),
  mistake(5, 'a sum over the batch with the rate of a mean', /sum over the batch/, [
    COST,
    COST.replace('reduceMean', 'reduceSum'),
  ]),
  mistake(6, 'argmax over the batch', /axis 0/, [CORRECT, 'tf.equal(tf.argmax(A, 0), tf.argmax(Y, 0))']),
  mistake(6, 'no mean', /no scalar/, [ACCURACY, 'tf.cast(correct, tf.float32)']),
  mistake(6, 'the mean of booleans', /bool/, [ACCURACY, 'tf.reduceMean(correct)']),
  mistake(6, 'the mean of integers', /integers/, [ACCURACY, 'tf.reduceMean(tf.cast(correct, tf.int32))']),
  mistake(6, 'a count', /counts the right/, [ACCURACY, 'tf.reduceSum(tf.cast(correct, tf.float32))']),
  mistake(6, 'the share of wrong answers', /wrong answers/, [CORRECT, `tf.logicalNot(${CORRECT})`]),
  mistake(6, 'labels against labels', /no prediction/, [CORRECT, 'tf.equal(tf.argmax(Y, 1), tf.argmax(Y, 1))']),
  mistake(6, 'probabilities against labels', /single probabilities/, [CORRECT, 'tf.equal(tf.round(A), Y)']),
  mistake(6, 'argmax of the hidden layer', /right answers|sample|digit/, [
    CORRECT,
    'tf.equal(tf.argmax(hidden, 1), tf.argmax(Y, 1))',
  ]),
  mistake(6, 'argmax without an axis', /axis 0|axis/, [CORRECT, 'tf.equal(tf.argmax(A), tf.argmax(Y))']),

  mistake(7, 'a rate in quotes', /'0\.5', which is text/, [STEP, STEP.replace('0.5', "'0.5' as any")]),
  mistake(7, 'a learning rate that is too large', /too large|overshoot/, [STEP, STEP.replace('0.5', '500')]),
  mistake(7, 'a learning rate that is too small', /does not fall/, [STEP, STEP.replace('0.5', '1e-7')]),
  mistake(7, 'a negative learning rate', /uphill/, [STEP, STEP.replace('0.5', '-0.5')]),
  mistake(7, 'minus the cost', /minus the cost/, [STEP, STEP.replace('(cost)', '(cost.neg())')]),
  mistake(7, 'the accuracy minimized', /No gradients|no derivative/, [STEP, STEP.replace('(cost)', '(accuracy)')]),
  mistake(7, 'only some of the parameters', /leaves 'W1'/, [
    STEP,
    STEP.replace('(cost)', '(cost, { varList: [b1, W2, b2] })'),
  ]),
  mistake(7, 'a stopped gradient', /leaves 'W1'/, [LOGITS, 'tf.matmul(tf.stopGradient(hidden), W2).add(b2)']),
  mistake(7, 'an argmax in the cost', /No gradients/, [
    COST,
    'tf.reduceMean(tf.square(tf.cast(tf.argmax(A, 1), tf.float32).sub(tf.cast(tf.argmax(Y, 1), tf.float32))))',
  ]),
  mistake(7, 'a learning rate that gives NaN', /made the first value.*1e\+30/, [STEP, STEP.replace('0.5', '1e30')]),
  mistake(
    7,
    'pixels of 0 to 255 and a rate for fractions',
    /divide them by 255|does not fall|overshoot|jumps/,
    [RUN, RUN.replace('[X.name]: images', '[X.name]: images.map((x) => x * 255)')],
    [EVALUATE, EVALUATE.replace('set.images', 'set.images.map((x) => x * 255)')],
  ),
  mistake(7, 'a learning rate that is no number itself', /made the first value.*divided by 0/, [
    STEP,
    STEP.replace('0.5', 'tf.div(tf.constant(0), tf.constant(1).sub(1))'),
  ]),
  mistake(7, 'an optimizer without minimize', /minimize/, [
    STEP,
    'const trainStep: any = new tf.train.GradientDescentOptimizer(0.5);',
  ]),
  mistake(7, 'gradients only', /applies/, [STEP, 'const trainStep = tf.gradients(cost, [W1, b1, W2, b2]);']),
  mistake(7, 'apply with the sign turned', /uphill|does not fall|jumps|NaN|worse/, [
    STEP,
    'const trainStep = tf.group(...tf.gradients(cost, [W1, b1, W2, b2]).map((g, i) => tf.assignAdd([W1, b1, ' +
      'W2, b2][i], g.mul(0.5))));',
  ]),
  mistake(7, 'learning rate under its name in Python', /learning|number|rate/i, [
    STEP,
    STEP.replace('(0.5)', '({ learning_rate: 0.5 } as any)'),
  ]),
  mistake(7, 'two rates apart, two costs summed per picture', /does not fall|jumps|overshoot|too large/, [
    STEP,
    STEP.replace('(cost)', '(cost.mul(1000))'),
  ]),

  mistake(8, 'no initializer run', /not run/, [RUN_INIT, '']),
  mistake(
    8,
    'an initializer before the optimizer',
    /made before/,
    [STEP, `${INIT}\n${STEP.replace('GradientDescentOptimizer(0.5)', 'AdamOptimizer(0.001)')}`],
    [`\n${INIT}\nconst sess`, '\nconst sess'],
  ),
  mistake(
    8,
    'an initializer before the variables',
    /made before/,
    [`const W1 = ${W1};`, `${INIT}\nconst W1 = ${W1};`],
    [`\n${INIT}\nconst sess`, '\nconst sess'],
  ),
  mistake(8, 'another session', /another session/, [RUN_INIT, 'new tf.Session().run(init);']),
  mistake(8, 'an initializer in the loop', /thrown away/, [BATCH, `${BATCH}\n  sess.run(init);`]),
  mistake(8, 'the initializer as a function', /./, [RUN_INIT, 'sess.run(tf.globalVariablesInitializer as any);']),
  mistake(8, 'only some variables initialized', /leaves out W2/, [
    INIT,
    'const init = tf.variablesInitializer([W1, b1]);',
  ]),
  mistake(
    8,
    'initializer run after the loop',
    /before it has a value|made but not run|uninit/,
    [RUN_INIT, ''],
    ['// --- Question 10', 'sess.run(init);\n// --- Question 10'],
  ),
  mistake(8, 'a new session in each step', /uninit|before it has|another session/i, [
    RUN,
    RUN.replace('sess.run', 'new tf.Session().run'),
  ]),
  mistake(8, 'an initializer before the evaluation', /thrown away/, [
    'for (const [name, set]',
    'sess.run(init);\nfor (const [name, set]',
  ]),

  mistake(9, 'the same batch in every step', /same pictures/, [LOOP, `${BATCH}\n${LOOP}`], [`{\n  ${BATCH}`, '{']),
  mistake(9, 'pictures and labels of two batches', /another batch/, [
    BATCH,
    'const [images] = mnist.train.nextBatch(100);\n  const [, labels] = mnist.train.nextBatch(100);',
  ]),
  mistake(9, 'training on the test set', /test set/, [BATCH, BATCH.replace('train', 'test')]),
  mistake(9, 'all pictures in every step', /all 1000/, [
    BATCH,
    'const [images, labels] = [mnist.train.images, mnist.train.labels];',
  ]),
  mistake(9, 'no train step', /none runs the train step/, [RUN, RUN.replace('[trainStep, cost]', '[accuracy, cost]')]),
  mistake(9, 'no labels fed', /needs both/, [RUN, RUN.replace(', [Y.name]: labels', '')]),
  mistake(9, 'pictures fed for labels', /Pictures go to X/, [
    RUN,
    RUN.replace('[X.name]: images, [Y.name]: labels', '[X.name]: labels, [Y.name]: images'),
  ]),
  mistake(9, 'a tensor as a key', /X\.name/, [RUN, RUN.replace('[X.name]', '[X as any]')]),
  mistake(9, 'too few steps', /asks for/, [LOOP, LOOP.replace('40', '10')]),
  mistake(9, 'a graph that grows', /adds \d+ nodes/, [
    RUN,
    'const [, c] = sess.run([trainStep, tf.reduceMean(cost)], { [X.name]: images, [Y.name]: labels });',
  ]),
  mistake(9, 'a train step made in the loop', /adds \d+ nodes/, [
    RUN,
    RUN.replace('trainStep', 'new tf.train.GradientDescentOptimizer(0.5).minimize(cost)'),
  ]),
  mistake(9, 'nothing printed', /prints nothing/, [PRINT, '']),
  mistake(9, 'the learning rate printed in the place of the cost', /prints 0\.25 again and again/, [
    PRINT,
    'if (step % 10 === 0) console.log(`Cost at step ${step}: ${0.25}`);',
  ]),
  mistake(
    9,
    'the cost overwritten by its value',
    /invalid type|Fetch argument/,
    ['const cost =', 'let cost: any ='],
    [RUN, `${RUN}\n  cost = c;`],
  ),
  mistake(9, 'a session closed before the loop', /closed/, [RUN_INIT, 'sess.run(init);\nsess.close();']),
  mistake(9, 'the train step alone', /never fetches the cost/, [
    RUN,
    'sess.run(trainStep, { [X.name]: images, [Y.name]: labels });\n  const c = 0;',
  ]),
  mistake(9, 'no feed at all', /needs both|placeholder/, [RUN, 'const [, c] = sess.run([trainStep, cost]);']),
  mistake(9, 'feed by a variable name', /X|feed|name/, [RUN, RUN.replace('[X.name]', 'pictures')]),
  mistake(9, 'training on validation', /validation|test set|set/, [BATCH, BATCH.replace('train.', 'validation.')]),
  mistake(9, 'an initializer made in the loop', /adds|thrown away/, [
    BATCH,
    `${BATCH}\n  if (step === 0) sess.run(tf.globalVariablesInitializer()); else tf.globalVariablesInitializer();`,
  ]),
  mistake(9, 'NaN in a batch', /holds values that are no numbers/, [
    RUN,
    RUN.replace('[X.name]: images', '[X.name]: step === 7 ? images.map((x, i) => (i === 5 ? NaN : x)) : images'),
  ]),

  mistake(9, 'a batch standardized by a variance of 0', /holds values that are no numbers.*division by 0/, [
    RUN,
    RUN.replace('[X.name]: images', '[X.name]: images.map((x) => x / 0)'),
  ]),
  mistake(9, 'one picture in each step', /one picture/, [BATCH, BATCH.replace('100', '1')]),
  mistake(9, 'a step printed and no cost', /never the cost/, [
    PRINT,
    'if (step % 20 === 0) console.log(`step ${step} done`);',
  ]),

  mistake(10, 'a batch of each set', /evaluation is on 100 pictures/, [
    EVALUATE,
    EVALUATE.replace('const', 'const [im, la] = set.nextBatch(100); const')
      .replace('set.images', 'im')
      .replace('set.labels', 'la'),
  ]),
  mistake(10, 'figures that are computed and not printed', /never printed/, [
    'console.log(`${name} accuracy: ${a}, cost: ${c}`);',
    'void [name, a, c];',
  ]),
  mistake(
    10,
    'what the first set gave, printed for both',
    /train set is printed twice, and the cost on the test set never/,
    [
      'console.log(`${name} accuracy: ${a}, cost: ${c}`);',
      'const { kept } = Object.assign(globalThis, { kept: (globalThis as { kept?: number[] }).kept ?? [a, c] });\n' +
        '  console.log(`${name} accuracy: ${(100 * kept[0]).toFixed(2)} %, cost: ${kept[1].toFixed(5)}`);',
    ],
  ),
  mistake(10, 'the train step in the evaluation', /learns from the set/, [
    EVALUATE,
    'const [, a, c] = sess.run([trainStep, accuracy, cost], { [X.name]: set.images, [Y.name]: set.labels });',
  ]),
  mistake(10, 'one batch only', /evaluation is on 100/, [
    'const [a, c] = sess.run([accuracy, cost], { [X.name]: set.images, [Y.name]: set.labels });',
    'const [xs, ys] = set.nextBatch(100);\n  const [a, c] = sess.run([accuracy, cost], { [X.name]: xs, ' +
      '[Y.name]: ys });',
  ]),
  mistake(10, 'no test set', /accuracy on the test set/, [SETS, "[['Train', mnist.train]]"]),
  mistake(10, 'no train set', /on the train set/, [SETS, "[['Test', mnist.test]]"]),
  mistake(10, 'some training pictures in the place of all', /is of 250 pictures: the train set has 1,000/, [
    SETS,
    "[['Train', { images: mnist.train.images.subarray(0, 784 * 250), labels: mnist.train.labels.slice(0, 2500) }], " +
      "['Test', mnist.test]]",
  ]),
  mistake(10, 'as many drawn training pictures as the test set has', /is of 300 pictures: the train set has 1,000/, [
    SETS,
    "[['Train', (([images, labels]) => ({ images, labels }))(mnist.train.nextBatch(300))], ['Test', mnist.test]]",
  ]),
  mistake(10, 'two batches of the training set and the whole test set', /is of 500 \(in parts of 250\) pictures/, [
    SETS,
    "[...[1, 2].map(() => ['Train', (([images, labels]) => ({ images, labels }))(mnist.train.nextBatch(250))]), " +
      "['Test', mnist.test]]",
  ]),
  mistake(10, 'no cost', /missing: cost/, [
    EVALUATE,
    'const [a, c] = [sess.run(accuracy, { [X.name]: set.images, [Y.name]: set.labels }), 0];',
  ]),
  mistake(10, 'pictures of one set, labels of the other', /InvalidArgument|Incompatible|must be|same/, [
    EVALUATE,
    EVALUATE.replace('set.labels', '(set === mnist.test ? mnist.train : mnist.test).labels'),
  ]),
  mistake(
    10,
    'before the loop',
    /before the last training step/,
    [
      LOOP,
      `${EVALUATE.replaceAll('set.', 'mnist.train.')}` +
        `\n${EVALUATE.replaceAll('set.', 'mnist.test.').replace('[a, c]', '[a2, c2]')}\n${LOOP}`,
    ],
    [SETS, '[] as [string, typeof mnist.train][]'],
  ),
  mistake(10, 'the validation set for the test set', /validation|test set/, [
    SETS,
    "[['Train', mnist.train], ['Test', mnist.validation]]",
  ]),
  mistake(10, 'no whole set, ten thousand of the training pictures', /evaluation is on|missing/, [
    SETS,
    "[['Train', { images: mnist.train.images.subarray(0, 784 * 500), labels: mnist.train.labels.subarray(0, 5000) }]]",
  ]),
  mistake(10, 'the same set twice', /test set/, [SETS, "[['Train', mnist.train], ['Test', mnist.train]]"]),

  // Met later
  mistake(4, 'a ReLU of the weight', /a Relu is applied to the parameter 'W1' itself/, [
    HIDDEN,
    'tf.matmul(pixels, tf.nn.relu(W1)).add(b1)',
  ]),
  mistake(4, 'a ReLU of the weight, and one where it belongs', /a Relu is applied to the parameter 'W1' itself/, [
    HIDDEN,
    'tf.nn.relu(tf.matmul(pixels, tf.nn.relu(W1)).add(b1))',
  ]),
  mistake(4, 'a ReLU of the bias', /a Relu is applied to the parameter 'b1' itself/, [
    HIDDEN,
    'tf.matmul(pixels, W1).add(tf.nn.relu(b1))',
  ]),
  mistake(4, 'a softmax of the weight', /a Softmax is applied to the parameter 'W2' itself/, [
    LOGITS,
    'tf.matmul(hidden, tf.nn.softmax(W2)).add(b2)',
  ]),
  mistake(5, 'labels through a softmax', /labels of the cross entropy go through a Softmax/, [
    COST,
    COST.replace('labels: Y', 'labels: tf.nn.softmax(Y)'),
  ]),
  mistake(5, 'the log of the labels as labels', /labels of the cross entropy go through a Log/, [
    COST,
    COST.replace('labels: Y', 'labels: tf.log(Y.add(1e-3))'),
  ]),
  mistake(5, 'labels as digits', /have shape \[null\]: one number for each picture/, [
    COST,
    COST.replace('labels: Y', 'labels: tf.cast(tf.argmax(Y, 1), tf.float32)'),
  ]),
  mistake(3, 'one bias for all units', /'b2' is one number for all 10 units/, [
    "zeros([10]), { name: 'b2' }",
    "zeros([1]), { name: 'b2' }",
  ]),
  mistake(3, 'weights from 0 to 1', /starts with numbers from .*where guessing costs/, [
    W1,
    'new tf.Variable(tf.randomUniform([784, 100]))',
  ]),
  mistake(7, 'minimize without its call', /<function minimize>.*call it/, [
    STEP,
    'const trainStep: any = new tf.train.GradientDescentOptimizer(0.5).minimize;',
  ]),
  mistake(8, 'a session on another graph', /graph is empty.*after the graph is built/, [
    'new tf.Session()',
    "new tf.Session('', { graph: new tf.Graph() })",
  ]),
  mistake(
    9,
    'pictures and labels swapped at placeholders without shapes',
    /Pictures go to X/,
    [X, 'tf.placeholder(tf.float32)'],
    [Y, 'tf.placeholder(tf.float32)'],
    [RUN, RUN.replace('[X.name]: images, [Y.name]: labels', '[X.name]: labels, [Y.name]: images')],
  ),
  mistake(
    9,
    'pictures and labels swapped where pictures have no shape',
    /Pictures go to X/,
    [X, 'tf.placeholder(tf.float32)'],
    [RUN, RUN.replace('[X.name]: images, [Y.name]: labels', '[X.name]: labels, [Y.name]: images')],
  ),
  mistake(
    10,
    'pictures and labels swapped in the evaluation, without shapes',
    /Pictures go to X/,
    [X, 'tf.placeholder(tf.float32)'],
    [Y, 'tf.placeholder(tf.float32)'],
    [EVALUATE, EVALUATE.replace('set.images, [Y.name]: set.labels', 'set.labels, [Y.name]: set.images')],
  ),
  mistake(9, 'runAsync without await', /gives a promise, and nobody waits for it/, [
    RUN,
    'const c = sess.runAsync([trainStep, cost], { [X.name]: images, [Y.name]: labels });',
  ]),
  mistake(9, 'runAsync of the step without await', /gives a promise, and nobody waits for it/, [
    RUN,
    'void sess.runAsync(trainStep, { [X.name]: images, [Y.name]: labels });\n' +
      '  const c = sess.run(cost, { [X.name]: images, [Y.name]: labels });',
  ]),
  mistake(4, 'a Softplus', /a Softplus stands between.*asks for a ReLU/, [
    HIDDEN,
    'tf.nn.softplus(tf.matmul(pixels, W1).add(b1))',
  ]),
  mistake(4, 'a square', /a Square stands between/, [HIDDEN, 'tf.square(tf.matmul(pixels, W1).add(b1))']),
  mistake(4, 'a swish by hand', /a function by hand stands between/, [
    `const hidden = ${HIDDEN};`,
    'const z = tf.matmul(pixels, W1).add(b1);\nconst hidden = z.mul(tf.sigmoid(z));',
  ]),
  mistake(4, 'a name of a ReLU, and none', /only one linear map/, [
    HIDDEN,
    "tf.nameScope('relu', () => tf.matmul(pixels, W1).add(b1))",
  ]),
  mistake(4, 'the softmax of the hidden layer', /the softmax is of \[null, \d+\], not of the ten/, [
    A,
    'tf.nn.softmax(hidden)',
  ]),
  mistake(4, 'a softmax in the last layer, and again', /applied to a softmax/, [LOGITS, `tf.nn.softmax(${LOGITS})`]),
  mistake(
    4,
    'whole pictures into a layer',
    /given whole pictures: what comes out is \[null, 28, 28, 10\]/,
    [`const hidden = ${HIDDEN};`, 'const hidden = tf.layers.dense(X, 100, { activation: tf.nn.relu });'],
    [LOGITS, 'tf.layers.dense(hidden, 10)'],
    [COST, 'tf.losses.softmaxCrossEntropy(Y, logits)'],
    [`const W1 = ${W1};`, ''],
    [`const W2 = ${W2};`, ''],
    ["const b1 = new tf.Variable(tf.zeros([100]), { name: 'b1' });", ''],
    ["const b2 = new tf.Variable(tf.zeros([10]), { name: 'b2' });", ''],
  ),
  mistake(5, 'tf.losses with its arguments the wrong way round', /swapped/, [
    COST,
    'tf.losses.softmaxCrossEntropy(logits, Y)',
  ]),
  mistake(5, 'tf.losses of probabilities', /softmax is applied twice/, [COST, 'tf.losses.softmaxCrossEntropy(Y, A)']),
  mistake(5, 'tf.losses.meanSquaredError', /a squared distance/, [COST, 'tf.losses.meanSquaredError(Y, A)']),
  mistake(5, 'tf.losses.sigmoidCrossEntropy', /yes-or-no/, [COST, 'tf.losses.sigmoidCrossEntropy(Y, logits)']),
  mistake(5, 'the largest of the batch', /the largest of the batch/, [COST, COST.replace('reduceMean', 'reduceMax')]),
  mistake(5, 'labels on their side', /stand on their side: \[10, null\]/, [
    COST,
    COST.replace('labels: Y', 'labels: tf.transpose(Y)'),
  ]),
  mistake(6, 'digits compared with rows of ten', /labels are still ten numbers each/, [
    CORRECT,
    'tf.equal(tf.argmax(A, 1), Y as any)',
  ]),
  mistake(6, 'a probability above a half', /% right answers it gives/, [
    CORRECT,
    'tf.greater(tf.reduceSum(A.mul(Y), 1), 0.5)',
  ]),
  mistake(7, 'gradients that are clipped to nothing', /does not fall/, [
    STEP,
    `const optimizer = new tf.train.GradientDescentOptimizer(0.5);
const pairs = optimizer.computeGradients(cost).map(([g, v]) => [tf.clipByValue(g as tf.Tensor, 0, 0), v] as any);
const trainStep = optimizer.applyGradients(pairs);`,
  ]),
  mistake(8, 'an evaluation in a session of its own', /opened behind the training, and begins anew/, [
    EVALUATE,
    `const other = new tf.Session();\n  other.run(init);\n  ${EVALUATE.replace('sess.run', 'other.run')}`,
  ]),
  mistake(9, 'a layer made in the loop', /adds \d+ nodes/, [BATCH, `${BATCH}\n  tf.layers.dense(hidden, 3);`]),
  mistake(9, 'a tensor printed, and no cost', /never the cost/, [PRINT, 'if (step % 20 === 0) console.log(cost);']),
  mistake(9, 'labels read as single digits', /`oneHot: true`, where the digits are read/, [
    READ,
    READ.replace('oneHot: true', 'oneHot: false'),
  ]),
  mistake(9, 'a promise taken apart', /runAsync gives a promise: await it/, [
    RUN,
    RUN.replace('sess.run', '(sess as any).runAsync'),
  ]),
  mistake(9, 'a fit of another library', /use sess\.run\(trainStep, feeds\) in a loop/, [
    LOOP,
    `(sess as any).fit(mnist.train.images, mnist.train.labels);\n${LOOP}`,
  ]),
  mistake(10, 'dropout with a constant rate', /dropout is on while the sets are measured/, [
    LOGITS,
    'tf.matmul(tf.nn.dropout(hidden, 0.5), W2).add(b2)',
  ]),
  mistake(
    10,
    'dropout that is fed the same rate in the evaluation',
    /dropout is on while the sets are measured/,
    [
      `const logits = ${LOGITS}`,
      'const keep = tf.placeholder(tf.float32, []);\nconst logits = tf.matmul(tf.nn.dropout(hidden, keep), W2).add(b2)',
    ],
    [RUN, RUN.replace('labels }', 'labels, [keep.name]: 0.5 }')],
    [EVALUATE, EVALUATE.replace('labels }', 'labels, [keep.name]: 0.5 }')],
  ),

  // A reshape, a scale, a start, an order
  mistake(4, 'a reshape of pictures on their side', /pixels of several pictures into one row/, [
    PIXELS,
    'tf.reshape(tf.transpose(X), [-1, 784])',
  ]),
  mistake(4, 'rows of pixels by a transpose of columns', /pixels of several pictures into one row/, [
    PIXELS,
    'tf.transpose(tf.reshape(X, [784, -1]))',
  ]),
  mistake(4, 'fractions divided by 255', /already, are divided by 255.*take them as they are/, [
    PIXELS,
    `${PIXELS}.div(255)`,
  ]),
  mistake(4, 'a ReLU of a sigmoid', /a Sigmoid stands between/, [
    HIDDEN,
    'tf.nn.relu(tf.sigmoid(tf.matmul(pixels, W1).add(b1)))',
  ]),
  mistake(4, 'a bias behind the ReLU', /the bias is added behind the Relu/, [
    HIDDEN,
    'tf.nn.relu(tf.matmul(pixels, W1)).add(b1)',
  ]),
  mistake(3, 'units that a bias keeps at 0', /'b1' \[\d+\] starts at -50 or below.*the ReLU makes 0/, [
    "tf.zeros([100]), { name: 'b1' }",
    "tf.zeros([100]).sub(50), { name: 'b1' }",
  ]),
  mistake(3, 'one bias for both maps', /found one bias/, [
    "const b2 = new tf.Variable(tf.zeros([10]), { name: 'b2' });",
    'const b2 = b1;',
  ]),
  mistake(2, 'None', /None is not defined.*None of Python is null/, [X, X.replace('null', 'None')]),
  mistake(8, 'a session without new', /made with new: new tf\.Session/, ['new tf.Session()', '(tf as any).Session()']),
  mistake(5, 'a cosine distance', /is no cross entropy/, [
    COST,
    'tf.losses.cosineDistance(tf.nn.l2Normalize(Y, 1), tf.nn.l2Normalize(A, 1), { axis: 1 })',
  ]),
  mistake(5, 'a sum divided by the batch size of the training', /divided by 100.*of 1,000 it comes out 10 times/, [
    COST,
    `${COST.replace('reduceMean', 'reduceSum')}.div(100)`,
  ]),
  mistake(6, '== of JavaScript', /nothing in the graph compares them.*==/, [
    CORRECT,
    '(tf.argmax(A, 1) as any) == (tf.argmax(Y, 1) as any)',
  ]),
  mistake(
    6,
    'the value of a metric without its update',
    /nothing runs its update/,
    [ACCURACY, 'tf.metrics.accuracy(tf.argmax(Y, 1), tf.argmax(A, 1))[0]'],
    [RUN_INIT, 'sess.run([init, tf.localVariablesInitializer()]);'],
  ),
  mistake(
    10,
    'a metric that counts on from set to set',
    /goes on counting where the first ended.*localVariablesInitializer/,
    [ACCURACY, 'tf.metrics.accuracy(tf.argmax(Y, 1), tf.argmax(A, 1))[1]'],
    [RUN_INIT, 'sess.run([init, tf.localVariablesInitializer()]);'],
  ),
  mistake(9, 'pictures shuffled, and labels not', /labels that are fed are not those of the pictures/, [
    BATCH,
    'const [images, l] = mnist.train.nextBatch(100);\n  const labels = Float32Array.from(l).reverse();',
  ]),
  mistake(
    9,
    'two batches in turn',
    /the same 2 batches in turn: 200 of the 1,000/,
    [LOOP, `const drawn = [mnist.train.nextBatch(100), mnist.train.nextBatch(100)];\n${LOOP}`],
    [BATCH, 'const [images, labels] = drawn[step % 2];'],
  ),
  mistake(10, 'a share to keep whose default is not 1, and is never fed', /dropout is on while the sets are measured/, [
    LOGITS,
    'tf.matmul(tf.nn.dropout(hidden, tf.placeholderWithDefault(tf.constant(0.5), [])), W2).add(b2)',
  ]),
  mistake(5, 'digits of the labels over the batch', /an argmax over axis 0/, [
    COST,
    'tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: tf.argmax(Y, 0), logits }))',
  ]),
  mistake(5, 'labels of zeros, whose cost is 0', /not the placeholder for the labels/, [
    COST,
    COST.replace('labels: Y', 'labels: tf.zerosLike(Y)'),
  ]),
];
