/**
 * Variables: the ops that read and write the session's state, through references and through handles. A read shares
 * the value; a write is done in place only where the variable is its one owner, so what was read stays as it was.
 */
import { asLongs, asNumbers, asOrdered } from '../../base/elements';
import { type DType, type Data, bool, int32, int64, zerosOf } from '../../base/dtype';
import { cShape, sameShape, sizeOf } from '../../base/shape';
import type { OpType } from '../../graph/opdef';
import {
  type HostTensor,
  KernelError,
  type KernelNode,
  type Run,
  type StatefulKernel,
  type StatefulRow,
  type StatefulTable,
  Value,
  attr,
  invalid,
} from '../kernel';
import { noHostKernel, wrongOutput } from '../kernel-error';
import { type Kind, isResource, placeOf } from '../resources';
import { REFERENCE, VARIABLE, VariableState, variableOf } from '../variable';
import { compute } from './borrowed';
import { type Combine, checkRows, combineRows, combiners } from './scatter-rows';
import { assignPart } from './sliced-assignment';
import { own, present, withValue, writable, wrongDtype } from './variable-value';

// --- references and handles -----------------------------------------------------------------------------------

/** The variable of a node, made at first sight; the edge that points at it is kept. */
function holder(kind: Kind<VariableState>): StatefulRow {
  return {
    make(node) {
      const place = placeOf(node.name, node.attrs);
      const { dims } = attr(node, 'shape');
      const shape = dims?.every((d) => d !== null) ? dims : [];
      const dtype = attr(node, 'dtype');
      let edge: Value | null = null;
      let state: VariableState | null = null;
      return (_, __, { resources }) => {
        if (!edge || !state || state.disposed) {
          state = resources.findOrMake(kind, place, () => new VariableState(place, dtype, kind));
          if (kind === REFERENCE && state.dtype !== dtype) throw otherDtype(node, state.dtype, dtype);
          edge = new Value(dtype, shape, null, null, state);
        }
        return [edge.retain()];
      };
    },
  };
}

function otherDtype(node: KernelNode, found: DType, wanted: DType): KernelError {
  const cure = `the variable of this name was made with dtype ${found.name}: give another name, or shared_name.`;
  return wrongOutput(node, 0, found.ref, wanted.ref, cure);
}

// --- kernels --------------------------------------------------------------------------------------------------

type Kernels = Record<string, StatefulKernel | StatefulRow>;
/** A kernel for a reference gives the reference on; one for a handle gives nothing. */
function updating(
  kernel: (edge: Value, inputs: readonly Value[], node: KernelNode, context: Run) => void,
): StatefulKernel {
  return (inputs, node, context) => {
    kernel(inputs[0], inputs, node, context);
    return variableOf(inputs[0]).isHandle ? [] : [inputs[0].retain()];
  };
}

const assign = updating((edge, [, value], node) => {
  const state = variableOf(edge);
  if (state.initialized && state.dtype !== value.dtype) invalid(wrongDtype('assign', state.dtype, value.dtype));
  const shape = state.shape ?? edge.shape;
  // A handle has the attribute from 2.x on, where a first value may have any shape.
  if (
    node.attrs['validate_shape'] === true &&
    !sameShape(shape, value.shape) &&
    !(state.isHandle && !state.initialized)
  )
    invalid(unlikeShapes(state.isHandle, cShape(shape), cShape(value.shape)));
  state.assign(own(value));
});

function unlikeShapes(isHandle: boolean, old: string, given: string): string {
  return isHandle
    ? `Trying to assign to variable with tensor with wrong shape. Expected ${old} got ${given}`
    : `Assign requires shapes of both tensors to match. lhs shape= ${old} rhs shape= ${given}`;
}

/** `+=` and `-=`. */
function accumulate(type: 'AddV2' | 'Sub', sign: 1 | -1): StatefulKernel {
  return updating((edge, [, delta], node, context) => {
    const state = variableOf(edge);
    const { dtype, shape } = withValue(edge, context, (value) => value);
    if (!isNumeric(dtype)) throw noHostKernel(node.type, dtype);
    if (!sameShape(shape, delta.shape)) {
      invalid(
        state.isHandle
          ? `Cannot update variable with shape ${cShape(shape)} using a Tensor with shape ` +
              `${cShape(delta.shape)}, shapes must be equal.`
          : 'Parameters and update must be the same size',
      );
    }
    const target = isPlain(dtype) && context.placement !== 'device' && delta.data ? state.exclusive() : null;
    if (target?.data && target.handle === null) addInPlace(target.data, delta.data!, sign);
    else
      state.assign(
        withValue(edge, context, (value) => compute(type, [value, delta], { T: dtype }, dtype, node, context)),
      );
  });
}
function isNumeric(dtype: DType): boolean {
  return dtype.isFloating || dtype.isInteger || dtype.isComplex;
}
/** Elements that JavaScript's arrays add up by themselves: all but 16-bit floats. */
function isPlain(dtype: DType): boolean {
  return dtype.size !== 2 || !dtype.isFloating;
}
function addInPlace(target: Data, delta: Data, sign: 1 | -1): void {
  if (target instanceof BigInt64Array || target instanceof BigUint64Array) {
    const by = asLongs(delta);
    for (let i = 0; i < target.length; i++) target[i] += sign === 1 ? by[i] : -by[i];
    return;
  }
  const [a, b] = [asNumbers(target), asNumbers(delta)];
  if (sign === 1) for (let i = 0; i < a.length; i++) a[i] += b[i];
  else for (let i = 0; i < a.length; i++) a[i] -= b[i];
}

