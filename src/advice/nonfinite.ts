/** What is said of numbers that are none: how many there are among the others, and what may have made them. */
import { type Data, float16, isBig } from '../base/dtype';
import { bfloatToNumber, halfToNumber, isHalf } from '../base/half';
import type { NDArray } from '../base/ndarray';
import type { Operation } from '../graph/graph';

/** Minimum, maximum and counts of a float tensor. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number;
  /** The first element that is no number, or -1. */
  readonly at: number;
}

export function rangeOf(data: ArrayLike<number>, from = 0, to = data.length): Range {
  let [min, max, zeros, nan, infinite, at] = [Infinity, -Infinity, 0, 0, 0, -1];
  for (let i = from; i < to; i++) {
    const v = data[i];
    if (v !== v || v === Infinity || v === -Infinity) {
      if (at < 0) at = i;
      if (v !== v) {
        nan++;
        continue;
      }
      infinite++;
    } else if (v === 0) zeros++;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  return { min, max, zeros, nan, infinite, at };
}
export function show({ min, max, zeros, nan, infinite }: Range): string {
  const isOne = min === max;
  const counts = [
    zeros && !isOne && `${zeros} ${zeros === 1 ? 'zero' : 'zeros'}`,
    nan && `${nan} NaN`,
    infinite && `${infinite} infinite`,
  ]
    .filter(Boolean)
    .join(', ');
  const range = min > max ? 'no numbers' : isOne ? figure(min) : `${figure(min)} to ${figure(max)}`;
  return `${range}${counts ? `, ${counts}` : ''}`;
}
function figure(x: number): string {
  return String(Number(x.toPrecision(4)));
}

/** What each op type does to get there. */
const CAUSES: Readonly<Record<string, string>> = {
  Log:
    'the logarithm of 0 is -Infinity, of a negative number NaN. For a cross entropy use ' +
    'tf.nn.softmaxCrossEntropyWithLogits; else keep the argument up: tf.log(tf.maximum(x, 1e-7)).',
  Log1p: 'the logarithm of 0 is -Infinity, of a negative number NaN.',
  RealDiv: 'something is divided by 0: add a small number below, or divide with tf.divNoNan.',
  Div: 'something is divided by 0: add a small number below.',
  Reciprocal: 'something is divided by 0.',
  Inv: 'something is divided by 0.',
  Xdivy: 'something is divided by 0.',
  Exp: 'the argument is too large: float32 ends at exp(88.7).',
  Sqrt: 'the square root of a negative number is NaN.',
  Rsqrt: 'the square root of 0 stands below a fraction.',
  SqrtGrad: 'the slope of the square root at 0 is infinite: add a small number under the root.',
  RsqrtGrad: 'the slope is infinite at 0.',
  Pow: 'a negative base with a fractional exponent, 0 with a negative one, or a result that is too large.',
  Asin: 'outside [-1, 1] there is none.',
  Acos: 'outside [-1, 1] there is none.',
  Acosh: 'below 1 there is none.',
  Atanh: 'at -1 and 1 it is infinite, outside NaN.',
  Lgamma: 'it is infinite at 0 and at negative whole numbers.',
  Digamma: 'it is infinite at 0 and at negative whole numbers.',
  Mean: 'the mean of nothing is NaN: an empty batch?',
  Max: 'the largest of nothing is -Infinity: an empty batch?',
  Min: 'the smallest of nothing is Infinity: an empty batch?',
};
export const GROWN =
  'the numbers have grown too large for their type: a smaller learning rate, smaller initial weights, or inputs ' +
  'scaled to [0, 1].';

/** Ops that grow numbers, by words of their names. */
const SUMS = /Mul|Add|Sum|Square|L2Loss|Conv/;

/** What an op of a type did to get there. */
export function causeOf(type: string, { infinite }: Range): string {
  return CAUSES[type] ?? (infinite || SUMS.test(type) ? GROWN : 'the inputs above.');
}
export function kind({ nan, infinite }: Range): string {
  return nan && infinite ? 'Inf and NaN' : nan ? 'NaN' : 'Inf';
}
export function floatsIn(data: Data, { dtype }: { readonly dtype: NDArray['dtype'] }): ArrayLike<number> {
  const numbers = isBig(data) || Array.isArray(data) ? Array.from<unknown, number>(data, Number) : data;
  return isHalf(dtype) ? Float32Array.from(numbers, dtype === float16 ? halfToNumber : bfloatToNumber) : numbers;
}
/** Whether it stands for what is fed. */
export function isPlaceholder({ type }: Operation): boolean {
  return type.startsWith('Placeholder');
}
/** Whether a node stands behind another. */
export function comesFrom(op: Operation, from: Operation): boolean {
  const seen = new Set([op]);
  for (const at of seen) for (const t of at.inputs) seen.add(t.op);
  return seen.has(from);
}
