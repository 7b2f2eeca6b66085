/** One of most public classes, whose methods are called with anything. */
import * as tf from '../../src';
import { SIGNATURES } from '../../src/calls/generated/signatures';
import { OWN } from '../../src/calls/own';
import { camelCase } from '../../src/calls/signature';

/** A run in parts that was begun, as a class of a method that goes on with it. */
class PartialRun {
  constructor(
    private readonly sess: tf.Session,
    private readonly handle: string,
  ) {}
  call(fetches: never, feeds: never): unknown {
    return this.sess.partialRun(this.handle, fetches, feeds);
  }
}
/** Servers of this machine, as a class of methods that make one: of a cluster that could be, of any, and of none. */
class Servers {
  call(...rest: unknown[]): unknown {
    return Reflect.construct(tf.train.Server, [{ local: ['localhost:0'] }, ...rest]);
  }
  of(...given: unknown[]): unknown {
    return Reflect.construct(tf.train.Server, given);
  }
  local(...given: unknown[]): unknown {
    return Reflect.apply(tf.train.Server.createLocalServer, null, given);
  }
}
/** It works in a thread of its own, and ends with the process. */
let server: tf.train.Server | null = null;
/** Files have names of their own. */
let count = 0;
/** One of each public class, whose methods are called with anything. */
export const INSTANCES: Readonly<Record<string, () => object>> = {
  Graph: () => tf.getDefaultGraph(),
  Tensor: () => tf.constant([[1, 2]]).add(1),
  Operation: () => tf.constant([1, 2]).add(1).op,
  Variable: () => new tf.Variable([1, 2]),
  ResourceVariable: () => tf.getVariable('v', [2], { useResource: true }),
  VariableScope: () => tf.variableScope('a', (scope) => scope),
  IndexedSlices: () =>
    new tf.IndexedSlices(tf.constant([[1]]), tf.constant([0], tf.int32), tf.constant([2, 1], tf.int32)),
  PartialRun: () => {
    const [a, b] = [tf.placeholder(tf.float32, [], { name: 'a' }), tf.placeholder(tf.float32, [], { name: 'b' })];
    const sess = new tf.Session('', { config: { device: 'portable', advice: false } });
    const handle = sess.partialRunSetup([a.add(b)], [a, b]);
    return new PartialRun(sess, handle);
  },
  Session: () => new tf.Session('', { config: { device: 'portable', advice: false } }),
  InteractiveSession: () => new tf.InteractiveSession('', { config: { device: 'portable', advice: false } }),
  Timeline: () => new tf.Timeline({ device: 'portable', nodes: [], startMicros: 0, micros: 0, devStats: [] }),
  NDArray: () => new tf.NDArray(tf.float32, [2, 2], Float32Array.of(1, 2, 3, 4)),
  DType: () => tf.float32,
  TensorShape: () => new tf.TensorShape([2, null]),
  GradientDescentOptimizer: () => new tf.train.GradientDescentOptimizer(0.1),
  AdamOptimizer: () => new tf.train.AdamOptimizer(),
  Initializer: () => tf.zerosInitializer(),
  TensorArray: () => new tf.TensorArray(tf.float32, 3),
  SparseTensor: () => new tf.SparseTensor([[0, 1]], [1], [2, 2]),
  Dimension: () => new tf.Dimension(3),
  DeviceSpec: () => new tf.DeviceSpec({ job: 'worker', task: 1 }),
  ConfigProto: () => new tf.ConfigProto(),
  RunOptions: () => new tf.RunOptions(),
  RunMetadata: () => new tf.RunMetadata(),
  GraphDef: () => tf.getDefaultGraph().asGraphDef(),
  MetaGraphDef: () => tf.train.exportMetaGraph(),
  Summary: () => new tf.Summary(),
  Dense: () => new tf.layers.Dense(2),
  BatchNormalization: () => new tf.layers.BatchNormalization(),
  LSTMCell: () => new tf.nn.rnnCell.LSTMCell(2),
  MultiRNNCell: () => new tf.nn.rnnCell.MultiRNNCell([new tf.nn.rnnCell.GRUCell(2)]),
  ExponentialMovingAverage: () => new tf.train.ExponentialMovingAverage(0.9),
  ClusterSpec: () => new tf.train.ClusterSpec({ worker: ['localhost:1'] }),
  Server: () => (server ??= tf.train.Server.createLocalServer({ config: { device: 'portable' } })),
  Servers: () => new Servers(),
  Coordinator: () => new tf.train.Coordinator(),
  Scaffold: () => new tf.train.Scaffold(),
  GreedyEmbeddingHelper: () => new tf.contrib.seq2seq.GreedyEmbeddingHelper(tf.ones([3, 2]), [0], 1),
  LuongAttention: () => new tf.contrib.seq2seq.LuongAttention(2, tf.ones([1, 2, 2])),
  BasicDecoder: () => {
    const helper = new tf.contrib.seq2seq.TrainingHelper(tf.ones([1, 2, 3]), [2]);
    const cell = new tf.nn.rnnCell.GRUCell(2);
    return new tf.contrib.seq2seq.BasicDecoder(cell, helper, cell.zeroState(1, tf.float32));
  },
  BeamSearchDecoder: () => {
    const cell = new tf.nn.rnnCell.GRUCell(2);
    const start = cell.zeroState(2, tf.float32);
    return new tf.contrib.seq2seq.BeamSearchDecoder(cell, tf.ones([3, 2]), [0], 1, start, 2);
  },
  TrainingHelper: () => new tf.contrib.seq2seq.TrainingHelper(tf.ones([1, 2, 3]), [2]),
  SampleEmbeddingHelper: () => new tf.contrib.seq2seq.SampleEmbeddingHelper(tf.ones([3, 2]), [0], 1),
  ScheduledOutputTrainingHelper: () =>
    new tf.contrib.seq2seq.ScheduledOutputTrainingHelper(tf.ones([1, 2, 3]), [2], 0.5),
  CustomHelper: () =>
    new tf.contrib.seq2seq.CustomHelper(
      () => [tf.constant([false]), tf.ones([1, 3])],
      () => tf.constant([0], tf.int32),
      ({ state }) => [tf.constant([true]), tf.ones([1, 3]), state],
    ),
  BahdanauMonotonicAttention: () => new tf.contrib.seq2seq.BahdanauMonotonicAttention(2, tf.ones([1, 2, 2])),
  AttentionWrapper: () => {
    const attention = new tf.contrib.seq2seq.LuongAttention(2, tf.ones([1, 2, 2]));
    return new tf.contrib.seq2seq.AttentionWrapper(new tf.nn.rnnCell.GRUCell(2), attention);
  },
  LSTMBlockFusedCell: () => new tf.contrib.rnn.LSTMBlockFusedCell(2),
  LSTMBlockCell: () => new tf.contrib.rnn.LSTMBlockCell(2),
  DropoutWrapper: () => new tf.nn.rnnCell.DropoutWrapper(new tf.nn.rnnCell.GRUCell(2)),
  SavedModelBuilder: () => new tf.savedModel.Builder(`saved-${count++}`),
  FileWriter: () => new tf.summary.FileWriter('events'),
  Event: () => new tf.Event({ step: 1 }),
  SummaryValue: () => new tf.Summary.Value({ tag: 'a', simpleValue: 1 }),
  TFRecordWriter: () => new tf.pythonIo.TFRecordWriter(`records-${count++}`),
  Example: () => new tf.train.Example({ features: { feature: { a: { floatList: { value: [1] } } } } }),
  SequenceExample: () => new tf.train.SequenceExample(),
  Feature: () => new tf.train.Feature({ int64List: { value: [1n] } }),
  Saver: () => new tf.train.Saver([new tf.Variable(1)]),
  StopAtStepHook: () => new tf.train.StopAtStepHook({ numSteps: 3 }),
  SecondOrStepTimer: () => new tf.train.SecondOrStepTimer({ everySteps: 3 }),
  SessionManager: () => new tf.train.SessionManager(),
  VocabularyProcessor: () => new tf.contrib.learn.preprocessing.VocabularyProcessor(3),
};
/** Methods for this library's own use, which their types leave out; and such as wait. */
const INNER =
  'hooked runAny waitFor beforeClose order checkOpen emit ' +
  'settle checkOwns edgeChanged own replaceInput collected scatter ' +
  'accumulate assignAny assignPart numberAt part endSnapshot infer waitForStop waitForSession join madeAt set';
