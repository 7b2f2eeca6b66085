/** NodeDef: a node as bytes, and back. */
import type { Attr } from './attr';
import { type AttrBytes, putAttr, writeAttrs } from './attr-value';
import { type MessageWriter, readFields } from './wire';

/** TensorFlow's NodeDef, as plain data. */
export interface NodeMessage {
  /** Its name. */
  readonly name: string;
  /** Its op type. */
  readonly op: string;
  /** `node`, `node:1`, `^node`. */
  readonly input: readonly string[];
  /** Where it asks to run; '' for anywhere. */
  readonly device: string;
  /** Its attributes, by name. */
  readonly attr: Readonly<Record<string, Attr>>;
  /** Fields that are not known here. */
  readonly unknown: Uint8Array;
}

/** A node as it is written. */
export type WrittenNode = Omit<NodeMessage, 'attr'> & { readonly attr: Readonly<Record<string, AttrBytes>> };

export function writeNode(m: MessageWriter, node: WrittenNode): void {
  m.text(1, node.name).text(2, node.op);
  for (const input of node.input) m.text(3, input);
  m.text(4, node.device);
  writeAttrs(m, 5, node.attr);
  m.raw(node.unknown);
}
export function readNode(bytes: Uint8Array): NodeMessage {
  const [input, attr]: [string[], Record<string, Attr>] = [[], {}];
  let [name, op, device] = ['', '', ''];
  const unknown = readFields(bytes, (field, r) => {
    if (field === 1) name = r.string();
    else if (field === 2) op = r.string();
    else if (field === 3) input.push(r.string());
    else if (field === 4) device = r.string();
    else if (field === 5) putAttr(attr, r.bytes());
    else return false;
    return true;
  });
  return { name, op, input, device, attr, unknown };
}
