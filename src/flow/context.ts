/**
 * What branches and loops have in common while they are built, TensorFlow's ControlFlowContext. A context knows the
 * tensors that may be read inside, and for each that lies outside the one to read in its place: an output of a Switch
 * in a branch, of an Enter in a loop.
 */
import { liesIn, outputContext } from '../graph/enter-context';
import { depthWithin } from '../graph/nesting';
import type { ControlContext, Graph, Operation, Tensor } from '../graph/operation';

/** The gradients of a loop that is being differentiated, as its contexts see them. */
export interface LoopGradient {
  /** The loop that is differentiated. */
  readonly forwardContext: FlowContext;
  /** The gradients of the loop around it. */
  readonly outer: LoopGradient | null;
  /** What every iteration of gradients waits for before the next one begins. */
  readonly gradSync: Operation;
  /** What stands for a value of the forward loop in the loop of gradients: what was kept of it. */
  realValue(value: Tensor): Tensor;
  /** Keeps a value of each iteration forward on a stack, which it gives. */
  addForwardAccumulator(value: Tensor, deadBranch?: boolean): Tensor;
  /** Takes a value back from its stack. */
  addBackpropValue(stack: Tensor, value: Tensor, deadBranch?: boolean): Tensor;
}

export abstract class FlowContext implements ControlContext {
  abstract readonly name: string;
  /** The context around it. */
  readonly outer: FlowContext | null;
  readonly depth: number;
  /** Those inside, in order. */
  readonly nested: FlowContext[] = [];
  /** The tensors that are known inside. */
  readonly values = new Set<Tensor>();
  /** What to read for a tensor that lies outside. */
  readonly external = new Map<Tensor, Tensor>();
  /** The contexts that were open when this one was entered. */
  private readonly before: (ControlContext | null)[] = [];

  constructor(readonly graph: Graph) {
    this.outer = flowOf(graph.flow.context);
    this.depth = depthWithin(graph);
    this.outer?.nested.push(this);
  }
  get loop(): FlowContext | null {
    return this.outer?.loop ?? null;
  }
  get forward(): FlowContext | null {
    return this.gradient?.forwardContext ?? null;
  }
  /** The gradients that it is a part of. */
  get gradient(): LoopGradient | null {
    return this.loop === this ? null : (this.loop?.gradient ?? null);
  }
  /** What a node waits for that has no inputs. */
  abstract readonly controlPivot: Tensor | null;
  /** The tensor to read inside for another one. */
  abstract addValue(value: Tensor): Tensor;
  addOp(op: Operation): void {
    this.takeIn(op);
  }
  /** Takes in an operation, wherever it was made. */
  abstract takeIn(op: Operation): void;

  /** Runs `body`; what is made in it comes into this context. */
  within<R>(body: () => R): R {
    this.before.push(this.graph.flow.context);
    this.graph.flow.context = this;
    try {
      return body();
    } finally {
      this.graph.flow.context = this.before.pop() ?? null;
    }
  }
  /** Inside of `within`: runs `body` as if this context had not been entered. */
  outside<R>(body: () => R): R {
    const before = this.before.pop() ?? null;
    this.graph.flow.context = before;
    try {
      return body();
    } finally {
      this.before.push(before);
      this.graph.flow.context = this;
    }
  }
  /** Makes results known to the context around it. */
  exitResult(results: readonly Tensor[]): void {
    for (const each of results) this.outer?.values.add(each);
  }
  /** Tells the contexts around it of an operation inside. */
  addInnerOp(op: Operation): void {
    this.outer?.addInnerOp(op);
  }
  /** Takes off what an operation waits for outside of the loop, and gives it back. */
  protected removeExternalControls(op: Operation): { inside: Operation[]; outside: Operation[] } {
    const { loop } = this;
    const isInside = (x: Operation): boolean => loop === null || (outputContext(x)?.loop ?? null) === loop;
    const inside = op.controlInputs.filter(isInside);
    const outside = op.controlInputs.filter((x) => !isInside(x));
    if (outside.length) op.setControlInputs(inside);
    return { inside, outside: [...new Set(outside)] };
  }
  /** Says that tensors are known here, and in all contexts around. */
  protected seen(tensors: readonly Tensor[]): void {
    for (let at: FlowContext | null = this; at; at = at.outer) for (const each of tensors) at.values.add(each);
  }
  protected reads(op: Operation): boolean {
    return liesIn(op.context, this);
  }
}

/** A context of the graph as one of these. */
export function flowOf(context: ControlContext | null): FlowContext | null {
  return context instanceof FlowContext ? context : null;
}
/** Whether a node calls a function by its name: it waits for its branch or loop even where it has inputs. */
export function callsByName(op: Operation): boolean {
  const { calls } = op.def.row;
  return calls === 'function' || calls === 'gradient';
}
/** Runs `body` in a context, or as it is where there is none. */
export function withinContext<R>(context: FlowContext | null, body: () => R): R {
  return context ? context.within(body) : body();
}
