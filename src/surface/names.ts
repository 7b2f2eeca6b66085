/** TensorFlow 1.15's public names, spelled as here and as in Python, and what is meant by names that nobody has. */
import { namesOf } from '../base/named-tuple';
import { nearestName } from '../base/nearest';
import { NAMES } from './generated/names';
import { INSTEAD, OTHER_NAMES } from './instead';

/** A module of the record, with its names in Python's spelling. */
export interface Module {
  readonly path: string;
  readonly names: readonly string[];
}
export const MODULES: readonly Module[] = NAMES.trim()
  .split('\n')
  .map((line) => {
    const [path, list] = line.split(': ');
    return { path, names: list.split(' ') };
  });

/** TensorFlow's names as ours: words of capitals and classes stay. */
export const camel = (name: string): string =>
  /^[a-z]/.test(name) ? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) : name;
/** A whole path in our spelling. */
export const ours = (full: string): string => full.split('.').map(camel).join('.');

/** What the modules hold, by our spelling: the path in Python's. */
const PYTHON = new Map<string, string>();
for (const { path, names } of MODULES) for (const name of names) PYTHON.set(ours(`${path}.${name}`), `${path}.${name}`);
/** Modules without a line of their own: the first two repeat names, the last has one for each op type. */
const WHOLE = ['tf.compat.v1', 'tf.compat.v2', 'tf.rawOps'];
const HOLDERS = new Set([...MODULES.map(({ path }) => ours(path)), ...WHOLE]);

/** Whether TensorFlow 1.15 has a name, in either spelling: its path in Python, and whether it is a module. */
export function recorded(full: string): { readonly python: string; readonly isModule: boolean } | null {
  const path = ours(full);
  const python = PYTHON.get(path);
  if (python !== undefined) return { python, isModule: HOLDERS.has(path) && !/^[A-Z]/.test(lastOf(path)) };
  // `tf.compat.v1.Session`, `tf.raw_ops.MatMul`: the module's own line says what to use.
  return null;
}
/** Where `tf` has a class of that name, which is TensorFlow's; null where it has none. */
export function pathOf(name: string, root: object): string | null {
  const found = [...PYTHON.keys()].filter((path) => lastOf(path) === name && isIn(path, root));
  return found.find((path) => !path.startsWith('tf.contrib.')) ?? found[0] ?? null;
}
function isIn(path: string, root: object): boolean {
  let at: unknown = root;
  for (const part of path.split('.').slice(1)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return false;
    at = Reflect.get(at, part);
  }
  return true;
}
const lastOf = (full: string): string => full.slice(full.lastIndexOf('.') + 1);

/** What to use instead of an absent name: its own advice, or that of the module around it. */
export function instead(full: string, root?: object): string {
  const own = recorded(full)?.python ?? full;
  const twin = own in INSTEAD || root === undefined ? null : twinOf(full, root);
  return twin === null ? (advice(full) ?? 'FEATURES.md lists what is there') : `use ${twin}`;
}
/** Modules whose names are here in the modules beside them. */
const COPIES =
  /^tf\.(contrib\.(losses|metrics|layers|slim|framework|nn|rnn|training|tpu)|keras(\.\w+)?|compat\.v[12])$/;
const HOMES = ['tf.losses', 'tf.metrics', 'tf.layers', 'tf.train', 'tf.nn', 'tf.math', 'tf'];
/** The same function where most programs have it: `tf.losses.meanSquaredError` of `tf.contrib.losses`. */
function twinOf(full: string, root: object): string | null {
  const module = full.slice(0, full.lastIndexOf('.'));
  const name = camel(lastOf(full)).replace(/^streaming([A-Z])/, (_, first: string) => first.toLowerCase());
  if (!COPIES.test(module)) return null;
  const kind = `tf.${module.slice(module.lastIndexOf('.') + 1)}`;
  const found = [...HOMES.filter((space) => space === kind), ...HOMES].find((space) => {
    const inside = space
      .split('.')
      .slice(1)
      .reduce<unknown>((at, part) => Reflect.get(Object(at), part), root);
    return typeof inside === 'object' && inside !== null && Object.hasOwn(inside, name);
  });
  return found === undefined ? null : `${found}.${name}`;
}
export function advice(full: string): string | null {
  const python = recorded(full)?.python ?? full;
  for (let path = python; path.includes('.'); path = path.slice(0, path.lastIndexOf('.')))
    if (path in INSTEAD) return INSTEAD[path];
  return null;
}

