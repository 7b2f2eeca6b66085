/** Question 3, the parameters, and question 4, the way from the pictures to the probabilities. */
import { showDims } from '../graph';
import { affines, layers, rowsOfPixels } from '../layers';
import { CLASSES, PIXELS } from '../locate';
import { type Case, type Verdict, cross, lacking, notYet, tick } from './verdict';

const CHAIN =
  'W1 is [784, hidden], b1 [hidden], W2 [hidden, 10], b2 [10]: each layer takes what the one before it gives.';
const VARIABLE =
  'Wrap the starting value: new tf.Variable(tf.truncatedNormal([784, hidden], { stddev: 0.1 })). A variable keeps its value from run to run and can be trained.';

export function judgeParameters({ record, graph, parts, lost }: Case): Verdict {
  const way = layers(graph, parts);
  const used = way ? affines(way) : [];
  // A tensor in the weight's place is made anew in every run.
  for (const { weight, operand } of used) {
    if (weight === null)
      return cross(
        `the weight of a linear map is ${graph.describe(operand)}, a tensor and no variable: nothing can train it`,
        graph.at(operand),
        VARIABLE,
      );
  }
  const model = new Set(used.flatMap((l) => [l.weight, l.bias]).filter((n) => n !== null));
  // An optimizer's own variables are none of the question's.
  const own = record.variables.filter((v) => model.has(v.node) || v.trainable);
  if (!own.length) {
    const random = graph.all((n) => n.op === 'TruncatedNormal' || n.op === 'RandomStandardNormal').pop();
    return random === undefined
      ? notYet(`Make four variables with new tf.Variable(start). ${CHAIN}`)
      : cross('there are random tensors, but no variable: nothing can train them', graph.at(random), VARIABLE);
  }
  const weights = own.filter((v) => (v.shape?.length ?? 0) >= 2 && !(v.shape!.length === 2 && v.shape![0] === 1));
  const show = (v: { node: number; shape: (typeof own)[number]['shape'] }): string =>
    `${graph.describe(v.node)} ${showDims(v.shape)}`;
  for (const v of own) {
    if (model.has(v.node) && !v.trainable)
      return cross(
        `${show(v)} is not trainable: the optimizer leaves it as it is`,
        graph.at(v.node),
        'Leave out `trainable: false`: it is for variables that only count or remember.',
      );
  }
  if (weights.length < 2) {
    return lacking(
      `found ${weights.length === 1 ? `one weight matrix, ${show(weights[0])}` : 'no weight matrix'}: two linear maps need two`,
      graph.at(own[0].node),
      CHAIN,
    );
  }
  if (way === null || used.length < 2) {
    const [first, last] = [
      weights.find((w) => w.shape![0] === PIXELS),
      weights.find((w) => w.shape!.at(-1) === CLASSES),
    ];
    const convolution = weights.some((w) => w.shape!.length > 2);
    if (!first && !convolution)
      return cross(
        `no weight takes ${PIXELS} pixels: found ${weights.map(show).join(', ')}`,
        graph.at(weights[0].node),
        CHAIN,
      );
    if (!last)
      return cross(
        `no weight gives ${CLASSES} numbers: found ${weights.map(show).join(', ')}`,
        graph.at(weights.at(-1)!.node),
        CHAIN,
      );
    const rest = weights.filter((w) => w !== first);
    for (let width = first?.shape?.[1]; first && rest.length && width !== CLASSES; ) {
      const next = rest.findIndex((w) => w.shape![0] === width);
      if (next < 0)
        return cross(
          `the shapes do not fit: ${show(first)} gives ${width}, but ${show(rest[0])} takes ${rest[0].shape![0]}`,
          graph.at(rest[0].node),
          CHAIN,
        );
      width = rest.splice(next, 1)[0].shape![1];
    }
  } else {
    const inputs = graph.node(used[0].node).inputs;
    const pixels = graph.shape(inputs.find(([n]) => graph.variableBehind(n) === null) ?? inputs[0])?.at(-1);
    const last = graph.shape([used.at(-1)!.node, 0])?.at(-1);
    const first = record.variables.find((v) => v.node === used[0].weight)!;
    if (graph.op(used[0].node) === 'MatMul' && first.shape && !first.shape.includes(PIXELS) && pixels !== PIXELS)
      return cross(`the first weight ${show(first)} does not take ${PIXELS} pixels`, graph.at(first.node), CHAIN);
    if (typeof last === 'number' && last !== CLASSES)
      return cross(
        `the last linear map gives ${last} numbers: there are ${CLASSES} digits`,
        graph.at(used.at(-1)!.weight!),
        CHAIN,
      );
  }
  const biases = own.filter((v) => v.shape && !weights.includes(v));
  if (biases.length < 2 && !used.every((l) => l.biased))
    return lacking(
      `found ${biases.length === 1 ? 'one bias' : 'no bias'}: each of the two linear maps has one`,
      graph.at(weights[0].node),
      'b1 is new tf.Variable(tf.zeros([hidden])), b2 new tf.Variable(tf.zeros([10])): a line need not go through the origin.',
    );
  const widths = new Set(weights.map((w) => w.shape!.at(-1)));
  for (const bias of biases) {
    const [width] = bias.shape!.slice(-1);
    if (typeof width === 'number' && !widths.has(width) && width !== 1 && used.length === 0)
      return cross(
        `the bias ${show(bias)} fits no weight: they give ${[...widths].join(' and ')} numbers`,
        graph.at(bias.node),
        CHAIN,
      );
  }
  const relu = way?.some((l) => l.kind === 'activation' && l.relu) ?? true;
  for (const weight of weights) {
    const spread = weight.initial;
    if (!spread) continue;
    if (!spread.finite)
      return cross(
        `${show(weight)} starts with values that are not finite`,
        graph.at(weight.node),
        'tf.truncatedNormal(shape, { stddev: 0.1 }) starts small and different everywhere.',
      );
    if (spread.least === spread.most && relu) {
      return cross(
        `all elements of ${show(weight)} start at ${spread.least}: ${spread.least === 0 ? 'no gradient gets through zeros' : 'all hidden units compute and learn the same'}`,
        graph.at(weight.node),
        'Weights must start small and different: tf.truncatedNormal(shape, { stddev: 0.1 }). Only biases may start at zero.',
      );
    }
  }
  if (lost?.question === 3) return lost.verdict;
  return tick(weights.map((w) => showDims(w.shape)).join(' → '));
}

