/** Sparse tensors with dense ones: products of matrices, and element by element, on the host. */
import { asFloats, asLongs, asNumbers } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { type Data, isBig } from '../../base/dtype';
import { halfReader, halfWriter, isHalf } from '../../base/half';
import { cShape } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  type Sized,
  attr,
  hostZeros,
  invalid,
} from '../kernel';
import { conjugated } from './complex';
import { indexData } from './gather';
import { unlikeRows, withZeros } from './operands';
import { computed, isMatrix, isVector, placeIn, sizesOf } from './sparse-entries';

// --- products of matrices -----------------------------------------------------------------------------

function checkProduct([indices, values, shape, b]: readonly Checked[], node: KernelNode): void {
  if (!isMatrix(b)) invalid("Tensor 'b' is not a matrix");
  if (!isVector(shape)) invalid("Tensor 'a_shape' is not a vector");
  if (shape.shape[0] !== 2) invalid("Tensor 'a_shape' must have 2 elements");
  if (!isVector(values)) invalid("Tensor 'a_values' is not a vector");
  if (!isMatrix(indices)) invalid("Tensor 'a_indices' is not a matrix");
  if (indices.shape[0] !== values.shape[0])
    invalid('Number of rows of a_indices does not match number of entries in a_values');
  if (indices.shape[1] !== 2) invalid('Number of columns of a_indices does not match number of entries in a_shape');
  if (!shape.data) return;
  const [rows, columns] = [Number(shape.data[0]), Number(shape.data[1])];
  const left = attr(node, 'adjoint_a', 'bool') ? rows : columns;
  const right = b.shape[attr(node, 'adjoint_b', 'bool') ? 1 : 0];
  if (left !== right)
    invalid(
      `Cannot multiply A and B because inner dimension does not match: ${left} vs. ${right}.  Did you forget a ` +
        `transpose?  Dimensions of A: [${rows}, ${columns}).  Dimensions of B: ${cShape(b.shape)}`,
    );
  for (const d of [rows, columns]) if (d < 0) invalid(`Dimension ${d} must be >= 0`);
}
/** Made for three arrays: out[to + i] += a[at] · b[from + i] for i below n. */
type Multiply = (out: Data, a: Data, b: Data) => (to: number, at: number, from: number, n: number) => void;
const ofNumbers: Multiply = (out, left, right) => {
  const [y, a, b] = [asNumbers(out), asNumbers(left), asNumbers(right)];
  if (y instanceof Float64Array)
    return (to, at, from, n) => {
      for (let i = 0, x = a[at]; i < n; i++) y[to + i] += x * b[from + i];
    };
  if (y instanceof Float32Array)
    return (to, at, from, n) => {
      for (let i = 0, x = a[at]; i < n; i++) y[to + i] += Math.fround(x * b[from + i]);
    };
  return (to, at, from, n) => {
    for (let i = 0, x = a[at]; i < n; i++) y[to + i] += Math.imul(x, b[from + i]);
  };
};
const ofLongs: Multiply = (out, left, right) => {
  const [y, a, b] = [asLongs(out), asLongs(left), asLongs(right)];
  return (to, at, from, n) => {
    for (let i = 0; i < n; i++) y[to + i] += a[at] * b[from + i];
  };
};
const ofComplex: Multiply = (out, left, right) => {
  const [y, a, b] = [asFloats(out), asFloats(left), asFloats(right)];
  return (to, at, from, n) => {
    const [re, im] = [a[2 * at], a[2 * at + 1]];
    for (let i = 0; i < 2 * n; i += 2) {
      const [c, d] = [b[2 * from + i], b[2 * from + i + 1]];
      y[2 * to + i] += re * c - im * d;
      y[2 * to + i + 1] += re * d + im * c;
    }
  };
};
/** Rounded at each step. */
const ofHalves =
  (dtype: HostTensor['dtype']): Multiply =>
  (out, left, right) => {
    const [y, a, b] = [asNumbers(out), asNumbers(left), asNumbers(right)];
    const [read, write] = [halfReader(dtype), halfWriter(dtype)];
    return (to, at, from, n) => {
      for (let i = 0, x = read(a[at]); i < n; i++)
        y[to + i] = write(Math.fround(read(y[to + i]) + read(write(Math.fround(x * read(b[from + i]))))));
    };
  };
