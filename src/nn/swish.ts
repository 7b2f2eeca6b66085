/** An activation whose gradient is computed from its input alone. */
import { customGradient } from '../gradients/custom';
import { apply } from '../graph/apply';
import type { NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { boundLike } from '../ops/known-calls';
import { after } from '../ops/words';

const sigmoid = (x: Tensor): Tensor => apply('Sigmoid', [x]);
// The sigmoid is computed again for the gradient, so that it need not be kept.
const computed = customGradient<[NotText], Tensor>((x) => [
  x.mul(sigmoid(x)),
  (dy) => {
    const s = after(dy, () => sigmoid(x));
    return dy.mul(s.mul(x.mul(s.rsub(1)).radd(1)));
  },
]);
/**
 * x · sigmoid(x) (Ramachandran et al. 2017).
 *
 *     tf.nn.swish([0, 100])   // [0, 100]
 *
 * @param features  floats, any shape
 * @returns  features' dtype and shape
 * @throws TypeError  for integers
 */
export const swish = boundLike('nn.swish', 1, function swish(features: NotText): Tensor {
  return computed(features);
});
