/** `tf.explainGradient`: by what ways the gradient of y comes to x, how large it is at each node, or where it stops. */
import { ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { type Differentiable, gradients } from '../gradients/gradients';
import { isBackpropagatable } from '../gradients/between';
import { whyNoGradient } from '../gradients/why';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type Graph, IndexedSlices, Tensor } from '../graph/graph';
import type { Grad } from '../graph/opdef';
import { Key } from '../graph/own';
import { type FeedDict, type Session, getDefaultSession } from '../session/session';

export interface ExplainGradientOptions {
  /** Where to compute the norms; the default session where not given. */
  readonly session?: Session | null;
  readonly feeds?: FeedDict | null;
}
/** A tensor on the way, and the gradient of y with respect to it. */
export interface GradientHop {
  readonly tensor: string;
  readonly op: string;
  /** The user's line that made it. */
  readonly line: string | null;
  readonly shape: readonly number[] | null;
  /** The Euclidean norm of the gradient; null where none arrives, or where there is no session. */
  readonly norm: number | null;
  /** The largest element, by size. */
  readonly max: number | null;
  /** The share of elements that are exactly 0. */
  readonly zeros: number | null;
}
export interface GradientExplanation {
  readonly y: string;
  readonly x: string;
  /** Whether a gradient comes back. */
  readonly connected: boolean;
  /** Where the way breaks, if it does. */
  readonly reason: string | null;
  /** Up to three ways, each from y to x. */
  readonly ways: readonly (readonly GradientHop[])[];
  toString(): string;
}

const MOST_WAYS = 3;
const MOST_SHOWN = 40;

/**
 * Says how the gradient of `y` comes to `x`: the nodes on the way, each with the norm of the gradient there.
 *
 *     console.log(tf.explainGradient(cost, W1, {session: sess, feeds: {[X.name]: images, [Y.name]: labels}}))
 *
 * Its gradient nodes are added to the graph at the first call and used again by the next ones.
 *
 * @param y  what is differentiated, summed if it is no scalar
 * @param x  a tensor or a variable
 * @throws ValueError  if the two are in different graphs
 */
export function explainGradient(
  y: TensorLike,
  x: Differentiable,
  { session = null, feeds = null }: ExplainGradientOptions = {},
): GradientExplanation {
  const to = convertToTensor(y);
  const from = x instanceof Tensor ? x : ((x as { handle?: Tensor }).handle ?? x.asTensor(true));
  if (to.graph !== from.graph) throw new ValueError(`${from} must be from the same graph as ${to}.`);
  const ways = waysBetween(from, to);
  const { tensors, grads } = nodesFor(to.graph, to, from, ways);
  const atX = grads.get(from) ?? null;
  const sess = session ?? getDefaultSession();
  const values = sess && sess.graph === to.graph ? measure(sess, feeds, tensors, grads) : new Map<Tensor, Measured>();
  const hop = (t: Tensor): GradientHop => {
    const found = values.get(t);
    return {
      tensor: t.name,
      op: t.op.type,
      line: t.op.trace.line,
      shape: found?.shape ?? null,
      norm: found?.norm ?? null,
      max: found?.max ?? null,
      zeros: found?.zeros ?? null,
    };
  };
  const reason = atX ? null : to === from ? null : whyNoGradient(to, from);
  const shown = ways.map((way) => way.map(hop));
  return {
    y: to.name,
    x: from.name,
    connected: atX !== null,
    reason,
    ways: shown,
    toString: () => show(to, from, atX !== null, reason, shown, grads, ways, values.size > 0),
    [Symbol.for('nodejs.util.inspect.custom')](): string {
      return this.toString();
    },
  } as GradientExplanation;
}

// --- ways ---------------------------------------------------------------------------------------------------

/** Shortest ways from y back to x, one for each of the nodes by which x (or what follows it) first branches. */
function waysBetween(x: Tensor, y: Tensor): Tensor[][] {
  // Where each tensor leads to, on a shortest way to y.
  const next = new Map<Tensor, Tensor | null>([[y, null]]);
  for (const t of next.keys()) for (const input of t.op.inputs) if (!next.has(input)) next.set(input, t);
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
    for (let t: Tensor | null = first; t; t = next.get(t)!) way.push(t);
    return way.reverse();
  });
}
/** Tensors made from `t` on ways to y. */
function following(t: Tensor, next: ReadonlyMap<Tensor, Tensor | null>): Tensor[] {
  return t.consumers().flatMap((op) => op.outputs.filter((o) => next.has(o)));
}

