/** The op of beam search: what each beam wrote, from what was written in each step and by whom. */
import { bound } from '../calls/bind';
import { apply } from '../graph/apply';
import type { NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { mergeDim, mergeShapes, withRank } from '../graph/shape-fn';

export const BEAMS = {
  GatherTree: {
    shape(c) {
      const [steps, parents] = [withRank(c, 0, 3), withRank(c, 1, 3)];
      const lengths = withRank(c, 2, 1);
      withRank(c, 3, 0);
      const [time, batch, width] = mergeShapes(steps, parents).dims!;
      return [[time, mergeDim(batch, lengths.at(0)), width]];
    },
  },
} satisfies Rows;

/**
 * What each beam wrote in the end. In a search each step gives ids, and of which beam before it each of them goes on
 * from; this goes back from the last step to the first. What is behind a beam's first end token is end tokens.
 *
 *     const ids = tf.constant(Int32Array.of(1, 2, 3, 4), tf.int32, [2, 1, 2]);
 *     const parents = tf.constant(Int32Array.of(0, 0, 1, 0), tf.int32, [2, 1, 2]);
 *     tf.contrib.seq2seq.gatherTree(ids, parents, [2], 9)   // [[[2, 1]], [[3, 4]]]
 *
 * @param stepIds             int32, [time, batch, beams]: what was written
 * @param parentIds           int32, of the same shape: the beam of the step before
 * @param maxSequenceLengths  int32, [batch]: how many steps each row has; the others are end tokens
 * @param endToken            int32, a scalar
 * @returns  int32, [time, batch, beams]
 * @throws ValueError            for shapes that do not fit
 * @throws InvalidArgumentError  when run, for a parent that is no beam
 */
export const gatherTree = bound(
  'contrib.seq2seq.gather_tree',
  (stepIds: NotText, parentIds: NotText, maxSequenceLengths: NotText, endToken: NotText, name?: string): Tensor =>
    apply('GatherTree', [stepIds, parentIds, maxSequenceLengths, endToken], {}, name),
);
