/**
 * Variants: lists of tensors, values that may be missing, and several of either as one value. Loops and branches of
 * functions keep them for their gradients. The edge carries them as a payload; none of them ever changes, and an op
 * that changes one gives another.
 */
import { type DType, variant, zerosOf } from '../../base/dtype';
import { TensorShape, cShape, sizeOf } from '../../base/shape';
import { KernelError, Value, invalid } from '../kernel';
import type { Payload } from '../value';
import { Items } from './items';

/** Holds its elements as long as a value carries it. */
export class TensorList implements Payload {
  constructor(
    readonly dtype: DType,
    readonly shape: TensorShape,
    /** null for an element that was not set yet. */
    readonly items: Items,
    /** How many elements it may have; any number where it is negative. */
    readonly most = -1,
  ) {}
  get length(): number {
    return this.items.length;
  }
  released(): void {
    this.items.release();
  }
  /** Another list, with elements of which it takes over a reference each. */
  with(items: Items): Value {
    return carried(new TensorList(this.dtype, this.shape, items, this.most));
  }
}
export class Optional implements Payload {
  constructor(readonly values: readonly Value[] | null) {}
  released(): void {
    for (const value of this.values ?? []) value.release();
  }
}
/** Variants or handles side by side: a vector of them. */
export class VariantVector implements Payload {
  constructor(readonly values: readonly Value[]) {}
  released(): void {
    for (const value of this.values) value.release();
  }
}
export function carried(payload: Payload): Value {
  if (!(payload instanceof VariantVector)) return new Value(variant, [], null, null, payload);
  const { values } = payload;
  return new Value(values[0]?.dtype ?? variant, [values.length], null, null, payload);
}
export function newList(dtype: DType, shape: TensorShape, items: readonly (Value | null)[], most = -1): Value {
  return carried(new TensorList(dtype, shape, Items.of(items), most));
}
export function listOf({ payload }: Value): TensorList {
  if (payload instanceof TensorList) return payload;
  throw new KernelError('InvalidArgument', 'Input handle is not a list. Saw: nothing that is one.');
}
export function optionalOf({ payload }: Value): Optional {
  if (payload instanceof Optional) return payload;
  throw new KernelError('InvalidArgument', "Input is not an Optional variant, but something else's.");
}
/** The lists of a vector of them, or the one that it is. */
export function listsOf(value: Value): TensorList[] {
  return value.payload instanceof VariantVector ? value.payload.values.map(listOf) : [listOf(value)];
}
/** As many as came: one by itself, or a vector. */
export function asMany(like: Value, made: readonly Value[]): Value {
  return like.payload instanceof VariantVector ? carried(new VariantVector(made)) : made[0];
}
export function held(items: readonly (Value | null)[]): (Value | null)[] {
  return items.map((item) => item && item.retain());
}

// --- shapes and indices -----------------------------------------------------------------------------------------

/** The shape that an input says: -1 is what is not known, for a dimension or, as a scalar, for all of it. */
export function shapeIn(value: Value): TensorShape {
  const dims = Array.from(value.read(), Number);
  if (value.shape.length > 0) return new TensorShape(dims.map((d) => (d < 0 ? null : d)));
  if (dims[0] !== -1) invalid('The only valid scalar shape tensor is the fully unknown shape specified as -1.');
  return TensorShape.unknown();
}
/** @throws KernelError  for what is no list */
export function checkVector({ shape }: Value, what: string): void {
  if (shape.length !== 1) invalid(`Expected ${what} to be a vector, received shape: ${cShape(shape)}`);
}
export function integer(value: Value): number {
  if (value.size !== 1) invalid(`Expected a scalar, got shape [${value.shape.join(',')}]`);
  return Number(value.read()[0]);
}
/** What two shapes say together, in the words of TensorFlow where they do not go together. */
export function merged(a: TensorShape, b: TensorShape): TensorShape {
  const { dims } = b;
  if (!a.dims) return b;
  if (!dims) return a;
  const said = 'PartialTensorShape: Incompatible';
  if (a.dims.length !== dims.length) invalid(`${said} ranks during merge: ${a.dims.length} vs. ${dims.length}`);
  if (!a.isCompatibleWith(b)) invalid(`${said} shapes during merge: ${a.toCString()} vs. ${b.toCString()}`);
  return new TensorShape(a.dims.map((d, i) => d ?? dims[i]));
}
/** The shape of an element that was not set, or of one of none: what all elements have. */
export function elementShape(list: TensorList, stated: TensorShape): TensorShape {
  const known = merged(stated, list.shape);
  return list.items.all().reduce((shape, item) => (item ? merged(shape, new TensorShape(item.shape)) : shape), known);
}
export function checkType(list: TensorList, dtype: DType, what: string): void {
  if (list.dtype !== dtype) invalid(`Invalid data types; ${what} ${dtype.cName} but list elements ${list.dtype.cName}`);
}
export function checkFits(list: TensorList, { shape }: Value, doing: string, where = ''): void {
  if (list.shape.isCompatibleWith(new TensorShape(shape))) return;
  invalid(
    `Tried to ${doing} with incompatible shape to a list${where}. Op element shape: [${shape.join(',')}] list shape: ` +
      list.shape.toCString(),
  );
}
export function itemOf(list: TensorList, item: Value | null, stated: TensorShape): Value {
  if (item) {
    if (stated.isCompatibleWith(new TensorShape(item.shape))) return item.retain();
    invalid(`Tried to read an element of shape [${item.shape.join(',')}] as ${stated.toCString()}`);
  }
  const asked = merged(stated, list.shape);
  // Other elements are asked only where that says less than all.
  const known = asked.fullDims ? asked : elementShape(list, stated);
  const shape = known.fullDims;
  if (!shape)
    invalid(
      'Trying to read an uninitialized tensor but element_shape is not fully defined: ' +
        `${known.toCString()} and no list element is set.`,
    );
  return new Value(list.dtype, shape, zerosOf(list.dtype, sizeOf(shape), shape));
}
