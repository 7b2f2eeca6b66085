/**
 * How TypeScript sees a call: the arguments of a Python signature by position, in Python's order, and each by its name
 * in an object that comes last. Names come from the signature, types from the function that is called.
 */
import type { SIGNATURES } from './generated/signatures';
import type { OWN } from './own';

type Own = typeof OWN;
type Recorded = typeof SIGNATURES;
/** What is called: TensorFlow's name without `tf.`, as `train.Optimizer.minimize`; a class is its constructor. */
export type Key = keyof Own | keyof Recorded;
type TextOf<K extends Key> = K extends keyof Own ? Own[K] : K extends keyof Recorded ? Recorded[K] : never;

type Strings = readonly string[];
type List = readonly unknown[];

type Camel<S extends string> = S extends `_${infer Rest}`
  ? `_${Camel<Rest>}`
  : S extends `${infer A}_${infer B}`
    ? `${A}${Capitalize<Camel<B>>}`
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
type Named<N extends Strings, P extends List> = Show<Fields<N, P>>;
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

/** For each position the object that may stand there: with the names from there on, if no required one comes after. */
type Objects<N extends Strings, P extends List> = P extends readonly []
  ? []
  : N extends readonly [string, ...infer NR extends Strings]
    ? P extends readonly [unknown?, ...infer PR]
      ? [PR extends readonly [unknown, ...List] ? never : Named<N, P>, ...Objects<NR, PR>]
      : []
    : [];
type Positions<P extends List, O extends List> = {
  [I in keyof P]: P[I] | (undefined extends P[I] ? null : never) | (I extends keyof O ? O[I] : never);
};
/**
 * The arguments of a call, as a rest parameter. `P` has their types in order, labelled; optional ones with `?`.
 *
 *     minimize(...args: Args<'train.Optimizer.minimize', [loss: TensorLike, globalStep?: Variable]>)
 */
export type Args<K extends Key, P extends List> = Fits<K, P> extends true ? Positions<P, Objects<Names<K>, P>> : never;
/** Whether there is a type for each name. */
type Fits<K extends Key, P extends List> = Required<P>['length'] extends Names<K>['length'] ? true : false;

/** Calls in which a required argument comes by name, so that fewer stand by position than are required. */
type ByName<N extends Strings, P extends List, Done extends List, R> = P extends readonly [infer T, ...infer PR]
  ? PR extends readonly [unknown, ...List]
    ? N extends readonly [string, ...infer NR extends Strings]
      ? ((...args: [...Done, named: Named<N, P>]) => R) & ByName<NR, PR, [...Done, T], R>
      : unknown
    : unknown
  : unknown;
/** A function that takes its arguments as Python's does. */
export type Bound<K extends Key, P extends List, R> = ByNames<Names<K>, P, R>;
type ByNames<N extends Strings, P extends List, R> = ByName<N, P, [], R> &
  ((...args: Positions<P, Objects<N, P>>) => R);

type FewerCalls<N extends Strings, P extends List, Done extends List> = P extends readonly [infer T, ...infer PR]
  ? PR extends readonly [unknown, ...List]
    ? N extends readonly [string, ...infer NR extends Strings]
      ? [...Done, named: Named<N, P>] | FewerCalls<NR, PR, [...Done, T]>
      : never
    : never
  : never;
/** The arguments after the first. */
export type AfterFirst<N extends Strings, P extends List> = N extends readonly [string, ...infer NR extends Strings]
  ? P extends readonly [unknown?, ...infer PR]
    ? Positions<PR, Objects<NR, PR>>
    : never
  : never;
/** The same where a required one of several comes by name. */
export type NamedAfterFirst<N extends Strings, P extends List> = N extends readonly [
  string,
  ...infer NR extends Strings,
]
  ? P extends readonly [unknown?, ...infer PR]
    ? FewerCalls<NR, PR, []>
    : never
  : never;
/** As `Args`, for methods and constructors of which several arguments are required: any of them may come by name. */
export type Calls<K extends Key, P extends List> = Args<K, P> | FewerCalls<Names<K>, P, []>;

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
      ? [T, ...Flat<NR, AR, O, C, [...Done, H]>]
      : A extends readonly [(infer T)?, ...infer AR]
        ? [Without<T, O>?, ...Flat<NR, AR, O, C, [...Done, H]>]
        : []
  : [];
/** A type without null, and without an object of options that may stand in its place. */
type Without<T, O> = T extends null | undefined ? never : [T, O] extends [O, T] ? never : T;
/** Types of options by name. One that must be given is required by position too. */
type Optional<N extends Strings, O> = N extends readonly [infer H extends string, ...infer NR extends Strings]
  ? H extends keyof O
    ? undefined extends O[H]
      ? [Exclude<O[H], null | undefined>?, ...Optional<NR, O>]
      : [O[H], ...Optional<NR, O>]
    : [null?, ...Optional<NR, O>]
  : [];
type Last<A extends List> = Required<A> extends readonly [...List, infer O] ? O : never;
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
