/** Changing rows of an array by index: what the scatter ops of variables are made of. */
import { type Cells, asLongs, asNumbers } from '../../base/elements';
import { type DType, type Data, bfloat16, float16 } from '../../base/dtype';
import { bfloatToNumber, halfToNumber, numberToBfloat, numberToHalf } from '../../base/half';
import { cShape, sameShape, sizeOf } from '../../base/shape';
import { type HostTensor, invalid } from '../kernel';
import { elementName } from './gather';

/** What becomes of an element and its update. */
export interface Combine {
  readonly number: (a: number, b: number) => number;
  readonly big: (a: bigint, b: bigint) => bigint;
}
const nonZero = <T extends number | bigint>(b: T): T => (b === 0 || b === 0n ? invalid('Integer division by zero') : b);

export const combiners: Readonly<Record<'Update' | 'Add' | 'Sub' | 'Mul' | 'Div' | 'Min' | 'Max', Combine>> = {
  Update: { number: (_, b) => b, big: (_, b) => b },
  Add: { number: (a, b) => a + b, big: (a, b) => a + b },
  Sub: { number: (a, b) => a - b, big: (a, b) => a - b },
  Mul: { number: (a, b) => a * b, big: (a, b) => a * b },
  Div: { number: (a, b) => a / b, big: (a, b) => a / nonZero(b) },
  // What is there stays unless the update beats it: beside NaN, and of two zeros.
  Min: { number: (a, b) => (b < a ? b : a), big: (a, b) => (b < a ? b : a) },
  Max: { number: (a, b) => (b > a ? b : a), big: (a, b) => (b > a ? b : a) },
};

/**
 * target[indices[i]] = combine(target[indices[i]], updates[i]), one after the other.
 *
 * @param open  gives the elements to write to, once everything is known to fit
 */
export function combineRows(
  target: { readonly dtype: DType; readonly shape: readonly number[] },
  open: () => Data,
  indices: HostTensor,
  updates: HostTensor,
  combine: Combine,
  isHandle: boolean,
): void {
  const { dtype, shape } = target;
  if (shape.length === 0) return invalid(`params must be at least 1-D, got shape ${cShape(shape)}`);
  const isScalar = updates.shape.length === 0;
  if (!isScalar && !sameShape(updates.shape, [...indices.shape, ...shape.slice(1)])) {
    return invalid(
      isHandle
        ? `shape of indices (${cShape(indices.shape)}) is not compatible with the shape of updates ` +
            `(${cShape(updates.shape)})`
        : 'Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = [], got ' +
            `updates.shape ${cShape(updates.shape)}, indices.shape ${cShape(indices.shape)}, ` +
            `params.shape ${cShape(shape)}`,
    );
  }
  for (let i = 0; i < indices.data.length; i++) {
    const row = Number(indices.data[i]);
    if (!(row >= 0 && row < shape[0]))
      return invalid(`indices${elementName(indices.shape, i)} = ${row} is not in [0, ${shape[0]})`);
  }
  const width = sizeOf(shape.slice(1)) * (dtype.isComplex ? 2 : 1);
  const data = open();
  const combineRow = elementsOf(dtype, combine)(data, updates.data);
  for (let i = 0; i < indices.data.length; i++) {
    const at = Number(indices.data[i]) * width;
    combineRow(at, isScalar ? 0 : i * width, width, isScalar ? 0 : 1);
  }
}

/** Made for two arrays: combines `count` elements of the first from `at` on with those of the second from `from` on. */
type Row = (target: Data, updates: Data) => (at: number, from: number, count: number, step: 0 | 1) => void;
/** The loop over the elements of a row, for a dtype. */
function elementsOf(dtype: DType, combine: Combine): Row {
  const { number, big } = combine;
  if (combine === combiners.Update) {
    return (target: Cells, updates) => (at, from, count, step) => {
      for (let i = 0; i < count; i++) target[at + i] = updates[from + i * step];
    };
  }
  if (dtype === float16 || dtype === bfloat16) {
    const [to, back] = dtype === float16 ? [halfToNumber, numberToHalf] : [bfloatToNumber, numberToBfloat];
    return (target, updates) => {
      const [a, b] = [asNumbers(target), asNumbers(updates)];
      return (at, from, count, step) => {
        for (let i = 0; i < count; i++) a[at + i] = back(number(to(a[at + i]), to(b[from + i * step])));
      };
    };
  }
  if (dtype.size === 8 && dtype.isInteger) {
    return (target, updates) => {
      const [a, b] = [asLongs(target), asLongs(updates)];
      return (at, from, count, step) => {
        for (let i = 0; i < count; i++) a[at + i] = big(a[at + i], b[from + i * step]);
      };
    };
  }
  if (dtype.isComplex && (combine === combiners.Mul || combine === combiners.Div))
    return invalid(`a product of ${dtype.name} rows is not supported`);
  if (combine === combiners.Add) {
    return (target, updates) => {
      const [a, b] = [asNumbers(target), asNumbers(updates)];
      return (at, from, count, step) => {
        for (let i = 0; i < count; i++) a[at + i] += b[from + i * step];
      };
    };
  }
  if (combine === combiners.Mul && dtype.isInteger) {
    return (target, updates) => {
      const [a, b] = [asNumbers(target), asNumbers(updates)];
      return (at, from, count, step) => {
        for (let i = 0; i < count; i++) a[at + i] = Math.imul(a[at + i], b[from + i * step]);
      };
    };
  }
  const checked =
    combine === combiners.Div && dtype.isInteger ? (a: number, b: number) => Math.trunc(a / nonZero(b)) : number;
  return (target, updates) => {
    const [a, b] = [asNumbers(target), asNumbers(updates)];
    return (at, from, count, step) => {
      for (let i = 0; i < count; i++) a[at + i] = checked(a[at + i], b[from + i * step]);
    };
  };
}

type Shaped = Pick<HostTensor, 'shape'>;
export function checkEmpty(size: number, indices: Shaped, updates: Shaped, more: string): void {
  const sizes = [sizeOf(indices.shape), sizeOf(updates.shape)];
  if (sizes.some(Boolean) && (!size || sizes.includes(0)))
    invalid(`Indices and updates specified for empty output${more}`);
}
/** What TensorFlow checks where rows are written, also into variables, which it checks for nothing else. */
export function checkRows(shape: readonly number[], indices: Shaped, updates: Shaped): void {
  if (shape.length === 0) invalid('Output must be at least 1-D, got shape: []');
  checkEmpty(sizeOf(shape), indices, updates, `.  indices shape: ${cShape(indices.shape)}`);
  const [at, rows] = [indices.shape, updates.shape];
  if (rows.length && rows[0] !== at[0]) {
    invalid(
      'The outermost dimension of updates and indices must match. Got indices.shape ' +
        `${cShape(at)}, updates.shape ${cShape(rows)}`,
    );
  }
  const [batch, depth] = at.length > 1 ? [at.slice(0, -1), at[at.length - 1]] : [[at[0]], 1];
  if (depth > shape.length || !sameShape(rows, [...batch, ...shape.slice(depth)])) {
    invalid(
      'Must have updates.shape = indices.shape[:batch_dim] + params_shape[slice_dim:], got updates.shape: ' +
        `${cShape(rows)}, indices.shape: ${cShape(at)}, params_shape: ${cShape(shape)}, ` +
        `slice_dim: ${depth}, and batch_dim: ${batch.length}`,
    );
  }
}
