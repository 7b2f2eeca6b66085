/** Question 4, the way from the pictures to the probabilities. */
import { type GraphView, showDims } from '../graph';
import { ACTIVATIONS, type Layer, affines, inColumns, layers, rowsInto, rowsOfPixels, squaresAt } from '../layers';
import { PIXELS } from '../sizes';
import {
  type Way,
  article,
  misplacedSoftmax,
  sigmoidForSoftmax,
  softmaxElsewhere,
  withoutProbabilities,
} from './probabilities';
import { dimmedPixels, mixedPictures } from './pixels';
import { timesZero } from './sums';
import { type Case, type Check, type Verdict, cross, firstVerdict, lacking, notYet, symptom, tick } from './verdict';

const LAYERS =
  'LINEAR → RELU → LINEAR → SOFTMAX: each picture as one row, a linear map, a ReLU, a linear map, ' +
  'and at the end what makes probabilities of ten numbers.';

export function judgeForward(c: Case, wholeSetsInParts: boolean): Verdict {
  const { graph, parts } = c;
  const { logits, softmax } = parts;
  const way = layers(graph, parts);
  if (!logits || !way) return withoutWay(c);
  const checks: readonly Check<Way>[] = [
    wholePictures,
    turnedOperands,
    rowsOfPictures,
    ...(wholeSetsInParts ? [] : [fixedRows]),
    mixedPictures,
    twoMaps,
    silenced,
    bentParameter,
    withoutBias,
    activationBehind,
    activationBetween,
    softmaxElsewhere,
    sigmoidForSoftmax,
    misplacedSoftmax,
    withoutProbabilities,
    dimmedPixels,
  ];
  const verdict = firstVerdict({ c, way, maps: affines(way), logits: logits[0] }, checks);
  if (verdict) return verdict;
  if (c.lost?.question === 4) return c.lost.verdict;
  const inside = 'the softmax is inside the cost only; A = tf.nn.softmax(logits) would give the probabilities';
  return tick([...chainOf(way), 'softmax'].join(' → '), softmax === null ? inside : kinOfRelu(way));
}
function chainOf(way: readonly Layer[]): string[] {
  const names = way.map((layer) => {
    if (layer.kind === 'affine') return 'linear';
    if (layer.kind === 'activation') return layer.op.toLowerCase();
    return layer.kind === 'reshape' ? 'reshape' : '';
  });
  return names.filter((name, i) => name && name !== names[i - 1]);
}

function withoutWay({ graph, parts: { logits, labels } }: Case): Verdict {
  const product = graph.all((n, id) => n.op === 'MatMul' && !graph.isGradient(id))[0];
  if (product === undefined) return notYet(`From X to the probabilities. ${LAYERS}`);
  if (labels !== null && logits && graph.dependsOn(logits[0], labels))
    return cross(
      'the forward pass starts from the labels',
      graph.at(logits[0]),
      'The network sees pictures only: start from X.',
    );
  const text = 'no way leads from the pictures to a linear map with parameters';
  return symptom(lacking(text, graph.at(product), LAYERS));
}

/** A linear map of something with more than two dimensions takes the last of these. */
function wholePictures({ c: { graph }, logits }: Way): Verdict | null {
  const shape = squaresAt(graph, logits);
  if (!shape) return null;
  return cross(
    `the linear maps are given whole pictures: what comes out is ${showDims(shape)}, not ten numbers of each picture`,
    graph.at(logits),
    'A linear map wants a row of 784 numbers for each picture.',
  );
}
function turnedOperands({ c: { graph }, maps }: Way): Verdict | null {
  if (!maps.length || graph.op(maps[0].node) !== 'MatMul' || maps[0].weight === null) return null;
  const { inputs, attrs } = graph.node(maps[0].node);
  const [left, right] = inputs;
  const rows = graph.shape(right);
  // Turned on purpose: units by pictures.
  if (attrs['transpose_b']) return null;
  if (graph.variableBehind(left[0]) !== maps[0].weight || rows?.[1] !== PIXELS || rows[0] === PIXELS) return null;
  return cross(
    'the operands of the first product are the wrong way round: the weight comes first',
    graph.at(maps[0].node),
    'Each picture is a row, [n, 784], and stands before the weight, [784, hidden].',
  );
}
function rowsOfPictures({ c: { graph }, maps }: Way): Verdict | null {
  if (!maps.length || rowsOfPixels(graph, maps[0])) return null;
  const given = showDims(graph.shape(rowsInto(graph, maps[0])));
  return cross(
    `the first linear map is given ${given}, not one row of ${PIXELS} pixels per picture`,
    graph.at(maps[0].node),
    'tf.reshape makes a row of each picture; a size of -1 stands for however many there are.',
  );
}
function fixedRows({ c: { graph, parts }, way, maps }: Way): Verdict | null {
  if (!maps.length || graph.op(maps[0].node) !== 'MatMul' || inColumns(graph, maps[0])) return null;
  const shape = graph.shape(rowsInto(graph, maps[0]));
  const batch = shape?.[0];
  if (typeof batch !== 'number' || graph.shape([parts.pictures!, 0])?.[0] !== null) return null;
  const reshape = way.find((l) => l.kind === 'reshape');
  return cross(
    `the reshape makes ${showDims(shape)}: the number of rows is fixed at ${batch}`,
    graph.at(reshape?.node ?? maps[0].node),
    'Write -1 for the number of pictures: then it works for any batch.',
  );
}

