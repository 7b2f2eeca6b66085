/** Host data: what is fed, fetched and stored in a constant. */
import { asTexts } from './elements';
import { checkCount, checkedElements, checkedShape, worded } from './border';
import { textToBytes } from './bytes';
import {
  type DType,
  type DTypeLike,
  type Data,
  type DataOf,
  type Scalar,
  type Untold,
  asDtype,
  int32,
  string,
} from './dtype';
import { IndexError, TypeError_, ValueError } from './errors';
import { type Less, type NestedOf, nestedOf, numbersOf, toScalar } from './nested';
import { axisOf, boundsOf, offsetOf, placeIn, placeOf, placesOfGreatest } from './parts';
import { formatArray } from './print';
import { pythonTuple, sizeOf } from './shape';
import { checkReadable } from './unreadable';

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

/** What an array of rank R has along its first dimension. */
type PartOf<E extends Scalar, R extends number> = number extends R
  ? E | NDArray<E>
  : R extends 1
    ? E
    : NDArray<E, Less<R>>;

/**
 * An n-dimensional array on the host: element type, shape, and row-major data. What a run gives for a tensor that is
 * no scalar. `E` is what one element is in TypeScript, `R` the rank where the compiler knows it.
 *
 *     const probs = sess.run(tf.nn.softmax([[1, 1], [0, 100]]));
 *     probs.at(0, 1)            // 0.5
 *     probs.row(1).argmax()     // 1
 *     probs.mean()              // 0.5
 *     probs.toArray()           // [[0.5, 0.5], [0, 1]]
 */
