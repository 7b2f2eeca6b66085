/** What the threads of a team do, and the words in the heap by which they agree with the one that started them. */
import type { WasmFunction, WasmMemory, WasmModule } from '../../base/assembler';

/** As a thread knows it. */
declare const WebAssembly: {
  Instance: new (module: WasmModule, imports: object) => { readonly exports: Readonly<Record<string, WasmFunction>> };
};
/** A module as threads get it: its functions have the numbers from `first` on. */
export interface Part {
  readonly module: WasmModule;
  readonly names: readonly string[];
  readonly first: number;
}

/** Words in the heap by which threads agree, each in a cache line of its own. */
export const WORDS = { go: 0, left: 16, done: 32, asleep: 48, waiting: 64, failed: 80, limit: 96, team: 112 };
export const WORD_BYTES = 512;
/** A call in the heap: the function's number, how many arguments, and these, as 64-bit floats. */
export const SLOTS = 32;
/** Calls that are made at once. */
export const MOST_CALLS = 128;
/** What every thread is started with. */
export interface Given {
  readonly memory: WasmMemory;
  /** Addresses of the words and of the calls. */
  readonly at: number;
  readonly calls: number;
  readonly words: typeof WORDS;
  readonly slots: number;
  readonly parts: readonly Part[];
  /** Its place among the threads, and which team it belongs to. */
  readonly place: number;
  readonly team: number;
  readonly looks: number;
}

/**
 * How often a thread that has nothing to do looks whether there is something, before it sleeps: some 50 µs. To be woken
 * takes 20, and the one that wakes it 5.
 */
export const LOOKS = 7_500;
/** What a thread does. It is handed over as text: nothing in it is from outside. */
export function work(
  { memory, at, calls, words: W, slots, parts, place, team, looks }: Given,
  next: () => Part | undefined,
): void {
  const words = new Int32Array(memory.buffer, at, 128);
  const list = new Float64Array(memory.buffer, calls);
  const functions: ((...args: number[]) => void)[] = [];
  const take = ({ module, names, first }: Part): void => {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    names.forEach((name, i) => (functions[first + i] = exports[name]));
  };
  const call = (index: number): void => {
    const from = index * slots;
    try {
      while (!functions[list[from]]) {
        const part = next();
        if (!part) break;
        take(part);
      }
      const args: number[] = [];
      for (let i = 0; i < list[from + 1]; i++) args.push(list[from + 2 + i]);
      functions[list[from]](...args);
    } catch {
      Atomics.store(words, W.failed, 1);
    }
    Atomics.add(words, W.done, 1);
    if (Atomics.load(words, W.waiting)) Atomics.notify(words, W.done);
  };
  const hasWork = (): boolean => Atomics.load(words, W.left) > 0 && place < Atomics.load(words, W.limit);
  const isOver = (): boolean => Atomics.load(words, W.team) !== team;
  parts.forEach(take);
  while (!isOver()) {
    const go = Atomics.load(words, W.go);
    while (hasWork()) {
      const left = Atomics.sub(words, W.left, 1);
      if (left > 0) call(left - 1);
    }
    for (let i = 0; i < looks && Atomics.load(words, W.go) === go; i++);
    if (Atomics.load(words, W.go) !== go) continue;
    Atomics.add(words, W.asleep, 1);
    Atomics.wait(words, W.go, go);
    Atomics.sub(words, W.asleep, 1);
  }
}
