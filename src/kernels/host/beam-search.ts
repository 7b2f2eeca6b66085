/** The search for the likeliest labels of a sequence, after Graves (2012), 7.5.3: beginnings, as a tree of labels. */
import { invalid } from '../kernel';

/** ln(eˣ + eʸ). */
export function logSum(x: number, y: number): number {
  if (x === -Infinity) return y;
  if (y === -Infinity) return x;
  return Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)));
}
/** How likely a beginning is, in logarithms: all ways that end in a blank, those that end in its label, and both. */
interface Chances {
  blank: number;
  label: number;
  total: number;
}
const none = (): Chances => ({ blank: -Infinity, label: -Infinity, total: -Infinity });
/** A beginning: a label behind another beginning. */
class Beginning {
  before: Chances = none();
  now: Chances = none();
  private readonly children = new Map<number, Beginning>();
  constructor(
    readonly label: number,
    readonly parent: Beginning | null,
  ) {}
  get isActive(): boolean {
    return this.now.total !== -Infinity;
  }
  child(label: number): Beginning {
    let found = this.children.get(label);
    if (!found) {
      found = new Beginning(label, this);
      this.children.set(label, found);
    }
    return found;
  }
  labels(merge: boolean): number[] {
    const labels: number[] = [];
    let next = -1;
    for (let at: Beginning = this; at.parent; at = at.parent) {
      if (!merge || at.label !== next) labels.push(at.label);
      next = at.label;
    }
    return labels.reverse();
  }
}
/** Those that are followed, the likeliest first; of two that are as likely the one that came first. */
class Leaves {
  readonly all: Beginning[] = [];
  constructor(private readonly width: number) {}
  get last(): Beginning {
    return this.all[this.all.length - 1];
  }
  get isFull(): boolean {
    return this.all.length >= this.width;
  }
  takes({ total }: Chances): boolean {
    return total > -Infinity && (!this.isFull || total > this.last.now.total);
  }
  push(leaf: Beginning): void {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.all[middle].now.total >= leaf.now.total) low = middle + 1;
      else high = middle;
    }
    this.all.splice(low, 0, leaf);
    if (this.all.length > this.width) this.all.pop();
  }
}

/** A step: those that are followed go on, and new ones grow from them. */
function step(row: Float64Array, leaves: Leaves): void {
  const blank = row.length - 1;
  const most = row.reduce((x, y) => Math.max(x, y), -Infinity);
  const norm = most + Math.log(row.reduce((sum, v) => sum + Math.exp(v - most), 0));
  const branches = leaves.all.splice(0);
  for (const b of branches) b.before = { ...b.now };
  for (const b of branches) {
    const { now, before, parent } = b;
    if (parent) {
      if (parent.isActive)
        now.label = logSum(now.label, b.label === parent.label ? parent.before.blank : parent.before.total);
      now.label += row[b.label] - norm;
    }
    now.blank = before.total + row[blank] - norm;
    now.total = logSum(now.blank, now.label);
    leaves.push(b);
  }
  for (const b of branches) {
    if (!leaves.takes(b.before)) continue;
    for (let label = 0; label < blank; label++) {
      const c = b.child(label);
      if (c.isActive) continue;
      const chance = row[label] - norm + (label === b.label ? b.before.blank : b.before.total);
      const now = { blank: -Infinity, label: chance, total: chance };
      if (!leaves.takes(now)) {
        c.before = none();
        continue;
      }
      if (leaves.isFull) leaves.last.now = none();
      c.now = now;
      leaves.push(c);
    }
  }
}
/** The `count` likeliest sequences of labels of rows of what a softmax takes; the last class is blank. */
export function bestPaths(
  rows: readonly Float64Array[],
  width: number,
  count: number,
  merge: boolean,
): { readonly labels: readonly number[]; readonly chance: number }[] {
  const leaves = new Leaves(width);
  const root = new Beginning(-1, null);
  root.now = { blank: 0, label: -Infinity, total: 0 };
  leaves.push(root);
  for (const row of rows) step(row, leaves);
  if (count > leaves.all.length) invalid('Less leaves in the beam search than requested.');
  const best = [...leaves.all].sort((a, b) => b.now.total - a.now.total).slice(0, count);
  return best.map((b) => ({ labels: b.labels(merge), chance: b.now.total }));
}
