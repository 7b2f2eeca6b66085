/** What the compiler knows of calls that give named tuples. */
import type { DType } from '../base/dtype';
import type { NamedTuple } from '../base/named-tuple';
import type { TensorLike } from '../graph/constant';
import type { ArrayTensor, ElementFor, Like, LikeWith, Made, RankFor } from '../graph/fetched';
import type { NameOption } from './options';
import type { NamesAfter, WithoutAxes } from './known-ranks';

/** `unique` and its kin, of a vector. */
export interface UniqueCall {
  <X extends TensorLike>(named: PlaceType & { readonly x: X }): Unique<X>;
  <X extends TensorLike>(x: X, outIdx?: DType<number> | null | PlaceType, ...more: NamesAfter): Unique<X>;
}
interface PlaceType extends NameOption {
  readonly outIdx?: DType<number> | null;
}
type Unique<X> = NamedTuple<readonly ['y', 'idx'], readonly [Made<ElementFor<X>, 1>, ArrayTensor<number, 1>]>;
/** `uniqueWithCounts` */
export interface CountsCall {
  <X extends TensorLike>(named: PlaceType & { readonly x: X }): Counted<X>;
  <X extends TensorLike>(x: X, outIdx?: DType<number> | null | PlaceType, ...more: NamesAfter): Counted<X>;
}
type Counted<X> = NamedTuple<
  readonly ['y', 'idx', 'count'],
  readonly [Made<ElementFor<X>, 1>, ArrayTensor<number, 1>, ArrayTensor<number, 1>]
>;
/** `setdiff1d` */
export interface DifferenceCall {
  <X extends TensorLike>(named: IndexType & { readonly x: X; readonly y: TensorLike }): Difference<X>;
  <X extends TensorLike>(
    x: X,
    y: TensorLike,
    indexDtype?: DType<number> | null | IndexType,
    ...more: NamesAfter
  ): Difference<X>;
}
interface IndexType extends NameOption {
  readonly indexDtype?: DType<number> | null;
}
type Difference<X> = NamedTuple<readonly ['out', 'idx'], readonly [Made<ElementFor<X>, 1>, ArrayTensor<number, 1>]>;
/** `topK` */
export interface TopKCall<O> {
  <X extends TensorLike>(named: O & { readonly input: X; readonly k?: TensorLike | null }): Best<X>;
  <X extends TensorLike>(
    input: X,
    k?: TensorLike | null | O,
    sorted?: boolean | null | O,
    ...more: NamesAfter
  ): Best<X>;
}
type Best<X> = NamedTuple<readonly ['values', 'indices'], readonly [Like<X>, LikeWith<X, number>]>;
/** `moments` */
export interface MomentsCall {
  <X extends TensorLike, const A extends number | readonly number[]>(
    named: NameOption & { readonly x: X; readonly axes: A },
  ): Moments<Made<ElementFor<X>, WithoutAxes<RankFor<X>, A>>>;
  <X extends TensorLike>(
    named: KeptDims & { readonly x: X; readonly axes: number | readonly number[] },
  ): Moments<Like<X>>;
  <X extends TensorLike, const A extends number | readonly number[]>(
    x: X,
    options: NameOption & { readonly axes: A },
  ): Moments<Made<ElementFor<X>, WithoutAxes<RankFor<X>, A>>>;
  <X extends TensorLike>(x: X, options: KeptDims & { readonly axes: number | readonly number[] }): Moments<Like<X>>;
  <X extends TensorLike, const A extends number | readonly number[]>(
    x: X,
    axes: A,
    options?: NameOption | null,
  ): Moments<Made<ElementFor<X>, WithoutAxes<RankFor<X>, A>>>;
  <X extends TensorLike>(x: X, axes: number | readonly number[], options: KeptDims): Moments<Like<X>>;
  <X extends TensorLike, const A extends number | readonly number[]>(
    x: X,
    axes: A,
    shift: null,
    name?: string | null | NameOption,
    ...more: [keepDims?: false | null, keepdims?: false | null]
  ): Moments<Made<ElementFor<X>, WithoutAxes<RankFor<X>, A>>>;
  <X extends TensorLike>(
    x: X,
    axes: number | readonly number[],
    shift: null,
    name: string | null,
    ...more: [keepDims: true, keepdims?: null] | [keepDims: null, keepdims: true]
  ): Moments<Like<X>>;
}
type KeptDims = NameOption & ({ readonly keepDims: true } | { readonly keepdims: true });
type Moments<T> = NamedTuple<readonly ['mean', 'variance'], readonly [T, T]>;
