/** What the compiler knows of calls that say a shape. */
import type { DType, DTypeLike, ElementOf } from '../base/dtype';
import type { TensorLike, NotText } from '../graph/constant';
import type { ArrayTensor, ElementFor, Like, LikeWith, Made, Product } from '../graph/fetched';
import type { ScalarTensor } from '../graph/graph';
import type { NameOption } from './options';
import type { KnownSizes, NamesAfter, RankOfSizes } from './known-ranks';

/** `zeros` and `ones`. */
export interface FilledCall {
  <const S extends KnownSizes, D extends DTypeLike = DType<number>>(
    named: NameOption & { readonly shape: S; readonly dtype?: D },
  ): Made<ElementOf<D>, RankOfSizes<S>>;
  <const S extends KnownSizes>(shape: S, options?: NameOption | null): Made<number, RankOfSizes<S>>;
  <const S extends KnownSizes, D extends DTypeLike>(
    shape: S,
    dtype: D,
    ...more: NamesAfter
  ): Made<ElementOf<D>, RankOfSizes<S>>;
  <const S extends KnownSizes, D extends DTypeLike>(
    shape: S,
    options: NameOption & { readonly dtype: D },
  ): Made<ElementOf<D>, RankOfSizes<S>>;
}
/** `fill` */
export interface FillCall {
  <const S extends KnownSizes, V extends TensorLike>(
    named: NameOption & { readonly dims: S; readonly value: V },
  ): Made<ElementFor<V>, RankOfSizes<S>>;
  <const S extends KnownSizes, V extends TensorLike>(
    dims: S,
    value: V | (NameOption & { readonly value: V }),
    ...more: NamesAfter
  ): Made<ElementFor<V>, RankOfSizes<S>>;
}
interface SeedAndName extends NameOption {
  readonly seed?: number | null;
}
/** Random numbers of a shape. `O` are the options that say more of them. */
export interface RandomCall<O> {
  <const S extends KnownSizes, D extends DTypeLike = DType<number>>(
    named: Of<O, D> & { readonly shape: S },
  ): Drawn<S, D>;
  <const S extends KnownSizes, D extends DTypeLike = DType<number>>(
    shape: S,
    options?: SeedAndName & { readonly dtype?: D },
  ): Drawn<S, D>;
  <const S extends KnownSizes, D extends DTypeLike = DType<number>>(shape: S, options?: Of<O, D>): Drawn<S, D>;
  <const S extends KnownSizes, D extends DTypeLike = DType<number>>(
    shape: S,
    first: TensorLike | null,
    second?: TensorLike | null,
    options?: Of<O, D>,
  ): Drawn<S, D>;
  <const S extends KnownSizes, D extends DTypeLike = DType<number>>(
    shape: S,
    first: TensorLike | null,
    options: Of<O, D>,
  ): Drawn<S, D>;
  <const S extends KnownSizes, D extends DTypeLike>(
    shape: S,
    first: TensorLike | null,
    second: TensorLike | null,
    dtype: D,
    ...more: [seed?: number | null | SeedAndName, name?: string | null | NameOption]
  ): Drawn<S, D>;
}
type Of<O, D> = Omit<O, 'dtype'> & { readonly dtype?: D };
type Drawn<S, D> = Made<ElementOf<D>, RankOfSizes<S>>;
/** `placeholder` */
export interface PlaceholderCall {
  <D extends DTypeLike, const S extends KnownSizes>(
    named: NameOption & { readonly dtype: D; readonly shape: S },
  ): Made<ElementOf<D>, RankOfSizes<S>>;
  <D extends DTypeLike, const S extends KnownSizes>(
    dtype: D,
    shape: S,
    ...more: NamesAfter
  ): Made<ElementOf<D>, RankOfSizes<S>>;
  <D extends DTypeLike, const S extends KnownSizes>(
    dtype: D,
    options: NameOption & { readonly shape: S },
  ): Made<ElementOf<D>, RankOfSizes<S>>;
  <D extends DTypeLike>(dtype: D, shape?: null | NameOption, ...more: NamesAfter): Made<ElementOf<D>, null>;
}
/** `constant`, of what `V` allows. */
export interface ConstantCall<V> {
  <X extends V>(named: NameOption & { readonly value: X; readonly dtype?: null; readonly shape?: null }): Like<X>;
  <X extends V, D extends DTypeLike>(
    named: NameOption & { readonly value: X; readonly dtype: D; readonly shape?: null },
  ): LikeWith<X, ElementOf<D>>;
  <X extends V, const S extends readonly number[]>(
    named: NameOption & { readonly value: X; readonly dtype?: null; readonly shape: S },
  ): Made<ElementFor<X>, RankOfSizes<S>>;
  <X extends V>(value: X, options?: null | (NameOption & { readonly dtype?: null; readonly shape?: null })): Like<X>;
  <X extends V, D extends DTypeLike>(value: X, dtype: D, shape?: null | NameOption): LikeWith<X, ElementOf<D>>;
  <X extends V, D extends DTypeLike>(
    value: X,
    options: NameOption & { readonly dtype: D; readonly shape?: null },
  ): LikeWith<X, ElementOf<D>>;
  <X extends V, const S extends readonly number[]>(
    value: X,
    dtype: null,
    shape: S,
    ...more: NamesAfter
  ): Made<ElementFor<X>, RankOfSizes<S>>;
  <X extends V, const S extends readonly number[]>(
    value: X,
    options: NameOption & { readonly dtype?: null; readonly shape: S },
  ): Made<ElementFor<X>, RankOfSizes<S>>;
  <X extends V, D extends DTypeLike, const S extends readonly number[]>(
    value: X,
    dtype: D,
    shape: S | (NameOption & { readonly shape: S }),
    ...more: NamesAfter
  ): Made<ElementOf<D>, RankOfSizes<S>>;
  <X extends V, D extends DTypeLike, const S extends readonly number[]>(
    value: X,
    options: NameOption & { readonly dtype: D; readonly shape: S },
  ): Made<ElementOf<D>, RankOfSizes<S>>;
}
/** `placeholderWithDefault` */
export interface DefaultCall {
  <X extends TensorLike, const S extends KnownSizes>(
    named: NameOption & { readonly input: X; readonly shape: S },
  ): Made<ElementFor<X>, RankOfSizes<S>>;
  <X extends TensorLike, const S extends KnownSizes>(
    input: X,
    shape: S | (NameOption & { readonly shape: S }),
    ...more: NamesAfter
  ): Made<ElementFor<X>, RankOfSizes<S>>;
}
/** `reshape` */
export interface ReshapeCall {
  <X extends TensorLike, const S extends KnownSizes>(
    named: NameOption & { readonly tensor: X; readonly shape: S },
  ): Made<ElementFor<X>, RankOfSizes<S>>;
  <X extends TensorLike, const S extends KnownSizes>(
    x: X,
    shape: S | (NameOption & { readonly shape: S }),
    ...more: NamesAfter
  ): Made<ElementFor<X>, RankOfSizes<S>>;
}
/** `range` */
export interface RangeCall {
  (
    named: NameOption & { readonly start: Bound; readonly limit?: Bound | null; readonly delta?: Bound | null },
  ): ArrayTensor<number, 1>;
  (
    start: Bound,
    limit?: Bound | null | NameOption,
    delta?: Bound | null | NameOption,
    ...more: [dtype?: null | NameOption, name?: string | null | NameOption]
  ): ArrayTensor<number, 1>;
  <D extends DTypeLike>(
    start: Bound,
    limit: Bound | null,
    delta: Bound | null,
    dtype: D,
    ...more: NamesAfter
  ): Made<ElementOf<D>, 1>;
}
/** A number, or a tensor that is one. */
type Bound = number | ScalarTensor;
/** `linspace` */
export interface LinspaceCall {
  (named: NameOption & { readonly start: Bound; readonly stop: Bound; readonly num: Bound }): ArrayTensor<number, 1>;
  (start: Bound, named: NameOption & { readonly stop: Bound; readonly num: Bound }): ArrayTensor<number, 1>;
  (start: Bound, stop: Bound, named: NameOption & { readonly num: Bound }): ArrayTensor<number, 1>;
  (start: Bound, stop: Bound, num: Bound, ...more: NamesAfter): ArrayTensor<number, 1>;
}
/** `matmul` */
export interface ProductCall<O> {
  <X extends NotText, Y extends NotText>(named: O & { readonly a: X; readonly b: Y }): Product<X, Y>;
  <X extends NotText, Y extends NotText>(
    a: X,
    b: Y,
    transposeA?: boolean | null | O,
    transposeB?: boolean | null | O,
    adjointA?: boolean | null | O,
    adjointB?: boolean | null | O,
    aIsSparse?: false | null,
    bIsSparse?: false | null,
    ...more: NamesAfter
  ): Product<X, Y>;
}
