/**
 * What host data must be where it comes in: of the dtype that it says, as many elements as its shape has, whole, and
 * in memory that nobody else writes to or takes away while a run reads it. Inside nobody asks again.
 */
import { asNumbers, asTexts } from './elements';
import { type DType, type Data, bool, limitsOf, string } from './dtype';
import { TypeError_, ValueError } from './errors';
import { tellOnce } from './logging';
import { describe, functionName, isA, isRevoked, preview, textOf } from './preview';
import { MOST_DEPTH, checkedSize } from './room';
import { pythonTuple } from './shape';
import { memberOf } from './thrown';
import { isTypedArray, kindOfArray, plainArray } from './typed-array';

/** The sizes of an array that a program makes. @throws TypeError  for what is no list of whole numbers; ValueError */
export function checkedShape(shape: unknown): readonly number[] {
  if (!isList(shape))
    throw new TypeError_(
      `An array's shape is a list of sizes, not ${shape === null || shape === undefined ? 'None' : typeof shape}.` +
        '\n  fix: new tf.NDArray(dtype, [2, 3], data); [] for a scalar.',
    );
  if (shape.length > MOST_DEPTH)
    throw new ValueError(
      `maximum supported dimension for an ndarray is ${MOST_DEPTH}, found ${shape.length}` +
        '\n  fix: new tf.NDArray(dtype, [2, 3], data); elements come third.',
    );
  // A copy: who made the list may write to it later.
  return Array.from(shape, (d) => {
    if (typeof d === 'number' && Number.isSafeInteger(d) && d >= 0) return d;
    throw new ValueError(
      `Dimension ${d === null || d === undefined ? 'None' : textOf(d)} of an array must be a whole number >= 0.` +
        '\n  an array has elements, so that each of its sizes is known.',
    );
  });
}

/**
 * Whether data are elements of such a dtype and shape.
 *
 * @throws TypeError   where the kind of array is not the one that holds the dtype, or an element is none of it
 * @throws ValueError  where their number is another
 */
