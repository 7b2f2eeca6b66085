/** Mistakes of a first course: lists for tensors, names with slips, arguments in another order, promises, sizes. */
import * as tf from '../../src';
import type { Mistake } from './list';

// Programs in plain JavaScript: what types would have refused.
type Any = (...args: unknown[]) => unknown;
const any = (value: unknown): Record<string, Any> => value as Record<string, Any>;
const as = <T>(value: unknown): T => value as T;
const X = (columns = 2): tf.Tensor => tf.placeholder(tf.float32, [null, columns], { name: 'X' });
const mistake = (name: string, kind: string, make: Mistake['make'], ...says: Mistake['says'][number][]): Mistake => ({
  name,
  make,
  kind,
  says,
});
const weights = (): tf.Tensor => tf.placeholder(tf.float32, [null], { name: 'w' });

export const FIRST_COURSE: readonly Mistake[] = [
  // A list where a tensor is meant
  mistake(
    'a metric as a tensor',
    'AttributeError',
    () => any(tf.metrics.accuracy([1], [1])).mul(2),
    "'list' object has no attribute 'mul'",
    'const [value, update] = tf.metrics.accuracy(…)',
    'update takes in what is fed',
  ),
  mistake(
    'the mean of a metric',
    'AttributeError',
    (sess) => sess.run(as<tf.Tensor>(any(tf.metrics.mean([1])).mean())),
    "'list' object has no attribute 'mean'",
    'tf.metrics.mean() gives a list of 2',
  ),
  mistake(
    'moments as one tensor',
    'AttributeError',
    () => any(tf.nn.moments(X(), [0])).sub(1),
    'const [mean, variance] = tf.nn.moments(…)',
  ),
  mistake(
    'a gradient without taking it out of its list',
    'AttributeError',
    () => {
      const x = tf.constant(1);
      return any(tf.gradients(x.mul(x), [x])).mul(2);
    },
    'tf.gradients() gives a list of 1',
    'const [gradient] = tf.gradients(…)',
  ),
  mistake(
    'outputs and state of a recurrent net as one',
    'AttributeError',
    () => any(tf.nn.dynamicRnn(new tf.nn.rnnCell.GRUCell(3), tf.ones([1, 2, 3]), { dtype: tf.float32 })).matmul([[1]]),
    'const [outputs, state] = tf.nn.dynamicRnn(…)',
  ),
  mistake(
    'the largest values with their places',
    'AttributeError',
    () => any(tf.nn.topK(X())).eval(),
    'const [values, indices] =',
  ),

  // Names
  mistake(
    'a slip in the name of a function',
    'AttributeError',
    () => any(tf.nn).sofmax(X()),
    'tf.nn.sofmax is no name of TensorFlow 1.15: did you mean tf.nn.softmax?',
  ),
  mistake(
    'a slip in contrib',
    'AttributeError',
    () => any(tf.contrib.layers).fulyConnected(X(), 3),
    'did you mean tf.contrib.layers.fullyConnected?',
  ),
  mistake(
    'a slip in the name of a class',
    'AttributeError',
    () => Reflect.construct(any(tf.train).AdamOptimzer, [0.1]) as unknown,
    'did you mean tf.train.AdamOptimizer?',
  ),
  mistake(
    'a loss by its initials',
    'AttributeError',
    () => any(tf.losses).mse(X(), X()),
    'did you mean tf.losses.meanSquaredError?',
  ),
  mistake(
    'a mean as a method',
    'AttributeError',
    () => any(X()).mean(),
    'use tf.reduceMean, with the tensor as argument',
  ),
  mistake(
    'flatten as a method',
    'AttributeError',
    () => any(X()).flatten(),
    'use tf.layers.flatten, with the tensor as argument',
  ),
  mistake(
    'a tensor printed as a number',
    'AttributeError',
    () => any(tf.constant(1)).toFixed(2),
    'a session gives the values',
    'sess.run(tensor)',
  ),
  mistake(
    'a method of lists of a fetched array',
    'AttributeError',
    (sess) => any(sess.run(tf.ones([2]))).reduce(),
    'use array.toArray().reduce(…)',
  ),
  mistake('an LSTM in tf.nn', 'AttributeError', () => any(tf.nn).LSTMCell(3), 'use tf.nn.rnnCell.LSTMCell'),

  // Arguments in another order, or of another kind
  mistake(
    'a summary whose tensor comes first',
    'TypeError',
    () => tf.summary.scalar(as<string>(X()), as<tf.Tensor>('loss')),
    "Expected string for argument 'name' of scalar()",
    'the other way round: tf.summary.scalar(name, tensor)',
  ),
  mistake(
    'a variable of nothing',
    'ValueError',
    () => new tf.Variable(as<number>(null)),
    'fix: numbers to start from, as new tf.Variable(',
  ),
  mistake(
    'whether it trains in the place of the axis',
    'TypeError',
    () => tf.layers.batchNormalization(X(), as<number>(true)),
    'axis must be int or list, type given: boolean\n  fix: training by name: {training: true}.',
  ),
  mistake(
    'a padding in the place of the strides',
    'ValueError',
    () => tf.layers.conv2d(tf.zeros([1, 4, 4, 1]), 3, 3, as<number>('same')),
    "Received: 'same'\n  fix: {padding: 'same'}.",
  ),
  mistake(
    'an activation in the place of the strides',
    'ValueError',
    () => tf.layers.conv2d(tf.zeros([1, 4, 4, 1]), 3, 3, as<number>(tf.nn.relu)),
    'fix: an activation by name: {activation: tf.nn.relu}.',
  ),
  mistake(
    'how many checkpoints to keep, first',
    'TypeError',
    () => new tf.train.Saver(as<tf.Variable[]>(3)),
    'fix: {maxToKeep: 3}.',
  ),
  mistake(
    'the last word of a name',
    'TypeError',
    () => tf.clipByValue(X(), as<{ clipValueMin: number; clipValueMax: number }>({ min: 0, max: 1 })),
    "argument 'min'\n  fix: clipValueMin, as {clipValueMin: …}.",
  ),
  mistake(
    'a path before the session, to restore',
    'TypeError',
    (sess) => {
      new tf.Variable(1, { name: 'v' });
      return new tf.train.Saver().restore(as<tf.Session>('./model'), as<string>(sess));
    },
    'the other way round: tf.train.Saver.restore(sess, savePath)',
  ),
  mistake(
    'a placeholder whose shape comes first',
    'TypeError',
    () => tf.placeholder(as<tf.DType>([null, 3]), as<number[]>(tf.float32)),
    'the other way round: tf.placeholder(dtype, shape)',
  ),
  mistake(
    'a variable whose shape comes first',
    'TypeError',
    () => tf.getVariable(as<string>([2, 3]), as<number[]>('w')),
    'the other way round: tf.getVariable(name, shape)',
  ),
  mistake(
    'Number as a dtype',
    'TypeError',
    () => tf.cast(X(), as<tf.DType>(Number)),
    "Expected DataType for argument 'dtype' of cast()",
    'fix: tf.float32',
  ),
  mistake(
    'a flag without its help',
    'TypeError',
    () => any(tf.flags).DEFINE_float('rate', 0.1),
    "missing 1 required positional argument: 'help'",
    'tf.flags.DEFINE_float(name, default, help',
  ),
  mistake(
    'a cross entropy without its logits',
    'ValueError',
    () => tf.nn.softmaxCrossEntropyWithLogits(as({ labels: X() })),
    'Both labels and logits must be provided.',
    'logits is not there',
  ),
  mistake(
    'where with one of its two values',
    'ValueError',
    () => Reflect.apply(tf.where, null, [tf.constant([true]), [1]]),
    'x and y must both be non-None or both be None.',
    'tf.where(condition, x, y)',
  ),
  mistake(
    'a shape beside a number to fill it with',
    'ValueError',
    () => tf.getVariable('w', [2], { initializer: as<tf.Initializer>(0) }),
    'If initializer is a constant, do not specify shape.',
    'tf.constantInitializer(0)',
  ),
  mistake(
    'a function that is fetched, in an empty graph',
    'RuntimeError',
    (sess) => sess.run(as<tf.Tensor>(tf.globalVariablesInitializer)),
    'The Session graph is empty.',
    'call it, and fetch what it returns',
  ),

  // Values
  mistake(
    'whole numbers times a fraction',
    'TypeError',
    () => tf.constant([1, 2], tf.int32).mul(0.5),
    "Expected int32, got 0.5 of type 'float' instead.",
    'int32 has no fractions: tf.cast(x, tf.float32)',
  ),
  mistake(
    'a fraction as a constant of whole numbers',
    'TypeError',
    () => tf.constant(1.5, tf.int64),
    'int64 has no fractions',
    'Math.round',
  ),
  mistake(
    'words among numbers',
    'TypeError',
    () => tf.constant(as<number[]>([1, 'a'])),
    "Expected float32, got 'a' of type 'str' instead.",
    'Number(text)',
  ),
  mistake(
    'a constant of tensors',
    'TypeError',
    () => tf.constant(as<number[]>([tf.constant(1), 2])),
    "Failed to convert object of type <class 'list'> to Tensor",
    'tf.stack makes one tensor',
  ),
  mistake(
    'a list that nobody filled',
    'TypeError',
    () => tf.constant(new Array<number>(3)),
    'the list holds undefined',
    '.fill(0)',
  ),
  mistake(
    'an object that is fed',
    'TypeError',
    (sess) => sess.run(X().mul(2), { 'X:0': as<number[]>({ pixels: [1] }) }),
    "of type 'Object' instead",
    'fix: feed the numbers of it',
  ),

  // async and await
  mistake(
    'a promise in the place of a value',
    'TypeError',
    () => tf.add(as<number>(Promise.resolve(1)), 2),
    "Failed to convert object of type <class 'Promise'> to Tensor",
    'it is a promise: await it before',
  ),
  mistake(
    'a branch that is async',
    'TypeError',
    () =>
      tf.cond(
        tf.constant(true),
        as<() => tf.Tensor>(async () => tf.constant(1)),
        () => tf.constant(2),
      ),
    'a function that makes nodes is not async',
  ),
  mistake(
    'a promise that is fetched',
    'TypeError',
    (sess) => {
      tf.constant(1);
      return sess.run(as<tf.Tensor>(Promise.resolve(1)));
    },
    "invalid type <class 'Promise'>",
    'it is a promise: await it',
  ),
  mistake(
    'a block that is async',
    'advice',
    () => tf.variableScope('later', async () => tf.getVariable('w', [1])),
    'the function for tf.variableScope() is async',
    'outside of the block',
  ),

  // Shapes
  mistake(
    'tensors joined along the wrong axis',
    'ValueError',
    () => tf.concat([tf.ones([2, 3]), tf.ones([2, 4])], 0),
    'must be equal, but are 3 and 4',
    'tf.concat([…], 1)',
  ),
  mistake(
    'a vector joined with a matrix',
    'ValueError',
    () => tf.concat([tf.ones([2, 3]), tf.ones([3])], 0),
    'all have one rank: tf.expandDims(x, axis)',
  ),
  mistake(
    'unequal tensors in a stack',
    'ValueError',
    () => tf.stack([tf.ones([2]), tf.ones([3])]),
    'Dimension 0 in both shapes must be equal, but are 2 and 3',
    'tf.concat([…], axis)',
  ),
  mistake(
    'dimensions counted from 1 in a transpose',
    'ValueError',
    () => tf.transpose(X(), [1, 2]),
    'perm dim 2 is out of range of input rank 2',
    'counted from 0: [1, 0] of a matrix',
  ),
  mistake(
    'weights of another length in a metric',
    'ValueError',
    () => tf.metrics.accuracy([1, 2, 3], [1, 2, 3], [1, 1]),
    'weights can not be broadcast to values. Mismatch at dim 0.',
    'fix: weights of [3]',
  ),
  mistake(
    'weights of another length that are fed',
    'InvalidArgumentError',
    (sess) => {
      const [, update] = tf.metrics.accuracy([1, 2, 3], [1, 2, 3], weights());
      sess.run(tf.localVariablesInitializer());
      return sess.run(update, { 'w:0': [1, 2] });
    },
    'assertion failed: [weights can not be broadcast to values.]',
    /first-course\.ts:\d+:\d+/,
    'feed as many weights as rows',
    /^(?!.*data\[0\])/s,
  ),
  mistake(
    'fewer than no units',
    'ValueError',
    () => tf.layers.dense(X(), -1),
    'Dimension -1 must be >= 0',
    'units is -1',
  ),

  // Sizes that do not go together
  mistake(
    'more lengths than sequences',
    'ValueError',
    () =>
      tf.nn.dynamicRnn(new tf.nn.rnnCell.BasicRNNCell(3), tf.zeros([2, 4, 5]), {
        sequenceLength: [1, 2, 3],
        dtype: tf.float32,
      }),
    'Dimension 0 in both shapes must be equal, but are 3 and 2',
    'fix: sequenceLength has one length for each sequence of the batch: 2, and not 3.',
  ),
  mistake(
    'more lengths fed than sequences',
    'InvalidArgumentError',
    (sess) => {
      const sequenceLength = tf.placeholder(tf.int32, [null], { name: 'n' });
      const cell = new tf.nn.rnnCell.BasicRNNCell(3);
      const [outputs] = tf.nn.dynamicRnn(cell, tf.zeros([2, 4, 5]), { sequenceLength, dtype: tf.float32 });
      sess.run(tf.globalVariablesInitializer());
      return sess.run(outputs, { 'n:0': [1, 2, 3] });
    },
    'assertion failed: [Expected shape for Tensor rnn/sequence_length:0 is ] [2]',
    'fix: sequenceLength has one length for each sequence of the batch: feed as many lengths as rows.',
  ),
  mistake(
    'one length for all sequences',
    'ValueError',
    () =>
      tf.nn.dynamicRnn(new tf.nn.rnnCell.BasicRNNCell(3), tf.zeros([2, 4, 5]), {
        sequenceLength: as(4),
        dtype: tf.float32,
      }),
    'sequence_length must be a vector of length batch_size, but saw shape: ()',
    'fix: one length for each sequence of the batch, in a list.',
  ),
  mistake(
    'a condition of another length than the rows',
    'ValueError',
    () => tf.where(tf.placeholder(tf.bool, [3]), tf.zeros([2, 4]), tf.ones([2, 4])),
    'fix: a condition that is a vector has one truth value for each row: 2, and not 3.',
  ),
  mistake(
    'a sum of a matrix and a vector by addN',
    'ValueError',
    () => tf.addN([tf.zeros([2, 3]), tf.zeros([3])]),
    'Shapes must be equal rank, but are 2 and 1',
    'fix: all have one shape, and none is stretched',
    'a.add(b)',
  ),
  mistake(
    'addN of one tensor',
    'ValueError',
    () => tf.addN(as(tf.zeros([2]))),
    'inputs must be a list of at least one Tensor/IndexedSlices',
    'fix: tf.addN([a, b]).',
  ),
  mistake(
    'a product of matrices that do not fit',
    'ValueError',
    () => tf.matmul(X(3), tf.zeros([2, 4])),
    'Dimensions must be equal, but are 3 and 2',
    'rule: the columns of a, 3, must be the rows of b, 2.',
  ),
  mistake(
    'a shape of more elements than there are',
    'ValueError',
    () => tf.reshape(tf.zeros([2, 3]), [4, 2]),
    'Cannot reshape a tensor with 6 elements to shape [4,2] (8 elements)',
    'one of them may be -1, and is worked out',
  ),
  mistake(
    'an element of one number',
    'ValueError',
    () => tf.constant(1).get(0),
    'Index out of range using input dim 0; input has only 0 dims',
    'fix: one number has no parts: leave get(…) out.',
  ),
  mistake(
    'null among the numbers fed',
    'TypeError',
    (sess) => sess.run(X().mul(2), { 'X:0': as<number[][]>([[1, null]]) }),
    'Failed to convert object of type',
    'null is no number: in data, put a number in its place',
    'it was fed for',
  ),
  mistake(
    'a rate that decays without a count',
    'ValueError',
    () => tf.train.exponentialDecay(0.1, as(undefined), 100, 0.9),
    'global_step is required for exponential_decay.',
    'tf.train.getOrCreateGlobalStep()',
    'minimize(loss, {globalStep})',
  ),
  mistake(
    'a batch of all sets',
    'AttributeError',
    () => as<() => void>(Reflect.get(tf.examples.tutorials.mnist.inputData.readDataSets(), 'nextBatch'))(),
    'tf.examples.Datasets.nextBatch is no name of TensorFlow 1.15: use mnist.train.nextBatch(batchSize)',
  ),
  mistake(
    "a batch in Python's spelling",
    'AttributeError',
    () => as<() => void>(Reflect.get(tf.examples.tutorials.mnist.inputData.readDataSets().validation, 'next_batch'))(),
    'tf.examples.DataSet.next_batch is tf.examples.DataSet.nextBatch in tfjs-session',
  ),
  mistake(
    'a batch size in quotes',
    'ValueError',
    () => tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true }).validation.nextBatch(as('100')),
    "Batch size should be an integer between 1 and 5000, the number of examples. Received: '100'.",
  ),

  // Null that is used
  mistake(
    'an average before there is one, fetched',
    'TypeError',
    (sess) => {
      const w = new tf.Variable(1, { name: 'averaged' });
      return sess.run(new tf.train.ExponentialMovingAverage(0.9).average(w));
    },
    'Fetch argument None has invalid type',
    "there is no average of 'averaged:0': ema.apply([…]) comes first",
  ),
  mistake(
    'an average before there is one, in the graph',
    'ValueError',
    () => {
      const w = new tf.Variable(1, { name: 'w' });
      return tf.add(new tf.train.ExponentialMovingAverage(0.9).average(w), 1);
    },
    'None values not supported.',
    "there is no average of 'w:0'",
  ),
];
