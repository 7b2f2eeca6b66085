/** How often each class was predicted where each was right. */
import { withDependencies } from '../ops/control';
import { type DType, type DTypeLike, asDtype, int32, int64 } from '../base/dtype';
import { boundOptions } from '../calls/bind';
import { assertLess, assertNonNegative } from '../control/checks';
import { condTensor } from '../flow/cond';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { statedShape } from '../graph/shape-fn';
import { SparseTensor } from '../graph/sparse-tensor';
import { cast } from '../ops/cast';
import { maximum } from '../ops/elementwise';
import { zeros } from '../ops/fill';
import { onesLike } from '../ops/identity';
import type { NameOption } from '../ops/options';
import { reduceMax } from '../ops/reduce';
import { sparseAdd } from '../ops/sparse';
import { stack } from '../ops/stack';
import { castTo, ints, rankOf } from '../ops/words';

/** Without the last dimension, which is 1. */
export const withoutLast = (x: Tensor): Tensor => apply('Squeeze', [x], { squeeze_dims: [-1] });
/**
 * Labels and predictions of one rank: the last dimension, of size 1, leaves what has one more than the other. What is
 * not known is asked when the graph runs.
 */
export function removeSqueezableDimensions(givenLabels: TensorLike, givenPredictions: TensorLike): [Tensor, Tensor] {
  return inScope(null, 'remove_squeezable_dimensions', [givenLabels, givenPredictions], () => {
    const predictions = convertToTensor(givenPredictions);
    const labels = convertToTensor(givenLabels);
    const [p, l] = [predictions.shape, labels.shape];
    if (p.rank !== null && l.rank !== null) {
      const more = p.rank - l.rank;
      return [more === -1 ? withoutLast(labels) : labels, more === 1 ? withoutLast(predictions) : predictions];
    }
    const difference = rankOf(predictions).sub(rankOf(labels));
    const squeezed = (x: Tensor, by: number): Tensor =>
      x.shape.rank === null || x.shape.at(-1) === null || x.shape.at(-1) === 1
        ? condTensor(
            apply('Equal', [by, difference]),
            () => withoutLast(x),
            () => x,
          )
        : x;
    const [ps, ls] = [squeezed(predictions, 1), squeezed(labels, -1)];
    return [ls, ps];
  });
}

/** `tf.cast` of what is a Python integer there. */
export function castNumber(x: TensorLike, dtype: DType): Tensor {
  if (typeof x !== 'number') return cast(x, dtype);
  return inScope(null, 'Cast', [], (scope) => castTo(ints(x, 'x'), dtype, scope));
}
/** What `confusionMatrix` takes by name. */
export interface ConfusionOptions extends NameOption {
  /** How many classes there are: one more than the largest label where not given. */
  readonly numClasses?: TensorLike | null;
  /** Of the result: int32 where not given. */
  readonly dtype?: DTypeLike;
  /** What each prediction counts: 1 where not given. */
  readonly weights?: TensorLike | null;
}
/**
 * How often each class was predicted where each was right: row i, column j counts predictions of j for labels of i.
 *
 *     tf.confusionMatrix([1, 2, 4], [2, 2, 4])                       // a 5 by 5 matrix
 *     tf.confusionMatrix([0, 1, 1], [0, 0, 1], { numClasses: 2 })    // [[1, 0], [1, 1]]
 *
 * @param labels       classes as integers, a vector
 * @param predictions  as many
 * @param numClasses   how many classes there are; one more than the largest one where not given
 * @param dtype        of the result; int32 where not given
 * @param weights      what each prediction counts, a vector; 1 where not given
 * @returns  `dtype`, shape [numClasses, numClasses]
 * @throws ValueError  if the shapes are known and differ
 * @throws InvalidArgumentError  when run, or at once where it is known, for a class below 0 or not below `numClasses`
 */
export const confusionMatrix = boundOptions(
  'confusion_matrix',
  2,
  function confusionMatrix(
    labels: TensorLike,
    predictions: TensorLike,
    { numClasses = null, dtype = int32, weights = null, name }: ConfusionOptions = {},
  ): Tensor {
    return confusionOf(labels, predictions, { numClasses, dtype, weights, name });
  },
);
/** The same, for what builds nodes. */
export function confusionOf(
  givenLabels: TensorLike,
  givenPredictions: TensorLike,
  { numClasses = null, dtype: wanted = int32, weights: given = null, name }: ConfusionOptions,
): Tensor {
  const dtype = asDtype(wanted);
  return inScope(name, 'confusion_matrix', [givenPredictions, givenLabels, numClasses, given], () => {
    const asLabels = convertToTensor(givenLabels, null, 'labels');
    let [labels, predictions] = removeSqueezableDimensions(
      asLabels,
      convertToTensor(givenPredictions, null, 'predictions'),
    );
    predictions = cast(predictions, int64);
    labels = cast(labels, int64);
    labels = withDependencies([assertNonNegative(labels, { message: '`labels` contains negative values' })], labels);
    predictions = withDependencies(
      [assertNonNegative(predictions, { message: '`predictions` contains negative values' })],
      predictions,
    );
    let classes: TensorLike;
    if (numClasses === null) classes = maximum(reduceMax(predictions), reduceMax(labels)).add(1);
    else {
      classes = numClasses;
      const limit = castNumber(numClasses, int64);
      labels = withDependencies([assertLess(labels, limit, { message: '`labels` out of bound' })], labels);
      predictions = withDependencies(
        [assertLess(predictions, limit, { message: '`predictions` out of bound' })],
        predictions,
      );
    }
    let weights: Tensor | null = null;
    if (given !== null) {
      weights = convertToTensor(given, null, 'weights');
      statedShape(predictions.shape, weights.shape);
      weights = cast(weights, dtype);
    }
    const shape: Tensor = typeof classes === 'number' ? ints([classes, classes], 'stack') : stack([classes, classes]);
    const indices: Tensor = stack([labels, predictions], { axis: 1 });
    const values: Tensor = weights ?? onesLike(predictions, { dtype });
    const counts = new SparseTensor(indices, values, cast(shape, int64));
    return sparseAdd(zeros(cast(shape, int32), { dtype }), counts);
  });
}
