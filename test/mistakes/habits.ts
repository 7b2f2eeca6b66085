/** Mistakes of habit: arguments in each other's place, Python's names for feeds, what JavaScript lets pass. */
import * as tf from '../../src';
import type { Mistake } from './list';

// Programs in plain JavaScript: what types would have refused.
type Any = (...args: unknown[]) => unknown;
const any = (value: unknown): Record<string, Any> => value as Record<string, Any>;
const as = <T>(value: unknown): T => value as T;
/** A program whose words TypeScript does not know. */
const plain = (body: string): unknown => new Function('tf', body)(tf);
const X = (columns = 2): tf.Tensor => tf.placeholder(tf.float32, [null, columns], { name: 'X' });
const matrix = (): tf.Tensor => tf.constant([[1, 2]], { name: 'm' });
const mistake = (name: string, kind: string, make: Mistake['make'], ...says: Mistake['says'][number][]): Mistake => ({
  name,
  make,
  kind,
  says,
});
const WHOLE = (): tf.Tensor => tf.constant([[1, 2]], tf.int32, { name: 'w' });
const OLD_SPLIT = 'the axis stands first, as before TensorFlow 1.0; now the tensor does.\n  fix: tf.split(value,';
const LINE = /habits\.ts:\d+:\d+/;
/** Numbers first, where the tensor is meant: the function, and the call that is meant. */
const SWAPPED: readonly (readonly [string, () => unknown, string])[] = [
  ['tf.transpose', () => any(tf).transpose([1, 0], matrix()), '(m, [1, 0])'],
  ['tf.reshape', () => any(tf).reshape([2, 1], matrix()), '(m, [2, 1])'],
  ['tf.expandDims', () => any(tf).expandDims(0, matrix()), '(m, 0)'],
  ['tf.argmax', () => any(tf).argmax(1, matrix()), '(m, 1)'],
  ['tf.reduceSum', () => any(tf).reduceSum(1, matrix()), '(m, 1)'],
  ['tf.tile', () => any(tf).tile([1, 2], matrix()), '(m, [1, 2])'],
];

/** A setting, a function or a cell in the place of what it goes with: the call, and what is meant. */
const IN_EACH_OTHERS_PLACE: readonly (readonly [kind: string, call: () => unknown, meant: string])[] = [
  ['TypeError', () => any(tf.nn).moments([0], matrix()), 'tf.nn.moments(x, axes)'],
  ['TypeError', () => any(tf.nn).l2Normalize(1, matrix()), 'tf.linalg.l2Normalize(x, axis)'],
  ['TypeError', () => any(tf).multinomial(3, matrix()), 'tf.multinomial(logits, numSamples)'],
  ['TypeError', () => any(tf).unstack(0, matrix()), 'tf.unstack(value, num)'],
  ['TypeError', () => any(tf).squeeze(0, matrix()), 'tf.squeeze(input, axis)'],
  ['TypeError', () => any(tf).mapFn(matrix(), (x: tf.Tensor) => x), 'tf.mapFn(fn, elems)'],
  ['ValueError', () => any(tf).clipByNorm(5, matrix()), 'tf.clipByNorm(t, clipNorm)'],
  ['ValueError', () => any(tf.nn).dropout(0.5, matrix()), 'tf.nn.dropout(x, keepProb)'],
  ['ValueError', () => any(tf).booleanMask([true, false], matrix()), 'tf.booleanMask(tensor, mask)'],
  ['TypeError', () => any(tf.nn).dynamicRnn(matrix(), new tf.nn.rnnCell.GRUCell(3)), 'tf.nn.dynamicRnn(cell, inputs)'],
  [
    'TypeError',
    () => any(tf.train).exponentialDecay(WHOLE(), 0.1, 10, 0.5),
    'tf.train.exponentialDecay(learningRate, globalStep)',
  ],
  [
    'TypeError',
    () => any(tf.nn).inTopK(tf.constant([0], tf.int32, { name: 'i' }), matrix(), 1),
    'predictions is m, and targets i',
  ],
];

