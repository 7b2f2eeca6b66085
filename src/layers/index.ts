/**
 * `tf.layers`: layers with their variables. Re-exports only.
 *
 * @module
 */
import './calls';
export type { ReuseOption, WeightsOptions } from './arguments';
export { BatchNormalization } from './batch-normalization';
export { type BatchNormalizationFunctionOptions, batchNormalization } from './batch-normalize';
export type { Adjustment, BatchNormalizationOptions } from './normalization-options';
export type { RenormClipping, RenormVariables } from './renorm';
export {
  Conv1D,
  Conv2D,
  Conv2DTranspose,
  type ConvolutionOptions,
  conv1d,
  conv2d,
  conv2dTranspose,
  type DilatedOptions,
} from './convolution';
export {
  Dropout,
  type DropoutFunctionOptions,
  type DropoutLayerOptions,
  dropout,
  Flatten,
  type FlattenOptions,
  flatten,
  type WhileTraining,
} from './core';
export { Dense, dense } from './dense';
export { InputSpec } from './input-spec';
export { Layer } from './layer';
export type { ActivityRegularizer, Constraint, LayerOptions } from './takes';
export type { Activation, LayerInitializer } from './named';
export {
  AveragePooling1D,
  AveragePooling2D,
  averagePooling1d,
  averagePooling2d,
  MaxPooling1D,
  MaxPooling2D,
  maxPooling1d,
  maxPooling2d,
  type PoolingOptions,
} from './pooling';
export {
  SeparableConv1D,
  SeparableConv2D,
  separableConv1d,
  separableConv2d,
  type SeparableOptions,
} from './separable';
export {
  AveragePooling3D,
  averagePooling3d,
  Conv3D,
  Conv3DTranspose,
  conv3d,
  conv3dTranspose,
  MaxPooling3D,
  maxPooling3d,
} from './volumes';
