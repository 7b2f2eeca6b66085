/** Whether attributes are the same, to the bit: not as text, in which lists, integers, NaN and -0 look alike. */
import { DType } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { TensorShape, sameShape } from '../base/shape';

/** Whether two values of attributes are the same. */
export function sameAttr(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof NDArray) return b instanceof NDArray && sameArrays(a, b);
  if (a instanceof TensorShape)
    return b instanceof TensorShape && a.rank === b.rank && (a.dims ?? []).every((d, i) => d === b.dims?.[i]);
  if (ArrayBuffer.isView(a)) return ArrayBuffer.isView(b) && sameBytes(a, b);
  if (a instanceof DType || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key in b && sameAttr(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
function sameArrays(a: NDArray, b: NDArray): boolean {
  if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) return false;
  const [x, y] = [a.data, b.data];
  return ArrayBuffer.isView(x) && ArrayBuffer.isView(y)
    ? sameBytes(x, y)
    : Array.isArray(x) && x.every((text, i) => text === y[i]);
}
export function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const [x, y] = [bytesOf(a), bytesOf(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}
export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
