/** Places in sorted rows. */
import { type DTypeLike, asDtype, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { textOf } from '../base/preview';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { OpRow, Rows } from '../graph/opdef';
import { withRank } from '../graph/shape-fn';
import type { NameOption } from './options';
import { element, reshape, shapeOf } from './words';

const places: OpRow = {
  shape(c) {
    withRank(c, 0, 2);
    withRank(c, 1, 2);
    return [c.shape(1)];
  },
};
export const SEARCHSORTED = { LowerBound: places, UpperBound: places } satisfies Rows;

/** What `searchsorted` takes by name. */
export interface SearchsortedOptions extends NameOption {
  /** Before equal elements, or behind them. */
  readonly side?: 'left' | 'right';
  /** int32, or int64. */
  readonly outType?: DTypeLike;
}
/**
 * Where each value would stand in its sorted row.
 *
 *     tf.searchsorted([0, 3, 9, 9, 10], [2, 4, 9])   // [1, 2, 2]
 *
 * @param sortedSequence  numbers, each row (the last dimension) in order
 * @param values          its dtype, and its shape but for the last dimension
 * @param side            'left': before equal elements; 'right': behind them; 'left' where not given
 * @param outType         int32, or int64; int32 where not given
 * @returns  `outType`; the shape of values
 * @throws ValueError  for another side
 */
export const searchsorted = boundOptions(
  'searchsorted',
  2,
  (
    sortedSequence: TensorLike,
    values: TensorLike,
    { side = 'left', outType = int32, name }: SearchsortedOptions = {},
  ): Tensor => {
    const both = [sortedSequence, values].map((x) => convertToTensor(x));
    const sizes = both.map((x) => element(shapeOf(x), -1));
    const rows = both.map((x, i) => reshape(x, [-1, sizes[i]]));
    if (side !== 'left' && side !== 'right')
      throw new ValueError(`side must be either 'right' or 'left'.  Saw: ${textOf(side)}.`);
    const type = side === 'left' ? 'LowerBound' : 'UpperBound';
    return reshape(apply(type, rows, { out_type: asDtype(outType) }, name), shapeOf(both[1]));
  },
);
