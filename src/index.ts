/** The tf namespace: re-exports only, and by name, so that nothing becomes public by the way. */
// Sessions and writers can be disposed of; a program may compile without a library that knows how.
/// <reference lib="esnext.disposable" preserve="true" />
import { DType } from './base/dtype';
import { NDArray } from './base/ndarray';
import { TensorShape } from './base/shape';
import { caseGradient, ifGradient } from './gradients/branch-functions';
import { functionGradients } from './gradients/gradients';
import { whileGradient } from './gradients/while-functions';
import { computeConstantsBy } from './graph/constant-part';
import { registerFunctionGradients } from './graph/function-body';
import { registerCallGradient } from './graph/gradient-registry';
import { Graph, IndexedSlices, Operation, Tensor } from './graph/graph';
import { registerOps } from './graph/opdef';
import { computeOnHost } from './kernels/devices';
import { installMethods } from './ops/methods';
import { OP_TABLES } from './ops/tables';
import { explainPythonWords } from './base/python-words';
import { guardNames } from './surface/absent';

// What the layer of graphs asks of those above it. Inside functions, so that it is loaded when it is asked for.
registerOps(OP_TABLES);
installMethods();
registerFunctionGradients((...body) => functionGradients(...body));
registerCallGradient(['if'], (...given) => ifGradient(...given));
registerCallGradient(['case'], (...given) => caseGradient(...given));
registerCallGradient(['while'], (...given) => whileGradient(...given));
computeConstantsBy((...node) => computeOnHost(...node));