const countUpTo: StatefulKernel = ([edge], node, context) => {
  const limit = attr(node, 'limit');
  return withValue(edge, context, (value) => {
    const before = asOrdered(value.read())[0];
    if (before >= limit) throw new KernelError('OutOfRange', `Reached limit of ${limit}`);
    const data = zerosOf(value.dtype, 1);
    data[0] = typeof before === 'bigint' ? before + 1n : before + 1;
    const out = new Value(value.dtype, [], value.data!.slice());
    variableOf(edge).assign(new Value(value.dtype, [], data));
    return [out];
  });
};

function scatter(combine: Combine): StatefulKernel {
  return updating((edge, [, indices, updates], _, context) => {
    const { dtype, shape } = withValue(edge, context, (value) => value);
    const hosted = [indices, updates].map((v): HostTensor => ({ dtype: v.dtype, shape: v.shape, data: v.read() }));
    combineRows({ dtype, shape }, () => writable(edge), hosted[0], hosted[1], combine, variableOf(edge).isHandle);
  });
}
/** By the kernels of the ops that do the same to a plain tensor. */
function scatterNd(type: OpType): StatefulKernel {
  return updating((edge, [, indices, updates], node, context) => {
    const next = withValue(edge, context, (value) => {
      checkRows(value.shape, indices, updates);
      const [at, rows] = indices.shape.length === 1 ? firstRow(value, indices, updates) : [indices, updates];
      const attrs = { T: value.dtype, Tindices: indices.dtype };
      return compute(type, [value, at, rows], attrs, value.dtype, node, context);
    });
    variableOf(edge).assign(next);
  });
}
/** What is written of a vector of indices. */
function firstRow({ shape }: Value, indices: Value, updates: Value): Value[] {
  const [count, ...row] = updates.shape;
  const written = Math.min(count, 1);
  const place = Number(indices.read()[0] ?? 0);
  if (place < 0 || place >= shape[0]) invalid(`indices = [${place}] does not index into shape ${cShape(shape)}`);
  const part = ({ dtype }: Value, shape: number[], data: Data): Value =>
    new Value(dtype, shape, data.slice(0, written * sizeOf(shape.slice(1)) * (dtype.isComplex ? 2 : 1)));
  return [part(indices, [written, 1], indices.read()), part(updates, [written, ...row], updates.read())];
}
const isInitialized: StatefulKernel = ([edge]) => [
  new Value(bool, [], Uint8Array.of(edge.payload instanceof VariableState && edge.payload.initialized ? 1 : 0)),
];

/** One kernel under its name for references and its name for handles. */
function both(name: string, handleName: string, kernel: StatefulKernel): Kernels {
  return { [name]: kernel, [handleName]: kernel };
}

export const STATE_KERNELS: StatefulTable = {
  VariableV2: holder(REFERENCE),
  Variable: holder(REFERENCE),
  VarHandleOp: holder(VARIABLE),
  ...both('Assign', 'AssignVariableOp', assign),
  ...both('AssignAdd', 'AssignAddVariableOp', accumulate('AddV2', 1)),
  ...both('AssignSub', 'AssignSubVariableOp', accumulate('Sub', -1)),
  ...both('CountUpTo', 'ResourceCountUpTo', countUpTo),
  ...both('IsVariableInitialized', 'VarIsInitializedOp', isInitialized),
  RefIdentity: ([edge]) => [edge.retain()],
  ReadVariableOp: ([edge], _, context) => [present(edge, context, true)],
  VariableShape([edge], node, context) {
    const shape = variableOf(edge).shape ?? present(edge, context).shape;
    const data = attr(node, 'out_type') === int64 ? BigInt64Array.from(shape, BigInt) : Int32Array.from(shape);
    return [new Value(data instanceof Int32Array ? int32 : int64, [shape.length], data)];
  },
  DestroyResourceOp([{ payload }], node, { resources }) {
    if (!(payload instanceof VariableState)) {
      if (isResource(payload)) payload.dispose();
      return [];
    }
    if (!payload.initialized && !attr(node, 'ignore_lookup_error'))
      throw new KernelError('NotFound', resources.missing(payload.place, null));
    payload.clear();
    return [];
  },
  ResourceGather: ([edge, indices], node, context) =>
    withValue(edge, context, (value) => {
      const attrs = {
        Tparams: value.dtype,
        Tindices: indices.dtype,
        Taxis: int32,
        batch_dims: attr(node, 'batch_dims'),
      };
      const axis = new Value(int32, [], Int32Array.of(attrs.batch_dims));
      try {
        return [compute('GatherV2', [value, indices, axis], attrs, value.dtype, node, context)];
      } finally {
        axis.release();
      }
    }),
  ResourceGatherNd: ([edge, indices], node, context) =>
    withValue(edge, context, (value) => [
      compute(
        'GatherNd',
        [value, indices],
        { Tparams: value.dtype, Tindices: indices.dtype },
        value.dtype,
        node,
        context,
      ),
    ]),
  ...Object.fromEntries(
    Object.entries(combiners).flatMap(([name, combine]) =>
      Object.entries(both(`Scatter${name}`, `ResourceScatter${name}`, scatter(combine))),
    ),
  ),
  // Loaded with the first of them.
  ...both(
    'StridedSliceAssign',
    'ResourceStridedSliceAssign',
    updating((...given) => assignPart(...given)),
  ),
  ...both('ScatterNdUpdate', 'ResourceScatterNdUpdate', scatterNd('TensorScatterUpdate')),
  ...both('ScatterNdAdd', 'ResourceScatterNdAdd', scatterNd('TensorScatterAdd')),
  ...both('ScatterNdSub', 'ResourceScatterNdSub', scatterNd('TensorScatterSub')),
};
