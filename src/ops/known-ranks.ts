/** Ranks and sizes, as the compiler follows them from arguments to results. For types only. */
import type { Dimension } from '../base/dimension';
import type { Convertible } from '../graph/constant';
import type { Deeper, Shallower } from '../graph/fetched';
import type { IndexedSlices, Tensor } from '../graph/graph';
import type { NameOption } from './options';

/** A tensor, or what reads as one. */
export type Symbolic = Tensor | Convertible | IndexedSlices;
/** Sizes of which it is known how many there are. */
export type KnownSizes = readonly (number | Dimension | Tensor | null)[];
/** The rank that a list of sizes says; null where it is no list, or one of any length. */
export type RankOfSizes<S> = [S] extends [never]
  ? null
  : S extends readonly unknown[]
    ? number extends S['length']
      ? null
      : S['length']
    : null;

/** A rank without as many dimensions as there are axes. */
type Without<R, A extends readonly unknown[]> = A extends readonly [unknown, ...infer More]
  ? Without<Shallower<R>, More>
  : R;
/** The rank that is left when these axes go; null for all of them. */
export type WithoutAxes<R, A> = [A] extends [null | undefined]
  ? 0
  : A extends number
    ? Shallower<R>
    : A extends readonly unknown[]
      ? number extends A['length']
        ? null
        : Without<R, A>
      : null;
/** The rank of rows that indices of another rank pick. */
export type Picked<P, I> = [I] extends [never]
  ? null
  : 0 extends 1 & I
    ? null
    : I extends 0
      ? Shallower<P>
      : I extends 1
        ? P
        : I extends 2
          ? Deeper<P>
          : null;
/** The rank of what a mask, or ids, of another rank leave. */
export type Masked<R, M> = 0 extends 1 & M
  ? null
  : M extends 1
    ? R
    : M extends 2
      ? Shallower<R>
      : M extends 3
        ? Shallower<Shallower<R>>
        : null;

/** A last name. */
export type NamesAfter = [name?: string | null | NameOption];
