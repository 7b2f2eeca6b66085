/** The ways by which a gradient comes from y to x, its nodes, and what they are in a run. */
import { NDArray } from '../base/ndarray';
import { isBackpropagatable } from '../gradients/between';
import { gradientsOf } from '../gradients/gradients';
import { heardBy } from '../gradients/heard';
import { float64, variant } from '../base/dtype';
import { type Graph, IndexedSlices, type Operation, type Tensor, gradientFunction } from '../graph/graph';
import type { Grad } from '../graph/opdef';
import { Key } from '../graph/own';
import type { Feeds } from '../graph/runner';
import { RunOptions } from '../session/metadata';
import type { Session } from '../session/session';
import { type Figures, figuresOf } from './figures';
import { type InIteration, Inside, Watch, type Way, isFlow } from './gradients-inside';

export const MOST_WAYS = 3;

// --- ways ---------------------------------------------------------------------------------------------------

/**
 * Shortest ways from y back to x, one for each of the nodes by which x (or what follows it) first branches. Of ways
 * that let gradients through and ways that do not (by a shape, say) only the first are given, if there are any.
 */
export function waysBetween(x: Tensor, y: Tensor): Tensor[][] {
  const open = nextTo(y, (t, input) => isBackpropagatable(input) && gradientFunction(t.op) !== 'none');
  const next = open.has(x) ? open : nextTo(y, () => true);
  if (!next.has(x)) return [];
  const trunk: Tensor[] = [x];
  let at = x;
  let branches = following(at, next);
  while (branches.length === 1 && at !== y) {
    trunk.push((at = branches[0]));
    branches = following(at, next);
  }
  if (at === y) return [trunk.reverse()];
  return branches.slice(0, MOST_WAYS).map((first) => {
    const way = [...trunk];
    for (let t: Tensor | null = first; t; t = next.get(t) ?? null) way.push(t);
    return way.reverse();
  });
}
/** Where each tensor leads to, on a shortest way to y by edges that are taken. */
function nextTo(y: Tensor, taken: (t: Tensor, input: Tensor) => boolean): Map<Tensor, Tensor | null> {
  const next = new Map<Tensor, Tensor | null>([[y, null]]);
  for (const t of next.keys())
    for (const input of t.op.inputs) if (!next.has(input) && taken(t, input)) next.set(input, t);
  return next;
}
/** Tensors made from `t` on ways to y. */
function following(t: Tensor, next: ReadonlyMap<Tensor, Tensor | null>): Tensor[] {
  return t.consumers().flatMap((op) => op.outputs.filter((o) => next.has(o)));
}

/** Whether it is in a loop or a branch, where nothing can be fetched. */
export function isInside(op: Operation): boolean {
  const { control } = op.def.row;
  return (op.context !== null && control !== 'exit') || control === 'switch';
}

// --- gradients ------------------------------------------------------------------------------------------------

export interface Nodes {
  readonly tensors: readonly Tensor[];
  readonly grads: ReadonlyMap<Tensor, Grad>;
  /** What reaches tensors inside of loops and branches. */
  readonly inside: Inside;
}
const MADE = new Key<Map<string, Nodes>>('explained gradients');
/** Gradient nodes for the tensors on the ways, made once. Those behind a break have none. */
export function nodesFor(graph: Graph, y: Tensor, x: Tensor, ways: readonly (readonly Tensor[])[]): Nodes {
  const made = graph.own(MADE, () => new Map());
  const key = `${y.name} ${x.name} ${ways.map((w) => w.length).join()}`;
  const known = made.get(key);
  if (known) return known;
  const tensors = [...new Set([...ways.flat(), x])].filter((t) => isBackpropagatable(t) && !isInside(t.op));
  const grads = new Map<Tensor, Grad>();
  const inside = new Inside();
  if (isBackpropagatable(y) && ways.length) {
    // One walk for all: none of them is the end of it.
    const found = heardBy(inside, () => gradientsOf(y, tensors, { name: 'gradients_explained' }));
    found.forEach((g, i) => grads.set(tensors[i], g));
    inside.nameFunctions();
  }
  const nodes = { tensors, grads, inside };
  made.set(key, nodes);
  return nodes;
}

export interface Measured {
  /** Of what can be fetched. */
  readonly outside: ReadonlyMap<Tensor, Figures>;
  /** Of what lies in loops and branches, by iterations. */
  readonly inside: ReadonlyMap<Tensor, readonly InIteration[]>;
}
export function measure(
  sess: Session,
  feeds: Feeds | null,
  { tensors, grads, inside }: Nodes,
  ways: readonly Way[],
): Measured {
  const wanted = tensors.flatMap((t) => {
    const g = grads.get(t);
    const values = g instanceof IndexedSlices ? g.values : g;
    return values && values.dtype !== variant && !isInside(values.op) ? [{ t, values }] : [];
  });
  const fetched = new Set(wanted.map(({ t }) => t));
  const within = new Set(ways.flat().filter((t) => !fetched.has(t) && inside.gradientOf(t) && !isFlow(t)));
  const watch = within.size ? new Watch([...within], inside) : null;
  const found: readonly unknown[] = sess.run(
    wanted.map(({ values }) => values),
    feeds,
    watch && { options: new RunOptions({ observer: watch }) },
  );
  return {
    outside: new Map(wanted.map(({ t }, i) => [t, figures(found[i])])),
    inside: watch?.results() ?? new Map(),
  };
}
/** What is zero everywhere beside the first tensor of a way whose gradient is 0: zero weights, most often. */
export function zeroFactors(
  sess: Session,
  feeds: Feeds | null,
  ways: readonly (readonly Tensor[])[],
  values: ReadonlyMap<Tensor, Figures>,
): Tensor[] {
  const beside = ways.flatMap((way) => {
    const at = way.findIndex((t) => values.get(t)?.norm === 0);
    // The gradient of what came before is handed on by the op between the two.
    return at < 1 ? [] : way[at - 1].op.inputs.filter((t) => t !== way[at] && t.dtype.isFloating);
  });
  const others = [...new Set(beside)];
  if (!others.length) return [];
  const found: readonly unknown[] = sess.run(others, feeds);
  return others.filter((_, i) => figures(found[i]).zeros === 1);
}
function figures(value: unknown): Figures {
  return figuresOf(value instanceof NDArray ? value : new NDArray(float64, [], Float64Array.of(Number(value))));
}
