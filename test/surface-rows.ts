/** One row per public name: a tiny call, and a fact about its value. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../src';
import { exampleRows } from './example-rows';
import { METRIC_ROWS } from './metric-rows';
import { contribRows } from './surface-rows-contrib';
import { kerasRows } from './surface-rows-keras';
import { parsingRows } from './surface-rows-parsing';
import { inputRows } from './surface-rows-input';
import { queueRows } from './surface-rows-queues';
import { legacyRows } from './surface-rows-legacy';
import { seq2seqRows } from './surface-rows-seq2seq';
import { savedModelRows } from './surface-rows-saved-model';
import { supervisedRows } from './surface-rows-supervised';
import { PROGRAM_ROWS } from './program-rows';
import { pythonRows } from './surface-rows-python';
import { LOOKUP_ROWS } from './surface-rows-lookup';
import { PROFILER_ROWS } from './surface-rows-profiler';

/**
 * A call, and what it gives: tensors are run, numbers are rounded to four decimals. A function judges the value
 * itself.
 */
export type Row = readonly [call: (sess: tf.Session) => unknown, fact: unknown];
type Rows = Readonly<Record<string, Row>>;
const isTrue = (value: unknown): boolean => value === true;
const shaped =
  (...shape: number[]) =>
  (value: unknown): boolean =>
    JSON.stringify(shapeOf(value)) === JSON.stringify(shape);
const shapeOf = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : []);
const from = <K extends string>(names: Readonly<Record<K, unknown>>, row: (name: K) => Row, prefix = 'tf.'): Rows =>
  Object.fromEntries((Object.keys(names) as K[]).map((name) => [prefix + name, row(name)]));
