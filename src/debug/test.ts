/**
 * `tf.test`: gradients checked against differences. Re-exports only.
 *
 * @module
 */
export { type GradientCheckOptions, type Jacobians, computeGradient, computeGradientError } from './gradient-checker';
