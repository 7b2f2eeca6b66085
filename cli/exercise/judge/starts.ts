/** Question 3, what the parameters start from. */
import type { VariableRecord } from '../record';
import { type Found, isShaped, show } from './made';
import { type Verdict, costsOf, cross, figure, standsStill } from './verdict';

const SMALL_START =
  'Weights must start small and different, as tf.truncatedNormal with a small stddev makes them. ' +
  'Only biases may start at zero.';
/** What guessing one of ten digits costs, and a first cost that no start with small weights has. */
const GUESSING = '2.3';
const LARGE_COST = 5;
/** Weights that are all below it are not too large. */
const WIDE = 0.5;
/** Weights that large are no mistake where training goes well all the same. */
function startsTooLarge({ c }: Found, { initial }: VariableRecord): boolean {
  if (!initial || Math.max(-initial.least, initial.most) < WIDE) return false;
  const [first, ...rest] = costsOf(c).map(({ value }) => value);
  if (!(first > LARGE_COST) || !Number.isFinite(first)) return false;
  return rest.some((cost) => !(cost <= 2 * first)) || rest[rest.length - 1] > 0.8 * first;
}
/** Below it weights of any network are zeros. */
const NOTHING = 1e-6;
export function startingValues(found: Found): Verdict | null {
  const { c, way, weights } = found;
  const relu = way?.some((l) => l.kind === 'activation' && l.relu) ?? true;
  const large = [...weights, ...found.own].find((variable) => isShaped(variable) && startsTooLarge(found, variable));
  if (large?.initial?.finite && isShaped(large)) {
    const { least, most } = large.initial;
    const from = `${show(found, large)} starts with numbers from ${figure(least)} to ${figure(most)}`;
    const text = `${from}: the first cost is ${figure(costsOf(c)[0].value)}, where guessing costs ${GUESSING}`;
    return cross(text, c.graph.at(large.node), SMALL_START);
  }
  for (const weight of weights) {
    const spread = weight.initial;
    if (!spread) continue;
    const at = c.graph.at(weight.node);
    if (!spread.finite) return cross(`${show(found, weight)} starts with values that are not finite`, at, SMALL_START);
    if (spread.least !== spread.most && Math.max(-spread.least, spread.most) < NOTHING)
      return cross(
        `${show(found, weight)} starts with numbers that are as good as 0: nothing gets through`,
        at,
        SMALL_START,
      );
    if (spread.least !== spread.most || !relu) continue;
    const harm = spread.least === 0 ? 'no gradient gets through zeros' : 'all hidden units compute and learn the same';
    return cross(`all elements of ${show(found, weight)} start at ${spread.least}: ${harm}`, at, SMALL_START);
  }
  return null;
}

/** A bias before a ReLU that is below this everywhere may leave nothing of what the weights give. */
const FAR_BELOW = -1;
/** Units that give 0 for every picture: no gradient gets through them. */
export function deadUnits(found: Found): Verdict | null {
  const { c, way, used } = found;
  const biases = used.slice(0, -1).map((map) => map.bias);
  const variable = c.record.variables.find((v) => biases.includes(v.node) && v.initial && v.initial.most < FAR_BELOW);
  if (!variable || !way?.some((l) => l.kind === 'activation' && l.relu) || !standsStill(costsOf(c))) return null;
  return cross(
    `${show(found, variable)} starts at ${figure(variable.initial?.most ?? FAR_BELOW)} or below: the sums are ` +
      'negative, and the ReLU makes 0 of every one',
    c.graph.at(variable.node),
    'Where a ReLU gives 0, no gradient gets through. A bias starts at 0, or a little above.',
  );
}
