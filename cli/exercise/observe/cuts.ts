/** What cuts the way from the cost to a parameter. */
import type { Graph } from '../../../src/graph/graph';
import { whyNoGradient } from '../../../src/gradients/why';
import { GraphView } from '../graph';
import type { Edge, ProgramRecord } from '../record';

/** Why no gradient reaches a variable, where nothing applies one. */
export function cutsOf(graph: Graph, record: ProgramRecord, cost: Edge | null): Record<number, string> {
  if (!cost) return {};
  const ops = graph.getOperations();
  const view = new GraphView(record);
  const moved = new Set(view.all((n) => /Apply/.test(n.op)).map((id) => view.written(id)));
  return Object.fromEntries(
    record.variables
      .filter((v) => v.trainable && !moved.has(v.node))
      .map(({ node }) => [node, whyNoGradient(ops[cost[0]].outputs[cost[1]], ops[node].outputs[0])]),
  );
}
