/** Arrays of tensors: the handle carries one, with those of its gradients. */
import { float32, int32, int64, zerosOf } from '../../base/dtype';
import { type TensorShape, cShape } from '../../base/shape';
import { KernelError, type KernelNode, type StatefulTable, Value, attr, invalid } from '../kernel';
import { type Settings, TensorArray, arrayOf, checkRoom, emptyElement, handleOf } from './array-of-tensors';
import { cut, joined, rowsOf } from './tensor-list';
import { checkVector, integer } from './variants';

const flow = (): Value => new Value(float32, [], new Float32Array(1));

/** Several elements as one tensor, each a row. */
function gathered(array: TensorArray, indices: readonly number[], stated: TensorShape): Value {
  if (!indices.length) {
    const dims = stated.fullDims ?? array.elementShape.fullDims;
    if (!dims)
      throw new KernelError(
        'Unimplemented',
        `TensorArray has size zero, but element shape ${stated.toCString()} is not fully defined. Currently only ` +
          'static shapes are supported when packing zero-size TensorArrays.',
      );
    const { dtype } = array.settings;
    return new Value(dtype, [0, ...dims], zerosOf(dtype, 0));
  }
  const items = readAll(array, indices);
  const [{ shape }] = items;
  const other = items.findIndex((item) => item.shape.join() !== shape.join());
  if (other > 0) {
    const found = `[${shape.join(',')}] but index ${other} has shape: [${items[other].shape.join(',')}]`;
    for (const item of items) item.release();
    invalid(`TensorArray has inconsistent shapes.  Index 0 has shape: ${found}`);
  }
  return joined(array.settings.dtype, [items.length, ...shape], items);
}
function readAll(array: TensorArray, indices: readonly number[]): Value[] {
  const items: Value[] = [];
  try {
    for (const index of indices) items.push(array.read(index));
    return items;
  } catch (error) {
    for (const item of items) item.release();
    throw error;
  }
}
const numbersOf = (value: Value): number[] => Array.from(value.read(), Number);

function indexOf(index: Value): number {
  if (index.shape.length) invalid(`TensorArray index must be scalar, but had shape: ${cShape(index.shape)}`);
  return integer(index);
}
function checkIndices({ shape }: Value): void {
  if (shape.length !== 1) invalid(`Expected indices to be a vector, but received shape: ${cShape(shape)}`);
}
function checkWritten({ settings }: TensorArray, { dtype }: Value): void {
  if (dtype !== settings.dtype)
    invalid(`TensorArray dtype is ${settings.dtype.cName} but Op is trying to write dtype ${dtype.cName}.`);
}
function checkAsked({ settings }: TensorArray, node: KernelNode): void {
  const asked = attr(node, 'dtype');
  if (asked !== settings.dtype)
    invalid(`TensorArray dtype is ${settings.dtype.cName} but Op requested dtype ${asked.cName}.`);
}

