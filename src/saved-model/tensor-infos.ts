/** `tf.savedModel.utils`: tensors as a SavedModel's signatures name them. */
export { buildTensorInfo, getTensorFromTensorInfo, type TensorInfo } from './utils';
