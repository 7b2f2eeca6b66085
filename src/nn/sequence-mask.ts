/** `tf.sequenceMask`: which steps of sequences there are. Made of other ops, after TensorFlow 1.15's array_ops. */
import { type DTypeLike, type ElementOf, asDtype, bool, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { apply, inScope } from '../graph/apply';
import { type NotText, convertToTensor, isWeak } from '../graph/constant';
import type { Deeper, Made, RankFor } from '../graph/fetched';
import type { Tensor } from '../graph/graph';
import { knowingAll } from '../ops/known-calls';
import type { NamesAfter } from '../ops/known-ranks';
import type { NameOption } from '../ops/options';
import { expandDims } from '../ops/reshape';
import { allAxes, scalar } from '../ops/words';

interface SequenceMaskCall {
  <X extends NotText, D extends DTypeLike>(
    named: MaskNames & { readonly lengths: X; readonly dtype: D },
  ): Made<ElementOf<D>, Deeper<RankFor<X>>>;
  <X extends NotText>(
    named: MaskNames & { readonly lengths: X; readonly dtype?: null },
  ): Made<boolean, Deeper<RankFor<X>>>;
  <X extends NotText, D extends DTypeLike>(
    lengths: X,
    maxlen: NotText | null,
    dtype: D,
    ...more: NamesAfter
  ): Made<ElementOf<D>, Deeper<RankFor<X>>>;
  <X extends NotText, D extends DTypeLike>(
    lengths: X,
    maxlen: NotText | null,
    options: NameOption & { readonly dtype: D },
  ): Made<ElementOf<D>, Deeper<RankFor<X>>>;
  <X extends NotText, D extends DTypeLike>(
    lengths: X,
    options: MaskNames & { readonly dtype: D },
  ): Made<ElementOf<D>, Deeper<RankFor<X>>>;
  <X extends NotText>(
    lengths: X,
    maxlen?: NotText | null | MaskNames,
    dtype?: null | NameOption,
    ...more: NamesAfter
  ): Made<boolean, Deeper<RankFor<X>>>;
}
interface MaskNames extends NameOption {
  readonly maxlen?: NotText | null;
}
/**
 * Which steps of sequences there are: true up to each length, false behind it.
 *
 *     tf.sequenceMask([1, 3, 2], 4)               // [[true, false, false, false], [true, true, true, false], …]
 *     tf.sequenceMask([2, 1], { dtype: tf.float32 })   // [[1, 1], [1, 0]]
 *
 * @param lengths  whole numbers, any shape
 * @param maxlen   the size of the result's last dimension: a scalar; the largest length where not given
 * @param dtype    of the result; bool where not given
 * @returns  `dtype`, shape lengths.shape + [maxlen]
 * @throws ValueError  for a `maxlen` that is no scalar
 */
export const sequenceMask = knowingAll<SequenceMaskCall>()(
  'sequence_mask',
  (given: NotText, maxlen?: NotText, dtype: DTypeLike = bool, name?: string): Tensor =>
    inScope(name, 'SequenceMask', [given, maxlen], () => {
      const whole = (x: NotText): Tensor => convertToTensor(x, isWeak(x) ? int32 : null);
      const lengths = whole(given);
      const limit = maxlen === undefined ? largest(lengths) : whole(maxlen);
      if (limit.shape.rank !== null && limit.shape.rank !== 0)
        throw new ValueError('maxlen must be scalar for sequence_mask');
      const [zero, one] = [0, 1].map((n) => scalar(n, limit.dtype));
      const steps = apply('Range', [zero, limit, one]);
      const column = apply('Cast', [expandDims(lengths, -1)], { DstT: limit.dtype });
      const mask = steps.less(column);
      const type = asDtype(dtype);
      return type === bool ? mask : apply('Cast', [mask], { DstT: type });
    }),
);
function largest(lengths: Tensor): Tensor {
  const most = apply('Max', [lengths, allAxes(lengths)]);
  return apply('Maximum', [scalar(0, most.dtype), most]);
}
