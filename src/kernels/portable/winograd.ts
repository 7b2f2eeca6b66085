/**
 * Convolutions of 3 × 3 taps in 16 products for each four results, where they are 36 (Winograd; Lavin and Gray, Fast
 * Algorithms for Convolutional Neural Networks, F(2×2, 3×3)): of pictures, filters and results in squares of 4 × 4. A
 * result is made of the numbers under its own window alone, so that zeros stay zeros.
 */
import { type Code, Function_, type Local, f32, i32, v128 } from '../../base/assembler';
import { openLook } from './formula';
import type { Convolution, Places } from './conv-sizes';
import type { Gemm } from './gemm';
import { type Call, type Shared, type Team, runHere } from './team';
import type { Heap } from './wasm';

const { abs, add, less, load, max, min, mul, splat, splatInt, store, sub, xor } = v128;
const HALF = splat(f32.of(0.5));
/** Sums of larger ones, times as large ones, could leave the numbers there are: the plain way has those. */
const LARGE = splat(f32.of(1e15));
const isWild = (x: Code): Code => xor(less(abs(x), LARGE), splatInt(-1));
/** Squares that are gone through at once. */
const MANY = 512;
/** Nanoseconds for a number that goes into a square, or comes out of it. */
const EACH = 0.25;

type Ways = (line: readonly Code[]) => readonly Code[];
const ofPicture: Ways = ([a, b, c, d]) => [sub(a, c), add(b, c), sub(c, b), sub(b, d)];
const ofResult: Ways = ([a, b, c, d]) => [add(add(a, b), c), sub(sub(b, c), d)];
const ofFilter: Ways = ([a, b, c]) => [a, mul(add(add(a, b), c), HALF), mul(add(sub(a, b), c), HALF), c];
/** Turns a square, row by row in vectors, along its columns and then along its rows. */
function turned(f: Function_, square: readonly Local[], side: number, ways: Ways): Code[] {
  const columns = Array.from({ length: side }, (_, j) =>
    ways(Array.from({ length: side }, (__, i) => square[side * i + j].get)).map((x) => {
      const local = f.local('v128');
      f.emit(local.set(x));
      return local.get;
    }),
  );
  return columns[0].flatMap((_, i) => ways(columns.map((column) => column[i])));
}
const next = (f: Function_, local: Local, by: Code): void => f.emit(local.set(i32.add(local.get, by)));
/** Stores vectors one behind the other, so many bytes apart. */
function spreadOut(f: Function_, values: readonly Code[], to: Local, plane: Local): void {
  const place = f.local('i32');
  f.emit(place.set(to.get));
  for (const value of values) {
    f.emit(store(4, place.get, value));
    next(f, place, plane.get);
  }
}
/** Loads as many as there are, so many bytes apart. */
function takeIn(f: Function_, square: readonly Local[], from: Local, plane: Local): void {
  const place = f.local('i32');
  f.emit(place.set(from.get));
  for (const each of square) {
    f.emit(each.set(load(4, place.get)));
    next(f, place, plane.get);
  }
}
const vectors = (f: Function_, count: number): Local[] => Array.from({ length: count }, () => f.local('v128'));
const params = (f: Function_, count: number): Local[] => Array.from({ length: count }, (_, i) => f.param(i));

/** pictures(x, line, pixel, to, plane, squares, fours): a row of squares, two pixels apart. */
function pictures(): Function_ {
  const f = new Function_('pictures', new Array<'i32'>(7).fill('i32'));
  const [x, line, pixel, to, plane, squares, fours] = params(f, 7);
  const [times, row] = [f.local('i32'), f.local('i32')];
  const square = vectors(f, 16);
  f.repeat(squares, () => {
    f.emit(times.set(fours.get));
    f.repeat(times, () => {
      f.emit(row.set(x.get));
      for (let i = 0; i < 4; i++) {
        takeIn(f, square.slice(4 * i, 4 * i + 4), row, pixel);
        next(f, row, line.get);
      }
      spreadOut(f, turned(f, square, 4, ofPicture), to, plane);
      for (const p of [x, to]) next(f, p, i32.of(16));
    });
    next(f, x, pixel.get);
  });
  return f;
}
/** filters(w, tap, to, plane, fours): nine numbers become sixteen. */
function filters(): Function_ {
  const f = new Function_('filters', new Array<'i32'>(5).fill('i32'));
  const [w, tap, to, plane, fours] = params(f, 5);
  const square = vectors(f, 9);
  f.repeat(fours, () => {
    takeIn(f, square, w, tap);
    spreadOut(f, turned(f, square, 3, ofFilter), to, plane);
    for (const p of [w, to]) next(f, p, i32.of(16));
  });
  return f;
}
/** results(from, plane, y, line, pixel, squares, fours, bias, biasStep, floor, ceiling): a row of squares. */
function results(): Function_ {
  const f = new Function_('results', [...new Array<'i32'>(9).fill('i32'), 'f32', 'f32']);
  const [from, plane, y, line, pixel, squares, fours, bias, biasStep, floor, ceiling] = params(f, 11);
  const [times, added, place] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const [low, high, b] = vectors(f, 3);
  const square = vectors(f, 16);
  f.emit(low.set(splat(floor.get)), high.set(splat(ceiling.get)));
  f.repeat(squares, () => {
    f.emit(times.set(fours.get), added.set(bias.get));
    f.repeat(times, () => {
      takeIn(f, square, from, plane);
      f.emit(b.set(load(4, added.get)), place.set(y.get));
      turned(f, square, 4, ofResult).forEach((sum, i) => {
        if (i === 2) f.emit(place.set(i32.add(y.get, line.get)));
        f.emit(store(4, place.get, min(max(add(sum, b.get), low.get), high.get)));
        next(f, place, pixel.get);
      });
      for (const p of [from, y]) next(f, p, i32.of(16));
      next(f, added, biasStep.get);
    });
    next(f, y, pixel.get);
  });
  return f;
}

