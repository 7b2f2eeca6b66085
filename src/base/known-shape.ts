/** Typed arrays that know their shape: what a data set gives. A typed array of other origin is flat. */
import type { TypedArray } from './dtype';

const KNOWN = new WeakMap<TypedArray, readonly number[]>();

export function withShape<A extends TypedArray>(array: A, shape: readonly number[]): A {
  KNOWN.set(array, shape);
  return array;
}
export function knownShape(array: TypedArray): readonly number[] | null {
  return KNOWN.get(array) ?? null;
}
