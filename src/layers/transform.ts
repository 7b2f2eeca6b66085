/** What is done to normalized values. */
import { convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { onesLike, shapeOf, zerosLike } from '../ops/words';
import type { Variable } from '../variables/variable';
import type { Adjustment } from './normalization-options';
import { whenTraining } from './training';

/** What normalized values are multiplied by, and what is added; null for nothing. */
export type Transform = readonly [scale: Tensor | Variable | null, offset: Tensor | Variable | null];
/** One after another. */
export function composed([scale, offset]: readonly [Tensor, Tensor], [thenScale, thenOffset]: Transform): Transform {
  const scaled = thenScale === null ? [scale, offset] : [scale.mul(thenScale), offset.mul(thenScale)];
  return [scaled[0], thenOffset === null ? scaled[1] : scaled[1].add(thenOffset)];
}
/** What a function of the program adjusts normalized values by, in training alone. */
export function adjusted(adjustment: Adjustment, x: Tensor, training: boolean | Tensor): [scale: Tensor, bias: Tensor] {
  const [scale, bias] = Array.from(adjustment(shapeOf(x)), (v) => convertToTensor(v, null, 'Const'));
  const inTraining = (v: Tensor, otherwise: (x: Tensor) => Tensor): Tensor =>
    whenTraining(
      training,
      () => v,
      () => otherwise(v),
    );
  return [inTraining(scale, onesLike), inTraining(bias, zerosLike)];
}