const CODES = (
  'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED ' +
  'RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS ' +
  'UNAUTHENTICATED'
).split(' ') as readonly (keyof typeof tf.errors)[];
const ints = (...values: number[]): tf.Tensor => tf.constant(values, tf.int32);
/** A volume of ones with so many planes, rows and columns, and how windows go over it one by one. */
const cube = (n: number): tf.Tensor => tf.ones([1, n, n, n, 1]);
const ALONG = [1, 1, 1, 1, 1];
const bools = (...values: boolean[]): tf.Tensor => tf.constant(values);
/** What a body gives that may write into a folder. */
function saving<R>(body: (at: (name: string) => string, folder: string) => R): R {
  const folder = mkdtempSync(path.join(tmpdir(), 'surface-'));
  try {
    return body((name) => path.join(folder, name), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
/** The same of the path of a checkpoint, in which w is [1, 2]. */
function saved<R>(sess: tf.Session, body: (path: string) => R): R {
  const w = new tf.Variable([1, 2], { name: 'w' });
  sess.run(w.initializer);
  return saving((at) => body(new tf.train.Saver().save(sess, at('m'))!));
}
/** The first value that a summary node gives. */
const valueOf = (sess: tf.Session, node: tf.Tensor): tf.SummaryValue =>
  tf.Summary.fromString(String(sess.run(node))).value[0];
/** w after one step down w² from 1. */
const stepped = (optimizer: tf.train.Optimizer): tf.Tensor => {
  const w = new tf.Variable(1);
  const train = optimizer.minimize(tf.square(w));
  return tf.controlDependencies([train], () => w.readValue());
};

const BINARY = {
  add: 8,
  subtract: 4,
  multiply: 12,
  div: 3,
  divide: 3,
  truediv: 3,
  realdiv: 3,
  floordiv: 3,
  floorDiv: 3,
  divNoNan: 3,
  floormod: 0,
  truncatemod: 0,
  pow: 36,
  maximum: 6,
  minimum: 2,
  squaredDifference: 16,
  atan2: Math.atan2(6, 2),
  less: false,
  lessEqual: false,
  greater: true,
  greaterEqual: true,
  equal: false,
  notEqual: true,
} as const;
const UNARY = {
  abs: 0.5,
  acos: Math.acos(0.5),
  acosh: NaN,
  asin: Math.asin(0.5),
  asinh: Math.asinh(0.5),
  atan: Math.atan(0.5),
  atanh: Math.atanh(0.5),
  ceil: 1,
  conj: 0.5,
  cos: Math.cos(0.5),
  cosh: Math.cosh(0.5),
  digamma: -1.96351,
  erf: 0.5205,
  erfc: 0.4795,
  exp: Math.exp(0.5),
  expm1: Math.expm1(0.5),
  floor: 0,
  isFinite: true,
  isInf: false,
  isNan: false,
  lgamma: 0.57236,
  log: Math.log(0.5),
  log1p: Math.log1p(0.5),
  logSigmoid: -0.47408,
  negative: -0.5,
  reciprocal: 2,
  rint: 0,
  round: 0,
  rsqrt: Math.SQRT2,
  sigmoid: 0.62246,
  sign: 1,
  sin: Math.sin(0.5),
  sinh: Math.sinh(0.5),
  sqrt: Math.SQRT1_2,
  square: 0.25,
  tan: Math.tan(0.5),
  tanh: Math.tanh(0.5),
} as const;
const REDUCTIONS = {
  reduceSum: 6,
  reduceMean: 2,
  reduceProd: 6,
  reduceMax: 3,
  reduceMin: 1,
  reduceLogsumexp: 3.40761,
} as const;
const ERRORS = {
  CancelledError: 1,
  UnknownError: 2,
  InvalidArgumentError: 3,
  DeadlineExceededError: 4,
  NotFoundError: 5,
  AlreadyExistsError: 6,
  PermissionDeniedError: 7,
  ResourceExhaustedError: 8,
  FailedPreconditionError: 9,
  AbortedError: 10,
  OutOfRangeError: 11,
  UnimplementedError: 12,
  InternalError: 13,
  UnavailableError: 14,
  DataLossError: 15,
  UnauthenticatedError: 16,
} as const;
const DTYPES = {
  float16: 19,
  float32: 1,
  float64: 2,
  bfloat16: 14,
  int8: 6,
  int16: 5,
  int32: 3,
  int64: 9,
  uint8: 4,
  uint16: 17,
  uint32: 22,
  uint64: 23,
  bool: 10,
  string: 7,
  complex64: 8,
  complex128: 18,
  qint8: 11,
  quint8: 12,
  qint16: 15,
  quint16: 16,
  qint32: 13,
  resource: 20,
  variant: 21,
} as const;
const CHECKS: Rows = {
  'tf.Assert': [() => tf.Assert(true, ['unseen']), null],
  'tf.assertEqual': [() => tf.assertEqual(1, 1), null],
  'tf.assertNoneEqual': [() => tf.assertNoneEqual(1, 2), null],
  'tf.assertLess': [() => tf.assertLess(1, 2), null],
  'tf.assertLessEqual': [() => tf.assertLessEqual(1, 1), null],
  'tf.assertGreater': [() => tf.assertGreater(2, 1), null],
  'tf.assertGreaterEqual': [() => tf.assertGreaterEqual(2, 2), null],
  'tf.assertPositive': [() => tf.assertPositive(1), null],
  'tf.assertNegative': [() => tf.assertNegative(-1), null],
  'tf.assertNonNegative': [() => tf.assertNonNegative(0), null],
  'tf.assertNonPositive': [() => tf.assertNonPositive(0), null],
  'tf.assertNear': [() => tf.assertNear(1, 1 + 1e-7), null],
  'tf.assertRank': [() => tf.assertRank([1, 2], 1), null],
  'tf.assertRankAtLeast': [() => tf.assertRankAtLeast([1, 2], 1), null],
  'tf.assertRankIn': [() => tf.assertRankIn([1, 2], [0, 1]), null],
  'tf.assertType': [() => tf.assertType(tf.constant(1), tf.float32), null],
  'tf.isNumericTensor': [
    () => [tf.isNumericTensor(tf.constant(1)), tf.isNumericTensor(tf.constant('a'))],
    [true, false],
  ],
  'tf.isStrictlyIncreasing': [
    () => [[1, 3, 7], [1, 3, 3], [1], []].map((x) => tf.isStrictlyIncreasing(x)),
    [true, false, true, true],
  ],
  'tf.isNonDecreasing': [
    () =>
      [
        [1, 3, 3],
        [3, 1],
      ].map((x) => tf.isNonDecreasing(x)),
    [true, false],
  ],
  'tf.assertInteger': [() => tf.assertInteger(ints(1)), null],
  'tf.assertScalar': [() => tf.assertScalar(1), 1],
  'tf.checkNumerics': [() => tf.checkNumerics([1, 2], 'a number'), [1, 2]],
  'tf.verifyTensorAllFinite': [() => tf.verifyTensorAllFinite([1, 2], 'finite'), [1, 2]],
  'tf.addCheckNumericsOps': [
    () => {
      tf.sqrt(4);
      return tf.addCheckNumericsOps();
    },
    null,
  ],
};
const INITIALIZERS: Rows = {
  'tf.createPartitionedVariables': [
    () => tf.createPartitionedVariables([3], [2], tf.zerosInitializer()).map((part) => part.name),
    ['PartitionedVariable/part_0:0', 'PartitionedVariable/part_1:0'],
  ],
  'tf.fixedSizePartitioner': [() => tf.fixedSizePartitioner(3)(tf.zeros([7, 2]).shape, tf.float32), [3, 1]],
  'tf.variableAxisSizePartitioner': [
    () => tf.variableAxisSizePartitioner(16)(tf.zeros([7, 2]).shape, tf.float32),
    [4, 1],
  ],
  'tf.minMaxVariablePartitioner': [
    () => tf.minMaxVariablePartitioner(5, { minSliceSize: 20 })(tf.zeros([7, 2]).shape, tf.float32),
    [3, 1],
  ],
  'tf.zerosInitializer': [() => tf.zerosInitializer().call([2]), [0, 0]],
  'tf.onesInitializer': [() => tf.onesInitializer().call([2]), [1, 1]],
  'tf.constantInitializer': [() => tf.constantInitializer(7).call([2]), [7, 7]],
  'tf.randomNormalInitializer': [() => tf.randomNormalInitializer(0, 1, 5).call([2]), [-1.1781, -0.7099]],
  'tf.truncatedNormalInitializer': [() => tf.truncatedNormalInitializer(0, 1, 5).call([2]), [-1.1781, -0.7099]],
  'tf.randomUniformInitializer': [() => tf.randomUniformInitializer(1, 1.00001).call([2]), [1, 1]],
  'tf.varianceScalingInitializer': [
    () => tf.varianceScalingInitializer({ scale: 1e-12 }).call([2, 2]),
    [
      [0, 0],
      [0, 0],
    ],
  ],
  'tf.initializers.identity': [
    () => tf.initializers.identity(3).call([2, 3]),
    [
      [3, 0, 0],
      [0, 3, 0],
    ],
  ],
  'tf.uniformUnitScalingInitializer': [
    () => tf.uniformUnitScalingInitializer({ factor: 1e-9 }).call([2, 2]),
    [
      [0, 0],
      [0, 0],
    ],
  ],
  'tf.glorotUniformInitializer': [() => tf.glorotUniformInitializer().call([2, 3]), shaped(2, 3)],
  'tf.glorotNormalInitializer': [() => tf.glorotNormalInitializer().call([2, 3]), shaped(2, 3)],
  ...from(
    { lecunUniform: 0, lecunNormal: 0, heUniform: 0, heNormal: 0 },
    (name) => [() => tf.initializers[name]().call([2, 3]), shaped(2, 3)],
    'tf.initializers.',
  ),
  'tf.getSessionHandle': [(sess) => sess.run(tf.getSessionHandle(tf.constant(3))).eval(), 3],
  'tf.getSessionTensor': [
    (sess) => {
      const { handle } = sess.run(tf.getSessionHandle(tf.constant(3)));
      const [holder, three] = tf.getSessionTensor(handle, tf.float32);
      return sess.run(three, [[holder, handle]]);
    },
    3,
  ],
  'tf.deleteSessionTensor': [
    (sess) => {
      const { handle } = sess.run(tf.getSessionHandle(tf.constant(3)));
      const [holder, forget] = tf.deleteSessionTensor(handle);
      return sess.run(forget, [[holder, handle]]);
    },
    null,
  ],
  'tf.train.ClusterSpec': [() => `${new tf.train.ClusterSpec({ ps: ['a:1'] })}`, "ClusterSpec({'ps': ['a:1']})"],
  'tf.train.Server': [() => tf.train.Server.createLocalServer.name, 'createLocalServer'],
  'tf.train.replicaDeviceSetter': [
    () => tf.device(tf.train.replicaDeviceSetter(2), () => tf.constant(1).op.device),
    '/job:worker',
  ],
  'tf.DeviceSpec': [() => `${new tf.DeviceSpec({ job: 'ps', task: 1 })}`, '/job:ps/task:1'],
  'tf.contrib.layers.l1Regularizer': [() => tf.contrib.layers.l1Regularizer(0.5)(tf.constant([1, -3])), 2],
  'tf.contrib.layers.l2Regularizer': [() => tf.contrib.layers.l2Regularizer(0.5)(tf.constant([1, -3])), 2.5],
  'tf.contrib.layers.xavierInitializer': [() => tf.contrib.layers.xavierInitializer().call([2, 3]), shaped(2, 3)],
};
const WRITTEN: Rows = {
  ...from(BINARY, (name) => {
    const binary: (x: number, y: number) => tf.Tensor = tf[name];
    return [() => binary(6, 2), BINARY[name]];
  }),
  ...from(UNARY, (name) => [() => tf[name](0.5), UNARY[name]]),
  ...from(REDUCTIONS, (name) => [() => tf[name]([1, 2, 3]), REDUCTIONS[name]]),
  ...from(ERRORS, (name) => [() => new tf.errors[name](null, 'why').errorCode, ERRORS[name]], 'tf.errors.'),
  ...from(DTYPES, (name) => [() => [tf[name].name, tf.asDtype(DTYPES[name]) === tf[name]], [name, true]]),
  ...CHECKS,
  ...INITIALIZERS,

  // Elements
  'tf.truncatediv': [() => tf.truncatediv(ints(-7), ints(2)), [-3]],
  'tf.scalarMul': [() => tf.scalarMul(2, [1, 2]), [2, 4]],
  'tf.addN': [() => tf.addN([1, 2, 3]), 6],
  'tf.accumulateN': [() => tf.accumulateN([[1], [2]]), [3]],
  'tf.math.divideNoNan': [() => tf.math.divideNoNan(1, 0), 0],
  'tf.math.multiplyNoNan': [() => tf.math.multiplyNoNan(NaN, 0), 0],
  'tf.math.reciprocalNoNan': [() => tf.math.reciprocalNoNan([0, 2]), [0, 0.5]],
  'tf.math.xdivy': [() => tf.math.xdivy(0, 0), 0],
  'tf.math.xlogy': [() => tf.math.xlogy(0, 0), 0],
  'tf.complex': [() => tf.abs(tf.complex(3, 4)), 5],
  'tf.polygamma': [() => tf.polygamma(1, 1), 1.644934],
  'tf.zeta': [() => tf.zeta(2, 1), 1.644934],
  'tf.bincount': [() => tf.bincount([1, 3, 1]), [0, 2, 0, 1]],
  'tf.math.polyval': [() => tf.math.polyval([1, 2, 3], 2), 11],
  'tf.logicalAnd': [() => tf.logicalAnd(true, false), false],
  'tf.logicalOr': [() => tf.logicalOr(true, false), true],
  'tf.logicalXor': [() => tf.logicalXor(true, true), false],
  'tf.logicalNot': [() => tf.logicalNot(true), false],
  'tf.cast': [() => tf.cast([1.7, -1.7], tf.int32), [1, -1]],
  'tf.saturateCast': [() => tf.saturateCast([300, -1], tf.uint8), [255, 0]],
  'tf.bitcast': [() => tf.bitcast(tf.constant(1), tf.int32), 0x3f800000],
  'tf.toFloat': [() => tf.toFloat(ints(1)).dtype.name, 'float32'],
  'tf.toDouble': [() => tf.toDouble(1).dtype.name, 'float64'],
  'tf.toInt32': [() => tf.toInt32(1.5), 1],
  'tf.toInt64': [() => tf.toInt64(1.5), 1],
  'tf.toBfloat16': [() => tf.toBfloat16(1).dtype.name, 'bfloat16'],
  'tf.clipByValue': [() => tf.clipByValue([-1, 0.5, 2], 0, 1), [0, 0.5, 1]],
  'tf.clipByNorm': [() => tf.clipByNorm([3, 4], 1), [0.6, 0.8]],
  'tf.clipByAverageNorm': [() => tf.clipByAverageNorm([3, 4], 1), [1.2, 1.6]],
  'tf.clipByGlobalNorm': [() => tf.clipByGlobalNorm([tf.constant([3]), tf.constant([4])], 1)[1], 5],
  'tf.globalNorm': [() => tf.globalNorm([tf.constant([3]), tf.constant([4])]), 5],

  // Constants and placeholders
  'tf.constant': [() => tf.constant([[1, 2]]), [[1, 2]]],
  'tf.placeholder': [
    (sess) => {
      const x = tf.placeholder(tf.float32, [2], { name: 'x' });
      return sess.run(x, { 'x:0': [1, 2] });
    },
    [1, 2],
  ],
  'tf.placeholderWithDefault': [() => tf.placeholderWithDefault([1, 2], [null]), [1, 2]],
  'tf.fill': [() => tf.fill([2], 3), [3, 3]],
  'tf.zeros': [() => tf.zeros([2]), [0, 0]],
  'tf.ones': [() => tf.ones([2]), [1, 1]],
  'tf.zerosLike': [() => tf.zerosLike([1, 2]), [0, 0]],
  'tf.onesLike': [() => tf.onesLike([1, 2]), [1, 1]],
  'tf.range': [() => tf.range(3), [0, 1, 2]],
  'tf.linspace': [() => tf.linspace(0, 1, 3), [0, 0.5, 1]],
  'tf.convertToTensor': [() => tf.convertToTensor([1, 2]), [1, 2]],
  'tf.isTensor': [() => [tf.isTensor(tf.constant(1)), tf.isTensor(1)], [true, false]],
  'tf.getStaticValue': [() => tf.getStaticValue(tf.shape([[1, 2]])), [1, 2]],
  'tf.identity': [() => tf.identity([1, 2]), [1, 2]],
  'tf.identityN': [() => tf.identityN([1, [2]]), [1, [2]]],
  'tf.stopGradient': [
    () => {
      const x = tf.constant(3);
      return tf.gradients(x.mul(tf.stopGradient(x)), [x])[0];
    },
    3,
  ],

  // Shapes
  'tf.shape': [() => tf.shape([[1, 2]]), [1, 2]],
  'tf.shapeN': [() => tf.shapeN([[1], [1, 2]]), [[1], [2]]],
  'tf.size': [() => tf.size([[1, 2]]), 2],
  'tf.rank': [() => tf.rank([[1, 2]]), 2],
  'tf.reshape': [() => tf.reshape([1, 2], [2, 1]), [[1], [2]]],
  'tf.expandDims': [() => tf.expandDims([1, 2], 0), [[1, 2]]],
  'tf.squeeze': [() => tf.squeeze([[1, 2]]), [1, 2]],
  'tf.broadcastTo': [() => tf.broadcastTo(1, [2]), [1, 1]],
  'tf.broadcastDynamicShape': [() => tf.broadcastDynamicShape(ints(2, 1), ints(3)), [2, 3]],
  'tf.broadcastStaticShape': [() => tf.broadcastStaticShape([2, 1], [null]).toString(), '(2, ?)'],
  'tf.ensureShape': [() => tf.ensureShape([1, 2], [2]), [1, 2]],
  'tf.dimensionAtIndex': [() => tf.dimensionAtIndex(new tf.TensorShape([2, 3]), 1).value, 3],
  'tf.Dimension': [() => new tf.Dimension(3).add(4).value, 7],
  'tf.TensorShape': [() => new tf.TensorShape([null, 784]).toString(), '(?, 784)'],
  'tf.invertPermutation': [() => tf.invertPermutation(ints(2, 0, 1)), [1, 2, 0]],

  // Pieces
  'tf.slice': [() => tf.slice([1, 2, 3], [1], [2]), [2, 3]],
  'tf.stridedSlice': [() => tf.stridedSlice([1, 2, 3], [0], [3], [2]), [1, 3]],
  'tf.newaxis': [() => tf.constant([1, 2]).get(tf.newaxis), [[1, 2]]],
  'tf.concat': [() => tf.concat([[1], [2]], 0), [1, 2]],
  'tf.stack': [() => tf.stack([1, 2]), [1, 2]],
  'tf.parallelStack': [() => tf.parallelStack([1, 2]), [1, 2]],
  'tf.serializeTensor': [() => tf.parseTensor(tf.serializeTensor([1, 2]), tf.float32), [1, 2]],
  'tf.parseTensor': [() => tf.parseTensor(tf.serializeTensor('a'), tf.string), 'a'],
  'tf.unstack': [() => tf.unstack([1, 2]), [1, 2]],
  'tf.split': [() => tf.split([1, 2], 2), [[1], [2]]],
  'tf.tile': [() => tf.tile([1, 2], [2]), [1, 2, 1, 2]],
  'tf.pad': [() => tf.pad([1], [[1, 1]]), [0, 1, 0]],
  'tf.transpose': [() => tf.transpose([[1, 2]]), [[1], [2]]],
  'tf.matrixTranspose': [() => tf.matrixTranspose([[[1, 2]]]), [[[1], [2]]]],
  'tf.roll': [() => tf.roll([1, 2, 3], 1, 0), [3, 1, 2]],
  'tf.reverse': [() => tf.reverse([1, 2], [0]), [2, 1]],
  'tf.reverseSequence': [() => tf.reverseSequence([[1, 2, 3]], [2], 1), [[2, 1, 3]]],
  'tf.gather': [() => tf.gather([5, 6, 7], [2, 0]), [7, 5]],
  'tf.gatherNd': [
    () =>
      tf.gatherNd(
        [
          [1, 2],
          [3, 4],
        ],
        [[1, 0]],
      ),
    [3],
  ],
  'tf.scatterNd': [() => tf.scatterNd([[1]], [5], [3]), [0, 5, 0]],
  'tf.tensorScatterUpdate': [() => tf.tensorScatterUpdate([1, 2], [[1]], [5]), [1, 5]],
  'tf.tensorScatterAdd': [() => tf.tensorScatterAdd([1, 2], [[1]], [5]), [1, 7]],
  'tf.tensorScatterSub': [() => tf.tensorScatterSub([1, 2], [[1]], [5]), [1, -3]],
  'tf.oneHot': [() => tf.oneHot([1], 3), [[0, 1, 0]]],
  'tf.where': [() => tf.where(bools(true, false), [1, 2], [3, 4]), [1, 4]],
  'tf.whereV2': [() => tf.whereV2(bools(true, false), 1, [3, 4]), [1, 4]],
  'tf.booleanMask': [() => tf.booleanMask([1, 2], bools(false, true)), [2]],
  'tf.unique': [() => tf.unique([5, 5, 6]).y, [5, 6]],
  'tf.uniqueWithCounts': [() => tf.uniqueWithCounts([5, 5, 6]).count, [2, 1]],
  'tf.dynamicStitch': [() => tf.dynamicStitch([[0, 2], [1]], [[10, 30], [20]]), [10, 20, 30]],
  'tf.dynamicPartition': [() => tf.dynamicPartition([10, 20], [1, 0], 2), [[20], [10]]],
  'tf.setdiff1d': [() => tf.setdiff1d([1, 2, 3], [2]).out, [1, 3]],

  // Sums
  'tf.reduceAll': [() => tf.reduceAll(bools(true, false)), false],
  'tf.reduceAny': [() => tf.reduceAny(bools(true, false)), true],
  'tf.math.reduceVariance': [() => tf.math.reduceVariance([1, 3]), 1],
  'tf.math.reduceEuclideanNorm': [() => tf.math.reduceEuclideanNorm([3, 4]), 5],
  'tf.math.reduceStd': [() => tf.math.reduceStd([1, 5]), 2],
  'tf.countNonzero': [() => tf.countNonzero([0, 1, 2]), 2],
  'tf.argMax': [() => tf.argMax([1, 3, 2], 0), 1],
  'tf.argMin': [() => tf.argMin([1, 3, 0], 0), 2],
  'tf.argmax': [() => tf.argmax([1, 3, 2], 0), 1],
  'tf.argmin': [() => tf.argmin([1, 3, 0], 0), 2],
  'tf.cumsum': [() => tf.cumsum([1, 2, 3]), [1, 3, 6]],
  'tf.cumprod': [() => tf.cumprod([1, 2, 3]), [1, 2, 6]],
  ...from({ segmentSum: 3, segmentMean: 1.5, segmentProd: 2, segmentMax: 2, segmentMin: 1 }, (name) => [
    () => tf[name]([1, 2], ints(0, 0)),
    [{ segmentSum: 3, segmentMean: 1.5, segmentProd: 2, segmentMax: 2, segmentMin: 1 }[name]],
  ]),
  'tf.unsortedSegmentSum': [() => tf.unsortedSegmentSum([1, 2], ints(1, 1), 2), [0, 3]],
  'tf.unsortedSegmentProd': [() => tf.unsortedSegmentProd([1, 2], ints(1, 1), 2), [1, 2]],
  'tf.unsortedSegmentMax': [() => tf.unsortedSegmentMax([1, 2], ints(0, 0), 1), [2]],
  'tf.unsortedSegmentMin': [() => tf.unsortedSegmentMin([1, 2], ints(0, 0), 1), [1]],
  'tf.matmul': [() => tf.matmul([[1, 2]], [[3], [4]]), [[11]]],
  'tf.cross': [() => tf.cross([1, 0, 0], [0, 1, 0]), [0, 0, 1]],
  'tf.trace': [
    () =>
      tf.trace([
        [1, 2],
        [3, 4],
      ]),
    5,
  ],
  'tf.diag': [
    () => tf.diag([1, 2]),
    [
      [1, 0],
      [0, 2],
    ],
  ],
  'tf.diagPart': [
    () =>
      tf.diagPart([
        [1, 2],
        [3, 4],
      ]),
    [1, 4],
  ],
  'tf.matrixDiag': [
    () => tf.matrixDiag([1, 2]),
    [
      [1, 0],
      [0, 2],
    ],
  ],
  'tf.matrixDiagPart': [
    () =>
      tf.matrixDiagPart([
        [1, 2],
        [3, 4],
      ]),
    [1, 4],
  ],
  'tf.matrixSetDiag': [
    () =>
      tf.matrixSetDiag(
        [
          [1, 2],
          [3, 4],
        ],
        [5, 6],
      ),
    [
      [5, 2],
      [3, 6],
    ],
  ],
  'tf.matrixBandPart': [
    () =>
      tf.matrixBandPart(
        [
          [1, 2],
          [3, 4],
        ],
        0,
        -1,
      ),
    [
      [1, 2],
      [0, 4],
    ],
  ],
  'tf.spaceToDepth': [
    () =>
      tf.spaceToDepth(
        [
          [
            [[1], [2]],
            [[3], [4]],
          ],
        ],
        2,
      ),
    [[[[1, 2, 3, 4]]]],
  ],
  'tf.depthToSpace': [
    () => tf.depthToSpace([[[[1, 2, 3, 4]]]], 2),
    [
      [
        [[1], [2]],
        [[3], [4]],
      ],
    ],
  ],
  'tf.bitwise.bitwiseAnd': [() => tf.bitwise.bitwiseAnd(ints(6), ints(3)), [2]],
  'tf.bitwise.bitwiseOr': [() => tf.bitwise.bitwiseOr(ints(6), ints(3)), [7]],
  'tf.bitwise.bitwiseXor': [() => tf.bitwise.bitwiseXor(ints(6), ints(3)), [5]],
  'tf.bitwise.leftShift': [() => tf.bitwise.leftShift(ints(6), ints(1)), [12]],
  'tf.bitwise.rightShift': [() => tf.bitwise.rightShift(ints(6), ints(1)), [3]],
  'tf.bitwise.invert': [() => tf.bitwise.invert(ints(6)), [-7]],
  'tf.linalg.matvec': [() => tf.linalg.matvec([[1, 2]], [3, 4]), [11]],
  'tf.einsum': [() => tf.einsum('i,i->', tf.constant([1, 2]), tf.constant([3, 4])), 11],
  'tf.tensordot': [() => tf.tensordot([1, 2], [3, 4], 1), 11],

  // Networks
  'tf.nn.relu': [() => tf.nn.relu([-1, 2]), [0, 2]],
  'tf.nn.relu6': [() => tf.nn.relu6([-1, 7]), [0, 6]],
  'tf.nn.crelu': [() => tf.nn.crelu([-1, 2]), [0, 2, 1, 0]],
  'tf.nn.elu': [() => tf.nn.elu([0, 2]), [0, 2]],
  'tf.nn.selu': [() => tf.nn.selu(1), 1.0507],
  'tf.nn.leakyRelu': [() => tf.nn.leakyRelu([-1, 2]), [-0.2, 2]],
  'tf.nn.softplus': [() => tf.nn.softplus(0), Math.LN2],
  'tf.nn.softsign': [() => tf.nn.softsign(1), 0.5],
  'tf.nn.biasAdd': [() => tf.nn.biasAdd([[1, 2]], [10, 20]), [[11, 22]]],
  'tf.nn.xwPlusB': [() => tf.nn.xwPlusB([[1, 2]], [[3], [4]], [-12]), [[-1]]],
  'tf.nn.reluLayer': [() => tf.nn.reluLayer([[1, 2]], [[3], [4]], [-12]), [[0]]],
  'tf.nn.conv2d': [() => tf.nn.conv2d(tf.ones([1, 2, 2, 1]), tf.ones([2, 2, 1, 1]), 1, 'VALID'), [[[[4]]]]],
  'tf.nn.conv3d': [() => tf.nn.conv3d(cube(2), tf.ones([2, 2, 2, 1, 1]), ALONG, 'VALID'), [[[[[8]]]]]],
  'tf.nn.conv3dBackpropFilter': [
    () => tf.nn.conv3dBackpropFilter(cube(2), ints(2, 2, 2, 1, 1), cube(1), ALONG, 'VALID'),
    shaped(2, 2, 2, 1, 1),
  ],
  'tf.nn.conv3dBackpropFilterV2': [
    () => tf.nn.conv3dBackpropFilterV2(cube(2), ints(2, 2, 2, 1, 1), cube(1), ALONG, 'VALID'),
    shaped(2, 2, 2, 1, 1),
  ],
  'tf.nn.conv3dTranspose': [
    () => tf.nn.conv3dTranspose(cube(1), tf.ones([2, 2, 2, 1, 1]), ints(1, 2, 2, 2, 1), 2),
    shaped(1, 2, 2, 2, 1),
  ],
  'tf.nn.maxPool3d': [() => tf.nn.maxPool3d(cube(2), 2, 2, 'VALID'), [[[[[1]]]]]],
  'tf.nn.avgPool3d': [() => tf.nn.avgPool3d(cube(2), 2, 2, 'VALID'), [[[[[1]]]]]],
  'tf.nn.depthwiseConv2d': [
    () => tf.nn.depthwiseConv2d(tf.ones([1, 2, 2, 1]), tf.ones([2, 2, 1, 1]), [1, 1, 1, 1], 'VALID'),
    [[[[4]]]],
  ],
  'tf.nn.depthwiseConv2dNative': [
    () => tf.nn.depthwiseConv2dNative(tf.ones([1, 2, 2, 1]), tf.ones([2, 2, 1, 1]), [1, 1, 1, 1], 'VALID'),
    [[[[4]]]],
  ],
  'tf.nn.depthwiseConv2dNativeBackpropFilter': [
    () =>
      tf.nn.depthwiseConv2dNativeBackpropFilter(
        [
          [
            [[1], [1]],
            [[1], [1]],
          ],
        ],
        ints(2, 2, 1, 1),
        [[[[1]]]],
        [1, 1, 1, 1],
        'VALID',
      ),
    shaped(2, 2, 1, 1),
  ],
  'tf.nn.depthwiseConv2dBackpropFilter': [
    () =>
      tf.nn.depthwiseConv2dBackpropFilter(
        [
          [
            [[1], [1]],
            [[1], [1]],
          ],
        ],
        ints(2, 2, 1, 1),
        [[[[1]]]],
        [1, 1, 1, 1],
        'VALID',
      ),
    shaped(2, 2, 1, 1),
  ],
  'tf.nn.depthwiseConv2dNativeBackpropInput': [
    () =>
      tf.nn.depthwiseConv2dNativeBackpropInput(
        ints(1, 2, 2, 1),
        [
          [[[1]], [[1]]],
          [[[1]], [[1]]],
        ],
        [[[[1]]]],
        [1, 1, 1, 1],
        'VALID',
      ),
    shaped(1, 2, 2, 1),
  ],
  'tf.nn.depthwiseConv2dBackpropInput': [
    () =>
      tf.nn.depthwiseConv2dBackpropInput(
        ints(1, 2, 2, 1),
        [
          [[[1]], [[1]]],
          [[[1]], [[1]]],
        ],
        [[[[1]]]],
        [1, 1, 1, 1],
        'VALID',
      ),
    shaped(1, 2, 2, 1),
  ],
  'tf.nn.separableConv2d': [
    () =>
      tf.nn.separableConv2d(
        [
          [
            [[1], [1]],
            [[1], [1]],
          ],
        ],
        [
          [[[1]], [[1]]],
          [[[1]], [[1]]],
        ],
        [[[[3]]]],
        [1, 1, 1, 1],
        'VALID',
      ),
    [[[[12]]]],
  ],
  'tf.nn.conv2dBackpropFilter': [
    () =>
      tf.nn.conv2dBackpropFilter(tf.ones([1, 2, 2, 1]), ints(2, 2, 1, 1), tf.ones([1, 1, 1, 1]), [1, 1, 1, 1], 'VALID'),
    shaped(2, 2, 1, 1),
  ],
  'tf.nn.conv2dBackpropInput': [
    () =>
      tf.nn.conv2dBackpropInput(ints(1, 2, 2, 1), tf.ones([2, 2, 1, 1]), tf.ones([1, 1, 1, 1]), [1, 1, 1, 1], 'VALID'),
    shaped(1, 2, 2, 1),
  ],
  'tf.nn.conv2dTranspose': [
    () => tf.nn.conv2dTranspose(tf.ones([1, 1, 1, 1]), tf.ones([2, 2, 1, 1]), ints(1, 2, 2, 1), [1, 1, 1, 1], 'VALID'),
    shaped(1, 2, 2, 1),
  ],
  ...Object.fromEntries(CODES.map((name, code): [string, Row] => [`tf.errors.${name}`, [() => tf.errors[name], code]])),
  'tf.errors.exceptionTypeFromErrorCode': [
    () =>
      CODES.slice(1).map(
        (name, i) =>
          tf.errors.errorCodeFromExceptionType(tf.errors.exceptionTypeFromErrorCode(i + 1)) === tf.errors[name],
      ),
    CODES.slice(1).map(() => true),
  ],
  'tf.nn.conv1d': [() => tf.nn.conv1d([[[1], [2], [4]]], [[[1]], [[10]]], 1, 'VALID'), [[[21], [42]]]],
  'tf.nn.conv1dTranspose': [
    () => tf.nn.conv1dTranspose([[[1], [2]]], [[[1]], [[10]]], [1, 4, 1], 2),
    [[[1], [10], [2], [20]]],
  ],
  'tf.nn.convolution': [
    () => tf.nn.convolution([[[1], [2], [4], [8], [16]]], [[[1]], [[10]]], 'SAME', { dilationRate: [2] }),
    [[[10 * 2], [1 + 40], [2 + 80], [4 + 160], [8]]],
  ],
  'tf.nn.atrousConv2d': [() => tf.nn.atrousConv2d([[[[1], [2], [4]]]], [[[[1]], [[10]]]], [1, 2], 'VALID'), [[[[41]]]]],
  'tf.nn.atrousConv2dTranspose': [
    () => tf.nn.atrousConv2dTranspose([[[[3]]]], [[[[1]], [[10]]]], [1, 1, 3, 1], 2, 'VALID'),
    [[[[3], [0], [30]]]],
  ],
  'tf.nn.avgPool1d': [() => tf.nn.avgPool1d([[[1], [3], [2], [0]]], 2, 2, 'VALID'), [[[2], [1]]]],
  'tf.nn.maxPool1d': [() => tf.nn.maxPool1d([[[1], [3], [2], [0]]], 2, 2, 'VALID'), [[[3], [2]]]],
  'tf.nn.sufficientStatistics': [
    () =>
      tf.nn.sufficientStatistics(
        [
          [1, 2],
          [3, 4],
        ],
        [0],
        { shift: 1 },
      ),
    [2, [2, 4], [4, 10], 1],
  ],
  'tf.nn.normalizeMoments': [
    () => tf.nn.normalizeMoments(2, [2, 4], [4, 10], 1),
    [
      [2, 3],
      [1, 1],
    ],
  ],
  'tf.nn.weightedMoments': [() => tf.nn.weightedMoments([1, 3], [0], [3, 1]), [1.5, 0.75]],
  'tf.nn.maxPool': [() => tf.nn.maxPool(tf.reshape(tf.range(4), [1, 2, 2, 1]).mul(1), 2, 2, 'VALID'), [[[[3]]]]],
  'tf.nn.avgPool': [() => tf.nn.avgPool(tf.ones([1, 2, 2, 1]), 2, 2, 'VALID'), [[[[1]]]]],
  'tf.nn.dropout': [() => tf.nn.dropout([1, 2], 1), [1, 2]],
  'tf.nn.embeddingLookup': [() => tf.nn.embeddingLookup([[1], [2]], [1]), [[2]]],
  'tf.nn.fusedBatchNorm': [() => tf.nn.fusedBatchNorm([[[[1], [3]]]], [1], [0], { epsilon: 1.5 })[1], [2]],
  'tf.losses.addLoss': [() => tf.losses.addLoss(tf.constant(1)) ?? tf.losses.getLosses().length, 1],
  'tf.losses.getLosses': [() => tf.losses.meanSquaredError([1], [3]) && tf.losses.getLosses(), [4]],
  'tf.losses.getRegularizationLosses': [() => tf.losses.getRegularizationLosses().length, 0],
  'tf.losses.getTotalLoss': [() => tf.losses.meanSquaredError([1], [3]) && tf.losses.getTotalLoss(), 4],
  'tf.losses.Reduction': [() => tf.losses.Reduction.SUM, 'weighted_sum'],
  'tf.layers.Layer': [() => new tf.layers.Layer().apply([1, 2]), [1, 2]],
  'tf.layers.InputSpec': [() => String(new tf.layers.InputSpec({ ndim: 4 })), 'InputSpec(ndim=4)'],
  'tf.layers.Dense': [() => new tf.layers.Dense(2, { kernelInitializer: 'ones' }).apply([[1, 2]]), [[3, 3]]],
  'tf.layers.dense': [() => tf.layers.dense([[1, 2]], 2, { kernelInitializer: 'ones' }), [[3, 3]]],
  'tf.layers.Conv1D': [() => new tf.layers.Conv1D(1, 2, { kernelInitializer: 'ones' }).apply([[[1], [2]]]), [[[3]]]],
  'tf.layers.conv1d': [() => tf.layers.conv1d([[[1], [2]]], 1, 2, { kernelInitializer: 'ones' }), [[[3]]]],
  'tf.layers.Conv2D': [() => new tf.layers.Conv2D(1, 2).apply(tf.zeros([1, 2, 2, 1])), [[[[0]]]]],
  'tf.layers.conv2d': [() => tf.layers.conv2d(tf.zeros([1, 2, 2, 1]), 1, 2), [[[[0]]]]],
  'tf.layers.SeparableConv1D': [() => new tf.layers.SeparableConv1D(1, 1).apply([[[0]]]), [[[0]]]],
  'tf.layers.SeparableConv2D': [() => new tf.layers.SeparableConv2D(1, 1).apply([[[[0]]]]), [[[[0]]]]],
  'tf.layers.separableConv1d': [() => tf.layers.separableConv1d([[[0]]], 1, 1), [[[0]]]],
  'tf.layers.separableConv2d': [() => tf.layers.separableConv2d([[[[0]]]], 1, 1), [[[[0]]]]],
  'tf.layers.Conv2DTranspose': [() => new tf.layers.Conv2DTranspose(1, 1).apply([[[[0]]]]), [[[[0]]]]],
  'tf.layers.conv2dTranspose': [() => tf.layers.conv2dTranspose([[[[0]]]], 1, 1), [[[[0]]]]],
  'tf.layers.MaxPooling1D': [() => new tf.layers.MaxPooling1D(2, 2).apply([[[1], [3]]]), [[[3]]]],
  'tf.layers.maxPooling1d': [() => tf.layers.maxPooling1d([[[1], [3]]], 2, 2), [[[3]]]],
  'tf.layers.MaxPooling2D': [() => new tf.layers.MaxPooling2D([1, 2], 1).apply([[[[1], [3]]]]), [[[[3]]]]],
  'tf.layers.maxPooling2d': [() => tf.layers.maxPooling2d([[[[1], [3]]]], [1, 2], 1), [[[[3]]]]],
  'tf.layers.AveragePooling1D': [() => new tf.layers.AveragePooling1D(2, 2).apply([[[1], [3]]]), [[[2]]]],
  'tf.layers.averagePooling1d': [() => tf.layers.averagePooling1d([[[1], [3]]], 2, 2), [[[2]]]],
  'tf.layers.AveragePooling2D': [() => new tf.layers.AveragePooling2D([1, 2], 1).apply([[[[1], [3]]]]), [[[[2]]]]],
  'tf.layers.averagePooling2d': [() => tf.layers.averagePooling2d([[[[1], [3]]]], [1, 2], 1), [[[[2]]]]],
  'tf.layers.Conv3D': [() => new tf.layers.Conv3D(1, 1, { kernelInitializer: 'ones' }).apply([[[[[2]]]]]), [[[[[2]]]]]],
  'tf.layers.conv3d': [() => tf.layers.conv3d([[[[[2]]]]], 1, 1, { kernelInitializer: 'ones' }), [[[[[2]]]]]],
  'tf.layers.Conv3DTranspose': [() => new tf.layers.Conv3DTranspose(1, 1).apply([[[[[0]]]]]), [[[[[0]]]]]],
  'tf.layers.conv3dTranspose': [() => tf.layers.conv3dTranspose([[[[[0]]]]], 1, 1), [[[[[0]]]]]],
  'tf.layers.MaxPooling3D': [() => new tf.layers.MaxPooling3D([1, 1, 2], 1).apply([[[[[1], [3]]]]]), [[[[[3]]]]]],
  'tf.layers.maxPooling3d': [() => tf.layers.maxPooling3d([[[[[1], [3]]]]], [1, 1, 2], 1), [[[[[3]]]]]],
  'tf.layers.AveragePooling3D': [
    () => new tf.layers.AveragePooling3D([1, 1, 2], 1).apply([[[[[1], [3]]]]]),
    [[[[[2]]]]],
  ],
  'tf.layers.averagePooling3d': [() => tf.layers.averagePooling3d([[[[[1], [3]]]]], [1, 1, 2], 1), [[[[[2]]]]]],
  'tf.layers.BatchNormalization': [() => new tf.layers.BatchNormalization({ epsilon: 3 }).apply([[2]]), [[1]]],
  'tf.layers.batchNormalization': [() => tf.layers.batchNormalization([[2]], { epsilon: 3 }), [[1]]],
  'tf.layers.Dropout': [() => new tf.layers.Dropout(0.5).apply([1, 2]), [1, 2]],
  'tf.layers.dropout': [() => tf.layers.dropout([1, 2]), [1, 2]],
  'tf.layers.Flatten': [() => new tf.layers.Flatten().apply([[[1], [2]]]), [[1, 2]]],
  'tf.layers.flatten': [() => tf.layers.flatten([[[1], [2]]]), [[1, 2]]],
  'tf.nn.l2Loss': [() => tf.nn.l2Loss([1, 3]), 5],
  'tf.norm': [
    () =>
      tf.norm(
        [
          [3, 4],
          [6, 8],
        ],
        'euclidean',
        1,
      ),
    [5, 10],
  ],
  'tf.linalg.norm': [() => tf.linalg.norm([3, -4, 6], Infinity), 6],
  'tf.nn.l2Normalize': [() => tf.nn.l2Normalize([3, 4], 0), [0.6, 0.8]],
  'tf.eye': [
    () => tf.eye(2),
    [
      [1, 0],
      [0, 1],
    ],
  ],
  'tf.sequenceMask': [
    () => tf.sequenceMask([1, 2], 2),
    [
      [true, false],
      [true, true],
    ],
  ],
  'tf.nn.moments': [() => tf.nn.moments([1, 3], [0]), [2, 1]],
  'tf.nn.batchNormalization': [() => tf.nn.batchNormalization([3], 1, 4, 5, 2, 0), [7]],
  'tf.TensorArray': [() => new tf.TensorArray(tf.float32, 2).write(0, 1).write(1, 2).stack(), [1, 2]],
  'tf.mapFn': [() => tf.mapFn((x) => x.mul(2), tf.constant([1, 2])), [2, 4]],
  'tf.vectorizedMap': [() => tf.vectorizedMap((x) => x.mul(2), tf.constant([1, 2])), [2, 4]],
  'tf.scan': [() => tf.scan((sum, x) => sum.add(x), tf.constant([1, 2, 3])), [1, 3, 6]],
  'tf.foldl': [() => tf.foldl((sum, x) => sum.add(x), tf.constant([1, 2, 3])), 6],
  'tf.foldr': [() => tf.foldr((sum, x) => sum.mul(2).add(x), tf.constant([1, 2, 3])), 17],
  'tf.cond': [
    () =>
      tf.cond(
        tf.constant(false),
        () => 1,
        () => tf.constant(2),
      ),
    2,
  ],
  'tf.case': [
    () =>
      tf.case([
        [tf.constant(false), () => 1],
        [tf.constant(true), () => 2],
      ]),
    2,
  ],
  'tf.enableControlFlowV2': [
    () => {
      tf.enableControlFlowV2();
      try {
        return [
          tf.controlFlowV2Enabled(),
          tf.cond(
            tf.constant(true),
            () => tf.constant(1),
            () => tf.constant(2),
          ).op.inputs[0].op.type,
        ];
      } finally {
        tf.disableControlFlowV2();
      }
    },
    [true, 'StatelessIf'],
  ],
  'tf.disableEagerExecution': [
    () => {
      tf.disableEagerExecution();
      return tf.executingEagerly();
    },
    false,
  ],
  'tf.disableV2Behavior': [
    () => {
      tf.enableResourceVariables();
      tf.enableControlFlowV2();
      tf.disableV2Behavior();
      return [tf.resourceVariablesEnabled(), tf.controlFlowV2Enabled()];
    },
    [false, false],
  ],
  'tf.disableControlFlowV2': [
    () => {
      tf.disableControlFlowV2();
      return tf.controlFlowV2Enabled();
    },
    false,
  ],
  'tf.controlFlowV2Enabled': [() => tf.controlFlowV2Enabled(), false],
  'tf.Defun': [() => tf.Defun(tf.float32, tf.float32)((x, y) => x.mul(y).add(1))(2, 3), 7],
  'tf.switchCase': [() => tf.switchCase(tf.constant(1, tf.int32), [() => tf.constant(1), () => tf.constant(2)]), 2],
  'tf.whileLoop': [
    () =>
      tf.whileLoop(
        (x) => tf.less(x, 10),
        (x) => x.mul(2),
        [1],
      ),
    16,
  ],
  'tf.nn.zeroFraction': [() => tf.nn.zeroFraction([0, 1]), 0.5],
  'tf.nn.softmax': [() => tf.nn.softmax([0, 0]), [0.5, 0.5]],
  'tf.nn.logSoftmax': [() => tf.nn.logSoftmax([0, 0]), [-Math.LN2, -Math.LN2]],
  'tf.nn.softmaxCrossEntropyWithLogits': [
    () => tf.nn.softmaxCrossEntropyWithLogits({ labels: [[0, 1]], logits: [[0, 0]] }),
    [Math.LN2],
  ],
  'tf.nn.softmaxCrossEntropyWithLogitsV2': [
    () => tf.nn.softmaxCrossEntropyWithLogitsV2({ labels: [[0, 1]], logits: [[0, 0]] }),
    [Math.LN2],
  ],
  'tf.nn.sparseSoftmaxCrossEntropyWithLogits': [
    () => tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: ints(1), logits: [[0, 0]] }),
    [Math.LN2],
  ],
  'tf.nn.sigmoidCrossEntropyWithLogits': [
    () => tf.nn.sigmoidCrossEntropyWithLogits({ labels: [1], logits: [0] }),
    [Math.LN2],
  ],
  'tf.nn.weightedCrossEntropyWithLogits': [() => tf.nn.weightedCrossEntropyWithLogits([1], [0], 2), [2 * Math.LN2]],
  'tf.nn.topK': [() => tf.nn.topK([1, 3, 2], 2).values, [3, 2]],
  'tf.nn.inTopK': [() => tf.nn.inTopK([[1, 3, 2]], ints(2), 2), [true]],

  // Random numbers
  'tf.randomNormal': [() => tf.randomNormal([2], { seed: 5 }), [-1.1781, -0.7099]],
  'tf.truncatedNormal': [() => tf.truncatedNormal([2], { seed: 5 }), [-1.1781, -0.7099]],
  'tf.randomUniform': [() => tf.randomUniform([2], 1, 1.00001), [1, 1]],
  'tf.randomShuffle': [() => tf.reduceSum(tf.randomShuffle([1, 2, 3])), 6],
  'tf.randomCrop': [() => tf.randomCrop([1, 1, 1], [2]), [1, 1]],
  'tf.multinomial': [() => tf.multinomial([[-100, 100]], 2), [[1, 1]]],
  'tf.random.categorical': [() => tf.random.categorical([[-100, 100]], 2), [[1, 1]]],
  'tf.random.statelessCategorical': [() => tf.random.statelessCategorical([[-100, 100]], 2, [1, 2]), [[1, 1]]],
  'tf.random.statelessMultinomial': [() => tf.random.statelessMultinomial([[-100, 100]], 2, [1, 2]), [[1, 1]]],
  'tf.random.statelessNormal': [() => tf.random.statelessNormal([2], [1, 2], 5, 0), [5, 5]],
  'tf.random.statelessTruncatedNormal': [() => tf.random.statelessTruncatedNormal([2], [1, 2], 5, 0), [5, 5]],
  'tf.random.statelessUniform': [() => tf.random.statelessUniform([2], [1, 2], 5, 5), [5, 5]],
  'tf.random.gamma': [() => tf.random.gamma([2], 1e-30), [1.1754943508222875e-38, 1.1754943508222875e-38]],
  'tf.random.poisson': [() => tf.random.poisson([0, 0], [1]), [[0, 0]]],
  'tf.setRandomSeed': [
    () => {
      tf.setRandomSeed(7);
      return tf.getSeed(5);
    },
    [7, 5],
  ],
  'tf.getSeed': [() => tf.getSeed(5), [87654321, 5]],

  // Graphs
  'tf.Graph': [() => new tf.Graph().asDefault(() => tf.constant(1).name), 'Const:0'],
  'tf.Operation': [() => tf.constant(1).op instanceof tf.Operation, isTrue],
  'tf.Tensor': [() => tf.constant(1) instanceof tf.Tensor, isTrue],
  'tf.IndexedSlices': [() => new tf.IndexedSlices(tf.constant([1]), ints(0)).dtype.name, 'float32'],
  'tf.DType': [() => tf.float32 instanceof tf.DType, isTrue],
  'tf.asDtype': [() => tf.asDtype('float32') === tf.float32, isTrue],
  'tf.getDefaultGraph': [() => tf.getDefaultGraph() === tf.constant(1).graph, isTrue],
  'tf.resetDefaultGraph': [
    () => {
      tf.resetDefaultGraph();
      return tf.getDefaultGraph().getOperations().length;
    },
    0,
  ],
  'tf.registeredOps': [() => tf.registeredOps().includes('MatMul'), isTrue],
  'tf.nameScope': [() => tf.nameScope('a', () => tf.constant(1).name), 'a/Const:0'],
  'tf.controlDependencies': [
    () => tf.controlDependencies([tf.noOp()], () => tf.constant(1).op.controlInputs.length),
    1,
  ],
  'tf.device': [() => tf.device('/cpu:0', () => tf.constant(1).op.device), '/device:CPU:0'],
  'tf.colocateWith': [
    () => {
      const a = tf.constant(1, { name: 'a' });
      return tf.colocateWith(a.op, () => tf.identity(a).op.colocationGroups());
    },
    ['loc:@a'],
  ],
  'tf.initScope': [
    () => tf.controlDependencies([tf.noOp()], () => tf.initScope(() => tf.constant(1).op.controlInputs.length)),
    0,
  ],
  'tf.executingEagerly': [() => tf.executingEagerly(), false],
  'tf.GraphKeys': [() => tf.GraphKeys.TRAINABLE_VARIABLES, 'trainable_variables'],
  'tf.addToCollection': [
    () => {
      tf.addToCollection('c', 1);
      return tf.getCollection('c');
    },
    [1],
  ],
  'tf.addToCollections': [
    () => {
      tf.addToCollections(['c', 'd'], 1);
      return tf.getCollection('d');
    },
    [1],
  ],
  'tf.getCollection': [() => tf.getCollection('nothing'), []],
  'tf.getCollectionRef': [
    () => {
      tf.getCollectionRef('c').push(2);
      return tf.getCollection('c');
    },
    [2],
  ],
  'tf.noOp': [() => tf.noOp(), null],
  'tf.group': [() => tf.group(tf.constant(1), tf.constant(2)), null],
  'tf.tuple': [() => tf.tuple([tf.constant(1), tf.constant(2)]), [1, 2]],
  'tf.print': [() => tf.print('unseen').type, 'PrintV2'],
  'tf.Print': [() => tf.Print(1, ['unseen']).op.type, 'Print'],

  // Variables
  'tf.Variable': [() => new tf.Variable(3), 3],
  'tf.getVariable': [() => tf.getVariable('v', [2], { initializer: tf.onesInitializer() }), [1, 1]],
  'tf.getLocalVariable': [
    () => {
      tf.getLocalVariable('v', [2]);
      return tf.localVariables().length;
    },
    1,
  ],
  'tf.variableScope': [() => tf.variableScope('s', () => tf.getVariable('v', [1]).name), 's/v:0'],
  'tf.VariableScope': [() => tf.variableScope('s', (scope) => scope instanceof tf.VariableScope), isTrue],
  'tf.getVariableScope': [() => tf.variableScope('s', () => tf.getVariableScope().name), 's'],
  'tf.AUTO_REUSE': [
    () => [0, 1].map(() => tf.variableScope('s', { reuse: tf.AUTO_REUSE }, () => tf.getVariable('v', [1]).name)),
    ['s/v:0', 's/v:0'],
  ],
  'tf.enableResourceVariables': [
    () => {
      tf.enableResourceVariables();
      try {
        return tf.getVariable('v', [1]).op.type;
      } finally {
        tf.disableResourceVariables();
      }
    },
    'VarHandleOp',
  ],
  'tf.disableResourceVariables': [
    () => {
      tf.disableResourceVariables();
      return tf.getVariable('v', [1]).op.type;
    },
    'VariableV2',
  ],
  'tf.resourceVariablesEnabled': [() => tf.resourceVariablesEnabled(), false],
  'tf.globalVariables': [
    () => {
      new tf.Variable(1);
      return tf.globalVariables().length;
    },
    1,
  ],
  'tf.allVariables': [
    () => {
      new tf.Variable(1);
      return tf.allVariables().length;
    },
    1,
  ],
  'tf.trainableVariables': [
    () => {
      new tf.Variable(1, { trainable: false });
      return tf.trainableVariables().length;
    },
    0,
  ],
  'tf.localVariables': [() => tf.localVariables(), []],
  'tf.modelVariables': [() => tf.modelVariables(), []],
  'tf.movingAverageVariables': [() => tf.movingAverageVariables(), []],
  'tf.variablesInitializer': [
    (sess) => {
      const v = new tf.Variable(3);
      sess.run(tf.variablesInitializer([v]));
      return sess.run(v);
    },
    3,
  ],
  'tf.globalVariablesInitializer': [
    (sess) => {
      const v = new tf.Variable(3);
      sess.run(tf.globalVariablesInitializer());
      return sess.run(v);
    },
    3,
  ],
  'tf.localVariablesInitializer': [() => tf.localVariablesInitializer(), null],
  'tf.tablesInitializer': [() => tf.tablesInitializer(), null],
  'tf.reportUninitializedVariables': [
    (sess) => {
      new tf.Variable(3, { name: 'v' });
      return sess.run(tf.reportUninitializedVariables());
    },
    ['v'],
  ],
  'tf.assertVariablesInitialized': [
    () => {
      new tf.Variable(3);
      return tf.assertVariablesInitialized()!.op;
    },
    null,
  ],
  'tf.isVariableInitialized': [() => tf.isVariableInitialized(new tf.Variable(3)), true],
  'tf.assign': [() => tf.assign(new tf.Variable(3), 4), 4],
  'tf.assignAdd': [() => tf.assignAdd(new tf.Variable(3), 4), 7],
  'tf.assignSub': [() => tf.assignSub(new tf.Variable(3), 4), -1],
  'tf.countUpTo': [() => tf.countUpTo(new tf.Variable(0, { dtype: tf.int32 }), 5), 0],
  ...from(
    {
      scatterUpdate: 8,
      scatterAdd: 10,
      scatterSub: -6,
      scatterMul: 16,
      scatterDiv: 0.25,
      scatterMin: 2,
      scatterMax: 8,
    },
    (name) => [
      () => tf[name](new tf.Variable([1, 2]), ints(1), [8]),
      [
        1,
        {
          scatterUpdate: 8,
          scatterAdd: 10,
          scatterSub: -6,
          scatterMul: 16,
          scatterDiv: 0.25,
          scatterMin: 2,
          scatterMax: 8,
        }[name],
      ],
    ],
  ),
  'tf.scatterNdUpdate': [() => tf.scatterNdUpdate(new tf.Variable([1, 2]), tf.constant([[1]], tf.int32), [8]), [1, 8]],
  'tf.scatterNdAdd': [() => tf.scatterNdAdd(new tf.Variable([1, 2]), tf.constant([[1]], tf.int32), [8]), [1, 10]],
  'tf.scatterNdSub': [() => tf.scatterNdSub(new tf.Variable([1, 2]), tf.constant([[1]], tf.int32), [8]), [1, -6]],

  // Gradients and training
  'tf.gradients': [
    () => {
      const x = tf.constant(3);
      return tf.gradients(tf.square(x), [x])[0];
    },
    6,
  ],
  'tf.hessians': [
    () => {
      const x = tf.constant([3]);
      return tf.hessians(tf.reduceSum(tf.square(x)), [x])[0];
    },
    [[2]],
  ],
  'tf.AggregationMethod': [() => tf.AggregationMethod.ADD_N, 0],
  'tf.UnconnectedGradients': [
    () => tf.gradients(tf.constant(1), [tf.constant([2])], { unconnectedGradients: tf.UnconnectedGradients.ZERO })[0],
    [0],
  ],
  'tf.RegisterGradient': [
    () => {
      tf.RegisterGradient('SurfaceOfSquare')((_op, grad) => [grad.mul(100)]);
      const x = tf.constant(3);
      return tf
        .getDefaultGraph()
        .gradientOverrideMap({ Square: 'SurfaceOfSquare' }, () => tf.gradients(tf.square(x), [x])[0]);
    },
    100,
  ],
  'tf.NotDifferentiable': [() => tf.NotDifferentiable('SurfaceOfNothing'), undefined],
  'tf.customGradient': [
    () => {
      const x = tf.constant(3);
      return tf.gradients(
        tf.customGradient((a: tf.Tensor) => [a.square(), (dy: tf.Tensor) => dy.mul(50)] as const)(x),
        [x],
      )[0];
    },
    50,
  ],
  'tf.train.Optimizer': [() => new tf.train.GradientDescentOptimizer(1) instanceof tf.train.Optimizer, isTrue],
  'tf.train.GradientDescentOptimizer': [() => stepped(new tf.train.GradientDescentOptimizer(0.25)), 0.5],
  'tf.train.MomentumOptimizer': [() => stepped(new tf.train.MomentumOptimizer(0.25, 0.9)), 0.5],
  'tf.train.AdamOptimizer': [() => stepped(new tf.train.AdamOptimizer(0.25)), 0.75],
  'tf.contrib.opt.AdamWOptimizer': [() => stepped(new tf.contrib.opt.AdamWOptimizer(0.5, 0.25)), 0.25],
  'tf.contrib.opt.LARSOptimizer': [
    () => stepped(new tf.contrib.opt.LARSOptimizer(0.25, { weightDecay: 0, eeta: 1 })),
    0.75,
  ],
  'tf.contrib.opt.LazyAdamOptimizer': [() => stepped(new tf.contrib.opt.LazyAdamOptimizer(0.25)), 0.75],
  'tf.train.AdagradOptimizer': [() => stepped(new tf.train.AdagradOptimizer(0.5)), 1 - 1 / Math.sqrt(4.1)],
  'tf.train.RMSPropOptimizer': [() => stepped(new tf.train.RMSPropOptimizer(0.5)), 1 - 1 / Math.sqrt(1.3)],
  'tf.train.FtrlOptimizer': [() => stepped(new tf.train.FtrlOptimizer(0.5)), 0.35],
  'tf.train.AdagradDAOptimizer': [
    () => stepped(new tf.train.AdagradDAOptimizer(0.5, tf.constant(0, tf.int64))),
    -0.4939,
  ],
  'tf.train.ProximalGradientDescentOptimizer': [
    () => stepped(new tf.train.ProximalGradientDescentOptimizer(0.1, { l1RegularizationStrength: 1 })),
    0.7,
  ],
  'tf.train.ProximalAdagradOptimizer': [() => stepped(new tf.train.ProximalAdagradOptimizer(0.5)), 0.5061],
  'tf.train.ExponentialMovingAverage': [
    (sess) => {
      const w = new tf.Variable(1);
      const ema = new tf.train.ExponentialMovingAverage(0.9);
      const average = ema.apply([w]);
      sess.run(tf.globalVariablesInitializer());
      sess.run(w.assign(2));
      sess.run(average);
      return sess.run(ema.average(w)!);
    },
    1.1,
  ],
  'tf.train.AdadeltaOptimizer': [() => stepped(new tf.train.AdadeltaOptimizer(0.5)), 0.9998],
  'tf.train.exponentialDecay': [() => tf.train.exponentialDecay(0.1, 10, 10, 0.5), 0.05],
  'tf.train.naturalExpDecay': [() => tf.train.naturalExpDecay(0.1, 10, 10, 1), 0.1 / Math.E],
  'tf.train.inverseTimeDecay': [() => tf.train.inverseTimeDecay(0.1, 10, 10, 1), 0.05],
  'tf.train.polynomialDecay': [() => tf.train.polynomialDecay(0.1, 5, 10, { endLearningRate: 0 }), 0.05],
  'tf.train.cosineDecay': [() => tf.train.cosineDecay(0.1, 5, 10), 0.05],
  'tf.train.createGlobalStep': [() => tf.train.createGlobalStep().name, 'global_step:0'],
  'tf.train.getGlobalStep': [() => tf.train.getGlobalStep(), null],
  'tf.train.getOrCreateGlobalStep': [
    () => [0, 1].map(() => tf.train.getOrCreateGlobalStep().name),
    ['global_step:0', 'global_step:0'],
  ],
  'tf.train.assertGlobalStep': [() => tf.train.assertGlobalStep(tf.train.createGlobalStep()), undefined],
  'tf.train.globalStep': [
    (sess) => {
      const step = tf.train.createGlobalStep();
      sess.run(step.initializer);
      return tf.train.globalStep(sess, step);
    },
    0,
  ],
  'tf.asString': [() => tf.asString([1.5, -2], { precision: 1 }), ['1.5', '-2.0']],
  'tf.strings.lower': [() => tf.strings.lower(['Ab']), ['ab']],
  'tf.strings.upper': [() => tf.strings.upper(['Ab']), ['AB']],
  'tf.strings.length': [() => tf.strings.length(['abc', 'ä']), [3, 2]],
  'tf.strings.format': [() => tf.strings.format('a: {}', tf.constant([1, 2])), 'a: [1 2]'],
  'tf.strings.split': [(sess) => sess.run(tf.strings.split(['a b', 'c'])).values.toArray(), ['a', 'b', 'c']],
  'tf.stringStrip': [() => tf.stringStrip([' a\n']), ['a']],
  'tf.substr': [() => tf.substr(['hello', 'world'], 1, 3), ['ell', 'orl']],
  'tf.stringToHashBucket': [() => tf.stringToHashBucket(['a', 'b'], 10), [8, 0]],
  'tf.stringToHashBucketFast': [() => tf.stringToHashBucketFast(['a', 'b'], 10), [9, 2]],
  'tf.stringToHashBucketStrong': [() => tf.stringToHashBucketStrong(['a', 'b'], 10, [1, 2]), [6, 4]],
  'tf.reduceJoin': [() => tf.reduceJoin([['a', 'b']], 1), ['ab']],
  'tf.encodeBase64': [() => tf.encodeBase64(['a']), ['YQ']],
  'tf.decodeBase64': [() => tf.decodeBase64(['YQ']), ['a']],
  'tf.stringJoin': [() => tf.stringJoin(['a', ['b', 'c']], '-'), ['a-b', 'a-c']],
  'tf.train.Saver': [
    (sess) => {
      const w = new tf.Variable([1, 2], { name: 'w' });
      sess.run(w.initializer);
      return saving((at) => {
        const saver = new tf.train.Saver();
        const saved = saver.save(sess, at('m'), 3)!;
        sess.run(w.assign([0, 0]));
        saver.restore(sess, saved);
        return [saved === at('m-3'), sess.run(w)];
      });
    },
    [true, [1, 2]],
  ],
  ...inputRows(),
  ...queueRows(),
  ...supervisedRows(),
  ...savedModelRows(),
  ...contribRows(),
  ...seq2seqRows(),
  ...legacyRows(),
  ...kerasRows(),
  ...pythonRows(),
  ...parsingRows(),
  'tf.train.initFromCheckpoint': [
    (sess) =>
      saved(sess, (path) => {
        const v = tf.getVariable('v', [2]);
        tf.train.initFromCheckpoint(path, { w: 'v' });
        sess.run(v.initializer);
        return sess.run(v);
      }),
    [1, 2],
  ],
  'tf.train.warmStart': [
    (sess) =>
      saved(sess, (path) => {
        const [w] = tf.globalVariables();
        sess.run(w.assign([0, 0]));
        tf.train.warmStart(path);
        sess.run(w.initializer);
        return sess.run(w);
      }),
    [1, 2],
  ],
  'tf.train.VocabInfo': [
    () => {
      const info = new tf.train.VocabInfo('new', 3, 1, 'old', { axis: 1 });
      return [info.newVocab, info.newVocabSize, info.numOovBuckets, info.oldVocab, info.oldVocabSize, info.axis];
    },
    ['new', 3, 1, 'old', -1, 1],
  ],
  'tf.train.latestCheckpoint': [() => tf.train.latestCheckpoint('/no/such/folder'), null],
  'tf.train.checkpointExists': [() => tf.train.checkpointExists('/no/such/model'), false],
  'tf.train.getCheckpointMtimes': [() => tf.train.getCheckpointMtimes(['/no/such/model']), []],
  'tf.train.removeCheckpoint': [() => tf.train.removeCheckpoint('/no/such/model'), undefined],
  'tf.train.generateCheckpointStateProto': [
    () => tf.train.generateCheckpointStateProto('run', 'run/m-2', ['run/m-1', 'run/m-2']).allModelCheckpointPaths,
    ['m-1', 'm-2'],
  ],
  'tf.train.updateCheckpointState': [
    () => saving((at, folder) => tf.train.updateCheckpointState(folder, at('m'))),
    undefined,
  ],
  'tf.train.getCheckpointState': [
    () =>
      saving((at, folder) => {
        tf.train.updateCheckpointState(folder, at('m'));
        return tf.train.getCheckpointState(folder)?.modelCheckpointPath === at('m');
      }),
    true,
  ],
  'tf.importGraphDef': [
    () => {
      const graph = new tf.Graph();
      graph.asDefault(() => tf.square(tf.placeholder(tf.float32, [], { name: 'x' }), { name: 'y' }));
      return tf.importGraphDef(graph.asGraphDef(), { 'x:0': tf.constant(3) }, ['y:0'], 'copy')[0];
    },
    9,
  ],
  'tf.GraphDef': [
    () => {
      tf.constant(1, { name: 'one' });
      const { node } = tf.GraphDef.fromText(String(tf.getDefaultGraph().asGraphDef()));
      return node.map(({ name }) => name);
    },
    ['one'],
  ],
  'tf.MetaGraphDef': [
    () => {
      tf.addToCollection('sizes', 3);
      const meta = tf.MetaGraphDef.fromString(tf.train.exportMetaGraph().serializeToString());
      return [...meta.collectionDef.keys()];
    },
    ['sizes'],
  ],
  'tf.summary.scalar': [(sess) => valueOf(sess, tf.summary.scalar('a', 2)).simpleValue, 2],
  'tf.summary.histogram': [(sess) => valueOf(sess, tf.summary.histogram('a', [1, 2])).histo?.sumSquares, 5],
  'tf.summary.image': [(sess) => valueOf(sess, tf.summary.image('a', tf.zeros([1, 2, 3, 1]))).image?.width, 3],
  'tf.summary.audio': [(sess) => valueOf(sess, tf.summary.audio('a', tf.zeros([1, 9]), 8000)).audio?.lengthFrames, 9],
  'tf.summary.text': [(sess) => valueOf(sess, tf.summary.text('a', tf.constant('t'))).tensor?.item(), 't'],
  'tf.summary.tensorSummary': [(sess) => valueOf(sess, tf.summary.tensorSummary('a', [7])).tensor?.toArray(), [7]],
  'tf.summary.merge': [(sess) => valueOf(sess, tf.summary.merge([tf.summary.scalar('a', 2)])).tag, 'a'],
  'tf.summary.mergeAll': [
    (sess) => {
      tf.summary.scalar('b', 2);
      return valueOf(sess, tf.summary.mergeAll()!).tag;
    },
    'b',
  ],
  'tf.summary.initialize': [
    () => {
      try {
        tf.summary.initialize();
        return null;
      } catch (error) {
        return error instanceof tf.errors.RuntimeError;
      }
    },
    true,
  ],
  'tf.train.summaryIterator': [
    () =>
      saving((_, folder) => {
        const writer = new tf.summary.FileWriter(folder);
        writer.addEvent(new tf.Event({ step: 3 }));
        const file = writer.path!;
        writer.close();
        return [...tf.train.summaryIterator(file)].map(({ step }) => step);
      }),
    [0, 3],
  ],
  'tf.stringSplit': [(sess) => sess.run(tf.stringSplit(['a b', 'c'])).values.toArray(), ['a', 'b', 'c']],
  'tf.qr': [
    () => {
      const rows = [
        [3, 1],
        [4, 2],
      ];
      const [q, r] = tf.qr(rows);
      return tf.round(tf.matmul(q, r));
    },
    [
      [3, 1],
      [4, 2],
    ],
  ],
  'tf.linalg.slogdet': [
    () =>
      tf.linalg.slogdet([
        [1, 2],
        [3, 5],
      ]).sign,
    -1,
  ],
  'tf.orthogonalInitializer': [
    () => tf.square(tf.getVariable('w', [1, 1], { initializer: tf.orthogonalInitializer() })),
    [[1]],
  ],
  'tf.Summary': [() => new tf.Summary({ value: [{ tag: 'a', simpleValue: 2 }] }).serializeToString().length, 10],
  'tf.Event': [() => tf.Event.fromString(new tf.Event({ step: 3 }).serializeToString()).step, 3],
  'tf.SessionLog': [() => new tf.SessionLog({ status: tf.SessionLog.STOP }).status, 2],
  'tf.summary.FileWriter': [
    (sess) =>
      saving((_, folder) => {
        const writer = new tf.summary.FileWriter(folder);
        writer.addSummary(sess.run(tf.summary.scalar('loss', 0.5)), 3);
        const file = writer.path!;
        writer.close();
        return [...tf.train.summaryIterator(file)].map(({ step, summary }) => [step, summary?.value[0].simpleValue]);
      }),
    [
      [0, undefined],
      [3, 0.5],
    ],
  ],
  'tf.summary.FileWriterCache': [
    () =>
      saving((_, folder) => {
        const { FileWriterCache } = tf.summary;
        const isOne = FileWriterCache.get(folder) === FileWriterCache.get(folder);
        FileWriterCache.clear();
        return isOne;
      }),
    true,
  ],
  'tf.train.exportMetaGraph': [
    () => {
      tf.constant(1, { name: 'one' });
      return tf.train.exportMetaGraph().graphDef.node.length;
    },
    1,
  ],
  'tf.train.importMetaGraph': [
    () => {
      const graph = new tf.Graph();
      const meta = graph.asDefault(() => {
        new tf.Variable(1, { name: 'w' });
        return tf.train.exportMetaGraph();
      });
      tf.train.importMetaGraph(meta, { importScope: 'in' });
      return tf.globalVariables().map(({ name }) => name);
    },
    ['in/w:0'],
  ],
  'tf.train.writeGraph': [
    () =>
      saving((at, folder) => {
        tf.constant(1, { name: 'one' });
        return tf.train.writeGraph(tf.getDefaultGraph(), folder, 'graph.pbtxt') === at('graph.pbtxt');
      }),
    true,
  ],
  'tf.train.NewCheckpointReader': [
    (sess) => saved(sess, (path) => tf.train.NewCheckpointReader(path).hasTensor('w')),
    true,
  ],
  'tf.train.loadCheckpoint': [
    (sess) => saved(sess, (path) => tf.train.loadCheckpoint(path).getTensor('w').toArray()),
    [1, 2],
  ],
  'tf.train.loadVariable': [(sess) => saved(sess, (path) => tf.train.loadVariable(path, 'w').toArray()), [1, 2]],
  'tf.train.listVariables': [(sess) => saved(sess, (path) => tf.train.listVariables(path)), [['w', [2]]]],
  'tf.test.computeGradient': [
    (sess) =>
      sess.asDefault(() => {
        const x = tf.placeholder(tf.float64, [1]);
        return tf.test.computeGradient(x, [1], tf.square(x), [1], { xInitValue: [3] }).map((j) => j.toArray());
      }),
    [[[6]], [[6]]],
  ],
  'tf.test.computeGradientError': [
    (sess) =>
      sess.asDefault(() => {
        const x = tf.placeholder(tf.float64, [1]);
        return tf.test.computeGradientError(x, [1], tf.square(x), [1]);
      }),
    0,
  ],

  // Sessions
  'tf.Session': [
    () => {
      using sess = new tf.Session();
      return sess.run(tf.constant(3));
    },
    3,
  ],
  'tf.InteractiveSession': [
    () => {
      const sess = new tf.InteractiveSession();
      try {
        return tf.constant(3).eval();
      } finally {
        sess.close();
      }
    },
    3,
  ],
  'tf.getDefaultSession': [
    (sess) => [tf.getDefaultSession(), sess.asDefault(() => tf.getDefaultSession() === sess)],
    [null, true],
  ],
  'tf.RunMetadata': [
    (sess) => {
      const runMetadata = new tf.RunMetadata();
      sess.run(tf.identity([1]), {}, { options: new tf.RunOptions({ traceLevel: 3 }), runMetadata });
      return runMetadata.stepStats!.nodes.length > 0;
    },
    isTrue,
  ],
  'tf.OptimizerOptions': [() => new tf.OptimizerOptions({ optLevel: tf.OptimizerOptions.L0 }).optLevel, -1],
  'tf.GraphOptions': [() => new tf.GraphOptions({ optimizerOptions: { optLevel: -1 } }).optimizerOptions.optLevel, -1],
  'tf.GPUOptions': [() => new tf.GPUOptions({ allowGrowth: true }).allowGrowth, true],
  'tf.ConfigProto': [
    () => {
      const config = new tf.ConfigProto({ gpuOptions: { allowGrowth: true } });
      config.gpuOptions.perProcessGpuMemoryFraction = 0.5;
      using sess = new tf.Session({ config });
      const { allowGrowth, perProcessGpuMemoryFraction } = config.gpuOptions;
      return [sess.run(tf.constant(1).add(2)), Number(allowGrowth), perProcessGpuMemoryFraction];
    },
    [3, 1, 0.5],
  ],
  'tf.RunOptions': [() => new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE }).traceLevel, 3],
  'tf.NDArray': [() => new tf.NDArray(tf.float32, [2], Float32Array.of(1, 2)), [1, 2]],
  'tf.NumericsError': [() => tf.NumericsError.prototype instanceof tf.errors.InvalidArgumentError, isTrue],
  'tf.explainGradient': [
    () => {
      const x = tf.constant(1);
      return typeof tf.explainGradient(tf.stopGradient(x), x).toString();
    },
    'string',
  ],
  'tf.Timeline': [() => typeof tf.Timeline, 'function'],
  'tf.profile': [() => tf.profile([]).rows, []],
  'tf.errors.OpError': [() => new tf.errors.OpError(null, 'why').message, 'why'],
  ...from(
    {
      ValueError: 0,
      TypeError_: 0,
      RuntimeError: 0,
      LookupError: 0,
      KeyError: 0,
      IndexError: 0,
      AssertionError: 0,
      AttributeError: 0,
      StopIteration: 0,
      OperatorNotAllowedInGraphError: 0,
    },
    (name) => [() => new tf.errors[name]('why').message, 'why'],
    'tf.errors.',
  ),
  'tf.examples.tutorials.mnist.inputData.readDataSets': [
    () => tf.examples.tutorials.mnist.inputData.readDataSets.length >= 0,
    isTrue,
  ],
  'tf.examples.report': [
    () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'surface-'));
      const page = path.join(folder, 'report.html');
      try {
        tf.examples.report({
          path: page,
          history: [{ step: 0, cost: 1 }],
          images: new Float32Array(4),
          imageShape: [2, 2],
          labels: [1],
          probabilities: [[0.2, 0.8]],
        });
        return readFileSync(page, 'utf8').slice(0, 15);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    '<!DOCTYPE html>',
  ],
};

