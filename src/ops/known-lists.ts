/** What the compiler knows of calls that take or give several tensors, and of those that choose. */
import type { DTypeLike, ElementOf, Long, Scalar, TypedArray, Untold } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import type { Alike, BeforeNumbers, Beside, Numeric } from '../graph/alike';
import type { NotText, TensorLike, Whole } from '../graph/constant';
import type {
  ArrayTensor,
  Deeper,
  ElementFor,
  Like,
  LikeArray,
  LikeWith,
  Made,
  RankFor,
  Shallower,
} from '../graph/fetched';
import type { NameOption } from './options';
import type { Masked, NamesAfter, Symbolic } from './known-ranks';

type Along = number | NDArray | Symbolic;
/** `concat`: its tensors are of one rank. */
export interface ConcatCall {
  (values: Symbolic, axis: Along | (NameOption & { readonly axis: Along }), ...more: NamesAfter): ArrayTensor<Untold>;
  <L extends readonly TensorLike[]>(
    named: NameOption & { readonly values: Listed<L>; readonly axis: Along },
  ): LikeArray<L[number]>;
  <L extends readonly TensorLike[]>(
    values: Listed<L>,
    options: NameOption & { readonly axis: Along },
  ): LikeArray<L[number]>;
  <L extends readonly TensorLike[] | []>(values: OneOf<L>, axis: Along, ...more: NamesAfter): LikeArray<L[number]>;
  <L extends readonly TensorLike[]>(values: Listed<L>, axis: Along, ...more: NamesAfter): LikeArray<L[number]>;
}
/** A list whose elements are known one by one: of a tensor of text the compiler would think numbers no less. */
type Listed<L extends readonly unknown[]> = readonly [...L] & Alike<L[number]>;
/** The same of a list that is one of several: `first ? [a, 1] : [1, a]`. */
type OneOf<L extends readonly unknown[]> = L & Alike<L[number]>;
/** `stack` */
export interface StackCall {
  (
    values: Symbolic | NDArray | TypedArray,
    axis?: number | null | StackNames,
    ...more: NamesAfter
  ): ArrayTensor<Untold>;
  <L extends readonly TensorLike[]>(named: StackNames & { readonly values: Listed<L> }): Stacked<L[number]>;
  <L extends readonly TensorLike[] | []>(
    values: OneOf<L>,
    axis?: number | null | StackNames,
    ...more: NamesAfter
  ): Stacked<L[number]>;
  <L extends readonly TensorLike[]>(
    values: Listed<L>,
    axis?: number | null | StackNames,
    ...more: NamesAfter
  ): Stacked<L[number]>;
}
type Stacked<X> = Made<ElementFor<X>, Deeper<RankFor<X>>>;
interface StackNames extends NameOption {
  readonly axis?: number | null;
}
/** A list of `N` of them, where `N` is a small number that is known. */
export type Several<N, T> = N extends keyof Lengths ? Each<Lengths[N], T> : T[];
type Each<L extends readonly unknown[], T> = { -readonly [I in keyof L]: T };
interface Lengths {
  1: [0];
  2: [0, 0];
  3: [0, 0, 0];
  4: [0, 0, 0, 0];
  5: [0, 0, 0, 0, 0];
  6: [0, 0, 0, 0, 0, 0];
  7: [0, 0, 0, 0, 0, 0, 0];
  8: [0, 0, 0, 0, 0, 0, 0, 0];
}
/** `split`: as many parts as are asked for. */
export interface SplitCall {
  <X extends Cuttable, const N extends number>(
    named: SplitNames & { readonly value: X; readonly numOrSizeSplits: N },
  ): Several<N, LikeArray<X>>;
  <X extends Cuttable, const S extends readonly number[]>(
    named: SplitNames & { readonly value: X; readonly numOrSizeSplits: S },
  ): Parts<S, LikeArray<X>>;
  <X extends Cuttable, const N extends number>(
    value: X,
    numOrSizeSplits: N,
    ...more: SplitMore
  ): Several<N, LikeArray<X>>;
  <X extends Cuttable, const S extends readonly number[]>(
    value: X,
    numOrSizeSplits: S,
    ...more: SplitMore
  ): Parts<S, LikeArray<X>>;
}
/** What has a dimension: a number first is the axis, in the order from before TensorFlow 1.0. */
export type Cuttable = Exclude<TensorLike, Scalar>;
type Parts<S extends readonly unknown[], T> = number extends S['length'] ? T[] : Each<S, T>;
interface SplitNames extends NameOption {
  readonly axis?: TensorLike | null;
  readonly num?: number | null;
}
type SplitMore = [
  axis?: TensorLike | null | SplitNames,
  num?: number | null | NameOption,
  name?: string | null | NameOption,
];
/** `unstack`, along a dimension whose size is given or known. */
export interface UnstackCall {
  <X extends TensorLike, const N extends number>(
    named: UnstackNames & { readonly value: X; readonly num?: N | null },
  ): Several<N, Made<ElementFor<X>, Shallower<RankFor<X>>>>;
  <X extends TensorLike, const N extends number>(
    value: X,
    num?: N | null | (UnstackNames & { readonly num?: N | null }),
    axis?: number | null | UnstackNames,
    ...more: NamesAfter
  ): Several<N, Made<ElementFor<X>, Shallower<RankFor<X>>>>;
}
interface UnstackNames extends NameOption {
  readonly axis?: number | null;
}
type Summands<L extends readonly unknown[]> = readonly [...L] & Numeric<L[number]>;
/** `addN` and `accumulateN` */
export interface SumCall<O> {
  <L extends readonly TensorLike[]>(named: O & { readonly inputs: Summands<L> }): Like<L[number]>;
  <L extends readonly TensorLike[]>(inputs: Summands<L>, ...more: [options?: O | string | null]): Like<L[number]>;
}