const FORWARD =
  'const hidden = tf.nn.relu(tf.matmul(tf.reshape(X, [-1, 784]), W1).add(b1)); then the same with W2 and b2 but no ReLU, then tf.nn.softmax.';

export function judgeForward(c: Case, wholeSetsInParts: boolean): Verdict {
  const { graph, parts, lost } = c;
  const { logits, pictures, softmax, labels } = parts;
  const way = layers(graph, parts);
  if (!logits || !way) {
    const product = graph.all((n, id) => n.op === 'MatMul' && !graph.isGradient(id))[0];
    if (product === undefined) return notYet(`From X to the probabilities: ${FORWARD}`);
    if (labels !== null && logits && graph.dependsOn(logits[0], labels))
      return cross(
        'the forward pass starts from the labels',
        graph.at(logits[0]),
        'The network sees pictures only: start from X.',
      );
    return lacking('no way leads from the pictures to a linear map with parameters', graph.at(product), FORWARD);
  }
  const maps = affines(way);
  if (maps.length && graph.op(maps[0].node) === 'MatMul' && maps[0].weight !== null) {
    const [left, right] = graph.node(maps[0].node).inputs;
    const rows = graph.shape(right);
    if (graph.variableBehind(left[0]) === maps[0].weight && rows?.[1] === PIXELS && rows[0] !== PIXELS)
      return cross(
        'the operands of the first product are the wrong way round: the weight comes first',
        graph.at(maps[0].node),
        'tf.matmul(pixels, W1): each picture is a row, [n, 784] times [784, hidden].',
      );
  }
  if (maps.length && !rowsOfPixels(graph, maps[0]))
    return cross(
      `the first linear map is given ${showDims(graph.shape(graph.node(maps[0].node).inputs[0]))}, not one row of ${PIXELS} pixels per picture`,
      graph.at(maps[0].node),
      'tf.reshape(X, [-1, 784]) makes a row of each picture: -1 stands for however many there are.',
    );
  if (maps.length && !wholeSetsInParts && graph.op(maps[0].node) === 'MatMul') {
    const shape = graph.shape(graph.node(maps[0].node).inputs[0]);
    const batch = shape?.[0];
    if (typeof batch === 'number' && graph.shape([pictures!, 0])?.[0] === null) {
      const reshape = way.find((l) => l.kind === 'reshape');
      return cross(
        `the reshape makes ${showDims(shape)}: the number of rows is fixed at ${batch}`,
        graph.at(reshape?.node ?? maps[0].node),
        'Write -1 for the number of pictures: tf.reshape(X, [-1, 784]) works for any batch.',
      );
    }
  }
  if (maps.length < 2)
    return lacking(
      `found ${maps.length === 1 ? 'one linear map' : 'no linear map'} between the pictures and the output`,
      graph.at(maps[0]?.node ?? logits[0]),
      `LINEAR → RELU → LINEAR needs two. ${FORWARD}`,
    );
  const bare = maps.find((l) => !l.biased);
  const normalized = way.some((l) => l.kind === 'other' && /BatchNorm|Mul|Rsqrt/.test(l.op));
  if (bare && !normalized)
    return lacking(
      'a linear map is a matrix product without its bias',
      graph.at(bare.node),
      'tf.matmul(x, W).add(b): the bias shifts what the product gives.',
    );
  const [last] = maps.slice(-1);
  const after = way.slice(way.indexOf(last) + 1).find((l) => l.kind === 'activation');
  if (after)
    return cross(
      `a ${after.op} stands behind the last linear map: the logits lose ${after.kind === 'activation' && after.relu ? 'all that is negative' : 'their range'}`,
      graph.at(after.node),
      'The ReLU stands between the two linear maps; the second gives the logits as they are.',
    );
  for (let i = 0; i + 1 < maps.length; i++) {
    const between = way
      .slice(way.indexOf(maps[i]) + 1, way.indexOf(maps[i + 1]))
      .filter((l) => l.kind === 'activation');
    if (between.some((l) => l.kind === 'activation' && l.relu)) continue;
    if (!between.length)
      return cross(
        'nothing stands between two linear maps: together they are only one linear map',
        graph.at(maps[i + 1].node),
        'Put tf.nn.relu(...) around the first linear map.',
      );
    const [{ node, op }] = between as { node: number; op: string }[];
    return cross(
      `a ${op} stands between the linear maps where the exercise asks for a ReLU`,
      graph.at(node),
      op === 'Softmax'
        ? 'The softmax comes at the end, for the probabilities; between the maps use tf.nn.relu.'
        : 'tf.nn.relu(x) is max(x, 0): its gradient does not fade for large x.',
    );
  }
  if (softmax !== null && graph.op(softmax) === 'Softmax') {
    const into = graph.node(softmax).inputs[0][0];
    if (graph.op(into) === 'Transpose')
      return cross(
        'the softmax runs over the pictures of the batch, not over the ten classes',
        graph.at(softmax),
        'tf.nn.softmax(logits) takes the last axis: each picture gets ten probabilities that sum to 1.',
      );
    let from = graph.behind(into);
    while (graph.op(from) === 'Softmax')
      return cross(
        'the softmax is applied to a softmax',
        graph.at(softmax),
        'Once is enough: A = tf.nn.softmax(logits).',
      );
    from = logits[0];
    if (!graph.dependsOn(softmax, from))
      return cross(
        'the softmax is not applied to what the last linear map gives',
        graph.at(softmax),
        'A = tf.nn.softmax(logits), of the second linear map.',
      );
  }
  const inside =
    parts.cost !== null &&
    [...graph.sources(parts.cost[0])].some((id) => /SoftmaxCrossEntropy|LogSoftmax/.test(graph.op(id)));
  if (softmax === null && !inside)
    return lacking(
      'the ten numbers of the last linear map are no probabilities yet',
      graph.at(logits[0]),
      'A = tf.nn.softmax(logits) makes them positive and sum to 1.',
    );
  if (lost?.question === 4) return lost.verdict;
  const chain = way
    .map((l) =>
      l.kind === 'affine'
        ? 'linear'
        : l.kind === 'activation'
          ? l.op.toLowerCase()
          : l.kind === 'reshape'
            ? 'reshape'
            : '',
    )
    .filter((x, i, all) => x && x !== all[i - 1]);
  return tick(
    [...chain, 'softmax'].join(' → '),
    softmax === null
      ? 'the softmax is inside the cost only; A = tf.nn.softmax(logits) would give the probabilities'
      : undefined,
  );
}
