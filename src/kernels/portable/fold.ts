/**
 * Sums over rows or columns of matrices: of their elements, or of what a formula makes of these. Chains are short, so
 * that no digits are lost, and what is added to what is said by the sizes alone.
 */
import { type Fold, PLAIN } from './fold-kernels';
import { type Draft, type Place, type Spot, shifted } from './program';
import { type Shared, WORTHWHILE } from './team';

/** Rows that are added up in one chain. */
const CHAIN = 256;
/** The same of what lies side by side, which is added up in 16 chains. */
const ALONG = 16 * CHAIN;
/** Calls for one sum at most. */
const MOST = 64;
/** Nanoseconds for an element of one matrix. */
const EACH = 0.15;

/** Groups of rows of columns, in memory order. */
export interface Sizes {
  readonly groups: number;
  readonly rows: number;
  readonly columns: number;
}
/**
 * [groups, rows, columns] to [groups, columns], for each of what the fold gives. Null where that would be too many
 * calls.
 */
export function folded(
  fold: Fold,
  matrices: readonly Place[],
  vectors: readonly Place[],
  { groups, rows, columns }: Sizes,
  draft: Draft,
): readonly Spot[] | null {
  const make = (shape: readonly number[]): Spot[] => Array.from({ length: fold.gives }, () => draft.make(shape));
  if (rows <= CHAIN) {
    const to = make([groups, columns]);
    call(fold, [matrices, vectors, to], { groups, rows, columns }, draft);
    return to;
  }
  const length = groups === 1 ? CHAIN : divisorOf(rows, CHAIN);
  const parts = Math.ceil(rows / length);
  const [whole, rest] = [Math.floor(rows / length), rows % length];
  if (rest && groups > MOST) return null;
  const sums = make([groups, parts, columns]);
  const at = (places: readonly Place[], bytes: number): Place[] => places.map((p) => shifted(p, bytes));
  if (!rest) call(fold, [matrices, vectors, sums], { groups: groups * parts, rows: length, columns }, draft);
  else
    for (let g = 0; g < groups; g++) {
      const [from, to] = [at(matrices, 4 * g * rows * columns), at(sums, 4 * g * parts * columns)];
      const [last, end] = [at(from, 4 * whole * length * columns), at(to, 4 * whole * columns)];
      call(fold, [from, vectors, to], { groups: whole, rows: length, columns }, draft);
      call(fold, [last, vectors, end], { groups: 1, rows: rest, columns }, draft);
    }
  const all = sums.map((sum) => folded(PLAIN, [sum], [], { groups, rows: parts, columns }, draft)?.[0]);
  return all.every((sum) => sum !== undefined) ? all : null;
}
/** The largest divisor that is no larger than `most`, and worth it; else `most`. */
function divisorOf(n: number, most: number): number {
  for (let d = most; d >= most / 8; d--) if (n % d === 0) return d;
  return most;
}
function call(
  fold: Fold,
  [matrices, vectors, to]: readonly (readonly Place[])[],
  { groups, rows, columns }: Sizes,
  draft: Draft,
): void {
  const fn = draft.kernels.fold(fold);
  const sizes = [rows, columns >> 4, (columns >> 2) & 3, columns & 3];
  inPieces(draft, fn, EACH * groups * rows * columns * matrices.length, [...matrices, ...vectors, ...to], {
    groups,
    sizes,
    steps: [...matrices.map(() => rows * columns), ...vectors.map(() => 0), ...to.map(() => columns)],
  });
}
/** Sums of each of so many rows of elements side by side; null where that would be too many calls. */
export function alongRows(x: Place, rows: number, columns: number, draft: Draft): Spot | null {
  const each = columns <= ALONG ? columns : rows === 1 ? ALONG : divisorOf(columns, ALONG);
  const parts = Math.ceil(columns / each);
  const rest = columns % each;
  if (rest && rows > 1) return null;
  const sums = draft.make([rows, parts]);
  const fn = draft.kernels.along;
  const add = (from: Place, to: Place, groups: number, n: number): void =>
    inPieces(draft, fn, EACH * groups * n, [from, to], {
      groups,
      sizes: [n >> 4, (n >> 2) & 3, n & 3],
      steps: [n, 1],
    });
  const whole = rest ? parts - 1 : rows * parts;
  add(x, sums, whole, each);
  if (rest) add(shifted(x, 4 * whole * each), shifted(sums, 4 * whole), 1, rest);
  return parts === 1 ? sums : alongRows(sums, rows, parts, draft);
}
/** A call that goes through groups, of which threads may take some each; `steps` in elements from one to the next. */
function inPieces(
  draft: Draft,
  fn: Shared,
  ns: number,
  places: readonly Place[],
  { groups, sizes, steps }: { readonly groups: number; readonly sizes: readonly number[]; readonly steps: number[] },
): void {
  if (ns < WORTHWHILE) return draft.call(fn, ...places, groups, ...sizes);
  const { team } = draft.kernels.heap;
  draft.work(places, (address) => {
    const each = Math.ceil(groups / team.cuts(ns));
    team.run(
      Array.from({ length: Math.ceil(groups / each) }, (_, i) => ({
        fn,
        args: [
          ...places.map((place, k) => address(place) + 4 * steps[k] * each * i),
          Math.min(each, groups - each * i),
          ...sizes,
        ],
      })),
    );
  });
}
