/** What the compiler knows of calls that add dimensions or take them away. */
import type { DTypeLike, ElementOf, Long } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import type { NotText, TensorLike } from '../graph/constant';
import type { Deeper, ElementFor, Made, RankFor, Shallower } from '../graph/fetched';
import type { ScalarTensor, Tensor, TensorOf } from '../graph/graph';
import type { NameOption } from './options';
import type { NamesAfter, Picked, Symbolic, WithoutAxes } from './known-ranks';

/** `reduceSum` and its kin: without an axis a scalar. `V` is what elements become, where they change. */
export interface ReductionCall<V, O> {
  <X extends NotText, A extends null = null>(
    x: X,
    axis?: A,
    keepdims?: false | null | NameOption,
    ...more: NamesAfter
  ): Made<Reduced<X, V>, 0>;
  <X extends NotText>(x: X, options: Dropping & { readonly axis?: null }): Made<Reduced<X, V>, 0>;
  <X extends NotText>(named: Dropping & { readonly inputTensor: X; readonly axis?: null }): Made<Reduced<X, V>, 0>;
  <X extends NotText, const A extends number | readonly number[]>(
    named: Dropping & { readonly inputTensor: X; readonly axis: A },
  ): Made<Reduced<X, V>, WithoutAxes<RankFor<X>, A>>;
  <X extends NotText>(
    named: O & { readonly inputTensor: X } & ({ readonly keepdims: true } | { readonly keepDims: true }),
  ): Kept<X, V>;
  <X extends NotText>(x: X, axis: number | readonly number[] | null, keepdims: true, ...more: NamesAfter): Kept<X, V>;
  <X extends NotText>(
    x: X,
    axis: number | readonly number[] | null,
    options: NameOption & ({ readonly keepdims: true } | { readonly keepDims: true }),
  ): Kept<X, V>;
  <X extends NotText>(x: X, options: O & ({ readonly keepdims: true } | { readonly keepDims: true })): Kept<X, V>;
  <X extends NotText, const A extends number | readonly number[]>(
    x: X,
    axis: A,
    keepdims?: false | null | Dropping,
    ...more: NamesAfter
  ): Made<Reduced<X, V>, WithoutAxes<RankFor<X>, A>>;
  <X extends NotText, const A extends number | readonly number[]>(
    x: X,
    options: Dropping & { readonly axis: A },
  ): Made<Reduced<X, V>, WithoutAxes<RankFor<X>, A>>;
  <X extends NotText, const A extends number | readonly number[]>(
    x: X,
    options: NameOption & { readonly reductionIndices: A; readonly keepDims?: false | null },
  ): Made<Reduced<X, V>, WithoutAxes<RankFor<X>, A>>;
}
/** That dimensions go, if it is said at all. */
interface Dropping extends NameOption {
  readonly keepdims?: false | null;
  readonly keepDims?: false | null;
}
/** What nothing is known of counts as numbers: the sum of it is used as one. */
type Reduced<X, V> = [V] extends [never] ? (unknown extends ElementFor<X> ? number : ElementFor<X>) : V;
type Kept<X, V> = Made<Reduced<X, V>, RankFor<X>>;
/** A place in a list fits a number; several are an array of int64. */
type PlacesOf<R> = R extends 0 ? ScalarTensor : [R] extends [null] ? TensorOf<number | NDArray<Long>> : Made<Long, R>;
/** `argmax` and `argmin`: places are int64 where nothing else is asked for. */
export interface PlaceCall {
  <X extends NotText>(named: NameAndAxis & { readonly input: X }): PlacesOf<Shallower<RankFor<X>>>;
  <X extends NotText, D extends DTypeLike>(
    named: NameAndAxis & { readonly input: X; readonly outputType: D },
  ): Made<ElementOf<D>, Shallower<RankFor<X>>>;
  <X extends NotText>(
    x: X,
    axis?: number | Tensor | null | NameAndAxis,
    ...more: [name?: string | null | NameAndAxis, dimension?: number | Tensor | null]
  ): PlacesOf<Shallower<RankFor<X>>>;
  <X extends NotText, D extends DTypeLike>(
    x: X,
    axis: number | Tensor | null,
    options: NameOption & { readonly outputType: D },
  ): Made<ElementOf<D>, Shallower<RankFor<X>>>;
  <X extends NotText, D extends DTypeLike>(
    x: X,
    axis: number | Tensor | null,
    name: string | null,
    dimension: number | Tensor | null,
    outputType: D,
  ): Made<ElementOf<D>, Shallower<RankFor<X>>>;
  <X extends NotText, D extends DTypeLike>(
    x: X,
    options: NameAndAxis & { readonly outputType: D },
  ): Made<ElementOf<D>, Shallower<RankFor<X>>>;
}
interface NameAndAxis extends NameOption {
  readonly axis?: number | Tensor | null;
  readonly dimension?: number | Tensor | null;
}
/** `expandDims` */
export interface ExpandCall {
  <X extends TensorLike>(named: Where & { readonly input: X }): Made<ElementFor<X>, Deeper<RankFor<X>>>;
  <X extends TensorLike>(
    x: X,
    axis: number | Tensor | Where,
    ...more: NamesAfter
  ): Made<ElementFor<X>, Deeper<RankFor<X>>>;
}
type Where = NameOption & ({ readonly axis: number | Tensor } | { readonly dim: number | Tensor });
/** `squeeze` */
export interface SqueezeCall {
  <X extends TensorLike, const A extends number | readonly number[]>(
    named: NameOption & { readonly input: X } & ({ readonly axis: A } | { readonly squeezeDims: A }),
  ): Made<ElementFor<X>, WithoutAxes<RankFor<X>, A>>;
  <X extends TensorLike>(named: NameOption & { readonly input: X; readonly axis?: null }): Made<ElementFor<X>, null>;
  <X extends TensorLike, const A extends number | readonly number[]>(
    x: X,
    axis: A,
    ...more: NamesAfter
  ): Made<ElementFor<X>, WithoutAxes<RankFor<X>, A>>;
  <X extends TensorLike, const A extends number | readonly number[]>(
    x: X,
    options: NameOption & ({ readonly axis: A } | { readonly squeezeDims: A }),
  ): Made<ElementFor<X>, WithoutAxes<RankFor<X>, A>>;
  <X extends TensorLike, const A extends number | readonly number[]>(
    x: X,
    axis: null,
    name: string | null,
    squeezeDims: A,
  ): Made<ElementFor<X>, WithoutAxes<RankFor<X>, A>>;
  <X extends TensorLike>(x: X, axis?: null | NameOption, ...more: NamesAfter): Made<ElementFor<X>, null>;
}
/** `oneHot` */
export interface OneHotCall {
  <X extends TensorLike>(named: HotValues & Hot<X> & { readonly dtype?: null }): Made<number, Deeper<RankFor<X>>>;
  <X extends TensorLike, D extends DTypeLike>(
    named: HotValues & Hot<X> & { readonly dtype: D },
  ): Made<ElementOf<D>, Deeper<RankFor<X>>>;
  <X extends TensorLike>(
    indices: X,
    depth: number | Tensor,
    onValue?:
      | number
      | null
      | (NameOption & { readonly axis?: number; readonly onValue?: number; readonly offValue?: number }),
    offValue?: number | null,
    axis?: number | null,
    ...more: [dtype?: null | NameOption, name?: string | null | NameOption]
  ): Made<number, Deeper<RankFor<X>>>;
  <X extends TensorLike, D extends DTypeLike>(
    indices: X,
    depth: number | Tensor,
    onValue: TensorLike | null,
    offValue: TensorLike | null,
    axis: number | null,
    dtype: D,
    ...more: NamesAfter
  ): Made<ElementOf<D>, Deeper<RankFor<X>>>;
  <X extends TensorLike, D extends DTypeLike>(
    indices: X,
    depth: number | Tensor,
    options: HotValues & { readonly dtype: D },
  ): Made<ElementOf<D>, Deeper<RankFor<X>>>;
}
interface Hot<X> {
  readonly indices: X;
  readonly depth: number | Tensor;
}
interface HotValues extends NameOption {
  readonly axis?: number | null;
  readonly onValue?: TensorLike | null;
  readonly offValue?: TensorLike | null;
}
/**
 * `gather`, along any axis, and `embeddingLookup`. `At` is the name of where, `More` stand behind it, and `O` are these
 * by name.
 */
export interface GatherCall<At extends string, More extends readonly unknown[], O> {
  <P extends Symbolic, I extends TensorLike>(
    named: O & { readonly params: P } & { readonly [K in At]: I },
  ): Made<ElementFor<P>, Picked<RankFor<P>, RankFor<I>>>;
  <P extends Symbolic, I extends TensorLike>(
    params: P,
    indices: I,
    ...more: More
  ): Made<ElementFor<P>, Picked<RankFor<P>, RankFor<I>>>;
}
