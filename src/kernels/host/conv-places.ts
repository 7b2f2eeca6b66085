/** Where the windows of a convolution lie: its sizes, settled and checked, and a walk over its taps. */
import { numbersIn } from '../../base/nested';
import { cShape } from '../../base/shape';
import { type Window, paddingOf } from '../../base/window';
import { type Checked, KernelError, type KernelNode, attr, invalid } from '../kernel';
import { windowAlong } from './window';

type Typed = Pick<KernelNode, 'type' | 'attrs'>;
/** The sizes of a convolution, settled. */
export interface Geometry {
  readonly batch: number;
  readonly rows: Window;
  readonly columns: Window;
  readonly inputs: number;
  readonly outputs: number;
}
/** @throws KernelError  with TensorFlow's sentence if a convolution has attributes that it takes with no input */
export function checkConv(node: Typed): void {
  const [strides, dilations] = ['strides', 'dilations'].map((name) => attr(node, name, 'list(int)'));
  const format = attr(node, 'data_format');
  if (node.type.includes('Backprop') && format !== 'NHWC')
    invalid(`${node.type.replace('Conv2D', 'Conv2DCustom')}Op only supports NHWC.`, TURNED);
  if (strides.length !== 4) invalid('Sliding window strides field must specify 4 dimensions');
  if (dilations.length !== 4) invalid('Sliding window dilations field must specify 4 dimensions');
  const [batch, channels] = format === 'NCHW' ? [0, 1] : [0, 3];
  if (strides[batch] !== 1 || strides[channels] !== 1)
    invalid('Current implementation does not yet support strides in the batch and depth dimensions.');
  if (dilations[batch] !== 1 || dilations[channels] !== 1)
    invalid('Current implementation does not yet support dilations in the batch and depth dimensions.');
}
const TURNED = 'transpose the images to [batch, rows, columns, channels]: tf.transpose(x, [0, 2, 3, 1])';
/** From the shapes of input and filter. @throws KernelError  with TensorFlow's sentence if they do not fit */
export function geometry(input: readonly number[], filter: readonly number[], node: Typed): Geometry {
  checkConv(node);
  const format = attr(node, 'data_format');
  if (format !== 'NHWC')
    throw new KernelError(
      'Unimplemented',
      `The Conv2D op currently only supports the NHWC tensor format on the CPU. The op was given the format: ${format}`,
      TURNED,
    );
  if (input.length !== 4) return invalid(`input must be 4-dimensional${cShape(input)}`);
  if (filter.length !== 4) return invalid(`filter must be 4-dimensional: ${cShape(filter)}`);
  if (input[3] % filter[2] !== 0)
    return invalid(`input depth must be evenly divisible by filter depth: ${input[3]} vs ${filter[2]}`);
  const [strides, dilations, pads] = ['strides', 'dilations', 'explicit_paddings'].map((name) =>
    attr(node, name, 'list(int)'),
  );
  const padding = paddingOf(attr(node, 'padding'));
  const along = (axis: number): Window =>
    windowAlong(input[axis], filter[axis - 1], {
      stride: strides[axis],
      dilation: dilations[axis],
      padding,
      explicit: [pads[2 * axis], pads[2 * axis + 1]],
    });
  const [rows, columns] = [along(1), along(2)];
  // Where there is nothing to do, TensorFlow does not ask whether it could.
  if (input[3] !== filter[2] && input[0] * rows.output * columns.output * filter[3] > 0)
    throw new KernelError(
      'Unimplemented',
      'The Conv2D op currently does not support grouped convolutions on the CPU. A grouped ' +
        `convolution was attempted to be run because the input depth of ${input[3]} does not match the ` +
        `filter input depth of ${filter[2]}`,
    );
  return { batch: input[0], rows, columns, inputs: input[3], outputs: filter[3] };
}
/** The same, with the gradient that comes in checked against it. */
export function backpropGeometry(
  input: readonly number[],
  filter: readonly number[],
  dy: readonly number[],
  node: Typed,
): Geometry {
  const label = `Conv2DCustom${node.type.replace('Conv2D', '')}`;
  if (input.length !== 4) return invalid(`${label}: input must be 4-dimensional`);
  if (filter.length !== 4) return invalid(`${label}: filter must be 4-dimensional`);
  if (dy.length !== 4) return invalid(`${label}: out_backprop must be 4-dimensional`);
  const g = geometry(input, filter, node);
  if (dy[0] !== g.batch)
    return invalid(
      `${label}: input and out_backprop must have the same batch sizeinput batch: ` +
        `${g.batch}outbackprop batch: ${dy[0]} batch_dim: 0`,
    );
  if (dy[3] !== g.outputs) return invalid(`${label}: filter and out_backprop must have the same out_depth`);
  for (const [k, w] of [g.rows, g.columns].entries()) {
    if (dy[k + 1] !== w.output)
      return invalid(
        `${label}: Size of out_backprop doesn't match computed: actual = ${dy[k + 1]}, computed = ` +
          `${w.output} spatial_dim: ${k + 1} input: ${w.input} filter: ${w.filter} output: ` +
          `${dy[k + 1]} stride: ${w.stride} dilation: ${w.dilation}`,
      );
  }
  return g;
}

