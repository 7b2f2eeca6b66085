/**
 * Convolutions on wasm, by our own kernels over pictures with their borders. The derivative by the input is a
 * convolution again: dy, spread out by the stride, with the filter turned around and its channels exchanged.
 */
import { sizeOf } from '../../base/shape';
import type { Window } from '../../base/window';
import { backpropGeometry, geometry } from '../host/conv-places';
import { KernelError } from '../kernel';
import { refuseLarge } from './pool';
import type { Filter, Places } from './conv-sizes';
import { type Frame, framed } from './frames';
import { type Lowering, product } from './lower';
import type { Draft, Spot } from './program';
import type { Bounds, RecipeRow, Recipes } from './recipe';

type Pair = readonly [number, number];
interface Plain {
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly rows: Pair;
  readonly columns: Pair;
}

export const CONV_RECIPES: Recipes = {
  Conv2D: { lower: ([x, filter], to) => convolution(x, filter, to) },
  Conv2DBackpropInput: {
    lower([, filter, dy], to) {
      const shape = to.numbers(0);
      return shape && byInput(shape, filter, dy, to);
    },
  },
  Conv2DBackpropFilter: {
    lower([x, , dy], to) {
      const shape = to.numbers(1);
      return shape && byFilter(x, shape, dy, to);
    },
  },
} satisfies Record<string, RecipeRow>;

/** What is done to a result at once. */
interface Finish extends Bounds {
  readonly bias?: Spot;
}
/** The node's convolution, forward, with what is done to it at once. */
export function convolution(x: Spot, filter: Spot, { node, draft }: Lowering, finish: Finish = {}): Made {
  const { rows: r, columns: c } = geometry(x.shape, filter.shape, node);
  // A tap beyond the border counts for nothing; here it is multiplied by 0, which is NaN where it is infinite.
  refuseNonFinite(draft, filter);
  const plain: Plain = {
    stride: [r.stride, c.stride],
    dilation: [r.dilation, c.dilation],
    rows: [r.before, r.after],
    columns: [c.before, c.after],
  };
  const [down, across, inputs, outputs] = filter.shape;
  const lies: Lies = { taps: [down, across], inputs, outputs, ...{ from: 0, step: 0, row: 4 * outputs, column: 4 } };
  return convolve(draft, x, filter, lies, plain, finish);
}
type Made = readonly Spot[] | null;
/** The host convolves these: to look at each element costs little beside the products. */
function refuseNonFinite(draft: Draft, ...spots: readonly Spot[]): void {
  const { kernels } = draft;
  draft.work(spots, (address) => {
    if (!spots.every((spot) => kernels.isFinite(address(spot), sizeOf(spot.shape))))
      throw new KernelError('Unimplemented', 'convolutions of NaN and infinities are left to the host');
  });
}
/**
 * A filter as a matrix whose rows are the taps with their inputs: where the first tap lies, in bytes, how far it is
 * from one to the next, where that is not one behind the other, and the strides of inputs and outputs.
 */
interface Lies extends Omit<Filter, 'at' | 'blocks'> {
  readonly taps: Pair;
  readonly inputs: number;
  readonly outputs: number;
  readonly from: number;
}
/** A convolution over what the given zeros (or, negative, cuts) before and after leave of rows and columns. */
function convolve(
  draft: Draft,
  x: Spot,
  filter: Spot,
  lies: Lies,
  plain: Plain,
  { bias, floor = -Infinity, ceiling = Infinity }: Finish,
  spread: Pair = [1, 1],
): Made {
  const { taps, inputs, outputs, from, step, row, column } = lies;
  const whole = framedFor(draft, x, taps, plain, spread);
  const sizes = placesOf(whole, taps, plain, outputs);
  const { stride, rows, columns, batch } = sizes;
  const y = draft.make([batch, rows, columns, outputs]);
  if (sizeOf(y.shape) === 0) return null;
  if (taps[0] * taps[1] * stride[0] * stride[1] === 1) {
    const [a, b] = [
      { spot: whole, row: 4 * inputs, column: 4 },
      { spot: filter, row, column },
    ];
    const [m, k, n] = [batch * rows * columns, inputs, outputs];
    product(draft, { a, b, c: y, m, k, n, bias: bias ?? null, floor, ceiling });
    return [y];
  }
  const { kernels } = draft;
  const blocks = step ? taps[0] * taps[1] : 1;
  draft.work([whole, filter, y, ...(bias ? [bias] : [])], (address) =>
    kernels.convolver.convolve(sizes, {
      x: address(whole),
      filter: { at: address(filter) + from, blocks, step, row, column },
      y: address(y),
      bias: bias ? address(bias) : 0,
      floor,
      ceiling,
    }),
  );
  return [y];
}
/** With zeros around and between. Where these would be nearly all of it, nothing of it is made. */
function framedFor(draft: Draft, x: Spot, taps: Pair, plain: Plain, spread: Pair = [1, 1]): Spot {
  const { stride, dilation, rows, columns } = plain;
  const [batch, height, width, channels] = x.shape;
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
  if (isSame) return x;
  const { kernels } = draft;
  const out = draft.make([batch, tall, wide, channels]);
  draft.work([x, out], (address) => kernels.convolver.frame(frame, batch, channels, address(x), address(out)));
  return out;
}
/** Pictures with their borders have so many times as many pixels at most. */
const MOST_BORDER = 100;
function placesOf(x: Spot, taps: Pair, { stride, dilation }: Plain, outputs: number): Places {
  const [batch, height, width, channels] = x.shape;
  const [rows, columns] = [height, width].map(
    (n, i) => Math.floor((n - (taps[i] - 1) * dilation[i] - 1) / stride[i]) + 1,
  );
  return { batch, height, width, channels, taps, stride, dilation, rows, columns, outputs };
}

function byInput(shape: readonly number[], filter: Spot, dy: Spot, { node, draft }: Lowering): Made {
  const { rows: r, columns: c } = backpropGeometry(shape, filter.shape, dy.shape, node);
  if (shape.includes(0)) return null;
  // The zeros between would turn an infinity into NaN.
  refuseNonFinite(draft, filter, dy);
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
  const [down, across, outputs, inputs] = filter.shape;
  const tap = 4 * inputs * outputs;
  const turned: Lies = {
    ...{ taps: [down, across], inputs, outputs },
    ...{ from: tap * (down * across - 1), step: -tap, row: 4, column: 4 * inputs },
  };
  return convolve(draft, dy, filter, turned, plain, {}, [r.stride, c.stride]);
}
function byFilter(x: Spot, shape: readonly number[], dy: Spot, { node, draft }: Lowering): Made {
  const { rows: r, columns: c, outputs } = backpropGeometry(x.shape, shape, dy.shape, node);
  if (shape.includes(0)) return null;
  refuseNonFinite(draft, x, dy);
  const plain: Plain = {
    stride: [r.stride, c.stride],
    dilation: [r.dilation, c.dilation],
    rows: [r.before, r.after],
    columns: [c.before, c.after],
  };
  const taps: Pair = [r.filter, c.filter];
  const whole = framedFor(draft, x, taps, plain);
  const sizes = { ...placesOf(whole, taps, plain, outputs), rows: r.output, columns: c.output };
  const dw = draft.make([...taps, sizes.channels, outputs]);
  const { kernels } = draft;
  draft.work([whole, dy, dw], (address) =>
    kernels.convolver.byFilter(sizes, { x: address(whole), dy: address(dy), dw: address(dw) }),
  );
  return [dw];
}
