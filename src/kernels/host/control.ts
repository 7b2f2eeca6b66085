/** Nothing done, and values sent one way or the other. */
import { int32 } from '../../base/dtype';
import { ABSENT, type StatefulKernel, Value, registerStatefulKernels } from '../kernel';

const choose: StatefulKernel = ([data, pred], _, { read, retain }) =>
  read(pred)[0] ? [retain(ABSENT), retain(data)] : [retain(data), retain(ABSENT)];

export const CONTROL_KERNELS: Readonly<Record<string, StatefulKernel>> = {
  NoOp: () => [],
  Switch: choose,
  RefSwitch: choose,
  Merge(inputs, _, { retain }) {
    const index = inputs.findIndex((v) => v !== ABSENT);
    return [retain(inputs[index]), new Value(int32, [], Int32Array.of(index))];
  },
};
registerStatefulKernels(CONTROL_KERNELS);
