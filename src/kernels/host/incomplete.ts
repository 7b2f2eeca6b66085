/**
 * Incomplete gamma and beta functions, after Cephes as Eigen has them. The derivative by `a` is had by differentiating
 * each step of the sums and fractions.
 */
import { asNumbers } from '../../base/elements';
import { zerosOf } from '../../base/dtype';
import { cShape, sameShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostKernelRow, type HostTable, host, invalid } from '../kernel';
import { binary } from './loops';
import { withZeros } from './operands';
import { digamma, lgamma } from './special';

const EPSILON = 2 ** -53;
/** Beyond it the parts of a fraction are made smaller. */
const BIG = 2 ** 52;
const MOST = 2000;

/** A sum and its derivative by `a`; the factor before it and the derivative of that one's logarithm. */
type Parts = readonly [sum: number, slope: number, factor: number, logSlope: number];
const valueOf = ([sum, , factor]: Parts): number => sum * factor;
const slopeOf = ([sum, slope, factor, logSlope]: Parts): number => factor * (sum * logSlope + slope);

/** 1 - igamma by a continued fraction, for x from 1 and from a. */
function fraction(a: number, x: number): Parts {
  if (x === Infinity) return [0, 0, 0, 0];
  let [y, z] = [1 - a, x - a + 2];
  let [p2, q2, p1, q1] = [1, x, x + 1, z * x];
  let [dp2, dq2, dp1, dq1] = [0, 0, 0, -x];
  let answer = p1 / q1;
  let slope = (dp1 - answer * dq1) / q1;
  for (let c = 1; c <= MOST; c++) {
    y += 1;
    z += 2;
    const yc = y * c;
    let [p, q] = [p1 * z - p2 * yc, q1 * z - q2 * yc];
    let dp = dp1 * z - p1 - dp2 * yc + p2 * c;
    let dq = dq1 * z - q1 - dq2 * yc + q2 * c;
    let ends = false;
    if (q !== 0) {
      const [before, slopeBefore] = [answer, slope];
      answer = p / q;
      slope = (dp - answer * dq) / q;
      ends = Math.abs(before - answer) <= EPSILON * Math.abs(answer) && Math.abs(slope - slopeBefore) <= EPSILON;
    }
    if (ends) break;
    if (Math.abs(p) > BIG) [p1, q1, dp1, dq1, p, q, dp, dq] = [p1, q1, dp1, dq1, p, q, dp, dq].map((v) => v / BIG);
    [p2, p1, q2, q1, dp2, dp1, dq2, dq1] = [p1, p, q1, q, dp1, dp, dq1, dq];
  }
  return [answer, slope, Math.exp(a * Math.log(x) - x - lgamma(a)), Math.log(x) - digamma(a)];
}
/** igamma by its series, for the other x. */
function series(a: number, x: number): Parts {
  let [c, sum, dc, dsum] = [1, 1, 0, 0];
  for (let r = a + 1, i = 0; i < MOST; r += 1, i++) {
    const term = x / r;
    dc = term * dc - (x / (r * r)) * c;
    c *= term;
    dsum += dc;
    sum += c;
    if (c <= EPSILON * sum && Math.abs(dc) <= EPSILON * Math.abs(dsum)) break;
  }
  return [sum, dsum, Math.exp(a * Math.log(x) - x - lgamma(a + 1)), Math.log(x) - digamma(a + 1)];
}
const isOutside = (a: number, x: number): boolean => !(x >= 0 && a > 0);
function lower(a: number, x: number): number {
  if (x === 0) return 0;
  if (isOutside(a, x)) return NaN;
  return x > 1 && x > a ? 1 - valueOf(fraction(a, x)) : valueOf(series(a, x));
}
function upper(a: number, x: number): number {
  if (isOutside(a, x)) return NaN;
  return x < 1 || x < a ? 1 - valueOf(series(a, x)) : valueOf(fraction(a, x));
}
function byA(a: number, x: number): number {
  if (x === 0) return 0;
  if (isOutside(a, x)) return NaN;
  return x > 1 && x > a ? -slopeOf(fraction(a, x)) : slopeOf(series(a, x));
}
/** How a number of the gamma distribution moves with `a` where its place in the distribution stays. */
export function sampleByA(a: number, x: number): number {
  if (x === 0) return 0;
  if (isOutside(a, x)) return NaN;
  const isUpper = x > 1 && x > a;
  if (isUpper && x === Infinity) return 0;
  // The density is the factor by x, of which the derivative of the integral is a multiple.
  const [sum, slope, , logSlope] = isUpper ? fraction(a, x) : series(a, x);
  return isUpper ? (sum * logSlope + slope) * x : (-(sum * logSlope + slope) * x) / a;
}

