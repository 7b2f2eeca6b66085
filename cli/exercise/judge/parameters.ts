/** Question 3, the parameters. */
import { showDims } from '../graph';
import { type Affine, affines, hasOnes, layers, rowsInto, squaresAt } from '../layers';
import { CLASSES, PIXELS } from '../sizes';
import { type Found, type Shaped, isShaped, show } from './made';
import { deadUnits, startingValues } from './starts';
import { type Case, type Verdict, cross, firstVerdict, lacking, notYet, tick } from './verdict';

const CHAIN =
  'Two weights and two biases: a layer from m numbers to n has a weight of [m, n] and a bias of [n], and each layer ' +
  'takes what the one before it gives.';
const VARIABLE =
  'A tensor is made anew in every run; wrapped in a tf.Variable it keeps its value from run to run and can be trained.';

export function judgeParameters(c: Case): Verdict {
  const way = layers(c.graph, c.parts);
  const used = way ? affines(way) : [];
  const model = new Set(used.flatMap((l) => [l.weight, l.bias]).filter((n) => n !== null));
  const own = c.record.variables.filter((v) => model.has(v.node) || v.trainable);
  const biases = new Set(used.map((l) => l.bias));
  const weights = own
    .filter(isShaped)
    .filter(({ node, shape }) => shape.length >= 2 && (shape.length > 2 || shape[0] !== 1) && !biases.has(node));
  const found = { c, way, used, model, own, weights };
  const verdict = firstVerdict(found, [
    tensorInPlace,
    constantBias,
    nothingThere,
    notTrainable,
    ofWholePictures,
    tooFew,
    way === null || used.length < 2 ? unusedChain : usedChain,
    withoutBias,
    biasOfNoWeight,
    oneForAll,
    startingValues,
    deadUnits,
  ]);
  if (verdict) return verdict;
  if (c.lost?.question === 3) return c.lost.verdict;
  return tick(weights.map((w) => showDims(w.shape)).join(' → '));
}

/** A tensor in the weight's place is made anew in every run. */
function tensorInPlace({ c: { graph }, own, used }: Found): Verdict | null {
  const map = used.find(({ weight }) => weight === null);
  // A weight that something is done to before the product is one: question 4 says what.
  if (!map || graph.dependsOnAny(map.operand, (n) => own.some((v) => v.node === n && v.shape?.length === 2)))
    return null;
  return cross(
    `the weight of a linear map is ${graph.describe(map.operand)}, a tensor and no variable: nothing can train it`,
    graph.at(map.operand),
    VARIABLE,
  );
}
/** The same in a bias's place: a constant is added, and stays what it is. */
function constantBias({ c: { graph, record }, used }: Found): Verdict | null {
  const isConstant = ({ bias, shift }: Affine): boolean =>
    bias === null && shift !== null && !graph.dependsOnAny(shift, (n) => record.variables.some((v) => v.node === n));
  const map = used.find(isConstant);
  if (!map) return null;
  return cross(
    `the bias of a linear map is ${graph.describe(map.shift!)}, a tensor and no variable: nothing can train it`,
    graph.at(map.shift!),
    VARIABLE,
  );
}
function nothingThere({ c: { graph }, own }: Found): Verdict | null {
  if (own.length) return null;
  const random = graph.all((n) => n.op === 'TruncatedNormal' || n.op === 'RandomStandardNormal').pop();
  return random === undefined
    ? notYet(`Make them with new tf.Variable(start). ${CHAIN}`)
    : cross('there are random tensors, but no variable: nothing can train them', graph.at(random), VARIABLE);
}
function notTrainable(found: Found): Verdict | null {
  const frozen = found.own.find((v) => found.model.has(v.node) && !v.trainable);
  if (!frozen) return null;
  return cross(
    `${show(found, frozen)} is not trainable: the optimizer leaves it as it is`,
    found.c.graph.at(frozen.node),
    'Leave out `trainable: false`: it is for variables that only count or remember.',
  );
}
/** How many numbers a layer takes, it was told by what it was given. */
function ofWholePictures({ c: { graph, parts } }: Found): Verdict | null {
  const squares = parts.logits && squaresAt(graph, parts.logits[0]);
  return squares ? notYet('First mend question 4: the shapes of the parameters come from it.') : null;
}
function tooFew(found: Found): Verdict | null {
  const { c, own, weights } = found;
  if (weights.length >= 2) return null;
  const what = weights.length === 1 ? `one weight matrix, ${show(found, weights[0])}` : 'no weight matrix';
  return lacking(`found ${what}: two linear maps need two`, c.graph.at(own[0].node), CHAIN);
}

