/**
 * TensorFlow's messages about what a run took: the numbers of their fields, from step_stats.proto, cost_graph.proto,
 * allocation_description.proto, tensor_description.proto and config.proto of 1.15.
 */
import { inner, inners, many, maybe, one, word } from './field';
import { GRAPH_DEF } from './graph-messages';
import { Message } from './message';
import { DATA_TYPE, TENSOR_SHAPE } from './messages';

const ALLOCATION_RECORD = new Message('AllocationRecord', {
  allocMicros: one('int64', 1),
  allocBytes: one('int64', 2),
});
const ALLOCATOR_MEMORY_USED = new Message('AllocatorMemoryUsed', {
  allocatorName: one('string', 1),
  totalBytes: one('int64', 2),
  peakBytes: one('int64', 3),
  liveBytes: one('int64', 4),
  allocatorBytesInUse: one('int64', 5),
  allocationRecords: inners(() => ALLOCATION_RECORD, 6),
});
const ALLOCATION_DESCRIPTION = new Message('AllocationDescription', {
  requestedBytes: one('int64', 1),
  allocatedBytes: one('int64', 2),
  allocatorName: one('string', 3),
  allocationId: one('int64', 4),
  hasSingleReference: one('bool', 5),
  ptr: one('ulong', 6),
});
const TENSOR_DESCRIPTION = new Message('TensorDescription', {
  dtype: word(DATA_TYPE, 1),
  shape: inner(() => TENSOR_SHAPE, 2),
  allocationDescription: inner(() => ALLOCATION_DESCRIPTION, 4),
});
const NODE_OUTPUT = new Message('NodeOutput', {
  slot: one('int32', 1),
  tensorDescription: inner(() => TENSOR_DESCRIPTION, 3),
});
const MEMORY_STATS = new Message('MemoryStats', {
  tempMemorySize: one('int64', 1),
  deviceTempMemorySize: one('int64', 2),
  persistentMemorySize: one('int64', 3),
  devicePersistentMemorySize: one('int64', 4),
  persistentTensorAllocIds: many('int64', 5),
  devicePersistentTensorAllocIds: many('int64', 6),
});
const NODE_EXEC_STATS = new Message('NodeExecStats', {
  nodeName: one('string', 1),
  allStartMicros: one('int64', 2),
  opStartRelMicros: one('int64', 3),
  opEndRelMicros: one('int64', 4),
  allEndRelMicros: one('int64', 5),
  memory: inners(() => ALLOCATOR_MEMORY_USED, 6),
  output: inners(() => NODE_OUTPUT, 7),
  timelineLabel: one('string', 8),
  scheduledMicros: one('int64', 9),
  threadId: one('uint32', 10),
  referencedTensor: inners(() => ALLOCATION_DESCRIPTION, 11),
  memoryStats: inner(() => MEMORY_STATS, 12),
  allStartNanos: one('long', 13),
  opStartRelNanos: one('int64', 14),
  opEndRelNanos: one('int64', 15),
  allEndRelNanos: one('int64', 16),
  scheduledNanos: one('long', 17),
});
const DEVICE_STEP_STATS_THREAD_NAMES_ENTRY = new Message('DeviceStepStats.ThreadNamesEntry', {
  key: maybe('uint32', 1),
  value: maybe('string', 2),
});
const DEVICE_STEP_STATS = new Message('DeviceStepStats', {
  device: one('string', 1),
  nodeStats: inners(() => NODE_EXEC_STATS, 2),
  threadNames: inners(() => DEVICE_STEP_STATS_THREAD_NAMES_ENTRY, 3),
});
export const STEP_STATS = new Message('StepStats', {
  devStats: inners(() => DEVICE_STEP_STATS, 1),
});
const COST_GRAPH_NODE_INPUT_INFO = new Message('CostGraphDef.Node.InputInfo', {
  precedingNode: one('int32', 1),
  precedingPort: one('int32', 2),
});
const COST_GRAPH_NODE_OUTPUT_INFO = new Message('CostGraphDef.Node.OutputInfo', {
  size: one('int64', 1),
  aliasInputPort: one('int64', 2),
  shape: inner(() => TENSOR_SHAPE, 3),
  dtype: word(DATA_TYPE, 4),
});
const COST_GRAPH_NODE = new Message('CostGraphDef.Node', {
  name: one('string', 1),
  device: one('string', 2),
  id: one('int32', 3),
  inputInfo: inners(() => COST_GRAPH_NODE_INPUT_INFO, 4),
  outputInfo: inners(() => COST_GRAPH_NODE_OUTPUT_INFO, 5),
  temporaryMemorySize: one('int64', 6),
  isFinal: one('bool', 7),
  controlInput: many('int32', 8),
  computeCost: one('int64', 9),
  hostTempMemorySize: one('int64', 10),
  deviceTempMemorySize: one('int64', 11),
  persistentMemorySize: one('int64', 12),
  computeTime: one('int64', 14),
  memoryTime: one('int64', 15),
  devicePersistentMemorySize: one('int64', 16),
  inaccurate: one('bool', 17),
});
const COST_GRAPH_DEF = new Message('CostGraphDef', {
  node: inners(() => COST_GRAPH_NODE, 1),
});
const RUN_METADATA_FUNCTION_GRAPHS = new Message('RunMetadata.FunctionGraphs', {
  partitionGraphs: inners(() => GRAPH_DEF, 1),
  preOptimizationGraph: inner(() => GRAPH_DEF, 2),
  postOptimizationGraph: inner(() => GRAPH_DEF, 3),
});
export const RUN_METADATA = new Message('RunMetadata', {
  stepStats: inner(() => STEP_STATS, 1),
  costGraph: inner(() => COST_GRAPH_DEF, 2),
  partitionGraphs: inners(() => GRAPH_DEF, 3),
  functionGraphs: inners(() => RUN_METADATA_FUNCTION_GRAPHS, 4),
});
