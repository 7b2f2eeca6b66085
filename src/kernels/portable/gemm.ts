/**
 * Matrix products in WebAssembly of our own, on tfjs's heap. tfjs's kernel takes 2.5 ns to pack an element of a right
 * operand that is new, and reads a transposed one ten times as slowly; here operands are read as they lie, by their
 * strides.
 *
 * c = a b, `ROWS` rows by `width` columns at a time, whose sums stay in registers. b is copied into panels of `width`
 * columns first, so that it is read in a row (Goto and van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication). Each sum runs over k in order, as in tfjs's kernel, whatever the size of the tiles.
 */
import { type Code, Function_, type Local, assemble, f32, functionsOf, i32, v128, wasm } from './assembler';
import type { Heap } from './wasm';

const ROWS = 4;
/** Bytes of rows of a that are gone through again for each panel: half of a small second-level cache. */
const BLOCK = 128 * 1024;
/** Bytes of b beyond which no cache holds it: then it is gone through once, or seldom, and a again and again. */
const LARGE = 8 * 1024 * 1024;
const LARGE_BLOCK = 1024 * 1024;
/** Columns of a panel: as many as fit, then what is left over in parts. */
const WIDTHS = [8, 4, 2, 1] as const;

/**
 * `count` panels of b at once, each k rows of `width` floats, `size` bytes apart.
 * Read row by row, as b lies: a page is not visited twice.
 */
function copying(width: number): Function_ {
  const f = new Function_(`copy${width}`, ['i32', 'i32', 'i32', 'i32', 'i32', 'i32']);
  const [b, row, k, panel, size, count] = [0, 1, 2, 3, 4, 5].map((i) => f.param(i));
  const [from, to, left] = [f.local('i32'), f.local('i32'), f.local('i32')];
  f.repeat(k, () => {
    f.emit(from.set(b.get), to.set(panel.get), left.set(count.get));
    f.repeat(left, () => {
      for (const [j, n] of vectors(width)) f.emit(v128.store(n, to.get, v128.load(n, from.get, 4 * j), 4 * j));
      f.emit(from.set(i32.add(from.get, i32.of(4 * width))), to.set(i32.add(to.get, size.get)));
    });
    f.emit(b.set(i32.add(b.get, row.get)), panel.set(i32.add(panel.get, i32.of(4 * width))));
  });
  return f;
}
/** One panel, of a b whose columns are not side by side. `row` and `column` are its strides in bytes. */
function gathering(width: number): Function_ {
  const f = new Function_(`gather${width}`, ['i32', 'i32', 'i32', 'i32', 'i32']);
  const [b, row, column, k, panel] = [0, 1, 2, 3, 4].map((i) => f.param(i));
  const columns = Array.from({ length: width }, (_, j) => (j ? f.local('i32') : b));
  columns.forEach((c, j) => {
    if (j) f.emit(c.set(i32.add(columns[j - 1].get, column.get)));
  });
  f.repeat(k, () => {
    columns.forEach((c, j) => f.emit(f32.store(panel.get, f32.load(c.get), 4 * j), c.set(i32.add(c.get, row.get))));
    f.emit(panel.set(i32.add(panel.get, i32.of(4 * width))));
  });
  return f;
}
/** Where the vectors of a row of `width` floats begin, and how many floats each has. */
function vectors(width: number): [number, number][] {
  return width === 8
    ? [
        [0, 4],
        [4, 4],
      ]
    : [[0, width]];
}

/**
 * `groups` times `rows` rows of c: min(max(a b + bias, floor), ceiling).
 * `panel` has k rows of `width` floats, `step` bytes apart.
 */
