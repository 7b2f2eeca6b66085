/** Sizes that a run gave, where the static ones are not known. */
import { TensorShape } from '../base/shape';
import type { Graph } from '../graph/graph';
import type { RunMetadata } from '../session/metadata';
import type { ShapeOf } from './float-ops';

/** The shapes of a graph's tensors: static ones, completed by what a run gave. */
export function shapesOfRun(graph: Graph, runMeta?: RunMetadata): ShapeOf {
  const given = new Map<string, TensorShape>();
  for (const { nodeName, outputs } of runMeta?.stepStats?.nodes ?? []) {
    const op = graph.findOperation(nodeName);
    if (op?.outputs.length !== outputs.length) continue;
    for (const [i, { shape }] of outputs.entries()) given.set(op.outputs[i].name, new TensorShape([...shape]));
  }
  return (tensor) => (tensor.shape.isFullyDefined() ? tensor.shape : (given.get(tensor.name) ?? tensor.shape));
}
