/** Host data: what is fed, fetched and stored in a constant. */
import { MOST_DEPTH, checkCount, checkElements, checkRange, checkedShape, steady, tooDeep } from './border';
import { bytesToText, textToBytes } from './bytes';
import { castData, partType } from './cast';
import {
  type DType,
  type Data,
  type DataOf,
  type Scalar,
  type TypedArray,
  type Untold,
  asDtype,
  bool,
  float32,
  float64,
  int16,
  int32,
  int64,
  int8,
  isBig,
  string,
  uint16,
  uint32,
  uint64,
  uint8,
  zerosOf,
} from './dtype';
import { IndexError, TypeError_, ValueError } from './errors';
import { halfReader, halfWriter, isHalf } from './half';
import { axisOf, boundsOf, offsetOf, placeOf, placesOfGreatest } from './parts';
import { describe, preview } from './preview';
import { formatArray } from './print';
import { pythonTuple, sizeOf } from './shape';

export type { Scalar } from './dtype';
export type Nested<E = Scalar> = E | readonly Nested<E>[];
/** Nested arrays of a rank; of a rank that is not known, arrays of some depth. */
export type NestedOf<E, R extends number> = number extends R
  ? Nested<ScalarOf<E>>
  : R extends 0
    ? E
    : R extends 1
      ? E[]
      : R extends 2
        ? E[][]
        : R extends 3
          ? E[][][]
          : R extends 4
            ? E[][][][]
            : Nested<E>;
/** Strings, as text or as bytes. */
export type NestedBytes = string | Uint8Array | readonly NestedBytes[];
export type ArrayLike_ = Nested | TypedArray | NDArray | readonly TypedArray[] | NestedBytes;

/** An array's elements as they are at one time: current until they may have been changed. */
export class Snapshot {
  current = true;
}

/** What sessions ask of arrays, and nobody else. */
interface Inside {
  /** Its elements, to be read and not handed on. */
  elementsOf(array: NDArray): Data;
  /** Good for as long as the elements cannot have changed; null where they can. */
  snapshotOf(array: NDArray): Snapshot | null;
  /** For an array whose elements nobody else holds: starts a snapshot, which ends when they are asked for. */
  holdUnseen(array: NDArray): Snapshot;
  /** True while nobody has asked for the elements. */
  isUnseen(array: NDArray): boolean;
  /** Something else may go on reading the elements where they are: who asks for them now gets a copy. */
  lend(array: NDArray): void;
}
let inside: Inside;
/** Says that the library itself made the elements: they are not looked at. */
const MADE = Symbol('made');

type ScalarOf<E> = 0 extends 1 & E ? Scalar : E;
/** A rank without its first dimension. */
type Less<R extends number> = number extends R ? Untold : R extends 1 ? 0 : R extends 2 ? 1 : R extends 3 ? 2 : 3;
/** What an array of rank R has along its first dimension. */
type PartOf<E extends Scalar, R extends number> = number extends R
  ? ScalarOf<E> | NDArray<E>
  : R extends 1
    ? E
    : NDArray<E, Less<R>>;

/**
 * An n-dimensional array on the host: element type, shape, and row-major data. `E` is what one element is in
 * TypeScript, `R` the rank where the compiler knows it.
 *
 *     const probs = sess.run(tf.nn.softmax(logits));   // NDArray<number, 2>
 *     probs.at(0, 3); probs.row(0).argmax(); probs.mean(); probs.toArray();   // number, number, number, number[][]
 */
