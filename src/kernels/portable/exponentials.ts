/**
 * e^x and what is made of it, and ln x, four floats at a time, to one or two of the last digits: polynomials of
 * Cephes' expf, logf and tanhf (Moshier), with the powers of two by their bits.
 */
import { type Code, f32, v128 } from '../../base/assembler';
import type { Terms } from './formula';

const {
  abs,
  add,
  and,
  div,
  less,
  mul,
  neg,
  or,
  select,
  shiftLeft,
  shiftRight,
  smaller,
  splat,
  splatInt,
  sub,
  subInt,
  toFloat,
  zero,
} = v128;
type Keep = Terms['keep'];
const number = (x: number): Code => splat(f32.of(x));
const ONE = number(1);
const SIGN = number(-0);

/** Where e^-x comes to lie below the least normal number. */
const LARGEST = number(87.33654);
const LOG2E = number(Math.LOG2E);
/** 1.5 · 2^23 + 127: what is added to it is rounded to a whole number, and has the bits of a power of two, in place. */
const MAGIC = number(12583039);
/** ln 2 in two parts, the first of few bits. */
const [LN2_HIGH, LN2_LOW] = [number(0.693359375), number(-2.1219444e-4)];
const EXP = [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1];
const TANH = [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1];
/** Below it the difference of two numbers near 1 would lose digits; the polynomial does not. */
const SMALL = number(0.625);

/** By Horner's rule, the highest power first. */
function polynomial(x: Code, [first, ...others]: readonly number[]): Code {
  return others.reduce((sum, c) => add(mul(sum, x), number(c)), number(first));
}
/** e^-a of a ≥ 0; 0 where that is less than the least normal number. */
export function expOfMinus(a: Code, keep: Keep): Code {
  const x = keep(neg(smaller(a, LARGEST)));
  const shifted = keep(add(mul(x, LOG2E), MAGIC));
  const n = keep(sub(shifted, MAGIC));
  const r = keep(sub(sub(x, mul(n, LN2_HIGH)), mul(n, LN2_LOW)));
  const e = add(add(mul(polynomial(r, EXP), mul(r, r)), r), ONE);
  return select(zero, mul(e, shiftLeft(shifted, 23)), less(LARGEST, a));
}
const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];
/** The bits of √½. */
const ROOT_OF_HALF = splatInt(0x3f3504f3);
const HALF = number(0.5);
/** ln x of a finite x from the least normal number on; NaN of NaN. */
export function log(x: Code, keep: Keep): Code {
  const e = keep(shiftRight(subInt(x, ROOT_OF_HALF), 23));
  const m = keep(sub(subInt(x, shiftLeft(e, 23)), ONE));
  const n = keep(toFloat(e));
  const square = keep(mul(m, m));
  const y = sub(add(mul(mul(polynomial(m, LOG), square), m), mul(n, LN2_LOW)), mul(HALF, square));
  return select(add(add(m, y), mul(n, LN2_HIGH)), x, less(x, number(Infinity)));
}
/** 1 / (1 + e^-x), with all its digits on either side of 0. */
export function sigmoid(x: Code, keep: Keep): Code {
  const e = keep(expOfMinus(keep(abs(x)), keep));
  return div(select(e, ONE, less(x, zero)), add(ONE, e));
}
export function tanh(x: Code, keep: Keep): Code {
  const a = keep(abs(x));
  const e = keep(expOfMinus(add(a, a), keep));
  const far = div(sub(ONE, e), add(ONE, e));
  const square = keep(mul(x, x));
  const near = add(mul(mul(polynomial(square, TANH), square), a), a);
  return or(select(near, far, less(a, SMALL)), and(x, SIGN));
}
