/** The gradient ops of functions of one number, from the value and its gradient; and their gradients in turn. */
import { apply } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import type { GradFn, OpRow, Rows } from '../graph/opdef';
import { unchanged } from '../graph/shape-fn';
import { after, conj, node } from './words';

/** The gradient op of a function y = f(x): from y and dy. */
function gradientOp(grad: GradFn): OpRow {
  return { shape: unchanged, grad };
}

/** The gradient of a ReciprocalGrad: z = -b·a², a = y, b = dy. */
const reciprocalGradGrad: GradFn = ({ inputs: [a, b] }, [dz]) =>
  after(dz, () => {
    const [ca, cg] = [conj(a), conj(dz)];
    return [cg.mul(-2).mul(b).mul(ca), node('ReciprocalGrad', ca, dz)];
  });

/** `number * x`, the number first. */
function times(factor: number, x: Tensor): Tensor {
  return apply('Mul', [factor, x], {}, 'mul');
}

export const DERIVATIVES = {
  // Gradients of functions of one number, from the function's value.
  TanhGrad: gradientOp(({ inputs: [y, dy] }, [dz]) =>
    after(dz, () => {
      const [a, b] = [conj(y), conj(dy)];
      return [dz.mul(-2).mul(b).mul(a), node('TanhGrad', a, dz)];
    }),
  ),
  SigmoidGrad: gradientOp(({ inputs: [y, dy] }, [dz]) =>
    after(dz, () => {
      const [a, b] = [conj(y), conj(dy)];
      const gb = dz.mul(b);
      return [gb.sub(times(2, gb).mul(a)), node('SigmoidGrad', a, dz)];
    }),
  ),
  SqrtGrad: gradientOp((op, [dz]) =>
    after(dz, () => {
      const ga = dz.div(op.inputs[0]);
      return [conj(ga).neg().mul(op.outputs[0]), times(0.5, ga)];
    }),
  ),
  RsqrtGrad: gradientOp(({ inputs: [y, dy] }, [dz]) =>
    after(dz, () => {
      const [a, g] = [conj(y), conj(dz)];
      return [times(-1.5, g).mul(dy).mul(a.square()), node('RsqrtGrad', a, dz)];
    }),
  ),
  ReciprocalGrad: gradientOp(reciprocalGradGrad),
  InvGrad: gradientOp(reciprocalGradGrad),
} satisfies Rows;
