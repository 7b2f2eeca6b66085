/**
 * Mistakes that people make at midnight, each with what it must be told: TensorFlow's sentence first where there is
 * one, then the line, the cause and the cure, for someone without Python. A new one that is met joins the list.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '../../src';

export interface Mistake {
  /** What was done wrong. */
  readonly name: string;
  readonly make: (sess: tf.Session) => unknown;
  /** The class of the error; 'advice' for a line on stderr, 'uncaught' for JavaScript's own that ends a program. */
  readonly kind: string;
  /** What the text must hold, in any order. */
  readonly says: readonly (string | RegExp)[];
}
/** A line of this file. */
const LINE = /list\.ts:\d+:\d+/;
// Programs in plain JavaScript: what types would have refused.
const as = <T>(value: unknown): T => value as T;
const X = (columns = 2): tf.Tensor => tf.placeholder(tf.float32, [null, columns], { name: 'X' });
const Y = (columns = 2): tf.Tensor => tf.placeholder(tf.float32, [null, columns], { name: 'Y' });
const rows = (n: number, columns = 2): number[][] =>
  Array.from({ length: n }, () => new Array<number>(columns).fill(1));
const trained = (sess: tf.Session, loss: tf.Tensor, rate = 0.1): tf.Operation => {
  const step = new tf.train.GradientDescentOptimizer(rate).minimize(loss);
  sess.run(tf.globalVariablesInitializer());
  return step;
};

