/** Messages of TensorFlow's profiler: the numbers of their fields, from tensorflow/core/profiler of 1.15. */
import { type Field, inner, inners, many, mapOf, one } from './field';
import { Message, type MessageOf } from './message';
import { TENSOR_SHAPE } from './messages';

/** An entry of a map from places to shapes. */
export const INPUT_SHAPE = new Message('GraphNodeProto.InputShapesEntry', {
  /** The place of the input. */
  key: one('int32', 1),
  /** Its shape. */
  value: inner(() => TENSOR_SHAPE, 2),
});
/** What is counted alike of a node and of many. */
const COUNTS = {
  /** The time that it took, in microseconds. */
  execMicros: one('int64', 2),
  /** Bytes that it asked for. */
  requestedBytes: one('int64', 3),
  /** How many numbers a variable has. */
  parameters: one('int64', 4),
  /** The time of it and of what is below. */
  totalExecMicros: one('int64', 6),
  /** Bytes that it and what is below asked for. */
  totalRequestedBytes: one('int64', 7),
  /** Numbers in variables, of it and of what is below. */
  totalParameters: one('int64', 8),
} as const;
const NODE = {
  /** Its name. */
  name: one('string', 1),
  ...COUNTS,
  /** The devices that it ran on. */
  devices: many('string', 10),
  /** Operations on floats. */
  floatOps: one('int64', 13),
  /** Operations on floats, of it and of what is below. */
  totalFloatOps: one('int64', 14),
  /** The shapes of its inputs by their places. */
  inputShapes: inners(() => INPUT_SHAPE, 16),
  /** The time on graphics cards. */
  acceleratorExecMicros: one('int64', 17),
  /** The time on processors. */
  cpuExecMicros: one('int64', 18),
  /** The time on graphics cards, of it and of what is below. */
  totalAcceleratorExecMicros: one('int64', 19),
  /** The time on processors, of it and of what is below. */
  totalCpuExecMicros: one('int64', 20),
  /** How often it ran. */
  runCount: one('int64', 21),
  /** How often it and what is below ran. */
  totalRunCount: one('int64', 22),
  /** How many nodes are counted. */
  totalDefinitionCount: one('int64', 23),
  /** The most bytes that it had at a time. */
  peakBytes: one('int64', 24),
  /** Bytes that it kept. */
  residualBytes: one('int64', 25),
  /** Bytes that it gave. */
  outputBytes: one('int64', 26),
  /** The most bytes, of it and of what is below. */
  totalPeakBytes: one('int64', 27),
  /** Bytes that it and what is below kept. */
  totalResidualBytes: one('int64', 28),
  /** Bytes that it and what is below gave. */
  totalOutputBytes: one('int64', 29),
} as const;
/** A node of a graph, or a scope, with what is below it. */
export interface GraphNode extends MessageOf<typeof NODE> {
  /** What is below it: nodes of the scope, or inputs. */
  readonly children: readonly GraphNode[];
}
export type GraphNodeFields = typeof NODE & {
  /** What is below it: nodes of the scope, or inputs. */
  readonly children: Field<readonly GraphNode[]>;
};
export const GRAPH_NODE: Message<GraphNodeFields> = new Message<GraphNodeFields>('GraphNodeProto', {
  ...NODE,
  children: inners(() => GRAPH_NODE, 12),
});

const NODES = {
  /** The type, or the line. */
  name: one('string', 1),
  ...COUNTS,
  /** Operations on floats. */
  floatOps: one('int64', 5),
  /** Operations on floats, of these and of what is below. */
  totalFloatOps: one('int64', 9),
  /** The nodes. */
  graphNodes: inners(() => GRAPH_NODE, 10),
  /** The time on graphics cards. */
  acceleratorExecMicros: one('int64', 12),
  /** The time on processors. */
  cpuExecMicros: one('int64', 13),
  /** The time on graphics cards, of these and of what is below. */
  totalAcceleratorExecMicros: one('int64', 14),
  /** The time on processors, of these and of what is below. */
  totalCpuExecMicros: one('int64', 15),
  /** The most bytes that they had at a time. */
  peakBytes: one('int64', 16),
  /** Bytes that they kept. */
  residualBytes: one('int64', 17),
  /** Bytes that they gave. */
  outputBytes: one('int64', 18),
  /** The most bytes, of these and of what is below. */
  totalPeakBytes: one('int64', 19),
  /** Bytes that these and what is below kept. */
  totalResidualBytes: one('int64', 20),
  /** Bytes that these and what is below gave. */
  totalOutputBytes: one('int64', 21),
} as const;
/** Nodes of one type, or of one line of the program, with what is below them. */
export interface MultiGraphNode extends MessageOf<typeof NODES> {
  /** What is below. */
  readonly children: readonly MultiGraphNode[];
}
export type MultiGraphNodeFields = typeof NODES & {
  /** What is below. */
  readonly children: Field<readonly MultiGraphNode[]>;
};
export const MULTI_GRAPH_NODE: Message<MultiGraphNodeFields> = new Message<MultiGraphNodeFields>(
  'MultiGraphNodeProto',
  {
    ...NODES,
    children: inners(() => MULTI_GRAPH_NODE, 11),
  },
);
export const CHECKER = new Message('AdviceProto.Checker', {
  /** What it found. */
  reports: many('string', 2),
});
/** What checkers found, by their names. */
export const ADVICE = new Message('AdviceProto', {
  /** The checkers by their names. */
  checkers: mapOf(() => CHECKER, 1),
});
/** A line of the program, in numbers of texts. */
export const TRACE = new Message('CodeDef.Trace', {
  /** The number of the line. */
  lineno: one('int32', 2),
  /** Where the function begins; -1 where that is not known. */
  funcStartLine: one('int32', 5),
  /** The number of the file's name. */
  fileId: one('int64', 6),
  /** The number of the function's name. */
  functionId: one('int64', 7),
  /** The number of the line's text. */
  lineId: one('int64', 8),
});
export const CODE = new Message('CodeDef', {
  /** Lines of the program, the outermost first. */
  traces: inners(() => TRACE, 1),
});
export const OP_LOG_ENTRY = new Message('OpLogEntry', {
  /** The name of a node. */
  name: one('string', 1),
  /** Operations on floats. */
  floatOps: one('int64', 2),
  /** Words of one's own by which nodes are chosen. */
  types: many('string', 3),
  /** Where it was made. */
  codeDef: inner(() => CODE, 4),
});
export const ID_TO_STRING = new Message('OpLogProto.IdToStringEntry', {
  /** A number. */
  key: one('int64', 1),
  /** The text that it stands for. */
  value: one('string', 2),
});
/** What is known of nodes beside the graph. */
export const OP_LOG = new Message('OpLogProto', {
  /** A node each. */
  logEntries: inners(() => OP_LOG_ENTRY, 1),
  /** Texts by their numbers. */
  idToString: inners(() => ID_TO_STRING, 2),
});
