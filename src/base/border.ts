/**
 * What host data must be where it comes in: of the dtype that it says, as many elements as its shape has, whole, and
 * in memory that nobody else writes to or takes away while a run reads it. Inside nobody asks again.
 */
import { type DType, type Data, bool, limitsOf, string } from './dtype';
import { TypeError_, ValueError } from './errors';
import { checkedSize } from './room';
import { pythonTuple } from './shape';

/** The name of the kind of array that a value is: `Float32Array`; by tag, since arrays come from other realms too. */
export function kindOfArray(value: unknown): string | null {
  if (!ArrayBuffer.isView(value)) return null;
  return (value as unknown as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag] ?? null;
}

/** The sizes of an array that a program makes. @throws TypeError  for what is no list of whole numbers; ValueError */
export function checkedShape(shape: unknown): readonly number[] {
  if (!Array.isArray(shape))
    throw new TypeError_(
      `An array's shape is a list of sizes, not ${shape === null || shape === undefined ? 'None' : typeof shape}.` +
        '\n  fix: new tf.NDArray(dtype, [2, 3], data); [] for a scalar.',
    );
  // A copy: who made the list may write to it later.
  const dims = (shape as readonly unknown[]).slice();
  for (const d of dims)
    if (typeof d !== 'number' || !Number.isSafeInteger(d) || d < 0)
      throw new ValueError(
        `Dimension ${d === null || d === undefined ? 'None' : String(d)} of an array must be a whole number >= 0.` +
          '\n  an array has elements, so that each of its sizes is known.',
      );
  return dims as number[];
}

/**
 * Whether data are elements of such a dtype and shape.
 *
 * @throws TypeError   where the kind of array is not the one that holds the dtype, or an element is none of it
 * @throws ValueError  where their number is another
 */
export function checkElements(dtype: DType, shape: readonly number[], data: unknown): void {
  const kind = dtype.size === 0 ? 'Array' : dtype.array.name;
  const isKind = dtype.size === 0 ? Array.isArray(data) : kindOfArray(data) === kind;
  if (!isKind) {
    const got = kindOfArray(data) ?? (Array.isArray(data) ? 'Array' : data === null ? 'null' : typeof data);
    throw new TypeError_(
      `The elements of an array of ${dtype.name} are held by ${article(kind)}, got ${article(got)}.` +
        `\n  fix: ${kind}.from(data), or tf.constant(data, tf.${dtype.name}) of a list.`,
    );
  }
  checkCount(shape, data as Data, dtype.isComplex ? 2 : 1);
  if (dtype === bool) {
    const at = (data as Uint8Array).findIndex((v) => v > 1);
    if (at >= 0)
      throw new TypeError_(
        `Expected bool, got ${(data as Uint8Array)[at]} of type 'int' instead.\n  it is element ${at}.`,
      );
  }
  if (dtype === string) {
    const at = (data as unknown[]).findIndex((v) => typeof v !== 'string');
    if (at >= 0)
      throw new TypeError_(
        `Expected string, got an element of type '${typeof (data as unknown[])[at]}' instead.\n  it is element ${at}.`,
      );
  }
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

/** Longer typed arrays have a buffer of their own outside the heap, which can be asked for at no cost. */
const ON_HEAP = 64;
/** The data, or a copy where another thread may write to them, or their owner make them shorter. */
export function steady(data: Data): Data {
  if (!ArrayBuffer.isView(data) || data.byteLength <= ON_HEAP) return data;
  const buffer = data.buffer as unknown as { readonly resizable?: boolean; readonly [Symbol.toStringTag]: string };
  return buffer.resizable === true || buffer[Symbol.toStringTag] === 'SharedArrayBuffer' ? data.slice() : data;
}

/** Nested lists deeper than this are no array: NumPy has 32 dimensions, TensorFlow 254. */
export const MOST_DEPTH = 254;
/** For a list in which no end is found. */
export function tooDeep(): ValueError {
  return new ValueError(
    `maximum recursion depth exceeded: lists are nested deeper than ${MOST_DEPTH} times.` +
      '\n  likely cause: a list that contains itself.',
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
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const own = Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
  return own ? `an object with ${Object.keys(value).join(', ') || 'nothing in it'}` : `a ${value.constructor?.name}`;
}
/** @throws TypeError  for what is no function, where a part of a program was to be given */
export function checkBody(body: unknown): void {
  if (typeof body === 'function') return;
  throw new TypeError_(
    `${worded(body)} is not callable\n  fix: give what is to be made in the scope as a function: () => tf.add(a, b).`,
  );
}
