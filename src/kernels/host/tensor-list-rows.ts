/** Lists of tensors and the rows of one: gathered, scattered, cut apart, put together, several lists at a time. */
import { int64 } from '../../base/dtype';
import { largest } from '../../base/room';
import { TensorShape, cShape, sizeOf } from '../../base/shape';
import { type StatefulKernel, type StatefulTable, Value, attr, invalid } from '../kernel';
import { checkRoom } from './array-of-tensors';
import { cut, joined, rowsOf } from './tensor-list';
import {
  type TensorList,
  asMany,
  checkFits,
  checkType,
  checkVector,
  held,
  integer,
  itemOf,
  listOf,
  listsOf,
  merged,
  newList,
  shapeIn,
} from './variants';

function numbersOf(x: Value): number[] {
  return Array.from(x.read(), Number);
}
function checkRows(x: Value, indices: readonly number[]): void {
  if (!x.shape.length) invalid('Tensor must be at least a vector, but saw shape: []');
  if (x.shape[0] !== indices.length)
    invalid(`Invalid number of rows in input tensor. Expected: ${indices.length} Actual: ${x.shape[0]}`);
  if (indices.some((i) => i < 0)) invalid('Indices in TensorListScatter must all be non-negative.');
}
function checkShape(stated: TensorShape, shape: readonly number[]): void {
  if (!stated.isCompatibleWith(new TensorShape(shape)))
    invalid(`Specified a list with shape ${stated.toCString()} from a tensor with shape ${cShape(shape)}`);
}

