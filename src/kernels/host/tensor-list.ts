/** Lists of tensors, and values that may be missing: what makes them, changes them and looks into them. */
import { type DType, bool, int32, zerosOf } from '../../base/dtype';
import { TensorShape, cShape, sizeOf } from '../../base/shape';
import { type StatefulKernel, type StatefulTable, Value, attr, invalid } from '../kernel';
import { checkRoom } from './array-of-tensors';
import {
  Optional,
  carried,
  checkFits,
  checkType,
  elementShape,
  integer,
  itemOf,
  listOf,
  merged,
  newList,
  optionalOf,
  shapeIn,
} from './variants';

// --- lists ------------------------------------------------------------------------------------------------------

/** Tensors one after the other in memory, as one of a shape. Takes over a reference of each. */
export function joined(dtype: DType, shape: readonly number[], items: readonly Value[]): Value {
  const data = zerosOf(dtype, sizeOf(shape), shape);
  let at = 0;
  for (const item of items) {
    const from = item.read();
    for (let k = 0; k < from.length; k++) data[at + k] = from[k];
    at += from.length;
    item.release();
  }
  return new Value(dtype, shape, data);
}
/** Some rows of a tensor. */
export function cut(x: Value, from: number, count: number, shape: readonly number[]): Value {
  const row = sizeOf(x.shape.slice(1)) * (x.dtype.isComplex ? 2 : 1);
  return new Value(x.dtype, shape, x.read().slice(from * row, (from + count) * row));
}
/** The rows of a tensor, each by itself. */
export function rowsOf(x: Value): Value[] {
  const [count, ...shape] = x.shape;
  return Array.from({ length: count }, (_, i) => cut(x, i, 1, shape));
}

const empty: StatefulKernel = ([shape, most], node) => {
  if (most.shape.length) invalid(`max_num_elements expected to be a scalar but got shape: ${cShape(most.shape)}`);
  return [newList(attr(node, 'element_dtype'), shapeIn(shape), [], integer(most))];
};
const reserve: StatefulKernel = ([shape, count], node) => {
  const n = integer(count);
  if (n < 0) invalid(`The num_elements must be non-negative, but is ${n}`);
  checkRoom(n);
  return [newList(attr(node, 'element_dtype'), shapeIn(shape), new Array<null>(n).fill(null))];
};
const push: StatefulKernel = ([handle, x], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'tried to append');
  checkFits(list, x, 'append a tensor');
  if (list.most >= 0 && list.length >= list.most)
    invalid(`Tried to push item into a full list list size: ${list.length} max_num_elements: ${list.most}`);
  return [list.with(list.items.with(list.length, x.retain()))];
};
const pop: StatefulKernel = ([handle, shape], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'expected');
  if (!list.length) invalid('Trying to pop from an empty list.');
  const [item, stated] = [list.items.at(list.length - 1), shapeIn(shape)];
  // Of one that was not set the shape must be told: that of other elements does not count.
  const known = merged(stated, list.shape);
  if (!item && !known.fullDims)
    invalid(`Trying to read an uninitialized tensor but element_shape is not fully defined.${known.toCString()}`);
  const last = itemOf(list, item, stated);
  return [list.with(list.items.butLast()), last];
};
const getItem: StatefulKernel = ([handle, index, shape], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'expected');
  const [i, count] = [integer(index), list.length];
  if (i < 0 || i >= count) invalid(`Trying to access element ${i} in a list with ${count} elements.`);
  return [itemOf(list, list.items.at(i), shapeIn(shape))];
};
const setItem: StatefulKernel = ([handle, index, x], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'op elements');
  const [i, count] = [integer(index), list.length];
  if (i < 0 || i >= count) invalid(`Trying to modify element ${i} in a list with ${count} elements.`);
  checkFits(list, x, 'set a tensor');
  return [list.with(list.items.with(i, x.retain()))];
};
const stack: StatefulKernel = ([handle, stated], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'expected');
  const [count, wanted] = [list.items.length, attr(node, 'num_elements')];
  if (wanted !== -1 && wanted !== count)
    invalid(`Operation expected a list with ${wanted} elements but got a list with ${count} elements.`);
  const known = elementShape(list, shapeIn(stated));
  const shape = known.fullDims;
  if (!shape)
    invalid(
      count
        ? `Tried to stack list which only contains uninitialized tensors and has a non-fully-defined element_shape: ` +
            known.toCString()
        : `Tried to stack elements of an empty list with non-fully-defined element_shape: ${known.toCString()}`,
    );
  const items = list.items.all().map((item) => itemOf(list, item, new TensorShape(shape)));
  return [joined(list.dtype, [count, ...shape], items)];
};
const unstack: StatefulKernel = ([x, stated], node) => {
  if (!x.shape.length) invalid('Tensor must be at least a vector, but saw shape: []');
  const [, ...shape] = x.shape;
  const wanted = shapeIn(stated);
  if (!wanted.isCompatibleWith(new TensorShape(shape)))
    invalid(`Specified a list with shape ${wanted.toCString()} from a tensor with shape [${shape.join(',')}]`);
  return [newList(attr(node, 'element_dtype'), wanted, rowsOf(x))];
};
const length: StatefulKernel = ([handle]) => [new Value(int32, [], Int32Array.of(listOf(handle).length))];
const shapeOfElements: StatefulKernel = ([handle], node) => {
  const { dims } = listOf(handle).shape;
  const dtype = attr(node, 'shape_type', 'type');
  const shape = dims ? [dims.length] : [];
  const data = zerosOf(dtype, sizeOf(shape), shape);
  (dims ?? [null]).forEach((d, i) => {
    data[i] = typeof data[i] === 'bigint' ? BigInt(d ?? -1) : (d ?? -1);
  });
  return [new Value(dtype, shape, data)];
};
const resize: StatefulKernel = ([handle, size]) => {
  const list = listOf(handle);
  const n = integer(size);
  if (n < 0) invalid(`TensorListSlice expects size to be non-negative. Got: ${n}`);
  checkRoom(n);
  const items = list.items
    .all()
    .slice(0, n)
    .map((item) => item && item.retain());
  while (items.length < n) items.push(null);
  return [newList(list.dtype, list.shape, items, list.most)];
};

