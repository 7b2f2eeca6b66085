/** Convolutions of each channel by filters of its own: loops over the taps, innermost over channels. */
import { asFloats } from '../../base/elements';
import { numbersIn } from '../../base/nested';
import { cShape } from '../../base/shape';
import { paddingOf } from '../../base/window';
import {
  type HostKernel,
  type HostTable,
  KernelError,
  type KernelNode,
  type Sized,
  attr,
  invalid,
  numbers,
  anyEmpty,
} from '../kernel';
import { rounded } from './conv';
import { type Geometry, checkBackprop, eachTap } from './conv-places';
import { sumsFor, withShortFloats } from './operands';
import { checkCounted, windowAlong } from './window';

const WORDS = {
  strides: 'Current implementation does not yet support strides in the batch and depth dimensions.',
  sides: 'Current implementation only supports equal length strides in the row and column dimensions.',
};
/** @throws KernelError  with TensorFlow's sentence if strides are such that it takes them with no input */
function checkStrides(node: KernelNode): void {
  const strides = attr(node, 'strides', 'list(int)');
  if (strides.length !== 4) invalid('Sliding window strides field must specify 4 dimensions');
  const [batch, rows, columns, channels] = attr(node, 'data_format') === 'NCHW' ? [0, 2, 3, 1] : [0, 1, 2, 3];
  if (strides[rows] !== strides[columns]) invalid(WORDS.sides);
  if (strides[batch] !== 1 || strides[channels] !== 1) invalid(WORDS.strides);
}
/** The step, which is the same for rows and columns. */
function strideOf(node: KernelNode): number {
  checkStrides(node);
  if (attr(node, 'data_format') !== 'NHWC')
    throw new KernelError(
      'Unimplemented',
      'Depthwise convolution on CPU is only supported for NHWC format',
      'transpose the images to [batch, rows, columns, channels]: tf.transpose(x, [0, 2, 3, 1])',
    );
  return attr(node, 'strides', 'list(int)')[1];
}
/** From the shapes of input and filter; the dilations do not count, as in TensorFlow's kernel of a processor. */
function windows(input: readonly number[], filter: readonly number[], node: KernelNode): Geometry {
  const stride = strideOf(node);
  const padding = paddingOf(attr(node, 'padding'));
  const [rows, columns] = [0, 1].map((k) =>
    windowAlong(input[k + 1], filter[k], { stride, dilation: 1, padding, explicit: [0, 0] }),
  );
  return { batch: input[0], rows, columns, inputs: input[3], outputs: input[3] * filter[3] };
}
/** @throws KernelError  with TensorFlow's sentence if input and filter do not fit */
function checkDepthwise(input: readonly number[], filter: readonly number[], node: KernelNode): void {
  strideOf(node);
  if (input.length !== 4) invalid(`input must be 4-dimensional${cShape(input)}`);
  if (filter.length !== 4) invalid(`filter must be 4-dimensional: ${cShape(filter)}`);
  if (input[3] !== filter[2]) invalid(`input and filter must have the same depth: ${input[3]} vs ${filter[2]}`);
  checkExtents('Input', input);
  windows(input, filter, node);
}
function checkExtents(what: string, [, rows, columns]: readonly number[]): void {
  checkCounted(rows, `${what} rows`);
  checkCounted(columns, `${what} cols`);
}
/** The same, with the gradient that comes in checked against it. */
function backpropGeometry(
  input: readonly number[],
  filter: readonly number[],
  dy: readonly number[],
  node: KernelNode,
): Geometry {
  strideOf(node);
  const label = `DepthwiseConv2DBackprop${node.type.endsWith('Input') ? 'Input' : 'Filter'}`;
  const refuse = (what: string): never => invalid(`${label}: ${what}`);
  if (input.length !== 4) refuse('input must be 4-dimensional');
  if (filter.length !== 4) refuse('filter must be 4-dimensional');
  if (dy.length !== 4) refuse('out_backprop must be 4-dimensional');
  if (input[0] !== dy[0]) refuse('input and out_backprop must have the same batch size');
  checkExtents('Input', input);
  checkExtents('Output', dy);
  if (input[3] !== filter[2]) refuse('input and filter must have the same in_depth');
  if (input[3] * filter[3] !== dy[3]) refuse('depth_multiplier * in_depth not equal to out_depth');
  const g = windows(input, filter, node);
  const computed = (what: string, actual: number, places: number): unknown =>
    actual !== places &&
    refuse(`Number of ${what} of out_backprop doesn't match computed: actual = ${actual}, computed = ${places}`);
  computed('rows', dy[1], g.rows.output);
  computed('cols', dy[2], g.columns.output);
  return g;
}

