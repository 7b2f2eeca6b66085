/** Batch renormalization (Ioffe 2017): a batch is normalized nearly as its moving averages would. */
import { ValueError } from '../base/errors';
import { isMapping, notNamed } from '../base/mapping';
import { waitingFor } from '../control/framework';
import { apply } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { Operation, Tensor } from '../graph/graph';
import { onesLike, zerosLike } from '../ops/words';
import { madeBy } from '../variables/first-value';
import type { Variable } from '../variables/variable';
import type { Initializer, InitializerFunction } from '../variables/variable-scope';
import { moved } from './moving';
import { whenTraining } from './training';

/** Bounds of how a batch is corrected; without one there is none. */
export interface RenormClipping {
  /** The least that a batch is multiplied by. */
  readonly rmin?: TensorLike;
  /** The most that a batch is multiplied by. */
  readonly rmax?: TensorLike;
  /** The most that is added to a batch, or taken off. */
  readonly dmax?: TensorLike;
}
const KEYS: readonly string[] = ['rmax', 'rmin', 'dmax'];
/** @throws ValueError  for another name of a bound */
export function checkClipping(given: RenormClipping): void {
  if (!isMapping(given)) throw notNamed(given, 'renorm_clipping has bounds by their names.');
  const keys = Object.keys(given);
  if (keys.some((key) => !KEYS.includes(key)))
    throw new ValueError(`renorm_clipping {${keys.join(', ')}} contains keys not in [${KEYS.join(', ')}]`);
}
/** What starts from the square root of what another starts from. */
export function rootOf(initializer: Initializer): InitializerFunction {
  return (...given) => apply('Sqrt', [madeBy(initializer, ...given)]);
}
/** The moving averages that a renormalization has beside those of every batch normalization. */
export interface RenormVariables {
  /** The moving average of the standard deviations, for when it does not train. */
  readonly movingStddev: Variable;
  /** That of the means, which a batch in training is corrected by. */
  readonly renormMean: Variable;
  /** That of the standard deviations, which a batch in training is corrected by. */
  readonly renormStddev: Variable;
}
export interface RenormOptions {
  readonly clipping: RenormClipping;
  readonly momentum: number;
  readonly epsilon: number;
}
/** What a batch is multiplied by, what is added, and its statistics once the averages have moved. */
export type Correction = readonly [r: Tensor, d: Tensor, mean: Tensor, variance: Tensor];

/** How a batch of this mean and variance is corrected; the averages move when what it gives is computed. */
export function correction(
  { renormMean, renormStddev }: RenormVariables,
  [batchMean, variance]: readonly [mean: Tensor, variance: Tensor],
  training: boolean | Tensor,
  { clipping, momentum, epsilon }: RenormOptions,
): Correction {
  const batchStddev = rootPlus(variance, epsilon);
  // Early in a training the average may be 0.
  const least = apply('Sqrt', [epsilon], { T: variance.dtype });
  const stddevs = apply('Maximum', [renormStddev, least]);
  const r = batchStddev.div(stddevs);
  const d = batchMean.sub(renormMean).div(stddevs);
  const [mean, stddev] = waitingFor([r, d], () => [apply('Identity', [batchMean]), apply('Identity', [batchStddev])]);
  const [keptR, keptD] = clipped(r, d, clipping);
  const usedR = whenTraining(
    training,
    () => keptR,
    () => onesLike(keptR),
  );
  const usedD = whenTraining(
    training,
    () => keptD,
    () => zerosLike(keptD),
  );
  const after = [mean, stddev].map((value, i) => renewed([renormMean, renormStddev][i], value, training, momentum));
  return waitingFor<Correction>(after, () => [usedR, usedD, apply('Identity', [mean]), apply('Identity', [variance])]);
}
const rootPlus = (variance: Tensor, epsilon: number): Tensor => apply('Sqrt', [variance.add(epsilon)]);

function clipped(r: Tensor, d: Tensor, { rmin, rmax, dmax }: RenormClipping): [r: Tensor, d: Tensor] {
  let [inR, inD] = [r, d];
  if (rmin !== undefined) inR = apply('Maximum', [inR, rmin]);
  if (rmax !== undefined) inR = apply('Minimum', [inR, rmax]);
  if (dmax !== undefined) {
    const least = dmax instanceof Tensor ? dmax.neg() : -Number(dmax);
    inD = apply('Minimum', [apply('Maximum', [inD, least]), dmax]);
  }
  return [inR, inD];
}
function renewed(average: Variable, given: Tensor, training: boolean | Tensor, momentum: number): Tensor | Operation {
  const value = apply('Identity', [given]);
  return whenTraining<Tensor | Operation>(
    training,
    () => moved(average, value, momentum),
    () => apply('Identity', [convertToTensor(average)]),
  );
}
/** The moving variance, as the moving standard deviation is one step on. */
export function movedByStddev(
  average: Variable,
  { movingStddev }: RenormVariables,
  variance: Tensor,
  [momentum, epsilon]: readonly [momentum: number, epsilon: number],
): Tensor {
  const after = moved(movingStddev, rootPlus(variance, epsilon), momentum);
  const stddev = after instanceof Operation ? after.outputs[0] : after;
  // Rounding may take it below 0.
  const value = apply('Relu', [stddev.mul(stddev).sub(epsilon)]);
  return average.graph.nameScope('AssignNewValue', (scope) =>
    average.graph.colocateWith(average.op, () => average.assign(value, { useLocking: true, name: scope })),
  );
}
