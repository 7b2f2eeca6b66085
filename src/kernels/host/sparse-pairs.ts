/** Two sparse tensors together, entry by entry, on the host. */
import { asNumbers, asOrdered } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { isBig, zerosOf } from '../../base/dtype';
import { cShape } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  host,
  hostZeros,
  invalid,
} from '../kernel';
import { indexData } from './gather';
import { withShortFloats } from './operands';
import { adding } from './scatter';
import { comparePlaces, computed, isMatrix, isVector, rowsAt } from './sparse-entries';

type Shaped = Pick<Checked, 'shape'>;
const bothShapes = ([a, b]: readonly Shaped[], between: string): string =>
  `${cShape(a.shape)}${between}${cShape(b.shape)}`;
interface Words {
  readonly indices: string;
  readonly values: string;
  readonly between: string;
}
/** What two sparse tensors must be to go together; elements of their shapes are looked at. */
const checkPair =
  (words: Words) =>
  ([ai, av, as, bi, bv, bs]: readonly Checked[]): void => {
    if (!isMatrix(ai) || !isMatrix(bi))
      invalid(`${words.indices} matrices but received shapes: ${bothShapes([ai, bi], words.between)}`);
    if (!isVector(av) || !isVector(bv))
      invalid(`${words.values} vectors but received shapes: ${bothShapes([av, bv], ' and ')}`);
    const [[a, rank], [b, rankB]] = [ai.shape, bi.shape];
    if (av.shape[0] !== a || bv.shape[0] !== b)
      invalid(`Expected ${a} and ${b} non-empty input values, got ${av.shape[0]} and ${bv.shape[0]}`);
    if (!isVector(as) || !isVector(bs))
      invalid(`Input shapes should be a vector but received shapes ${bothShapes([as, bs], ' and ')}`);
    const [dims, others] = [as, bs].map(({ data }) => Array.from(data ?? [], String));
    if (as.shape[0] !== bs.shape[0])
      invalid(`Operands do not have the same ranks; got shapes: ${dims.join(' ')} and ${others.join(' ')}`);
    dims.forEach((d, i) => {
      if (d !== others[i]) invalid(`Operands' shapes do not match: got ${d} and ${others[i]} for dimension ${i}`);
    });
    if (rank !== as.shape[0] || rankB !== rank) invalid('Order length must be SparseTensor rank.');
  };

/** The entries of two in order, one for each place: rows of the first and of the second, -1 where it has none. */
function union(a: HostTensor, b: HostTensor): readonly [number[], number[]] {
  const [x, y, rank] = [indexData(a), indexData(b), a.shape[1]];
  const [fromA, fromB]: [number[], number[]] = [[], []];
  const [m, n] = [a.shape[0], b.shape[0]];
  for (let i = 0, j = 0; i < m || j < n; ) {
    const order = i < m && j < n ? comparePlaces(x, i, y, j, rank) : i < m ? -1 : 1;
    fromA.push(order <= 0 ? i++ : -1);
    fromB.push(order >= 0 ? j++ : -1);
  }
  return [fromA, fromB];
}
/** Rows of one, 0 where it has none. */
function spread(tensor: HostTensor, rows: readonly number[]): HostTensor & { readonly data: HostTensor['data'] } {
  const out = hostZeros(tensor.dtype, [rows.length]);
  const unit = slots(tensor);
  rows.forEach((row, i) => {
    if (row >= 0) copyRun(tensor.data, row * unit, out.data, i * unit, unit);
  });
  return out;
}
/** The places of a union. */
function placesOf(a: HostTensor, b: HostTensor, fromA: readonly number[], fromB: readonly number[]): HostTensor {
  const rank = a.shape[1];
  const out = zerosOf(a.dtype, fromA.length * rank);
  fromA.forEach((row, i) => {
    if (row >= 0) copyRun(a.data, row * rank, out, i * rank, rank);
    else copyRun(b.data, fromB[i] * rank, out, i * rank, rank);
  });
  return host(a.dtype, [fromA.length, rank], out);
}

/** Whether a number is at least as far from 0; the least integer is below 0 then, as in C++. */
function isAtLeast({ dtype, data }: HostTensor, thresh: HostTensor): (i: number) => boolean {
  const [least] = asOrdered(thresh.data);
  if (isBig(data)) return (i) => BigInt(least) <= BigInt.asIntN(64, data[i] < 0n ? -data[i] : data[i]);
  const x = asNumbers(data);
  if (dtype.isComplex) return (i) => Number(least) <= hypot(x instanceof Float32Array, x[2 * i], x[2 * i + 1]);
  if (dtype.size === 4 && dtype.isInteger) return (i) => Number(least) <= (Math.abs(x[i]) | 0);
  return (i) => Number(least) <= Math.abs(x[i]);
}
function hypot(isShort: boolean, a: number, b: number): number {
  return isShort ? Math.fround(Math.hypot(a, b)) : Math.hypot(a, b);
}
const add: HostKernel = ([ai, av, shape, bi, bv, , thresh]) => {
  const [fromA, fromB] = union(ai, bi);
  const sum = spread(av, fromA);
  const unit = slots(sum);
  const plus = adding(sum)(sum.data, bv.data);
  fromB.forEach((row, i) => {
    if (row >= 0 && fromA[i] < 0) copyRun(bv.data, row * unit, sum.data, i * unit, unit);
    else if (row >= 0) plus(i * unit, row * unit, unit);
  });
  const isKept = isAtLeast(sum, thresh);
  const kept = [...fromA.keys()].filter((i) => fromA[i] < 0 || fromB[i] < 0 || isKept(i));
  const places = placesOf(ai, bi, fromA, fromB);
  const isWhole = kept.length === fromA.length;
  return [isWhole ? places : rowsAt(places, kept), isWhole ? sum : rowsAt(sum, kept), shape];
};