export class NDArray<E extends Scalar = Untold, R extends number = Untold> {
  static {
    inside = {
      elementsOf: (array) => array.elements,
      snapshotOf: (array) => array.#snapshot,
      holdUnseen: (array) => {
        array.#unseen = true;
        return (array.#snapshot = new Snapshot());
      },
      isUnseen: (array) => array.#unseen,
      lend: (array) => {
        array.#lent = true;
      },
    };
  }
  #snapshot: Snapshot | null = null;
  #writeable = true;
  #unseen = false;
  #lent = false;
  // An own property, so that two arrays compare as equal only where their elements do.
  private elements: Data;
  readonly dtype: DType<E>;
  readonly shape: readonly number[];
  /**
   * @param dtype  its elements' type
   * @param shape  its sizes; [] for a scalar
   * @param data   the elements, row-major, in the array that holds such: Float32Array, BigInt64Array, …; 0 and 1 for
   * bool, two numbers each for complex ones. They are not copied.
   * @throws TypeError   if data are held otherwise, or an element is none of the dtype
   * @throws ValueError  if there are more or fewer than the shape says
   */
  constructor(dtype: DType<E>, shape: readonly number[], data: Data);
  constructor(dtype: DType<E>, shape: readonly number[], data: Data, made?: typeof MADE) {
    this.dtype = dtype;
    this.shape = made ? shape : checkedShape(shape);
    if (!made) checkElements(asDtype(dtype), this.shape, data);
    this.elements = data;
  }
  /** For the compiler only. */
  declare readonly ofRank?: R;

  /** Row-major elements; bool as 0 and 1, int64 as BigInt64Array, strings as string[]. */
  get data(): DataOf<E> {
    if (this.#unseen) this.show();
    return this.elements as DataOf<E>;
  }
  private show(): void {
    this.#unseen = false;
    if (this.#lent) this.elements = this.elements.slice();
    if (this.#writeable) this.endSnapshot();
  }
  /** As NumPy's `flags`: whether the elements may be changed. */
  get flags(): { readonly writeable: boolean } {
    return { writeable: this.#writeable };
  }
  /**
   * As NumPy's `setflags`: `write: false` promises that the elements stay as they are. A session that is fed such an
   * array again uses the copy that its device has: nothing is converted or copied.
   *
   *     const images = new tf.NDArray(tf.float32, [10000, 784], mnist.test.images).setflags({ write: false });
   *     for (;;) sess.run(accuracy, [[X, images], [Y, labels]]);
   *
   * JavaScript cannot hold anyone to the promise: after `array.data[0] = 1`, runs may go on with the elements of
   * before. `write: true` takes it back; the next feed is copied anew.
   */
  setflags({ write }: { readonly write: boolean }): this {
    if (write && !this.#unseen) this.endSnapshot();
    if (!write) this.#snapshot ??= new Snapshot();
    this.#writeable = write;
    return this;
  }
  private endSnapshot(): void {
    if (this.#snapshot) this.#snapshot.current = false;
    this.#snapshot = null;
  }
  get rank(): number {
    return this.shape.length;
  }
  get size(): number {
    return sizeOf(this.shape);
  }

  /** Nested arrays (a plain value for rank 0). int64 elements within ±2^53 become numbers, complex ones pairs. */
  toArray(): NestedOf<E, R> {
    const strides = this.shape.map((_, i) => sizeOf(this.shape.slice(i + 1)));
    const build = (axis: number, offset: number): Nested =>
      axis === this.rank
        ? this.dtype.isComplex
          ? Array.from((this.elements as Float64Array).subarray(2 * offset, 2 * offset + 2))
          : this.item(offset)
        : Array.from({ length: this.shape[axis] }, (_, i) => build(axis + 1, offset + i * strides[axis]));
    return build(0, 0) as NestedOf<E, R>;
  }
  /** One element by its row-major position; of a complex number the real part. */
  item(offset = 0): ScalarOf<E> {
    return toScalar(this.dtype, this.elements, offset) as ScalarOf<E>;
  }
  /**
   * One element by its place, an index for each dimension; negative ones count from the end.
   * @throws IndexError  outside of the array, or for another number of indices
   */
  at(...index: number[]): ScalarOf<E> {
    return this.item(offsetOf(this.shape, index));
  }
  /**
   * The part with index `i` along the first dimension, as NumPy's `a[i]`: a copy. Elements of a vector are `at(i)`.
   * @throws IndexError  outside of the array
   */
  row(i: number): NDArray<E, Less<R>> {
    if (this.rank === 0) throw new IndexError('too many indices for array: array is 0-dimensional');
    const at = placeOf(this.shape, 0, i);
    return new NDArray(this.dtype, this.shape.slice(1), this.part(at, at + 1));
  }
  /** The parts from `begin` up to `end` along the first dimension, as NumPy's `a[begin:end]`: a copy. */
  slice(begin?: number | null, end?: number | null): NDArray<E, R> {
    if (this.rank === 0) throw new IndexError('too many indices for array: array is 0-dimensional');
    const [from, to] = boundsOf(this.shape[0], begin ?? 0, end ?? this.shape[0]);
    return new NDArray(this.dtype, [to - from, ...this.shape.slice(1)], this.part(from, to));
  }
  private part(from: number, to: number): Data {
    const width = sizeOf(this.shape.slice(1)) * (this.dtype.isComplex ? 2 : 1);
    return this.elements.slice(from * width, to * width);
  }
  /** Goes along the first dimension: elements of a vector, rows of a matrix. @throws TypeError  of a scalar */
  *[Symbol.iterator](): Iterator<PartOf<E, R>> {
    if (this.rank === 0) throw new TypeError_('iteration over a 0-d array');
    for (let i = 0; i < this.shape[0]; i++) yield (this.rank === 1 ? this.item(i) : this.row(i)) as PartOf<E, R>;
  }
  /**
   * Where the greatest number stands: the first one, in row-major order; along `axis`, one place for each of the rest.
   * @throws TypeError  where elements have no order, ValueError of an empty array
   */
  argmax(): number;
  argmax(axis: number): NDArray<number, Less<R>>;
  argmax(axis?: number | null): unknown {
    const whole = axis === undefined || axis === null;
    const shape = whole ? [this.size] : this.shape;
    const along = axisOf(shape, whole ? 0 : axis);
    if (shape[along] === 0) throw new ValueError('attempt to get argmax of an empty sequence');
    const places = placesOfGreatest(this.numberAt('argmax'), shape, along);
    return whole
      ? places[0]
      : new NDArray<number, number>(
          int32,
          shape.filter((_, i) => i !== along),
          places,
        );
  }
  /** The mean of all elements, computed in float64; of truth values the share of true. NaN of none. */
  mean(): number {
    const at = this.numberAt('mean');
    let sum = 0;
    for (let i = 0; i < this.size; i++) sum += at(i);
    return sum / this.size;
  }
  private numberAt(method: string): (offset: number) => number {
    const { dtype, elements } = this;
    if (dtype === string || dtype.isComplex)
      throw new TypeError_(`${method}() is for real numbers, and this array is ${dtype.name}.`);
    return isHalf(dtype) ? (i) => Number(this.item(i)) : (i) => Number(elements[i]);
  }
  /**
   * The bytes of each string, row-major: what is no valid UTF-8 stands in `data` as lone surrogates, and here as it is.
   * @throws TypeError  for another dtype
   */
  bytes(): Uint8Array[] {
    if (this.dtype !== string) throw new TypeError_(`bytes() is for strings, and this array is ${this.dtype.name}.`);
    return (this.elements as string[]).map(textToBytes);
  }
  /** The same data under another shape of the same size. */
  reshape<const S extends readonly number[]>(shape: S): NDArray<E, S['length']> {
    if (sizeOf(shape) !== this.size)
      throw new ValueError(`cannot reshape array of size ${this.size} into shape ${pythonTuple(shape)}`);
    return new NDArray(this.dtype, shape, this.data).setflags({ write: this.#writeable });
  }
  /** As NumPy prints an array. */
  toString(): string {
    return formatArray(this);
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `NDArray(${this.dtype.name}, ${pythonTuple(this.shape)})\n${formatArray(this)}`;
  }
}

/** The constructor as the library itself calls it. */
const Made: new (dtype: DType, shape: readonly number[], data: Data, made: typeof MADE) => NDArray = NDArray;
/** An array of elements that are known to fit: nothing is checked. */
export function madeArray(dtype: DType, shape: readonly number[], data: Data): NDArray {
  return new Made(dtype, shape, data, MADE);
}
/** @throws ValueError  where an array's memory has been taken away since it was made */
export function checkWhole(array: NDArray): NDArray {
  checkCount(array.shape, elementsOf(array), array.dtype.isComplex ? 2 : 1);
  return array;
}

export { castData };
export const { elementsOf, snapshotOf, holdUnseen, isUnseen, lend } = inside;

function toScalar(dtype: DType, data: Data, i: number): Scalar {
  const x = data[i];
  if (dtype === bool) return x !== 0;
  if (dtype.isComplex) return data[2 * i] as number;
  if (isHalf(dtype)) return halfReader(dtype)(x as number);
  if (typeof x === 'bigint') return x >= -(2n ** 53n) && x <= 2n ** 53n ? Number(x) : x;
  return x;
}

const ARRAY_DTYPES: readonly [new (n: number) => TypedArray, DType][] = [
  [Float32Array, float32],
  [Float64Array, float64],
  [Int32Array, int32],
  [Uint8Array, uint8],
  [Int8Array, int8],
  [Int16Array, int16],
  [Uint16Array, uint16],
  [Uint32Array, uint32],
  [BigInt64Array, int64],
  [BigUint64Array, uint64],
];
/** The dtype that a typed array stands for, or null. */
export function dtypeOfArray(value: unknown): DType | null {
  if (!ArrayBuffer.isView(value)) return null;
  // By tag, not instanceof: arrays may come from another realm (a worker, a test sandbox).
  const tag = (value as unknown as { [Symbol.toStringTag]: string })[Symbol.toStringTag];
  return ARRAY_DTYPES.find(([ctor]) => ctor.name === tag)?.[1] ?? (tag === 'Uint8ClampedArray' ? uint8 : null);
}

/**
 * Host data from numbers, nested arrays, typed arrays or an NDArray.
 *
 * Without a dtype, numbers are float32 (JavaScript cannot tell 1 from 1.0), booleans bool, strings
 * string, bigints int64, and a typed array keeps its own type.
 * @throws ValueError  where nested arrays are ragged, or a typed array does not fill `shape`
 * @throws TypeError   where an element cannot be of the dtype
 */
export function toNDArray(value: unknown, dtype?: DType | null, shape?: readonly number[] | null): NDArray {
  if (value instanceof NDArray) {
    const same = !dtype || value.dtype === dtype;
    checkWhole(value);
    const array = same ? value : madeArray(dtype, value.shape, castData(elementsOf(value), value.dtype, dtype));
    return shape ? array.reshape(shape) : array;
  }
  const own = dtypeOfArray(value);
  if (own && !(dtype === string && own === uint8)) {
    const data = value as TypedArray;
    const to = dtype ?? own;
    // Real and imaginary parts in turn.
    if (to.isComplex) return complexArray(castData(data, own, partType(to)), to, shape ?? [data.length / 2]);
    const dims = shape ?? [data.length];
    if (sizeOf(dims) !== data.length) {
      throw new ValueError(`cannot reshape array of size ${data.length} into shape ${pythonTuple(dims)}`);
    }
    return madeArray(to, dims, steady(castData(data, own, to)));
  }
  const found: number[] = [];
  measure(value, found, dtype === string);
  const total = sizeOf(found);
  const to = dtype ?? inferDtype(value);
  const out = zerosOf(to, total);
  try {
    fill(value, 0, found, out, to, { at: 0 });
  } catch (error) {
    throw error instanceof Ragged
      ? explainRagged(error, value, found)
      : error instanceof Missing
        ? inconvertible(value)
        : error;
  }
  if (shape) {
    if (sizeOf(shape) !== total)
      throw new ValueError(`cannot reshape array of size ${total} into shape ${pythonTuple(shape)}`);
    return madeArray(to, shape, out);
  }
  return madeArray(to, found, out);
}

function complexArray(data: Data, to: DType, shape: readonly number[]): NDArray {
  if (sizeOf(shape) * 2 !== data.length)
    throw new ValueError(`cannot reshape array of size ${data.length / 2} into shape ${pythonTuple(shape)}`);
  return madeArray(to, shape, steady(data));
}
/** @param bytes  whether arrays of bytes are elements: strings */
function measure(value: unknown, shape: number[], bytes: boolean): void {
  for (let at = value; ; at = (at as unknown[])[0]) {
    if (shape.length > MOST_DEPTH) throw tooDeep();
    if (bytes && isBytes(at)) return;
    if (at instanceof NDArray) {
      shape.push(...at.shape);
      return;
    }
    if (!Array.isArray(at) && !dtypeOfArray(at)) return;
    shape.push((at as unknown[]).length);
    if ((at as unknown[]).length === 0) return;
  }
}
function inferDtype(value: unknown): DType {
  let at = value;
  for (let depth = 0; Array.isArray(at); depth++) {
    if (depth > MOST_DEPTH) throw tooDeep();
    if (at.length === 0) return float32;
    at = at[0];
  }
  if (at instanceof NDArray) return at.dtype;
  switch (typeof at) {
    case 'number':
      return float32;
    case 'boolean':
      return bool;
    case 'string':
      return string;
    case 'bigint':
      return int64;
    default: {
      const own = dtypeOfArray(at);
      if (own) return own;
      throw inconvertible(value);
    }
  }
}
/** Nothing at all where an element was wanted. */
class Missing extends Error {}
/** What is no number, string or truth value, or holds nothing somewhere. */
function inconvertible(value: unknown): Error {
  if (value === null || value === undefined) return noValue(value);
  const cure = !Array.isArray(value)
    ? 'an object is no value; options come after the arguments that go by position'
    : "a size that is not known is -1 in tf.reshape, null in a placeholder's shape, and tf.shape(x).get(0) elsewhere";
  return new TypeError_(
    `Failed to convert object of type <class '${Array.isArray(value) ? 'list' : describe(value)}'> ` +
      `to Tensor. Contents: ${preview(value)}. Consider casting elements to a supported type.\n  fix: ${cure}.`,
  );
}
/** The error for null and undefined. */
export function noValue(value: null | undefined): ValueError {
  return new ValueError(
    `None values not supported.\n  the value is ${String(value)}` +
      `\n  likely cause: ${
        value === null
          ? 'a gradient that is null because no path leads to it.'
          : 'an argument left out, a function that returns nothing, a misspelled property, ' +
            'or x[0] of a tensor, which is x.get(0).'
      }`,
  );
}
/** A list that is not as long as those before it at its depth, or no list at all. */
class Ragged extends Error {
  constructor(
    readonly axis: number,
    readonly part: unknown,
  ) {
    super();
  }
}
function explainRagged({ axis, part }: Ragged, value: unknown, shape: readonly number[]): ValueError {
  const list = (dims: readonly number[]): string => `[${dims.join(', ')}]`;
  return new ValueError(
    `Argument must be a dense tensor: ${preview(value)} - got shape ${list(shape.slice(0, axis))}, ` +
      `but wanted ${list(shape)}.` +
      `\n  ${preview(part)} stands where a list of ${shape[axis]} was wanted: all lists of a depth ` +
      'must be of one length.',
  );
}
function fill(
  value: unknown,
  axis: number,
  shape: readonly number[],
  out: Data,
  dtype: DType,
  cursor: { at: number },
): void {
  if (axis === shape.length) {
    store(out, cursor.at++, value, dtype);
    return;
  }
  const list = value instanceof NDArray ? value.toArray() : value;
  const isList = Array.isArray(list) || dtypeOfArray(list) !== null;
  if (!isList || (list as unknown[]).length !== shape[axis]) throw new Ragged(axis, value);
  if (axis === shape.length - 1 && dtype.isFloating && dtype.size > 2)
    fillRow(list as unknown[], out as Float64Array, dtype, cursor);
  else for (let i = 0; i < shape[axis]; i++) fill((list as unknown[])[i], axis + 1, shape, out, dtype, cursor);
}
/** The same for a row of floats, where it takes a nanosecond or two per element. */
function fillRow(row: readonly unknown[], out: Float64Array, dtype: DType, cursor: { at: number }): void {
  let { at } = cursor;
  for (let i = 0; i < row.length; i++, at++) {
    const x = row[i];
    if (typeof x === 'number') out[at] = x;
    else store(out, at, x, dtype);
  }
  cursor.at = at;
}
function isBytes(value: unknown): value is Uint8Array {
  return dtypeOfArray(value) === uint8;
}
function store(out: Data, i: number, value: unknown, dtype: DType): void {
  if (dtype === string && isBytes(value)) {
    (out as string[])[i] = bytesToText(value);
    return;
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    throw new ValueError(`Argument must be a dense tensor: ${preview(value)} stands where an element was wanted.`);
  if (value === null || value === undefined) throw new Missing();
  const type = typeof value;
  const fits =
    dtype === string
      ? type === 'string'
      : dtype === bool
        ? type === 'boolean' || value === 0 || value === 1
        : type === 'number' || type === 'bigint' || type === 'boolean';
  if (!fits)
    throw new TypeError_(`Expected ${dtype.name}, got ${preview(value)} of type '${describe(value)}' instead.`);
  if (dtype.isInteger && type === 'number' && !Number.isInteger(value)) {
    throw new TypeError_(`Expected ${dtype.name}, got ${preview(value)} of type 'float' instead.`);
  }
  if (dtype.isInteger && type !== 'boolean') checkRange(value as number, dtype);
  if (isBig(out)) out[i] = BigInt(value as number);
  else if (isHalf(dtype)) (out as Uint16Array)[i] = halfWriter(dtype)(Number(value));
  else if (dtype === string) (out as string[])[i] = value as string;
  else (out as Float64Array)[dtype.isComplex ? 2 * i : i] = Number(value);
}
/** dtype from what the user may pass. */
export function optionalDtype(dtype: DType | string | null | undefined): DType | null {
  return dtype === null || dtype === undefined ? null : asDtype(dtype);
}
