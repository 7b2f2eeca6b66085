/** Gradients of If and Case, after TensorFlow 1.15's cond_v2: functions that are given what the branches keep. */
import { float32, resource } from '../base/dtype';
import { ValueError } from '../base/errors';
import type { TensorShape } from '../base/shape';
import type { Func } from '../format/attr';
import { type BranchKind, CASE, IF, callBranch, resultAttrs } from '../flow/branch-functions';
import { FuncGraph, gradientName } from '../flow/func-graph';
import { resourceInput } from '../flow/resource-input';
import { restored } from '../flow/restored';
import { apply } from '../graph/apply';
import type { NodeGradFn } from '../graph/gradient-registry';
import { IndexedSlices, type Operation, Tensor } from '../graph/graph';
import type { Grad } from '../graph/opdef';
import { range } from '../ops/range';
import { shapeOf, zeros, zerosLike } from '../ops/words';
import { isTrainable } from './between';
import { gradientsOf } from './gradients';
import { listener } from './heard';

/** The gradient of a branch while it is built: what the branch computed on the way comes out of it, and in here. */
class BranchGradient extends FuncGraph {
  /** Values of the branch, and what the branch gives of each: a value that may be missing. */
  readonly kept = new Map<Tensor, Tensor>();
  /** Whether the branch has to give more than it does. */
  needsRewrite = false;
  private readonly inside = new Map<Tensor, Tensor>();
  constructor(readonly forward: FuncGraph) {
    super(gradientName(forward.name));
  }
  protected override captureOutside(tensor: Tensor, name: string): Tensor {
    const { graph, inputs, outputs } = this.forward;
    if (tensor.graph !== graph || inputs.includes(tensor) || outputs.includes(tensor))
      return super.captureOutside(tensor, name);
    const known = this.inside.get(tensor);
    if (known) return known;
    const made =
      tensor.dtype === resource
        ? super.captureOutside(resourceInput(tensor, inputs), name)
        : this.unwrapped(tensor, name);
    this.inside.set(tensor, made);
    return made;
  }
  private unwrapped(tensor: Tensor, name: string): Tensor {
    const optional = this.kept.get(tensor) ?? this.optionalOf(tensor);
    this.kept.set(tensor, optional);
    const inner = super.captureOutside(optional, name);
    return apply('OptionalGetValue', [inner], { output_types: [tensor.dtype], output_shapes: [tensor.shape] });
  }
  /** What the branch gives of a value: it may do so already. */
  private optionalOf(tensor: Tensor): Tensor {
    const { graph, outputs } = this.forward;
    const before = tensor.consumers().find((op) => op.type === 'OptionalFromValue' && outputs.includes(op.outputs[0]));
    if (before) return before.outputs[0];
    this.needsRewrite = true;
    return graph.asDefault(() => apply('OptionalFromValue', [[tensor]]));
  }
}