export function checkElements(dtype: DType, shape: readonly number[], data: unknown): asserts data is Data {
  const kind = dtype.size === 0 ? 'Array' : dtype.array.name;
  if (!areHeld(dtype, kind, data)) {
    const got = kindOfArray(data) ?? (isList(data) ? 'Array' : data === null ? 'null' : typeof data);
    throw new TypeError_(
      `The elements of an array of ${dtype.name} are held by ${article(kind)}, got ${article(got)}.` +
        `\n  fix: ${kind}.from(data), or tf.constant(data, tf.${dtype.name}) of a list.`,
    );
  }
  checkCount(shape, data, dtype.isComplex ? 2 : 1);
  if (dtype === bool) {
    const at = asNumbers(data).findIndex((v) => v > 1);
    if (at >= 0) throw new TypeError_(`Expected bool, got ${data[at]} of type 'int' instead.\n  it is element ${at}.`);
  }
  if (dtype === string) {
    const at = asTexts(data).findIndex((v: unknown) => typeof v !== 'string');
    if (at >= 0)
      throw new TypeError_(
        `Expected string, got an element of type '${typeof data[at]}' instead.\n  it is element ${at}.`,
      );
  }
}
/** The same, in an array of JavaScript's own. */
export function checkedElements(dtype: DType, shape: readonly number[], data: unknown): Data {
  const plain = isTypedArray(data) ? plainArray(data) : data;
  checkElements(dtype, shape, plain);
  return plain;
}
/** Whether elements are in an array of the kind that holds the dtype. */
function areHeld(dtype: DType, kind: string, data: unknown): data is Data {
  return dtype.size === 0 ? isList(data) : kindOfArray(data) === kind;
}
function article(kind: string): string {
  return `${/^[AEIOaeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
/** Data that are as many as the shape says: they may have been fewer from the start, or have become so since. */
export function checkCount(shape: readonly number[], data: Data, width: number): void {
  const size = checkedSize(shape);
  if (data.length === size * width) return;
  const taken =
    data.length === 0 && ArrayBuffer.isView(data)
      ? '\n  its memory is gone: the buffer was transferred to a worker, or made shorter, after the array was made.'
      : '';
  throw new ValueError(`cannot reshape array of size ${data.length / width} into shape ${pythonTuple(shape)}${taken}`);
}

/** The data as a plain array; a copy where another thread may write to them, or their owner make them shorter. */
export function steady(data: Data): Data {
  if (!ArrayBuffer.isView(data)) return data;
  const plain = plainArray(data);
  const { buffer } = plain;
  const mayShrink = 'resizable' in buffer && buffer.resizable === true;
  return mayShrink || Reflect.get(buffer, Symbol.toStringTag) === 'SharedArrayBuffer' ? plain.slice() : plain;
}

/** Lists up to this long are looked through by whoever takes them. */
const LONG = 1 << 20;
/** @throws TypeError  for a long list with a hole: one of nothing else would take minutes to look through */
export function checkHoles(list: unknown): void {
  if (!Array.isArray(list) || list.length <= LONG) return;
  for (let i = 0; i < list.length; i++)
    if (!(i in list))
      throw new TypeError_(
        `A list of ${list.length} has no element ${i}.\n  fix: list.fill(0), or better a typed array.`,
      );
}

/** @throws ValueError  for a whole number that the integers of a dtype do not reach; elsewhere it would wrap around */
export function checkRange(value: number | bigint, dtype: DType): void {
  const [least, most] = limitsOf(dtype);
  if (value < least || value > most) throw outOfBounds(value, dtype);
}
/** NumPy's sentence; for what does not fit 64 bits, Python's. */
export function outOfBounds(value: number | bigint, dtype: DType): ValueError {
  const long = dtype.size === 8 && (dtype.kind !== 'uint' || value > 0);
  return new ValueError(
    long
      ? `Python int too large to convert to C long\n  ${value} does not fit ${dtype.name}.`
      : `Python integer ${value} out of bounds for ${dtype.name}\n  tf.cast of a wider type wraps around.`,
  );
}

/** Any value in a few words, for messages: what cannot be made text is told by its kind. */
export function worded(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return preview(value);
  if (isRevoked(value)) return 'a revoked Proxy';
  if (typeof value === 'function') return `function ${functionName(value) || '(anonymous)'}`;
  if (typeof value !== 'object') return textOf(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const keys = literalKeys(value);
  return keys ? `an object with ${keys.join(', ') || 'nothing in it'}` : `a ${describe(value)}`;
}
/** The keys of an object literal; null for what is none, or tells nothing. */
function literalKeys(value: object): string[] | null {
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null ? Object.keys(value) : null;
  } catch {
    return null;
  }
}
/** @throws TypeError  for what is no function, where a part of a program was to be given */
export function checkBody(body: unknown): asserts body is (...args: never[]) => unknown {
  if (isCallable(body)) return;
  throw new TypeError_(
    `${worded(body)} is not callable\n  fix: give what is to be made in the scope as a function: () => tf.add(a, b).`,
  );
}
/** Calls a function whose arguments are not known here: a program's own, behind settings. */
export function callWith(fn: (...args: never[]) => unknown, args: readonly unknown[]): unknown {
  return Reflect.apply(fn, undefined, args);
}
/** A function that is called as one: a class is not. */
export function isCallable(value: unknown): value is (...args: never[]) => unknown {
  return typeof value === 'function' && (value.prototype === undefined || !isClass(value));
}
/** A function that makes values of a shape: it has a `call` of its own, which does the same. */
export function isInitializer(value: unknown): boolean {
  return typeof value === 'function' && !isRevoked(value) && Object.hasOwn(value, 'call');
}
/** A class, or what stands for one. `M` is what it makes. */
export function isClass<M extends object = object>(value: unknown): value is new (...args: readonly unknown[]) => M {
  return typeof value === 'function' && Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}
/** A list; of a proxy whose target was taken away nothing can be asked, it is none. */
export function isList(value: unknown): value is readonly unknown[] {
  return !isRevoked(value) && Array.isArray(value);
}
/** What can be gone through: a list, a text, a set, or an object that says how. */
export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'string' || (!isRevoked(value) && isCallable(memberOf(value, Symbol.iterator)));
}
/** A map; not what has only the methods of one. */
export function isMap(value: unknown): value is ReadonlyMap<unknown, unknown> {
  if (!isA(value, Map)) return false;
  try {
    Map.prototype.has.call(value, null);
    return true;
  } catch {
    return false;
  }
}
/** @throws TypeError  for what is no list. @param what  what it was to be, as it begins the sentence */
export function checkList(value: unknown, what: string): asserts value is readonly unknown[] {
  if (!isList(value)) throw new TypeError_(`${what} must be a list, not ${worded(value)}.`);
}
/** @throws TypeError  for what is no text */
export function checkText(value: unknown, what: string): asserts value is string {
  if (typeof value !== 'string') throw new TypeError_(`${what} must be a string, not ${worded(value)}.`);
}
/** @throws TypeError  for what is no whole number */
export function checkInt(value: unknown, name: string): asserts value is number {
  if (!Number.isInteger(value)) throw new TypeError_(`Expected int for argument '${name}' not ${preview(value)}.`);
}
/** @throws TypeError  for what is no number */
export function checkNumber(value: unknown, what: string): asserts value is number {
  if (typeof value !== 'number') throw new TypeError_(`${what} must be a number, not ${worded(value)}.`);
}
/** What a function in the place of a `with` block gives; of one that goes on later it is told so. */
export function endsAtOnce<R>(result: R, name: string): R {
  if (result instanceof Promise)
    tellOnce(
      name,
      `the function for ${name}() is async: what it makes or runs after its first await is outside of the ` +
        'block.\n  fix: await before the block, and give it a function without async.',
    );
  return result;
}
