/** What a graph is beside its nodes: its seed, its functions, its counters, and whether it may still change. */
import type { Args } from '../calls/bind';
import type { GraphDef } from '../format/graph-def';
import type { OpDef } from './definition';
import type { FunctionLibrary } from './library';
import type { Key } from './own';

export interface GraphState {
  /** The graph-level seed, or null. */
  seed: number | null;
  /** Functions that nodes of this graph may call by name. */
  readonly library: FunctionLibrary;
  /** Number of nodes. */
  readonly size: number;
  /** Number of nodes made so far: TensorFlow's rule for op seeds reads it. */
  readonly lastId: number;
  /**
   * How often an edge of a node that stood already was changed. A plan is good until then: new nodes change no old one.
   */
  readonly edits: number;
  /** Nodes and changed edges so far. */
  readonly version: number;
  /** For `Operation.addControlInput`, which changes an edge. */
  edgeChanged(): void;
  readonly finalized: boolean;
  /** Makes the graph read-only. */
  finalize(): void;
  /** Lets a session that finalized the graph undo it. */
  unsafeUnfinalize(): void;
  /** @throws RuntimeError  once the graph is finalized */
  checkNotFinalized(what?: () => string): void;
  /**
   * The graph as plain data, with its functions: `tf.GraphDef` makes bytes and text of it.
   *
   * @param fromVersion  without the nodes that were there when `graph.version` was this
   * @param addShapes    with what is known of the shapes of each node's outputs
   */
  asGraphDef(...given: Args<'Graph.as_graph_def', [fromVersion?: number, addShapes?: boolean]>): GraphDef;
  /** The definition of an op type or of a function in the library. @throws ValueError  where there is none */
  opDef(type: string): OpDef;
  /** Something that belongs to this graph alone, made when it is first asked for. */
  own<T>(key: Key<T>, make: () => T): T;
}
