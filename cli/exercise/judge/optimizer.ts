/** Question 7, the optimizer and its step. */
import { APPLY } from '../graph';
import { affines, layers } from '../layers';
import type { Place } from '../record';
import {
  type Case,
  type Verdict,
  costsOf,
  cross,
  figure,
  firstVerdict,
  lacking,
  notYet,
  standsStill,
  symptom,
  tick,
} from './verdict';

const STEP = 'An optimizer of tf.train has a learning rate, and a method that makes the step from the cost: minimize.';
const OVERSHOOTS = 'The steps are too long and overshoot: make the learning rate ten times smaller.';
/** So many times its start is no cost that falls. */
const OVERSHOT = 20;
/** Below this a cost at the start has nowhere to fall. */
const LOW = 0.1;

interface Update {
  readonly c: Case;
  readonly at: Place | null;
  /** Nodes that write to parameters, and those of them that an optimizer made. */
  readonly updates: readonly number[];
  readonly appliers: readonly number[];
  /** The variables that are written. */
  readonly moved: ReadonlySet<number>;
  /** Weights and biases on the way from the pictures to the logits. */
  readonly model: ReadonlySet<number>;
  /** The learning rate, where it is a constant. */
  readonly rate: number | null;
  /** What of the batches' costs is known, in order. */
  readonly costs: readonly number[];
}

export function judgeOptimizer(c: Case): Verdict {
  const { graph, parts } = c;
  const updates = graph.all(
    (n, id) => graph.written(id) !== null && !/\/Assign$/.test(n.name) && graph.writes([id]).learns.size > 0,
  );
  if (!updates.length) {
    const text = 'there are gradients, but nothing applies them';
    return parts.minimized
      ? lacking(text, parts.cost && graph.at(parts.cost[0]), `minimize does both. ${STEP}`)
      : notYet(`One node is wanted that moves every parameter against its gradient. ${STEP}`);
  }
  const appliers = updates.filter((id) => /Apply/.test(graph.op(id)));
  const [source] = appliers.map((id) => graph.rateOf(id)).filter((id) => id !== null);
  const model = affines(layers(graph, parts) ?? []).flatMap((l) => [l.weight, l.bias]);
  const update: Update = {
    c,
    at: graph.at(updates[0]),
    updates,
    appliers,
    moved: new Set(updates.map((id) => graph.written(id)!)),
    model: new Set(model.filter((n) => n !== null)),
    rate: source === undefined ? null : (graph.constant(source)?.[0] ?? null),
    costs: costsOf(c).map(({ value }) => value),
  };
  const checks = [otherGradients, minusCost, leftOut, uphill, lost, jumps, doesNotFall];
  return firstVerdict(update, checks) ?? ticked(update);
}

function ticked({ c: { graph }, updates, appliers, moved, model }: Update): Verdict {
  const by = (appliers.length ? appliers : updates).map((id) => graph.op(id).replace(APPLY, ''));
  const all = moved.size === model.size ? 'all ' : '';
  return tick(`moves ${all}${model.size} parameters by ${[...new Set(by)].join(', ')}`);
}

function otherGradients({ c: { parts }, at }: Update): Verdict | null {
  if (parts.minimized && parts.cost) return null;
  return cross('the parameters change, but not by the gradients of the cost', at, STEP);
}
function isMinusCost({ c: { graph, parts, record } }: Update): boolean {
  const [cost] = parts.cost!;
  const negative = (record.probe?.samples[0]?.cost ?? 0) < 0;
  const entropy = (id: number): boolean => /SoftmaxCrossEntropy|Log/.test(graph.op(id));
  return graph.op(cost) === 'Neg' && negative && graph.dependsOnAny(cost, entropy);
}
function minusCost(update: Update): Verdict | null {
  const { rate, at } = update;
  // Uphill on minus the cost is downhill.
  if (!isMinusCost(update) || (rate !== null && rate < 0)) return null;
  return cross(
    'the optimizer minimizes minus the cost: it makes the network worse',
    at,
    'minimize wants the cost itself.',
  );
}
function leftOut({ c: { graph, record }, moved, model }: Update): Verdict | null {
  const missing = [...model].filter((node) => !moved.has(node));
  if (!missing.length) return null;
  const trainable = record.variables.find((v) => v.node === missing[0])?.trainable;
  const why = record.cuts[missing[0]];
  const reason = !trainable ? ': it is not trainable' : why && !/gives its input/.test(why) ? `: ${why}` : '';
  const names = missing.map((n) => graph.describe(n)).join(', ');
  const verdict = cross(
    `the train step leaves ${names} as ${missing.length === 1 ? 'it is' : 'they are'}${reason}`,
    graph.at(missing[0]),
    'Every parameter between the pictures and the cost needs a gradient: leave out varList, stopGradient ' +
      'and what has no derivative.',
  );
  return trainable ? verdict : symptom(verdict);
}
function uphill(update: Update): Verdict | null {
  const { rate, at } = update;
  if (rate === null || rate > 0 || Number.isNaN(rate)) return null;
  if (rate < 0 && isMinusCost(update)) return null;
  return cross(
    `the learning rate is ${figure(rate)}: ${rate === 0 ? 'nothing moves' : 'the parameters move uphill'}`,
    at,
    'A positive number: about 0.5 for gradient descent on this network, 0.001 for Adam.',
  );
}
const withRate = (rate: number | null): string => (rate === null ? '' : `, with a learning rate of ${figure(rate)}`);

function lost({ c, rate }: Update): Verdict | null {
  if (c.lost?.question !== 7) return null;
  const { verdict } = c.lost;
  return symptom({ ...verdict, found: `${verdict.found}${withRate(rate)}` });
}
function jumps({ costs, rate, at }: Update): Verdict | null {
  const peak = costs.slice(1).reduce((a, b) => Math.max(a, b), 0);
  const jumped = costs.length > 1 && peak > OVERSHOT * costs[0] && costs[0] > LOW;
  if (!jumped || !costs.every(Number.isFinite)) return null;
  const text = `the cost jumps from ${figure(costs[0])} to ${figure(peak)}${withRate(rate)}`;
  return symptom(cross(text, at, OVERSHOOTS), 'around');
}
function doesNotFall({ c, costs, rate, at }: Update): Verdict | null {
  const still = standsStill(costsOf(c));
  if (!still) return null;
  const { first, last } = still;
  const which = rate === null ? 'The learning rate' : `A learning rate of ${figure(rate)}`;
  const large = last > 1.5 * first || (rate !== null && rate > 1);
  const how = large
    ? 'is too large: the steps overshoot'
    : 'may be too small (0.5 suits gradient descent here, 0.001 Adam), or too large';
  return symptom(
    cross(
      `the cost does not fall: ${figure(first)} in the first steps, ${figure(last)} after ${costs.length}`,
      at,
      `${which} ${how}.`,
    ),
    'around',
  );
}
