/** Blocks of pixels as channels, and back, on the host. */
import { copyRun, slots } from '../../base/box';
import {
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type KernelNode,
  attr,
  hostZeros,
  invalid,
} from '../kernel';

type Shaped = { readonly shape: readonly number[] };
/** Also before a device's kernel: TensorFlow's divides by zero where the square of a block has more than 32 bits. */
function checkBlocks(toDepth: boolean, [{ shape }]: readonly Shaped[], node: KernelNode): void {
  const n = attr(node, 'block_size', 'int');
  if (attr(node, 'data_format', 'string') !== 'NHWC')
    invalid(`Only NHWC data_format supported on CPU. Got ${attr(node, 'data_format', 'string')}`);
  const rank = shape.length;
  if (rank !== 4)
    invalid(toDepth ? `Input rank should be 4 instead of ${rank}` : `Input rank should be: 4 instead of: ${rank}`);
  const [, height, width, depth] = shape;
  if (toDepth && (height % n || width % n))
    invalid(`Image width ${width} and height ${height} should be divisible by block_size: ${n}`);
  if (!toDepth && (depth % (n * n) || n > MOST_BLOCK))
    invalid(`Input depth dimension ${depth} should be divisible by: ${n * n}`);
}
/** The square has 31 bits. */
const MOST_BLOCK = 46340;
/** Where the channels of pixel (y, x) of a block begin among those of its place. */
const moved = (toDepth: boolean): HostKernelRow => {
  const run: HostKernel = ([x], node) => {
    const n = attr(node, 'block_size', 'int');
    const [batch, height, width, depth] = x.shape;
    const out = toDepth
      ? hostZeros(x.dtype, [batch, height / n, width / n, depth * n * n])
      : hostZeros(x.dtype, [batch, height * n, width * n, depth / (n * n)]);
    const [wide, deep] = [toDepth ? x : out, toDepth ? out : x];
    const [, h, w, c] = wide.shape;
    const size = c * slots(x);
    for (let b = 0, at = 0; b < batch; b++)
      for (let i = 0; i < h; i++)
        for (let j = 0; j < w; j++, at += size) {
          const place = (b * deep.shape[1] + Math.floor(i / n)) * deep.shape[2] + Math.floor(j / n);
          const to = (place * n * n + (i % n) * n + (j % n)) * size;
          if (toDepth) copyRun(x.data, at, out.data, to, size);
          else copyRun(x.data, to, out.data, at, size);
        }
    return out;
  };
  return { run, check: (inputs, node) => checkBlocks(toDepth, inputs, node) };
};

export const BLOCKS_KERNELS: HostTable = { SpaceToDepth: moved(true), DepthToSpace: moved(false) };
