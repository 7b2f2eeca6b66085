/** The way from the pictures to the logits, as a list of what happens on it. */
import { bendAt } from './bend';
import type { GraphView } from './graph';
import type { Parts } from './locate';
import { PIXELS } from './sizes';
import type { Dims, Edge } from './record';

export type Layer =
  | {
      readonly kind: 'affine';
      readonly node: number;
      readonly weight: number | null /** What stands in the weight's place. */;
      readonly operand: number;
      readonly bias: number | null /** What is added, in the bias's place. */;
      readonly shift: number | null;
      readonly biased: boolean;
    }
  | { readonly kind: 'activation'; readonly node: number; readonly op: string; readonly relu: boolean }
  | { readonly kind: 'reshape'; readonly node: number }
  | { readonly kind: 'other'; readonly node: number; readonly op: string };

const RELUS = new Set(['Relu', 'Relu6', 'Elu', 'Selu', 'LeakyRelu']);
export const ACTIVATIONS: ReadonlySet<string> = new Set([
  ...RELUS,
  'Sigmoid',
  'Tanh',
  'Softplus',
  'Softsign',
  'Softmax',
  'LogSoftmax',
]);
const PRODUCTS = new Set(['MatMul', 'Conv2D', 'BatchMatMul', 'BatchMatMulV2', 'DepthwiseConv2dNative']);
const ADDS = new Set(['Add', 'AddV2', 'BiasAdd', 'Sub']);

/** From the pictures on; null where no way leads from them to the logits. */
export function layers(graph: GraphView, { logits, pictures }: Parts): readonly Layer[] | null {
  if (!logits || pictures === null || !graph.dependsOn(logits[0], pictures)) return null;
  const way: Layer[] = [];
  let bias: { node: number | null; shift: number } | null = null;
  for (let at = logits[0]; at !== pictures; ) {
    const { op, inputs } = graph.node(at);
    const ways = inputs.map(([n]) => n).filter((n) => graph.dependsOn(n, pictures));
    if (!ways.length) return null;
    let [main] = ways;
    const side = inputs.map(([n]) => n).find((n) => n !== main) ?? null;
    if (ADDS.has(op) && side !== null && !graph.dependsOn(side, pictures))
      bias = { node: graph.variableBehind(side), shift: side };
    else if (PRODUCTS.has(op)) {
      way.unshift({
        kind: 'affine',
        node: at,
        weight: side === null ? null : graph.variableBehind(side),
        operand: side ?? main,
        bias: bias?.node ?? null,
        shift: bias?.shift ?? null,
        // A column of ones beside the pictures: the weight has the bias in it, as one row more.
        biased: bias !== null || hasOnes(graph, at),
      });
      bias = null;
    } else if (ACTIVATIONS.has(op) || op === 'Maximum') {
      way.unshift({ kind: 'activation', node: at, op, relu: op === 'Maximum' || RELUS.has(op) });
      // What is added behind it is no bias of the map before it.
      bias = null;
    } else if (op === 'Reshape') way.unshift({ kind: 'reshape', node: at });
    else if (op !== 'Identity' && op !== 'Cast') {
      const bend = bendAt(graph, at, pictures);
      const name = bend?.single ? op : bend?.relu ? 'Relu' : 'function by hand';
      way.unshift(bend ? { kind: 'activation', node: at, op: name, relu: bend.relu } : { kind: 'other', node: at, op });
      if (bend) [main, bias] = [bend.from, null];
    }
    at = main;
  }
  return way;
}
export type Affine = Extract<Layer, { kind: 'affine' }>;
export const affines = (way: readonly Layer[]): readonly Affine[] =>
  way.filter((l): l is Affine => l.kind === 'affine');
/** The operand of a linear map that is no weight. */
export function rowsInto(graph: GraphView, { node, weight }: Affine): Edge {
  const { inputs } = graph.node(node);
  return inputs.find(([n]) => weight === null || graph.variableBehind(n) !== weight) ?? inputs[0];
}
/** Whether a product takes rows with a one at their end. */
export function hasOnes(graph: GraphView, product: number): boolean {
  return graph.node(product).inputs.some(([from]) => {
    const at = graph.behind(from);
    const { op, inputs } = graph.node(at);
    const width = graph.shape([at, 0])?.at(-1);
    if (typeof width !== 'number' || !graph.shape([at, 0])?.some((size) => size === null)) return false;
    const isRest = (edge: Edge): boolean => graph.shape(edge)?.at(-1) === width - 1;
    if (op === 'PadV2') return isRest(inputs[0]) && graph.constant(inputs[2][0])?.[0] === 1;
    return op === 'ConcatV2' && inputs.some(isRest) && inputs.some((edge) => graph.shape(edge)?.at(-1) === 1);
  });
}
/** Whether a product takes pictures as columns, and gives a column of each: the weight comes first then. */
export function inColumns(graph: GraphView, { node, weight }: Affine): boolean {
  const [left, right] = graph.node(node).inputs;
  if (graph.op(node) !== 'MatMul' || weight === null || graph.variableBehind(left[0]) !== weight) return false;
  const rows = graph.shape(right);
  const shape = graph.shape([node, 0]);
  return typeof rows?.[0] === 'number' && rows[1] === null && typeof shape?.[0] === 'number' && shape[1] === null;
}
/** Whether the pictures reach the first matrix product as rows of all their pixels. */
export function rowsOfPixels(graph: GraphView, first: Affine): boolean {
  const shape = graph.shape(rowsInto(graph, first));
  if (graph.op(first.node) !== 'MatMul' || !shape || hasOnes(graph, first.node)) return true;
  return shape.length === 2 && (shape[1] === PIXELS || shape[1] === null);
}
/** The shape of logits that are ten numbers of each row or pixel of a picture, and not of each picture. */
export function squaresAt(graph: GraphView, logits: number): Dims {
  const shape = graph.shape([logits, 0]);
  return shape && shape.length > 2 && shape.slice(1, -1).some((size) => size !== null && size !== 1) ? shape : null;
}