/** log B(a, b) */
const logBeta = (a: number, b: number): number => lgamma(a) + lgamma(b) - lgamma(a + b);
/** The integral by a series in x, for b x up to 1. */
function powers(a: number, b: number, x: number): number {
  let term = (1 - b) * x;
  const first = term / (a + 1);
  let sum = 0;
  for (let n = 2, v = first; Math.abs(v) > EPSILON / a; n++) {
    term *= ((n - b) * x) / n;
    v = term / (a + n);
    sum += v;
  }
  return Math.exp(a * Math.log(x) - logBeta(a, b) + Math.log(sum + first + 1 / a));
}
/** One of two continued fractions; `step` is how a numerator goes on. */
function betaFraction(x: number, a: number, k2: number, k6: number, step: 1 | -1): number {
  let [p2, q2, p1, q1] = [0, 1, 1, 1];
  let answer = 1;
  const next = (factor: number): void => {
    [p2, p1] = [p1, p1 + p2 * factor];
    [q2, q1] = [q1, q1 + q2 * factor];
  };
  for (let n = 0; n < 300; n++) {
    next((-x * (a + n) * (k2 + step * n)) / ((a + 2 * n) * (a + 1 + 2 * n)));
    next((x * (1 + n) * (k6 - step * n)) / ((a + 1 + 2 * n) * (a + 2 + 2 * n)));
    if (q1 !== 0) {
      const r = p1 / q1;
      if (Math.abs(answer - r) < Math.abs(r) * 3 * EPSILON) return r;
      answer = r;
    }
    const size = Math.abs(q1) + Math.abs(p1);
    const scale = size > BIG ? 1 / BIG : Math.abs(q1) < 1 / BIG || Math.abs(p1) < 1 / BIG ? BIG : 1;
    if (scale !== 1) [p2, q2, p1, q1] = [p2 * scale, q2 * scale, p1 * scale, q1 * scale];
  }
  return answer;
}
function beta(a: number, b: number, x: number): number {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) return NaN;
  if (x === 0 || x === 1) return x;
  if (b * x <= 1 && x <= 0.95) return powers(a, b, x);
  // Beyond the mean the other end is nearer.
  return x > a / (a + b) ? Math.max(EPSILON, 1 - Math.max(EPSILON, left(b, a, 1 - x, x))) : left(a, b, x, 1 - x);
}
/** @param rest  1 - x, as exactly as it is known */
function left(a: number, b: number, x: number, rest: number): number {
  if (b * x <= 1 && x <= 0.95) return powers(a, b, x);
  const isNear = x * (a + b - 2) - (a - 1) < 0;
  const w = isNear ? betaFraction(x, a, a + b, b - 1, 1) : betaFraction(x / rest, a, b - 1, a + b, -1) / rest;
  return Math.exp(a * Math.log(x) + b * Math.log(rest) - logBeta(a, b) + Math.log(w / a));
}

const NAMES = ['a', 'b', 'x'];
const sameShapes: NonNullable<HostKernelRow['check']> = (operands) => {
  for (const [i, j] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ]) {
    const [s, t] = [operands[i].shape, operands[j].shape];
    if (s.length && t.length && !sameShape(s, t))
      invalid(`Shapes of ${NAMES[i]} and ${NAMES[j]} are inconsistent: ${cShape(s)} vs. ${cShape(t)}`);
  }
};
const ofThree: HostKernel = (operands) => {
  const shape = operands.find((t) => t.shape.length)?.shape ?? [];
  const out = asNumbers(zerosOf(operands[0].dtype, sizeOf(shape)));
  const [a, b, x] = operands.map((t) => asNumbers(t.data));
  const [ai, bi, xi] = operands.map((t) => (t.shape.length ? 1 : 0));
  for (let i = 0; i < out.length; i++) out[i] = beta(a[i * ai], b[i * bi], x[i * xi]);
  return host(operands[0].dtype, shape, out);
};

// Eigen's later versions end their sums elsewhere and have other values at the border.
export const INCOMPLETE_KERNELS: HostTable = withZeros({
  Igamma: { ...binary(lower, null, { cost: 200 }), only: true },
  Igammac: { ...binary(upper, null, { cost: 200 }), only: true },
  IgammaGradA: { ...binary(byA, null, { cost: 400 }), only: true },
  Betainc: { run: ofThree, check: sameShapes, cost: 300, only: true },
});
