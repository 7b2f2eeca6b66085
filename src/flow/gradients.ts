/** Gradients of the nodes of branches and loops that were built here, after TensorFlow's control_flow_grad. */
import { resource } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { outputContext } from '../graph/enter-context';
import { type NodeGradFn, registerControlGradient } from '../graph/gradient-registry';
import { convertToTensor } from '../graph/constant';
import { IndexedSlices, type Operation, Tensor } from '../graph/graph';
import type { Grad } from '../graph/opdef';
import { CondContext } from './cond-context';
import { flowOf } from './context';
import { accumulate, accumulateRows } from './counters';
import { GradLoopState } from './grad-loop-state';
import { type Rows, eachTensor, enterTensor, exitTensor, mergeRows, rowsOf, switchBeside, tensorsIn } from './nodes';
import { assertSame } from './structure';
import { backEdge } from './while-loop';
import { WhileContext } from './while-context';

/** The loop of gradients that is being built, with its state. */
function gradLoop(op: Operation): { context: WhileContext; state: GradLoopState } | null {
  const context = flowOf(op.graph.flow.context)?.loop;
  const state = context?.gradient;
  return context instanceof WhileContext && state instanceof GradLoopState ? { context, state } : null;
}

/** Met twice in a loop: from its exit, and on the way back from its body. */
function loopSwitch(op: Operation, [out, on]: readonly Grad[]): Grad[] {
  const loop = gradLoop(op);
  const merge = loop?.state.merges.get(op);
  if (merge) {
    if (on) backOf(merge, on);
    return [null, null];
  }
  if (!loop || !out) return [null, null];
  const merged = mergeRows([out, out], 'b_switch');
  loop.state.merges.set(op, merged);
  return [merged, null];
}
/** What came in as rows goes round as rows, and what came in as a tensor as one. */
function backOf(merge: Rows, on: Rows): void {
  if (merge instanceof Tensor) return backEdge(merge, convertToTensor(on), false);
  const rows = rowsOf(on);
  assertSame(merge, rows);
  const parts = tensorsIn(rows);
  tensorsIn(merge).forEach((part, i) => backEdge(part, parts[i], false));
}
function condSwitch(op: Operation, branch: CondContext, grads: readonly Grad[]): Grad[] {
  const [no, yes] = grads;
  if (grads[1 - branch.branch]) return [no && yes && mergeRows([no, yes], 'cond_grad'), null];
  const taken = grads[branch.branch];
  if (op.inputs[0].dtype.baseDtype !== resource || !taken) return [null, null];
  return [mergeRows([taken, taken], 'cond_resource_grad'), null];
}
function condMerge(op: Operation, branch: CondContext, grad: Rows): Grad[] {
  const state = gradLoop(op)?.state;
  let { pred } = branch;
  if (state) {
    // The way back needs the predicate of every iteration.
    let real = state.history.get(pred);
    if (!real) {
      const kept = state.gradContext.outside(() => state.addForwardAccumulator(pred));
      real = state.addBackpropValue(kept, pred);
      state.history.set(pred, real);
    }
    pred = real;
  }
  return [...switchBeside(grad, pred, 'cond_grad')];
}
function exit(op: Operation, grad: Rows): Grad {
  const loop = gradLoop(op);
  if (!loop) return grad;
  const { context } = loop;
  if (!context.settings.backProp) return null;
  if (flowOf(op.context)?.gradient)
    throw new TypeError_(
      'Second-order gradient for while loops not supported.' +
        '\n  fix: a loop whose number of steps is known can be written out: for (…) in the program; or cut the first ' +
        'gradient off, tf.stopGradient(dx).',
    );
  eachTensor(grad, (x) => {
    context.values.add(x);
    return x;
  });
  return context.within(() => {
    const name = grad instanceof Tensor ? 'b_exit' : undefined;
    const entered = eachTensor(grad, (x) => enterTensor(x, context.enters(false), name));
    eachTensor(entered, (x) => {
      context.loopEnters.push(x);
      return x;
    });
    return entered;
  });
}
function enter(op: Operation, grad: Rows): Grad {
  const loop = gradLoop(op);
  if (!loop || !loop.context.settings.backProp) return grad;
  const { context } = loop;
  if (op.attr('is_constant', 'bool'))
    return grad instanceof IndexedSlices ? accumulateRows(context, op, grad) : accumulate(context, op, grad);
  const result = eachTensor(grad, (x) => exitTensor(x));
  eachTensor(result, (x) => {
    context.loopExits.push(x);
    return x;
  });
  eachTensor(result, (x) => {
    context.exitResult([x]);
    return x;
  });
  return result;
}

registerControlGradient((op): NodeGradFn | null => {
  const { control } = op.def.row;
  if (control === 'switch') {
    const { context } = op;
    if (context instanceof WhileContext) return loopSwitch;
    return context instanceof CondContext ? (_, grads) => condSwitch(op, context, grads) : null;
  }
  if (control === 'merge') {
    const from = outputContext(op.inputs[0].op);
    if (from instanceof WhileContext) return (_, [grad]) => [...switchBeside(grad, gradLoop(op)!.context.pivot)];
    return from instanceof CondContext ? (_, [grad]) => condMerge(op, from, grad) : null;
  }
  if (control === 'exit' && op.context) return (_, [grad]) => exit(op, grad);
  return control === 'enter' && op.context ? (_, [grad]) => enter(op, grad) : null;
});
