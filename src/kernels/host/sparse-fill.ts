/** Sparse tensors whose empty rows are filled, on the host. */
import { asLongs, asNumbers } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { bool, int64 } from '../../base/dtype';
import { cShape } from '../../base/shape';
import { type Checked, type HostKernel, type HostTable, hostZeros, invalid } from '../kernel';
import { indexData } from './gather';
import { unlikeRows } from './operands';
import { adding } from './scatter';
import { isMatrix, isVector, longsOf, sizesOf } from './sparse-entries';

type Shaped = Pick<Checked, 'shape'>;
function checkFill([indices, values, shape, otherwise]: readonly Shaped[]): void {
  if (!isVector(shape)) invalid(`dense_shape must be a vector, saw: ${cShape(shape.shape)}`);
  if (!isMatrix(indices)) invalid(`indices must be a matrix, saw: ${cShape(indices.shape)}`);
  if (!isVector(values)) invalid(`values must be a vector, saw: ${cShape(values.shape)}`);
  if (otherwise.shape.length) invalid(`default_value must be a scalar, saw: ${cShape(otherwise.shape)}`);
  if (!shape.shape[0]) invalid('Dense shape cannot be empty.');
  if (indices.shape[0] !== values.shape[0]) unlikeRows(indices, values);
  if (!indices.shape[1]) invalid(`indices must be a matrix, saw: ${cShape(indices.shape)}`);
}
const fill: HostKernel = ([indices, values, shape, otherwise]) => {
  const [rows] = sizesOf(shape);
  const [count, rank] = indices.shape;
  const at = indexData(indices);
  if (!rows && count) return invalid(`Received SparseTensor with dense_shape[0] = 0 but indices.shape[0] = ${count}`);
  const held = new Float64Array(rows);
  for (let i = 0; i < count; i++) {
    const row = at[i * rank];
    if (!(row >= 0 && row < rows)) return invalid(`indices(${i}, 0) is invalid: ${row} >= ${rows}`);
    held[row]++;
  }
  const isEmpty = hostZeros(bool, [rows]);
  // Where the next entry of each row goes.
  const next = new Float64Array(rows);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    next[row] = total;
    if (!held[row]) asNumbers(isEmpty.data)[row] = 1;
    total += held[row] || 1;
  }
  const [places, filled] = [hostZeros(int64, [total, rank]), hostZeros(values.dtype, [total])];
  const unit = slots(values);
  for (let row = 0; row < rows; row++)
    if (!held[row]) {
      asLongs(places.data)[next[row] * rank] = BigInt(row);
      copyRun(otherwise.data, 0, filled.data, next[row] * unit, unit);
    }
  const reverse = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const to = next[at[i * rank]]++;
    copyRun(indices.data, i * rank, places.data, to * rank, rank);
    copyRun(values.data, i * unit, filled.data, to * unit, unit);
    reverse[i] = to;
  }
  return [places, filled, isEmpty, longsOf(reverse, [count])];
};
const fillGrad: HostKernel = ([map, grad]) => {
  const [count] = map.shape;
  const [total] = grad.shape;
  const at = indexData(map);
  const unit = slots(grad);
  const picked = hostZeros(grad.dtype, [count]);
  const seen = new Uint8Array(total);
  for (let i = 0; i < count; i++) {
    if (!(at[i] >= 0 && at[i] < total))
      return invalid(`Elements in reverse index must be in [0, ${total}) but got ${at[i]}`);
    copyRun(grad.data, at[i] * unit, picked.data, i * unit, unit);
    seen[at[i]] = 1;
  }
  const rest = hostZeros(grad.dtype, []);
  const add = adding(grad)(rest.data, grad.data);
  for (let i = 0; i < total; i++) if (!seen[i]) add(0, i * unit, unit);
  return [picked, rest];
};

/** Nanoseconds per element of the places: they are read one by one. */
const COST = 4;

export const SPARSE_FILL_KERNELS: HostTable = {
  SparseFillEmptyRows: { run: fill, check: checkFill, cost: COST },
  SparseFillEmptyRowsGrad: {
    run: fillGrad,
    check([map, grad]) {
      if (!isVector(map)) invalid(`reverse_index_map must be a vector, saw: ${cShape(map.shape)}`);
      if (!isVector(grad)) invalid(`grad_values must be a vector, saw: ${cShape(grad.shape)}`);
    },
    cost: COST,
  },
};