export const INSIDE = new RegExp(`^(${INNER.split(' ').join('|')})$`);
/** The methods that TensorFlow or we have a signature of, by the class that has them. */
const SIGNED = new Map<string, Set<string>>();
for (const key of [...Object.keys(SIGNATURES), ...Object.keys(OWN)]) {
  const [type, method] = key.split('.').slice(-2);
  if (method === undefined) continue;
  if (!SIGNED.has(type)) SIGNED.set(type, new Set());
  SIGNED.get(type)!.add(camelCase(method));
}
/** Classes all of whose methods but those for the library's own use are public. */
const WHOLE = new RegExp(
  '^(Graph|Tensor|Operation|Servers|Variable|ResourceVariable|VariableScope|IndexedSlices|Summary|SummaryValue|Event|' +
    String.raw`\w*Session|NDArray|DType|TensorShape|Example|SequenceExample|Feature)$`,
);
export function methodsOf(x: object): string[] {
  const names = new Set<string>();
  let isWhole = false;
  for (let c: object | null = x; c && c !== Object.prototype; c = Object.getPrototypeOf(c) as object | null) {
    const type = (c as { readonly constructor: { readonly name: string } }).constructor.name;
    isWhole ||= WHOLE.test(type);
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(c))) {
      if (typeof value !== 'function' || name === 'constructor' || name === 'array' || INSIDE.test(name)) continue;
      if (isWhole || name === 'call' || SIGNED.get(type)?.has(name)) names.add(name);
    }
  }
  return [...names];
}
