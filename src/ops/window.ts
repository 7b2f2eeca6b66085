/** Windows that slide over images: what convolutions and pools share. */
import { TypeError_, ValueError } from '../base/errors';
import { type Dim, TensorShape } from '../base/shape';
import { type Padding, WindowError, windowPlaces } from '../base/window';
import { ShapeError } from '../graph/graph';
import type { ShapeContext } from '../graph/opdef';
import { shapeInput, withRank } from '../graph/shape-fn';

/** A number for rows and columns alike, [rows, columns], or one per dimension. */
export type PerDimension = number | readonly number[];
/** The shape of rank 4 that an input gives in numbers. */
export function sizesInput(c: ShapeContext, index: number): TensorShape {
  const rank = withRank(c, index, 1).at(0);
  if (rank !== null && rank !== 4) throw new ShapeError(`Shape must be rank 4 but is rank ${rank}`);
  const shape = shapeInput(c, index);
  return shape?.dims ? shape : TensorShape.unknown(4);
}

/** Where rows, columns and channels stand. */
export function layout(format: string): { readonly rows: number; readonly columns: number; readonly channels: number } {
  return format === 'NCHW' ? { rows: 2, columns: 3, channels: 1 } : { rows: 1, columns: 2, channels: 3 };
}
/** `windowPlaces`, its complaints as shape errors. */
export function placesOf(
  input: Dim,
  filter: Dim,
  stride: number,
  dilation: number,
  padding: Padding,
  explicit?: readonly [number, number],
): Dim {
  try {
    return windowPlaces(input, { filter, stride, dilation, padding, explicit });
  } catch (error) {
    throw error instanceof WindowError ? new ShapeError(error.message) : error;
  }
}
/** TensorFlow's `_get_sequence`: one number per dimension of `space` dimensions, 1 for batch and channels. */
export function perDimension(value: PerDimension, format: string, name: string, space = 2): readonly number[] {
  if (value === null || value === undefined || (typeof value !== 'number' && value.length === undefined)) {
    throw new TypeError_(
      `missing a required argument: '${name}'` +
        '\n  fix: give it in its place, not in the options: a number, or one for each dimension: [1, 1, 1, 1].',
    );
  }
  const given = typeof value === 'number' ? [value] : value;
  if (given.length === space + 2) return given;
  if (given.length !== 1 && given.length !== space)
    throw new ValueError(`${name} should be of length 1, ${space} or ${space + 2} but was ${given.length}`);
  const sizes = given.length === 1 ? Array.from({ length: space }, () => given[0]) : given;
  return format.startsWith('NC') ? [1, 1, ...sizes] : [1, ...sizes, 1];
}
