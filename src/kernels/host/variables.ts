/** Variables: the ops that read and write the session's state. */
import { TensorShape } from '../../base/shape';
import { KernelError, type RunContext, type StatefulKernel, Value, attr, registerStatefulKernels } from '../kernel';
import type { KernelNode } from '../kernel';
import { VariableState } from '../variable';
import type { DType } from '../../base/dtype';

/** The session's variable of a name, made at first sight. */
function stateOf(node: KernelNode, { resources, release }: RunContext): VariableState {
  const name = (node.attrs['shared_name'] as string | undefined) || node.name;
  let state = resources.get(name);
  if (!state) resources.set(name, (state = new VariableState(name, attr<DType>(node, 'dtype'), release)));
  return state as VariableState;
}
const declare: StatefulKernel = (_, node, context) => {
  const state = stateOf(node, context);
  return [new Value(state.dtype, [], null, null, state)];
};
const variable = (value: Value): VariableState => value.resource as VariableState;

/** Keeps a value as a variable's own: copied where someone else may see or write its data. */
function own(value: Value, { retain }: RunContext): Value {
  if (value.handle === null && value.shared && value.data) return new Value(value.dtype, value.shape, value.data.slice());
  return retain(value);
}

export const VARIABLE_KERNELS: Readonly<Record<string, StatefulKernel>> = {
  VariableV2: declare,
  Assign([ref, value], node, context) {
    const shape = node.attrs['validate_shape'] !== false ? null : TensorShape.unknown();
    void shape;
    variable(ref).assign(own(value, context));
    return [context.retain(ref)];
  },
};
registerStatefulKernels(VARIABLE_KERNELS);
void KernelError;
