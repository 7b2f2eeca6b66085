/** Matrix products on wasm: of two matrices, and of batches that broadcast. */
import { broadcast, sizeOf, stridesOf } from '../../base/shape';
import { KernelError, type KernelNode } from '../kernel';
import { type Matrix, openGemm } from './gemm';
import type { Info, Multiply, Recipe, Recipes } from './recipe';
import type { BackendWasm, Heap } from './wasm';

/** Rows, columns, and the strides in bytes, of the last two dimensions. */
function layout({ shape }: Info, transposed: boolean): { rows: number; columns: number; row: number; column: number } {
  const [rows, columns] = shape.slice(-2);
  return transposed
    ? { rows: columns, columns: rows, row: 4, column: 4 * columns }
    : { rows, columns, row: 4 * columns, column: 4 };
}
/** Where the matrix of each of the batches begins, in bytes: a dimension of 1 is the same for all. */
function offsets(outer: readonly number[], batch: readonly number[], matrix: number): number[] {
  const strides = stridesOf(outer).map((s, i) => (outer[i] === 1 ? 0 : s));
  const missing = batch.length - outer.length;
  return batch.reduce<number[]>(
    (all, d, i) =>
      all.flatMap((at) =>
        Array.from({ length: d }, (_, k) => at + 4 * matrix * k * (i < missing ? 0 : strides[i - missing])),
      ),
    [0],
  );
}

/** `Tools.multiply` on a backend. The kernels are compiled at the first product. */
export function multiplier(backend: BackendWasm, heap: Heap): Multiply {
  let gemm: ReturnType<typeof openGemm> | null = null;
  const address = (x: Info): number => backend.getMemoryOffset(x.dataId);
  return (a, b, { transposeA = false, transposeB = false, bias, floor = -Infinity, ceiling = Infinity } = {}) => {
    gemm ??= openGemm(heap);
    const [x, y] = [layout(a, transposeA), layout(b, transposeB)];
    const [m, k, n] = [x.rows, x.columns, y.columns];
    const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
    if (k === 0 && (bias || floor > 0))
      throw new KernelError('Unimplemented', 'sums of nothing, with a bias, are left to the host');
    const batch = broadcast(outerA, outerB)!;
    const out = backend.makeOutput([...batch, m, n], 'float32');
    const all = sizeOf(out.shape);
    if (all === 0) return out;
    const c = address(out);
    if (k === 0) {
      heap.zero(c, 4 * all);
      return out;
    }
    const place = (info: Info, { row, column }: typeof x, at: number): Matrix => ({
      at: address(info) + at,
      row,
      column,
    });
    const [fromA, fromB] = [offsets(outerA, batch, m * k), offsets(outerB, batch, k * n)];
    fromA.forEach((at, i) =>
      gemm!({
        a: place(a, x, at),
        b: place(b, y, fromB[i]),
        c: c + 4 * m * n * i,
        m,
        k,
        n,
        bias: bias ? address(bias) : 0,
        floor,
        ceiling,
      }),
    );
    return out;
  };
}

const flag = (node: KernelNode, ...names: readonly string[]): boolean =>
  names.some((name) => node.attrs[name] === true);
const matmul: Recipe = ([a, b], { node, multiply }) =>
  multiply(a, b, { transposeA: flag(node, 'transpose_a', 'adj_x'), transposeB: flag(node, 'transpose_b', 'adj_y') });

export const MATMUL_RECIPES: Recipes = { MatMul: matmul, BatchMatMul: matmul, BatchMatMulV2: matmul };
