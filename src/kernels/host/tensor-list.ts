/**
 * Lists of tensors, and values that may be missing: what loops and branches of functions keep for their gradients. Both
 * are variants: the edge carries them as a payload. A list never changes; an op that changes one gives another.
 */
import { type DType, int32, bool, variant, zerosOf } from '../../base/dtype';
import { TensorShape, sizeOf } from '../../base/shape';
import { KernelError, type StatefulKernel, type StatefulTable, Value, attr, invalid } from '../kernel';
import type { Payload } from '../value';

/** Holds its elements as long as a value carries it. */
class TensorList implements Payload {
  constructor(
    readonly dtype: DType,
    readonly shape: TensorShape,
    /** One reference each; null for an element that was not set yet. */
    readonly items: readonly (Value | null)[],
  ) {}
  released(): void {
    for (const item of this.items) item?.release();
  }
  /** Another list, with elements that hold a reference each. */
  with(items: readonly (Value | null)[]): Value {
    return carried(new TensorList(this.dtype, this.shape, items));
  }
}
class Optional implements Payload {
  constructor(readonly values: readonly Value[] | null) {}
  released(): void {
    for (const value of this.values ?? []) value.release();
  }
}
function carried(payload: Payload): Value {
  return new Value(variant, [], null, null, payload);
}
function listOf({ payload }: Value): TensorList {
  if (payload instanceof TensorList) return payload;
  throw new KernelError('InvalidArgument', 'Input handle is not a list. Saw: nothing that is one.');
}
function optionalOf({ payload }: Value): Optional {
  if (payload instanceof Optional) return payload;
  throw new KernelError('InvalidArgument', "Input is not an Optional variant, but something else's.");
}
function held(items: readonly (Value | null)[]): (Value | null)[] {
  return items.map((item) => item && item.retain());
}

// --- shapes and indices -----------------------------------------------------------------------------------------

/** The shape that an input says: -1 is what is not known, for a dimension or, as a scalar, for all of it. */
function shapeIn(value: Value): TensorShape {
  const dims = Array.from(value.read() as Int32Array, Number);
  if (value.shape.length > 0) return new TensorShape(dims.map((d) => (d < 0 ? null : d)));
  if (dims[0] !== -1) invalid('The only valid scalar shape tensor is the fully unknown shape specified as -1.');
  return TensorShape.unknown();
}
function integer(value: Value): number {
  if (value.size !== 1) invalid(`Expected a scalar, got shape [${value.shape.join(',')}]`);
  return Number(value.read()[0]);
}
function merged(a: TensorShape, b: TensorShape): TensorShape {
  if (!a.dims) return b;
  return b.dims ? new TensorShape(a.dims.map((d, i) => d ?? b.dims![i])) : a;
}
/** The shape of an element that was not set, or of one of none: what all elements have. */
function elementShape(list: TensorList, stated: TensorShape): TensorShape {
  const known = merged(list.shape, stated);
  return list.items.reduce((shape, item) => (item ? merged(shape, new TensorShape(item.shape)) : shape), known);
}
function checkType(list: TensorList, dtype: DType, what: string): void {
  if (list.dtype !== dtype) invalid(`Invalid data types; ${what} ${dtype.cName} but list elements ${list.dtype.cName}`);
}
function checkFits(list: TensorList, { shape }: Value, doing: string): void {
  if (list.shape.isCompatibleWith(new TensorShape(shape))) return;
  invalid(
    `Tried to ${doing} with incompatible shape to a list. Op element shape: [${shape.join(',')}] list shape: ` +
      list.shape.toCString(),
  );
}
function itemOf(list: TensorList, item: Value | null, stated: TensorShape): Value {
  if (item) {
    if (stated.isCompatibleWith(new TensorShape(item.shape))) return item.retain();
    invalid(`Tried to read an element of shape [${item.shape.join(',')}] as ${stated.toCString()}`);
  }
  const shape = elementShape(list, stated).fullDims;
  if (!shape)
    invalid(
      'Trying to read an uninitialized element but element_shape is not fully defined. Found element_shape: ' +
        `${stated.toCString()}, list: ${list.shape.toCString()}`,
    );
  return new Value(list.dtype, shape!, zerosOf(list.dtype, sizeOf(shape!), shape!));
}

// --- lists ------------------------------------------------------------------------------------------------------

