/** Functions of one number in plain TypeScript, for every dtype. */
import { bool } from '../../base/dtype';
import { halfEven, roundHalf as half } from '../../base/half';
import type { HostKernelRow, HostTable } from '../kernel';
import { withComplex } from './complex';
import { expOfNegative } from './fast-exp';
import { type Big1, type Fn1, type Variants, unaryKernel } from './loops';
import { ofHalves, withShortFloats } from './operands';
import { digamma, erf, erfc, lgamma } from './special';

/** @param cost  nanoseconds per element */
function unary(cost: number, fn: Fn1, big: Big1 | null = null, variants: Variants<Fn1, Big1> = {}): HostKernelRow {
  return { run: unaryKernel(fn, big, variants), cost };
}
function test(fn: (x: number) => number): HostKernelRow {
  return { run: unaryKernel(fn, null, { result: bool }), cost: 2 };
}

// To float32's precision, in half the time of Math's.
const exp32: Fn1 = (x) => (x <= 0 ? expOfNegative(x) : 1 / expOfNegative(-x));
const sigmoid: Fn1 = (x) => {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
};
const sigmoid32: Fn1 = (x) => {
  if (x >= 0) return 1 / (1 + expOfNegative(-x));
  const e = expOfNegative(x);
  return e / (1 + e);
};
const tanh32: Fn1 = (x) => {
  const a = x < 0 ? -x : x;
  const s = x * x;
  // Near 0 the difference below would lose digits; the series does not.
  if (a < 0.3) return x * (1 - s * (1 / 3 - s * (2 / 15 - s * (17 / 315 - s * (62 / 2835 - s * (1382 / 155925))))));
  const e = expOfNegative(-2 * a);
  const y = (1 - e) / (1 + e);
  return x < 0 ? -y : y;
};

/** -0.3 becomes -0; where it is Round, 0. */
const rint: Fn1 = (x) => {
  const r = halfEven(x);
  return r === 0 && x < 0 ? -0 : r;
};

const lgammaAbove =
  (least: number, below: number): Fn1 =>
  (x) =>
    x !== 0 && Math.abs(x) < least ? below : lgamma(x);

const REAL_KERNELS: HostTable = withShortFloats({
  Neg: unary(
    1.5,
    (x) => -x,
    (x) => -x,
  ),
  Abs: unary(1.5, Math.abs, (x) => (x < 0n ? -x : x)),
  Sign: unary(
    2,
    // Of NaN too it is 0, and of -0.
    (x) => (x > 0 ? 1 : x < 0 ? -1 : 0),
    (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
  ),
  Square: unary(
    1.5,
    (x) => x * x,
    (x) => x * x,
    { integer: (x) => Math.imul(x, x) },
  ),
  Sqrt: unary(2.5, Math.sqrt),
  Rsqrt: ofHalves(
    unary(3, (x) => 1 / Math.sqrt(x)),
    unaryKernel((x) => 1 / half(Math.sqrt(x))),
  ),
  Reciprocal: unary(
    2,
    (x) => 1 / x,
    (x) => 1n / x,
  ),
  Inv: unary(
    2,
    (x) => 1 / x,
    (x) => 1n / x,
  ),
  Exp: unary(6, Math.exp, null, { float32: exp32 }),
  Expm1: unary(13, Math.expm1),
  Log: unary(11, Math.log),
  Log1p: unary(13, Math.log1p),
  Sigmoid: ofHalves(
    unary(7, sigmoid, null, { float32: sigmoid32 }),
    unaryKernel((x) => 1 / half(1 + half(Math.exp(-x)))),
  ),
  Sin: unary(12, Math.sin),
  Cos: unary(12, Math.cos),
  Tan: unary(15, Math.tan),
  Asin: unary(12, Math.asin),
  Acos: unary(12, Math.acos),
  Atan: unary(12, Math.atan),
  Sinh: unary(15, Math.sinh),
  Cosh: unary(15, Math.cosh),
  Tanh: unary(7, Math.tanh, null, { float32: tanh32 }),
  Asinh: unary(20, Math.asinh),
  Acosh: unary(20, Math.acosh),
  Atanh: unary(20, Math.atanh),
  Erf: unary(30, erf),
  Erfc: unary(30, erfc),
  // Below the least normal number it is the logarithm of the least of all.
  Lgamma: unary(60, lgammaAbove(2.2250738585072014e-308, 745.1332191019412), null, {
    float32: lgammaAbove(1.1754943508222875e-38, 103.97207641601562),
  }),
  Digamma: unary(60, digamma),
  Floor: unary(2, Math.floor),
  Ceil: unary(2, Math.ceil),
  Rint: unary(3, rint),
  Round: unary(3, halfEven, (x) => x),
  IsNan: test((x) => (x !== x ? 1 : 0)),
  IsInf: test((x) => (x === Infinity || x === -Infinity ? 1 : 0)),
  IsFinite: test((x) => (x - x === 0 ? 1 : 0)),
});
export const UNARY_KERNELS: HostTable = withComplex({
  ...REAL_KERNELS,
  // Of a real number it is the number.
  Conj: { run: ([x]) => x, cost: 2 },
});
