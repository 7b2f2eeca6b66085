/**
 * One law for arguments: what Python's TensorFlow takes by position is taken by position, in Python's order; each by
 * its camelCase name in an object that comes last; null is None, and leaves the default. Anything else is refused in
 * Python's words. A function binds once (`bound`), a method and a constructor with their first line
 * (`signature(…).take(args)`).
 */
import { checkHoles, endsAtOnce, isCallable } from '../base/border';
import { guardList } from '../base/misses';
import { isRevoked } from '../base/preview';
import {
  type Place,
  bothNames,
  missing,
  noValue,
  notLast,
  tooMany,
  twice,
  unexpected,
  unfit,
  withoutBody,
  wrongKind,
} from './refusals';
import { swappedBack } from './in-each-others-place';
import { names } from './last-object';
import { OLDER } from './own';
import { type Argument, IS, Signature, isNode, needsValue } from './signature';
import type { Args, Bound, Key, Names, Options, Overloads } from './types';
import { checkNamed, checkReadable, isEngines, readable } from '../base/unreadable';

export type { Args, Bound, Key };

/** An object literal, which names arguments where it comes last. One that can be called is an initializer. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || isRevoked(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === null || Object.getPrototypeOf(prototype) === null) && !('call' in value);
}

export class Binder<P extends readonly unknown[]> {
  private read: Signature | null = null;
  constructor(
    private readonly key: Key,
    private readonly kind: 'function' | 'class',
    /** None of its arguments that may be left out is an object, which would pass for the options of its body. */
    private readonly ofValues = false,
  ) {}
  /** Signatures are read when they are first needed. */
  get signature(): Signature {
    return (this.read ??= new Signature(this.key, this.kind));
  }
  /**
   * The arguments of a call in their order; what is left to its default is undefined.
   *
   * @param given  the call's rest parameter, which may be changed; `Q` are its arguments in a class of several types
   * @throws TypeError  if they are not what the signature takes
   */
  take<Q extends readonly unknown[] = P>(given: readonly unknown[]): Q {
    const signature = this.read ?? this.signature;
    const { args, required } = signature;
    checkReadable(given, signature.pythonName);
    const last = given.length - 1;
    const named = last >= 0 && isPlain(given[last]) && names(signature, last, given[last]) ? given[last] : null;
    const count = named ? last : given.length;
    if (count > args.length) throw tooMany(signature, count);
    const settled = named ? given.slice(0, last) : (given as unknown[]);
    if (named) byName(signature, settled, named);
    for (const [from, to] of signature.aliases) rename(signature, settled, from, to);
    if (settled.length < required || (named && required > count)) checkRequired(signature, settled);
    this.check(settled, count);
    return settled as unknown as Q;
  }
  /** Whether a call with this value alone is as most are, and needs nothing done. */
  takesAlone(value: unknown): boolean {
    const { args, required, aliases } = this.read ?? this.signature;
    if (required > 1 || args.length === 0 || aliases.length > 0 || value === undefined || value === null) return false;
    const [first] = args;
    if (typeof value === 'object') checkHoles(value);
    return !isPlain(value) && (first.kind === null || IS[first.kind](value, first));
  }
  /** Kinds of values; null becomes undefined. `count` of them came by position. */
  private check(settled: unknown[], count: number): void {
    const { signature } = this;
    const { args } = signature;
    let lacking: Argument | null = null;
    for (let i = 0; i < settled.length; i++) {
      const value = settled[i];
      const arg = args[i];
      if (value === undefined) {
        if (needsValue(arg)) throw missing(signature, [arg]);
        continue;
      }
      if (typeof value === 'object' || typeof value === 'function') {
        checkNamed(value, arg.python);
        checkHoles(value);
      }
      if (value === null) {
        if (needsValue(arg)) lacking ??= arg;
        if (!arg.required && !arg.takesNull) settled[i] = undefined;
      } else if (arg.kind !== null) {
        if (!IS[arg.kind](value, arg)) throw wrongKind(signature, arg, value, placeOf(settled, i, count));
      } else if (!arg.required && (i < count - 1 || (this.ofValues && i > 0)) && isPlain(value))
        throw i < count - 1 ? notLast(signature, value) : noValue(signature, value);
    }
    if (lacking) throw wrongKind(signature, lacking, null, { byPosition: false });
  }
  /** Settled arguments, from one of them on, by their names. */
  named(settled: readonly unknown[], from = 0): Record<string, unknown> {
    const { args } = this.signature;
    const options: Record<string, unknown> = {};
    for (let i = from; i < settled.length; i++) if (settled[i] !== undefined) options[args[i].name] = settled[i];
    return options;
  }
  /**
   * The same of a call whose last function is the body of Python's `with` block: it comes first.
   *
   *     tf.variableScope('a', {reuse: true}, () => …)
   */
  takeWithBody<B>(given: readonly unknown[]): [body: B, args: P] {
    checkReadable(given, this.signature.pythonName);
    let at = given.length - 1;
    while (at >= 0 && !isCallable(given[at])) at--;
    if (at < 0) throw withoutBody(this.signature);
    const body = given[at] as (...args: unknown[]) => unknown;
    const block = (...args: unknown[]): unknown => endsAtOnce(body(...args), this.signature.fullName);
    return [block as B, this.take([...given.slice(0, at), ...given.slice(at + 1)])];
  }
  /**
   * The same of a call with any number of inputs, as Python's `*inputs`: they come in their place as one list.
   *
   * @param names  whether a last object names arguments, and is no input
   */
  takeRest(given: readonly unknown[], names: (last: Readonly<Record<string, unknown>>) => boolean): P {
    checkReadable(given, this.signature.pythonName);
    const last = given[given.length - 1];
    const named = given.length > 0 && isPlain(last) && names(last) ? last : null;
    const inputs = named ? given.slice(0, -1) : given;
    const { rest } = this.signature;
    const settled: unknown[] = inputs.slice(0, rest);
    if (inputs.length >= rest) settled.push(inputs.slice(rest));
    if (named) byName(this.signature, settled, named);
    if (settled.length <= rest) throw missing(this.signature, this.signature.args.slice(settled.length, rest));
    this.check(settled, rest + 1);
    return settled as unknown as P;
  }
}
function placeOf(settled: readonly unknown[], i: number, count: number): Place {
  return i < count ? { byPosition: true, beside: settled[i === 0 ? 1 : i - 1] } : { byPosition: false };
}
function byName(signature: Signature, settled: unknown[], named: Readonly<Record<string, unknown>>): void {
  const count = settled.length;
  for (const name of Object.keys(named)) {
    const place = signature.placeOf(name);
    if (place < 0) throw unexpected(signature, name);
    if (named[name] === undefined) continue;
    if (place < count && settled[place] !== undefined) throw twice(signature, signature.args[place]);
    while (settled.length < place) settled.push(undefined);
    settled[place] = named[name];
  }
}
/** One argument under both its names. */
function aliased({ args }: Signature, from: number, to: number): Error {
  const [a, b] = [args[from].python, args[to].python];
  return OLDER.has(a) ? bothNames(a, b) : bothNames(b, a);
}
/** An argument under its other name. */
function rename(signature: Signature, settled: unknown[], from: number, to: number): void {
  if (settled[from] === undefined || settled[from] === null) return;
  if (settled[to] !== undefined && settled[to] !== null) throw aliased(signature, from, to);
  settled[to] = settled[from];
  settled[from] = undefined;
}
function checkRequired(signature: Signature, settled: readonly unknown[]): void {
  const without = signature.args.filter(
    ({ required }, i) => required && (i >= settled.length || settled[i] === undefined),
  );
  if (without.length) throw missing(signature, without);
}

