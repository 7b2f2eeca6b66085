/** Question 4, its beginning: what becomes of the pixels before the first linear map. */
import type { Way } from './probabilities';
import { type Verdict, costsOf, cross, figure, standsStill } from './verdict';

/** Rows of pixels that are of several pictures: a reshape reads on where a row should end. */
export function mixedPictures({ c: { graph, record }, way }: Way): Verdict | null {
  const reshape = way.find((l) => l.kind === 'reshape');
  if (!record.probe?.mixed || !reshape) return null;
  return cross(
    'the reshape puts pixels of several pictures into one row: what comes out for a picture depends on its neighbours',
    graph.at(reshape.node),
    'A reshape keeps all numbers in their order, and says anew where a row ends. The batch is the first dimension ' +
      'and stays it; a transpose before or behind moves it away.',
  );
}

/** By so much, or more, nobody divides what is between 0 and 1 already. */
const DIMMED = 100;
/** Pixels that are fractions already, divided once more: nearly black pictures, from which little is learned. */
export function dimmedPixels({ c, way, maps }: Way): Verdict | null {
  const { graph, parts, record, runs } = c;
  const fed = record.runs.map((run) => runs.fed(run, parts.pictures)).find((f) => f !== undefined);
  const still = standsStill(costsOf(c));
  if (!fed || fed.most > 1 || fed.most <= 0 || !still) return null;
  for (const { node } of way.slice(0, way.indexOf(maps[0]))) {
    const by = graph.node(node).inputs.flatMap(([n]) => graph.constant(graph.behind(n)) ?? []);
    const divisor = /Div$/.test(graph.op(node)) ? by[0] : graph.op(node) === 'Mul' ? 1 / by[0] : 0;
    if (by.length === 1 && divisor >= DIMMED)
      return cross(
        `the pixels, which are from 0 to ${figure(fed.most)} already, are divided by ${figure(divisor)}: the ` +
          `pictures are nearly black, and the cost stays near ${figure(still.first)}`,
        graph.at(node),
        'readDataSets has divided them by 255: take them as they are.',
      );
  }
  return null;
}
