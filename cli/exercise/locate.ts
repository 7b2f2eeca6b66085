/** Finds the parts of the student's model in the graph by what they are joined to. */
import { type GraphView, tail } from './graph';
import { labelsOf, picturesOf, sameModel, softmaxOf } from './locate-inputs';
import type { Edge, ProgramRecord } from './record';
import { CLASSES } from './sizes';

export const CROSS_ENTROPIES = new Set(['SoftmaxCrossEntropyWithLogits', 'SparseSoftmaxCrossEntropyWithLogits']);
/** Comparisons of predictions and labels. */
export const EQUALITIES = new Set(['Equal', 'NotEqual']);
const COMPARES = new Set([...EQUALITIES, 'InTopK', 'InTopKV2']);
/** What says of ten numbers which is the likeliest. */
const DECIDES = new Set(['ArgMax', 'TopKV2', 'Equal', 'NotEqual', 'GreaterEqual', 'Greater', 'Less', 'LessEqual']);
const FLOATS = new Set(['float32', 'float64', 'float16', 'bfloat16', 'half']);

export interface Parts {
  readonly placeholders: readonly number[];
  readonly pictures: number | null;
  readonly labels: number | null;
  /** What comes out of the last linear map, before any softmax. */
  readonly logits: Edge | null;
  /** What comes out of the same parameters on another way, as without dropout: where the accuracy is of that. */
  readonly evaluated: Edge | null;
  /** The probabilities, where there is a node for them. */
  readonly softmax: number | null;
  /** What is minimized; else what looks like a cost. */
  readonly cost: Edge | null;
  /**
   * Single numbers that runs fetched and that tell how far labels and logits are apart: the cost, also with or without
   * a penalty or a factor.
   */
  readonly costs: ReadonlySet<number>;
  /** The cost has gradients: something minimizes it. */
  readonly minimized: boolean;
  readonly accuracy: Edge | null;
}

export function locate(record: ProgramRecord, graph: GraphView): Parts {
  const placeholders = graph.all((_, id) => graph.isPlaceholder(id));
  const trainable = new Set(record.variables.map((v) => v.node));
  const fedTails = new Map<number, number>();
  for (const run of record.runs.slice(0, 50)) {
    for (const { tensor, shape } of run.feeds)
      if (shape.length)
        fedTails.set(
          tensor[0],
          shape.slice(1).reduce((a, b) => a * b, 1),
        );
  }
  const sizeOf = (id: number): number | null => tail(graph.shape([id, 0])) ?? fedTails.get(id) ?? null;
  const cost = locateCost(record, graph, placeholders);
  const learns = (id: number): boolean => graph.dependsOnAny(id, (n) => trainable.has(n));
  let logits = cost.core ? logitsOfCore(graph, cost.core, learns) : null;
  logits ??= logitsWithoutCost(graph, learns);
  const inputs = { graph, placeholders, sizeOf, logits };
  const pictures = picturesOf(inputs, fedTails);
  const labels = labelsOf(inputs, pictures, cost.edge);
  const twins = sameModel(graph, logits, trainable);
  const accuracy = locateAccuracy(graph, labels, record, { logits: [logits, ...twins], cost: cost.edge });
  return {
    placeholders,
    pictures,
    labels,
    logits,
    evaluated: twins.find(([n]) => accuracy && graph.dependsOn(accuracy[0], n)) ?? null,
    softmax: softmaxOf(graph, learns),
    cost: cost.edge,
    costs: costsOf(record, graph, { labels, logits: [logits, ...twins], cost: cost.edge }),
    minimized: cost.minimized,
    accuracy,
  };
}

