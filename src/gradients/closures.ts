/** Edges between a function that is built and what lies around it: gradients go along them. */
import type { Graph, Operation, Tensor } from '../graph/graph';

export class Closures {
  private readonly bodies: NonNullable<Graph['capturing']>[] = [];
  /**
   * @param graph  the one that the ys are in
   * @param xs     where gradients end: what they stand for is not looked at
   */
  constructor(
    graph: Graph | undefined,
    private readonly xs: ReadonlySet<Tensor>,
  ) {
    for (let at = graph?.capturing; at; at = at.outer.capturing) this.bodies.push(at);
  }
  /** What an operation reads, outside of the function where it comes from there. */
  inputsOf(op: Operation): readonly Tensor[] {
    return op.graph.capturing ? op.inputs.map((t) => this.outside(t)) : op.inputs;
  }
  private outside(tensor: Tensor): Tensor {
    let at = tensor;
    while (!this.xs.has(at)) {
      const from = at.graph.capturing?.origin(at);
      if (!from) break;
      at = from;
    }
    return at;
  }
  /** The operations that read a tensor, in functions too. */
  consumersOf(tensor: Tensor): readonly Operation[] {
    if (!this.bodies.length) return tensor.consumers();
    return [
      ...tensor.consumers(),
      ...this.bodies.flatMap((body) => {
        const inner = body.inner(tensor);
        return inner && inner !== tensor ? this.consumersOf(inner) : [];
      }),
    ];
  }
}