function gradientOfBranch(kind: BranchKind, op: Operation, funcs: readonly Func[], grads: readonly Grad[]): Grad[] {
  const inputs = op.inputs.slice(1);
  const bodies = funcs.map((func) => {
    const body = restored(
      op,
      func,
      inputs.map(({ shape }) => shape),
    );
    body.resetCaptures(inputs);
    return body;
  });
  const gradients = bodies.map((body) => {
    const made = new BranchGradient(body);
    return made.build(() => gradientsOfBody(body, grads), { marked: true });
  });
  if (gradients.some(({ needsRewrite }) => needsRewrite)) keep(kind, op, bodies, gradients);
  const given = gradients.map((each, i) => each.externalCaptures.map((t) => resolved(t, each, bodies[i], op)));
  sameRows(gradients);
  const name = kind === CASE ? 'gradient' : undefined;
  const made = callBranch(kind, op.inputs[0], gradients, given, name) as readonly (Tensor | IndexedSlices)[];
  if (made.length) {
    const [first] = made;
    const [back] = (first instanceof Tensor ? first : first.values).op.inputs;
    listener()?.differentiated({ op, bodies, back: back.op, gradients });
  }
  return [null, ...made];
}
/** The gradients of a function's arguments, zero where there is none. */
function gradientsOfBody({ inputs, outputs }: FuncGraph, grads: readonly Grad[]): (Tensor | IndexedSlices)[] {
  const at = outputs.flatMap((t, i) => (isTrainable(t) ? [i] : []));
  const found = gradientsOf(
    at.map((i) => outputs[i]),
    inputs,
    { gradYs: at.map((i) => grads[i]) },
  );
  return inputs.map((t, i) => {
    if (found[i]) return found[i];
    return t.dtype === resource ? zeros(apply('VariableShape', [t]), float32) : zerosLike(t);
  });
}
/** Lets the branches give what their gradients need of them: as many values each, those of the others missing. */
function keep(
  kind: BranchKind,
  op: Operation,
  bodies: readonly FuncGraph[],
  gradients: readonly BranchGradient[],
): void {
  const most = Math.max(...gradients.map(({ kept }) => kept.size));
  const count = bodies[0].outputs.length;
  bodies.forEach((body, i) => {
    const own = [...gradients[i].kept.values()];
    const missing = body.graph.asDefault(() =>
      Array.from({ length: most - own.length }, () => apply('OptionalNone', [])),
    );
    body.outputs.push(...own, ...missing);
    body.name += '_rewritten';
  });
  const more = bodies[0].outputs.slice(count);
  op.extend(
    [],
    more.map(({ dtype }) => dtype),
    { ...kind.functions(bodies), ...resultAttrs(bodies), output_shapes: shapesOf(bodies) },
  );
  more.forEach(({ shape }, i) => op.outputs[count + i].setShape(shape));
}
/** As in TensorFlow: those of the first branch, unless another one is known to give a result of another shape. */
function shapesOf([first, ...others]: readonly FuncGraph[]): TensorShape[] {
  return first.outputs.map(({ shape }, i) =>
    others.reduce((all, { outputs }) => {
      const own = outputs[i].shape;
      return all.isCompatibleWith(own) ? all : all.mostSpecificCompatibleShape(own);
    }, shape),
  );
}
/** What is given for a tensor that the gradient of a branch takes from outside: never one of the branch itself. */
function resolved(tensor: Tensor, gradient: FuncGraph, { graph, outputs, captures }: FuncGraph, op: Operation): Tensor {
  if (tensor.graph === gradient.outer && tensor.graph !== graph) return tensor;
  const at = outputs.indexOf(tensor);
  if (at >= 0) return op.outputs[at];
  for (const [external, internal] of captures) if (internal === tensor) return external;
  throw new ValueError(`Could not find external tensor capture ${tensor} in captures or outputs`);
}
/** All rows of a tensor. */
function asRows(x: Tensor): IndexedSlices {
  const shape = shapeOf(x);
  return new IndexedSlices(x, range(0, shape.get(0)), shape);
}
/** Where one gradient is rows, the others are too. */
function sameRows(gradients: readonly FuncGraph[]): void {
  const lists = gradients.map(({ returned }) => returned as readonly (Tensor | IndexedSlices)[]);
  const mixed = lists[0].map((_, i) => lists.some((list) => !(list[i] instanceof Tensor)));
  gradients.forEach((each, i) => {
    each.returned = each.graph.asDefault(() =>
      lists[i].map((grad, at) => (mixed[at] && grad instanceof Tensor ? asRows(grad) : grad)),
    );
    each.takeReturned();
  });
}

export const ifGradient: NodeGradFn = (op, grads) =>
  gradientOfBranch(IF, op, [op.attr('then_branch', 'func'), op.attr('else_branch', 'func')], grads);
export const caseGradient: NodeGradFn = (op, grads) =>
  gradientOfBranch(CASE, op, op.attr('branches', 'list(func)'), grads);
