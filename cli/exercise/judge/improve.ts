/** Question 11: a variant that is better than the reference. */
import { APPLY } from '../graph';
import { affines, layers } from '../layers';
import type { Evaluation } from './measured';
import { type Case, type Verdict, figure, notYet, tick, trainingRuns } from './verdict';

const REFERENCE_RATE = 0.5;
const IDEAS =
  'Try more hidden units, a third layer, Adam or momentum, a learning rate that falls, or dropout; ' +
  'then `npx tfjs-session exercise compare` shows your variant beside the reference.';

/** What differs from the tutorial's network, in words. */
export function differences({ graph, parts, record, runs }: Case): string[] {
  const way = layers(graph, parts) ?? [];
  const maps = affines(way);
  const found: string[] = [];
  if (maps.length !== 2)
    found.push(maps.length ? `${maps.length} layer${maps.length === 1 ? '' : 's'}` : 'a network of another kind');
  const hidden = maps.slice(0, -1).map((l) => graph.shape([l.node, 0])?.at(-1));
  if (maps.length === 2 && hidden[0] !== 100) found.push(`${hidden[0]} hidden units`);
  if (maps.some((l) => graph.op(l.node) === 'Conv2D')) found.push('convolutions');
  // A maximum is a ReLU by hand, and a softmax the output.
  found.push(
    ...new Set(
      way.flatMap((l) =>
        l.kind === 'activation' && !['Relu', 'Maximum', 'Softmax', 'LogSoftmax'].includes(l.op) ? [l.op] : [],
      ),
    ),
  );
  const appliers = graph.all((n, id) => APPLY.test(n.op) && graph.written(id) !== null);
  const optimizers = [...new Set(appliers.map((id) => graph.op(id).replace(APPLY, '')))].filter(
    (name) => name !== 'GradientDescent',
  );
  found.push(...optimizers);
  if (hasDropout({ graph, parts, record })) found.push('dropout');
  const rates = appliers
    .map((id) => graph.rateOf(id))
    .filter((id) => id !== null)
    .map((id) => graph.constant(id));
  const known = rates[0]?.[0];
  if (rates.includes(null)) found.push('a learning rate that changes');
  else if (!optimizers.length && known !== undefined && Math.abs(known - REFERENCE_RATE) > 1e-6)
    found.push(`learning rate ${figure(known)}`);
  const batch = runs.record.runs
    .map((run) => (runs.trains(run) ? runs.fed(run, parts.pictures)?.shape[0] : undefined))
    .find((rows) => rows !== undefined);
  if (batch !== undefined && batch !== 100) found.push(`batches of ${batch}`);
  if (parts.cost && graph.dependsOnAny(parts.cost[0], (n) => graph.op(n) === 'L2Loss')) found.push('a weight penalty');
  return found;
}

/** Random numbers for each picture, on the way to the cost. */
function hasDropout({ graph, parts, record }: Pick<Case, 'graph' | 'parts' | 'record'>): boolean {
  return graph
    .all((n, id) => n.op === 'RandomUniform' && parts.cost !== null && graph.dependsOn(parts.cost[0], id))
    .some((id) => !record.variables.some((v) => graph.dependsOn(id, v.node)) && graph.shape([id, 0])?.[0] === null);
}

/** @param accuracy  the verdict on question 6: what measures wrongly shows no improvement */
export function judgeImprovement(c: Case, { test }: Evaluation, accuracy: Verdict): Verdict {
  const { record, expect } = c;
  if (accuracy.mark === 'cross') return notYet('An improvement is one of the accuracy: first mend question 6.');
  if (test.accuracy === null || !trainingRuns(c).length) return notYet(IDEAS);
  const reference = expect.reference.accuracy;
  if (record.skippedSteps)
    return notYet(`--quick trains too little to measure an improvement: check without it. ${IDEAS}`);
  const changed = differences(c);
  const reached = `accuracy on the test set ${figure(test.accuracy)}`;
  const asked = `${reached}; more than ${figure(reference)} is asked for`;
  if (!changed.length) return notYet(IDEAS, `the network is the reference's: ${asked}`);
  if (!(test.accuracy > reference && test.accuracy <= 1))
    return notYet(`Changed: ${changed.join(', ')}; no gain yet. ${IDEAS}`, asked);
  return tick(`${changed.join(', ')}: ${reached}, the reference's at most ${figure(reference)}`);
}
