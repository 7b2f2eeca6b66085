/**
 * Many blocks of Philox as WebAssembly: four side by side, the same words as one after the other, in a third of the
 * time, and as uniform numbers.
 */
import {
  type Code,
  Function_,
  type Local,
  type Type,
  type WasmFunction,
  assemble,
  functionsOf,
  i32,
  v128,
  wasm,
} from './assembler';

/** What the generator is made of: two multipliers, and what the two halves of the key grow by in each of the rounds. */
export interface Rounds {
  readonly multipliers: readonly [number, number];
  readonly keySteps: readonly [number, number];
  readonly rounds: number;
}
/** Words that are made at once: a page of WebAssembly's memory. */
const PAGE = 65536;
const WORDS = PAGE / 4;
/** Words of four blocks. */
export const GROUP = 16;
const { addInt, and, mul, productsHigh, productsLow, splat, splatInt, store, toFloat, words, xor } = v128;

/**
 * blocks(to, groups, c0, c1, c2, c3, k0, k1): the blocks of so many times four counters from this one on.
 * uniforms(to, groups, c0, c1, c2, c3, k0, k1, mask, unit): of each word some bits, times a unit.
 */
export function blocks({ multipliers, keySteps, rounds }: Rounds, name: 'blocks' | 'uniforms'): Function_ {
  const isUniform = name === 'uniforms';
  const types: Type[] = new Array<'i32'>(8).fill('i32');
  if (isUniform) types.push('i32', 'f32');
  const f = new Function_(name, types);
  const [to, groups, ...given] = Array.from({ length: 8 }, (_, i) => f.param(i));
  const local = localsOf(f);
  const [counter, c1, c2, c3, k0, k1] = given.map(({ get }) => local(splatInt(get)));
  const bits = isUniform ? [local(splatInt(f.param(8).get)).get, local(splat(f.param(9).get)).get] : null;
  const made = bits ? (x: Code): Code => mul(toFloat(and(x, bits[0])), bits[1]) : (x: Code): Code => x;
  const [by, step] = [multipliers, keySteps].map((pair) => pair.map((n) => local(splatInt(n | 0)).get));
  const four = local(splatInt(4)).get;
  const x = Array.from({ length: 4 }, () => local());
  const keys = [local(), local()];
  const round = roundOf(f, x, by);
  // 0, 1, 2 and 3 more than the first.
  const none = splatInt(0);
  const odd = words(none, splatInt(1), [0, 4, 0, 4]);
  f.emit(counter.set(addInt(counter.get, addInt(odd, words(none, splatInt(2), [0, 0, 4, 4])))));
  f.repeat(groups, () => {
    [counter, c1, c2, c3].forEach(({ get }, i) => f.emit(x[i].set(get)));
    f.emit(keys[0].set(k0.get), keys[1].set(k1.get));
    for (let i = 0; i < rounds; i++) {
      round(keys);
      keys.forEach((key, k) => f.emit(key.set(addInt(key.get, step[k]))));
    }
    inTurn(f, x, to, made);
    f.emit(to.set(i32.add(to.get, i32.of(4 * GROUP))), counter.set(addInt(counter.get, four)));
  });
  return f;
}
type NewLocal = (x?: Code) => Local;
function localsOf(f: Function_): NewLocal {
  return (x) => {
    const made = f.local('v128');
    if (x) f.emit(made.set(x));
    return made;
  };
}
/** A round of four blocks, whose first words are in one vector, and so on. */
function roundOf(f: Function_, x: readonly Local[], by: readonly Code[]): (keys: readonly Local[]) => void {
  const local = localsOf(f);
  const low = [local(), local()];
  const high = [local(), local()];
  const upper = (i: number): Code => words(low[i].get, high[i].get, [1, 3, 5, 7]);
  const lower = (i: number): Code => words(low[i].get, high[i].get, [0, 2, 4, 6]);
  return (keys) => {
    [0, 1].forEach((i) => {
      const from = x[2 * i].get;
      f.emit(low[i].set(productsLow(from, by[i])), high[i].set(productsHigh(from, by[i])));
    });
    f.emit(x[0].set(xor(xor(upper(1), x[1].get), keys[0].get)), x[1].set(lower(1)));
    f.emit(x[2].set(xor(xor(upper(0), x[3].get), keys[1].get)), x[3].set(lower(0)));
  };
}
/** Stores the words of one block beside each other, block by block. */
function inTurn(f: Function_, x: readonly Local[], to: Local, made: (x: Code) => Code): void {
  const local = localsOf(f);
  const pairs = [
    [0, 4, 1, 5],
    [2, 6, 3, 7],
  ].map((places) => [local(words(x[0].get, x[1].get, places)).get, local(words(x[2].get, x[3].get, places)).get]);
  pairs.forEach(([a, b], i) => {
    f.emit(store(4, to.get, made(words(a, b, [0, 1, 4, 5])), 32 * i));
    f.emit(store(4, to.get, made(words(a, b, [2, 3, 6, 7])), 32 * i + 16));
  });
}

/** Where in which stream: the four words of the counter, and the two of the key. */
export type Place = readonly [number, number, number, number, number, number];
/** What fills the first words of an array from a place on, in fours of blocks, and says how many these are. */
export interface Filler {
  readonly words: (out: Uint32Array, place: Place) => number;
  /** The last binary digits of each word, as a number in [0, 1). */
  readonly uniforms: (out: Float32Array, place: Place, digits: number) => number;
}
/** What of a word makes a number of so many binary digits: a mask, and the unit of its last digit. */
export const bitsOf = (digits: number): [mask: number, unit: number] => [2 ** digits - 1, 2 ** -digits];

/** Null where the engine does not know the instructions. The counter's lowest word does not overflow. */
export function openBlocks(rounds: Rounds): Filler | null {
  const bytes = assemble([blocks(rounds, 'blocks'), blocks(rounds, 'uniforms')]);
  if (!wasm.validate(bytes)) return null;
  const memory = new wasm.Memory({ initial: 1 });
  const found = functionsOf(new wasm.Module(bytes), memory);
  const [words, uniforms] = [found('blocks'), found('uniforms')];
  return {
    words: (out, place) => filled(out, new Uint32Array(memory.buffer), words, place),
    uniforms: (out, place, digits) => filled(out, new Float32Array(memory.buffer), uniforms, place, bitsOf(digits)),
  };
}
function filled<T extends Uint32Array | Float32Array>(
  out: T,
  made: T,
  run: WasmFunction,
  [first, ...others]: Place,
  last: readonly number[] = [],
): number {
  const size = out.length - (out.length % GROUP);
  for (let at = 0; at < size; at += WORDS) {
    const count = Math.min(WORDS, size - at);
    run(0, count / GROUP, (first + at / 4) | 0, ...others, ...last);
    out.set(count === WORDS ? made : made.subarray(0, count), at);
  }
  return size;
}
