/**
 * `tf.contrib.framework`: settings for many calls, and variables by their names. Re-exports only.
 *
 * @module
 */
export { assertGlobalStep, createGlobalStep, getGlobalStep, getOrCreateGlobalStep } from '../train/global-step';
export { assertScalar } from '../control/rank-checks';
export { addArgScope, type ArgScope, argScope, hasArgScope } from './arg-scope';
export { assertSameFloatDtype } from './float-dtype';
export {
  addModelVariable,
  getLocalVariables,
  getModelVariables,
  getTrainableVariables,
  getUniqueVariable,
  getVariables,
  getVariablesByName,
  getVariablesBySuffix,
  getVariablesToRestore,
  localVariable,
  modelVariable,
  variable,
} from './variables';