/** The binder of a method. */
export function signature<P extends readonly unknown[]>(key: Key): Binder<P> {
  return new Binder<P>(key, 'function');
}
/** The binder of a constructor. */
export function constructorOf<P extends readonly unknown[]>(key: Key): Binder<P> {
  return new Binder<P>(key, 'class');
}

const BOUND = new WeakMap<object, Key>();
/** Remembers it of a function that binds its arguments itself. */
export function noteBound<F extends object>(f: F, key: Key): F {
  BOUND.set(f, key);
  return f;
}
/** What a function was bound as; for tests. */
export function boundAs(f: object): Key | null {
  return BOUND.get(f) ?? null;
}
/** What is thrown to whoever called: where the engine complains, ours. */
export function refused(binder: Binder<readonly unknown[]>, given: readonly unknown[], thrown: unknown): unknown {
  const said = readable(thrown);
  return isEngines(said) ? unfit(binder.signature, given, said) : swappedBack(binder.signature, given, said);
}
/** What a call gives: a list of tensors that is used as one tensor says so. */
function spoken<R>(binder: Binder<readonly unknown[]>, result: R): R {
  if (Array.isArray(result) && result.some(isNode)) guardList(result, binder.signature.fullName);
  return result;
}
/**
 * A function that takes its arguments as Python's of that name does, from one that has them all in Python's order.
 *
 *     export const cumsum = bound('cumsum', (x: TensorLike, axis: TensorLike = 0, …): Tensor => …);
 *
 * @param more  puts settings behind what a call is given
 */
export function bound<K extends Key, P extends readonly unknown[], R>(
  key: K,
  body: (...args: P) => R,
  more: (given: readonly unknown[], call: object) => readonly unknown[] = (given) => given,
): Bound<K, P, R> {
  const binder = new Binder<P>(key, 'function');
  const call = (...given: readonly unknown[]): R => {
    try {
      return spoken(binder, body(...binder.take(more(given, call))));
    } catch (error) {
      throw refused(binder, given, error);
    }
  };
  return noteBound(call, key) as unknown as Bound<K, P, R>;
}

/**
 * The same from a function that takes its first `count` arguments by position, and the others as options in an object.
 *
 *     export const cast = boundOptions('cast', 2, (x: TensorLike, dtype: DTypeLike, options: NameOption = {}) => …);
 */
export function boundOptions<K extends Key, F extends (...args: never[]) => unknown, C extends number>(
  key: K,
  count: C,
  body: F,
): Options<Names<K>, F, C> {
  return withOptions(key, count, body) as unknown as Options<Names<K>, F, C>;
}
/** The same from a function with several signatures, or a generic one. */
export function boundOverloads<K extends Key, F extends (...args: never[]) => unknown, C extends number>(
  key: K,
  count: C,
  body: F,
): Overloads<Names<K>, F, C> {
  return withOptions(key, count, body) as unknown as Overloads<Names<K>, F, C>;
}
/** The same from a function whose arguments all come by name, as Python's does that has a `_sentinel` in front. */
export function boundNames<F extends (...args: never[]) => unknown>(key: Key, body: F): F {
  return withOptions(key, 0, body) as unknown as F;
}
function withOptions(key: Key, count: number, body: (...args: never[]) => unknown): unknown {
  const binder = new Binder<readonly unknown[]>(key, 'function', true);
  const call = (...given: readonly unknown[]): unknown => {
    try {
      const taken = binder.take(given);
      if (taken.length <= count) return spoken(binder, body(...(taken as never[])));
      return spoken(binder, body(...([...taken.slice(0, count), binder.named(taken, count)] as never[])));
    } catch (error) {
      throw refused(binder, given, error);
    }
  };
  return noteBound(call, key);
}
