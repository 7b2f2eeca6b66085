/** The largest elements of each row, and whether a class is among them. */
import { type Cells, asNumbers, asOrdered } from '../../base/elements';
import { type TypedArray, int32, bool, zerosOf } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTable, type HostTensor, type KernelNode, attr, host, invalid } from '../kernel';
import { asCompared, withShortFloats } from './operands';

function topK(input: HostTensor, k: number): readonly HostTensor[] {
  if (k < 0) return invalid(`Need k >= 0, got ${k}`);
  if (!input.shape.length) return invalid(`input must be >= 1-D, got shape ${cShape(input.shape)}`);
  const columns = input.shape[input.shape.length - 1];
  if (columns < k) return invalid(`input must have at least k columns. Had ${columns}, needed ${k}`);
  const lead = input.shape.slice(0, -1);
  const rows = sizeOf(lead);
  const values = asOrdered(zerosOf(input.dtype, rows * k));
  const indices = new Int32Array(rows * k);
  const [x, given] = [asOrdered(asCompared(input)), asOrdered(input.data)];
  const y: Cells = values;
  for (let i = 0; i < rows; i++) {
    selectRow(x, i * columns, columns, k, indices, i * k);
    for (let j = i * k; j < (i + 1) * k; j++) y[j] = given[i * columns + indices[j]];
  }
  return [host(input.dtype, [...lead, k], values), host(int32, [...lead, k], indices)];
}
/** NaN stands below every number. */
function isAbove(a: number | bigint, b: number | bigint): boolean {
  return a > b || (b !== b && a === a);
}
/** Writes the positions of the k largest, largest first; of equal ones the earlier wins. */
function selectRow(x: TypedArray, from: number, columns: number, k: number, out: Int32Array, at: number): void {
  if (k > 16) {
    const order = Array.from({ length: columns }, (_, j) => j);
    order.sort((a, b) => (isAbove(x[from + b], x[from + a]) ? 1 : isAbove(x[from + a], x[from + b]) ? -1 : a - b));
    for (let j = 0; j < k; j++) out[at + j] = order[j];
    return;
  }
  // For few: insertion into the sorted list of the best so far.
  let found = 0;
  for (let j = 0; j < columns && k > 0; j++) {
    const v = x[from + j];
    if (found === k && !isAbove(v, x[from + out[at + k - 1]])) continue;
    let p = found < k ? found++ : k - 1;
    for (; p > 0 && isAbove(v, x[from + out[at + p - 1]]); p--) out[at + p] = out[at + p - 1];
    out[at + p] = j;
  }
}

/** Whether each target's prediction is finite and fewer than k others are above it. */
function inTopK(predictions: HostTensor, targets: HostTensor, k: number): HostTensor {
  if (predictions.shape.length !== 2) return invalid('predictions must be 2-dimensional');
  if (targets.shape.length !== 1) return invalid('targets must be 1-dimensional');
  const [rows, classes] = predictions.shape;
  if (targets.shape[0] !== rows)
    return invalid(`First dimension of predictions ${rows} must match length of targets ${targets.shape[0]}`);
  const out = new Uint8Array(rows);
  const x = asNumbers(predictions.data);
  for (let i = 0; i < rows; i++) {
    const target = Number(targets.data[i]);
    if (target < 0 || target >= classes || !Number.isFinite(x[i * classes + target])) continue;
    const mine = x[i * classes + target];
    let above = 0;
    for (let j = i * classes; j < (i + 1) * classes && above < k; j++) {
      if (!Number.isFinite(x[j])) above = Infinity;
      else if (x[j] > mine) above++;
    }
    out[i] = above < k ? 1 : 0;
  }
  return host(bool, [rows], out);
}

/** The n-th smallest, or largest, of each row. */
const nth: HostKernel = ([input, count], node) => {
  if (count.shape.length) return invalid(`N must be scalar, got shape ${cShape(count.shape)}`);
  const n = Number(count.data[0]);
  if (n < 0) return invalid(`Need n >= 0, got ${n}`);
  if (!input.shape.length) return invalid('Input must be >= 1-D, got shape []');
  const columns = input.shape[input.shape.length - 1];
  if (columns <= n) return invalid('Input must have at least n+1 columns');
  const lead = input.shape.slice(0, -1);
  const out = asOrdered(zerosOf(input.dtype, sizeOf(lead)));
  const [x, y]: [TypedArray, Cells] = [asOrdered(input.data), out];
  const place = attr(node, 'reverse', 'bool') ? columns - 1 - n : n;
  for (let i = 0; i < out.length; i++) y[i] = x.slice(i * columns, (i + 1) * columns).sort()[place];
  return host(input.dtype, lead, out);
};
const countOf = (node: KernelNode): number => attr(node, 'k');
const topKV2: HostKernel = ([input, k]) => {
  if (k.shape.length) return invalid(`k must be scalar, got shape ${cShape(k.shape)}`);
  return topK(input, Number(k.data[0]));
};
const inTopKV2: HostKernel = ([predictions, targets, k]) => {
  if (k.shape.length) return invalid(`k must be 0-D, got shape ${cShape(k.shape)}`);
  return inTopK(predictions, targets, Number(k.data[0]));
};
export const TOP_K_KERNELS: HostTable = withShortFloats({
  TopK: { run: ([input], node) => topK(input, countOf(node)), cost: 5 },
  TopKV2: { run: topKV2, cost: 5 },
  NthElement: { run: nth, cost: 20, only: true },
  InTopK: { run: ([predictions, targets], node) => inTopK(predictions, targets, countOf(node)), cost: 2 },
  InTopKV2: { run: inTopKV2, cost: 2 },
});
