/** Question 5, the cost, and question 6, the accuracy. */
import { showDims } from '../graph';
import { CLASSES, CROSS_ENTROPIES } from '../locate';
import { type Case, type Verdict, cross, figure, lacking, notYet, tick } from './verdict';

const COST =
  'tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits })): the mean over the batch of -log(probability of the right digit).';
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 2e-3 * Math.max(1, Math.abs(b));

export function judgeCost({ record, graph, parts, lost }: Case): Verdict {
  const { cost, labels, logits, softmax } = parts;
  if (!cost) return notYet(`For one of ten classes the cost is the cross entropy: ${COST}`);
  const sources = graph.sources(cost[0]);
  const learns = (id: number): boolean =>
    graph.dependsOnAny(id, (n) => record.variables.some((v) => v.trainable && v.node === n));
  const knowsLabels = (id: number): boolean => graph.dependsOn(id, labels);
  const core = [...sources].filter((id) => CROSS_ENTROPIES.has(graph.op(id)));
  for (const id of core) {
    const [scores, truth] = graph.node(id).inputs.map(([n]) => n);
    if (learns(truth) && !learns(scores))
      return cross(
        'labels and logits are swapped: the labels are given as logits',
        graph.at(id),
        'Name them: { labels: Y, logits }. The logits are what the network computes, the labels the truth.',
      );
    const from = graph.behind(scores);
    if (['Softmax', 'Sigmoid'].includes(graph.op(from)) || from === softmax) {
      return cross(
        `${graph.op(from) === 'Sigmoid' ? 'a sigmoid and then a softmax are' : 'softmax is'} applied ${graph.op(from) === 'Sigmoid' ? '' : 'twice: '}the cost takes logits and applies the softmax itself, and it is given ${graph.describe(from)}`.replace(
          'are applied the',
          'are applied: the',
        ),
        graph.at(id),
        'Give it the logits, what the second linear map gives before the softmax.',
      );
    }
    if (learns(truth))
      return cross(
        'the labels of the cross entropy depend on the parameters: the network is compared with itself',
        graph.at(id),
        COST,
      );
    if (labels !== null && !knowsLabels(truth))
      return cross('the labels of the cross entropy are not the placeholder for the labels', graph.at(id), COST);
  }
  const shape = graph.shape(cost);
  const isCost =
    core.some((id) => graph.dependsOn(id, labels)) ||
    record.probe !== null ||
    [...sources].some((id) => graph.op(id) === 'Log' || graph.op(id) === 'LogSoftmax');
  if (shape && shape.length > 0 && isCost) {
    return cross(
      `the cost is no scalar: it has shape ${showDims(shape)}, one number per picture`,
      graph.at(cost[0]),
      'Take the mean over the batch: tf.reduceMean(...).',
    );
  }
  if (labels === null || !knowsLabels(cost[0]))
    return cross('the cost does not depend on the labels', graph.at(cost[0]), COST);
  if (!learns(cost[0]))
    return cross('the cost does not depend on the parameters: nothing can be learned from it', graph.at(cost[0]), COST);
  if (graph.dependsOnAny(cost[0], (id) => graph.op(id) === 'ArgMax' && learns(id)))
    return cross(
      'an argmax stands on the way to the cost: it has no gradient',
      graph.at(cost[0]),
      `The accuracy says how good it is, the cost how to get better: ${COST}`,
    );
  const logistic =
    [...sources].find((id) => graph.op(id) === 'Log1p' && learns(id)) ??
    [...sources].find((id) => graph.op(id) === 'Sigmoid' && learns(id) && !core.length);
  if (logistic !== undefined && !core.length)
    return cross(
      'the cost is a sigmoid cross entropy: it asks ten yes-or-no questions',
      graph.at(logistic),
      `A picture shows just one digit, so the classes exclude each other: ${COST}`,
    );
  const square = [...sources].find(
    (id) =>
      ['Square', 'SquaredDifference', 'L2Loss', 'Pow', 'Abs'].includes(graph.op(id)) && learns(id) && knowsLabels(id),
  );
  if (square !== undefined && !core.length)
    return cross(
      `the cost is ${graph.op(square) === 'Abs' ? 'an absolute' : 'a squared'} distance, not a cross entropy`,
      graph.at(square),
      `Its gradient fades where the network is surely wrong. ${COST}`,
    );
  const { probe } = record;
  if (
    !core.length &&
    probe?.cost &&
    probe.cost < 0 &&
    graph.op(cost[0]) !== 'Neg' &&
    [1, probe.pictures, 0.1].some((k) => near(probe.cost!, -probe.meanCrossEntropy * k))
  ) {
    return cross(
      'the cost is negative: the minus before the sum is missing',
      graph.at(cost[0]),
      'The cross entropy is minus the sum of y·log(a): log(a) is negative, and a cost gets smaller as answers get better.',
    );
  }
  const log = [...sources].find((id) => graph.op(id) === 'Log' && learns(id));
  if (lost?.question === 5) return lost.verdict;
  if (probe && probe.cost !== null && logits && !core.length) {
    const { cost: got, meanCrossEntropy: mean, pictures } = probe;
    const penalized = [...sources].some((id) => graph.op(id) === 'L2Loss' || graph.op(id) === 'Square');
    const fits = [mean, mean * pictures, mean / CLASSES].some((want) => near(got, want));
    if ([mean, mean * pictures, mean / CLASSES].some((want) => near(got, -want)) && graph.op(cost[0]) === 'Neg')
      return tick('the cross entropy, but see question 7');
    if (!fits && !penalized) {
      return cross(
        `the cost is no cross entropy: for a sample it is ${figure(got)} where the cross entropy is ${figure(mean)}`,
        graph.at(log ?? cost[0]),
        log === undefined ? COST : `-tf.reduceMean(tf.reduceSum(Y.mul(tf.log(A)), 1)) is it by hand; safer: ${COST}`,
      );
    }
  } else if (!core.length && log === undefined && ![...sources].some((id) => graph.op(id) === 'LogSoftmax')) {
    return cross('the cost has neither a cross entropy nor a logarithm in it', graph.at(cost[0]), COST);
  }
  const danger = log !== undefined && probe && probe.brightCost !== null && !Number.isFinite(probe.brightCost);
  return tick(
    core.length ? 'cross entropy of labels and logits, a scalar' : 'cross entropy by hand, a scalar',
    danger
      ? `a log of a softmax gives NaN when a probability rounds to 0 (as for very bright pictures); ${COST.split(':')[0]}${' does not'}`
      : undefined,
  );
}

