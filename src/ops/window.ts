/** Windows that slide over images: what convolutions and pools share. */
import { TypeError_, ValueError } from '../base/errors';
import { type Dim, TensorShape } from '../base/shape';
import { type Padding, WindowError, windowPlaces } from '../base/window';
import { ShapeError, type Tensor } from '../graph/graph';
import { apply } from '../graph/apply';
import type { AttrName } from '../graph/attr-reader';
import type { AttrValue, Grad, GradContext, ShapeContext } from '../graph/opdef';
import { shapeInput, withRank } from '../graph/shape-fn';
import { shapeOf, zeros } from './words';

/** A number for rows and columns alike, [rows, columns], or one per dimension. */
export type PerDimension = number | readonly number[];
/** The shape, of pictures if no other rank is named, that an input gives in numbers. */
export function sizesInput(c: ShapeContext, index: number, rank = 4): TensorShape {
  const count = withRank(c, index, 1).at(0);
  if (count !== null && count !== rank) throw new ShapeError(`Shape must be rank ${rank} but is rank ${count}`);
  const shape = shapeInput(c, index);
  return shape?.dims ? shape : TensorShape.unknown(rank);
}

/** Where rows, columns and channels stand. */
export function layout(format: string): { readonly rows: number; readonly columns: number; readonly channels: number } {
  return format === 'NCHW' ? { rows: 2, columns: 3, channels: 1 } : { rows: 1, columns: 2, channels: 3 };
}
/** Where planes, rows and columns stand, and where channels. */
export function volumeLayout(format: string): { readonly space: readonly number[]; readonly channels: number } {
  return format === 'NCDHW' ? { space: [2, 3, 4], channels: 1 } : { space: [1, 2, 3], channels: 4 };
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
    throw new ValueError(
      `${name} should be of length 1, ${space} or ${space + 2} but was ${given.length}` +
        '\n  fix: one number for all, as 2.',
    );
  const sizes = given.length === 1 ? Array.from({ length: space }, () => given[0]) : given;
  return format.startsWith('NC') ? [1, 1, ...sizes] : [1, ...sizes, 1];
}

/** What an op hands on to its derivatives: some of its attributes. */
export function attrsOf(op: GradContext, names: readonly AttrName[]): Record<string, AttrValue> {
  return Object.fromEntries(names.map((name) => [name, op.attr(name)]));
}
type GradOf = (op: GradContext, grads: readonly Tensor[]) => Grad[];
/**
 * The gradients of a convolution's two derivatives. Each is linear in both of what it takes: its own derivatives are
 * of the family again.
 */
export function linearIn(
  conv: string,
  byInput: string,
  byFilter: string,
  attrs: readonly AttrName[],
): { readonly byInput: GradOf; readonly byFilter: GradOf } {
  return {
    byInput(op, [d]) {
      const [, filter, dy] = op.inputs;
      const given = attrsOf(op, attrs);
      return [null, apply(byFilter, [d, shapeOf(filter), dy], given), apply(conv, [d, filter], given)];
    },
    byFilter(op, [d]) {
      const [input, , dy] = op.inputs;
      const given = attrsOf(op, attrs);
      return [apply(byInput, [shapeOf(input), d, dy], given), null, apply(conv, [input, d], given)];
    },
  };
}
/** Which element was the largest does not change with a small step: zero for the values that it was found in. */
export function ofMaximum(op: GradContext, type: string, d: Tensor, attrs: readonly AttrName[]): Grad[] {
  const [input, output] = op.inputs;
  return [
    zeros(shapeOf(input), input.dtype),
    zeros(shapeOf(output), output.dtype),
    apply(type, [input, output, d], attrsOf(op, attrs)),
  ];
}