function costsOf(
  record: ProgramRecord,
  graph: GraphView,
  { labels, logits, cost }: Pick<Parts, 'labels' | 'cost'> & { readonly logits: readonly (Edge | null)[] },
): ReadonlySet<number> {
  const fetched = new Set(record.runs.flatMap((run) => run.fetches.map(([n]) => n)));
  const tells = (id: number): boolean =>
    FLOATS.has(graph.dtype([id, 0])) &&
    graph.shape([id, 0])?.length === 0 &&
    !graph.isGradient(id) &&
    graph.dependsOn(id, labels) &&
    logits.some((edge) => edge !== null && graph.dependsOn(id, edge[0])) &&
    !graph.dependsOnAny(id, (s) => COMPARES.has(graph.op(s)) || graph.op(s) === 'ArgMax');
  return new Set([...(cost ? [cost[0]] : []), ...[...fetched].filter(tells)]);
}

/**
 * What the gradients start from, else the last float that depends on labels and parameters and that no other such float
 * reads.
 */
function locateCost(
  record: ProgramRecord,
  graph: GraphView,
  placeholders: readonly number[],
): { edge: Edge | null; core: number | null; minimized: boolean } {
  const differentiated = new Set(graph.nodes.flatMap((n) => (n.gradientOf === null ? [] : [n.gradientOf])));
  let edge: Edge | null = null;
  const ends = [...differentiated].filter(
    (id) =>
      !graph.isGradient(id) &&
      ![...differentiated].some((other) => other !== id && !graph.isGradient(other) && graph.sources(other).has(id)),
  );
  if (ends.length) edge = [Math.max(...ends), 0];
  const minimized = edge !== null;
  if (!edge) {
    const trainable = new Set(record.variables.map((v) => v.node));
    const candidates = graph.all(
      (n, id) =>
        FLOATS.has(n.outputs[0]?.dtype ?? '') &&
        !n.outputs[0].ref &&
        !graph.isGradient(id) &&
        placeholders.length > 1 &&
        graph.dependsOnAny(id, (s) => trainable.has(s)) &&
        placeholders.filter((p) => graph.dependsOn(id, p)).length > 1 &&
        !graph.dependsOnAny(
          id,
          (s) =>
            COMPARES.has(graph.op(s)) || (graph.op(s) === 'ArgMax' && graph.dependsOnAny(s, (v) => trainable.has(v))),
        ),
    );
    const set = new Set(candidates);
    const last = candidates.filter((id) => !graph.readers(id).some((r) => set.has(r))).pop();
    if (last !== undefined) edge = [last, 0];
  }
  if (!edge) {
    // A cost whose labels come from elsewhere, or that was given one placeholder twice.
    const core = graph.all((n, id) => CROSS_ENTROPIES.has(n.op) && !graph.isGradient(id)).pop();
    if (core !== undefined) edge = [sink(graph, core), 0];
  }
  const core = edge && ([...graph.sources(edge[0])].find((id) => CROSS_ENTROPIES.has(graph.op(id))) ?? null);
  return { edge, core, minimized };
}
function sink(graph: GraphView, from: number): number {
  let at = from;
  for (;;) {
    const next = graph
      .readers(at)
      .find((r) => !graph.isGradient(r) && graph.node(r).outputs[0]?.dtype === graph.node(at).outputs[0].dtype);
    if (next === undefined) return at;
    at = next;
  }
}

