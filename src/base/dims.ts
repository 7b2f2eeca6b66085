/** What is given for a shape, taken apart into its dimensions. */
import { Dimension, type DimensionLike, checkedSize } from './dimension';
import { TypeError_, ValueError } from './errors';
import { isA, textOf } from './preview';

/** The size of a dimension; null where it is not known. */
export type Dim = number | null;
/** TensorFlow's limit. */
export const MOST_DIMENSIONS = 254;

/** A number is a vector's length, as in Python. @throws TypeError  for what is no list */
export function asDims(dims: unknown): readonly DimensionLike[] {
  if (Array.isArray(dims)) {
    if (dims.length > 1 << 20)
      throw new ValueError(`A shape has ${MOST_DIMENSIONS} dimensions at most, not ${dims.length}.`);
    return dims;
  }
  if (typeof dims === 'number' || dims instanceof Dimension) return [dims];
  if (typeof dims === 'string')
    throw new TypeError_(
      `A string has ambiguous TensorShape, please wrap in a list or convert to an int: ${dims}${CURE}`,
    );
  const said = typeof dims === 'object' && dims !== null ? describeObject(dims) : textOf(dims);
  throw new TypeError_(`Error converting shape to a TensorShape: ${said}.${CURE}`);
}
const CURE = '\n  fix: a shape is a list, in which null is an unknown dimension: [null, 784].';
export function toDim(d: DimensionLike): Dim {
  if (isA(d, Dimension)) return d.value;
  if (d === null || d === undefined) return null;
  return checkedSize(d);
}

function describeObject(value: object): string {
  const keys = Object.keys(value);
  return keys.length ? `{${keys.join(', ')}}` : '{}';
}