function twoMaps({ c: { graph }, maps, logits }: Way): Verdict | null {
  if (maps.length >= 2) return null;
  const found = `found ${maps.length === 1 ? 'one linear map' : 'no linear map'} between the pictures and the output`;
  return lacking(found, graph.at(maps[0]?.node ?? logits), `LINEAR → RELU → LINEAR needs two. ${LAYERS}`);
}
function silenced({ c: { graph }, way }: Way): Verdict | null {
  const found = way.find(({ node }) => timesZero(graph, node));
  if (!found) return null;
  return cross(
    'what the network computes is multiplied by 0: all answers are the same, and no gradient comes through',
    graph.at(found.node),
    'Leave that factor out.',
  );
}
/** An activation of a weight or a bias: it bends what is learned, and the line stays one. */
function bentParameter({ c: { graph, record }, maps }: Way): Verdict | null {
  const operands = maps.flatMap(({ operand, shift }) => [operand, shift]).filter((node) => node !== null);
  const bent = operands.map((node) => graph.behind(node)).find((node) => ACTIVATIONS.has(graph.op(node)));
  if (bent === undefined) return null;
  const parameter = record.variables.find((v) => graph.dependsOn(bent, v.node));
  if (!parameter) return null;
  const op = graph.op(bent);
  return cross(
    `${article(op)} ${op} is applied to the parameter ${graph.describe(parameter.node)} itself`,
    graph.at(bent),
    'A ReLU takes what a linear map gives, the product with the bias added; the parameters go into it as they are.',
  );
}
function withoutBias({ c: { graph }, way, maps }: Way): Verdict | null {
  const bare = maps.find((l) => !l.biased);
  const normalized = way.some((l) => l.kind === 'other' && /BatchNorm|Mul|Rsqrt/.test(l.op));
  if (!bare || normalized) return null;
  const behind = addedBehind(graph, way, bare.node);
  if (behind !== null)
    return cross(
      `the bias is added behind the ${graph.op(behind[1])}, and not to what the product gives`,
      graph.at(behind[0]),
      'A linear map is the product and its bias; the ReLU takes their sum.',
    );
  return lacking(
    'a linear map is a matrix product without its bias',
    graph.at(bare.node),
    'The bias is added to what the product gives, and shifts it.',
  );
}

/** A parameter that is added behind the activation that follows a product: the sum, and the activation. */
function addedBehind(graph: GraphView, way: readonly Layer[], product: number): readonly [number, number] | null {
  const next = way[way.findIndex(({ node }) => node === product) + 1];
  if (next?.kind !== 'activation') return null;
  const sum = graph
    .readers(next.node)
    .find(
      (n) =>
        /^(Add|AddV2|BiasAdd)$/.test(graph.op(n)) &&
        graph.node(n).inputs.some(([i]) => graph.variableBehind(i) !== null),
    );
  return sum === undefined ? null : [sum, next.node];
}

type Activation = Extract<Layer, { kind: 'activation' }>;
const activationsOf = (part: readonly Layer[]): readonly Activation[] =>
  part.filter((l): l is Activation => l.kind === 'activation');

function activationBehind({ c: { graph }, way, maps }: Way): Verdict | null {
  const [after] = activationsOf(way.slice(way.indexOf(maps[maps.length - 1]) + 1));
  if (!after) return null;
  const loss = after.relu ? 'all that is negative' : 'their range';
  return cross(
    `${article(after.op)} ${after.op} stands behind the last linear map: the logits lose ${loss}`,
    graph.at(after.node),
    'The ReLU stands between the two linear maps; the second gives the logits as they are.',
  );
}
function activationBetween({ c: { graph }, way, maps }: Way): Verdict | null {
  for (let i = 0; i + 1 < maps.length; i++) {
    const between = activationsOf(way.slice(way.indexOf(maps[i]) + 1, way.indexOf(maps[i + 1])));
    const other = between.find((l) => SATURATES.has(l.op) || l.op === 'Softmax');
    if (!other && between.some((l) => l.relu)) continue;
    if (!between.length)
      return cross(
        'nothing stands between two linear maps: together they are only one linear map',
        graph.at(maps[i + 1].node),
        'What bends the line between them is the ReLU, tf.nn.relu.',
      );
    const { node, op } = other ?? between[0];
    return cross(
      `${article(op)} ${op} stands between the linear maps where the exercise asks for a ReLU`,
      graph.at(node),
      op === 'Softmax'
        ? 'The softmax comes at the end, for the probabilities; between the maps use tf.nn.relu.'
        : `tf.nn.relu(x) is max(x, 0)${SATURATES.has(op) ? ': its gradient does not fade for large x' : ''}.`,
    );
  }
  return null;
}

const SATURATES = new Set(['Sigmoid', 'Tanh', 'Softsign', 'Atan']);
/** What is said where a kin of the ReLU stands in its place: straight for what is positive, and it trains as well. */
function kinOfRelu(way: readonly Layer[]): string | undefined {
  const found = activationsOf(way);
  const [kin] = found.filter(({ op }) => /^(Relu6|Elu|Selu|LeakyRelu)$/.test(op));
  if (!kin || found.some(({ op }) => op === 'Relu')) return undefined;
  return `the exercise asks for a ReLU; ${kin.op} is one of its kin, and passes`;
}
