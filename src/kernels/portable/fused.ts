/** A product or a convolution with its bias and activation, on wasm: added and cut off while the sums are at hand. */
import { fusedActivation } from '../host/fused';
import { type KernelNode, attr } from '../kernel';
import { convolution } from './conv';
import { lowerProduct } from './matmul';
import type { Bounds, Recipes } from './recipe';

const BOUNDS: Readonly<Record<string, Bounds>> = {
  Relu: { floor: 0 },
  Relu6: { floor: 0, ceiling: 6 },
};

/** Whether there is one kernel for a type with these fused ops. */
export function fuses(type: string, ops: readonly string[]): boolean {
  return (
    (type === '_FusedMatMul' || type === '_FusedConv2D') &&
    ops[0] === 'BiasAdd' &&
    (ops.length === 1 || (ops.length === 2 && ops[1] in BOUNDS))
  );
}
/** Null where it has another activation. */
function boundsOf(node: Pick<KernelNode, 'type' | 'attrs'>): Bounds | null {
  const activation = fusedActivation(node);
  return activation === null ? {} : (BOUNDS[activation] ?? null);
}

export const FUSED_RECIPES: Recipes = {
  _FusedMatMul: {
    lower(inputs, to) {
      const { node } = to;
      const bounds = boundsOf(node);
      const [transposeA, transposeB] = [attr(node, 'transpose_a'), attr(node, 'transpose_b')];
      return bounds && lowerProduct(inputs, to, { transposeA, transposeB, ...bounds });
    },
  },
  _FusedConv2D: {
    lower([x, filter, bias], to) {
      const bounds = boundsOf(to.node);
      return bounds && convolution(x, filter, to, { bias, ...bounds });
    },
  },
};
