/**
 * Philox 4x32-10, the counter-based generator behind every random number of TensorFlow:
 * Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011.
 *
 * A 64-bit key and a 128-bit counter give a block of four 32-bit words; the next block is
 * that of counter + 1. So any block of a stream can be had without those before it, and a
 * stream is shared out by giving each reader a range of counters.
 */
import { type Filler, type Place, type Rounds, openBlocks } from './philox-blocks';

/** 32-bit words in a block. */
export const BLOCK = 4;
const ROUNDS = 10;

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const KEY_STEP_0 = 0x9e3779b9;
const KEY_STEP_1 = 0xbb67ae85;

/** What the generator is made of. */
export const PHILOX: Rounds = {
  multipliers: [MULTIPLIER_0, MULTIPLIER_1],
  keySteps: [KEY_STEP_0, KEY_STEP_1],
  rounds: ROUNDS,
};
/** Words from which on they are made four blocks at a time. */
const MANY = 512;
let filler: Filler | null | undefined;
/** Compiled when it is first asked for. */
function manyBlocks(): Filler | null {
  if (filler === undefined) filler = openBlocks(PHILOX);
  return filler;
}

/** A position in one stream of blocks. */
export class Philox {
  // Words are kept signed: so they stay small integers in V8, and no run allocates.
  private constructor(
    private readonly k0: number,
    private readonly k1: number,
    private c0: number,
    private c1: number,
    private c2: number,
    private c3: number,
  ) {}

  /** TensorFlow's two 64-bit seeds: the first is the key, the second the counter's upper half. */
  static seeded(seed: number | bigint, seed2: number | bigint): Philox {
    const [k0, k1] = words(seed);
    const [c2, c3] = words(seed2);
    return new Philox(k0, k1, 0, 0, c2, c3);
  }

  /** By its key and its counter, whose halves are 64 bits each. */
  static at(key: bigint, low: bigint, high: bigint): Philox {
    return new Philox(...words(key), ...words(low), ...words(high));
  }

  clone(): Philox {
    return new Philox(this.k0, this.k1, this.c0, this.c1, this.c2, this.c3);
  }

  /** Moves ahead by `blocks`, from 0 to 2^53, and returns itself. */
  skip(blocks: number): this {
    const low = (this.c0 >>> 0) + (blocks >>> 0);
    const high = (this.c1 >>> 0) + Math.floor(blocks / 2 ** 32) + (low >= 2 ** 32 ? 1 : 0);
    this.c0 = low | 0;
    this.c1 = high | 0;
    if (high >= 2 ** 32) this.carry();
    return this;
  }

