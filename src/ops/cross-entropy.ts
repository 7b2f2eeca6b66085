/** Cross-entropies of rows of scores. Their functions are in src/nn/cross-entropy.ts. */
import { asNumbers } from '../base/elements';
import { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { constantValue } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { GradContext, Grad, Rows } from '../graph/opdef';
import { broadcastShapes, mergeDim, withRank } from '../graph/shape-fn';

export const CROSS_ENTROPY = {
  SoftmaxCrossEntropyWithLogits: {
    shape(c) {
      const shape = crossEntropyShape(c.shape(0), c.shape(1));
      return [[shape.at(0)], shape];
    },
    grad: crossEntropyGrad,
  },
  SparseSoftmaxCrossEntropyWithLogits: {
    shape(c) {
      const features = withRank(c, 0, 2);
      const batch = mergeDim(features.at(0), withRank(c, 1, 1).at(0));
      return [[batch], [batch, features.at(1)]];
    },
    grad(op, [dloss]) {
      const backprop = apply('PreventGradient', [op.outputs[1]], {
        message:
          'Currently there is no way to take the second derivative of sparse_softmax_cross_entropy_with_logits' +
          " due to the fused implementation's interaction with tf.gradients()",
      });
      return [scaleRows(dloss, backprop), null];
    },
  },
} satisfies Rows;

function crossEntropyShape(logits: TensorShape, labels: TensorShape): TensorShape {
  const fits = (s: TensorShape): boolean => s.rank === null || s.rank === 2;
  if (fits(logits) && fits(labels) && logits.isCompatibleWith(labels))
    return TensorShape.unknown(2).mergeWith(logits).mergeWith(labels);
  const shape = broadcastShapes(logits, labels);
  if (shape.rank === null) throw new ShapeError('Shape must be broadcasted with rank 2, but is rank is unknown.');
  if (shape.rank !== 2) throw new ShapeError(`Shape must be broadcasted with rank 2, but is rank ${shape.rank}`);
  return shape;
}
/** Each row times its number. */
function scaleRows(numbers: Tensor, matrix: Tensor): Tensor {
  return apply('ExpandDims', [numbers, -1]).mul(matrix);
}

/** The op's second output is the first derivative; the second one is softmax's own, made only where it is asked for. */
function crossEntropyGrad(op: GradContext, [dloss, dbackprop]: Tensor[]): Grad[] {
  const [logits] = op.inputs;
  let grad = scaleRows(dloss, op.outputs[1]);
  if (dbackprop && !isZero(dbackprop)) {
    const s = apply('Softmax', [logits]);
    const [row, column] = [apply('ExpandDims', [dbackprop, 1]), apply('ExpandDims', [s, 2])];
    const product = apply('Squeeze', [apply('BatchMatMulV2', [row, column], {}, 'MatMul')], { squeeze_dims: [1] });
    grad = grad.add(dbackprop.sub(product).mul(s));
  }
  return [grad, scaleRows(dloss, apply('LogSoftmax', [logits]).neg())];
}
function isZero(x: Tensor): boolean {
  if (x.op.type === 'ZerosLike' || x.op.type === 'Zeros') return true;
  const value = constantValue(x);
  return value !== null && asNumbers(value.data).every((v) => v === 0);
}
