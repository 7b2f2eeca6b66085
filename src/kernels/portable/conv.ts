/**
 * Convolutions on wasm, by our own kernels over pictures with their borders. The derivative by the input is a
 * convolution again: dy, spread out by the stride, with the filter turned around and its channels exchanged.
 */
import type { Window } from '../../base/window';
import { backpropGeometry, geometry } from '../host/conv-places';
import { KernelError, type KernelNode } from '../kernel';
import { refuseLarge } from './pool';
import type { Places } from './convolve';
import type { Finish, Info, Recipes, Tools } from './recipe';

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

/** The node's convolution, forward, with what is done to it at once. */
export function convolution(tools: Tools, x: Info, filter: Info, finish?: Finish): Info {
  const { rows: r, columns: c } = geometry(x.shape, filter.shape, tools.node);
  refuseEmpty(x.shape, filter.shape);
  // A tap beyond the border counts for nothing; here it is multiplied by 0, which is NaN where it is infinite.
  tools.refuseNonFinite(filter);
  const plain: Plain = {
    stride: [r.stride, c.stride],
    dilation: [r.dilation, c.dilation],
    rows: [r.before, r.after],
    columns: [c.before, c.after],
  };
  return convolve(tools, x, filter, plain, finish);
}
/** Empty tensors have no wasm kernel. */
function refuseEmpty(...shapes: (readonly number[])[]): void {
  if (shapes.some((s) => s.includes(0))) throw new KernelError('Unimplemented', 'wasm convolves no empty tensors');
}
/** A convolution over what the given zeros (or, negative, cuts) before and after leave of rows and columns. */
function convolve(tools: Tools, x: Info, filter: Info, plain: Plain, finish?: Finish): Info {
  const [down, across, , outputs] = filter.shape;
  const whole = bordered(tools, cut(tools, x, plain.rows, plain.columns), [down, across], plain);
  const sizes = placesOf(whole, [down, across], plain, outputs);
  const { stride, rows, columns, batch, channels } = sizes;
  if (down * across * stride[0] * stride[1] > 1) return tools.convolve(sizes, whole, filter, finish);
  const y = tools.multiply(
    tools.reshape(whole, [batch * rows * columns, channels]),
    tools.reshape(filter, [channels, outputs]),
    finish,
  );
  return tools.reshape(y, [batch, rows, columns, outputs]);
}
/** With zeros around it. Where these would be nearly all of it, nothing of it is made. */
function bordered(tools: Tools, x: Info, taps: Pair, { stride, dilation, rows, columns }: Plain): Info {
  const [, height, width] = x.shape;
  const extents = dilation.map((d, i) => (taps[i] - 1) * d + 1);
  const [down, across] = [rows, columns].map((pair) => pair.map((n) => Math.max(n, 0)));
  const [tall, wide] = [height + down[0] + down[1], width + across[0] + across[1]];
  refuseLarge(
    [...extents, ...stride, ...dilation, ...rows, ...columns],
    taps[0] * taps[1] * Math.ceil(tall / stride[0]) * Math.ceil(wide / stride[1]),
  );
  if (tall * wide > MOST_BORDER * height * width)
    throw new KernelError('Unimplemented', 'wasm makes no pictures that are nearly all border');
  if (tall === height && wide === width) return x;
  return tools.call('PadV2', { x }, { paddings: [[0, 0], down, across, [0, 0]], constantValue: 0 });
}
/** Pictures with their borders have so many times as many pixels at most. */
const MOST_BORDER = 100;
function placesOf(x: Info, taps: Pair, { stride, dilation }: Plain, outputs: number): Places {
  const [batch, height, width, channels] = x.shape;
  const [rows, columns] = [height, width].map(
    (n, i) => Math.floor((n - (taps[i] - 1) * dilation[i] - 1) / stride[i]) + 1,
  );
  return { batch, height, width, channels, taps, stride, dilation, rows, columns, outputs };
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
  const { rows: r, columns: c, outputs } = backpropGeometry(x.shape, shape, dy.shape, node);
  refuseEmpty(x.shape, shape, dy.shape);
  tools.refuseNonFinite(x, dy);
  const plain: Plain = {
    stride: [r.stride, c.stride],
    dilation: [r.dilation, c.dilation],
    rows: [r.before, r.after],
    columns: [c.before, c.after],
  };
  const taps: Pair = [r.filter, c.filter];
  const whole = bordered(tools, cut(tools, x, plain.rows, plain.columns), taps, plain);
  const sizes = { ...placesOf(whole, taps, plain, outputs), rows: r.output, columns: c.output };
  return tools.byFilter(sizes, whole, dy);
}
