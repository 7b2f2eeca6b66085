/** Python's `x[…]` as `x.get(…)`. */
import { isList } from '../base/border';
import { isA, textOf } from '../base/preview';
import { type DType, bool, int32, int64 } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { checkReadable } from '../base/unreadable';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { ElementFor, Made, Shallower, RankFor } from '../graph/fetched';
import { Tensor } from '../graph/graph';
import { type Settable, isHolder, settable } from './sliced-assignment';
import { booleanMask } from './where';

/**
 * Adds a dimension of 1 where it stands in `x.get(…)`: Python's `None`.
 *
 *     tf.constant([1, 2]).get(tf.newaxis)   // [[1, 2]]
 */
export const newaxis: unique symbol = Symbol('tf.newaxis');
export type { Part } from './sliced-assignment';
/** A position: a number, or a scalar integer tensor. */
export type Index = number | Tensor;
/** What stands between Python's brackets, one entry of it. */
export type Subscript =
  | Index
  | '...'
  | typeof newaxis
  | readonly [begin?: Index | null, end?: Index | null, step?: Index | null];

const WRONG =
  'Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid' +
  ' indices';

function checkIndex(x: unknown): Index {
  if (isA(x, Tensor) && [int32, int64].includes(x.dtype.baseDtype) && x.shape.rank !== 1) return x;
  if (typeof x === 'number' && Number.isInteger(x)) return x;
  throw notAnIndex(isA(x, Tensor) ? x.repr() : textOf(x));
}
function notAnIndex(what: string): TypeError_ {
  return new TypeError_(
    `${WRONG}, got ${what}` +
      "\n  an index is x.get(2), a range x.get([1, 3]), all of a dimension x.get([]), the rest x.get('...')",
  );
}

/**
 * Python's `x[…]`: a number takes one position (and the dimension away), `[begin, end, step]` a range whose ends may be
 * null or left out, `'...'` stands for all dimensions not named, `tf.newaxis` adds one.
 *
 *     x.get(0)                   // x[0]
 *     x.get([1, 3], [])          // x[1:3, :]
 *     x.get('...', [null, null, -1])   // x[..., ::-1]
 *     x.get(tf.newaxis, i)       // x[None, i], i a scalar tensor
 *     x.get(tf.greater(x, 0))    // x[x > 0]
 *
 * @throws TypeError   for an index that is not an integer
 * @throws ValueError  if there are more entries than dimensions, or an index is known to be outside
 */
export function getItem(of: TensorLike, spec: readonly (Subscript | Tensor)[]): Tensor {
  const x = isHolder(of) ? of.value() : of;
  if (spec.length === 1 && spec[0] instanceof Tensor && spec[0].dtype.baseDtype === bool)
    return booleanMask(x, spec[0]);
  const [begin, end, strides]: [Index[], Index[], Index[]] = [[], [], []];
  const masks = { begin_mask: 0, end_mask: 0, ellipsis_mask: 0, new_axis_mask: 0, shrink_axis_mask: 0 };
  const push = (b: Index, e: Index, s: Index): void => {
    begin.push(b);
    end.push(e);
    strides.push(s);
  };
  spec.forEach((entry, i) => {
    if (isList(entry)) {
      if (entry.length > 3) throw notAnIndex(`a list of ${entry.length}`);
      const [b, e, s] = entry.map((at) => (at === null || at === undefined ? null : checkIndex(at)));
      if ((b ?? null) === null) masks.begin_mask |= 1 << i;
      if ((e ?? null) === null) masks.end_mask |= 1 << i;
      push(b ?? 0, e ?? 0, s ?? 1);
    } else if (entry === '...') {
      masks.ellipsis_mask |= 1 << i;
      push(0, 0, 1);
    } else if (entry === newaxis) {
      masks.new_axis_mask |= 1 << i;
      push(0, 0, 1);
    } else {
      const at = checkIndex(entry);
      masks.shrink_axis_mask |= 1 << i;
      push(at, at instanceof Tensor ? at.add(1) : at + 1, 1);
    }
  });
  const cut = (at: Tensor[], scope: string): Tensor =>
    settable(apply('StridedSlice', [x, ...at], masks, scope), of, { spec: at, masks }, scope);
  return inScope(null, 'strided_slice', [x, ...begin, ...end, ...strides], (scope) => {
    if (!spec.length) {
      const none = convertToTensor([], int32, 'Const');
      return cut([none, none, none], scope);
    }
    let packed = [begin, end, strides].map((list) => convertToTensor(list, indexType(list), 'stack'));
    if (packed.some((t) => t.dtype === int64))
      packed = packed.map((t) => (t.dtype === int64 ? t : apply('Cast', [t], { DstT: int64 })));
    return cut(packed, scope);
  });
}
/** The dtype of the first tensor; numbers alone are int32 where they fit. */
function indexType(list: readonly Index[]): DType {
  const tensor = list.find((x) => x instanceof Tensor);
  if (tensor) return tensor.dtype.baseDtype;
  return list.every((x) => typeof x === 'number' && x === (x | 0)) ? int32 : int64;
}

/** What tensors and variables are sliced by. */
export interface Sliceable {
  /** Python's `x[0]`. */
  get<X>(this: X, index: number): Made<ElementFor<X>, Shallower<RankFor<X>>>;
  /** Python's `x[0, 1]`. */
  get<X>(this: X, first: number, second: number): Made<ElementFor<X>, Shallower<Shallower<RankFor<X>>>>;
  /** Python's `x[…]`: `x.get(0)`, `x.get([1, 3], [])`; see `tf.getItem`. */
  get(...spec: (Subscript | Tensor)[]): Tensor;
}
/** What variables are sliced by: the parts can be set. */
export interface SliceableVariable {
  /** Python's `v[0]`, which `v.get(0).assign(x)` sets. */
  get<X>(this: X, index: number): Made<ElementFor<X>, Shallower<RankFor<X>>> & Settable;
  /** Python's `v[0, 1]`. */
  get<X>(this: X, first: number, second: number): Made<ElementFor<X>, Shallower<Shallower<RankFor<X>>>> & Settable;
  /** Python's `v[…]`: `v.get([1, 3]).assign(x)`. */
  get(...spec: (Subscript | Tensor)[]): Tensor & Settable;
}
declare module '../graph/operation' {
  interface Tensor extends Sliceable {}
}
/** Gives a class whose instances are or convert to tensors the method `get`. */
export function installGet(prototype: object): void {
  Object.defineProperty(prototype, 'get', {
    value(this: TensorLike, ...spec: (Subscript | Tensor)[]): Tensor {
      checkReadable(spec, 'get');
      return getItem(this, spec);
    },
    writable: true,
    configurable: true,
    enumerable: false,
  });
}