const newList: StatefulKernel = ([shape], node) => [
  carried(new TensorList(attr(node, 'element_dtype'), shapeIn(shape), [])),
];
const reserve: StatefulKernel = ([shape, count], node) => {
  const n = integer(count);
  if (n < 0) invalid(`The num_elements must be non-negative, but is ${n}`);
  const items = new Array<null>(n).fill(null);
  return [carried(new TensorList(attr(node, 'element_dtype'), shapeIn(shape), items))];
};
const push: StatefulKernel = ([handle, x], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'tried to append');
  checkFits(list, x, 'append a tensor');
  return [list.with([...held(list.items), x.retain()])];
};
const pop: StatefulKernel = ([handle, shape], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'expected');
  if (!list.items.length) invalid('Trying to pop from an empty list.');
  const last = itemOf(list, list.items[list.items.length - 1], shapeIn(shape));
  return [list.with(held(list.items.slice(0, -1))), last];
};
const getItem: StatefulKernel = ([handle, index, shape], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'expected');
  const [i, count] = [integer(index), list.items.length];
  if (i < 0 || i >= count) invalid(`Trying to access element ${i} in a list with ${count} elements.`);
  return [itemOf(list, list.items[i], shapeIn(shape))];
};
const setItem: StatefulKernel = ([handle, index, x], node) => {
  const list = listOf(handle);
  checkType(list, attr(node, 'element_dtype'), 'tried to set');
  const [i, count] = [integer(index), list.items.length];
  if (i < 0 || i >= count) invalid(`Trying to modify element ${i} in a list with ${count} elements.`);
  checkFits(list, x, 'set a tensor');
  return [list.with(list.items.map((item, k) => (k === i ? x.retain() : item && item.retain())))];
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
        ? `Tried to stack list which only contains uninitialized tensors and has a non-fully-defined element shape: ` +
            known.toCString()
        : `Tried to stack elements of an empty list with non-fully-defined element_shape: ${known.toCString()}`,
    );
  const items = list.items.map((item) => itemOf(list, item, new TensorShape(shape!)));
  const size = sizeOf(shape!) * (list.dtype.isComplex ? 2 : 1);
  const all = [count, ...shape!];
  const data = zerosOf(list.dtype, sizeOf(all), all);
  items.forEach((item, i) => {
    const from = item.read();
    for (let k = 0; k < size; k++) data[i * size + k] = from[k];
    item.release();
  });
  return [new Value(list.dtype, all, data)];
};
const unstack: StatefulKernel = ([x, stated], node) => {
  if (!x.shape.length) invalid('Tensor must be at least a vector, but saw shape: []');
  const [count, ...shape] = x.shape;
  const wanted = shapeIn(stated);
  if (!wanted.isCompatibleWith(new TensorShape(shape)))
    invalid(`Specified a list with shape ${wanted.toCString()} from a tensor with shape [${shape.join(',')}]`);
  const data = x.read();
  const size = sizeOf(shape) * (x.dtype.isComplex ? 2 : 1);
  const items = Array.from({ length: count }, (_, i) => {
    return new Value(x.dtype, shape, data.slice(i * size, (i + 1) * size));
  });
  return [carried(new TensorList(attr(node, 'element_dtype'), wanted, items))];
};
const length: StatefulKernel = ([handle]) => [new Value(int32, [], Int32Array.of(listOf(handle).items.length))];

// --- values that may be missing ---------------------------------------------------------------------------------

const getValue: StatefulKernel = ([handle]) => {
  const { values } = optionalOf(handle);
  if (!values) invalid('The given optional does not have a value.');
  return values!.map((value) => value.retain());
};
export const TENSOR_LIST_KERNELS: StatefulTable = {
  EmptyTensorList: newList,
  TensorListReserve: reserve,
  TensorListPushBack: push,
  TensorListPopBack: pop,
  TensorListGetItem: getItem,
  TensorListSetItem: setItem,
  TensorListStack: stack,
  TensorListFromTensor: unstack,
  TensorListLength: length,
  OptionalNone: () => [carried(new Optional(null))],
  OptionalFromValue: (values) => [carried(new Optional(values.map((value) => value.retain())))],
  OptionalHasValue: ([handle]) => [new Value(bool, [], Uint8Array.of(optionalOf(handle).values ? 1 : 0))],
  OptionalGetValue: getValue,
};
