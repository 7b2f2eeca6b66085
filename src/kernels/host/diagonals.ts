/** Several diagonals of matrices at once, on the host. */
import { copyRun, slots } from '../../base/box';
import { cShape, sameShape, sizeOf } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostTable,
  type HostTensor,
  type KernelNode,
  attr,
  hostZeros,
  invalid,
} from '../kernel';

/** The lowest and the highest of some diagonals. */
type Band = readonly [lower: number, upper: number];

function bandOf({ shape, data }: Checked): Band {
  if (shape.length > 1) return invalid(`diag_index must be a scalar or vector, received shape: ${cShape(shape)}`);
  const count = sizeOf(shape);
  if (count < 1 || count > 2)
    return invalid(`diag_index must have only one or two elements, received ${count} elements.`);
  return data ? [Number(data[0]), Number(data[count - 1])] : [0, 0];
}
function checkOrder([lower, upper]: Band): void {
  if (lower > upper) invalid(`lower_diag_index must not be larger than upper_diag_index: ${lower} > ${upper}`);
}
/** Whether these are diagonals of matrices of this shape. `stop` ends the first sentence in one of two kernels. */
function checkBounds(shape: readonly number[], band: Band, stop: string): void {
  if (shape.length < 2) return invalid(`input must be at least 2-dim, received shape: ${cShape(shape)}`);
  const [rows, columns] = shape.slice(-2);
  band.forEach((index, i) => {
    if (index !== 0 && (index <= -rows || index >= columns))
      invalid(
        `${i ? 'upper' : 'lower'}_diag_index is out of bound: ${index}${i ? '' : stop} ` +
          `It must be between ${-rows} and ${columns}`,
      );
  });
  checkOrder(band);
}
function checkScalar({ shape }: Checked, name: string): void {
  if (shape.length) invalid(`${name} must be a scalar, received shape: ${cShape(shape)}`);
}
/** How long the longest of the diagonals is. */
function longest(rows: number, columns: number, [lower, upper]: Band): number {
  return Math.min(rows + Math.min(upper, 0), columns - Math.max(lower, 0));
}
/** The shape of diagonals of matrices of some shape. */
function partOf(shape: readonly number[], band: Band): number[] {
  const [rows, columns] = shape.slice(-2);
  const count = band[1] - band[0] + 1;
  return [...shape.slice(0, -2), ...(count > 1 ? [count] : []), longest(rows, columns, band)];
}
/** The sides of the matrices, from the inputs of MatrixDiagV3. */
function sidesOf([x, k, rows, columns]: readonly Checked[]): [number, number] {
  const { shape } = x;
  const [lower, upper] = bandOf(k);
  if (shape.length < 1) return invalid(`diagonal must be at least 1-dim, received shape: ${cShape(shape)}`);
  checkOrder([lower, upper]);
  if (lower < upper && shape[shape.length - 2] !== upper - lower + 1)
    invalid(
      'The number of diagonals provided in the input does not match the lower_diag_index and upper_diag_index range.',
    );
  const length = shape[shape.length - 1];
  const [least, leastColumns] = [length - Math.min(upper, 0), length + Math.max(lower, 0)];
  const [said, saidColumns] = [rows, columns].map(({ data }) => Number(data?.[0] ?? -1));
  if (said !== -1 && said < least) invalid('The number of rows is too small.');
  if (saidColumns !== -1 && saidColumns < leastColumns) invalid('The number of columns is too small.');
  if (said === -1 && saidColumns === -1) return [Math.max(least, leastColumns), Math.max(least, leastColumns)];
  const made: [number, number] = [said === -1 ? least : said, saidColumns === -1 ? leastColumns : saidColumns];
  if (made[0] !== least && made[1] !== leastColumns)
    invalid('The number of rows or columns is not consistent with the specified d_lower, d_upper, and diagonal.');
  return made;
}
function checkMatrix(inputs: readonly Checked[]): void {
  sidesOf(inputs);
  ['num_rows', 'num_cols', 'padding_value'].forEach((name, i) => checkScalar(inputs[i + 2], name));
}
function checkPart([x, k, padding]: readonly Checked[]): void {
  checkBounds(x.shape, bandOf(k), '.');
  checkScalar(padding, 'padding_value');
}
function checkSet([x, diagonal, k]: readonly Checked[]): void {
  const band = bandOf(k);
  const { shape } = diagonal;
  if (x.shape.length < 2) invalid(`input must be at least 2-dim, received shape: ${cShape(x.shape)}`);
  if (shape.length < 1) invalid(`diagonal must be at least 1-dim, received shape: ${cShape(shape)}`);
  checkBounds(x.shape, band, '');
  const count = band[1] - band[0] + 1;
  if (count > 1 && shape[x.shape.length - 2] !== count)
    invalid(
      'The number of diagonals provided in `diag` is not consistent with `lower_diag_index` and `upper_diag_index`',
    );
  const wanted = partOf(x.shape, band);
  if (!sameShape(shape, wanted))
    invalid(
      "Either first dimensions of diagonal don't match input.shape[:-2], or diagonal.shape[:-1] is not equal to the " +
        'longests diagonal in range [lower_diag_index:upper_diag_index].\n' +
        `Input shape: ${cShape(x.shape)}\nDiagonal shape: ${cShape(shape)}\nExpected diagonal shape: ${cShape(wanted)}`,
    );
}

