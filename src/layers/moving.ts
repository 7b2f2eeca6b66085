/** Moving averages of a batch normalization, one step on. */
import { reflected } from '../graph/algebra';
import { convertToTensor } from '../graph/constant';
import { type Operation, Tensor } from '../graph/graph';
import { castTo, scalar } from '../ops/words';
import type { Variable } from '../variables/variable';
import { whenTraining } from './training';

/** As `moved`, in training alone. */
export function movedIn(
  training: boolean | Tensor,
  average: Variable,
  value: Tensor,
  momentum: number,
): Operation | Tensor {
  return whenTraining<Operation | Tensor>(
    training,
    () => moved(average, value, momentum),
    () => convertToTensor(average),
  );
}
/** A moving average, one step on: what stays is `momentum` of it. */
export function moved(average: Variable, value: Tensor, momentum: number | Tensor): Operation | Tensor {
  return average.graph.nameScope('AssignMovingAvg', (scope) =>
    average.graph.colocateWith(average.op, () => {
      const dtype = average.dtype.baseDtype;
      const decay = momentum instanceof Tensor ? reflected(1, 'sub', momentum) : scalar(1 - momentum, dtype, 'decay');
      const change = convertToTensor(average).sub(castTo(value, dtype)).mul(decay);
      return average.assignSub(change, average.isResource ? {} : { name: scope });
    }),
  );
}
