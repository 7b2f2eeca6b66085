/** Results with a name for each, Python's named tuples: `const [y, idx] = …` and `const { y, idx } = …`. */

import type { Phantom } from './dtype';

declare const tupleNames: unique symbol;
/** Carries the names, for the compiler to find. */
export interface Named<N extends readonly string[]> {
  readonly [tupleNames]?: Phantom<N>;
}
/** A list of `T` whose elements have names too; where `T` is a list, each is of its own type. */
export type NamedTuple<N extends readonly string[], T> = { readonly [I in keyof N]: TypeAt<T, I> } & {
  readonly [I in keyof N as I extends `${number}` ? N[I] & string : never]: TypeAt<T, I>;
} & Named<N>;
type TypeAt<T, I> = T extends readonly unknown[] ? (I extends keyof T ? T[I] : never) : T;
const NAMES = new WeakMap<object, readonly string[]>();
/** Makes another tuple of a kind that is more than its elements. */
export type TupleMaker = (values: readonly unknown[]) => readonly unknown[];
const MAKERS = new WeakMap<object, TupleMaker>();

/** A named tuple: `namedTuple(['y', 'idx'], [a, b])` is `[a, b]` with `.y` and `.idx`. */
export function namedTuple<const N extends readonly string[], T>(names: N, values: readonly T[]): NamedTuple<N, T> {
  return named(names, values) as unknown as NamedTuple<N, T>;
}
/** The same of parts that are each of its own type. */
export function namedParts<const N extends readonly string[], P extends readonly unknown[]>(
  names: N,
  parts: P,
): NamedTuple<N, P> {
  return named(names, parts) as unknown as NamedTuple<N, P>;
}
function named(names: readonly string[], values: readonly unknown[]): unknown[] {
  const made = Object.assign([...values], Object.fromEntries(names.map((name, i) => [name, values[i]])));
  NAMES.set(made, names);
  return made;
}
/** The names of a tuple's elements, or null for any other list. */
export function namesOf(list: object): readonly string[] | null {
  return NAMES.get(list) ?? null;
}
/** Remembers of a tuple how another one of its kind is made. */
export function madeBy<T extends object>(tuple: T, maker: TupleMaker): T {
  MAKERS.set(tuple, maker);
  return tuple;
}
/** A list of other elements, of the same kind as `list`: a named tuple has its names. */
export function listLike(list: readonly unknown[], values: readonly unknown[]): readonly unknown[] {
  const maker = MAKERS.get(list);
  if (maker) return maker(values);
  const names = namesOf(list);
  return names ? namedTuple(names, values) : [...values];
}
/** Whether two lists are of one kind. */
export function isLike(a: object, b: object): boolean {
  return MAKERS.get(a) === MAKERS.get(b);
}
