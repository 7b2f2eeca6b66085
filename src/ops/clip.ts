/** Keeping values and gradients within bounds: compositions, as TensorFlow 1.x has them. */
import { float32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, isSymbolic, type TensorLike, type NotText } from '../graph/constant';
import type { Like } from '../graph/fetched';
import { getDefaultGraph, IndexedSlices, type ScalarTensor, type Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { unchanged } from '../graph/shape-fn';
import { maximum, minimum } from './elementwise';
import { boundLike, boundLikeOr, knowing } from './known-calls';
import type { NameOption } from './options';
import { type Axis, reduceSum } from './reduce';
import { isFinite, rsqrt, sqrt } from './unary';
import { castTo, onesLike, range, rankOf, scalar, select, sizeOf, sum } from './words';

export const CLIP = {
  // tf.clipByValue does not make it, as 1.15's does not; and it has no gradient there.
  ClipByValue: { shape: unchanged },
} satisfies Rows;

type Clippable = NotText | IndexedSlices;
function valuesOf(t: Clippable, name: string): Tensor {
  return t instanceof IndexedSlices ? t.values : convertToTensor(t, null, name);
}
/** The same kind of thing as `like`, with other values. */
function rewrapped(like: Clippable, values: Tensor): Tensor | IndexedSlices {
  return like instanceof IndexedSlices ? new IndexedSlices(values, like.indices, like.denseShape) : values;
}

/**
 * Sets what is below the least value to it, and what is above the greatest to that.
 *
 *     tf.clipByValue([-3, 0.5, 9], -1, 1)   // [-1, 0.5, 1]
 *
 * @param t             real numbers, any shape; or `IndexedSlices`
 * @param clipValueMin  the least: a number, or a tensor of t's dtype that broadcasts to t
 * @param clipValueMax  the greatest
 * @returns  t's dtype and shape
 * @throws ValueError  if a bound would broadcast t to another shape
 */
export const clipByValue = boundLikeOr<IndexedSlices>()('clip_by_value', 3, plainClipByValue);
function plainClipByValue(t: Clippable, min: NotText, max: NotText, { name }: NameOption = {}): Tensor | IndexedSlices {
  return inScope(name, 'clip_by_value', [valueOrSelf(t), min, max], (scope) => {
    const values = valuesOf(t, 't');
    const low = minimum(values, max);
    keepsShape(values, low);
    const out = maximum(low, min, { name: scope });
    keepsShape(values, out);
    return rewrapped(t, out);
  });
}
/** @throws ValueError  where a limit has stretched the values */
function keepsShape(values: Tensor, clipped: Tensor): void {
  if (values.shape.isCompatibleWith(clipped.shape)) return;
  throw new ValueError(
    `Shapes ${values.shape} and ${clipped.shape} are not compatible` +
      (values.shape.rank === 0
        ? '\n  fix: the tensor comes first, then the least and the greatest value: tf.clipByValue(x, 0, 1).'
        : '\n  fix: a limit is one number, or has the shape of what is clipped.'),
  );
}
function valueOrSelf(t: Clippable): TensorLike {
  return t instanceof IndexedSlices ? t.values : t;
}

/**
 * Scales `t` down so that its L2 norm is at most `clipNorm`; over `axes`, or over all of it.
 *
 *     tf.clipByNorm([3, 4], 1)   // [0.6, 0.8]
 *
 * @param t         floats, any shape; or `IndexedSlices`
 * @param clipNorm  the largest norm: a number or a scalar tensor
 * @param axes      dimensions that one norm is taken over; all where not given
 * @returns  t's dtype and shape
 * @throws ValueError  if `clipNorm` would broadcast t to another shape
 */
export const clipByNorm = boundLikeOr<IndexedSlices>()('clip_by_norm', 3, plainClipByNorm);
function plainClipByNorm(
  t: Clippable,
  clipNorm: NotText,
  axes: Axis = null,
  { name }: NameOption = {},
): Tensor | IndexedSlices {
  return inScope(name, 'clip_by_norm', [valueOrSelf(t), clipNorm], (scope) => {
    const values = valuesOf(t, 't');
    const squares = reduceSum(values.mul(values), axes, { keepdims: true });
    const positive = squares.greater(0);
    // Two selections: the gradient of √ at 0 would be NaN.
    const safe = select(positive, squares, onesLike(squares));
    const norm = select(positive, sqrt(safe), squares);
    const scaled = values.mul(clipNorm);
    values.shape.mergeWith(scaled.shape);
    const clipped = apply('Identity', [scaled.div(maximum(norm, clipNorm))], {}, scope);
    return rewrapped(t, clipped);
  });
}

type Sparse = Clippable | null;
function checkedList(list: readonly Sparse[]): void {
  if (!Array.isArray(list)) throw new TypeError_('t_list should be a sequence');
}
function listed(list: readonly Sparse[]): (Tensor | null)[] {
  return list.map((t, i) => (t === null ? null : valuesOf(t, `t_${i}`)));
}

/**
 * The L2 norm of a list of tensors taken as one long vector; nulls are skipped.
 *
 *     tf.globalNorm([[3], [4]])   // 5
 *
 * @param tList  floats, or `IndexedSlices`, or null
 * @returns  a scalar; 0 where all are null
 * @throws TypeError  for anything but a list
 */
export const globalNorm = boundOptions(
  'global_norm',
  1,
  function globalNorm(list: readonly Sparse[], { name }: NameOption = {}): ScalarTensor {
    checkedList(list);
    return inScope(
      name,
      'global_norm',
      list.map((t) => (t === null ? 0 : valueOrSelf(t))),
      () => {
        const present = listed(list).filter((t): t is Tensor => t !== null);
        const halves = present.map((v) => getDefaultGraph().colocateWith(v, () => apply('L2Loss', [v])));
        // Of none, as in Python: an empty constant, whose sum is 0.
        const half = reduceSum(convertToTensor(halves, null, 'stack'));
        return sqrt(half.mul(scalar(2, half.dtype)), { name: 'global_norm' }) as ScalarTensor;
      },
    );
  },
);

/**
 * Scales a list of tensors down together, so that their global norm is at most `clipNorm` (Pascanu et al. 2012).
 *
 *     const [clipped, norm] = tf.clipByGlobalNorm([[3], [4]], 1)   // [[[0.6], [0.8]], 5]
 *
 * @param tList     floats, or `IndexedSlices`, or null
 * @param clipNorm  the largest norm: a number or a scalar tensor
 * @param useNorm   the global norm, where it is known already
 * @returns  the list, nulls kept, and the norm; all NaN where the norm is not finite
 * @throws TypeError  for anything but a list
 */
export const clipByGlobalNorm = knowing<GlobalClipCall>()('clip_by_global_norm', 2, plainClipByGlobalNorm);
/** Each is what it was: a gradient of `tf.gradients` may be taken for one. */
type ClippedList<L> = { -readonly [I in keyof L]: L[I] extends Tensor | IndexedSlices | null ? L[I] : Like<L[I]> };
type GlobalClipCall = <const L extends readonly Sparse[]>(
  tList: L,
  clipNorm: NotText,
  useNorm?: Tensor | GlobalNormOptions | null,
  ...more: [name?: string | NameOption | null]
) => [ClippedList<L>, ScalarTensor];
function plainClipByGlobalNorm(
  list: readonly Sparse[],
  clipNorm: NotText,
  { useNorm, name }: GlobalNormOptions = {},
): [(Tensor | IndexedSlices | null)[], ScalarTensor] {
  checkedList(list);
  const norm = useNorm === null || useNorm === undefined ? globalNorm(list, { name }) : convertToTensor(useNorm);
  const clipped = inScope(name, 'clip_by_global_norm', [norm], (scope) => {
    const inverse = apply('RealDiv', [1, norm], {}, 'truediv');
    const one = scalar(1, norm.dtype);
    const smaller = minimum(inverse, one.div(clipNorm));
    // The number stands first: its constant is named x.
    const finite = isSymbolic(clipNorm)
      ? convertToTensor(clipNorm).mul(smaller)
      : apply('Mul', [clipNorm, smaller], {}, 'mul');
    const scale = select(isFinite(norm), finite, scalar(NaN, norm.dtype));
    const values = listed(list);
    return values.map((v, i) => {
      const like = list[i];
      if (!v || like === null) return null;
      return getDefaultGraph().colocateWith(v, () =>
        rewrapped(like, apply('Identity', [v.mul(scale)], {}, `${scope}_${i}`)),
      );
    });
  });
  return [clipped, norm as ScalarTensor];
}
/** What `clipByGlobalNorm` takes by name. */
export interface GlobalNormOptions extends NameOption {
  /** The global norm, where it is known already. */
  readonly useNorm?: Tensor | null;
}

/**
 * Scales `t` down so that its L2 norm divided by its number of elements is at most `clipNorm`.
 *
 *     tf.clipByAverageNorm([3, 4], 1)   // [1.2, 1.6]
 *
 * @param t         floats, any shape
 * @param clipNorm  the largest average norm: a number or a scalar tensor
 * @returns  t's dtype and shape
 * @throws TypeError  for integers
 */
export const clipByAverageNorm = boundLike(
  'clip_by_average_norm',
  2,
  function clipByAverageNorm(t: NotText, clipNorm: NotText, { name }: NameOption = {}): Tensor {
    return inScope(name, 'clip_by_average_norm', [t, clipNorm], (scope) => {
      const x = convertToTensor(t, null, 't');
      const size = castTo(sizeOf(x), float32);
      const squares = x.mul(x);
      const rank = rankOf(x);
      const inverse = rsqrt(sum(squares, range(0, rank)));
      const scaled = x.mul(clipNorm);
      const mean = inverse.mul(size);
      const bound = minimum(mean, scalar(1, float32).div(clipNorm));
      return apply('Identity', [scaled.mul(bound)], {}, scope);
    });
  },
);
