/** `tf.summary.initialize`, for writers that are nodes of a graph. */
import { RuntimeError } from '../base/errors';
import { bound } from '../calls/bind';
import type { Graph } from '../graph/graph';
import type { Session } from '../session/session';

/**
 * In TensorFlow it starts the writer of `tf.contrib.summary`, which is not here: it fails, as it does there without
 * one.
 *
 *     tf.summary.initialize()   // throws RuntimeError
 *
 * @param graph    a graph to write
 * @param session  runs it
 * @throws RuntimeError  always: there is no default writer
 */
export const initialize = bound('summary.initialize', (_graph?: Graph, _session?: Session): void => {
  throw new RuntimeError(
    'No default tf.contrib.summary.SummaryWriter found' +
      '\n  fix: write summaries with tf.summary.FileWriter: writer.addSummary(sess.run(merged), step).',
  );
});
