/** Nothing done, and values sent one way or the other. */
import { int32 } from '../../base/dtype';
import { ABSENT, type StatefulKernel, type StatefulTable, Value } from '../kernel';

const choose: StatefulKernel = ([data, pred]) =>
  pred.read()[0] ? [ABSENT.retain(), data.retain()] : [data.retain(), ABSENT.retain()];

const join: StatefulKernel = (inputs) => {
  const index = inputs.findIndex((v) => v !== ABSENT);
  return [inputs[index].retain(), new Value(int32, [], Int32Array.of(index))];
};
/** Loops are the executor's business: a value comes, goes round or leaves as it is. */
const handOn: StatefulKernel = ([value]) => [value.retain()];

export const CONTROL_KERNELS: StatefulTable = {
  NoOp: () => [],
  Switch: choose,
  RefSwitch: choose,
  Merge: join,
  RefMerge: join,
  Enter: handOn,
  RefEnter: handOn,
  Exit: handOn,
  RefExit: handOn,
  NextIteration: handOn,
  RefNextIteration: handOn,
  LoopCond: handOn,
};
