/** Rows of tensors, one after the other in a loop: what `mapFn`, `scan`, `foldl` and `foldr` have in common. */
import type { ByName } from '../base/by-name';
import { isCallable } from '../base/border';
import { type Scalar, int32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { type Convertible, type TensorLike, toTensor } from '../graph/constant';
import type { ElementFor, Made, RankFor, Shallower } from '../graph/fetched';
import { Tensor } from '../graph/graph';
import type { Symbolic } from '../ops/known-ranks';
import { element, shapeOf } from '../ops/words';
import type { InLoop } from './loop';
import { type Structure, flatten, mapStructure, packAs } from './structure';
import { TensorArray } from './tensor-array';

/** What the rows are taken of: a tensor, or lists and objects of tensors that have as many rows. */
export type Elements = TensorLike | Structure<Tensor | Convertible>;
/** A row of a tensor, or of each in lists and objects. */
export type RowOf<E> = Untyped<E> extends true ? Tensor : PartOf<E>;
/** All of them, in a loop. */
export type AllRows<E> = Untyped<E> extends true ? Tensor : InLoop<E>;
/** Whether a call is so wrong that nothing is known of its elements: their type has no end. */
type Untyped<E> = [Elements] extends [E] ? true : false;
type PartOf<E> = E extends Symbolic | NDArray | ArrayBufferView | readonly Scalar[]
  ? Made<ElementFor<E>, Shallower<RankFor<E>>>
  : E extends object
    ? { -readonly [K in keyof E]: PartOf<E[K]> }
    : Tensor;
/** What these functions take by name beside a function and its elements. */
export interface FoldOptions extends ByName {
  /** How many iterations may run at once; 10 where not given. */
  readonly parallelIterations?: number | null;
  /** Whether it can be differentiated; true where not given. */
  readonly backProp?: boolean | null;
  /** Whether what is kept for gradients may leave the device meanwhile. */
  readonly swapMemory?: boolean | null;
  /** The scope of its nodes. */
  readonly name?: string | null;
}
export type Call = (...args: unknown[]) => unknown;

/** Tensors of a structure, and a way to put others together as it. */
export class Rows {
  readonly tensors: readonly Tensor[];
  /** How many rows there are, as far as it is known. */
  readonly known: number | null;
  readonly count: number | Tensor;
  constructor(
    private readonly structure: unknown,
    zeroIsUnknown: boolean,
  ) {
    this.tensors = leavesOf(structure).map((x) => toTensor(x, null, 'elem'));
    const [{ shape }] = this.tensors;
    if (shape.rank === 0)
      throw new ValueError(
        this.tensors.length === 1
          ? 'elems must be a 1+ dimensional Tensor, not a scalar\n  fix: what is gone through is a list: [1, 2, 3].'
          : 'elements in elems must be 1+ dimensional Tensors, not scalars',
      );
    this.known = shape.dims?.[0] ?? null;
    // As Python's `or`: a 0 is asked for again by the run.
    const given = zeroIsUnknown ? this.known || null : this.known;
    this.count = given ?? element(shapeOf(this.tensors[0]), 0);
  }
  /** The place of the last row. */
  last(): number | Tensor {
    return typeof this.count === 'number' ? this.count - 1 : this.count.sub(1);
  }
  packed(values: readonly unknown[]): unknown {
    return packedAs(this.structure, values);
  }
}
/** Numbers in a list are the rows of one tensor; tensors in a list are several. */
function isMany(structure: unknown): boolean {
  return flatten(structure, false).some((x) => x instanceof Tensor || typeof x === 'object') && !isLeaf(structure);
}
function isLeaf(structure: unknown): boolean {
  let isOne = false;
  mapStructure(
    structure,
    (leaf) => {
      if (leaf === structure) isOne = true;
    },
    false,
  );
  return isOne;
}
export function leavesOf(structure: unknown): unknown[] {
  return isMany(structure) ? flatten(structure, false) : [structure];
}
export function packedAs(structure: unknown, values: readonly unknown[]): unknown {
  return isMany(structure) ? packAs(structure, values, false) : values[0];
}
export function checkFn(fn: unknown): void {
  if (!isCallable(fn)) throw new TypeError_('fn must be callable.');
}
export function arrayOf({ dtype, shape }: Tensor, size: number | Tensor, elementShapes: boolean): TensorArray {
  const rest = shape.dims && new TensorShape(shape.dims.slice(1));
  const more = elementShapes && { elementShape: rest };
  return new TensorArray(dtype, { size, dynamicSize: false, inferShape: true, ...more });
}
export function arraysOf({ tensors, count }: Rows, elementShapes: boolean): TensorArray[] {
  const arrays = tensors.map((t) => arrayOf(t, count, elementShapes));
  return arrays.map((array, i) => array.unstack(tensors[i]));
}
/** @throws ValueError  where it is known that the elements do not have as many rows each */
export function stacked(arrays: readonly TensorArray[], { known, tensors }: Rows): Tensor[] {
  const results = arrays.map((array) => array.stack());
  let rows: number | null = known;
  for (const { shape } of tensors.slice(1)) {
    const more = shape.at(0);
    if (rows !== null && more !== null && rows !== more)
      throw new ValueError(
        `Dimensions ${rows} and ${more} are not compatible` +
          '\n  fix: what is gone through together has as many rows each.',
      );
    rows ??= more;
  }
  for (const result of results) {
    const { dims } = result.shape;
    if (dims) result.setShape(new TensorShape([known, ...dims.slice(1)]));
  }
  return results;
}

/** A whole number of the program as a loop variable. */
export function whole(n: number): NDArray {
  return new NDArray(int32, [], Int32Array.of(n));
}
