/** Inverses of distributions: ops of TensorFlow 2, which its programs of 1.x write. */
import type { GradFn, OpRow, Rows } from '../graph/opdef';
import type { Tensor } from '../graph/graph';
import { unchanged } from '../graph/shape-fn';
import { after, node, scalar } from './words';

/** The derivative is `factor`·exp(what `exponent` makes of the square of the result). */
function inverse(factor: number, exponent: (square: Tensor) => Tensor): OpRow {
  const grad: GradFn = ({ outputs: [y] }, [dy]) => {
    const k = scalar(factor, dy.dtype);
    return after(dy, () => {
      const scaled = dy.mul(k);
      return scaled.mul(node('Exp', exponent(y.square())));
    });
  };
  return { shape: unchanged, grad };
}

export const QUANTILES = {
  Erfinv: inverse(Math.sqrt(Math.PI) / 2, (square) => square),
  Ndtri: inverse(Math.sqrt(2 * Math.PI), (square) => square.div(2)),
} satisfies Rows;
