/** Sums over rows of matrices, and along them, as functions in WebAssembly. */
import { type Code, Function_, type Local, i32, v128 } from '../../base/assembler';

/** What is added up, for each column, over the rows of matrices of one shape. */
export interface Fold {
  /** How many matrices it takes, and vectors that have an element for each column, and how many sums it gives. */
  readonly takes: number;
  readonly vectors: number;
  readonly gives: number;
  readonly terms: (matrices: readonly Code[], vectors: readonly Code[], keep: (x: Code) => Code) => readonly Code[];
}
export const PLAIN: Fold = { takes: 1, vectors: 0, gives: 1, terms: ([x]) => [x] };

const next = (f: Function_, local: Local, by: Code): void => f.emit(local.set(i32.add(local.get, by)));
/**
 * fold(matrices…, vectors…, to…, groups, rows, sixteens, fours, ones): sums over the rows of so many groups of them,
 * one behind the other.
 */
export function foldOf({ takes, vectors, gives, terms }: Fold): Function_ {
  const f = new Function_('fold', new Array<'i32'>(takes + vectors + gives + 5).fill('i32'));
  const params = Array.from({ length: takes + vectors + gives + 5 }, (_, i) => f.param(i));
  const [from, held] = [params.slice(0, takes), params.slice(takes, takes + vectors)];
  const to = params.slice(takes + vectors, -5);
  const [groups, rows, sixteens, fours, ones] = params.slice(-5);
  const [row, left, times] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const pointers = from.map(() => f.local('i32'));
  const keep = (x: Code): Code => {
    const local = f.local('v128');
    f.emit(local.set(x));
    return local.get;
  };
  const columns = (blocks: number, width: 1 | 4): void => {
    const offsets = Array.from({ length: blocks }, (_, b) => 16 * b);
    const vectorsAt = offsets.map((at) => held.map((p) => keep(v128.load(width, p.get, at))));
    const sums = offsets.map(() => to.map(() => f.local('v128')));
    for (const sum of sums.flat()) f.emit(sum.set(v128.zero));
    pointers.forEach((p, i) => f.emit(p.set(from[i].get)));
    f.emit(times.set(rows.get));
    f.repeat(times, () => {
      offsets.forEach((at, b) => {
        const matrices = pointers.map((p) => keep(v128.load(width, p.get, at)));
        terms(matrices, vectorsAt[b], keep).forEach((term, i) =>
          f.emit(sums[b][i].set(v128.add(sums[b][i].get, term))),
        );
      });
      for (const p of pointers) next(f, p, row.get);
    });
    offsets.forEach((at, b) => to.forEach((p, i) => f.emit(v128.store(width, p.get, sums[b][i].get, at))));
    for (const p of [...from, ...held, ...to]) next(f, p, i32.of(4 * width * blocks));
  };
  const pass = (count: Local, blocks: number, width: 1 | 4): void => {
    f.emit(left.set(count.get));
    f.loop(left, () => {
      columns(blocks, width);
      next(f, left, i32.of(-1));
    });
  };
  const bytes = [i32.shiftLeft(sixteens.get, 6), i32.shiftLeft(fours.get, 4), i32.shiftLeft(ones.get, 2)];
  f.emit(row.set(bytes.reduce(i32.add)));
  f.repeat(groups, () => {
    pass(sixteens, 4, 4);
    pass(fours, 1, 4);
    pass(ones, 1, 1);
    for (const p of from) next(f, p, i32.mul(row.get, i32.sub(rows.get, i32.of(1))));
    for (const p of held) f.emit(p.set(i32.sub(p.get, row.get)));
  });
  return f;
}
/** along(x, to, rows, sixteens, fours, ones): the sum of each row. */
export function along(): Function_ {
  const f = new Function_('along', new Array<'i32'>(6).fill('i32'));
  const [x, to, rows, sixteens, fours, ones] = Array.from({ length: 6 }, (_, i) => f.param(i));
  const sums = Array.from({ length: 4 }, () => f.local('v128'));
  const left = f.local('i32');
  const pass = (count: Local, blocks: number, width: 1 | 4): void => {
    f.emit(left.set(count.get));
    f.loop(left, () => {
      for (let b = 0; b < blocks; b++) f.emit(sums[b].set(v128.add(sums[b].get, v128.load(width, x.get, 16 * b))));
      next(f, x, i32.of(4 * width * blocks));
      next(f, left, i32.of(-1));
    });
  };
  f.repeat(rows, () => {
    for (const sum of sums) f.emit(sum.set(v128.zero));
    pass(sixteens, 4, 4);
    pass(fours, 1, 4);
    pass(ones, 1, 1);
    const [a, b, c, d] = sums.map(({ get }) => get);
    f.emit(sums[0].set(v128.add(v128.add(a, b), v128.add(c, d))));
    const [p, q, r, s] = [0, 1, 2, 3].map((lane) => v128.spread(a, lane));
    f.emit(v128.store(1, to.get, v128.add(v128.add(p, q), v128.add(r, s))));
    next(f, to, i32.of(4));
  });
  return f;
}
