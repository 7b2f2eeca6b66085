/** All loops on the way of one call of `gradients`, TensorFlow's ControlFlowState. */
import { float32, resource } from '../base/dtype';
import { append } from '../base/room';
import { apply } from '../graph/apply';
import { constantNode } from '../graph/constant';
import { type Operation, Tensor } from '../graph/graph';
import { repeated } from '../ops/known';
import { after, zeroOf, zeros, zerosLike } from '../ops/words';
import { CondContext } from './cond-context';
import { type FlowContext, flowOf, withinContext } from './context';
import { GradLoopState } from './grad-loop-state';
import { nextIteration, switchBeside, switchTensor } from './nodes';
import { WhileContext } from './while-context';

const isSwitch = (op: Operation): boolean => op.def.row.control === 'switch';
export const isExit = (op: Operation): boolean => op.def.row.control === 'exit';
function loopOf(op: Operation): WhileContext | null {
  const { loop } = flowOf(op.context) ?? {};
  return loop instanceof WhileContext ? loop : null;
}
/** Whether a Switch leads out of a loop or on, and not into a branch. */
export function isLoopSwitch(op: Operation): boolean {
  if (!isSwitch(op) || !(op.context instanceof WhileContext)) return false;
  const intoBranch = (reader: Operation): boolean => {
    const context = flowOf(reader.context);
    return (reader.def.row.control === 'enter' ? context?.outer : context) instanceof CondContext;
  };
  return !op.outputs.every((t) => t.consumers().every(intoBranch));
}

export class LoopStates {
  private readonly states = new Map<FlowContext, GradLoopState>();

  /** The state of the loop that an Exit leads out of, made when it is first met; with it all exits are in between. */
  add(exit: Operation, between: Set<Operation>): void {
    const forward = loopOf(exit);
    if (!forward || this.states.has(forward)) return;
    const around = forward.outer?.loop;
    const state = new GradLoopState(forward, (around && this.states.get(around)) ?? null);
    this.states.set(forward, state);
    for (const { op } of state.forwardExits) between.add(op);
  }
  /** The state of the loop that an operation is in; before its gradients are taken, an Exit is outside of its loop. */
  of(op: Operation, before: boolean): GradLoopState | null {
    const context = flowOf(op.context);
    const forward = before && isExit(op) ? context?.outer?.loop : context?.loop;
    return (forward && this.states.get(forward)) ?? null;
  }
  /** Runs `body` in the loop of gradients that belongs to an operation. */
  within<R>(op: Operation, before: boolean, body: () => R): R {
    return withinContext(this.of(op, before)?.gradContext ?? null, body);
  }

  /** The exits that the ys do not need, of loops whose other exits are all known. */
  unusedExits(pending: Map<Operation, number>, toOps: ReadonlySet<Operation>): Tensor[] {
    const found: Tensor[] = [];
    for (const state of this.states.values()) {
      for (const exit of state.forwardExits) {
        if (pending.get(exit.op)) continue;
        state.pendingExits--;
        if (!toOps.has(exit.op)) state.unusedExits.push(exit);
        if (state.pendingExits === 0) append(found, state.unusedExits);
      }
      for (const enter of state.forwardContext.loopEnters) if (!pending.get(enter.op)) pending.set(enter.op, 1);
    }
    return found;
  }
  /** Zeros for an Exit whose variable matters, though its result does not. */
  zerosForExit(value: Tensor): Tensor {
    const forward = flowOf(value.op.context);
    const around = forward?.outer?.loop;
    const state = (around && this.states.get(around)) ?? null;
    const known = value.shape.fullDims;
    if (!state) return known ? zeros(known, value.dtype) : zerosLike(value, value.dtype, 'zeros_like', false);
    if (known) return state.gradContext.within(() => zeros(known, value.dtype));
    const shape = withinContext(forward?.outer ?? null, () => apply('Shape', [value]));
    const kept = state.addForwardAccumulator(shape);
    return state.gradContext.within(() => zeros(state.addBackpropValue(kept, shape), value.dtype));
  }
  /** Zeros for an output that has no gradient; called in the loop of gradients. */
  zerosLike(op: Operation, index: number): Tensor | null {
    if (isLoopSwitch(op)) return null;
    const forward = loopOf(op);
    const state = (forward && this.states.get(forward)) ?? null;
    if (!state) return zerosOutsideLoop(op, index);
    const value = op.outputs[index];
    const branch = isSwitch(op) && op.context instanceof CondContext ? op.context : null;
    const known = value.shape.fullDims;
    if (known) {
      const made = constantNode(repeated(zeroOf(value.dtype), known));
      const pred = branch && state.history.get(branch.pred);
      return branch && pred ? switchBeside(made, pred)[1 - branch.branch] : made;
    }
    const shape = branch ? shapeOfOther(op, branch) : withinContext(flowOf(op.context), () => apply('Shape', [value]));
    const kept = state.gradContext.outside(() => state.addForwardAccumulator(shape, branch !== null));
    return zeros(state.addBackpropValue(kept, shape, branch !== null), value.dtype);
  }
  /** A variable of which the gradient does not go round gets zeros after the first step back. */
  close(): void {
    for (const state of this.states.values())
      for (const merge of state.merges.values()) {
        // Of rows only the values get zeros, in TensorFlow as here: without their indices they are missing then.
        const { op } = merge instanceof Tensor ? merge : merge.values;
        const [first, second] = op.inputs;
        if (first === second) op.graph.updateInput(op, 1, this.zerosBack(state, first));
      }
  }
  private zerosBack({ gradContext }: GradLoopState, first: Tensor): Tensor {
    const known = first.shape.fullDims;
    if (known) return gradContext.within(() => nextIteration(constantNode(repeated(zeroOf(first.dtype), known))));
    // As TensorFlow: of float32.
    const made = withinContext(gradContext.outer, () => zeros(apply('Shape', [first.op.inputs[0]]), float32));
    return gradContext.within(() => nextIteration(made));
  }
}
/** The shape of what goes the way of a branch's Switch that was not taken, kept in the loop around. */
function shapeOfOther(op: Operation, branch: CondContext): Tensor {
  const [value, shape] = withinContext(branch.outer, () => {
    const other = switchBeside(op.inputs[0], branch.pred)[1 - branch.branch];
    return [other, apply('Shape', [other])];
  });
  value.op.context = branch;
  shape.op.context = branch;
  return shape;
}

/** Zeros for an output that has no gradient; of a branch's Switch they are there where the other way was taken. */
export function zerosOutsideLoop(op: Operation, index: number): Tensor {
  const value = op.outputs[index];
  const handle = value.dtype.baseDtype === resource;
  const branch = isSwitch(op) && op.context instanceof CondContext ? op.context : null;
  if (!branch)
    return handle
      ? zeros(apply('VariableShape', [value]), float32)
      : zerosLike(value, value.dtype, 'zeros_like', false);
  const other = switchTensor(op.inputs[0], branch.pred)[1 - branch.branch];
  const pivot = apply('Identity', [other]);
  if (handle) return after(pivot, () => zeros(apply('VariableShape', [other]), float32));
  const shape = apply('Shape', [other]);
  return after(pivot, () => zeros(shape, value.dtype));
}