// --- gradients ------------------------------------------------------------------------------------------------

interface Nodes {
  readonly tensors: readonly Tensor[];
  readonly grads: ReadonlyMap<Tensor, Grad>;
}
const MADE = new Key<Map<string, Nodes>>('explained gradients');
/** Gradient nodes for the tensors on the ways, made once. Those behind a break have none. */
function nodesFor(graph: Graph, y: Tensor, x: Tensor, ways: readonly (readonly Tensor[])[]): Nodes {
  const made = graph.own(MADE, () => new Map());
  const key = `${y.name} ${x.name} ${ways.map((w) => w.length).join()}`;
  const known = made.get(key);
  if (known) return known;
  const tensors = [...new Set([...ways.flat(), x])].filter((t) => isBackpropagatable(t));
  const grads = new Map<Tensor, Grad>();
  if (isBackpropagatable(y) && ways.length) {
    // One walk for all: none of them is the end of it.
    gradients(y, tensors, { name: 'explain_gradient' }).forEach((g, i) => grads.set(tensors[i], g));
  }
  const nodes = { tensors, grads };
  made.set(key, nodes);
  return nodes;
}

interface Measured {
  readonly shape: readonly number[];
  readonly norm: number;
  readonly max: number;
  readonly zeros: number;
}
function measure(
  sess: Session,
  feeds: FeedDict | null,
  tensors: readonly Tensor[],
  grads: ReadonlyMap<Tensor, Grad>,
): Map<Tensor, Measured> {
  const wanted = tensors.filter((t) => grads.get(t));
  const values = sess.run(
    wanted.map((t) => {
      const g = grads.get(t)!;
      return g instanceof IndexedSlices ? g.values : g;
    }),
    feeds,
  ) as unknown[];
  return new Map(wanted.map((t, i) => [t, figures(values[i])]));
}
function figures(value: unknown): Measured {
  const [data, shape] =
    value instanceof NDArray ? [value.data as ArrayLike<number>, value.shape] : [[Number(value)], []];
  let [sum, max, zeros] = [0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const v = Math.abs(Number(data[i]));
    sum += v * v;
    if (!(v <= max)) max = v;
    if (v === 0) zeros++;
  }
  return { shape, norm: Math.sqrt(sum), max, zeros: data.length ? zeros / data.length : 0 };
}

// --- words ------------------------------------------------------------------------------------------------------

const UNMEASURED = ' (no session was given: its norms are not computed)';

function show(
  y: Tensor,
  x: Tensor,
  connected: boolean,
  reason: string | null,
  shown: readonly (readonly GradientHop[])[],
  grads: ReadonlyMap<Tensor, Grad>,
  ways: readonly (readonly Tensor[])[],
  measured: boolean,
): string {
  const lines = [
    connected
      ? `The gradient of ${y.name} comes to ${x.name}${measured ? '' : UNMEASURED}:`
      : `No gradient of ${y.name} comes to ${x.name}: ${reason ?? ''}.`,
  ];
  shown.forEach((way, k) => {
    if (shown.length > 1) lines.push(`  way ${k + 1} of ${shown.length}`);
    const width = Math.min(MOST_SHOWN, Math.max(...way.map((h) => h.tensor.length)));
    way.forEach((hop, i) => {
      const figures = grads.get(ways[k][i]) ? figuresOf(hop) : '-- no gradient';
      const node = `${hop.tensor.padEnd(width)}  ${hop.op.padEnd(12)}`;
      lines.push(`  ${i ? '<- ' : '   '}${node} ${figures}${hop.line ? `   ${hop.line}` : ''}`.trimEnd());
    });
  });
  const all = shown.flat().filter((h) => h.norm !== null);
  const first = all.find((h) => h.norm === 0);
  if (connected && measured && first)
    lines.push(
      `  it is 0 from ${first.tensor} on: units that are off for the whole batch, ` +
        'or a cost that does not depend on them.',
    );
  if (all.some((h) => !Number.isFinite(h.norm!)))
    lines.push('  it is no number in places: config.checkNumerics finds the node that makes it so.');
  return lines.join('\n');
}
function figuresOf({ norm, max, zeros }: GradientHop): string {
  if (norm === null) return '';
  return `norm ${figure(norm)}, max ${figure(max!)}${zeros ? `, ${(100 * zeros).toFixed(0)}% zeros` : ''}`;
}
function figure(x: number): string {
  return Number.isFinite(x) ? String(Number(x.toPrecision(4))) : String(x);
}
