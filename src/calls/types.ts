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
export type Bound<K extends Key, P extends List, R> = ByName<Names<K>, P, [], R> & ((...args: Args<K, P>) => R);

type FewerCalls<N extends Strings, P extends List, Done extends List> = P extends readonly [infer T, ...infer PR]
  ? PR extends readonly [unknown, ...List]
    ? N extends readonly [string, ...infer NR extends Strings]
      ? [...Done, named: Named<N, P>] | FewerCalls<NR, PR, [...Done, T]>
      : never
    : never
  : never;
/** As `Args`, for methods and constructors of which several arguments are required: any of them may come by name. */
export type Calls<K extends Key, P extends List> = Args<K, P> | FewerCalls<Names<K>, P, []>;
