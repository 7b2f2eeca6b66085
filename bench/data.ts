/**
 * The same numbers for every runner: weights, pictures and labels from a formula that each language can say
 * (rivals/common.py).
 */

/** Numbers in [0, 1) that look random: the fraction of sin(1000 seed + i) · 43758.5453. */
export function noise(seed: number, n: number): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const x = Math.sin(1000 * seed + i) * 43758.5453;
    out[i] = x - Math.floor(x);
  }
  return out;
}
/** Weights of a mean of 0 and a standard deviation of `stddev`, uniform. */
export function weights(seed: number, n: number, stddev: number): Float32Array {
  return Float32Array.from(noise(seed, n), (x) => (x - 0.5) * Math.sqrt(12) * stddev);
}
/** Pictures with one pixel in five inked, as in MNIST: `batch` rows of 784. */
export function pictures(seed: number, batch: number): Float32Array {
  return Float32Array.from(noise(seed, batch * 784), (x) => (x > 0.8 ? (x - 0.8) * 5 : 0));
}
/** Row i is the digit i mod 10, one-hot. */
export function labels(batch: number): Float32Array {
  const out = new Float32Array(batch * 10);
  for (let i = 0; i < batch; i++) out[i * 10 + (i % 10)] = 1;
  return out;
}
/** Batches of pictures, given in turn: a step must not live off the last one's. */
export function batches(batch: number): () => Float32Array {
  const all = [0, 1, 2, 3].map((i) => pictures(100 + i, batch));
  let at = 0;
  return () => all[at++ % all.length];
}
