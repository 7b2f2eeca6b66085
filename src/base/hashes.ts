/** Hashes of bytes, as TensorFlow takes strings to buckets: 64 bits each, as bigints. */

const MASK = (1n << 64n) - 1n;
const u64 = (x: bigint): bigint => x & MASK;
const mul = (a: bigint, b: bigint): bigint => (a * b) & MASK;
const add = (...all: readonly bigint[]): bigint => all.reduce((a, b) => a + b) & MASK;
const right = (x: bigint, by: bigint): bigint => (x >> by) | u64(x << (64n - by));
const left = (x: bigint, by: bigint): bigint => right(x, 64n - by);

/** Numbers out of bytes, least byte first. */
class Words {
  private readonly view: DataView;
  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
  at(i: number): bigint {
    return this.view.getBigUint64(i, true);
  }
  half(i: number): bigint {
    return BigInt(this.view.getUint32(i, true));
  }
}

const SEED = 0xdecafcaffen;
/** tensorflow/core/lib/hash: Hash64, a MurmurHash of 64 bits. */
export function hash64(bytes: Uint8Array, seed = SEED): bigint {
  const m = 0xc6a4a7935bd1e995n;
  const mixed = (x: bigint): bigint => x ^ (x >> 47n);
  const words = new Words(bytes);
  let h = seed ^ mul(BigInt(bytes.length), m);
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) h = mul(h ^ mul(mixed(mul(words.at(at), m)), m), m);
  if (at < bytes.length) {
    for (let i = bytes.length - 1; i >= at; i--) h ^= BigInt(bytes[i]) << BigInt(8 * (i - at));
    h = mul(h, m);
  }
  return mixed(mul(mixed(h), m));
}

/** tensorflow/core/lib/hash: Hash64Combine. */
export function hash64Combine(a: bigint, b: bigint): bigint {
  return a ^ add(b, 0x9e3779b97f4a7800n, u64(a << 10n), a >> 4n);
}

/** SipHash-2-4 under a key of two words (Aumasson, Bernstein 2012). */
export function sipHash(bytes: Uint8Array, [k0, k1]: readonly [bigint, bigint]): bigint {
  let [a, b, c, d] = [
    u64(k0) ^ 0x736f6d6570736575n,
    u64(k1) ^ 0x646f72616e646f6dn,
    u64(k0) ^ 0x6c7967656e657261n,
    u64(k1) ^ 0x7465646279746573n,
  ];
  const rounds = (count: number): void => {
    for (let i = 0; i < count; i++) {
      [a, c] = [add(a, b), add(c, d)];
      [b, d] = [left(b, 13n) ^ a, left(d, 16n) ^ c];
      a = left(a, 32n);
      [c, a] = [add(c, b), add(a, d)];
      [b, d] = [left(b, 17n) ^ c, left(d, 21n) ^ a];
      c = left(c, 32n);
    }
  };
  const whole = bytes.length & ~7;
  const tail = new Uint8Array(8);
  tail.set(bytes.subarray(whole));
  tail[7] = bytes.length;
  const [words, last] = [new Words(bytes), new Words(tail)];
  for (let at = 0; at <= whole; at += 8) {
    const word = at < whole ? words.at(at) : last.at(0);
    d ^= word;
    rounds(2);
    a ^= word;
  }
  c ^= 0xffn;
  rounds(4);
  return a ^ b ^ c ^ d;
}

// --- FarmHash's Fingerprint64 (farmhashna::Hash64, Google 2014) ----------------------------------------------------

