/** Whether attributes are the same, to the bit: not as text, in which lists, integers, NaN and -0 look alike. */
import { DType } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { TensorShape, sameShape } from '../base/shape';
import type { AttrValue } from '../graph/opdef';

type Attrs = Readonly<Record<string, AttrValue>>;
/** Constants with more elements are not compared. */
const LARGEST = 64;

/** Names that a graph uses for its own notes begin so; they say nothing of the result. */
const names = (attrs: Attrs): string[] => Object.keys(attrs).filter((name) => !name.startsWith('_'));

export function sameAttrs(a: Attrs, b: Attrs): boolean {
  const [left, right] = [names(a), names(b)];
  return left.length === right.length && left.every((name) => name in b && same(a[name], b[name]));
}
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof NDArray) return b instanceof NDArray && sameArrays(a, b);
  if (a instanceof TensorShape)
    return b instanceof TensorShape && a.rank === b.rank && (a.dims ?? []).every((d, i) => d === b.dims![i]);
  if (ArrayBuffer.isView(a)) return ArrayBuffer.isView(b) && sameBytes(a, b);
  if (a instanceof DType || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key in b && same(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
function sameArrays(a: NDArray, b: NDArray): boolean {
  if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) return false;
  const [x, y] = [a.data, b.data];
  return ArrayBuffer.isView(x) && ArrayBuffer.isView(y)
    ? sameBytes(x, y)
    : Array.isArray(x) && x.every((text, i) => text === y[i]);
}
function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const [x, y] = [bytes(a), bytes(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}
function bytes(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** A number that is the same for the same attributes, or null where a constant among them is too large to compare. */
export function hashOf(attrs: Attrs): number | null {
  let hash = 0;
  for (const name of names(attrs).sort()) {
    const value = attrs[name];
    if (value instanceof NDArray) {
      if (value.size > LARGEST) return null;
      for (const d of value.shape) hash = mixed(hash, d);
      const { data } = value;
      if (ArrayBuffer.isView(data)) for (const byte of bytes(data)) hash = mixed(hash, byte);
      else for (const text of data) hash = mixed(hash, text.length);
    } else if (typeof value === 'number') hash = mixed(hash, value);
    else if (typeof value === 'string') hash = mixed(hash, value.length);
    else if (typeof value === 'boolean') hash = mixed(hash, value ? 1 : 2);
    else if (value instanceof DType) hash = mixed(hash, value.number);
  }
  return hash;
}
/** A number made of two. */
export function mixed(hash: number, value: number): number {
  return (Math.imul(hash, 31) + (value | 0)) | 0;
}
