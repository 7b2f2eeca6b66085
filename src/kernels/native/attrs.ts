/** Which attributes can be set on an op through the addon, and how; the others need a graph (one-node.ts). */
import { DType } from '../../base/dtype';
import { TensorShape, isFull } from '../../base/shape';
import type { AttrKind, AttrValue } from '../../graph/opdef';
import type { Addon, OpAttr } from './addon';

/** The addon's name for the kinds that it has. It knows single types and shapes, and no list of texts. */
const SETTABLE: { readonly [kind in AttrKind]?: keyof Addon & `TF_ATTR_${string}` } = {
  int: 'TF_ATTR_INT',
  'list(int)': 'TF_ATTR_INT',
  float: 'TF_ATTR_FLOAT',
  'list(float)': 'TF_ATTR_FLOAT',
  bool: 'TF_ATTR_BOOL',
  'list(bool)': 'TF_ATTR_BOOL',
  string: 'TF_ATTR_STRING',
  type: 'TF_ATTR_TYPE',
  shape: 'TF_ATTR_SHAPE',
};
/** Longer texts it cuts. */
const MOST_TEXT = 500;

/** Whether the addon has a way to say an attribute of this kind. */
export function isSettable(kind: AttrKind): boolean {
  return kind in SETTABLE;
}
/** Whether the addon can be told this value. */
export function canBeSet(kind: AttrKind, value: AttrValue): boolean {
  return SETTABLE[kind] !== undefined && plainOf(kind, value) !== null;
}
/** An attribute for the addon; null where it cannot be told this value. */
export function encodeAttr(addon: Addon, name: string, kind: AttrKind, value: AttrValue): OpAttr | null {
  const type = SETTABLE[kind];
  const plain = type && plainOf(kind, value);
  return type && plain !== undefined && plain !== null ? { name, type: addon[type], value: plain } : null;
}
/** A value as the addon takes it; null where it would arrive as something else. */
function plainOf(kind: AttrKind, value: AttrValue): OpAttr['value'] | null {
  if (value instanceof DType) return value.number;
  if (value instanceof TensorShape) return isFull(value.dims) ? value.dims : null;
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return kind !== 'int' || Number.isSafeInteger(value) ? value : null;
    // What is no text, or has a zero in it, would arrive as something else.
    case 'string':
      return value.length < MOST_TEXT && /^[\x01-\x7f]*$/.test(value) ? value : null;
    default:
      if (areNumbers(value)) return kind !== 'list(int)' || value.every((v) => v === (v | 0)) ? value : null;
      return areBooleans(value) ? value : null;
  }
}
function areNumbers(value: AttrValue): value is readonly number[] {
  return Array.isArray(value) && value.every((v) => typeof v === 'number');
}
function areBooleans(value: AttrValue): value is readonly boolean[] {
  return Array.isArray(value) && value.every((v) => typeof v === 'boolean');
}
