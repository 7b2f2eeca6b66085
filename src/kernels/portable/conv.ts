/**
 * Convolutions on wasm, by our own kernels over pictures with their borders. The derivative by the input is a
 * convolution again: dy, spread out by the stride, with the filter turned around and its channels exchanged.
 */
import type { Window } from '../../base/window';
import { backpropGeometry, geometry } from '../host/conv-places';
import { KernelError, type KernelNode } from '../kernel';
import { refuseLarge } from './pool';
import { type Frame, type Places, framed } from './convolve';
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
function convolve(tools: Tools, x: Info, filter: Info, plain: Plain, finish?: Finish, spread: Pair = [1, 1]): Info {
  const [down, across, , outputs] = filter.shape;
  const whole = framedFor(tools, x, [down, across], plain, spread);
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
/** With zeros around and between. Where these would be nearly all of it, nothing of it is made. */
function framedFor(tools: Tools, x: Info, taps: Pair, plain: Plain, spread: Pair = [1, 1]): Info {
  const { stride, dilation, rows, columns } = plain;
  const [, height, width] = x.shape;
  const along = (input: number, [before, after]: Pair, i: number): Frame['lines'] => ({
    ...{ input, before, after },
    spread: spread[i],
  });
  const frame: Frame = { lines: along(height, rows, 0), pixels: along(width, columns, 1) };
  const [tall, wide] = [framed(frame.lines), framed(frame.pixels)];
  const extents = dilation.map((d, i) => (taps[i] - 1) * d + 1);
  refuseLarge(
    [...extents, ...stride, ...dilation, ...rows, ...columns],
    taps[0] * taps[1] * Math.ceil(tall / stride[0]) * Math.ceil(wide / stride[1]),
  );
  if (tall * wide > MOST_BORDER * height * spread[0] * width * spread[1])
    throw new KernelError('Unimplemented', 'wasm makes no pictures that are nearly all border');
  const isSame = [...rows, ...columns].every((n) => n === 0) && spread[0] * spread[1] === 1;
  return isSame ? x : tools.frame(frame, x);
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

function byInput(tools: Tools, shape: readonly number[], filter: Info, dy: Info, node: KernelNode): Info {
  const { call } = tools;
  const { rows: r, columns: c } = backpropGeometry(shape, filter.shape, dy.shape, node);
  refuseEmpty(shape, filter.shape, dy.shape);
  // The zeros between would turn an infinity into NaN.
  tools.refuseNonFinite(filter, dy);
  const turned = call('Transpose', { x: call('Reverse', { x: filter }, { dims: [0, 1] }) }, { perm: [0, 1, 3, 2] });
  // As many zeros in front as the turned filter reaches beyond its first tap, less what the forward pass had added.
  const around = (w: Window): Pair => {
    const reach = (w.filter - 1) * w.dilation;
    return [reach - w.before, w.input + w.before - w.output * w.stride];
  };
  const plain: Plain = {
    stride: [1, 1],
    dilation: [r.dilation, c.dilation],
    rows: around(r),
    columns: around(c),
  };
  return convolve(tools, dy, turned, plain, undefined, [r.stride, c.stride]);
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
  const whole = framedFor(tools, x, taps, plain);
  const sizes = { ...placesOf(whole, taps, plain, outputs), rows: r.output, columns: c.output };
  return tools.byFilter(sizes, whole, dy);
}
