/** What is given as labels: to a cross entropy, and with pictures that are measured. */
import { type GraphView, showDims } from '../graph';
import { CLASSES } from '../sizes';
import { type Case, type Verdict, cross, symptom } from './verdict';

const BENDS = new Set(['Softmax', 'LogSoftmax', 'Sigmoid', 'Tanh', 'Exp', 'Log']);
/** The labels of a cross entropy: a row of ten numbers for each picture, as they are fed. */
export function judgeLabels(graph: GraphView, knowsLabels: (id: number) => boolean, core: number): Verdict | null {
  const [, [truth]] = graph.node(core).inputs;
  const at = graph.at(core);
  const from = graph.behind(truth);
  const shape = graph.shape([from, 0]);
  const ROWS = 'Labels and logits have one shape: a row of ten numbers for each picture.';
  if (graph.op(from) === 'Transpose')
    return cross(`the labels of the cross entropy stand on their side: ${showDims(graph.shape([truth, 0]))}`, at, ROWS);
  if (graph.op(core) === 'SoftmaxCrossEntropyWithLogits' && shape?.length === 1 && shape[0] !== CLASSES)
    return symptom(
      cross(
        `the labels of the cross entropy have shape ${showDims(shape)}: one number for each picture`,
        at,
        `${ROWS} Of digits as numbers there is a sparse one.`,
      ),
    );
  if (graph.op(from) === 'ArgMax') {
    const [[rows], axis] = graph.node(from).inputs;
    if (axis && graph.constant(axis[0])?.[0] === 0 && graph.shape([rows, 0])?.length === 2)
      return cross(
        'the digits of the cross entropy are an argmax over axis 0, the pictures of the batch',
        graph.at(from),
        'Each label has ten numbers, side by side: its argmax runs over axis 1.',
      );
  }
  const bent = [...graph.sources(truth)].find((id) => BENDS.has(graph.op(id)) && knowsLabels(id));
  if (bent === undefined) return null;
  return cross(
    `the labels of the cross entropy go through a ${graph.op(bent)}`,
    graph.at(bent),
    'One-hot labels are probabilities already, 1 for the right digit: they go in as they are.',
  );
}

/** Question 10: whole sets that are measured with labels in another order. */
export function mismeasured({ record }: Case): Verdict | null {
  if (!record.mismeasured) return null;
  return cross(
    'what is measured has labels that are not those of the pictures: most pictures are given the digit of another',
    record.mismeasured,
    'Feed images and labels of one set, both in the order in which it has them.',
  );
}
