/** Gates: gradients that are let through together, once all of them are there. */
import { apply, applyOp } from '../graph/apply';
import { type Graph, IndexedSlices, type Operation, Tensor } from '../graph/graph';
import type { Grad } from '../graph/opdef';

/** The same gradients, each readable only when all have been computed: TensorFlow's `tf.tuple`. */
export function gate(graph: Graph, grads: readonly Grad[]): Grad[] {
  return graph.nameScope('tuple', () => {
    const waitFor = [...new Set(grads.flatMap((g) => (g ? [g.op] : [])))].sort((a, b) => a.id - b.id);
    const opened = group(graph, waitFor);
    return grads.map((g) => g && after(graph, opened, g));
  });
}
function group(graph: Graph, ops: readonly Operation[]): Operation {
  return graph.nameScope('group_deps', (scope) => {
    const devices = [...new Set(ops.map((op) => op.device))].sort();
    const all = (some: readonly Operation[], device: string, name: string | null): Operation =>
      graph.controlDependencies(some, () => (device ? graph.device(device, () => applyOp('NoOp', [], {}, name)) : applyOp('NoOp', [], {}, name)));
    if (devices.length === 1) return all(ops, devices[0], scope);
    return all(devices.map((d) => all(ops.filter((op) => op.device === d), d, null)), '', scope);
  });
}
function after(graph: Graph, opened: Operation, g: Tensor | IndexedSlices): Tensor | IndexedSlices {
  return graph.nameScope('control_dependency', (scope) => graph.colocateWith(g.op, () => graph.controlDependencies([opened], () => {
    const pass = (t: Tensor): Tensor => apply(t.dtype.isRef ? 'RefIdentity' : 'Identity', [t], {}, scope);
    return g instanceof Tensor ? pass(g) : new IndexedSlices(pass(g.values), g.indices, g.denseShape);
  })));
}
