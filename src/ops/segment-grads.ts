/** Gradients of sums of picked rows: 1.15's own, and with V2 those of TensorFlow 2, which its programs of 1.x write. */
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { ShapeError } from '../graph/shape-error';
import { mergeShapes, numbers, withRank, withRankAtLeast } from '../graph/shape-fn';

/** The dimensions behind the first. */
function checkedRows(c: ShapeContext): readonly (number | null)[] | null {
  const grad = withRankAtLeast(c, 0, 1);
  const indices = withRank(c, 1, 1);
  mergeShapes(c.shape(2), indices);
  withRank(c, 3, 0);
  return grad.dims && grad.dims.slice(1);
}
/** Of the rows that were picked alone, and which those are. */
const OF_PICKED: OpRow = {
  grows: 'rows',
  shape(c) {
    const row = checkedRows(c);
    return [row && [null, ...row], [null]];
  },
};

/** Of all rows that there were to pick from, however many those were. */
const OF_ALL: OpRow = {
  grows: 'numbers',
  shape(c) {
    const row = checkedRows(c);
    const rows = numbers(c, 3)?.[0] ?? null;
    if (rows !== null && rows < 0) throw new ShapeError('Cannot specify a negative value for output_dim0');
    return [row && [rows, ...row]];
  },
};

export const SEGMENT_GRADS = {
  SparseSegmentSumGrad: OF_ALL,
  SparseSegmentMeanGrad: OF_ALL,
  SparseSegmentSqrtNGrad: OF_ALL,
  SparseSegmentSumGradV2: OF_PICKED,
  SparseSegmentMeanGradV2: OF_PICKED,
  SparseSegmentSqrtNGradV2: OF_PICKED,
} satisfies Rows;
