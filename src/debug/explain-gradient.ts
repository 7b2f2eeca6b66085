/** `tf.explainGradient`: by what ways the gradient of y comes to x, how large it is at each node, or where it stops. */
import { worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { type Differentiable, target } from '../gradients/gradients';
import { whyNoGradient } from '../gradients/why';
import { type TensorLike, convertToTensor, isSymbolic } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Grad } from '../graph/opdef';
import { checkSession } from '../graph/runner';
import { boundOptions } from '../calls/bind';
import type { Feeds } from '../graph/runner';
import { type Session, getDefaultSession } from '../session/session';
import { type Measured, isInside, measure, nodesFor, waysBetween, zeroFactors } from './gradient-ways';

/** What `explainGradient` takes by name. */
export interface ExplainGradientOptions {
  /** Where to compute the norms; the default session where not given. */
  readonly session?: Session | null;
  /** What the run that computes the norms is fed. */
  readonly feeds?: Feeds | null;
}
/** A tensor on the way, and the gradient of y with respect to it. */
export interface GradientHop {
  /** Its name. */
  readonly tensor: string;
  /** The op type of the node that makes it. */
  readonly op: string;
  /** The user's line that made it. */
  readonly line: string | null;
  /** Its shape, where that is known. */
  readonly shape: readonly number[] | null;
  /** The Euclidean norm of the gradient; null where none arrives, or where there is no session. */
  readonly norm: number | null;
  /** The largest element, by size. */
  readonly max: number | null;
  /** The share of elements that are exactly 0. */
  readonly zeros: number | null;
}
/** How a gradient comes from y to x, or where its way breaks. */
export interface GradientExplanation {
  /** The name of what is differentiated. */
  readonly y: string;
  /** The name of what it is differentiated by. */
  readonly x: string;
  /** Whether a gradient comes back. */
  readonly connected: boolean;
  /** Where the way breaks, if it does. */
  readonly reason: string | null;
  /** Up to three ways, each from y to x. */
  readonly ways: readonly (readonly GradientHop[])[];
  /** As text, a node on each line. */
  toString(): string;
}

const MOST_SHOWN = 40;

/**
 * Says how the gradient of `y` comes to `x`: the nodes on the way, each with the norm of the gradient there.
 *
 *     const w = new tf.Variable([3, 4], { name: 'w' });
 *     sess.run(tf.globalVariablesInitializer());
 *     const way = tf.explainGradient(tf.reduceSum(w.square()), w, { session: sess });
 *     way.connected        // true
 *     console.log(`${way}`);
 *     tf.explainGradient(tf.stopGradient(w), w).connected   // false
 *
 * Its gradient nodes are added to the graph at the first call and used again by the next ones.
 *
 * @param y        what is differentiated, summed if it is no scalar
 * @param x        a tensor or a variable
 * @param session  where to compute the norms; the default session where not given
 * @param feeds    what that run is fed
 * @returns  the way, which prints as text
 * @throws ValueError  if the two are in different graphs
 */
export const explainGradient = boundOptions('explain_gradient', 2, explain);
function explain(
  y: TensorLike,
  x: Differentiable,
  { session = null, feeds = null }: ExplainGradientOptions = {},
): GradientExplanation {
  if (session) checkSession(session);
  const to = convertToTensor(y);
  if (!isSymbolic(x)) throw new TypeError_(`x must be a tensor or a variable, not ${worded(x)}.`);
  const from = target(x);
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
  const blame = values.size ? zeroFactors(sess!, feeds, ways, values) : [];
  return {
    y: to.name,
    x: from.name,
    connected: atX !== null,
    reason,
    ways: shown,
    toString: () => show(to, from, atX !== null, reason, shown, grads, ways, values.size > 0, blame),
    [Symbol.for('nodejs.util.inspect.custom')](): string {
      return this.toString();
    },
  };
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
  blame: readonly Tensor[],
): string {
  const lines = [
    connected
      ? `The gradient of ${y.name} comes to ${x.name}${measured ? '' : UNMEASURED}:`
      : `No gradient of ${y.name} comes to ${x.name}: ${reason ?? ''}.`,
  ];
  shown.forEach((way, k) => {
    if (shown.length > 1) lines.push(`  way ${k + 1} of ${shown.length}`);
    const width = Math.min(MOST_SHOWN, Math.max(...way.map((h) => h.tensor.length)));
    const type = Math.max(12, ...way.map((h) => h.op.length));
    way.forEach((hop, i) => {
      const inside = isInside(ways[k][i].op);
      const figures = inside ? '(in a loop or a branch)' : grads.get(ways[k][i]) ? figuresOf(hop) : '-- no gradient';
      const node = `${hop.tensor.padEnd(width)}  ${hop.op.padEnd(type)}`;
      lines.push(`  ${i ? '<- ' : '   '}${node} ${figures}${hop.line ? `   ${hop.line}` : ''}`.trimEnd());
    });
  });
  const all = shown.flat().filter((h) => h.norm !== null);
  // What goes beside the flow of an array comes to x all the same.
  const first = shown.every((way) => way[way.length - 1].norm === 0) ? all.find((h) => h.norm === 0) : undefined;
  if (connected && measured && first)
    lines.push(
      blame.length
        ? `  it is 0 from ${first.tensor} on: ${blame.map(named).join(' and ')} ${blame.length === 1 ? 'is' : 'are'} ` +
            '0 everywhere, and a gradient through zeros is 0.\n' +
            '  fix: start weights from tf.truncatedNormal(shape, { stddev: 0.1 }).'
        : `  it is 0 from ${first.tensor} on: units that are off for the whole batch, ` +
            'or a cost that does not depend on them.',
    );
  if (all.some((h) => !Number.isFinite(h.norm)))
    lines.push('  it is no number in places: config.checkNumerics finds the node that makes it so.');
  return lines.join('\n');
}
const named = ({ name, op }: Tensor): string =>
  `${name.replace(/\/read:0$/, '')}${op.trace.line ? ` (made at ${op.trace.line})` : ''}`;
function figuresOf({ norm, max, zeros }: GradientHop): string {
  if (norm === null) return '';
  return `norm ${figure(norm)}, max ${figure(max!)}${zeros ? `, ${(100 * zeros).toFixed(0)}% zeros` : ''}`;
}
function figure(x: number): string {
  return Number.isFinite(x) ? String(Number(x.toPrecision(4))) : String(x);
}
