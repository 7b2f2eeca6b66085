/** More mistakes of list.ts's kind: around checkpoints, layers, losses, summaries, branches and loops, servers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '../../src';
import { CONNECT } from '../../src/distributed/channel';
import type { Mistake } from './list';

/** A line of this file. */
const LINE = /later\.ts:\d+:\d+/;
// Programs in plain JavaScript: what types would have refused.
const as = <T>(value: unknown): T => value as T;
const X = (columns = 2): tf.Tensor => tf.placeholder(tf.float32, [null, columns], { name: 'X' });
const Y = (columns = 2): tf.Tensor => tf.placeholder(tf.float32, [null, columns], { name: 'Y' });
const rows = (n: number, columns = 2): number[][] =>
  Array.from({ length: n }, () => new Array<number>(columns).fill(1));
const trained = (sess: tf.Session, loss: tf.Tensor, rate: number | tf.Tensor = 0.1): tf.Operation => {
  const step = new tf.train.GradientDescentOptimizer(rate).minimize(loss);
  sess.run(tf.globalVariablesInitializer());
  return step;
};
/** In a folder with a checkpoint `m` of one variable, `v`. */
function saved(sess: tf.Session, then: (folder: string) => unknown): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'mistakes-'));
  try {
    const v = new tf.Variable(1, { name: 'v' });
    sess.run(v.initializer);
    new tf.train.Saver([v]).save(sess, join(folder, 'm'));
    return then(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const restore = (sess: tf.Session, path: string | null): void => new tf.train.Saver().restore(sess, path);
const mistake = (name: string, kind: string, make: Mistake['make'], ...says: Mistake['says'][number][]): Mistake => ({
  name,
  make,
  kind,
  says,
});

export const LATER: readonly Mistake[] = [
  // Sessions and feeds
  mistake(
    'eval without a session',
    'ValueError',
    () => tf.constant(1).eval(),
    'No default session is registered',
    'sess.asDefault(() => …)',
  ),
  mistake(
    'an initializer without the slots of Adam',
    'FailedPreconditionError',
    (sess) => {
      const v = new tf.Variable(1, { name: 'v' });
      const init = tf.globalVariablesInitializer();
      const step = new tf.train.AdamOptimizer(0.1).minimize(tf.square(v));
      sess.run(init);
      return sess.run(step);
    },
    'Attempting to use uninitialized value beta1_power',
    LINE,
    /was called at .*later\.ts:\d+:\d+, before these variables were made/,
    'optimizers make variables too',
  ),
  mistake(
    'the variables of a layer, without an initializer',
    'FailedPreconditionError',
    (sess) => sess.run(tf.layers.conv2d(tf.ones([1, 8, 8, 1]), 4, 3)),
    /uninitialized: conv2d\/kernel \(made at .*later\.ts/,
    'sess.run(tf.globalVariablesInitializer())',
  ),
  mistake(
    'words fed where numbers are',
    'TypeError',
    (sess) => sess.run(X().mul(2), { 'X:0': as<number[][]>([['a', 'b']]) }),
    "Expected float32, got 'a'",
    LINE,
    'texts.map(Number)',
  ),
  mistake(
    'fractions fed where whole numbers are',
    'TypeError',
    (sess) => sess.run(tf.identity(tf.placeholder(tf.int32, [null], { name: 'i' })), { 'i:0': [1.5] }),
    'Expected int32, got 1.5',
    LINE,
    'or make the placeholder tf.float32',
  ),
  mistake(
    'a tensor that is fed',
    'TypeError',
    (sess) => sess.run(X().mul(2), { 'X:0': as<number[]>(tf.ones([1, 2])) }),
    'The value of a feed cannot be a tf.Tensor object',
    'const value = sess.run(tensor)',
  ),
  mistake(
    'a promise that is fed',
    'TypeError',
    (sess) => sess.run(X().mul(2), { 'X:0': as<number[]>(Promise.resolve(rows(1))) }),
    'it is a promise: await it before the run',
  ),
  mistake(
    'a server that is not there',
    'UnavailableError',
    () => {
      tf.constant(1);
      CONNECT.withinMs = 500;
      return new tf.Session('grpc://127.0.0.1:1').run('Const:0');
    },
    'failed to connect to all addresses: 127.0.0.1:1',
    'npx tfjs-session serve --port 1',
  ),
  mistake(
    'a device as the target',
    'NotFoundError',
    () => new tf.Session('gpu'),
    '{target: "gpu"}',
    "this process has ''",
  ),
  mistake(
    'a field of another message of the configuration',
    'ValueError',
    () => new tf.ConfigProto(as({ allowGrowth: true })),
    'has no "allowGrowth" field',
    'it belongs to gpuOptions: {gpuOptions: {allowGrowth: …}}',
  ),
  mistake(
    "a field of the configuration in Python's spelling",
    'AttributeError',
    () => (as<{ gpu_options: { allow_growth: boolean } }>(new tf.ConfigProto()).gpu_options.allow_growth = true),
    "'ConfigProto' object has no attribute 'gpu_options'",
    'fix: gpuOptions.',
  ),
  mistake(
    'a field of the configuration with a slip',
    'AttributeError',
    () => Object.assign(new tf.ConfigProto().gpuOptions, { allowGrowht: true }),
    'no field "allowGrowht"',
    'fix: allowGrowth.',
  ),
  mistake(
    'a graph in the place of the target',
    'TypeError',
    () => new tf.Session(as<string>(new tf.Graph())),
    "target must be a string, but got <class 'Graph'>",
    'fix: by name: new tf.Session({graph, config})',
  ),

  // Labels and losses
  mistake(
    'one-hot labels for a sparse cross entropy',
    'ValueError',
    () => tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: Y(), logits: X() }),
    'Rank mismatch: Rank of labels (received 2)',
    'use tf.nn.softmaxCrossEntropyWithLogits',
  ),
  mistake(
    'one-hot labels for the sparse loss of tf.losses',
    'ValueError',
    () => tf.losses.sparseSoftmaxCrossEntropy(tf.placeholder(tf.int32, [null, 2]), X()),
    'Can not squeeze dim[1]',
    LINE,
    'use tf.losses.softmaxCrossEntropy',
  ),
  mistake(
    'labels of floats for a sparse cross entropy',
    'TypeError',
    () => tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: tf.placeholder(tf.float32, [null]), logits: X() }),
    "parameter 'labels' has DataType float32 not in list of allowed values: int32, int64",
    LINE,
    'tf.cast(Placeholder, tf.int64)',
  ),
  mistake(
    'labels and logits the other way round',
    'ValueError',
    () => tf.losses.sparseSoftmaxCrossEntropy(X(3), tf.placeholder(tf.int64, [null])),
    'Rank mismatch',
    'labels and logits the other way round',
  ),
  mistake(
    'a label that counts from 1',
    'InvalidArgumentError',
    (sess) => sess.run(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: [2], logits: [[1, 2]] })),
    'Received a label value of 2 which is outside the valid range of [0, 2)',
    LINE,
    'count from 0',
  ),
  mistake(
    'an axis that is not there',
    'ValueError',
    () => tf.reduceSum(X(), 2),
    'Invalid reduction dimension 2',
    LINE,
    'its axes are 0 to 1, and -1 is the last',
  ),
  mistake(
    'an axis of argmax that is not there',
    'ValueError',
    () => tf.argmax(X(), 3),
    'Dimension (3) must be in the range [-2, 2)',
    LINE,
  ),
  mistake(
    'weights that do not fit a loss',
    'ValueError',
    () => tf.losses.meanSquaredError(X(3), Y(3), [1, 2]),
    'weights can not be broadcast to values',
    'tf.expandDims(weights, -1)',
  ),
  mistake(
    'a softmax as the activation before its loss',
    'advice',
    (sess) => {
      const loss = tf.losses.softmaxCrossEntropy(Y(), tf.layers.dense(X(), 2, { activation: tf.nn.softmax }));
      return sess.run(trained(sess, loss), { 'X:0': rows(1), 'Y:0': rows(1) });
    },
    'the cross entropy takes the softmax itself',
    LINE,
  ),
  mistake(
    'a sigmoid as the activation before its loss',
    'advice',
    (sess) => {
      const loss = tf.losses.sigmoidCrossEntropy(Y(), tf.layers.dense(X(), 2, { activation: tf.sigmoid }));
      return sess.run(trained(sess, loss), { 'X:0': rows(1), 'Y:0': rows(1) });
    },
    'the cross entropy takes the sigmoid itself',
    LINE,
    'Fix: give it the values before the sigmoid',
  ),
  mistake(
    'the logarithm of 0 in a cross entropy by hand',
    'advice',
    (sess) => {
      const p = tf.sigmoid(tf.matmul(X(), new tf.Variable([[100], [100]])));
      const y = Y(1);
      const wrong = tf.subtract(1, y).mul(tf.log(tf.subtract(1, p)));
      const loss = tf.reduceMean(y.mul(tf.log(p)).add(wrong)).neg();
      const step = trained(sess, loss);
      for (let i = 0; i < 10; i++) sess.run([step, loss], { 'X:0': rows(1), 'Y:0': [[0]] });
    },
    /is NaN since run \d+ of this session/,
    LINE,
    'the logarithm of 0',
  ),
  mistake(
    'a learning rate that is too large',
    'advice',
    (sess) => {
      const loss = tf.reduceMean(tf.square(tf.matmul(X(), new tf.Variable([[1], [1]])).sub(Y(1))));
      const step = trained(sess, loss, 100);
      for (let i = 0; i < 40; i++) sess.run([step, loss], { 'X:0': rows(1), 'Y:0': [[0]] });
    },
    /'Mean:0' is NaN since run \d+/,
    LINE,
    'a learning rate that is too large',
  ),

  // Steps, rates, optimizers
  mistake(
    'a decay by a number of the program',
    'advice',
    (sess) => {
      const step = 0;
      return sess.run(trained(sess, tf.square(new tf.Variable(1)), tf.train.exponentialDecay(0.1, step, 100, 0.9)));
    },
    'is computed from constants: it does not decay',
    LINE,
    'tf.train.getOrCreateGlobalStep()',
  ),
  mistake(
    'a decay by a step that nothing counts',
    'advice',
    (sess) => {
      const step = tf.train.getOrCreateGlobalStep();
      return sess.run(trained(sess, tf.square(new tf.Variable(1)), tf.train.exponentialDecay(0.1, step, 100, 0.9)));
    },
    "the learning rate follows 'global_step', which nothing counts",
    LINE,
    'minimize(cost, { globalStep })',
  ),
  mistake(
    'a second global step',
    'ValueError',
    () => [tf.train.createGlobalStep(), tf.train.createGlobalStep()],
    '"global_step" already exists.',
    'tf.train.getOrCreateGlobalStep()',
  ),
  mistake(
    'gradients without their variables',
    'TypeError',
    () => {
      const v = new tf.Variable(1);
      return new tf.train.AdamOptimizer().applyGradients(as(tf.gradients(tf.square(v), [v])));
    },
    'Expected pairs of a gradient and a variable',
    '[[gradient, variable], …]',
  ),
  mistake(
    'variables by their names, for minimize',
    'TypeError',
    () => {
      const optimizer = new tf.train.AdamOptimizer();
      return Reflect.apply(optimizer.minimize, optimizer, [tf.square(new tf.Variable(1)), { varList: ['v'] }]);
    },
    'Trying to optimize unsupported type',
    'varList and gradsAndVars take tf.Variable objects',
  ),
  mistake(
    'a cost of whole numbers',
    'ValueError',
    () => new tf.train.AdamOptimizer().minimize(tf.reduceSum(new tf.Variable([1], { dtype: tf.int32 }))),
    'Invalid type tf.int32',
    LINE,
    'compute the cost in tf.float32',
  ),
  mistake(
    'a variable in the loop',
    'advice',
    (sess) => {
      for (let i = 0; i < 6; i++) sess.run(new tf.Variable(i).initializer);
    },
    'adds nodes to the graph between runs',
    LINE,
    'Fix: build the graph once',
  ),

  // Layers
  mistake(
    'two layers of one name',
    'ValueError',
    () => [tf.layers.dense(X(), 3, { name: 'd' }), tf.layers.dense(Y(), 3, { name: 'd' })],
    'Variable d/kernel already exists',
    /later\.ts", line \d+/,
    'tf.AUTO_REUSE',
  ),
  mistake(
    'a layer that is shared and asked for another size',
    'ValueError',
    () => [tf.layers.dense(X(), 3, { name: 'd' }), tf.layers.dense(Y(), 4, { name: 'd', reuse: true })],
    'Trying to share variable d/kernel, but specified shape (2, 4) and found shape (2, 3)',
    LINE,
    'fix: ask for the same shape',
  ),
  mistake(
    'a layer on inputs of two widths',
    'ValueError',
    () => {
      const layer = new tf.layers.Dense(3);
      return [layer.apply(X()), layer.apply(Y(5))];
    },
    'expected axis -1 of input shape to have value 2',
    'a layer of its own for each width',
  ),
  mistake(
    'batch normalization whose averages nobody updates',
    'advice',
    (sess) => {
      const y = tf.layers.batchNormalization(X(), { training: true });
      return sess.run(trained(sess, tf.reduceMean(tf.square(y.sub(1)))), { 'X:0': rows(2) });
    },
    'the training step does not run',
    LINE,
    'tf.controlDependencies(tf.getCollection(tf.GraphKeys.UPDATE_OPS)',
  ),
  mistake(
    'a word for training',
    'TypeError',
    () => tf.layers.dropout(X(), { rate: 0.5, training: as<boolean>('yes') }),
    '`pred` must be a Tensor, or a Python bool, or 1 or 0',
    'tf.placeholderWithDefault(false, [])',
  ),

  // Summaries
  mistake(
    'summaries that want what is not fed',
    'InvalidArgumentError',
    (sess) => {
      tf.summary.scalar('average', tf.reduceMean(X()));
      return sess.run(tf.summary.mergeAll()!);
    },
    "placeholder tensor 'X'",
    LINE,
    'needed by: Merge/MergeSummary (X -> Mean -> average -> Merge/MergeSummary)',
  ),
  mistake(
    'summaries where there are none',
    'TypeError',
    (sess) => {
      tf.constant(1);
      return sess.run(as<tf.Tensor>(tf.summary.mergeAll()));
    },
    'Fetch argument None has invalid type',
    'tf.summary.mergeAll() where no summary was made',
  ),
  mistake(
    'a scalar summary of many numbers',
    'InvalidArgumentError',
    (sess) => sess.run(tf.summary.scalar('v', tf.constant([1, 2]))),
    'tags and values not the same shape: [] != [2]',
    LINE,
    'tf.reduceMean(x), or tf.summary.histogram',
  ),
  mistake(
    'rows as pictures',
    'InvalidArgumentError',
    (sess) => sess.run(tf.summary.image('i', X(784)), { 'X:0': rows(1, 784) }),
    'Tensor must be 4-D with last dim 1, 3, or 4',
    LINE,
    'tf.reshape(x, [-1, 28, 28, 1])',
  ),
  mistake(
    'a summary that no session has run, to the writer',
    'TypeError',
    () => new tf.summary.FileWriter(join(tmpdir(), 'never')).addSummary(as<string>(tf.summary.scalar('a', 1)), 1),
    'a serialized Summary is a string or a Uint8Array',
    'writer.addSummary(sess.run(summary), step)',
  ),

  // Checkpoints
  mistake(
    'a checkpoint that is not there',
    'ValueError',
    (sess) => saved(sess, (folder) => restore(sess, join(folder, 'none'))),
    'The passed save_path is not a valid checkpoint',
    'there is no file',
    'tf.train.latestCheckpoint(folder)',
  ),
  mistake(
    'the folder in the place of the checkpoint',
    'ValueError',
    (sess) => saved(sess, (folder) => restore(sess, folder)),
    'The passed save_path is not a valid checkpoint',
    /that is the folder: tf\.train\.latestCheckpoint\(folder\) gives ".*m"/,
  ),
  ...['m.meta', 'm.index'].map((file) =>
    mistake(
      `the file ${file} in the place of the checkpoint`,
      'DataLossError',
      (sess) => saved(sess, (folder) => restore(sess, join(folder, file))),
      /without the ending, as saver\.save\(\) gives it: ".*m"/,
    ),
  ),
  mistake(
    'no checkpoint yet',
    'ValueError',
    (sess) => {
      const v = new tf.Variable(1);
      return restore(sess, tf.train.latestCheckpoint(join(tmpdir(), v.op.name, 'none')));
    },
    "Can't load save_path when it is None.",
    'if (latest) saver.restore(sess, latest); else sess.run(init);',
  ),
  mistake(
    'a checkpoint of another graph',
    'NotFoundError',
    (sess) =>
      saved(sess, (folder) => {
        tf.resetDefaultGraph();
        const other = new tf.Variable(1, { name: 'v_2' });
        using second = new tf.Session('', { config: { device: 'portable' } });
        return new tf.train.Saver([other]).restore(second, join(folder, 'm'));
      }),
    'Key v_2 not found in checkpoint',
    LINE,
    "in the file: 'v'; did you mean 'v'?",
    "new tf.train.Saver({ 'v': variable })",
  ),
  mistake(
    'a save before the initializer',
    'FailedPreconditionError',
    (sess) => {
      new tf.Variable(1, { name: 'v' });
      return new tf.train.Saver().save(sess, join(tmpdir(), 'never'));
    },
    'uninitialized value v',
    LINE,
    'run the initializer in this session first',
  ),

  // Branches and loops
  mistake(
    'a condition of the program',
    'TypeError',
    () =>
      tf.cond(
        as<tf.Tensor>(1 < 2),
        () => tf.constant(1),
        () => tf.constant(2),
      ),
    'pred must not be a Python bool',
    'known ? a() : b()',
  ),
  mistake(
    'branches that are no functions',
    'TypeError',
    () => Reflect.apply(tf.cond, tf, [tf.constant(true), tf.constant(1), tf.constant(2)]),
    'true_fn must be callable.',
    'tf.cond(pred, () => a, () => b)',
  ),
  mistake(
    'a branch that returns nothing',
    'ValueError',
    () => Reflect.apply(tf.cond, tf, [tf.constant(true), () => void tf.constant(1), () => tf.constant(1)]),
    'true_fn must have a return value.',
    '() => { … } without return',
  ),
  mistake(
    'branches of two dtypes',
    'ValueError',
    () =>
      tf.cond(
        tf.constant(true),
        () => tf.constant(1),
        as(() => tf.constant(1, tf.int32)),
      ),
    'must have the same type: float32, int32',
    'cond/Const:0 is float32',
    'tf.cast(x, tf.float32)',
  ),
  mistake(
    'branches of two lengths',
    'ValueError',
    () =>
      Reflect.apply(tf.cond, tf, [tf.constant(true), () => [tf.constant(1), tf.constant(2)], () => [tf.constant(1)]]),
    "don't have the same nested structure",
    'fix: both branches return as much',
  ),
  mistake(
    'a number as the condition',
    'TypeError',
    () =>
      tf.cond(
        tf.constant(1),
        () => tf.constant(1),
        () => tf.constant(2),
      ),
    "Input 'pred' of 'Switch' Op has type float32",
    LINE,
    'tf.cast(Const, tf.bool)',
  ),
  mistake(
    'a loop variable that grows',
    'ValueError',
    () =>
      tf.whileLoop(
        (i, x) => tf.less(i, tf.cast(tf.size(x), tf.float32)),
        (i, x) => [i.add(1), tf.concat([x, x], 0)],
        [tf.constant(0), tf.ones([1, 2])],
      ),
    'enters the loop with shape (1, 2), but has shape (2, 2) after one iteration',
    'shapeInvariants: [new tf.TensorShape([null, 2]), …]',
  ),
  mistake(
    'a body that returns too little',
    'ValueError',
    () =>
      tf.whileLoop(
        (i, x) => tf.less(i, x),
        as((i: tf.Tensor) => [i.add(1)]),
        [tf.constant(0), tf.constant(3)],
      ),
    "don't have the same number of elements",
    'fix: the body gives a value for each variable of the loop, 2 in their order',
  ),
  mistake(
    'a body whose variable changes its dtype',
    'InvalidArgumentError',
    () =>
      tf.whileLoop(
        (i) => tf.less(i, 3),
        as((i: tf.Tensor) => [tf.toFloat(i)]),
        [tf.constant(0, tf.int32)],
      ),
    'incompatible with expected int32',
    'let the body cast it',
  ),
  mistake(
    'a comparison of JavaScript in a loop',
    'OperatorNotAllowed',
    () =>
      tf.whileLoop(
        as((i: number) => i < 3),
        (i) => [i.add(1)],
        [tf.constant(0)],
      ),
    'is not allowed in Graph execution',
    'a.less(b)',
  ),
  mistake(
    'a fetch from inside a loop',
    'ValueError',
    (sess) => {
      let inner: tf.Tensor | null = null;
      tf.whileLoop(
        (i) => tf.less(i, 3),
        (i) => {
          inner = i.mul(2);
          return [i.add(1)];
        },
        [tf.constant(0)],
      );
      return sess.run(as<tf.Tensor>(inner));
    },
    'has been marked as not fetchable',
    LINE,
    'fetch what tf.cond or tf.whileLoop returns',
  ),
  mistake(
    'a map to another dtype',
    'TypeError',
    () => tf.mapFn((x) => tf.cast(x, tf.int32), tf.constant([1, 2])),
    "Value dtype (int32) does not match the array's (float32)",
    '{ dtype: tf.int32 }',
  ),
  mistake(
    'a map to two tensors',
    'ValueError',
    () => Reflect.apply(tf.mapFn, tf, [(x: tf.Tensor) => [x, x], tf.constant([1, 2])]),
    "don't have the same nested structure",
    'fix: say what the function gives: { dtype: [tf.float32, tf.float32] }',
  ),
  mistake(
    'a write to an array of tensors that is thrown away',
    'InvalidArgumentError',
    (sess) => {
      const array = new tf.TensorArray(tf.float32, 1);
      array.write(0, 1);
      return sess.run(array.stack());
    },
    'Could not read from TensorArray index 0',
    LINE,
    'array = array.write(i, x)',
  ),

  // Recurrent nets and sessions with hooks
  mistake(
    'rows for sequences',
    'ValueError',
    () => tf.nn.dynamicRnn(new tf.nn.rnnCell.GRUCell(4), X(), { dtype: tf.float32 }),
    'must have rank at least 3',
    'fix: sequences are [batch, time, size]',
  ),
  mistake(
    'sequences of a size that is not known',
    'ValueError',
    () => {
      const x = tf.placeholder(tf.float32, [null, null, null]);
      return tf.nn.dynamicRnn(new tf.nn.rnnCell.GRUCell(4), x, { dtype: tf.float32 });
    },
    'Input size (depth of inputs) must be accessible',
    'fix: a placeholder of shape [null, null, size].',
  ),
  mistake(
    'a metric whose local variables have no value',
    'FailedPreconditionError',
    (sess) => sess.run(tf.metrics.accuracy([1], [1])[1]),
    'uninitialized value accuracy/total',
    LINE,
    'run tf.localVariablesInitializer() too',
  ),
  mistake(
    'a monitored session that is closed',
    'RuntimeError',
    () => {
      const one = tf.constant(1);
      const closed = new tf.train.MonitoredSession();
      closed.close();
      return closed.run(one);
    },
    'Session is already closed.',
    'fix: run before close()',
  ),

  // Names
  mistake(
    'a tensor by the name of its operation',
    'ValueError',
    () => {
      tf.constant(1, { name: 'c' });
      return tf.getDefaultGraph().getTensorByName('c');
    },
    'refers to an Operation, not a Tensor',
    "fix: 'c:0', its first output.",
  ),
  mistake(
    'an operation by the name of its tensor',
    'ValueError',
    () => {
      tf.constant(1, { name: 'c' });
      return tf.getDefaultGraph().getOperationByName('c:0');
    },
    'appears to refer to a Tensor, not a Operation',
    "the operation's name has no colon: 'c'",
  ),

  // What is asked for, and what came
  mistake(
    'the product of two vectors',
    'ValueError',
    () => tf.matmul(tf.constant([1, 2]), tf.constant([1, 2])),
    'Shape must be rank 2 but is rank 1',
    LINE,
    'tf.reduceSum(Const.mul(Const_1))',
  ),
  mistake(
    'floats as ids of words',
    'TypeError',
    () => tf.nn.embeddingLookup(tf.ones([5, 2]), tf.constant([1])),
    "parameter 'indices' has DataType float32",
    LINE,
    'whole numbers are asked for here: tf.cast(Const, tf.int64)',
  ),
  mistake(
    'a word that was not found',
    'InvalidArgumentError',
    (sess) => sess.run(tf.nn.embeddingLookup(tf.ones([5, 2]), tf.constant([-1], tf.int32))),
    'indices[0] = -1 is not in [0, 5)',
    LINE,
    'as indexOf says it with -1',
  ),
  mistake(
    'an activation that is called',
    'TypeError',
    () => tf.layers.dense(X(), 3, { activation: as<'relu'>(tf.nn.relu(X())) }),
    'Could not interpret activation function identifier',
    'the function itself, tf.nn.relu',
  ),
  mistake(
    'a window that is larger than the picture',
    'ValueError',
    () => tf.layers.conv2d(tf.placeholder(tf.float32, [null, 4, 4, 1]), 8, 5),
    'Negative dimension size caused by subtracting 5 from 4',
    LINE,
    "'same' in tf.layers",
  ),
  mistake(
    'the learning rate by its initials',
    'TypeError',
    () => new tf.train.AdamOptimizer(as({ lr: 0.1 })),
    "unexpected keyword argument 'lr'",
    'fix: learningRate, as {learningRate: …}',
  ),
  mistake(
    'feeds as the third argument',
    'ValueError',
    (sess) => sess.run(X().mul(2), {}, as({ 'X:0': rows(1) })),
    'has no "X:0" field',
    'feeds are the second argument: sess.run(fetches, feeds, options)',
  ),
  mistake(
    'a part that goes beyond the end',
    'InvalidArgumentError',
    (sess) => sess.run(tf.slice(tf.ones([2, 2]), [0, 0], [3, 2])),
    'Expected size[0] in [0, 2], but got 3',
    LINE,
    'a size of -1 takes all that is left',
  ),
  mistake(
    'variables by their names, for a saver',
    'TypeError',
    () => new tf.train.Saver(as<tf.Variable[]>([new tf.Variable(1, { name: 'v' }).op.name])),
    "Variable to save is not a Variable: 'v'",
    'new tf.train.Saver([w, b])',
  ),
  mistake(
    'a name with a slip, read from a checkpoint',
    'NotFoundError',
    (sess) => saved(sess, (folder) => tf.train.loadVariable(folder, 'w')),
    'Key w not found in checkpoint',
    "did you mean 'v'?",
  ),
  mistake(
    'a file in the place of its graph',
    'TypeError',
    () => tf.importGraphDef(as<tf.GraphDef>('frozen.pb')),
    'graph_def must be a GraphDef proto',
    'tf.GraphDef.fromString(readFileSync(path))',
  ),
  mistake(
    'a meta graph without its ending',
    'NotFoundError',
    (sess) => saved(sess, (folder) => tf.train.importMetaGraph(join(folder, 'm'))),
    'does not exist',
    /fix: with its ending: '.*m\.meta'/,
  ),
  mistake(
    'one cell as both layers',
    'advice',
    () => {
      const before = tf.logging.getVerbosity();
      tf.logging.setVerbosity(tf.logging.WARN);
      const cell = new tf.nn.rnnCell.BasicLSTMCell(4);
      new tf.nn.rnnCell.MultiRNNCell([cell, cell]);
      tf.logging.setVerbosity(before);
    },
    'At least two cells provided to MultiRNNCell are the same object and will share weights.',
    'fix: make each layer a cell of its own',
  ),
  mistake(
    'a cell without a list',
    'TypeError',
    () => new tf.nn.rnnCell.MultiRNNCell(as<[]>(new tf.nn.rnnCell.GRUCell(4))),
    'cells must be a list or tuple, but saw: <GRUCell>.',
    'new MultiRNNCell([cell])',
  ),
  mistake(
    'the size of a cell as text',
    'TypeError',
    () => new tf.nn.rnnCell.BasicLSTMCell(as('4')),
    'A string has ambiguous TensorShape',
    'fix: a whole number of units',
  ),
  mistake(
    'half a unit',
    'ValueError',
    () => new tf.nn.rnnCell.GRUCell(2.5),
    'Ambiguous dimension: 2.5',
    'fix: a whole number of units',
  ),
  mistake(
    'both ends of a training',
    'ValueError',
    () => new tf.train.StopAtStepHook(10, 20),
    'Only one of num_steps or last_step can be specified.',
    'fix: numSteps, to go on for so many steps, or lastStep',
  ),
  mistake(
    'a flag twice',
    'ValueError',
    () => [1, 2].map((value) => tf.flags.DEFINE_integer('given_twice', value, 'A number.')),
    "The flag 'given_twice' is defined twice.",
    'FLAGS.given_twice is there after the first',
  ),
  mistake(
    'text where a flag is a number',
    'ValueError',
    () => tf.flags.DEFINE_integer('not_a_number', as('many'), 'A number.'),
    "flag --not_a_number=many: invalid literal for int() with base 10: 'many'",
    'fix: another default',
  ),
  mistake(
    'a number where a flag is text',
    'ValueError',
    () => tf.flags.DEFINE_string('not_a_text', as(3), 'A text.'),
    'flag --not_a_text=3: flag value must be a string',
    'DEFINE_integer',
  ),
  mistake(
    'the whole state of an LSTM into a layer',
    'ValueError',
    () => tf.layers.dense(as<tf.Tensor>(new tf.nn.rnnCell.BasicLSTMCell(4).zeroState(2, tf.float32)), 3),
    /Layer dense_?\d* expects 1 inputs, but it received 2 input tensors\. Inputs received: \[/,
    'state.h is its output',
  ),
  mistake(
    'more predictions than labels of a metric',
    'ValueError',
    () => tf.metrics.accuracy(tf.zeros([3]), tf.zeros([4])),
    'Shapes (4,) and (3,) are incompatible',
    /the labels are \(3,\), made at .*later\.ts:\d+:\d+; the predictions \(4,\), made at/,
    'tf.argMax(rows, 1)',
  ),
];
