/** Softmax and its cross-entropies in plain TypeScript. Rows are the last dimension. */
import { asFloats, asOrdered } from '../../base/elements';
import { type TypedArray, float32, zerosOf } from '../../base/dtype';
import { broadcast, cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTable, type HostTensor, type Sized, host, invalid } from '../kernel';
import { expOfNegative } from './fast-exp';
import { withShortFloats } from './operands';

type Floats = Float32Array | Float64Array;
interface Shaped {
  readonly shape: readonly number[];
}

/** Nanoseconds per element: an exponential and two passes. */
const COST = 8;

/** out = x − max of the row; returns Σ e^out. Sums are kept in double, so they round once. */
function shiftRow(x: Floats, out: Floats, from: number, columns: number, precise: boolean): number {
  let max = -Infinity;
  for (let j = from; j < from + columns; j++) if (x[j] > max) max = x[j];
  let sum = 0;
  for (let j = from; j < from + columns; j++) {
    const shifted = x[j] - max;
    out[j] = shifted;
    sum += precise ? Math.exp(shifted) : expOfNegative(shifted);
  }
  return sum;
}
function rowsOf(x: HostTensor): readonly [rows: number, columns: number] {
  const columns = x.shape[x.shape.length - 1];
  return [columns ? sizeOf(x.shape) / columns : 0, columns];
}

function mustHaveRows([x]: readonly Shaped[]): void {
  if (!x.shape.length) invalid(`logits must have >= 1 dimension, got ${cShape(x.shape)}`);
}

const softmax: HostKernel = ([logits]) => {
  const [rows, columns] = rowsOf(logits);
  const out = asFloats(zerosOf(logits.dtype, rows * columns));
  const x = asFloats(logits.data);
  const precise = logits.dtype !== float32;
  for (let i = 0; i < rows; i++) {
    const from = i * columns;
    let max = -Infinity;
    for (let j = from; j < from + columns; j++) if (x[j] > max) max = x[j];
    let sum = 0;
    for (let j = from; j < from + columns; j++) {
      const e = precise ? Math.exp(x[j] - max) : expOfNegative(x[j] - max);
      out[j] = e;
      sum += e;
    }
    const scale = 1 / sum;
    for (let j = from; j < from + columns; j++) out[j] *= scale;
  }
  return host(logits.dtype, logits.shape, out);
};

const logSoftmax: HostKernel = ([logits]) => {
  const [rows, columns] = rowsOf(logits);
  const out = asFloats(zerosOf(logits.dtype, rows * columns));
  for (let i = 0; i < rows; i++) {
    const log = Math.log(shiftRow(asFloats(logits.data), out, i * columns, columns, logits.dtype !== float32));
    for (let j = i * columns; j < (i + 1) * columns; j++) out[j] -= log;
  }
  return host(logits.dtype, logits.shape, out);
};

/** The element count of a row of the broadcast result, and how far an operand walks per row and per column. */
function steps(shape: readonly number[], out: readonly number[]): readonly [row: number, column: number] {
  const [r, c] = shape.length === 2 ? shape : [1, shape[0] ?? 1];
  return [r === 1 && out[0] !== 1 ? 0 : c, c === 1 && out[1] !== 1 ? 0 : 1];
}
/** An operand spread out to the result's shape. */
function spread(t: HostTensor, shape: readonly number[]): Floats {
  const [row, column] = steps(t.shape, shape);
  const x = asFloats(t.data);
  if (row === shape[1] && column === 1) return x;
  const out = asFloats(zerosOf(t.dtype, sizeOf(shape), shape));
  for (let i = 0, k = 0; i < shape[0]; i++) for (let j = 0; j < shape[1]; j++) out[k++] = x[i * row + j * column];
  return out;
}

