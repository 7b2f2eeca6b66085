/** How the methods of objects take their arguments as Python's do, at little cost where nothing is odd. */
import { known } from '../base/keys';
import { isRevoked } from '../base/preview';
import { Binder, isPlain, noteBound, refused } from './bind';
import type { Key } from './types';

type Method = (this: unknown, ...args: unknown[]) => unknown;
/**
 * Lets methods of a class take their arguments as Python's of these names do; their bodies get them by position.
 *
 *     bindMethods(Tensor, { getShape: 'Tensor.get_shape', setShape: 'Tensor.set_shape' });
 */
export function bindMethods<I extends object>(
  { prototype }: { readonly prototype: I },
  keys: Readonly<Partial<Record<Exclude<keyof I, 'toString'>, Key>>>,
): void {
  replaceMethods(prototype, keys, bindMethod);
}
function replaceMethods(
  prototype: object,
  keys: Readonly<Partial<Record<string, Key>>>,
  instead: (key: Key, body: Method) => Method,
): void {
  for (const [name, key] of Object.entries(keys) as [string, Key][]) {
    const { value, ...flags } = known(Object.getOwnPropertyDescriptor(prototype, name), name);
    const method = instead(key, value as Method);
    Object.defineProperty(method, 'name', { value: name });
    Object.defineProperty(prototype, name, { ...flags, value: method });
  }
}
function bindMethod(key: Key, body: Method): Method {
  const binder = new Binder<unknown[]>(key, 'function');
  const needsNone = body.length === 0;
  function method(this: unknown): unknown {
    const given = arguments;
    if (given.length === 0 && needsNone) return body.call(this);
    try {
      if (given.length === 1 && binder.takesAlone(given[0])) return body.call(this, given[0]);
      return body.apply(this, binder.take([...given]));
    } catch (error) {
      throw refused(binder, [...given], error);
    }
  }
  return noteBound(method, key);
}

/** A net behind methods that take their arguments themselves: what the engine says there is told as ours. */
export function netMethods<I extends object>(
  { prototype }: { readonly prototype: I },
  keys: Readonly<Partial<Record<Exclude<keyof I, 'toString'>, Key>>>,
): void {
  replaceMethods(prototype, keys, withNet);
}
function withNet(key: Key, body: Method): Method {
  const binder = new Binder<unknown[]>(key, 'function');
  return function (this: unknown, ...given: unknown[]): unknown {
    try {
      return body.apply(this, given);
    } catch (error) {
      throw refused(binder, given, error);
    }
  };
}

/**
 * A block is a method that takes what Python's `with` does inside as a function. Whether a call of one is as most are,
 * `(value, body)`, and needs no binder.
 */
export function isPlainBlock(given: ArrayLike<unknown>): boolean {
  return given.length === 2 && typeof given[1] === 'function' && !isRevoked(given[0]) && !isPlain(given[0]);
}