function logitsOfCore(graph: GraphView, core: number, learns: (id: number) => boolean): Edge | null {
  const inputs = graph.node(core).inputs;
  // Swapped arguments are judged elsewhere; the model is the side that learns.
  const side = inputs.slice(0, 2).find(([id]) => learns(id)) ?? inputs[0];
  let at = graph.behind(side[0]);
  while (['Softmax', 'LogSoftmax', 'Sigmoid', 'Log'].includes(graph.op(at)))
    at = graph.behind(graph.node(at).inputs[0][0]);
  // Classes by pictures, turned for the cost.
  const turned = graph.op(at) === 'Transpose' ? graph.behind(graph.node(at).inputs[0][0]) : at;
  if (graph.shape([turned, 0])?.[0] === CLASSES && graph.shape([turned, 0])?.[1] === null) at = turned;
  return learns(at) ? [at, 0] : null;
}
function logitsWithoutCost(graph: GraphView, learns: (id: number) => boolean): Edge | null {
  const own = (id: number): boolean => !graph.isGradient(id) && learns(id);
  const softmax = graph.all((n, id) => (n.op === 'Softmax' || n.op === 'LogSoftmax') && own(id)).pop();
  if (softmax !== undefined) {
    let at = graph.behind(graph.node(softmax).inputs[0][0]);
    if (graph.op(at) === 'Transpose') at = graph.behind(graph.node(at).inputs[0][0]);
    return [at, 0];
  }
  // Softmax by hand starts with an Exp.
  const exp = graph.all((n, id) => n.op === 'Exp' && own(id) && graph.shape([id, 0])?.at(-1) === CLASSES).pop();
  if (exp !== undefined) {
    const at = graph.behind(graph.node(exp).inputs[0][0]);
    return graph.op(at) === 'Sub' ? [graph.behind(graph.node(at).inputs[0][0]), 0] : [at, 0];
  }
  const linear = graph.all(
    (n, id) =>
      ['MatMul', 'AddV2', 'Add', 'BiasAdd'].includes(n.op) &&
      own(id) &&
      graph.shape([id, 0])?.length === 2 &&
      graph.dependsOnAny(id, (s) => graph.op(s) === 'MatMul') &&
      graph.dependsOnAny(id, (s) => graph.isPlaceholder(s)),
  );
  const last = linear.filter((id) => graph.shape([id, 0])?.at(-1) === CLASSES).pop() ?? linear.pop();
  return last === undefined ? null : [last, 0];
}

/** The last node of what is computed from a comparison with the labels. */
function locateAccuracy(
  graph: GraphView,
  labels: number | null,
  record: ProgramRecord,
  { logits, cost }: Pick<Parts, 'cost'> & { readonly logits: readonly (Edge | null)[] },
): Edge | null {
  const compares = graph.all(
    (n, id) =>
      COMPARES.has(n.op) &&
      !graph.isGradient(id) &&
      n.outputs[0].dtype === 'bool' &&
      (labels === null || graph.dependsOn(id, labels)),
  );
  const fetched = new Set(record.runs.flatMap((run) => run.fetches.map(([n]) => n)));
  const after = graph.all(
    (n, id) => !graph.isGradient(id) && n.outputs.length > 0 && compares.some((c) => graph.dependsOn(id, c)),
  );
  const set = new Set(after);
  const isOfLogits = (id: number): boolean => logits.some((edge) => edge === null || graph.dependsOn(id, edge[0]));
  const isFetched = (id: number): boolean => fetched.has(id) && graph.shape([id, 0])?.length === 0;
  // A share without such a comparison: the likeliest digit as a one-hot row by the label's, or the like.
  const isProduct = (id: number): boolean =>
    FLOATS.has(graph.dtype([id, 0])) &&
    id !== cost?.[0] &&
    labels !== null &&
    graph.dependsOn(id, labels) &&
    graph.dependsOnAny(id, (n) => DECIDES.has(graph.op(n)) && isOfLogits(n));
  const last =
    after.filter(isFetched).pop() ??
    [...fetched].filter((id) => !graph.isGradient(id) && isFetched(id) && isProduct(id)).pop() ??
    after.filter((id) => !graph.readers(id).some((r) => set.has(r))).pop();
  if (last === undefined) return null;
  // What cannot be minimized, minus the accuracy or what it lacks to 1, tells of the accuracy.
  const { op, inputs } = graph.node(last);
  const isMinimized = record.ending.how === 'threw' && /No gradients provided/.test(record.ending.failure.message);
  const isTurned = op === 'Neg' || (op === 'Sub' && isMinimized && graph.constant(inputs[0][0])?.[0] === 1);
  return isTurned && !fetched.has(last) ? inputs[inputs.length - 1] : [last, 0];
}