function tile(rows: number, width: number, relaxed: boolean): Function_ {
  const f = new Function_(`tile${rows}x${width}`, [
    'i32',
    'i32',
    'i32',
    'i32',
    'i32',
    'i32',
    'i32',
    'i32',
    'i32',
    'i32',
    'f32',
    'f32',
  ]);
  const [a, row, column, panel, step, k, c, cRow, bias, groups, floor, ceiling] = Array.from({ length: 12 }, (_, i) =>
    f.param(i),
  );
  const parts = vectors(width);
  const pointers = Array.from({ length: rows }, () => f.local('i32'));
  const [count, q, x] = [f.local('i32'), f.local('i32'), f.local('v128')];
  const b = parts.map(() => f.local('v128'));
  const sums: Local[][] = pointers.map(() => parts.map(() => f.local('v128')));
  const [low, high] = [f.local('v128'), f.local('v128')];
  const multiplyAdd = relaxed
    ? v128.multiplyAdd
    : (a_: Code, b_: Code, sum: Code): Code => v128.add(sum, v128.mul(a_, b_));
  f.emit(low.set(v128.splat(floor.get)), high.set(v128.splat(ceiling.get)));
  f.repeat(groups, () => {
    for (const p of pointers) f.emit(p.set(a.get), a.set(i32.add(a.get, row.get)));
    f.emit(q.set(panel.get), count.set(k.get));
    for (const sum of sums.flat()) f.emit(sum.set(v128.zero));
    f.repeat(count, () => {
      parts.forEach(([j, n], v) => f.emit(b[v].set(v128.load(n, q.get, 4 * j))));
      pointers.forEach((p, r) => {
        f.emit(x.set(v128.loadSplat(p.get)), p.set(i32.add(p.get, column.get)));
        sums[r].forEach((sum, v) => f.emit(sum.set(multiplyAdd(x.get, b[v].get, sum.get))));
      });
      f.emit(q.set(i32.add(q.get, step.get)));
    });
    for (const rowSums of sums) {
      parts.forEach(([j, n], v) =>
        f.emit(
          v128.store(
            n,
            c.get,
            v128.min(v128.max(v128.add(rowSums[v].get, v128.load(n, bias.get, 4 * j)), low.get), high.get),
            4 * j,
          ),
        ),
      );
      f.emit(c.set(i32.add(c.get, cRow.get)));
    }
  });
  return f;
}

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
  /** The address of n floats to be added to every row; 0 for none. */
  readonly bias: number;
  /** What is below or above becomes these. */
  readonly floor: number;
  readonly ceiling: number;
}

/** The kernels as a module. Relaxed SIMD (Node 22 and later) takes a fifth less time. */
function moduleBytes(): Uint8Array {
  const bytes = (relaxed: boolean): Uint8Array =>
    assemble(WIDTHS.flatMap((w) => [copying(w), gathering(w), tile(ROWS, w, relaxed), tile(1, w, relaxed)]));
  const fast = bytes(true);
  return wasm.validate(fast) ? fast : bytes(false);
}
/** Compiles the kernels, in 2 ms, and gives a function that computes products. */
export function openGemm({ memory, malloc, free, zero }: Heap): (product: Product) => void {
  const kernel = functionsOf(moduleBytes(), memory);
  const kernels = WIDTHS.map((width) => ({
    width,
    copy: kernel(`copy${width}`),
    gather: kernel(`gather${width}`),
    tile: kernel(`tile${ROWS}x${width}`),
    row: kernel(`tile1x${width}`),
  }));
  const zeros = malloc(4 * WIDTHS[0]);
  zero(zeros, 4 * WIDTHS[0]);
  let panels = 0;
  let capacity = 0;
  return ({ a, b, c, m, k, n, bias, floor, ceiling }) => {
    const large = 4 * k * n > LARGE;
    // Few rows of a do not pay for copying b, unless its pages are too many to be gone through column by column.
    const packed = m > ROWS || b.column !== 4 || large;
    if (packed && k * n > capacity) {
      if (capacity) free(panels);
      capacity = 0;
      panels = malloc(4 * k * n);
      capacity = k * n;
    }
    const parts: { from: number; kernel: (typeof kernels)[number] }[] = [];
    for (let from = 0, i = 0; from < n; from += kernels[i].width) {
      while (kernels[i].width > n - from) i++;
      parts.push({ from, kernel: kernels[i] });
    }
    if (packed && b.column === 4) {
      for (const kernel of kernels) {
        const mine = parts.filter((part) => part.kernel === kernel);
        if (mine.length)
          kernel.copy(
            b.at + 4 * mine[0].from,
            b.row,
            k,
            panels + 4 * mine[0].from * k,
            4 * kernel.width * k,
            mine.length,
          );
      }
    } else if (packed)
      for (const { from, kernel } of parts)
        kernel.gather(b.at + from * b.column, b.row, b.column, k, panels + 4 * from * k);
    const block = ROWS * Math.max(1, Math.floor((large ? LARGE_BLOCK : BLOCK) / (4 * ROWS * k)));
    for (let top = 0; top < m; top += block) {
      const tiles = Math.floor(Math.min(block, m - top) / ROWS);
      const rest = Math.min(block, m - top) - tiles * ROWS;
      const bottom = top + tiles * ROWS;
      for (const { from, kernel } of parts) {
        const panel = packed ? panels + 4 * from * k : b.at + 4 * from;
        const step = packed ? 4 * kernel.width : b.row;
        const added = bias ? bias + 4 * from : zeros;
        if (tiles)
          kernel.tile(
            a.at + top * a.row,
            a.row,
            a.column,
            panel,
            step,
            k,
            c + 4 * (top * n + from),
            4 * n,
            added,
            tiles,
            floor,
            ceiling,
          );
        if (rest)
          kernel.row(
            a.at + bottom * a.row,
            a.row,
            a.column,
            panel,
            step,
            k,
            c + 4 * (bottom * n + from),
            4 * n,
            added,
            rest,
            floor,
            ceiling,
          );
      }
    }
  };
}
