/** What newer TensorFlows say of ops that TensorFlow 1.15 has, and what of it means something else than there. */
import { DType } from '../base/dtype';
import type { Attr } from '../format/attr';
import { plain } from '../format/attr';
import type { NodeMessage } from '../format/node-def';
import { NEWER_ATTRS } from './generated/newer-attrs';

/** A value as the table has it. */
function asWritten(attr: Attr): unknown {
  const value = plain(attr);
  return value instanceof DType ? value.cName : value;
}
const isSame = (a: unknown, b: unknown): boolean =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.fround(a) === Math.fround(b)
    : JSON.stringify(a) === JSON.stringify(b);

/** The attributes by which a newer TensorFlow asks for something else than 1.15's op gives. */
export function newerAttrs(node: NodeMessage): string[] {
  const added = Object.hasOwn(NEWER_ATTRS, node.op) ? NEWER_ATTRS[node.op] : null;
  if (!added) return [];
  return Object.keys(added).filter(
    (name) => Object.hasOwn(node.attr, name) && !isSame(asWritten(node.attr[name]), added[name]),
  );
}
