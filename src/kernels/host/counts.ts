/** Counts of integers by row, on the host. */
import { asLongs, asNumbers } from '../../base/elements';
import { type Data, isBig } from '../../base/dtype';
import { cShape, sameShape } from '../../base/shape';
import { type Checked, type HostKernel, type HostTable, attr, hostZeros, invalid } from '../kernel';
import { indexData } from './gather';
import { withShortFloats } from './operands';

function checkCounts([x, size, weights]: readonly Checked[]): void {
  if (x.shape.length > 2) invalid(`Shape must be at most rank 2 but is rank ${x.shape.length}`);
  if (size.shape.length) invalid(`Shape must be rank 0 but is rank ${size.shape.length}`);
  const isNone = weights.shape.length > 0 && weights.shape.includes(0);
  if (!isNone && !sameShape(x.shape, weights.shape))
    invalid(
      '`weights` must be the same shape as `arr` or a length-0 `Tensor`, in which case it acts as all weights equal ' +
        `to 1. Received ${cShape(weights.shape)}`,
    );
  const bins = Number(size.data?.[0] ?? 0);
  if (bins < 0) invalid(`size (${bins}) must be non-negative`);
}
const counts: HostKernel = ([x, size, weights], node) => {
  const bins = Number(size.data[0]);
  const found = indexData(x);
  const columns = x.shape[x.shape.length - 1] ?? 1;
  const out = hostZeros(weights.dtype, [...x.shape.slice(0, -1), bins]);
  const add = adding(out.data, weights.data, attr(node, 'binary_output', 'bool'));
  for (let i = 0; i < found.length; i++) {
    if (found[i] < 0)
      invalid(
        x.shape.length < 2
          ? 'Input arr must be non-negative!'
          : `Input 'in' must be non-negative! Negative input value found: ${found[i]}`,
      );
    if (found[i] < bins) add(Math.floor(i / columns) * bins + found[i], i);
  }
  return out;
};
type Add = (at: number, from: number) => void;
/** Adds a weight to a sum, or one where there are none; `isBinary` leaves it at one. */
function adding(sums: Data, weights: Data, isBinary: boolean): Add {
  if (isBig(sums)) {
    const each = asLongs(weights);
    if (isBinary) return (at) => (sums[at] = 1n);
    return each.length ? (at, from) => (sums[at] += each[from]) : (at) => sums[at]++;
  }
  const [numbers, each] = [asNumbers(sums), asNumbers(weights)];
  if (isBinary) return (at) => (numbers[at] = 1);
  return each.length ? (at, from) => (numbers[at] += each[from]) : (at) => numbers[at]++;
}

export const COUNTS_KERNELS: HostTable = withShortFloats({
  DenseBincount: { run: counts, check: checkCounts, elements: [1] },
});
