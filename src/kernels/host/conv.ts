/** Convolutions in plain TypeScript: loops over the taps of the filter, innermost over channels. */
import { asFloats } from '../../base/elements';
import { zerosOf } from '../../base/dtype';
import { numbersIn } from '../../base/nested';
import {
  type HostKernel,
  type HostTable,
  type HostTensor,
  type KernelNode,
  type Sized,
  attr,
  host,
  numbers,
  anyEmpty,
} from '../kernel';
import { rowIn } from '../registry';
import { type Geometry, backpropGeometry, checkBackprop, checkConv, eachTap, geometry } from './conv-places';
import { fused } from './fused';
import { sumsFor, withShortFloats } from './operands';
import { checkCounted } from './window';

/** Sums are kept in double and round once. */
export function rounded(sums: Float64Array, like: HostTensor, shape: readonly number[]): HostTensor {
  const out = asFloats(zerosOf(like.dtype, sums.length));
  out.set(sums);
  return host(like.dtype, shape, out);
}

/** Calls back with each tap: where a row of input channels, of output channels, and the filter's weights begin. */
type Taps = (each: (x: number, y: number, f: number) => void) => void;
/**
 * A convolution and its derivatives by its input and by its filter, over pictures or volumes.
 *
 * @param settle  where the windows lie, from the shapes of input and filter
 * @param places  how many places of the result there are in each dimension
 */
export function convolutions<G extends Geometry>(
  settle: (input: readonly number[], filter: readonly number[], node: KernelNode) => G,
  tapsOf: (g: G) => Taps,
  places: (g: G) => readonly number[],
): { readonly forward: HostKernel; readonly byInput: HostKernel; readonly byFilter: HostKernel } {
  return {
    forward([input, filter], node) {
      const g = settle(input.shape, filter.shape, node);
      const { batch, inputs, outputs } = g;
      const shape = [batch, ...places(g), outputs];
      const sums = sumsFor(input.dtype, shape);
      const [x, w] = [asFloats(input.data), asFloats(filter.data)];
      tapsOf(g)((from, to, f) => {
        for (let p = 0; p < inputs; p++) {
          const value = x[from + p];
          for (let q = 0; q < outputs; q++) sums[to + q] += value * w[f++];
        }
      });
      return rounded(sums, input, shape);
    },
    byInput([sizes, filter, dy], node) {
      const shape = numbers(sizes);
      const g = settle(shape, filter.shape, node);
      const { inputs, outputs } = g;
      const sums = sumsFor(dy.dtype, shape);
      const [w, d] = [asFloats(filter.data), asFloats(dy.data)];
      tapsOf(g)((to, from, f) => {
        for (let p = 0; p < inputs; p++) {
          let sum = 0;
          for (let q = 0; q < outputs; q++) sum += d[from + q] * w[f++];
          sums[to + p] += sum;
        }
      });
      return rounded(sums, dy, shape);
    },
    byFilter([input, sizes, dy], node) {
      const shape = numbers(sizes);
      const g = settle(input.shape, shape, node);
      const { inputs, outputs } = g;
      const sums = sumsFor(dy.dtype, shape);
      const [x, d] = [asFloats(input.data), asFloats(dy.data)];
      tapsOf(g)((at, from, f) => {
        for (let p = 0; p < inputs; p++) {
          const value = x[at + p];
          for (let q = 0; q < outputs; q++) sums[f++] += value * d[from + q];
        }
      });
      return rounded(sums, dy, shape);
    },
  };
}
const PICTURES = convolutions(
  geometry,
  (g) => (each) => eachTap(g, each),
  (g) => [g.rows.output, g.columns.output],
);

function checkPictures(input: readonly number[], filter: readonly number[], node: KernelNode): void {
  geometry(input, filter, node);
  for (const size of filter.slice(0, 3)) checkCounted(size, 'filter');
  for (const [axis, what] of ['batch is', 'Input rows', 'Input cols', 'Input depth'].entries())
    checkCounted(input[axis], what);
}
/** A nanosecond or so per product: the filter's size for each output. */
const NANOSECONDS = 1.2;
const taps = (filter: readonly number[]): number => (filter[0] ?? 1) * (filter[1] ?? 1) * (filter[2] ?? 1);
const CONVOLUTIONS = withShortFloats({
  Conv2D: {
    run: PICTURES.forward,
    attributes: checkConv,
    check: ([x, w], node) => checkPictures(x.shape, w.shape, node),
    // TensorFlow 2's kernel gives a convolution without places a wrong shape; and where windows stand below one another
    // alone, but strides differ, its kernel for whole graphs takes the strides for one another.
    leftToHost([x, w], node) {
      const [, down, right] = attr(node, 'strides');
      if (right > 1 && right !== down && geometry(x.shape, w.shape, node).columns.output === 1) return true;
      const dilations = attr(node, 'dilations');
      const isSmaller = [1, 2].some((k) => x.shape[k] <= (w.shape[k - 1] - 1) * dilations[k]);
      if (!isSmaller) return false;
      const { rows, columns } = geometry(x.shape, w.shape, node);
      return rows.output * columns.output === 0;
    },
    cost: ([x, w], node) => {
      const [, rows = 1, columns = 1] = attr(node, 'strides');
      return (((x.size / (rows * columns)) * taps(w.shape)) / (x.shape[3] || 1)) * (w.shape[3] ?? 1) * NANOSECONDS;
    },
  },
  Conv2DBackpropInput: {
    run: PICTURES.byInput,
    attributes: checkConv,
    elements: [0],
    check: ([sizes, w, dy], node) =>
      checkBackprop(sizes, node, (shape) => backpropGeometry(shape, w.shape, dy.shape, node)),
    cost: ([, w, dy]: readonly Sized[]) => dy.size * taps(w.shape) * NANOSECONDS,
  },
  Conv2DBackpropFilter: {
    run: PICTURES.byFilter,
    attributes: checkConv,
    elements: [1],
    check: ([x, sizes, dy], node) =>
      checkBackprop(sizes, node, (shape) => backpropGeometry(x.shape, shape, dy.shape, node)),
    leftToHost: anyEmpty,
    // The filter's sizes are on the host: shape arithmetic never leaves it.
    cost: ([, sizes, dy]: readonly Sized[]) => dy.size * taps(numbersIn({ data: sizes.data ?? [] })) * NANOSECONDS,
  },
});
export const CONV_KERNELS: HostTable = {
  ...CONVOLUTIONS,
  ...withShortFloats({ _FusedConv2D: fused(rowIn(CONVOLUTIONS, 'Conv2D')) }),
};
