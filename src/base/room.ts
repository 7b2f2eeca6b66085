/**
 * What no machine has room for, refused in TensorFlow's words before memory is asked for: sizes, and lists in lists
 * without end or of any length.
 */
import { InvalidArgumentError, ResourceExhaustedError, ValueError } from './errors';
import { memory } from './platform';
import { isRevoked } from './preview';
import { cShape } from './shape';

/** Elements up to this many need no question. */
export const FEW = 1 << 24;
export function isFew(length: number): boolean {
  return length >= 0 && length <= FEW;
}
/** What V8 can number in one array. */
const MOST = 2 ** 32 - 1;
/** The bytes that a protocol buffer may have, less one. */
export const MESSAGE_BYTES = 2 ** 31;
/** The bytes that 32 bits can number. */
export const ADDRESSES = 2 ** 32;
export const MEGABYTE = 2 ** 20;

/** Number of elements. @throws InvalidArgumentError  where 64 bits do not hold it */
export function checkedSize(shape: readonly number[]): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i];
  if (n >= 2 ** 63)
    throw new InvalidArgumentError(null, `Shape ${cShape(shape)} would have more than 2**63 - 1 elements`);
  return n;
}

/**
 * The share of the memory that one tensor may take: it may lie on the host and on the device, and whoever fetches it
 * has it once more, beside what it was made of.
 */
const SHARE = 1 / 4;
/**
 * Asks for the memory of so many elements.
 *
 * @param bytes  of an element
 * @param shape  theirs, where it is known, for the message
 * @throws ResourceExhaustedError  where that is more than its share of what the process may have; InvalidArgumentError
 * for no size at all
 */
export function claim(length: number, bytes: number, type: string, shape: readonly number[] = [length]): void {
  if (isFew(length)) return;
  if (shape.some((d) => d < 0) || !(length >= 0))
    throw new InvalidArgumentError(null, `Dimension ${shape.find((d) => !(d >= 0)) ?? length} must be >= 0`);
  checkedSize(shape);
  if (length > MOST || length * bytes > memory() * SHARE) throw exhausted(type, shape);
  if (length * bytes > stepBytes) throw exhausted(type, shape, `\n  fix: ${limitCure(stepBytes)}`);
}
/** What a run of a server may hold, and so a tensor of it. */
let stepBytes = Infinity;
/** Refuses tensors that no run may hold, before memory is taken. */
export function limitTensors(bytes: number): void {
  stepBytes = bytes;
}
/** What helps against the limit of a server's steps. */
export function limitCure(bytes: number): string {
  return (
    `a step on this server may hold ${Math.floor(bytes / MEGABYTE)} MB (--max-step-mb; maxStepMb of a ` +
    'tf.train.Server): use smaller batches, or start it with more.'
  );
}
/** TensorFlow's sentence, and how much it was. */
export function exhausted(type: string, shape: readonly number[], cure = ''): ResourceExhaustedError {
  return new ResourceExhaustedError(
    null,
    `OOM when allocating tensor with shape${cShape(shape)} and type ${type} on ` +
      `/job:localhost/replica:0/task:0/device:CPU:0 by allocator cpu${cure}`,
  );
}

// --- lists in lists -----------------------------------------------------------------------------------------------

/** Nested lists deeper than this are no array: NumPy has 32 dimensions, TensorFlow 254. */
export const MOST_DEPTH = 254;
/** For a list in which no end is found. */
export function tooDeep(): ValueError {
  return new ValueError(
    `maximum recursion depth exceeded: lists are nested deeper than ${MOST_DEPTH} times.` +
      '\n  likely cause: a list that contains itself.',
  );
}

/** How much a way through lists in lists has come to. */
export interface Walk {
  parts: number;
}
/** Lists that hold one another many times have more parts than can be gone through: 40 of 2 have 2 ** 40. */
const MOST_PARTS = 1 << 21;
/** Every part of lists in lists passes here. @throws ValueError  for such without end, or nearly so */
export function step(walk: Walk, depth: number, most = MOST_PARTS): void {
  if (depth > MOST_DEPTH) throw tooDeep();
  if (++walk.parts > most)
    throw new ValueError(
      `lists in lists have more than ${most} parts.\n  likely cause: lists that hold one another many times.`,
    );
}
/**
 * Whether something in lists in lists is so. Each list is looked through once, however often it is held.
 *
 * @param reach  how many elements of a list are looked at
 */
export function someWithin(
  list: readonly unknown[],
  is: (part: unknown) => boolean,
  reach: (list: readonly unknown[]) => number,
  done = new Set<unknown>(),
  depth = 0,
): boolean {
  if (depth > MOST_DEPTH) throw tooDeep();
  const end = Math.min(list.length, reach(list));
  for (let i = 0; i < end; i++) {
    const part = list[i];
    if (Array.isArray(part) ? !done.has(part) && someWithin(part, is, reach, done, depth + 1) : is(part)) return true;
  }
  done.add(list);
  return false;
}

/** The elements of lists in lists. @throws ValueError  for a list without end */
export function flattened(
  list: readonly unknown[],
  out: unknown[] = [],
  depth = 0,
  walk: Walk = { parts: 0 },
): unknown[] {
  for (const each of list) {
    step(walk, depth);
    if (!isRevoked(each) && Array.isArray(each)) flattened(each, out, depth + 1, walk);
    else out.push(each);
  }
  return out;
}

// --- lists of any length ------------------------------------------------------------------------------------------

/** Adds elements at the end: as arguments of `push`, some hundred thousand are more than the engine's stack holds. */
export function append<T>(list: T[], more: Iterable<T>): void {
  for (const each of more) list.push(each);
}
/** The largest of numbers, and at least `least`; of any length, likewise. */
export function largest(numbers: Iterable<number>, least: number): number {
  let most = least;
  for (const each of numbers) most = Math.max(most, each);
  return most;
}
/** Adds a value to those of a key; a new list for each would take as long as the square of their number. */
export function addUnder<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
