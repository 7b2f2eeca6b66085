/** Batch normalization of `tf.contrib.layers` in many nodes: by weights, or with updates where they are wanted. */
import { ValueError } from '../base/errors';
import { waitingFor } from '../control/framework';
import { apply } from '../graph/apply';
import { convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { knownTraining, whenTraining } from '../layers/training';
import { batchNormalization, moments } from '../nn/normalize';
import { weightedMoments } from '../nn/sums';
import { reshape } from '../ops/words';
import type { Variable } from '../variables/variable';
import { type NormWeights, type Settings, moveLater, movesOf, normWeights } from './batch-norm-settings';
import { checkFormat, collectNamedOutputs } from './collections';
import { inLayer } from './layer-scope';
import { modelGetter } from './variables';

type Statistics = readonly [mean: Tensor | Variable, variance: Tensor | Variable];

export function asNodes(settings: Settings): Tensor {
  const { inputs, reuse, scope, renorm, epsilon, activationFn, outputs } = settings;
  const isFirst = checkFormat(settings.dataFormat) === 'channels_first';
  return inLayer(scope, 'BatchNorm', [inputs], { reuse, customGetter: modelGetter() }, (opened) => {
    const x = convertToTensor(inputs);
    if (renorm)
      throw new ValueError(
        'renorm is not supported with batch_weights, updates_collections or zero_debias_moving_mean',
      );
    const { rank } = x.shape;
    if (rank === null) throw new ValueError(`Inputs ${x.name} has undefined rank.`);
    const rows = rowWeights(x, settings, rank);
    const size = x.shape.at(isFirst ? 1 : -1);
    if (size === null) throw new ValueError(`Inputs ${x.name} has undefined channels dimension (${size},).`);
    const weights = normWeights({ ...settings, regularizers: {} }, size, x.dtype.baseDtype, () => null);
    const own = statistics(x, settings, weights, rows);
    const shape = [1, size, ...new Array<number>(rank - 2).fill(1)];
    const along = (v: Tensor | Variable): Tensor | Variable => (isFirst ? reshape(convertToTensor(v), shape) : v);
    const [mean, variance] = own.map(along);
    const [beta, gamma] = [weights.beta, weights.gamma].map((v) => v && along(v));
    const y = batchNormalization(x, mean, variance, beta, gamma, epsilon);
    y.setShape(x.shape);
    return collectNamedOutputs(outputs, opened.name, activationFn ? activationFn(y) : y);
  });
}
/** How often each row counts, so that it broadcasts to the input; null where each counts once. */
function rowWeights(x: Tensor, { batchWeights }: Settings, rank: number): Tensor | null {
  if (batchWeights === undefined) return null;
  const weights = convertToTensor(batchWeights);
  x.shape.slice(0, 1).assertIsCompatibleWith(weights.shape);
  return reshape(weights, [-1, ...new Array<number>(rank - 1).fill(1)]);
}
/** What the input is normalized by; the averages move. */
function statistics(x: Tensor, settings: Settings, weights: NormWeights<unknown>, rows: Tensor | null): Statistics {
  const { isTraining, updates, dataFormat } = settings;
  const kept = (): readonly [Tensor, Tensor] => [convertToTensor(weights.mean), convertToTensor(weights.variance)];
  if (knownTraining(isTraining) === false) return [weights.mean, weights.variance];
  const own = ownStatistics(x, rows, x.shape.rank ?? 0, dataFormat === 'NCHW');
  const moves = movesOf(settings, weights, own);
  const same = (): readonly [Tensor, Tensor] => [apply('Identity', [own[0]]), apply('Identity', [own[1]])];
  if (updates === null) return whenTraining(isTraining, () => waitingFor(moves(), same), kept);
  moveLater(settings, weights, moves);
  return whenTraining(isTraining, () => own, kept);
}
function ownStatistics(
  x: Tensor,
  rows: Tensor | null,
  rank: number,
  isFirst: boolean,
): readonly [mean: Tensor, variance: Tensor] {
  const features = isFirst ? 1 : rank - 1;
  const axes = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== features);
  const [mean, variance] = rows
    ? weightedMoments(x, axes, rows, { keepdims: isFirst })
    : moments(x, axes, { keepDims: isFirst });
  return isFirst ? [reshape(mean, [-1]), reshape(variance, [-1])] : [mean, variance];
}
