/** Variables behind a resource handle: every read is a node of its own, so that it is clear what a read sees. */
import type { DType } from '../base/dtype';
import { type NDArray, toNDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { IndexedSlices, type Operation, ShapeError, type Tensor } from '../graph/graph';
import { type Grad, type OpRow, type OpTable, registerOps } from '../graph/opdef';
import { inShape, mergeShapes, noOutputs, scalarShape, withRankAtLeast } from '../graph/shape-fn';
import { gatherNdGrad } from './gather';
import { SUMMABLE, checkScatter } from './state';
import { concat, ints, reshape, sizeOf, sliced } from './words';

const INDICES = 'Tindices: {int32, int64}';

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
function assign(types: string): OpRow {
  return {
    sig: 'resource: resource, value: dtype ->',
    attrs: [`dtype: ${types}`],
    stateful: true,
    grad: 'none',
    shape: (op) => {
      mergeShapes(variableShape(op), inShape(op, 1));
      return [];
    },
  };
}
function scatter(types: string): OpRow {
  return {
    sig: 'resource: resource, indices: Tindices, updates: dtype ->',
    attrs: [`dtype: ${types}`, INDICES],
    stateful: true,
    grad: 'none',
    shape: (op) => {
      checkScatter(op, variableShape(op));
      return [];
    },
  };
}
function scatterNd(types: string): OpRow {
  return {
    sig: 'ref: resource, indices: Tindices, updates: T ->',
    attrs: [`T: ${types}`, INDICES, 'use_locking: bool = true'],
    stateful: true,
    grad: 'none',
    shape: noOutputs,
  };
}

export const RESOURCE: OpTable = {
  VarHandleOp: {
    sig: '-> resource: resource',
    attrs: ['container: string = ""', 'shared_name: string = ""', 'dtype: type', 'shape: shape'],
    shape: scalarShape,
    stateful: true,
    effect: 'none',
    grad: 'none',
  },
  ReadVariableOp: {
    sig: 'resource: resource -> value: dtype',
    attrs: ['dtype: type'],
    shape: (op) => [variableShape(op)],
    stateful: true,
    effect: 'none',
    grad: (_, [dy]) => dy,
  },
  AssignVariableOp: assign('type'),
  AssignAddVariableOp: assign('type'),
  AssignSubVariableOp: assign('type'),
  VarIsInitializedOp: {
    sig: 'resource: resource -> is_initialized: bool',
    shape: scalarShape,
    stateful: true,
    effect: 'none',
    grad: 'none',
  },
  VariableShape: {
    sig: 'input: resource -> output: out_type',
    attrs: ['out_type: {int32, int64} = int32'],
    stateful: true,
    effect: 'none',
    grad: 'none',
    shape: (op) => [[handleShape(op.inputs[0]).rank]],
    value: (op) => known(handleShape(op.inputs[0]), op.getAttr<DType>('out_type')),
    partial: (op) => handleShape(op.inputs[0]),
  },
  DestroyResourceOp: {
    sig: 'resource: resource ->',
    attrs: ['ignore_lookup_error: bool = true'],
    shape: noOutputs,
    stateful: true,
    grad: 'none',
  },
  ResourceCountUpTo: {
    sig: 'resource: resource -> output: T',
    attrs: ['limit: int', 'T: {int32, int64}'],
    shape: scalarShape,
    stateful: true,
    grad: 'none',
  },
  ResourceGather: {
    sig: 'resource: resource, indices: Tindices -> output: dtype',
    attrs: ['batch_dims: int = 0', 'validate_indices: bool = true', 'dtype: type', INDICES],
    stateful: true,
    effect: 'none',
    shape: gatherShape,
    grad: gatherGrad,
  },
  ResourceGatherNd: {
    sig: 'resource: resource, indices: Tindices -> output: dtype',
    attrs: ['dtype: type', INDICES],
    stateful: true,
    effect: 'none',
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
  ResourceScatterUpdate: scatter('type'),
  ResourceScatterAdd: scatter(SUMMABLE),
  ResourceScatterSub: scatter(SUMMABLE),
  ResourceScatterMul: scatter(SUMMABLE),
  ResourceScatterDiv: scatter(SUMMABLE),
  ResourceScatterMin: scatter(SUMMABLE),
  ResourceScatterMax: scatter(SUMMABLE),
  ResourceScatterNdUpdate: scatterNd('type'),
  ResourceScatterNdAdd: scatterNd('type'),
  ResourceScatterNdSub: scatterNd('type'),
};
registerOps(RESOURCE);

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
