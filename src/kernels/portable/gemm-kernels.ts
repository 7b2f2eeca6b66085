/**
 * The functions in WebAssembly that products are made of: b in panels, tiles of c whose sums stay in registers, and
 * strips, which are tiles over panels.
 */
import { type Code, Function_, type Local, callOf, f32, i32, v128 } from '../../base/assembler';

/** Rows of a tile. */
export const ROWS = 4;
/** Columns of a panel: as many as fit, then what is left over in parts. */
export const WIDTHS = [8, 4, 2, 1] as const;

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
 * `panel` has k rows of `width` floats, `step` bytes apart. A row's bias is `biasRow` bytes behind the last one's: 0
 * for a vector, and as in c where c itself is added to.
 */
function tile(rows: number, width: number, isFused: boolean): Function_ {
  const f = new Function_(`tile${rows}x${width}`, [...new Array<'i32'>(11).fill('i32'), 'f32', 'f32']);
  const [a, row, column, panel, step, k, c, cRow, bias, biasRow, groups, floor, ceiling] = Array.from(
    { length: 13 },
    (_, i) => f.param(i),
  );
  const parts = vectors(width);
  const pointers = Array.from({ length: rows }, () => f.local('i32'));
  const [count, q, x] = [f.local('i32'), f.local('i32'), f.local('v128')];
  const b = parts.map(() => f.local('v128'));
  const sums: Local[][] = pointers.map(() => parts.map(() => f.local('v128')));
  const [low, high] = [f.local('v128'), f.local('v128')];
  const multiplyAdd = isFused
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
      parts.forEach(([j, n], v) => {
        const sum = v128.add(rowSums[v].get, v128.load(n, bias.get, 4 * j));
        f.emit(v128.store(n, c.get, v128.min(v128.max(sum, low.get), high.get), 4 * j));
      });
      f.emit(c.set(i32.add(c.get, cRow.get)), bias.set(i32.add(bias.get, biasRow.get)));
    }
  });
  return f;
}

/** How the panels of a strip come about: they lie there, or are copied or gathered from b. */
export const PACKING = { none: 0, copy: 1, gather: 2 };
/**
 * `count` panels of `width` columns side by side, with `tiles` times ROWS rows and `rest` rows of a: c's part of a
 * product. Rows of a are gone through in blocks of `block` tiles, each with all panels.
 *
 * @param places  of `copy`, `gather` and the two tiles in the module
 */
function strip(width: number, [copy, gather, tiled, single]: readonly number[]): Function_ {
  const f = new Function_(`strip${width}`, [...new Array<'i32'>(20).fill('i32'), 'f32', 'f32']);
  const params = Array.from({ length: 22 }, (_, i) => f.param(i));
  const [a, row, column, b, bRow, bColumn, packing, panels, step, size, k, c, cRow, bias, biasRow] = params;
  const [biasColumn, count, tiles, rest, block, floor, ceiling] = params.slice(15);
  const [left, from, p, to, added, now] = Array.from({ length: 6 }, () => f.local('i32'));
  const next = (pointer: Local, by: Code): void => f.emit(pointer.set(i32.add(pointer.get, by)));
  f.when(i32.equal(packing.get, i32.of(PACKING.copy)), () =>
    f.emit(callOf(copy, b.get, bRow.get, k.get, panels.get, size.get, count.get)),
  );
  f.when(i32.equal(packing.get, i32.of(PACKING.gather)), () => {
    f.emit(left.set(count.get), from.set(b.get), p.set(panels.get));
    f.repeat(left, () => {
      f.emit(callOf(gather, from.get, bRow.get, bColumn.get, k.get, p.get));
      next(from, i32.mul(bColumn.get, i32.of(width)));
      next(p, size.get);
    });
  });
  const across = (kernel: number, groups: Local): void => {
    f.emit(left.set(count.get), p.set(panels.get), to.set(c.get), added.set(bias.get));
    f.repeat(left, () => {
      const at = [a, row, column, p, step, k, to, cRow, added, biasRow, groups, floor, ceiling];
      f.emit(callOf(kernel, ...at.map((local) => local.get)));
      next(p, size.get);
      next(to, i32.of(4 * width));
      next(added, i32.mul(biasColumn.get, i32.of(width)));
    });
  };
  const down = (rows: Code): void => {
    next(a, i32.mul(rows, row.get));
    next(c, i32.mul(rows, cRow.get));
    next(bias, i32.mul(rows, biasRow.get));
  };
  f.loop(tiles, () => {
    f.emit(now.set(i32.min(block.get, tiles.get)));
    across(tiled, now);
    down(i32.mul(now.get, i32.of(ROWS)));
    f.emit(tiles.set(i32.sub(tiles.get, now.get)));
  });
  f.when(rest.get, () => across(single, rest));
  return f;
}

