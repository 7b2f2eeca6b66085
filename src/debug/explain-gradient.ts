/** `tf.explainGradient`: by what ways the gradient of y comes to x, how large it is at each node, or where it stops. */
import { worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { type Differentiable, target } from '../gradients/gradients';
import { whyNoGradient } from '../gradients/why';
import { type TensorLike, convertToTensor, isSymbolic } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { checkSession } from '../graph/runner';
import { boundOptions } from '../calls/bind';
import type { Feeds } from '../graph/runner';
import { type Session, getDefaultSession } from '../session/session';
import { variant } from '../base/dtype';
import { MOST_WAYS, type Measured, type Nodes, measure, nodesFor, waysBetween, zeroFactors } from './gradient-ways';
import { type InIteration, type Way, isFlow } from './gradients-inside';
import { type GradientIteration, figure, inIterations, trend } from './iterations';
export type { GradientIteration } from './iterations';

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
  /**
   * The Euclidean norm of the gradient; null where none arrives, where there is no session, and in a loop, where
   * `iterations` says it of each iteration.
   */
  readonly norm: number | null;
  /** The largest element, by size. */
  readonly max: number | null;
  /** The share of elements that are exactly 0. */
  readonly zeros: number | null;
  /** In a loop: what arrives in each iteration, from the first to the last; null elsewhere. */
  readonly iterations: readonly GradientIteration[] | null;
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
  const outer = waysBetween(from, to);
  const nodes = nodesFor(to.graph, to, from, outer);
  const all = outer.flatMap((way) => nodes.inside.expand(way));
  const atX = nodes.grads.get(from) ?? null;
  const sess = session ?? getDefaultSession();
  const measured = sess && sess.graph === to.graph ? measure(sess, feeds, nodes, all) : null;
  const ways = taken(all, measured);
  const reason = atX ? null : to === from ? null : whyNoGradient(to, from);
  const shown = ways.map((way) => way.map((t) => hopOf(t, nodes.inside.nameOf(t.op), measured)));
  const blame = measured ? zeroFactors(sess!, feeds, outer, measured.outside) : [];
  return {
    y: to.name,
    x: from.name,
    connected: atX !== null,
    reason,
    ways: shown,
    toString: () => show({ y: to, x: from, connected: atX !== null, reason, shown, ways, nodes, measured, blame }),
    [Symbol.for('nodejs.util.inspect.custom')](): string {
      return this.toString();
    },
  };
}
function hopOf(t: Tensor, name: string, measured: Measured | null): GradientHop {
  const seen = measured?.inside.get(t);
  const found = measured?.outside.get(t) ?? seen?.find(({ iteration }) => !iteration.length);
  return {
    tensor: `${name}:${t.valueIndex}`,
    op: t.op.type,
    line: t.op.trace.line,
    shape: (found ?? seen?.[0])?.shape ?? null,
    norm: found?.norm ?? null,
    max: found?.max ?? null,
    zeros: found?.zeros ?? null,
    iterations: !found && seen?.length ? seen.map(iterationOf) : null,
  };
}
const iterationOf = ({ iteration, norm, max, zeros }: InIteration): GradientIteration => {
  return { iteration, norm, max, zeros };
};
/** Of ways that differ in branches the one that a run took, where that is known. */
function taken(ways: readonly Way[], measured: Measured | null): readonly Way[] {
  const isWhole = (way: Way): boolean => way.every((t) => measured?.inside.get(t)?.length !== 0);
  const whole = measured ? ways.filter(isWhole) : [];
  return (whole.length ? whole : ways).slice(0, MOST_WAYS);
}

// --- words ------------------------------------------------------------------------------------------------------

const UNMEASURED = ' (no session was given: its norms are not computed)';

interface Shown {
  readonly y: Tensor;
  readonly x: Tensor;
  readonly connected: boolean;
  readonly reason: string | null;
  readonly shown: readonly (readonly GradientHop[])[];
  readonly ways: readonly Way[];
  readonly nodes: Nodes;
  readonly measured: Measured | null;
  readonly blame: readonly Tensor[];
}
function show({ y, x, connected, reason, shown, ways, nodes, measured, blame }: Shown): string {
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
      const node = `${hop.tensor.padEnd(width)}  ${hop.op.padEnd(type)}`;
      const said = saidOf(hop, ways[k][i], nodes, measured);
      lines.push(`  ${i ? '<- ' : '   '}${node} ${said}${hop.line ? `   ${hop.line}` : ''}`.trimEnd());
    });
  });
  lines.push(...new Set(shown.flatMap((way) => trend(way.map((h) => h.iterations)))));
  lines.push(...lastWords(shown, connected && measured !== null, blame));
  return lines.join('\n');
}
function saidOf(hop: GradientHop, t: Tensor, { grads, inside }: Nodes, measured: Measured | null): string {
  if (isFlow(t)) return '(the flow of an array, which carries no numbers)';
  if (t.dtype === variant) return '(a list of tensors)';
  if (hop.iterations) return inIterations(hop.iterations);
  if (hop.norm !== null) return figuresOf(hop);
  if (grads.has(t)) return grads.get(t) ? '' : '-- no gradient';
  if (!measured?.inside.has(t)) return inside.gradientOf(t) || measured ? '(in a loop or a branch)' : '';
  return '(not run)';
}
function lastWords(shown: readonly (readonly GradientHop[])[], measured: boolean, blame: readonly Tensor[]): string[] {
  const lines: string[] = [];
  const all = shown.flat().filter((h) => h.norm !== null);
  // What goes beside the flow of an array comes to x all the same.
  const first = shown.every((way) => way[way.length - 1].norm === 0) ? all.find((h) => h.norm === 0) : undefined;
  if (measured && first)
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
  return lines;
}
const named = ({ name, op }: Tensor): string =>
  `${name.replace(/\/read:0$/, '')}${op.trace.line ? ` (made at ${op.trace.line})` : ''}`;
function figuresOf({ norm, max, zeros }: GradientHop): string {
  if (norm === null) return '';
  return `norm ${figure(norm)}, max ${figure(max!)}${zeros ? `, ${(100 * zeros).toFixed(0)}% zeros` : ''}`;
}
