/** Pictures in another size, on the host: the nearest pixel, or a mean of 2 × 2 or 4 × 4 of them by distance. */
import { castData } from '../../base/cast';
import { type DType, float16, float32, zerosOf } from '../../base/dtype';
import { asFloats, asNumbers } from '../../base/elements';
import { bitsOfFloats, isHalf, roundHalf } from '../../base/half';
import { numbersIn } from '../../base/nested';
import { cShape, sizeOf } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  attr,
  host,
  invalid,
} from '../kernel';
import { type Corners, type TapsOf, cubic, linear, nearestTo, stepOf, tapsOfLine } from './taps';

const { fround } = Math;

// --- what is refused ----------------------------------------------------------------------------------------------

/** Rows and columns that are not there, with an input whose pictures have any. */
function checkSize({ shape, data }: Checked, wrong: string): void {
  if (shape.length !== 1) invalid(`shape_t must be 1-dimensional${cShape(shape)}`);
  if (shape[0] !== 2) invalid(`shape_t must have two elements${cShape(shape)}`);
  if (data && numbersIn({ data }).some((n) => n <= 0)) invalid(wrong);
}
function checkCorners(node: KernelNode): void {
  if (attr(node, 'half_pixel_centers', 'bool') && attr(node, 'align_corners', 'bool'))
    invalid('If half_pixel_centers is True, align_corners must be False.');
}
/** TensorFlow counts in floats of 32 bits, which hold each integer up to this. */
const MOST = 2 ** 24;
function check([{ shape }, size]: readonly Checked[], node: KernelNode): void {
  checkCorners(node);
  if (shape.length !== 4) invalid(`input must be 4-dimensional${cShape(shape)}`);
  checkSize(size, 'output dimensions must be positive');
  if (!shape[3]) invalid('image must have at least one channel');
  if (!shape[1] || !shape[2]) invalid('input image must be of non-zero size');
  if (node.type === 'ResizeNearestNeighbor' && (shape[1] >= MOST || shape[2] >= MOST))
    invalid('nearest neighbor requires max height & width of 2^24');
}
function checkGrad([grads, original]: readonly Checked[], node: KernelNode): void {
  checkCorners(node);
  if (grads.shape.length !== 4) invalid(`input_grad must be 4-dimensional${cShape(grads.shape)}`);
  if (original.shape.length !== 4) invalid(`original_image must be 4-dimensional${cShape(original.shape)}`);
}
function checkNearestGrad([{ shape }, size]: readonly Checked[]): void {
  if (shape.length !== 4) invalid(`input must be 4-dimensional${cShape(shape)}`);
  checkSize(size, "shape_t's elements must be positive");
}

// --- kernels ------------------------------------------------------------------------------------------------------

const cornersOf = (node: KernelNode): Corners => ({
  align: attr(node, 'align_corners', 'bool'),
  half: attr(node, 'half_pixel_centers', 'bool'),
});
const sizeIn = (size: HostTensor): number[] => numbersIn({ data: size.data });
const short = (x: HostTensor): Float32Array => {
  const data = castData(x.data, x.dtype, float32);
  return Float32Array.from(asNumbers(data));
};
/** Between two: a + (b − a)·weight, rounded as TensorFlow rounds it. */
const between = (a: number, b: number, weight: number): number => fround(a + fround(fround(b - a) * weight));

