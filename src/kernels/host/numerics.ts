/** Looking for what is not a number. */
import { asNumbers } from '../../base/elements';
import { bfloat16, float16 } from '../../base/dtype';
import { bfloatToNumber, halfToNumber } from '../../base/half';
import { type HostKernel, type HostTable, attr, invalid } from '../kernel';

const check: HostKernel = ([x], node) => {
  const data = asNumbers(x.data);
  const number = x.dtype === float16 ? halfToNumber : x.dtype === bfloat16 ? bfloatToNumber : null;
  // x - x is 0 for every number, and NaN for all else: the sum tells in one pass whether to look closer.
  let rest = 0;
  if (!number) for (let i = 0; i < data.length; i++) rest += data[i] - data[i];
  if (rest === 0 && !number) return x;
  const values = number ? Array.from(data, number) : data;
  const [nan, inf] = [values.some(Number.isNaN), values.some((v: number) => Math.abs(v) === Infinity)];
  if (nan || inf)
    return invalid(`${attr(node, 'message')} : Tensor had ${inf && nan ? 'Inf and NaN' : inf ? 'Inf' : 'NaN'} values`);
  return x;
};
export const NUMERICS_KERNELS: HostTable = { CheckNumerics: { run: check, cost: 1 } };
