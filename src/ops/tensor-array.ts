/**
 * Tensors by number, each written once, which loops fill and read. `src/flow/tensor-array.ts` has the class that users
 * call. A gradient has an array of its own for each call of `tf.gradients`, in which what arrives is summed.
 */
import { ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { apply, applyOp } from '../graph/apply';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import type { PlanContext } from '../graph/shape-context';
import type { GradContext, Grad, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { mergeDim, noOutputs, withRank } from '../graph/shape-fn';
import { after, castTo, scoped } from './words';
import { int64 } from '../base/dtype';

/** What reads it or writes to it says so by the flow. */
const BY_FLOW = { isOrderedByEdges: true } as const;
const FLOW: OpRow = { ...BY_FLOW, shape: () => [[]] };

export const TENSOR_ARRAY = {
  TensorArrayV3: {
    ...BY_FLOW,
    shape(c) {
      withRank(c, 0, 0);
      return [[2], []];
    },
    handle(c) {
      const shape = c.attr('element_shape', 'shape');
      const told = shape.isFullyDefined() || c.attr('identical_element_shapes', 'bool');
      return told ? { dtype: c.attr('dtype'), shape } : null;
    },
  },
  TensorArrayGradV3: { ...BY_FLOW, shape: () => [[2], []], handle: (c) => c.handle(0) },
  TensorArrayGradWithShape: { ...BY_FLOW, shape: () => [[2], []] },
  TensorArrayWriteV3: { ...FLOW, puts: (c) => c.shape(2), grad: (op, [flow]) => writeGrad(op, flow) },
  TensorArrayReadV3: { ...BY_FLOW, shape: (c) => [c.handle(0)?.shape ?? null], grad: (op, [dy]) => readGrad(op, dy) },
  TensorArrayGatherV3: { ...BY_FLOW, shape: gatheredShape, grad: (op, [dy]) => gatherGrad(op, dy) },
  TensorArrayScatterV3: {
    ...FLOW,
    shape: scatterShape,
    puts: (c) => rowOf(c.shape(2)),
    grad: (op, [flow]) => scatterGrad(op, flow),
  },
  TensorArrayConcatV3: { ...BY_FLOW, shape: () => [null, [null]], grad: (op, [dy]) => concatGrad(op, dy) },
  TensorArraySplitV3: { ...FLOW, puts: () => TensorShape.unknown(), grad: (op, [flow]) => splitGrad(op, flow) },
  TensorArraySizeV3: { ...BY_FLOW, shape: () => [[]], planValue: sizeInPlan },
  TensorArrayCloseV3: { ...BY_FLOW, shape: noOutputs },
} satisfies Rows;

/** So many elements, where their shape is known. */
function gatheredShape(c: ShapeContext): [TensorShape | null] {
  const indices = withRank(c, 1, 1);
  const known = c.handle(0)?.shape;
  return [known ? indices.concatenate(known) : null];
}
/** As many places as there are rows. */
function scatterShape(c: ShapeContext): [[]] {
  const indices = withRank(c, 1, 1);
  mergeDim(c.shape(2).at(0), indices.at(0));
  return [[]];
}
/** What each row of a tensor is. */
function rowOf({ dims }: TensorShape): TensorShape {
  return dims ? new TensorShape(dims.slice(1)) : TensorShape.unknown();
}
/** Where an array cannot grow it has as many elements as it was made with. */
function sizeInPlan(c: PlanContext): NDArray | null {
  const made = c.origin(0);
  return made && !made.attr('dynamic_size', 'bool') ? made.value(0) : null;
}
/** Python makes an object of each array in a scope that stays empty. */
function takeScope(): void {
  getDefaultGraph().uniqueName('TensorArray');
}
/** The array of gradients that belongs to a call of `gradients`, and a flow behind its making. */
function gradientArray(handle: Tensor, flow: Tensor, grad: Tensor): [array: Tensor, flow: Tensor] {
  const source = sourceOf(grad);
  takeScope();
  return scoped('TensorArrayGrad', () =>
    getDefaultGraph().colocateWith(handle, () => {
      const [array] = applyOp('TensorArrayGradV3', [handle, flow], { source }).outputs;
      const behind = after(array, () => apply('Identity', [flow], {}, 'gradient_flow'));
      takeScope();
      return [array, behind];
    }),
  );
}
/** What tells the calls of `gradients` apart: the scope that a gradient was made in. */
function sourceOf({ op }: Tensor): string {
  const parts = op.name.split('/');
  const at = parts.map((part) => part.startsWith('gradients')).lastIndexOf(true);
  if (at < 0)
    throw new ValueError(
      `Expected op/tensor name to start with gradients (excluding scope), got: ${op.name}. This means that a ` +
        "tf.gradients op with this op in its dependency path has a custom name that does not start with 'gradients'. " +
        "Please make sure all calls to tf.gradients that have non-empty 'name' arguments use names that start with " +
        "'gradients'.",
    );
  return parts.slice(0, at + 1).join('/');
}
/** Writes in a scope of their own, after which an object of the array is made. */
function inScopeOf(what: string, body: () => Tensor): Tensor {
  return scoped(`TensorArray${what}`, () => {
    const flow = body();
    takeScope();
    return flow;
  });
}
function readGrad({ inputs: [handle, index, flow] }: GradContext, dy: Tensor): Grad[] {
  const [array, behind] = gradientArray(handle, flow, dy);
  return [null, null, inScopeOf('Write', () => apply('TensorArrayWriteV3', [array, index, dy, behind]))];
}
function writeGrad(op: GradContext, flow: Tensor): Grad[] {
  const [handle, index] = op.inputs;
  const [array, behind] = gradientArray(handle, flow, flow);
  return [null, null, apply('TensorArrayReadV3', [array, index, behind], { dtype: op.attr('T', 'type') }), flow];
}
function gatherGrad({ inputs: [handle, indices, flow] }: GradContext, dy: Tensor): Grad[] {
  const [array, behind] = gradientArray(handle, flow, dy);
  return [null, null, inScopeOf('Scatter', () => apply('TensorArrayScatterV3', [array, indices, dy, behind]))];
}
function scatterGrad(op: GradContext, flow: Tensor): Grad[] {
  const [handle, indices] = op.inputs;
  const [array, behind] = gradientArray(handle, flow, flow);
  const attrs = { dtype: op.attr('T', 'type'), element_shape: TensorShape.unknown() };
  return [null, null, apply('TensorArrayGatherV3', [array, indices, behind], attrs), flow];
}
function concatGrad({ inputs: [handle, flow], outputs: [, lengths] }: GradContext, dy: Tensor): Grad[] {
  const [array, behind] = gradientArray(handle, flow, dy);
  const split = (): Tensor => apply('TensorArraySplitV3', [array, dy, castTo(lengths, int64), behind]);
  return [null, inScopeOf('Split', split)];
}
function splitGrad(op: GradContext, flow: Tensor): Grad[] {
  const [array, behind] = gradientArray(op.inputs[0], flow, flow);
  const attrs = { dtype: op.attr('T', 'type'), element_shape_except0: TensorShape.unknown() };
  return [null, apply('TensorArrayConcatV3', [array, behind], attrs), null, flow];
}
