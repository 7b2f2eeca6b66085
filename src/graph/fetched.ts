/**
 * What the compiler knows of a tensor: what it fetches as. `tf.matmul(a, b)` fetches as `NDArray<number, 2>`, a loss as
 * `number`, and what nothing is known of as any of them. For types only: nothing of this is there at run time.
 *
 * A tensor that is known stands wherever any tensor may, and any tensor where a known one may (`Phantom`): a `let` may
 * hold one after the other, as in Python. Its type is then that of the first.
 */
import type { DTypeLike, ElementOf, Long, NumericArray, Phantom, Scalar, Untold } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import type { Tensor } from './operation';

declare const fetchedAs: unique symbol;
/** Carries what is fetched, for `FetchedOf` to find. */
export interface Known<F> {
  readonly [fetchedAs]?: Phantom<F>;
}
/** A tensor that fetches as `F`. */
export type TensorOf<F> = Tensor & Known<F>;
/** A tensor of rank 0: it fetches as a plain value. */
export type ScalarTensor<T extends Scalar = number> = TensorOf<T>;
/** A tensor of rank 1 or more: it fetches as an NDArray. */
export type ArrayTensor<E extends Scalar = number, R extends number = Untold> = TensorOf<NDArray<E, R>>;

type IsAny<T> = 0 extends 1 & T ? true : false;
/** What a tensor, a variable, or data that becomes a tensor fetches as; unknown where the compiler cannot tell. */
export type FetchedOf<X> =
  IsAny<X> extends true
    ? unknown
    : X extends Tensor
      ? X extends Known<infer F>
        ? F
        : unknown
      : X extends () => infer T
        ? FetchedOf<T>
        : X extends Known<infer F>
          ? F
          : X extends number
            ? number
            : X extends boolean
              ? boolean
              : X extends string
                ? string
                : X extends bigint
                  ? Long
                  : X extends NDArray<infer E, infer R>
                    ? NDArray<E, R>
                    : X extends NumericArray
                      ? NDArray<number, 1>
                      : X extends BigInt64Array | BigUint64Array
                        ? NDArray<Long, 1>
                        : X extends readonly (infer Y)[]
                          ? ListOf<Y>
                          : unknown;
/** Lists are looked into down to a depth: the type of nested lists has no end. */
type ListOf<Y> = [Y] extends [never]
  ? NDArray<number>
  : [Y] extends [Scalar]
    ? NDArray<ElementIn<Y>, 1>
    : [Y] extends [readonly (infer Z)[]]
      ? [Z] extends [Scalar]
        ? NDArray<ElementIn<Z>, 2>
        : [Z] extends [readonly (infer W)[]]
          ? [W] extends [Scalar]
            ? NDArray<ElementIn<W>, 3>
            : [W] extends [readonly (infer V)[]]
              ? [V] extends [Scalar]
                ? NDArray<ElementIn<V>, 4>
                : NDArray
              : NDArray
          : NDArray
      : [Y] extends [Known<infer F>]
        ? NDArray<ElementIn<F>, Deeper<RankIn<F>>>
        : NDArray;
type Unsure<F> = unknown extends F ? true : false;

/** What an element of F is. */
export type ElementIn<F> =
  Unsure<F> extends true
    ? Untold
    : F extends NDArray<infer E, Untold>
      ? E
      : F extends number
        ? number
        : F extends boolean
          ? boolean
          : F extends string
            ? string
            : F extends bigint
              ? Long
              : Untold;
/** The rank of F: 0 of a plain value, `Untold` of an array of some rank, null where it may be either. */
export type RankIn<F> =
  Unsure<F> extends true ? null : [F] extends [NDArray<Untold, infer R>] ? R : [F] extends [Scalar] ? 0 : null;
export type ElementFor<X> = ElementIn<FetchedOf<X>>;
export type RankFor<X> = RankIn<FetchedOf<X>>;

