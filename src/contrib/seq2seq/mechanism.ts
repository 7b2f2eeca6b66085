/** What mechanisms of attention are derived from. After TensorFlow 1.15's seq2seq. */
import type { DType, DTypeLike } from '../../base/dtype';
import type { Tensor } from '../../graph/graph';
import type { BatchSize } from '../../rnn/state';

/** What a query gives: how much it looks at each place of the memory, and what is kept for the next one. */
export type Attended = readonly [alignments: Tensor, nextState: Tensor];
/** What a mechanism is applied to, by name. */
export interface QueryNames {
  /** [batch, size] */
  readonly query: Tensor;
  /** What the query before gave. */
  readonly state: Tensor;
}

/**
 * What mechanisms of attention are derived from: `apply` says how much a query looks at each place of a memory.
 *
 *     const { LuongAttention, AttentionMechanism } = tf.contrib.seq2seq;
 *     new LuongAttention(4, tf.ones([2, 3, 4])) instanceof AttentionMechanism   // true
 */
export abstract class AttentionMechanism {
  /** The dtype of its memory. */
  abstract get dtype(): DType | null;
  /** What is looked at, [batch, places, size]. */
  abstract get values(): Tensor;
  /** How many rows there are. */
  abstract get batchSize(): BatchSize;
  /** How many places there are. */
  abstract get alignmentsSize(): number | Tensor;
  /** The size of what is kept from one query to the next. */
  abstract get stateSize(): number | Tensor;
  /** Alignments before the first query, [batch, places]. */
  abstract initialAlignments(batchSize: BatchSize, dtype: DTypeLike): Tensor;
  /** What is kept before the first query. */
  abstract initialState(batchSize: BatchSize, dtype: DTypeLike): Tensor;
  /**
   * How much a query looks at each place. Python calls the mechanism itself.
   *
   * @param query  [batch, size]
   * @param state  what the query before gave
   * @returns  alignments [batch, places], and what is kept
   */
  abstract apply(query: Tensor, state: Tensor): Attended;
}
