/** What the methods of arrays, shapes and dtypes take: they stand below this folder, and cannot say so themselves. */
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
