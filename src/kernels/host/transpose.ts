/** Dimensions in another order, and elements in reverse order along some, on the host. */
import { type Cells, asFloats } from '../../base/elements';
import { boxAt, copyBox, slotShape, slots, wholeBox } from '../../base/box';
import { numbersIn } from '../../base/nested';
import { type Data, zerosOf } from '../../base/dtype';
import { cShape, sizeOf, stridesOf } from '../../base/shape';
import {
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  attr,
  host,
  hostZeros,
  invalid,
  numbers,
  resultOf,
} from '../kernel';

/** A permutation of `rank` dimensions, checked. */
export function checkedPerm(rank: number, perm: readonly number[], permShape: readonly number[]): readonly number[] {
  if (permShape.length !== 1) return invalid(`perm must be a vector, not ${cShape(permShape)}`);
  if (perm.length !== rank)
    return invalid(`transpose expects a vector of size ${rank}. But input(1) is a vector of size ${perm.length}`);
  perm.forEach((p) => {
    if (p < 0 || p >= rank) invalid(`${p} is out of range [0 .. ${rank})`);
  });
  const missing = perm.map((_, i) => i).find((i) => !perm.includes(i));
  if (missing !== undefined) invalid(`${missing} is missing from {${perm.join(',')}}.`);
  return perm;
}

/** Dimensions of 1 left out, and those that stay side by side made one: fewer loops, and often none. */
function reduced(shape: readonly number[], perm: readonly number[]): { shape: number[]; perm: number[] } {
  const groups: number[][] = [];
  for (const from of perm) {
    if (shape[from] === 1) continue;
    const last = groups[groups.length - 1];
    const end = last?.[last.length - 1];
    // Dimensions of 1 may lie between.
    if (last && from > end && shape.slice(end + 1, from).every((d) => d === 1)) last.push(from);
    else groups.push([from]);
  }
  const order = groups.map((_, i) => i).sort((a, b) => groups[a][0] - groups[b][0]);
  return {
    shape: order.map((i) => groups[i].reduce((n, d) => n * shape[d], 1)),
    perm: groups.map((_, i) => order.indexOf(i)),
  };
}

/** Square pieces of this size stay in the cache. */
const TILE = 32;
/** to[b, j, i] = from[b, i, j] */
function swapped(from: Data, to: Data, batches: number, rows: number, columns: number): void {
  const [source, target]: readonly Cells[] = [from, to];
  for (let b = 0, at = 0; b < batches; b++, at += rows * columns) {
    for (let i0 = 0; i0 < rows; i0 += TILE) {
      const i1 = Math.min(i0 + TILE, rows);
      for (let j0 = 0; j0 < columns; j0 += TILE) {
        const j1 = Math.min(j0 + TILE, columns);
        for (let j = j0; j < j1; j++)
          for (let i = i0, s = at + i0 * columns + j, t = at + j * rows + i0; i < i1; i++, s += columns)
            target[t++] = source[s];
      }
    }
  }
}

const transpose: HostKernel = ([x, order]) => {
  const perm = checkedPerm(x.shape.length, numbers(order), order.shape);
  const shape = perm.map((p) => x.shape[p]);
  const simple = reduced(x.shape, perm);
  const last = simple.perm.length - 1;
  if (simple.perm.every((p, i) => p === i)) return host(x.dtype, shape, x.data);
  const out = hostZeros(x.dtype, shape);
  const swapsLast =
    !x.dtype.isComplex && simple.perm.every((p, i) => p === (i < last - 1 ? i : i === last ? last - 1 : last));
  if (swapsLast)
    swapped(x.data, out.data, sizeOf(simple.shape.slice(0, -2)), simple.shape[last - 1], simple.shape[last]);
  else {
    const width = slots(x);
    const strides = stridesOf(simple.shape).map((s) => s * width);
    const to = { dtype: x.dtype, shape: simple.perm.map((p) => simple.shape[p]), data: out.data };
    copyBox(
      slotShape(to),
      { data: x.data, at: 0, steps: [...simple.perm.map((p) => strides[p]), ...(width === 2 ? [1] : [])] },
      wholeBox(to),
    );
  }
  return out;
};
const conjugateTranspose: HostKernel = (inputs, node) => {
  const out = resultOf(transpose(inputs, node));
  if (!out.dtype.isComplex) return out;
  const data = out.data === inputs[0].data ? asFloats(out.data).slice() : asFloats(out.data);
  for (let i = 1; i < data.length; i += 2) data[i] = -data[i];
  return host(out.dtype, out.shape, data);
};

