/** Maxima and means over windows, in plain TypeScript. */
import { numbersIn } from '../../base/nested';
import type { Window } from '../../base/window';
import { type Cells, asLongs, asNumbers, asOrdered } from '../../base/elements';
import { type TypedArray, isBig, limitsOf, zerosOf } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostTable,
  type KernelNode,
  type Sized,
  anyEmpty,
  attr,
  host,
  invalid,
  numbers,
} from '../kernel';
import { sumsFor, withShortFloats } from './operands';
import {
  type PoolGeometry,
  checkPool,
  clipOfMean,
  eachPlace,
  hasLarger,
  outputShape,
  poolGeometry,
} from './pool-places';

/**
 * Where each output's largest element is; of equal ones the first. NaN counts as -Infinity. Which of two is larger
 * is as good as random, so the step to it is computed and not branched to.
 */
function argMax(x: TypedArray, g: PoolGeometry): Int32Array {
  const {
    channels,
    columns: { input: width },
  } = g;
  const best = new Int32Array(sizeOf(outputShape(g)));
  eachPlace(g, (out, base, [top, bottom], [left, right]) => {
    const first = base + (top * width + left) * channels;
    for (let c = 0; c < channels; c++) best[out + c] = first + c;
    for (let row = top; row < bottom; row++) {
      for (let column = row === top ? left + 1 : left; column < right; column++) {
        const at = base + (row * width + column) * channels;
        for (let c = 0; c < channels; c++) {
          const b = best[out + c];
          const next = x[at + c];
          best[out + c] = b + ((at + c - b) & -(Number(!(x[b] >= next)) & Number(next > -Infinity)));
        }
      }
    }
  });
  return best;
}

/** The largest of each group of neighbours, NaN passed over. */
function largestOf<T extends TypedArray>(x: TypedArray, group: number, out: T): T {
  const y: Cells = out;
  for (let i = 0; i < y.length; i++) {
    let best = x[i * group];
    for (let k = i * group + 1; k < (i + 1) * group; k++) if (!(best >= x[k]) && x[k] >= x[k]) best = x[k];
    y[i] = best;
  }
  return out;
}
const maxPool: HostKernel = ([input], node) => {
  const g = poolGeometry(input.shape, node);
  const shape = outputShape(g);
  const out = asOrdered(zerosOf(input.dtype, sizeOf(shape), shape));
  const x = asOrdered(input.data);
  const y: Cells = out;
  if (g.depth > 1) return host(input.dtype, shape, largestOf(x, g.depth, out));
  const best = argMax(x, g);
  for (let i = 0; i < y.length; i++) y[i] = x[best[i]];
  if (input.dtype.isFloating) {
    // TensorFlow's maximum starts from the lowest float: NaN and -Infinity alone do not move it.
    const lowest = Number(limitsOf(node.outputTypes[0])[0]);
    for (let i = 0; i < y.length; i++) if (!(out[i] > lowest)) y[i] = lowest;
  }
  return host(input.dtype, shape, out);
};

/** Each gradient goes to where the maximum was. */
const maxPoolGrad: HostKernel = ([input, , grad], node) => {
  const g = poolGeometry(input.shape, node);
  const out = zerosOf(input.dtype, sizeOf(input.shape), input.shape);
  const best = argMax(asOrdered(input.data), g);
  if (isBig(out)) {
    const d = asLongs(grad.data);
    for (let i = 0; i < best.length; i++) out[best[i]] += d[i];
  } else {
    const [to, d] = [asNumbers(out), asNumbers(grad.data)];
    for (let i = 0; i < best.length; i++) to[best[i]] += d[i];
  }
  return host(input.dtype, input.shape, out);
};
/** Each place takes the gradient of the first element that is its maximum: of NaN and -Infinity alone none is. */
const maxPoolGradGrad: HostKernel = ([input, output, grad], node) => {
  const g = poolGeometry(input.shape, node);
  const {
    channels,
    columns: { input: width },
  } = g;
  const shape = outputShape(g);
  const out = zerosOf(input.dtype, sizeOf(shape), shape);
  const [x, y, d] = [asOrdered(input.data), asOrdered(output.data), asOrdered(grad.data)];
  const made: Cells = out;
  eachPlace(g, (to, base, [top, bottom], [left, right]) => {
    for (let row = bottom - 1; row >= top; row--) {
      for (let column = right - 1; column >= left; column--) {
        const at = base + (row * width + column) * channels;
        for (let c = 0; c < channels; c++) if (x[at + c] === y[to + c]) made[to + c] = d[at + c];
      }
    }
  });
  return host(input.dtype, shape, out);
};
function checkGradient(grad: Checked, shape: readonly number[], name = 'out_backprop'): void {
  if (grad.shape.length !== 4) invalid(`${name} must be 4-dimensional`);
  if (cShape(grad.shape) !== cShape(shape))
    invalid(`Expected grad shape to be ${cShape(shape)}, but got ${cShape(grad.shape)}`);
}

