/** Gradients of While, after TensorFlow 1.15's while_v2: a loop back, over what the loop forward keeps in lists. */
import { resource, variant } from '../base/dtype';
import { ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { Func } from '../format/attr';
import { FuncGraph, gradientName } from '../flow/func-graph';
import { resourceInput } from '../flow/resource-input';
import { restored } from '../flow/restored';
import { flatten, mapStructure } from '../flow/structure';
import { noteOutputs, whileNode } from '../flow/while-functions';
import { apply, applyOp } from '../graph/apply';
import { constantNode, constantValue, convertToTensor } from '../graph/constant';
import type { NodeGradFn } from '../graph/gradient-registry';
import { IndexedSlices, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import type { Grad } from '../graph/opdef';
import { listShape, zeroOf, zeros, zerosLike } from '../ops/words';
import { isTrainable } from './between';
import { gradientsOf } from './gradients';
import { listener } from './heard';

/** A loop that is differentiated. */
interface Forward {
  readonly op: Operation;
  readonly cond: FuncGraph;
  readonly body: FuncGraph;
}
type Rows = Tensor | IndexedSlices;
/** The body of the loop back while it is built. */
class BodyGradient extends FuncGraph {
  /** The lists that the loop forward begins with, one for each value that it keeps. */
  readonly lists: Tensor[] = [];
  /** What is given on for an argument: a list without what was taken from it, or what stays as it is. */
  readonly next = new Map<Tensor, Tensor>();
  private readonly inside = new Map<Tensor, Tensor>();
  private readonly invariants: ReadonlySet<Tensor>;
  constructor(private readonly forward: Forward) {
    super(gradientName(forward.body.name));
    const { inputs, outputs } = forward.body;
    this.invariants = new Set(inputs.filter((t) => outputs.includes(t)));
  }
  protected override captureOutside(tensor: Tensor, name: string): Tensor {
    const { graph } = this.forward.body;
    if (tensor.graph !== graph) return super.captureOutside(tensor, name);
    let at = tensor;
    while (at.op.type === 'Identity') at = at.op.inputs[0];
    const known = this.inside.get(at);
    if (known) return known;
    const made = this.standsFor(at, name);
    this.inside.set(at, made);
    return made;
  }
  private standsFor(tensor: Tensor, name: string): Tensor {
    const { op, body } = this.forward;
    const { inputs, outputs } = body;
    if (inputs.includes(tensor) && outputs.includes(tensor)) {
      const made = super.captureOutside(tensor, name);
      this.next.set(made, made);
      return made;
    }
    const value = tensor.op.type === 'Const' ? constantValue(tensor) : null;
    if (value) return constantNode(value);
    if (tensor.dtype === resource) {
      const at = inputs.indexOf(resourceInput(tensor, inputs));
      return super.captureOutside(op.inputs[at], op.inputs[at].op.name);
    }
    if (this.invariants.has(tensor)) return super.captureOutside(tensor, name);
    const list = super.captureOutside(this.accumulated(tensor), name);
    const [rest, element] = applyOp('TensorListPopBack', [list, -1], { element_dtype: tensor.dtype }).outputs;
    this.next.set(list, rest);
    return element;
  }
  /** The list of a value of all iterations: the loop may keep it already. */
  private accumulated(tensor: Tensor): Tensor {
    const { op, cond, body } = this.forward;
    const before = tensor.consumers().find(({ type, inputs: [list], outputs: [made] }) => {
      const at = body.outputs.indexOf(made);
      return type === 'TensorListPushBack' && at >= 0 && body.inputs[at] === list;
    });
    if (before) return before.outputs[0];
    const list = body.outer.asDefault((graph) =>
      graph.controlDependencies(null, () => {
        const name = `${tensor.name.replaceAll(':', '_')}/accumulator`;
        return apply('EmptyTensorList', [listShape(tensor.shape), op.inputs[1]], { element_dtype: tensor.dtype }, name);
      }),
    );
    this.lists.push(list);
    const made = body.graph.asDefault(() => apply('TensorListPushBack', [list, tensor]));
    body.outputs.push(made);
    cond.capture(list);
    return made;
  }
}

/** The gradients of a loop's inputs. */
export const whileGradient: NodeGradFn = (op, grads) => {
  checkCounted(op);
  const shapes = op.attr('output_shapes', 'list(shape)').map((shape) => new TensorShape(shape.dims));
  const forward: Forward = {
    op,
    cond: restored(op, op.attr('cond', 'func'), shapes),
    body: restored(op, op.attr('body', 'func'), shapes),
  };
  const { body } = forward;
  const count = body.outputs.length;
  const original = op.findAttr('_num_original_outputs') === undefined ? count : op.attr('_num_original_outputs', 'int');
  const given = body.outputs.map((t, i) => (i < original ? reaching(grads[i], t, op.outputs[i]) : null));
  const at = given.flatMap((grad, i) => (grad ? [i] : []));
  const args = argumentsOf(op, given);
  const back = new BodyGradient(forward);
  back.build((...inner) => bodyGradients(body, at, inner), {
    args: args.map((t) => back.argument(t.dtype, t.shape)),
    marked: true,
  });
  if (back.lists.length) keep(forward, back.lists, count);
  noteOutputs(op, op.outputs.length);
  const inputs = [...args, ...back.externalCaptures.map((t) => outsideOf(t, forward))];
  withoutRows(back);
  for (const internal of back.captures.values()) back.outputs.push(back.next.get(internal) ?? internal);
  const outputs = callBack(op, back, inputs);
  listener()?.differentiated({ op, bodies: [body], back: outputs[0].op.inputs[0].op, gradients: [back] });
  return op.inputs.map((_, i) => (given[i] ? outputs[3 + at.indexOf(i)] : null));
};
/** @throws ValueError  for a loop that does not count its iterations: the loop back goes round as often */
function checkCounted(op: Operation): void {
  const [counter, limit] = op.inputs;
  if (limit && counter.dtype.isInteger && limit.dtype === counter.dtype) return;
  throw new ValueError(
    `The loop '${op.name}' (op type: ${op.type}) has no gradient: it does not begin with a counter of its iterations ` +
      'and their limit, as the loops of tf.whileLoop do.' +
      (op.trace.line ? `\n  it was made at ${op.trace.line}` : ''),
  );
}
/** Whether what a loop gives has a derivative: the rest of a list has one where its elements do. */
function isTrainableResult(tensor: Tensor): boolean {
  const { op, valueIndex } = tensor;
  if (op.type !== 'TensorListPopBack' || valueIndex > 0) return isTrainable(tensor);
  return isTrainable({ dtype: op.attr('element_dtype', 'type') });
}
/** What reaches an output of the loop; null where there can be no gradient. */
function reaching(grad: Grad | undefined, inside: Tensor, output: Tensor): Tensor | null {
  if (!isTrainableResult(inside)) return null;
  if (grad) return grad instanceof IndexedSlices ? convertToTensor(grad) : grad;
  if (output.dtype === resource) return zeros(apply('VariableShape', [output]), output.dtype);
  return output.dtype === variant ? zerosLike(output) : null;
}
/** A counter, the limit, the iterations forward, and what reaches the outputs. */
function argumentsOf(op: Operation, given: readonly (Tensor | null)[]): Tensor[] {
  const [total] = op.outputs;
  const counter = constantNode(zeroOf(total.dtype), 'grad_counter');
  return [counter, op.inputs[1], total, ...given.filter((grad) => grad !== null)];
}
function bodyGradients(body: FuncGraph, at: readonly number[], [counter, limit, total, ...gradYs]: Tensor[]): Rows[] {
  const found = gradientsOf(
    at.map((i) => body.outputs[i]),
    at.map((i) => body.inputs[i]),
    { gradYs, unconnectedGradients: 'zero' },
  );
  return [counter.add(1), limit, total, ...found.map((grad) => grad ?? convertToTensor(0))];
}
/** What the body gives as rows becomes dense behind everything else: a loop goes round with what came in. */
function withoutRows(back: FuncGraph): void {
  const { returned } = back;
  if (!flatten(returned, false).some((each) => each instanceof IndexedSlices)) return;
  const dense = (leaf: unknown): unknown => (leaf instanceof IndexedSlices ? convertToTensor(leaf) : leaf);
  back.returned = back.graph.asDefault(() => mapStructure(returned, dense, false));
  back.takeReturned();
}
/** Lets the loop forward give the lists. */
function keep({ op, cond, body }: Forward, lists: readonly Tensor[], count: number): void {
  cond.name += '_rewritten';
  body.name += '_rewritten';
  const made = body.outputs.slice(count);
  op.extend(
    lists,
    made.map(({ dtype }) => dtype),
    {
      cond: new Func(cond.define()),
      body: new Func(body.define()),
      T: body.outputs.map(({ dtype }) => dtype.baseDtype),
      output_shapes: body.outputs.map(({ shape }) => shape),
    },
  );
  made.forEach(({ shape }, i) => op.outputs[count + i].setShape(shape));
}
/** What the loop back is given for a tensor that its body takes from outside. */
function outsideOf(tensor: Tensor, { op, body }: Forward): Tensor {
  if (tensor.graph !== body.graph) return tensor;
  const at = body.outputs.indexOf(tensor);
  if (at < 0) throw new ValueError(`Tensor ${tensor} is neither kept by the loop nor the same in all iterations.`);
  return op.outputs[at];
}
/** The node of the loop back. @returns  its outputs */
function callBack(op: Operation, back: FuncGraph, inputs: readonly Tensor[]): Tensor[] {
  const cond = new FuncGraph(gradientName(op.attr('cond', 'func').name));
  cond.build((counter, _, total) => apply('Less', [counter, total]), {
    args: inputs.map((t) => cond.argument(t.dtype, t.shape)),
    marked: true,
  });
  const attrs = {
    output_shapes: back.outputs.map(({ shape }) => shape),
    parallel_iterations: op.attr('parallel_iterations', 'int'),
  };
  const made = whileNode(inputs, cond, back, attrs, `${op.name}_grad`);
  getDefaultGraph().flow.preventFetching(made);
  return made.outputs.map((t) => apply('Identity', [t]));
}
