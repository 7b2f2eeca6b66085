/**
 * One law for arguments: what Python's TensorFlow takes by position is taken by position, in Python's order; each by
 * its camelCase name in an object that comes last; null is None, and leaves the default. Anything else is refused in
 * Python's words. A function binds once (`bound`), a method and a constructor with their first line
 * (`signature(…).take(args)`).
 */
import { missing, notLast, tooMany, twice, unexpected, withoutBody, wrongKind } from './refusals';
import { IS, Signature } from './signature';
import type { Args, Bound, Calls, Key } from './types';

export type { Args, Bound, Calls, Key };

/** An object literal, which names arguments where it comes last. One that can be called is an initializer. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === null || Object.getPrototypeOf(prototype) === null) && !('call' in value);
}

export class Binder<P extends readonly unknown[]> {
  private read: Signature | null = null;
  constructor(
    private readonly key: Key,
    private readonly kind: 'function' | 'class',
  ) {}
  /** Signatures are read when they are first needed. */
  get signature(): Signature {
    return (this.read ??= new Signature(this.key, this.kind));
  }
  /**
   * The arguments of a call in their order; what is left to its default is undefined.
   *
   * @param given  the call's rest parameter, which may be changed
   * @throws TypeError  if they are not what the signature takes
   */
  take(given: readonly unknown[]): P {
    const signature = this.read ?? this.signature;
    const { args, required } = signature;
    const last = given.length - 1;
    const named = last >= 0 && isPlain(given[last]) && names(signature, last, given[last]) ? given[last] : null;
    const count = named ? last : given.length;
    if (count > args.length) throw tooMany(signature, count);
    const settled = named ? given.slice(0, last) : (given as unknown[]);
    if (named) byName(signature, settled, named);
    if (settled.length < required || (named && required > count)) checkRequired(signature, settled);
    for (let i = 0; i < settled.length; i++) {
      const value = settled[i];
      const arg = args[i];
      if (value === undefined) continue;
      if (value === null) {
        if (!arg.required) settled[i] = undefined;
      } else if (arg.kind !== null) {
        if (!IS[arg.kind](value)) throw wrongKind(signature, arg, value);
      } else if (i < count - 1 && isPlain(value)) throw notLast(signature, value);
    }
    return settled as unknown as P;
  }
  /**
   * The same of a call whose last function is the body of Python's `with` block: it comes first.
   *
   *     tf.variableScope('a', {reuse: true}, () => …)
   */
  takeWithBody<B>(given: readonly unknown[]): [body: B, args: P] {
    let at = given.length - 1;
    while (at >= 0 && typeof given[at] !== 'function') at--;
    if (at < 0) throw withoutBody(this.signature);
    const body = given[at];
    return [body as B, this.take([...given.slice(0, at), ...given.slice(at + 1)])];
  }
}
/** Whether a last object names arguments. Where a dictionary may stand, only if all its keys are arguments'. */
function names(signature: Signature, place: number, value: object): boolean {
  if (signature.args[place]?.kind !== 'dict') return true;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => signature.placeOf(key) >= 0);
}
function byName(signature: Signature, settled: unknown[], named: Readonly<Record<string, unknown>>): void {
  const count = settled.length;
  for (const name of Object.keys(named)) {
    const place = signature.placeOf(name);
    if (place < 0) throw unexpected(signature, name);
    if (named[name] === undefined) continue;
    if (place < count) throw twice(signature, signature.args[place]);
    while (settled.length < place) settled.push(undefined);
    settled[place] = named[name];
  }
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
/** What a function was bound as; for tests. */
export function boundAs(f: object): Key | null {
  return BOUND.get(f) ?? null;
}
/**
 * A function that takes its arguments as Python's of that name does, from one that has them all in Python's order.
 *
 *     export const cumsum = bound('cumsum', (x: TensorLike, axis: TensorLike = 0, …): Tensor => …);
 */
export function bound<K extends Key, P extends readonly unknown[], R>(key: K, body: (...args: P) => R): Bound<K, P, R> {
  const binder = new Binder<P>(key, 'function');
  const call = (...given: Args<K, P>): R => body(...binder.take(given as readonly unknown[]));
  BOUND.set(call, key);
  return call as Bound<K, P, R>;
}
