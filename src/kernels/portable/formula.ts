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

export function openFormula({ team }: Heap, formula: Formula): Run {
  const fn = team.compile([loopOf(formula)])('run');
  return (size, from, to, values) => {
    const pointers = [...from, ...to];
    team.run(
      piecesOf(size, team.cuts(size * pointers.length * EACH)).map(([at, n]) => ({
        fn,
        args: [...pointers.map((p) => p + 4 * at), n >> 2, n & 3, ...values],
      })),
    );
  };
}
/**
 * How an operand lies beside a result of rows and columns: an element for each, one for all, one row for all rows, or
 * one element for each row.
 */
export type Lie = 'each' | 'one' | 'row' | 'column';
/** Elements in one round of the loop, where few instructions make one of them. */
const LONG = 16;
/** Bytes of code beyond which a loop is not longer for having several rounds in one. */
const MUCH = 96;

/** run(from…, to…, fours, ones, numbers…): all operands have an element for each. */
function loopOf(formula: Formula): Function_ {
  const { takes, numbers, gives } = formula;
  return new FormulaLoop(formula, new Array<Lie>(takes).fill('each'), 'run', [
    ...new Array<'i32'>(takes + gives + 2).fill('i32'),
    ...new Array<'f32'>(numbers).fill('f32'),
  ]).flat();
}
/** run(from…, to…, rows, fours, ones): of rows that have `4 fours + ones` elements. It takes no numbers. */
export function rowsOf(formula: Formula, lies: readonly Lie[]): Function_ {
  const params = new Array<'i32'>(formula.takes + formula.gives + 3).fill('i32');
  return new FormulaLoop(formula, lies, 'run', params).inRows();
}
class FormulaLoop {
  private readonly f: Function_;
  private readonly pointers: readonly Local[];
  /** Operands that stay the same in a row, or in all. */
  private readonly held: readonly (Local | null)[];
  constructor(
    private readonly formula: Formula,
    private readonly lies: readonly Lie[],
    name: string,
    params: readonly ('i32' | 'f32')[],
  ) {
    const f = (this.f = new Function_(name, params));
    this.pointers = Array.from({ length: formula.takes + formula.gives }, (_, i) => f.param(i));
    this.held = lies.map((lie) => (lie === 'one' || lie === 'column' ? f.local('v128') : null));
  }
  flat(): Function_ {
    const { f, formula } = this;
    const first = this.pointers.length;
    const numbers = Array.from({ length: formula.numbers }, (_, i): Code => {
      const local = f.local('v128');
      f.emit(local.set(v128.splat(f.param(first + 2 + i).get)));
      return local.get;
    });
    this.passes(f.param(first), f.param(first + 1), numbers);
    return f;
  }
  inRows(): Function_ {
    const { f, lies, pointers, held } = this;
    const [rows, fours, ones] = [0, 1, 2].map((i) => f.param(pointers.length + i));
    const [ofFours, ofOnes, back] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.emit(back.set(i32.add(i32.shiftLeft(fours.get, 4), i32.shiftLeft(ones.get, 2))));
    const hold = (lie: Lie): void =>
      lies.forEach((each, i) => {
        const local = held[i];
        if (local && each === lie) f.emit(local.set(v128.loadSplat(pointers[i].get)));
      });
    hold('one');
    f.repeat(rows, () => {
      hold('column');
      f.emit(ofFours.set(fours.get), ofOnes.set(ones.get));
      this.passes(ofFours, ofOnes, []);
      lies.forEach((lie, i) => {
        const p = pointers[i];
        if (lie === 'row') f.emit(p.set(i32.sub(p.get, back.get)));
        if (lie === 'column') f.emit(p.set(i32.add(p.get, i32.of(4))));
      });
    });
    return f;
  }
  /** So many times four elements, and so many. The locals are 0 then. */
  private passes(fours: Local, ones: Local, numbers: readonly Code[]): void {
    const { f } = this;
    if (this.round(4, 0, numbers).length <= MUCH) {
      const long = f.local('i32');
      f.emit(long.set(i32.shiftRight(fours.get, 2)), fours.set(i32.and(fours.get, i32.of(3))));
      this.pass(long, LONG, numbers);
    }
    this.pass(fours, 4, numbers);
    this.pass(ones, 1, numbers);
  }
  private pass(times: Local, elements: number, numbers: readonly Code[]): void {
    const { f, lies, pointers, formula } = this;
    const moves = (_: Local, i: number): boolean => i >= formula.takes || lies[i] === 'each' || lies[i] === 'row';
    f.when(times.get, () =>
      f.repeat(times, () => {
        for (let at = 0; at < elements; at += 4) f.emit(this.round(elements === 1 ? 1 : 4, 4 * at, numbers));
        for (const p of pointers.filter(moves)) f.emit(p.set(i32.add(p.get, i32.of(4 * elements))));
      }),
    );
  }
  /** The code for four elements or one, so many bytes behind the pointers. */
  private round(width: 1 | 4, offset: number, numbers: readonly Code[]): Code {
    const { f, pointers, held, formula } = this;
    const { takes, results } = formula;
    const code: number[] = [];
    const keep = (term: Code): Code => {
      const local = f.local('v128');
      code.push(...local.set(term));
      return local.get;
    };
    const vectors = pointers.slice(0, takes).map((p, i) => held[i]?.get ?? keep(v128.load(width, p.get, offset)));
    // All of them before the first is stored.
    const values = results({ vectors, numbers, keep }).map(keep);
    values.forEach((value, i) => code.push(...v128.store(width, pointers[takes + i].get, value, offset)));
    return code;
  }
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
