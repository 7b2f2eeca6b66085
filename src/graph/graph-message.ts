/** A graph as a message, as TensorFlow's `as_graph_def` makes it. */
import type { GraphMessage, Versions } from '../format/graphdef';
import { VERSIONS } from '../format/graphdef';
import type { NodeMessage } from '../format/node-def';
import { NOTHING } from '../format/wire';
import type { Graph, Operation } from './operation';
import { Key } from './own';

/** Which programs can read a graph: what was imported says that too. */
interface Readable {
  versions: Versions;
}
const READABLE = new Key<Readable>('versions');
export function versionsOf(graph: Graph): Readable {
  return graph.own(READABLE, () => ({ versions: VERSIONS }));
}

export function graphMessage(graph: Graph): GraphMessage {
  return {
    nodes: graph.getOperations().map(nodeMessage),
    library: graph.library.toMessage(),
    versions: versionsOf(graph).versions,
    unknown: NOTHING,
  };
}
function nodeMessage(op: Operation): NodeMessage {
  const input = [
    ...op.inputs.map((t) => (t.valueIndex === 0 ? t.op.name : t.name)),
    ...op.controlInputs.map((c) => `^${c.name}`),
  ];
  const attrs = [...op.attrsWithKinds()].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    name: op.name,
    op: op.type,
    input,
    device: op.device,
    attr: Object.fromEntries(attrs),
    unknown: op.unknown ?? NOTHING,
  };
}
