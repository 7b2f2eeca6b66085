/**
 * Threads for our own kernels. They share the heap; work is a list of calls of WebAssembly functions that write to
 * places of their own, and whoever is free takes the next one: this thread, which goes on when all are done, or one of
 * the team. So a session stays synchronous, a result does not depend on how many took part, and a thread that the
 * system does not let run costs nothing but its share.
 */
import { ValueError } from '../../base/errors';
import { env, now } from '../../base/platform';
import { type Thread, processors, startThread, withFeature } from '../../base/platform-threads';
import type { Threads } from '../kernel';
import { KernelError } from '../kernel-error';
import { type Function_, type WasmFunction, type WasmMemory, assemble, functionsOf, wasm } from '../../base/assembler';
import { type Given, LOOKS, MOST_CALLS, type Part, SLOTS, WORDS, WORD_BYTES, work } from './thread';

/** A function that threads know too. */
export interface Shared {
  readonly id: number;
  readonly call: WasmFunction;
}
export interface Call {
  readonly fn: Shared;
  readonly args: readonly number[];
}
/** The engine's name of what multiplies and adds in one. */
const RELAXED = 'experimental-wasm-relaxed-simd';
/**
 * Work in nanoseconds that is worth a call of its own, and that is worth to be shared at all: what is less ends before
 * somebody else has begun, so that softmax regression took 174 µs with two threads and 151 with one.
 */
const LEAST = 8_000;
export const WORTHWHILE = 60_000;
/** Work, by and by, that is worth to wake those who sleep: that takes up to 15 µs here, and 20 until they are there. */
const WAKE = 80_000;
/** A team is started when it would have spared so much. */
const START = 20e6;
/**
 * Where the others held this thread up longer than it worked itself, somebody else has the processors: it goes on alone
 * for so many times as long.
 */
const HELD_UP = 20;
/**
 * Likewise where it did all by itself so often in a row: for a time in milliseconds that doubles until somebody helps
 * again.
 */
const UNAIDED = { jobs: 8, ms: 4, longest: 256 };
/** Calls for each thread: whoever is late then holds up little. */
const EACH = 4;
const MOST_THREADS = 64;