export class NDArray<E extends Scalar = Untold, R extends number = Untold> {
  static {
    inside = {
      elementsOf: (array) => array.elements,
      snapshotOf: (array) => (#snapshot in array ? array.#snapshot : null),
      holdUnseen: (array) => {
        array.#unseen = true;
        return (array.#snapshot = new Snapshot());
      },
      isUnseen: (array) => #unseen in array && array.#unseen,
      lend: (array) => {
        if (#lent in array) array.#lent = true;
      },
    };
  }
  #snapshot: Snapshot | null = null;
  #writeable = true;
  #unseen = false;
  #lent = false;
  // An own property, so that two arrays compare as equal only where their elements do.
  private elements: Data;
  /** The element type. */
  readonly dtype: DType<E>;
  /** The sizes of its dimensions. */
  readonly shape: readonly number[];
  /**
   * @param dtype  its elements' type, or its name
   * @param shape  its sizes; [] for a scalar
   * @param data   the elements, row-major, in the array that holds such: Float32Array, BigInt64Array, …; 0 and 1 for
   * bool, two numbers each for complex ones. They are not copied.
   * @throws TypeError   if data are held otherwise, or an element is none of the dtype
   * @throws ValueError  if there are more or fewer than the shape says
   */
  constructor(dtype: DType<E> | string, shape: readonly number[], data: Data);
  constructor(dtype: DType<E>, shape: readonly number[], data: Data, made?: typeof MADE) {
    this.dtype = made ? dtype : (elementType(dtype) as DType<E>);
    this.shape = made ? shape : checkedShape(shape);
    this.elements = made ? data : checkedElements(this.dtype, this.shape, data);
  }
  /** For the compiler only. */
  declare readonly ofRank?: R;

  /** Row-major elements; bool as 0 and 1, int64 as BigInt64Array, strings as string[]. */
  get data(): DataOf<E> {
    if (#unseen in this && this.#unseen) this.show();
    return this.elements as DataOf<E>;
  }
  private show(): void {
    this.#unseen = false;
    if (this.#lent) this.elements = this.elements.slice();
    if (this.#writeable) this.endSnapshot();
  }
  /** As NumPy's `flags`: whether the elements may be changed. */
  get flags(): {
    /** Whether the elements may be changed. */
    readonly writeable: boolean;
  } {
    return { writeable: !(#writeable in this) || this.#writeable };
  }
  /**
   * As NumPy's `setflags`: `write: false` promises that the elements stay as they are. A session that is fed such an
   * array again uses the copy that its device has: nothing is converted or copied.
   *
   *     const images = new tf.NDArray(tf.float32, [2, 2], Float32Array.of(1, 2, 3, 4)).setflags({ write: false });
   *     const x = tf.placeholder(tf.float32, [null, 2]);
   *     for (let i = 0; i < 3; i++) sess.run(tf.reduceSum(x), [[x, images]]);
   *
   * JavaScript cannot hold anyone to the promise: after `array.data[0] = 1`, runs may go on with the elements of
   * before. `write: true` takes it back; the next feed is copied anew.
   */
  setflags(flags: { readonly write: boolean }): this {
    checkReadable([flags], 'setflags');
    const { write }: { readonly write?: unknown } = flags ?? {};
    if (!(#writeable in this)) throw new TypeError_(`${worded(this)} only stands for an array: set the flags of that.`);
    if (typeof write !== 'boolean')
      throw new TypeError_(`write must be true or false, not ${worded(write)}.\n  fix: setflags({write: false}).`);
    if (write && !this.#unseen) this.endSnapshot();
    if (!write) this.#snapshot ??= new Snapshot();
    this.#writeable = write;
    return this;
  }
  private endSnapshot(): void {
    if (this.#snapshot) this.#snapshot.current = false;
    this.#snapshot = null;
  }
  /** How many dimensions it has. */
  get rank(): number {
    return this.shape.length;
  }
  /** How many elements it has. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * Nested arrays (a plain value for rank 0). int64 elements within ±2^53 become numbers, complex ones pairs; a 32-bit
   * float becomes the number that people write for it, 0.94 and not 0.9399999976158142, as a fetched scalar is; `data`
   * has it to the last bit: `Math.fround(0.94)`.
   *
   *     tf.getStaticValue(tf.constant([0.94, 1])).toArray()   // [0.94, 1]
   */
  toArray(): NestedOf<E, R> {
    return nestedOf(this.dtype, this.shape, this.whole) as NestedOf<E, R>;
  }
  /** The elements, all of them. @throws ValueError  where their memory has been taken away */
  private get whole(): Data {
    return elementsOf(checkWhole(this));
  }
  /**
   * One element by its row-major position, from the end where that is negative, as `toArray` has it; of a complex
   * number the real part.
   * @throws IndexError  outside of the array
   */
  item(offset?: number | { readonly offset?: number | null } | null): E;
  item(offset = 0): E {
    const { elements } = this;
    const size = this.dtype.isComplex ? elements.length / 2 : elements.length;
    const inRange = Number.isInteger(offset) && offset >= 0 && offset < size;
    return toScalar(this.dtype, elements, inRange ? offset : placeIn(checkWhole(this).size, offset)) as E;
  }
  /**
   * One element by its place, an index for each dimension; negative ones count from the end.
   * @throws IndexError  outside of the array, or for another number of indices
   */
  at(...index: number[]): E {
    return this.item(offsetOf(this.shape, index));
  }
  /**
   * The part with index `i` along the first dimension, as NumPy's `a[i]`: a copy. Elements of a vector are `at(i)`.
   * @throws IndexError  outside of the array
   */
  row(i: number | { readonly i: number }): NDArray<E, Less<R>>;
  row(i: number): NDArray<E, Less<R>> {
    if (this.rank === 0) throw new IndexError('too many indices for array: array is 0-dimensional');
    const at = placeOf(this.shape, 0, i);
    return new NDArray(this.dtype, this.shape.slice(1), this.part(at, at + 1));
  }
  /** The parts from `begin` up to `end` along the first dimension, as NumPy's `a[begin:end]`: a copy. */
  slice(
    begin?: number | { readonly begin?: number | null; readonly end?: number | null } | null,
    end?: number | { readonly end?: number | null } | null,
  ): NDArray<E, R>;
  slice(begin?: number | null, end?: number | null): NDArray<E, R> {
    if (this.rank === 0) throw new IndexError('too many indices for array: array is 0-dimensional');
    const [from, to] = boundsOf(this.shape[0], begin ?? 0, end ?? this.shape[0]);
    return new NDArray(this.dtype, [to - from, ...this.shape.slice(1)], this.part(from, to));
  }
  private part(from: number, to: number): Data {
    const width = sizeOf(this.shape.slice(1)) * (this.dtype.isComplex ? 2 : 1);
    return this.whole.slice(from * width, to * width);
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
  argmax(axis: number | { readonly axis: number }): NDArray<number, Less<R>>;
  argmax(given?: number | { readonly axis: number } | null): unknown {
    const axis = (typeof given === 'object' ? given?.axis : given) ?? null;
    const whole = axis === null;
    const shape = whole ? [this.size] : this.shape;
    const along = axisOf(shape, whole ? 0 : axis);
    if (shape[along] === 0) throw new ValueError('attempt to get argmax of an empty sequence');
    const places = placesOfGreatest(numbersOf(this.dtype, this.whole, 'argmax'), shape, along);
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
    const at = numbersOf(this.dtype, this.whole, 'mean');
    let sum = 0;
    for (let i = 0; i < this.size; i++) sum += at(i);
    return sum / this.size;
  }
  /**
   * The bytes of each string, row-major: what is no valid UTF-8 stands in `data` as lone surrogates, and here as it is.
   * @throws TypeError  for another dtype
   */
  bytes(): Uint8Array[] {
    if (this.dtype !== string) throw new TypeError_(`bytes() is for strings, and this array is ${this.dtype.name}.`);
    return asTexts(this.whole).map(textToBytes);
  }
  /** The same data under another shape of the same size. */
  reshape<const S extends readonly number[]>(shape: S | { readonly shape: S }): NDArray<E, S['length']>;
  reshape<const S extends readonly number[]>(shape: S): NDArray<E, S['length']> {
    checkedShape(shape);
    if (sizeOf(shape) !== this.size)
      throw new ValueError(`cannot reshape array of size ${this.size} into shape ${pythonTuple(shape)}`);
    return new NDArray(this.dtype, shape, this.data).setflags({ write: this.flags.writeable });
  }
  /** As NumPy prints an array. */
  toString(): string {
    return formatArray(this, this.elements);
  }
  /** Text as text; as a number what has one element, as NumPy does: `row * 2` and `row > 0.5` are no arithmetic. */
  [Symbol.toPrimitive](hint: string): string | number {
    if (hint !== 'number') return this.toString();
    if (this.size === 1 && this.dtype !== string) return Number(this.item(0));
    throw new TypeError_(
      `only size-1 arrays can be converted to Python scalars\n  an array of shape ${pythonTuple(this.shape)} stands ` +
        'where one number is wanted, as in array * 2 or array > 0.5.\n  fix: take an element, array.at(i), or all of ' +
        'them, array.toArray().map(…); or let the graph compute it, x.mul(2).',
    );
  }
  /** In JSON it is its nested list; floats are written as they are printed, integers beyond 2^53 as text. */
  toJSON(): unknown {
    const plain = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(plain) : typeof value === 'bigint' ? String(value) : value;
    return plain(this.toArray());
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `NDArray(${this.dtype.name}, ${pythonTuple(this.shape)})\n${formatArray(this, this.elements)}`;
  }
}

/** A dtype of which there are elements on the host. @throws TypeError  where there are none */
function elementType(type: DTypeLike): DType {
  const dtype = asDtype(type).baseDtype;
  if (dtype.kind === 'opaque') throw new TypeError_(`An array holds no ${dtype.name}: only a session has such values.`);
  return dtype;
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

export const { elementsOf, snapshotOf, holdUnseen, isUnseen, lend } = inside;