export const HABITS: readonly Mistake[] = [
  mistake(
    'a default import of CommonJS',
    'uncaught',
    () => plain('const { default: it } = {}; return it.Session;'),
    "Cannot read properties of undefined (reading 'Session')",
    "import * as tf from 'tfjs-session'",
  ),
  // Arguments in each other's place
  ...SWAPPED.map(([name, make, meant]) =>
    mistake(
      `${name} with the tensor last`,
      'TypeError',
      make,
      'not in list of allowed values',
      LINE,
      `the other way round: the tensor comes first, ${meant}.`,
    ),
  ),
  ...IN_EACH_OTHERS_PLACE.map(([kind, make, meant]) =>
    mistake(`${meant} the other way round`, kind, make, `fix: the other way round: ${meant}.`, /^(?!.*tf\.cast)/s),
  ),
  mistake(
    'inputs before labels, as before TensorFlow 1.0',
    'ValueError',
    () => any(tf.nn).nceLoss(tf.ones([9, 2]), tf.zeros([9]), matrix(), tf.constant([[1]], tf.int64), 3, 9),
    'likely cause: inputs stand before labels',
    'fix: (weights, biases, labels, inputs, numSampled, numClasses).',
  ),
  mistake(
    'tf.argmax of whole numbers with the tensor last',
    'ValueError',
    () => any(tf).argmax(1, WHOLE()),
    "Shape must be rank 0 but is rank 2 for 'ArgMax' (op: 'ArgMax') with input shapes: [], [1,2].",
    LINE,
    'the other way round: the tensor comes first, (w, …).',
  ),
  mistake(
    'tf.argmax with a tensor of unknown shape last',
    'InvalidArgumentError',
    (sess) => sess.run(as<tf.Tensor>(any(tf).argmax(1, tf.placeholder(tf.int32, { name: 'n' }))), { 'n:0': 1 }),
    'Expected dimension in the range [0, 0), but got 1',
    LINE,
    'the tensor comes first, tf.argmax(x, 1)',
  ),
  mistake(
    'a fraction of units',
    'advice',
    () => tf.layers.dense(X(), 2.5),
    'units is 2.5, and cut to 2: a size is whole.',
    'Math.round',
  ),
  mistake(
    'a fraction as the size of a filter',
    'ValueError',
    () => tf.layers.conv2d(tf.zeros([1, 8, 8, 1]), 2, 2.5),
    'The `kernel_size` argument must be a tuple of 2 integers. Received: 2.5',
  ),
  mistake(
    'a rate that falls after 0 steps',
    'advice',
    () => tf.train.exponentialDecay(0.1, 0, 0, 0.5),
    'decaySteps is 0, and the number of steps is divided by it.',
    'tf.train.exponentialDecay(0.1, globalStep, 1000, 0.96)',
  ),
  mistake(
    'a rate with factor and steps in each other’s place',
    'advice',
    () => tf.train.naturalExpDecay(0.1, 0, 0.96, 1000),
    'decaySteps is 0.96',
    'after how many steps the rate has fallen, then by how much',
  ),
  mistake(
    'a variable of nothing',
    'ValueError',
    () => new tf.Variable(as<number>(undefined)),
    'initial_value must be specified.',
    'Where one was given it was undefined',
  ),
  mistake(
    'a layer with its size first',
    'ValueError',
    () => any(tf.layers).dense(10, X()),
    'units must be a positive integer, got <Tensor>.',
    'fix: the other way round: the input comes first, then units, (x, 10).',
  ),
  mistake(
    'tf.oneHot with the depth first',
    'ValueError',
    () => any(tf).oneHot(10, tf.placeholder(tf.int32, [null], { name: 'digits' })),
    'Input must be scalar but has rank 1',
    LINE,
    'the other way round: tf.oneHot(digits, depth)',
  ),
  mistake(
    'tf.clipByValue with the limits first',
    'ValueError',
    () => tf.clipByValue(0, 1, matrix()),
    'Shapes () and (1, 2) are not compatible',
    'the tensor comes first, then the least and the greatest value',
  ),
  mistake(
    'tf.fill with the value first',
    'ValueError',
    () => tf.fill(5, [2, 2]),
    'Shape must be rank 1 but is rank 0',
    LINE,
    'the shape comes first, then the one value: tf.fill([2, 3], 0)',
  ),
  mistake(
    'a constant with its dtype first',
    'TypeError',
    () => any(tf).constant(tf.float32, 1),
    "Expected DataType for argument 'dtype' of constant(), not 1.",
    'the other way round: tf.constant(value, dtype)',
  ),
  mistake(
    'tf.assign with the value first',
    'TypeError',
    () => any(tf).assign(5, new tf.Variable(1)),
    '5 is not a variable',
    'the variable comes first: tf.assign(w, value), or w.assign(value)',
  ),
  mistake(
    'gradients of the variable by the loss, fetched',
    'TypeError',
    (sess) => {
      const w = new tf.Variable(1, { name: 'w' });
      return sess.run(tf.gradients(w, tf.square(w, { name: 'loss' })));
    },
    'Fetch argument None has invalid type',
    /tf\.gradients\(w, loss\) asks the wrong way round: 'loss:0' \(made at .*habits\.ts:\d+:\d+\) is computed from 'w'/,
    'fix: first what is differentiated, then by what: tf.gradients(loss, [w])',
  ),
  mistake(
    'gradients of the variable by the loss, used',
    'uncaught',
    () => {
      const w = new tf.Variable(1, { name: 'w' });
      return tf.gradients(w, tf.square(w, { name: 'loss' }))[0].mul(2);
    },
    "Cannot read properties of null (reading 'mul')",
    'tf.gradients(w, loss) asks the wrong way round',
  ),
  mistake(
    'gradients of the variable by the loss, applied',
    'ValueError',
    () => {
      const w = new tf.Variable(1, { name: 'w' });
      const [gradient] = tf.gradients(w, tf.square(w, { name: 'loss' }));
      return new tf.train.GradientDescentOptimizer(0.1).applyGradients([[gradient, w]]);
    },
    'No gradients provided for any variable',
    'tf.gradients(w, loss) asks the wrong way round',
  ),

  // Sizes, axes and numbers
  mistake(
    'a variable of the sizes that were meant for a matrix',
    'ValueError',
    () => tf.matmul(X(784), new tf.Variable([784, 10], { name: 'W' })),
    'Shape must be rank 2 but is rank 1',
    LINE,
    'W is a list of 2 numbers',
    'new tf.Variable(tf.truncatedNormal([rows, columns]))',
  ),
  mistake(
    'a matrix product with a number',
    'ValueError',
    () => tf.matmul(matrix(), 2),
    'Shape must be rank 2 but is rank 0',
    LINE,
    'each element times a number is m.mul(2)',
  ),
  mistake(
    'an axis beyond the rank in tf.argmax',
    'ValueError',
    () => tf.argmax(X(), 2),
    'Dimension (2) must be in the range [-2, 2)',
    LINE,
    'X has 2 dimensions, its axes are 0 to 1',
  ),
  mistake(
    'an axis beyond the rank in tf.argmax, which the run finds',
    'InvalidArgumentError',
    (sess) => sess.run(tf.argmax(tf.constant([1, 2, 3]), 1)),
    'Expected dimension in the range [-1, 1), but got 1',
    LINE,
    'an axis is counted from 0, and -1 is the last',
  ),
  mistake(
    'a range with a step of 0',
    'ValueError',
    () => tf.range(0, 5, 0),
    'Requires delta != 0',
    LINE,
    'the third number is the step from one to the next: tf.range(0, 5, 1)',
  ),
  mistake(
    'a range downwards without a step',
    'ValueError',
    () => tf.range(5, 0),
    'Requires start <= limit when delta > 0',
    LINE,
    'one below 0 counts down: tf.range(5, 0, -1)',
  ),
  mistake(
    'tf.expandDims without an axis',
    'ValueError',
    () => any(tf).expandDims(matrix()),
    'Must specify an axis argument to tf.expand_dims()',
    'tf.expandDims(x, -1) at the end',
  ),
  mistake(
    'a loop without variables',
    'ValueError',
    () =>
      any(tf).whileLoop(
        () => tf.constant(false),
        () => [],
        [],
      ),
    'No loop variables provided',
    'tf.whileLoop((i) => i.less(10), (i) => [i.add(1)], [0])',
  ),
  mistake(
    'a condition with tensors as branches',
    'TypeError',
    () => any(tf).cond(tf.constant(true), tf.constant(1), tf.constant(2)),
    'true_fn must be callable',
    'tf.cond(pred, () => a, () => b)',
  ),
  ...(['kernelRegularizer', 'biasRegularizer'] as const).map((regularizer) =>
    mistake(
      `${regularizer} as a number`,
      'TypeError',
      () => any(tf.layers).dense(X(), 3, { [regularizer]: 0.1 }),
      /Expected function for argument '\w+_regularizer' of dense\(\), not 0\.1\./,
      `{${regularizer}: (w) => tf.nn.l2Loss(w).mul(0.1)}`,
      'loss.add(tf.losses.getRegularizationLoss())',
    ),
  ),
  mistake(
    'the regularizer of a variable as a number',
    'TypeError',
    () => any(tf).getVariable('w', [2], { regularizer: 0.1 }),
    "argument 'regularizer' of get_variable(), not 0.1.",
    /^(?!.*shape by name)/s,
    '{regularizer: (w) => tf.nn.l2Loss(w).mul(0.1)}',
  ),

  ...(
    [
      [
        'tf.transpose of whole numbers with the tensor last',
        () => tf.transpose([1, 0], WHOLE()),
        'rank 1 but is rank 2',
        'the tensor comes first, (w, [1, 0])',
      ],
      [
        'tf.reduceSum of whole numbers with the tensor last',
        () => any(tf).reduceSum(1, WHOLE()),
        'at most rank 1',
        'the tensor comes first, (w, …)',
      ],
      [
        'a condition of several truth values',
        () => tf.cond(tf.constant([true, false]), matrix, matrix),
        'rank 0 but is rank 1',
        'tf.reduceAll(pred)',
      ],
      [
        'numbers that are stacked, by tf.concat',
        () => tf.concat([1, 2], 0),
        "Can't concatenate scalars",
        'tf.stack([a, b])',
      ],
      [
        'parts that do not add up',
        () => tf.split(tf.ones([5]), [2, 2]),
        "can't split axis of size 5",
        'add up to that of the axis',
      ],
      [
        'pictures with channels first',
        () => tf.layers.conv2d(tf.ones([1, 3, 28, 28]), 32, 5),
        'Negative dimension size',
        'has its channels first: tf.transpose(ones, [0, 2, 3, 1])',
      ],
      [
        "Python's None as a text in a shape",
        () => any(tf).placeholder(tf.float32, ['None', 2]),
        "invalid literal for int() with base 10: 'None'",
        'null is a size that is not known',
      ],
      [
        'a fold over one number',
        () => any(tf).scan(() => 1, 5),
        'elems must be a 1+ dimensional Tensor',
        'is a list: [1, 2, 3]',
      ],
    ] as const
  ).map(([name, make, said, told]) => mistake(name, 'ValueError', make, said, told)),
  ...(
    [
      [
        'numbers where truth values are meant',
        () => any(tf).where(matrix(), 1, 0),
        'expected type of bool',
        'x.greater(0)',
      ],
    ] as const
  ).map(([name, make, said, told]) => mistake(name, 'TypeError', make, said, told)),
  ...(['sqr', 'plus', 'minus', 'times'] as const).map((name) =>
    mistake(
      `${name} of a tensor`,
      'AttributeError',
      () => any(matrix())[name](1),
      `tf.Tensor.${name} is no name`,
      /use tensor\.\w+\(/,
    ),
  ),

  // Runs
  mistake(
    'a run of undefined before there is a graph',
    'RuntimeError',
    (sess) => any(sess).run(undefined),
    'The Session graph is empty',
    'the fetch is undefined: a misspelled property',
    'build the graph first',
  ),
  mistake(
    "Python's name for feeds, in the place of feeds",
    'TypeError',
    (sess) => any(sess).run(X().mul(2), { feed_dict: { 'X:0': [[1, 2]] } }),
    "The name 'feed_dict' looks like an (invalid) Operation name",
    'the feeds themselves come second, sess.run(y, {[X.name]: value})',
  ),
  mistake(
    "Python's name for feeds, in the options",
    'ValueError',
    (sess) => any(sess).run(X().mul(2), {}, { feed_dict: { 'X:0': [[1, 2]] } }),
    'Protocol message RunOptions has no "feed_dict" field',
    'feeds are the second argument',
  ),
  mistake(
    'three fetches side by side',
    'TypeError',
    (sess) => any(sess).run(matrix(), null, tf.constant(1, { name: 'accuracy' })),
    'accuracy:0 is the third argument',
    'put them in a list: sess.run([a, b, c]',
  ),
  mistake(
    'a fed undefined',
    'ValueError',
    (sess) => any(sess).run(X().mul(2), { 'X:0': undefined }),
    'Cannot feed value of shape ()',
    'the value fed is undefined',
    LINE,
    'likely cause: a misspelled property',
    'const [images, labels] = mnist.train.nextBatch(100)',
  ),
  mistake(
    'a fed function',
    'TypeError',
    (sess) => any(sess).run(X().mul(2), { 'X:0': () => [[1, 2]] }),
    'Expected float32',
    LINE,
    'it is a function: call it',
  ),

  // Statements whose node nobody keeps
  mistake(
    'an assignment that nothing runs',
    'advice',
    (sess) => {
      const w = new tf.Variable(1, { name: 'w' });
      sess.run(tf.globalVariablesInitializer());
      w.assign(5);
      return sess.run(w);
    },
    /habits\.ts:\d+:\d+: this line makes a node and throws it away: it does nothing until a session runs it/,
    'Fix: keep it and run it, const step = w.assign(5); sess.run(step)',
  ),
  mistake(
    'a training step that nothing runs',
    'advice',
    (sess) => {
      const w = new tf.Variable(1, { name: 'w' });
      const optimizer = new tf.train.GradientDescentOptimizer(0.1);
      optimizer.minimize(w.square());
      return sess.run(tf.globalVariablesInitializer());
    },
    'this line makes a node and throws it away',
  ),
  mistake(
    'an assertion that nothing runs',
    'advice',
    (sess) => {
      const x = X();
      tf.assertEqual(x, 1);
      return sess.run(x.mul(2), { 'X:0': [[1, 2]] });
    },
    'this line makes a node and throws it away',
    'or name it in tf.controlDependencies',
  ),

  // What JavaScript lets pass, or says in its own words
  ...Object.entries({ Variable: tf, AdamOptimizer: tf.train, Session: tf, GRUCell: tf.nn.rnnCell }).map(
    ([name, space]) =>
      mistake(
        `tf.${name} without new`,
        'uncaught',
        () => any(space)[name](1),
        `Class constructor ${name} cannot be invoked without 'new'`,
        new RegExp(`fix: new tf\\.([a-z][\\w.]*\\.)?${name}\\(…\\)`),
      ),
  ),
  mistake(
    'a list that a run gave, taken apart by name',
    'uncaught',
    (sess) => as<{ cost: number }>(sess.run([tf.constant(1)])).cost.toFixed(2),
    "Cannot read properties of undefined (reading 'toFixed')",
    'const { cost } = sess.run([cost]) takes a list apart by names',
    'const [c] = sess.run([cost])',
  ),
  mistake(
    'a number that a run gave, taken apart',
    'uncaught',
    (sess) => {
      const [cost] = as<number[]>(sess.run(tf.constant(1)));
      return cost;
    },
    'is not iterable',
    'of one tensor its value',
    'const c = sess.run(cost)',
  ),
  ...(['parseFloat', 'parseInt'] as const).map((name) =>
    mistake(
      `${name} of a tensor`,
      'OperatorNotAllowedInGraphError',
      () => any(globalThis)[name](matrix()),
      'is symbolic: it has no value until a session runs it',
      LINE,
      'for a value run it first: sess.run(tensor)',
    ),
  ),
  mistake(
    'a value given to the name of a method',
    'AttributeError',
    () => Object.assign(new tf.Variable(1), { value: 5 }),
    "can't set attribute 'value', which is a method: 5 changes nothing",
    'sess.run(w.assign(5))',
  ),

  // Words of Python, and results of another kind
  mistake(
    'None for a size that is not known',
    'uncaught',
    () => plain('return tf.placeholder(tf.float32, [None, 784])'),
    'None is not defined\n  fix: None of Python is null.',
  ),
  mistake(
    'a range of Python',
    'uncaught',
    () => plain('for (const i of range(10)) tf.constant(i)'),
    'range is not defined\n  fix: for i in range(n) of Python is for (let i = 0; i < n; i++)',
  ),
  mistake(
    'the value of a training step',
    'uncaught',
    (sess) => {
      const w = new tf.Variable(1);
      const step = new tf.train.GradientDescentOptimizer(0.1).minimize(tf.square(w));
      sess.run(tf.globalVariablesInitializer());
      return as<number>(sess.run(step)).toFixed(2);
    },
    "Cannot read properties of null (reading 'toFixed')",
    'an operation, as a training step, gives null',
    'const [, c] = sess.run([trainStep, cost], feeds)',
  ),
  mistake(
    'a run of the class',
    'uncaught',
    () => plain('return tf.Session.run(tf.constant(1))'),
    'tf.Session.run is not a function\n  it is asked of the class itself.\n  fix: make one first',
  ),
  mistake(
    'a callback of a run',
    'TypeError',
    (sess) =>
      sess.run(
        tf.constant(1),
        {},
        as<object>((error: unknown, value: unknown) => [error, value]),
      ),
    'RunOptions is an object of settings, not (error, value) =>',
    'fix: no callback: sess.run gives its values at once',
  ),
  mistake(
    'both names of the share of a dropout',
    'ValueError',
    () => tf.nn.dropout(tf.ones([2]), { keepProb: 0.5, rate: 0.5 }),
    "Cannot specify both 'keep_prob' and 'rate'\n  fix: one of them: keepProb is the share that is kept",
  ),
  mistake(
    'a power of JavaScript',
    'OperatorNotAllowed',
    () => as<number>(tf.constant(2)) ** 2,
    "'**', '<', '>' or a function of Math wants a number at once",
  ),
  mistake(
    'a list of digits for rows of ten',
    'ValueError',
    (sess) => {
      const labels = tf.placeholder(tf.float32, [null, 10], { name: 'labels' });
      return sess.run(tf.argmax(labels, 1), { 'labels:0': as<number[][]>([3, 4]) });
    },
    "Cannot feed value of shape (2,) for Tensor 'labels:0', which has shape '(?, 10)'",
    'fix: if these are classes, one for each example: rows for them are readDataSets({oneHot: true})',
  ),
  mistake(
    'pixels that are no whole rows',
    'ValueError',
    (sess) => {
      const x = tf.placeholder(tf.float32, [null, 784], { name: 'pixels' });
      return sess.run(tf.reduceSum(x), { 'pixels:0': new Float32Array(1000) });
    },
    "Cannot feed value of shape (1000,) for Tensor 'pixels:0', which has shape '(?, 784)'",
    'fix: each row is 784 numbers, and 1000 are 1 rows and 216 numbers of another',
  ),
  // Orders of TensorFlow before 1.0, and the neighbours of these.
  mistake('a split whose axis comes first', 'TypeError', () => as<Any>(tf.split)(1, 2, matrix()), OLD_SPLIT),
  mistake('the same of numbers', 'ValueError', () => as<Any>(tf.split)(1, 2, [[1, 2]]), OLD_SPLIT),
  mistake(
    'dimensions to reverse as truth values',
    'TypeError',
    () => as<Any>(tf.reverse)(matrix(), [false, true]),
    'fix: dimensions by their numbers, since TensorFlow 1.0: tf.reverse(x, [1]), not [false, true].',
  ),
  ...(
    [
      ['how many of the largest first', () => as<Any>(tf.nn.topK)(2, matrix()), '(m, 2)'],
      ['places first', () => as<Any>(tf.gather)(WHOLE(), matrix()), '(m, w)'],
      ['ids before the table', () => as<Any>(tf.nn.embeddingLookup)(WHOLE(), matrix()), '(m, w)'],
      ['ids before the data', () => as<Any>(tf.segmentSum)(WHOLE(), matrix()), '(m, w)'],
      [
        'a padding first',
        () =>
          as<Any>(tf.pad)(
            [
              [1, 1],
              [0, 0],
            ],
            matrix(),
          ),
        '(m, [[1, 1], [0, 0]])',
      ],
    ] as const
  ).map(([name, make, cure]) =>
    mistake(name, 'TypeError', make, `fix: the other way round: the tensor comes first, ${cure}.`),
  ),
];
