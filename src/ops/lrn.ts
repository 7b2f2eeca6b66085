/** Local response normalization: each element over the squares of its neighbours in the last dimension. */
import { apply } from '../graph/apply';
import type { NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { mergeShapes, withRank } from '../graph/shape-fn';
import { boundLike } from './known-calls';
import type { NameOption } from './options';
import { attrsOf } from './window';

export const LRN = {
  LRN: {
    shape: (c) => [withRank(c, 0, 4)],
    grad: (op, [dy]) => {
      const attrs = attrsOf(op, ['depth_radius', 'bias', 'alpha', 'beta']);
      return apply('LRNGrad', [dy, op.inputs[0], op.outputs[0]], attrs);
    },
  },
  LRNGrad: { shape: (c) => [mergeShapes(mergeShapes(withRank(c, 0, 4), c.shape(1)), c.shape(2))] },
} satisfies Rows;

/** What `lrn` takes by name. */
export interface LrnOptions extends NameOption {
  /** How far neighbours are, in elements of the last dimension. */
  readonly depthRadius?: number;
  /** What is added, so that nothing is divided by 0. */
  readonly bias?: number;
  /** What the squares are multiplied by. */
  readonly alpha?: number;
  /** The power. */
  readonly beta?: number;
}
/**
 * Local response normalization, as in AlexNet: `x / (bias + alpha·Σ x²)^beta`, the sum over neighbours in depth.
 *
 *     tf.nn.lrn([[[[3, 4]]]], 1)   // [[[[0.588348, 0.784465]]]]
 *
 * @param input        float32 or float16, shape [batch, rows, columns, channels]
 * @param depthRadius  how far neighbours are; 5 where not given
 * @param bias         what is added, so that nothing is divided by 0; 1 where not given
 * @param alpha        what the squares are multiplied by; 1 where not given
 * @param beta         the power; 0.5 where not given
 * @returns  the input's dtype and shape
 * @throws ValueError  if the input has another rank
 */
export const lrn = boundLike(
  'nn.lrn',
  1,
  (input: NotText, { depthRadius, bias, alpha, beta, name }: LrnOptions = {}): Tensor =>
    apply('LRN', [input], { depth_radius: depthRadius, bias, alpha, beta }, name),
);
