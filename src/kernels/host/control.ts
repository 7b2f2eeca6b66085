/** Nothing done, and values sent one way or the other. */
import { cShape } from '../../base/shape';
import { isHalf } from '../../base/half';
import { bool, int32 } from '../../base/dtype';
import {
  DEAD,
  type HostTable,
  type HostTensor,
  type StatefulKernel,
  type StatefulTable,
  Value,
  host,
  invalid,
  numbers,
} from '../kernel';

const choose: StatefulKernel = ([data, pred]) =>
  pred.read()[0] ? [DEAD.retain(), data.retain()] : [data.retain(), DEAD.retain()];

const join: StatefulKernel = (inputs) => {
  const index = inputs.findIndex((v) => v !== DEAD);
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
  ControlTrigger: () => [],
};

/** What TensorFlow takes for true: a scalar that is neither 0 nor empty text; another tensor that has elements. */
function isTrue({ dtype, shape, data }: HostTensor): boolean {
  if (shape.length > 0) return shape.every((dim) => dim > 0);
  const [x] = data;
  // The bits of a half, whose sign says nothing here.
  if (isHalf(dtype)) return (Number(x) & 0x7fff) !== 0;
  return typeof x === 'string' ? x !== '' : Number(x) !== 0;
}
function countOf(start: number, limit: number, delta: number): number {
  const leads = delta > 0 ? start <= limit : delta < 0 ? start >= limit : start === limit;
  if (!leads) invalid(`Invalid start/limit/delta: ${start} ${limit} ${delta}`);
  return delta === 0 ? 0 : Math.ceil((limit - start) / delta);
}
export const CALL_KERNELS: HostTable = {
  ToBool: { run: ([x]) => host(bool, [], Uint8Array.of(isTrue(x) ? 1 : 0)), only: true },
  ForCount: {
    run: (inputs) => {
      for (const [i, { shape }] of inputs.entries())
        if (shape.length) invalid(`${['start', 'limit', 'delta'][i]} must be a scalar, but ${cShape(shape)}`);
      const [start, limit, delta] = inputs.map((x) => numbers(x)[0]);
      return host(int32, [], Int32Array.of(countOf(start, limit, delta)));
    },
    only: true,
  },
};
