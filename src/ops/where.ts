/** Choosing by truth: positions of true elements, masks, `where`; and distinct elements. */
import { oneOfTwo } from './select';
import { type NamedTuple, namedTuple } from '../base/named-tuple';
import { type DType, int32 } from '../base/dtype';
import { checkInt } from '../base/border';
import { ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, type NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { withRank } from '../graph/shape-fn';
import type { NameOption } from './options';
import { gather, reshape, shapeOf, sliced } from './words';
import { knowing, knowingOnly } from './known-calls';
import type { MaskCall, WhereCall } from './known-lists';
import type { CountsCall, UniqueCall } from './known-tuples';

export const WHERE = {
  Where: {
    shape: (c) => [[null, c.shape(0).rank]],
  },
  Unique: {
    shape: (c) => [[null], vectorAsIs(c)],
  },
  UniqueWithCounts: {
    shape: (c) => [[null], vectorAsIs(c), [null]],
  },
} satisfies Rows;

/** A vector's shape, which stays unknown where it is. */
function vectorAsIs(c: ShapeContext): TensorShape {
  withRank(c, 0, 1);
  return c.shape(0);
}

/**
 * With one argument the positions of the true elements; with three, `x` where `condition` is true and `y` elsewhere.
 *
 *     tf.where([[true, false], [true, true]])         // [[0, 0], [1, 0], [1, 1]]
 *     tf.where([true, false], [1, 2], [3, 4])         // [1, 4]
 *
 * @param condition  bool (alone, any dtype: true where not zero); of the shape of x, or a vector that chooses rows
 * @param x          any dtype
 * @param y          x's dtype and shape
 * @returns  x's dtype and shape; with one argument int64, shape [true elements, rank]
 * @throws ValueError  if only one of x and y is given, or shapes do not fit
 */
export const where = knowingOnly<WhereCall>()(
  'where',
  3,
  function where(condition: TensorLike, x?: NotText | null, y?: NotText | null, { name }: NameOption = {}): Tensor {
    const given = [x, y].filter((v) => v !== null && v !== undefined).length;
    if (given === 2) return apply('Select', [condition, x!, y!], {}, name);
    if (given === 1) throw oneOfTwo();
    return inScope(name, 'Where', [condition], (scope) =>
      apply('Where', [convertToTensor(condition, null, 'condition')], {}, scope),
    );
  },
);

/**
 * The elements of `tensor` at which `mask` is true, along one axis.
 *
 *     tf.booleanMask([[1, 2], [3, 4], [5, 6]], [true, false, true])   // [[1, 2], [5, 6]]
 *
 * @param tensor  any dtype
 * @param mask    bool, of known rank K > 0, of the shape of K dimensions of `tensor`
 * @param axis    the first of those dimensions; 0 where not given
 * @returns  the tensor's dtype; those K dimensions are one
 * @throws ValueError  if the shapes do not fit, or the mask is a scalar
 */
export const booleanMask = knowing<MaskCall>()(
  'boolean_mask',
  2,
  function booleanMask(
    tensor: TensorLike,
    mask: TensorLike,
    { name, axis = 0 }: NameOption & { axis?: number | null } = {},
  ): Tensor {
    return inScope(name, 'boolean_mask', [tensor, mask], () => {
      const x = convertToTensor(tensor, null, 'tensor');
      const m = convertToTensor(mask, null, 'mask');
      const from = axis ?? 0;
      checkInt(from, 'axis');
      const dims = masked(x, m, from);
      const to = from + dims.length;
      const part = (begin: number | null, end: number | null): Tensor => sliced(shapeOf(x), begin, end);
      const leading = apply('Prod', [part(from, to), [0]], { keep_dims: false });
      const [before, after] = [part(null, from), part(to, null)];
      const flat = reshape(x, apply('ConcatV2', [[before, [leading], after], 0], {}, 'concat'));
      if (x.shape.dims)
        flat.setShape([
          ...x.shape.dims.slice(0, from),
          new TensorShape(x.shape.dims.slice(from, to)).numElements(),
          ...x.shape.dims.slice(to),
        ]);
      const indices = apply('Squeeze', [where(reshape(m, [-1]))], { squeeze_dims: [1] });
      return from === 0 ? gather(flat, indices) : apply('GatherV2', [flat, indices, from]);
    });
  },
);
/** The dimensions that a mask covers. */
function masked(x: Tensor, mask: Tensor, axis: number): readonly (number | null)[] {
  if (mask.shape.rank === 0) throw new ValueError('mask cannot be scalar.');
  if (mask.shape.dims === null)
    throw new ValueError(
      'Number of mask dimensions must be specified, even if some dimensions are None.  ' +
        'E.g. shape=[None] is ok, but shape=None is not.',
    );
  const covered = new TensorShape(x.shape.dims && x.shape.dims.slice(axis, axis + mask.shape.dims.length));
  if (!covered.isCompatibleWith(mask.shape))
    throw new ValueError(`Shapes ${covered} and ${mask.shape} are incompatible`);
  return mask.shape.dims;
}

/** Python's named tuple: `[y, idx]` and `.y`, `.idx`. */
export type Unique = NamedTuple<readonly ['y', 'idx'], Tensor>;
/**
 * The distinct elements of a vector, in order of appearance, and the place of each element among them.
 *
 *     const { y, idx } = tf.unique([1, 1, 2, 4, 4])   // [[1, 2, 4], [0, 0, 1, 2, 2]]
 *
 * @param x       a vector of any dtype
 * @param outIdx  dtype of `idx`, int32 or int64; int32 where not given
 * @returns  `[y, idx]`, by name as well: x's dtype and `outIdx`
 * @throws ValueError  for another rank than 1
 */
export const unique = knowing<UniqueCall>()(
  'unique',
  2,
  function unique(x: TensorLike, outIdx: DType = int32, { name }: NameOption = {}): Unique {
    return namedTuple(['y', 'idx'], outputs('Unique', x, outIdx, name));
  },
);
/**
 * The distinct elements of a vector, in order of appearance, the place of each element among them, and how often
 * each comes.
 *
 *     const { y, idx, count } = tf.uniqueWithCounts([1, 1, 2])   // [[1, 2], [0, 0, 1], [2, 1]]
 *
 * @param x       a vector of any dtype
 * @param outIdx  dtype of `idx` and `count`, int32 or int64; int32 where not given
 * @returns  `[y, idx, count]`, by name as well
 * @throws ValueError  for another rank than 1
 */
export const uniqueWithCounts = knowing<CountsCall>()(
  'unique_with_counts',
  2,
  function uniqueWithCounts(
    x: TensorLike,
    outIdx: DType = int32,
    { name }: NameOption = {},
  ): NamedTuple<readonly ['y', 'idx', 'count'], Tensor> {
    return namedTuple(['y', 'idx', 'count'], outputs('UniqueWithCounts', x, outIdx, name));
  },
);
function outputs(type: string, x: TensorLike, outIdx: DType, name: string | null | undefined): readonly Tensor[] {
  return applyOp(type, [x], { out_idx: outIdx }, name).outputs;
}
