/** `tensorflow.python.ops.variable_scope`. @module */
export { getLocalVariable, getVariable } from '../variables/get-variable';
export { getVariableScope, variableScope } from '../variables/scope';
export { AUTO_REUSE, VariableScope } from '../variables/variable-scope';
