/** Question 5, the cost. */
import { showDims } from '../graph';
import { CROSS_ENTROPIES } from '../locate';
import { CLASSES } from '../sizes';
import type { Place } from '../record';
import { type Formula, near } from './formula';
import { judgeLabels } from './labels';
import { costTimesZero, sumByBatchSize, sumThatOvershoots } from './sums';
import { type Case, type Verdict, cross, figure, firstVerdict, notYet, symptom, tick } from './verdict';

const COST =
  'For one of ten classes the cost is the cross entropy: minus the log of the probability of the right digit, ' +
  'and of a batch the mean of that.';
const SAFER = 'tf.nn has one that works from the logits and never takes the log of 0.';

export function judgeCost(c: Case, wholeSetsInParts: boolean): Verdict {
  const { record, graph, parts, lost } = c;
  const { cost, labels } = parts;
  if (!cost) return notYet(COST);
  const sources = [...graph.sources(cost[0])];
  const formula: Formula = {
    c,
    cost,
    sources,
    core: sources.filter((id) => CROSS_ENTROPIES.has(graph.op(id))),
    learns: (id) => graph.dependsOnAny(id, (n) => record.variables.some((v) => v.trainable && v.node === n)),
    knowsLabels: (id) => graph.dependsOn(id, labels),
  };
  const verdict = firstVerdict(formula, [
    arguments_,
    noScalar,
    extreme,
    withoutLabels,
    withoutParameters,
    argmaxInside,
    logistic,
    distance,
    withoutMinus,
    costTimesZero,
    sumThatOvershoots,
    ...(wholeSetsInParts ? [] : [sumByBatchSize]),
  ]);
  if (verdict) return verdict;
  if (lost?.question === 5) return lost.verdict;
  return otherFormula(formula) ?? ticked(formula);
}

function ticked({ c: { graph, record }, sources, core, learns }: Formula): Verdict {
  if (core.length) return tick('cross entropy of labels and logits, a scalar');
  const log = sources.some((id) => graph.op(id) === 'Log' && learns(id));
  const bright = record.probe?.brightCost ?? null;
  const note = `a log of a softmax gives NaN when a probability rounds to 0 (as for very bright pictures). ${SAFER}`;
  return tick('cross entropy by hand, a scalar', log && bright !== null && !Number.isFinite(bright) ? note : undefined);
}

/** What TensorFlow's own cross entropy is given. */
function arguments_({ c: { graph, parts }, core, learns, knowsLabels }: Formula): Verdict | null {
  for (const id of core) {
    const [scores, truth] = graph.node(id).inputs.map(([n]) => n);
    const at = graph.at(id);
    if (learns(truth) && !learns(scores))
      return cross(
        'labels and logits are swapped: the labels are given as logits',
        at,
        'Look at what stands behind each name: the logits are what the network computes, the labels the truth.',
      );
    const twice = appliedTwice({ graph, parts }, graph.behind(scores), at);
    if (twice) return twice;
    if (learns(truth))
      return cross(
        'the labels of the cross entropy depend on the parameters: the network is compared with itself',
        at,
        COST,
      );
    const misshapen = judgeLabels(graph, knowsLabels, id);
    if (misshapen) return misshapen;
    if (parts.labels !== null && !knowsLabels(truth))
      return cross('the labels of the cross entropy are not the placeholder for the labels', at, COST);
  }
  return null;
}
function appliedTwice({ graph, parts }: Pick<Case, 'graph' | 'parts'>, from: number, at: Place | null): Verdict | null {
  const twice =
    graph.op(from) === 'Sigmoid'
      ? 'a sigmoid and then a softmax are applied'
      : graph.op(from) === 'Softmax' || from === parts.softmax
        ? 'softmax is applied twice'
        : null;
  if (!twice) return null;
  const given = `the cost takes logits and applies the softmax itself, and it is given ${graph.describe(from)}`;
  const hint = 'Give it the logits, what the second linear map gives before the softmax.';
  const verdict = cross(`${twice}: ${given}`, at, hint);
  // A softmax among the layers: the probabilities are made of it, too, which is told there.
  const among = parts.softmax !== null && parts.softmax !== from && graph.dependsOn(parts.softmax, from);
  return among ? symptom(verdict) : verdict;
}
function noScalar({ c: { graph, record }, cost, sources, core, knowsLabels }: Formula): Verdict | null {
  const shape = graph.shape(cost);
  if (!shape?.length) return null;
  const isCost =
    core.some(knowsLabels) ||
    record.probe !== null ||
    sources.some((id) => graph.op(id) === 'Log' || graph.op(id) === 'LogSoftmax');
  if (!isCost) return null;
  return cross(
    `the cost is no scalar: it has shape ${showDims(shape)}, one number per picture`,
    graph.at(cost[0]),
    'Of a batch it is the mean: tf.reduceMean.',
  );
}
/** What is made of the pictures' costs: a sum or a mean, and not the one that is largest. */
function extreme({ c: { graph }, sources, core }: Formula): Verdict | null {
  const found = sources.find(
    (id) => (graph.op(id) === 'Max' || graph.op(id) === 'Min') && core.some((cost) => graph.dependsOn(id, cost)),
  );
  if (found === undefined) return null;
  const which = graph.op(found) === 'Max' ? 'largest' : 'smallest';
  return cross(
    `the cost is the ${which} of the batch: all pictures but one have no say in a step`,
    graph.at(found),
    'Of a batch it is the mean.',
  );
}
function withoutLabels({ c: { graph, parts }, cost, knowsLabels }: Formula): Verdict | null {
  if (parts.labels !== null && knowsLabels(cost[0])) return null;
  return symptom(cross('the cost does not depend on the labels', graph.at(cost[0]), COST));
}
function withoutParameters({ c: { graph }, cost, learns }: Formula): Verdict | null {
  if (learns(cost[0])) return null;
  return cross('the cost does not depend on the parameters: nothing can be learned from it', graph.at(cost[0]), COST);
}
function argmaxInside({ c: { graph }, cost, learns }: Formula): Verdict | null {
  if (!graph.dependsOnAny(cost[0], (id) => graph.op(id) === 'ArgMax' && learns(id))) return null;
  return cross(
    'an argmax stands on the way to the cost: it has no gradient',
    graph.at(cost[0]),
    `The accuracy says how good it is, the cost how to get better. ${COST}`,
  );
}
function logistic({ c: { graph }, sources, core, learns }: Formula): Verdict | null {
  if (core.length) return null;
  const found =
    sources.find((id) => graph.op(id) === 'Log1p' && learns(id)) ??
    sources.find((id) => graph.op(id) === 'Sigmoid' && learns(id));
  if (found === undefined) return null;
  return symptom(
    cross(
      'the cost is a sigmoid cross entropy: it asks ten yes-or-no questions',
      graph.at(found),
      `A picture shows just one digit, so the classes exclude each other. ${COST}`,
    ),
  );
}
const DISTANCES = new Set(['Square', 'SquaredDifference', 'L2Loss', 'Pow', 'Abs']);
function distance({ c: { graph }, sources, core, learns, knowsLabels }: Formula): Verdict | null {
  if (core.length) return null;
  const found = sources.find((id) => DISTANCES.has(graph.op(id)) && learns(id) && knowsLabels(id));
  if (found === undefined) return null;
  return cross(
    `the cost is ${graph.op(found) === 'Abs' ? 'an absolute' : 'a squared'} distance, not a cross entropy`,
    graph.at(found),
    `Its gradient fades where the network is surely wrong. ${COST}`,
  );
}

