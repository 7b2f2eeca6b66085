/** The graphs of a program as plain data, kept as they grow: a loop that builds nodes is seen node by node. */
import { planFetches } from '../../../src/session/fetch';
import type { Graph } from '../../../src/graph/graph';
import { GraphKeys } from '../../../src/graph/keys';
import type * as tf from '../../../src';
import { GraphView } from '../graph';
import { nodeRecord } from '../notes';
import type { Edge, NodeRecord, Spread, VariableRecord } from '../record';

type Writes = ReturnType<GraphView['writes']>;
interface GraphNotes {
  readonly nodes: NodeRecord[];
  /** What runs of these fetches write. */
  readonly writes: Map<string, Writes>;
}

export class GraphRecorder {
  private readonly graphs = new Map<Graph, GraphNotes>();

  private notesOf(graph: Graph): GraphNotes {
    let notes = this.graphs.get(graph);
    if (!notes) this.graphs.set(graph, (notes = { nodes: [], writes: new Map() }));
    return notes;
  }
  private upToDate(graph: Graph): readonly NodeRecord[] {
    const { nodes } = this.notesOf(graph);
    const ops = graph.getOperations();
    for (let i = nodes.length; i < ops.length; i++) nodes.push(nodeRecord(ops[i]));
    return nodes;
  }

  /** @param key  names the fetches: the answer is kept */
  trains(key: string, graph: Graph, ids: readonly number[]): boolean {
    return this.writes(key, graph, ids).learns.size > 0;
  }
  /** Whether trainable variables get values that were not learned. */
  sets(key: string, graph: Graph, ids: readonly number[]): boolean {
    const { sets } = this.writes(key, graph, ids);
    const trainable = graph.getCollection<tf.Variable>(GraphKeys.TRAINABLE_VARIABLES);
    return sets.size > 0 && trainable.some((v) => sets.has(v.op.id));
  }
  private writes(key: string, graph: Graph, ids: readonly number[]): Writes {
    const { writes } = this.notesOf(graph);
    let known = writes.get(key);
    if (!known) writes.set(key, (known = new GraphView({ nodes: this.upToDate(graph) }).writes(ids)));
    return known;
  }

  /** With what was added to a node later: control edges, and what it is the gradient of. */
  nodesOf(graph: Graph): NodeRecord[] {
    const ops = graph.getOperations();
    return this.upToDate(graph).map((node, i) => ({
      ...node,
      controls: ops[i].controlInputs.map((c) => c.id),
      gradientOf: ops[i].originalOp?.id ?? null,
    }));
  }
}

/** @param initial  what the initializers gave, by the variable's node */
export function variablesOf(graph: Graph, initial: ReadonlyMap<unknown, Spread>): VariableRecord[] {
  const trainable = new Set(graph.getCollection<tf.Variable>(GraphKeys.TRAINABLE_VARIABLES).map((v) => v.op));
  return graph.getCollection<tf.Variable>(GraphKeys.GLOBAL_VARIABLES).map((v) => ({
    node: v.op.id,
    trainable: trainable.has(v.op),
    shape: v.shape.dims ?? null,
    initial: initial.get(v.op) ?? null,
  }));
}
/** What a run fetches: tensors, and nodes that give nothing. */
export function edgesOf(fetches: unknown, graph: Graph): { edges: Edge[]; targets: number[] } {
  try {
    const plan = planFetches(fetches, graph);
    return { edges: plan.tensors.map((t): Edge => [t.op.id, t.valueIndex]), targets: plan.targets.map((op) => op.id) };
  } catch {
    // The run itself says what is wrong with them.
    return { edges: [], targets: [] };
  }
}
