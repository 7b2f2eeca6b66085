/** What the best k predictions of a row have in common with its labels. */
import { float64, int32, int64 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { waitingFor } from '../control/framework';
import { condOf } from '../flow/cond';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isWeak } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import { assertBroadcastable } from '../nn/weights-broadcast';
import { equal } from '../ops/compare';
import { multiply } from '../ops/elementwise';
import { fill } from '../ops/fill';
import { reduceSum } from '../ops/reduce';
import { difference, intersection, setSize } from '../ops/sets';
import { sparseReshape, sparseRetain } from '../ops/sparse';
import { concat, ints, range, rankOf, reshape, shapeOf, sizeOf } from '../ops/words';
import { assignAdd } from '../variables/update';
import type { Variable } from '../variables/variable';
import { as, castNumber, metricVariable } from './shared';

/** Labels of each row: a dense tensor has as many in each, a sparse one any number. */
export type Labels = TensorLike | SparseTensor;
export type AsLabels = Tensor | SparseTensor;
export function labelsOf(x: Labels): AsLabels {
  // Numbers of the program are classes.
  return x instanceof SparseTensor ? x : convertToTensor(x, isWeak(x) ? int64 : null);
}
/** For name scopes, which ask values for their graph. */
export const valuesOf = (x: Labels): TensorLike => (x instanceof SparseTensor ? x.values : x);

/** Of labels or sparse labels, chosen when the graph runs. */
export function labelsByCond(pred: Tensor, yes: () => AsLabels, no: () => AsLabels): AsLabels {
  const chosen = condOf(pred, yes, no);
  return chosen instanceof SparseTensor ? chosen : convertToTensor(chosen as Tensor);
}
/** Labels that lack the dimension of predictions get one of size 1. */
export function expandLabels(given: Labels, predictions: Tensor): AsLabels {
  return inScope(null, 'expand_labels', [valuesOf(given), predictions], (scope): AsLabels => {
    const labels = labelsOf(given);
    if (labels instanceof SparseTensor)
      return labelsByCond(
        equal(rankOf(predictions), sizeOf(labels.denseShape).add(1)),
        () => sparseReshape(labels, concat([labels.denseShape, [1]], 0), scope),
        () => labels,
      );
    const expand = (): Tensor => apply('ExpandDims', [labels, -1], {}, scope);
    const [l, p] = [labels.shape.rank, predictions.shape.rank];
    if (l !== null && p !== null) {
      if (p === l) return labels;
      if (p === l + 1) return expand();
      throw new ValueError(`Unexpected labels shape ${labels.shape} for predictions shape ${predictions.shape}.`);
    }
    return labelsByCond(equal(rankOf(predictions), rankOf(labels).add(1)), expand, () => labels);
  });
}

/** Of each row only the class that is asked for, where it is there. */
function ofClass(ids: AsLabels, classId: TensorLike): SparseTensor {
  if (ids instanceof SparseTensor) return sparseRetain(ids, equal(ids.values, classId));
  const shape = shapeOf(ids, int64);
  const last = sizeOf(shape).sub(1);
  const one = reducedShape(shape, reshape(last, [1]));
  const wanted = fill(one, castNumber(classId, int64));
  const found = intersection(wanted, ids);
  return new SparseTensor(found.indices, found.values, shape);
}
/** A shape with 1 in the place of some axes. */
function reducedShape(shape: Tensor, axes: Tensor): Tensor {
  const [from, at] = [as(shape, int32), as(axes, int32)];
  const rank = sizeOf(from);
  const positive = at.add(rank).mod(rank);
  const kept = shapeOf(positive);
  const places = range(0, rank);
  const ones = inScope(null, 'Fill', [kept], (scope) => apply('Fill', [kept, ints(1, 'value')], {}, scope));
  return apply('DynamicStitch', [
    [places, positive],
    [from, ones],
  ]);
}
interface Sides {
  readonly labels: AsLabels;
  readonly predictions: Tensor;
  readonly classId?: TensorLike | null;
  readonly weights?: TensorLike | null;
}
function sides({ labels, predictions, classId }: Sides): { readonly labels: AsLabels; readonly predictions: AsLabels } {
  if (classId === null || classId === undefined) return { labels, predictions };
  return { labels: ofClass(labels, classId), predictions: ofClass(predictions, classId) };
}
function weighedCount(count: Tensor, weights: TensorLike | null | undefined): Tensor {
  const number = as(count, float64);
  if (weights === null || weights === undefined) return number;
  return waitingFor([assertBroadcastable(weights, number)], () => multiply(number, as(weights, float64)));
}
/** What is counted of each row. */
const COUNTS = {
  true_positive: (labels: AsLabels, predictions: AsLabels) => intersection(predictions, labels),
  false_positive: (labels: AsLabels, predictions: AsLabels) => difference(predictions, labels, { aminusb: true }),
  false_negative: (labels: AsLabels, predictions: AsLabels) => difference(predictions, labels, { aminusb: false }),
} as const;
export type RowCount = keyof typeof COUNTS;
/** How many of a row's best predictions are right, or wrong, or how many labels are not among them. */
export function countOfRows(kind: RowCount, of: Sides, name: string | null = null): Tensor {
  return inScope(name, `${kind}s`, [of.predictions, valuesOf(of.labels), of.weights ?? null], () => {
    const { labels, predictions } = sides(of);
    return weighedCount(setSize(COUNTS[kind](labels, predictions)), of.weights);
  });
}
/** `precision_at_3_class7` */
export function atKName(name: string, k: number | null, classId: number | null): string {
  const at = k === null ? `${name}_at_k` : `${name}_at_${Math.trunc(k)}`;
  return classId === null ? at : `${at}_class${Math.trunc(classId)}`;
}
/** Adds up over all rows so far. */
export function streamed(
  kind: RowCount,
  of: Sides,
  k: number | null,
  classId: number | null,
): readonly [Variable, Tensor] {
  const values = [of.predictions, valuesOf(of.labels), of.weights ?? null];
  return inScope(null, atKName(kind, k, classId), values, (scope) => {
    const counts = countOfRows(kind, { ...of, classId });
    const total = as(reduceSum(counts), float64);
    const variable = metricVariable([], float64, scope);
    return [variable, assignAdd(variable, total, { name: 'update' })];
  });
}
