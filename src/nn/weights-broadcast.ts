/** Weights beside what they weigh: scalars, or as many dimensions, each 1 or as large. */
import { ValueError } from '../base/errors';
import { Assert } from '../flow/assert';
import { waitingFor } from '../control/framework';
import { condTensor } from '../flow/cond';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import { noOp } from '../ops/control';
import { difference } from '../ops/sets';
import { concat, onesLike, rankOf, shapeOf, sizeOf } from '../ops/words';

const PREFIX = 'weights can not be broadcast to values.';
const listed = (dims: readonly unknown[]): string =>
  `(${dims.map((d) => d ?? '?').join(', ')}${dims.length === 1 ? ',' : ''})`;
/** As numpy prints a vector of sizes. */
function aligned(dims: readonly unknown[]): string {
  const width = Math.max(...dims.map((d) => String(d).length));
  return `[${dims.map((d) => String(d).padStart(width)).join(' ')}]`;
}
interface Sides {
  readonly shape: Tensor;
  readonly rank: Tensor;
}

/** @throws ValueError  where the shapes are known and do not fit; what is not known is checked when the graph runs */
export function assertBroadcastable(givenWeights: TensorLike, givenValues: TensorLike): Operation {
  return inScope(null, 'assert_broadcastable', [givenWeights, givenValues], (scope) => {
    const asked = (x: TensorLike, name: string): Sides & { readonly tensor: Tensor } =>
      inScope(null, name, [x], (inner) => {
        const tensor = convertToTensor(x, null, inner);
        return { tensor, shape: shapeOf(tensor, undefined, 'shape'), rank: rankOf(tensor, 'rank') };
      });
    const weights = asked(givenWeights, 'weights');
    const values = asked(givenValues, 'values');
    return checkedNow(weights.tensor, values.tensor) ?? checkedLater(weights, values, scope);
  });
}
/** Where the shapes are known. */
function checkedNow({ shape: w }: Tensor, { shape: v }: Tensor): Operation | null {
  if (w.rank === null || v.rank === null) return null;
  if (w.rank === 0) return noOp({ name: 'static_scalar_check_success' });
  if (w.rank !== v.rank)
    throw new ValueError(
      `${PREFIX} values.rank=${v.rank}. weights.rank=${w.rank}. values.shape=${listed(v.dims!)}. ` +
        `weights.shape=${listed(w.dims!)}.` +
        '\n  fix: give the weights a 1 for each dimension that they lack: tf.expandDims(weights, -1).',
    );
  if (!w.isFullyDefined() || !v.isFullyDefined()) return null;
  w.dims!.forEach((d, i) => {
    if (d !== 1 && d !== v.dims![i])
      throw new ValueError(
        `${PREFIX} Mismatch at dim ${i}. values.shape=${aligned(v.dims!)} weights.shape=${aligned(w.dims!)}.` +
          `\n  fix: weights of [${v.dims!.join(', ')}], or with 1 where one weight is for all along a dimension.`,
      );
  });
  return noOp({ name: 'static_dims_check_success' });
}
function checkedLater(
  weights: Sides & { readonly tensor: Tensor },
  values: Sides & { readonly tensor: Tensor },
  scope: string,
): Operation {
  const isScalar = apply('Equal', [0, weights.rank], {}, 'is_scalar');
  const data = [
    PREFIX,
    'weights.shape=',
    weights.tensor.name,
    weights.shape,
    'values.shape=',
    values.tensor.name,
    values.shape,
    'is_scalar=',
    isScalar,
  ];
  const fits = condTensor(
    isScalar,
    () => isScalar,
    () => fitsAsIs(weights, values),
    'is_valid_shape',
  );
  return Assert(fits, data, { name: scope });
}
function fitsAsIs(weights: Sides, values: Sides): Tensor {
  const given = [weights.rank, weights.shape, values.rank, values.shape];
  return inScope(null, 'has_valid_nonscalar_shape', given, (scope) => {
    const same = apply('Equal', [values.rank, weights.rank], {}, 'is_same_rank');
    return condTensor(
      same,
      () => fitsInEach(weights.shape, values.shape),
      () => same,
      scope,
    );
  });
}
/** Whether each dimension of the weights is 1 or that of the values: nothing else may be among {that, 1}. */
function fitsInEach(weights: Tensor, values: Tensor): Tensor {
  return inScope(null, 'has_invalid_dims', [weights, values], (scope) => {
    const columns = apply('ExpandDims', [values, -1]);
    const valid = concat([columns, onesLike(columns)], 1);
    const invalid = difference(apply('ExpandDims', [weights, -1]), valid);
    return apply('Equal', [0, sizeOf(invalid.values, undefined, 'num_invalid_dims')], {}, scope);
  });
}
/** Runs `body` behind the check of the weights. */
export function weighed<R>(weights: TensorLike, values: TensorLike, body: () => R): R {
  return waitingFor([assertBroadcastable(weights, values)], body);
}
/** The weights in the shape of the values. */
export function broadcastWeights(givenWeights: TensorLike, givenValues: TensorLike): Tensor {
  return inScope(null, 'broadcast_weights', [givenWeights, givenValues], (scope) => {
    const values = convertToTensor(givenValues, null, 'values');
    const weights = convertToTensor(givenWeights, values.dtype.baseDtype, 'weights');
    const isSame = weights.shape.isFullyDefined() && values.shape.isFullyDefined();
    if (isSame && weights.shape.isCompatibleWith(values.shape)) return weights;
    return weighed(weights, values, () => apply('Mul', [weights, onesLike(values)], {}, scope));
  });
}
