/** Sparse tensors under other shapes, joined, and added to dense ones, on the host. */
import { copyRun, slots } from '../../base/box';
import { int64, zerosOf } from '../../base/dtype';
import { cShape, sizeOf, stridesOf } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, attr, host, invalid, numbers } from '../kernel';
import { unlikeRows } from './operands';
import { adding } from './scatter';

function longs(values: readonly number[], shape: readonly number[]): HostTensor {
  return host(int64, shape, BigInt64Array.from(values, BigInt));
}
function reshape([indices, from, to]: readonly HostTensor[]): HostTensor[] {
  if (indices.shape.length !== 2)
    invalid(`Input indices should be a matrix but received shape ${cShape(indices.shape)}`);
  if (from.shape.length !== 1) invalid(`Input shape should be a vector but received shape ${cShape(from.shape)}`);
  if (to.shape.length !== 1) invalid(`Target shape should be a vector but received shape ${cShape(to.shape)}`);
  const dims = numbers(from);
  const shape = filledShape(dims, numbers(to));
  const [rows, rank] = indices.shape;
  if (rank !== dims.length) invalid(`Input tensor rank ${dims.length} does not match the indices' ${rank}`);
  const [before, after] = [stridesOf(dims), stridesOf(shape)];
  const at = numbers(indices);
  const moved: number[] = [];
  for (let row = 0; row < rows; row++) {
    let place = 0;
    for (let d = 0; d < rank; d++) place += at[row * rank + d] * before[d];
    for (const stride of after) {
      moved.push(Math.floor(place / stride));
      place %= stride;
    }
  }
  return [longs(moved, [rows, shape.length]), longs(shape, [shape.length])];
}
/** The shape that is asked for, with its -1 filled in. */
function filledShape(dims: readonly number[], wanted: readonly number[]): number[] {
  const size = sizeOf(dims);
  const open = wanted.indexOf(-1);
  if (wanted.indexOf(-1, open + 1) > open && open >= 0)
    invalid(`only one output dimension may be -1, not both ${open} and ${wanted.indexOf(-1, open + 1)}`);
  const negative = wanted.findIndex((d) => d < -1);
  if (negative >= 0) invalid(`size ${negative} must be non-negative, not ${wanted[negative]}`);
  const shape = [...wanted];
  if (open >= 0) {
    const rest = wanted.reduce((product, d) => (d < 0 ? product : product * d), 1);
    if (!rest)
      invalid(
        'reshape cannot infer the missing input size for an empty tensor unless all specified ' +
          'input sizes are non-zero',
      );
    if (size % rest)
      invalid(
        `Input to reshape is a SparseTensor with ${size} dense values, but the requested shape requires a ` +
          `multiple of ${rest}. input_shape=${cShape(dims)} output_shape=${cShape(wanted.map((d) => Math.abs(d)))}`,
      );
    shape[open] = size / rest;
  }
  if (sizeOf(shape) !== size)
    invalid(
      `Input to reshape is a tensor with ${size} dense values, but the requested shape has ${sizeOf(shape)}. ` +
        `input_shape=${cShape(dims)} output_shape=${cShape(shape)}`,
    );
  return shape;
}

function concat(inputs: readonly HostTensor[], node: KernelNode): HostTensor[] {
  const n = attr(node, 'N');
  const [indices, values, shapes] = [0, 1, 2].map((k) => inputs.slice(k * n, (k + 1) * n));
  for (const [parts, rank, name] of [
    [indices, 2, 'indices should be a matrix'],
    [values, 1, 'values should be a vector'],
    [shapes, 1, 'shapes should be a vector'],
  ] as const)
    parts.forEach(({ shape }, i) => {
      if (shape.length !== rank) invalid(`Input ${name} but received shape ${cShape(shape)} at position ${i}`);
    });
  indices.forEach((each, i) => {
    if (each.shape[0] !== values[i].shape[0]) unlikeRows(each, values[i]);
  });
  const dims = shapes.map(numbers);
  const rank = dims[0].length;
  const axis = attr(node, 'concat_dim', 'int');
  const at = axis < 0 ? axis + rank : axis;
  if (at < 0 || at >= rank) invalid(`Concat dimension must be in range [${-rank}, ${rank}), got ${axis}`);
  const total = [...dims[0]];
  const rows: { readonly index: number[]; readonly from: HostTensor; readonly at: number }[] = [];
  let offset = 0;
  dims.forEach((each, k) => {
    if (each.length !== rank)
      invalid(`Ranks of all input tensors must match: expected ${rank} but got ${each.length} at position ${k}`);
    each.forEach((d, i) => {
      if (i !== at && d !== total[i])
        invalid(`Input shapes must match: expected ${total[i]} for dimension ${i} but got ${d} at position ${k}`);
    });
    const places = numbers(indices[k]);
    for (let row = 0; row < indices[k].shape[0]; row++) {
      const index = places.slice(row * rank, (row + 1) * rank);
      index[at] += offset;
      rows.push({ index, from: values[k], at: row });
    }
    offset += each[at];
  });
  total[at] = offset;
  // By their places, as rows are read: the sort keeps the order of equals.
  rows.sort((a, b) => {
    const d = a.index.findIndex((i, k) => i !== b.index[k]);
    return d < 0 ? 0 : a.index[d] - b.index[d];
  });
  const { dtype } = values[0];
  const unit = slots(values[0]);
  const out = zerosOf(dtype, rows.length * unit);
  rows.forEach((row, i) => copyRun(row.from.data, row.at * unit, out, i * unit, unit));
  return [
    longs(
      rows.flatMap(({ index }) => index),
      [rows.length, rank],
    ),
    host(dtype, [rows.length], out),
    longs(total, [rank]),
  ];
}