/** The dimensions that ReverseV2 reverses, checked. */
export function reversedAxes(rank: number, axes: readonly number[]): number[] {
  const seen = new Set<number>();
  for (const axis of axes) {
    const at = axis < 0 ? axis + rank : axis;
    if (at < 0 || at >= rank) invalid(`'axis'[${axes.indexOf(axis)}] = ${axis} is out of valid range [0, ${rank - 1}`);
    if (seen.has(at)) invalid(`axis ${at} specified more than once.`);
    seen.add(at);
  }
  return [...seen];
}
/** TensorFlow 2's kernel takes a scalar for a vector of one, and any axis of nothing. Of a scalar none is looked at. */
const checkReverse: NonNullable<HostKernelRow['check']> = ([x, { shape, data }]) => {
  if (!x.shape.length) return;
  if (shape.length !== 1) invalid(`'dims' must be 1-dimension, not ${shape.length}`);
  if (data) reversedAxes(x.shape.length, numbersIn({ data }));
};
const reverse: HostKernel = ([x, axis]) => {
  if (!x.shape.length) return host(x.dtype, x.shape, x.data);
  const axes = reversedAxes(x.shape.length, numbers(axis));
  if (axes.every((a) => x.shape[a] === 1)) return host(x.dtype, x.shape, x.data);
  const out = hostZeros(x.dtype, x.shape);
  if (!out.data.length) return out;
  const begin = x.shape.map((d, i) => (axes.includes(i) ? d - 1 : 0));
  copyBox(
    slotShape(x),
    boxAt(
      x,
      begin,
      x.shape.map((_, i) => (axes.includes(i) ? -1 : 1)),
    ),
    wholeBox(out),
  );
  return out;
};

const reverseSequence: HostKernel = ([x, lengths], node) => {
  const [seq, batch] = [attr(node, 'seq_dim'), attr(node, 'batch_dim')];
  const rank = x.shape.length;
  if (lengths.shape.length !== 1) return invalid(`seq_lens input must be 1-dim, not ${lengths.shape.length}`);
  if (batch === seq) return invalid(`batch_dim == seq_dim == ${seq}`);
  if (seq >= rank) return invalid(`seq_dim must be < input.dims()( ${seq} vs. ${rank})`);
  if (batch >= rank) return invalid(`batch_dim must be < input.dims()( ${batch} vs. ${rank})`);
  const counts = numbers(lengths);
  if (counts.length !== x.shape[batch])
    return invalid(`len(seq_lens) != input.dims(${batch}), (${counts.length} vs. ${x.shape[batch]})`);
  counts.forEach((n, i) => {
    if (n < 0) invalid(`seq_lens(${i}) < 0`);
    if (n > x.shape[seq]) invalid(`seq_lens(${i}) > input.dims(${seq})`);
  });
  const out = host(x.dtype, x.shape, zerosOf(x.dtype, sizeOf(x.shape), x.shape));
  const part = (length: number): number[] => x.shape.map((d, k) => (k === batch ? 1 : k === seq ? length : d));
  counts.forEach((n, b) => {
    const at = (s: number): number[] => x.shape.map((_, k) => (k === batch ? b : k === seq ? s : 0));
    const back = x.shape.map((_, k) => (k === seq ? -1 : 1));
    if (n > 0) copyBox(slotShape(x, part(n)), boxAt(x, at(n - 1), back), boxAt(out, at(0)));
    if (n < x.shape[seq]) copyBox(slotShape(x, part(x.shape[seq] - n)), boxAt(x, at(n)), boxAt(out, at(n)));
  });
  return out;
};

const roll: HostKernel = ([input, shift, axis]) => {
  const rank = input.shape.length;
  if (rank < 1) return invalid('input must be 1-D or higher');
  for (const [name, { shape }] of [
    ['shift', shift],
    ['axis', axis],
  ] as const)
    if (shape.length > 1) invalid(`${name} must be a scalar or a 1-D vector. Found: ${cShape(shape)}`);
  if (cShape(shift.shape) !== cShape(axis.shape)) return invalid('shift and axis must have the same size');
  const shifts = numbers(shift);
  let out = input;
  numbers(axis).forEach((given, i) => {
    const along = given < 0 ? given + rank : given;
    if (along < 0 || along >= rank) invalid(`axis ${along} is out of range`);
    const size = input.shape[along];
    const by = size && ((shifts[i] % size) + size) % size;
    if (!by) return;
    const from = out;
    out = hostZeros(from.dtype, from.shape);
    const at = (place: number): number[] => out.shape.map((_, k) => (k === along ? place : 0));
    const part = (length: number): number[] => out.shape.map((d, k) => (k === along ? length : d));
    copyBox(slotShape(out, part(size - by)), boxAt(from, at(0)), boxAt(out, at(by)));
    copyBox(slotShape(out, part(by)), boxAt(from, at(size - by)), boxAt(out, at(0)));
  });
  return out;
};

export const TRANSPOSE_KERNELS: HostTable = {
  Transpose: { cost: 1.9, run: transpose },
  ConjugateTranspose: { cost: 2, run: conjugateTranspose },
  ReverseV2: { cost: 2, run: reverse, check: checkReverse, elements: [1] },
  ReverseSequence: { cost: 1.5, run: reverseSequence },
  Roll: { cost: 2, run: roll },
};
