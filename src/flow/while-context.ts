/**
 * A loop while it is built, TensorFlow's WhileContext: what lies outside comes in by an Enter that every iteration
 * reads, what the loop changes goes round.
 */
import { known } from '../base/keys';
import { apply } from '../graph/apply';
import { outputContext } from '../graph/enter-context';
import type { Graph, Operation, Tensor } from '../graph/graph';
import { FlowContext, type LoopGradient, callsByName, flowOf } from './context';
import { type EnterOptions, enterTensor } from './nodes';

/** How a loop runs, and whether it can be differentiated. */
export interface LoopSettings {
  readonly maximumIterations: Tensor | null;
  /** How many iterations may run at once. */
  readonly parallelIterations: number;
  readonly backProp: boolean;
  /** Whether what is kept for gradients may leave the device meanwhile. */
  readonly swapMemory: boolean;
}
/** What tells how large something is without reading it: kept for gradients in the place of what it tells of. */
const SIZES: ReadonlySet<string> = new Set(['Shape', 'Size', 'Rank']);

export function isConstantEnter(op: Operation): boolean {
  return op.def.row.control === 'enter' && op.attr('is_constant', 'bool');
}

export class WhileContext extends FlowContext {
  readonly name: string;
  /** What a node without inputs waits for, in the condition and in the body. */
  pivotForPred: Tensor | null = null;
  pivotForBody: Tensor | null = null;
  /** The condition. */
  private pivot_: Tensor | null = null;
  loopExits: Tensor[] = [];
  loopEnters: Tensor[] = [];
  constructor(
    graph: Graph,
    readonly settings: LoopSettings,
    name: string | { readonly imported: string } = 'while_context',
    private readonly gradient_: LoopGradient | null = null,
  ) {
    super(graph);
    // One of a graph that was imported has its name.
    this.name = typeof name === 'string' ? graph.uniqueName(name) : name.imported;
  }
  override get loop(): WhileContext {
    return this;
  }
  override get gradient(): LoopGradient | null {
    return this.gradient_;
  }
  get controlPivot(): Tensor | null {
    return this.pivotForBody ?? this.pivotForPred;
  }
  get pivot(): Tensor {
    return known(this.pivot_, 'the condition of a loop');
  }
  set pivot(condition: Tensor) {
    this.pivot_ = condition;
  }
  /** How an Enter of this loop is made. */
  enters(isConstant: boolean, keepsShape = true): EnterOptions {
    const { parallelIterations } = this.settings;
    return { frameName: this.name, isConstant, parallelIterations, keepsShape };
  }

  addValue(value: Tensor): Tensor {
    if (this.values.has(value) || value.op.context === this) return this.external.get(value) ?? value;
    this.values.add(value);
    const kept = this.keptValue(value);
    if (kept) {
      this.external.set(value, kept);
      return kept;
    }
    const from = this.outer ? this.outer.addValue(value) : value;
    const entered = this.graph.controlDependencies(null, () => {
      const made = enterTensor(from, this.enters(true));
      this.graph.flow.preventFeeding(made);
      this.outer?.addInnerOp(made.op);
      return made;
    });
    this.takeEnters([entered]);
    this.values.add(entered);
    this.external.set(value, entered);
    return entered;
  }
  /** In a loop of gradients, what was kept of a value of the loop forward. */
  private keptValue(value: Tensor): Tensor | null {
    const gradient = flowOf(this.graph.flow.context)?.loop?.gradient ?? null;
    if (!gradient) return null;
    const forward = outputContext(value.op)?.loop ?? null;
    return forward === gradient.forwardContext ? gradient.realValue(value) : null;
  }

  override addOp(op: Operation): void {
    if (SIZES.has(op.type)) {
      const gradient = flowOf(this.graph.flow.context)?.loop?.gradient ?? null;
      const from = flowOf(op.inputs[0].op.context);
      if (gradient && from && from.loop === gradient.forwardContext) {
        op.context = from;
        from.takeIn(op);
        return;
      }
    }
    this.takeIn(op);
  }
  takeIn(op: Operation): void {
    const outside = op.edges.length === 0 ? this.takeWithoutInputs(op) : this.takeWithInputs(op);
    for (const out of op.outputs) this.values.add(out);
    if (outside.length) this.waitOutside(op, outside);
    if (this.outer || op.def.row.control !== 'exit') {
      this.graph.flow.preventFetching(op);
      for (const out of op.outputs) this.graph.flow.preventFeeding(out);
    }
    this.outer?.addInnerOp(op);
  }
  private takeWithoutInputs(op: Operation): Operation[] {
    const { inside, outside } = this.removeExternalControls(op);
    if (!inside.length && this.controlPivot) op.addControlInput(this.controlPivot.op);
    return outside;
  }
  private takeWithInputs(op: Operation): Operation[] {
    op.edges.forEach((x, i) => {
      if (!x) return;
      const real = this.addValue(x);
      if (real !== x) this.graph.updateInput(op, i, real);
    });
    const { outside } = this.removeExternalControls(op);
    // What reads nothing that changes would run before the loop decides whether there is an iteration.
    if (this.isFree(op) && this.controlPivot) op.addControlInput(this.controlPivot.op);
    return outside;
  }
  private isFree(op: Operation): boolean {
    if (op.controlInputs.length) return false;
    return callsByName(op) || op.inputs.every((x) => isConstantEnter(x.op));
  }
  /** What an operation waits for outside of the loop comes in as a value. */
  private waitOutside(op: Operation, outside: readonly Operation[]): void {
    const gates = this.graph.controlDependencies(null, () =>
      this.within(() => outside.filter((x) => x.outputs.length).map((x) => apply('Identity', [x.outputs[0]]).op)),
    );
    op.setControlInputs([...op.controlInputs, ...gates]);
  }
  /** Puts Enters into this context; they wait for what is open outside of it. */
  takeEnters(enters: readonly Tensor[]): void {
    for (const { op } of enters) {
      const controls = this.graph.flow.controlInputsFor([op.inputs[0]]).filter((x) => this.isAround(x));
      op.context = this;
      op.setControlInputs([...op.controlInputs, ...controls]);
      this.graph.flow.waitsForOpen(op);
    }
  }
  private isAround(op: Operation): boolean {
    const from = outputContext(op);
    const loop = this.outer?.loop ?? null;
    for (let at: FlowContext | null = this.outer; at !== from; at = at.outer)
      if (at === null || at === loop) return false;
    return true;
  }
}
