/**
 * `tf.test`: gradients checked against differences, and what a test asks of its machine. Re-exports only.
 *
 * @module
 */
export {
  getTempDir,
  gpuDeviceName,
  isBuiltWithCuda,
  isBuiltWithGpuSupport,
  isBuiltWithRocm,
  isGpuAvailable,
} from '../program/about-machine';
export { type GradientCheckOptions, type Jacobians, computeGradient, computeGradientError } from './gradient-checker';
