/** Incomplete gamma and beta functions: integrals up to a place, as a part of the whole. */
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { GradContext, Rows, ShapeContext } from '../graph/opdef';
import { broadcastBinary, inputShapes, mergeShapes } from '../graph/shape-fn';
import { binary, binaryFunction } from './binary';
import { broadcastGradientArgs, unbroadcast } from './broadcast';
import type { NameOption } from './options';
import { after, node } from './words';
import { boundPair } from './known-calls';

export const INCOMPLETE = {
  Igamma: binary(gammaGrads),
  Igammac: binary((op, [dz]) => gammaGrads(op, [dz]).map((t) => t.neg())),
  IgammaGradA: { shape: broadcastBinary, grows: 'shapes' },
  Betainc: { shape: betaShape, grows: 'shapes', grad: betaGrads },
} satisfies Rows;

// ∂/∂x = e^-x·x^(a - 1) / Γ(a), by logarithms, since Γ(a) grows large
function gammaGrads({ inputs: [a, x] }: GradContext, [dz]: Tensor[]): Tensor[] {
  const [ba, bx] = broadcastGradientArgs(a, x);
  return after(dz, () => {
    const byA = node('IgammaGradA', a, x);
    const logarithm = x
      .neg()
      .add(a.sub(1).mul(node('Log', x)))
      .sub(node('Lgamma', a));
    const byX = node('Exp', logarithm);
    return [unbroadcast(byA.mul(dz), ba), unbroadcast(byX.mul(dz), bx)];
  });
}
// ∂/∂x = (1 - x)^(b - 1)·x^(a - 1) / B(a, b); TensorFlow has none by a and b
function betaGrads({ inputs: [a, b, x] }: GradContext, [dz]: Tensor[]): (Tensor | null)[] {
  const [, bx] = broadcastGradientArgs(a, x);
  const logBeta = node('Lgamma', a)
    .add(node('Lgamma', b))
    .sub(node('Lgamma', a.add(b)));
  const left = b.sub(1).mul(node('Log', apply('Sub', [1, x], {}, 'sub')));
  const byX = node('Exp', left.add(a.sub(1).mul(node('Log', x))).sub(logBeta));
  return [null, null, unbroadcast(byX.mul(dz), bx)];
}
/** What is not a scalar has one shape. */
function betaShape(c: ShapeContext): [TensorShape] {
  const known = inputShapes(c);
  const others = known.filter((s) => s.rank !== 0);
  if (!others.length) return [known[0]];
  if (others.length === 1) return [others[0]];
  return [others.filter((s) => s.dims).reduce(mergeShapes, TensorShape.unknown())];
}

/**
 * The lower incomplete gamma function, 1/Γ(a) ∫₀ˣ t^(a-1) e^-t dt.
 *
 *     tf.igamma([1, 2], 1)   // [0.6321206, 0.2642411]
 *
 * @param a  float32 or float64, above 0
 * @param x  a's dtype, from 0; a shape that broadcasts with a's
 * @returns  the dtype of both; the shape that both broadcast to; NaN outside
 * @throws TypeError  if the dtypes differ
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const igamma = boundPair('igamma', binaryFunction('Igamma'));
/**
 * The upper incomplete gamma function, 1 - igamma(a, x).
 *
 *     tf.igammac([1, 2], 1)   // [0.3678794, 0.7357589]
 *
 * @param a  float32 or float64, above 0
 * @param x  a's dtype, from 0; a shape that broadcasts with a's
 * @returns  the dtype of both; the shape that both broadcast to; NaN outside
 * @throws TypeError  if the dtypes differ
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const igammac = boundPair('igammac', binaryFunction('Igammac'));
/**
 * The regularized incomplete beta function, 1/B(a, b) ∫₀ˣ t^(a-1) (1-t)^(b-1) dt. It has a gradient by x alone.
 *
 *     tf.betainc(2, 3, [0, 0.25, 1])   // [0, 0.2617188, 1]
 *
 * @param a  float32 or float64, above 0; a scalar, or the shape of the others that are none
 * @param b  a's dtype, above 0, likewise
 * @param x  a's dtype, in [0, 1], likewise
 * @returns  the dtype of all, the shape of those that are no scalars; NaN outside
 * @throws TypeError  if the dtypes differ
 * @throws ValueError  if shapes are known, not those of scalars, and differ
 */
export const betainc = boundOptions(
  'betainc',
  3,
  function betainc(a: NotText, b: NotText, x: NotText, { name }: NameOption = {}): Tensor {
    return apply('Betainc', [a, b, x], {}, name);
  },
);
