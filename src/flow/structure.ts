/**
 * Structures of values, TensorFlow's `nest`: lists, objects (by their keys in order), and rows (`IndexedSlices`) and
 * sparse tensors, which are tensors put together, to any depth. Everything else is a leaf.
 */
import { checkHoles, isList } from '../base/border';
import { type Walk, step } from '../base/room';
import { TypeError_, ValueError } from '../base/errors';
import { listLike } from '../base/named-tuple';
import { isLong, isRevoked, preview, textOf } from '../base/preview';
import { isPlain } from '../calls/bind';
import { isConvertible } from '../graph/constant';
import { IndexedSlices, Operation, Tensor, pythonRepr, pythonType } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';

/** Values of one kind, nested in lists and objects. */
export type Structure<T> = T | readonly Structure<T>[] | { readonly [key: string]: Structure<T> };

type Plain = Readonly<Record<string, unknown>>;
function isObject(x: unknown): x is Plain {
  return isPlain(x) && !isConvertible(x);
}
/** Tensors put together. */
function isComposite(x: unknown): x is IndexedSlices | SparseTensor {
  return !isRevoked(x) && (x instanceof IndexedSlices || x instanceof SparseTensor);
}
/** Whether it has parts: rows and sparse tensors have where `composites` says so. */
function hasParts(x: unknown, composites: boolean): boolean {
  return isList(x) || isObject(x) || (composites && isComposite(x));
}
const keysOf = (x: Plain): string[] => Object.keys(x).sort();
function partsOf(x: unknown): readonly unknown[] {
  if (isList(x)) {
    checkHoles(x);
    return Array.from(x);
  }
  if (x instanceof IndexedSlices) return [x.values, x.indices, ...(x.denseShape ? [x.denseShape] : [])];
  if (x instanceof SparseTensor) return [x.indices, x.values, x.denseShape];
  return isObject(x) ? keysOf(x).map((key) => x[key]) : [];
}
/** Another one of its kind, with other parts. */
function withParts(x: unknown, parts: readonly unknown[]): unknown {
  if (isList(x)) return listLike(x, parts);
  if (x instanceof IndexedSlices) {
    const [values, indices, denseShape] = parts.filter((part) => part instanceof Tensor);
    return new IndexedSlices(values, indices, denseShape);
  }
  if (x instanceof SparseTensor) {
    const [indices, values, denseShape] = parts.filter((part) => part instanceof Tensor);
    return new SparseTensor(indices, values, denseShape);
  }
  const byKey = new Map(isObject(x) ? keysOf(x).map((key, i) => [key, parts[i]]) : []);
  return isObject(x) ? Object.fromEntries(Object.keys(x).map((key) => [key, byKey.get(key)])) : x;
}

/** The leaves, in order. */
export function flatten(structure: unknown, composites = true): unknown[] {
  const leaves: unknown[] = [];
  mapStructure(structure, (leaf) => leaves.push(leaf), composites);
  return leaves;
}
/** A structure of what `fn` makes of the leaves. */
export function mapStructure(
  structure: unknown,
  fn: (leaf: unknown) => unknown,
  composites = true,
  depth = 0,
  walk: Walk = { parts: 0 },
): unknown {
  step(walk, depth);
  if (!hasParts(structure, composites)) return fn(structure);
  const parts = partsOf(structure).map((part) => mapStructure(part, fn, composites, depth + 1, walk));
  // Rows are put together only of tensors; what is made of their parts may be anything.
  return isComposite(structure) && !parts.every((part) => part instanceof Tensor) ? parts : withParts(structure, parts);
}
/** A structure like another one, with these leaves. */
export function packAs(structure: unknown, leaves: readonly unknown[], composites = true): unknown {
  let next = 0;
  return mapStructure(structure, () => leaves[next++], composites);
}

// --- leaves that stand for a tensor ------------------------------------------------------------------------------

/** What says in which order something is used by a tensor that goes from one use to the next: a TensorArray. */
export const FLOW: unique symbol = Symbol('flow');
/** Such a thing. */
export interface Flowing {
  readonly [FLOW]: {
    readonly tensor: Tensor;
    /** The same thing after another use. */
    after(flow: Tensor): Flowing;
  };
}
export function isFlowing(x: unknown): x is Flowing {
  return typeof x === 'object' && x !== null && FLOW in x;
}
/** The tensor that stands for a leaf. */
export function flowIn(leaf: unknown): unknown {
  return isFlowing(leaf) ? leaf[FLOW].tensor : leaf;
}
/** Tensors in the places of leaves, and what has a flow with its new one. */
export function withFlows(leaves: readonly unknown[], tensors: readonly Tensor[]): unknown[] {
  if (leaves.length !== tensors.length)
    throw new ValueError(
      `Lengths of original Tensor list and new list do not match: ${leaves.length} vs. ${tensors.length}`,
    );
  return leaves.map((leaf, i) => (isFlowing(leaf) ? leaf[FLOW].after(tensors[i]) : tensors[i]));
}

