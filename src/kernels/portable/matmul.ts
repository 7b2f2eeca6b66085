/** Matrix products on wasm: of two matrices, and of batches that broadcast. */
import { broadcast, sizeOf, stridesOf } from '../../base/shape';
import { KernelError, type KernelNode } from '../kernel';
import type { Matrix } from './gemm';
import type { Kernels } from './kernels';
import { type Lowering, product } from './lower';
import { type Spot, shifted } from './program';
import type { Info, Multiply, ProductOptions, RecipeRow, Recipes } from './recipe';
import type { BackendWasm } from './wasm';

interface Shaped {
  readonly shape: readonly number[];
}
/** Rows, columns, and the strides in bytes, of the last two dimensions. */
function layout(
  { shape }: Shaped,
  transposed: boolean,
): { rows: number; columns: number; row: number; column: number } {
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
export function multiplier(backend: BackendWasm, kernels: () => Kernels): Multiply {
  const address = (x: Info): number => backend.getMemoryOffset(x.dataId);
  return (a, b, { transposeA = false, transposeB = false, bias, floor = -Infinity, ceiling = Infinity } = {}) => {
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
      kernels().heap.zero(c, 4 * all);
      return out;
    }
    const place = (info: Info, { row, column }: typeof x, at: number): Matrix => ({
      at: address(info) + at,
      row,
      column,
    });
    const [fromA, fromB] = [offsets(outerA, batch, m * k), offsets(outerB, batch, k * n)];
    fromA.forEach((at, i) =>
      kernels().gemm.multiply({
        a: place(a, x, at),
        b: place(b, y, fromB[i]),
        c: c + 4 * m * n * i,
        m,
        k,
        n,
        bias: bias ? address(bias) : null,
        floor,
        ceiling,
      }),
    );
    return out;
  };
}

/** Adds the calls of a product to a program: of two matrices, or of batches that broadcast. */
export function lowerProduct(
  [a, b, bias]: readonly Spot[],
  { draft }: Lowering,
  { transposeA, transposeB, floor = -Infinity, ceiling = Infinity }: Omit<ProductOptions, 'bias'>,
): readonly Spot[] | null {
  const [x, y] = [layout(a, transposeA === true), layout(b, transposeB === true)];
  const [m, k, n] = [x.rows, x.columns, y.columns];
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = broadcast(outerA, outerB);
  if (!batch) return null;
  const out = draft.make([...batch, m, n]);
  const [fromA, fromB] = [offsets(outerA, batch, m * k), offsets(outerB, batch, k * n)];
  fromA.forEach((at, i) =>
    product(draft, {
      a: { spot: shifted(a, at), row: x.row, column: x.column },
      b: { spot: shifted(b, fromB[i]), row: y.row, column: y.column },
      c: shifted(out, 4 * m * n * i),
      ...{ m, k, n, bias: bias ?? null, floor, ceiling },
    }),
  );
  return [out];
}

const flag = ({ attrs }: Pick<KernelNode, 'attrs'>, ...names: readonly string[]): boolean =>
  names.some((name) => attrs[name] === true);
const flags = (node: Pick<KernelNode, 'attrs'>): Pick<ProductOptions, 'transposeA' | 'transposeB'> => ({
  transposeA: flag(node, 'transpose_a', 'adj_x'),
  transposeB: flag(node, 'transpose_b', 'adj_y'),
});
const matmul: RecipeRow = { lower: (inputs, to) => lowerProduct(inputs, to, flags(to.node)) };

export const MATMUL_RECIPES: Recipes = { MatMul: matmul, BatchMatMul: matmul, BatchMatMulV2: matmul };
