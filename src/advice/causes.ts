/** How ops come to give what is no number. */
import type { Range } from './nonfinite';

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
