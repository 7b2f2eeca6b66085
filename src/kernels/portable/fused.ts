/** A product or a convolution with its bias and activation, on wasm: added and cut off while the sums are at hand. */
import { sizeOf } from '../../base/shape';
import { fusedActivation } from '../host/fused';
import { KernelError, type KernelNode, attr } from '../kernel';
import { convolution } from './conv';
import { f32, v128 } from './assembler';
import type { Formula } from './formula';
import type { Recipes } from './recipe';

/** What is below or above becomes these. */
type Bounds = { readonly floor?: number; readonly ceiling?: number };
const BOUNDS: Readonly<Record<string, Bounds>> = {
  Relu: { floor: 0 },
  Relu6: { floor: 0, ceiling: 6 },
};

/** Floats of a bias that is repeated, so that a pass over many rows is one call. */
const PANEL = 8192;
/**
 * Sums with their biases, cut off: by our own kernels, since tfjs's drop NaN, and begin with the bias, which gives
 * other last bits than adding it at the end does.
 */
const WITH_BIAS: Readonly<Record<string, Formula>> = Object.fromEntries(
  Object.entries({ '': {}, ...BOUNDS }).map(([name, { floor, ceiling }]: [string, Bounds]): [string, Formula] => [
    name,
    {
      takes: 2,
      numbers: 0,
      gives: 1,
      results({ vectors: [sum, bias] }) {
        let y = v128.add(sum, bias);
        if (floor !== undefined) y = v128.max(y, v128.splat(f32.of(floor)));
        if (ceiling !== undefined) y = v128.min(y, v128.splat(f32.of(ceiling)));
        return [y];
      },
    },
  ]),
);
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
  _FusedMatMul: ([a, b, bias], { node, multiply }) => {
    refuseOthers(node);
    return multiply(a, b, {
      transposeA: attr(node, 'transpose_a'),
      transposeB: attr(node, 'transpose_b'),
      bias,
      ...BOUNDS[fusedActivation(node) ?? ''],
    });
  },
  _FusedConv2D: ([x, filter, bias], tools) => {
    refuseOthers(tools.node);
    const [width] = bias.shape;
    if (!width) throw new KernelError('Unimplemented', 'wasm convolves no empty tensors');
    const sums = convolution(tools, x, filter);
    const rows = Math.max(1, Math.min(Math.floor(PANEL / width), sizeOf(sums.shape) / width));
    const panel = tools.call('Tile', { x: tools.reshape(bias, [1, width]) }, { reps: [rows, 1] });
    return tools.formulaOfRows(WITH_BIAS[fusedActivation(tools.node) ?? ''], sums, panel);
  },
};
