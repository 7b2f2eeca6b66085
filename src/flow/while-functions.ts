/** `tf.whileLoop` as a While node, whose condition and body are functions. After TensorFlow 1.15's while_v2. */
import { int32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { asList } from '../base/nested';
import type { TensorShape } from '../base/shape';
import { Attr, Func } from '../format/attr';
import { apply, applyOp } from '../graph/apply';
import { type TensorLike, constantNode, convertToTensor, toTensor } from '../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { zeroOf } from '../ops/words';
import { scalarOf } from './cond-functions';
import { FuncGraph, functionName } from './func-graph';
import { shapesKept } from './shapes-kept';
import { assertSame, flatten, flowIn, packAs, withFlows } from './structure';
import { type LoopFunction, fitsInto } from './while-loop';

export interface LoopOfFunctions {
  readonly cond: LoopFunction;
  readonly body: LoopFunction;
  readonly variables: readonly unknown[];
  /** A shape for each tensor. */
  readonly shapes: readonly TensorShape[] | null;
  readonly maximumIterations: TensorLike | null;
  readonly parallelIterations: number;
  readonly name: string;
}
/** The counter and the limit of iterations come before a loop's variables. */
const OWN = 2;

/** Builds a loop. @returns  the variables as they leave it */
export function loopOfFunctions(loop: LoopOfFunctions): readonly unknown[] {
  const { variables, name } = loop;
  const leaves = flatten(variables);
  const tensors = leaves.map((leaf) => toTensor(flowIn(leaf)));
  const outputs = getDefaultGraph().nameScope(name, (scope) => {
    const shapes = loop.shapes ?? shapesKept(variables, tensors);
    const { cond, body, inputs } = functionsOf({ ...loop, shapes }, tensors, scope);
    return callLoop({ ...loop, shapes }, cond, body, inputs, scope).outputs.map((t) => apply('Identity', [t]));
  });
  return asList(packAs(variables, withFlows(leaves, outputs.slice(OWN, OWN + leaves.length))));
}
interface LoopBodies {
  readonly cond: FuncGraph;
  readonly body: FuncGraph;
  /** What enters the loop. */
  readonly inputs: readonly Tensor[];
}
/** A loop, and the shapes that its variables have in every iteration. */
type Shaped = LoopOfFunctions & { readonly shapes: readonly TensorShape[] };
function functionsOf(loop: Shaped, tensors: readonly Tensor[], scope: string): LoopBodies {
  const [condName, bodyName] = [functionName(scope, 'cond'), functionName(scope, 'body')];
  const { variables, maximumIterations, shapes } = loop;
  const limit = convertToTensor(maximumIterations ?? -1, int32, 'maximum_iterations');
  const counter = constantNode(zeroOf(limit.dtype), 'loop_counter');
  const leaves = flatten(variables);
  const packed = (values: readonly Tensor[]): readonly unknown[] =>
    asList(packAs(variables, withFlows(leaves, values)));
  const args = (of: FuncGraph): Tensor[] => [
    ...[counter, limit].map((t) => of.argument(t.dtype, t.shape, t.op.name)),
    ...tensors.map(({ dtype }, i) => of.argument(dtype, shapes[i])),
  ];
  const cond = new FuncGraph(condName);
  cond.build(
    (count, most, ...values) => {
      const more = scalarOf(toTensor(loop.cond(...packed(values))));
      return maximumIterations === null ? more : apply('LogicalAnd', [apply('Less', [count, most]), more]);
    },
    { args: args(cond) },
  );
  const body = new FuncGraph(bodyName);
  body.build(
    (count, most, ...values) => {
      for (const t of cond.externalCaptures) body.capture(t);
      const next = asList(loop.body(...packed(values)));
      assertSame(
        [...next],
        [...variables],
        `the body gives a value for each variable, ${variables.length} in their order: (i, x) => [i.add(1), x].`,
      );
      return [count.add(1), most, ...flatten(next).map((leaf) => toTensor(flowIn(leaf)))];
    },
    { args: args(body) },
  );
  body.outputs.push(...body.captures.values());
  for (const t of body.externalCaptures) cond.capture(t);
  checkNext(body, [counter, limit, ...tensors], shapes);
  return { cond, body, inputs: [counter, limit, ...tensors, ...body.externalCaptures] };
}
/** @throws ValueError or TypeError  where variables come out of an iteration with another shape or dtype */
function checkNext({ outputs }: FuncGraph, inputs: readonly Tensor[], shapes: readonly TensorShape[]): void {
  inputs.forEach((input, i) => {
    const { shape, dtype } = outputs[i];
    if (i >= OWN && !fitsInto(shape, shapes[i - OWN]))
      throw new ValueError(
        `Input tensor '${input.name}' enters the loop with shape ${shapes[i - OWN]}, but has shape ${shape} after ` +
          'one iteration. To allow the shape to vary across iterations, use the `shape_invariants` argument of ' +
          'tf.while_loop to specify a less-specific shape.' +
          '\n  fix: {shapeInvariants: [new tf.TensorShape([null, 2]), …]}, with null for what varies.',
      );
    if (dtype.baseDtype !== input.dtype.baseDtype)
      throw new TypeError_(
        `Loop var ${input.name} enters the loop with type <dtype: '${input.dtype.name}'> but has type <dtype: ` +
          `'${dtype.name}'> after 1 iteration.\n  fix: let the body cast it: tf.cast(x, tf.${input.dtype.name}).`,
      );
  });
}
function callLoop(
  { parallelIterations, shapes }: Shaped,
  cond: FuncGraph,
  body: FuncGraph,
  inputs: readonly Tensor[],
  name: string,
): Operation {
  const kept = body.outputs.map((t, i) => shapes[i - OWN] ?? t.shape);
  const attrs = { output_shapes: kept, parallel_iterations: parallelIterations };
  return getDefaultGraph().controlDependencies([...cond.waits, ...body.waits], () => {
    const op = whileNode(inputs, cond, body, attrs, name);
    noteOutputs(op, body.outputs.length);
    return op;
  });
}
/** The node of a loop. */
export function whileNode(
  inputs: readonly Tensor[],
  cond: FuncGraph,
  body: FuncGraph,
  attrs: { readonly output_shapes: readonly TensorShape[]; readonly parallel_iterations: number },
  name: string,
): Operation {
  const functions = { cond: new Func(cond.define()), body: new Func(body.define()) };
  const op = applyOp('While', [inputs], { ...attrs, ...functions, _lower_using_switch_merge: true }, name);
  op.outputs.forEach((t, i) => t.setShape(attrs.output_shapes[i]));
  return op;
}
/** Says how many outputs a loop has whose gradients are asked for. */
export function noteOutputs(op: Operation, count: number): void {
  op.extend([], [], { _num_original_outputs: new Attr('int', count) });
}
