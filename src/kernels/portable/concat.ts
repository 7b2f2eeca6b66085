/** Tensors laid end to end, stacked, cut and unstacked, on wasm. */
import { sizeOf } from '../../base/shape';
import { concatAxis, packAxis, splitSizes, splitVSizes, unpackAxis } from '../host/concat';
import { type Lowering, reshaped } from './lower';
import { type Draft, type Spot, shifted } from './program';
import type { Recipes } from './recipe';

/** Tensors end to end along an axis. */
function concat(parts: readonly Spot[], axis: number, { draft }: Lowering): Spot {
  const at = concatAxis(
    parts.map((p) => p.shape),
    axis,
  );
  const rows = sizeOf(parts[0].shape.slice(0, at));
  const widths = parts.map((p) => sizeOf(p.shape.slice(at)));
  const width = widths.reduce((a, b) => a + b);
  const length = parts.reduce((sum, p) => sum + p.shape[at], 0);
  const out = draft.make(parts[0].shape.map((d, i) => (i === at ? length : d)));
  let from = 0;
  parts.forEach((part, i) => {
    draft.copy(part, 4 * widths[i], shifted(out, 4 * from), 4 * width, rows, widths[i]);
    from += widths[i];
  });
  return out;
}
/** Parts of so many elements along an axis; what lies there as a whole stays there. */
function cut(x: Spot, axis: number, sizes: readonly number[], draft: Draft): Spot[] {
  const rows = sizeOf(x.shape.slice(0, axis));
  const inner = sizeOf(x.shape.slice(axis + 1));
  let from = 0;
  return sizes.map((size) => {
    const shape = x.shape.map((d, i) => (i === axis ? size : d));
    const source = shifted(x, 4 * inner * from);
    from += size;
    if (rows === 1) return { ...source, shape };
    const out = draft.make(shape);
    draft.copy(source, 4 * inner * x.shape[axis], out, 4 * inner * size, rows, inner * size);
    return out;
  });
}
/** An axis that is known, and of which all parts have elements. */
function areFull(sizes: readonly number[]): boolean {
  return sizes.every((n) => n > 0);
}

export const CONCAT_RECIPES: Recipes = {
  ConcatV2: {
    lower(inputs, to) {
      const axis = to.numbers(inputs.length - 1);
      return axis && [concat(inputs.slice(0, -1), axis[0], to)];
    },
  },
  Concat: {
    lower([, ...parts], to) {
      const axis = to.numbers(0);
      return axis && [concat(parts, axis[0], to)];
    },
  },
  Pack: {
    lower(parts, to) {
      const at = packAxis(
        parts.map((p) => p.shape),
        to.node,
      );
      const widened = parts.map((p) => reshaped(p, [...p.shape.slice(0, at), 1, ...p.shape.slice(at)]));
      return [concat(widened, at, to)];
    },
  },
  Unpack: {
    lower([x], { node, draft }) {
      const at = unpackAxis(x.shape, node);
      const shape = x.shape.filter((_, i) => i !== at);
      return cut(x, at, new Array<number>(x.shape[at]).fill(1), draft).map((part) => reshaped(part, shape));
    },
  },
  Split: {
    lower([, x], { node, draft, numbers }) {
      const axis = numbers(0);
      if (!axis) return null;
      const { at, sizes } = splitSizes(x.shape, axis[0], node.outputTypes.length);
      return cut(x, at, sizes, draft);
    },
  },
  SplitV: {
    lower([x, given], { node, draft, numbers }) {
      const [asked, axis] = [numbers(1), numbers(2)];
      if (!asked || !axis) return null;
      const { at, sizes } = splitVSizes(x.shape, axis[0], asked, given.shape, node.outputTypes.length);
      return areFull(sizes) ? cut(x, at, sizes, draft) : null;
    },
  },
};
