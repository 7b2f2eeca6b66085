/**
 * `tf.manip`: tensors with their elements in other places, which is in `tf` too. Re-exports only.
 *
 * @module
 */
export { batchToSpaceNd, spaceToBatchNd } from '../ops/batches';
export { gatherNd } from '../ops/gather';
export { reshape } from '../ops/reshape';
export { scatterNd } from '../ops/scatter';
export { tile } from '../ops/tile';
export { reverse, roll } from '../ops/transpose';
