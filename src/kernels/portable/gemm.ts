/**
 * Matrix products in WebAssembly of our own, on tfjs's heap. tfjs's kernel takes 2.5 ns to pack an element of a right
 * operand that is new, and reads a transposed one ten times as slowly; here operands are read as they lie, by their
 * strides.
 *
 * c = a b, `ROWS` rows by `width` columns at a time, whose sums stay in registers (gemm-kernels.ts). b is copied into
 * panels of `width` columns first, so that it is read in a row (Goto and van de Geijn, Anatomy of High-Performance
 * Matrix Multiplication). Each sum runs over k in order, as in tfjs's kernel, whatever the size of the tiles.
 */
import { piecesOf } from './formula';
import { PACKING, ROWS, WIDTHS, kernels, turning } from './gemm-kernels';
import { Scratch } from './scratch';
import { type Call, type Shared, type Team, runHere } from './team';
import type { Heap } from './wasm';

/** Bytes of rows of a that are gone through again for each panel: half of a small second-level cache. */
const BLOCK = 128 * 1024;
/** Bytes of b beyond which no cache holds it: then it is gone through once, or seldom, and a again and again. */
const LARGE = 8 * 1024 * 1024;
const LARGE_BLOCK = 1024 * 1024;

/** A matrix in the heap: the address of its first element, and the strides in bytes. */
export interface Matrix {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}
export interface Product {
  readonly a: Matrix;
  readonly b: Matrix;
  /** The address of the result: m rows of n floats. */
  readonly c: number;
  /** a is m × k, b is k × n; all above 0. */
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** The address of n floats to be added to every row; null for none. */
  readonly bias: number | null;
  /** What is below or above becomes these. */
  readonly floor: number;
  readonly ceiling: number;
}

/** Nanoseconds for a product of two numbers and its sum, and for an element to be put into a panel. */
const EACH = 0.05;
const PACK = 0.5;
/** Nanoseconds for an element of the result beside its sum. */
const STORE = 0.5;
/** Columns from which on a left operand whose rows are not side by side is turned over first, and its largest size. */
const MANY_COLUMNS = 128;
const MOST_TURNED = 1 << 22;
/** Bytes of a that are not gone through by several threads. */
const MUCH = 1024 * 1024;

/** A product as it is computed: with its panels in the heap, or with b as it lies. */
interface Laid {
  readonly product: Product;
  /** The address of the panels, where b is not taken as it lies. */
  readonly panels: number;
  readonly packing: number;
  /** The bias, or zeros, and its bytes for each column. */
  readonly bias: number;
  readonly biasColumn: number;
  /** Tiles of rows that are gone through again for each panel. */
  readonly block: number;
}
/** Columns side by side: `count` panels of `width`, from column `from` on. */
interface Strip {
  readonly fn: Shared;
  readonly width: number;
  readonly from: number;
  readonly count: number;
}

/** Products by the kernels. */
export interface Gemm {
  /** Computes one, on all threads. */
  multiply(product: Product): void;
  /**
   * The calls that compute it on one thread, with addresses of any kind: those of its operands stand in `ADDRESSES`.
   *
   * @param panels  where 4 k n bytes are, for b in panels, which one that `isPacked` has
   */
  calls(product: Product, panels: number): Call[];
  /** Nanoseconds that it takes, about. */
  cost(product: Pick<Product, 'm' | 'k' | 'n'>): number;
}
/** The places of addresses among the arguments of a call: of panels, or of b as it lies, the third. */
export const ADDRESSES = { a: 0, b: 3, panels: 7, c: 11, bias: 13 };
/** Few rows of a do not pay for copying b, unless its pages are too many to be gone through column by column. */
export function isPacked({ b, m, k, n }: Product): boolean {
  return m > ROWS || b.column !== 4 || isLarge(k, n);
}
function isLarge(k: number, n: number): boolean {
  return 4 * k * n > LARGE;
}

