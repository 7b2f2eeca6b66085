/**
 * `tensorflow.python.training`. Re-exports only.
 *
 * @module
 */
export * as basicSessionRunHooks from './session-run-hooks';
export * as sessionRunHook from './session-run-hook';
export * as trainingUtil from './training-util';
