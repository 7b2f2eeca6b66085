/** Ops that order and choose: doing nothing, taking one of two ways, joining them again. */
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { type IndexedSlices, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import type { GradContext, Grad, OpRow, Rows } from '../graph/opdef';
import type { ControlRole } from '../graph/definition';
import { inputShapes, noOutputs, withRank } from '../graph/shape-fn';
import type { NameOption } from './options';
import { onValues } from './words';

// The value goes out on one side; what depends on the other side is not run.
const SWITCH: OpRow = {
  effect: 'reads',
  control: 'switch',
  shape(c) {
    withRank(c, 1, 0);
    return [c.shape(0), c.shape(0)];
  },
  grad: switchGrad,
  handle: (c) => c.handle(0),
};
// Runs when one of its inputs is there.
const MERGE: OpRow = {
  effect: 'reads',
  control: 'merge',
  shape: (c) => [commonShape(inputShapes(c)), []],
  grad: mergeGrad,
  handle: (c) => c.handle(0),
};
/** The gradient of the way that was taken. */
function switchGrad({ inputs: [, pred] }: GradContext, [no, yes]: Tensor[]): Grad[] {
  const ways = [applyOp('Switch', [no, pred]).outputs[0], applyOp('Switch', [yes, pred]).outputs[1]];
  return [apply('Merge', [ways]), null];
}
/** To each input what it is the gradient of where that input came through. */
function mergeGrad({ inputs, outputs: [, index] }: GradContext, [dy]: Tensor[]): Grad[] {
  const came = inputs.map((_, i) => apply('Equal', [index, i]));
  return came.map((pred) =>
    getDefaultGraph().colocateWith(dy.op, () => applyOp('Switch', [dy, pred]).outputs[1], true),
  );
}
/** What all the shapes have in common. */
function commonShape(shapes: readonly TensorShape[]): TensorShape {
  const [{ dims }, ...rest] = shapes;
  if (!dims || rest.some((s) => s.rank !== dims.length)) return TensorShape.unknown();
  return new TensorShape(dims.map((d, i) => (rest.every((s) => s.dims?.[i] === d) ? d : null)));
}

// A value comes into a loop. Its shape may change there, unless it is the same in every iteration.
const ENTER: OpRow = {
  effect: 'reads',
  control: 'enter',
  shape: (c) => [c.attr('is_constant') ? c.shape(0) : null],
  grad: (_, [dy]) => dy,
  handle: (c) => c.handle(0),
};
const unchangedIn = (control: ControlRole, grad?: OpRow['grad']): OpRow => ({
  effect: 'reads',
  control,
  shape: (c) => [c.shape(0)],
  handle: (c) => c.handle(0),
  ...(grad && { grad }),
});

export const CONTROL = {
  NoOp: { shape: noOutputs },
  Switch: SWITCH,
  RefSwitch: SWITCH,
  Merge: MERGE,
  RefMerge: MERGE,
  Enter: ENTER,
  RefEnter: { ...ENTER, shape: (c) => [c.shape(0)] },
  Exit: unchangedIn('exit'),
  RefExit: unchangedIn('exit'),
  NextIteration: unchangedIn('nextIteration', (_, [dy]) => dy),
  RefNextIteration: unchangedIn('nextIteration', (_, [dy]) => dy),
  ControlTrigger: { effect: 'reads', control: 'trigger', shape: noOutputs },
  LoopCond: { effect: 'reads', control: 'loopCond', shape: (c) => [withRank(c, 0, 0)], grad: () => null },
} satisfies Rows;

/**
 * An operation that does nothing: something to depend on.
 *
 *     sess.run(tf.noOp())   // null
 *
 * @returns  an operation without outputs
 */
export const noOp = boundOptions('no_op', 0, function noOp({ name }: NameOption = {}): Operation {
  return applyOp('NoOp', [], {}, name);
});
/** The same tensor as a node that waits for `dependencies`. */
export function withDependencies<T extends Tensor | IndexedSlices>(
  dependencies: readonly (Tensor | Operation)[],
  output: T,
  options?: NameOption,
): T;
export function withDependencies(
  dependencies: readonly (Tensor | Operation)[],
  output: Tensor | IndexedSlices,
  { name }: NameOption = {},
): Tensor | IndexedSlices {
  return inScope(name, 'control_dependency', [output], (scope) =>
    getDefaultGraph().colocateWith(output.op, () =>
      getDefaultGraph().controlDependencies(dependencies, () => {
        const gated = (x: Tensor): Tensor => apply(x.dtype.isRef ? 'RefIdentity' : 'Identity', [x], {}, scope);
        return onValues(output, gated);
      }),
    ),
  );
}