const avgPool: HostKernel = ([value], node) => {
  const g = poolGeometry(value.shape, node);
  const {
    channels,
    columns: { input: width },
  } = g;
  const shape = outputShape(g);
  const round = value.dtype.size === 8 ? (v: number): number => v : Math.fround;
  const sums = sumsFor(value.dtype, shape);
  const x = asNumbers(value.data);
  eachPlace(g, (to, base, [top, bottom], [left, right]) => {
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const at = base + (row * width + column) * channels;
        for (let c = 0; c < channels; c++) sums[to + c] += x[at + c];
      }
    }
    const count = (bottom - top) * (right - left);
    // A sum that overflows in the dtype is infinite.
    for (let c = 0; c < channels; c++) sums[to + c] = round(sums[to + c]) / count;
  });
  const out = asNumbers(zerosOf(value.dtype, sums.length));
  out.set(sums);
  return host(value.dtype, shape, out);
};
function checkSizes(shape: readonly number[]): void {
  if (shape.length !== 1 || shape[0] !== 4) invalid('out_backprop must be 1-dimensional and 4 elements');
}
/** Each gradient is shared among the elements that were averaged. */
const avgPoolGrad: HostKernel = ([sizes, grad], node) => {
  const shape = numbers(sizes);
  const g = poolGeometry(shape, node);
  const {
    channels,
    columns: { input: width },
  } = g;
  const sums = sumsFor(grad.dtype, shape);
  const d = asNumbers(grad.data);
  const share: Parameters<typeof eachPlace>[1] = (from, base, [top, bottom], [left, right]) => {
    const part = 1 / ((bottom - top) * (right - left));
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const at = base + (row * width + column) * channels;
        for (let c = 0; c < channels; c++) sums[at + c] += d[from + c] * part;
      }
    }
  };
  eachPlace(g, share, clipOfMean);
  const out = asNumbers(zerosOf(grad.dtype, sums.length));
  out.set(sums);
  return host(grad.dtype, shape, out);
};

/** Nanoseconds per input element under one window, and how many windows it is under. */
const cost = (inputs: readonly Sized[], node: KernelNode): number => {
  const [ksize, strides] = [attr(node, 'ksize'), attr(node, 'strides')];
  let largest = 1;
  for (const { size } of inputs) if (size > largest) largest = size;
  return largest * 1.5 * Math.max(1, (ksize[1] * ksize[2]) / (strides[1] * strides[2]));
};
const fits = ([input]: readonly Checked[], node: KernelNode): void => void poolGeometry(input.shape, node);
function checkOutput(input: Checked, output: Checked, node: KernelNode): void {
  const shape = outputShape(poolGeometry(input.shape, node));
  if (output.shape.length !== 4) invalid('tensor_out must be 4-dimensional');
  if (cShape(output.shape) !== cShape(shape))
    invalid(`Expected orig_output shape to be ${cShape(shape)}, but got ${cShape(output.shape)}`);
}
const isOverChannels = (node: KernelNode): boolean => attr(node, 'ksize')[3] !== 1 || attr(node, 'strides')[3] !== 1;
/** TensorFlow 2's kernel divides by the number of places in a row, and there may be none; of channels it knows less. */
const isEmpty = (inputs: readonly Checked[], node: KernelNode): boolean =>
  anyEmpty(inputs) ||
  isOverChannels(node) ||
  ([1, 2].some((k) => inputs[0].shape[k] < attr(node, 'ksize')[k]) &&
    outputShape(poolGeometry(inputs[0].shape, node)).includes(0));
function windowsIn(sizes: readonly number[], node: KernelNode): readonly Window[] {
  const { rows, columns } = poolGeometry(sizes, node);
  return [rows, columns];
}
export const POOL_KERNELS: HostTable = withShortFloats({
  MaxPool: { run: maxPool, attributes: checkPool, check: fits, leftToHost: isEmpty, cost },
  MaxPoolGrad: {
    run: maxPoolGrad,
    attributes: checkPool,
    check: ([input, output, grad], node) => {
      checkOutput(input, output, node);
      checkGradient(grad, output.shape);
    },
    leftToHost: isEmpty,
    cost,
  },
  MaxPoolGradGrad: {
    run: maxPoolGradGrad,
    attributes: checkPool,
    check: ([input, output, grad], node) => {
      checkOutput(input, output, node);
      checkGradient(grad, input.shape, 'out_grad_backprop');
    },
    leftToHost: isEmpty,
    cost,
  },
  AvgPool: { run: avgPool, attributes: checkPool, check: fits, leftToHost: isEmpty, cost },
  AvgPoolGrad: {
    run: avgPoolGrad,
    attributes: checkPool,
    elements: [0],
    check: ([{ data, shape }, grad], node) => {
      checkSizes(shape);
      if (grad.shape.length !== 4) invalid('out_backprop must be 4-dimensional');
      if (data) checkGradient(grad, outputShape(poolGeometry(numbersIn({ data }), node)));
    },
    leftToHost: (inputs, node) =>
      anyEmpty(inputs) || isOverChannels(node) || hasLarger(inputs[0], 4, node, (sizes) => windowsIn(sizes, node)),
    cost,
  },
});
