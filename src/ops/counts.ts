/** Counts of integers by row: an op of TensorFlow 2, which its programs of 1.x write for `tf.bincount`. */
import { ShapeError } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { numbers, withRank, withRankAtMost } from '../graph/shape-fn';

export const COUNTS = {
  DenseBincount: {
    grows: 'numbers',
    shape(c) {
      const x = withRankAtMost(c, 0, 2);
      withRank(c, 1, 0);
      const size = numbers(c, 1)?.[0] ?? null;
      if (size !== null && size < 0) throw new ShapeError(`size (${size}) must be non-negative`);
      return [x.dims && [...x.dims.slice(0, -1), size]];
    },
  },
} satisfies Rows;
