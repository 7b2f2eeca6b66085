/** `tensorflow.python.training.training_util`. @module */
export {
  assertGlobalStep,
  createGlobalStep,
  getGlobalStep,
  getOrCreateGlobalStep,
  globalStep,
} from '../train/global-step';
