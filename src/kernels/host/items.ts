/**
 * Lists that never change: one with another element shares all the rest with the one that it was made of. Each is a
 * tree of 32 branches, so that to add, to take away and to replace an element takes as long for a thousand elements as
 * for a million.
 */
import type { Value } from '../value';

const BITS = 5;
const WIDTH = 1 << BITS;

/** Holds a reference to each of its branches, and counts who holds it. */
class Branch {
  private refs = 1;
  constructor(readonly below: readonly (Branch | Value | null)[]) {}
  retain(): this {
    this.refs++;
    return this;
  }
  release(): void {
    if (--this.refs === 0) for (const each of this.below) each?.release();
  }
}

/** Elements with one reference each; null for one that was not set yet. */
export class Items {
  private constructor(
    private readonly root: Branch | null,
    private readonly depth: number,
    readonly length: number,
  ) {}
  /** Takes over one reference of each. */
  static of(items: readonly (Value | null)[]): Items {
    if (!items.length) return new Items(null, 0, 0);
    let level: (Branch | Value | null)[] = [...items];
    let depth = 0;
    do {
      const above: Branch[] = [];
      for (let i = 0; i < level.length; i += WIDTH) above.push(new Branch(level.slice(i, i + WIDTH)));
      level = above;
      depth++;
    } while (level.length > 1);
    const [root] = level;
    return new Items(root instanceof Branch ? root : null, depth, items.length);
  }
  release(): void {
    this.root?.release();
  }
  /** Without a reference for the caller. */
  at(index: number): Value | null {
    let at: Branch | Value | null = this.root;
    for (let level = this.depth - 1; at instanceof Branch; level--)
      at = at.below[(index >>> (level * BITS)) & (WIDTH - 1)] ?? null;
    return at;
  }
  /** All of them, without references for the caller. */
  all(): (Value | null)[] {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }
  /** With another element, of which it takes over a reference; at the end it is added. */
  with(index: number, item: Value | null): Items {
    const length = Math.max(this.length, index + 1);
    let { root, depth } = this;
    if (!root) return new Items(new Branch([item]), 1, 1);
    root.retain();
    for (; index >= WIDTH ** depth; depth++) root = new Branch([root]);
    const changed = put(root, depth - 1, index, item);
    root.release();
    return new Items(changed, depth, length);
  }
  /** Without the last one. */
  butLast(): Items {
    const { root, depth } = this;
    if (!root || this.length < 2) return new Items(null, 0, 0);
    const last = this.length - 1;
    return new Items(this.at(last) ? put(root, depth - 1, last, null) : root.retain(), depth, last);
  }
}
function put(branch: Branch, level: number, index: number, item: Value | null): Branch {
  const at = (index >>> (level * BITS)) & (WIDTH - 1);
  const below = branch.below.map((each, i) => (i === at ? null : (each?.retain() ?? null)));
  while (below.length < at) below.push(null);
  const old = branch.below[at] ?? null;
  below[at] = level === 0 ? item : put(old instanceof Branch ? old : new Branch([]), level - 1, index, item);
  return new Branch(below);
}
