/** One dimension of a shape as an object: TensorFlow 1.x's `tf.Dimension`. Shapes themselves hold plain numbers. */
import { TypeError_, ValueError } from './errors';
import { describe, isA, isRevoked, textOf } from './preview';

/** What stands for a dimension: its size, null where that is not known, or a Dimension. */
export type DimensionLike = Dimension | number | null;

/**
 * The size of one dimension, which may be unknown: arithmetic with an unknown one is unknown. A shape's index gives the
 * number itself (`x.shape[1]`); `tf.dimensionAtIndex(x.shape, 1)` gives one of these.
 *
 *     new tf.Dimension(3).add(4).value      // 7
 *     new tf.Dimension(null).mul(2).value   // null
 */
export class Dimension {
  /** The size, null where it is not known. */
  readonly value: number | null;

  /**
   * A dimension of a size.
   *
   * @param value  a whole number, at least 0; a Dimension; null where it is not known
   * @throws ValueError  for a number that is no size; TypeError for what is no number
   */
  constructor(value: DimensionLike | { readonly value: DimensionLike }, ...more: readonly never[]) {
    if (more.length) throw new TypeError_(`__init__() takes 2 positional arguments but ${more.length + 2} were given`);
    if (value === undefined) throw new TypeError_("__init__() missing 1 required positional argument: 'value'");
    const isSize = typeof value !== 'object' || value === null || isRevoked(value) || !('value' in value);
    const given = isSize ? value : value.value;
    this.value = isA(given, Dimension) ? given.value : given === null ? null : checkedSize(given);
  }

  /** Whether both may be the same: one is unknown, or their sizes are equal. */
  isCompatibleWith(other: DimensionLike | { readonly other: DimensionLike }): boolean;
  isCompatibleWith(other: DimensionLike): boolean {
    const [a, b] = [this.value, sizeOf(other)];
    return a === null || b === null || a === b;
  }
  /**
   * Refuses another dimension that this one cannot be.
   *
   * @throws ValueError  where both are known and differ
   */
  assertIsCompatibleWith(other: DimensionLike | { readonly other: DimensionLike }): void;
  assertIsCompatibleWith(other: DimensionLike): void {
    if (!this.isCompatibleWith(other))
      throw new ValueError(`Dimensions ${this} and ${new Dimension(other)} are not compatible`);
  }
  /** What both say together. @throws ValueError  where they contradict each other */
  mergeWith(other: DimensionLike | { readonly other: DimensionLike }): Dimension;
  mergeWith(other: DimensionLike): Dimension {
    this.assertIsCompatibleWith(other);
    return new Dimension(this.value ?? sizeOf(other));
  }

  /** `d + other` */
  add(other: DimensionLike): Dimension {
    return combined(this, other, (a, b) => a + b);
  }
  /** `other + d` */
  radd(other: DimensionLike): Dimension {
    return this.add(other);
  }
  /** `d - other`. @throws ValueError  for less than nothing */
  sub(other: DimensionLike): Dimension {
    return combined(this, other, (a, b) => a - b);
  }
  /** `other - d` */
  rsub(other: DimensionLike): Dimension {
    return combined(other, this, (a, b) => a - b);
  }
  /** `d * other` */
  mul(other: DimensionLike): Dimension {
    return combined(this, other, (a, b) => a * b);
  }
  /** `other * d` */
  rmul(other: DimensionLike): Dimension {
    return this.mul(other);
  }
  /** `d // other`, rounds down */
  floordiv(other: DimensionLike): Dimension {
    return combined(this, other, (a, b) => Math.floor(a / notZero(b)));
  }
  /** `other // d` */
  rfloordiv(other: DimensionLike): Dimension {
    return combined(other, this, (a, b) => Math.floor(a / notZero(b)));
  }
  /** `d % other` */
  mod(other: DimensionLike): Dimension {
    return combined(this, other, (a, b) => a % notZero(b));
  }
  /** `other % d` */
  rmod(other: DimensionLike): Dimension {
    return combined(other, this, (a, b) => a % notZero(b));
  }
  /** `d == other`; null where one is unknown */
  equal(other: DimensionLike): boolean | null {
    return compared(this, other, (a, b) => a === b);
  }
  /** `d != other`; null where one is unknown */
  notEqual(other: DimensionLike): boolean | null {
    return compared(this, other, (a, b) => a !== b);
  }
  /** `d < other`; null where one is unknown */
  less(other: DimensionLike): boolean | null {
    return compared(this, other, (a, b) => a < b);
  }
  /** `d <= other`; null where one is unknown */
  lessEqual(other: DimensionLike): boolean | null {
    return compared(this, other, (a, b) => a <= b);
  }
  /** `d > other`; null where one is unknown */
  greater(other: DimensionLike): boolean | null {
    return compared(this, other, (a, b) => a > b);
  }
  /** `d >= other`; null where one is unknown */
  greaterEqual(other: DimensionLike): boolean | null {
    return compared(this, other, (a, b) => a >= b);
  }

  /** `784`, or `?`. */
  toString(): string {
    return this.value === null ? '?' : String(this.value);
  }
  /** JSON has the size. */
  toJSON(): number | null {
    return this.value;
  }
  /** Python's `int(d)`. */
  [Symbol.toPrimitive](hint: string): number | string {
    if (hint === 'string') return this.toString();
    if (this.value === null) throw new TypeError_('__index__ returned non-int (type NoneType): the size is unknown.');
    return this.value;
  }
  /** As Python prints it: `Dimension(784)`. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Dimension(${this.value ?? 'None'})`;
  }
}

function sizeOf(value: DimensionLike): number | null {
  return value instanceof Dimension ? value.value : new Dimension(value).value;
}
/** What Python's `int()` makes of it, which must be the same number. */
export function checkedSize(given: unknown): number {
  const value = typeof given === 'string' ? literal(given) : toInt(given);
  if (!Number.isInteger(value) || Math.abs(value) >= 2 ** 64)
    throw new ValueError(
      `Ambiguous dimension: ${textOf(given)}\n  fix: a dimension is a whole number, or null where it is unknown.`,
    );
  if (value < 0)
    throw new ValueError(`Dimension ${value} must be >= 0\n  fix: null is a dimension that is not known: [null, 784].`);
  return value;
}
const PYTHON_INT = /^\s*[+-]?\d+(_\d+)*\s*$/;
function literal(text: string): number {
  if (!PYTHON_INT.test(text))
    throw new ValueError(`invalid literal for int() with base 10: '${text}'\n  fix: null is a size that is not known.`);
  return Number(text.replaceAll('_', ''));
}
function toInt(value: unknown): number {
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (typeof value !== 'number')
    throw new TypeError_(
      `int() argument must be a string, a bytes-like object or a number, not '${describe(value)}'` +
        '\n  fix: a dimension is a whole number, or null where it is unknown.',
    );
  if (Number.isNaN(value)) throw new ValueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new ValueError('cannot convert float infinity to integer');
  return value;
}
function notZero(value: number): number {
  if (value === 0) throw new ValueError('integer division or modulo by zero');
  return value;
}
function combined(x: DimensionLike, y: DimensionLike, f: (a: number, b: number) => number): Dimension {
  const [a, b] = [sizeOf(x), sizeOf(y)];
  return new Dimension(a === null || b === null ? null : f(a, b));
}
function compared(x: DimensionLike, y: DimensionLike, f: (a: number, b: number) => boolean): boolean | null {
  const [a, b] = [sizeOf(x), sizeOf(y)];
  return a === null || b === null ? null : f(a, b);
}
