/** Maxima and means over windows of volumes, in plain TypeScript. */
import { limitsOf, zerosOf } from '../../base/dtype';
import { asNumbers } from '../../base/elements';
import { numbersIn } from '../../base/nested';
import { cShape, sizeOf } from '../../base/shape';
import { type Window, paddingOf } from '../../base/window';
import {
  type Checked,
  type HostKernel,
  type HostTable,
  KernelError,
  type KernelNode,
  type Sized,
  attr,
  host,
  invalid,
  numbers,
  anyEmpty,
  namesEmpty,
} from '../kernel';
import { sumsFor, withShortFloats } from './operands';
import { clip, clipOfMean, hasLarger } from './pool-places';
import { windowAlong } from './window';

interface Places {
  readonly batch: number;
  /** Along planes, rows and columns. */
  readonly along: readonly Window[];
  readonly channels: number;
}
function checkFormat(node: KernelNode): void {
  if (attr(node, 'data_format') === 'NDHWC') return;
  const kind = PLAIN.has(node.type) ? 'Pooling3DOp' : `${node.type.slice(0, 3)}Pooling3dGradOp`;
  invalid(
    node.type === 'MaxPool3DGradGrad'
      ? 'Default MaxPooling3dGradGradOp only supportsNDHWC on CPU device type'
      : `Default ${kind} only supports NDHWC on device type CPU`,
    'transpose the volumes to [batch, planes, rows, columns, channels]: tf.transpose(x, [0, 2, 3, 4, 1])',
  );
}
/** @throws KernelError  with TensorFlow's sentence if a pool has attributes that it takes with no input */
function checkPool(node: KernelNode): void {
  const isSecond = node.type === 'MaxPool3DGradGrad';
  if (!isSecond) checkFormat(node);
  const [ksize, strides] = [attr(node, 'ksize'), attr(node, 'strides')];
  if (ksize.length !== 5) invalid('Sliding window ksize field must specify 5 dimensions');
  if (strides.length !== 5) invalid(`Sliding window stride${isSecond ? 's' : ''} field must specify 5 dimensions`);
  for (const [what, axis] of Object.entries({ batch: 0, depth: 4 }))
    if (ksize[axis] !== 1 || strides[axis] !== 1)
      throw new KernelError(
        'Unimplemented',
        `${isSecond && axis ? 'MaxPooling3dGradGrad' : 'Pooling'} is not yet supported on the ${what} dimension.`,
      );
}
/** @throws KernelError  with TensorFlow's sentence if the input does not fit */
function placesOf(input: readonly number[], node: KernelNode): Places {
  checkPool(node);
  checkFormat(node);
  const [ksize, strides] = [attr(node, 'ksize'), attr(node, 'strides')];
  if (input.length !== 5) return invalid('tensor_in must be 5-dimensional');
  for (const axis of SPACE) {
    if (ksize[axis] <= 0) return invalid(`Sliding window ksize for dimension ${axis} was ${ksize[axis]}.`);
    if (strides[axis] <= 0) return invalid(`Stride must be > 0, but got ${strides[axis]}`);
  }
  const padding = paddingOf(attr(node, 'padding'));
  const along = SPACE.map((axis) =>
    windowAlong(input[axis], ksize[axis], { stride: strides[axis], dilation: 1, padding }),
  );
  return { batch: input[0], along, channels: input[4] };
}
const SPACE = [1, 2, 3];
const PLAIN: ReadonlySet<string> = new Set(['MaxPool3D', 'AvgPool3D']);
const outputShape = ({ batch, along, channels }: Places): number[] => [batch, ...along.map((w) => w.output), channels];
/** Where the windows lie along a dimension, each with the cells under it. */
type Under = readonly (readonly [from: number, to: number])[];
const under = (w: Window, part: typeof clip): Under => Array.from({ length: w.output }, (_, i) => part(w, i));
/**
 * Calls `each(to, at, count)` for every cell of volumes under every window, in order: where the channels of the
 * window's place begin, where those of the cell, and how many cells the window sees.
 */
