/** `tensorflow.python.ops.array_ops`. @module */
export { sequenceMask } from '../nn/sequence-mask';
export { concat } from '../ops/concat';
export { placeholder } from '../ops/constants';
export { fill, ones, zeros } from '../ops/fill';
export { gather, gatherNd } from '../ops/gather';
export {
  identity,
  identityN,
  onesLike,
  placeholderWithDefault,
  stopGradient,
  zerosLike,
} from '../ops/identity';
export { oneHot } from '../ops/one-hot';
export { pad } from '../ops/pad';
export { expandDims, reshape, squeeze } from '../ops/reshape';
export { rank, shape, shapeN, size } from '../ops/shape';
export { slice } from '../ops/slice';
export { split } from '../ops/split';
export { stack, unstack } from '../ops/stack';
export { stridedSlice } from '../ops/strided-slice';
export { tile } from '../ops/tile';
export { matrixTranspose, reverse, reverseSequence, transpose } from '../ops/transpose';
export { booleanMask, unique, where } from '../ops/where';
