/** Tensors laid end to end and stacked, on wasm. Its Slice is slower than the host's, so cutting stays there. */
import { concatAxis, packAxis } from '../host/concat';
import type { Info, Recipes, Tools } from './recipe';

function concat(parts: readonly Info[], axis: number, { call }: Tools): Info {
  return call('Concat', parts, {
    axis: concatAxis(
      parts.map((p) => p.shape),
      axis,
    ),
  });
}

export const CONCAT_RECIPES: Recipes = {
  ConcatV2: (inputs, tools) => concat(inputs.slice(0, -1), tools.numbers(inputs.length - 1)[0], tools),
  Concat: (inputs, tools) => concat(inputs.slice(1), tools.numbers(0)[0], tools),
  Pack(parts, tools) {
    const at = packAxis(
      parts.map((p) => p.shape),
      tools.node,
    );
    const widened = parts.map((p) => tools.reshape(p, [...p.shape.slice(0, at), 1, ...p.shape.slice(at)]));
    return tools.call('Concat', widened, { axis: at });
  },
};
