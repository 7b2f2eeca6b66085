/** What is said of values that become no array: why, and what to do instead. */
import { isInitializer } from './border';
import { TypeError_, ValueError } from './errors';
import { nullLately } from './none';
import { describe, preview, textOf } from './preview';

/** What is no number, string or truth value, or holds nothing somewhere. */
export function inconvertible(value: unknown): Error {
  if (value === null || value === undefined) return noValue(value);
  return new TypeError_(
    `Failed to convert object of type <class '${Array.isArray(value) ? 'list' : describe(value)}'> ` +
      `to Tensor. Contents: ${preview(value)}. Consider casting elements to a supported type.\n  fix: ${cure(value)}.`,
  );
}
function cure(value: NonNullable<unknown>): string {
  if (has(value, isPromise)) return 'it is a promise: await it before; a function that makes nodes is not async';
  if (isInitializer(value)) return 'call the initializer with a shape: tf.zerosInitializer()([784, 10])';
  if (typeof value === 'function') return 'call the function, and give what it returns';
  if (!Array.isArray(value)) return 'an object is no value; options come after the arguments that go by position';
  if (has(value, isNode)) return 'tf.stack makes one tensor of a list of tensors; a constant has values alone';
  if (has(value, isUndefined))
    return 'the list holds undefined: an index beyond the end, or new Array(n) without .fill(0)';
  return (
    'null is no number: in data, put a number in its place; a size that is not known is -1 in tf.reshape, null in a ' +
    "placeholder's shape, and tf.shape(x).get(0) elsewhere"
  );
}
const isPromise = (x: unknown): boolean => x instanceof Promise;
const isNode = (x: unknown): boolean => typeof x === 'object' && x !== null && 'op' in x;
const isUndefined = (x: unknown): boolean => x === undefined;
/** Whether a value, or an element of a nested list, is such; only the beginning of long lists is looked at. */
function has(value: unknown, is: (x: unknown) => boolean, depth = 0): boolean {
  if (!Array.isArray(value)) return is(value);
  return depth < DEEPEST && Array.from(value.slice(0, LOOKED_AT)).some((x) => has(x, is, depth + 1));
}
const LOOKED_AT = 64;
const DEEPEST = 8;

/** The error for null and undefined. */
export function noValue(value: null | undefined): ValueError {
  return new ValueError(
    `None values not supported.\n  the value is ${textOf(value)}` +
      `\n  likely cause: ${
        value === null
          ? ofNull(
              'a gradient that is null because no path leads to it: tf.explainGradient(y, x) says where it breaks.',
            )
          : 'an argument left out, a function that returns nothing, a misspelled property, ' +
            'x.shape[1].value, which is x.shape[1], ' +
            'or x[0] of a tensor, which is x.get(0).'
      }`,
  );
}
/** Why a value is null: as what was null lately said, or as it mostly is. */
export function ofNull(mostly: string): string {
  const [lately] = nullLately();
  return lately === undefined ? mostly : `${lately}\n  or: ${mostly}`;
}
/** What makes an element fit that is of another kind than `dtype`'s, as the error of an element says it. */
export function elementCure(message: string): string {
  const [, dtype, kind] = /^Expected (\w+), got .* of type '(\w+)' instead\.$/.exec(message) ?? [];
  if (dtype === undefined) return '';
  if (kind === 'float' && /int/.test(dtype))
    return (
      `\n  fix: ${dtype} has no fractions: tf.cast(x, tf.float32) of the tensor beside it, or Math.round ` +
      'the number.'
    );
  if (kind === 'str' && dtype !== 'bool') return '\n  fix: a text is no number: Number(text) reads one.';
  if (dtype === 'string') return '\n  fix: a number is no text: String(value).';
  return '';
}
