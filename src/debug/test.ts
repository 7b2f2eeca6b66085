/** The tf.test namespace. */
export { type GradientCheckOptions, type Jacobians, computeGradient, computeGradientError } from './gradient-checker';
