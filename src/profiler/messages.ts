/** What a profile gives, as TensorFlow's messages. */
import { messageClass } from '../format/message-class';
import type { Given } from '../format/message';
import { ADVICE, GRAPH_NODE, MULTI_GRAPH_NODE, OP_LOG, OP_LOG_ENTRY } from '../format/profile-messages';

/**
 * A node of a graph, or a scope, with what is below it.
 *
 *     const options = new tf.profiler.ProfileOptionBuilder().withEmptyOutput().build();
 *     const root = tf.profiler.profile(tf.getDefaultGraph(), { cmd: 'scope', options });
 *     root instanceof tf.profiler.GraphNodeProto   // true
 */
export class GraphNodeProto extends messageClass(GRAPH_NODE) {}
/**
 * Nodes of one type, or of one line of the program, with what is below them.
 *
 *     const options = new tf.profiler.ProfileOptionBuilder().withEmptyOutput().build();
 *     const root = tf.profiler.profile(tf.getDefaultGraph(), { cmd: 'op', options });
 *     root instanceof tf.profiler.MultiGraphNodeProto   // true
 */
export class MultiGraphNodeProto extends messageClass(MULTI_GRAPH_NODE) {}
/**
 * What the checkers of `tf.profiler.advise` found, by their names.
 *
 *     [...tf.profiler.advise().checkers.keys()].length   // 3
 */
export class AdviceProto extends messageClass(ADVICE) {}
/** What is known of one node; what is left out is not. */
export type OpLogEntryGiven = Given<typeof OP_LOG_ENTRY.fields>;
/** What a log is made of. */
export interface OpLogGiven extends Omit<Given<typeof OP_LOG.fields>, 'logEntries'> {
  /** A node each. */
  readonly logEntries?: readonly OpLogEntryGiven[];
}
/**
 * What is known of nodes beside the graph: words by which they are chosen, and operations on floats of one's own.
 *
 *     tf.add(1, 2, { name: 'sum' });
 *     const opLog = new tf.profiler.OpLogProto({ logEntries: [{ name: 'sum', types: ['mine'], floatOps: 3 }] });
 *     const options = new tf.profiler.ProfileOptionBuilder().withAccountedTypes(['mine']).withEmptyOutput().build();
 *     tf.profiler.profile({ opLog, options }).totalFloatOps   // 3
 */
export class OpLogProto extends messageClass(OP_LOG) {
  /**
   * @param given  its nodes
   * @throws ValueError  for a field that it does not have
   */
  constructor({ logEntries = [], ...rest }: OpLogGiven = {}) {
    super({ ...rest, logEntries: logEntries.map((entry) => OP_LOG_ENTRY.make(entry)) });
  }
}