function eachCell(g: Places, each: (to: number, at: number, count: number) => void, part = clip): void {
  const { batch, along, channels } = g;
  const [planes, rows, columns] = along.map((w) => under(w, part));
  const [, { input: height }, { input: width }] = along;
  const volume = along[0].input * height * width;
  let to = 0;
  for (let b = 0; b < batch; b++) {
    for (const [front, back] of planes)
      for (const [top, bottom] of rows)
        for (const [left, right] of columns) {
          const count = (back - front) * (bottom - top) * (right - left);
          for (let plane = front; plane < back; plane++)
            for (let row = top; row < bottom; row++)
              for (let column = left; column < right; column++)
                each(to, (b * volume + (plane * height + row) * width + column) * channels, count);
          to += channels;
        }
  }
}

/** NaN is passed over. */
const maxPool: HostKernel = ([input], node) => {
  const g = placesOf(input.shape, node);
  const shape = outputShape(g);
  const out = asNumbers(zerosOf(input.dtype, sizeOf(shape), shape));
  // TensorFlow 2's maximum starts from the lowest float: NaN and -Infinity alone do not move it.
  out.fill(Number(limitsOf(node.outputTypes[0])[0]));
  const x = asNumbers(input.data);
  eachCell(g, (to, at) => {
    for (let c = 0; c < g.channels; c++) if (x[at + c] > out[to + c]) out[to + c] = x[at + c];
  });
  return host(input.dtype, shape, out);
};
/** How far from the largest element of its window a cell may be and still take the window's gradient. */
const CLOSE = Math.fround(1e-5);
/** Each gradient goes to all cells that are as large as the maximum, or nearly. */
const maxPoolGrad: HostKernel = ([input, output, grad], node) => {
  const g = placesOf(input.shape, node);
  const out = asNumbers(zerosOf(input.dtype, sizeOf(input.shape), input.shape));
  const [x, y, d] = [asNumbers(input.data), asNumbers(output.data), asNumbers(grad.data)];
  eachCell(g, (to, at) => {
    for (let c = 0; c < g.channels; c++)
      if (Math.abs(Math.fround(x[at + c] - y[to + c])) < CLOSE) out[at + c] += d[to + c];
  });
  return host(grad.dtype, input.shape, out);
};
/** Each place takes the gradient of the first cell that is its maximum: of NaN none is. */
const maxPoolGradGrad: HostKernel = ([input, output, grad], node) => {
  const g = placesOf(input.shape, node);
  const shape = outputShape(g);
  const out = asNumbers(zerosOf(grad.dtype, sizeOf(shape), shape));
  const taken = new Uint8Array(out.length);
  const [x, y, d] = [asNumbers(input.data), asNumbers(output.data), asNumbers(grad.data)];
  eachCell(g, (to, at) => {
    for (let c = 0; c < g.channels; c++) {
      if (taken[to + c] || x[at + c] !== y[to + c]) continue;
      taken[to + c] = 1;
      out[to + c] = d[at + c];
    }
  });
  return host(grad.dtype, shape, out);
};
const avgPool: HostKernel = ([input], node) => {
  const g = placesOf(input.shape, node);
  const shape = outputShape(g);
  const [sums, counts] = [sumsFor(input.dtype, shape), sumsFor(input.dtype, shape)];
  const x = asNumbers(input.data);
  eachCell(g, (to, at, count) => {
    for (let c = 0; c < g.channels; c++) {
      sums[to + c] += x[at + c];
      counts[to + c] = count;
    }
  });
  const out = asNumbers(zerosOf(input.dtype, sums.length, shape));
  // A sum that overflows in the dtype is infinite.
  for (let i = 0; i < out.length; i++) out[i] = Math.fround(sums[i]) / counts[i];
  return host(input.dtype, shape, out);
};
/** Each gradient is shared among the cells that were averaged. */
const avgPoolGrad: HostKernel = ([sizes, grad], node) => {
  const shape = numbers(sizes);
  const g = placesOf(shape, node);
  const sums = sumsFor(grad.dtype, shape);
  const d = asNumbers(grad.data);
  const share = (from: number, at: number, count: number): void => {
    for (let c = 0; c < g.channels; c++) sums[at + c] += d[from + c] / count;
  };
  eachCell(g, share, clipOfMean);
  const out = asNumbers(zerosOf(grad.dtype, sums.length, shape));
  out.set(sums);
  return host(grad.dtype, shape, out);
};

