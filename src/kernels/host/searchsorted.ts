/** Places in sorted rows, by halves. */
import { asOrdered, setInteger } from '../../base/elements';
import { zerosOf } from '../../base/dtype';
import { type HostKernelRow, type HostTable, type KernelNode, attr, host, invalid } from '../kernel';
import { withShortFloats } from './operands';

const check: HostKernelRow['check'] = ([{ shape: rows }, { shape: values }]) => {
  if (rows.length !== 2 || values.length !== 2) invalid('sorted_inputs and values must be 2-dimensional');
  if (rows[0] !== values[0]) invalid('Leading dim_size of both tensors must match.');
};
/** @param isBehind  whether a value's place is behind an element */
function places(isBehind: (element: number | bigint, value: number | bigint) => boolean): HostKernelRow {
  return {
    check,
    cost: 30,
    run: ([rows, values], node: KernelNode) => {
      const [width, count] = [rows.shape[1], values.shape[1]];
      const [x, y] = [asOrdered(rows.data), asOrdered(values.data)];
      const out = zerosOf(attr(node, 'out_type', 'type'), y.length);
      for (let i = 0; i < y.length; i++) {
        const start = Math.floor(i / count) * width;
        let first = start;
        for (let n = width; n > 0; ) {
          const half = n >> 1;
          const goesOn = isBehind(x[first + half], y[i]);
          if (goesOn) first += half + 1;
          n = goesOn ? n - half - 1 : half;
        }
        setInteger(out, i, first - start);
      }
      return host(attr(node, 'out_type', 'type'), values.shape, out);
    },
  };
}
export const SEARCHSORTED_KERNELS: HostTable = withShortFloats({
  LowerBound: places((element, value) => element < value),
  UpperBound: places((element, value) => !(value < element)),
});
