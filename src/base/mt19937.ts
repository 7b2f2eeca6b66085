/** MT19937 as NumPy's legacy `RandomState` uses it, so that a program seeded alike draws alike. */
import { ValueError } from './errors';

const WORDS = 624;
const SHIFT = 397;

/** The next word of the state from two neighbouring words and the one 397 places on. */
function twist(word: number, next: number, far: number): number {
  const y = (word & 0x80000000) | (next & 0x7fffffff);
  return far ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
}

/**
 * The Mersenne Twister with NumPy's legacy seeding and bounded draws.
 *
 *     const random = new MT19937(42);
 *     random.shuffle(Uint32Array.from([0, 1, 2, 3]));   // numpy.random.RandomState(42).shuffle
 *
 * Sources: Matsumoto and Nishimura, "Mersenne Twister", 1998, with the initialization of 2002;
 * NumPy's `RandomState`, whose stream NEP 19 freezes.
 */
export class MT19937 {
  readonly #state = new Uint32Array(WORDS);
  #position = WORDS;

  /** @throws ValueError  if `seed` is not an integer in [0, 2³²) */
  constructor(seed: number) {
    this.seed(seed);
  }

  /**
   * Starts the stream over, as `numpy.random.seed(seed)` does for an integer.
   *
   * @throws ValueError  if `seed` is not an integer in [0, 2³²)
   */
  seed(seed: number): void {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new ValueError(`Seed must be an integer between 0 and 2**32 - 1. Received: ${seed}.`);
    }
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < WORDS; i++) {
      state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
    this.#position = WORDS;
  }

  /** The next 32 bits of the stream, an integer in [0, 2³²). */
  nextUint32(): number {
    if (this.#position === WORDS) this.#refill();
    let y = this.#state[this.#position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /**
   * An integer in [0, max], both ends included: draws are cut to the bits of `max` and those above it
   * rejected. How many are rejected decides what the stream yields next, so the rule is part of the result.
   *
   * @param max  an integer in [0, 2³²); 0 draws nothing
   */
  interval(max: number): number {
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    for (;;) {
      const value = (this.nextUint32() & mask) >>> 0;
      if (value <= max) return value;
    }
  }

  /** Shuffles `items` in place with the draws of NumPy's `RandomState.shuffle`: Fisher and Yates from the end. */
  shuffle(items: Uint32Array): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.interval(i);
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
  }

  #refill(): void {
    const state = this.#state;
    let i = 0;
    for (; i < WORDS - SHIFT; i++) state[i] = twist(state[i], state[i + 1], state[i + SHIFT]);
    for (; i < WORDS - 1; i++) state[i] = twist(state[i], state[i + 1], state[i + SHIFT - WORDS]);
    state[i] = twist(state[i], state[0], state[SHIFT - 1]);
    this.#position = 0;
  }
}
