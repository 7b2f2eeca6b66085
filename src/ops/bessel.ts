/** Bessel functions: modified, of the first kind, scaled so that they do not overflow. */
import { apply, inScope } from '../graph/apply';
import type { NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { unchanged } from '../graph/shape-fn';
import { boundLike } from './known-calls';
import type { NameOption } from './options';
import { unaryFunction } from './unary';
import { after, node, select, zerosLike } from './words';

/** The distance from 1 to the next number, by dtype. */
const EPSILON: Readonly<Record<string, number>> = { float16: 2 ** -10, float32: 2 ** -23, float64: 2 ** -52 };

export const BESSEL = {
  // I0e' = I1e - sign(x)·I0e
  BesselI0e: {
    shape: unchanged,
    grad: ({ inputs: [x], outputs: [y] }, [dy]) =>
      after(dy, () => {
        const i1e = node('BesselI1e', x);
        return dy.mul(i1e.sub(node('Sign', x).mul(y)));
      }),
  },
  // I1e' = I0e - I1e·(sign(x) + 1/x), and 1/2 at 0
  BesselI1e: {
    shape: unchanged,
    grad: ({ inputs: [x], outputs: [y] }, [dy]) =>
      after(dy, () => {
        const epsilon = EPSILON[x.dtype.name];
        const zeros = zerosLike(x);
        const isAway = apply('Greater', [node('Abs', x), epsilon]);
        const away = select(isAway, x, apply('AddV2', [epsilon, zeros], {}, 'add'));
        const i0e = node('BesselI0e', away);
        const slope = i0e.sub(y.mul(node('Sign', away).add(node('Reciprocal', away))));
        return dy.mul(select(isAway, slope, apply('AddV2', [0.5, zeros], {}, 'add')));
      }),
  },
} satisfies Rows;

/**
 * e^-|x|·I0(x), the modified Bessel function of order 0.
 *
 *     tf.math.besselI0e([0, 1, -2])   // [1, 0.4657596, 0.3085083]
 *
 * @param x  float16, float32 or float64, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const besselI0e = boundLike('math.bessel_i0e', 1, unaryFunction('BesselI0e'));
/**
 * e^-|x|·I1(x), the modified Bessel function of order 1.
 *
 *     tf.math.besselI1e([0, 1, -2])   // [0, 0.2079104, -0.2152693]
 *
 * @param x  float16, float32 or float64, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const besselI1e = boundLike('math.bessel_i1e', 1, unaryFunction('BesselI1e'));
/** A function without the scaling: it overflows where x is large. */
function unscaled(name: string, type: string) {
  return (x: NotText, options: NameOption = {}): Tensor =>
    inScope(options.name, name, [x], () => {
      const scale = node('Exp', apply('Abs', [x]));
      return scale.mul(apply(type, [x]));
    });
}
/**
 * The modified Bessel function of order 0; `besselI0e` does not overflow.
 *
 *     tf.math.besselI0([0, 1])   // [1, 1.266066]
 *
 * @param x  float16, float32 or float64, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const besselI0 = boundLike('math.bessel_i0', 1, unscaled('bessel_i0', 'BesselI0e'));
/**
 * The modified Bessel function of order 1; `besselI1e` does not overflow.
 *
 *     tf.math.besselI1([0, 1])   // [0, 0.5651591]
 *
 * @param x  float16, float32 or float64, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const besselI1 = boundLike('math.bessel_i1', 1, unscaled('bessel_i1', 'BesselI1e'));
