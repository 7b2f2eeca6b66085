/** Shapes, whole or partly unknown. `null` is an unknown dimension, or an unknown rank. */
import { isRevoked, textOf } from './preview';
import { TypeError_, ValueError } from './errors';

/** The size of a dimension; null where it is not known. */
export type Dim = number | null;
/** TensorFlow's limit. */
export const MOST_DIMENSIONS = 254;
/** A shape: sizes, null for any; or null for a shape of which nothing is known. */
export type ShapeLike = TensorShape | readonly Dim[] | null;

function isFull(dims: readonly (number | null)[] | null): dims is readonly number[] {
  return dims !== null && !dims.includes(null);
}

/**
 * The static shape of a graph tensor, as far as it is known. Immutable.
 *
 *     tf.placeholder(tf.float32, [null, 2]).shape.dims   // [null, 2]
 */
export class TensorShape {
  /** Dimensions, or null where even the rank is unknown. */
  readonly dims: readonly Dim[] | null;
  private static readonly unknownRank = new TensorShape(null);
  private static readonly scalarShape = new TensorShape([]);

  constructor(dims: ShapeLike, ...more: readonly never[]) {
    if (more.length) throw tooManyDims([dims, ...more]);
    if (typeof dims === 'object' && isRevoked(dims)) throw new TypeError_('A shape is a list, and no revoked Proxy.');
    if (dims instanceof TensorShape) this.dims = dims.dims;
    else this.dims = dims === null || dims === undefined ? null : Array.from(asDims(dims), toDim);
  }
  /** `shape[1]`, null where that is not known. */
  readonly [index: number]: Dim;
  /** A shape of which nothing is known, or only the rank, where it is one that tensors have. */
  static unknown(rank?: number): TensorShape {
    if (rank === undefined) return TensorShape.unknownRank;
    if (typeof rank !== 'number') throw new TypeError_(`${textOf(rank)} is no rank.`);
    return Number.isInteger(rank) && rank >= 0 && rank <= MOST_DIMENSIONS
      ? new TensorShape(new Array<Dim>(rank).fill(null))
      : TensorShape.unknownRank;
  }
  /** The shape of a scalar: no dimensions. */
  static scalar(): TensorShape {
    return TensorShape.scalarShape;
  }
  /** A shape from sizes. */
  static of(shape: ShapeLike): TensorShape {
    return shape instanceof TensorShape ? shape : new TensorShape(shape);
  }

  /** How many dimensions; null where that is not known. */
  get rank(): number | null {
    return this.dims && this.dims.length;
  }
  /** TensorFlow's other name for the rank. */
  get ndims(): number | null {
    return this.rank;
  }
  /** The sizes where all are known, else null. */
  get fullDims(): readonly number[] | null {
    return isFull(this.dims) ? this.dims : null;
  }
  /** Whether all sizes are known. */
  isFullyDefined(): boolean {
    return isFull(this.dims);
  }
  /** Number of elements, or null where it is not known. */
  numElements(): number | null {
    return isFull(this.dims) ? this.dims.reduce((a, b) => a * b, 1) : null;
  }
  /** The dimensions as a list. @throws ValueError where the rank is unknown */
  asList(): Dim[] {
    if (!this.dims) throw new ValueError('as_list() is not defined on an unknown TensorShape.');
    return [...this.dims];
  }
  /** The dimension at `i` (negative counts from the end), or null where unknown. */
  at(i: number): Dim {
    if (!Number.isInteger(i)) return null;
    return this.dims ? (this.dims[i < 0 ? i + this.dims.length : i] ?? null) : null;
  }
  /** The same shape, which must have this rank or an unknown one. */
  withRank(rank: number): TensorShape {
    return this.mergeWith(TensorShape.unknown(rank));
  }