function checkLike(given: Checked, shape: readonly number[], name: string, label: string): void {
  if (given.shape.length !== 5) invalid(`${name} must be 5-dimensional`);
  if (cShape(given.shape) !== cShape(shape))
    invalid(`Expected ${label} shape to be ${cShape(shape)}, but got ${cShape(given.shape)}`);
}
function checkMaximum([input, output]: readonly Checked[], node: KernelNode): readonly number[] {
  const shape = outputShape(placesOf(input.shape, node));
  checkLike(output, shape, 'tensor_out', 'orig_output');
  return shape;
}
/** Nanoseconds per input element under one window, and how many windows it is under. */
const cost = (inputs: readonly Sized[], node: KernelNode): number => {
  const [ksize, strides] = [attr(node, 'ksize'), attr(node, 'strides')];
  const largest = Math.max(1, ...inputs.map((x) => x.size));
  return largest * 2 * Math.max(1, sizeOf(ksize) / sizeOf(strides));
};
const fits = ([input]: readonly Checked[], node: KernelNode): void => void placesOf(input.shape, node);
/** TensorFlow's kernels end the process where there is no element, or no place. */
const hasNone = (inputs: readonly Checked[], node: KernelNode): boolean =>
  anyEmpty(inputs) || (inputs.length === 1 && outputShape(placesOf(inputs[0].shape, node)).includes(0));
export const POOL3D_KERNELS: HostTable = withShortFloats({
  MaxPool3D: { run: maxPool, attributes: checkPool, check: fits, leftToHost: hasNone, cost },
  MaxPool3DGrad: {
    run: maxPoolGrad,
    attributes: checkPool,
    check: (inputs, node) => {
      const shape = checkMaximum(inputs, node);
      checkLike(inputs[2], shape, 'out_backprop', 'grad');
    },
    leftToHost: hasNone,
    cost,
  },
  MaxPool3DGradGrad: {
    run: maxPoolGradGrad,
    attributes: checkPool,
    check: (inputs, node) => {
      checkMaximum(inputs, node);
      checkLike(inputs[2], inputs[0].shape, 'out_grad_backprop', 'grad');
    },
    leftToHost: hasNone,
    cost,
  },
  AvgPool3D: { run: avgPool, attributes: checkPool, check: fits, leftToHost: hasNone, cost },
  AvgPool3DGrad: {
    run: avgPoolGrad,
    attributes: checkPool,
    elements: [0],
    check: ([sizes, grad], node) => {
      if (sizes.shape.length !== 1 || sizes.shape[0] !== 5) invalid('tensor_in must be 1-dimensional and 5 elements');
      if (grad.shape.length !== 5) invalid('out_backprop must be 5-dimensional');
      if (!sizes.data) return;
      const asked = numbersIn({ data: sizes.data });
      for (const n of asked) if (n < 0) invalid(`Dimension ${n} must be >= 0`);
      checkLike(grad, outputShape(placesOf(asked, node)), 'out_backprop', 'grad');
    },
    leftToHost: ([sizes, grad], node) =>
      anyEmpty([grad]) ||
      grad.shape.length !== 5 ||
      namesEmpty(sizes) ||
      hasLarger(sizes, 5, node, (known) => placesOf(known, node).along),
    cost,
  },
});
