/**
 * `tf.test`: tests with assertions on tensors, gradients checked against differences, and what tests ask of
 * their machine. Re-exports only.
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
export { TestCase, type TestSessionOptions } from '../program/test-case';
export { type TestCaseClass, type TestResult, main } from '../program/test-main';