/**
 * turn(from, fromRow, to, toRow, rows, columns): `rows` rows of floats become columns, four by four; rows are so many
 * bytes apart.
 */
export function turning(): Function_ {
  const f = new Function_('turn', new Array<'i32'>(6).fill('i32'));
  const [from, fromRow, to, toRow, rows, columns] = [0, 1, 2, 3, 4, 5].map((i) => f.param(i));
  const [left, row, column, p, q] = Array.from({ length: 5 }, () => f.local('i32'));
  const x = Array.from({ length: 4 }, () => f.local('v128'));
  const next = (pointer: Local, by: Code): void => f.emit(pointer.set(i32.add(pointer.get, by)));
  const block = (): void => {
    f.emit(p.set(row.get), q.set(column.get));
    for (const each of x) {
      f.emit(each.set(v128.load(4, p.get)));
      next(p, fromRow.get);
    }
    const pairs = [
      [0, 4, 1, 5],
      [2, 6, 3, 7],
    ].map((places) => [v128.words(x[0].get, x[1].get, places), v128.words(x[2].get, x[3].get, places)]);
    for (const [a, b] of pairs)
      for (const places of [
        [0, 1, 4, 5],
        [2, 3, 6, 7],
      ]) {
        f.emit(v128.store(4, q.get, v128.words(a, b, places)));
        next(q, toRow.get);
      }
  };
  const single = (): void => f.emit(f32.store(column.get, f32.load(row.get), 0));
  /** A strip of some rows, over all columns in pieces of as many, and then one by one, each of the rows. */
  const strip = (many: 1 | 4): void => {
    f.emit(row.set(from.get), column.set(to.get));
    const pass = (times: Code, width: 1 | 4, each: () => void): void => {
      f.emit(left.set(times));
      f.when(left.get, () =>
        f.repeat(left, () => {
          each();
          next(row, i32.of(4 * width));
          next(column, i32.mul(toRow.get, i32.of(width)));
        }),
      );
    };
    if (many === 1) pass(columns.get, 1, single);
    else {
      pass(i32.shiftRight(columns.get, 2), 4, block);
      pass(i32.and(columns.get, i32.of(3)), 1, () => {
        f.emit(p.set(row.get), q.set(column.get));
        for (let i = 0; i < 4; i++) {
          f.emit(f32.store(q.get, f32.load(p.get), 4 * i));
          next(p, fromRow.get);
        }
      });
    }
    next(from, i32.mul(fromRow.get, i32.of(many)));
    next(to, i32.of(4 * many));
  };
  const rest = f.local('i32');
  f.emit(rest.set(i32.and(rows.get, i32.of(3))), rows.set(i32.shiftRight(rows.get, 2)));
  f.when(rows.get, () => f.repeat(rows, () => strip(4)));
  f.when(rest.get, () => f.repeat(rest, () => strip(1)));
  return f;
}
/** The kernels of all widths, four functions and a strip for each. */
export function kernels(isFused: boolean): Function_[] {
  return WIDTHS.flatMap((w, i) => [
    copying(w),
    gathering(w),
    tile(ROWS, w, isFused),
    tile(1, w, isFused),
    strip(
      w,
      [0, 1, 2, 3].map((place) => EACH * i + place),
    ),
  ]);
}
const EACH = 5;
/** Where the strip of a width stands among them. */
export const placeOfStrip = (width: (typeof WIDTHS)[number]): number => EACH * WIDTHS.indexOf(width) + EACH - 1;
