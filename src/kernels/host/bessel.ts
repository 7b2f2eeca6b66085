/** Modified Bessel functions in plain TypeScript. */
import type { HostTable } from '../kernel';
import { unaryKernel } from './loops';
import { withShortFloats } from './operands';

/** From here on the series by 1/x has 16 digits. */
const FAR = 30;
/** e^-x·In(x) of an x from 0, for n = 0 and 1. */
function scaled(n: 0 | 1, x: number): number {
  let [term, sum] = [n === 0 || x > FAR ? 1 : x / 2, 0];
  if (x <= FAR) {
    // Σ (x/2)^(2k+n) / (k!·(k+n)!)
    for (let k = 1; term > sum * 1e-17; term *= (x * x) / (4 * k * (k + n)), k++) sum += term;
    return sum * Math.exp(-x);
  }
  // Σ Π ((2k-1)² - 4n²) / (8kx) / √2πx
  for (let k = 1; Math.abs(term) > 1e-17; term *= ((2 * k - 1) ** 2 - 4 * n) / (8 * k * x), k++) sum += term;
  return sum / Math.sqrt(2 * Math.PI * x);
}
/** Of -0 it is 0, as in TensorFlow. */
function scaledI1(x: number): number {
  if (x === 0) return 0;
  return x === x ? Math.sign(x) * scaled(1, Math.abs(x)) : x;
}
export const BESSEL_KERNELS: HostTable = withShortFloats({
  BesselI0e: { run: unaryKernel((x) => (x === x ? scaled(0, Math.abs(x)) : x)), cost: 100 },
  BesselI1e: { run: unaryKernel(scaledI1), cost: 100 },
});
