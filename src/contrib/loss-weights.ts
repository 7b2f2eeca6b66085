/** What weights make of losses in TensorFlow 0.x: a mean over the elements whose weight is not 0. */
import { float32, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { collect, total } from '../losses/weighted';
import { divNoNan } from '../ops/division';
import { squeeze } from '../ops/reshape';
import { castTo, ones, overAll, reshape, shapeOf, sizeOf } from '../ops/words';

/** The dimensions from one on. */
function axesFrom(x: Tensor, first: number): NDArray {
  const rank = x.shape.rank ?? 0;
  const axes = Array.from({ length: Math.max(0, rank - first) }, (_, i) => first + i);
  return new NDArray(int32, [axes.length], Int32Array.from(axes));
}
export function sumFrom(x: Tensor, first: number): Tensor {
  return apply('Sum', [x, axesFrom(x, first)]);
}
/** Elements are summed until they have the dimensions of the weights. */
export function scaled(losses: Tensor, weights: Tensor): Tensor {
  return total(apply('Mul', [sumFrom(losses, weights.shape.rank ?? 0), weights]));
}
/** How many elements of each row have a weight that is not 0. */
export function presentByRow(losses: Tensor, weights: Tensor): Tensor {
  const rank = weights.shape.rank ?? 0;
  if (rank > 0) {
    const present = sumFrom(castTo(apply('NotEqual', [weights, 0]), float32), 1);
    const others = apply('Slice', [shapeOf(losses), [rank], [-1]]);
    const each = castTo(overAll('Prod', others), float32);
    return apply('Mul', [present, each]);
  }
  const rows = reshape(apply('Slice', [shapeOf(losses), [0], [1]]), []);
  const each = apply('RealDiv', [castTo(sizeOf(losses), float32), castTo(rows, float32)], {}, 'div');
  const counted = apply('Select', [apply('Equal', [weights, 0]), 0, each]);
  return apply('Mul', [ones(reshape(rows, [1]), float32), counted]);
}

export function weightedLoss(losses: TensorLike, weights: TensorLike, scope?: string | null): Tensor {
  return inScope(scope, 'weighted_loss', [losses, weights], () => {
    const given = convertToTensor(losses);
    const elements = castTo(given, float32);
    let factors: Tensor = castTo(convertToTensor(weights), float32);
    mustBeRanked(elements, 'losses');
    mustBeRanked(factors, 'weights');
    const { dims } = factors.shape;
    const last = dims?.[dims.length - 1];
    if (dims && dims.length > 1 && (last === 1 || last === null)) factors = squeeze(factors, [-1]);
    const sum = scaled(elements, factors);
    const count = total(presentByRow(elements, factors));
    const loss = castTo(divNoNan(total(sum), count, { name: 'value' }), given.dtype);
    collect(loss, undefined);
    return loss;
  });
}
export function mustBeRanked(x: Tensor, name: string): void {
  if (x.shape.rank === null) throw new ValueError(`${name}.get_shape().ndims cannot be None`);
}
