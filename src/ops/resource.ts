/** Variables behind a resource handle: every read is a node of its own, so that it is clear what a read sees. */
import { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { type Tensor, IndexedSlices, ShapeError } from '../graph/graph';
import { handleOf } from '../graph/known-value';
import type { GradContext, Grad, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { mergeShapes, noOutputs, scalarShape, withRankAtLeast } from '../graph/shape-fn';
import { gatherNdGrad } from './gather';
import { checkScatter, scatterNdShape } from './state';
import { concat, ints, reshape, sizeOf, sliced } from './words';

/** The shape of the variable behind a handle, as it was declared. */
export function handleShape(handle: Tensor): TensorShape {
  return handleOf(handle)?.shape ?? TensorShape.unknown();
}
function declaredShape(c: ShapeContext): TensorShape {
  return c.handle(0)?.shape ?? TensorShape.unknown();
}
/** The variable's shape; its dtype must be the op's. */
function variableShape(c: ShapeContext): TensorShape {
  const declared = c.handle(0)?.dtype;
  const asked = c.attr('dtype');
  if (declared && declared !== asked)
    throw new ShapeError(`Trying to read variable with wrong dtype. Expected ${declared.cName} got ${asked.cName}`);
  return declaredShape(c);
}
const ASSIGN: OpRow = {
  shape: (c) => {
    mergeShapes(variableShape(c), c.shape(1));
    return [];
  },
};
const SCATTER: OpRow = {
  shape: (c) => {
    checkScatter(c, variableShape(c));
    return [];
  },
};
const SCATTER_ND: OpRow = {
  shape: (c) => {
    scatterNdShape(c, declaredShape(c), 1, 'input');
    return [];
  },
};

export const RESOURCE = {
  VarHandleOp: {
    shape: scalarShape,
    handle: (c) => ({ dtype: c.attr('dtype'), shape: c.attr('shape') }),
    effect: 'reads',
  },
  ReadVariableOp: {
    shape: (c) => [variableShape(c)],
    effect: 'reads',
    grad: (_, [dy]) => dy,
  },
  AssignVariableOp: ASSIGN,
  AssignAddVariableOp: ASSIGN,
  AssignSubVariableOp: ASSIGN,
  VarIsInitializedOp: {
    shape: scalarShape,
    effect: 'reads',
  },
  VariableShape: {
    effect: 'reads',
    shape: (c) => [[declaredShape(c).rank]],
  },
  DestroyResourceOp: {
    shape: noOutputs,
  },
  ResourceCountUpTo: {
    shape: scalarShape,
  },
  ResourceGather: {
    effect: 'reads',
    shape: gatherShape,
    grad: gatherGrad,
  },
  ResourceGatherNd: {
    effect: 'reads',
    grad: gatherNdGrad,
    shape(c) {
      const [variable, indices] = [variableShape(c), withRankAtLeast(c, 1, 1)];
      const depth = indices.dims?.at(-1);
      if (!variable.dims || !indices.dims || typeof depth !== 'number') return [null];
      if (depth > variable.dims.length)
        throw new ShapeError(
          'indices.shape[-1] must be <= params.rank, but saw ' +
            `indices shape: ${indices.toCString()} and params shape: ${variable.toCString()}`,
        );
      return [[...indices.dims.slice(0, -1), ...variable.dims.slice(depth)]];
    },
  },
  ResourceStridedSliceAssign: { shape: noOutputs },
  ResourceScatterUpdate: SCATTER,
  ResourceScatterAdd: SCATTER,
  ResourceScatterSub: SCATTER,
  ResourceScatterMul: SCATTER,
  ResourceScatterDiv: SCATTER,
  ResourceScatterMin: SCATTER,
  ResourceScatterMax: SCATTER,
  ResourceScatterNdUpdate: SCATTER_ND,
  ResourceScatterNdAdd: SCATTER_ND,
  ResourceScatterNdSub: SCATTER_ND,
} satisfies Rows;

function gatherShape(c: ShapeContext): TensorShape[] {
  const [variable, indices] = [variableShape(c), c.shape(1)];
  const batch = c.attr('batch_dims');
  if (variable.rank === 0) throw new ShapeError('Shape must be at least rank 1 but is rank 0');
  if (!variable.dims || !indices.dims) return [TensorShape.unknown()];
  return [
    new TensorShape([
      ...variable.dims.slice(0, batch),
      ...indices.dims.slice(batch),
      ...variable.dims.slice(batch + 1),
    ]),
  ];
}
/** The shape of a variable as a tensor: a constant where it is known. */
function shapeTensor(handle: Tensor): Tensor {
  const { fullDims: dims } = handleShape(handle);
  return dims ? ints(dims) : apply('VariableShape', [handle]);
}
/** Rows of the gradient at the indices; nothing dense is made. */
function gatherGrad(op: GradContext, [dy]: Tensor[]): Grad[] {
  const [handle, indices] = op.inputs;
  const shape = shapeTensor(handle);
  const size = apply('ExpandDims', [sizeOf(indices), 0]);
  const values = reshape(dy, concat([size, sliced(shape, 1, null)]));
  return [new IndexedSlices(values, reshape(indices, size), shape), null];
}
