/** What the compiler knows of whether values go together: text beside numbers does not. For types only. */
import type { ByName } from '../base/by-name';
import type { Lists, NotText, Numeric as Numbers, TensorLike, Text, Whole } from './constant';
import type { BothWith, Both, ElementFor } from './fetched';

type IsAny<T> = 0 extends 1 & T ? true : false;
/** Whether these are text and something else; what nothing is known of may be the same. */
type Mixed<E> = IsAny<E> extends true ? false : [E] extends [string] ? false : string extends E ? true : false;
/** Text or not; null of what may be either. */
type KindOf<E> =
  IsAny<E> extends true ? null : [E] extends [string] ? 'text' : [Extract<E, string>] extends [never] ? 'other' : null;
/** Whether one is text and the other is not, for sure. */
type Apart<E, F> = [KindOf<E>, KindOf<F>] extends ['text', 'other'] | ['other', 'text'] ? true : false;
/** What no tensor is: of one that cannot stand beside the others. */
interface OfOneKind {
  readonly textBesideWhatIsNone: never;
}
/** What a value beside an X must be as well, where a Y cannot stand there. */
export type Beside<X, Y> =
  Mixed<ElementFor<X> | ElementFor<Y>> extends true
    ? [Y, Apart<ElementFor<X>, ElementFor<Y>>] extends [Whole, true]
      ? OfOneKind
      : [ElementFor<X>] extends [string]
        ? Text
        : NotText
    : unknown;
/** The same of the one before it, where the other is no text. */
export type BeforeNumbers<X, Y> =
  Mixed<ElementFor<X> | ElementFor<Y>> extends true ? ([ElementFor<Y>] extends [string] ? unknown : NotText) : unknown;
/** What may be assigned to what is known so: text to text alone. */
export type ValueFor<V> =
  IsAny<ElementFor<V>> extends true
    ? TensorLike
    : [ElementFor<V>] extends [string]
      ? Text
      : string extends ElementFor<V>
        ? TensorLike
        : [ElementFor<V>] extends [boolean]
          ? Lists<boolean>
          : [ElementFor<V>] extends [number | bigint]
            ? Numbers
            : NotText;
/** The same of a value that is assigned to an X. */
export type Onto<X, Y> = Y extends Whole
  ? Beside<X, Y>
  : IsAny<ElementFor<X>> extends true
    ? Beside<X, Y>
    : ValueFor<X>;
/** What a list of Xs must be as well, where they are of several kinds. */
export type Alike<X> =
  Mixed<ElementFor<X>> extends true ? (AreApart<X> extends true ? readonly OfOneKind[] : readonly NotText[]) : unknown;
/** Whether among Xs, of which one at least is no plain value, some are text and some are not. */
type AreApart<X> = [Extract<X, Whole>] extends [never]
  ? false
  : ['text' | 'other'] extends [X extends unknown ? KindOf<ElementFor<X>> : never]
    ? true
    : false;

/** What a list of Xs must be as well, where they are text. */
export type Numeric<X> = string extends (IsAny<ElementFor<X>> extends true ? never : ElementFor<X>)
  ? 'text' extends (X extends Whole ? KindOf<ElementFor<X>> : never)
    ? readonly OfOneKind[]
    : readonly NotText[]
  : unknown;

interface Named extends ByName {
  readonly name?: string | null;
}
type Name = string | null | Named;
/**
 * A function of two operands of a kind, of these names: of elements V, or where that is unknown of those it takes. T is
 * what operands may be.
 */
export interface PairCall<A extends string, B extends string, V = unknown, T extends TensorLike = NotText> {
  <X extends T, Y extends T>(x: X & BeforeNumbers<X, Y>, named: NamedIn<B, Y & Beside<X, Y>>): PairOf<X, Y, V>;
  <X extends T, Y extends T>(
    named: NamedIn<A, X & BeforeNumbers<X, Y>> & { readonly [K in B]: Y & Beside<X, Y> },
  ): PairOf<X, Y, V>;
  <X extends T, Y extends T>(x: X & BeforeNumbers<X, Y>, y: Y & Beside<X, Y>, name?: Name): PairOf<X, Y, V>;
}
type NamedIn<K extends string, T> = { readonly [P in K]: T } & Named;
type PairOf<X, Y, V> = unknown extends V ? Both<X, Y> : BothWith<X, Y, V>;
