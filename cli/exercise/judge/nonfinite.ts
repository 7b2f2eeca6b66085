/** A cost that is no number any more: which question it belongs to, and what made the first NaN or infinity. */
import { CROSS_ENTROPIES } from '../locate';
import type { Edge, NonFiniteRecord } from '../record';
import { type Blame, type Case, costsOf, cross, figure } from './verdict';

/** So large are numbers that are fed as bytes. */
const BYTES = 2;
const DIVISIONS = new Set(['RealDiv', 'Div', 'Reciprocal', 'Inv', 'Rsqrt', 'Xdivy']);
const SAFE = 'softmaxCrossEntropyWithLogits works from the logits and never takes the log of 0.';

/** A value that starts above this is too large for any weight. */
const LARGE = 1e3;
const SMALLER_RATE = 'The steps are too long and overshoot: make the learning rate ten times smaller.';
const SMALL_START = 'tf.truncatedNormal(shape, { stddev: 0.1 }) starts small and different everywhere.';
const SPREAD =
  'A pixel that is the same in every picture has variance 0: divide by the larger of its deviation and 1e-8, ' +
  'or leave the pixels between 0 and 1 as they are.';

/** A cost that was lost, and the node that made the first value that is no number. */
interface Loss {
  readonly c: Omit<Case, 'lost'>;
  readonly found: NonFiniteRecord & { readonly node: number };
  readonly cost: Edge;
  /** What became of the cost, in words. */
  readonly became: string;
  /** The node in whose question the value was made: for a node of a gradient, what it is the gradient of. */
  readonly forward: number;
}

/** Null where the cost stayed a number, or where nothing is known of how it was lost. */
export function blameNonFinite(c: Omit<Case, 'lost'>): Blame | null {
  const loss = lossOf(c);
  if (!loss) return null;
  return blameBatch(loss) ?? blameCost(loss) ?? blameStart(loss) ?? blameModel(loss) ?? blameOptimizer(loss);
}

function lossOf(c: Omit<Case, 'lost'>): Loss | null {
  const {
    record: { nonFinite },
    graph,
    parts: { cost },
  } = c;
  if (!nonFinite || !cost || nonFinite.node === null) return null;
  const costs = costsOf(c);
  const lost = costs.find(({ value }) => !Number.isFinite(value));
  if (costs.length && !lost) return null;
  const { node } = nonFinite;
  const became = lost ? `the cost became ${figure(lost.value)}` : 'the parameters are no numbers any more';
  return { c, found: { ...nonFinite, node }, cost, became, forward: graph.node(node).gradientOf ?? node };
}

function blame({ c, found: { at, found }, cost }: Loss, question: number, text: string, hint: string): Blame {
  const [, ...operands] = found;
  return { question, verdict: { ...cross(text, at ?? c.graph.at(cost[0]), hint), details: operands } };
}
function firstOf({ c: { graph }, found: { node, op, step }, became }: Loss): string {
  return `${became}: ${graph.describe(node)} (a ${op}, in step ${step}) made the first value that is no number`;
}
/** No update can have to do with it: it was made before the first, or from data alone. */
function isUntrained({ c: { graph, record }, found: { node, step }, forward }: Loss): boolean {
  if (graph.written(node) !== null) return false;
  const learned = record.variables.filter((v) => v.trainable).map((v) => v.node);
  return step === 0 || !learned.some((v) => graph.dependsOn(forward, v));
}

/** Question 9: what was fed is no number. */
function blameBatch(loss: Loss): Blame | null {
  const { node, step, found } = loss.found;
  if (!loss.c.graph.isPlaceholder(node)) return null;
  const { question, verdict } = blame(
    loss,
    9,
    `${loss.became}: the batch of step ${step} holds values that are no numbers`,
    'Look at how this batch is made: a division by 0, or an index beyond the end of the data.',
  );
  return { question, verdict: { ...verdict, details: found } };
}

/** Question 5: behind the logits. */
function blameCost(loss: Loss): Blame | null {
  const { c, found, cost, forward } = loss;
  const { graph, parts } = c;
  const [logits] = parts.logits ?? [null];
  const behind =
    logits !== null && forward !== logits && graph.dependsOn(forward, logits) && graph.dependsOn(cost[0], forward);
  if (!behind || CROSS_ENTROPIES.has(graph.op(forward))) return null;
  if (graph.op(forward) === 'Log') {
    const text = `in step ${found.step} a log of a softmax meets a probability that rounds to 0`;
    return blame(loss, 5, `${loss.became}: ${text}`, SAFE);
  }
  const cause = found.cause ?? 'Look at its operands.';
  return blame(loss, 5, firstOf(loss), graph.op(forward) === 'Exp' ? `${cause} ${SAFE}` : cause);
}

/** Question 3: a variable that starts as no number, or so large that the first step cannot be computed. */
function blameStart(loss: Loss): Blame | null {
  const { c, found, became } = loss;
  const { graph, record } = c;
  if (found.step > 0 || graph.isGradient(found.node) || graph.written(found.node) !== null) return null;
  const before = record.variables.filter((v) => v.initial && graph.dependsOn(found.node, v.node));
  const spoilt = before.find((v) => !v.initial!.finite);
  const [large] = before.sort((a, b) => b.initial!.most - a.initial!.most);
  const variable = spoilt ?? (large && large.initial!.most > LARGE ? large : null);
  if (!variable) return null;
  const start = spoilt ? 'values that are not finite' : `values up to ${figure(variable.initial!.most)}`;
  const text = `${graph.describe(variable.node)} starts with ${start}: ${became} in the very first step`;
  const { question, verdict } = blame(loss, 3, text, SMALL_START);
  return { question, verdict: { ...verdict, where: graph.at(variable.node) } };
}

/** Question 4: on the way from the pictures to the logits, and no matter how the network is trained; 5 beside it. */
function blameModel(loss: Loss): Blame | null {
  const { c, found, cost, forward } = loss;
  const { graph, parts } = c;
  if (!isUntrained(loss) || !graph.dependsOn(cost[0], forward) || CROSS_ENTROPIES.has(graph.op(forward))) return null;
  const learned = c.record.variables.some((v) => v.trainable && graph.dependsOn(forward, v.node));
  const scaled = !learned && DIVISIONS.has(found.op) && graph.dependsOn(forward, parts.pictures);
  // No rate has to do with it.
  const said = found.cause?.replace('a smaller learning rate, ', '');
  const cause = said ? `${said[0].toUpperCase()}${said.slice(1)}` : 'Look at its operands.';
  const [logits] = parts.logits ?? [null];
  const question = logits === null || graph.dependsOn(logits, forward) ? 4 : 5;
  return blame(
    loss,
    question,
    `${firstOf(loss)}, and no training has to do with it`,
    scaled ? `${cause} ${SPREAD}` : cause,
  );
}

/** Question 7: the steps overshoot, or the rate itself is no number. */
function blameOptimizer(loss: Loss): Blame {
  const { c, found } = loss;
  const { graph, record, parts } = c;
  if (isUntrained(loss) && !graph.isGradient(found.node))
    return blame(loss, 7, firstOf(loss), found.cause ?? 'Look at its operands.');
  const brightest = record.runs
    .flatMap((run) => run.feeds)
    .reduce((most, f) => (f.tensor[0] === parts.pictures ? Math.max(most, f.most) : most), 0);
  const fed = `The pictures are fed with values up to ${figure(brightest)}: divide them by 255.`;
  return blame(loss, 7, firstOf(loss), brightest > BYTES ? `${SMALLER_RATE} ${fed}` : SMALLER_RATE);
}
