/** Values that are known while the graph is built, and what converts to a tensor. */
import type { ByName } from '../base/by-name';
import { type DType, int32, int64 } from '../base/dtype';
import { checkHoles, worded } from '../base/border';
import { MESSAGE_BYTES, MOST_DEPTH, type Walk, someWithin, step } from '../base/room';
import { TypeError_, ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { ownNDArray } from '../base/own-memory';
import { elementCure, noValue } from '../base/inconvertible';
import { dtypeOfArray, isTypedArray, toNDArray } from '../base/to-ndarray';
import { TensorShape, cShape, sizeOf } from '../base/shape';
import { memberOf } from '../base/thrown';
import { readable } from '../base/unreadable';
import { getDefaultGraph } from './graph';
import { IndexedSlices } from './indexed-slices';
import { Tensor } from './operation';
import type { Convertible, Convertibles } from './tensor-like';

export type { Convertible, Lists, NotText, Numeric, ScalarLike, TensorLike, Text, Whole } from './tensor-like';
export { constantValue, constantValueAsShape, pythonValue } from './known-value';

export function isConvertible(value: unknown): value is Convertible {
  if (typeof value !== 'object' || value === null || value instanceof Tensor || !('asTensor' in value)) return false;
  return typeof value.asTensor === 'function';
}
/** The handle of a resource variable; their class stands above the graph. */
export function handleOf(x: unknown): Tensor | null {
  const handle = memberOf(x, 'handle');
  return handle instanceof Tensor ? handle : null;
}
/** True for what already is in a graph: a tensor or something that reads as one. */
export function isSymbolic(value: unknown): value is Tensor | IndexedSlices | Convertible {
  return value instanceof Tensor || value instanceof IndexedSlices || isConvertible(value);
}
/** The tensor that a symbolic value reads as. Rows (IndexedSlices) become dense, under `name`. */
export function asTensor(
  value: Tensor | IndexedSlices | Convertible,
  asRef = false,
  name: string | null = null,
): Tensor {
  return value instanceof Tensor
    ? value
    : value instanceof IndexedSlices
      ? slicesToTensor(value, name)
      : checkedTensor(value.asTensor(asRef));
}
/** A node of the same graph and dtype, for a look alone: a value would be read anew, and rows made dense. */
export function sampleOf(value: Tensor | IndexedSlices | Convertible): Tensor {
  if (value instanceof Tensor) return value;
  if (value instanceof IndexedSlices) return value.values;
  // Asking a variable for what it does not have would look for advice.
  return 'sample' in value && value.sample ? checkedTensor(value.sample()) : asTensor(value, true);
}
function checkedTensor(made: unknown): Tensor {
  if (made instanceof Tensor) return made;
  throw new TypeError_(`asTensor() of what stands for a tensor must give a Tensor, not ${worded(made)}.`);
}

export interface ConstantOptions extends ByName {
  readonly name?: string | null;
  readonly dtype?: DType | null;
  readonly shape?: readonly number[] | null;
  readonly verifyShape?: boolean;
}

function checkContent(dtype: DType, shape: readonly number[], name: string): void {
  const size = sizeOf(shape);
  if (size <= 1 || size * dtype.size < MESSAGE_BYTES) return;
  throw new ValueError(
    'Cannot create a tensor proto whose content is larger than 2GB.' +
      `\n  the constant '${name}' is ${dtype.name} ${cShape(shape)}` +
      '\n  fix: feed it through a placeholder, part by part, or make it when the graph runs ' +
      '(tf.zeros, tf.randomUniform).',
  );
}
/** Makes a Const node from host data. @throws ValueError  for 2 GB and more */
export function constantNode(value: NDArray, name = 'Const'): Tensor {
  checkContent(value.dtype, value.shape, name);
  return getDefaultGraph().createOp('Const', [], [value.dtype], { value, dtype: value.dtype }, name, constantNode)
    .outputs[0];
}

/**
 * Converts a value to a tensor: a tensor is itself, a variable its value, host data becomes a constant.
 *
 * @param dtype  the dtype it must have; numbers take it, tensors are checked against it
 * @throws TypeError  if a tensor is of another dtype, ValueError if nested arrays are ragged
 */
export const convertToTensor: (value: Convertibles, dtype?: DType | null, name?: string | null) => Tensor = toTensor;
/** The same of what may be anything: what becomes no tensor is refused. */
export function toTensor(value: unknown, dtype?: DType | null, name?: string | null): Tensor {
  if (isSymbolic(value)) {
    const tensor = asTensor(value, false, name);
    if (dtype && !dtype.isCompatibleWith(tensor.dtype)) {
      throw new ValueError(
        `Tensor conversion requested dtype ${dtype.name} for Tensor with dtype ${tensor.dtype.name}: '${tensor}'`,
      );
    }
    return tensor;
  }
  if (value === null || value === undefined) throw noValue(value);
  if (value instanceof TensorShape) return shapeConstant(value, dtype, name);
  try {
    if (Array.isArray(value) && containsSymbolic(value)) return packNested(value, dtype, name ?? 'packed');
    return constantNode(arrayOf(value, dtype?.baseDtype), name ?? 'Const');
  } catch (error) {
    throw readable(error);
  }
}
/** Host data as a constant keeps it. @throws TypeError  for an element of another kind, with what to do */
export function arrayOf(value: unknown, dtype?: DType | null): NDArray {
  // Before anything is copied.
  const own = dtypeOfArray(value);
  if (value instanceof NDArray) checkContent(dtype ?? value.dtype, value.shape, 'Const');
  else if (own && isTypedArray(value)) checkContent(dtype ?? own, [value.length], 'Const');
  try {
    return ownNDArray(value, dtype);
  } catch (error) {
    if (error instanceof TypeError_) error.message += elementCure(error.message);
    throw error;
  }
}
const LONGEST = 2 ** 31 - 1;
/** A whole shape as a vector: of int32 where that holds all sizes. */
function shapeConstant(shape: TensorShape, dtype: DType | null | undefined, name: string | null | undefined): Tensor {
  const dims = shape.fullDims;
  if (!dims) {
    throw new ValueError(
      `Cannot convert a partially known TensorShape to a Tensor: ${shape}` +
        '\n  fix: take the sizes when the graph runs: tf.shape(x), or [tf.shape(x).get(0), 10].',
    );
  }
  return constantNode(
    toNDArray(dims, dtype?.baseDtype ?? (dims.some((d) => d > LONGEST) ? int64 : int32), [dims.length]),
    name ?? 'shape_as_tensor',
  );
}

/** Rows of one index are summed: `UnsortedSegmentSum(values, indices, denseShape[0])`. */
function slicesToTensor(slices: IndexedSlices, name: string | null): Tensor {
  const { values, indices, denseShape } = slices;
  if (!denseShape) throw new ValueError(`Tensor conversion requested for IndexedSlices without dense_shape: ${slices}`);
  const make = (): Tensor => {
    const graph = getDefaultGraph();
    const rows = graph.nameScope('strided_slice', (scope) => {
      const [begin, end, strides] = [0, 1, 1].map((n, i) =>
        constantNode(new NDArray(int32, [1], Int32Array.of(n)), i ? `stack_${i}` : 'stack'),
      );
      return graph.createOp(
        'StridedSlice',
        [denseShape, begin, end, strides],
        [denseShape.dtype],
        {
          T: denseShape.dtype,
          Index: int32,
          begin_mask: 0,
          end_mask: 0,
          ellipsis_mask: 0,
          new_axis_mask: 0,
          shrink_axis_mask: 1,
        },
        scope,
        toTensor,
      ).outputs[0];
    });
    const attrs = { T: values.dtype, Tindices: indices.dtype, Tnumsegments: rows.dtype };
    const type = 'UnsortedSegmentSum';
    const sum = graph.createOp(type, [values, indices, rows], [values.dtype], attrs, name ?? type, toTensor);
    return sum.outputs[0];
  };
  return slices.graph === getDefaultGraph() ? make() : slices.graph.asDefault(make);
}

/** Only the first elements of long lists are looked at: a mixed list of thousands is not a thing people write. */
function containsSymbolic(list: readonly unknown[]): boolean {
  return someWithin(list, isSymbolic, () => 64);
}
/** Nodes that one list of tensors may become; more of them take minutes. */
const MOST_PACKS = 1 << 16;
function checkLists(list: readonly unknown[], walk: Walk = { parts: 0 }, depth = 0): void {
  step(walk, depth, MOST_PACKS);
  checkHoles(list);
  for (const part of list) if (Array.isArray(part)) checkLists(part, walk, depth + 1);
}
/** A list that holds tensors becomes a Pack, TensorFlow's auto-packing. Tensors are cast where a dtype is asked for. */
function packNested(list: readonly unknown[], dtype: DType | null | undefined, name: string): Tensor {
  checkLists(list);
  const found = findSymbolic(list).dtype.baseDtype;
  const type = dtype?.baseDtype ?? found;
  const cast = (x: unknown): unknown => {
    if (Array.isArray(x)) return x.map(cast);
    if (!isSymbolic(x)) return x;
    const t = asTensor(x);
    return t.dtype.baseDtype === type
      ? t
      : (getDefaultGraph().capturing ? getDefaultGraph() : t.graph).createOp(
          'Cast',
          [t],
          [type],
          { SrcT: t.dtype.baseDtype, DstT: type, Truncate: false },
          'Cast',
          toTensor,
        ).outputs[0];
  };
  return pack(type === found ? list : list.map(cast), type, name);
}
/**
 * Nested packs come first, then the constants, as Python makes them; a list of numbers alone takes a scope and leaves
 * it empty.
 */
function pack(list: readonly unknown[], type: DType, name: string): Tensor {
  const graph = getDefaultGraph();
  return graph.nameScope(name, (scope) => {
    const packed = list.map((x, i): unknown => {
      if (!Array.isArray(x)) return x;
      if (containsSymbolic(x)) return pack(x, type, String(i));
      graph.uniqueName(String(i));
      return x;
    });
    const elements = packed.map((x, i) => {
      if (!isSymbolic(x)) return toTensor(x, type, String(i));
      const t = asTensor(x);
      if (t.dtype.baseDtype !== type)
        throw new TypeError_(
          `Cannot convert a list containing a tensor of dtype ${t.dtype} to ${type} (Tensor is: ${t.repr()})`,
        );
      return t;
    });
    return graph.createOp('Pack', elements, [type], { N: elements.length, T: type, axis: 0 }, scope, convertToTensor)
      .outputs[0];
  });
}
function findSymbolic(list: readonly unknown[]): Tensor {
  for (const x of list) {
    if (isSymbolic(x)) return sampleOf(x);
    if (Array.isArray(x) && containsSymbolic(x)) return findSymbolic(x);
  }
  throw new TypeError_('no tensor in the list');
}
/** True for a JavaScript value whose dtype is open until something decides it: numbers and arrays of them. */
export function isWeak(value: unknown): boolean {
  let at = value;
  for (let depth = 0; Array.isArray(at) && depth <= MOST_DEPTH; depth++) at = at[0];
  return (
    typeof at === 'number' ||
    at === undefined ||
    (typeof at === 'object' && at !== null && !isSymbolic(at) && !(at instanceof NDArray) && dtypeOfArray(at) === null)
  );
}
