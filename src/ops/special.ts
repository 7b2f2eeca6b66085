/** Special functions of two numbers. Those of one are in unary.ts. */
import type { Tensor } from '../graph/graph';
import type { GradFn, OpRow, Rows } from '../graph/opdef';
import { broadcastBinary } from '../graph/shape-fn';
import { binaryFunction } from './binary';
import { broadcastGradientArgs, unbroadcast } from './broadcast';
import { after, conj, node } from './words';
import { boundPair } from './known-calls';

/** Differentiable by its second operand only. */
function bySecond(derivative: (x: Tensor, y: Tensor) => Tensor): OpRow {
  const grad: GradFn = ({ inputs: [x, y] }, [dz]) => {
    const [, by] = broadcastGradientArgs(x, y);
    return after(dz, () => [null, unbroadcast(derivative(conj(x), conj(y)).mul(dz), by)]);
  };
  return { shape: broadcastBinary, grows: 'shapes', grad };
}

export const SPECIAL = {
  Polygamma: bySecond((n, x) => node('Polygamma', n.add(1), x)),
  Zeta: bySecond((x, q) => x.neg().mul(node('Zeta', x.add(1), q))),
} satisfies Rows;

/**
 * The derivative of order `a` + 1 of log Γ at `x`: `polygamma(0, x)` is `digamma(x)`.
 *
 *     tf.polygamma(1, [1, 2])   // [1.644934, 0.644934]
 *
 * @param a  float32 or float64, whole numbers from 0
 * @param x  a's dtype; a shape that broadcasts with a's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const polygamma = boundPair('polygamma', binaryFunction('Polygamma'));
/**
 * Hurwitz' zeta function, Σ 1 / (q + n)^x.
 *
 *     tf.zeta([2, 4], 1)   // [1.644934, 1.082323]
 *
 * @param x  float32 or float64, above 1
 * @param q  x's dtype; a shape that broadcasts with x's
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ
 * @throws ValueError  if the shapes are known and do not broadcast
 */
export const zeta = boundPair('zeta', binaryFunction('Zeta'));
