/** Question 5, what becomes of the costs of a batch: a sum, a mean of the wrong number, or nothing. */
import type { GraphView } from '../graph';
import { type Formula, near } from './formula';
import { type Verdict, costsOf, cross, figure } from './verdict';

/** A sum is no mistake with a rate that is as many times smaller. */
export function sumThatOvershoots({ c, cost }: Formula): Verdict | null {
  const { samples = [], pictures = 1 } = c.record.probe ?? {};
  const isSum = samples.every(
    (sample) => sample.cost !== null && near(sample.cost, pictures * sample.meanCrossEntropy),
  );
  const [first, ...rest] = costsOf(c).map(({ value }) => value);
  // Steps that are too long end with a network that gives the same answer to all, if not with costs that leap.
  const overshoots =
    rest.some((value) => !(value <= OVERSHOT * first)) || (rest.length > 1 && rest[rest.length - 1] >= first);
  if (!samples.length || !isSum || !overshoots) return null;
  return cross(
    'the cost is the sum over the batch, so that each step is as many times too long as there are pictures',
    c.graph.at(cost[0]),
    'Of a batch it is the mean: then the learning rate does not depend on its size.',
  );
}
/** A sum that is divided by the size of the training batches: of a whole set it is as many times too large. */
export function sumByBatchSize({ c, cost }: Formula): Verdict | null {
  const { graph, record, runs, parts } = c;
  const { samples = [], pictures = 1 } = record.probe ?? {};
  const sizes = new Set(record.runs.flatMap((run) => runs.fed(run, parts.pictures)?.shape[0] ?? []));
  const is = (size: number): boolean =>
    size > 1 &&
    size !== pictures &&
    samples.every((s) => s.cost !== null && near(s.cost, (pictures / size) * s.meanCrossEntropy));
  const size = samples.length ? [...sizes].find(is) : undefined;
  if (size === undefined || sizes.size < 2) return null;
  const largest = Math.max(...sizes);
  return cross(
    `the cost is the sum over the batch divided by ${size}, however many pictures there are: of ` +
      `${largest.toLocaleString('en')} it comes out ${figure(largest / size)} times as large`,
    graph.at(cost[0]),
    'Of a batch it is the mean, of as many as there are in it.',
  );
}
/** Whether a node is a product with a constant of zeros. */
export const timesZero = (graph: GraphView, node: number): boolean =>
  graph.op(node) === 'Mul' &&
  graph.node(node).inputs.some(([from]) => {
    const factor = graph.constant(graph.behind(from));
    return factor !== null && factor.length > 0 && factor.every((x) => x === 0);
  });
export function costTimesZero({ c: { graph }, cost, sources, core }: Formula): Verdict | null {
  const isCost = (id: number): boolean => id === cost[0] || core.some((entropy) => graph.dependsOn(id, entropy));
  const found = sources.find((id) => timesZero(graph, id) && isCost(id));
  if (found === undefined) return null;
  return cross(
    'the cost is multiplied by 0: it is 0 for any answers, and no gradient comes through',
    graph.at(found),
    'Leave that factor out.',
  );
}
/** So many times its start is no cost that falls. */
const OVERSHOT = 20;
