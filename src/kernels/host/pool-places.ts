/** Where the windows of a pool lie: its geometry, and a walk over its places. */
import { numbersIn } from '../../base/nested';
import { type Window, paddingOf } from '../../base/window';
import { type Checked, KernelError, type KernelNode, attr, invalid } from '../kernel';
import { windowAlong } from './window';

type Typed = Pick<KernelNode, 'type' | 'attrs'>;
export interface PoolGeometry {
  readonly batch: number;
  readonly rows: Window;
  readonly columns: Window;
  readonly channels: number;
  /** How many channels a window covers: 1, unless it covers one pixel alone. */
  readonly depth: number;
}
/** @throws KernelError  with TensorFlow's sentence if a pool has attributes that it takes with no input */
export function checkPool(node: Typed): void {
  const kind = `${node.type.slice(0, 3)}Pooling${node.type.slice(7)}`;
  if (attr(node, 'data_format') !== 'NHWC')
    invalid(
      `Default ${kind}Op only supports NHWC on device type CPU`,
      'transpose the images to [batch, rows, columns, channels]: tf.transpose(x, [0, 2, 3, 1])',
    );
  const [ksize, strides] = [attr(node, 'ksize'), attr(node, 'strides')];
  // With five numbers a kernel of oneDNN's takes the pictures for volumes, and ends the process.
  if (ksize.length !== 4) invalid('Sliding window ksize field must specify 4 dimensions');
  if (strides.length !== 4) invalid('Sliding window strides field must specify 4 dimensions');
  if (ksize[0] !== 1 || strides[0] !== 1)
    throw new KernelError('Unimplemented', 'Pooling is not yet supported on the batch dimension.');
  if (node.type.startsWith('MaxPoolGrad') && (ksize[3] !== 1 || strides[3] !== 1))
    refuse(`${kind} is not yet supported on the depth dimension.`);
}
/** @throws KernelError  with TensorFlow's sentence if the input does not fit */
export function poolGeometry(input: readonly number[], node: Typed): PoolGeometry {
  checkPool(node);
  if (input.length !== 4)
    return invalid(
      node.type.endsWith('Grad')
        ? 'tensor_in must be 4-dimensional'
        : `tensor_in_shape must have 2 spatial dimensions. ${input.length} 0`,
    );
  const [ksize, strides] = [attr(node, 'ksize'), attr(node, 'strides')];
  checkDepth(input[3], node);
  for (const axis of [1, 2]) {
    if (ksize[axis] <= 0) return invalid(`Sliding window ksize for dimension ${axis} was ${ksize[axis]}.`);
    if (strides[axis] <= 0) return invalid(`Stride must be > 0, but got ${strides[axis]}`);
  }
  const along = (axis: number): Window =>
    windowAlong(input[axis], ksize[axis], {
      stride: strides[axis],
      dilation: 1,
      padding: paddingOf(attr(node, 'padding')),
    });
  const depth = ksize[3];
  // A window over channels takes every pixel, whatever the strides of rows and columns.
  const pixels = (size: number): Window => windowAlong(size, 1, { stride: 1, dilation: 1, padding: 'VALID' });
  const [rows, columns] = depth === 1 ? [along(1), along(2)] : [pixels(input[1]), pixels(input[2])];
  return { batch: input[0], rows, columns, channels: input[3], depth };
}
function refuse(message: string): never {
  throw new KernelError('Unimplemented', message, 'move the channels to rows or columns first: tf.transpose');
}
/** Channels are pooled by MaxPool alone, one pixel at a time. */
function checkDepth(channels: number, node: Typed): void {
  const [, rows, columns, depth] = attr(node, 'ksize');
  const [, , , step] = attr(node, 'strides');
  if (depth === 1) return;
  if (node.type === 'AvgPoolGrad') refuse(NOT_SPATIAL);
  if (rows !== 1 || columns !== 1)
    refuse('MaxPooling supports exactly one of pooling across depth or pooling across width/height.');
  if (channels % depth !== 0)
    refuse('Depthwise max pooling requires the depth window to evenly divide the input depth');
  if (step !== depth) refuse('Depthwise max pooling requires the depth window to equal the depth stride');
  if (node.type !== 'MaxPool') refuse(NOT_SPATIAL);
}
const NOT_SPATIAL = 'Non-spatial pooling is not yet supported. Volunteers? :)';
/** The part of a window that lies on the input. */
export function clip(w: Window, place: number): readonly [from: number, to: number] {
  const at = place * w.stride - w.before;
  return [Math.max(at, 0), Math.min(at + w.filter, w.input)];
}
/** TensorFlow's gradient of a mean takes all of the input where a window is larger than it and begins before it. */
export function clipOfMean(w: Window, place: number): readonly [from: number, to: number] {
  const isLarger = w.filter > w.input && place * w.stride < w.before;
  return isLarger ? [0, w.input] : clip(w, place);
}
/**
 * Whether such a window is among those of a node, or may be: a device's kernel takes the part that lies on the input.
 *
 * @param sizes      the input of the gradient that has the sizes of the picture
 * @param rank       how many these are
 * @param windowsOf  the windows along each dimension of a picture of such sizes
 */
export function hasLarger(
  { data, shape }: Checked,
  rank: number,
  node: KernelNode,
  windowsOf: (sizes: readonly number[]) => readonly Window[],
): boolean {
  // None is of two cells, or lies inside.
  if (attr(node, 'padding') === 'VALID' || !attr(node, 'ksize').some((size) => size > 2)) return false;
  // Sizes that are none are refused by the check.
  if (!data || shape.length !== 1 || shape[0] !== rank) return true;
  const sizes = numbersIn({ data });
  return sizes.some((size) => size < 0) || windowsOf(sizes).some((w) => w.filter > w.input && w.before > 0);
}
/** Calls `each` for every place: the output position, and the input rows and columns under it. */
export function eachPlace(
  g: PoolGeometry,
  each: (out: number, base: number, rows: readonly [number, number], columns: readonly [number, number]) => void,
  under = clip,
): void {
  const { batch, rows: r, columns: c, channels } = g;
  const across = Array.from({ length: c.output }, (_, j) => under(c, j));
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < r.output; i++) {
      const rows = under(r, i);
      for (let j = 0; j < c.output; j++)
        each(((b * r.output + i) * c.output + j) * channels, b * r.input * c.input * channels, rows, across[j]);
    }
  }
}
export function outputShape(g: PoolGeometry): number[] {
  return [g.batch, g.rows.output, g.columns.output, g.channels / g.depth];
}
