/** Rows and columns of a checkpoint's matrix in another order: that of a new vocabulary. */
import type { Rows } from '../graph/opdef';
import { withRank, withRankAtMost } from '../graph/shape-fn';

export const REMAPPING = {
  GenerateVocabRemapping: {
    // It reads files, which may be others in another run.
    effect: 'reads',
    shape(c) {
      withRank(c, 0, 0);
      withRank(c, 1, 0);
      return [[c.attr('num_new_vocab')], []];
    },
  },
  LoadAndRemapMatrix: {
    shape(c) {
      withRankAtMost(c, 0, 1);
      withRank(c, 1, 0);
      return [[c.attr('num_rows'), c.attr('num_cols')]];
    },
  },
} satisfies Rows;
