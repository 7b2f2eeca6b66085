/** Whether all attributes of two nodes are the same, and a number for those that are. */
import { DType } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { bytesOf, sameAttr } from '../format/same-attr';
import type { AttrValue } from '../graph/opdef';

type Attrs = Readonly<Record<string, AttrValue>>;
/** Constants with more elements are not compared. */
const LARGEST = 64;

/** Names that a graph uses for its own notes begin so; they say nothing of the result. */
const names = (attrs: Attrs): string[] => Object.keys(attrs).filter((name) => !name.startsWith('_'));

export function sameAttrs(a: Attrs, b: Attrs): boolean {
  const [left, right] = [names(a), names(b)];
  return left.length === right.length && left.every((name) => name in b && sameAttr(a[name], b[name]));
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
      if (ArrayBuffer.isView(data)) for (const byte of bytesOf(data)) hash = mixed(hash, byte);
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
