/** What Python has no counterpart of, and so no signature: each with the reason. And objects to call methods on. */
import * as tf from '../../src';

/** Public functions and classes. */
export const UNBOUND: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...'ValueError TypeError_ RuntimeError LookupError KeyError IndexError AssertionError AttributeError'.split(' '),
      'OperatorNotAllowedInGraphError',
      'StopIteration',
    ].map((name) => [`tf.errors.${name}`, 'an exception of Python’s own']),
  ),
  ...Object.fromEntries(
    Object.keys(tf.errors)
      .filter((name) => /[a-z]Error$/.test(name))
      .map((name) => [`tf.errors.${name}`, 'thrown by runs, with the node and what it says; it has no NodeDef']),
  ),
  'tf.NumericsError': 'ours, thrown by runs',
  'tf.Defun': 'takes any number of types, and is in a module that is not public: no signature of it is on file',
  ...Object.fromEntries(
    ['framework.argScope', 'framework.addArgScope', 'layers.repeat', 'layers.stack'].flatMap((name) =>
      [name, `slim.${name.split('.')[1]}`].map((each) => [
        `tf.contrib.${each}`,
        'hands on to other functions what they take',
      ]),
    ),
  ),
  'tf.contrib.learn.preprocessing.Vocabulary': 'made by a VocabularyProcessor',
  ...Object.fromEntries(
    ['ProjectorConfig', 'EmbeddingInfo', 'SpriteMetadata'].map((name) => [
      `tf.contrib.tensorboard.plugins.projector.${name}`,
      'a protocol message',
    ]),
  ),
  ...Object.fromEntries(
    ['SessionCreator', 'SessionRunHook', 'CheckpointSaverListener'].map((name) => [
      `tf.train.${name}`,
      'a class to derive from, whose constructors take what they like',
    ]),
  ),
  ...Object.fromEntries(
    ['AttentionMechanism', 'Decoder', 'Helper'].map((name) => [
      `tf.contrib.seq2seq.${name}`,
      'a class to derive from, whose constructors take what they like',
    ]),
  ),
  'tf.contrib.rnn.LSTMBlockWrapper': 'a class to derive from, whose constructors take what they like',
  'tf.contrib.rnn.FusedRNNCell': 'a class to derive from, whose constructors take what they like',
  'tf.keras.initializers.Initializer': 'a class to derive from, whose constructors take what they like',
  ...Object.fromEntries(
    ['queue.FIFOQueue']
      .concat(
        ['PaddingFIFOQueue', 'PriorityQueue', 'RandomShuffleQueue', 'QueueBase'].flatMap((name) => [
          `queue.${name}`,
          `io.${name}`,
        ]),
      )
      .map((name) => [`tf.${name}`, 'tf has the same class']),
  ),
  'tf.train.queueRunner.QueueRunner': 'tf.train has the same class',
  'tf.test.main': 'any number of classes, which Python finds by itself',
  'tf.train.NanLossDuringTrainingError': 'thrown by a hook',
  ...Object.fromEntries(
    'log debug info warning warn error fatal logEveryN logFirstN logIf'
      .split(' ')
      .map((name) => [`tf.logging.${name}`, 'a text and any number of values that come into it']),
  ),
  'tf.io.gfile.GFile': 'tf.gfile.GFile by another name',
  'tf.nest.mapStructure': 'a function and any number of structures',
  'tf.NDArray': 'what NumPy is to Python: dtype, shape and elements',
  'tf.Operation': 'made by a graph alone',
  'tf.Tensor': 'made by a graph alone',
  'tf.DType': 'all there are have names',
  'tf.dtypes.DType': 'all there are have names',
  'tf.TensorShape': 'below what binds; it refuses more than one list itself',
  'tf.Dimension': 'below what binds; it refuses more than one value itself',
  ...Object.fromEntries(
    ['RunOptions', 'ConfigProto', 'GPUOptions', 'GraphOptions', 'OptimizerOptions'].map((name) => [
      `tf.${name}`,
      'a protocol message: an object of settings, of which unknown ones are ValueErrors',
    ]),
  ),
  'tf.RunMetadata': 'a protocol message, which a run fills',
  'tf.GraphDef': 'a protocol message',
  'tf.MetaGraphDef': 'a protocol message',
  'tf.summary.FileWriterCache': 'its methods belong to the class',
  'tf.Summary': 'a protocol message',
  'tf.HistogramProto': 'a protocol message',
  ...Object.fromEntries(
    ['GraphNodeProto', 'MultiGraphNodeProto', 'AdviceProto', 'OpLogProto'].map((name) => [
      `tf.profiler.${name}`,
      'a protocol message',
    ]),
  ),
  'tf.contrib.lookup.KeyValueTensorInitializer': 'tf.lookup has it, which is bound',
  'tf.contrib.lookup.TextFileInitializer': 'tf.lookup has it, which is bound',
  'tf.contrib.lookup.InitializableLookupTableBase': 'a base that is told how its node is made',
  'tf.contrib.lookup.HasherSpec': 'a named tuple, whose names Python does not say',
  'tf.contrib.lookup.StrongHashSpec': 'a named tuple, whose names Python does not say',
  'tf.contrib.lookup.MutableDenseHashTable': 'tf.lookup.experimental.DenseHashTable by another name',
  'tf.SummaryMetadata': 'a protocol message',
  'tf.LogMessage': 'a protocol message',
  'tf.summary.SummaryDescription': 'a protocol message',
  'tf.summary.TaggedRunMetadata': 'a protocol message',
  'tf.train.SummaryWriter': 'tf.summary.FileWriter by an older name',
  'tf.Event': 'a protocol message',
  'tf.SessionLog': 'a protocol message',
  'tf.pythonIo.TFRecordOptions': 'tf.io has the same class',
  'tf.pythonIo.TFRecordWriter': 'tf.io has the same class',
  ...Object.fromEntries(
    'BytesList FloatList Int64List Feature Features FeatureList FeatureLists Example SequenceExample'
      .split(' ')
      .map((name) => [`tf.train.${name}`, 'a protocol message']),
  ),
  'tf.summary.Summary': 'a protocol message',
  'tf.summary.Event': 'a protocol message',
  'tf.summary.SessionLog': 'a protocol message',
};
/** Operators of two operands, which have a reflected form, of two that have none, and of one. */
export const OPERATORS = 'add sub mul div floordiv mod pow matmul and or xor'.split(' ');
export const COMPARISONS = 'less lessEqual greater greaterEqual equal notEqual'.split(' ');
export const SIGNS = 'not neg abs square'.split(' ');

