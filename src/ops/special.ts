/** Special functions of two numbers. Those of one are in unary.ts. */
import { boundOverloads } from '../calls/bind';
import type { Tensor } from '../graph/graph';
import type { GradFn, OpRow, Rows } from '../graph/opdef';
import { broadcastBinary } from '../graph/shape-fn';
import { binaryFunction } from './binary';
import { broadcastGradientArgs, unbroadcast } from './broadcast';
import { after, conj, node } from './words';

/** Differentiable by its second operand only. */
function bySecond(derivative: (x: Tensor, y: Tensor) => Tensor): OpRow {
  const grad: GradFn = ({ inputs: [x, y] }, [dz]) => {
    const [, by] = broadcastGradientArgs(x, y);
    return after(dz, () => [null, unbroadcast(derivative(conj(x), conj(y)).mul(dz), by)]);
  };
  return { shape: broadcastBinary, grad };
}

export const SPECIAL = {
  Polygamma: bySecond((n, x) => node('Polygamma', n.add(1), x)),
  Zeta: bySecond((x, q) => x.neg().mul(node('Zeta', x.add(1), q))),
} satisfies Rows;

/** The derivative of order `a` + 1 of log Γ at `x`: `polygamma(0, x)` is `digamma(x)`. */
export const polygamma = boundOverloads('polygamma', 2, binaryFunction('Polygamma'));
/** Hurwitz' zeta function, Σ 1 / (q + n)^x. */
export const zeta = boundOverloads('zeta', 2, binaryFunction('Zeta'));
