/** Formulas on vectors as WebAssembly of our own, on tfjs's heap: each in one pass, whatever it has of operations. */
import { type Code, Function_, type Local, assemble, f32, functionsOf, i32, v128 } from './assembler';
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

export function openFormula({ memory }: Heap, { takes, numbers, gives, results }: Formula): Run {
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
  const run = functionsOf(assemble([f]), memory)('run');
  return (size, from, to, values) => run(...from, ...to, Math.floor(size / 4), size % 4, ...values);
}

/** A look at `size` floats at an address: whether `found` sets no bit for any of them. It costs 0.1 ns per element. */
export function openLook({ memory, malloc }: Heap, found: (x: Code) => Code): (from: number, size: number) => boolean {
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
  const look = functionsOf(assemble([f]), memory)('look');
  const at = malloc(16);
  return (address, size) => {
    look(address, Math.floor(size / 4), size % 4, at);
    const [a, b, c, d] = new Int32Array(memory.buffer, at, 4);
    return (a | b | c | d) === 0;
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