/** What was meant by a name that `space` lacks: it is there in another spelling, elsewhere, or under a newer name. */
export function meant(path: string, name: string, space: object, root: object): string | null {
  const full = `${path}.${name}`;
  if (/^-?\d+$/.test(name) && path in ELEMENTS) return `${path}[${name}]: ${ELEMENTS[path](name)}`;
  const spelled = camel(name);
  if (spelled !== name && spelled in space)
    return `${full} is ${path}.${spelled} in tfjs-session: names are in camelCase, with the words of TensorFlow's`;
  const other = otherName(path, name) ?? otherName(path, spelled);
  if (other !== undefined) return `${full} is no name of TensorFlow 1.15: use ${other}`;
  if (recorded(full)) return null;
  const same = sameWord(space, name);
  if (same !== null) return `${full} is no name of TensorFlow 1.15: ${path}.${same} is`;
  const place = placeOf(path, name, root);
  if (place !== null)
    return METHODS.has(path)
      ? `${full} is no method: use ${place}, with the tensor as argument`
      : `${full} is no name of TensorFlow 1.15: use ${place}`;
  return ofJavaScript(path, name) ?? slip(path, name, space);
}
/** A method of JavaScript's values, of what is a value in a session only. */
function ofJavaScript(path: string, name: string): string | null {
  if (path === 'tf.NDArray' && name in Array.prototype)
    return `${path}.${name} is no method: use array.toArray().${name}(…), of nested lists of numbers`;
  const isOfValues = METHODS.has(path) && (name in Array.prototype || name in Number.prototype);
  return isOfValues
    ? `${path}.${name} is no method: a session gives the values, and they have it: sess.run(tensor)`
    : null;
}
/** A letter too few, too many or another; and initials. */
function slip(path: string, name: string, space: object): string | null {
  const near = nearestName(name, Object.getOwnPropertyNames(space), Math.max(1, Math.floor(name.length / 4)));
  return near === null ? null : `${path}.${name} is no name of TensorFlow 1.15: did you mean ${path}.${near}?`;
}
/** What is meant by a tensor's name, asked of the list that a call like `tf.gradients()` gives. */
export function meantOfList(call: string, name: string, list: readonly unknown[], root: object): string | null {
  const tensor = (Reflect.get(root, 'Tensor') as { readonly prototype: object }).prototype;
  if (/^\d+$/.test(name)) return null;
  if (!(name in tensor) && meant('tf.Tensor', name, tensor, root) === null) return null;
  const parts = namesOf(list) ?? PARTS.find(([calls]) => calls.test(call))?.[1] ?? PLACES;
  const shown = `${parts.slice(0, list.length).join(', ')}${list.length > parts.length ? ', …' : ''}`;
  const use = call.startsWith('tf.metrics.') ? '; update takes in what is fed, and value is the metric so far' : '';
  return (
    `'list' object has no attribute '${name}'\n  ${call} gives a list of ${list.length}, and no tensor.` +
    `\n  fix: const [${shown}] = ${call.slice(0, -1)}…), and use one of them${use}.`
  );
}
/** What the parts are called. */
const PARTS: readonly (readonly [calls: RegExp, names: readonly string[]])[] = [
  [/^tf\.metrics\./, ['value', 'update']],
  [/Rnn\(\)$/, ['outputs', 'state']],
  [/radients\(\)$/, ['gradient']],
];
const PLACES = ['first', 'second', 'third'];
/** A variable is asked for its values as a tensor is. */
function otherName(path: string, name: string): string | undefined {
  const full = `${path}.${name}`;
  if (Object.hasOwn(OTHER_NAMES, full)) return OTHER_NAMES[full];
  // Functions that another library has as methods: x.mean().
  const same = `tf.${name}`;
  if (METHODS.has(path) && Object.hasOwn(OTHER_NAMES, same) && /^tf\.[\w.]+$/.test(OTHER_NAMES[same]))
    return `${OTHER_NAMES[same]}, with the tensor as argument`;
  const tensors = `tf.Tensor.${name}`;
  return path === 'tf.Variable' && Object.hasOwn(OTHER_NAMES, tensors)
    ? OTHER_NAMES[tensors].replaceAll('tensor', 'variable')
    : undefined;
}
/** What Python writes in brackets. */
const element = (at: string): string =>
  `x[${at}] of Python is x.get(${at}) here, a part of it as one more node; its values are in what sess.run(x) gives`;
const ELEMENTS: Readonly<Record<string, (at: string) => string>> = {
  'tf.Tensor': element,
  'tf.Variable': element,
  'tf.NDArray': (at) => `a[${at}] of NumPy is a.row(${at}) here, of a vector a.at(${at})`,
};
const METHODS = new Set(['tf.Tensor', 'tf.Variable']);
const plainWord = (name: string): string => name.replaceAll('_', '').toLowerCase();
function sameWord(space: object, name: string): string | null {
  const word = plainWord(name);
  const found = Object.getOwnPropertyNames(space).filter((own) => plainWord(own) === word && own !== 'constructor');
  // Of a function and its class, `flatten` and `Flatten`, what begins as the name does.
  return found.find((own) => own[0] === name[0]) ?? found[0] ?? null;
}
/** Where a name is that was looked for elsewhere: `tf.relu` is `tf.nn.relu`, `tf.nn.concat` is `tf.concat`. */
function placeOf(path: string, name: string, root: object): string | null {
  const spaces = Object.entries(root).filter(([key]) => SPACES.has(key)) as [string, object][];
  if (!METHODS.has(path) && path !== 'tf' && !SPACES.has(lastOf(path))) return null;
  const above = path === 'tf' ? null : sameWord(root, name);
  if (above !== null) return `tf.${above}`;
  for (const [key, space] of spaces) {
    const found = sameWord(space, name);
    if (found !== null) return `tf.${key}.${found}`;
  }
  return null;
}
const SPACES = new Set([
  'nn',
  'train',
  'math',
  'linalg',
  'random',
  'errors',
  'initializers',
  'layers',
  'losses',
  'metrics',
]);
