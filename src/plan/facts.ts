/** What is known of a pruned graph once the shapes of its feeds are: shapes and values of every edge. */
import type { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { constantValue } from '../graph/constant';
import { Graph, type Tensor } from '../graph/graph';
import type { PlanNode, PrunedGraph, Source } from './node';

export interface Facts {
  /** The static shape of an edge. */
  shape(source: Source): TensorShape;
  /** Its value, where it does not depend on what is fed. */
  value(source: Source): NDArray | null;
}

/**
 * Runs the shape functions again, with the feeds' real shapes: on a copy of the graph, so that they see what they
 * always see. What a program said of shapes while it built the graph, or what followed from a constant that is fed
 * here, is not believed. Returns null where the shapes do not fit: then the run itself says what is wrong.
 */
export function infer(pruned: PrunedGraph, feedShapes: readonly (readonly number[])[]): Facts | null {
  const graph = new Graph();
  const copies = new Map<PlanNode, readonly Tensor[]>();
  try {
    const feeds = pruned.feeds.map(
      (t, i) =>
        graph.createOp(
          'Placeholder',
          [],
          [t.dtype.baseDtype],
          { dtype: t.dtype.baseDtype, shape: new TensorShape(feedShapes[i]) },
          `feed${i}`,
        ).outputs[0],
    );
    const tensor = (s: Source): Tensor => ('feed' in s ? feeds[s.feed] : copies.get(s.node)![s.index]);
    // One stack for all: nobody asks where a copy was made, and a stack costs as much as the rest of a node.
    graph.madeAt(infer, () => {
      for (const node of pruned.nodes) {
        const copy = graph.createOp(
          node.type,
          node.inputs.map(tensor),
          node.outputTypes,
          { ...node.attrs },
          `${node.op.name}/`,
        );
        copies.set(node, copy.outputs);
      }
    });
    // Constants that a pass has added are not in the copy; they say their shape themselves.
    const added = (s: Source): NDArray | null =>
      'feed' in s || copies.has(s.node) ? null : ((s.node.attrs['value'] as NDArray | undefined) ?? null);
    const known = (s: Source): boolean => 'feed' in s || copies.has(s.node);
    return {
      shape: (s) => (known(s) ? tensor(s).shape : new TensorShape(added(s)?.shape ?? null)),
      value: (s) => (known(s) ? constantValue(tensor(s)) : added(s)),
    };
  } catch {
    return null;
  }
}
