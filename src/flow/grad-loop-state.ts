/**
 * The gradients of one loop, TensorFlow's GradLoopState: a loop that goes back as often as the loop forward went round,
 * with what it needs of that kept on stacks.
 */
import { TypeError_ } from '../base/errors';
import { apply, applyOp } from '../graph/apply';
import { constantNode, constantValue } from '../graph/constant';
import { outputContext } from '../graph/enter-context';
import type { Operation, Tensor } from '../graph/graph';
import { ints } from '../ops/words';
import { CondContext } from './cond-context';
import { type FlowContext, type LoopGradient, flowOf, withinContext } from './context';
import { addBackCounter, addForwardCounter } from './counters';
import { type Rows, switchBeside } from './nodes';
import { WhileContext, isConstantEnter } from './while-context';

export class GradLoopState implements LoopGradient {
  /** The counter's way back in the loop forward. */
  readonly forwardIndex: Tensor;
  readonly gradContext: WhileContext;
  /** The counter's way back in the loop of gradients. */
  readonly gradIndex: Tensor;
  /** For a value of the loop forward, what stands for it in the loop of gradients. */
  readonly history = new Map<Tensor, Tensor>();
  /** For a Switch of the loop forward, the Merge of its gradient. */
  readonly merges = new Map<Operation, Rows>();
  /** Exits that nothing of the ys needs, and those whose gradients are not yet known to be there. */
  readonly unusedExits: Tensor[] = [];
  readonly deferredExits: Tensor[] = [];
  readonly forwardExits: readonly Tensor[];
  pendingExits: number;
  private forwardSync_: Operation | null = null;
  private gradSync_: Operation | null = null;

  constructor(
    readonly forwardContext: WhileContext,
    /** The gradients of the loop around it. */
    readonly outer: GradLoopState | null,
  ) {
    this.forwardExits = [...forwardContext.loopExits];
    this.pendingExits = this.forwardExits.length;
    const { graph, settings, name } = forwardContext;
    const around: FlowContext | null = outer ? outer.forwardContext : forwardContext.outer;
    const [count, index] = withinContext(around, () => addForwardCounter(forwardContext, outer?.forwardIndex ?? null));
    this.forwardIndex = index;
    const make = (real: () => Tensor): [WhileContext, Tensor] => {
      const context = new WhileContext(graph, settings, name, this);
      return [context, addBackCounter(context, real(), outer)];
    };
    if (outer) {
      around?.values.add(count);
      const kept = outer.addForwardAccumulator(count);
      [this.gradContext, this.gradIndex] = outer.gradContext.within(() =>
        make(() => outer.addBackpropValue(kept, count)),
      );
    } else {
      [this.gradContext, this.gradIndex] = withinContext(around, () => make(() => count));
    }
  }

  /** What every iteration forward waits for before the next one begins: what is kept in branches. */
  get forwardSync(): Operation {
    if (!this.forwardSync_) {
      this.forwardSync_ = trigger('f_sync', this.forwardContext);
      this.forwardIndex.op.addControlInput(this.forwardSync_);
    }
    return this.forwardSync_;
  }
  /** The same in the loop of gradients: what is taken back. */
  get gradSync(): Operation {
    if (!this.gradSync_) {
      this.gradSync_ = trigger('b_sync', this.gradContext);
      this.gradIndex.op.addControlInput(this.gradSync_);
      this.gradContext.outer?.addInnerOp(this.gradSync_);
    }
    return this.gradSync_;
  }

