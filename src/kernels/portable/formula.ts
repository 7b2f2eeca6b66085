/** Formulas on vectors as WebAssembly of our own, on tfjs's heap: each in one pass, whatever it has of operations. */
import { type Code, Function_, type Local, assemble, i32, v128, wasm } from './assembler';
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
  const run = (
    new wasm.Instance(new wasm.Module(assemble([f])), { env: { memory } }).exports as {
      run: (...args: number[]) => void;
    }
  ).run;
  return (size, from, to, values) => run(...from, ...to, Math.floor(size / 4), size % 4, ...values);
}

/**
 * Whether all of `size` floats at an address are finite. tfjs's convolutions and pools drop NaN here and make it there, so
 * what is not finite is left to the host; this look costs 0.1 ns per element.
 */
export function openFinite({ memory, malloc }: Heap): (from: number, size: number) => boolean {
  const f = new Function_('look', ['i32', 'i32', 'i32', 'i32']);
  const [from, fours, ones, to] = [0, 1, 2, 3].map((i) => f.param(i));
  const sum = f.local('v128');
  f.emit(sum.set(v128.zero));
  // x 0 is 0, and NaN where x is infinite or NaN.
  const pass = (width: 1 | 4, times: Local): void =>
    f.when(times.get, () =>
      f.repeat(times, () =>
        f.emit(
          sum.set(v128.add(sum.get, v128.mul(v128.load(width, from.get), v128.zero))),
          from.set(i32.add(from.get, i32.of(4 * width))),
        ),
      ),
    );
  pass(4, fours);
  pass(1, ones);
  f.emit(v128.store(4, to.get, sum.get));
  const { look } = new wasm.Instance(new wasm.Module(assemble([f])), { env: { memory } }).exports as {
    look: (...args: number[]) => void;
  };
  const at = malloc(16);
  return (address, size) => {
    look(address, Math.floor(size / 4), size % 4, at);
    const [a, b, c, d] = new Float32Array(memory.buffer, at, 4);
    return a + b + c + d === 0;
  };
}
