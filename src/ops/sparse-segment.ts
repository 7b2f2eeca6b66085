/** Sums and means over segments of rows that are picked by index. */
import { apply } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import type { Grad, GradContext, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { ShapeError } from '../graph/shape-error';
import { mergeShapes, numbers, withRank, withRankAtLeast } from '../graph/shape-fn';
import { element, gather, shapeOf } from './words';

type Dims = readonly (number | null)[];
/** The dimensions behind the first. */
function pickedRows(c: ShapeContext): Dims | null {
  const data = withRankAtLeast(c, 0, 1);
  const indices = withRank(c, 1, 1);
  const segments = withRank(c, 2, 1);
  if (c.inputs > 3) withRank(c, 3, 0);
  mergeShapes(indices, segments);
  return data.dims && data.dims.slice(1);
}
function counted(c: ShapeContext): (Dims | null)[] {
  const row = pickedRows(c);
  const count = numbers(c, 3)?.[0] ?? null;
  if (count !== null && count < 0) throw new ShapeError('Cannot specify a negative value for num_segments');
  return [row && [count, ...row]];
}
function uncounted(c: ShapeContext): (Dims | null)[] {
  const row = pickedRows(c);
  return [row && [null, ...row]];
}
/** The last id is the largest. TensorFlow does not look at it for static shapes. */
function room(c: ShapeContext): (Dims | null)[] {
  const ids = numbers(c, 2);
  const last = ids?.length ? ids[ids.length - 1] : -1;
  const { dims } = c.shape(0);
  return [last >= 0 && dims ? [last + 1, ...dims.slice(1)] : null];
}
/** Gradients of what was picked from, by the rows that each segment gives. */
type Back = (dz: Tensor, op: GradContext, rows: Tensor) => Tensor;
const summed: Back = (dz, { inputs: [, indices, segments] }, rows) =>
  apply('UnsortedSegmentSum', [gather(dz, segments), indices, rows]);
const shared =
  (type: string): Back =>
  (dz, { inputs: [, indices, segments] }, rows) =>
    apply(type, [dz, indices, segments, rows]);
const back =
  (of: Back) =>
  (op: GradContext, [dz]: Tensor[]): Grad[] => [
    of(dz, op, element(shapeOf(op.inputs[0]), 0)),
    ...op.inputs.slice(1).map(() => null),
  ];
const byLast = (of: Back): OpRow => ({ shape: uncounted, grows: 'rows', room, grad: back(of) });
const byCount = (of: Back): OpRow => ({ shape: counted, grows: 'numbers', grad: back(of) });
const [ofMeans, ofRoots] = [shared('SparseSegmentMeanGrad'), shared('SparseSegmentSqrtNGrad')];

export const SPARSE_SEGMENT = {
  SparseSegmentSum: byLast(summed),
  SparseSegmentMean: byLast(ofMeans),
  SparseSegmentSqrtN: byLast(ofRoots),
  SparseSegmentSumWithNumSegments: byCount(summed),
  SparseSegmentMeanWithNumSegments: byCount(ofMeans),
  SparseSegmentSqrtNWithNumSegments: byCount(ofRoots),
} satisfies Rows;