  /** Keeps a value of each iteration forward on a stack, which it gives. Called outside of the loop of gradients. */
  addForwardAccumulator(value: Tensor, deadBranch = false): Tensor {
    const { graph } = this.forwardContext;
    const current = flowOf(graph.flow.context);
    return graph.controlDependencies(null, () => {
      const stack = withinContext(current, () =>
        graph.colocateWith(value, () =>
          apply('StackV2', [ints(-1)], { elem_type: value.dtype.baseDtype, stack_name: '' }, 'f_acc'),
        ),
      );
      const entered = this.forwardContext.addValue(stack);
      const push = (): Operation =>
        applyOp('StackPushV2', [entered, value], { swap_memory: this.forwardContext.settings.swapMemory });
      const from = flowOf(outputContext(value.op));
      const pushed = this.pushIn(from, push, deadBranch);
      pushed.addControlInput(this.forwardIndex.op.inputs[0].op);
      return stack;
    });
  }
  private pushIn(from: FlowContext | null, push: () => Operation, deadBranch: boolean): Operation {
    if (from === this.forwardContext) {
      const pushed = from.within(push);
      this.forwardIndex.op.addControlInput(pushed);
      return pushed;
    }
    if (!(from instanceof CondContext))
      throw new TypeError_(`value_ctxt is not a CondContext: ${from?.name ?? 'None'}`);
    const pushed = deadBranch ? withinContext(from.outer, push) : from.within(push);
    if (deadBranch) pushed.context = from;
    this.forwardSync.addControlInput(pushed);
    return pushed;
  }
  /** Takes a value back from its stack, where the branch that kept it was taken. Called in the loop of gradients. */
  addBackpropValue(stack: Tensor, value: Tensor, deadBranch = false): Tensor {
    const { graph } = this.forwardContext;
    const branch = this.branchOf(value, flowOf(stack.op.context));
    const popped = graph.controlDependencies(null, () =>
      this.gradContext.within(() => {
        const from = branch ? this.switched(stack, branch, deadBranch) : stack;
        const value_ = apply('StackPopV2', [from], { elem_type: value.dtype.baseDtype });
        value_.setShape(value.shape);
        return value_;
      }),
    );
    if (this.gradContext.settings.parallelIterations > 1) this.gradSync.addControlInput(popped.op);
    return popped;
  }
  private branchOf(value: Tensor, until: FlowContext | null): CondContext | null {
    for (let at = flowOf(value.op.context); at && at !== until; at = at.outer) if (at instanceof CondContext) return at;
    return null;
  }
  private switched(stack: Tensor, branch: CondContext, deadBranch: boolean): Tensor {
    let pred: Tensor | undefined;
    for (let state: GradLoopState | null = this; state && !pred; state = state.outer)
      pred = state.history.get(branch.pred);
    const way = deadBranch ? 1 - branch.branch : branch.branch;
    return switchBeside(stack, pred ?? branch.pred)[way];
  }

  /** What stands for a value of the loop forward: what every iteration reads, a constant, or what was kept. */
  realValue(value: Tensor): Tensor {
    const known = this.history.get(value);
    if (known) return known;
    const real = this.realValueOf(value);
    this.history.set(value, real);
    return real;
  }
  private realValueOf(value: Tensor): Tensor {
    let at = value;
    let state: GradLoopState = this;
    for (let enter = constantEnter(at); enter; enter = constantEnter(at)) {
      [at] = enter.inputs;
      if (!state.outer) return this.gradContext.addValue(at);
      state = state.outer;
    }
    // As TensorFlow: of constants alone, not of what follows from them.
    const constant = at.op.type === 'Const' ? constantValue(at) : null;
    if (constant) return constantNode(constant);
    const stack = this.gradContext.outside(() => state.addForwardAccumulator(at));
    const real = state.addBackpropValue(stack, at);
    return state === this ? real : this.gradContext.addValue(real);
  }
}
function trigger(name: string, context: WhileContext): Operation {
  const made = context.graph.controlDependencies(null, () => applyOp('ControlTrigger', [], {}, name));
  made.context = context;
  return made;
}
const HANDS_ON: ReadonlySet<string> = new Set(['Switch', 'RefSwitch', 'Identity', 'RefIdentity']);
/** The Enter by which a value came that is the same in every iteration. */
function constantEnter(value: Tensor): Operation | null {
  let { op } = value;
  while (HANDS_ON.has(op.type)) op = op.inputs[0].op;
  return isConstantEnter(op) ? op : null;
}
