/** What a call is told that does not fit its signature: Python's words, then the cure. */
import { isInitializer } from '../base/border';
import { DType } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { nearestName } from '../base/nearest';
import { isRevoked, preview } from '../base/preview';
import { REFUSED } from './own';
import { type Argument, IS, type Signature, camelCase, isNode } from './signature';

/** Settings of a session, which stand in its config. */
const SETTINGS = new Set(['device', 'placement', 'graphOptions', 'deterministic', 'checkNumerics', 'advice', 'lint']);

export function unexpected(signature: Signature, name: string): Error {
  const names = signature.args.map((arg) => arg.name);
  const begins = (each: string): boolean => name.length > 1 && each.toLowerCase().startsWith(name.toLowerCase());
  const camel = camelCase(name);
  const meant = names.includes(camel) ? camel : (names.find(begins) ?? nearestName(name, names) ?? only(names, name));
  const inside = signature.args.some((arg) => arg.name === 'config') && SETTINGS.has(camel);
  const cure = meant ? `\n  fix: ${meant}, as {${meant}: …}.` : inside ? `\n  fix: {config: {${camel}: …}}.` : '';
  return new TypeError_(
    `${signature.pythonName}() got an unexpected keyword argument '${name}'${cure}${taken(signature)}`,
  );
}
/** The one argument whose last word it is: `min` of `clipValueMin`. */
function only(names: readonly string[], last: string): string | null {
  const word = last.charAt(0).toUpperCase() + last.slice(1);
  const found = last.length > 2 ? names.filter((name) => name.endsWith(word)) : [];
  return found.length === 1 ? found[0] : null;
}
export function twice(signature: Signature, arg: Argument): Error {
  return new TypeError_(
    `${signature.pythonName}() got multiple values for argument '${arg.python}'` +
      `\n  fix: give ${arg.name} once, by position or in the object.`,
  );
}
export function tooMany(signature: Signature, given: number): Error {
  const { args, required, self, pythonName } = signature;
  const [least, most] = [required + self, args.length + self];
  const takes = least === most ? String(most) : `from ${least} to ${most}`;
  const many = least !== most || most !== 1;
  return new TypeError_(
    `${pythonName}() takes ${takes} positional argument${many ? 's' : ''} but ${given + self} ` +
      `${given + self === 1 ? 'was' : 'were'} given${taken(signature)}`,
  );
}
export function missing(signature: Signature, args: readonly Argument[]): Error {
  const names = args.map(({ python }) => `'${python}'`);
  const list =
    names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names[names.length - 1]}`;
  return new TypeError_(
    `${signature.pythonName}() missing ${names.length} required positional argument${names.length > 1 ? 's' : ''}: ` +
      `${list}${taken(signature)}`,
  );
}
export function notLast(signature: Signature, value: object): Error {
  const [name = ''] = Object.keys(value);
  return new TypeError_(
    `positional argument follows keyword argument in a call of ${signature.pythonName}()` +
      `\n  fix: the object with ${name || 'names'} comes last.`,
  );
}
/** How a value came: by position, and then what came before it (of the first what came after it); or by name. */
export interface Place {
  readonly byPosition: boolean;
  readonly beside?: unknown;
}
/** An object where a value is meant. */
export function noValue(signature: Signature, value: unknown): Error {
  return new TypeError_(
    `Failed to convert object of type <class 'dict'> to Tensor. Contents: ${show(value)}. Consider casting elements ` +
      `to a supported type.\n  fix: an object is no value.${taken(signature)}`,
  );
}
export function wrongKind(signature: Signature, arg: Argument, value: unknown, place: Place): Error {
  if (arg.kind === 'refused') {
    const why = REFUSED[`${signature.key}:${arg.python}`] ?? REFUSED[arg.python];
    return new TypeError_(
      `${signature.fullName} takes nothing for ${arg.name}: ${why}.\n  fix: leave it out, or null.`,
    );
  }
  const other = signature.args.find(
    ({ kind }) =>
      kind !== null && !/^(dict|object|string|function|list)$/.test(kind) && kind !== arg.kind && IS[kind](value),
  );
  const list = oneList(signature, arg, value, place.beside) ?? swapped(signature, arg, value, place.beside);
  const cure = list ?? (asDtype(arg, value) || asFunction(arg, value) || asNamed(signature, other, value, place));
  return new TypeError_(
    `Expected ${wanted(arg)} for argument '${arg.python}' of ${signature.pythonName}(), not ${show(value)}.` +
      `${cure}${taken(signature)}`,
  );
}
function wanted({ kind, method }: Argument): string {
  if (kind === 'object') return `an object with ${method}()`;
  if (kind === 'scalar') return 'a number or a tensor of one';
  return kind === 'real' ? 'number' : String(kind);
}
/** The first two arguments in each other's place, as in `tf.summary.scalar(loss, 'loss')`. */
function swapped({ args, fullName }: Signature, arg: Argument, value: unknown, beside: unknown): string | null {
  const at = args.indexOf(arg);
  const other = args[1 - at];
  if (!other || (at === 1 && !arg.required && !(beside instanceof DType)) || beside === null || beside === undefined)
    return null;
  if ((arg.kind !== null && !IS[arg.kind](beside, arg)) || (other.kind !== null && !IS[other.kind](value, other)))
    return null;
  return `\n  fix: the other way round: ${fullName}(${args[0].name}, ${args[1].name}).`;
}
/** Arguments that are lists, or may be. */
const LISTS = /^(shape|axis|multiples|perm|dims|size|begin|sizes|inputs|values|ksize|strides|blockShape|initialValue)$/;
/** Two numbers, or two tensors, where one list of them is meant: `tf.zeros(3, 4)`. */
function oneList({ args }: Signature, arg: Argument, value: unknown, before: unknown): string | null {
  const name = args[args.indexOf(arg) - 1]?.name;
  if (!LISTS.test(name)) return null;
  if (typeof before === 'number' && typeof value === 'number')
    return `\n  fix: ${name} is one list: [${before}, ${value}].`;
  return isNode(before) && isNode(value) ? `\n  fix: ${name} is one list: [a, b].` : null;
}
/** What JavaScript calls its values, where a dtype is asked for. */
function asDtype({ kind }: Argument, value: unknown): string {
  const found = kind === 'DataType' ? DTYPES.get(value) : undefined;
  return found ? `\n  fix: ${found}.` : '';
}
const DTYPES: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Number, 'tf.float32'],
  [BigInt, 'tf.int64'],
  [String, 'tf.string'],
  [Boolean, 'tf.bool'],
]);
/** A number or a tensor where a function is asked for. */
function asFunction({ kind, name }: Argument, value: unknown): string {
  if (kind !== 'function') return '';
  if (/regularizer$/i.test(name) && typeof value === 'number')
    return (
      `\n  fix: a penalty is a function of the weights: {${name}: (w) => tf.nn.l2Loss(w).mul(${value})}; ` +
      'the cost is loss.add(tf.losses.getRegularizationLoss()).'
    );
  return isNode(value) ? `\n  fix: ${name} is a function that builds it: () => …` : '';
}
/** In the place of one argument stands what another one takes: a text, no dtype, where a name was meant. */
function asNamed({ args }: Signature, other: Argument | undefined, value: unknown, { byPosition }: Place): string {
  const named = isInitializer(value) ? /initializer$/i : typeof value === 'string' ? /^name$/ : null;
  const meant = (named && args.find(({ name }) => named.test(name))) ?? other;
  return meant && byPosition ? `\n  fix: ${meant.name} by name: {${meant.name}: ${show(value)}}.` : '';
}
export function withoutBody(signature: Signature): Error {
  const { args, fullName, pythonName } = signature;
  const first = args[0] ? `${args[0].name}, ` : '';
  return new TypeError_(
    `${pythonName}() is a block in Python, and takes a function here: its last argument.` +
      `\n  fix: ${fullName}(${first}() => …), which gives what the function returns.`,
  );
}
/** That the call itself ran into what it was given: no check before had a word for it. */
export function unfit(signature: Signature, given: readonly unknown[], cause: Error): Error {
  return unfitFor(signature.pythonName, given, taken(signature), cause);
}
/** The same of what has no signature. @param call  how it is called, as a line of its own */
export function unfitFor(pythonName: string, given: readonly unknown[], call: string, cause: Error): Error {
  const error = new TypeError_(
    `${pythonName}() got an argument, or a part of one, of a kind that it does not take: ` +
      `${given.map(show).join(', ')}${call}` +
      '\n  if all are as they should be, it is a fault of tfjs-session, and the cause says where.',
  );
  return Object.assign(error, { cause });
}
/** The arguments in their order. */
function taken({ fullName, args, pythonName }: Signature): string {
  const list = args.map(({ name, required }) => (required ? name : `${name}?`)).join(', ');
  return `\n  ${pythonName === '__init__' ? 'new ' : ''}${fullName}(${list})`;
}
function show(value: unknown): string {
  if (isRevoked(value)) return preview(value);
  if (value instanceof DType) return `tf.${value.name}`;
  if (typeof value === 'function') return value.name || 'a function';
  // As it is written here, and not in Python.
  return typeof value === 'boolean' ? String(value) : preview(value);
}

// --- arguments that have an older name ------------------------------------------------------------------------

/** That one argument was given under both its names, in TensorFlow's words. Names are Python's. */
export function bothNames(older: string, newer: string): Error {
  return new ValueError(
    `Cannot specify both '${older}' and '${newer}'\n  fix: leave '${older}' out, the older name of '${newer}'.`,
  );
}
