/** Batch normalization of pictures as one op, with its derivative. */
import { TypeError_, ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { type NamedTuple, namedTuple } from '../base/named-tuple';
import type { Dim } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inGraphOf } from '../graph/apply';
import { constantNode, convertToTensor, type NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Grad, GradContext, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { mergeDim, withRank } from '../graph/shape-fn';
import { toNDArray } from '../base/to-ndarray';
import { float32 } from '../base/dtype';
import type { NameOption } from './options';
import { castTo, reshape, sizeOf, sum, transpose } from './words';

export const BATCH_NORM = {
  FusedBatchNorm: forward('FusedBatchNormGrad'),
  FusedBatchNormV2: forward('FusedBatchNormGradV2'),
  FusedBatchNormV3: forward('FusedBatchNormGradV3'),
  FusedBatchNormGrad: backward(),
  FusedBatchNormGradV2: backward(),
  FusedBatchNormGradV3: backward(),
} satisfies Rows;

type Derivative = 'FusedBatchNormGrad' | 'FusedBatchNormGradV2' | 'FusedBatchNormGradV3';
function forward(type: Derivative): OpRow {
  return { shape: forwardShapes, grad: (op, [dy]) => derivative(op, type, dy) };
}
function backward(): OpRow {
  return { shape: backwardShapes, grad: secondDerivative };
}

function channelsOf(format: string): 1 | 3 {
  return format === 'NCHW' ? 1 : 3;
}
/** The shape of the pictures, with what else is known of their channels, and those. */
function merged(c: ShapeContext, pictures: number, perChannel: readonly number[]): [shape: Dim[], channels: Dim] {
  const shape = [0, 1, 2, 3].map((i) => withRank(c, pictures, 4).at(i));
  const at = channelsOf(c.attr('data_format', 'string'));
  for (const i of perChannel) shape[at] = mergeDim(shape[at], withRank(c, i, 1).at(0));
  return [shape, shape[at]];
}
function forwardShapes(c: ShapeContext): (Dim[] | null)[] {
  const [shape, channels] = merged(c, 0, c.attr('is_training', 'bool') ? [1, 2] : [1, 2, 3, 4]);
  const vectors = [[channels], [channels], [channels], [channels]];
  return c.outputs === 6 ? [shape, ...vectors, null] : [shape, ...vectors];
}
function backwardShapes(c: ShapeContext): Dim[][] {
  const [x] = merged(c, 1, []);
  const [dy, channels] = merged(c, 0, [2, 3, 4]);
  const at = channelsOf(c.attr('data_format', 'string'));
  const shape = [...dy];
  shape[at] = mergeDim(channels, x[at]);
  const kept = c.attr('is_training', 'bool') ? 0 : shape[at];
  return [shape, [shape[at]], [shape[at]], [kept], [kept]];
}

/** What its outputs keep for the derivative while training; the given statistics where not. */
function derivative(op: GradContext, type: Derivative, dy: Tensor): Grad[] {
  const [x, scale, , mean, variance] = op.inputs;
  const [epsilon, is_training] = [op.attr('epsilon', 'float'), op.attr('is_training', 'bool')];
  const format = op.attr('data_format', 'string');
  const attrs = { epsilon, is_training, data_format: is_training ? format : 'NHWC' };
  const [, , , kept, spread, ...third] = op.outputs;
  if (is_training) return [...applyOp(type, [dy, x, scale, kept, spread, ...third], attrs).outputs];
  const turned = format === 'NCHW';
  const at = turned ? transpose(x, [0, 2, 3, 1]) : x;
  const into = turned ? transpose(dy, [0, 2, 3, 1]) : dy;
  const [dx, dScale, dOffset] = applyOp(type, [into, at, scale, mean, variance, ...third], attrs).outputs;
  return [turned ? transpose(dx, [0, 3, 1, 2]) : dx, dScale, dOffset, null, null];
}

/**
 * The derivative of the derivative, from dx = scale·r·(dy − mean(dy) − (x − mean)·r²·mean(dy·(x − mean))) with
 * r = 1/√(variance + ε), and its two sums. TensorFlow has the same by way of a tape, of more nodes.
 */
function secondDerivative(op: GradContext, [ddx, ddScale, ddOffset]: Tensor[]): Grad[] {
  const [, given, scale, mean, variance] = op.inputs;
  const first = op.attr('data_format', 'string') === 'NCHW';
  const axes = first ? [0, 2, 3] : [0, 1, 2];
  const spread = (t: Tensor): Tensor => (first ? reshape(t, [1, sizeOf(scale), 1, 1]) : t);
  const [dy, x, g] = [op.inputs[0], given, ddx].map((t) => castTo(t, float32));
  const r = spread(apply('Rsqrt', [variance.add(op.attr('epsilon', 'float'))]));
  const [s, gs, go] = [scale, ddScale, ddOffset].map(spread);
  const centred = x.sub(spread(mean));
  const back = (t: Tensor): Tensor => castTo(t, given.dtype);
  const none = new Array<null>(op.inputs.length - 3).fill(null);
  const always = gs.mul(centred).mul(r).add(go);
  if (!op.attr('is_training', 'bool'))
    return [back(g.mul(s).mul(r).add(always)), back(gs.mul(dy).mul(r)), sum(g.mul(dy).mul(r), axes), ...none];
  const average = (t: Tensor): Tensor => apply('Mean', [t, axes], { keep_dims: first });
  const [dyCentred, gCentred] = [dy.sub(average(dy)), g.sub(average(g))];
  const [m, b, a] = [average(dy.mul(centred)), average(g.mul(centred)), average(g.mul(dyCentred))];
  const square = r.mul(r);
  const projected = (t: Tensor, part: Tensor): Tensor => r.mul(t.sub(centred.mul(square).mul(part)));
  // Along x: what r, the mean product m and the centring change by.
  const alongX = centred.mul(square.mul(m).mul(b).mul(3).sub(a)).sub(dyCentred.mul(b)).sub(gCentred.mul(m));
  const dx = s
    .mul(r)
    .mul(square)
    .mul(alongX)
    .add(gs.mul(projected(dyCentred, m)));
  return [
    back(s.mul(projected(gCentred, b)).add(always)),
    back(dx),
    sum(g.mul(projected(dyCentred, m)), axes),
    ...none,
  ];
}

/** What `fusedBatchNorm` takes by name. */
export interface FusedBatchNormOptions extends NameOption {
  /** The mean to normalize by, where it is not training. */
  readonly mean?: NotText | null;
  /** The variance, likewise. */
  readonly variance?: NotText | null;
  /** Keeps the divisor from 0; no less than 1.001e-5 counts. */
  readonly epsilon?: number;
  /** 'NHWC' (the default) or 'NCHW', of which the CPU has no kernel. */
  readonly dataFormat?: string;
  /** Whether the statistics are those of `x`. */
  readonly isTraining?: boolean;
}
/** What cuDNN asks for at least. */
const LEAST_EPSILON = 1.001e-5;
/**
 * Batch normalization of pictures in one node: scale · (x − mean) / √(variance + ε) + offset for each channel (Ioffe
 * and Szegedy 2015).
 *
 *     const x = tf.constant([[[[1, 10], [3, 30]]]], tf.float32);
 *     const { batchMean } = tf.nn.fusedBatchNorm(x, [1, 1], [0, 0]);   // [[[[-1, -1], [1, 1]]]], [2, 20], [2, 200]
 *
 * @param x           floats, shape [batch, rows, columns, channels]
 * @param scale       float32, shape [channels]
 * @param offset      float32, shape [channels]
 * @param mean        float32, shape [channels]: what to normalize by, where it is not training
 * @param variance    likewise
 * @param epsilon     keeps the divisor from 0; 0.001 where not given
 * @param dataFormat  'NHWC' or 'NCHW', of which the CPU has no kernel; 'NHWC' where not given
 * @param isTraining  whether the statistics are those of `x`; true where not given
 * @returns  `[y, batchMean, batchVar]`, by name as well: x's dtype and shape, and two float32 vectors of shape
 *   [channels]; the variance divides by n − 1
 * @throws ValueError  for statistics given while training, or if the shapes are known and do not fit
 * @throws TypeError  for integers
 */
export const fusedBatchNorm = boundOptions(
  'nn.fused_batch_norm',
  3,
  function fusedBatchNorm(
    x: NotText,
    scale: NotText,
    offset: NotText,
    options: FusedBatchNormOptions = {},
  ): NamedTuple<readonly ['y', 'batchMean', 'batchVar'], Tensor> {
    const { mean, variance, epsilon = 0.001, dataFormat, isTraining = true, name } = options;
    if (isTraining && !(isAbsent(mean) && isAbsent(variance)))
      throw new ValueError(
        "Both 'mean' and 'variance' must be None if is_training is True.\n  fix: {isTraining: false} normalizes by " +
          'what is given; without them the statistics are those of x.',
      );
    return inGraphOf([x, scale, offset, mean, variance], () => {
      const inputs = [
        convertToTensor(x, null, 'input'),
        convertToTensor(scale, null, 'scale'),
        convertToTensor(offset, null, 'offset'),
        isAbsent(mean) ? constantNode(toNDArray([], float32, [0])) : mean,
        isAbsent(variance) ? constantNode(toNDArray([], float32, [0])) : variance,
      ];
      if (typeof epsilon !== 'number')
        throw new TypeError_(`Expected float for argument 'epsilon' not ${preview(epsilon)}.`);
      const attrs = { epsilon: Math.max(epsilon, LEAST_EPSILON), data_format: dataFormat, is_training: isTraining };
      const { outputs } = applyOp('FusedBatchNormV3', inputs, attrs, name);
      return namedTuple(['y', 'batchMean', 'batchVar'], outputs.slice(0, 3));
    });
  },
);
function isAbsent(x: NotText | null | undefined): x is null | undefined {
  return x === null || x === undefined;
}