export const MISTAKES: readonly Mistake[] = [
  // Feeds
  {
    name: 'two feeds of different batch length, subtracted',
    make: (sess) => sess.run(tf.reduceMean(X().sub(Y())), { 'X:0': rows(3), 'Y:0': rows(2) }),
    kind: 'InvalidArgumentError',
    says: ['Incompatible shapes: [3,2] vs. [2,2]', LINE, 'X was fed 3 rows, Y 2', 'fix: feed as many rows'],
  },
  {
    name: 'two feeds of different batch length, in a cross entropy',
    make: (sess) => {
      const cost = tf.nn.softmaxCrossEntropyWithLogits({ labels: Y(), logits: X().mul(2) });
      return sess.run(cost, { 'X:0': rows(3), 'Y:0': rows(2) });
    },
    kind: 'InvalidArgumentError',
    says: ['logits and labels must be broadcastable', LINE, 'X was fed 3 rows, Y 2', 'fix: feed as many rows'],
  },
  {
    name: 'a placeholder that is not fed, though another is that is needed itself',
    make: (sess) => sess.run(X().mul(Y()), { 'X:0': rows(1) }),
    kind: 'InvalidArgumentError',
    says: [
      "You must feed a value for placeholder tensor 'Y'",
      LINE,
      'needed by: mul',
      "fed: 'X:0'",
      /^(?!.*did you mean)/s,
    ],
  },
  {
    name: 'a placeholder that is fed in the place of another',
    make: (sess) => {
      X();
      return sess.run(Y().mul(2), { 'X:0': rows(1) });
    },
    kind: 'InvalidArgumentError',
    says: ["placeholder tensor 'Y'", LINE, "did you mean to feed 'Y' where 'X' was fed?"],
  },
  {
    name: 'nothing is fed',
    make: (sess) => sess.run(X().mul(2)),
    kind: 'InvalidArgumentError',
    says: ["placeholder tensor 'X'", LINE, 'fed: nothing', "fix: feed it: sess.run(fetches, {'X:0': value})"],
  },
  {
    name: 'a feed of the wrong width',
    make: (sess) => sess.run(X(3).mul(2), { 'X:0': rows(4, 2) }),
    kind: 'ValueError',
    says: ["Cannot feed value of shape (4, 2) for Tensor 'X:0', which has shape '(?, 3)'"],
  },
  {
    name: 'a feed whose key is the name of a variable of TypeScript',
    make: (sess) => {
      const images = X();
      return sess.run(images.mul(2), { images: rows(1) });
    },
    kind: 'TypeError',
    says: ['Cannot interpret feed_dict key as Tensor', "placeholders of this graph: 'X:0'", 'fix: feed by the tensor'],
  },
  {
    name: 'a feed whose key is a tensor',
    make: (sess) => {
      const images = X();
      return sess.run(images.mul(2), as({ [String(images)]: rows(1) }));
    },
    kind: 'TypeError',
    says: ['a tensor cannot be an object key', '[X.name]'],
  },
  {
    name: 'rows of different lengths',
    make: (sess) => sess.run(X().mul(2), { 'X:0': [[1, 2], [3]] }),
    kind: 'ValueError',
    says: ['Argument must be a dense tensor', LINE, 'all lists of a depth must be of one length'],
  },

  // Shapes
  {
    name: 'a bias of the wrong length',
    make: () => {
      const w = new tf.Variable(tf.zeros([2, 10]), { name: 'W' });
      const b = new tf.Variable(tf.zeros([5]), { name: 'b' });
      return tf.matmul(X(), w).add(b);
    },
    kind: 'ValueError',
    says: ['Dimensions must be equal, but are 10 and 5', LINE, 'a number for each column: make b [10]'],
  },
  {
    name: 'a bias of the wrong length, in biasAdd',
    make: () => tf.nn.biasAdd(X(10), new tf.Variable(tf.zeros([5]), { name: 'b' })),
    kind: 'ValueError',
    says: ['Dimensions must be equal, but are 10 and 5', LINE, 'make b [10]'],
  },
  {
    name: 'a matrix the wrong way round',
    make: () => tf.matmul(X(784), new tf.Variable(tf.zeros([10, 784]), { name: 'W' })),
    kind: 'ValueError',
    says: ['Dimensions must be equal, but are 784 and 10', LINE, 'fix: transpose b'],
  },
  {
    name: 'pictures that were not flattened',
    make: () => tf.matmul(tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' }), tf.zeros([784, 10])),
    kind: 'ValueError',
    says: [LINE, 'reshape X to [-1, 784]'],
  },
  {
    name: 'labels as digits for a cross entropy of one-hot rows',
    make: (sess) => {
      const labels = tf.placeholder(tf.float32, [null], { name: 'digits' });
      const cost = tf.nn.softmaxCrossEntropyWithLogits({ labels, logits: X(10) });
      return sess.run(cost, { 'X:0': rows(3, 10), 'digits:0': [7, 2, 1] });
    },
    kind: 'InvalidArgumentError',
    says: ['logits and labels must be broadcastable', LINE, 'the labels are 3 numbers', 'tf.oneHot(labels, 10)'],
  },
  {
    name: 'tf.concat with the arguments of 0.x',
    make: () => tf.concat(as<tf.Tensor[]>(0), as<tf.Tensor>([tf.constant([1]), tf.constant([2])])),
    kind: 'ValueError',
    says: [/must have rank 0|rank/i, 'the axis stands first, as before TensorFlow 1.0', 'fix: tf.concat([a, b], axis)'],
  },
  {
    name: 'the number of classes as the axis of softmax',
    make: () => tf.nn.softmax(X(), 5),
    kind: 'InvalidArgumentError',
    says: ['Dimension (5) must be in the range [-2, 2)', LINE, 'not their number', 'fix: leave it out'],
  },
  {
    name: 'a reshape to another number of values',
    make: (sess) => sess.run(tf.reshape(X(), [-1, 5]), { 'X:0': rows(2) }),
    kind: 'InvalidArgumentError',
    says: ['Input to reshape is a tensor with 4 values', LINE, 'likely cause: each row wants 5 values'],
  },

  // Arguments
  {
    name: 'dropout that keeps more than all',
    make: () => tf.nn.dropout(X(), 1.5),
    kind: 'ValueError',
    says: ['rate must be a scalar tensor or a float in the range [0, 1), got -0.5', 'keepProb was 1.5', 'at most 1'],
  },
  {
    name: "padding: 'same'",
    make: () => tf.nn.conv2d(tf.ones([1, 4, 4, 1]), tf.ones([2, 2, 1, 1]), 1, as<'SAME'>('same')),
    kind: 'ValueError',
    says: ["Attr 'padding' of 'Conv2D' Op passed string 'same' not in", "fix: in capitals: 'SAME'"],
  },
  {
    name: 'padding of another library',
    make: () => tf.nn.maxPool(tf.ones([1, 4, 4, 1]), 2, 2, as<'SAME'>('full')),
    kind: 'ValueError',
    says: ["passed string 'full' not in", "fix: one of 'SAME', 'VALID'"],
  },

  // Values and tensors
  {
    name: 'z + 1',
    make: () => as<number>(tf.constant(1)) + 1,
    kind: 'TypeError',
    says: [
      'is not allowed in Graph execution',
      LINE,
      "'+' or '==' wants a number at once",
      'z.add(1) is one more node',
    ],
  },
  {
    name: 'loss < 0.1',
    make: () => as<number>(tf.constant(1)) < 0.1,
    kind: 'TypeError',
    says: ['is not allowed in Graph execution', LINE, "'<'", 'if (sess.run(loss, feeds) < 0.1)'],
  },
  {
    name: 'a loop over a tensor',
    make: () => [...as<number[]>(tf.constant([1]))],
    kind: 'TypeError',
    says: ['iterating over `tf.Tensor` is not allowed', LINE, 'tf.unstack(tensor)'],
  },
  {
    name: 'tensor.length',
    make: () => tf.constant([1]).length,
    kind: 'TypeError',
    says: ['len is not well defined for symbolic Tensors', LINE, 'tf.shape(tensor)'],
  },
  {
    name: 'the loss overwritten by its value',
    make: (sess) => {
      tf.constant(1);
      return sess.run(as<tf.Tensor>(3.5));
    },
    kind: 'TypeError',
    says: ['Fetch argument 3.5 has invalid type', 'give the value another name'],
  },
  {
    name: 'a fetch that is undefined',
    make: (sess) => sess.run(as<tf.Tensor[]>([tf.constant(1), undefined])),
    kind: 'TypeError',
    says: ['Fetch argument None has invalid type', 'it is fetches[1]', 'a misspelled property'],
  },
  {
    name: 'a fetch by the name of a variable of TypeScript',
    make: (sess) => {
      tf.reduceMean(tf.constant([1]));
      return sess.run('loss');
    },
    kind: 'ValueError',
    says: [
      "The name 'loss' refers to an Operation not in the graph",
      "'Mean'",
      'the name of a variable of TypeScript is no name of a node',
      'fix: fetch the tensor itself: sess.run(loss)',
    ],
  },
  {
    name: 'a name with a slip',
    make: (sess) => {
      tf.constant(1, { name: 'accuracy' });
      return sess.run('acuracy:0');
    },
    kind: 'ValueError',
    says: ['refers to a Tensor which does not exist', "did you mean 'accuracy:0'?"],
  },

  // Graphs and sessions
  {
    name: 'a tensor from before tf.resetDefaultGraph()',
    make: () => {
      const old = tf.constant(1);
      tf.resetDefaultGraph();
      return old.add(tf.constant(2));
    },
    kind: 'ValueError',
    says: [
      'must be from the same graph as',
      /before tf\.resetDefaultGraph\(\) at .*list\.ts/,
      'fix: build both in one graph',
    ],
  },
  {
    name: 'a fetch from before tf.resetDefaultGraph()',
    make: () => {
      const old = tf.constant(1);
      tf.resetDefaultGraph();
      tf.constant(2);
      using sess = new tf.Session('', { config: { device: 'portable' } });
      return sess.run(old);
    },
    kind: 'ValueError',
    says: ['is not an element of this graph', LINE, /before tf\.resetDefaultGraph\(\) at .*list\.ts/],
  },
  {
    name: 'a variable that was not initialized',
    make: (sess) => sess.run(new tf.Variable(1, { name: 'w' })),
    kind: 'FailedPreconditionError',
    says: ['Attempting to use uninitialized value w', LINE, 'fix: run the initializer in this session first'],
  },
  {
    name: 'an initializer that was made too early',
    make: (sess) => {
      const init = tf.globalVariablesInitializer();
      const w = new tf.Variable(1, { name: 'w' });
      sess.run(init);
      return sess.run(w);
    },
    kind: 'FailedPreconditionError',
    says: ['uninitialized value w', LINE, 'before this variable was made', 'after the whole graph is built'],
  },
  {
    name: 'a session that is closed',
    make: (sess) => {
      const one = tf.constant(1);
      sess.close();
      return sess.run(one);
    },
    kind: 'RuntimeError',
    says: ['Attempted to use a closed Session', 'fix: run before sess.close()'],
  },
  {
    name: 'a variable name that is taken',
    make: () => [tf.getVariable('w', { shape: [1] }), tf.getVariable('w', { shape: [1] })],
    kind: 'ValueError',
    says: ['Variable w already exists', 'AUTO_REUSE'],
  },
  {
    name: 'an integer beside a float',
    make: () => tf.constant([1], tf.int32).add(tf.constant([0.5])),
    kind: 'TypeError',
    says: [/type float32.*does not match type int32|int32.*float32/, /tf\.cast|cast/],
  },
  {
    name: 'an optimizer without a way to any variable',
    make: () => {
      new tf.Variable(1, { name: 'w' });
      return new tf.train.GradientDescentOptimizer(0.1).minimize(tf.constant(1));
    },
    kind: 'ValueError',
    says: ['No gradients provided for any variable', /w/],
  },

  // What is at hand in Python, in tfjs, or in plain JavaScript
  {
    name: 'an optimizer that is fetched',
    make: (sess) => {
      new tf.Variable(1);
      return sess.run(as<tf.Tensor>(new tf.train.GradientDescentOptimizer(0.1)));
    },
    kind: 'TypeError',
    says: ["has invalid type <class 'GradientDescentOptimizer'>", 'fix: fetch what its minimize returns'],
  },
  {
    name: 'the mean of booleans',
    make: () =>
      tf.reduceMean(as<tf.Tensor>(tf.equal(tf.constant([1, 2], { name: 'said' }), [1, 1], { name: 'right' }))),
    kind: 'TypeError',
    says: ['DataType bool not in list of allowed values', LINE, 'fix: ', 'tf.cast(right, tf.float32)'],
  },
  {
    name: 'an axis counted from 1',
    make: () => tf.reduceSum(tf.zeros([2, 3]), 2),
    kind: 'ValueError',
    says: [
      'Invalid reduction dimension 2 for input with 2 dimensions',
      LINE,
      'fix: an axis is counted from 0',
      '0 to 1',
    ],
  },
  {
    name: 'x[0]',
    make: () => as<tf.Tensor[]>(tf.zeros([2, 3]))[0],
    kind: 'AttributeError',
    says: ['tf.Tensor[0]', 'x.get(0)', 'sess.run(x)'],
  },
  {
    name: 'a shape as two numbers',
    make: () => as<(a: number, b: number) => tf.Tensor>(tf.truncatedNormal)(784, 100),
    kind: 'ValueError',
    says: ['Shape must be rank 1 but is rank 0', LINE, 'A shape is one list of whole numbers, as [784, 100]'],
  },
  {
    name: 'a column beside a row in a cross entropy of one output',
    make: () =>
      tf.nn.sigmoidCrossEntropyWithLogits({
        labels: tf.placeholder(tf.float32, [null]),
        logits: tf.placeholder(tf.float32, [null, 1]),
      }),
    kind: 'ValueError',
    says: ['logits and labels must have the same shape ((?, 1) vs (?,))', 'fix: tf.squeeze(logits, { axis: 1 })'],
  },
  {
    name: 'one-hot labels where classes are meant',
    make: () =>
      tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: tf.zeros([2, 10], tf.int32), logits: tf.zeros([2, 10]) }),
    kind: 'ValueError',
    says: ['Rank of labels (received 2)', 'fix: for labels that are distributions', 'softmaxCrossEntropyWithLogits'],
  },
  {
    name: 'labels and logits by position',
    make: () => as<(a: tf.Tensor, b: tf.Tensor) => tf.Tensor>(tf.nn.softmaxCrossEntropyWithLogits)(X(), Y()),
    kind: 'ValueError',
    says: [
      'with named arguments (labels=..., logits=..., ...)',
      'fix: tf.nn.softmaxCrossEntropyWithLogits({labels, logits})',
    ],
  },
  {
    name: 'a tensor that is fed',
    make: (sess) => sess.run(X(), { 'X:0': as<number>(tf.zeros([1, 2])) }),
    kind: 'TypeError',
    says: ['cannot be a tf.Tensor object', 'fix: run it first and feed the result'],
  },
  {
    name: 'numbers that are text',
    make: (sess) => sess.run(tf.placeholder(tf.float32, [null], { name: 'x' }), { 'x:0': as<number[]>(['1', '2']) }),
    kind: 'TypeError',
    says: ["of type 'str'", LINE, 'fix: convert the strings, as texts.map(Number)'],
  },
  {
    name: 'std for stddev',
    make: () => as<(shape: number[], o: object) => tf.Tensor>(tf.truncatedNormal)([2], { std: 0.1 }),
    kind: 'TypeError',
    says: ["unexpected keyword argument 'std'", 'fix: stddev, as {stddev: …}'],
  },
  {
    name: 'a name with a space',
    make: () => tf.constant(1, { name: 'my cost' }),
    kind: 'ValueError',
    says: ["'my cost' is not a valid node name", "'my_cost'"],
  },
  {
    name: 'a label beyond the classes',
    make: (sess) => sess.run(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: [5], logits: tf.zeros([1, 3]) })),
    kind: 'InvalidArgumentError',
    says: ['Received a label value of 5', LINE, 'fix: labels are class indices from 0 to 2'],
  },
  {
    name: 'a word beyond the table of vectors',
    make: (sess) => sess.run(tf.nn.embeddingLookup(tf.zeros([3, 2]), tf.constant([7], tf.int32))),
    kind: 'InvalidArgumentError',
    says: ['indices[0] = 7 is not in [0, 3)', LINE, 'likely cause: there are only 3 rows'],
  },
  {
    name: 'channels that do not fit a filter',
    make: () =>
      tf.nn.conv2d(tf.zeros([1, 8, 8, 1]), tf.zeros([5, 5, 3, 8]), { strides: [1, 1, 1, 1], padding: 'SAME' }),
    kind: 'ValueError',
    says: ['Depth of input (1) is not a multiple', LINE, 'fix: ', 'make the filter [5, 5, 1, 8]'],
  },
  ...(
    [
      ["Python's spelling", 'reduce_mean', 'is tf.reduceMean in tfjs-session'],
      ['a constant of tfjs', 'tensor', 'use tf.constant'],
      ['tidying of tfjs', 'tidy', 'sessions free what they make'],
      ['a dtype in capitals', 'Float32', 'tf.float32 is'],
    ] as const
  ).map(([name, what, says]) => ({
    name,
    make: () => as<Record<string, unknown>>(tf)[what],
    kind: 'AttributeError',
    says: [`tf.${what} is `, says],
  })),

  // Two arguments where one list is meant, and text where a number is.
  ...(
    [
      ['tf.zeros(3, 4)', () => Reflect.apply(tf.zeros, tf, [3, 4]), 'fix: shape is one list: [3, 4].'],
      [
        'tf.reshape(x, 3, 1)',
        () => Reflect.apply(tf.reshape, tf, [[1, 2, 3], 3, 1]),
        'fix: shape is one list: [3, 1].',
      ],
      ['two axes', () => Reflect.apply(tf.reduceMean, tf, [[[1]], 0, 1]), 'fix: axis is one list: [0, 1].'],
      ['tf.transpose(x, 1, 0)', () => Reflect.apply(tf.transpose, tf, [[[1]], 1, 0]), 'fix: perm is one list: [1, 0].'],
      ['tf.addN(a, b)', () => Reflect.apply(tf.addN, tf, [X(), X()]), 'fix: inputs is one list: [a, b].'],
      [
        'tf.stack(a, b)',
        () => Reflect.apply(tf.stack, tf, [X(), X()]),
        'the tensors are one list: tf.stack([a, b], axis)',
      ],
      ['a name by position', () => Reflect.construct(tf.Variable, [1, 'w']), "fix: name by name: {name: 'w'}."],
      [
        'a device beside config',
        () => Reflect.construct(tf.Session, [{ device: 'portable' }]),
        'fix: {config: {device: …}}.',
      ],
      [
        'a function for a tensor',
        () => tf.nn.relu(as<number>(tf.nn.softmax)),
        'call the function, and give what it returns',
      ],
      ['an axis in quotes', () => tf.argmax([[1, 2]], as('1')), 'has DataType string not in list of allowed values'],
      [
        'a rate in quotes',
        () => new tf.train.GradientDescentOptimizer(as('0.1')).minimize(new tf.Variable(1).square()),
        /learning_rate of GradientDescent is '0\.1', which is text\.\n {2}fix: without quotes: 0\.1/,
      ],
      [
        'a number to minimize',
        () => new tf.train.AdamOptimizer(0.1).minimize(as(0.5)),
        'the number 0.5 for the loss. A value depends on no variable.',
      ],
    ] as const
  ).map(([name, make, says]) => ({ name, make, kind: 'TypeError', says: [says] })),
  {
    name: 'two tensors for concat, and no list',
    make: () => Reflect.apply(tf.concat, tf, [X(), X()]),
    kind: 'ValueError',
    says: ['Tensor conversion requested dtype int32', 'tf.concat([a, b], axis)'],
  },
  {
    name: 'a missing tensor',
    make: () => tf.add(1, as<number>(undefined)),
    kind: 'ValueError',
    says: ["Tried to convert 'y' to a tensor and failed", 'a misspelled property'],
  },
  {
    name: 'dropout by text',
    make: () => tf.nn.dropout(X(), as('0.5')),
    kind: 'ValueError',
    says: ["keep_prob must be a floating point number or Tensor (got '0.5')", 'fix: a number from 0 to 1'],
  },
  {
    name: 'two fetches side by side',
    make: (sess) => sess.run(tf.constant(1), as(tf.constant(2))),
    kind: 'TypeError',
    says: ['Const_1:0 is its second argument', 'put them in a list: sess.run([a, b]'],
  },
  {
    name: 'feeds before the fetch',
    make: (sess) => sess.run(as<string>({ x: [1] }), as(tf.constant(2))),
    kind: 'TypeError',
    says: ['feed_dict must be an object', 'not a node of the graph'],
  },
  ...(
    [
      ['a[0] of an array', (sess) => as<number[]>(sess.run(tf.constant([1, 2])))[0], 'of a vector a.at(0)'],
      [
        'array.length',
        (sess) => as<number[]>(sess.run(tf.constant([1, 2]))).length,
        'use array.shape[0], or array.size',
      ],
      ['array.map', (sess) => as<number[]>(sess.run(tf.constant([1]))).map(Number), 'use array.toArray().map(…)'],
      ['sums of an array', (sess) => as<{ sum: unknown }>(sess.run(tf.constant([1]))).sum, 'tf.reduceSum in the graph'],
      ['variable.numpy()', () => as<{ numpy: unknown }>(new tf.Variable(1)).numpy, 'use sess.run(variable)'],
      ['loss.backward()', () => as<{ backward: unknown }>(tf.constant(1)).backward, '.minimize(tensor)'],
      ['optimizer.step()', () => as<{ step: unknown }>(new tf.train.AdamOptimizer()).step, 'optimizer.minimize(loss)'],
      ['sess.fit()', (sess) => as<{ fit: unknown }>(sess).fit, 'sess.run(trainStep, feeds) in a loop'],
      ['tf.optimizers', () => as<{ optimizers: unknown }>(tf).optimizers, 'new tf.train.AdamOptimizer(0.001)'],
    ] as readonly (readonly [string, Mistake['make'], string])[]
  ).map(([name, make, says]) => ({ name, make, kind: 'AttributeError', says: [says] })),

  // Advice
  {
    name: 'a session of its own for each step',
    make: () => {
      const y = tf.constant(2).square();
      for (let i = 0; i < 12; i++) new tf.Session('', { config: { device: 'portable' } }).run(y);
    },
    kind: 'advice',
    says: [LINE, 'has opened 12 sessions of one graph', 'Fix: open one before the loop'],
  },
  {
    name: 'a cost that is NaN, step after step',
    make: (sess) => {
      const loss = tf.log(new tf.Variable(-1));
      const step = trained(sess, loss);
      for (let i = 0; i < 10; i++) sess.run([step, loss]);
    },
    kind: 'advice',
    says: [/'Log:0' is NaN since run 2 of this session/, LINE, 'checkNumerics: true'],
  },
  {
    name: 'a column minus a row, in a first regression',
    make: (sess) => {
      const x = tf.placeholder(tf.float32, [null, 1], { name: 'x' });
      const y = tf.placeholder(tf.float32, [null], { name: 'y' });
      const loss = tf.reduceMean(tf.square(tf.matmul(x, new tf.Variable(tf.ones([1, 1]))).sub(y)));
      sess.run(trained(sess, loss), { 'x:0': [[1], [2], [3]], 'y:0': [1, 2, 3] });
    },
    kind: 'advice',
    says: ['every row minus every row', LINE, 'Fix: give both one shape'],
  },
  {
    name: 'a softmax before the cross entropy that takes it itself',
    make: (sess) => {
      const w = new tf.Variable(tf.ones([2, 2]));
      const logits = tf.nn.softmax(tf.matmul(X(), w));
      const loss = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y(), logits }));
      sess.run(trained(sess, loss), { 'X:0': rows(1), 'Y:0': [[0, 1]] });
    },
    kind: 'advice',
    says: ['the cross entropy takes the softmax itself', LINE, 'Fix: give it the values before the softmax'],
  },
  {
    name: 'a graph that grows in the loop',
    make: (sess) => {
      for (let i = 0; i < 5; i++) sess.run(tf.constant(i));
    },
    kind: 'advice',
    says: ['adds nodes to the graph between runs', LINE, 'Fix: build the graph once, before the loop'],
  },
  {
    name: 'a row compared with a column, in an accuracy',
    make: (sess) => {
      const labels = tf.placeholder(tf.int64, [null, 1], { name: 'labels' });
      const right = tf.equal(tf.argmax(X(), 1), labels);
      const accuracy = tf.reduceMean(tf.cast(right, tf.float32));
      sess.run(accuracy, { 'X:0': rows(2), 'labels:0': [[0], [1]] });
    },
    kind: 'advice',
    says: ['compared every row with every row', LINE, 'no share of right answers', 'Fix: give both one shape'],
  },

  // Met later
  {
    name: 'a class that is called',
    make: () => as<(start: number) => unknown>(tf.Variable)(0),
    kind: 'TypeError',
    says: ["Class constructor Variable cannot be invoked without 'new'"],
  },
  {
    name: 'a layer without its units',
    make: () => as<(x: tf.Tensor) => unknown>(tf.layers.dense)(X()),
    kind: 'TypeError',
    says: ["dense() missing 1 required positional argument: 'units'", 'tf.layers.dense(inputs, units'],
  },
  {
    name: 'an element of a fetched array by brackets',
    make: (sess) => as<number[][]>(sess.run(tf.nn.softmax(X()), { 'X:0': rows(2) }))[0][1],
    kind: 'AttributeError',
    says: ['a[0] of NumPy is a.row(0) here, of a vector a.at(0)'],
  },
  {
    name: 'arithmetic with a fetched array',
    make: (sess) => as<number>(sess.run(tf.reduceSum(X(), 0), { 'X:0': rows(2) })) * 2,
    kind: 'TypeError',
    says: ['only size-1 arrays can be converted', 'shape (2,)', 'array * 2', 'fix: take an element, array.at(i)'],
  },
  {
    name: 'a fetched array compared with a number',
    make: (sess) => as<number>(sess.run(X(), { 'X:0': rows(2) })) > 0.5,
    kind: 'TypeError',
    says: ['only size-1 arrays can be converted', 'array > 0.5', 'fix: '],
  },
  {
    name: 'a column as prediction for rows',
    make: () => tf.losses.meanSquaredError(X(3), tf.matmul(X(3), tf.ones([3, 1]))),
    kind: 'ValueError',
    says: ['Shapes (?, 1) and (?, 3) are incompatible', 'fix: what is predicted and what is right have one shape'],
  },
  {
    name: 'a saver before any variable',
    make: () => new tf.train.Saver(),
    kind: 'ValueError',
    says: ['No variables to save', 'fix: make the variables before the saver'],
  },
  {
    name: 'a path before the session, to save',
    make: (sess) => new tf.train.Saver([new tf.Variable(1)]).save(as<tf.Session>('model'), as<string>(sess)),
    kind: 'TypeError',
    says: ["Expected string for argument 'save_path' of save()", 'tf.train.Saver.save(sess, savePath'],
  },
  {
    name: 'a folder that is not there, to save into',
    make: (sess) => {
      const v = new tf.Variable(1);
      sess.run(v.initializer);
      return new tf.train.Saver().save(sess, '/no/such/folder/model');
    },
    kind: 'ValueError',
    says: ["Parent directory of /no/such/folder/model doesn't exist", 'fix: make it first'],
  },
  {
    name: 'a checkpoint of a variable of another size',
    make: (sess) => {
      const [v, w] = [new tf.Variable([1, 2], { name: 'v' }), new tf.Variable([1, 2, 3], { name: 'w' })];
      sess.run([v.initializer, w.initializer]);
      const folder = mkdtempSync(join(tmpdir(), 'mistakes-'));
      try {
        const path = new tf.train.Saver({ v }).save(sess, join(folder, 'model'));
        return new tf.train.Saver(as<tf.Variable[]>({ v: w })).restore(sess, path);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    kind: 'InvalidArgumentError',
    says: ['Assign requires shapes of both tensors to match', LINE, 'fix: make the variable as large as in the file'],
  },
  {
    name: 'pictures without channels in a convolution',
    make: () => tf.layers.conv2d(tf.placeholder(tf.float32, [null, 28, 28]), 8, 3),
    kind: 'ValueError',
    says: ['expected ndim=4, found ndim=3', 'fix: give the channels a dimension of their own: tf.expandDims(x, -1)'],
  },
  {
    name: 'a placeholder without a shape before a layer',
    make: () => tf.layers.dense(tf.layers.flatten(tf.placeholder(tf.float32)), 10),
    kind: 'ValueError',
    says: ['its rank is undefined', 'fix: give the placeholder a shape, as [null, 784]'],
  },
  {
    name: 'a row beyond the last',
    make: (sess) => sess.run(X().get(5), { 'X:0': rows(2) }),
    kind: 'InvalidArgumentError',
    says: ['slice index 5 of dimension 0 out of bounds', LINE, 'fix: places are counted from 0'],
  },
  {
    name: 'whole numbers divided by 0',
    make: (sess) => sess.run(tf.div(tf.constant(1, tf.int32), 0)),
    kind: 'InvalidArgumentError',
    says: ['Integer division by zero', LINE, 'fix: whole numbers have no infinity', 'tf.truediv(x, y)'],
  },
  {
    name: 'a gradient that is null, fetched',
    make: (sess) => sess.run(as<tf.Tensor[]>(tf.gradients(X(), tf.constant(1)))),
    kind: 'TypeError',
    says: ['Fetch argument None', 'it is fetches[0]', 'a gradient that is null because no path leads to it'],
  },
  {
    name: 'a gradient that is null, used',
    make: () => tf.square(tf.gradients(X(), tf.constant(1))[0]),
    kind: 'ValueError',
    says: [
      'None values not supported',
      'a gradient that is null because no path leads to it',
      'tf.explainGradient(y, x)',
      "it is an input of 'Square'",
    ],
  },
  {
    name: 'a gradient that is null among others',
    make: () => tf.addN([tf.constant(1), tf.gradients(X(), tf.constant(1))[0]]),
    kind: 'ValueError',
    says: [
      'None values not supported',
      'a gradient that is null because no path leads to it',
      'tf.explainGradient(y, x)',
    ],
  },
  {
    name: 'a list where one number is wanted',
    make: () => tf.oneHot([1, 2], as<number>([10])),
    kind: 'ValueError',
    says: ['Input must be scalar but has rank 1', LINE, 'fix: one number is asked for here, and no list: 10, not [10]'],
  },
  {
    name: 'a variable without a shape',
    make: () => tf.getVariable('v'),
    kind: 'ValueError',
    says: ['The initializer passed is not valid', "fix: give all its sizes: tf.getVariable('v', [784, 10])"],
  },
  {
    name: 'a session that was opened before tf.resetDefaultGraph(), fed',
    make: () => {
      tf.constant(1);
      const early = new tf.Session();
      tf.resetDefaultGraph();
      const y = tf.placeholder(tf.float32, [], { name: 'y' });
      return early.run('y:0', { [y.name]: 1 });
    },
    kind: 'TypeError',
    says: [/'y' is in another graph than this session runs, made at \S*list\.ts/, /resetDefaultGraph\(\) at \S*list/],
  },
  {
    name: 'a feed by a name from before tf.resetDefaultGraph()',
    make: () => {
      const x = tf.placeholder(tf.float32, [], { name: 'early' });
      tf.resetDefaultGraph();
      return new tf.Session().run(tf.constant(1), { [x.name]: 1 });
    },
    kind: 'TypeError',
    says: [
      'Cannot interpret feed_dict key as Tensor',
      /'early' is in another graph than this session runs, made at \S*list\.ts/,
      /of the graph before tf\.resetDefaultGraph\(\) at \S*list\.ts/,
      'fix: call tf.resetDefaultGraph() only before building',
    ],
  },
  {
    name: 'a function that is minimized',
    make: () => new tf.train.GradientDescentOptimizer(0.1).minimize(as<tf.Tensor>(() => tf.constant(1))),
    kind: 'TypeError',
    says: ["Failed to convert object of type <class 'function'>", 'fix: call the function, and give what it returns'],
  },
  {
    name: 'a dtype by its name in Python',
    make: () => tf.zeros([2], as<tf.DType>('int')),
    kind: 'TypeError',
    says: ["Cannot convert value 'int' to a TensorFlow DType", 'fix: dtypes are tf.float32, tf.int64'],
  },
  {
    name: 'a value of another shape for a variable',
    make: () => new tf.Variable(tf.ones([2, 1])).assign([[1], [2], [3]]),
    kind: 'ValueError',
    says: [
      'Dimension 0 in both shapes must be equal, but are 2 and 3',
      LINE,
      'fix: a variable keeps its shape',
      '[2, 1]',
    ],
  },
  {
    name: 'gradients and variables in lists of their own',
    make: () => {
      const w = new tf.Variable(1);
      const optimizer = new tf.train.GradientDescentOptimizer(0.1);
      const apply = as<(g: unknown, v: unknown) => unknown>(optimizer.applyGradients.bind(optimizer));
      return apply(tf.gradients(w.mul(w), [w]), [w]);
    },
    kind: 'TypeError',
    says: ['Expected pairs of a gradient and a variable', 'fix: what computeGradients returns'],
  },
  {
    name: 'fed matrices that do not fit, of unknown rank',
    make: (sess) => {
      const [x, y] = [tf.placeholder(tf.float32), tf.placeholder(tf.float32)];
      return sess.run(tf.matmul(x, y), { [x.name]: [[1, 2, 3]], [y.name]: [[1, 2]] });
    },
    kind: 'InvalidArgumentError',
    says: ['In[0] mismatch In[1] shape', LINE, 'as many columns on the left as there are rows on the right'],
  },
  {
    name: 'fed parts of other widths',
    make: (sess) => {
      const [x, y] = [X(as(null)), Y(as(null))];
      return sess.run(tf.concat([x, y], 0), { [x.name]: rows(1, 2), [y.name]: rows(1, 1) });
    },
    kind: 'InvalidArgumentError',
    says: ['Dimensions of inputs should match', LINE, 'equal along all others'],
  },
  {
    name: 'one cell twice, for rows of another width',
    make: () => {
      const { BasicLSTMCell, DropoutWrapper, MultiRNNCell } = tf.nn.rnnCell;
      const cell = new DropoutWrapper(new BasicLSTMCell(4), { outputKeepProb: 0.5 });
      return tf.nn.dynamicRnn(new MultiRNNCell([cell, cell]), tf.ones([1, 3, 2]), { dtype: tf.float32 });
    },
    kind: 'ValueError',
    says: ['Dimensions must be equal, but are 8 and 6', LINE],
  },
  {
    name: 'two nets of one name',
    make: () => {
      const net = () => {
        const cell = new tf.nn.rnnCell.MultiRNNCell([new tf.nn.rnnCell.BasicLSTMCell(4)]);
        return tf.nn.dynamicRnn(cell, tf.ones([1, 3, 2]), { dtype: tf.float32 });
      };
      return [net(), net()];
    },
    kind: 'ValueError',
    says: ['basic_lstm_cell/kernel already exists', /Originally defined at:\n\n {2}File ".*list\.ts", line \d+/],
  },
  {
    name: 'a file that is no meta graph',
    make: () => tf.train.importMetaGraph(join(__dirname, '..', '..', 'package.json')),
    kind: 'DataLossError',
    says: ['Cannot parse file', 'what saver.save() writes beside a checkpoint'],
  },
  {
    name: 'a shape that takes other numbers',
    make: () => tf.reshape(tf.ones([3, 4]), [5, -1]),
    kind: 'ValueError',
    says: ['must be evenly divisible by 5 but is 12', LINE, 'without a rest'],
  },
  {
    name: 'rows that are no multiple of a block',
    make: () => tf.spaceToDepth(tf.ones([1, 3, 3, 1]), 2),
    kind: 'ValueError',
    says: ['must be evenly divisible by 2 but is 3', LINE, 'without a rest', 'tf.pad'],
  },
  {
    name: 'parts that are not equal',
    make: () => tf.split(X(), 3, 1),
    kind: 'ValueError',
    says: ['must be evenly divisible by 3 but is 2', LINE, 'fix: parts of unequal size are a list of their sizes'],
  },
  {
    name: 'a name of tfjs',
    make: () => as<{ tidy(f: () => unknown): unknown }>(tf).tidy(() => tf.constant(1)),
    kind: 'AttributeError',
    says: ['tf.tidy is no name of TensorFlow 1.15', 'sessions free what they make'],
  },
];
