/**
 * How TypeScript sees a call: the arguments of a Python signature by position, in Python's order, and each by its name
 * in an object that comes last. Names come from the signature, types from the function that is called.
 */
import type { ByName } from '../base/by-name';
import type { Labelled as Label, LabelledOptional } from './generated/labels';
import type { SIGNATURES } from './generated/signatures';
import type { OWN } from './own';

type Own = typeof OWN;
type Recorded = typeof SIGNATURES;
/** What is called: TensorFlow's name without `tf.`, as `train.Optimizer.minimize`; a class is its constructor. */
export type Key = keyof Own | keyof Recorded;
/**
 * The text of a signature. `infer`, so that where a key is not known yet the compiler reckons with any text, and not
 * with 2,000: it checks the library in a third of the time, and writes its declarations in a quarter.
 */
type TextOf<K extends Key> = (
  K extends keyof Own
    ? Own[K]
    : K extends keyof Recorded
      ? Recorded[K]
      : never
) extends infer T extends string
  ? T
  : never;

type Strings = readonly string[];
type List = readonly unknown[];

type Camel<S extends string> = S extends `_${infer Rest}`
  ? `_${Camel<Rest>}`
  : S extends `${infer A}_${infer B}`
    ? B extends ''
      ? S
      : `${A}${Capitalize<Camel<B>>}`
    : S;
type NameOf<S extends string> = Camel<S extends `${infer Name}=${string}` ? Name : S>;
type NamesOf<S extends string> = S extends ''
  ? []
  : S extends `${infer First}, ${infer Rest}`
    ? [NameOf<First>, ...NamesOf<Rest>]
    : [NameOf<S>];
/** The names of the arguments, in order. */
export type Names<K extends Key> = NamesOf<TextOf<K>>;

/** An object of these arguments. Written out, so that messages show the names. */
type Named<N extends Strings, P extends List> = Show<Fields<N, P>> & ByName;
type Show<T> = { [K in keyof T]: T[K] } & {};
type Fields<N extends Strings, P extends List> = N extends readonly [
  infer H extends string,
  ...infer NR extends Strings,
]
  ? P extends readonly [infer T, ...infer PR]
    ? { readonly [K in H]: T } & Fields<NR, PR>
    : P extends readonly [(infer T)?, ...infer PR]
      ? { readonly [K in H]?: T | null } & Fields<NR, PR>
      : unknown
  : unknown;

/** All arguments given, where null stands for one that is left out. */
type Given<P extends List> = { [I in keyof P]-?: P[I] | (undefined extends P[I] ? null : never) };
/** The arguments before the last ones. */
type Before<All extends List, Rest extends List> = All extends readonly [...infer H, ...Rest] ? H : never;
/**
 * Arguments of which the last may be an object of names, and must be where another one is required after it. `At` is
 * its place, and `PR` are those after it.
 */
type Ending<S extends List, At extends number, O, PR extends List> = {
  [I in keyof S]: I extends `${At}`
    ? O | (PR extends readonly [unknown, ...List] ? never : OrLeftOut<S[I]>)
    : OrLeftOut<S[I]>;
};
type OrLeftOut<T> = null extends T ? T | undefined : T;
type NoneRequired<P extends List> = P extends readonly [unknown, ...List] ? false : true;

/**
 * Calls of each length, of which each may end in an object of names. `Rest` are `All` from a place on. The shortest
 * is the last, which the compiler compares with a call that is too short: it then says how many are required.
 */
type Lengths<N extends Strings, P extends List, All extends List, Rest extends List> = Rest extends readonly [
  unknown,
  ...infer RR extends List,
]
  ? N extends readonly [string, ...infer NR extends Strings]
    ? P extends readonly [unknown?, ...infer PR]
      ? Lengths<NR, PR, All, RR> | Ending<Before<All, RR>, Before<All, Rest>['length'], Named<N, P>, PR>
      : never
    : never
  : never;
type AllLengths<N extends Strings, P extends List> =
  | (NoneRequired<P> extends true ? [] : never)
  | Lengths<N, P, Given<P>, Given<P>>;
/**
 * The arguments of a call, as a rest parameter. `P` has their types in order, labelled; optional ones with `?`.
 *
 *     minimize(...args: Args<'train.Optimizer.minimize', [loss: TensorLike, globalStep?: Variable]>)
 */
export type Args<K extends Key, P extends List> = Fits<K, P> extends true ? AllLengths<Names<K>, P> : never;
/** Arguments by position alone, one or more, where something follows them. */
export type ByPlace<P extends List> = Exclude<Beginnings<Given<P>>, readonly []>;
type Beginnings<G extends List> = G | (G extends readonly [...infer H, unknown] ? Beginnings<H> : never);
/** Whether there is a type for each name. */
type Fits<K extends Key, P extends List> = Required<P>['length'] extends Names<K>['length'] ? true : false;
/** The arguments after the first. */
export type AfterFirst<N extends Strings, P extends List> = N extends readonly [string, ...infer NR extends Strings]
  ? P extends readonly [unknown?, ...infer PR]
    ? AllLengths<NR, PR>
    : never
  : never;

