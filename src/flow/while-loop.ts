/** The nodes of a loop, after TensorFlow's WhileContext.BuildLoop. */
import { InvalidArgumentError, ValueError } from '../base/errors';
import { asList } from '../base/nested';
import type { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { toTensor } from '../graph/constant';
import { IndexedSlices, Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import type { FlowContext } from './context';
import { enterTensor, exitTensor, identityOf, mergeTensors, nextIteration, switchBeside } from './nodes';
import { shapesKept } from './shapes-kept';
import { assertSame, flatten, flowIn, packAs, withFlows } from './structure';
import { type WhileContext, isConstantEnter } from './while-context';

/** A function of a loop: it takes the loop variables. */
export type LoopFunction = (...variables: unknown[]) => unknown;
export interface LoopParts {
  readonly cond: LoopFunction;
  readonly body: LoopFunction;
  readonly variables: readonly unknown[];
  /** A shape for each tensor; null where they keep the shapes that they come with. */
  readonly shapes: readonly TensorShape[] | null;
}

/** Builds a loop. @returns  the variables as they leave it, in the structure that the body returned */
export function buildLoop(context: WhileContext, { cond, body, variables, shapes }: LoopParts): readonly unknown[] {
  const leaves = flatten(variables, false).map((leaf) => tensorOf(flowIn(leaf)));
  const tensors = leaves.flatMap((leaf) => (leaf instanceof Tensor ? [leaf] : partsOf(leaf)));
  const invariants = shapes ?? shapesKept(variables, tensors);
  const [result, exits] = context.within(() => build(context, cond, body, variables, tensors, invariants));
  const made = packAs(result, withFlows(flatten(result), exits));
  return asList(made);
}
type Composite = IndexedSlices | SparseTensor;
function partsOf(whole: Composite): Tensor[] {
  return flatten(whole).filter((x): x is Tensor => x instanceof Tensor);
}
function tensorOf(leaf: unknown): Tensor | Composite {
  return leaf instanceof IndexedSlices || leaf instanceof SparseTensor ? leaf : toTensor(leaf);
}
function build(
  context: WhileContext,
  cond: LoopFunction,
  body: LoopFunction,
  variables: readonly unknown[],
  tensors: readonly Tensor[],
  shapes: readonly TensorShape[],
): [result: unknown, exits: Tensor[]] {
  const leaves = flatten(variables);
  const packed = (values: readonly Tensor[]): readonly unknown[] =>
    packAs(variables, withFlows(leaves, values)) as readonly unknown[];
  const entered = enter(context, tensors, shapes);
  const merges = entered.map((t) => mergeTensors([t, t]));
  context.pivotForPred = merges[0];
  const more = toTensor(cond(...packed(merges)));
  context.pivot = apply('LoopCond', [more], {}, 'LoopCond');
  const ways = merges.map((t) => switchBeside(t, context.pivot));
  const inBody = ways.map(([, on]) => identityOf(on));
  context.pivotForBody = inBody[0];
  const given = packed(inBody);
  const returned = body(...given);
  const result = asList(returned);
  assertSame(
    [...given],
    [...result],
    `the body gives a value for each variable of the loop, ${given.length} in their order: (i, x) => [i.add(1), x].`,
  );
  const next = flatten(result).map((leaf) => toTensor(flowIn(leaf)));
  if (merges.length !== next.length)
    throw new ValueError(`Number of inputs and outputs of body must match loop_vars: ${merges.length}, ${next.length}`);
  merges.forEach((merge, i) => backEdge(merge, next[i]));
  const exits = ways.map(([out]) => exitTensor(out));
  context.loopExits = exits;
  context.exitResult(exits);
  return [result, exits];
}

function enter(context: WhileContext, tensors: readonly Tensor[], shapes: readonly TensorShape[]): Tensor[] {
  const { graph, outer } = context;
  context.values.clear();
  for (const t of tensors) context.values.add(t);
  const real = outer ? tensors.map((t) => outer.addValue(t)) : tensors;
  const entered = graph.controlDependencies(null, () => {
    const made = real.map((t) => enterTensor(t, context.enters(false, false)));
    for (const t of made) {
      graph.flow.preventFeeding(t);
      outer?.addInnerOp(t.op);
    }
    return made;
  });
  const pivot = pivotAround(outer);
  if (pivot) for (const { op } of entered) if (isConstantEnter(op.inputs[0].op)) op.addControlInput(pivot.op);
  entered.forEach((t, i) => {
    if (!fitsInto(real[i].shape, shapes[i]))
      throw new ValueError(
        `The shape invariant specified for ${real[i].name} is not compatible with the initial shape of the loop ` +
          `variable. It enters the loop with shape ${real[i].shape}, but the specified shape invariant is ` +
          `${shapes[i]}.`,
      );
    t.setShape(shapes[i]);
  });
  context.takeEnters(entered);
  context.values.clear();
  for (const t of entered) context.values.add(t);
  context.loopEnters = entered;
  return entered;
}
function pivotAround(context: FlowContext | null): Tensor | null {
  for (let at = context; at; at = at.outer) if (at.controlPivot) return at.controlPivot;
  return null;
}
/** Whether a shape says no less than another one. */
export function fitsInto({ dims }: TensorShape, wider: TensorShape): boolean {
  if (!wider.dims) return true;
  return dims?.length === wider.dims.length && wider.dims.every((d, i) => d === null || d === dims[i]);
}

/** Closes the way back of a variable. @throws ValueError  if its shape changed */
export function backEdge(merge: Tensor, value: Tensor, checked = true): void {
  const next = nextIteration(value);
  if (checked && !fitsInto(next.shape, merge.shape)) {
    const input = merge.op.inputs[0].op.inputs[0];
    throw new ValueError(
      `Input tensor '${input.name}' enters the loop with shape ${input.shape}, but has shape ${next.shape} after one ` +
        'iteration. To allow the shape to vary across iterations, use the `shape_invariants` argument of ' +
        'tf.while_loop to specify a less-specific shape.' +
        '\n  fix: {shapeInvariants: [new tf.TensorShape([null, 2]), …]}, with null for what varies.',
    );
  }
  if (next.dtype.baseDtype !== merge.dtype.baseDtype)
    throw new InvalidArgumentError(
      null,
      `Input 1 of node ${merge.op.name} was passed ${next.dtype.cName} from ${next.name} incompatible with expected ` +
        `${merge.dtype.baseDtype.cName}.\n  fix: a loop variable keeps its dtype: let the body cast it, tf.cast(x, ` +
        `tf.${merge.dtype.baseDtype.name}).`,
    );
  merge.graph.updateInput(merge.op, 1, next);
}