const { rnnCell } = tf.nn;
const { crf } = tf.contrib;
/** One step of a cell on zeros: the output, or for a fact about the state. */
const step = <S>(cell: tf.nn.rnnCell.RNNCell<S>): tf.Tensor =>
  cell.apply(tf.zeros([1, 2]), cell.zeroState(1, tf.float32))[0];
/** A word as a sequence of letters. */
const word = (text: string): tf.SparseTensor =>
  new tf.SparseTensor(
    [...text].map((_, i) => [0, i]),
    [...text],
    [1, text.length],
  );
const zeroCell = (): tf.nn.rnnCell.GRUCell => new rnnCell.GRUCell(2);
const steps = (): tf.Tensor[] => [tf.zeros([1, 2]), tf.zeros([1, 2])];
const outputOf = <O>([output]: readonly [O, ...unknown[]]): O => output;
/** Nets over cells whose states stay 0. */
const RECURRENT: Rows = {
  'tf.nn.rnnCell.BasicRNNCell': [() => step(new rnnCell.BasicRNNCell(2)), [[0, 0]]],
  'tf.nn.rnnCell.GRUCell': [() => step(zeroCell()), [[0, 0]]],
  'tf.nn.rnnCell.BasicLSTMCell': [() => step(new rnnCell.BasicLSTMCell(2)), [[0, 0]]],
  'tf.nn.rnnCell.LSTMCell': [() => step(new rnnCell.LSTMCell(3, { numProj: 2 })), [[0, 0]]],
  'tf.nn.rnnCell.LSTMStateTuple': [() => rnnCell.LSTMStateTuple(tf.zeros([1]), tf.ones([1])).h, [1]],
  'tf.nn.rnnCell.MultiRNNCell': [() => step(new rnnCell.MultiRNNCell([zeroCell(), zeroCell()])), [[0, 0]]],
  'tf.nn.rnnCell.DropoutWrapper': [() => step(new rnnCell.DropoutWrapper(zeroCell(), 0.5)), [[0, 0]]],
  'tf.nn.rnnCell.ResidualWrapper': [() => step(new rnnCell.ResidualWrapper(zeroCell())), [[0, 0]]],
  'tf.nn.rnnCell.DeviceWrapper': [() => step(new rnnCell.DeviceWrapper(zeroCell(), '/cpu:0')), [[0, 0]]],
  'tf.contrib.rnn.stackBidirectionalDynamicRnn': [
    () =>
      outputOf(
        tf.contrib.rnn.stackBidirectionalDynamicRnn([zeroCell()], [zeroCell()], tf.zeros([1, 1, 2]), {
          dtype: tf.float32,
        }),
      ),
    [[[0, 0, 0, 0]]],
  ],
  'tf.contrib.legacySeq2seq.rnnDecoder': [
    () => outputOf(tf.contrib.legacySeq2seq.rnnDecoder(steps(), tf.zeros([1, 2]), zeroCell()))[1],
    [[0, 0]],
  ],
  'tf.contrib.legacySeq2seq.tiedRnnSeq2seq': [
    () => outputOf(tf.contrib.legacySeq2seq.tiedRnnSeq2seq(steps(), steps(), zeroCell()))[1],
    [[0, 0]],
  ],
  'tf.nn.uniformCandidateSampler': [
    () => tf.nn.uniformCandidateSampler([[1]], 1, 4, false, 2, { seed: 1 }).trueExpectedCount,
    [[2]],
  ],
  'tf.nn.logUniformCandidateSampler': [
    () => tf.reduceSum(tf.nn.logUniformCandidateSampler([[1]], 1, 3, true, 3, { seed: 1 }).sampledCandidates),
    3n,
  ],
  'tf.nn.learnedUnigramCandidateSampler': [
    () => tf.nn.learnedUnigramCandidateSampler([[1]], 1, 4, false, 2, { seed: 1 }).trueExpectedCount,
    [[2]],
  ],
  'tf.nn.fixedUnigramCandidateSampler': [
    () => tf.nn.fixedUnigramCandidateSampler([[1]], 1, 2, false, 2, { unigrams: [0, 3] }).sampledCandidates,
    [1, 1],
  ],
  'tf.nn.allCandidateSampler': [() => tf.nn.allCandidateSampler([[1]], 1, 2, true).sampledCandidates, [0, 1]],
  'tf.nn.computeAccidentalHits': [() => tf.nn.computeAccidentalHits([[1], [2]], [2, 5, 1], 1).ids, [2, 0]],
  'tf.nn.nceLoss': [
    () =>
      tf.nn.nceLoss(tf.ones([2, 1]), tf.zeros([2]), [[1]], [[0]], 2, 2, {
        sampledValues: tf.nn.allCandidateSampler([[1]], 1, 2, true),
      }),
    [3 * Math.log(2)],
  ],
  'tf.nn.sampledSoftmaxLoss': [
    () =>
      tf.nn.sampledSoftmaxLoss(tf.ones([2, 1]), tf.zeros([2]), [[1]], [[0]], 2, 2, {
        sampledValues: tf.nn.allCandidateSampler([[1]], 1, 2, true),
      }),
    [Math.log(2)],
  ],
  'tf.contrib.legacySeq2seq.sequenceLossByExample': [
    () => tf.contrib.legacySeq2seq.sequenceLossByExample([tf.zeros([1, 2])], [ints(0)], [tf.ones([1])]),
    [Math.LN2],
  ],
  'tf.contrib.legacySeq2seq.sequenceLoss': [
    () => tf.contrib.legacySeq2seq.sequenceLoss([tf.zeros([1, 2])], [ints(0)], [tf.ones([1])]),
    Math.LN2,
  ],
  'tf.contrib.legacySeq2seq.modelWithBuckets': [
    () => {
      const model = (x: readonly tf.Tensor[]): [tf.Tensor[], null] => [[...x], null];
      const buckets = [[1, 1]] as const;
      return tf.contrib.legacySeq2seq.modelWithBuckets(
        steps(),
        steps(),
        [ints(0)],
        [tf.ones([1])],
        buckets,
        model,
      )[1][0];
    },
    Math.LN2,
  ],
  'tf.contrib.seq2seq.sequenceLoss': [
    () => tf.contrib.seq2seq.sequenceLoss(tf.zeros([1, 1, 2]), tf.zeros([1, 1], tf.int32), tf.ones([1, 1])),
    Math.LN2,
  ],
  'tf.pyFunc': [() => tf.pyFunc((a: number, b: number) => a + b, [1, 2], tf.float32), 3],
  'tf.pyFunction': [() => tf.pyFunction((a) => a.add(1), [3], tf.float32), 4],
  'tf.numpyFunction': [() => tf.numpyFunction((a: number) => a + 1, [3], tf.float32), 4],
  'tf.editDistance': [() => tf.editDistance(word('cat'), word('cuts'), false), [2]],
  'tf.nn.ctcLoss': [
    () => {
      const labels = new tf.SparseTensor([[0, 0]], tf.constant([0], tf.int32), [1, 1]);
      return tf.nn.ctcLoss(labels, tf.zeros([1, 1, 2]), ints(1));
    },
    [Math.LN2],
  ],
  'tf.nn.ctcGreedyDecoder': [() => tf.nn.ctcGreedyDecoder([[[0, 5, 0]], [[0, 5, 0]]], ints(2))[0][0].values, [1n]],
  'tf.nn.ctcBeamSearchDecoder': [() => tf.nn.ctcBeamSearchDecoder([[[0, 5, 0]]], ints(1))[0][0].values, [1n]],
  'tf.nn.ctcBeamSearchDecoderV2': [() => tf.nn.ctcBeamSearchDecoderV2([[[0, 5, 0]]], ints(1))[0][0].values, [1n]],
  'tf.contrib.crf.crfUnaryScore': [
    () =>
      crf.crfUnaryScore(
        [[1, 0]],
        [2],
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ),
    [5],
  ],
  'tf.contrib.crf.crfBinaryScore': [
    () =>
      crf.crfBinaryScore(
        [[1, 0, 1]],
        [3],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    [5],
  ],
  'tf.contrib.crf.crfSequenceScore': [
    () =>
      crf.crfSequenceScore(
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [[1, 0]],
        [2],
        [
          [0, 1],
          [2, 0],
        ],
      ),
    [7],
  ],
  'tf.contrib.crf.crfLogNorm': [() => crf.crfLogNorm(tf.zeros([1, 2, 3]), [2], tf.zeros([3, 3])), [Math.log(9)]],
  'tf.contrib.crf.crfMultitagSequenceScore': [
    () =>
      crf.crfMultitagSequenceScore(
        tf.zeros([1, 2, 2]),
        [
          [
            [true, true],
            [true, false],
          ],
        ],
        [2],
        tf.zeros([2, 2]),
      ),
    [Math.LN2],
  ],
  'tf.contrib.crf.crfLogLikelihood': [
    () => crf.crfLogLikelihood(tf.zeros([1, 2, 2]), [[1, 0]], [2], tf.zeros([2, 2]))[0],
    [-Math.log(4)],
  ],
  'tf.contrib.crf.crfDecode': [
    () =>
      outputOf(
        crf.crfDecode(
          [
            [
              [1, 2],
              [3, 0],
            ],
          ],
          tf.zeros([2, 2]),
          [2],
        ),
      ),
    [[1, 0]],
  ],
  'tf.contrib.crf.viterbiDecode': [
    () =>
      crf.viterbiDecode(
        [
          [1, 2],
          [3, 0],
        ],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    [[1, 0], 5],
  ],
  'tf.contrib.crf.CrfForwardRnnCell': [() => step(new crf.CrfForwardRnnCell(tf.zeros([2, 2]))), [[Math.LN2, Math.LN2]]],
  'tf.contrib.crf.CrfDecodeForwardRnnCell': [() => step(new crf.CrfDecodeForwardRnnCell(tf.zeros([2, 2]))), [[0, 0]]],
  'tf.contrib.crf.CrfDecodeBackwardRnnCell': [() => new crf.CrfDecodeBackwardRnnCell(2).outputSize, 1],
  'tf.contrib.rnn.NASCell': [() => step(new tf.contrib.rnn.NASCell(2)), [[0, 0]]],
  'tf.contrib.rnn.LSTMBlockCell': [() => step(new tf.contrib.rnn.LSTMBlockCell(2)), [[0, 0]]],
  'tf.contrib.rnn.LSTMBlockFusedCell': [
    () => new tf.contrib.rnn.LSTMBlockFusedCell(2).apply(tf.zeros([1, 1, 3]), { dtype: tf.float32 })[0],
    [[[0, 0]]],
  ],
  'tf.contrib.rnn.LSTMBlockWrapper': [
    () => new tf.contrib.rnn.LSTMBlockFusedCell(2) instanceof tf.contrib.rnn.LSTMBlockWrapper,
    true,
  ],
  'tf.contrib.rnn.FusedRNNCell': [
    () => new tf.contrib.rnn.FusedRNNCellAdaptor(zeroCell()) instanceof tf.contrib.rnn.FusedRNNCell,
    true,
  ],
  'tf.contrib.rnn.FusedRNNCellAdaptor': [
    () => new tf.contrib.rnn.FusedRNNCellAdaptor(zeroCell()).apply(tf.zeros([1, 1, 2]), { dtype: tf.float32 })[0],
    [[[0, 0]]],
  ],
  'tf.contrib.rnn.TimeReversedFusedRNN': [
    () => {
      const net = new tf.contrib.rnn.FusedRNNCellAdaptor(zeroCell());
      return new tf.contrib.rnn.TimeReversedFusedRNN(net).apply(tf.zeros([1, 1, 2]), { dtype: tf.float32 })[0];
    },
    [[[0, 0]]],
  ],
  'tf.contrib.rnn.GRUBlockCell': [() => step(new tf.contrib.rnn.GRUBlockCell(2)), [[0, 0]]],
  'tf.contrib.rnn.GRUBlockCellV2': [() => step(new tf.contrib.rnn.GRUBlockCellV2(2)), [[0, 0]]],
  'tf.contrib.rnn.LayerNormBasicLSTMCell': [() => step(new tf.contrib.rnn.LayerNormBasicLSTMCell(2)), [[0, 0]]],
  'tf.contrib.rnn.InputProjectionWrapper': [
    () => step(new tf.contrib.rnn.InputProjectionWrapper(zeroCell(), 3)),
    [[0, 0]],
  ],
  'tf.contrib.rnn.OutputProjectionWrapper': [
    () => step(new tf.contrib.rnn.OutputProjectionWrapper(zeroCell(), 3)),
    [[0, 0, 0]],
  ],
  'tf.contrib.rnn.EmbeddingWrapper': [
    () => {
      const cell = new tf.contrib.rnn.EmbeddingWrapper(zeroCell(), 3, 2, tf.zerosInitializer());
      return outputOf(cell.apply(ints(1), cell.zeroState(1, tf.float32)));
    },
    [[0, 0]],
  ],
  'tf.contrib.rnn.AttentionCellWrapper': [() => step(new tf.contrib.rnn.AttentionCellWrapper(zeroCell(), 2)), [[0, 0]]],
  'tf.contrib.rnn.LayerRNNCell': [() => typeof tf.contrib.rnn.LayerRNNCell, 'function'],
  'tf.nn.rnnCell.RNNCell': [() => new rnnCell.RNNCell({ name: 'mine' }).name, 'mine'],
  'tf.nn.dynamicRnn': [
    () => outputOf(tf.nn.dynamicRnn(zeroCell(), tf.zeros([1, 2, 2]), { dtype: tf.float32 })),
    [
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ],
  'tf.nn.bidirectionalDynamicRnn': [
    () =>
      outputOf(tf.nn.bidirectionalDynamicRnn(zeroCell(), zeroCell(), tf.zeros([1, 1, 2]), { dtype: tf.float32 }))[1],
    [[[0, 0]]],
  ],
  'tf.nn.staticRnn': [() => outputOf(tf.nn.staticRnn(zeroCell(), steps(), { dtype: tf.float32 }))[1], [[0, 0]]],
  'tf.nn.staticBidirectionalRnn': [
    () => outputOf(tf.nn.staticBidirectionalRnn(zeroCell(), zeroCell(), steps(), { dtype: tf.float32 }))[1],
    [[0, 0, 0, 0]],
  ],
  'tf.nn.staticStateSavingRnn': [
    () => {
      const kept = new tf.Variable(tf.zeros([1, 2]));
      const saver = { state: () => kept.readValue(), saveState: (_: string, value: tf.Tensor) => kept.assign(value) };
      return outputOf(tf.nn.staticStateSavingRnn(zeroCell(), steps(), saver, 'kept'))[1];
    },
    [[0, 0]],
  ],
  'tf.nn.rawRnn': [
    () => {
      const cell = zeroCell();
      const [kept] = tf.nn.rawRnn(cell, (time, output: tf.Tensor | null, state: tf.Tensor | null) => [
        tf.fill([1], time.greaterEqual(2)),
        tf.zeros([1, 2]),
        state ?? cell.zeroState(1, tf.float32),
        output,
        null,
      ]);
      return kept.stack();
    },
    [[[0, 0]], [[0, 0]]],
  ],
};
/** What is not written here is in the docstrings. */
export const ROWS: Rows = {
  ...exampleRows(tf),
  ...METRIC_ROWS,
  ...PROGRAM_ROWS,
  ...LOOKUP_ROWS,
  ...PROFILER_ROWS,
  ...WRITTEN,
  ...RECURRENT,
};

/** What TensorFlow's modules do not have, and why it is here. */
export const OURS: Readonly<Record<string, string>> = {
  'tf.NDArray': 'what NumPy is to Python: the value of a fetch',
  'tf.Defun': 'tensorflow.python.framework.function.Defun, which programs import from there',
  ...Object.fromEntries(
    [
      'mul',
      'sub',
      'neg',
      'inv',
      'complexAbs',
      'pack',
      'unpack',
      'select',
      'listDiff',
      'scalarSummary',
      'histogramSummary',
      'imageSummary',
      'audioSummary',
      'mergeSummary',
      'mergeAllSummaries',
      'batchMatmul',
      'concatV2',
      'nn.deconv2d',
      'nn.rnn',
      'nn.bidirectionalRnn',
      'train.SummaryWriter',
    ].map((name) => [`tf.${name}`, 'TensorFlow before 1.0']),
  ),

  'tf.Timeline': 'tensorflow.python.client.timeline, which no public module of TensorFlow names',
  'tf.__version__': 'which Python asks packages for, and counts to their private names',
  'tf.python': 'tensorflow.python, whose modules programs import from',
  'tf.profile': 'a table of where a run spends its time',
  'tf.NumericsError': 'what config.checkNumerics throws',
  'tf.explainGradient': 'why a gradient is null or zero',
  'tf.registeredOps': 'what Python keeps in op_def_registry',
  'tf.graphUtil.convertConstantsToVariables': 'thaws what convertVariablesToConstants froze',
  'tf.contrib': 'some of its modules; contrib is lazy in TensorFlow',
  'tf.examples': 'tensorflow.examples.tutorials, a package beside tf in Python',
  ...Object.fromEntries(
    [
      'ValueError',
      'TypeError_',
      'RuntimeError',
      'LookupError',
      'KeyError',
      'IndexError',
      'AssertionError',
      'AttributeError',
      'StopIteration',
      'OperatorNotAllowedInGraphError',
    ].map((name) => [`tf.errors.${name}`, 'an exception of Python, which TensorFlow raises']),
  ),
};

/** Modules that name again what is elsewhere. */
const AGAIN = /^tf\.(python|contrib\.slim\.layers)\./;
/** Every public name with its value; what modules name again is known by its other name. */
export function surface(tf: object): [string, unknown][] {
  const all = namesIn(tf, 'tf');
  const known = new Set(all.filter(([name]) => !AGAIN.test(name)).map(([, value]) => value));
  return all.filter(([name, value]) => !AGAIN.test(name) || !known.has(value));
}
/** Plain objects that hold functions are namespaces. */
function namesIn(space: object, prefix: string): [string, unknown][] {
  return Object.entries(space).flatMap(([name, value]): [string, unknown][] => {
    const full = `${prefix}.${name}`;
    return isNamespace(value) ? namesIn(value, full) : [[full, value]];
  });
}
function isNamespace(value: unknown): value is object {
  // By name: a module under jest is an object of another realm.
  if (typeof value !== 'object' || value === null || value.constructor?.name !== 'Object') return false;
  return Object.values(value).some((v) => typeof v === 'function' || isNamespace(v));
}
