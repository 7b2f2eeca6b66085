/** Values that are known while the graph is built, and what converts to a tensor. */
import { type DType, int32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { NDArray, type Nested, dtypeOfArray, toNDArray } from '../base/ndarray';
import { type TypedArray } from '../base/dtype';
import { TensorShape } from '../base/shape';
import { IndexedSlices, type ScalarTensor, Tensor, getDefaultGraph, noteComputedInput } from './graph';
import type { Operation } from './graph';

/** Objects that stand for a tensor in a graph: a Variable reads itself. */
export interface Convertible {
  asTensor(asRef?: boolean): Tensor;
}
export type TensorLike = Tensor | IndexedSlices | Convertible | Nested | TypedArray | NDArray | readonly TensorLike[];
export type ScalarLike = number | ScalarTensor;

export function isConvertible(value: unknown): value is Convertible {
  return typeof value === 'object' && value !== null && typeof (value as Convertible).asTensor === 'function';
}
/** True for what already is in a graph: a tensor or something that reads as one. */
export function isSymbolic(value: unknown): value is Tensor | IndexedSlices | Convertible { return value instanceof Tensor || value instanceof IndexedSlices || isConvertible(value); }
/** The tensor that a symbolic value reads as. Rows (IndexedSlices) become dense, under `name`. */
export function asTensor(value: Tensor | IndexedSlices | Convertible, asRef = false, name: string | null = null): Tensor {
  return value instanceof Tensor ? value : value instanceof IndexedSlices ? slicesToTensor(value, name) : value.asTensor(asRef);
}

export interface ConstantOptions { readonly name?: string | null; readonly dtype?: DType | null; readonly shape?: readonly number[] | null; readonly verifyShape?: boolean }

/** Makes a Const node from host data. */
export function constantNode(value: NDArray, name = 'Const'): Tensor {
  return getDefaultGraph().createOp('Const', [], [value.dtype], { value, dtype: value.dtype }, name, constantNode).outputs[0];
}

/**
 * Converts a value to a tensor: a tensor is itself, a variable its value, host data becomes a constant.
 *
 * @param dtype  the dtype it must have; numbers take it, tensors are checked against it
 * @throws TypeError  if a tensor is of another dtype, ValueError if nested arrays are ragged
 */
export function convertToTensor(value: TensorLike, dtype?: DType | null, name?: string | null): Tensor {
  if (isSymbolic(value)) {
    const tensor = asTensor(value, false, name);
    if (dtype && !dtype.isCompatibleWith(tensor.dtype)) {
      throw new ValueError(`Tensor conversion requested dtype ${dtype.name} for Tensor with dtype ${tensor.dtype.name}: '${tensor}'`);
    }
    return tensor;
  }
  if (value === null || value === undefined) throw new ValueError('None values not supported.');
  if (Array.isArray(value) && containsSymbolic(value)) return packNested(value as readonly TensorLike[], dtype, name ?? 'packed');
  return constantNode(toNDArray(value, dtype?.baseDtype), name ?? 'Const');
}

/** Rows of one index are summed: `UnsortedSegmentSum(values, indices, denseShape[0])`. */
function slicesToTensor(slices: IndexedSlices, name: string | null): Tensor {
  const { values, indices, denseShape } = slices;
  if (!denseShape) throw new ValueError(`Tensor conversion requested for IndexedSlices without dense_shape: ${slices}`);
  const make = (): Tensor => {
    const graph = getDefaultGraph();
    const rows = graph.nameScope('strided_slice', (scope) => {
      const [begin, end, strides] = [0, 1, 1].map((n, i) => constantNode(new NDArray(int32, [1], Int32Array.of(n)), i ? `stack_${i}` : 'stack'));
      return graph.createOp('StridedSlice', [denseShape, begin, end, strides], [denseShape.dtype], {
        T: denseShape.dtype, Index: int32, begin_mask: 0, end_mask: 0, ellipsis_mask: 0, new_axis_mask: 0, shrink_axis_mask: 1,
      }, scope, convertToTensor).outputs[0];
    });
    const attrs = { T: values.dtype, Tindices: indices.dtype, Tnumsegments: rows.dtype };
    return graph.createOp('UnsortedSegmentSum', [values, indices, rows], [values.dtype], attrs, name ?? 'UnsortedSegmentSum', convertToTensor).outputs[0];
  };
  return slices.graph === getDefaultGraph() ? make() : slices.graph.asDefault(make);
}

function containsSymbolic(list: readonly unknown[]): boolean {
  // Only the first elements of long numeric lists are looked at: a mixed list of thousands is not a thing people write.
  for (let i = 0; i < list.length && i < 64; i++) {
    const x = list[i];
    if (isSymbolic(x) || (Array.isArray(x) && containsSymbolic(x))) return true;
  }
  return false;
}
/** A list that holds tensors becomes a Pack, TensorFlow's auto-packing. */
function packNested(list: readonly TensorLike[], dtype: DType | null | undefined, name: string): Tensor {
  const graph = getDefaultGraph();
  const first = findSymbolic(list);
  const type = dtype?.baseDtype ?? first.dtype.baseDtype;
  return graph.nameScope(name, (scope) => {
    const elements = list.map((x, i) => (Array.isArray(x) ? convertToTensor(x, type, String(i)) : convertToTensor(x, type, String(i))));
    return graph.createOp('Pack', elements, [type], { N: elements.length, T: type, axis: 0 }, scope, convertToTensor).outputs[0];
  });
}
function findSymbolic(list: readonly unknown[]): Tensor {
  for (const x of list) {
    if (isSymbolic(x)) return x instanceof IndexedSlices ? x.values : asTensor(x);
    if (Array.isArray(x) && containsSymbolic(x)) return findSymbolic(x);
  }
  throw new TypeError_('no tensor in the list');
}
/** True for a JavaScript value whose dtype is open until something decides it: numbers and arrays of them. */
export function isWeak(value: unknown): boolean {
  let at = value;
  while (Array.isArray(at)) at = at[0];
  return typeof at === 'number' || at === undefined || (typeof at === 'object' && at !== null && !isSymbolic(at) && !(at instanceof NDArray) && dtypeOfArray(at) === null);
}

const DEEPEST = 50;
/** The value of a tensor where it is known while building (constants and shape arithmetic on them), or null. */
export function constantValue(tensor: Tensor): NDArray | null { return valueAt(tensor, 0); }
function valueAt(tensor: Tensor, depth: number): NDArray | null {
  const { value } = tensor.op.def.row;
  if (!value || depth > DEEPEST || tensor.valueIndex !== 0) return null;
  return value(tensor.op, (t) => valueAt(t, depth + 1));
}
/** A 1-D integer tensor read as a shape, with unknown dimensions where they are unknown, or null. */
export function constantValueAsShape(tensor: Tensor): TensorShape | null { return partialAt(tensor, 0); }
function partialAt(tensor: Tensor, depth: number): TensorShape | null {
  const known = valueAt(tensor, depth);
  if (known) return known.rank > 1 ? null : new TensorShape(Array.from(known.data as Int32Array, Number));
  const { partial } = tensor.op.def.row;
  const shape = partial && depth < DEEPEST ? partial(tensor.op, (t) => partialAt(t, depth + 1)) : null;
  if (shape) return shape;
  const length = tensor.shape.at(0);
  return tensor.shape.rank === 1 && length !== null ? TensorShape.unknown(length) : null;
}
/** For shape functions: the value of an input, or null; noted for the error text. */
export function constantInput(op: Operation, index: number): NDArray | null {
  const value = constantValue(op.inputs[index]);
  if (value && value.size <= 64) noteComputedInput(index, value.rank === 0 ? `<${value.item()}>` : value.rank === 1 ? `<${Array.from(value.data as Int32Array).join(' ')}>` : value.toString());
  return value;
}
/** For shape functions: the values of an integer input as numbers, or null. */
export function constantNumbers(op: Operation, index: number): number[] | null {
  const value = constantInput(op, index);
  return value && Array.from(value.data as Int32Array, Number);
}
/** For shape functions: an input read as a partly known shape, or null. */
export function shapeInput(op: Operation, index: number): TensorShape | null {
  if (constantInput(op, index)) return constantValueAsShape(op.inputs[index]);
  return constantValueAsShape(op.inputs[index]);
}