const depthwise: HostKernel = ([input, filter], node) => {
  const g = windows(input.shape, filter.shape, node);
  const m = filter.shape[3];
  const shape = [g.batch, g.rows.output, g.columns.output, g.outputs];
  const sums = sumsFor(input.dtype, shape);
  const [x, w] = [asFloats(input.data), asFloats(filter.data)];
  eachTap(
    g,
    (from, to, f) => {
      for (let c = 0; c < g.inputs; c++) for (let q = 0; q < m; q++) sums[to++] += x[from + c] * w[f++];
    },
    g.outputs,
  );
  return rounded(sums, input, shape);
};
const byInput: HostKernel = ([sizes, filter, dy], node) => {
  const shape = numbers(sizes);
  const g = windows(shape, filter.shape, node);
  const m = filter.shape[3];
  const sums = sumsFor(dy.dtype, shape);
  const [w, d] = [asFloats(filter.data), asFloats(dy.data)];
  eachTap(
    g,
    (to, from, f) => {
      for (let c = 0; c < g.inputs; c++) for (let q = 0; q < m; q++) sums[to + c] += d[from++] * w[f++];
    },
    g.outputs,
  );
  return rounded(sums, dy, shape);
};
const byFilter: HostKernel = ([input, sizes, dy], node) => {
  const shape = numbers(sizes);
  const g = windows(input.shape, shape, node);
  const sums = sumsFor(dy.dtype, shape);
  const [x, d] = [asFloats(input.data), asFloats(dy.data)];
  eachTap(
    g,
    (at, from, f) => {
      for (let c = 0; c < g.inputs; c++) for (let q = 0; q < shape[3]; q++) sums[f++] += x[at + c] * d[from++];
    },
    g.outputs,
  );
  return rounded(sums, dy, shape);
};

const isWithoutPlaces = ({ rows, columns }: Geometry): boolean => rows.output * columns.output === 0;

/** A nanosecond or so per product: a tap of each filter for each output. */
const NANOSECONDS = 1.5;
const taps = (filter: readonly number[]): number => (filter[0] ?? 1) * (filter[1] ?? 1);
export const DEPTHWISE_KERNELS: HostTable = withShortFloats({
  DepthwiseConv2dNative: {
    run: depthwise,
    attributes: checkStrides,
    check: ([x, w], node) => checkDepthwise(x.shape, w.shape, node),
    // TensorFlow 2's kernel gives a convolution without places the input's shape, and memory as it was.
    leftToHost: ([x, w], node) =>
      anyEmpty([x, w]) ||
      ([1, 2].some((k) => x.shape[k] < w.shape[k - 1]) && isWithoutPlaces(windows(x.shape, w.shape, node))),
    cost: ([x, w]: readonly Sized[]) => x.size * taps(w.shape) * (w.shape[3] ?? 1) * NANOSECONDS,
  },
  DepthwiseConv2dNativeBackpropInput: {
    run: byInput,
    attributes: checkStrides,
    elements: [0],
    check: ([sizes, w, dy], node) =>
      checkBackprop(sizes, node, (shape) => backpropGeometry(shape, w.shape, dy.shape, node)),
    leftToHost: anyEmpty,
    cost: ([, w, dy]: readonly Sized[]) => dy.size * taps(w.shape) * NANOSECONDS,
  },
  DepthwiseConv2dNativeBackpropFilter: {
    run: byFilter,
    attributes: checkStrides,
    elements: [1],
    check: ([x, sizes, dy], node) =>
      checkBackprop(sizes, node, (shape) => backpropGeometry(x.shape, shape, dy.shape, node)),
    leftToHost: anyEmpty,
    cost: ([, sizes, dy]: readonly Sized[]) => dy.size * taps(numbersIn({ data: sizes.data ?? [] })) * NANOSECONDS,
  },
});