const [K0, K1, K2] = [0xc3a5c85c97cb3127n, 0xb492b66fbe98f273n, 0x9ae16a3b2f90404fn];
const shifted = (x: bigint): bigint => x ^ (x >> 47n);
const joined = (u: bigint, v: bigint, by: bigint): bigint => {
  const a = shifted(mul(u ^ v, by));
  return mul(shifted(mul(v ^ a, by)), by);
};
function upTo16(words: Words): bigint {
  const { bytes } = words;
  const { length } = bytes;
  const by = add(K2, BigInt(length * 2));
  if (length >= 8) {
    const [a, b] = [add(words.at(0), K2), words.at(length - 8)];
    return joined(add(mul(right(b, 37n), by), a), mul(add(right(a, 25n), b), by), by);
  }
  if (length >= 4) return joined(add(BigInt(length), words.half(0) << 3n), words.half(length - 4), by);
  if (!length) return K2;
  const y = BigInt(bytes[0] + (bytes[length >> 1] << 8));
  const z = BigInt(length + (bytes[length - 1] << 2));
  return mul(shifted(mul(y, K2) ^ mul(z, K0)), K2);
}
function upTo32(words: Words): bigint {
  const { length } = words.bytes;
  const by = add(K2, BigInt(length * 2));
  const [a, b] = [mul(words.at(0), K1), words.at(8)];
  const [c, d] = [mul(words.at(length - 8), by), mul(words.at(length - 16), K2)];
  return joined(add(right(add(a, b), 43n), right(c, 30n), d), add(a, right(add(b, K2), 18n), c), by);
}
function upTo64(words: Words): bigint {
  const { length } = words.bytes;
  const by = add(K2, BigInt(length * 2));
  const [a, b] = [mul(words.at(0), K2), words.at(8)];
  const [c, d] = [mul(words.at(length - 8), by), mul(words.at(length - 16), K2)];
  const y = add(right(add(a, b), 43n), right(c, 30n), d);
  const z = joined(y, add(a, right(add(b, K2), 18n), c), by);
  const [e, f] = [mul(words.at(16), by), words.at(24)];
  const [g, h] = [mul(add(y, words.at(length - 32)), by), mul(add(z, words.at(length - 24)), by)];
  return joined(add(right(add(e, f), 43n), right(g, 30n), h), add(e, right(add(f, a), 18n), g), by);
}
type Pair = readonly [bigint, bigint];
/** 32 bytes from a place on, into two words. */
function weak(words: Words, at: number, first: bigint, second: bigint): Pair {
  const a = add(first, words.at(at));
  const b = right(add(second, a, words.at(at + 24)), 21n);
  const c = add(a, words.at(at + 8), words.at(at + 16));
  return [add(c, words.at(at + 24)), add(b, right(c, 44n), a)];
}
function longer(words: Words): bigint {
  const { length } = words.bytes;
  let y = add(mul(81n, K1), 113n);
  let z = mul(shifted(add(mul(y, K2), 113n)), K2);
  let x = add(mul(81n, K2), words.at(0));
  let [v, w]: [Pair, Pair] = [
    [0n, 0n],
    [0n, 0n],
  ];
  const step = (at: number, by: bigint, times: bigint): void => {
    x = mul(right(add(x, y, v[0], words.at(at + 8)), 37n), by);
    y = mul(right(add(y, v[1], words.at(at + 48)), 42n), by);
    x ^= mul(w[1], times);
    y = add(y, mul(v[0], times), words.at(at + 40));
    z = mul(right(add(z, w[0]), 33n), by);
    v = weak(words, at, mul(v[1], by), add(x, w[0]));
    w = weak(words, at + 32, add(z, w[1]), add(y, words.at(at + 16)));
    [z, x] = [x, z];
  };
  const end = Math.floor((length - 1) / 64) * 64;
  for (let at = 0; at < end; at += 64) step(at, K1, 1n);
  const by = add(K1, (z & 0xffn) << 1n);
  const rest = add(w[0], BigInt((length - 1) & 63));
  v = [add(v[0], rest), v[1]];
  w = [add(rest, v[0]), w[1]];
  step(length - 64, by, 9n);
  const first = add(joined(v[0], w[0], by), mul(shifted(y), K0), z);
  return joined(first, add(joined(v[1], w[1], by), x), by);
}
export function fingerprint64(bytes: Uint8Array): bigint {
  const words = new Words(bytes);
  if (bytes.length <= 16) return upTo16(words);
  if (bytes.length <= 32) return upTo32(words);
  return bytes.length <= 64 ? upTo64(words) : longer(words);
}
