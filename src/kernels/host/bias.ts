/** Adding a vector along the channel dimension, and summing over the others. */
import { asLongs, asNumbers } from '../../base/elements';
import { type Data, type NumericArray, isBig, zerosOf } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTable, type KernelNode, host, invalid } from '../kernel';
import { withShortFloats } from './operands';

interface Shaped {
  readonly shape: readonly number[];
}

/** A tensor as [outer, channels, inner]. */
function split({ shape }: Shaped, node: KernelNode): readonly [outer: number, channels: number, inner: number] {
  const axis = node.attrs['data_format'] === 'NCHW' ? 1 : shape.length - 1;
  return [sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1))];
}

function checkBias([value, bias]: readonly Shaped[], node: KernelNode): void {
  if (value.shape.length < 2) invalid(`Input tensor must be at least 2D: ${cShape(value.shape)}`);
  if (bias.shape.length !== 1) invalid(`Biases must be 1D: ${cShape(bias.shape)}`);
  if (bias.shape[0] !== split(value, node)[1])
    invalid(
      `Must provide as many biases as the last dimension of the input tensor: ${cShape(bias.shape)} ` +
        `vs. ${cShape(value.shape)}`,
    );
}
function checkGradient([grad]: readonly Shaped[]): void {
  if (grad.shape.length < 2) invalid(`Input tensor must be at least 2D: ${cShape(grad.shape)}`);
}

const biasAdd: HostKernel = ([value, bias], node) => {
  const [outer, channels, inner] = split(value, node);
  const out: Data = zerosOf(value.dtype, sizeOf(value.shape), value.shape);
  if (isBig(out)) {
    const [x, b] = [asLongs(value.data), asLongs(bias.data)];
    for (let i = 0; i < out.length; i++) out[i] = x[i] + b[Math.floor(i / inner) % channels];
  } else if (value.dtype.isComplex) {
    const [x, b, to] = [asNumbers(value.data), asNumbers(bias.data), asNumbers(out)];
    for (let i = 0; i < to.length; i++) to[i] = x[i] + b[2 * (Math.floor((i >> 1) / inner) % channels) + (i & 1)];
  } else addRows(asNumbers(value.data), asNumbers(bias.data), asNumbers(out), outer, channels, inner);
  return host(value.dtype, value.shape, out);
};
function addRows(
  x: NumericArray,
  bias: NumericArray,
  out: NumericArray,
  outer: number,
  channels: number,
  inner: number,
): void {
  let k = 0;
  for (let i = 0; i < outer; i++) {
    if (inner === 1) for (let c = 0; c < channels; c++, k++) out[k] = x[k] + bias[c];
    else
      for (let c = 0; c < channels; c++) {
        const b = bias[c];
        for (let j = 0; j < inner; j++, k++) out[k] = x[k] + b;
      }
  }
}

/** Sums are kept in double and round once. */
const biasAddGrad: HostKernel = ([grad], node) => {
  const [outer, channels, inner] = split(grad, node);
  const out = zerosOf(grad.dtype, channels);
  if (isBig(out)) {
    const g = asLongs(grad.data);
    for (let i = 0; i < g.length; i++) out[Math.floor(i / inner) % channels] += g[i];
    return host(grad.dtype, [channels], out);
  }
  const width = grad.dtype.isComplex ? 2 : 1;
  const g = asNumbers(grad.data);
  const sums = new Float64Array(channels * width);
  for (let i = 0, k = 0; i < outer; i++) {
    if (inner === 1) for (let c = 0; c < sums.length; c++) sums[c] += g[k++];
    else
      for (let c = 0; c < channels; c++)
        for (let j = 0; j < inner; j++) for (let w = 0; w < width; w++) sums[c * width + w] += g[k++];
  }
  asNumbers(out).set(sums);
  return host(grad.dtype, [channels], out);
};

export const BIAS_KERNELS: HostTable = withShortFloats({
  BiasAdd: { run: biasAdd, check: checkBias, cost: 1.2 },
  BiasAddV1: { run: biasAdd, check: checkBias, cost: 1.2 },
  BiasAddGrad: { run: biasAddGrad, check: checkGradient, cost: 1.2 },
});
