/** Question 1, the loading code, and question 2, the placeholders. */
import { showDims, tail } from '../graph';
import { CLASSES, PIXELS } from '../locate';
import { type Case, type Verdict, cross, notYet, tick } from './verdict';

export function judgeLoading({ record, parts, runs }: Case): Verdict {
  if (record.sets.length) {
    const sizes = record.sets.map(
      (s) => `${s.examples.toLocaleString('en')} to ${s.name === 'validation' ? 'validate' : s.name}`,
    );
    return tick(`read the digits: ${[...new Set(sizes)].join(', ')}`);
  }
  if (parts.pictures !== null && record.runs.some((run) => runs.fed(run, parts.pictures)))
    return tick('fed pictures from a source of its own');
  return notYet(
    'The loading code is given in the starter: keep `readDataSets({ oneHot: true })` and read what mnist.train and mnist.test hold.',
  );
}

export function judgePlaceholders(c: Case, wholeSetsInParts: boolean): Verdict {
  const {
    record,
    graph,
    parts: { placeholders, pictures, labels },
    runs,
  } = c;
  const into = record.runs.flatMap((run) => run.feeds).find((f) => graph.isVariable(f.tensor[0]))?.tensor[0];
  if (!placeholders.length && into !== undefined)
    return cross(
      `${graph.describe(into)}, which is fed, is a variable and no placeholder`,
      graph.at(into),
      'A variable keeps what is learned; what is fed anew in each run goes to a placeholder: tf.placeholder(tf.float32, [null, 784]).',
    );
  if (!placeholders.length)
    return notYet('Make two of them with tf.placeholder(dtype, shape): X for the pictures, Y for the labels.');
  const hint =
    'X is tf.placeholder(tf.float32, [null, 28, 28, 1]) (or [null, 784]), Y is tf.placeholder(tf.float32, [null, 10]) for one-hot labels; null leaves the batch size open.';
  if (pictures === null || labels === null) {
    const missing = pictures === null ? 'pictures' : 'labels';
    return cross(
      `found ${placeholders.length === 1 ? 'one placeholder' : `${placeholders.length} placeholders`}, but none for the ${missing}`,
      graph.at(placeholders[0]),
      hint,
    );
  }
  const shape = graph.shape([pictures, 0]);
  const fed = record.runs.map((run) => runs.fed(run, pictures)).find((f) => f !== undefined);
  const each = tail(shape);
  if (shape && each !== PIXELS && !(each === null && fed && fed.shape.slice(1).reduce((a, b) => a * b, 1) === PIXELS)) {
    const turned = shape[0] === PIXELS || shape[0] === 28;
    return cross(
      `the placeholder for the pictures has shape ${showDims(shape)}: ${turned ? 'the batch comes first' : `a picture has 28 × 28 = ${PIXELS} pixels, this holds ${each ?? 'an unknown number'}`}`,
      graph.at(pictures),
      hint,
    );
  }
  const type = graph.dtype([pictures, 0]);
  if (type === 'bool' || type === 'string')
    return cross(`the placeholder for the pictures holds ${type}: pixels are numbers`, graph.at(pictures), hint);
  if (/int/.test(type) && !(fed && fed.most > 1))
    return cross(
      `the placeholder for the pictures holds ${type}, but the pixels are fractions between 0 and 1: ${type} has none`,
      graph.at(pictures),
      hint,
    );
  const labelShape = graph.shape([labels, 0]);
  const labelType = graph.dtype([labels, 0]);
  if (labelType === 'bool' || labelType === 'string')
    return cross(`the placeholder for the labels holds ${labelType}: give numbers`, graph.at(labels), hint);
  const width = tail(labelShape);
  const classes = labelShape && labelShape.length === 1 && labelShape[0] !== CLASSES ? 1 : width;
  if (labelShape && (labelShape.length === 0 || (labelShape.length === 1 && labelShape[0] === CLASSES))) {
    return cross(
      `the placeholder for the labels has shape ${showDims(labelShape)}: that is one picture's, and a batch has many`,
      graph.at(labels),
      hint,
    );
  }
  if (labelShape && classes !== null && classes !== CLASSES && classes !== 1)
    return cross(
      `the placeholder for the labels has shape ${showDims(labelShape)}: there are ${CLASSES} digits`,
      graph.at(labels),
      hint,
    );
  for (const id of [pictures, labels]) {
    const batch = graph.shape([id, 0])?.[0];
    if (typeof batch === 'number' && !wholeSetsInParts) {
      return cross(
        `the batch size of ${graph.describe(id)} is fixed at ${batch}: no whole set can be fed through it`,
        graph.at(id),
        'Write null for the first dimension: it leaves the batch size open, for 100 pictures in training and 10,000 in the test.',
      );
    }
  }
  const open = !shape || !labelShape;
  return tick(
    `${showDims(shape)} ${type} for pictures, ${showDims(labelShape)} ${labelType} for labels`,
    open ? 'with a shape given, mistakes show where they are made instead of in the run' : undefined,
  );
}
