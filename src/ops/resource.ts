/** Variables behind a resource handle: every read is a node of its own, so that it is clear what a read sees. */
import type { DType } from '../base/dtype';
import { type NDArray, toNDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { IndexedSlices, type Operation, ShapeError, type Tensor } from '../graph/graph';
import type { Grad, OpRow, Rows } from '../graph/opdef';
import { inShape, mergeShapes, noOutputs, scalarShape, withRankAtLeast } from '../graph/shape-fn';
import { gatherNdGrad } from './gather';
import { checkScatter } from './state';
import { concat, ints, reshape, sizeOf, sliced } from './words';

/** The node that made a handle, through the nodes that hand it on. */
function holder(handle: Tensor): Operation {
  let { op } = handle;
  while (op.type !== 'VarHandleOp' && op.inputs.length && op.inputs[0].dtype === handle.dtype) ({ op } = op.inputs[0]);
  return op;
}
/** The shape of the variable behind a handle, as it was declared. */
export function handleShape(handle: Tensor): TensorShape {
  return holder(handle).attr<TensorShape>('shape') ?? TensorShape.unknown();
}

/** The variable's shape; its dtype must be the op's. */
function variableShape(op: Operation): TensorShape {
  const declared = holder(op.inputs[0]).attr<DType>('dtype');
  const asked = op.attr<DType>('dtype');
  if (declared && asked && declared !== asked)
    throw new ShapeError(`Trying to read variable with wrong dtype. Expected ${declared.cName} got ${asked.cName}`);
  return handleShape(op.inputs[0]);
}
const ASSIGN: OpRow = {
  shape: (op) => {
    mergeShapes(variableShape(op), inShape(op, 1));
    return [];
  },
};
const SCATTER: OpRow = {
  shape: (op) => {
    checkScatter(op, variableShape(op));
    return [];
  },
};
const SCATTER_ND: OpRow = {
  shape: noOutputs,
};

export const RESOURCE = {
  VarHandleOp: {
    shape: scalarShape,
    effect: 'reads',
  },
  ReadVariableOp: {
    shape: (op) => [variableShape(op)],
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
    shape: (op) => [[handleShape(op.inputs[0]).rank]],
    value: (op) => known(handleShape(op.inputs[0]), op.getAttr<DType>('out_type')),
    partial: (op) => handleShape(op.inputs[0]),
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
    shape(op) {
      const [variable, indices] = [variableShape(op), withRankAtLeast(op, 1, 1)];
      const depth = indices.dims?.at(-1);
      if (!variable.dims || !indices.dims || typeof depth !== 'number') return [null];
      if (depth > variable.dims.length)
        throw new ShapeError(
          `indices.shape[-1] must be <= params.rank, but saw indices shape: ${indices.toCString()} and params shape: ${variable.toCString()}`,
        );
      return [[...indices.dims.slice(0, -1), ...variable.dims.slice(depth)]];
    },
  },
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

function known(shape: TensorShape, dtype: DType): NDArray | null {
  return shape.isFullyDefined() ? toNDArray(shape.dims as number[], dtype, [shape.rank!]) : null;
}
function gatherShape(op: Operation): TensorShape[] {
  const [variable, indices] = [variableShape(op), inShape(op, 1)];
  const batch = op.getAttr<number>('batch_dims');
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
  const shape = handleShape(handle);
  return shape.isFullyDefined() ? ints(shape.dims as number[]) : apply('VariableShape', [handle]);
}
/** Rows of the gradient at the indices; nothing dense is made. */
function gatherGrad(op: Operation, [dy]: Tensor[]): Grad[] {
  const [handle, indices] = op.inputs;
  const shape = shapeTensor(handle);
  const size = apply('ExpandDims', [sizeOf(indices), 0]);
  const values = reshape(dy, concat([size, sliced(shape, 1, null)]));
  return [new IndexedSlices(values, reshape(indices, size), shape), null];
}
