/** Convolutions of volumes: those of pictures, plane by plane. */
import { numbersIn } from '../../base/nested';
import { sizeOf } from '../../base/shape';
import { type Window, paddingOf } from '../../base/window';
import {
  type Checked,
  type HostTable,
  KernelError,
  type KernelNode,
  type Sized,
  attr,
  invalid,
  anyEmpty,
  namesEmpty,
} from '../kernel';
import { convolutions } from './conv';
import { type Geometry, eachTap } from './conv-places';
import { withShortFloats } from './operands';
import { windowAlong } from './window';

interface Volumes extends Geometry {
  readonly planes: Window;
}
/** What every kernel here refuses before it looks at its inputs. */
function checkAttributes(node: KernelNode): void {
  const isDerived = node.type !== 'Conv3D';
  if (isDerived && attr(node, 'data_format') !== 'NDHWC')
    invalid(`${named(node)}V2 only supports NDHWC on the CPU.`, TURNED);
  const [strides, dilations] = [attr(node, 'strides'), attr(node, 'dilations')];
  const isFirst = attr(node, 'data_format') !== 'NDHWC';
  const [batch, channels, space] = isFirst ? [0, 1, [2, 3, 4]] : [0, 4, [1, 2, 3]];
  if (strides.length !== 5) invalid('Sliding window strides field must specify 5 dimensions');
  if (dilations.length !== 5) invalid('Dilation rates field must specify 5 dimensions');
  if (strides[batch] !== 1 || strides[channels] !== 1)
    invalid('Current implementation does not yet support strides in the batch and depth dimensions.');
  if (dilations[batch] !== 1 || dilations[channels] !== 1)
    invalid('Current implementation does not yet support dilation rates in the batch and depth dimensions.');
  if (isDerived && dilations.some((n) => n !== 1))
    invalid('Current CPU implementation does not yet support dilation rates larger than 1.');
  for (const axis of space) {
    if (strides[axis] <= 0) invalid(`Stride must be > 0, but got ${strides[axis]}`);
    if (dilations[axis] <= 0) invalid('Dilated rates should be larger than 0.');
  }
}
const TURNED = 'transpose the volumes to [batch, planes, rows, columns, channels]: tf.transpose(x, [0, 2, 3, 4, 1])';
/** Where the windows lie, from the shapes of input and filter. */
function windows(input: readonly number[], filter: readonly number[], node: KernelNode): Volumes {
  const strides = attr(node, 'strides');
  const padding = paddingOf(attr(node, 'padding'));
  const along = (axis: number): Window =>
    windowAlong(input[axis], filter[axis - 1], { stride: strides[axis], dilation: 1, padding });
  const [planes, rows, columns] = [along(1), along(2), along(3)];
  return { batch: input[0], planes, rows, columns, inputs: input[4], outputs: filter[4] };
}
/** @throws KernelError  with TensorFlow's sentence if they do not fit */
function checkConv(input: readonly number[], filter: readonly number[], node: KernelNode): void {
  checkAttributes(node);
  if (input.length !== 5) return invalid('input must be 5-dimensional');
  if (filter.length !== 5) return invalid('filter must be 5-dimensional');
  if (attr(node, 'data_format') !== 'NDHWC')
    return invalid('CPU implementation of Conv3D currently only supports the NHWC tensor format.', TURNED);
  if (input[4] % filter[3] !== 0)
    return invalid(`Input depth must be evenly divisible by filter depth: ${input[4]} vs ${filter[3]}`);
  windows(input, filter, node);
  if (attr(node, 'dilations').some((n) => n !== 1))
    return invalid('CPU implementation of Conv3D currently only supports dilated rates of 1.');
  // TensorFlow 1.15 asks for no more than a multiple, and sums what is not the filter's.
  if (input[4] !== filter[3]) throw ungrouped(input[4], filter[3]);
}
function ungrouped(inputs: number, filters: number): KernelError {
  return new KernelError(
    'Unimplemented',
    'The Conv3D op currently does not support grouped convolutions on the CPU: the input depth of ' +
      `${inputs} does not match the filter input depth of ${filters}`,
  );
}
function checkDerivative([input, filter, dy]: readonly (readonly number[])[], node: KernelNode, label: string): void {
  if (input.length !== 5) return invalid(`${label}: input must be 5-dimensional`);
  if (filter.length !== 5) return invalid(`${label}: filter must be 5-dimensional`);
  if (dy.length !== 5) return invalid(`${label}: out_backprop must be 5-dimensional`);
  if (dy[0] !== input[0])
    return invalid(
      `${label}: input and out_backprop must have the same batch sizeinput batch: ` +
        `${input[0]}outbackprop batch: ${dy[0]} batch_dim: 0`,
    );
  if (input[4] % filter[3] !== 0) return invalid(`${label}: input depth must be evenly divisible by filter depth`);
  if (dy[4] !== filter[4]) return invalid(`${label}: filter and out_backprop must have the same out_depth`);
  const { planes, rows, columns } = windows(input, filter, node);
  for (const [k, w] of [planes, rows, columns].entries())
    if (dy[k + 1] !== w.output)
      return invalid(
        `${label}: Size of out_backprop doesn't match computed: actual = ${dy[k + 1]}, computed = ${w.output} ` +
          `spatial_dim: ${k + 1} input: ${w.input} filter: ${w.filter} output: ${dy[k + 1]} stride: ${w.stride} ` +
          'dilation: 1',
      );
  if (input[4] !== filter[3]) throw ungrouped(input[4], filter[3]);
}
/** Checks a derivative whose own sizes come as numbers; `shapes` puts them in their place. */
function checkSizes(
  sizes: Checked,
  node: KernelNode,
  label: string,
  shapes: (of: readonly number[]) => readonly (readonly number[])[],
): void {
  checkAttributes(node);
  if (sizes.shape.length !== 1)
    invalid(`shape must be a vector of {int32,int64}, got shape [${sizes.shape.join(',')}]`);
  if (!sizes.data) return;
  const asked = numbersIn({ data: sizes.data });
  for (const n of asked) if (n < 0) invalid(`Dimension ${n} must be >= 0`);
  checkDerivative(shapes(asked), node, label);
}