/** The arguments after the first two. */
export type AfterTwo<N extends Strings, P extends List> = N extends readonly [string, ...infer NR extends Strings]
  ? P extends readonly [unknown?, ...infer PR]
    ? AfterFirst<NR, PR>
    : never
  : never;

/** An object of arguments, of which the first is an X. */
export type FirstNamed<N extends Strings, P extends List, X> = N extends readonly [
  infer H extends string,
  ...infer NR extends Strings,
]
  ? P extends readonly [unknown?, ...infer PR]
    ? Show<{ readonly [K in H]: X } & Fields<NR, PR>> & ByName
    : never
  : never;

/** The same as signatures: only one is as long as a call, so that what is said of a wrong one is about that. */
type Signatures<N extends Strings, P extends List, All extends List, Rest extends List, R> = Rest extends readonly [
  unknown,
  ...infer RR extends List,
]
  ? N extends readonly [string, ...infer NR extends Strings]
    ? P extends readonly [unknown?, ...infer PR]
      ? ((...args: Ending<Before<All, RR>, Before<All, Rest>['length'], Named<N, P>, PR>) => R) &
          Signatures<NR, PR, All, RR, R>
      : unknown
    : unknown
  : unknown;
type ByNames<N extends Strings, P extends List, R> = (NoneRequired<P> extends true ? () => R : unknown) &
  Signatures<N, P, Given<P>, Given<P>, R>;
/** A function that takes its arguments as Python's does. */
export type Bound<K extends Key, P extends List, R> = ByNames<Names<K>, P, R>;

/**
 * What a function takes whose first `C` arguments stand by position and the others in options, as one list in Python's
 * order; null for a name that its options do not have.
 */
type Flat<N extends Strings, A extends List, O, C extends number, Done extends List = []> = N extends readonly [
  infer H extends string,
  ...infer NR extends Strings,
]
  ? Done['length'] extends C
    ? Optional<N, O>
    : A extends readonly [infer T, ...infer AR]
      ? [...One<H, T>, ...Flat<NR, AR, O, C, [...Done, H]>]
      : A extends readonly [(infer T)?, ...infer AR]
        ? [...Maybe<H, Without<T, O>>, ...Flat<NR, AR, O, C, [...Done, H]>]
        : []
  : [];
/** A type without null, and without an object of options that may stand in its place. */
type Without<T, O> = T extends null | undefined ? never : [T, O] extends [O, T] ? never : T;
/** Types of options by name. One that must be given is required by position too. */
type Optional<N extends Strings, O> = N extends readonly [infer H extends string, ...infer NR extends Strings]
  ? H extends keyof O
    ? undefined extends O[H]
      ? [...Maybe<H, Exclude<O[H], null | undefined>>, ...Optional<NR, O>]
      : [...One<H, O[H]>, ...Optional<NR, O>]
    : [...Maybe<H, null>, ...Optional<NR, O>]
  : [];
/** One argument as a list, under its name. */
type One<H extends string, T> = H extends keyof Label<T> ? Label<T>[H] : [T];
type Maybe<H extends string, T> = H extends keyof LabelledOptional<T> ? LabelledOptional<T>[H] : [T?];
type Last<A extends List> = Required<A> extends readonly [...List, infer O] ? O : never;
/**
 * What a method takes by name that classes of one's own may define anew, with the same arguments by position: these are
 * not compared with theirs. `_` is never given.
 *
 *     zeroState<_ = never>(...named: Redefinable<ZeroNames, _>): S;
 */
export type Redefinable<T, _> = [_] extends [never] ? [named: T] : never[];
type Function = (...args: never[]) => unknown;
/** The first `C` parameters as they are called, where none of them is optional; else by their types alone. */
type Labelled<N extends Strings, A extends List, C extends number> =
  Required<A> extends readonly [...infer H, infer O]
    ? A extends readonly [...H, O?]
      ? H['length'] extends C
        ? [...H, ...Optional<After<N, H>, O>]
        : Flat<N, A, O, C>
      : Flat<N, A, O, C>
    : Flat<N, A, never, C>;
type After<N extends Strings, H extends List> = H extends readonly [unknown, ...infer HR]
  ? N extends readonly [string, ...infer NR extends Strings]
    ? After<NR, HR>
    : []
  : N;
/** A function with options as Python's of that name is called. */
export type Options<N extends Strings, F extends Function, C extends number> = ByNames<
  N,
  Listed<N, F, C>,
  ReturnType<F>
>;
/** Its arguments as one list. */
export type Listed<N extends Strings, F extends Function, C extends number> = Labelled<N, Parameters<F>, C>;
/** The same of a function that has several signatures, or a generic one: it has them all. */
export type Overloads<N extends Strings, F extends Function, C extends number> = F &
  ByNames<N, Flat<N, Parameters<F>, Last<Parameters<F>>, C>, ReturnType<F>>;