  /** Whether some shape fits both. */
  isCompatibleWith(other: ShapeLike): boolean {
    const b = TensorShape.of(other).dims;
    const a = this.dims;
    return !a || !b || (a.length === b.length && a.every((d, i) => d === null || b[i] === null || d === b[i]));
  }
  /** What both say together. @throws ValueError if they contradict each other */
  mergeWith(other: ShapeLike): TensorShape {
    const that = TensorShape.of(other);
    if (!this.isCompatibleWith(that)) throw new ValueError(`Shapes ${this} and ${that} are not compatible`);
    if (!this.dims) return that;
    return that.dims ? new TensorShape(this.dims.map((d, i) => d ?? that.dims![i])) : this;
  }
  /** The dimensions of this shape, then those of the other. */
  concatenate(other: ShapeLike): TensorShape {
    const that = TensorShape.of(other);
    return this.dims && that.dims ? new TensorShape([...this.dims, ...that.dims]) : TensorShape.unknown();
  }
  /** Whether both say the same of rank and sizes. */
  equals(other: ShapeLike): boolean {
    const that = TensorShape.of(other).dims;
    return (
      this.dims === that ||
      (!!this.dims && !!that && this.dims.length === that.length && this.dims.every((d, i) => d === that[i]))
    );
  }
  /** As Python prints it: `(?, 784)`, `(100,)`, `()`, `<unknown>`. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `TensorShape(${this})`;
  }
  /** `(?, 784)`: as TensorFlow writes it. */
  toString(): string {
    return this.dims ? pythonTuple(this.dims) : '<unknown>';
  }
  /** As TensorFlow's C++ prints it: `[?,784]`, `[]`, `<unknown>`. */
  toCString(): string {
    return this.dims ? cShape(this.dims) : '<unknown>';
  }
}
for (let i = 0; i < MOST_DIMENSIONS; i++)
  Object.defineProperty(TensorShape.prototype, i, {
    get(this: TensorShape): Dim | undefined {
      return this.dims ? this.dims[i] : null;
    },
  });

/** Dimensions beside each other, where one list was wanted. */
function tooManyDims(dims: readonly unknown[]): Error {
  return new TypeError_(
    `__init__() takes 2 positional arguments but ${dims.length + 1} were given` +
      `\n  fix: a shape is a list: new tf.TensorShape([${dims.map(textOf).join(', ')}]).`,
  );
}
/** A number is a vector's length, as in Python. @throws TypeError  for what is no list */
function asDims(dims: unknown): readonly Dim[] {
  if (Array.isArray(dims)) return dims as readonly Dim[];
  if (typeof dims === 'number') return [dims];
  const said =
    typeof dims === 'string'
      ? `A string has ambiguous TensorShape, please wrap in a list or convert to an int: ${dims}`
      : typeof dims === 'object' && dims !== null
        ? describeObject(dims)
        : textOf(dims);
  throw new TypeError_(
    `Error converting shape to a TensorShape: ${said}.` +
      '\n  fix: a shape is a list, in which null is an unknown dimension: [null, 784].',
  );
}
function toDim(d: Dim): Dim {
  if (d === null || d === undefined || d === -1) return null;
  if (!Number.isSafeInteger(d))
    throw new ValueError(
      `Ambiguous dimension: ${textOf(d)}\n  fix: a dimension is a whole number, or null where it is unknown.`,
    );
  if (d < 0) throw new ValueError(`Dimension ${textOf(d)} must be >= 0`);
  return d;
}

function describeObject(value: object): string {
  const keys = Object.keys(value);
  return keys.length ? `{${keys.join(', ')}}` : '{}';
}

/** `[2,3]`, as C++ prints a shape. */
export function cShape(dims: readonly Dim[]): string {
  return `[${dims.map((d) => d ?? '?').join(',')}]`;
}
/** `(2, 3)`, `(2,)`, as Python prints a shape. */
export function pythonTuple(dims: readonly Dim[]): string {
  return dims.length === 1 ? `(${dims[0] ?? '?'},)` : `(${dims.map((d) => d ?? '?').join(', ')})`;
}

/** Number of elements of a known shape. */
export function sizeOf(shape: readonly number[]): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i];
  return n;
}
/** Row-major strides in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  for (let i = shape.length - 1, s = 1; i >= 0; i--) {
    strides[i] = s;
    s *= shape[i];
  }
  return strides;
}
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
/** NumPy's broadcast of two known shapes, or null where they do not fit. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] | null {
  const rank = Math.max(a.length, b.length);
  const out = new Array<number>(rank);
  for (let i = 0; i < rank; i++) {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return null;
    out[i] = x === 1 ? y : x;
  }
  return out;
}
/**
 * The axes over which the gradient of a broadcast must be summed, for each operand: those it lacked or had as 1.
 * null where the shapes do not fit.
 */
export function broadcastGradientAxes(a: readonly number[], b: readonly number[]): [number[], number[]] | null {
  if (sameShape(a, b)) return [[], []];
  const rank = Math.max(a.length, b.length);
  const axes: [number[], number[]] = [[], []];
  for (let i = 0; i < rank; i++) {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return null;
    // A dimension that is 1 in both counts for both: TensorFlow's own choice.
    if (x === 1) axes[0].push(i);
    if (y === 1) axes[1].push(i);
  }
  return axes;
}
