/**
 * Where a kernel of TensorFlow 2.x, which the addon runs, does not give what 1.15's does: for which nodes, and what is
 * done about it. The lines stand in values.ts, beside what is right.
 */
import { asNumbers } from '../base/elements';
import { type DType, float32, float64 } from '../base/dtype';
import { sizeOf } from '../base/shape';
import { type Look, attr } from './kernel';
import type { Node, Part } from './parts';

/** A look at operands: whether the kernel does right by them. */
type Fits = (look: Look, node: Node) => boolean;
export interface Difference {
  /** Op types, with blanks between; none: those of the row it stands in. */
  readonly types?: string;
  /** Of which inputs: the dtype of the node's `T` or `SrcT`; all where not given. */
  readonly of?: readonly DType[];
  readonly where?: (node: Node) => boolean;
  /** Of a node of a whole graph, which TensorFlow rewrites before it runs; step by step nothing is to be done. */
  readonly inGraphs?: boolean;
  /** Not in a whole graph where the nodes that give the inputs are of such types. */
  readonly unless?: (givers: readonly (string | undefined)[], node: Node) => boolean;
  /** What 2.x does. */
  readonly says: string;
  /**
   * `host`: not used. `graph`: step by step, too, as a graph of one node. Parts: these nodes instead. A test: used
   * where it holds, and else left to the host.
   */
  readonly instead: 'host' | 'graph' | ((node: Node) => readonly Part[]) | { readonly fits: Fits };
}

export const FLOATS = [float32, float64];

/** Axes that name no dimension twice: of one sign, and each once. */
export const distinctAxes: Fits = ({ data }) => {
  const axes = data(1);
  if (!axes) return false;
  const all = Array.from(axes, Number);
  return all.length < 2 || ((all.every((a) => a >= 0) || all.every((a) => a < 0)) && new Set(all).size === all.length);
};
/** Axes over which more than one element is reduced to one. */
export const reducesMany: Fits = ({ shape, data }) => {
  const [dims, axes] = [shape(0), data(1)];
  if (!dims || !axes) return false;
  const reduced = Array.from(axes, Number).map((a) => dims[a < 0 ? a + dims.length : a]);
  return sizeOf(reduced) !== 1;
};
/** Each row from the first to the last is named once at least. */
export const namesAllRows: Fits = ({ data }, node) => {
  const rows = new Set<number>();
  let last = -1;
  for (let i = 0; i < attr(node, 'N'); i++) {
    const indices = data(i);
    if (!indices) return false;
    for (const row of asNumbers(indices)) {
      if (row < 0) return false;
      rows.add(row);
      if (row > last) last = row;
    }
  }
  return rows.size === last + 1;
};
/** One bound for all elements, on both sides. */
export const scalarBounds: Fits = ({ shape }) => shape(1)?.length === 0 && shape(2)?.length === 0;
export const countsFromZero: Fits = ({ data }) => {
  const order = data(1);
  return order !== null && Array.from(order, Number).every((d) => d >= 0);
};
export const notEmpty =
  (...inputs: readonly number[]): Fits =>
  ({ shape }) =>
    inputs.every((i) => sizeOf(shape(i) ?? [0]) > 0);
/** Splits of a ragged tensor, which are the first inputs: from 0 on, in order, each to the end of what it splits. */
export const soundSplits: Fits = ({ shape, data }, node) => {
  const rank = attr(node, 'PARAMS_RAGGED_RANK');
  for (let i = 0; i < rank; i++) {
    const [splits, rows] = [data(i), shape(i + 1)?.[0]];
    if (!splits?.length || shape(i)?.length !== 1 || rows === undefined) return false;
    const all = Array.from(splits, Number);
    if (all[0] !== 0 || all.some((at, row) => row > 0 && at < all[row - 1])) return false;
    if (all[all.length - 1] !== (i === rank - 1 ? rows : rows - 1)) return false;
  }
  return true;
};
/** The kernel of oneDNN's for filters of one pixel that go by steps writes beyond what it has, but for whole blocks. */
export const wholeBlocks: Fits = ({ shape, data }, node) => {
  const [, down, across] = attr(node, 'strides');
  if (down === 1 && across === 1) return true;
  const [channels, sizes] = [shape(0)?.[3], data(1)];
  if (channels === undefined || !sizes) return false;
  return channels % 16 === 0 || Number(sizes[0]) > 1 || Number(sizes[1]) > 1;
};
/** Where the last of two dimensions of batches is 1 in both, and one is spread, oneDNN writes beyond what it has. */
export const knownBatches: Fits = ({ shape }) => {
  const [a, b] = [shape(0)?.slice(0, -2), shape(1)?.slice(0, -2)];
  if (!a || !b) return false;
  if (Math.max(a.length, b.length) !== 2) return true;
  const isSame = a.length === b.length && a.every((d, i) => d === b[i]);
  return isSame || (a.at(-1) ?? 1) !== 1 || (b.at(-1) ?? 1) !== 1;
};
