/**
 * Objects that say something when they are asked for a name that they do not have. What they say is
 * surface/absent.ts's business, which sets it; the names that are there cost nothing more.
 */
import { AttributeError } from './errors';
import { preview } from './preview';

type Answer = (path: string, name: string, space: object) => unknown;
let answer: Answer = () => undefined;
let ofTensors: () => readonly string[] = () => [];
/** @param names  what is asked of tensors */
export function answerMissesBy(by: Answer, names: () => readonly string[]): void {
  answer = by;
  ofTensors = names;
}

/** Asked of any object by await, JSON, test runners and printers: these are answered as JavaScript does. */
const ASKED_OF_ALL =
  /^(then|catch|toJSON|default|constructor|prototype|asymmetricMatch|nodeType|tagName|inspect|@@.*|\$\$.*|__.*)$/;
export const isAskedOfAll = (name: string | symbol): boolean => typeof name === 'symbol' || ASKED_OF_ALL.test(name);
const OBJECTS = /\.[A-Z]\w*$/;

/** Lets misses in a namespace speak: it gets a prototype that only misses reach. */
export function guard(space: object, path: string): void {
  const get = (beneath: object, name: string | symbol, receiver: unknown): unknown => {
    const value: unknown = Reflect.get(beneath, name, receiver);
    if (value !== undefined || typeof name === 'symbol' || isAskedOfAll(name)) return value;
    // Whether something is a Map or a Set is asked so.
    if (name === 'size' && OBJECTS.test(path)) return value;
    return answer(path, name, space);
  };
  const beyond: object = Object.create(Object.prototype);
  Object.setPrototypeOf(space, new Proxy(beyond, { get }));
}
/** What lists of tensors are: the calls that gave them. */
const CALLS = new WeakMap<object, string>();
let above: object | null = null;
/**
 * Lets a list that the call of `name` gives speak where it is taken for one tensor. It is an array still: between it
 * and what all arrays are stands an object with the names of tensors, and no proxy, which printers would show.
 */
export function guardList(list: readonly unknown[], name: string): void {
  if (!Object.isExtensible(list) || Object.getPrototypeOf(list) !== Array.prototype) return;
  CALLS.set(list, name);
  Object.setPrototypeOf(list, (above ??= aboveLists()));
}
function aboveLists(): object {
  const refusals = ofTensors().filter((name) => !(name in Array.prototype));
  const refusal = (name: string): PropertyDescriptor => ({
    get(this: object) {
      return answer(`${CALLS.get(this)}()`, name, this);
    },
    // A property of that name may be given to a list.
    set(this: object, value: unknown) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
    },
    configurable: true,
  });
  const made: object = Object.create(Array.prototype);
  for (const name of refusals) Object.defineProperty(made, name, refusal(name));
  return made;
}
/**
 * Lets a method stay what it is where a program gives a value to its name, as `w.value = 5`, which would set a property
 * of the program's object and nothing else.
 *
 * @param cure  how the value is given
 */
export function keepMethod<T extends object>(
  { prototype }: { readonly prototype: T },
  name: keyof T & string,
  cure: string,
): void {
  const method: unknown = prototype[name];
  Object.defineProperty(prototype, name, {
    get: () => method,
    set: (value: unknown) => {
      throw new AttributeError(
        `can't set attribute '${name}', which is a method: ${preview(value)} changes nothing.\n  fix: ${cure}.`,
      );
    },
    configurable: true,
  });
}
/** Lets misses on what a class makes speak. */
export function guardClass({ prototype }: { readonly prototype: object }, path: string): void {
  guard(topOf(prototype), path);
}
/** The last prototype of a chain before Object's. */
function topOf(prototype: object): object {
  const above: object | null = Object.getPrototypeOf(prototype);
  return above === null || Object.getPrototypeOf(above) === null ? prototype : topOf(above);
}
