/** Data types: TensorFlow's names and numbers, and the JavaScript array that holds each. */
import { isRevoked, textOf } from './preview';
import { TypeError_ } from './errors';
import { claim, isFew } from './room';

/** The arrays that hold numbers of up to 32 bits, and float64. */
export type NumericArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array;
/** The arrays that hold numbers. */
export type TypedArray = NumericArray | BigInt64Array | BigUint64Array;
/** The elements of a tensor on the host, row-major. Strings are JavaScript strings. */
export type Data = TypedArray | string[];
/**
 * Says a type to the compiler and asks nothing of it: `DType<number>` stands wherever `DType<string>` may, so that a
 * list may mix them and a variable may hold one after the other, and yet `infer` finds the type.
 */
export interface Phantom<_F> {
  readonly phantom?: undefined;
}
/**
 * What the compiler does not know of an array: fits any element type and rank, so that `let state = zeros` may go on
 * with what a run gives.
 */
// biome-ignore lint/suspicious/noExplicitAny: the one type that fits all
export type Untold = any;
/** One element as a plain value. */
export type Scalar = number | boolean | string | bigint;
/** An element of int64 or uint64: a number within ±2^53, else a bigint. */
export type Long = number | bigint;

interface ArrayOf {
  new (length: number): Data;
  new (values: never): Data;
  new (buffer: ArrayBufferLike, at: number, length: number): Data;
}
type Kind = 'float' | 'int' | 'uint' | 'bool' | 'complex' | 'string' | 'quantized' | 'opaque';

/** From the end of this file on. */
let areMade = false;
/**
 * A tensor's element type. `tf.float32` and the rest are the only instances. `E` is what one element is in
 * TypeScript: number, boolean, string or Long.
 *
 *     tf.constant([1]).dtype   // 'float32'
 *     tf.float32.isFloating   // true
 */
export class DType<E extends Scalar = Scalar> {
  /** For the compiler alone: what one element is. */
  declare readonly element?: Phantom<E>;
  private constructor(
    /** TensorFlow's Python name: `float32`, `float32_ref`. */
    readonly name: string,
    /** TensorFlow's C++ name, as error messages print it: `float`, `double`. */
    readonly cName: string,
    /** Number in `tensorflow/core/framework/types.proto`. */
    readonly number: number,
    /** Bytes per element; 0 where it varies. */
    readonly size: number,
    /** What sort of values it has. */
    readonly kind: Kind,
    /** The array that holds such elements; a complex number takes two. */
    readonly array: ArrayOf,
    private readonly base: DType | null,
  ) {
    if (areMade)
      throw new TypeError_(
        `No type is made of ${textOf(name)}: all dtypes are there, as tf.float32.\n  fix: tf.asDtype('float32').`,
      );
    if (!base) this.ref = new DType(`${name}_ref`, `${cName}_ref`, number + 100, size, kind, array, this);
    else this.ref = this;
  }
  /** The reference type that a variable's own output has. */
  readonly ref: DType;

  /** Whether it is the reference to another dtype. */
  get isRef(): boolean {
    return this.base !== null;
  }
  /** The dtype itself, where it is a reference. */
  get baseDtype(): DType {
    return this.base ?? this;
  }
  /** Whether it is float16, bfloat16, float32 or float64. */
  get isFloating(): boolean {
    return this.kind === 'float';
  }
  /** Whether it is of integers, quantized ones apart. */
  get isInteger(): boolean {
    return this.kind === 'int' || this.kind === 'uint';
  }
  /** Whether it is complex64 or complex128. */
  get isComplex(): boolean {
    return this.kind === 'complex';
  }
  /** Whether it is bool. */
  get isBool(): boolean {
    return this.kind === 'bool';
  }
  /** Equal but for being a reference. */
  isCompatibleWith(other: DTypeLike | { readonly other: DTypeLike }): boolean;
  isCompatibleWith(other: DTypeLike): boolean {
    return this.baseDtype === asDtype(other).baseDtype;
  }
  /** Its name stands for it in JSON. */
  toJSON(): string {
    return this.name;
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `tf.${this.name}`;
  }
  [Symbol.toPrimitive](): string {
    return this.toString();
  }
  /** `<dtype: 'float32'>` */
  toString(): string {
    return `<dtype: '${this.name}'>`;
  }

  /** For this file only: there is one instance per type. */
  static define<E extends Scalar = number>(
    name: string,
    cName: string,
    number: number,
    size: number,
    kind: Kind,
    array: ArrayOf,
  ): DType<E> {
    const dtype = new DType<E>(name, cName, number, size, kind, array, null);
    for (const each of [dtype, dtype.ref]) BY_ENUM.set(each.number, each);
    BY_NAME.set(name, dtype).set(dtype.ref.name, dtype.ref).set(cName, dtype);
    return dtype;
  }
}

const BY_ENUM = new Map<number, DType>();
const BY_NAME = new Map<string, DType>();
const define = DType.define;

