/**
 * The loops that gradients add to loops: one that counts how often the loop goes round, one that goes back as often,
 * and sums over its iterations. After TensorFlow's WhileContext.
 */
import { type DType, resource } from '../base/dtype';
import { append } from '../base/room';
import { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { type TensorLike, constantNode } from '../graph/constant';
import { IndexedSlices, type Operation, type Tensor } from '../graph/graph';
import { repeated } from '../ops/known';
import { concat, ints, sliced, zeroOf, zeros, zerosLike } from '../ops/words';
import { type LoopGradient, withinContext } from './context';
import { enterTensor, exitTensor, mergeTensors, nextIteration, switchTensor } from './nodes';
import type { WhileContext } from './while-context';

/** `n = 0; while (more) n++`, in the loop itself. @returns  how often it went round, and the counter's way back */
export function addForwardCounter(context: WhileContext, outerIndex: Tensor | null): [count: Tensor, index: Tensor] {
  const { graph } = context;
  const n = ints(0, 'f_count');
  // What one run of an inner loop keeps comes before what the next one keeps.
  if (outerIndex) n.op.addControlInput(outerIndex.op.inputs[0].op);
  return context.within(() => {
    context.values.add(n);
    const entered = enterTensor(n, context.enters(false), 'f_count');
    context.loopEnters.push(entered);
    const merged = mergeTensors([entered, entered]);
    const [out, on] = switchTensor(merged, context.pivot);
    const next = nextIteration(apply('Add', [on, 1]));
    graph.updateInput(merged.op, 1, next);
    const total = exitTensor(out, 'f_count');
    context.loopExits.push(total);
    context.exitResult([total]);
    return [total, next];
  });
}

/** `n = count; while (n >= 1) n--`: the loop of gradients. @returns  the counter's way back */
export function addBackCounter(context: WhileContext, count: Tensor, outer: LoopGradient | null): Tensor {
  const { graph } = context;
  const one = ints(1, 'b_count');
  return context.within(() => {
    context.values.add(count);
    const entered = enterTensor(count, context.enters(false), 'b_count');
    context.loopEnters.push(entered);
    const merged = mergeTensors([entered, entered]);
    context.pivotForPred = merged;
    context.pivot = apply('LoopCond', [apply('GreaterEqual', [merged, one])], {}, 'b_count');
    const [out, on] = switchTensor(merged, context.pivot);
    const index = apply('Sub', [on, one]);
    context.pivotForBody = index;
    const next = nextIteration(index);
    graph.updateInput(merged.op, 1, next);
    const done = exitTensor(out, 'b_count');
    context.loopExits.push(done);
    // What one run of an inner loop takes back comes before what the next one takes.
    outer?.gradSync.addControlInput(done.op);
    context.exitResult([done]);
    return next;
  });
}

function constantZeros(dtype: DType, dims: readonly number[], name?: string): Tensor {
  return constantNode(repeated(zeroOf(dtype), dims), name);
}

/** Sums the gradient of what every iteration reads. Called in the loop of gradients. */
export function accumulate(context: WhileContext, op: Operation, grad: Tensor): Tensor {
  const { graph } = context;
  const start = context.outside(() => zerosForSum(context, op.inputs[0], grad));
  context.values.add(start);
  const entered = enterTensor(start, context.enters(false), 'b_acc');
  context.loopEnters.push(entered);
  const merged = mergeTensors([entered, entered], 'b_acc');
  const [out, on] = switchTensor(merged, context.pivot);
  graph.updateInput(merged.op, 1, nextIteration(apply('Add', [on, grad])));
  const sum = exitTensor(out, 'b_acc');
  context.loopExits.push(sum);
  context.exitResult([sum]);
  return sum;
}
function zerosForSum(context: WhileContext, value: Tensor, grad: Tensor): Tensor {
  const { outer } = context;
  const sizes = grad.shape.fullDims;
  if (sizes) return withinContext(outer, () => constantZeros(grad.dtype, sizes, 'b_acc'));
  const around = context.gradient?.outer;
  if (outer && outer.loop === outer && outer.gradient && around) {
    const shape = withinContext(context.gradient.forwardContext.outer, () => apply('Shape', [value]));
    const kept = around.addForwardAccumulator(shape);
    return outer.within(() => zeros(around.addBackpropValue(kept, shape), grad.dtype));
  }
  return withinContext(outer, () => zeros(apply('Shape', [value]), grad.dtype));
}

/** The same of rows: they are put one after the other. */
export function accumulateRows(context: WhileContext, op: Operation, rows: IndexedSlices): IndexedSlices {
  const { graph, outer } = context;
  const { values, indices, denseShape } = rows;
  const starts = context.outside(() =>
    withinContext(outer, () => {
      const none = zeroRows(op.inputs[0], values);
      const at = ints([0]);
      const start = [indices.dtype.baseDtype === at.dtype ? at : constantZeros(indices.dtype, [1]), none];
      return denseShape ? [...start, zeroShape(op.inputs[0], denseShape)] : start;
    }),
  );
  for (const start of starts) context.values.add(start);
  const entered = starts.map((start) => enterTensor(start, context.enters(false, false), 'b_acc'));
  entered[0].setShape([null]);
  const { dims } = starts[1].shape;
  if (dims) entered[1].setShape(new TensorShape([null, ...dims.slice(1)]));
  append(context.loopEnters, entered);
  const merged = entered.map((t) => mergeTensors([t, t], 'b_acc'));
  const ways = merged.map((t) => switchTensor(t, context.pivot));
  const next = [indices, values].map((t, i) => concat([ways[i][1], t]));
  if (denseShape) next.push(apply('Maximum', [denseShape, ways[2][1]]));
  const back = next.map((t) => nextIteration(t));
  back.forEach((t, i) => graph.updateInput(merged[i].op, 1, t));
  const exits = ways.map(([out]) => exitTensor(out, 'b_acc'));
  append(context.loopExits, exits);
  context.exitResult(exits);
  return new IndexedSlices(exits[1], exits[0], exits[2]);
}
function zeroRows(value: Tensor, { shape, dtype }: Tensor): Tensor {
  const full = shape.fullDims;
  if (full) return constantZeros(dtype, [1, ...full.slice(1)], 'b_acc');
  return zeros(concat([[1], sizesBehindRows(value)], 0), dtype);
}
/** The shape of a tensor, or of the variable that a handle leads to, without the first dimension. */
function sizesBehindRows(value: Tensor): TensorLike {
  if (value.dtype.baseDtype !== resource) return sliced(apply('Shape', [value]), 1, null);
  let { op } = value;
  while (op.inputs.length) op = op.inputs[0].op;
  return op.attr('shape', 'shape').asList().slice(1).map(Number);
}
function zeroShape(value: Tensor, denseShape: Tensor): Tensor {
  const full = denseShape.shape.fullDims;
  if (full) return constantZeros(denseShape.dtype, full);
  return zerosLike(apply('Shape', [value], { out_type: denseShape.dtype }), denseShape.dtype, 'zeros_like', false);
}
