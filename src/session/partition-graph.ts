/** The part of a graph that a run needs, as TensorFlow has it: feeds come in by nodes of their own, fetches go out. */
import { Attr } from '../format/attr';
import { GraphDef } from '../format/graph-def';
import type { NodeMessage } from '../format/node-def';
import { NOTHING } from '../format/wire';
import { LOCAL_DEVICE } from '../graph/device-spec';
import type { Graph, Operation, Tensor } from '../graph/graph';
import { graphMessage, nodeMessage } from '../graph/graph-message';
import { copyNeeded } from '../plan/copy';
import type { Signature } from '../plan/request';

/** Where a run is, and what its values pass there. */
export interface Border {
  /** The name of its device. */
  readonly device: string;
  /** @param index  which of the feeds it is, in the order of their names */
  receive(t: Tensor, index: number): Passage;
  /** @param index  which of the fetches it is, in the order of their names */
  send(t: Tensor, index: number): Passage;
}
/** A node by which a value comes in or goes out. */
export interface Passage {
  readonly name: string;
  readonly op: string;
  readonly attr: Readonly<Record<string, Attr>>;
}
/** A session of this process: feeds are arguments, and fetches results. */
const IN_PROCESS: Border = {
  device: LOCAL_DEVICE,
  receive: (t, index) => atPlace('_Arg', t, index),
  send: (t, index) => atPlace('_Retval', t, index),
};
function atPlace(op: '_Arg' | '_Retval', { op: { name }, valueIndex, dtype }: Tensor, index: number): Passage {
  return {
    name: `${op.toLowerCase()}_${name}_${valueIndex}_${index}`,
    op,
    attr: { T: new Attr('type', dtype.baseDtype), index: new Attr('int', BigInt(index)) },
  };
}

/** One graph, all of whose nodes are on the device; none where nothing runs. */
export function partitionGraphs(graph: Graph, asked: Signature, border: Border = IN_PROCESS): GraphDef[] {
  const { targets } = asked;
  const feeds = byName(asked.feeds);
  // What is both is here already.
  const fetches = byName(asked.fetches).filter((t) => !feeds.includes(t));
  const needed = copyNeeded([...fetches.map(({ op }) => op), ...targets], feeds).nodes.map(({ op }) => op);
  if (!needed.length) return [];
  const entries = new Map(feeds.map((t, i) => [t, border.receive(t, i)]));
  const received = new Set<Passage>();
  const inputOf = (t: Tensor): string => {
    const entry = entries.get(t);
    if (!entry) return endOf(t);
    received.add(entry);
    return entry.name;
  };
  const isNeeded = new Set(needed);
  // Only a placeholder that is fed is waited for and does not run.
  const controlOf = (op: Operation): string => `^${isNeeded.has(op) ? op.name : inputOf(op.outputs[0])}`;
  const run = needed.map((op): NodeMessage => {
    const input = [...op.inputs.map(inputOf), ...op.controlInputs.map(controlOf).sort()];
    return { ...nodeMessage(op, false), input, device: border.device };
  });
  const at = (passage: Passage, input: readonly string[]): NodeMessage => ({
    ...passage,
    input,
    device: border.device,
    unknown: NOTHING,
  });
  const out = fetches.map((t, i) => at(border.send(t, i), [inputOf(t)]));
  const nodes = [...[...received].map((entry) => at(entry, [])), ...run, ...out];
  return [new GraphDef({ ...graphMessage(graph, graph.size), nodes })];
}
/** Each once. */
function byName(tensors: readonly Tensor[]): Tensor[] {
  return [...new Set(tensors)].sort((a, b) => (a.name < b.name ? -1 : 1));
}
function endOf(t: Tensor): string {
  return t.valueIndex === 0 ? t.op.name : t.name;
}