const bilinear: HostKernel = ([images, size], node) => {
  const [batch, height, width, channels] = images.shape;
  const [rows, columns] = sizeIn(size);
  const shape = [batch, rows, columns, channels];
  const x = short(images);
  if (rows === height && columns === width) return host(float32, shape, x);
  const out = new Float32Array(sizeOf(shape));
  const corners = cornersOf(node);
  const [ys, xs] = [tapsOfLine(linear, height, rows, corners), tapsOfLine(linear, width, columns, corners)];
  let to = 0;
  for (let b = 0; b < batch; b++)
    for (const {
      at: [top, bottom],
      weights: [, down],
    } of ys) {
      const [above, below] = [top, bottom].map((row) => (b * height + row) * width * channels);
      for (const {
        at: [left, right],
        weights: [, along],
      } of xs) {
        const [l, r] = [left * channels, right * channels];
        for (let c = 0; c < channels; c++) {
          const upper = between(x[above + l + c], x[above + r + c], along);
          const lower = between(x[below + l + c], x[below + r + c], along);
          out[to++] = between(upper, lower, down);
        }
      }
    }
  return host(float32, shape, out);
};
const bicubic: HostKernel = ([images, size], node) => {
  const [batch, height, width, channels] = images.shape;
  const [rows, columns] = sizeIn(size);
  const shape = [batch, rows, columns, channels];
  const x = short(images);
  const out = new Float32Array(sizeOf(shape));
  const corners = cornersOf(node);
  const [ys, xs] = [tapsOfLine(cubic, height, rows, corners), tapsOfLine(cubic, width, columns, corners)];
  let to = 0;
  for (let b = 0; b < batch; b++)
    for (const y of ys) {
      const lines = y.at.map((row) => (b * height + row) * width * channels);
      const column = (at: number): number =>
        lines.reduce((sum, line, i) => fround(sum + fround(x[line + at] * y.weights[i])), 0);
      for (const tap of xs)
        for (let c = 0; c < channels; c++)
          out[to++] = tap.at.reduce(
            (sum, at, i) => fround(sum + fround(column(at * channels + c) * tap.weights[i])),
            0,
          );
    }
  return host(float32, shape, out);
};
type Weigh = (value: number, down: number, along: number) => number;
/** Each part of a gradient goes to the pixels that its pixel was made of, one tap after the other. */
function spread(taps: TapsOf, weighed: (round: (x: number) => number) => Weigh): HostKernel {
  return ([grads, original], node) => {
    const { dtype, shape } = original;
    const [batch, rows, columns, channels] = grads.shape;
    const [, height, width] = shape;
    const corners = cornersOf(node);
    const [ys, xs] = [tapsOfLine(taps, height, rows, corners), tapsOfLine(taps, width, columns, corners)];
    const dy = asFloats(grads.data);
    const round = roundingTo(dtype);
    const weigh = weighed(round);
    const out = new Float64Array(sizeOf(shape));
    let from = 0;
    for (let b = 0; b < batch; b++)
      for (const y of ys)
        for (const x of xs)
          for (let c = 0; c < channels; c++, from++)
            y.at.forEach((row, i) =>
              x.at.forEach((column, j) => {
                const to = ((b * height + row) * width + column) * channels + c;
                out[to] = round(out[to] + round(weigh(dy[from], y.weights[i], x.weights[j])));
              }),
            );
    return host(
      dtype,
      shape,
      isHalf(dtype) ? bitsOfFloats(out, dtype) : dtype === float32 ? Float32Array.from(out) : out,
    );
  };
}
const roundingTo = (dtype: DType): ((x: number) => number) =>
  dtype === float16 ? roundHalf : dtype.size === 8 ? (x) => x : fround;
/** In floats of 32 bits, or in those that are asked for. */
const byFloats = (): Weigh => (value, down, along) => fround(fround(value * down) * along);
const byElements =
  (round: (x: number) => number): Weigh =>
  (value, down, along) =>
    round(round(value * down) * along);

const nearest: HostKernel = ([images, size], node) => {
  const { dtype, data } = images;
  const [batch, height, width, channels] = images.shape;
  const [rows, columns] = sizeIn(size);
  const shape = [batch, rows, columns, channels];
  const out = zerosOf(dtype, sizeOf(shape), shape);
  const [ys, xs] = nearestIn([height, width], [rows, columns], cornersOf(node));
  let to = 0;
  for (let b = 0; b < batch; b++)
    for (const y of ys)
      for (const x of xs) {
        const from = ((b * height + y) * width + x) * channels;
        for (let c = 0; c < channels; c++) out[to++] = data[from + c];
      }
  return host(dtype, shape, out);
};
/** For each row and each column of a result the one that is nearest. */
function nearestIn(original: readonly number[], resized: readonly number[], corners: Corners): number[][] {
  return original.map((length, d) => {
    const step = stepOf(length, resized[d], corners);
    // Between the centers of pixels nothing is taken off: it is rounded down.
    const place = (i: number): number => (corners.half ? fround(fround(i + 0.5) * step) : fround(i * step));
    return Array.from({ length: resized[d] }, (_, i) => nearestTo(place(i), length, corners));
  });
}
const nearestGrad: HostKernel = ([grads, size], node) => {
  const { dtype } = grads;
  const [batch, rows, columns, channels] = grads.shape;
  const [height, width] = sizeIn(size);
  const shape = [batch, height, width, channels];
  const [ys, xs] = nearestIn([height, width], [rows, columns], cornersOf(node));
  const dy = isHalf(dtype) ? short(grads) : asNumbers(grads.data);
  const round = dtype.isFloating ? roundingTo(dtype) : (x: number) => x;
  const sums = new Float64Array(sizeOf(shape));
  let from = 0;
  for (let b = 0; b < batch; b++)
    for (const y of ys)
      for (const x of xs) {
        const to = ((b * height + y) * width + x) * channels;
        for (let c = 0; c < channels; c++) sums[to + c] = round(sums[to + c] + dy[from++]);
      }
  if (isHalf(dtype)) return host(dtype, shape, bitsOfFloats(sums, dtype));
  const out = zerosOf(dtype, sums.length, shape);
  const elements = asNumbers(out);
  for (let i = 0; i < sums.length; i++) elements[i] = sums[i];
  return host(dtype, shape, out);
};

const sized = (run: HostKernel, cost: number, of = check): HostKernelRow => ({ run, cost, check: of, elements: [1] });
export const RESIZE_KERNELS: HostTable = {
  ResizeBilinear: sized(bilinear, 20),
  ResizeBilinearGrad: { run: spread(linear, byFloats), cost: 40, check: checkGrad },
  ResizeBicubic: sized(bicubic, 150),
  ResizeBicubicGrad: { run: spread(cubic, byElements), cost: 150, check: checkGrad },
  ResizeNearestNeighbor: sized(nearest, 5),
  ResizeNearestNeighborGrad: sized(nearestGrad, 5, checkNearestGrad),
};
