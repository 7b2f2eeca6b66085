/**
 * `tf.sets`: sets in the rows of tensors. Re-exports only.
 *
 * @module
 */
export {
  difference,
  type DifferenceOptions,
  intersection,
  difference as setDifference,
  intersection as setIntersection,
  type SetLike,
  type SetOptions,
  setSize,
  setSize as size,
  union as setUnion,
  union,
} from '../ops/sets';
