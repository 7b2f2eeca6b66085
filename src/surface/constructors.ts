/**
 * Classes as programs get them: a net behind the checks of each constructor, as functions and methods have one. What
 * the library makes itself passes none, and costs nothing more.
 */
import { isClass } from '../base/border';
import { constructorOf, refused } from '../calls/bind';
import { unfitFor } from '../calls/refusals';
import { keyOf } from '../calls/signature';
import { isEngines, readable } from '../base/unreadable';

type Class = new (...args: readonly unknown[]) => object;
const NETS = new WeakMap<object, Class>();

/** Whether it is a class of which programs make objects; errors take anything. */
export function isConstructed(value: unknown): value is Class {
  return isClass(value) && !(value.prototype instanceof Error);
}
/**
 * The class behind a net: what it makes is the same, and may be of a program's own class. One class has one, and so has
 * each class that it holds (`tf.Summary.Value`).
 *
 * @param path  the name that programs have for it
 */
export function netted(type: Class, path: string): Class {
  const known = NETS.get(type);
  if (known) return known;
  // No arrow: it is called with `new`.
  function net(...given: readonly unknown[]): object {
    // Without it the class says so itself.
    if (!new.target) return Reflect.apply(type, undefined, given);
    try {
      return Reflect.construct(type, given, Object.is(new.target, made) ? type : new.target);
    } catch (error) {
      throw ofConstructor(path, given, error);
    }
  }
  const made = net as unknown as Class;
  Object.setPrototypeOf(made, type);
  Object.defineProperty(made, 'name', { value: type.name, configurable: true });
  // As that of a class: it is no function to be called.
  Object.defineProperty(made, 'prototype', { value: type.prototype, writable: false });
  Object.defineProperty(type.prototype, 'constructor', { value: made, writable: true, configurable: true });
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(type)))
    if (isConstructed(value)) Object.defineProperty(made, key, { value: netted(value, `${path}.${key}`) });
  NETS.set(type, made);
  NETS.set(made, made);
  return made;
}
function ofConstructor(path: string, given: readonly unknown[], thrown: unknown): unknown {
  const key = keyOf(path);
  if (key !== null) return refused(constructorOf(key), given, thrown);
  const said = readable(thrown);
  return isEngines(said) ? unfitFor('__init__', given, `\n  new ${path}(…)`, said) : said;
}
