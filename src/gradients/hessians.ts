/** Second derivatives. */
import { ValueError } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import { type TensorLike, asTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { ints, reshape, zerosLike } from '../ops/words';
import { type Differentiable, type GradientOptions, gradientsOf } from './gradients';

/**
 * The matrices of second derivatives of the sum of `ys`, one for each x.
 *
 *     const x = tf.constant([1, 2]);
 *     tf.hessians(tf.reduceSum(x.mul(x).mul(x)), [x])   // [[[6, 0], [0, 12]]]
 *
 * TensorFlow computes the rows in a while loop; here each row has nodes of its own, so the shape of x must be known.
 *
 * @param ys                        a tensor or several, summed
 * @param xs                        tensors or variables of known shape
 * @param colocateGradientsWithOps  places gradients with their operations
 * @param gateGradients             makes the gradients wait for each other
 * @param aggregationMethod         how several gradients of one tensor are summed
 * @returns  one per x: shape [...x.shape, ...x.shape]
 * @throws ValueError  if the shape of an x is not known, or no y depends on it
 */
export const hessians = boundOptions(
  'hessians',
  2,
  function hessians(
    ys: TensorLike | readonly TensorLike[],
    xs: Differentiable | readonly Differentiable[],
    options: Pick<GradientOptions, 'name' | 'colocateGradientsWithOps' | 'gateGradients' | 'aggregationMethod'> = {},
  ): Tensor[] {
    const list = (Array.isArray(xs) ? xs : [xs]) as readonly Differentiable[];
    const { name: _, ...rest } = options;
    return gradientsOf(ys, list, rest).map((first, i) => {
      const x = list[i];
      const value = asTensor(x);
      const dims = value.shape.fullDims;
      if (!dims) throw new ValueError(`tf.hessians needs the shape of ${value} to be known.`);
      if (first === null) throw new ValueError(`tf.hessians: no y depends on ${value}.`);
      const flat = reshape(asTensor(first), [-1]);
      const rows = Array.from({ length: value.shape.numElements()! }, (__, j) => {
        const row = gradientsOf(apply('GatherV2', [flat, ints(j, 'indices'), 0]), x, rest)[0];
        return row === null ? zerosLike(value) : asTensor(row);
      });
      if (!rows.length) return reshape(flat, [...dims, ...dims]);
      return reshape(apply('Pack', [rows]), [...dims, ...dims]);
    });
  },
);
