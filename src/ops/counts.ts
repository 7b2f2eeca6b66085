/** Counts of integers by row: ops of TensorFlow 2, which its programs of 1.x write for `tf.bincount` and its kin. */
import { ShapeError } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { numbers, withRank, withRankAtMost } from '../graph/shape-fn';

export const COUNTS = {
  DenseBincount: {
    grows: 'numbers',
    shape(c) {
      const x = withRankAtMost(c, 0, 2);
      withRank(c, 1, 0);
      const bins = binsOf(c, 1);
      return [x.dims && [...x.dims.slice(0, -1), bins]];
    },
  },
  SparseBincount: {
    grows: 'numbers',
    shape(c) {
      const bins = binsOf(c, 3);
      const shape = numbers(c, 2);
      if (bins === null || !shape) return [null];
      if (shape.length !== 1 && shape.length !== 2) throw new ShapeError('Input must be less than rank 2');
      return [[...shape.slice(0, -1), bins]];
    },
  },
  RaggedBincount: {
    grows: 'numbers',
    shape: () => [null],
    room: (c) => [[(c.shape(0).dims?.[0] ?? 1) - 1, binsOf(c, 2)]],
  },
} satisfies Rows;

/** How many there are to count in, where that is known. */
function binsOf(c: ShapeContext, input: number): number | null {
  const value = c.value(input);
  if (value?.shape.length) throw new ShapeError(`Shape must be rank 0 but is rank ${value.shape.length}`);
  const bins = numbers(c, input)?.[0] ?? null;
  if (bins !== null && bins < 0) throw new ShapeError(`size (${bins}) must be non-negative`);
  return bins;
}
