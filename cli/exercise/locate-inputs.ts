/** Which placeholder takes the pictures and which the labels, and what gives probabilities. */
import { type GraphView, tail } from './graph';
import { CLASSES, PIXELS } from './sizes';
import type { Edge } from './record';

export interface Inputs {
  readonly graph: GraphView;
  readonly placeholders: readonly number[];
  readonly logits: Edge | null;
  /** How many numbers a placeholder takes for each example, as far as it is known. */
  sizeOf(id: number): number | null;
}
export function picturesOf(
  { graph, placeholders, logits, sizeOf }: Inputs,
  fedTails: ReadonlyMap<number, number>,
): number | null {
  // Where a shape says nothing, what is fed may be what belongs elsewhere: the way to the logits comes first.
  const isOpen = (id: number): boolean => tail(graph.shape([id, 0])) === null && graph.shape([id, 0])?.length !== 0;
  let pictures: number | null = placeholders.find((id) => tail(graph.shape([id, 0])) === PIXELS) ?? null;
  const open = placeholders.filter((id) => isOpen(id) && fedTails.has(id));
  const [leads, ...others] = open.filter((id) => logits !== null && graph.dependsOn(logits[0], id));
  if (leads !== undefined && !others.length) pictures ??= leads;
  pictures ??= placeholders.find((id) => sizeOf(id) === PIXELS) ?? null;
  pictures ??= placeholders.find((id) => fedTails.get(id) === PIXELS) ?? null;
  if (pictures === null) {
    const others = placeholders.filter(
      (id) =>
        graph.shape([id, 0])?.length !== 0 &&
        graph.shape([id, 0])?.length !== 1 &&
        sizeOf(id) !== CLASSES &&
        sizeOf(id) !== 1,
    );
    pictures =
      others.find((id) => logits !== null && graph.dependsOn(logits[0], id)) ??
      others.find((id) => (graph.shape([id, 0])?.length ?? 2) > 1) ??
      null;
  }
  return pictures;
}
export function labelsOf(
  { graph, placeholders, logits, sizeOf }: Inputs,
  pictures: number | null,
  cost: Edge | null,
): number | null {
  const takes = (id: number): boolean => id !== pictures && graph.shape([id, 0])?.length !== 0;
  return (
    placeholders.find(
      (id) =>
        takes(id) &&
        cost !== null &&
        graph.dependsOn(cost[0], id) &&
        !(logits !== null && graph.dependsOn(logits[0], id)),
    ) ??
    placeholders.find((id) => takes(id) && sizeOf(id) === CLASSES) ??
    placeholders.find((id) => takes(id)) ??
    null
  );
}
/** The last softmax that learns, or one that is written out as a quotient. */
export function softmaxOf(graph: GraphView, learns: (id: number) => boolean): number | null {
  return (
    graph
      .all(
        (n, id) =>
          n.op === 'Softmax' &&
          !graph.isGradient(id) &&
          learns(id) &&
          (graph.shape([id, 0])?.at(-1) ?? CLASSES) === CLASSES,
      )
      .pop() ??
    graph
      .all(
        (n, id) =>
          n.op === 'RealDiv' &&
          !graph.isGradient(id) &&
          learns(id) &&
          graph.op(n.inputs[0][0]) === 'Exp' &&
          graph.dependsOnAny(n.inputs[1][0], (s) => graph.op(s) === 'Exp'),
      )
      .pop() ??
    null
  );
}
/** What a softmax or a cross entropy is given that comes of the logits' parameters, and not by way of the logits. */
export function sameModel(graph: GraphView, logits: Edge | null, trainable: ReadonlySet<number>): readonly Edge[] {
  if (!logits) return [];
  const used = (id: number): string =>
    [...graph.sources(id)]
      .filter((n) => trainable.has(n))
      .sort()
      .join();
  const all = used(logits[0]);
  if (!all) return [];
  const given = graph
    .all((n, id) => !graph.isGradient(id) && /^(Softmax|LogSoftmax|(Sparse)?SoftmaxCrossEntropyWithLogits)$/.test(n.op))
    .map((id) => graph.behind(graph.node(id).inputs[0][0]));
  const linear = [...new Set(given)].filter(
    (id) => id !== logits[0] && graph.op(id) === graph.op(logits[0]) && !graph.dependsOn(id, logits[0]),
  );
  return linear.filter((id) => !graph.dependsOn(logits[0], id) && used(id) === all).map((id): Edge => [id, 0]);
}
