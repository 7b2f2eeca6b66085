/** What all metrics are made of: local variables that add up, and operands of one rank. */
import { type DType, float32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { condTensor } from '../flow/cond';
import { apply } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type ScalarTensor, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { removeSqueezableDimensions, withoutLast } from '../math/confusion-matrix';
import { cast } from '../ops/cast';
import { zeros } from '../ops/fill';
import type { NameOption } from '../ops/options';
import { rankOf } from '../ops/words';
import { Variable } from '../variables/variable';

/** What every metric takes by name. */
export interface MetricOptions extends NameOption {
  /** What each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not given. */
  readonly weights?: TensorLike | null;
  /** Collections that the value is added to. */
  readonly metricsCollections?: Collections;
  /** Collections that the update is added to. */
  readonly updatesCollections?: Collections;
}
/** Names of collections. */
export type Collections = string | readonly string[] | null;
/**
 * The value of a metric so far, and the operation that takes what is fed into account and gives the value after it.
 * What is counted is in local variables: `tf.localVariablesInitializer()` begins anew.
 */
export type Metric<V extends Tensor = ScalarTensor, U extends Tensor = V> = [value: V, update: U];

/** A local variable that begins with zeros. */
export function metricVariable(shape: readonly (number | null)[], dtype: DType = float32, name?: string): Variable {
  return new Variable(() => zeros(shape as readonly number[], { dtype }), {
    trainable: false,
    collections: [GraphKeys.LOCAL_VARIABLES, GraphKeys.METRIC_VARIABLES],
    name,
  });
}
/** Adds a tensor to collections, where there are any. */
export function collected(x: Tensor, collections: Collections | undefined): Tensor {
  if (collections?.length) getDefaultGraph().addToCollections(collections, x);
  return x;
}
/** @throws ValueError  in TensorFlow's words if two shapes are known and differ */
export function mustFit(a: Tensor, b: Tensor): void {
  if (!a.shape.isCompatibleWith(b.shape)) throw new ValueError(`Shapes ${a.shape} and ${b.shape} are incompatible`);
}

/** Predictions and labels that are not of one shape, each with its own. */
function unlike(predictions: Tensor, labels: Tensor): Error {
  return new ValueError(
    `Shapes ${predictions.shape} and ${labels.shape} are incompatible\n  the labels are ${labels.shape}, ` +
      `made at ${labels.op.trace.line ?? 'another line'}; the predictions ${predictions.shape}, ` +
      `made at ${predictions.op.trace.line ?? 'another line'}` +
      '\n  fix: as many predictions as labels; of rows of scores or one-hot rows, tf.argMax(rows, 1) is the class.',
  );
}

/** Predictions and labels of one rank. */
export function squeezed(
  givenPredictions: TensorLike,
  givenLabels: TensorLike,
  weights: TensorLike | null | undefined,
): { readonly predictions: Tensor; readonly labels: Tensor; readonly weights: Tensor | null } {
  const [labels, predictions] = removeSqueezableDimensions(givenLabels, convertToTensor(givenPredictions));
  if (!predictions.shape.isCompatibleWith(labels.shape)) throw unlike(predictions, labels);
  return { predictions, labels, weights: squeezedWeights(predictions, weights) };
}
/** Weights of the rank of what they weigh, or scalars. */
export function squeezedWeights(predictions: Tensor, given: TensorLike | null | undefined): Tensor | null {
  if (given === null || given === undefined) return null;
  const weights = convertToTensor(given);
  const [w, p] = [weights.shape, predictions.shape];
  if (w.rank === 0) return weights;
  const expand = (): Tensor => apply('ExpandDims', [weights, [-1]]);
  if (w.rank !== null && p.rank !== null)
    return w.rank - p.rank === 1 ? withoutLast(weights) : p.rank - w.rank === 1 ? expand() : weights;
  const rank = rankOf(weights);
  const difference = rank.sub(rankOf(predictions));
  const same = (): Tensor => weights;
  const isSqueezable = w.rank === null || w.at(-1) === null || w.at(-1) === 1;
  const adjusted = (): Tensor =>
    condTensor(apply('Equal', [difference, 1]), isSqueezable ? () => withoutLast(weights) : same, () =>
      condTensor(apply('Equal', [difference, -1]), expand, same),
    );
  return condTensor(apply('Equal', [rank, 0]), same, adjusted);
}
/** float32, or another dtype. */
export function as(x: TensorLike, dtype: DType = float32, name?: string): Tensor {
  return cast(x, dtype, { name });
}
export { castNumber } from '../math/confusion-matrix';
