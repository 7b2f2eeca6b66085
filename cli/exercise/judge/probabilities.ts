/** Question 4, its end: what makes probabilities of the logits. */
import { showDims } from '../graph';
import { ACTIVATIONS, type Affine, type Layer, inColumns } from '../layers';
import { CLASSES } from '../sizes';
import { type Case, type Verdict, cross, lacking, symptom } from './verdict';

/** The way from the pictures to the logits. */
export interface Way {
  readonly c: Case;
  readonly way: readonly Layer[];
  readonly maps: readonly Affine[];
  /** The logits' node. */
  readonly logits: number;
}

export const article = (word: string): string => (/^[AEIO]/.test(word) ? 'an' : 'a');

/** A softmax of something else than the logits, and none of these. */
export function softmaxElsewhere({ c: { graph, parts }, way, logits }: Way): Verdict | null {
  if (parts.softmax !== null) return null;
  const on = new Set(way.map(({ node }) => node).filter((node) => node !== logits));
  const [other] = graph.all(
    (n, id) => n.op === 'Softmax' && !graph.isGradient(id) && on.has(graph.behind(n.inputs[0][0])) && !on.has(id),
  );
  if (other === undefined) return null;
  return cross(
    `the softmax is of ${showDims(graph.shape(graph.node(other).inputs[0]))}, not of the ten numbers of each picture`,
    graph.at(other),
    'The probabilities are the softmax of what the second linear map gives.',
  );
}
export function sigmoidForSoftmax({ c: { graph, parts }, logits }: Way): Verdict | null {
  if (parts.softmax !== null) return null;
  const [sigmoid] = graph.all(
    (n, id) => n.op === 'Sigmoid' && !graph.isGradient(id) && graph.behind(n.inputs[0][0]) === logits,
  );
  if (sigmoid === undefined) return null;
  return cross(
    'a sigmoid stands where the softmax belongs: ten shares of their own, no probabilities that sum to 1',
    graph.at(sigmoid),
    'A picture shows just one digit: a softmax over the ten logits makes its probabilities.',
  );
}
export function misplacedSoftmax({ c: { graph, parts }, maps, logits }: Way): Verdict | null {
  const { softmax, evaluated } = parts;
  if (softmax === null || graph.op(softmax) !== 'Softmax') return null;
  const into = graph.node(softmax).inputs[0][0];
  // Classes by pictures: there they are the first dimension, and tf.nn.softmax(logits, 0) turns it to the last.
  const ofColumns = inColumns(graph, maps[maps.length - 1]);
  if ((graph.op(into) === 'Transpose') !== ofColumns && (graph.shape([into, 0])?.[1] ?? null) !== CLASSES)
    return cross(
      'the softmax runs over the pictures of the batch, not over the ten classes',
      graph.at(softmax),
      'Without an axis it takes the last one: each picture gets ten probabilities that sum to 1.',
    );
  if (graph.op(graph.behind(into)) === 'Softmax')
    return cross('the softmax is applied to a softmax', graph.at(softmax), 'Once is enough: of the logits.');
  const bend = graph.op(graph.behind(into));
  if (graph.dependsOn(softmax, logits) && graph.behind(into) !== logits && ACTIVATIONS.has(bend))
    return cross(
      `${article(bend)} ${bend} stands between the last linear map and the softmax: the probabilities are of other ` +
        'numbers than the cost',
      graph.at(graph.behind(into)),
      'The softmax takes what the second linear map gives, as it is.',
    );
  if (graph.dependsOn(softmax, logits) || graph.dependsOn(softmax, evaluated?.[0] ?? null)) return null;
  return cross(
    'the softmax is not applied to what the last linear map gives',
    graph.at(softmax),
    'The probabilities are the softmax of what the second linear map gives.',
  );
}
export function withoutProbabilities({ c: { graph, parts }, logits }: Way): Verdict | null {
  if (parts.softmax !== null) return null;
  const inCost = /SoftmaxCrossEntropy|LogSoftmax/;
  if (parts.cost && graph.dependsOnAny(parts.cost[0], (id) => inCost.test(graph.op(id)))) return null;
  const hint = 'A softmax makes them positive and sum to 1.';
  const verdict = lacking('the ten numbers of the last linear map are no probabilities yet', graph.at(logits), hint);
  const size = graph.shape([logits, 0])?.at(-1) ?? CLASSES;
  return size === CLASSES ? verdict : symptom(verdict);
}
