/**
 * Binds functions of whose results the compiler knows more: the elements and the rank, from the arguments. For types
 * only: what runs is what `bound` and its kin make. Known calls stand before the plain one, which takes all the rest.
 */
import { type Bound, type Key, bound, boundNames, boundOptions } from '../calls/bind';
import type { AfterFirst, FirstNamed, Listed, Names, Options } from '../calls/types';
import type { PairCall } from '../graph/alike';
import type { NotText, TensorLike } from '../graph/constant';
import type { ArrayTensor, ElementFor, Like, LikeArray, LikeWith, Made, RankFor, ScalarTensor } from '../graph/fetched';
import type { NameOption } from './options';
import type { Masked } from './known-ranks';

type Call = (...args: never[]) => unknown;
/** As `boundOptions`, of a function of which more is known in the calls `Known`. */
export function knowing<Known>() {
  return <K extends Key, F extends Call, C extends number>(
    key: K,
    count: C,
    body: F,
  ): Known & Options<Names<K>, F, C> =>
    boundOptions<K, F, C>(key, count, body) as unknown as Known & Options<Names<K>, F, C>;
}

/** As `bound`, likewise. */
export function knowingAll<Known>() {
  return <K extends Key, P extends readonly unknown[], R>(key: K, body: (...args: P) => R): Known & Bound<K, P, R> =>
    bound<K, P, R>(key, body) as unknown as Known & Bound<K, P, R>;
}
/** As `knowingAll`, of a function whose calls are all in `Calls`. */
export function knowingEach<Calls>() {
  return <P extends readonly unknown[]>(key: Key, body: (...args: P) => unknown): Calls =>
    bound(key, body) as unknown as Calls;
}
/** As `boundNames`, likewise. */
export function knowingNames<Known>() {
  return <F extends Call>(key: Key, body: F): Known & F => boundNames<F>(key, body) as unknown as Known & F;
}

/** As `boundOptions`, of a function whose calls are all in `Calls`. */
export function knowingOnly<Calls>() {
  return <F extends Call>(key: Key, count: number, body: F): Calls =>
    boundOptions(key, count, body as Call) as unknown as Calls;
}
/** The name of an argument. */
type Place<K extends Key, I extends number> = Extract<Names<K>[I], string>;
/** A function of two operands that give one. */
export function boundPair<K extends Key, V = unknown>(key: K, body: Call): PairCall<Place<K, 0>, Place<K, 1>, V> {
  return boundOptions(key, 2, body) as unknown as PairCall<Place<K, 0>, Place<K, 1>, V>;
}
/** The same of one that takes text too. */
export function boundAnyPair<K extends Key, V = unknown>(
  key: K,
  body: Call,
): PairCall<Place<K, 0>, Place<K, 1>, V, TensorLike> {
  return boundOptions(key, 2, body) as unknown as PairCall<Place<K, 0>, Place<K, 1>, V, TensorLike>;
}
/** A function of two operands that gives truth values. */
export function boundComparison<K extends Key>(key: K, body: Call): PairCall<Place<K, 0>, Place<K, 1>, boolean> {
  return boundPair<K, boolean>(key, body);
}

// --- like an operand ----------------------------------------------------------------------------------------------

/** A function of one tensor, whatever else it takes. */
export interface UnaryFunction {
  <X extends NotText>(x: X, name: string | null): Like<X>;
  <X extends NotText>(x: X, options?: NameOption): Like<X>;
}
type First<P extends readonly unknown[]> = P extends readonly [(infer T)?, ...unknown[]] ? T : never;
/** A call that gives what is like its first argument. */
type LikeFirst<K extends Key, P extends readonly unknown[]> = (P extends readonly [unknown, unknown, ...unknown[]]
  ? unknown
  : UnaryFunction) &
  (<X extends First<P>>(named: FirstNamed<Names<K>, P, X>) => Like<X>) &
  (<X extends First<P>>(x: X, ...more: AfterFirst<Names<K>, P>) => Like<X>);
/** As `boundOptions`, of a function whose result has the elements and the rank of its first argument. */
export function boundLike<K extends Key, F extends Call, C extends number>(
  key: K,
  count: C,
  body: F,
): LikeFirst<K, Listed<Names<K>, F, C>> & Options<Names<K>, F, C> {
  return boundOptions<K, F, C>(key, count, body) as unknown as LikeFirst<K, Listed<Names<K>, F, C>> &
    Options<Names<K>, F, C>;
}
/** The same from a function that takes all its arguments by position. */
export function boundLikeAll<K extends Key, P extends readonly unknown[], R>(
  key: K,
  body: (...args: P) => R,
): LikeFirst<K, P> & Bound<K, P, R> {
  return bound<K, P, R>(key, body) as unknown as LikeFirst<K, P> & Bound<K, P, R>;
}
/** As `boundLike`, of a function that gives elements of another type. */
export function boundLikeWith<V>() {
  return <K extends Key, F extends Call, C extends number>(
    key: K,
    count: C,
    body: F,
  ): LikeFirstWith<K, Listed<Names<K>, F, C>, V> & Options<Names<K>, F, C> =>
    boundOptions<K, F, C>(key, count, body) as unknown as LikeFirstWith<K, Listed<Names<K>, F, C>, V> &
      Options<Names<K>, F, C>;
}
/** A call that gives a `V` for each element of its first argument. */
type LikeFirstWith<K extends Key, P extends readonly unknown[], V> = (<X extends First<P>>(
  named: FirstNamed<Names<K>, P, X>,
) => LikeWith<X, V>) &
  (<X extends First<P>>(x: X, ...more: AfterFirst<Names<K>, P>) => LikeWith<X, V>);