function multiplying({ dtype, data }: HostTensor): Multiply {
  if (isHalf(dtype)) return ofHalves(dtype);
  return dtype.isComplex ? ofComplex : isBig(data) ? ofLongs : ofNumbers;
}
/** The other way round, and conjugated where it is complex. */
function adjoint(b: HostTensor): HostTensor {
  const [rows, columns] = b.shape;
  const from = b.dtype.isComplex ? conjugated(b) : b;
  const out = hostZeros(b.dtype, [columns, rows]);
  const unit = slots(b);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      copyRun(from.data, (i * columns + j) * unit, out.data, (j * rows + i) * unit, unit);
  return out;
}
const product: HostKernel = ([indices, values, shape, b], node) => {
  const isAdjoint = attr(node, 'adjoint_a', 'bool');
  const [row, column] = isAdjoint ? [1, 0] : [0, 1];
  const right = attr(node, 'adjoint_b', 'bool') ? adjoint(b) : b;
  const rows = Number(shape.data[row]);
  const [inner, n] = right.shape;
  const out = hostZeros(b.dtype, [rows, n]);
  if (!out.data.length || !values.data.length || !b.data.length) return out;
  const at = indexData(indices);
  const add = multiplying(b)(out.data, values.data, right.data);
  for (let i = 0; i < indices.shape[0]; i++) {
    const [m, k] = [at[2 * i + row], at[2 * i + column]];
    if (!(k >= 0 && k < inner)) return invalid(`k (${k}) from index[${i},${column}] out of bounds (>=${inner})`);
    if (!(m >= 0 && m < rows)) return invalid(`m (${m}) from index[${i},${row}] out of bounds (>=${rows})`);
    add(m * n, i, k * n, n);
  }
  return out;
};
const cost = ([indices, values, , b]: readonly Sized[], node: KernelNode): number =>
  values.size * (b.shape[attr(node, 'adjoint_b', 'bool') ? 0 : 1] ?? 1) * 1.2 + indices.size * 4;

// --- element by element -------------------------------------------------------------------------------

function checkTogether([indices, values, shape]: readonly Checked[]): void {
  if (!isMatrix(indices)) invalid(`Input sp_indices should be a matrix but received shape: ${cShape(indices.shape)}`);
  if (!isVector(values) || !isVector(shape))
    invalid(
      `Inputs sp_values and sp_shape should be vectors but received shapes: ${cShape(values.shape)} and ` +
        cShape(shape.shape),
    );
}
/** Whether a dense tensor of this shape broadcasts to a sparse one, and that to nothing. */
function broadcasts(dims: readonly number[], others: readonly number[]): boolean {
  if (others.length > dims.length) return false;
  return others.every((d, i) => {
    const e = dims[dims.length - others.length + i];
    return d === e || (e > d && d === 1) || (e === 1 && d === 0);
  });
}
/** The elements of a dense tensor that stand where a sparse one has its entries. */
function besides(indices: HostTensor, dims: readonly number[], dense: HostTensor): HostTensor {
  const rank = dims.length;
  const sizes = [...new Array<number>(rank - dense.shape.length).fill(1), ...dense.shape];
  const shape = sizes.map((d, i) => (d === 1 ? dims[i] : d));
  const [rows, columns] = indices.shape;
  if (columns !== rank) invalid('Order length must be SparseTensor rank.');
  const at = indexData(indices);
  // Along what is broadcast all elements are the first.
  const strides: number[] = [];
  for (let d = rank - 1, step = 1; d >= 0; step *= sizes[d--]) strides[d] = sizes[d] === 1 ? 0 : step;
  const out = hostZeros(dense.dtype, [rows]);
  const unit = slots(dense);
  for (let row = 0; row < rows; row++) {
    const place = placeIn(at, row, shape, strides);
    if (place < 0) invalid('Provided indices are out-of-bounds w.r.t. dense side with broadcasted shape');
    copyRun(dense.data, place * unit, out.data, row * unit, unit);
  }
  return out;
}
const together = (type: 'Add' | 'Mul' | 'Div'): HostKernelRow => ({
  run: ([indices, values, shape, dense], node) => {
    const dims = sizesOf(shape);
    if (!broadcasts(dims, dense.shape))
      invalid(
        'SparseDenseBinaryOpShared broadcasts dense to sparse only; got incompatible shapes: ' +
          `[${dims.join(',')}] vs. [${dense.shape.join(',')}]`,
      );
    if (!dims.length || dims.length > 5)
      invalid(`Only tensors with ranks between 1 and 5 are currently supported.  Tensor rank: ${dims.length}`);
    if (indices.shape[0] !== values.shape[0]) unlikeRows(indices, values);
    return computed(type, [values, besides(indices, dims, dense)], node);
  },
  check: checkTogether,
  cost: COST,
});

/** Nanoseconds per element of the places: they are read one by one. */
const COST = 4;

export const SPARSE_DENSE_KERNELS: HostTable = {
  ...withZeros({ SparseTensorDenseMatMul: { run: product, check: checkProduct, elements: [2], cost } }),
  SparseDenseCwiseAdd: together('Add'),
  SparseDenseCwiseMul: together('Mul'),
  SparseDenseCwiseDiv: together('Div'),
};
