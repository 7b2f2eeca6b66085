/**
 * Convolutions on wasm. Its Conv2D is fast; its Conv2DBackpropInput is a plain loop, ten times as slow, and for the
 * filter it has nothing. Both derivatives are convolutions again:
 *
 *     by the input:   dy, spread out by the stride, with the filter turned around and its channels exchanged
 *     by the filter:  the input with dy as the filter; channels take the place of the batch, the batch of the
 *                     channels, and stride and dilation exchange theirs
 */
import type { Window } from '../../base/window';
import { backpropGeometry, geometry } from '../host/conv-places';
import { KernelError, type KernelNode } from '../kernel';
import { refuseLarge } from './pool';
import type { Info, Recipes, Tools } from './recipe';

type Pair = readonly [number, number];
interface Plain {
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly rows: Pair;
  readonly columns: Pair;
}

export const CONV_RECIPES: Recipes = {
  Conv2D: ([x, filter], tools) => convolution(tools, x, filter),
  Conv2DBackpropInput: ([, filter, dy], tools) => byInput(tools, tools.numbers(0), filter, dy, tools.node),
  Conv2DBackpropFilter: ([x, , dy], tools) => byFilter(tools, x, tools.numbers(1), dy, tools.node),
};

/** The node's convolution, forward. */
export function convolution(tools: Tools, x: Info, filter: Info): Info {
  const { rows: r, columns: c } = geometry(x.shape, filter.shape, tools.node);
  refuseEmpty(x.shape, filter.shape);
  // A tap beyond the border counts for nothing; tfjs multiplies it by 0, which is NaN where it is infinite.
  tools.refuseNonFinite(filter);
  return convolve(tools, x, filter, {
    stride: [r.stride, c.stride],
    dilation: [r.dilation, c.dilation],
    rows: [r.before, r.after],
    columns: [c.before, c.after],
  });
}
/** Empty tensors have no wasm kernel. */
function refuseEmpty(...shapes: (readonly number[])[]): void {
  if (shapes.some((s) => s.includes(0))) throw new KernelError('Unimplemented', 'wasm convolves no empty tensors');
}
/** Conv2D over what the given zeros (or, negative, cuts) before and after leave of rows and columns. */
function convolve(tools: Tools, x: Info, filter: Info, { stride, dilation, rows, columns }: Plain): Info {
  const [, height, width] = x.shape;
  const extents = dilation.map((d, i) => (filter.shape[i] - 1) * d + 1);
  refuseLarge(
    [...extents, ...stride, ...dilation, ...rows, ...columns],
    filter.shape[0] *
      filter.shape[1] *
      Math.ceil((height + rows[0] + rows[1]) / stride[0]) *
      Math.ceil((width + columns[0] + columns[1]) / stride[1]),
  );
  const pad = [[0, 0], rows.map((n) => Math.max(n, 0)), columns.map((n) => Math.max(n, 0)), [0, 0]];
  const attrs = { strides: stride, dilations: dilation, pad, dataFormat: 'NHWC' };
  return tools.call('Conv2D', { x: cut(tools, x, rows, columns), filter }, attrs);
}
function cut({ call }: Tools, x: Info, rows: Pair, columns: Pair): Info {
  const off = [rows, columns].map((pair) => pair.map((n) => Math.max(-n, 0)));
  if (off.every((pair) => pair.every((n) => n === 0))) return x;
  const [batch, height, width, channels] = x.shape;
  return call(
    'Slice',
    { x },
    {
      begin: [0, off[0][0], off[1][0], 0],
      size: [batch, height - off[0][0] - off[0][1], width - off[1][0] - off[1][1], channels],
    },
  );
}

function byInput(tools: Tools, shape: readonly number[], filter: Info, dy: Info, node: KernelNode): Info {
  const { call } = tools;
  const { rows: r, columns: c } = backpropGeometry(shape, filter.shape, dy.shape, node);
  refuseEmpty(shape, filter.shape, dy.shape);
  // The zeros between would turn an infinity into NaN.
  tools.refuseNonFinite(filter, dy);
  const turned = call('Transpose', { x: call('Reverse', { x: filter }, { dims: [0, 1] }) }, { perm: [0, 1, 3, 2] });
  // As many zeros in front as the turned filter reaches beyond its first tap, less what the forward pass had added.
  const around = (w: Window, spread: number): Pair => {
    const reach = (w.filter - 1) * w.dilation;
    return [reach - w.before, w.input + w.before - spread];
  };
  const wide = spreadOut(tools, dy, r.stride, c.stride);
  return convolve(tools, wide, turned, {
    stride: [1, 1],
    dilation: [r.dilation, c.dilation],
    rows: around(r, wide.shape[1]),
    columns: around(c, wide.shape[2]),
  });
}
/** Puts stride − 1 zeros behind every row and column. */
function spreadOut({ call, reshape }: Tools, x: Info, down: number, across: number): Info {
  const [batch, height, width, channels] = x.shape;
  let out = x;
  if (across > 1)
    out = call(
      'PadV2',
      { x: reshape(out, [batch * height * width, 1, channels]) },
      {
        paddings: [
          [0, 0],
          [0, across - 1],
          [0, 0],
        ],
        constantValue: 0,
      },
    );
  if (down > 1)
    out = call(
      'PadV2',
      { x: reshape(out, [batch * height, 1, width * across * channels]) },
      {
        paddings: [
          [0, 0],
          [0, down - 1],
          [0, 0],
        ],
        constantValue: 0,
      },
    );
  return out === x ? x : reshape(out, [batch, height * down, width * across, channels]);
}

function byFilter(tools: Tools, x: Info, shape: readonly number[], dy: Info, node: KernelNode): Info {
  const { call } = tools;
  const { rows: r, columns: c } = backpropGeometry(x.shape, shape, dy.shape, node);
  refuseEmpty(x.shape, shape, dy.shape);
  tools.refuseNonFinite(x, dy);
  const images = call('Transpose', { x }, { perm: [3, 1, 2, 0] });
  const seen = call('Transpose', { x: dy }, { perm: [1, 2, 0, 3] });
  // As far behind the input as the last place reaches with the last tap.
  const around = (w: Window): Pair => [
    w.before,
    (w.filter - 1) * w.dilation + (w.output - 1) * w.stride + 1 - w.input - w.before,
  ];
  const out = convolve(tools, images, seen, {
    stride: [r.dilation, c.dilation],
    dilation: [r.stride, c.stride],
    rows: around(r),
    columns: around(c),
  });
  return call('Transpose', { x: out }, { perm: [1, 2, 0, 3] });
}