/**
 * Goes through the diagonals, the highest first: where each begins in its row of `longest`, where in a matrix of these
 * sides, and how many elements it has. The attribute says to which end those above the main one are aligned, and those
 * below.
 */
function eachDiagonal(
  [rows, columns]: readonly number[],
  [lower, upper]: Band,
  node: KernelNode,
  use: (start: number, at: number, size: number) => void,
): void {
  const [above, below] = attr(node, 'align', 'string').split('_');
  const most = longest(rows, columns, [lower, upper]);
  for (let index = upper; index >= lower; index--) {
    const size = Math.max(0, longest(rows, columns, [index, index]));
    const isLeft = (index >= 0 && above === 'LEFT') || (index <= 0 && below === 'LEFT');
    const start = (upper - index) * most + (isLeft ? 0 : most - size);
    use(start, index >= 0 ? index : -index * columns, size);
  }
}
function filled(dtype: HostTensor['dtype'], shape: number[], value: HostTensor): HostTensor {
  const out = hostZeros(dtype, shape);
  const width = slots(out);
  for (let i = 0; i < out.data.length; i += width) copyRun(value.data, 0, out.data, i, width);
  return out;
}
/** Copies diagonals out of matrices, or into them. */
function copyBand(
  diagonals: HostTensor,
  matrices: HostTensor,
  band: Band,
  node: KernelNode,
  isOut: boolean,
): HostTensor {
  const sides = matrices.shape.slice(-2);
  const width = slots(matrices);
  const area = sides[0] * sides[1];
  const each = (band[1] - band[0] + 1) * longest(sides[0], sides[1], band);
  const [from, to] = isOut ? [matrices, diagonals] : [diagonals, matrices];
  for (let m = 0; m < sizeOf(matrices.shape.slice(0, -2)); m++)
    eachDiagonal(sides, band, node, (start, at, size) => {
      for (let i = 0; i < size; i++) {
        const places = [m * each + start + i, m * area + at + i * (sides[1] + 1)];
        copyRun(from.data, places[isOut ? 1 : 0] * width, to.data, places[isOut ? 0 : 1] * width, width);
      }
    });
  return isOut ? diagonals : matrices;
}
const diag: HostKernel = (inputs, node) => {
  const [x, k, , , padding] = inputs;
  const band = bandOf(k);
  const batch = x.shape.slice(0, band[0] < band[1] ? -2 : -1);
  return copyBand(x, filled(x.dtype, [...batch, ...sidesOf(inputs)], padding), band, node, false);
};
const part: HostKernel = ([x, k, padding], node) => {
  const band = bandOf(k);
  return copyBand(filled(x.dtype, partOf(x.shape, band), padding), x, band, node, true);
};
const set: HostKernel = ([x, diagonal, k], node) =>
  copyBand(diagonal, { ...x, data: x.data.slice() }, bandOf(k), node, false);

export const DIAGONALS_KERNELS: HostTable = {
  MatrixDiagV3: { run: diag, check: checkMatrix, elements: [1, 2, 3] },
  MatrixDiagPartV3: { run: part, check: checkPart, elements: [1] },
  MatrixSetDiagV3: { run: set, check: checkSet, elements: [2] },
};