/** The tensor with elements E and rank R. */
export type Made<E, R> =
  IsAny<E> extends true
    ? IsAny<R> extends true
      ? ArrayTensor<Untold>
      : R extends 0
        ? Tensor
        : R extends number
          ? ArrayTensor<Untold, R>
          : Tensor
    : E extends Scalar
      ? IsAny<R> extends true
        ? ArrayTensor<Whole<E>>
        : R extends null
          ? TensorOf<Whole<E> | NDArray<Whole<E>>>
          : R extends 0
            ? TensorOf<Whole<E>>
            : R extends number
              ? ArrayTensor<Whole<E>, R>
              : Tensor
      : Tensor;
/** Conditional types take a union apart; this keeps boolean and Long whole. */
type Whole<E extends Scalar> = E extends boolean ? boolean : E extends bigint ? Long : E;

/** One rank more. */
export type Deeper<R> =
  IsAny<R> extends true
    ? Untold
    : R extends 0
      ? 1
      : R extends 1
        ? 2
        : R extends 2
          ? 3
          : R extends 3
            ? 4
            : R extends 4
              ? 5
              : Untold;
/** One rank less. */
export type Shallower<R> =
  IsAny<R> extends true
    ? null
    : R extends 1
      ? 0
      : R extends 2
        ? 1
        : R extends 3
          ? 2
          : R extends 4
            ? 3
            : R extends 5
              ? 4
              : null;
/** The rank of what broadcasts. */
export type Broadcast<A, B> =
  IsAny<A> extends true
    ? Untold
    : IsAny<B> extends true
      ? Untold
      : [A] extends [null]
        ? B extends 0 | null
          ? null
          : Untold
        : [B] extends [null]
          ? A extends 0
            ? null
            : Untold
          : A extends 0
            ? B
            : B extends 0
              ? A
              : A extends 1
                ? B
                : B extends 1
                  ? A
                  : A extends 2
                    ? B
                    : B extends 2
                      ? A
                      : A extends B
                        ? A
                        : Untold;
/** The rank that a shape has: of `[null, 784]` 2. */
export type RankOfShape<S> = S extends readonly unknown[] ? (number extends S['length'] ? null : S['length']) : null;

/** What an op gives whose result is like its one operand. */
export type Like<X> = Made<ElementFor<X>, RankFor<X>>;
/** The same of an op whose operand is no scalar. */
export type LikeArray<X> = Made<ElementFor<X>, [RankFor<X>] extends [null] ? Untold : RankFor<X>>;
/** The same, with other elements. */
export type LikeWith<X, E> = Made<E, RankFor<X>>;
/** The elements of two operands of one dtype. A plain value takes the other's dtype. */
type ElementOfBoth<X, Y> = X extends Scalar
  ? ElementFor<Y>
  : Y extends Scalar
    ? ElementFor<X>
    : IsAny<ElementFor<X>> extends true
      ? ElementFor<Y>
      : ElementFor<X>;
/** What an element-wise op of two operands gives: shapes broadcast. */
export type Both<X, Y> = Made<ElementOfBoth<X, Y>, Broadcast<RankFor<X>, RankFor<Y>>>;
export type BothWith<X, Y, E> = Made<E, Broadcast<RankFor<X>, RankFor<Y>>>;
/** What a division gives: integers become fractions. */
export type Quotient<X, Y> = Made<Fraction<ElementOfBoth<X, Y>>, Broadcast<RankFor<X>, RankFor<Y>>>;
type Fraction<E> = IsAny<E> extends true ? E : E extends bigint ? never : E;
/** What a product of matrices gives: the ranks are one. */
export type Product<X, Y> = Made<
  ElementOfBoth<X, Y>,
  RankFor<X> extends 2 | 3 | 4 ? RankFor<X> : RankFor<Y> extends 2 | 3 | 4 ? RankFor<Y> : Untold
>;
/** What a dtype's elements are, `D` where it is given, else `Default`. */
export type ElementOr<D, Default> = D extends DTypeLike ? ElementOf<D> : Default;