export class Team implements Threads {
  private readonly parts: Part[] = [];
  private functions = 0;
  private threads: Thread<Part>[] = [];
  private words: Int32Array | null = null;
  private calls: Float64Array = new Float64Array(0);
  private at = { words: 0, calls: 0 };
  private holders = 0;
  private spared = 0;
  private wanted = 1;
  /** Until when this thread works alone, and how many times in a row it got no help. */
  private aloneUntil = 0;
  private unaided = 0;
  private rest = UNAIDED.ms;
  /** Work that was not shared because the others slept. */
  private unshared = 0;
  private readonly isShared: boolean;
  private readonly usual: number;
  constructor(
    private readonly memory: WasmMemory,
    private readonly malloc: (bytes: number) => number,
    private readonly startAfter = START,
  ) {
    // Asked so of a buffer of any realm, and where there are none.
    this.isShared = Object.prototype.toString.call(memory.buffer) === '[object SharedArrayBuffer]';
    this.usual = usualThreads();
  }
  /** How many threads, this one among them, work for the runs that follow. */
  get size(): number {
    return this.wanted;
  }
  /** Threads that have been started, and how many calls they have done. */
  get started(): number {
    return this.threads.length;
  }
  helped = 0;
  /** Whether products are rounded once with their additions; null before the first. */
  isFused: boolean | null = null;
  /** Sets how many that are; 0 for as many as the process has processors, or TFJS_SESSION_THREADS says. */
  use(threads: number): void {
    this.wanted = this.isShared ? Math.min(threads || this.usual, MOST_THREADS) : 1;
  }
  /** Keeps the threads, once there are any, until what this gives is called. */
  hold(): () => void {
    this.holders++;
    let held = true;
    return () => {
      if (held && --this.holders === 0) this.end();
      held = false;
    };
  }
  /**
   * As `compile`, with multiplications and additions rounded as one where the engine has that, which takes a fifth less
   * time: from Node 22 on, and Node 20, which has it switched off.
   */
  compileFused(functions: (isFused: boolean) => readonly Function_[]): (name: string) => Shared {
    const fused = functions(true);
    const bytes = assemble(fused, this.isShared);
    const isKnown = (): boolean => wasm.validate(bytes);
    const compiled = isKnown()
      ? this.compile(fused)
      : withFeature(RELAXED, () => (isKnown() ? this.compile(fused) : null));
    this.isFused = compiled !== null;
    return compiled ?? this.compile(functions(false));
  }
  /** Compiles functions, and gives what finds them by name. */
  compile(functions: readonly Function_[]): (name: string) => Shared {
    const module = new wasm.Module(assemble(functions, this.isShared));
    const part: Part = { module, names: functions.map((f) => f.name), first: this.functions };
    this.functions += functions.length;
    this.parts.push(part);
    for (const thread of this.threads) thread.post(part);
    const find = functionsOf(module, this.memory);
    return (name) => ({ id: part.first + part.names.indexOf(name), call: find(name) });
  }
  /** In how many calls work of so many nanoseconds is best cut. */
  cuts(ns: number): number {
    if (this.wanted === 1 || ns < WORTHWHILE) return 1;
    if (this.threads.length < this.wanted - 1 && !this.start(ns)) return 1;
    if (this.aloneUntil) {
      if (now() < this.aloneUntil) return 1;
      this.aloneUntil = 0;
    }
    if (this.words && Atomics.load(this.words, WORDS.asleep) > 0) {
      this.unshared += ns;
      if (this.unshared < WAKE) return 1;
    }
    this.unshared = 0;
    return Math.min(this.wanted * EACH, MOST_CALLS, Math.floor(ns / LEAST));
  }
  /** Makes the calls, in any order, on all threads. */
  run(calls: readonly Call[]): void {
    const { words } = this;
    if (calls.length === 1 || this.wanted === 1 || !words) return runHere(calls);
    for (let from = 0; from < calls.length; from += MOST_CALLS) this.share(words, calls.slice(from, from + MOST_CALLS));
  }
  private share(words: Int32Array, calls: readonly Call[]): void {
    calls.forEach(({ fn, args }, i) => {
      this.calls[i * SLOTS] = fn.id;
      this.calls[i * SLOTS + 1] = args.length;
      for (let j = 0; j < args.length; j++) this.calls[i * SLOTS + 2 + j] = args[j];
    });
    Atomics.store(words, WORDS.limit, this.wanted - 1);
    Atomics.store(words, WORDS.done, 0);
    Atomics.store(words, WORDS.left, calls.length);
    Atomics.add(words, WORDS.go, 1);
    if (Atomics.load(words, WORDS.asleep) > 0) Atomics.notify(words, WORDS.go);
    const started = now();
    let [others, worked] = [calls.length, started];
    try {
      for (let left = 0; (left = Atomics.sub(words, WORDS.left, 1)) > 0; ) {
        others--;
        const { fn, args } = calls[left - 1];
        fn.call(...args);
      }
    } finally {
      // Where a call has failed, some were not begun.
      others -= Math.max(0, Atomics.exchange(words, WORDS.left, 0));
      worked = now();
      if (others) waitFor(words, others);
    }
    this.helped += others;
    this.weigh(worked - started, others ? now() - worked : null);
    if (Atomics.exchange(words, WORDS.failed, 0))
      throw new KernelError('Internal', 'a thread of the portable device failed');
  }
  /** Whether to go on alone for a time. @param waited  in milliseconds; null where nobody helped */
  private weigh(worked: number, waited: number | null): void {
    if (waited !== null) {
      this.unaided = 0;
      this.rest = UNAIDED.ms;
      if (waited > worked) this.aloneUntil = now() + HELD_UP * waited;
    } else if (++this.unaided >= UNAIDED.jobs) {
      this.unaided = 0;
      this.aloneUntil = now() + this.rest;
      this.rest = Math.min(2 * this.rest, UNAIDED.longest);
    }
  }
  /** Starts the threads that are missing, once that pays. */
  private start(ns: number): boolean {
    this.spared += ns - ns / this.wanted;
    if (this.spared < this.startAfter) return false;
    const words = this.words ?? this.openWords();
    const team = Atomics.load(words, WORDS.team);
    try {
      while (this.threads.length < this.wanted - 1) this.threads.push(this.startOne(team));
    } catch {
      // Where the process may start none (`node --permission`), this thread does it all.
      this.wanted = 1;
      return false;
    }
    return true;
  }
  private startOne(team: number): Thread<Part> {
    const given: Given = {
      memory: this.memory,
      at: this.at.words,
      calls: this.at.calls,
      words: WORDS,
      slots: SLOTS,
      parts: this.parts,
      place: this.threads.length,
      team,
      looks: LOOKS,
    };
    return startThread(work, given, () => undefined);
  }
  private openWords(): Int32Array {
    const place = (bytes: number): number => (this.malloc(bytes + 64) + 63) & ~63;
    this.at = { words: place(WORD_BYTES), calls: place(8 * SLOTS * MOST_CALLS) };
    this.calls = new Float64Array(this.memory.buffer, this.at.calls, SLOTS * MOST_CALLS);
    this.words = new Int32Array(this.memory.buffer, this.at.words, WORD_BYTES / 4).fill(0);
    return this.words;
  }
  /** The threads see that their team is over, and end. */
  private end(): void {
    this.spared = 0;
    if (!this.words || !this.threads.length) return;
    this.threads = [];
    Atomics.add(this.words, WORDS.team, 1);
    Atomics.add(this.words, WORDS.go, 1);
    Atomics.notify(this.words, WORDS.go);
  }
}

/** Makes calls that are not worth to be shared. */
export function runHere(calls: readonly Call[]): void {
  for (const { fn, args } of calls) fn.call(...args);
}
/** @throws ValueError  for a TFJS_SESSION_THREADS that is no number of threads */
export function usualThreads(): number {
  const said = env('TFJS_SESSION_THREADS');
  if (said === undefined) return processors();
  if (!/^[1-9]\d{0,5}$/.test(said))
    throw new ValueError(`TFJS_SESSION_THREADS is '${said}': it is a number of threads, 1 or more.`);
  return Number(said);
}
/** Waits until the others have done so many calls: for a short time awake. */
function waitFor(words: Int32Array, calls: number): void {
  for (let looks = 0; looks < LOOKS; looks++) if (Atomics.load(words, WORDS.done) === calls) return;
  Atomics.store(words, WORDS.waiting, 1);
  for (let done = 0; (done = Atomics.load(words, WORDS.done)) < calls; ) Atomics.wait(words, WORDS.done, done);
  Atomics.store(words, WORDS.waiting, 0);
}
