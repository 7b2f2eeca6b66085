/** A product or a convolution with its bias and activation, on wasm: added and cut off while the sums are at hand. */
import { fusedActivation } from '../host/fused';
import { KernelError, type KernelNode, attr } from '../kernel';
import { convolution } from './conv';
import { lowerProduct } from './matmul';
import type { Recipes } from './recipe';

/** What is below or above becomes these. */
type Bounds = { readonly floor?: number; readonly ceiling?: number };
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
function refuseOthers(node: KernelNode): void {
  const activation = fusedActivation(node);
  if (activation !== null && !(activation in BOUNDS))
    throw new KernelError('Unimplemented', `wasm has no product with ${activation}`);
}

export const FUSED_RECIPES: Recipes = {
  _FusedMatMul: {
    lower(inputs, to) {
      const { node } = to;
      const activation = fusedActivation(node);
      if (activation !== null && !(activation in BOUNDS)) return null;
      const [transposeA, transposeB] = [attr(node, 'transpose_a'), attr(node, 'transpose_b')];
      return lowerProduct(inputs, to, { transposeA, transposeB, ...BOUNDS[activation ?? ''] });
    },
  },
  _FusedConv2D: ([x, filter, bias], tools) => {
    refuseOthers(tools.node);
    return convolution(tools, x, filter, { bias, ...BOUNDS[fusedActivation(tools.node) ?? ''] });
  },
};
