/** Leaves of structures, taken for what they are: tensors, and arrays of tensors. */
import { TypeError_ } from '../base/errors';
import { toTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { type Structure, assertSame, flatten, mapStructure, packAs, repr } from './structure';
import { TensorArray } from './tensor-array';

/** The leaves as tensors, in order. @throws TypeError or ValueError  for one that cannot be a tensor */
export function tensorLeaves(structure: unknown): Tensor[] {
  return flatten(structure).map((leaf) => toTensor(leaf));
}
/** A structure like another one, with leaves of the same kinds. */
export function packLike<S>(structure: S, leaves: readonly unknown[], composites = true): S {
  return packAs(structure, leaves, composites) as S;
}
/** A structure of what `fn` makes of the leaves, which are no parts of rows. */
export function mapLeaves<T>(structure: unknown, fn: (leaf: unknown) => T): Structure<T> {
  return mapStructure(structure, fn, false) as Structure<T>;
}
/** What is to have the structure, and so the type, of another value. @throws ValueError, TypeError  where it has not */
export function assertLike<S>(given: unknown, like: S): asserts given is S {
  assertSame(like, given);
}
/** A structure of what `fn` makes of the leaves, which are tensors. */
export function mapTensors<S>(structure: S, fn: (tensor: Tensor) => Tensor): S {
  return mapStructure(structure, (leaf) => fn(toTensor(leaf))) as S;
}
/** The leaves as arrays. @throws TypeError  for one that is none */
export function arrayLeaves(structure: unknown): TensorArray[] {
  return flatten(structure).map(arrayLeaf);
}
/** @throws TypeError  for a leaf that is no array */
export function arrayLeaf(leaf: unknown): TensorArray {
  if (leaf instanceof TensorArray) return leaf;
  throw new TypeError_(`Expected a TensorArray, but saw: ${repr(leaf)}`);
}