/** Whether a convolution is made so: its sizes say that it is much faster. */
export function isOfSquares({ taps, stride, dilation, rows, columns, channels, outputs, batch }: Places): boolean {
  const isPlain = [...stride, ...dilation].every((n) => n === 1) && taps[0] === 3 && taps[1] === 3;
  const fits = rows % 2 === 0 && columns % 2 === 0 && channels % 4 === 0 && outputs % 4 === 0;
  const pays = channels * outputs >= 16 * (channels + outputs) && batch * rows * columns >= MANY;
  return isPlain && fits && pays;
}
function share(team: Team, calls: readonly Call[], ns: number): void {
  if (team.cuts(ns) > 1) team.run(calls);
  else runHere(calls);
}
export class Winograd {
  private readonly find: (name: string) => Shared;
  private readonly hasNoWild: (from: number, size: number) => boolean;
  constructor(
    private readonly heap: Heap,
    private readonly gemm: Gemm,
    private readonly zeros: number,
  ) {
    this.find = heap.team.compile([pictures(), filters(), results()]);
    this.hasNoWild = openLook(heap, isWild);
  }
  /** Whether the numbers of a convolution can be made so. */
  serves({ batch, height, width, channels, outputs }: Places, { x, filter }: Convolution): boolean {
    const from = filter.step < 0 ? filter.at + 8 * filter.step : filter.at;
    return this.hasNoWild(x, batch * height * width * channels) && this.hasNoWild(from, 9 * channels * outputs);
  }
  /** y = x * filter + bias, cut off at the bounds. @param room  gives memory for a while */
  convolve(sizes: Places, at: Convolution, room: (bytes: number) => number): void {
    const { batch, rows, columns, channels: k, outputs: n } = sizes;
    const across = columns / 2;
    const all = (batch * rows) / 2;
    const group = Math.min(all, Math.ceil(MANY / across));
    const squares = group * across;
    const weights = 4 * k * n;
    const place = room(16 * (2 * weights + 4 * squares * (k + n)));
    const [panels, inside] = [place + 16 * weights, place + 32 * weights];
    const outside = inside + 16 * 4 * squares * k;
    const { filter } = at;
    const tap = filter.step || weights;
    this.find('filters').call(filter.at, tap, place, weights, (k * n) / 4);
    for (let from = 0; from < all; from += group) {
      const count = Math.min(group, all - from);
      const each = (make: (i: number) => Call): Call[] => Array.from({ length: count }, (_, i) => make(i));
      share(
        this.heap.team,
        each((i) => this.entering(sizes, at.x, from + i, inside + 4 * k * across * i, 4 * squares * k)),
        16 * EACH * count * across * k,
      );
      const products = Array.from({ length: 16 }, (_, p) => {
        const a = { at: inside + 4 * squares * k * p, row: 4 * k, column: 4 };
        const b = { at: place + weights * p, row: filter.row, column: filter.column };
        const plain = { c: outside + 4 * squares * n * p, bias: null, floor: -Infinity, ceiling: Infinity };
        return this.gemm.calls({ a, b, ...plain, m: count * across, k, n }, panels + weights * p);
      });
      share(this.heap.team, products.flat(), 16 * this.gemm.cost({ m: count * across, k, n }));
      share(
        this.heap.team,
        each((i) => this.leaving(sizes, at, from + i, outside + 4 * n * across * i, 4 * squares * n)),
        16 * EACH * count * across * n,
      );
    }
  }
  private entering(
    { rows, height, width, channels, columns }: Places,
    x: number,
    i: number,
    to: number,
    plane: number,
  ): Call {
    const [picture, row] = [Math.floor(i / (rows / 2)), i % (rows / 2)];
    const [pixel, line] = [4 * channels, 4 * channels * width];
    const from = x + line * (picture * height + 2 * row);
    return { fn: this.find('pictures'), args: [from, line, pixel, to, plane, columns / 2, channels / 4] };
  }
  private leaving(sizes: Places, at: Convolution, i: number, from: number, plane: number): Call {
    const { columns, outputs } = sizes;
    const [pixel, line] = [4 * outputs, 4 * outputs * columns];
    const { y, bias, floor, ceiling } = at;
    const added = bias ? [bias, 16] : [this.zeros, 0];
    const to = y + 2 * line * i;
    const args = [from, plane, to, line, pixel, columns / 2, outputs / 4, ...added, floor, ceiling];
    return { fn: this.find('results'), args };
  }
}
