/** Second derivatives. */
import { ValueError } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import { type TensorLike, asTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { TensorArray } from '../flow/tensor-array';
import { whileLoop } from '../flow/loop';
import { getItem } from '../ops/subscript';
import { concat, ints, reshape, shapeOf, sizeOf } from '../ops/words';
import { type Differentiable, type GradientOptions, gradientsOf } from './gradients';
import { asList } from '../base/nested';

/**
 * The matrices of second derivatives of the sum of `ys`, one for each x.
 *
 *     const x = tf.constant([1, 2]);
 *     tf.hessians(tf.reduceSum(x.mul(x).mul(x)), [x])   // [[[6, 0], [0, 12]]]
 *
 * Its rows are computed in a loop, one for each element of an x.
 *
 * @param ys                        a tensor or several, summed
 * @param xs                        tensors or variables
 * @param colocateGradientsWithOps  places gradients with their operations
 * @param gateGradients             makes the gradients wait for each other
 * @param aggregationMethod         how several gradients of one tensor are summed
 * @returns  one per x: shape [...x.shape, ...x.shape]
 * @throws ValueError  if no y, or no gradient of one, depends on an x
 */
export const hessians = boundOptions(
  'hessians',
  2,
  function hessians(
    ys: TensorLike | readonly TensorLike[],
    xs: Differentiable | readonly Differentiable[],
    options: Pick<GradientOptions, 'name' | 'colocateGradientsWithOps' | 'gateGradients' | 'aggregationMethod'> = {},
  ): Tensor[] {
    const list = asList<Differentiable>(xs);
    const { name: _, ...rest } = options;
    return gradientsOf(ys, list, rest).map((first, i) => {
      const x = list[i];
      const value = asTensor(x);
      if (first === null)
        throw new ValueError(
          "Tried to convert 'tensor' to a tensor and failed. Error: None values not supported." +
            `\n  no y depends on ${value}.`,
        );
      const flat = reshape(asTensor(first), [-1]);
      const size = sizeOf(value);
      const row = (at: Tensor): Tensor => {
        const [second] = gradientsOf(getItem(flat, [at]), x);
        if (second === null) throw straight(value);
        return asTensor(second);
      };
      const start = [ints(0), new TensorArray(value.dtype.baseDtype, size)] as const;
      const [, rows] = whileLoop(
        (j) => apply('Less', [j, size]),
        (j, result) => [j.add(1), result.write(j, row(j))],
        start,
      );
      const shape = shapeOf(value);
      return reshape(rows.stack(), concat([shape, shape], 0));
    });
  },
);
/** The gradient is the same wherever x is. */
function straight(x: Tensor): ValueError {
  return new ValueError(
    `None values not supported.\n  the gradient does not depend on ${x}: the sum of ys is linear in it, or steps.` +
      '\n  fix: there is nothing to compute; all second derivatives are 0.',
  );
}