/** loss = Σ labels · (log Σ e^z − z) and its derivative softmax − labels, with z = logits − max. */
const crossEntropy: HostKernel = ([logits, labels]) => {
  const shape = broadcast(logits.shape, labels.shape);
  if (!shape)
    return invalid(
      `logits and labels must be broadcastable: logits_size=${cShape(logits.shape)} ` +
        `labels_size=${cShape(labels.shape)}`,
    );
  if (shape.length !== 2)
    return invalid('logits and labels must be either 2-dimensional, or broadcasted to be 2-dimensional');
  const [rows, columns] = shape;
  const [x, y] = [spread(logits, shape), spread(labels, shape)];
  const loss = asFloats(zerosOf(logits.dtype, rows));
  const backprop = asFloats(zerosOf(logits.dtype, rows * columns));
  const precise = logits.dtype !== float32;
  for (let i = 0; i < rows; i++) {
    const from = i * columns;
    const to = from + columns;
    let max = -Infinity;
    for (let j = from; j < to; j++) if (x[j] > max) max = x[j];
    let sum = 0;
    for (let j = from; j < to; j++) {
      const e = precise ? Math.exp(x[j] - max) : expOfNegative(x[j] - max);
      backprop[j] = e;
      sum += e;
    }
    const log = Math.log(sum);
    const scale = 1 / sum;
    let total = 0;
    for (let j = from; j < to; j++) {
      const label = y[j];
      total += label * (log - (x[j] - max));
      backprop[j] = backprop[j] * scale - label;
    }
    loss[i] = total;
  }
  return [host(logits.dtype, [rows], loss), host(logits.dtype, shape, backprop)];
};

const sparseCrossEntropy: HostKernel = ([logits, labels]) => {
  if (logits.shape.length !== 2) return invalid(`logits must be 2-D, but got shape ${cShape(logits.shape)}`);
  if (labels.shape.length !== 1) return invalid(`labels must be 1-D, but got shape ${cShape(labels.shape)}`);
  const [rows, columns] = logits.shape;
  if (labels.shape[0] !== rows)
    return invalid(
      'logits and labels must have the same first dimension, got logits shape ' +
        `${cShape(logits.shape)} and labels shape ${cShape(labels.shape)}`,
    );
  if (columns < 1) return invalid(`Must have at least one class, but got logits shape ${cShape(logits.shape)}`);
  const y = asOrdered(labels.data);
  checkLabels(y, columns);
  const x = asFloats(logits.data);
  const loss = asFloats(zerosOf(logits.dtype, rows));
  const backprop = asFloats(zerosOf(logits.dtype, rows * columns));
  const precise = logits.dtype !== float32;
  for (let i = 0; i < rows; i++) {
    const from = i * columns;
    const sum = shiftRow(x, backprop, from, columns, precise);
    const label = from + Number(y[i]);
    loss[i] = Math.log(sum) - backprop[label];
    for (let j = from; j < from + columns; j++)
      backprop[j] = (precise ? Math.exp(backprop[j]) : expOfNegative(backprop[j])) / sum;
    backprop[label] -= 1;
  }
  return [host(logits.dtype, [rows], loss), host(logits.dtype, logits.shape, backprop)];
};
function checkLabels(labels: TypedArray, classes: number): void {
  let [low, high] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const label = Number(labels[i]);
    if (label < low) low = label;
    if (label > high) high = label;
  }
  if (low >= 0 && high < classes) return;
  invalid(
    `Received a label value of ${low < 0 ? low : high} which is outside the valid range of [0, ` +
      `${classes}).  Label values: ${labels.join(' ')}`,
    `labels are class indices from 0 to ${classes - 1}, as the logits have ${classes} columns; count ` +
      'from 0, or widen the last layer',
  );
}

const cost = ([x]: readonly Sized[]): number => x.size * COST;
export const SOFTMAX_KERNELS: HostTable = withShortFloats({
  Softmax: { run: softmax, check: mustHaveRows, cost },
  LogSoftmax: { run: logSoftmax, check: mustHaveRows, cost },
  SoftmaxCrossEntropyWithLogits: { run: crossEntropy, cost },
  SparseSoftmaxCrossEntropyWithLogits: { run: sparseCrossEntropy, cost },
});