  /** Fills `out`, whose length is a multiple of 4, with the next blocks. */
  fill(out: Uint32Array): void {
    const place = this.placeOfMany(out.length);
    const many = place && manyBlocks();
    if (!place || !many) return this.fillInTurn(out);
    const done = many.words(out, place);
    this.skip(done / BLOCK);
    this.fillInTurn(out.subarray(done));
  }
  /**
   * Fills as many of the first elements of `out` as are best made at once with numbers in [0, 1), of the last binary
   * digits of a word each, and says how many these are. The stream is behind their words then.
   */
  uniforms(out: Float32Array, digits: number): number {
    const place = this.placeOfMany(out.length);
    const done = (place && manyBlocks()?.uniforms(out, place, digits)) ?? 0;
    this.skip(done / BLOCK);
    return done;
  }
  /** Where so many words come from that are made many at a time; null for few, and at the end of a counter's word. */
  placeOfMany(size: number): Place | null {
    const { c0, c1, c2, c3, k0, k1 } = this;
    return size >= MANY && (c0 >>> 0) + size < 2 ** 32 ? [c0, c1, c2, c3, k0, k1] : null;
  }
  private fillInTurn(out: Uint32Array): void {
    // Each round waits for the one before it, so two blocks are computed side by side.
    for (let at = 0; at < out.length; at += 2 * BLOCK) {
      let a0 = this.c0;
      let a1 = this.c1;
      let a2 = this.c2;
      let a3 = this.c3;
      this.step();
      let b0 = this.c0;
      let b1 = this.c1;
      let b2 = this.c2;
      let b3 = this.c3;
      let k0 = this.k0;
      let k1 = this.k1;
      for (let round = 0; round < ROUNDS; round++) {
        const aLow0 = Math.imul(a0, MULTIPLIER_0);
        const aLow1 = Math.imul(a2, MULTIPLIER_1);
        const bLow0 = Math.imul(b0, MULTIPLIER_0);
        const bLow1 = Math.imul(b2, MULTIPLIER_1);
        const aHigh0 = high(a0, MULTIPLIER_0, aLow0);
        const bHigh0 = high(b0, MULTIPLIER_0, bLow0);
        a0 = high(a2, MULTIPLIER_1, aLow1) ^ a1 ^ k0;
        b0 = high(b2, MULTIPLIER_1, bLow1) ^ b1 ^ k0;
        a1 = aLow1;
        b1 = bLow1;
        a2 = aHigh0 ^ a3 ^ k1;
        b2 = bHigh0 ^ b3 ^ k1;
        a3 = aLow0;
        b3 = bLow0;
        k0 = (k0 + KEY_STEP_0) | 0;
        k1 = (k1 + KEY_STEP_1) | 0;
      }
      out[at] = a0;
      out[at + 1] = a1;
      out[at + 2] = a2;
      out[at + 3] = a3;
      if (at + BLOCK === out.length) return;
      out[at + 4] = b0;
      out[at + 5] = b1;
      out[at + 6] = b2;
      out[at + 7] = b3;
      this.step();
    }
  }

  private step(): void {
    this.c0 = (this.c0 + 1) | 0;
    if (this.c0 !== 0) return;
    this.c1 = (this.c1 + 1) | 0;
    if (this.c1 === 0) this.carry();
  }

  private carry(): void {
    this.c2 = (this.c2 + 1) | 0;
    if (this.c2 === 0) this.c3 = (this.c3 + 1) | 0;
  }
}

/**
 * The upper word of a·b, whose lower word is `low`. The product in doubles is right to 53 bits
 * of 64, so it is wrong in the upper word only where it was rounded up to a multiple of 2^32,
 * and that takes a lower word in the last 2^10.
 */
function high(a: number, b: number, low: number): number {
  const product = (a >>> 0) * (b / 2 ** 32);
  return low >>> 0 < 2 ** 32 - 2 ** 10 ? product | 0 : (product - 2 ** -21) | 0;
}

function words(seed: number | bigint): [low: number, high: number] {
  const bits = BigInt(seed);
  return [Number(BigInt.asIntN(32, bits)), Number(BigInt.asIntN(32, bits >> 32n))];
}

/**
 * The generator of one random op, as its kernel holds it (TensorFlow's GuardedPhiloxRandom).
 * A run takes its numbers from where the stream is and moves the stream on by what it reserved,
 * used or not; so what comes next does not depend on how many numbers were rejected.
 *
 * Both seeds zero means an unpredictable stream.
 */
export class RandomState {
  private stream: Philox;
  private before: Philox | null = null;

  constructor(seed: number | bigint, seed2: number | bigint) {
    if (BigInt(seed) === 0n && BigInt(seed2) === 0n) [seed, seed2] = crypto.getRandomValues(new BigInt64Array(2));
    this.stream = Philox.seeded(seed, seed2);
  }

  /** A run comes to the op: `putBack` goes back to here. */
  begin(): void {
    this.before = null;
  }
  /** The stream from here on; the next call starts `blocks` later. */
  reserve(blocks: number): Philox {
    this.before ??= this.stream.clone();
    const taken = this.stream.clone();
    this.stream.skip(blocks);
    return taken;
  }
  /** The run failed: the next one draws what it drew. */
  putBack(): void {
    if (this.before) this.stream = this.before;
    this.before = null;
  }
}
