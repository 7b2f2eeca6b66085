/** Question 2, the placeholders. */
import { showDims, tail } from '../graph';
import { CLASSES, PIXELS } from '../sizes';
import type { Dims, FeedRecord } from '../record';
import { type Case, type Check, type Verdict, cross, firstVerdict, notYet, tick } from './verdict';

const SHAPES =
  `A picture is 28 × 28 numbers, or ${PIXELS} in a row; a one-hot label is ${CLASSES}. ` +
  'null in the first place leaves the batch size open.';
const PLACEHOLDER =
  'A variable keeps what is learned; what is fed anew in each run goes to a placeholder, tf.placeholder(dtype, shape).';
const OPEN =
  'Write null for the first dimension: it leaves the batch size open, ' +
  'for 100 pictures in training and 10,000 in the test.';

/** The two placeholders, and what of them is known. */
interface Found {
  readonly c: Case;
  readonly pictures: number;
  readonly labels: number;
  /** What was fed for the pictures first. */
  readonly fed: FeedRecord | undefined;
}

export function judgePlaceholders(c: Case, wholeSetsInParts: boolean): Verdict {
  const { pictures, labels } = c.parts;
  const none = firstVerdict(c, [variableInPlace, nothingThere, oneOnly]);
  if (none || pictures === null || labels === null) return none ?? nothingYet();
  const fed = c.record.runs.map((run) => c.runs.fed(run, pictures)).find((f) => f !== undefined);
  const checks: Check<Found>[] = [pictureShape, pictureType, labelType, labelShape];
  if (!wholeSetsInParts) checks.push(openBatch);
  return firstVerdict({ c, pictures, labels, fed }, checks) ?? ticked(c, pictures, labels);
}

function ticked({ graph }: Case, pictures: number, labels: number): Verdict {
  const [shape, labelShape_] = [graph.shape([pictures, 0]), graph.shape([labels, 0])];
  const [type, labelType_] = [graph.dtype([pictures, 0]), graph.dtype([labels, 0])];
  return tick(
    `${showDims(shape)} ${type} for pictures, ${showDims(labelShape_)} ${labelType_} for labels`,
    shape && labelShape_ ? undefined : 'with a shape given, mistakes show where they are made instead of in the run',
  );
}
const nothingYet = (): Verdict =>
  notYet('Make two of them with tf.placeholder(dtype, shape): X for the pictures, Y for the labels.');

function variableInPlace({ record, graph, parts }: Case): Verdict | null {
  if (parts.placeholders.length) return null;
  const fed = record.runs.flatMap((run) => run.feeds).find((f) => graph.isVariable(f.tensor[0]));
  if (!fed) return null;
  const [into] = fed.tensor;
  return cross(`${graph.describe(into)}, which is fed, is a variable and no placeholder`, graph.at(into), PLACEHOLDER);
}
function nothingThere({ parts }: Case): Verdict | null {
  return parts.placeholders.length ? null : nothingYet();
}
function oneOnly({ graph, parts: { placeholders, pictures, labels } }: Case): Verdict | null {
  if (pictures !== null && labels !== null) return null;
  const count = placeholders.length === 1 ? 'one placeholder' : `${placeholders.length} placeholders`;
  const missing = pictures === null ? 'pictures' : 'labels';
  return cross(`found ${count}, but none for the ${missing}`, graph.at(placeholders[0]), SHAPES);
}

function pictureShape({ c: { graph }, pictures, fed }: Found): Verdict | null {
  const shape = graph.shape([pictures, 0]);
  const each = tail(shape);
  const fits = each === null && fed && fed.shape.slice(1).reduce((a, b) => a * b, 1) === PIXELS;
  // What is fed wrongly is told where it is fed.
  const swapped = each === null && fed && fed.shape.slice(1).reduce((a, b) => a * b, 1) === CLASSES;
  if (!shape || each === PIXELS || fits || swapped) return null;
  const turned = shape[0] === PIXELS || shape[0] === 28;
  const wrong = turned
    ? 'the batch comes first'
    : `a picture has 28 × 28 = ${PIXELS} pixels, this holds ${each ?? 'an unknown number'}`;
  return cross(`the placeholder for the pictures has shape ${showDims(shape)}: ${wrong}`, graph.at(pictures), SHAPES);
}
function pictureType({ c: { graph }, pictures, fed }: Found): Verdict | null {
  const type = graph.dtype([pictures, 0]);
  const holds = `the placeholder for the pictures holds ${type}`;
  if (type === 'bool' || type === 'string')
    return cross(`${holds}: pixels are numbers`, graph.at(pictures), 'Fractions are float32.');
  if (!/int/.test(type) || (fed && fed.most > 1)) return null;
  return cross(
    `${holds}, but the pixels are fractions between 0 and 1: ${type} has none`,
    graph.at(pictures),
    'Fractions are float32.',
  );
}
function labelType({ c: { graph }, labels }: Found): Verdict | null {
  const type = graph.dtype([labels, 0]);
  if (type !== 'bool' && type !== 'string') return null;
  return cross(`the placeholder for the labels holds ${type}: give numbers`, graph.at(labels), SHAPES);
}
/** Whether labels of ten numbers are fed, and become ten labels each. */
function isTakenApart({ c: { record, runs }, pictures, labels }: Found): boolean {
  return record.runs.some((run) => {
    const [x, y] = [runs.fed(run, pictures), runs.fed(run, labels)];
    return x !== undefined && y !== undefined && y.shape[0] === CLASSES * x.shape[0];
  });
}
function labelShape(found: Found): Verdict | null {
  const { c, labels } = found;
  const { graph } = c;
  const shape: Dims = graph.shape([labels, 0]);
  if (!shape) return null;
  const has = `the placeholder for the labels has shape ${showDims(shape)}`;
  const one = shape.length === 0 || (shape.length === 1 && shape[0] === CLASSES);
  if (one) return cross(`${has}: that is one picture's, and a batch has many`, graph.at(labels), SHAPES);
  const classes = shape.length === 1 ? 1 : tail(shape);
  if (classes === 1 && isTakenApart(found))
    return cross(`${has}, and a label that is fed is ${CLASSES} numbers (oneHot)`, graph.at(labels), SHAPES);
  if (classes === null || classes === CLASSES || classes === 1) return null;
  return cross(`${has}: there are ${CLASSES} digits`, graph.at(labels), SHAPES);
}
function openBatch({ c: { graph }, pictures, labels }: Found): Verdict | null {
  const fixed = [pictures, labels].find((id) => typeof graph.shape([id, 0])?.[0] === 'number');
  if (fixed === undefined) return null;
  const found = `the batch size of ${graph.describe(fixed)} is fixed at ${graph.shape([fixed, 0])![0]}`;
  return cross(`${found}: no whole set can be fed through it`, graph.at(fixed), OPEN);
}
