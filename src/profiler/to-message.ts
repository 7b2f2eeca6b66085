/** What a view shows as TensorFlow's messages. */
import { SHAPE_DIM, TENSOR_SHAPE } from '../format/messages';
import {
  GRAPH_NODE,
  type GraphNode,
  INPUT_SHAPE,
  MULTI_GRAPH_NODE,
  type MultiGraphNode,
} from '../format/profile-messages';
import { totals } from './counts';
import type { Profiled } from './profiled';
import type { Shown } from './shown';

const shapeOf = (dims: readonly number[]) =>
  TENSOR_SHAPE.make({ dim: dims.map((size) => SHAPE_DIM.make({ size })), unknownRank: !dims.length });
const inputsOf = ({ inputShapes }: Profiled) =>
  inputShapes.map((dims, key) => INPUT_SHAPE.make({ key, value: shapeOf(dims) }));

/** A line of the views by scopes and by inputs, with what is shown below it. */
export function graphNode({ name, nodes: [node], own, total, defined, shown }: Shown): GraphNode {
  return GRAPH_NODE.make({
    name,
    ...own,
    ...totals(total),
    totalRunCount: total.runCount,
    totalDefinitionCount: defined,
    devices: node?.devices ?? [],
    inputShapes: node ? inputsOf(node) : [],
    children: shown.map(graphNode),
  });
}
/** A node that is counted with others. */
function counted(node: Profiled, step: number): GraphNode {
  const own = node.counts(step);
  return GRAPH_NODE.make({
    name: node.name,
    ...own,
    ...totals(own),
    totalRunCount: own.runCount,
    totalDefinitionCount: 1,
    devices: node.devices,
    inputShapes: inputsOf(node),
  });
}
/** A line of the program or a type, with what is below it. */
function multiNode({ name, own, total, picked }: Shown, step: number, children: MultiGraphNode[]): MultiGraphNode {
  const { runCount: _, ...counts } = own;
  const graphNodes = [...new Set(picked)].map((node) => counted(node, step));
  return MULTI_GRAPH_NODE.make({ name, ...counts, ...totals(total), graphNodes, children });
}
export const lineNode = (line: Shown, step: number): MultiGraphNode =>
  multiNode(
    line,
    step,
    line.shown.map((below) => lineNode(below, step)),
  );
/** Types one in the other: the next is the child of the one before. */
export function typeNodes(root: Shown, lines: readonly Shown[], step: number): MultiGraphNode {
  const below = [...lines].reverse().reduce<MultiGraphNode[]>((inside, line) => [multiNode(line, step, inside)], []);
  return multiNode(root, step, below);
}
