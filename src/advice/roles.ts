/** What an operation is to a program: a table that advice asks by type. */
import type { Operation } from '../graph/graph';

/** It must be fed. */
export function isUnfed({ type }: Operation): boolean {
  return type === 'Placeholder';
}
/** It stands for what is fed, or may be. */
export function isPlaceholder({ type }: Operation): boolean {
  return type.startsWith('Placeholder');
}
/** It stands for a resource variable. */
export function isHandle({ type }: Operation): boolean {
  return type === 'VarHandleOp';
}
/** It stands for a variable, of either kind. */
export function isVariable(op: Operation): boolean {
  return (op.outputs[0]?.dtype.isRef && op.inputs.length === 0) || isHandle(op);
}
/** It is the group of initializers that tf.globalVariablesInitializer and its kin make. */
export function isInitializer({ type, name }: Operation): boolean {
  return type === 'NoOp' && /(^|\/)init(_\d+)?$/.test(name);
}
