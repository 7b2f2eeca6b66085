/** Local response normalization in plain TypeScript. */
import { asFloats } from '../../base/elements';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTable, type KernelNode, attr, host, invalid } from '../kernel';
import { withShortFloats } from './operands';

/**
 * Calls `each` for every element with what it is divided by, and where its neighbours begin and end. TensorFlow
 * multiplies by a matrix with zeros for the others: an infinite one of them makes it NaN.
 */
function eachNeighbourhood(
  x: Float32Array | Float64Array,
  depth: number,
  node: KernelNode,
  each: (at: number, norm: number, first: number, end: number) => void,
): void {
  const [radius, bias, alpha] = [attr(node, 'depth_radius'), attr(node, 'bias'), attr(node, 'alpha')];
  const squares = x.map((v) => v * v);
  for (let start = 0; start < x.length; start += depth) {
    const isFinite = squares.subarray(start, start + depth).every((v) => v < Infinity);
    for (let at = start; at < start + depth; at++) {
      const [first, end] = [Math.max(start, at - radius), Math.min(start + depth, at + radius + 1)];
      let sum = 0;
      for (let i = first; i < end; i++) sum += squares[i];
      if (!isFinite) for (let i = start; i < start + depth; i++) if (i < first || i >= end) sum += squares[i] * 0;
      each(at, bias + alpha * sum, first, end);
    }
  }
}
const lrn: HostKernel = ([{ dtype, shape, data }], node) => {
  if (shape.length !== 4) invalid('in must be 4-dimensional');
  const [x, out, beta] = [asFloats(data), new Float32Array(sizeOf(shape)), attr(node, 'beta')];
  eachNeighbourhood(x, shape[3], node, (at, norm) => {
    out[at] = x[at] * norm ** -beta;
  });
  return host(dtype, shape, out);
};
const lrnGrad: HostKernel = ([grads, { dtype, shape, data }, output], node) => {
  if (grads.shape.length !== 4 || shape.length !== 4) invalid('inputs must be 4-dimensional');
  if ([grads, output].some((y) => cShape(y.shape) !== cShape(shape)))
    invalid('input_grads, input_image, and out_image should have the same shape');
  const [dy, x, y] = [asFloats(grads.data), asFloats(data), asFloats(output.data)];
  const [sums, alpha, beta] = [new Float64Array(x.length), attr(node, 'alpha'), attr(node, 'beta')];
  eachNeighbourhood(x, shape[3], node, (at, norm, first, end) => {
    for (let i = first; i < end; i++) sums[i] -= (2 * alpha * beta * x[i] * y[at] * dy[at]) / norm;
    sums[at] += norm ** -beta * dy[at];
  });
  return host(dtype, shape, Float32Array.from(sums));
};
export const LRN_KERNELS: HostTable = withShortFloats({
  LRN: { run: lrn, cost: 40 },
  LRNGrad: { run: lrnGrad, cost: 60 },
});