function of(type: string, reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((line) => line.split(' ')).map((name) => [`${type}.${name}`, reason]));
}
/** Methods that belong to the library and not to its users; `*` for those that several classes have. */
export const UNBOUND_METHODS: Readonly<Record<string, string>> = {
  '*.toString': 'JavaScript’s own',
  '*.toJSON': 'JavaScript’s own',
  '*.get': 'Python’s x[…], of any number of subscripts',
  ...Object.fromEntries(
    [...OPERATORS.flatMap((name) => [name, `r${name}`]), ...COMPARISONS, ...SIGNS].map((name) => [
      `*.${name}`,
      'an operator in Python; what it refuses is tested beside',
    ]),
  ),
  ...of('tf.Graph', 'for what builds nodes', [
    'edgeChanged unsafeUnfinalize checkNotFinalized opDef own createOp emit updateInput checkOwns findOperation',
    'consumersOf attrScope callScope madeAt',
  ]),
  ...of('tf.Tensor', 'for what builds nodes', ['infer']),
  ...of('tf.Session', 'private', ['hooked runAny waitFor beforeClose order checkOpen checkNotClosed']),
  'tf.Tensor.repr': 'Python’s repr(x)',
  ...of('tf.Operation', 'for what builds nodes', ['replaceInput addControlInput setControlInputs extend']),
  ...of('tf.Variable', 'for what builds nodes', ['asTensor scatter accumulate assignAny assignPart setSaveSliceInfo']),
  ...of('tf.VariableScope', 'private', ['set collected']),
  ...of('tf.train.Optimizer', 'for optimizers of one’s own, which define them', [
    'update count createSlots applySparseDuplicateIndices finish hyperparameter trainingOp prepare applyDense',
    'applySparse',
  ]),
  ...of('tf.test.TestCase', 'its own: Python’s has settings of unittest', ['run']),
  ...of('tf.train.Saver', 'private', ['write record removeOutdated']),
  ...of('tf.train.ExponentialMovingAverage', 'private', ['make decayTensor']),
  ...of('tf.summary.FileWriter', 'private', ['writeGraph add put isOpen']),
  ...of('tf.Summary', 'a protocol message', ['serializeToString']),
  ...of('tf.Event', 'a protocol message', ['serializeToString']),
  ...of('tf.GraphDef', 'a protocol message', ['serializeToString parseFromString']),
  ...of('tf.MetaGraphDef', 'a protocol message', ['serializeToString parseFromString']),
  ...of('tf.TensorShape', 'Python’s shape[i] and ==, and C++’s text', ['at equals toCString']),
  ...of('tf.Dimension', 'operators in Python', [
    'add radd sub rsub mul rmul floordiv rfloordiv mod rmod equal notEqual less lessEqual greater greaterEqual',
  ]),
  ...of('tf.NDArray', 'NumPy’s a[…] and flags, and private ones', ['show setflags endSnapshot at part numberAt']),
};
interface Sample {
  readonly make: () => object;
  /** Methods that take the body of Python's `with`. */
  readonly blocks?: readonly string[];
  /** As whose methods Python's are on file. */
  readonly key?: string;
}
const session = (): tf.Session => {
  tf.constant(1);
  return new tf.Session('', { config: { device: 'portable', advice: false } });
};
/** Public classes whose methods are called. */
export const METHODS: Readonly<Record<string, Sample>> = {
  'tf.Graph': {
    make: () => new tf.Graph(),
    blocks: ['nameScope', 'controlDependencies', 'device', 'colocateWith', 'gradientOverrideMap', 'asDefault'],
  },
  'tf.Session': { make: session, blocks: ['asDefault'] },
  'tf.Tensor': { make: () => tf.constant([1, 2]) },
  'tf.Operation': { make: () => tf.noOp() },
  'tf.Variable': { make: () => new tf.Variable(1) },
  'tf.VariableScope': { make: () => tf.getVariableScope() },
  'tf.train.Optimizer': {
    make: () => Object.create(tf.train.Optimizer.prototype, { name: { value: 'o' } }) as object,
  },
  'tf.TensorShape': { make: () => new tf.TensorShape([2, null]) },
  'tf.Dimension': { make: () => new tf.Dimension(3) },
  'tf.DType': { make: () => tf.float32 },
  'tf.NDArray': { make: () => new tf.NDArray(tf.float32, [2], Float32Array.of(1, 2)) },
  'tf.Timeline': {
    make: () => new tf.Timeline({ device: 'portable', nodes: [], startMicros: 0, micros: 0, devStats: [] }),
  },
};