/**
 * 32-bit floating point numbers: what JavaScript numbers become where nothing else is said. On the host:
 * Float32Array.
 *
 *     tf.constant([1.5], tf.float32)   // [1.5]
 */
export const float32 = define('float32', 'float', 1, 4, 'float', Float32Array);
/**
 * 64-bit floating point numbers: as exact as a number of JavaScript. On the host: Float64Array.
 *
 *     tf.constant([1.5], tf.float64)   // [1.5]
 */
export const float64 = define('float64', 'double', 2, 8, 'float', Float64Array);
/**
 * 32-bit integers: what shapes and most indices are. On the host: Int32Array.
 *
 *     tf.constant([-1], tf.int32)   // [-1]
 */
export const int32 = define('int32', 'int32', 3, 4, 'int', Int32Array);
/**
 * 8-bit integers from 0 to 255: pixels and class labels. On the host: Uint8Array.
 *
 *     tf.constant([255], tf.uint8)   // [255]
 */
export const uint8 = define('uint8', 'uint8', 4, 1, 'uint', Uint8Array);
/**
 * 16-bit integers, from −32768 to 32767. On the host: Int16Array.
 *
 *     tf.constant([-1], tf.int16)   // [-1]
 */
export const int16 = define('int16', 'int16', 5, 2, 'int', Int16Array);
/**
 * 8-bit integers, from −128 to 127. On the host: Int8Array.
 *
 *     tf.constant([-1], tf.int8)   // [-1]
 */
export const int8 = define('int8', 'int8', 6, 1, 'int', Int8Array);
/**
 * Texts, or bytes. On the host: JavaScript strings.
 *
 *     tf.constant(['a', 'b'], tf.string)   // ['a', 'b']
 */
export const string = define<string>('string', 'string', 7, 0, 'string', Array);
/**
 * Complex numbers of two float32 parts. On the host: a Float32Array of twice the length, real parts before imaginary
 * ones.
 *
 *     tf.complex64.size   // 8
 */
export const complex64 = define<Scalar>('complex64', 'complex64', 8, 8, 'complex', Float32Array);
/**
 * 64-bit integers: fetched as numbers within ±2^53, else as bigints. On the host: BigInt64Array.
 *
 *     tf.constant([-1], tf.int64)   // [-1]
 */
export const int64 = define<Long>('int64', 'int64', 9, 8, 'int', BigInt64Array);
/**
 * True or false: what comparisons give. On the host: Uint8Array of 0 and 1.
 *
 *     tf.constant([true], tf.bool)   // [true]
 */
export const bool = define<boolean>('bool', 'bool', 10, 1, 'bool', Uint8Array);
/**
 * Quantized numbers in 8-bit integers; the scale belongs to the ops that use them.
 *
 *     tf.qint8.name   // 'qint8'
 */
export const qint8 = define('qint8', 'qint8', 11, 1, 'quantized', Int8Array);
/**
 * Quantized numbers in 8-bit integers from 0; the scale belongs to the ops that use them.
 *
 *     tf.quint8.name   // 'quint8'
 */
export const quint8 = define('quint8', 'quint8', 12, 1, 'quantized', Uint8Array);
/**
 * Quantized numbers in 32-bit integers; the scale belongs to the ops that use them.
 *
 *     tf.qint32.name   // 'qint32'
 */
export const qint32 = define('qint32', 'qint32', 13, 4, 'quantized', Int32Array);
/**
 * 16-bit floating point numbers with the range of float32: 8 bits of precision. On the host: Uint16Array of their
 * bits.
 *
 *     tf.constant([1.5], tf.bfloat16)   // [1.5]
 */
export const bfloat16 = define('bfloat16', 'bfloat16', 14, 2, 'float', Uint16Array);
/**
 * Quantized numbers in 16-bit integers; the scale belongs to the ops that use them.
 *
 *     tf.qint16.name   // 'qint16'
 */
export const qint16 = define('qint16', 'qint16', 15, 2, 'quantized', Int16Array);
/**
 * Quantized numbers in 16-bit integers from 0; the scale belongs to the ops that use them.
 *
 *     tf.quint16.name   // 'quint16'
 */
export const quint16 = define('quint16', 'quint16', 16, 2, 'quantized', Uint16Array);
/**
 * 16-bit integers from 0 to 65535. On the host: Uint16Array.
 *
 *     tf.constant([255], tf.uint16)   // [255]
 */
export const uint16 = define('uint16', 'uint16', 17, 2, 'uint', Uint16Array);
/**
 * Complex numbers of two float64 parts. On the host: a Float64Array of twice the length, real parts before imaginary
 * ones.
 *
 *     tf.complex128.size   // 16
 */
export const complex128 = define<Scalar>('complex128', 'complex128', 18, 16, 'complex', Float64Array);
/**
 * 16-bit floating point numbers: 11 bits of precision, up to 65504. On the host: Uint16Array of their bits.
 *
 *     tf.constant([1.5], tf.float16)   // [1.5]
 */