const gather: StatefulKernel = ([handle, at, stated], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'op elements');
  const indices = numbersOf(at);
  const outside = indices.find((i) => i < 0 || i >= list.length);
  if (outside !== undefined) invalid(`Index ${outside} out o range; list only has ${list.length} elements.`);
  const items = indices.map((i) => list.items.at(i));
  const shape = items.reduce(
    (known, item) => (item ? merged(known, new TensorShape(item.shape)) : known),
    merged(shapeIn(stated), list.shape),
  );
  const dims = shape.fullDims;
  if (!dims)
    invalid(
      indices.length
        ? `Tried to gather uninitialized tensors from a list with non-fully-defined element_shape: ${shape.toCString()}`
        : `Tried to gather zero-elements from a list with non-fully-defined shape: ${shape.toCString()}`,
    );
  const rows = items.map((item) => itemOf(list, item, new TensorShape(dims!)));
  return [joined(list.dtype, [...at.shape, ...dims!], rows)];
};
/** A list with the rows of a tensor at their places. */
function scattered(x: Value, indices: readonly number[], count: number): (Value | null)[] {
  checkRoom(count);
  const items = new Array<Value | null>(count).fill(null);
  rowsOf(x).forEach((row, i) => {
    items[indices[i]]?.release();
    items[indices[i]] = row;
  });
  return items;
}
const scatter: StatefulKernel = ([x, at, stated, size], node) => {
  const indices = numbersOf(at);
  const wanted = size === undefined ? -1 : integer(size);
  if (wanted < -1) invalid(`TensorListScatter expects num_elements >= -1, found: ${wanted}`);
  checkRows(x, indices);
  const shape = shapeIn(stated);
  checkShape(shape, x.shape.slice(1));
  const outside = wanted < 0 ? undefined : indices.find((i) => i >= wanted);
  if (outside !== undefined)
    invalid(`TensorListScatter: Trying to scatter at index ${outside} in list with size ${wanted}`);
  const count = wanted < 0 ? largest(indices, -1) + 1 : wanted;
  return [newList(attr(node, 'element_dtype'), shape, scattered(x, indices, count))];
};
const scatterInto: StatefulKernel = ([handle, x, at], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'tried to set');
  const indices = numbersOf(at);
  checkRows(x, indices);
  checkShape(list.shape, x.shape.slice(1));
  const items = held(list.items.all());
  const count = largest(indices, items.length - 1) + 1;
  scattered(x, indices, count).forEach((row, i) => {
    if (!row && i < items.length) return;
    items[i]?.release();
    items[i] = row;
  });
  return [newList(list.dtype, list.shape, items)];
};
const split: StatefulKernel = ([x, stated, sizes], node) => {
  checkVector(sizes, 'lengths');
  if (!x.shape.length) invalid('Tensor must be at least a vector, but saw shape: []');
  const shape = shapeIn(stated);
  const [rows, ...rest] = x.shape;
  if (shape.rank === 0) invalid('TensorListSplit requires element_shape to be at least of rank 1, but saw: []');
  if (shape.dims && !new TensorShape(shape.dims.slice(1)).isCompatibleWith(new TensorShape(rest)))
    invalid(`tensor shape ${cShape(x.shape)} is not compatible with element_shape ${shape.toCString()}`);
  const pieces: { readonly from: number; readonly size: number }[] = [];
  let from = 0;
  for (const size of numbersOf(sizes)) {
    if (size < 0) invalid(`Invalid value in lengths: ${size}`);
    if (from + size > rows) invalid(`Attempting to slice [${from}, ${from + size}] from tensor with length ${rows}`);
    pieces.push({ from, size });
    from += size;
  }
  if (from !== rows) invalid(`Unused values in tensor. Length of tensor: ${rows} Values used: ${from}`);
  const items = pieces.map((piece) => cut(x, piece.from, piece.size, [piece.size, ...rest]));
  return [newList(attr(node, 'element_dtype'), shape, items)];
};
/** What a concatenation is told beside the list. */
interface Concat {
  /** The first dimension of elements that were not set; null where that of the others says it. */
  readonly first: number | null;
  /** Their other dimensions. */
  readonly rest: TensorShape;
  /** The first dimensions one by one; null in the version of the op that has no such input. */
  readonly leading: readonly number[] | null;
}
const restOf = ({ dims }: TensorShape): TensorShape => new TensorShape(dims && dims.slice(1));
/** All elements along their first dimension, and how long each was. */
function concatenated(list: TensorList, { first, rest, leading }: Concat): Value[] {
  const items = list.items.all();
  if (!items.length && !rest.fullDims)
    invalid(
      'All except the first dimension must be fully defined when concating an empty tensor list. element_shape: ' +
        rest.toCString(),
    );
  let known = rest;
  for (const [i, item] of items.entries()) {
    if (!item) continue;
    if (!item.shape.length) invalid(`Concat saw a scalar shape at index ${i} but requires at least vectors.`);
    known = merged(known, new TensorShape(item.shape.slice(1)));
    if (first !== null && first !== item.shape[0])
      invalid(
        'First entry of element_shape input does not match the first dim of list element at index: ' +
          `${i} Expected: ${first} Actual: ${item.shape[0]}`,
      );
  }
  const dims = known.fullDims;
  if (!dims)
    invalid(
      'Trying to concat list with only uninitialized tensors but element_shape_except_first_dim_ is not fully ' +
        `defined: ${known.toCString()}`,
    );
  const firsts = new Set(items.flatMap((item) => (item ? [item.shape[0]] : [])));
  const common = first ?? (firsts.size === 1 ? [...firsts][0] : null);
  const sizes = items.map((item, i) => item?.shape[0] ?? leading?.[i] ?? common ?? withoutSize(i, leading));
  const parts = items.map((item, i) => item?.retain() ?? itemOf(list, null, new TensorShape([sizes[i], ...dims!])));
  const total = sizes.reduce((a, b) => a + b, 0);
  const lengths = new Value(int64, [sizes.length], BigInt64Array.from(sizes, BigInt));
  return [joined(list.dtype, [total, ...dims!], parts), lengths];
}
function withoutSize(i: number, leading: Concat['leading']): never {
  return invalid(
    leading
      ? `List contains uninitialized tensor at index ${i} but leading_dims has only ${leading.length} elements.`
      : 'Concating lists with uninitialized tensors is not supported in this version of TensorListConcat. Consider ' +
          'updating your GraphDef to run the newer version.',
  );
}
const concat: StatefulKernel = ([handle], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'expected');
  return concatenated(list, { first: null, rest: restOf(attr(node, 'element_shape', 'shape')), leading: null });
};
const concatV2: StatefulKernel = ([handle, stated, leading], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'expected');
  const shape = merged(shapeIn(stated), list.shape);
  if (shape.rank === 0) invalid('Concat requires elements to be at least vectors, found scalars instead.');
  return concatenated(list, {
    first: shape.dims?.[0] ?? null,
    rest: restOf(shape),
    leading: numbersOf(leading),
  });
};
const concatLists: StatefulKernel = ([a, b], node) => {
  const [left, right] = [listsOf(a), listsOf(b)];
  if (left.length !== right.length || a.shape.length !== b.shape.length)
    invalid(`Expected input_a.shape == input_b.shape, but saw ${cShape(a.shape)} vs. ${cShape(b.shape)}`);
  for (const list of [...left, ...right]) checkType(list, attr(node, 'element_dtype'), 'expected');
  const made = left.map((list, i) => {
    const shape = merged(list.shape, right[i].shape);
    return newList(list.dtype, shape, held([...list.items.all(), ...right[i].items.all()]), list.most);
  });
  return [asMany(a, made)];
};
const pushBatch: StatefulKernel = ([handles, x], node) => {
  const lists = listsOf(handles);
  if (!x.shape.length) invalid('Expected tensor to be at least a vector, but saw shape: []');
  if (x.shape[0] !== sizeOf(handles.shape) || !handles.shape.length)
    invalid(`Expected tensor.shape[0] == input_handles.size, but saw ${x.shape[0]} vs. ${sizeOf(handles.shape)}`);
  const rows = rowsOf(x);
  const made = lists.map((list, i) => {
    checkType(list, attr(node, 'element_dtype'), 'tried to append');
    checkFits(list, rows[i], 'append a tensor', ` at index ${i}`);
    return list.with(list.items.with(list.length, rows[i]));
  });
  return [asMany(handles, made)];
};

export const TENSOR_LIST_ROW_KERNELS: StatefulTable = {
  TensorListGather: gather,
  TensorListScatter: scatter,
  TensorListScatterV2: scatter,
  TensorListScatterIntoExistingList: scatterInto,
  TensorListSplit: split,
  TensorListConcat: concat,
  TensorListConcatV2: concatV2,
  TensorListConcatLists: concatLists,
  TensorListPushBackBatch: pushBatch,
};
