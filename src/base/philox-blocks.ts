/**
 * Many blocks of Philox as WebAssembly: four side by side, the same words as one after the other, in a third of the
 * time.
 */
import {
  type Code,
  Function_,
  type Local,
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
const GROUP = 16;
const { addInt, productsHigh, productsLow, splatInt, store, words, xor } = v128;

/** blocks(to, groups, c0, c1, c2, c3, k0, k1): the blocks of so many times four counters from this one on. */
function blocks({ multipliers, keySteps, rounds }: Rounds): Function_ {
  const f = new Function_('blocks', new Array<'i32'>(8).fill('i32'));
  const [to, groups, ...given] = Array.from({ length: 8 }, (_, i) => f.param(i));
  const local = localsOf(f);
  const [counter, c1, c2, c3, k0, k1] = given.map(({ get }) => local(splatInt(get)));
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
    inTurn(f, x, to);
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
function inTurn(f: Function_, x: readonly Local[], to: Local): void {
  const local = localsOf(f);
  const pairs = [
    [0, 4, 1, 5],
    [2, 6, 3, 7],
  ].map((places) => [local(words(x[0].get, x[1].get, places)).get, local(words(x[2].get, x[3].get, places)).get]);
  pairs.forEach(([a, b], i) => {
    f.emit(store(4, to.get, words(a, b, [0, 1, 4, 5]), 32 * i));
    f.emit(store(4, to.get, words(a, b, [2, 3, 6, 7]), 32 * i + 16));
  });
}

/** Fills the first words of an array from a counter and a key, in fours of blocks, and says how many these are. */
export type Filler = (out: Uint32Array, counter: readonly number[], key: readonly number[]) => number;
/** Null where the engine does not know the instructions. The counter's lowest word does not overflow. */
export function openBlocks(rounds: Rounds): Filler | null {
  const bytes = assemble([blocks(rounds)]);
  if (!wasm.validate(bytes)) return null;
  const memory = new wasm.Memory({ initial: 1 });
  const made = new Uint32Array(memory.buffer);
  const run: WasmFunction = functionsOf(new wasm.Module(bytes), memory)('blocks');
  return (out, [first, ...counter], key) => {
    const size = out.length - (out.length % GROUP);
    for (let at = 0; at < size; at += WORDS) {
      const count = Math.min(WORDS, size - at);
      run(0, count / GROUP, (first + at / 4) | 0, ...counter, ...key);
      out.set(count === WORDS ? made : made.subarray(0, count), at);
    }
    return size;
  };
}
