/** Typed arrays that know their shape: what a data set gives. A typed array of other origin is flat. */
import type { TypedArray } from './dtype';

/** A typed array with the shape of what it holds, row by row, as `shape`. */
export type Shaped<A extends TypedArray> = A & WithShape;
/** What knows the shape of what it holds. */
export interface WithShape {
  /** The dimensions, as [55000, 784] of all pictures. */
  readonly shape: readonly number[];
}
const KNOWN = new WeakMap<TypedArray, readonly number[]>();

export function withShape<A extends TypedArray>(array: A, shape: readonly number[]): Shaped<A> {
  KNOWN.set(array, shape);
  const shaped = Object.assign(array, { shape });
  // To loops and comparisons it is the array that it was.
  Object.defineProperty(shaped, 'shape', { enumerable: false, writable: false });
  return shaped;
}
export function knownShape(array: TypedArray): readonly number[] | null {
  return KNOWN.get(array) ?? null;
}
