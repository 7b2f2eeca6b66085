/** A graph as a message, as TensorFlow's `as_graph_def` makes it. */
import { GraphDef } from '../format/graph-def';
import type { Versions } from '../format/graphdef';
import { VERSIONS } from '../format/graphdef';
import type { NodeMessage } from '../format/node-def';
import { NOTHING } from '../format/wire';
import { Attr } from '../format/attr';
import type { Graph, Operation } from './operation';
import { readableOf } from './own';

const versionsOf = (graph: Graph): Versions => readableOf(graph).versions ?? VERSIONS;

/**
 * @param from    without the nodes that were there at this version of the graph
 * @param shapes  with what is known of the shapes of each node's outputs
 */
export function graphMessage(graph: Graph, from = 0, shapes = false): GraphDef {
  return new GraphDef({
    nodes: graph
      .getOperations()
      .slice(from)
      .map((op) => nodeMessage(op, shapes)),
    library: graph.library.toMessage(),
    versions: versionsOf(graph),
    unknown: NOTHING,
  });
}
export function nodeMessage(op: Operation, shapes: boolean): NodeMessage {
  const input = [
    ...op.inputs.map((t) => (t.valueIndex === 0 ? t.op.name : t.name)),
    // TensorFlow writes what a node waits for in the order of names.
    ...op.controlInputs.map((c) => `^${c.name}`).sort(),
  ];
  const known: [string, Attr][] =
    shapes && op.outputs.length
      ? [
          [
            '_output_shapes',
            new Attr(
              'list(shape)',
              op.outputs.map(({ shape }) => shape),
            ),
          ],
        ]
      : [];
  const attrs = [...op.attrsWithKinds(), ...known].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    name: op.name,
    op: op.type,
    input,
    device: op.device,
    attr: Object.fromEntries(attrs),
    unknown: op.unknown ?? NOTHING,
  };
}
/** What can read the two parts can read the whole. */
export function joinVersions(graph: Graph, other: Versions): void {
  const { producer, minConsumer, badConsumers, unknown } = versionsOf(graph);
  readableOf(graph).versions = {
    producer: Math.min(producer, other.producer),
    minConsumer: Math.max(minConsumer, other.minConsumer),
    badConsumers: [...new Set([...badConsumers, ...other.badConsumers])],
    unknown,
  };
}