function addDense([indices, values, shape, dense]: readonly HostTensor[]): HostTensor {
  if (indices.shape.length !== 2)
    invalid(`Input a_indices should be a matrix but received shape: ${cShape(indices.shape)}`);
  if (values.shape.length !== 1 || shape.shape.length !== 1)
    invalid(
      `Inputs a_values and a_shape should be vectors but received shapes: ${cShape(values.shape)} and ` +
        cShape(shape.shape),
    );
  const dims = numbers(shape);
  if (dims.length !== dense.shape.length)
    invalid(`Two operands have different ranks; received: ${dims.length} and ${dense.shape.length}`);
  dims.forEach((d, i) => {
    if (d !== dense.shape[i])
      invalid(
        `Dimension ${i} does not equal (no broadcasting is supported): sparse side ${d} vs dense side ` +
          dense.shape[i],
      );
  });
  if (!dims.length || dims.length > 5)
    invalid(`Only tensors with ranks between 1 and 5 are currently supported.  Tensor rank: ${dims.length}`);
  const out = { ...dense, data: dense.data.slice() };
  const strides = stridesOf(dims);
  const at = numbers(indices);
  const rank = dims.length;
  const unit = slots(dense);
  const add = adding(dense)(out.data, values.data);
  for (let row = 0; row < indices.shape[0]; row++) {
    let place = 0;
    for (let d = 0; d < rank; d++) {
      const i = at[row * rank + d];
      if (i < 0 || i >= dims[d])
        invalid(`Sparse tensor has some invalid index on dimension ${d}; dense tensor shape: ${cShape(dense.shape)}`);
      place += i * strides[d];
    }
    add(place * unit, row * unit, unit);
  }
  return out;
}

/** @throws KernelError  for places out of order, twice there, or outside the shape */
export function checkPlaces(at: readonly number[], rows: number, dims: readonly number[]): void {
  const rank = dims.length;
  for (let row = 0; row < rows; row++) {
    const index = at.slice(row * rank, (row + 1) * rank);
    const said = `indices[${row}] = [${index.join(',')}]`;
    const moved = row ? index.findIndex((i, d) => i !== at[(row - 1) * rank + d]) : 0;
    if (index.some((i, d) => i < 0 || i >= dims[d]))
      invalid(`${said} is out of bounds: need 0 <= index < [${dims.join(',')}]`);
    if (moved < 0) invalid(`${said} is repeated`);
    if (row && index[moved] < at[(row - 1) * rank + moved])
      invalid(`${said} is out of order. Many sparse ops require sorted indices.`);
  }
}
function toDense([indices, shape, values, otherwise]: readonly HostTensor[], node: KernelNode): HostTensor {
  if (indices.shape.length > 2)
    invalid(`sparse_indices should be a scalar, vector, or matrix, got shape ${cShape(indices.shape)}`);
  const [rows, rank] = [indices.shape[0] ?? 1, indices.shape[1] ?? 1];
  if (shape.shape.length !== 1) invalid(`output_shape should be a vector, got shape ${cShape(shape.shape)}`);
  const dims = numbers(shape);
  if (dims.length !== rank) invalid(`output_shape has incorrect number of elements: ${dims.length} should be: ${rank}`);
  if (values.shape.length > 1 || (values.shape.length === 1 && values.shape[0] !== rows))
    invalid(`sparse_values has incorrect shape ${cShape(values.shape)}, should be [] or [${rows}]`);
  if (otherwise.shape.length) invalid('default_value should be a scalar.');
  const negative = dims.find((d) => d < 0);
  if (negative !== undefined) invalid(`Dimension ${negative} must be >= 0`);
  const at = numbers(indices);
  if (attr(node, 'validate_indices', 'bool')) checkPlaces(at, rows, dims);
  const unit = slots(values);
  const size = sizeOf(dims);
  const out = zerosOf(values.dtype, size, dims);
  for (let i = 0; i < size; i++) copyRun(otherwise.data, 0, out, i * unit, unit);
  const strides = stridesOf(dims);
  const many = values.shape.length > 0;
  for (let row = 0; row < rows; row++) {
    let place = 0;
    for (let d = 0; d < rank; d++) {
      const i = at[row * rank + d];
      if (i < 0 || i >= dims[d]) invalid(`Indices are not valid (out of bounds).  Shape: ${cShape(dims)}`);
      place += i * strides[d];
    }
    copyRun(values.data, many ? row * unit : 0, out, place * unit, unit);
  }
  return host(values.dtype, dims, out);
}

export const SPARSE_KERNELS: HostTable = {
  SparseToDense: { run: toDense, cost: 10, only: true },
  SparseReshape: { run: reshape, cost: 30, only: true },
  SparseConcat: { run: concat, cost: 100, only: true },
  SparseTensorDenseAdd: { run: addDense, cost: 10, only: true },
};
