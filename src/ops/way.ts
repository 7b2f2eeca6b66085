/** One way of a Switch: how TensorFlow's `cond` takes a node into it. */
import { applyOp } from '../graph/apply';
import type { Operation, Tensor } from '../graph/graph';

/**
 * Lets a node that is there read what it reads from outside through Switches of its own, as TensorFlow does: they come
 * after it, and a tensor that it reads twice has one. Called in the node's own scope.
 *
 * @param op       the node; what it reads as `inside` was made on the way
 * @param pred     what decides
 * @param way      1 where that is true, 0 where it is false
 * @param inside   tensors that were made on the way
 */
export function takeInto(op: Operation, pred: Tensor, way: 0 | 1, inside: ReadonlySet<Tensor> = new Set()): void {
  const { graph } = op;
  const taken = new Map<Tensor, Tensor>();
  op.inputs.forEach((from, i) => {
    if (inside.has(from)) return;
    const through =
      taken.get(from) ??
      (from.dtype.isRef
        ? applyOp('RefSwitch', [from, pred], {}, 'Switch')
        : graph.colocateWith(from, () => applyOp('Switch', [from, pred]))
      ).outputs[way];
    taken.set(from, through);
    graph.updateInput(op, i, through);
  });
}
