/** Norms of vectors and matrices. Made of other ops. */
import { isList } from '../base/nested';
import { textOf } from '../base/preview';
import { UnimplementedError, ValueError } from '../base/errors';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, type NotText } from '../graph/constant';
import type { ScalarTensor, Tensor } from '../graph/graph';
import { type NameOption, KEPT_DIMS, eitherName } from '../ops/options';
import { knowing } from '../ops/known-calls';
import type { NamesAfter } from '../ops/known-ranks';
import { abs, conj } from '../ops/unary';
import { allAxes } from '../ops/words';

/** Which norm: a number p for (Σ|x|ᵖ)^(1/p), Infinity for the largest; of matrices 'fro', 1 or Infinity. */
export type NormOrder = number | 'euclidean' | 'fro';
/** The dimension of vectors, or the two of matrices; null for all elements as one vector. */
export type NormAxis = number | readonly number[] | null;
/** What `norm` takes by name. */
export interface NormOptions extends NameOption {
  readonly ord?: NormOrder | null;
  readonly axis?: NormAxis;
  /** Leave a 1 in place of each dimension. */
  readonly keepdims?: boolean | null;
  /** Old name of `keepdims`. */
  readonly keepDims?: boolean | null;
}
/** A norm over all elements is a scalar. */
interface NormCall {
  (named: WholeNorm & { readonly tensor: NotText }): ScalarTensor;
  (tensor: NotText, ord?: NormOrder | null, axis?: null, keepdims?: false | null, ...more: NamesAfter): ScalarTensor;
  (tensor: NotText, options: WholeNorm): ScalarTensor;
}
interface WholeNorm extends NameOption {
  readonly ord?: NormOrder | null;
  readonly axis?: null;
  readonly keepdims?: false | null;
}

/**
 * The norm of vectors or of matrices.
 *
 *     tf.norm([[3, 4], [6, 8]], 'euclidean', 1)   // [5, 10]
 *     tf.norm([[3, -4], [6, 8]], 1)               // 21
 *
 * @param tensor    floats or complex numbers, any shape
 * @param ord       'euclidean' (or 2), a number above 0, Infinity; of matrices 'fro', 1, Infinity; 'euclidean' where
 *   not given
 * @param axis      the dimension of vectors; two for matrices; all elements are one vector where not given
 * @param keepdims  leaves a 1 in place of each of those dimensions
 * @param keepDims  `keepdims`, by its older name
 * @returns  tensor's dtype; its shape without `axis`
 * @throws ValueError          for another norm or axis
 * @throws UnimplementedError  for the 2-norm of matrices, which needs their singular values
 */
export const norm = knowing<NormCall>()(
  'norm',
  2,
  function norm(tensor: NotText, ord: NormOrder | null = 'euclidean', options: NormOptions = {}): Tensor {
    const { axis = null, keepdims, keepDims, name } = options;
    const kept = eitherName(KEPT_DIMS, keepdims, keepDims);
    const order = ord === null ? 'euclidean' : ord;
    const axes = axesOf(axis);
    const isMatrix = axes?.length === 2 && typeof axis !== 'number';
    checkOrder(order, isMatrix);
    return inScope(name, 'norm', [tensor], () => {
      const all = { keep_dims: true };
      const x = convertToTensor(tensor);
      const over = (y: Tensor): Tensor | readonly number[] => axes ?? allAxes(y);
      const large = (y: Tensor): Tensor => apply('Max', [y, axes ? axes[0] : allAxes(y)], all);
      let result: Tensor;
      if (order === 'euclidean' || order === 'fro' || order === 2) {
        const squares = x.mul(conj(x));
        result = apply('Sqrt', [apply('Sum', [squares, over(squares)], all)]);
      } else {
        result = abs(x);
        if (order === 1) {
          result = apply('Sum', [result, axes ? axes[0] : allAxes(result)], all);
          if (isMatrix) result = apply('Max', [result, axes[1]], all);
        } else if (order === Infinity) {
          result = large(isMatrix ? apply('Sum', [result, axes[1]], all) : result);
        } else {
          const powers = apply('Pow', [result, order]);
          result = apply('Pow', [apply('Sum', [powers, over(powers)], all), 1 / order]);
        }
      }
      if (kept) return result;
      return apply('Squeeze', [result], axes ? { squeeze_dims: axes } : {});
    });
  },
);

function axesOf(axis: NormAxis): readonly number[] | null {
  if (axis === null) return null;
  const axes = isList(axis) ? axis : [axis];
  const isPair = axes.length === 2 && axes[0] !== axes[1];
  if (!axes.every(Number.isInteger) || (isList(axis) && !isPair))
    throw new ValueError("'axis' must be None, an integer, or a tuple of 2 unique integers");
  return axes;
}
function checkOrder(order: NormOrder, isMatrix: boolean): void {
  if (isMatrix) {
    if (order === 2)
      throw new UnimplementedError(
        null,
        "tf.norm of matrices with ord=2 needs singular values, which are not there.\n  fix: ord 'fro', 1 or Infinity.",
      );
    if (order !== 'euclidean' && order !== 'fro' && order !== 1 && order !== Infinity)
      throw new ValueError(
        `'ord' must be a supported matrix norm in ['euclidean', 'fro', 1, 2, inf], got ${textOf(order)}`,
      );
  } else if (order !== 'euclidean' && !(typeof order === 'number' && order > 0))
    throw new ValueError(`'ord' must be a supported vector norm, got ${textOf(order)}`);
}