export const TENSOR_ARRAY_KERNELS: StatefulTable = {
  TensorArrayV3: ([size], node) => {
    if (size.shape.length) invalid(`TensorArray size must be scalar, but had shape: ${cShape(size.shape)}`);
    const count = integer(size);
    if (count < 0) invalid(`Size should be >= 0.`);
    checkRoom(count);
    const settings: Settings = {
      // TensorFlow numbers the arrays of its process; a text here depends on the graph alone.
      name: `${attr(node, 'tensor_array_name', 'string') || node.name}_0`,
      dtype: attr(node, 'dtype'),
      isDynamic: attr(node, 'dynamic_size', 'bool'),
      clearsAfterRead: attr(node, 'clear_after_read', 'bool'),
      isOfOneShape: attr(node, 'identical_element_shapes', 'bool'),
      sums: false,
    };
    const elements = Array.from({ length: count }, () => emptyElement());
    return [handleOf(new TensorArray(settings, elements, attr(node, 'element_shape', 'shape'))), flow()];
  },
  TensorArrayGradV3: ([handle], node) => [arrayOf(handle).gradient(attr(node, 'source', 'string')), flow()],
  TensorArrayGradWithShape: ([handle, , more], node) => [
    arrayOf(handle).gradient(attr(node, 'source', 'string'), numbersOf(more)),
    flow(),
  ],
  TensorArrayWriteV3: ([handle, index, value]) => {
    const array = arrayOf(handle);
    const at = indexOf(index);
    checkWritten(array, value);
    array.write(at, value.retain());
    return [flow()];
  },
  TensorArrayReadV3: ([handle, index], node) => {
    const array = arrayOf(handle);
    const at = indexOf(index);
    checkAsked(array, node);
    return [array.read(at)];
  },
  TensorArrayGatherV3: ([handle, indices], node) => {
    const array = arrayOf(handle);
    checkAsked(array, node);
    checkIndices(indices);
    return [gathered(array, numbersOf(indices), attr(node, 'element_shape', 'shape'))];
  },
  TensorArrayScatterV3: ([handle, indices, value]) => {
    const array = arrayOf(handle);
    checkWritten(array, value);
    checkIndices(indices);
    const at = numbersOf(indices);
    if (!value.shape.length) invalid('Input value for unpack must be at least a vector but received shape: []');
    if (value.shape[0] !== at.length)
      invalid(`Expected len(indices) == values.shape[0], but saw: ${at.length} vs. ${value.shape[0]}`);
    const last = at.reduce((a, b) => Math.max(a, b), -1);
    if (last >= array.size && !array.settings.isDynamic)
      invalid(`Max scatter index must be < array size (${last} vs. ${array.size})`);
    writeAll(array, at, rowsOf(value));
    array.mark();
    return [flow()];
  },
  TensorArrayConcatV3: ([handle], node) => {
    const array = arrayOf(handle);
    checkAsked(array, node);
    if (!array.marked) return emptyConcat(array, attr(node, 'element_shape_except0', 'shape'));
    const items = readAll(array, [...Array(array.marked).keys()]);
    const wrong = unlike(items);
    if (wrong) {
      for (const item of items) item.release();
      invalid(wrong);
    }
    const lengths = items.map(({ shape }) => shape[0]);
    const rest = items[0].shape.slice(1);
    const total = lengths.reduce((a, b) => a + b, 0);
    return [
      joined(array.settings.dtype, [total, ...rest], items),
      new Value(int64, [lengths.length], BigInt64Array.from(lengths, BigInt)),
    ];
  },
  TensorArraySplitV3: ([handle, value, lengths]) => {
    checkVector(lengths, 'lengths');
    if (!value.shape.length) invalid('Expected value to be at least a vector, but received shape: []');
    const sizes = numbersOf(lengths);
    const total = sizes.reduce((a, b) => a + b, 0);
    if (value.shape[0] !== total)
      invalid(
        'Expected sum of lengths to be equal to values.shape[0], but sum of lengths is ' +
          `${total} and value's shape is: [${value.shape.join(',')}]`,
      );
    const array = arrayOf(handle);
    if (sizes.length > array.size ? !array.settings.isDynamic : sizes.length < array.size)
      invalid(
        `TensorArray's size is not equal to the size of lengths (${array.size} vs. ${sizes.length}), and the ` +
          'TensorArray is not marked as dynamically resizeable',
      );
    checkWritten(array, value);
    let from = 0;
    const parts = sizes.map((size) => {
      const part = cut(value, from, size, [size, ...value.shape.slice(1)]);
      from += size;
      return part;
    });
    writeAll(array, [...sizes.keys()], parts);
    array.mark();
    return [flow()];
  },
  TensorArraySizeV3: ([handle]) => [new Value(int32, [], Int32Array.of(arrayOf(handle).size))],
  TensorArrayCloseV3: ([handle]) => {
    arrayOf(handle).close();
    return [];
  },
};
/** Why elements cannot lie behind one another, where they cannot. */
function unlike(items: readonly Value[]): string | null {
  const scalar = items.findIndex(({ shape }) => !shape.length);
  if (scalar >= 0)
    return `Concat saw a scalar shape at index ${scalar} but requires at least vectors.  Did you mean to call pack?`;
  const rest = ({ shape }: Value): string => `[${shape.slice(1).join(',')}]`;
  const other = items.findIndex((item) => rest(item) !== rest(items[0]));
  if (other < 0) return null;
  return (
    `TensorArray has inconsistent shapes.  Index 0 has (excepting dimension 0) shape: ${rest(items[0])} but index ` +
    `${other} has (excepting dimension 0) shape: ${rest(items[other])}`
  );
}
/** What no elements are side by side: their shape is what the graph says of it. */
function emptyConcat({ settings: { dtype } }: TensorArray, rest: TensorShape): Value[] {
  const dims = rest.fullDims;
  if (!dims)
    throw new KernelError(
      'Unimplemented',
      `TensorArray has size zero, but element_shape_except0 ${rest.toCString()} is not fully defined. Currently only ` +
        'static shapes are supported when concatenating zero-size TensorArrays.',
    );
  return [new Value(dtype, [0, ...dims], zerosOf(dtype, 0)), new Value(int64, [0], new BigInt64Array(0))];
}
/** Takes over a reference of each. */
function writeAll(array: TensorArray, at: readonly number[], parts: readonly Value[]): void {
  let next = 0;
  try {
    for (; next < parts.length; next++) array.write(at[next], parts[next]);
  } finally {
    for (const part of parts.slice(next + 1)) part.release();
  }
}
