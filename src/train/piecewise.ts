/** Values by pieces: rates that fall at given steps. */
import { type DType, float32, int32, int64 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { toNDArray } from '../base/to-ndarray';
import { bound } from '../calls/bind';
import { case as caseOf } from '../flow/case';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, constantNode, convertToTensor, isSymbolic } from '../graph/constant';
import type { ScalarTensor, Tensor } from '../graph/graph';
import { castTo } from '../ops/words';

/** Numbers of the program: whole ones are integers where they stand beside integers. */
function tensors(values: readonly TensorLike[], beside: DType | null): Tensor[] {
  return values.map((x) => {
    const isInteger = typeof x === 'number' && beside !== null && beside.isInteger && Number.isInteger(x);
    return isInteger ? constantNode(toNDArray(x, int32)) : convertToTensor(x, typeof x === 'number' ? float32 : null);
  });
}

/**
 * A value for each piece of the line that boundaries cut: `values[0]` up to the first, `values[1]` up to the second,
 * and so on.
 *
 *     tf.train.piecewiseConstant(15, [10, 20], [1, 0.5, 0.1])   // 0.5
 *
 * @param x           a scalar, such as the global step
 * @param boundaries  numbers of x's dtype that grow
 * @param values      numbers, one more than boundaries
 * @returns  the dtype of values, a scalar
 * @throws ValueError  if there is not one value more, or dtypes differ
 */
export const piecewiseConstant = bound('train.piecewise_constant', piecewise);
/**
 * `piecewiseConstant` by its other name.
 *
 *     tf.train.piecewiseConstantDecay(15, [10, 20], [1, 0.5, 0.1])   // 0.5
 *
 * @param x           a scalar, such as the global step
 * @param boundaries  numbers of x's dtype that grow
 * @param values      numbers, one more than boundaries
 * @returns  the dtype of values, a scalar
 * @throws ValueError  if there is not one value more, or dtypes differ
 */
export const piecewiseConstantDecay = bound('train.piecewise_constant_decay', piecewise);
function piecewise(
  given: TensorLike,
  boundaries: readonly TensorLike[],
  values: readonly TensorLike[],
  name?: string,
): ScalarTensor {
  const dtype = isSymbolic(given) ? convertToTensor(given).dtype.baseDtype : Number.isInteger(given) ? int32 : float32;
  const xOf = (): Tensor => (isSymbolic(given) ? convertToTensor(given) : constantNode(toNDArray(given, dtype)));
  let edges = tensors(boundaries, dtype);
  const results = tensors(values, null);
  xOf();
  edges = edges.map((edge) => {
    if (edge.dtype === dtype) return edge;
    if (edge.dtype === int32 && dtype === int64) return castTo(edge, int64);
    throw new ValueError(`Boundaries (${edge.dtype}) must have the same dtype as x (${dtype}).`);
  });
  const other = results.find((value) => value.dtype !== results[0].dtype);
  if (other)
    throw new ValueError(`Values must have elements all with the same dtype (${results[0].dtype} vs ${other.dtype}).`);
  if (edges.length !== results.length - 1)
    throw new ValueError('The length of boundaries should be 1 less than the length of values');
  return inScope(name, 'PiecewiseConstant', [], () => {
    const x = xOf();
    const pieces: [Tensor, () => Tensor][] = [];
    const last = edges.length - 1;
    pieces.push([apply('LessEqual', [x, edges[0]]), () => results[0]]);
    pieces.push([apply('Greater', [x, edges[last]]), () => results[last + 1]]);
    for (let i = 0; i < last; i++) {
      const above = apply('Greater', [x, edges[i]]);
      pieces.push([above.and(apply('LessEqual', [x, edges[i + 1]])), () => results[i + 1]]);
    }
    return convertToTensor(caseOf(pieces, () => results[0], { exclusive: true }));
  });
}
