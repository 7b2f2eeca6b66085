/**
 * `tensorflow.python.ops`: what `tf`, `tf.math` and `tf.nn` have. Re-exports only.
 *
 * @module
 */
export * as arrayOps from './array-ops';
export * as clipOps from './clip-ops';
export * as controlFlowOps from './control-flow-ops';
export * as initOps from './init-ops';
export * as mathOps from './math-ops';
export * as nnOps from './nn-ops';
export * as randomOps from './random-ops';
export * as rnn from './rnn';
export * as rnnCell from '../rnn/cells';
export * as sparseOps from './sparse-ops';
export * as variables from './variables';
export * as variableScope from './variable-scope';
