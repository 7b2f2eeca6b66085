/** The error function, after Sun's fdlibm, the logarithm of Γ with its derivatives, and ζ. Double precision. */
import type { HostTable } from '../kernel';
import { binary } from './loops';
import { withZeros } from './operands';

const ERX = 8.45062911510467529297e-1;
// |x| < 0.84375
const PP = [
  1.28379167095512558561e-1, -3.2504210724700149937e-1, -2.84817495755985104766e-2, -5.77027029648944159157e-3,
  -2.37630166566501626084e-5,
];
const QQ = [
  1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3, 1.32494738004321644526e-4,
  -3.9602282787753681232e-6,
];
// |x| < 1.25
const PA = [
  -2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1, 3.18346619901161753674e-1,
  -1.10894694282396677476e-1, 3.54783043256182359371e-2, -2.166375594868790843e-3,
];
const QA = [
  1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2, 1.26171219808761642112e-1,
  1.36370839120290507362e-2, 1.1984499846799107417e-2,
];
// |x| < 1/0.35
const RA = [
  -9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1, -6.23753324503260060396e1,
  -1.62396669462573470355e2, -1.84605092906711035994e2, -8.12874355063065934246e1, -9.81432934416914548592,
];
const SA = [
  1, 1.96512716674392571292e1, 1.376577541435190426e2, 4.34565877475229228821e2, 6.45387271733267880336e2,
  4.29008140027567833386e2, 1.08635005541779435134e2, 6.57024977031928170135, -6.04244152148580987438e-2,
];
// beyond
const RB = [
  -9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1, -1.60636384855821916062e2,
  -6.37566443368389627722e2, -1.02509513161107724954e3, -4.83519191608651397019e2,
];
const SB = [
  1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3, 3.19985821950859553908e3,
  2.55305040643316442583e3, 4.74528541206955367215e2, -2.24409524465858183362e1,
];

function polynomial(c: readonly number[], x: number): number {
  let y = 0;
  for (let i = c.length - 1; i >= 0; i--) y = y * x + c[i];
  return y;
}
/** erfc for 1.25 ≤ x < 28. */
function tail(x: number): number {
  const s = 1 / (x * x);
  const ratio = x < 1 / 0.35 ? polynomial(RA, s) / polynomial(SA, s) : polynomial(RB, s) / polynomial(SB, s);
  // x² in two parts: the rounding of its lower bits would be magnified by the exponential.
  const z = Math.fround(x);
  return (Math.exp(-z * z - 0.5625) * Math.exp((z - x) * (z + x) + ratio)) / x;
}
/** 2/√π ∫₀ˣ e^(-t²) dt */
export function erf(x: number): number {
  if (x !== x || x === 0) return x;
  const a = Math.abs(x);
  let y: number;
  if (a < 0.84375) {
    const z = a * a;
    y = a + a * (polynomial(PP, z) / polynomial(QQ, z));
  } else if (a < 1.25) {
    const s = a - 1;
    y = ERX + polynomial(PA, s) / polynomial(QA, s);
  } else y = a >= 6 ? 1 : 1 - tail(a);
  return x < 0 ? -y : y;
}
/** 1 - erf(x) */
export function erfc(x: number): number {
  if (x !== x) return x;
  const a = Math.abs(x);
  if (a < 0.84375) {
    const z = a * a;
    return 1 - (x + x * (polynomial(PP, z) / polynomial(QQ, z)));
  }
  if (a < 1.25) {
    const s = a - 1;
    const q = polynomial(PA, s) / polynomial(QA, s);
    return x < 0 ? 1 + ERX + q : 1 - ERX - q;
  }
  if (a >= 28) return x < 0 ? 2 : 0;
  return x < 0 ? 2 - tail(a) : tail(a);
}

// Lanczos, g = 7, n = 9: 15 digits.
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
/** log |Γ(x)| */
export function lgamma(x: number): number {
  if (x === Infinity || x === -Infinity) return Infinity;
  if (x <= 0 && Number.isInteger(x)) return Infinity;
  if (x === 1 || x === 2) return 0;
  // Γ(x) Γ(1 - x) = π / sin(πx)
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
  const y = x - 1;
  let sum = LANCZOS[0];
  for (let i = 1; i < 9; i++) sum += LANCZOS[i] / (y + i);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}
