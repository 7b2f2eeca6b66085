/** Names of nodes and scopes: what is valid, and how TensorFlow makes one that nobody uses yet. */
import { worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';

const VALID_OP = /^[A-Za-z0-9.][A-Za-z0-9_.\-/]*$/;
const VALID_SCOPE = /^[A-Za-z0-9_.\-/]*$/;

function cure(name: string): string {
  const valid = name.replace(/[^A-Za-z0-9_.\-/]+/g, '_').replace(/^[^A-Za-z0-9.]+|_+$/g, '');
  const form = 'a name has letters, digits and _ . - / and begins with a letter, a digit or a dot';
  return `\n  fix: ${form}${valid ? `: '${valid}'` : ''}.`;
}

/** @throws TypeError  for what is no text; it comes from programs that are not checked by a compiler */
export function checkName(name: unknown): void {
  if (typeof name === 'string') return;
  throw new TypeError_(
    `expected string or bytes-like object for a name, got ${worded(name)} of type '${typeof name}'` +
      "\n  fix: the name of a node or a scope is text: {name: 'layer1'}.",
  );
}
/** @throws ValueError  if no node can have this name */
export function checkNodeName(name: string): void {
  checkName(name);
  if (!VALID_OP.test(name)) throw new ValueError(`'${name}' is not a valid node name${cure(name)}`);
}
/** @throws ValueError  if no scope can have this name; inside another scope it may begin with a `_` or `-` */
export function checkScopeName(name: string, nested: boolean): void {
  checkName(name);
  if (!(nested ? VALID_SCOPE : VALID_OP).test(name))
    throw new ValueError(`'${name}' is not a valid scope name${cure(name)}`);
}

/** A graph's name scopes. */
export interface NameScopes {
  /** The open name scope, without its final slash. */
  readonly scopeName: string;
  /** A name nobody uses, as TensorFlow makes it: `name`, `name_1`, … in the current scope. */
  uniqueName(
    name: string | { readonly name: string; readonly markAsUsed?: boolean | null },
    markAsUsed?: boolean | { readonly markAsUsed?: boolean | null } | null,
  ): string;
  /** Runs `body` with names prefixed. A name that ends in a slash re-enters that scope; null or '' is the root. */
  nameScope<R>(name: string | null | { readonly name: string | null }, body: (scope: string) => R | []): R;
  /** A name scope and `Graph.madeAt` in one, for a function that makes nodes: all come from the line that called it. */
  callScope<R>(name: string, caller: (...args: never[]) => unknown, body: (scope: string) => R): R;
}

/** The names of a graph's nodes and scopes. Two names that differ in case alone are one. */
export class Names {
  private readonly inUse = new Map<string, number>();

  /** `name`, or `name_1`, `name_2`, … where it is in use. */
  unique(name: string, markAsUsed: boolean): string {
    const key = name.toLowerCase();
    let i = this.inUse.get(key) ?? 0;
    if (markAsUsed) this.inUse.set(key, i + 1);
    if (i === 0) return name;
    let unique = key;
    while (this.inUse.has(unique)) unique = `${key}_${i++}`;
    if (markAsUsed) this.inUse.set(unique, 1);
    return `${name}_${i - 1}`;
  }
  /** Marks the name of a node that was not made unique: an imported one. */
  claim(name: string): void {
    const key = name.toLowerCase();
    if (!this.inUse.has(key)) this.inUse.set(key, 1);
  }
}
