/**
 * TensorFlow's messages about how a session and a run go: the numbers of their fields, from config.proto,
 * rewriter_config.proto, verifier_config.proto, cluster.proto and debug.proto of 1.15.
 */
import { inner, inners, many, mapOf, maybe, one, word } from './field';
import { ATTR_VALUE } from './graph-messages';
import { Message } from './message';

const OPT_LEVEL = { L1: 0, L0: -1 } as const;
const JIT_LEVEL = { DEFAULT: 0, OFF: -1, ON_1: 1, ON_2: 2 } as const;
const TOGGLE = { DEFAULT: 0, ON: 1, OFF: 2, AGGRESSIVE: 3 } as const;
const MEM_OPT = {
  DEFAULT_MEM_OPT: 0,
  NO_MEM_OPT: 1,
  MANUAL: 2,
  SWAPPING_HEURISTICS: 4,
  RECOMPUTATION_HEURISTICS: 5,
  SCHEDULING_HEURISTICS: 6,
  HEURISTICS: 3,
} as const;
const NUM_ITERATIONS = { DEFAULT_NUM_ITERS: 0, ONE: 1, TWO: 2 } as const;
const VERIFIER_TOGGLE = { DEFAULT: 0, ON: 1, OFF: 2 } as const;
const TRACE_LEVEL = { NO_TRACE: 0, SOFTWARE_TRACE: 1, HARDWARE_TRACE: 2, FULL_TRACE: 3 } as const;
const CONFIG_DEVICE_COUNT_ENTRY = new Message('ConfigProto.DeviceCountEntry', {
  key: maybe('string', 1),
  value: maybe('int32', 2),
});
const GPU_OPTIONS_EXPERIMENTAL_VIRTUAL_DEVICES = new Message('GPUOptions.Experimental.VirtualDevices', {
  memoryLimitMb: many('float', 1),
});
const GPU_OPTIONS_EXPERIMENTAL = new Message('GPUOptions.Experimental', {
  virtualDevices: inners(() => GPU_OPTIONS_EXPERIMENTAL_VIRTUAL_DEVICES, 1),
  useUnifiedMemory: one('bool', 2),
  numDevToDevCopyStreams: one('int32', 3),
  collectiveRingOrder: one('string', 4),
  timestampedAllocator: one('bool', 5),
  kernelTrackerMaxInterval: one('int32', 7),
  kernelTrackerMaxBytes: one('int32', 8),
  kernelTrackerMaxPending: one('int32', 9),
});
export const GPU_OPTIONS = new Message('GPUOptions', {
  perProcessGpuMemoryFraction: one('double', 1),
  allocatorType: one('string', 2),
  deferredDeletionBytes: one('int64', 3),
  allowGrowth: one('bool', 4),
  visibleDeviceList: one('string', 5),
  pollingActiveDelayUsecs: one('int32', 6),
  pollingInactiveDelayMsecs: one('int32', 7),
  forceGpuCompatible: one('bool', 8),
  experimental: inner(() => GPU_OPTIONS_EXPERIMENTAL, 9),
});
export const OPTIMIZER_OPTIONS = new Message('OptimizerOptions', {
  doCommonSubexpressionElimination: one('bool', 1),
  doConstantFolding: one('bool', 2),
  optLevel: word(OPT_LEVEL, 3),
  doFunctionInlining: one('bool', 4),
  globalJitLevel: word(JIT_LEVEL, 5),
  maxFoldedConstantInBytes: one('int64', 6),
});
const AUTO_PARALLEL_OPTIONS = new Message('AutoParallelOptions', {
  enable: one('bool', 1),
  numReplicas: one('int32', 2),
});
const SCOPED_ALLOCATOR_OPTIONS = new Message('ScopedAllocatorOptions', {
  enableOp: many('string', 1),
});
const REWRITER_CONFIG_CUSTOM_GRAPH_OPTIMIZER = new Message('RewriterConfig.CustomGraphOptimizer', {
  name: one('string', 1),
  parameterMap: mapOf(() => ATTR_VALUE, 2),
});
const VERIFIER_CONFIG = new Message('VerifierConfig', {
  verificationTimeoutInMs: one('int64', 1),
  structureVerifier: word(VERIFIER_TOGGLE, 2),
});
const REWRITER_CONFIG = new Message('RewriterConfig', {
  layoutOptimizer: word(TOGGLE, 1),
  disableModelPruning: one('bool', 2),
  constantFolding: word(TOGGLE, 3),
  memoryOptimization: word(MEM_OPT, 4),
  autoParallel: inner(() => AUTO_PARALLEL_OPTIONS, 5),
  memoryOptimizerTargetNodeNameScope: one('string', 6),
  arithmeticOptimization: word(TOGGLE, 7),
  dependencyOptimization: word(TOGGLE, 8),
  loopOptimization: word(TOGGLE, 9),
  functionOptimization: word(TOGGLE, 10),
  debugStripper: word(TOGGLE, 11),
  metaOptimizerIterations: word(NUM_ITERATIONS, 12),
  shapeOptimization: word(TOGGLE, 13),
  remapping: word(TOGGLE, 14),
  scopedAllocatorOptimization: word(TOGGLE, 15),
  scopedAllocatorOpts: inner(() => SCOPED_ALLOCATOR_OPTIONS, 16),
  minGraphNodes: one('int32', 17),
  pinToHostOptimization: word(TOGGLE, 18),
  disableMetaOptimizer: one('bool', 19),
  metaOptimizerTimeoutMs: one('int64', 20),
  failOnOptimizerErrors: one('bool', 21),
  implementationSelector: word(TOGGLE, 22),
  autoMixedPrecision: word(TOGGLE, 23),
  optimizers: many('string', 100),
  customOptimizers: inners(() => REWRITER_CONFIG_CUSTOM_GRAPH_OPTIMIZER, 200),
  interOptimizerVerifierConfig: inner(() => VERIFIER_CONFIG, 300),
  postOptimizationVerifierConfig: inner(() => VERIFIER_CONFIG, 301),
});
export const GRAPH_OPTIONS = new Message('GraphOptions', {
  enableRecvScheduling: one('bool', 2),
  optimizerOptions: inner(() => OPTIMIZER_OPTIONS, 3),
  buildCostModel: one('int64', 4),
  inferShapes: one('bool', 5),
  placePrunedGraph: one('bool', 6),
  enableBfloat16Sendrecv: one('bool', 7),
  timelineStep: one('int32', 8),
  buildCostModelAfter: one('int64', 9),
  rewriteOptions: inner(() => REWRITER_CONFIG, 10),
});
const THREAD_POOL_OPTION = new Message('ThreadPoolOptionProto', {
  numThreads: one('int32', 1),
  globalName: one('string', 2),
});
const RPC_OPTIONS = new Message('RPCOptions', {
  useRpcForInprocessMaster: one('bool', 1),
  compressionAlgorithm: one('string', 2),
  compressionLevel: one('int32', 3),
  cacheRpcResponse: one('bool', 4),
  disableSessionConnectionSharing: one('bool', 5),
});
const JOB_TASKS_ENTRY = new Message('JobDef.TasksEntry', {
  key: maybe('int32', 1),
  value: maybe('string', 2),
});
const JOB = new Message('JobDef', {
  name: one('string', 1),
  tasks: inners(() => JOB_TASKS_ENTRY, 2),
});
const CLUSTER = new Message('ClusterDef', {
  job: inners(() => JOB, 1),
});
const SESSION_METADATA = new Message('SessionMetadata', {
  name: one('string', 1),
  version: one('int64', 2),
});
const CONFIG_EXPERIMENTAL = new Message('ConfigProto.Experimental', {
  collectiveGroupLeader: one('string', 1),
  executorType: one('string', 3),
  recvBufMaxChunk: one('int32', 4),
  useNumaAffinity: one('bool', 5),
  collectiveDeterministicSequentialExecution: one('bool', 6),
  collectiveNccl: one('bool', 7),
  shareSessionStateInClusterspecPropagation: one('bool', 8),
  disableThreadSpinning: one('bool', 9),
  shareClusterDevicesInSession: one('bool', 10),
  sessionMetadata: inner(() => SESSION_METADATA, 11),
  optimizeForStaticGraph: one('bool', 12),
});
export const CONFIG = new Message('ConfigProto', {
  deviceCount: inners(() => CONFIG_DEVICE_COUNT_ENTRY, 1),
  intraOpParallelismThreads: one('int32', 2),
  placementPeriod: one('int32', 3),
  deviceFilters: many('string', 4),
  interOpParallelismThreads: one('int32', 5),
  gpuOptions: inner(() => GPU_OPTIONS, 6),
  allowSoftPlacement: one('bool', 7),
  logDevicePlacement: one('bool', 8),
  usePerSessionThreads: one('bool', 9),
  graphOptions: inner(() => GRAPH_OPTIONS, 10),
  operationTimeoutInMs: one('int64', 11),
  sessionInterOpThreadPool: inners(() => THREAD_POOL_OPTION, 12),
  rpcOptions: inner(() => RPC_OPTIONS, 13),
  clusterDef: inner(() => CLUSTER, 14),
  isolateSessionState: one('bool', 15),
  experimental: inner(() => CONFIG_EXPERIMENTAL, 16),
});
const DEBUG_TENSOR_WATCH = new Message('DebugTensorWatch', {
  nodeName: one('string', 1),
  outputSlot: one('int32', 2),
  debugOps: many('string', 3),
  debugUrls: many('string', 4),
  tolerateDebugOpCreationFailures: one('bool', 5),
});
const DEBUG_OPTIONS = new Message('DebugOptions', {
  debugTensorWatchOpts: inners(() => DEBUG_TENSOR_WATCH, 4),
  globalStep: one('int64', 10),
  resetDiskByteUsage: one('bool', 11),
});
const RUN_OPTIONS_EXPERIMENTAL = new Message('RunOptions.Experimental', {
  collectiveGraphKey: one('int64', 1),
  useRunHandlerPool: one('bool', 2),
});
export const RUN_OPTIONS = new Message('RunOptions', {
  traceLevel: word(TRACE_LEVEL, 1),
  timeoutInMs: one('int64', 2),
  interOpThreadPool: one('int32', 3),
  outputPartitionGraphs: one('bool', 5),
  debugOptions: inner(() => DEBUG_OPTIONS, 6),
  reportTensorAllocationsUponOom: one('bool', 7),
  experimental: inner(() => RUN_OPTIONS_EXPERIMENTAL, 8),
});