// --- two of them ------------------------------------------------------------------------------------------------

/** @throws ValueError or TypeError  where two structures are not the same, in TensorFlow's words */
export function assertSame(first: unknown, second: unknown, fix = '', composites = true): void {
  const more = difference(first, second, composites);
  if (!more) return;
  const text =
    `The two structures don't have the same nested structure.\n\nFirst structure: ${shown(first)}\n\n` +
    `Second structure: ${shown(second)}\n\nMore specifically: ${more.text}\n` +
    `Entire first structure:\n${dots(first, composites)}\nEntire second structure:\n${dots(second, composites)}` +
    (fix && `\n  fix: ${fix}`);
  throw more.kind === 'type' ? new TypeError_(text) : new ValueError(text);
}
interface Difference {
  readonly kind: 'type' | 'value';
  readonly text: string;
}
const differs = (kind: Difference['kind'], text: string): Difference => ({ kind, text });
function difference(
  a: unknown,
  b: unknown,
  composites: boolean,
  depth = 0,
  walk: Walk = { parts: 0 },
): Difference | null {
  step(walk, depth);
  const [inA, inB] = [a, b].map((x) => hasParts(x, composites));
  if (inA !== inB) {
    const [sequence, leaf] = inA ? [a, b] : [b, a];
    return differs(
      'value',
      `Substructure "${shown(sequence)}" is a sequence, while substructure "${shown(leaf)}" is not`,
    );
  }
  if (!inA) return null;
  if (
    isList(a) !== isList(b) ||
    a instanceof IndexedSlices !== b instanceof IndexedSlices ||
    a instanceof SparseTensor !== b instanceof SparseTensor
  )
    return differs(
      'type',
      `The two namedtuples don't have the same sequence type. First structure ${shown(a)} has type ${pythonType(a)}, ` +
        `while second structure ${shown(b)} has type ${pythonType(b)}`,
    );
  const keys = isObject(a) && isObject(b) ? keysDifference(keysOf(a), keysOf(b)) : null;
  if (keys) return keys;
  const [partsA, partsB] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.min(partsA.length, partsB.length); i++) {
    const found = difference(partsA[i], partsB[i], composites, depth + 1, walk);
    if (found) return found;
  }
  return partsA.length === partsB.length ? null : countDiffers(a, b);
}
function countDiffers(a: unknown, b: unknown): Difference {
  return differs(
    'value',
    "The two structures don't have the same number of elements. " +
      `First structure: ${shown(a)}. Second structure: ${shown(b)}`,
  );
}
function keysDifference(a: readonly string[], b: readonly string[]): Difference | null {
  if (a.join('\0') === b.join('\0')) return null;
  return differs(
    'value',
    `The two dictionaries don't have the same set of keys. First structure has keys ${shown(a)}, while ` +
      `second structure has keys ${shown(b)}`,
  );
}

/** `type=list str=[1, 2]` */
function shown(x: unknown): string {
  return `type=${pythonType(x)} str=${x instanceof Tensor || isComposite(x) ? x.toString() : repr(x)}`;
}
/** Lists in lists that texts show. */
const SHOWN = 8;
/** As Python prints it. */
export function repr(x: unknown, depth = 0): string {
  if (isRevoked(x)) return textOf(x);
  if (x instanceof Tensor) return x.repr();
  if (x instanceof Operation || isComposite(x)) return String(x);
  if (depth > SHOWN) return '…';
  if (isLong(x)) return preview(x);
  if (isList(x)) return `[${Array.from(x, (each) => repr(each, depth + 1)).join(', ')}]`;
  if (isObject(x))
    return `{${keysOf(x)
      .map((key) => `${pythonRepr(key)}: ${repr(x[key], depth + 1)}`)
      .join(', ')}}`;
  if (x === null || x === undefined) return 'None';
  if (typeof x === 'boolean') return x ? 'True' : 'False';
  return typeof x === 'string' ? pythonRepr(x) : textOf(x);
}
function dots(x: unknown, composites: boolean, depth = 0): string {
  if (!hasParts(x, composites) || isComposite(x)) return '.';
  if (depth > SHOWN) return '…';
  if (isObject(x))
    return `{${keysOf(x)
      .map((key) => `${pythonRepr(key)}: ${dots(x[key], composites, depth + 1)}`)
      .join(', ')}}`;
  return `[${partsOf(x)
    .map((part) => dots(part, composites, depth + 1))
    .join(', ')}]`;
}
