/** What the compiler knows of the collections of a graph. For types only. */
import type { ScalarTensor } from './fetched';
import type { Operation, Tensor } from './operation';

/**
 * What is in a standard collection, by its key: variables beside, where they are made. What is in another one is the
 * caller's to say, and taken for tensors else.
 */
export interface Collected {
  /** Activations of layers. */
  activations: Tensor;
  /** What initializes a graph. */
  init_op: Operation;
  /** What initializes what is local. */
  local_init_op: Operation;
  /** Losses: `tf.losses` adds to them. */
  losses: ScalarTensor;
  /** What says whether local variables may be initialized. */
  ready_for_local_init_op: Operation | Tensor;
  /** What says whether a graph is ready. */
  ready_op: Operation | Tensor;
  /** The penalties of regularizers. */
  regularization_losses: ScalarTensor;
  /** Summaries. */
  summaries: ScalarTensor<string>;
  /** All summaries in one. */
  summary_op: ScalarTensor<string>;
  /** What fills lookup tables. */
  table_initializer: Operation;
  /** Training steps. */
  train_op: Operation;
  /** What is to run with each step. */
  update_ops: Operation | Tensor;
}
interface Named<K> {
  readonly name: K;
  readonly scope?: string | null;
}
type Scope = string | { readonly scope?: string | null } | null;
declare module './collections' {
  interface Collections {
    /** A copy of a collection; with a scope, the items whose name matches it from the start (a regular expression). */
    getCollection<K extends keyof Collected>(name: K | Named<K>, scope?: Scope): Collected[K][];
    getCollection<T = Tensor>(name: string | Named<string>, scope?: Scope): T[];
  }
}