/** `zerosLike` and `onesLike` */
export interface LikeCall<O> {
  <X extends TensorLike>(named: O & { readonly tensor: X; readonly dtype?: null }): Like<X>;
  <X extends TensorLike, D extends DTypeLike>(
    named: O & { readonly tensor: X; readonly dtype: D },
  ): LikeWith<X, ElementOf<D>>;
  <X extends TensorLike>(x: X, dtype?: null | (O & { readonly dtype?: null }), ...more: LikeMore<O>): Like<X>;
  <X extends TensorLike, D extends DTypeLike>(x: X, dtype: D, ...more: LikeMore<O>): LikeWith<X, ElementOf<D>>;
  <X extends TensorLike, D extends DTypeLike>(x: X, options: O & { readonly dtype: D }): LikeWith<X, ElementOf<D>>;
}
type LikeMore<O> = [name?: string | null | O, optimize?: boolean | null | O];
/** `where` with what to choose from, or for the places of what is true. */
export interface WhereCall {
  <X extends TensorLike, Y extends TensorLike>(
    condition: NotText,
    x: X & BeforeNumbers<X, Y>,
    y: Y & Beside<X, Y>,
    ...more: NamesAfter
  ): Like<X>;
  <X extends TensorLike, Y extends TensorLike>(condition: NotText, named: NameOption & Chosen<X, Y>): Like<X>;
  <X extends TensorLike, Y extends TensorLike>(
    named: NameOption & Chosen<X, Y> & { readonly condition: NotText },
  ): Like<X>;
  (condition: TensorLike, x: null, y: null, ...more: NamesAfter): ArrayTensor<Long, 2>;
  (named: NameOption & ForPlaces): ArrayTensor<Long, 2>;
  (condition: TensorLike, options?: null | NameOption): ArrayTensor<Long, 2>;
}
/** Null for both: `x` says so alone, since of a way to call with two faults the compiler leaves out all others. */
interface ForPlaces {
  readonly condition: TensorLike;
  readonly x?: null;
  readonly y?: unknown;
}
interface Chosen<X, Y> {
  readonly x: X & BeforeNumbers<X, Y>;
  readonly y: Y & BesideGiven<X, Y>;
}
/** Beside text that is written out it is `x` that is wrong, and one fault: see `ForPlaces`. */
type BesideGiven<X, Y> = [X] extends [Whole] ? Beside<X, Y> : [ElementFor<X>] extends [string] ? unknown : Beside<X, Y>;
/** `booleanMask` along the first dimensions. */
export interface MaskCall {
  <X extends TensorLike, M extends TensorLike>(
    named: MaskNames & { readonly tensor: X; readonly mask: M },
  ): Made<ElementFor<X>, Masked<RankFor<X>, RankFor<M>>>;
  <X extends TensorLike, M extends TensorLike>(
    tensor: X,
    mask: M,
    name?: string | null | MaskNames,
    axis?: number | null | MaskNames,
  ): Made<ElementFor<X>, Masked<RankFor<X>, RankFor<M>>>;
}
interface MaskNames extends NameOption {
  readonly axis?: number | null;
}
/** A loss by rows of logits: their rank without the classes. `A` are the other arguments. */
export type RowLossCall<A> = <L extends NotText>(
  args: A & { readonly logits: L },
) => Made<ElementFor<L>, Shallower<RankFor<L>>>;
/** A loss by elements of logits. */
export type ElementLossCall<A> = <L extends NotText>(args: A & { readonly logits: L }) => Like<L>;
