/** Random choices, the same for the same seed. */
export class Choices {
  private a: number;
  constructor(seed: number) {
    this.a = Math.imul(seed, 0x9e3779b1);
  }
  /** mulberry32: in [0, 1). */
  next(): number {
    this.a = (this.a + 0x6d2b79f5) | 0;
    let t = Math.imul(this.a ^ (this.a >>> 15), this.a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  /** A whole number from `from` to `to`, both among them. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }
  chance(p: number): boolean {
    return this.next() < p;
  }
  of<X>(list: readonly X[]): X {
    return list[this.int(0, list.length - 1)];
  }
  shuffled<X>(list: readonly X[]): X[] {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  }
}