function checkAddGrad([grad, a, b, sum]: readonly Shaped[]): void {
  if (!isMatrix(a) || !isMatrix(b) || !isMatrix(sum))
    invalid(
      `Input indices should be matrices but received shapes: ${bothShapes([a, b], ' and ')} and ${cShape(sum.shape)}`,
    );
  if (!isVector(grad)) invalid(`Input backprop_val_grad should be a vector but received shape: ${cShape(grad.shape)}`);
  const ranks = [a, b, sum].map(({ shape }) => shape[1]);
  if (ranks[0] !== ranks[1] || ranks[1] !== ranks[2])
    invalid(`The densified operands should have the same ndims; for A, B, sum got: ${ranks.join('')}`);
  if (grad.shape[0] !== sum.shape[0])
    invalid(
      '# elements of backprop_val_grad and # rows of sum_indices should match (#nnz of sum): got ' +
        `${grad.shape[0]} and ${sum.shape[0]}`,
    );
}
/** One operand beside the sum: which entry comes next, and its gradient. */
class Beside {
  next = 0;
  readonly grad: ReturnType<typeof hostZeros>;
  private readonly at: ArrayLike<number>;
  constructor(
    private readonly of: HostTensor,
    indices: HostTensor,
    private readonly sums: ArrayLike<number>,
  ) {
    this.at = indexData(indices);
    [this.rows, this.rank] = indices.shape;
    this.grad = hostZeros(of.dtype, [this.rows]);
  }
  private readonly rows: number;
  private readonly rank: number;
  get isOver(): boolean {
    return this.next >= this.rows;
  }
  /** Whether the next entry is not before entry `k` of the sum; one that is, or is the same, is done with. */
  step(k: number): boolean {
    const order = comparePlaces(this.at, this.next, this.sums, k, this.rank);
    const unit = slots(this.of);
    if (order === 0) copyRun(this.of.data, k * unit, this.grad.data, this.next * unit, unit);
    if (order <= 0) this.next++;
    return order >= 0;
  }
}
const addGrad: HostKernel = ([grad, ai, bi, sum]) => {
  const sums = indexData(sum);
  const [a, b] = [new Beside(grad, ai, sums), new Beside(grad, bi, sums)];
  const count = grad.shape[0];
  let k = 0;
  while (!a.isOver && !b.isOver && k < count) {
    const [first, second] = [a.step(k), b.step(k)];
    if (first && second) k++;
  }
  for (const one of [a, b]) while (!one.isOver && k < count) if (one.step(k)) k++;
  return [a.grad, b.grad];
};

const checkAdd = checkPair({
  indices: 'Input indices should be',
  values: 'Input values should be',
  between: ' and ',
});
const checkExtreme = checkPair({
  indices: 'Inputs a_indices and b_indices should be',
  values: 'Inputs a_values and b_values should be',
  between: ', ',
});

/** The larger or the smaller of both, where an entry that is not there is 0. */
const extreme = (type: 'Maximum' | 'Minimum'): HostKernelRow => ({
  run: ([ai, av, , bi, bv], node) => {
    const [fromA, fromB] = union(ai, bi);
    const both = [spread(av, fromA), spread(bv, fromB)];
    return [placesOf(ai, bi, fromA, fromB), computed(type, both, { ...node, outputTypes: [av.dtype] })];
  },
  check: checkExtreme,
  elements: [2, 5],
  // TensorFlow 2's kernels have other rules for NaN.
  only: true,
});

/** Nanoseconds per element of the places: they are read one by one. */
const COST = 6;

export const SPARSE_PAIRS_KERNELS: HostTable = {
  ...withShortFloats({
    SparseAdd: {
      run: add,
      check(inputs) {
        checkAdd(inputs);
        const thresh = inputs[6].shape;
        if (thresh.length) invalid(`The magnitude threshold must be a scalar: got shape ${cShape(thresh)}`);
      },
      elements: [2, 5],
      cost: COST,
    },
  }),
  SparseAddGrad: { run: addGrad, check: checkAddGrad, cost: COST },
  SparseSparseMaximum: extreme('Maximum'),
  SparseSparseMinimum: extreme('Minimum'),
};
