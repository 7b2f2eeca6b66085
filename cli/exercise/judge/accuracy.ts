/** Question 6, the accuracy. */
import { showDims } from '../graph';
import { EQUALITIES } from '../locate';
import { CLASSES } from '../sizes';
import type { Edge } from '../record';
import { withoutUpdate } from './counting';
import { near } from './formula';
import { type Case, type Verdict, cross, figure, firstVerdict, lacking, notYet, symptom, tick } from './verdict';

const SHARE = 'It is the share of pictures whose likeliest digit is the right one.';
const CAST = 'Cast to float32 before the mean.';

interface Formula {
  readonly c: Case;
  readonly accuracy: Edge;
  readonly sources: readonly number[];
}

export function judgeAccuracy(c: Case): Verdict {
  const { graph, parts } = c;
  const { accuracy } = parts;
  const unfed = withoutUpdate(c);
  if (unfed !== null)
    return cross(
      'the value of a metric is fetched, and nothing runs its update: it counts no picture',
      graph.at(unfed),
      'const [value, update] = tf.metrics.accuracy(…): the update takes in what is fed, and gives the share so far.',
    );
  if (!accuracy) return nothingThere(c);
  const formula = { c, accuracy, sources: [...graph.sources(accuracy[0])] };
  if (comesToShare(c)) return tick('share of right answers');
  return (
    firstVerdict(formula, [argmaxAxis, comparedSides, booleans, noScalar, integers, sampled]) ??
    tick('share of right answers')
  );
}

function nothingThere({ graph, parts, record }: Case): Verdict {
  const compared = graph.all((n, id) => EQUALITIES.has(n.op) && !graph.isGradient(id))[0];
  if (compared !== undefined)
    return lacking('a comparison is there, but not with the labels', graph.at(compared), SHARE);
  const argmax = graph.all((n, id) => n.op === 'ArgMax' && !graph.isGradient(id))[0];
  // A Boolean of the program, cast and averaged.
  const isFixed = (id: number): boolean =>
    !graph.dependsOnAny(id, (n) => graph.isPlaceholder(n) || graph.isVariable(n));
  const fixed = record.runs
    .flatMap((run) => run.fetches.map(([n]) => n))
    .find((n) => isFixed(n) && graph.dependsOnAny(n, (from) => graph.dtype([from, 0]) === 'bool'));
  if (argmax !== undefined && fixed !== undefined && !parts.accuracy)
    return lacking(
      'the likeliest digits are there, and nothing in the graph compares them: what is fetched is a constant',
      graph.at(fixed),
      '== compares two objects of the program, once, while the graph is built, and gives false. A node compares in ' +
        'every run: see tf.equal.',
    );
  return argmax === undefined
    ? notYet('People ask how many it gets right, of a hundred.')
    : notYet('The likeliest digits are there; now compare them with the right ones.');
}

function argmaxAxis({ c: { graph, parts }, sources }: Formula): Verdict | null {
  for (const id of sources.filter((n) => graph.op(n) === 'ArgMax')) {
    const [[input], axis] = graph.node(id).inputs;
    const dimension = axis ? graph.constant(axis[0])?.[0] : undefined;
    const rank = graph.shape([input, 0])?.length ?? 2;
    if (dimension === undefined || rank < 2) continue;
    if (graph.op(input) === 'Transpose' || (dimension + rank) % rank === rank - 1) continue;
    const verdict = cross(
      `an argmax runs over axis ${dimension}, the pictures of the batch`,
      graph.at(id),
      'Each picture has ten numbers, side by side: both argmaxes run over axis 1.',
    );
    return parts.labels === null ? symptom(verdict) : verdict;
  }
  return null;
}
function comparedSides({ c: { graph, parts, record }, sources }: Formula): Verdict | null {
  const { labels, pictures } = parts;
  const learns = (id: number): boolean =>
    graph.dependsOnAny(id, (n) => record.variables.some((v) => v.node === n)) &&
    (pictures === null || graph.dependsOn(id, pictures));
  for (const id of sources.filter((n) => EQUALITIES.has(graph.op(n)))) {
    const at = graph.at(id);
    const sides = graph.node(id).inputs.map(([n]) => n);
    if (!sides.some(learns))
      return cross('the comparison is between labels and labels: no prediction is in it', at, SHARE);
    if (labels === null || !sides.some((n) => graph.dependsOn(n, labels)))
      return symptom(cross('the comparison has no labels in it', at, SHARE));
    const shape = graph.shape([id, 0]);
    if (shape?.length === 2 && shape[1] === CLASSES)
      return cross(
        'the comparison is between single probabilities and labels, not between digits',
        at,
        `Take the likeliest class of each picture first. ${SHARE}`,
      );
  }
  return null;
}
function booleans({ c: { graph }, accuracy }: Formula): Verdict | null {
  if (graph.dtype(accuracy) !== 'bool') return null;
  return cross(
    'there are only booleans: whether each picture is right, and no share of them',
    graph.at(accuracy[0]),
    `Booleans have no mean. ${CAST}`,
  );
}
function noScalar({ c: { graph }, accuracy }: Formula): Verdict | null {
  const shape = graph.shape(accuracy);
  if (!shape?.length) return null;
  return cross(
    `the accuracy is no scalar: it has shape ${showDims(shape)}, one answer per picture`,
    graph.at(accuracy[0]),
    `A share is a mean. ${CAST}`,
  );
}
function integers({ c: { graph }, accuracy }: Formula): Verdict | null {
  const type = graph.dtype(accuracy);
  if (!/int/.test(type)) return null;
  const what = graph.op(accuracy[0]) === 'Sum' ? 'a count, not a share' : 'a mean of integers rounds to 0 or 1';
  return cross(
    `the accuracy is of ${type}: ${what}`,
    graph.at(accuracy[0]),
    'Cast to float32, not to an integer, before the mean.',
  );
}

/** In every sample, however it is spelled. */
function comesToShare({ record: { probe } }: Case): boolean {
  const samples = probe?.samples ?? [];
  return samples.length > 0 && samples.every(({ accuracy, share }) => accuracy !== null && near(accuracy, share));
}
/** By what it comes to where it is no share of right answers. */
function sampled({ c: { graph, record }, accuracy }: Formula): Verdict | null {
  const { samples = [], pictures = 1 } = record.probe ?? {};
  const known = samples.flatMap(({ accuracy: got, share }) => (got === null ? [] : [{ got, share }]));
  if (!known.length) return null;
  const always = (figureOf: (share: number) => number): boolean =>
    known.every(({ got, share }) => near(got, figureOf(share)));
  const at = graph.at(accuracy[0]);
  if (always((share) => share * 100)) return tick('share of right answers, in per cent');
  if (always((share) => 1 - share))
    return cross('this is the share of wrong answers', at, 'Count the right ones; or take it from 1.');
  const [{ got }] = known;
  if (always((share) => share * pictures))
    return cross(
      `this counts the right answers (${figure(got)} of ${pictures}), and is no share`,
      at,
      'A share is the mean, not the sum.',
    );
  const wrong = known.find((sample) => !near(sample.got, sample.share));
  if (!wrong) return null;
  const comes = `for a sample with ${figure(wrong.share * 100)} % right answers it gives ${figure(wrong.got)}`;
  return symptom(cross(comes, at, SHARE));
}
