/**
 * What touching a name says that is not there. TensorFlow 1.15's public names are on file (`generated/names.ts`); a
 * name of theirs that is absent here throws, with what to use instead, and so does one in Python's spelling, in another
 * module, or of another version. The namespaces get a prototype that only misses reach: names that are there cost
 * nothing more, and the lists are loaded with the first miss.
 */
import { AttributeError } from '../base/errors';
import { explainUncaught } from '../base/platform';
import { isConstructed, netted } from './constructors';
import { answerMissesBy, guard, guardClass, isAskedOfAll } from '../base/misses';

/** A class that is called as Python calls one. */
explainUncaught((message) => {
  const name = /^Class constructor (\w+) cannot be invoked without 'new'$/.exec(message)?.[1];
  const path = name === undefined ? null : names().pathOf(name, root);
  return path && `  fix: new ${path}(…), as a class of JavaScript is made; Python has no such word.`;
});

/** What is asked of tensors, arrays, maps and texts as well: it may have been meant for one of those. */
const isAskedOfValues = (name: string): boolean =>
  ofTensors().includes(name) || [Array, Map, String].some(({ prototype }) => name in prototype);
/** The package's default, which a module of CommonJS has not. */
explainUncaught((message) => {
  const name = /^Cannot read properties of undefined \(reading '([A-Za-z]\w*)'\)$/.exec(message)?.[1];
  return name !== undefined && Object.hasOwn(root, name) && !isAskedOfValues(name)
    ? "  likely cause: the names are the package's own, and not those of a default of it.\n" +
        "  fix: import * as tf from 'tfjs-session'; with require, take the whole of what it gives."
    : null;
});

type Names = typeof import('./names');
let root: object = {};
const names = (): Names => require('./names') as typeof import('./names');

/** Lets misses in `tf`, in every namespace inside it, and on what `classes` make speak. */
export function guardNames(tf: object, classes: Readonly<Record<string, { readonly prototype: object }>>): void {
  root = tf;
  answerMissesBy(missing, ofTensors);
  guardNamespace(tf, 'tf');
  for (const [name, type] of Object.entries(classes)) guardClass(type, `tf.${name}`);
}
function guardNamespace(space: object, path: string): void {
  for (const name of Object.keys(space))
    whenRead(space, name, (value) => {
      if (isNamespace(value)) guardNamespace(value, `${path}.${name}`);
      return isConstructed(value) ? netted(value, `${path}.${name}`) : value;
    });
  guard(space, path);
}
/**
 * Names whose module waits until it is used (build/late-imports.js) are looked at when somebody reads them.
 *
 * @param look  gives what the name stands for
 */
function whenRead(space: object, name: string, look: (value: unknown) => unknown): void {
  const own = Object.getOwnPropertyDescriptor(space, name);
  const keep = (value: unknown): unknown => {
    const shown = look(value);
    Object.defineProperty(space, name, { value: shown, enumerable: true, configurable: true });
    return shown;
  };
  if (!own?.configurable) look(Reflect.get(space, name));
  else if (own.get)
    Object.defineProperty(space, name, { get: () => keep(own.get?.()), enumerable: true, configurable: true });
  else keep(own.value);
}
/** Modules and plain objects; a class, a dtype or a table that nobody may change is none. */
export function isNamespace(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || !Object.isExtensible(value)) return false;
  const above = Object.getPrototypeOf(value) as object | null;
  // By its place in the chain: a module under jest is an object of another realm.
  return above === null || Object.getPrototypeOf(above) === null;
}
/** What stands for a missed name: nothing, where TensorFlow has none either; a module that says more; or an error. */
function missing(path: string, name: string, space: object): unknown {
  const full = `${path}.${name}`;
  const { camel, meant, meantOfList, recorded } = names();
  if (path.endsWith('()')) {
    const hint = meantOfList(path, name, space as readonly unknown[], root);
    if (hint !== null) throw new AttributeError(hint);
    return undefined;
  }
  const known = recorded(full);
  // A module that is here in our spelling is told of as such.
  if (known?.isModule && (camel(name) === name || !(camel(name) in space))) return absent(full);
  const hint = meant(path, name, space, root);
  if (hint !== null) throw new AttributeError(hint);
  if (known) throw new AttributeError(sentence(full));
  return undefined;
}
/** What programs ask of a tensor: its methods, and what other libraries have as such. */
function ofTensors(): readonly string[] {
  const names = new Set(HABITS);
  let at = (Reflect.get(root, 'Tensor') as { readonly prototype: object }).prototype;
  for (; at !== Object.prototype; at = Object.getPrototypeOf(at) as object)
    for (const name of Object.getOwnPropertyNames(at)) if (!isAskedOfAll(name)) names.add(name);
  return [...names];
}
const HABITS = [
  'mean',
  'sum',
  'max',
  'min',
  'numpy',
  'dataSync',
  'arraySync',
  'print',
  'reshape',
  'flatten',
  'toFixed',
];
/** `tf.train.Supervisor is not in tfjs-session 0.x yet; …`, for a name in our spelling or in Python's. */
function sentence(full: string): string {
  const { instead, ours } = names();
  return `${ours(full)} is not in tfjs-session 0.x yet; ${instead(full, root)}`;
}

/**
 * Stands for a module that is absent, until someone calls it or touches a name in it: `tf.layers.dense` is what the
 * error is about, not `tf.layers`.
 */
function absent(full: string): object {
  const refuse = (): never => {
    throw new AttributeError(sentence(full));
  };
  return standIn(refuse, (name) => {
    const known = names().recorded(`${full}.${name}`);
    if (known?.isModule) return absent(`${full}.${name}`);
    throw new AttributeError(sentence(known ? `${full}.${name}` : full));
  });
}
/** What stands for `tf.<name>` in ES modules, where asking for a missed name cannot be noticed, but using it can. */
export function missed(name: string): unknown {
  const found = (): object => missing('tf', name, root) as object;
  return standIn(
    () => Reflect.apply(found() as () => never, undefined, []),
    (inner) => Reflect.get(found(), inner) as unknown,
  );
}
function standIn(use: () => never, look: (name: string) => unknown): object {
  const get = (_: object, name: string | symbol): unknown =>
    typeof name === 'symbol' || isAskedOfAll(name) ? undefined : look(name);
  return new Proxy(class {}, { apply: use, construct: use, set: use, get });
}
