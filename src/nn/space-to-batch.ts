/**
 * Filters with gaps between their taps, by an op that knows none: the picture's every n-th pixel is a picture of its
 * own in a larger batch, the op runs on that, and the results are put together again.
 */
import { numbersIn } from '../base/nested';
import { ValueError } from '../base/errors';
import { int32 } from '../base/dtype';
import type { TensorShape } from '../base/shape';
import { bound } from '../calls/bind';
import { inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { constantValue } from '../graph/known-value';
import { batchToSpaceNd, spaceToBatchNd } from '../ops/batches';
import { floormod } from '../ops/division';
import { zeros } from '../ops/fill';
import { stack } from '../ops/stack';
import { concat } from '../ops/concat';
import { shapeOf } from '../ops/words';

const numbersOf = (t: Tensor): number[] | null => {
  const value = constantValue(t);
  return value && numbersIn(value);
};
const pairsOf = (flat: readonly number[]): number[][] => flat.flatMap((v, i) => (i % 2 ? [] : [[v, flat[i + 1]]]));

/**
 * What `tf.spaceToBatchNd` must pad with, so that blocks divide the sizes, and what `tf.batchToSpaceNd` must cut off
 * again.
 *
 *     tf.requiredSpaceToBatchPaddings([5, 4], [2, 2])   // [[[0, 1], [0, 0]], [[0, 1], [0, 0]]]
 *
 * @param inputShape    int32, the m sizes
 * @param blockShape    int32, the m sides of a block; how many is known
 * @param basePaddings  int32, shape [m, 2]: how much is padded at least; nothing where not given
 * @returns  `[paddings, crops]`, int32 of shape [m, 2]
 * @throws ValueError  if the shapes do not fit
 */
export const requiredSpaceToBatchPaddings = bound(
  'required_space_to_batch_paddings',
  function requiredSpaceToBatchPaddings(
    inputShape: TensorLike,
    blockShape: TensorLike,
    basePaddings?: TensorLike | null,
    name?: string | null,
  ): [paddings: Tensor, crops: Tensor] {
    return inScope(name ?? null, 'required_space_to_batch_paddings', [inputShape, blockShape], () => {
      const sizes = convertToTensor(inputShape, int32, 'input_shape');
      const block = convertToTensor(blockShape, int32, 'block_shape');
      block.shape.assertIsFullyDefined();
      block.shape.assertHasRank(1);
      const m = block.shape.dims![0]!;
      if (m === 0) return [zeros([0, 2], int32), zeros([0, 2], int32)];
      sizes.shape.assertIsCompatibleWith([m]);
      const base = basePaddings ? convertToTensor(basePaddings, int32, 'base_paddings') : zeros([m, 2], int32);
      base.shape.assertIsCompatibleWith([m, 2]);
      const [a, b, c] = [sizes, block, base].map(numbersOf);
      return a && b && c ? knownPaddings(a, b, c) : paddingsOf(sizes, block, base, m);
    });
  },
);
function knownPaddings(sizes: number[], block: number[], base: number[]): [Tensor, Tensor] {
  const extra = block.map((n, i) => {
    const left = (sizes[i] + base[2 * i] + base[2 * i + 1]) % n;
    return (n - left) % n;
  });
  const ends = extra.map((more, i) => [base[2 * i], base[2 * i + 1] + more]);
  return [
    convertToTensor(ends, int32, 'paddings'),
    convertToTensor(
      extra.map((more) => [0, more]),
      int32,
      'crops',
    ),
  ];
}
function paddingsOf(sizes: Tensor, block: Tensor, base: Tensor, m: number): [Tensor, Tensor] {
  const start = base.get([], 0);
  const end = base.get([], 1);
  const full = sizes.add(start).add(end);
  const extra = floormod(block.sub(floormod(full, block, { name: 'mod' })), block, { name: 'mod' });
  const last = end.add(extra);
  const all = Array.from({ length: m }, (_, i) => i);
  return [
    stack(
      all.map((i) => [start.get(i), last.get(i)]),
      { name: 'paddings' },
    ),
    stack(
      all.map((i) => [0, extra.get(i)]),
      { name: 'crops' },
    ),
  ];
}

/** What `withSpaceToBatch` works on. */
interface Spread<P extends string = string> {
  readonly input: Tensor;
  /** How far apart the taps are, along rows and columns. */
  readonly rate: readonly number[] | Tensor;
  readonly padding: P;
  /** The filter's sizes, as a tensor or as what is known of them; or what is padded for it. */
  readonly filterShape?: Tensor | TensorShape | null;
  readonly base?: TensorLike;
  readonly dataFormat: string | null;
}
/** Runs `op`, which takes pictures and a padding, as if its filter had gaps. */
export function withSpaceToBatch<P extends string>(
  spread: Spread<P>,
  op: (input: Tensor, padding: P | 'VALID') => Tensor,
): Tensor {
  const { input, padding, dataFormat } = spread;
  const rate = convertToTensor(spread.rate, int32, 'dilation_rate');
  if (rate.shape.rank !== null && rate.shape.rank !== 1) throw new ValueError('rate must be rank 1');
  const m = rate.shape.dims?.[0] ?? null;
  if (m === null) throw new ValueError('rate must have known shape');
  const first = dataFormat?.startsWith('NC') ? 2 : 1;
  if (input.shape.rank !== null && input.shape.rank < m + 1)
    throw new ValueError(`input tensor must have rank ${m + 1} at least`);
  const known = numbersOf(rate);
  if (known?.some((n) => n < 1)) throw new ValueError('dilation_rate must be positive');
  if (known?.every((n) => n === 1)) return op(input, padding);
  const base = spread.base ?? basePaddings(padding, spread.filterShape, known ?? rate, m);
  const [paddings, crops] = requiredSpaceToBatchPaddings(sizesOf(input, first, m), rate, base);
  const blocks = adjusted(rate, 1, first);
  const around = [paddings, crops].map((sides) => adjusted(sides, 0, first));
  return batchToSpaceNd(op(spaceToBatchNd(input, blocks, around[0]), 'VALID'), blocks, around[1]);
}
function sizesOf(input: Tensor, first: number, m: number): TensorLike {
  const sizes = input.shape.dims?.slice(first, first + m);
  if (sizes?.every((d) => d !== null)) return sizes;
  const all = shapeOf(input);
  return stack(Array.from({ length: m }, (_, i) => all.get(first + i)));
}
/** What a filter with gaps reaches beyond, on either side of each dimension of space. */
export function basePaddings(
  padding: string,
  filterShape: Tensor | TensorShape | null | undefined,
  rate: number[] | Tensor,
  m: number,
): TensorLike {
  if (padding === 'VALID') return Array.from({ length: m }, () => [0, 0]);
  if (padding !== 'SAME') throw new ValueError(`Invalid padding method '${padding}'`);
  const sizes = filterShape && numbersOf(convertToTensor(filterShape, int32, 'filter_shape'));
  if (!sizes)
    throw new ValueError(
      'None values not supported.\n  fix: SAME padding of a filter with gaps asks for a filter of known shape.',
    );
  if (Array.isArray(rate)) {
    const reach = rate.map((n, i) => (sizes[i] - 1) * n);
    return convertToTensor(
      reach.map((r) => [Math.floor(r / 2), r - Math.floor(r / 2)]),
      int32,
      'stack',
    );
  }
  const reach = rate.mul(sizes.slice(0, m).map((n) => n - 1));
  const start = reach.floordiv(2);
  return stack([start, reach.sub(start)], 1);
}
/** For each dimension from the first: `fill` for those before the spatial ones. */
function adjusted(given: Tensor, fill: number, first: number): TensorLike {
  const flat = numbersOf(given);
  const isPairs = given.shape.rank === 2;
  const before = Array.from({ length: first - 1 }, () => (isPairs ? [fill, fill] : fill));
  if (flat) return [...before, ...(isPairs ? pairsOf(flat) : flat)] as TensorLike;
  const m = given.shape.dims![0]!;
  const parts: TensorLike[] = [...(first > 1 ? [before as TensorLike] : []), given.get([0, m])];
  return concat(parts, 0);
}
/** What a function with gaps between its taps asks of its steps. @throws ValueError  for less than 1, or for both */
export function checkSteps(strides: readonly number[], rate: readonly number[]): void {
  if (rate.some((n) => n < 1)) throw new ValueError('all values of dilation_rate must be positive');
  if (strides.some((n) => n < 1)) throw new ValueError('all values of strides must be positive');
  if (strides.some((n) => n > 1) && rate.some((n) => n > 1))
    throw new ValueError('strides > 1 not supported in conjunction with dilation_rate > 1');
}