const ACCURACY =
  'tf.reduceMean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(Y, 1)), tf.float32)): the share of pictures whose likeliest digit is the right one.';

export function judgeAccuracy({ record, graph, parts }: Case): Verdict {
  const { accuracy, labels, pictures } = parts;
  if (!accuracy) {
    const compared = graph.all((n, id) => n.op === 'Equal' && !graph.isGradient(id))[0];
    if (compared !== undefined)
      return lacking('a comparison is there, but not with the labels', graph.at(compared), ACCURACY);
    const argmax = graph.all((n, id) => n.op === 'ArgMax' && !graph.isGradient(id))[0];
    return argmax === undefined
      ? notYet(`People ask how many it gets right: ${ACCURACY}`)
      : notYet(`The argmaxes are there; compare them: ${ACCURACY}`);
  }
  const sources = [...graph.sources(accuracy[0])];
  const learns = (id: number): boolean =>
    graph.dependsOnAny(id, (n) => record.variables.some((v) => v.node === n)) &&
    (pictures === null || graph.dependsOn(id, pictures));
  const at = graph.at(accuracy[0]);
  for (const id of sources.filter((n) => graph.op(n) === 'ArgMax')) {
    const [[input], axis] = graph.node(id).inputs;
    const dimension = axis ? graph.constant(axis[0])?.[0] : undefined;
    const rank = graph.shape([input, 0])?.length ?? 2;
    if (dimension === undefined || rank < 2) continue;
    if (graph.op(input) !== 'Transpose' && (dimension + rank) % rank !== rank - 1)
      return cross(
        `an argmax runs over axis ${dimension}, the pictures of the batch`,
        graph.at(id),
        'tf.argmax(x, 1) runs over the ten classes of each picture. Both need axis 1.',
      );
  }
  for (const id of sources.filter((n) => graph.op(n) === 'Equal')) {
    const [a, b] = graph.node(id).inputs.map(([n]) => n);
    const sides = [a, b].map((n) => ({ learns: learns(n), knows: labels !== null && graph.dependsOn(n, labels) }));
    if (!sides.some((s) => s.learns))
      return cross('the comparison is between labels and labels: no prediction is in it', graph.at(id), ACCURACY);
    if (!sides.some((s) => s.knows)) return cross('the comparison has no labels in it', graph.at(id), ACCURACY);
    const shape = graph.shape([id, 0]);
    if (shape && shape.length === 2 && shape[1] === 10)
      return cross(
        'the comparison is between single probabilities and labels, not between digits',
        graph.at(id),
        `Take the likeliest class of each picture first. ${ACCURACY}`,
      );
  }
  const shape = graph.shape(accuracy);
  if (graph.dtype(accuracy) === 'bool')
    return cross(
      'there are only booleans: whether each picture is right, and no share of them',
      at,
      'Booleans have no mean: tf.reduceMean(tf.cast(correct, tf.float32)).',
    );
  if (shape && shape.length > 0)
    return cross(
      `the accuracy is no scalar: it has shape ${showDims(shape)}, one answer per picture`,
      at,
      'Cast to float32 and take the mean: tf.reduceMean(tf.cast(correct, tf.float32)).',
    );
  const type = graph.dtype(accuracy);
  const { probe } = record;
  if (/int/.test(type))
    return cross(
      `the accuracy is of ${type}: ${graph.op(accuracy[0]) === 'Sum' ? 'a count, not a share' : 'a mean of integers rounds to 0 or 1'}`,
      at,
      'Cast to float32, not to an integer, before the mean.',
    );
  if (probe && probe.accuracy !== null) {
    const { accuracy: got, share, pictures } = probe;
    if (near(got, 1 - share))
      return cross('this is the share of wrong answers', at, 'Use tf.equal; or take it from 1.');
    if (near(got, share * pictures))
      return cross(
        `this counts the right answers (${figure(got)} of ${pictures}), and is no share`,
        at,
        'Take the mean instead of the sum: tf.reduceMean.',
      );
    if (near(got, share * 100)) return tick('share of right answers, in per cent');
    if (!near(got, share))
      return cross(`for a sample with ${figure(share * 100)} % right answers it gives ${figure(got)}`, at, ACCURACY);
  }
  return tick('share of right answers');
}