/** The taps of pictures, for each plane of the result and each plane of the filter that lies on the input. */
function eachVolumeTap(g: Volumes, each: (x: number, y: number, f: number) => void): void {
  const { batch, planes: p, rows, columns, inputs, outputs } = g;
  const picture = { ...g, batch: 1 };
  const sizes = {
    input: rows.input * columns.input * inputs,
    output: rows.output * columns.output * outputs,
    filter: rows.filter * columns.filter * inputs * outputs,
  };
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < p.output; i++) {
      const to = (b * p.output + i) * sizes.output;
      for (let u = 0; u < p.filter; u++) {
        const plane = i * p.stride + u - p.before;
        if (plane < 0 || plane >= p.input) continue;
        const [from, tap] = [(b * p.input + plane) * sizes.input, u * sizes.filter];
        eachTap(picture, (x, y, f) => each(from + x, to + y, tap + f));
      }
    }
  }
}
const VOLUMES = convolutions(
  windows,
  (g) => (each) => eachVolumeTap(g, each),
  (g) => [g.planes.output, g.rows.output, g.columns.output],
);

/** A nanosecond or so per product: the filter's size for each output. */
const NANOSECONDS = 1.2;
const taps = (filter: readonly number[]): number => sizeOf(filter.slice(0, 4));
const named = (node: KernelNode): string => `${node.type.replace('V2', '')}Op`;
export const CONV3D_KERNELS: HostTable = withShortFloats({
  Conv3D: {
    run: VOLUMES.forward,
    attributes: checkAttributes,
    check: ([x, w], node) => checkConv(x.shape, w.shape, node),
    leftToHost([x, w], node) {
      if (anyEmpty([x, w])) return true;
      // Nor does TensorFlow 2's give a convolution without places its shape.
      const { planes, rows, columns } = windows(x.shape, w.shape, node);
      return planes.output * rows.output * columns.output === 0;
    },
    cost: ([x, w], node) => {
      const [, planes = 1, rows = 1, columns = 1] = attr(node, 'strides');
      return (
        ((x.size / (planes * rows * columns)) * taps(w.shape) * (w.shape[4] ?? 1) * NANOSECONDS) / (x.shape[4] || 1)
      );
    },
  },
  Conv3DBackpropInputV2: {
    run: VOLUMES.byInput,
    attributes: checkAttributes,
    elements: [0],
    check: ([sizes, w, dy], node) => checkSizes(sizes, node, named(node), (shape) => [shape, w.shape, dy.shape]),
    leftToHost: hasNone,
    cost: ([, w, dy]: readonly Sized[]) => dy.size * taps(w.shape) * NANOSECONDS,
  },
  Conv3DBackpropFilterV2: {
    run: VOLUMES.byFilter,
    attributes: checkAttributes,
    elements: [1],
    check: ([x, sizes, dy], node) => checkSizes(sizes, node, named(node), (shape) => [x.shape, shape, dy.shape]),
    leftToHost: hasNone,
    cost: ([, sizes, dy]: readonly Sized[]) => dy.size * taps(numbersIn({ data: sizes.data ?? [] })) * NANOSECONDS,
  },
});
/** Where one of them is the sizes of what comes out. */
function hasNone(inputs: readonly Checked[]): boolean {
  return anyEmpty(inputs) || inputs.some((x) => x.shape.length === 1 && namesEmpty(x));
}
