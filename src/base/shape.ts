/** Shapes, whole or partly unknown. `null` is an unknown dimension, or an unknown rank. */
import { type Dim, MOST_DIMENSIONS, asDims, toDim } from './dims';
import type { DimensionLike } from './dimension';
import { isA, isRevoked, textOf } from './preview';
import { cShape, pythonTuple } from './shape-text';
import { IndexError, TypeError_, ValueError } from './errors';

export { type Dim, MOST_DIMENSIONS } from './dims';
export { cShape, pythonTuple } from './shape-text';
export { broadcast, broadcastGradientAxes, sameShape, sizeOf, stridesOf } from './sizes';

/** A shape: sizes, null for any; or null for a shape of which nothing is known. */
export type ShapeLike = TensorShape | readonly DimensionLike[] | null;

/** Whether all sizes are known. */
export function isFull(dims: readonly (number | null)[] | null): dims is readonly number[] {
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

  /**
   * A shape of these sizes.
   *
   * @param shape  sizes, null for each that is unknown; null where the rank is
   * @throws TypeError   for what is no list; ValueError for what is no size
   */
  constructor(shape: ShapeLike | { readonly dims: ShapeLike }, ...more: readonly never[]) {
    const dims: ShapeLike = isNamed(shape) ? shape.dims : shape;
    if (more.length) throw tooManyDims([dims, ...more]);
    if (typeof dims === 'object' && isRevoked(dims)) throw new TypeError_('A shape is a list, and no revoked Proxy.');
    if (dims instanceof TensorShape) this.dims = dims.dims;
    else this.dims = dims === null || dims === undefined ? null : Array.from(asDims(dims), toDim);
  }
  /**
   * `shape[1]`, `shape[-1]`: the size itself, null where it is not known.
   *
   * @throws IndexError  where there is no such dimension
   */
  readonly [index: number]: Dim;
  /** The sizes one after the other. @throws ValueError  where the rank is unknown */
  *[Symbol.iterator](): Generator<Dim, void, undefined> {
    if (!this.dims) throw new ValueError('Cannot iterate over a shape with unknown rank.');
    yield* this.dims;
  }
  /** How many dimensions: Python's `len(shape)`. @throws ValueError  where the rank is unknown */
  get length(): number {
    if (!this.dims) throw new ValueError('Cannot take the length of shape with unknown rank.');
    return this.dims.length;
  }
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
    return isA(shape, TensorShape) ? shape : new TensorShape(shape);
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
  /** Some of the dimensions: Python's `shape[begin:end]`. Of an unknown rank, as many as the two say. */
  slice(
    begin?: number | { readonly begin?: number | null; readonly end?: number | null } | null,
    end?: number | { readonly end?: number | null } | null,
  ): TensorShape;
  slice(begin?: number | null, end?: number | null): TensorShape {
    for (const at of [begin, end])
      if (at !== undefined && at !== null && !Number.isSafeInteger(at))
        throw new TypeError_(`slice indices must be integers or None, not ${textOf(at)}.`);
    if (this.dims) return new TensorShape(this.dims.slice(begin ?? 0, end ?? undefined));
    const first = begin ?? 0;
    return end === null || end === undefined || first < 0 || end < 0
      ? TensorShape.unknown()
      : TensorShape.unknown(Math.max(end - first, 0));
  }
  /** The same shape, which must have this rank or an unknown one. @throws ValueError  where it has another */
  withRank(rank: number | { readonly rank: number }): TensorShape;
  withRank(rank: number): TensorShape {
    if (this.isCompatibleWith(TensorShape.unknown(rank))) return this.mergeWith(TensorShape.unknown(rank));
    throw new ValueError(`Shape ${this} must have rank ${textOf(rank)}`);
  }
  /** The same shape, which must have this rank or more, or an unknown one. @throws ValueError  where it has less */
  withRankAtLeast(rank: number | { readonly rank: number }): TensorShape;
  withRankAtLeast(rank: number): TensorShape {
    if (this.dims && this.dims.length < rank)
      throw new ValueError(`Shape ${this} must have rank at least ${textOf(rank)}`);
    return this;
  }
  /** The same shape, which must have this rank or less, or an unknown one. @throws ValueError  where it has more */
  withRankAtMost(rank: number | { readonly rank: number }): TensorShape;
  withRankAtMost(rank: number): TensorShape {
    if (this.dims && this.dims.length > rank)
      throw new ValueError(`Shape ${this} must have rank at most ${textOf(rank)}`);
    return this;
  }
  /**
   * Refuses a rank that this shape does not have.
   *
   * @throws ValueError  for another rank than this one, where it is known
   */
  assertHasRank(rank: number | { readonly rank: number }): void;
  assertHasRank(rank: number): void {
    if (this.dims && this.dims.length !== rank) throw new ValueError(`Shape ${this} must have rank ${textOf(rank)}`);
  }
  /**
   * Refuses a shape of another rank.
   *
   * @throws ValueError  where both ranks are known and differ
   */
  assertSameRank(other: ShapeLike | { readonly other: ShapeLike }): void;
  assertSameRank(other: ShapeLike): void {
    const that = TensorShape.of(other);
    if (this.dims && that.dims && this.dims.length !== that.dims.length)
      throw new ValueError(`Shapes ${this} and ${that} must have the same rank`);
  }
  /**
   * Refuses a shape that this one cannot be.
   *
   * @throws ValueError  where no shape fits both
   */
  assertIsCompatibleWith(other: ShapeLike | { readonly other: ShapeLike }): void;
  assertIsCompatibleWith(other: ShapeLike): void {
    const that = TensorShape.of(other);
    // Python prints what it was given.
    const shown = Array.isArray(other) ? `[${other.map((size: unknown) => size ?? 'None').join(', ')}]` : that;
    if (!this.isCompatibleWith(that)) throw new ValueError(`Shapes ${this} and ${shown} are incompatible`);
  }
  /**
   * Refuses a shape that is not known in full.
   *
   * @throws ValueError  where a size or the rank is unknown
   */
  assertIsFullyDefined(): void {
    if (!this.isFullyDefined()) throw new ValueError(`Shape ${this} is not fully defined`);
  }
  /** The narrowest shape that both are: sizes on which they differ are unknown. */
  mostSpecificCompatibleShape(other: ShapeLike | { readonly other: ShapeLike }): TensorShape;
  mostSpecificCompatibleShape(other: ShapeLike): TensorShape {
    const [a, b] = [this.dims, TensorShape.of(other).dims];
    if (!a || !b || a.length !== b.length) return TensorShape.unknown();
    return new TensorShape(a.map((d, i) => (d === b[i] ? d : null)));
  }

  /** Whether some shape fits both. */
  isCompatibleWith(other: ShapeLike | { readonly other: ShapeLike }): boolean;
  isCompatibleWith(other: ShapeLike): boolean {
    const b = TensorShape.of(other).dims;
    const a = this.dims;
    return !a || !b || (a.length === b.length && a.every((d, i) => d === null || b[i] === null || d === b[i]));
  }
  /** What both say together. @throws ValueError if they contradict each other */
  mergeWith(other: ShapeLike | { readonly other: ShapeLike }): TensorShape;
  mergeWith(other: ShapeLike): TensorShape {
    const that = TensorShape.of(other);
    if (!this.isCompatibleWith(that)) throw new ValueError(`Shapes ${this} and ${that} are not compatible`);
    const { dims } = that;
    if (!this.dims) return that;
    return dims ? new TensorShape(this.dims.map((d, i) => d ?? dims[i])) : this;
  }
  /** The dimensions of this shape, then those of the other. */
  concatenate(other: ShapeLike | { readonly other: ShapeLike }): TensorShape;
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
for (let i = -MOST_DIMENSIONS; i < MOST_DIMENSIONS; i++)
  Object.defineProperty(TensorShape.prototype, i, {
    get(this: TensorShape): Dim {
      if (!this.dims) return null;
      const at = i < 0 ? i + this.dims.length : i;
      if (at < 0 || at >= this.dims.length) throw new IndexError(`list index out of range: ${this} has no [${i}].`);
      return this.dims[at];
    },
  });

/** A shape that becomes an attribute: what is wrong with it is said as TensorFlow says it of those. */
export function shapeAttr(shape: ShapeLike): TensorShape {
  try {
    return TensorShape.of(shape);
  } catch (error) {
    const Kind = [TypeError_, ValueError].find((kind) => error instanceof kind);
    const [said, ...rest] = error instanceof Error ? error.message.split('\n') : [];
    if (!Kind || said.startsWith('Error converting')) throw error;
    throw new Kind([`Error converting shape to a TensorShape: ${said}.`, ...rest].join('\n'));
  }
}
/** The one argument by its name; or another shape. */
function isNamed(shape: ShapeLike | { readonly dims: ShapeLike }): shape is { readonly dims: ShapeLike } {
  return typeof shape === 'object' && shape !== null && !isRevoked(shape) && !Array.isArray(shape) && 'dims' in shape;
}
/** Dimensions beside each other, where one list was wanted. */
function tooManyDims(dims: readonly unknown[]): Error {
  return new TypeError_(
    `__init__() takes 2 positional arguments but ${dims.length + 1} were given` +
      `\n  fix: a shape is a list: new tf.TensorShape([${dims.map(textOf).join(', ')}]).`,
  );
}
