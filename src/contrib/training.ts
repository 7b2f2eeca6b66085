/**
 * `tf.contrib.training`: training steps as nodes that give the loss. Re-exports only.
 *
 * @module
 */
export {
  addGradientsSummaries,
  clipGradientNorms,
  clipGradientNormsFn,
  createTrainOp,
  type Multipliers,
  multiplyGradients,
  type TransformGrads,
} from './train-op';
