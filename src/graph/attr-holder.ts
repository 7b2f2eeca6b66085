/** The attributes of a node, and how one asks for them. */
import { checkText } from '../base/border';
import { ValueError } from '../base/errors';
import {
  Attr,
  type AttrKind,
  type AttrRead,
  type AttrValue,
  type Attrs,
  kindOf,
  plain,
  plainAttrs,
  read,
  sharedAttrs,
} from '../format/attr';
import type { AttrExact, AttrName, AttrOf, AttrReader } from './attr-reader';
import type { OpDef } from './definition';

export abstract class AttrHolder implements AttrReader {
  abstract readonly name: string;
  abstract readonly def: OpDef;
  constructor(private attrs: Attrs) {}
  /** Puts attributes in the place of those of their names. */
  protected setAttrs(attrs: Attrs): void {
    this.attrs = { ...this.attrs, ...attrs };
  }

  /** An attribute's value, to the last digit. @throws ValueError  if the node has none of that name */
  getAttr<N extends AttrName>(name: N): AttrExact<N>;
  getAttr(name: string): AttrValue;
  getAttr(name: string): AttrValue {
    const value = this.findAttr(name);
    if (value === undefined) throw new ValueError(`Operation '${this.name}' has no attr named '${name}'.`);
    return value;
  }
  /** An attribute's value, or undefined. */
  findAttr(name: string): AttrValue | undefined {
    checkText(name, 'The name of an attribute');
    const attr = Object.hasOwn(this.attrs, name) ? this.attrs[name] : undefined;
    return attr === undefined ? undefined : plain(attr);
  }
  /** An attribute by its name; with a kind, one that must be of it. */
  attr<N extends AttrName>(name: N): AttrOf<N>;
  attr<K extends AttrKind>(name: string, kind: K): AttrRead<K>;
  attr(name: string, kind?: AttrKind): AttrValue {
    if (kind) checkText(kind, 'The kind of an attribute');
    return read(name, this.getAttr(name), kind);
  }
  /** The names of its attributes. */
  get attrNames(): string[] {
    return Object.keys(this.attrs);
  }
  /** All attributes as plain values. */
  attrValues(): Record<string, AttrValue> {
    return plainAttrs(this.attrs);
  }
  /** The same as they lie here, for who only reads. */
  get sharedAttrs(): Readonly<Record<string, AttrValue>> {
    return sharedAttrs(this.attrs);
  }
  /** All attributes, each with its kind: the definition's, else its own. */
  attrsWithKinds(): readonly (readonly [name: string, attr: Attr])[] {
    return Object.entries(this.attrs).map(([name, attr]) => [
      name,
      attr instanceof Attr ? attr : new Attr(this.def.attr(name)?.kind ?? kindOf(attr), attr),
    ]);
  }
}