export { batchToSpaceNd, spaceToBatchNd } from './ops/batches';
export { type EyeOptions, eye } from './ops/eye';
export { type BlocksOptions, depthToSpace, spaceToDepth } from './ops/blocks';
export { bitcast, cast, saturateCast, toBfloat16, toDouble, toFloat, toInt32, toInt64 } from './ops/cast';
export { deleteSessionTensor, getSessionHandle, getSessionTensor } from './ops/session-tensor';
export {
  DeviceSpec,
  type DeviceFields,
  type DeviceFunction,
  type DeviceLike,
  type PlacedInput,
  type PlacedNode,
} from './graph/device-spec';
export type { DeviceAttributes } from './session/device-attributes';
export {
  clipByAverageNorm,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  globalNorm,
  type GlobalNormOptions,
} from './ops/clip';
export {
  type Comparison,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  type Logic,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  notEqual,
} from './ops/compare';
export { concat } from './ops/concat';
export { matchingFiles, readFile, writeFile } from './ops/files';
export { parseTensor, serializeTensor } from './ops/serialized';
export { split, type SplitOptions } from './ops/split';
export { decodeCsv, type DecodeCsvOptions, decodeRaw, type DecodeRawOptions } from './ops/parsing';
export {
  stringJoin,
  type StringJoinOptions,
  stringSplit,
  type StringSplitOptions,
  stringToNumber,
  type ToNumberOptions,
} from './ops/strings';
export {
  asString,
  type AsStringOptions,
  decodeBase64,
  encodeBase64,
  type Base64Options,
  reduceJoin,
  type ReduceJoinOptions,
  stringStrip,
  stringToHashBucket,
  stringToHashBucketFast,
  stringToHashBucketStrong,
  type StringUnit,
  substr,
  type UnitOption,
} from './ops/texts';
export { parallelStack, stack, type StackOptions, unstack, type UnstackOptions } from './ops/stack';
export { angle, complex, imag, real } from './ops/complex';
export { constant, type ConstantArgs, placeholder } from './ops/constants';
export type { DtypeOption, NameOption } from './ops/options';
export { fill, ones, type Sizes, zeros } from './ops/fill';
export { linSpace, linspace, range } from './ops/range';
export { type BranchResult, cond, type CondOptions, type Joined } from './flow/cond';
export { case, type Case, type CaseOptions, type Cases } from './flow/case';
export {
  type Called,
  type CallOptions,
  type DefinedFunction,
  Defun,
  type DefunOptions,
  type FunctionProperties,
} from './flow/defun';
export { controlFlowV2Enabled, disableControlFlowV2, enableControlFlowV2 } from './flow/version';
export { pyFunction } from './flow/py-function';
export { type Branches, switchCase, type SwitchOptions } from './flow/switch-case';
export { type InLoop, type ShapeInvariant, whileLoop, type WhileOptions } from './flow/loop';
export { TensorArray } from './flow/tensor-array';
export type { Structure } from './flow/structure';
export { FIFOQueue, PaddingFIFOQueue, PriorityQueue, RandomShuffleQueue } from './queues/kinds';
export { type AnyQueue, type ComponentTypes, type Dequeued, type Enqueued, QueueBase } from './queues/queue';
export {
  ConditionalAccumulator,
  ConditionalAccumulatorBase,
  type ReductionType,
  SparseConditionalAccumulator,
  type TakenRows,
} from './queues/accumulators';
export {
  FixedLengthRecordReader,
  IdentityReader,
  LMDBReader,
  ReaderBase,
  TextLineReader,
  TFRecordReader,
  WholeFileReader,
} from './input/readers';
export * as queue from './queues';
export type { Elements, FoldOptions } from './flow/rows';
export { mapFn, type MapOptions } from './flow/map-fn';
export { vectorizedMap } from './flow/vectorized-map';
export { foldl, foldr } from './flow/fold';
export { scan, type ScanOptions } from './flow/scan';
export { noOp } from './ops/control';
export { editDistance } from './ops/ctc';
export {
  type HostFunction,
  type HostValue,
  numpyFunction,
  pyFunc,
  type PyFuncOptions,
} from './ops/host-function';
export { dynamicPartition, dynamicStitch, setdiff1d } from './ops/data-flow';
export { add, atan2, maximum, minimum, multiply, pow, scalarMul, squaredDifference, subtract } from './ops/elementwise';
export { accumulateN, addN } from './ops/add-n';
export type { BinaryFunction } from './ops/binary';
export {
  div,
  divide,
  divNoNan,
  floorDiv,
  floordiv,
  floormod,
  mod,
  realdiv,
  truediv,
  truncatediv,
  truncatemod,
} from './ops/division';
export { gather, gatherNd, type GatherOptions } from './ops/gather';
export {
  identity,
  identityN,
  type LikeOptions,
  onesLike,
  placeholderWithDefault,
  stopGradient,
  zerosLike,
} from './ops/identity';
export type { Initializer, OpenShape, PartitionInfo } from './variables/initializer';
export {
  constantInitializer,
  type ConstantOptions,
  glorotNormalInitializer,
  glorotUniformInitializer,
  type InitializerOptions,
  type NormalInitializerOptions,
  onesInitializer,
  randomNormalInitializer,
  randomUniformInitializer,
  type SeededOptions,
  truncatedNormalInitializer,
  type UniformInitializerOptions,
  uniformUnitScalingInitializer,
  varianceScalingInitializer,
  type VarianceScalingOptions,
  zerosInitializer,
} from './variables/initializers';
export { initializers } from './variables/named-initializers';
export { orthogonalInitializer } from './variables/matrix-initializers';
export { Print, type PrintOptions } from './ops/logging';
export { matmul, type MatmulOptions } from './ops/matmul';
export { einsum } from './ops/einsum';
export { type ContractionAxes, tensordot } from './ops/tensordot';
export {
  cross,
  matrixBandPart,
  matrixDiag,
  matrixDiagPart,
  matrixSetDiag,
  tensorDiag as diag,
  tensorDiagPart as diagPart,
  trace,
} from './ops/matrix';
export { checkNumerics } from './ops/numerics';
export { oneHot, type OneHotOptions } from './ops/one-hot';
export { pad, type PadOptions } from './ops/pad';
export {
  type DrawOptions,
  multinomial,
  type NormalOptions,
  randomNormal,
  randomShuffle,
  randomUniform,
  type SeedOption,
  truncatedNormal,
  type UniformOptions,
} from './ops/random';
export { gamma as randomGamma, poisson as randomPoisson } from './ops/gamma';
export { random } from './ops/random-names';
export { randomCrop } from './nn/random-crop';
export { sequenceMask } from './nn/sequence-mask';
export {
  type Axis,
  reduceAll,
  reduceAny,
  reduceMax,
  reduceMean,
  reduceMin,
  type ReduceOptions,
  reduceProd,
  reduceSum,
  type Reduction,
} from './ops/reduce';
export { argMax, argmax, argMin, argmin, type PlaceOptions } from './ops/arg';
export { countNonzero, type CountOptions, reduceLogsumexp } from './ops/statistics';
export { cumprod, cumsum, type RunningOptions } from './ops/running';
export { scatterNd, tensorScatterAdd, tensorScatterSub, tensorScatterUpdate } from './ops/scatter';
export {
  type BincountOptions,
  bincount,
  segmentMax,
  segmentMean,
  segmentMin,
  segmentProd,
  segmentSum,
  unsortedSegmentMax,
  unsortedSegmentMean,
  unsortedSegmentMin,
  unsortedSegmentProd,
  unsortedSegmentSqrtN,
  unsortedSegmentSum,
} from './ops/segment';
export { whereV2 } from './ops/select';
export { invertPermutation, type OutTypeOption, rank, shape, shapeN, size } from './ops/shape';
export { type AxisOption, ensureShape, expandDims, reshape, squeeze, type SqueezeOptions } from './ops/reshape';
export { broadcastDynamicShape, broadcastStaticShape, broadcastTo } from './ops/broadcast';
export { slice } from './ops/slice';
export { type Index, newaxis, type Sliceable, type Subscript } from './ops/subscript';
export { stridedSlice, type StridedSliceOptions } from './ops/strided-slice';
export { betainc, igamma, igammac } from './ops/incomplete';
export { polygamma, zeta } from './ops/special';
export { type SearchsortedOptions, searchsorted } from './ops/searchsorted';
export { tile } from './ops/tile';
export {
  cholesky,
  choleskySolve,
  matrixDeterminant,
  matrixInverse,
  matrixSolve,
  matrixTriangularSolve,
  qr,
  type QrOptions,
  type TriangularOptions,
} from './ops/decompositions';
export {
  matrixTranspose,
  reverse,
  reverseSequence,
  type ReverseSequenceOptions,
  roll,
  transpose,
  type TransposeOptions,
} from './ops/transpose';
export {
  abs,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  ceil,
  conj,
  cos,
  cosh,
  digamma,
  erf,
  erfc,
  exp,
  expm1,
  floor,
  isFinite,
  isInf,
  isNan,
  lgamma,
  log,
  log1p,
  logSigmoid,
  negative,
  type PredicateFunction,
  reciprocal,
  rint,
  round,
  rsqrt,
  sigmoid,
  sign,
  sin,
  sinh,
  sqrt,
  square,
  tan,
  tanh,
} from './ops/unary';
export type { UnaryFunction } from './ops/known-calls';
export { booleanMask, type Unique, unique, uniqueWithCounts, where } from './ops/where';
export { getSeed, setRandomSeed } from './graph/seed';
export {
  allVariables,
  assertVariablesInitialized,
  globalVariables,
  globalVariablesInitializer,
  initializeAllVariables,
  initializeLocalVariables,
  initializeVariables,
  localVariables,
  localVariablesInitializer,
  modelVariables,
  movingAverageVariables,
  reportUninitializedVariables,
  tablesInitializer,
  trainableVariables,
  variablesInitializer,
} from './variables/collections';
export { createPartitionedVariables } from './variables/create-parts';
export { getLocalVariable, getVariable } from './variables/get-variable';
export {
  fixedSizePartitioner,
  minMaxVariablePartitioner,
  variableAxisSizePartitioner,
} from './variables/partitioners';
export type { PartitionedVariable } from './variables/partitioned';
export {
  AUTO_REUSE,
  type GetVariableOptions,
  VariableScope,
  type VariableScopeOptions,
} from './variables/variable-scope';
export {
  disableResourceVariables,
  enableResourceVariables,
  getVariableScope,
  resourceVariablesEnabled,
  variableScope,
} from './variables/scope';
export {
  assign,
  type AssignCall,
  assignAdd,
  assignSub,
  countUpTo,
  isVariableInitialized,
  type Ref,
  scatterAdd,
  scatterDiv,
  scatterMax,
  scatterMin,
  scatterMul,
  scatterNdAdd,
  scatterNdSub,
  scatterNdUpdate,
  scatterSub,
  scatterUpdate,
} from './variables/update';
export type { CachingDevice } from './variables/caching';
export type { AssignOptions, Constraint, VariableOptions } from './variables/arguments';
export { Variable } from './variables/variable';
export {
  addToCollection,
  addToCollections,
  asDtype,
  colocateWith,
  controlDependencies,
  type ConvertOptions,
  convertToTensor,
  device,
  executingEagerly,
  getCollection,
  getCollectionRef,
  getDefaultGraph,
  getStaticValue,
  initScope,
  isTensor,
  nameScope,
  type OpLike,
  registeredOps,
  resetDefaultGraph,
} from './control/framework';
export { Assert, type AssertOptions } from './flow/assert';
export {
  assertEqual,
  assertGreater,
  assertGreaterEqual,
  assertLess,
  assertLessEqual,
  assertNear,
  assertNegative,
  assertNoneEqual,
  assertNonNegative,
  assertNonPositive,
  assertPositive,
  type CheckOptions,
} from './control/checks';
export { assertRank, assertRankAtLeast, assertRankIn, assertScalar } from './control/rank-checks';
export { assertInteger, assertType } from './control/type-checks';
export { isNonDecreasing, isNumericTensor, isStrictlyIncreasing } from './control/monotonic';
export { group, tuple } from './control/group';
export { addCheckNumericsOps, verifyTensorAllFinite } from './control/numerics';
export { print, type PrintToOptions } from './control/print';
export { GraphKeys } from './graph/keys';
export * as errors from './errors';
export { SparseTensor } from './graph/sparse-tensor';
export {
  type SparseToDenseOptions,
  type ToDenseOptions,
  sparseTensorToDense,
  sparseToDense,
} from './ops/sparse';
export {
  type ArrayTensor,
  type FetchedOf,
  Graph,
  IndexedSlices,
  Operation,
  type ScalarTensor,
  Tensor,
  type TensorOf,
} from './graph/graph';
export type { Collected } from './graph/collected';
import './calls/base-methods';
import './distributed/targets';
export {
  AggregationMethod,
  type Differentiable,
  type GradientFunction,
  type GradientOptions,
  type Gradients,
  type MaybeRows,
  NoGradient,
  NotDifferentiable,
  RegisterGradient,
  customGradient,
  type GradY,
  gradients,
  hessians,
  UnconnectedGradients,
} from './gradients';
export * as bitwise from './bitwise';
export * as contrib from './contrib';
export * as debugging from './debugging';
export * as dtypes from './dtypes';
export * as keras from './keras';
export * as layers from './layers';
export * as linalg from './linalg';
export { norm } from './linalg/norm';
export * as lookup from './lookup';
export * as losses from './losses';
export * as manip from './manip';
export * as metrics from './metrics';
export * as profiler from './profiler';
export * as savedModel from './saved-model';
export * as sets from './sets';
export { confusionMatrix, type ConfusionOptions } from './math/confusion-matrix';
export * as strings from './strings';
export * as summary from './summary';
export * as math from './math';
export { requiredSpaceToBatchPaddings } from './nn/space-to-batch';
export {
  type Feature,
  type FeatureMap,
  FixedLenFeature,
  FixedLenSequenceFeature,
  type Parsed,
  VarLenFeature,
} from './nn/features';
export {
  parseExample,
  type ParseOptions,
  type ParseSequenceOptions,
  parseSingleExample,
  parseSingleSequenceExample,
} from './nn/parse-example';
export * as nn from './rnn/nn';
export * as train from './supervised';
export { importGraphDef, type InputMap } from './train/graphs/import-graph-def';
export * as graphUtil from './train/graphs/graph-util';
export { GraphDef } from './format/graph-def';
export { MetaGraphDef, type MetaInfo } from './format/meta-graph';
export {
  type AudioMessage,
  Event,
  type EventGiven,
  type HistogramMessage,
  type ImageMessage,
  type MetadataGiven,
  SessionLog,
  type SessionLogGiven,
  Summary,
  type SummaryMetadataMessage,
  type SummaryValue,
  type SummaryValueGiven,
} from './format/summary';
export { HistogramProto, LogMessage, SummaryMetadata } from './format/event-classes';
export type { MessageClass, ProtocolMessage } from './format/message-class';
export * as test from './debug/test';
export { disableEagerExecution, disableV2Behavior } from './program/behavior';
export * as compat from './program/compat';
export * as io from './program/io';
export * as pythonIo from './program/python-io';
export * as nest from './flow/nest';
export * as app from './program/app';
export * as flags from './program/flags';
export * as gfile from './program/gfile';
export * as logging from './program/logging';
export * as sysconfig from './program/sysconfig';
export {
  audioSummary,
  batchMatmul,
  complexAbs,
  concatV2,
  histogramSummary,
  imageSummary,
  initializeAllTables,
  inv,
  listDiff,
  mergeAllSummaries,
  mergeSummary,
  mul,
  neg,
  pack,
  scalarSummary,
  select,
  sub,
  unpack,
} from './program/old-names';
export { VERSION, __version__, version } from './program/version';
export { examples } from './examples';
// Behind those that it names again, whose first names they stay.
export * as python from './python';
export { InteractiveSession } from './session/interactive';
export { Session, getDefaultSession } from './session/session';
export { NumericsError, type Replay } from './session/numerics-error';
export {
  ConfigProto,
  type FieldsGiven,
  GPUOptions,
  GraphOptions,
  OptimizerOptions,
} from './session/config-proto';
export { RunMetadata, RunOptions } from './session/metadata';
export {
  type ExplainGradientOptions,
  type GradientExplanation,
  type GradientHop,
  type GradientIteration,
  explainGradient,
} from './debug/explain-gradient';
export { Timeline, profile } from './debug/timeline';
export { NDArray };
export {
  bfloat16,
  bool,
  complex128,
  complex64,
  type Data,
  DType,
  type DTypeLike,
  float16,
  float16 as half,
  float32,
  float64,
  float64 as double,
  int16,
  int32,
  int64,
  int8,
  type NumericArray,
  qint16,
  qint32,
  qint8,
  quint16,
  quint8,
  resource,
  string,
  type TypedArray,
  uint16,
  uint32,
  uint64,
  uint8,
  variant,
} from './base/dtype';
export { Dimension, type DimensionLike } from './base/dimension';
export { type ShapeLike, TensorShape } from './base/shape';
export { dimensionAtIndex, dimensionValue } from './control/dimensions';
export type { Convertible, NotText, ScalarLike, TensorLike, Text } from './graph/constant';