/** As `boundLike`, of a function that takes a `T` too, and gives one for it. */
export function boundLikeOr<T>() {
  return <K extends Key, F extends Call, C extends number>(
    key: K,
    count: C,
    body: F,
  ): Same<K, Listed<Names<K>, F, C>, T> & LikeFirst<K, Listed<Names<K>, F, C>> & Options<Names<K>, F, C> =>
    boundOptions<K, F, C>(key, count, body) as unknown as Same<K, Listed<Names<K>, F, C>, T> &
      LikeFirst<K, Listed<Names<K>, F, C>> &
      Options<Names<K>, F, C>;
}
/** A call that gives a `T` for a `T`. */
type Same<K extends Key, P extends readonly unknown[], T> = ((named: FirstNamed<Names<K>, P, T>) => T) &
  ((x: T, ...more: AfterFirst<Names<K>, P>) => T);
/** A call that gives what is like its first argument, which is no scalar. */
export type LikeFirstArray<K extends Key, P extends readonly unknown[]> = (<X extends First<P>>(
  named: FirstNamed<Names<K>, P, X>,
) => LikeArray<X>) &
  (<X extends First<P>>(x: X, ...more: AfterFirst<Names<K>, P>) => LikeArray<X>);
/** As `boundLike`, of a function whose first argument has a dimension at least: of any tensor it gives an array. */
export function boundLikeArray<K extends Key, F extends Call, C extends number>(
  key: K,
  count: C,
  body: F,
): LikeFirstArray<K, Listed<Names<K>, F, C>> & Options<Names<K>, F, C> {
  return boundOptions<K, F, C>(key, count, body) as unknown as LikeFirstArray<K, Listed<Names<K>, F, C>> &
    Options<Names<K>, F, C>;
}
/** A call that gives elements of the first argument's type in so many dimensions. */
type OfRank<K extends Key, P extends readonly unknown[], D extends number> = (<X extends First<P>>(
  named: FirstNamed<Names<K>, P, X>,
) => Made<ElementFor<X>, D>) &
  (<X extends First<P>>(x: X, ...more: AfterFirst<Names<K>, P>) => Made<ElementFor<X>, D>);
/** `boundOptions`, of a function that gives so many dimensions. */
type BoundOfRank<D extends number> = <K extends Key, F extends Call, C extends number>(
  key: K,
  count: C,
  body: F,
) => OfRank<K, Listed<Names<K>, F, C>, D> & Options<Names<K>, F, C>;
/** As `boundOptions`, of a function that gives so many dimensions. */
export function boundOfRank<D extends number>(): BoundOfRank<D> {
  return <K extends Key, F extends Call, C extends number>(
    key: K,
    count: C,
    body: F,
  ): OfRank<K, Listed<Names<K>, F, C>, D> & Options<Names<K>, F, C> =>
    boundOptions<K, F, C>(key, count, body) as unknown as OfRank<K, Listed<Names<K>, F, C>, D> &
      Options<Names<K>, F, C>;
}
/** The same of pictures: four dimensions. */
export const boundPictures: BoundOfRank<4> = boundOfRank<4>();

/** A loss by what is made of its elements: with 'none' they themselves, else a scalar. */
type WithReduction<A extends readonly unknown[], Asked, Result> =
  Required<A> extends readonly [...infer H, infer O]
    ? (...args: [...H, ...(Asked extends true ? [options: Elements<O>] : [options?: Summed<O>])]) => Result
    : never;
type Elements<O> = Omit<O, 'reduction'> & { readonly reduction: 'none' };
type Summed<O> = Omit<O, 'reduction'> &
  (O extends { readonly reduction?: infer R } ? { readonly reduction?: Exclude<R, 'none'> } : unknown);
type LossCall<K extends Key, F extends Call, C extends number> = WithReduction<
  Parameters<F>,
  true,
  ArrayTensor<number>
> &
  Options<Names<K>, WithReduction<Parameters<F>, false, ScalarTensor>, C> &
  Options<Names<K>, F, C>;
/** As `boundOptions`, of a loss: a scalar, but where its elements are asked for by name. */
export function boundLoss<K extends Key, F extends Call, C extends number>(
  key: K,
  count: C,
  body: F,
): LossCall<K, F, C> {
  return boundOptions<K, F, C>(key, count, body) as unknown as LossCall<K, F, C>;
}
/** Sums over segments: the ids take the place of the first dimensions of what they sort. */
export function boundSegments<K extends Key, P extends readonly unknown[], R>(
  key: K,
  body: (...args: P) => R,
): SegmentCall<Bound<K, P, R>, Segments<P>> {
  return bound<K, P, R>(key, body) as unknown as SegmentCall<Bound<K, P, R>, Segments<P>>;
}
/** What stands beside data and ids: how many segments there are, where these do not say so themselves. */
type Segments<P extends readonly unknown[]> = NameOption &
  (P extends readonly [unknown, unknown, infer N, unknown?] ? { readonly numSegments: N } : unknown);
type SegmentCall<G, Named> = G extends (first: infer T, ids: infer I, ...more: infer More) => unknown
  ? (<X extends T, S extends I>(
      named: Named & { readonly data: X; readonly segmentIds: S },
    ) => Made<ElementFor<X>, Masked<RankFor<X>, RankFor<S>>>) &
      (<X extends T, S extends I>(
        data: X,
        ids: S,
        ...more: More
      ) => Made<ElementFor<X>, Masked<RankFor<X>, RankFor<S>>>) &
      G
  : G;
