/** What a run took as TensorFlow's message, which TensorBoard draws into the graph and Python reads. */
import { type DType, asDtype } from '../base/dtype';
import { bytesGiven } from '../format/given';
import { GraphDef } from '../format/graph-def';
import { GRAPH_DEF } from '../format/graph-messages';
import type { MessageOf } from '../format/message';
import { fromPlain } from '../format/plain';
import { RUN_METADATA, type STEP_STATS } from '../format/run-messages';
import * as text from '../format/text-format';
import { LOCAL_DEVICE } from '../graph/device-spec';
import type { Graph } from '../graph/graph';
import type { DeviceStepStats, NodeExecStats, NodeStats, StepStats } from './step-stats';

/** What ran, as TensorFlow has it; `epoch` is what the process's own clock lacks to microseconds since 1970. */
export function devStatsOf(nodes: readonly NodeStats[], epoch: number): DeviceStepStats[] {
  return [{ device: LOCAL_DEVICE, nodeStats: nodes.map((node) => statsOf(node, epoch + node.startMicros)) }];
}
function statsOf({ nodeName, op, micros, inputs, outputs }: NodeStats, start: number): NodeExecStats {
  const took = Math.max(1, Math.round(micros));
  return {
    nodeName,
    allStartMicros: Math.round(start),
    opStartRelMicros: 0,
    opEndRelMicros: took,
    allEndRelMicros: took,
    timelineLabel: `${nodeName} = ${op}(${inputs.map((name) => name.replace(/:0$/, '')).join(', ')})`,
    scheduledMicros: Math.round(start),
    threadId: 0,
    output: outputs.map(({ dtype, shape }, slot) => ({
      slot,
      tensorDescription: {
        dtype: asDtype(dtype).number,
        shape: { dim: shape.map((size) => ({ size })) },
        allocationDescription: allocationOf(asDtype(dtype), shape),
      },
    })),
  };
}
type Output = NonNullable<NodeExecStats['output'][number]['tensorDescription']>;
/** A text counts as what points at it, as in TensorFlow. */
const TEXT_BYTES = 8;
/** What Python's timelines and profiles take for the size of an output; nothing for an empty one. */
function allocationOf({ size }: DType, shape: readonly number[]): Output['allocationDescription'] {
  const requestedBytes = shape.reduce((product, length) => product * length, size || TEXT_BYTES);
  return requestedBytes ? { requestedBytes, allocatorName: 'cpu' } : null;
}

type Stats = MessageOf<typeof STEP_STATS.fields>;
/** `name = Type(input, input)`. */
const LABEL = /^\S+ = (\w+)\((.*)\)$/;
/**
 * What a message says of a run.
 *
 * @param graph  where nodes have their types, inputs and lines; a label has the first two
 * @returns      null where no node ran
 */
export function stepStatsFrom({ devStats }: Stats, graph: Graph | null, device: string): StepStats | null {
  const nodes = devStats.flatMap(({ nodeStats }) => nodeStats.map((node) => nodeFrom(node, graph)));
  if (!nodes.length) return null;
  const startMicros = Math.min(...nodes.map((node) => node.startMicros));
  const micros = Math.max(...nodes.map((node) => node.startMicros + node.micros)) - startMicros;
  return { device, nodes, startMicros, micros, devStats };
}
function nodeFrom(node: Stats['devStats'][number]['nodeStats'][number], graph: Graph | null): NodeStats {
  const op = graph?.findOperation(node.nodeName);
  const [, type = '', inputs = ''] = LABEL.exec(node.timelineLabel) ?? [];
  return {
    nodeName: node.nodeName,
    op: op?.type ?? type,
    where: 'device',
    startMicros: node.allStartMicros,
    micros: node.allEndRelMicros,
    inputs: op?.inputs.map((t) => t.name) ?? inputs.split(', ').filter(Boolean),
    outputs: node.output.flatMap(({ tensorDescription: it }) =>
      it ? [{ dtype: nameOf(it.dtype), shape: it.shape?.dim.map(({ size }) => size) ?? [] }] : [],
    ),
    line: op?.trace.line ?? null,
    loops: [],
  };
}
/** A dtype that is not known here is its number. */
function nameOf(dtype: number): string {
  try {
    return asDtype(dtype).name;
  } catch {
    return String(dtype);
  }
}

/** A RunMetadata, as far as it is in the message. */
interface Taken {
  stepStats: StepStats | null;
}
type Beside = Partial<MessageOf<typeof RUN_METADATA.fields>>;
/** What a message has beside the times. */
const OTHERS = new WeakMap<Taken, Beside>();
/** Only who asks for them reads them as graphs: a message may hold what no graph has. */
export function graphsIn(metadata: Taken): GraphDef[] {
  const { partitionGraphs = [] } = OTHERS.get(metadata) ?? {};
  return partitionGraphs.map((each) => GraphDef.fromString(GRAPH_DEF.write(each)));
}
/** In the place of all that it has beside the times. */
export function putGraphs(metadata: Taken, graphs: readonly GraphDef[]): void {
  const partitionGraphs = graphs.map((each) => GRAPH_DEF.read(each.serializeToString()));
  OTHERS.set(metadata, { partitionGraphs });
}
/** @param device  the name that its device has there; as it stands where not given */
export function runMetadataBytes(metadata: Taken, device?: string): Uint8Array<ArrayBuffer> {
  const { stepStats } = metadata;
  const devStats = stepStats?.devStats.map((each) => (device === undefined ? each : { ...each, device }));
  const own = stepStats ? fromPlain(RUN_METADATA, { stepStats: { devStats } }) : {};
  return RUN_METADATA.write({ ...OTHERS.get(metadata), ...own });
}
export function runMetadataText(metadata: Taken): string {
  return text.textOf(RUN_METADATA, runMetadataBytes(metadata));
}
/**
 * Fills it with what a message says of a run.
 *
 * @param graph   where nodes have their types, inputs and lines
 * @param device  what ran it; the first device of the message where not given
 */
export function takeRunMetadata(metadata: Taken, bytes: Uint8Array, graph: Graph | null, device?: string): void {
  const { stepStats, ...others } = RUN_METADATA.read(bytes);
  OTHERS.set(metadata, others);
  metadata.stepStats = stepStats && stepStatsFrom(stepStats, graph, device ?? stepStats.devStats[0]?.device ?? '');
}
export function readRunMetadata<M extends Taken>(metadata: M, bytes: Uint8Array | string): M {
  takeRunMetadata(metadata, bytesGiven(bytes, RUN_METADATA.name), null);
  return metadata;
}
export function readRunMetadataText<M extends Taken>(metadata: M, given: string): M {
  return readRunMetadata(metadata, text.bytesOf(RUN_METADATA, given));
}
