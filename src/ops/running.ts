/** Running sums and products along a dimension. */
import { apply } from '../graph/apply';
import type { NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { GradFn, OpRow, Rows } from '../graph/opdef';
import { unchanged } from '../graph/shape-fn';
import { type NameOption, isValue } from './options';
import { boundLikeArray } from './known-calls';

function running(grad: GradFn): OpRow {
  return { shape: unchanged, grad };
}

const cumsumGrad: GradFn = (op, [dz]) => {
  const [exclusive, reverse] = [op.attr('exclusive'), op.attr('reverse')];
  return [apply('Cumsum', [dz, op.inputs[1]], { exclusive, reverse: !reverse }), null];
};
// Σ prod·dz / x. As TensorFlow's own it is NaN where x has zeros.
const cumprodGrad: GradFn = (op, [dz]) => {
  const [x, axis] = op.inputs;
  const [exclusive, reverse] = [op.attr('exclusive'), op.attr('reverse')];
  const product = apply('Cumprod', [x, axis], { exclusive, reverse });
  const sums = apply('Cumsum', [product.mul(dz), axis], { exclusive, reverse: !reverse });
  return [sums.div(x), null];
};

export const RUNNING = {
  Cumsum: running(cumsumGrad),
  Cumprod: running(cumprodGrad),
} satisfies Rows;

/** What `cumsum` and `cumprod` take by name. */
export interface RunningOptions extends NameOption {
  /** The dimension to run along; 0 where not given. */
  readonly axis?: number | Tensor;
  /** Leave each element itself out: start with 0 (or 1 for products). */
  readonly exclusive?: boolean;
  /** Run from the end. */
  readonly reverse?: boolean;
}
function runningOf(
  type: string,
): (x: NotText, axis?: number | Tensor | RunningOptions, options?: RunningOptions) => Tensor {
  return (x, given, options = {}) => {
    const {
      axis = 0,
      exclusive = false,
      reverse = false,
      name,
    } = isValue<number | Tensor | undefined>(given)
      ? { ...options, axis: given ?? options.axis }
      : { ...given, ...options };
    return apply(type, [x, axis], { exclusive, reverse }, name);
  };
}
/**
 * Running sums along a dimension.
 *
 *     tf.cumsum([1, 2, 3])              // [1, 3, 6]
 *     tf.cumsum([1, 2, 3], 0, true)     // [0, 1, 3]
 *     tf.cumsum([1, 2, 3], { reverse: true })   // [6, 5, 3]
 *
 * @param x          numbers, at least rank 1
 * @param axis       the dimension; negative counts from the end; 0 where not given
 * @param exclusive  leaves each element itself out: starts with 0 (1 for products)
 * @param reverse    runs from the end
 * @returns  x's dtype and shape
 * @throws InvalidArgumentError  when run, if the axis is outside [−rank, rank)
 */
export const cumsum = boundLikeArray('cumsum', 2, runningOf('Cumsum'));
/**
 * Running products along a dimension.
 *
 *     tf.cumprod([1, 2, 3])             // [1, 2, 6]
 *     tf.cumprod([1, 2, 3], 0, true)    // [1, 1, 2]
 *
 * @param x          numbers, at least rank 1
 * @param axis       the dimension; negative counts from the end; 0 where not given
 * @param exclusive  leaves each element itself out: starts with 0 (1 for products)
 * @param reverse    runs from the end
 * @returns  x's dtype and shape
 * @throws InvalidArgumentError  when run, if the axis is outside [−rank, rank)
 */
export const cumprod = boundLikeArray('cumprod', 2, runningOf('Cumprod'));
