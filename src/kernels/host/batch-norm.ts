/** Batch normalization of pictures and its derivative, on the host: sums are kept in double. */
import { asFloats } from '../../base/elements';
import { float32 } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTable, KernelError, type KernelNode, attr, host, invalid } from '../kernel';
import { withShortFloats } from './operands';

interface Shaped {
  readonly shape: readonly number[];
}
type Check = (inputs: readonly Shaped[], node: KernelNode) => void;

/** The channels of the pictures, which each vector must have. */
function channelsOf(pictures: Shaped, vectors: readonly (readonly [name: string, of: Shaped])[]): number {
  const channels = pictures.shape[3];
  for (const [name, { shape }] of vectors)
    if (shape[0] !== channels)
      invalid(`${name} must have the same number of elements as the channels of x, got ${shape[0]} and ${channels}`);
  return channels;
}
function mustBe(name: string, { shape }: Shaped, rank: number): void {
  if (shape.length !== rank) invalid(`${name} must be ${rank}-dimensional${cShape(shape)}`);
}
function onlyNHWC(node: KernelNode, type: string): void {
  if (attr(node, 'data_format', 'string') !== 'NHWC')
    throw new KernelError(
      'Internal',
      `The CPU implementation of ${type} only supports NHWC tensor format for now.`,
      'transpose the pictures to [batch, rows, columns, channels]: tf.transpose(x, [0, 2, 3, 1])',
    );
}
const checkForward: Check = ([x, scale, offset, mean, variance], node) => {
  mustBe('input', x, 4);
  mustBe('scale', scale, 1);
  mustBe('offset', offset, 1);
  mustBe('estimated_mean', mean, 1);
  mustBe('estimated_variance', variance, 1);
  const training = attr(node, 'is_training', 'bool');
  if (training) {
    if (mean.shape[0] !== 0) invalid(`estimated_mean must be empty for training${cShape(mean.shape)}`);
    if (variance.shape[0] !== 0) invalid(`estimated_variance must be empty for training${cShape(variance.shape)}`);
  }
  onlyNHWC(node, 'FusedBatchNorm');
  channelsOf(x, [
    ['scale', scale],
    ['offset', offset],
  ]);
  if (!training)
    channelsOf(x, [
      ['mean', mean],
      ['variance', variance],
    ]);
};
const checkBackward: Check = ([dy, x, scale, mean, variance], node) => {
  mustBe('input', dy, 4);
  mustBe('input', x, 4);
  mustBe('scale', scale, 1);
  mustBe('saved mean', mean, 1);
  mustBe('saved variance', variance, 1);
  onlyNHWC(node, 'FusedBatchNormGrad');
  if (cShape(dy.shape) !== cShape(x.shape))
    invalid(
      `x and y_backprop must have same shape, but x has shape ${cShape(x.shape)} and y_backprop has shape ` +
        cShape(dy.shape),
    );
  channelsOf(x, [
    ['scale', scale],
    ['reserve_space_1', mean],
    ['reserve_space_2', variance],
  ]);
};

/** The sum of `term` of each element, by channel. */
function perChannel(size: number, channels: number, term: (i: number, c: number) => number): Float64Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < size; ) for (let c = 0; c < channels; c++, i++) sums[c] += term(i, c);
  return sums;
}

const forward: HostKernel = (inputs, node) => {
  const [x, scale, offset, mean, variance] = inputs.map((t) => asFloats(t.data));
  const { shape } = inputs[0];
  const channels = shape[3];
  const size = sizeOf(shape);
  const training = attr(node, 'is_training', 'bool');
  const n = size / channels;
  const means = training
    ? Float32Array.from(
        perChannel(size, channels, (i) => x[i]),
        (s) => s / n,
      )
    : mean;
  const spread = (i: number, c: number): number => (x[i] - means[c]) ** 2;
  const variances = training ? Float32Array.from(perChannel(size, channels, spread), (s) => s / n) : variance;
  const epsilon = attr(node, 'epsilon', 'float');
  const factors = scale.map((s, c) => s / Math.sqrt(variances[c] + epsilon));
  const y = new Float32Array(size);
  for (let i = 0; i < size; ) for (let c = 0; c < channels; c++, i++) y[i] = (x[i] - means[c]) * factors[c] + offset[c];
  // What users are given divides by n - 1; the derivative gets what divides by n.
  const unbiased = training ? variances.map((v) => (v * n) / Math.max(n - 1, 1)) : variances;
  const vectors = [means, unbiased, means, variances].map((v) => host(float32, [channels], Float32Array.from(v)));
  const outputs = [host(float32, shape, y), ...vectors];
  return node.outputTypes.length === 6 ? [...outputs, host(float32, [], new Float32Array(1))] : outputs;
};

const backward: HostKernel = (inputs, node) => {
  const [dy, x, scale, mean, variance] = inputs.map((t) => asFloats(t.data));
  const { shape } = inputs[1];
  const channels = shape[3];
  const size = sizeOf(shape);
  const n = size / channels;
  const epsilon = attr(node, 'epsilon', 'float');
  const r = Float64Array.from(variance, (v) => 1 / Math.sqrt(v + epsilon));
  const sums = perChannel(size, channels, (i) => dy[i]);
  const products = perChannel(size, channels, (i, c) => dy[i] * (x[i] - mean[c]));
  const dx = new Float32Array(size);
  const training = attr(node, 'is_training', 'bool');
  for (let i = 0; i < size; )
    for (let c = 0; c < channels; c++, i++) {
      const along = training ? sums[c] / n + ((x[i] - mean[c]) * r[c] * r[c] * products[c]) / n : 0;
      dx[i] = scale[c] * r[c] * (dy[i] - along);
    }
  // A sum of no products, whatever the variance of nothing is.
  const dScale = Float32Array.from(products, (p, c) => (n ? p * r[c] : 0));
  const vectors = [dScale, Float32Array.from(sums)].map((v) => host(float32, [channels], v));
  const kept = (): ReturnType<typeof host> => host(float32, [], new Float32Array(1));
  return [host(float32, shape, dx), ...vectors, kept(), kept()];
};

const FORWARD = { run: forward, check: checkForward, cost: 4 };
const BACKWARD = { run: backward, check: checkBackward, cost: 6 };
export const BATCH_NORM_KERNELS: HostTable = withShortFloats({
  FusedBatchNorm: FORWARD,
  FusedBatchNormV2: FORWARD,
  FusedBatchNormV3: FORWARD,
  FusedBatchNormGrad: BACKWARD,
  FusedBatchNormGradV2: BACKWARD,
  FusedBatchNormGradV3: BACKWARD,
});