// Types that signatures name, for programs to name them too.
export type { DataOf, ElementOf, Long, Scalar } from './base/dtype';
export type { NamedTuple } from './base/named-tuple';
export type { Nested, NestedBytes, NestedOf } from './base/nested';
export type { Dim } from './base/shape';
export type { Profile, ProfileRow } from './debug/timeline';
export type { DataSet, Labels, NextBatchOptions } from './examples/mnist/data-set';
export type { Shaped, WithShape } from './base/known-shape';
export type { Datasets, ReadDataSetsOptions } from './examples/mnist/read';
export type { Figure, HistoryPoint, ReportCard } from './examples/report/cards';
export type { ReportOptions } from './examples/report/report';
export type { Attr, AttrKind, AttrScalar, AttrValue, AttrValues } from './format/attr';
export type { NodeDef } from './graph/definition';
export type { ArgMessage, AttrDefMessage, FunctionMessage, OpDefMessage } from './format/function-def';
export type { GradientMessage, GraphMessage, LibraryMessage, Versions } from './format/graphdef';
export type { AssetFileMessage, CollectionMessage, SaverMessage, SignatureMessage } from './format/messages';
export type { NodeMessage } from './format/node-def';
export type { Grad } from './graph/opdef';
export type {
  FeedDict,
  FeedKey,
  FeedKeys,
  FeedPair,
  FeedValue,
  FeedValues,
  Feeds,
  Fetched,
  FetchedAs,
  Runner,
  TfjsTensor,
  TensorHandle,
} from './graph/runner';
export type { Placement } from './kernels/kernel';
export type { PlanCacheStats } from './plan/cache';
export type { GraphOptions as RewriteOptions, Optimizations, OptimizeReport } from './plan/optimize';
export type { PartialNames, RunArguments, RunNames, SessionConfig, SessionOptions } from './session/config';
export type { FetchedSlices, FetchedSparse, FetchResult, Fetches } from './session/fetch';
export type { DeviceStepStats, NodeExecStats, NodeStats, StepStats } from './session/metadata';
export type { LoopPlace } from './plan/step';
export type { SaveSliceInfo, VariableDef } from './variables/def';
export type { Scatter, UpdateOptions } from './variables/nodes';
export type {
  CustomGetter,
  Partitioner,
  Regularizer,
  Reuse,
  ScopeDefaults,
  VariableLike,
} from './variables/variable-scope';

// Touching a name of TensorFlow's that is not above says so; those that are there cost nothing more.
explainPythonWords();
guardNames(exports as object, { Graph, Operation, Tensor, IndexedSlices, TensorShape, DType, NDArray });
