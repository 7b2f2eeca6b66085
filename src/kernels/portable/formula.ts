/** Formulas on vectors as WebAssembly of our own, on tfjs's heap: each in one pass, whatever it has of operations. */
import { type Code, Function_, type Local, f32, i32, v128 } from '../../base/assembler';
import { MOST_CALLS } from './thread';
import type { Heap } from './wasm';

/** What a formula is made of: its vectors and numbers, four elements at a time, and a way to use a term twice. */
export interface Terms {
  readonly vectors: readonly Code[];
  readonly numbers: readonly Code[];
  keep(term: Code): Code;
}
export interface Formula {
  /** How many vectors and numbers it takes, and how many vectors it gives. */
  readonly takes: number;
  readonly numbers: number;
  readonly gives: number;
  readonly results: (terms: Terms) => readonly Code[];
}
/** Runs a formula on `size` elements, from and to these addresses. */
export type Run = (size: number, from: readonly number[], to: readonly number[], numbers: readonly number[]) => void;

export function openFormula({ team }: Heap, { takes, numbers, gives, results }: Formula): Run {
  const f = new Function_('run', [
    ...new Array<'i32'>(takes + gives + 2).fill('i32'),
    ...new Array<'f32'>(numbers).fill('f32'),
  ]);
  const pointers = Array.from({ length: takes + gives }, (_, i) => f.param(i));
  const [fours, ones] = [f.param(takes + gives), f.param(takes + gives + 1)];
  const constants = Array.from({ length: numbers }, (_, i): Local => {
    const local = f.local('v128');
    f.emit(local.set(v128.splat(f.param(takes + gives + 2 + i).get)));
    return local;
  });
  const keep = (term: Code): Code => {
    const local = f.local('v128');
    f.emit(local.set(term));
    return local.get;
  };
  const pass = (width: 1 | 4, times: Local): void =>
    f.when(times.get, () =>
      f.repeat(times, () => {
        const vectors = pointers.slice(0, takes).map((p) => keep(v128.load(width, p.get)));
        // All of them before the first is stored.
        const values = results({ vectors, numbers: constants.map((c) => c.get), keep }).map(keep);
        values.forEach((value, i) => f.emit(v128.store(width, pointers[takes + i].get, value)));
        for (const p of pointers) f.emit(p.set(i32.add(p.get, i32.of(4 * width))));
      }),
    );
  pass(4, fours);
  pass(1, ones);
  const fn = team.compile([f])('run');
  return (size, from, to, values) => {
    const pointers = [...from, ...to];
    team.run(
      piecesOf(size, team.cuts(size * pointers.length * EACH)).map(([at, n]) => ({
        fn,
        args: [...pointers.map((p) => p + 4 * at), Math.floor(n / 4), n % 4, ...values],
      })),
    );
  };
}
/** Nanoseconds for an element that is read or written, from memory. */
const EACH = 0.15;
/** Elements in so many pieces, about: where each begins and how many it has. */
export function piecesOf(size: number, cuts: number): [at: number, count: number][] {
  const each = LINE * Math.ceil(size / cuts / LINE);
  return Array.from({ length: Math.max(1, Math.ceil(size / each)) }, (_, i) => [
    i * each,
    Math.min(each, size - i * each),
  ]);
}
/** Floats in a line of the cache: two threads do not write to one. */
const LINE = 16;

/** A look at `size` floats at an address: whether `found` sets no bit for any of them. It costs 0.1 ns per element. */
export function openLook(
  { memory, malloc, team }: Heap,
  found: (x: Code) => Code,
): (from: number, size: number) => boolean {
  const f = new Function_('look', ['i32', 'i32', 'i32', 'i32']);
  const [from, fours, ones, to] = [0, 1, 2, 3].map((i) => f.param(i));
  const [x, seen] = [f.local('v128'), f.local('v128')];
  f.emit(seen.set(v128.zero));
  const pass = (width: 1 | 4, times: Local): void =>
    f.when(times.get, () =>
      f.repeat(times, () =>
        f.emit(
          x.set(v128.load(width, from.get)),
          seen.set(v128.or(seen.get, found(x.get))),
          from.set(i32.add(from.get, i32.of(4 * width))),
        ),
      ),
    );
  pass(4, fours);
  pass(1, ones);
  f.emit(v128.store(4, to.get, seen.get));
  const fn = team.compile([f])('look');
  const said = malloc(16 * MOST_CALLS);
  return (address, size) => {
    const pieces = piecesOf(size, team.cuts(size * EACH));
    team.run(pieces.map(([at, n], i) => ({ fn, args: [address + 4 * at, Math.floor(n / 4), n % 4, said + 16 * i] })));
    return new Int32Array(memory.buffer, said, 4 * pieces.length).every((bits) => bits === 0);
  };
}
/** Bits where a number is infinite or NaN: times 0 it is NaN then. */
export const nonFinite = (x: Code): Code => v128.unequal(v128.mul(x, v128.zero), v128.zero);
/** Bits where a number is smaller than the least normal one, and not 0. */
export const subnormal = (x: Code): Code => v128.and(isTiny(x), v128.unequal(x, v128.zero));
/** Bits where a number is smaller than the least normal one. */
export const isTiny = (x: Code): Code => v128.less(v128.abs(x), v128.splat(f32.of(1.1754943508222875e-38)));
/** What is below the least normal number counts as 0, with its sign. */
export const normal = (x: Code): Code => v128.select(v128.mul(x, v128.zero), x, isTiny(x));
