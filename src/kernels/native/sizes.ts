/**
 * How large results become of ops that have no row, and so no shape function: those whose operands, attributes or
 * pairs of dimensions say more elements than they have. What no memory holds is refused before TensorFlow tries.
 */
import { TensorShape } from '../../base/shape';
import { numbers } from '../../graph/shape-fn';
import type { ShapeContext, ShapeFn } from '../../graph/shape-context';

const isSize = (d: number | null | undefined): d is number => Number.isSafeInteger(d) && Number(d) >= 0;
type Sizes = (c: ShapeContext) => readonly (number | null | undefined)[] | null;
/** A result of these sizes; of what is not known nothing is said. */
const sized =
  (...results: readonly Sizes[]): ShapeFn =>
  (c) =>
    results.map((sizes) => {
      const dims = sizes(c);
      return dims?.every(isSize) ? new TensorShape(dims) : TensorShape.unknown();
    });
const dimsOf = (c: ShapeContext, i: number): readonly (number | null)[] => c.shape(i).dims ?? [];
/** As an operand says. */
const said = (i: number): ShapeFn => sized((c) => numbers(c, i));
/** As many as an operand says, each as large as one of `rows`. */
const rowsOf = (count: number, rows: number): ShapeFn =>
  sized((c) => [...(numbers(c, count) ?? [null]), ...dimsOf(c, rows).slice(1)]);
/** Pictures of the size that an operand says. */
const picture = (size: number): ShapeFn =>
  sized((c) => [dimsOf(c, 0)[0], ...(numbers(c, size) ?? [null]), dimsOf(c, 0)[3]]);
/** As NumPy broadcasts two shapes. */
const together: ShapeFn = sized((c) => {
  const [a, b] = [dimsOf(c, 0), dimsOf(c, 1)];
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
    Math.max(a[a.length - 1 - i] ?? 1, b[b.length - 1 - i] ?? 1),
  );
});
/** Each window of the middle dimensions beside the others. */
const patches: ShapeFn = sized((c) => {
  const [sizes, strides] = [c.attr('ksizes', 'list(int)'), c.attr('strides', 'list(int)')].map((l) => l.map(Number));
  const dims = dimsOf(c, 0);
  const places = dims
    .slice(1, -1)
    .map((d, i) => Math.ceil(((d ?? 0) - sizes[i + 1] + 1) / Math.max(strides[i + 1], 1)));
  return [dims[0], ...places.map((n) => Math.max(n, 0)), sizes.reduce((a, b) => a * b, dims.at(-1) ?? 0)];
});
/** The dimensions before those of a matrix. */
const batch = (dims: readonly (number | null)[]): readonly (number | null)[] => dims.slice(0, -2);
const isSet = (c: ShapeContext, attr: string): boolean => c.attr(attr, 'bool');

export const SIZES: Readonly<Record<string, ShapeFn>> = {
  ResizeArea: picture(1),
  ResizeBicubic: picture(1),
  ResizeBilinear: picture(1),
  ResizeNearestNeighbor: picture(1),
  ScaleAndTranslate: picture(1),
  ExtractGlimpse: picture(1),
  CropAndResize: sized((c) => [dimsOf(c, 1)[0], ...(numbers(c, 3) ?? [null]), dimsOf(c, 0)[3]]),
  CropAndResizeGradImage: said(3),
  CombinedNonMaxSuppression: sized((c) => [dimsOf(c, 0)[0], numbers(c, 3)?.[0], 4]),
  SparseToDense: said(1),
  RaggedTensorToTensor: sized((c) => {
    const dims = numbers(c, 0);
    return dims?.every((d) => d >= 0) ? dims : null;
  }),
  RaggedRange: sized(
    () => null,
    (c) => {
      const [starts, limits, deltas] = [0, 1, 2].map((i) => numbers(c, i));
      if (!starts || !limits || !deltas) return null;
      const rows = Math.max(starts.length, limits.length, deltas.length);
      const at = (list: readonly number[], i: number): number => list[list.length === 1 ? 0 : i];
      let count = 0;
      for (let i = 0; i < rows; i++) count += Math.max(Math.ceil((at(limits, i) - at(starts, i)) / at(deltas, i)), 0);
      return [count];
    },
  ),
  UnsortedSegmentJoin: sized((c) => [...(numbers(c, 2) ?? [null]), ...dimsOf(c, 0).slice(dimsOf(c, 1).length)]),
  SparseMatMul: sized((c) => [
    dimsOf(c, 0)[isSet(c, 'transpose_a') ? 1 : 0],
    dimsOf(c, 1)[isSet(c, 'transpose_b') ? 0 : 1],
  ]),
  HistogramFixedWidth: sized((c) => numbers(c, 2)),
  KmeansPlusPlusInitialization: rowsOf(1, 0),
  GenerateVocabRemapping: sized((c) => [Number(c.attr('num_new_vocab', 'int'))]),
  MatrixDiagV2: sized((c) => {
    const [rows, columns] = [numbers(c, 2)?.[0], numbers(c, 3)?.[0]];
    const dims = dimsOf(c, 0);
    const least = dims.at(-1);
    return [...dims.slice(0, -1), rows === -1 ? least : rows, columns === -1 ? least : columns];
  }),
  Qr: sized((c) => {
    const dims = dimsOf(c, 0);
    return isSet(c, 'full_matrices') ? [...batch(dims), dims.at(-2), dims.at(-2)] : null;
  }),
  Svd: sized(
    () => null,
    ...[-2, -1].map(
      (axis): Sizes =>
        (c) =>
          isSet(c, 'full_matrices') && isSet(c, 'compute_uv')
            ? [...batch(dimsOf(c, 0)), dimsOf(c, 0).at(axis), dimsOf(c, 0).at(axis)]
            : null,
    ),
  ),
  ExtractImagePatches: patches,
  ExtractVolumePatches: patches,
  DecodePaddedRaw: sized((c) => [
    ...dimsOf(c, 0),
    Math.ceil((numbers(c, 1)?.[0] ?? NaN) / c.attr('out_type', 'type').size),
  ]),
  NextAfter: together,
  RandomGammaGrad: together,
};
