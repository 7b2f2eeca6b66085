/** Tensors laid end to end, stacked, cut and unstacked, on wasm. */
import { concatAxis, packAxis, splitSizes, splitVSizes, unpackAxis } from '../host/concat';
import type { Info, Recipes, Tools } from './recipe';

/** Parts of these sizes along an axis. */
function cut(x: Info, at: number, sizes: readonly number[], { call }: Tools): Info[] {
  let from = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, i) => (i === at ? from : 0));
    from += size;
    return call('Slice', { x }, { begin, size: x.shape.map((d, i) => (i === at ? size : d)) });
  });
}
function concat(parts: readonly Info[], axis: number, { call }: Tools): Info {
  return call('Concat', parts, { axis: concatAxis(parts.map((p) => p.shape), axis) });
}

export const CONCAT_RECIPES: Recipes = {
  ConcatV2: (inputs, tools) => concat(inputs.slice(0, -1), tools.numbers(inputs.length - 1)[0], tools),
  Concat: (inputs, tools) => concat(inputs.slice(1), tools.numbers(0)[0], tools),
  Pack(parts, tools) {
    const at = packAxis(parts.map((p) => p.shape), tools.node);
    const widened = parts.map((p) => tools.reshape(p, [...p.shape.slice(0, at), 1, ...p.shape.slice(at)]));
    return tools.call('Concat', widened, { axis: at });
  },
  Unpack([x], tools) {
    const at = unpackAxis(x.shape, tools.node);
    const shape = x.shape.filter((_, i) => i !== at);
    return cut(x, at, new Array<number>(x.shape[at]).fill(1), tools).map((part) => tools.reshape(part, shape));
  },
  Split([, x], tools) {
    const { at, sizes } = splitSizes(x.shape, tools.numbers(0)[0], tools.node.outputTypes.length);
    return cut(x, at, sizes, tools);
  },
  SplitV([x, given], tools) {
    const { at, sizes } = splitVSizes(x.shape, tools.numbers(2)[0], tools.numbers(1), given.shape, tools.node.outputTypes.length);
    return cut(x, at, sizes, tools);
  },
};