/** Where no way leads through them yet: by their shapes alone. */
function unusedChain(found: Found): Verdict | null {
  const { c, weights } = found;
  const first = weights.find((w) => w.shape[0] === PIXELS);
  const last = weights.find((w) => w.shape.at(-1) === CLASSES);
  const all = weights.map((w) => show(found, w)).join(', ');
  const convolution = weights.some((w) => w.shape.length > 2);
  if (!first && !convolution)
    return cross(`no weight takes ${PIXELS} pixels: found ${all}`, c.graph.at(weights[0].node), CHAIN);
  if (!last) return cross(`no weight gives ${CLASSES} numbers: found ${all}`, c.graph.at(weights.at(-1)!.node), CHAIN);
  const rest = weights.filter((w) => w !== first);
  if (!first) return null;
  for (let width = first.shape[1]; rest.length && width !== CLASSES; ) {
    const next = rest.findIndex((w) => w.shape[0] === width);
    if (next < 0) {
      const misfit = `${show(found, rest[0])} takes ${rest[0].shape[0]}`;
      const gives = `the shapes do not fit: ${show(found, first)} gives ${width}, but ${misfit}`;
      return cross(gives, c.graph.at(rest[0].node), CHAIN);
    }
    width = rest.splice(next, 1)[0].shape[1];
  }
  return null;
}
/** Where a way leads through them: by what they are given and what they give. */
function usedChain(found: Found): Verdict | null {
  const { c, used } = found;
  const { graph, record } = c;
  const pixels = graph.shape(rowsInto(graph, used[0]))?.at(-1);
  const last = graph.shape([used.at(-1)!.node, 0])?.at(-1);
  const first = record.variables.find((v) => v.node === used[0].weight);
  const isRow = pixels === PIXELS || hasOnes(graph, used[0].node);
  if (graph.op(used[0].node) === 'MatMul' && first?.shape && !first.shape.includes(PIXELS) && !isRow)
    return cross(`the first weight ${show(found, first)} does not take ${PIXELS} pixels`, graph.at(first.node), CHAIN);
  if (typeof last !== 'number' || last === CLASSES) return null;
  return cross(
    `the last linear map gives ${last} numbers: there are ${CLASSES} digits`,
    graph.at(used.at(-1)!.weight!),
    CHAIN,
  );
}

const biasesOf = ({ own, weights }: Found): readonly Shaped[] =>
  own.filter(isShaped).filter((v) => !weights.includes(v));

function withoutBias(found: Found): Verdict | null {
  const biases = biasesOf(found);
  if (biases.length >= 2 || found.used.every((l) => l.biased)) return null;
  return lacking(
    `found ${biases.length === 1 ? 'one bias' : 'no bias'}: each of the two linear maps has one`,
    found.c.graph.at(found.weights[0].node),
    'A bias holds one number for each unit of its layer, and may start at zero: a line need not go through the origin.',
  );
}
function biasOfNoWeight(found: Found): Verdict | null {
  if (found.used.length) return null;
  const widths = new Set(found.weights.map((w) => w.shape.at(-1)));
  const bias = biasesOf(found).find((b) => {
    const width = b.shape.at(-1);
    return typeof width === 'number' && !widths.has(width) && width !== 1;
  });
  if (!bias) return null;
  return cross(
    `the bias ${show(found, bias)} fits no weight: they give ${[...widths].join(' and ')} numbers`,
    found.c.graph.at(bias.node),
    CHAIN,
  );
}

function oneForAll(found: Found): Verdict | null {
  const { c, own, used } = found;
  const isOne = (node: number): boolean => own.some((v) => v.node === node && v.shape?.every((d) => d === 1));
  const map = used.find(({ node, bias }) => bias !== null && isOne(bias) && c.graph.shape([node, 0])?.at(-1) !== 1);
  if (!map) return null;
  const units = c.graph.shape([map.node, 0])?.at(-1) ?? 'its';
  return cross(
    `the bias ${c.graph.describe(map.bias!)} is one number for all ${units} units of its layer`,
    c.graph.at(map.bias!),
    'A bias holds one number for each unit of its layer: as many as the weight gives.',
  );
}
