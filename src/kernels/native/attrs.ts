/** Which attributes can be set on an op through the addon, and how; the others need a graph (one-node.ts). */
import type { DType } from '../../base/dtype';
import type { TensorShape } from '../../base/shape';
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
  return SETTABLE[kind] !== undefined && fits(kind, value);
}
/** An attribute for the addon; null where it cannot be told this value. */
export function encodeAttr(addon: Addon, name: string, kind: AttrKind, value: AttrValue): OpAttr | null {
  const type = SETTABLE[kind];
  if (!type || !fits(kind, value)) return null;
  const plain =
    kind === 'type'
      ? (value as DType).number
      : kind === 'shape'
        ? (value as TensorShape).dims
        : (value as OpAttr['value']);
  return { name, type: addon[type], value: plain as OpAttr['value'] };
}
function fits(kind: AttrKind, value: AttrValue): boolean {
  switch (kind) {
    case 'int':
      return Number.isSafeInteger(value);
    case 'list(int)':
      return (value as readonly (number | bigint)[]).every((v) => typeof v === 'number' && v === (v | 0));
    case 'shape':
      return (value as TensorShape).isFullyDefined();
    case 'string':
      // What is no text, or has a zero in it, would arrive as something else.
      return (value as string).length < MOST_TEXT && /^[\x01-\x7f]*$/.test(value as string);
    default:
      return true;
  }
}
