/** What the comments behind statements say, in docstrings and on pages, beside what the statements give. */
import * as tf from '../../src';

/** A comment as a value: `[1, 2]: why` up to the colon; undefined where it is no value but words. */
export function meant(said: string): unknown {
  const text = said.replace(/(?<=[\]\w)'"])(: |, |; | +)[^\]]*$/, '').trim();
  const spelled = text
    .replace(/\bNaN\b/g, '"NaN"')
    .replace(/(-?)\bInfinity\b/g, '"$1Infinity"')
    .replaceAll("'", '"');
  try {
    return JSON.parse(spelled);
  } catch {
    return undefined;
  }
}
/** What a value is when it is run: numbers and lists. */
export function plain(value: unknown, sess: tf.Session): unknown {
  if (value instanceof tf.Tensor || value instanceof tf.Variable || value instanceof tf.IndexedSlices)
    return plain(sess.run(value), sess);
  if (value instanceof tf.Operation) return plain(sess.run(value), sess);
  if (value instanceof tf.NDArray) return plain(value.toArray(), sess);
  if (value instanceof tf.TensorShape) return plain(value.dims, sess);
  if (value instanceof tf.DType) return value.name;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array, (each) => plain(each, sess));
  if (Array.isArray(value)) return value.map((each) => plain(each, sess));
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.values(value).map((each) => plain(each, sess));
  return value;
}
/** Equal, numbers to six digits. */
export function equal(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, i) => equal(each, b[i]));
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 2e-6 * Math.max(1, Math.abs(b));
  return a === b;
}