/** Whether the cost of every sample is one of these figures: the mean, the sum, the mean of all numbers. */
function fits({ record: { probe } }: Case, sign: 1 | -1, withPenalty = false): boolean {
  if (!probe?.samples.length) return false;
  const [first] = probe.samples;
  // What the weights alone add is the same in all samples.
  const offset = (k: number): number => (withPenalty ? (first.cost ?? NaN) - sign * k * first.meanCrossEntropy : 0);
  const factors = [1, probe.pictures, 1 / CLASSES];
  return factors.some((k) =>
    probe.samples.every(
      ({ cost, meanCrossEntropy }) => cost !== null && near(cost - offset(k), sign * k * meanCrossEntropy),
    ),
  );
}
/** What a penalty of the weights is made of. */
const PENALTIES = new Set(['L2Loss', 'Square', 'Abs', 'Pow']);
function withoutMinus({ c, cost, core }: Formula): Verdict | null {
  if (core.length || c.graph.op(cost[0]) === 'Neg' || !fits(c, -1)) return null;
  return cross(
    'the cost is negative: the minus before the sum is missing',
    c.graph.at(cost[0]),
    'A log of a probability is negative, and a cost gets smaller as answers get better: it is minus that sum.',
  );
}
/** By what it comes to: however it is spelled. */
function otherFormula({ c, cost, sources, core, learns }: Formula): Verdict | null {
  if (core.length) return null;
  const { graph, parts, record } = c;
  const log = sources.find((id) => graph.op(id) === 'Log' && learns(id));
  const [sample] = record.probe?.samples ?? [];
  if (!sample || sample.cost === null || !parts.logits) {
    if (log !== undefined || sources.some((id) => graph.op(id) === 'LogSoftmax')) return null;
    return cross('the cost has neither a cross entropy nor a logarithm in it', graph.at(cost[0]), COST);
  }
  if (graph.op(cost[0]) === 'Neg' && fits(c, -1)) return tick('the cross entropy, but see question 7');
  const isPenalty = (id: number): boolean => PENALTIES.has(graph.op(id)) && !graph.dependsOn(id, parts.pictures);
  if (fits(c, 1) || (sources.some(isPenalty) && fits(c, 1, true))) return null;
  const [is, wanted] = [figure(sample.cost), figure(sample.meanCrossEntropy)];
  const comes = `for a sample it is ${is} where the cross entropy is ${wanted}`;
  return cross(`the cost is no cross entropy: ${comes}`, graph.at(log ?? cost[0]), `${COST} ${SAFER}`);
}
