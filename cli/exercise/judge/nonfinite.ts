/** A cost that is no number any more: which question it belongs to, and what made the first NaN or infinity. */
import { CROSS_ENTROPIES } from '../locate';
import { type Blame, type Case, costsOf, cross, figure } from './verdict';

/** So large are numbers that are fed as bytes. */
const BYTES = 2;
const SAFE = 'softmaxCrossEntropyWithLogits works from the logits and never takes the log of 0.';

/** Null where the cost stayed a number, or where nothing is known of how it was lost. */
export function blameNonFinite(c: Omit<Case, 'lost'>): Blame | null {
  const {
    record: { nonFinite, variables, runs },
    graph,
    parts: { cost, logits, pictures },
  } = c;
  if (!nonFinite || !cost || nonFinite.node === null) return null;
  const costs = costsOf(c);
  const lost = costs.find(({ value }) => !Number.isFinite(value));
  if (costs.length && !lost) return null;
  const { node, op, step, at } = nonFinite;
  const became = lost ? `the cost became ${figure(lost.value)}` : 'the parameters are no numbers any more';
  const [, ...operands] = nonFinite.found;
  const blame = (question: number, found: string, hint: string, details: readonly string[] = operands): Blame => ({
    question,
    verdict: { ...cross(found, at ?? graph.at(cost[0]), hint), details },
  });
  const first = `${became}: ${graph.describe(node)} (a ${op}, in step ${step}) made the first value that is no number`;

  if (graph.isPlaceholder(node))
    return blame(
      9,
      `${became}: the batch of step ${step} holds values that are no numbers`,
      'Look at how this batch is made: a division by 0, or an index beyond the end of the data.',
      nonFinite.found,
    );
  // A gradient belongs to the node that it is the gradient of.
  const forward = graph.node(node).gradientOf ?? node;
  const afterLogits =
    logits !== null &&
    forward !== logits[0] &&
    graph.dependsOn(forward, logits[0]) &&
    graph.dependsOn(cost[0], forward);
  if (afterLogits && !CROSS_ENTROPIES.has(graph.op(forward))) {
    if (graph.op(forward) === 'Log')
      return blame(5, `${became}: in step ${step} a log of a softmax meets a probability that rounds to 0`, SAFE);
    return blame(
      5,
      first,
      [nonFinite.cause ?? 'Look at its operands.', ...(graph.op(forward) === 'Exp' ? [SAFE] : [])].join(' '),
    );
  }
  if (step === 0 && !graph.isGradient(node) && graph.written(node) === null) {
    const large = variables
      .filter((v) => v.initial && graph.dependsOn(node, v.node))
      .sort((a, b) => b.initial!.most - a.initial!.most)[0];
    if (large && large.initial!.most > 1e3)
      return {
        question: 3,
        verdict: {
          ...cross(
            `${graph.describe(large.node)} starts with values up to ${figure(large.initial!.most)}: ${became} in the very first step`,
            graph.at(large.node),
            'tf.truncatedNormal(shape, { stddev: 0.1 }) starts small and different everywhere.',
          ),
          details: operands,
        },
      };
  }
  const brightest = runs
    .flatMap((run) => run.feeds)
    .reduce((most, f) => (f.tensor[0] === pictures ? Math.max(most, f.most) : most), 0);
  const scale =
    brightest > BYTES ? ` The pictures are fed with values up to ${figure(brightest)}: divide them by 255.` : '';
  return blame(7, first, `The steps are too long and overshoot: make the learning rate ten times smaller.${scale}`);
}
