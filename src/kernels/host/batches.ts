/** Blocks of pixels as pictures of their own, and back, on the host. */
import { copyRun, slots } from '../../base/box';
import { numbersIn } from '../../base/nested';
import { cShape } from '../../base/shape';
import { int32 } from '../../base/dtype';
import {
  type Checked,
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  attr,
  host,
  hostZeros,
  invalid,
  numbers,
} from '../kernel';

function checkBlocks(toBatch: boolean, [x, blockShape, around]: readonly Checked[]): void {
  const what = toBatch ? 'paddings' : 'crops';
  const count = blockShape.shape[0] ?? 0;
  if (blockShape.shape.length !== 1) invalid(`block_shape rank must be 1 instead of ${blockShape.shape.length}`);
  if (x.shape.length < 1 + count) invalid(`input rank should be >= ${1 + count} instead of ${x.shape.length}`);
  if (around.shape.length !== 2 || around.shape[0] !== count || around.shape[1] !== 2)
    invalid(`${what} should have shape [${count}, 2] instead of ${cShape(around.shape)}`);
  const [block, sides] = [blockShape.data, around.data];
  if (block && sides) checkSizes(toBatch, x.shape, numbersIn({ data: block }), numbersIn({ data: sides }));
}
function checkSizes(
  toBatch: boolean,
  shape: readonly number[],
  block: readonly number[],
  sides: readonly number[],
): void {
  const all = block.reduce((a, b) => a * b, 1);
  if (all < 1 || block.some((n) => n < 1)) invalid(`Product of block sizes must be positive, got ${all}`);
  if (!toBatch && shape[0] % all)
    invalid(`Input batch dimension (${shape[0]}) is not divisible by product of block sizes (${all})`);
  block.forEach((n, k) => {
    const [start, end] = [sides[2 * k], sides[2 * k + 1]];
    if (start < 0 || end < 0) invalid(toBatch ? 'Paddings must be non-negative' : 'Crops must be non-negative');
    const size = toBatch ? shape[k + 1] + start + end : shape[k + 1] * n - start - end;
    if (toBatch && size % n) invalid(`padded_shape[${k}]=${size} is not divisible by block_shape[${k}]=${n}`);
    if (size < 0) invalid(`cropped_shape[${k}]=${size} must be non-negative`);
  });
}
/** Where tensor `b` of the larger batch stands: whose block, and where in it. */
const moved = (toBatch: boolean): HostKernelRow => {
  const check = (inputs: readonly Checked[]): void => checkBlocks(toBatch, inputs);
  const run: HostKernel = ([x, blockShape, around]) => {
    // The block's sides, and what is added or cut off around.
    const [block, sides] = [numbers(blockShape), numbers(around)];
    const count = block.length;
    const all = block.reduce((a, b) => a * b, 1);
    const rest = x.shape.slice(count + 1);
    const spatial = x.shape.slice(1, count + 1);
    const changed = spatial.map((d, k) =>
      toBatch ? (d + sides[2 * k] + sides[2 * k + 1]) / block[k] : d * block[k] - sides[2 * k] - sides[2 * k + 1],
    );
    const batch = toBatch ? x.shape[0] * all : x.shape[0] / all;
    const out = hostZeros(x.dtype, [batch, ...changed, ...rest]);
    const [many, wide] = toBatch ? [out, x] : [x, out];
    const [small, large] = toBatch ? [changed, spatial] : [spatial, changed];
    const size = rest.reduce((a, b) => a * b, slots(x));
    const places = small.reduce((a, b) => a * b, 1);
    const pictures = Math.min(x.shape[0], batch);
    for (let b = 0, at = 0; b < many.shape[0]; b++)
      for (let p = 0; p < places; p++, at += size) {
        const to = placeIn(p, Math.floor(b / pictures), small, large, block, sides);
        if (to < 0) continue;
        const from = ((b % pictures) * large.reduce((a, d) => a * d, 1) + to) * size;
        if (toBatch) copyRun(wide.data, from, many.data, at, size);
        else copyRun(many.data, at, wide.data, from, size);
      }
    return out;
  };
  return { run, check, elements: [1, 2] };
};
/** Where element `offset` of block `place` lies among the pixels of a picture; -1 where it is padding or cut off. */
function placeIn(
  place: number,
  offset: number,
  small: readonly number[],
  large: readonly number[],
  block: readonly number[],
  sides: readonly number[],
): number {
  let [at, stride] = [0, 1];
  for (let k = small.length - 1; k >= 0; k--) {
    const pixel = (place % small[k]) * block[k] + (offset % block[k]) - sides[2 * k];
    if (pixel < 0 || pixel >= large[k]) return -1;
    at += pixel * stride;
    stride *= large[k];
    place = Math.floor(place / small[k]);
    offset = Math.floor(offset / block[k]);
  }
  return at;
}

/** Of pictures, with square blocks: the block's sides are an attribute. */
function squares(toBatch: boolean): HostKernelRow {
  const { run, check } = moved(toBatch);
  const withBlock = <T>(given: readonly T[], block: T): readonly T[] => [given[0], block, given[1]];
  const blockOf = (node: KernelNode): HostTensor => {
    const n = attr(node, 'block_size');
    return host(int32, [2], Int32Array.of(n, n));
  };
  const checkRank = ([x, around]: readonly Checked[]): void => {
    if (x.shape.length !== 4) invalid(`Input rank should be: 4instead of: ${x.shape.length}`);
    if (cShape(around.shape) !== '[2,2]')
      invalid(`${toBatch ? 'paddings' : 'crops'} should have shape [2, 2] instead of ${cShape(around.shape)}`);
  };
  return {
    run: (inputs, node) => run(withBlock(inputs, blockOf(node)), node),
    check(inputs, node) {
      checkRank(inputs);
      check!(withBlock<Checked>(inputs, blockOf(node)), node);
    },
    elements: [1],
  };
}
export const BATCHES_KERNELS: HostTable = {
  SpaceToBatchND: moved(true),
  BatchToSpaceND: moved(false),
  SpaceToBatch: squares(true),
  BatchToSpace: squares(false),
};