export const float16 = define('float16', 'half', 19, 2, 'float', Uint16Array);
/**
 * Handles of what a session owns, such as variables; they are not fetched.
 *
 *     new tf.Variable(1, { useResource: true }).handle.dtype   // 'resource'
 */
export const resource = define<Scalar>('resource', 'resource', 20, 0, 'opaque', Array);
/**
 * Values of any kind inside a run; they are not fetched.
 *
 *     tf.variant.name   // 'variant'
 */
export const variant = define<Scalar>('variant', 'variant', 21, 0, 'opaque', Array);
/**
 * 32-bit integers from 0. On the host: Uint32Array.
 *
 *     tf.constant([255], tf.uint32)   // [255]
 */
export const uint32 = define('uint32', 'uint32', 22, 4, 'uint', Uint32Array);
/**
 * 64-bit integers from 0: fetched as numbers up to 2^53, else as bigints. On the host: BigUint64Array.
 *
 *     tf.constant([255], tf.uint64)   // [255]
 */
export const uint64 = define<Long>('uint64', 'uint64', 23, 8, 'uint', BigUint64Array);

/** A dtype, or its name. */
export type DTypeLike = DType | string;
/** What an element of a dtype, or of a dtype's name, is in TypeScript. */
export type ElementOf<D> =
  D extends DType<infer E>
    ? E
    : D extends 'bool'
      ? boolean
      : D extends 'string'
        ? string
        : D extends 'int64' | 'uint64'
          ? Long
          : D extends 'float' | `${'float' | 'int' | 'uint' | 'bfloat'}${number}` | 'half' | 'double'
            ? number
            : Scalar;
/** The array that holds elements of type E. */
export type DataOf<E> = 0 extends 1 & E
  ? Data
  : [E] extends [number]
    ? NumericArray
    : [E] extends [boolean]
      ? Uint8Array
      : [E] extends [string]
        ? string[]
        : [E] extends [Long]
          ? BigInt64Array | BigUint64Array
          : Data;

/**
 * The dtype of a name, of a number of types.proto, or of a dtype.
 *
 *     tf.asDtype('float32') === tf.float32   // true
 *     tf.asDtype(3)                           // 'int32'
 *
 * @param type  what says it
 * @returns  a dtype
 * @throws TypeError  if there is none
 */
export function asDtype(type: DTypeLike | number): DType {
  return toDtype(type);
}
/** The same of what may be anything. */
export function toDtype(type: unknown): DType {
  const found =
    typeof type === 'number' ? BY_ENUM.get(type) : typeof type === 'string' ? BY_NAME.get(type) : isDType(type);
  if (!found) {
    const said = type === null || type === undefined ? 'None' : typeof type === 'string' ? `'${type}'` : textOf(type);
    throw new TypeError_(
      `Cannot convert value ${said} to a TensorFlow DType.\n` +
        `  fix: dtypes are tf.float32, tf.int64, tf.bool, … or their names.`,
    );
  }
  return found;
}

function isDType(value: unknown): DType | null {
  return !isRevoked(value) && value instanceof DType ? value : null;
}
/** An array of `length` zeros (empty strings) of a dtype; `shape` is for the error where there is no memory. */
export function zerosOf(dtype: DType, length: number, shape?: readonly number[]): Data {
  // Most small arrays are of this type, and a constructor that V8 knows takes half the time.
  if (dtype === float32 && isFew(length)) return new Float32Array(length);
  claimZeros(dtype, length, shape);
  if (dtype.kind === 'string') return new Array<string>(length).fill('');
  return new dtype.array(dtype.isComplex ? 2 * length : length);
}
/** Asks for the memory of them, and takes none. */
export function claimZeros(dtype: DType, length: number, shape?: readonly number[]): void {
  claim(length, dtype.size || TEXT, dtype.cName, shape);
}
/** What a string is counted as: V8 lays out lists of more than some 30 million elements as tables, which it cannot. */
const TEXT = 256;

/** True where elements are BigInts. */
export function isBig(data: Data): data is BigInt64Array | BigUint64Array {
  return data instanceof BigInt64Array || data instanceof BigUint64Array;
}

/** The least and the greatest finite value of a type with an order. */
export function limitsOf(dtype: DType): readonly [least: number | bigint, greatest: number | bigint] {
  const most = MOST.get(dtype.baseDtype);
  if (most !== undefined) return [-most, most];
  const bits = BigInt(dtype.isBool ? 1 : dtype.size * 8);
  const unsigned = dtype.kind === 'uint' || dtype.kind === 'bool' || dtype.name.startsWith('qu');
  const [least, greatest] = unsigned ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
  return dtype.size === 8 ? [least, greatest] : [Number(least), Number(greatest)];
}
const MOST: ReadonlyMap<DType, number> = new Map([
  [float16, 65504],
  [bfloat16, 3.3895313892515355e38],
  [float32, 3.4028234663852886e38],
  [float64, Number.MAX_VALUE],
]);
areMade = true;
