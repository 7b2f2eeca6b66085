/** What the methods of arrays, shapes and dtypes take: they stand below this folder, and cannot say so themselves. */
import { Dimension } from '../base/dimension';
import { DType } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { bindMethods } from './methods';

bindMethods(TensorShape, {
  isFullyDefined: 'TensorShape.is_fully_defined',
  numElements: 'TensorShape.num_elements',
  asList: 'TensorShape.as_list',
  withRank: 'TensorShape.with_rank',
  isCompatibleWith: 'TensorShape.is_compatible_with',
  mergeWith: 'TensorShape.merge_with',
  concatenate: 'TensorShape.concatenate',
  withRankAtLeast: 'TensorShape.with_rank_at_least',
  withRankAtMost: 'TensorShape.with_rank_at_most',
  assertHasRank: 'TensorShape.assert_has_rank',
  assertSameRank: 'TensorShape.assert_same_rank',
  assertIsCompatibleWith: 'TensorShape.assert_is_compatible_with',
  assertIsFullyDefined: 'TensorShape.assert_is_fully_defined',
  mostSpecificCompatibleShape: 'TensorShape.most_specific_compatible_shape',
  slice: 'TensorShape.slice',
});
bindMethods(Dimension, {
  isCompatibleWith: 'Dimension.is_compatible_with',
  assertIsCompatibleWith: 'Dimension.assert_is_compatible_with',
  mergeWith: 'Dimension.merge_with',
});
bindMethods(DType, { isCompatibleWith: 'DType.is_compatible_with' });
bindMethods(NDArray, {
  toArray: 'NDArray.to_array',
  item: 'NDArray.item',
  row: 'NDArray.row',
  slice: 'NDArray.slice',
  argmax: 'NDArray.argmax',
  mean: 'NDArray.mean',
  bytes: 'NDArray.bytes',
  reshape: 'NDArray.reshape',
});
