/** The tf namespace: re-exports only. */
export * from './ops/cast';
export * from './ops/clip';
export * from './ops/compare';
export * from './ops/constants';
export { noOp } from './ops/control';
import './ops/resource';
import './ops/state';
export * from './ops/elementwise';
export * from './ops/gather';
export * from './ops/identity';
export * from './ops/initializers';
export * from './ops/matmul';
export * from './ops/one-hot';
export * from './ops/pad';
export * from './ops/random';
export * from './ops/reduce';
export * from './ops/scatter';
export * from './ops/segment';
export * from './ops/select';
export * from './ops/shape';
export * from './ops/slice';
export * from './ops/tile';
export * from './ops/unary';
export * from './ops/where';
export { constantValue as getStaticValue, convertToTensor } from './graph/constant';
export { getSeed, setRandomSeed } from './graph/seed';
export * from './variables/collections';
export { getLocalVariable, getVariable } from './variables/get-variable';
export {
  AUTO_REUSE, type GetVariableOptions, VariableScope, type VariableScopeOptions, disableResourceVariables, enableResourceVariables, getVariableScope,
  resourceVariablesEnabled, variableScope,
} from './variables/scope';
export * from './variables/update';
export { Variable, type VariableOptions } from './variables/variable';
export * from './control/framework';
export { group, tuple } from './control/group';
export { GraphKeys } from './graph/keys';
export { registeredOps } from './graph/opdef';
export * as errors from './base/errors';
export { Graph, Operation, Tensor, IndexedSlices, getDefaultGraph, type ScalarTensor } from './graph/graph';
import './graph/algebra';
export * from './gradients';
export * as nn from './nn';
export { examples } from './examples/mnist';
export { Session, InteractiveSession } from './session/session';
export * from './base/dtype';
