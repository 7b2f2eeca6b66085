/** Several diagonals of matrices at once, as the rows of a tensor: TensorFlow 2 writes them in programs of 1.x. */
import { type Dim, TensorShape } from '../base/shape';
import { ShapeError } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { mergeShapes, numbers, withRank, withRankAtLeast, withRankAtMost } from '../graph/shape-fn';

export const DIAGONALS = {
  MatrixDiagV3: { grows: 'numbers', shape: matrixShape },
  MatrixDiagPartV3: { grows: 'shapes', shape: partShape },
  MatrixSetDiagV3: { shape: setShape },
} satisfies Rows;

/** The lowest and the highest of some diagonals. */
type Band = readonly [lower: number, upper: number];

/** The diagonals that an input names, where its value is known. */
function bandOf(c: ShapeContext, input: number): Band | null {
  const given = numbers(c, input);
  if (!given) return null;
  if (given.length !== 1 && given.length !== 2)
    throw new ShapeError(`diag_index must be a vector with one or two elements. It has ${given.length} elements.`);
  return [given[0], given[given.length - 1]];
}
function checkOrder([lower, upper]: Band): void {
  if (lower > upper) throw new ShapeError('lower_diag_index is greater than upper_diag_index');
}
/** Whether all of these are diagonals of the matrices, which is known where their sizes are. */
function checkBounds(band: Band, x: TensorShape): void {
  const [rows, columns] = [x.at(-2), x.at(-1)];
  if (rows === null || columns === null) return;
  band.forEach((index, i) => {
    if (index !== 0 && (index <= -rows || index >= columns))
      throw new ShapeError(`${i ? 'upper' : 'lower'}_diag_index is out of bound.`);
  });
}
function partShape(c: ShapeContext): [Dim[] | null] {
  const x = withRankAtLeast(c, 0, 2);
  withRankAtMost(c, 1, 1);
  withRank(c, 2, 0);
  const band = x.dims && bandOf(c, 1);
  if (!x.dims || !band) return [null];
  checkOrder(band);
  checkBounds(band, x);
  const [[lower, upper], [rows, columns]] = [band, x.dims.slice(-2)];
  const length =
    rows === null || columns === null ? null : Math.min(rows + Math.min(upper, 0), columns - Math.max(lower, 0));
  return [[...x.dims.slice(0, -2), ...(lower < upper ? [upper - lower + 1] : []), length]];
}
function matrixShape(c: ShapeContext): [Dim[] | null] {
  const x = withRankAtLeast(c, 0, 1);
  withRankAtMost(c, 1, 1);
  for (const input of [2, 3, 4]) withRank(c, input, 0);
  const band = x.dims && bandOf(c, 1);
  if (!x.dims || !band) return [null];
  checkOrder(band);
  const [lower, upper] = band;
  const count = upper - lower + 1;
  const said = x.dims.length > 1 ? x.at(-2) : 1;
  if (count > 1 && said !== null && said !== count)
    throw new ShapeError(
      "The number of rows of `diagonal` doesn't match the number of diagonals implied from `d_lower` and `d_upper`.\n" +
        `num_diags = ${count}, d_lower = ${lower}, d_upper = ${upper} ${said}`,
    );
  const [rows, columns] = [2, 3].map((input) => numbers(c, input)?.[0] ?? null);
  return [[...x.dims.slice(0, count > 1 ? -2 : -1), ...sides(x.at(-1), band, rows, columns)]];
}
/** The sides of matrices with diagonals of this length: what they are said to be, -1 for the least that holds these. */
function sides(length: Dim, [lower, upper]: Band, rows: Dim, columns: Dim): Dim[] {
  const known = (n: Dim): Dim => (n === -1 ? null : n);
  if (length === null || rows === null || columns === null) return [known(rows), known(columns)];
  const [least, leastColumns] = [length - Math.min(upper, 0), length + Math.max(lower, 0)];
  if (rows === -1 && columns === -1) return new Array<Dim>(2).fill(Math.max(least, leastColumns));
  if (rows !== -1 && rows < least) throw new ShapeError('num_rows is too small');
  if (columns !== -1 && columns < leastColumns) throw new ShapeError('num_cols is too small.');
  const made = [rows === -1 ? least : rows, columns === -1 ? leastColumns : columns];
  if (made[0] !== least && made[1] !== leastColumns)
    throw new ShapeError(
      'num_rows and num_cols are not consistent with lower_diag_index, upper_diag_index, and the length of the ' +
        'given diagonals.\n' +
        `num_rows = ${rows} != min_num_rows = ${least}, num_cols = ${columns} != min_num_cols = ${leastColumns}`,
    );
  return made;
}
function setShape(c: ShapeContext): [TensorShape] {
  const x = withRankAtLeast(c, 0, 2);
  const diagonal = withRankAtLeast(c, 1, 1);
  withRankAtMost(c, 2, 1);
  const band = x.fullDims ? bandOf(c, 2) : null;
  if (x.dims) {
    const rank = x.dims.length;
    if (!band) {
      withRankAtLeast(c, 1, rank - 1);
      withRankAtMost(c, 1, rank);
    } else {
      withRank(c, 1, band[0] === band[1] ? rank - 1 : rank);
      checkBounds(band, x);
      checkOrder(band);
    }
  }
  if (!diagonal.dims || x.fullDims || !x.dims) return [x];
  const batch = diagonal.dims.slice(0, x.dims.length - 2);
  return [mergeShapes(x, new TensorShape([...batch, null, null]))];
}
