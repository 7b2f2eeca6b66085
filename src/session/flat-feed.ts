/** Flat typed arrays that are fed: when they take the shape of the tensor, and when they may be something else. */
import type { TypedArray } from '../base/dtype';
import { knownShape } from '../base/known-shape';
import { dtypeOfArray, isTypedArray } from '../base/to-ndarray';
import type { Tensor } from '../graph/graph';
import type { FeedValues } from '../graph/runner';

/**
 * A typed array's shape: the tensor's, with its one unknown dimension filled in; null where it does not fill that. One
 * that knows its shape may take another only with as many rows: a hundred labels are not ten rows of ten.
 */
export function shapeFor(tensor: Tensor, value: TypedArray): readonly number[] | null {
  const known = knownShape(value);
  if (known && tensor.shape.isCompatibleWith(known)) return known;
  const filled = filledShape(tensor, value.length);
  if (known) return filled?.[0] !== known[0] ? known : filled;
  return filled && isAnswers(tensor, value) ? null : filled;
}
/**
 * Whether a flat array may be one number for each example, and no rows, where how many rows is open: whole numbers for
 * rows of fractions, and numbers that may be classes. A hundred classes would be ten rows of ten.
 */
function isAnswers({ dtype, shape: { dims } }: Tensor, value: TypedArray): boolean {
  if (!dims || dims.length < 2 || !dims.includes(null) || !dtype.baseDtype.isFloating) return false;
  if (dtypeOfArray(value)?.isInteger && !(value instanceof dtype.baseDtype.array)) return true;
  const [rows, columns] = dims;
  return dtype.baseDtype.size >= 4 && dims.length === 2 && rows === null && mayBeClasses(value, columns ?? 0);
}
/** So many classes at most, and so many elements that are looked at: it happens at every feed. */
export const MOST_CLASSES = 100;
const [LOOKED_AT, SAMPLES] = [2048, 128];
/** Whole numbers below `count`, 0 and 1 among them, that are no one-hot rows: nothing else is rows of such numbers. */
function mayBeClasses(value: TypedArray, count: number): boolean {
  if (count < 2 || count > MOST_CLASSES || areOneHot(value, count)) return false;
  const end = Math.min(value.length, LOOKED_AT);
  for (let i = 0; i < end; i++) {
    const x = Number(value[i]);
    if (!(x >= 0 && x < count) || x !== Math.floor(x)) return false;
  }
  return true;
}
/**
 * Whether rows here and there have one 1 and else 0: they need not all be looked through at every feed. Of two columns
 * they would be as likely 0 and 1 for each example.
 */
function areOneHot(value: TypedArray, count: number): boolean {
  if (count === 2) return false;
  const rows = value.length / count;
  const step = Math.max(1, Math.floor((rows * count) / SAMPLES));
  for (let row = 0; row < rows; row += step) {
    let ones = 0;
    for (let i = row * count; i < (row + 1) * count; i++) {
      const x = Number(value[i]);
      if (x === 1) ones++;
      else if (x !== 0) return false;
    }
    if (ones !== 1) return false;
  }
  return rows > 0;
}
/** Whether a flat array has whole numbers below `count`. */
export function areClasses(value: FeedValues, count: number): boolean {
  if (!isTypedArray(value) || knownShape(value)) return false;
  return Array.prototype.every.call(value, (x: number | bigint) => {
    const number = Number(x);
    return Number.isInteger(number) && number >= 0 && number < count;
  });
}
/** Whether how many rows it has is for a feed to say. */
export function isOpen({ shape: { dims } }: Tensor): boolean {
  return dims !== null && dims[0] === null;
}
function filledShape(tensor: Tensor, length: number): number[] | null {
  const { dims } = tensor.shape;
  if (!dims) return null;
  let [known, hole] = [1, -1];
  for (let i = 0; i < dims.length; i++) {
    const d = dims[i];
    if (d !== null) known *= d;
    else if (hole >= 0) return null;
    else hole = i;
  }
  if (hole < 0 ? known !== length : known === 0 || length % known !== 0) return null;
  return dims.map((d) => d ?? length / known);
}
