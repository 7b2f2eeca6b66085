/** `tensorflow.python.ops.variables`. @module */
export {
  globalVariables,
  globalVariablesInitializer,
  localVariables,
  localVariablesInitializer,
  modelVariables,
  reportUninitializedVariables,
  trainableVariables,
  variablesInitializer,
} from '../variables/collections';
export { Variable } from '../variables/variable';