// --- values that may be missing ---------------------------------------------------------------------------------

const getValue: StatefulKernel = ([handle], node) => {
  const { values } = optionalOf(handle);
  if (!values) invalid('The given optional does not have a value.');
  const [types, shapes] = [attr(node, 'output_types', 'list(type)'), attr(node, 'output_shapes', 'list(shape)')];
  if (values.length !== types.length)
    invalid(`The given optional has ${values.length} components, expected ${types.length}`);
  values.forEach(({ dtype, shape }, i) => {
    const refuse = (what: string, expected: string, actual: string): never =>
      invalid(
        `The given optional does not match the expected ${what} for component ${i}. ` +
          `Expected: ${expected}. Actual: ${actual}.`,
      );
    if (dtype !== types[i]) refuse('type', types[i].cName, dtype.cName);
    if (!shapes[i].isCompatibleWith(new TensorShape(shape))) refuse('shape', shapes[i].toCString(), cShape(shape));
  });
  return values.map((value) => value.retain());
};
export const TENSOR_LIST_KERNELS: StatefulTable = {
  EmptyTensorList: empty,
  TensorListReserve: reserve,
  TensorListPushBack: push,
  TensorListPopBack: pop,
  TensorListGetItem: getItem,
  TensorListSetItem: setItem,
  TensorListStack: stack,
  TensorListFromTensor: unstack,
  TensorListLength: length,
  TensorListResize: resize,
  TensorListElementShape: shapeOfElements,
  OptionalNone: () => [carried(new Optional(null))],
  OptionalFromValue: (values) => [carried(new Optional(values.map((value) => value.retain())))],
  OptionalHasValue: ([handle]) => [new Value(bool, [], Uint8Array.of(optionalOf(handle).values ? 1 : 0))],
  OptionalGetValue: getValue,
};