// Bernoulli numbers over 2n, for the expansion at large x.
const ASYMPTOTIC = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12];
/** The derivative of log Γ. */
export function digamma(x: number): number {
  // At a pole it is infinite, as in TensorFlow.
  if (x === -Infinity || (x <= 0 && Number.isInteger(x))) return Infinity;
  if (x < 0) return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let shift = 0;
  for (; x < 10; x++) shift -= 1 / x;
  const s = 1 / (x * x);
  return shift + Math.log(x) - 0.5 / x - s * polynomial(ASYMPTOTIC, s);
}
/** The denominators of the Euler-Maclaurin sum: (2k)! over the k-th Bernoulli number. */
const EULER = [
  12, -720, 30240, -1209600, 47900160, -1.8924375803183791606e9, 7.47242496e10, -2.950130727918164224e12,
  1.1646782814350067249e14, -4.5979787224074726105e15, 1.8152105401943546773e17, -7.1661652561756670113e18,
];
/** Σ 1 / (q + n)^x, as Cephes has it: the first terms, then Euler-Maclaurin. */
export function zeta(x: number, q: number): number {
  if (x === 1) return Infinity;
  if (x < 1) return NaN;
  if (q <= 0 && Math.floor(q) === q) return Infinity;
  if (q <= 0 && Math.floor(x) !== x) return NaN;
  if (q < MANY_TERMS) return farFromZero(x, q);
  let [sum, a, b] = [raised(q, -x), q, 0];
  for (let i = 0; i < 9 || a <= 9; i++) {
    a += 1;
    b = raised(a, -x);
    sum += b;
    if (Math.abs(b / sum) < 2 ** -53) return sum;
  }
  sum += (b * a) / (x - 1) - 0.5 * b;
  for (let i = 0, k = 0, factor = 1; i < EULER.length; i++, k += 2) {
    factor *= x + k;
    b /= a;
    const term = (factor * b) / EULER[i];
    sum += term;
    if (Math.abs(term / sum) < 2 ** -53) break;
    factor *= x + k + 1;
    b /= a;
  }
  return sum;
}
/** 1 to any power is 1; JavaScript has NaN for infinite powers of it. */
function raised(x: number, power: number): number {
  return x === 1 ? 1 : x ** power;
}
/** From here on the terms below 0 are not summed one by one. */
const MANY_TERMS = -1000;
/** Below 0 the terms are those of (1 - r, 2 - r, …), but for the sign; r is the fraction of q. */
function farFromZero(x: number, q: number): number {
  const terms = Math.ceil(-q);
  const rest = q + terms;
  const below = zeta(x, 1 - rest) - zeta(x, 1 - rest + terms);
  return zeta(x, rest) + (x % 2 === 1 ? -below : below);
}
/**
 * As single precision has it in TensorFlow: where all terms are below the least normal number they are 0, and so is
 * their sum, unless the factors of Euler-Maclaurin overflow; NaN where infinite terms cancel.
 */
function zetaOfFloats(x: number, q: number): number {
  const areZero = x > 1 && q > 1 && q ** -x < 1.1754943508222875e-38;
  if (areZero) return q === Infinity || risesBeyondFloats(x) ? NaN : 0;
  const above = q - Math.floor(q);
  const areInfinite = x % 2 === 1 && q < 0 && above > 0 && [above, 1 - above].every((t) => Math.fround(t ** -x) > 1e38);
  return areInfinite ? NaN : zeta(x, q);
}
function risesBeyondFloats(x: number): boolean {
  let factor = 1;
  for (let k = 0; k < 2 * EULER.length - 1; k++) factor *= x + k;
  return factor > 3.4028234663852886e38;
}
/** The derivative of order n + 1 of log Γ: (-1)^(n+1) n! ζ(n + 1, x). */
export function polygamma(n: number, x: number): number {
  return polygammaOf(zeta, n, x);
}
function polygammaOf(sum: typeof zeta, n: number, x: number): number {
  if (Math.floor(n) !== n) return NaN;
  // C's power of -1 is 1 for infinity.
  const sign = n === Infinity || n % 2 ? 1 : -1;
  return n === 0 ? digamma(x) : sign * Math.exp(lgamma(n + 1)) * sum(n + 1, x);
}
export const SPECIAL_KERNELS: HostTable = withZeros({
  // TensorFlow 2.x has other values at the poles.
  Polygamma: {
    ...binary(polygamma, null, { cost: 200, float32: (n, x) => polygammaOf(zetaOfFloats, n, x) }),
    only: true,
  },
  Zeta: binary(zeta, null, { cost: 100, float32: zetaOfFloats }),
});
