/** A graph as nested name scopes, and what is seen of it from inside each. */
import { entryOf } from '../../base/keys';
import type { Graph, Operation } from '../../graph/graph';

export class Scope {
  readonly scopes: Scope[] = [];
  readonly operations: Operation[] = [];
  /** Operations in it, at any depth. */
  size = 0;
  constructor(
    /** Position among all scopes; the root is 0. */ readonly id: number,
    /** Full name; '' for the root. */ readonly path: string,
    readonly parent: Scope | null,
  ) {}
  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }
  /** The scopes around it, the root first, itself last. */
  get chain(): Scope[] {
    return this.parent ? [...this.parent.chain, this] : [this];
  }
}

export type Item = Scope | Operation;

export interface Edge {
  readonly from: Item;
  readonly to: Item;
  /** How many tensors. */
  tensors: number;
  /** How many edges that only order. */
  controls: number;
}

/** What a scope shows when it is opened. */
export interface View {
  readonly scope: Scope;
  /** What is right inside. */
  readonly inside: readonly Item[];
  /** What outside it is joined to, each in the outermost closed scope. */
  readonly outside: readonly Item[];
  readonly edges: readonly Edge[];
}

/** One view per scope, the root's first. */
export function viewsOf(graph: Graph): View[] {
  const byPath = new Map<string, Scope>();
  const scopes: Scope[] = [];
  const scopeAt = (path: string): Scope => {
    const known = byPath.get(path);
    if (known) return known;
    const parent = path === '' ? null : scopeAt(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    const scope = new Scope(scopes.length, path, parent);
    scopes.push(scope);
    byPath.set(path, scope);
    parent?.scopes.push(scope);
    return scope;
  };
  scopeAt('');
  const operations = graph.getOperations();
  for (const { name } of operations) if (name.includes('/')) scopeAt(name.slice(0, name.lastIndexOf('/')));
  const homes = new Map<Operation, Scope[]>();
  for (const op of operations) {
    // A node named as a scope is inside it: a variable beside its initializer.
    const home = byPath.get(op.name) ?? scopeAt(op.name.slice(0, Math.max(0, op.name.lastIndexOf('/'))));
    home.operations.push(op);
    const chain = home.chain;
    for (const scope of chain) scope.size++;
    homes.set(op, chain);
  }

  const edges = scopes.map(() => new Map<string, Edge>());
  const join = (from: Operation, to: Operation, kind: 'tensors' | 'controls') => {
    for (const scope of new Set([...entryOf(homes, from), ...entryOf(homes, to)])) {
      const [a, b] = [seen(from, entryOf(homes, from), scope), seen(to, entryOf(homes, to), scope)];
      if (a === b) continue;
      const key = `${keyOf(a)} ${keyOf(b)}`;
      const edge = edges[scope.id].get(key) ?? { from: a, to: b, tensors: 0, controls: 0 };
      edge[kind]++;
      edges[scope.id].set(key, edge);
    }
  };
  for (const op of operations) {
    for (const input of op.inputs) join(input.op, op, 'tensors');
    for (const control of op.controlInputs) join(control, op, 'controls');
  }
  return scopes.map((scope) => {
    const inside: Item[] = [...scope.scopes, ...scope.operations];
    const known = new Set(inside);
    const mine = [...edges[scope.id].values()];
    const outside = [...new Set(mine.flatMap(({ from, to }) => [from, to]).filter((item) => !known.has(item)))];
    return { scope, inside, outside, edges: mine };
  });
}

export const keyOf = (item: Item): string => (item instanceof Scope ? `s${item.id}` : `o${item.id}`);

/** What stands for an operation where `scope` is open: itself, or the closed scope that it is in. */
function seen(op: Operation, chain: readonly Scope[], scope: Scope): Item {
  const open = scope.chain;
  for (let i = 0; i < chain.length; i++) if (open[i] !== chain[i]) return chain[i];
  return op;
}