/** The sizes of what a gradient is for, a vector: the native device ends the process where they are none. */
function sizesIn(sizes: Checked, node: KernelNode): readonly number[] | null {
  if (sizes.shape.length !== 1) {
    const [label, input] = SIZES[node.type];
    return invalid(`${label}: ${input} input must be 1-dim, not ${sizes.shape.length}`);
  }
  if (!sizes.data) return null;
  const asked = numbersIn({ data: sizes.data });
  const at = asked.findIndex((n) => n < 0);
  if (at < 0) return asked;
  const [, input] = SIZES[node.type];
  return invalid(`Dimension ${node.type.startsWith('Depthwise') ? `${at} of ${input}` : asked[at]} must be >= 0`);
}
const SIZES: Readonly<Record<string, readonly [label: string, input: string]>> = {
  DepthwiseConv2dNativeBackpropInput: ['Conv2DBackpropInput', 'input_sizes'],
  DepthwiseConv2dNativeBackpropFilter: ['Conv2DBackpropFilter', 'filter_sizes'],
  Conv2DBackpropInput: ['Conv2DBackpropInput', 'input_sizes'],
  Conv2DBackpropFilter: ['Conv2DCustomBackpropFilter', 'filter_sizes'],
};

/** A device must not see what does not fit: the native one ends the process where it trusts its caller. */
export function checkBackprop(sizes: Checked, node: KernelNode, from: (shape: readonly number[]) => Geometry): void {
  const shape = sizesIn(sizes, node);
  if (shape) from(shape);
}

/**
 * Calls `each(x, y, f)` with where a row of input channels, of output channels, and the filter's weights begin; `tap`
 * is how many weights belong to a pixel.
 */
export function eachTap(
  g: Geometry,
  each: (x: number, y: number, f: number) => void,
  tap: number = g.inputs * g.outputs,
): void {
  const { batch, rows: r, columns: c, inputs, outputs } = g;
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < r.output; i++) {
      for (let j = 0; j < c.output; j++) {
        const y = ((b * r.output + i) * c.output + j) * outputs;
        for (let u = 0; u < r.filter; u++) {
          const row = i * r.stride + u * r.dilation - r.before;
          if (row < 0 || row >= r.input) continue;
          for (let v = 0; v < c.filter; v++) {
            const column = j * c.stride + v * c.dilation - c.before;
            if (column < 0 || column >= c.input) continue;
            each(((b * r.input + row) * c.input + column) * inputs, y, (u * c.filter + v) * tap);
          }
        }
      }
    }
  }
}
