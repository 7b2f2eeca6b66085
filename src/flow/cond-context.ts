/** A branch of `cond` while it is built, TensorFlow's CondContext: what lies outside comes in through Switches. */
import { withDependencies } from '../ops/control';
import { toTensor } from '../graph/constant';
import { Operation, type Tensor } from '../graph/graph';
import { FlowContext, callsByName } from './context';
import { switchBeside } from './nodes';
import { flowIn, mapStructure } from './structure';

export class CondContext extends FlowContext {
  readonly name: string;
  /**
   * @param pred    what decides
   * @param pivot   what all in the branch without inputs waits for
   * @param branch  1 where the predicate is true, 0 where it is false
   */
  constructor(
    readonly pred: Tensor,
    readonly pivot: Tensor,
    readonly branch: 0 | 1,
    name?: string,
  ) {
    super(pred.graph);
    this.name = name ?? this.graph.uniqueName('cond_text');
    this.values.add(pred);
    this.external.set(pred, pred);
    this.values.add(pivot);
    pivot.op.context = this;
  }

  addValue(value: Tensor): Tensor {
    if (this.values.has(value)) return this.external.get(value) ?? value;
    this.values.add(value);
    const from = this.fromOuter(value);
    const result = this.graph.controlDependencies(null, () => {
      const out = switchBeside(from, this.pred)[this.branch];
      this.outer?.addInnerOp(out.op);
      return out;
    });
    this.graph.flow.preventFetching(result.op);
    result.op.context = this;
    this.seen([result]);
    this.external.set(value, result);
    return result;
  }
  private fromOuter(value: Tensor): Tensor {
    if (!this.outer) return value;
    const from = this.outer.addValue(value);
    this.values.add(from);
    this.external.set(from, from);
    return from;
  }

  get controlPivot(): Tensor {
    return this.pivot;
  }
  takeIn(op: Operation): void {
    if (op.edges.length === 0) {
      this.removeExternalControls(op);
      if (!op.controlInputs.some((x) => this.reads(x))) op.addControlInput(this.pivot.op);
    } else {
      op.edges.forEach((x, i) => {
        // The way back of a loop that is imported: it is taken in later.
        if (!x || (op.def.row.control === 'merge' && x.op.def.row.control === 'nextIteration')) return;
        const real = this.addValue(x);
        if (real !== x) this.graph.updateInput(op, i, real);
      });
      this.removeExternalControls(op);
      if (callsByName(op)) op.addControlInput(this.pivot.op);
    }
    this.seen(op.outputs);
    if (this.outer || op.def.row.control !== 'exit') this.graph.flow.preventFetching(op);
    this.outer?.addInnerOp(op);
  }

  /** A structure of what a branch returned as tensors on the way. */
  resultsOf(structure: unknown): unknown {
    return mapStructure(structure, (leaf) =>
      leaf instanceof Operation ? withDependencies([leaf], this.pivot) : this.output(toTensor(flowIn(leaf))),
    );
  }
  private output(value: Tensor): Tensor {
    if (this.values.has(value)) return this.external.get(value) ?? value;
    // What the branch returns as it came in.
    this.values.add(value);
    const result = switchBeside(this.fromOuter(value), this.pred)[this.branch];
    this.external.set(value, result);
    return result;
  }
}
