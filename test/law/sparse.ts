/** Forms of ops on sparse tensors. */
import { any, form, type Forms, int, ints, type Operand, plain, sums } from './form';

type Places = readonly (readonly number[])[];
function matrix(rows: Places, rank = 2): Operand {
  return { values: rows.flat(), shape: [rows.length, rank], fed: true };
}
/** So many places in a tensor of [n, 7], in order; some rows have none, and some two. */
const inOrder = (n: number): Places =>
  Array.from({ length: n }, (_, i) => (i % 3 === 2 ? [i - 1, 6] : [i, (i * 5) % 6]));
const backwards = (n: number): Places => [...inOrder(n)].reverse();
/** A sparse tensor with `values`. */
const entries = (n: number, values = any, places = inOrder(n)): Operand[] => [
  matrix(places),
  values(places.length),
  ints(Math.max(n, 1), 7),
];
const reducing =
  (values: (...shape: number[]) => Operand): Forms =>
  (n) => [
    ...[[0], [1], [-1], [0, 1], []].map((axes) => form([...entries(n, values), ints(...axes)])),
    form([...entries(n, values), ints(1)], { keep_dims: true }),
    form([...entries(n, values, backwards(n)), ints(0)]),
    form([...entries(0, values), ints(0)]),
  ];
const together =
  (values: (...shape: number[]) => Operand): Forms =>
  (n) => [
    form([...entries(n), values(n, 7)]),
    form([...entries(n), values(n, 1)]),
    form([...entries(n), values(7)]),
    form([...entries(0), values(1, 7)]),
  ];
/** Two that have some places together. */
const pair = (n: number): Operand[] => [
  ...entries(n),
  ...entries(
    n,
    any,
    inOrder(n).filter((_, i) => i % 4),
  ),
];
const product: Forms = (n) => {
  const places = matrix(Array.from({ length: 9 }, (_, i) => [i % 5, (i * 3) % 7]));
  const wide = Math.ceil(n / 9);
  return [
    form([places, any(9), ints(5, 7), any(7, wide)]),
    form([places, sums(9), ints(5, 7), sums(5, wide)], { adjoint_a: true }),
    form([places, any(9), ints(5, 7), any(wide, 7)], { adjoint_b: true }),
    form([places, sums(9), ints(5, 7), sums(wide, 5)], { adjoint_a: true, adjoint_b: true }),
    form([matrix([[0, 0]]), any(1), ints(n, 1), any(1, 2)]),
    form([places, any(9), ints(5, 7), any(7, 0)]),
  ];
};

export const SPARSE: Readonly<Record<string, Forms>> = {
  SparseTensorDenseMatMul: product,
  SparseReorder: (n) => [form(entries(n)), form(entries(n, any, backwards(n))), form(entries(0))],
  SparseSlice: (n) => [
    form([...entries(n), ints(1, 2), ints(n, 4)]),
    form([...entries(n), ints(0, 0), ints(n >> 1, 3)]),
    form([...entries(0), ints(0, 0), ints(1, 3)]),
  ],
  SparseSliceGrad: (n) => [form([any(n), matrix(inOrder(n)), ints(0, 0), matrix(inOrder(n))])],
  SparseSplit: (n) => [
    form([int(1), ...entries(n)], { num_split: 3 }),
    form([int(0), ...entries(n, any, backwards(n))], { num_split: 4 }),
  ],
  SparseFillEmptyRows: (n) => [form([...entries(n), any()]), form([...entries(n, any, backwards(n)), any()])],
  SparseFillEmptyRowsGrad: (n) => [
    form([ints(...inOrder(n).map((_, i) => i * 2)), sums(2 * n)]),
    form([ints(), sums(n)]),
  ],
  SparseReduceSum: reducing(sums),
  SparseReduceSumSparse: reducing(sums),
  SparseSoftmax: (n) => [form(entries(n, plain)), form(entries(n, plain, backwards(n))), form(entries(n))],
  SparseDenseCwiseAdd: together(any),
  SparseDenseCwiseMul: together(any),
  SparseDenseCwiseDiv: together(plain),
  SparseAdd: (n) => [form([...pair(n), int(0)]), form([...pair(n), int(1)])],
  SparseAddGrad: (n) => [
    form([any(n), matrix(inOrder(n)), matrix(inOrder(n).filter((_, i) => i % 4)), matrix(inOrder(n))]),
  ],
};