/** Compiles the kernels, in 2 ms. */
export function openGemm(heap: Heap): Gemm {
  const { malloc, zero, team } = heap;
  const kernel = team.compileFused(kernels);
  const turn = team.compile([turning()])('turn');
  const fns = WIDTHS.map((width) => kernel(`strip${width}`));
  const zeros = malloc(4 * WIDTHS[0]);
  zero(zeros, 4 * WIDTHS[0]);
  const [panels, turned] = [new Scratch(heap), new Scratch(heap)];
  /** A left operand whose rows lie side by side: each is read from a page, and not from as many as it is long. */
  const straightened = ({ a, m, k, n }: Product): Matrix => {
    if (a.column === 4 || a.row !== 4 || n < MANY_COLUMNS || k < ROWS || m * k > MOST_TURNED) return a;
    const at = turned.of(4 * m * k);
    const pieces = piecesOf(m, team.cuts(PACK * m * k));
    run(
      team,
      pieces.map(([from, count]) => ({
        fn: turn,
        args: [a.at + 4 * from, a.column, at + 4 * k * from, 4 * k, k, count],
      })),
    );
    return { at, row: 4 * k, column: 4 };
  };
  const laidOut = (product: Product, at: number): Laid => {
    const { b, bias, k, n } = product;
    return {
      product,
      panels: at,
      packing: !isPacked(product) ? PACKING.none : b.column === 4 ? PACKING.copy : PACKING.gather,
      bias: bias ?? zeros,
      biasColumn: bias === null ? 0 : 4,
      block: Math.max(1, Math.floor((isLarge(k, n) ? LARGE_BLOCK : BLOCK) / (4 * ROWS * k))),
    };
  };
  return {
    multiply(product) {
      const { k, n } = product;
      const at = isPacked(product) ? panels.of(4 * k * n) : 0;
      multiply(team, laidOut({ ...product, a: straightened(product) }, at), stripsOf(n, fns));
    },
    calls(product, at) {
      const laid = laidOut(product, at);
      return stripsOf(product.n, fns).map((strip) => callFor(laid, strip, 0, product.m, laid.packing));
    },
    cost: costOf,
  };
}
function costOf({ m, k, n }: Pick<Product, 'm' | 'k' | 'n'>): number {
  return m * n * (EACH * k + STORE);
}
/** The columns of a product: as many wide panels as there are, then what is left over. */
function stripsOf(n: number, fns: readonly Shared[]): Strip[] {
  const strips: Strip[] = [];
  for (let i = 0, from = 0; from < n; i++) {
    const width = WIDTHS[i];
    const count = Math.floor((n - from) / width);
    if (count) strips.push({ fn: fns[i], width, from, count });
    from += count * width;
  }
  return strips;
}
/** Each element of the result is one sum in order, so it is the same however rows and columns are cut. */
function multiply(team: Team, laid: Laid, strips: readonly Strip[]): void {
  const { m, k, n } = laid.product;
  const cuts = team.cuts(costOf(laid.product));
  if (cuts === 1) return runHere(strips.map((strip) => callFor(laid, strip, 0, m, laid.packing)));
  const isByRows = m >= 4 * ROWS * cuts && (4 * m * k > MUCH || 2 * strips[0].count < cuts);
  if (!isByRows) return team.run(byColumns(strips, cuts).map((strip) => callFor(laid, strip, 0, m, laid.packing)));
  const packed = laid.packing ? byColumns(strips, team.cuts(PACK * k * n)) : [];
  run(
    team,
    packed.map((strip) => callFor(laid, strip, 0, 0, laid.packing)),
    strips.length,
  );
  const each = ROWS * Math.ceil(m / ROWS / cuts);
  team.run(
    strips.flatMap((strip) =>
      Array.from({ length: Math.ceil(m / each) }, (_, i) =>
        callFor(laid, strip, i * each, Math.min(each, m - i * each), PACKING.none),
      ),
    ),
  );
}
/** Shares calls that were cut in more than `least`; else there is too little of them. */
function run(team: Team, calls: readonly Call[], least = 1): void {
  if (calls.length > least) team.run(calls);
  else runHere(calls);
}
function byColumns(strips: readonly Strip[], cuts: number): Strip[] {
  return strips.flatMap((strip) => {
    const { width, from, count } = strip;
    const each = Math.ceil(count / cuts);
    return Array.from({ length: Math.ceil(count / each) }, (_, i) => ({
      ...strip,
      from: from + i * each * width,
      count: Math.min(each, count - i * each),
    }));
  });
}
/** A strip's rows from `top` on. */
function callFor(
  { product: { a, b, c, k, n, floor, ceiling }, panels, packing, bias, biasColumn, block }: Laid,
  { fn, width, from, count }: Strip,
  top: number,
  rows: number,
  packs: number,
): Call {
  const args = [
    ...[a.at + top * a.row, a.row, a.column, b.at + from * b.column, b.row, b.column, packs],
    ...(packing ? [panels + 4 * from * k, 4 * width, 4 * width * k] : [b.at + 4 * from, b.row, 4 * width]),
    ...[k, c + 4 * (top * n + from), 4 * n, bias + biasColumn * from, 0, biasColumn],
    ...[count, Math.floor(rows / ROWS), rows % ROWS, block, floor, ceiling],
  ];
  return { fn, args };
}
