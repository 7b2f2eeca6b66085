/** Running sums and products along a dimension, in plain TypeScript. */
import { asFloats, asLongs, asNumbers } from '../../base/elements';
import { isBig, zerosOf } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostKernelRow, type HostTable, attr, host, invalid } from '../kernel';
import { type Parts, multiplyAt } from './complex';
import { withShortFloats } from './operands';
import { refuseUnordered } from './reduce';

type Fold<T> = (a: T, b: T) => T;
function running(fold: Fold<number>, integer: Fold<number>, big: Fold<bigint>, start: number): HostKernelRow {
  const run: HostKernel = ([x, axisTensor], node) => {
    if (!x.dtype.isComplex) refuseUnordered(x.dtype, node);
    if (axisTensor.shape.length) invalid(`ScanOp: axis must be a scalar, not ${cShape(axisTensor.shape)}`);
    const { shape } = x;
    const given = Number(axisTensor.data[0]);
    const axis = given < 0 ? given + shape.length : given;
    if (axis < 0 || axis >= shape.length)
      invalid(`ScanOp: Expected scan axis in the range [${-shape.length}, ${shape.length}), but got ${axis}`);
    const [n, inner, outer] = [shape[axis], sizeOf(shape.slice(axis + 1)), sizeOf(shape.slice(0, axis))];
    const [exclusive, reverse] = [attr(node, 'exclusive'), attr(node, 'reverse')];
    const out = zerosOf(x.dtype, sizeOf(shape), shape);
    const step = reverse ? -inner : inner;
    if (x.dtype.isComplex) {
      const [to, from] = [asFloats(out), asFloats(x.data)];
      for (let o = 0; o < outer; o++)
        for (let j = 0; j < inner; j++)
          for (let k = 0, i = o * n * inner + j + (reverse ? (n - 1) * inner : 0); k < n; k++, i += step)
            complexStep(start === 1, to, i, k > 0 ? i - step : -1, from, exclusive ? i - step : i, exclusive);
      return host(x.dtype, shape, out);
    }
    const scan = <T extends number | bigint>(
      from: { [i: number]: T },
      to: { [i: number]: T },
      f: Fold<T>,
      first: T,
    ): void => {
      for (let o = 0; o < outer; o++) {
        for (let j = 0; j < inner; j++) {
          let acc = first;
          for (let k = 0, i = o * n * inner + j + (reverse ? (n - 1) * inner : 0); k < n; k++, i += step) {
            if (exclusive) {
              to[i] = acc;
              acc = f(acc, from[i]);
            } else to[i] = acc = f(acc, from[i]);
          }
        }
      }
    };
    if (isBig(out)) scan<bigint>(asLongs(x.data), out, big, BigInt(start));
    else scan<number>(asNumbers(x.data), asNumbers(out), x.dtype.isInteger ? integer : fold, start);
    return host(x.dtype, shape, out);
  };
  return { run, cost: 4 };
}

/** out[i] = out[before] + x[from], or their product; `before` is -1 at the start. */
function complexStep(
  isProduct: boolean,
  to: Parts,
  i: number,
  before: number,
  data: Parts,
  from: number,
  exclusive: boolean,
): void {
  for (let p = 0; p < 2; p++) to[2 * i + p] = before < 0 ? (isProduct && p === 0 ? 1 : 0) : to[2 * before + p];
  if (exclusive && before < 0) return;
  if (isProduct) multiplyAt(to, i, data, from);
  else for (let p = 0; p < 2; p++) to[2 * i + p] += data[2 * from + p];
}

export const RUNNING_KERNELS: HostTable = withShortFloats({
  Cumsum: running(
    (a, b) => a + b,
    (a, b) => (a + b) | 0,
    (a, b) => a + b,
    0,
  ),
  Cumprod: running(
    (a, b) => a * b,
    Math.imul,
    (a, b) => BigInt.asIntN(64, a * b),
    1,
  ),
});
