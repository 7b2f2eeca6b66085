/** The distributions that candidate samplers draw from, with TensorFlow's arithmetic. */
import { bytesToText } from '../../base/bytes';
import { int32 } from '../../base/dtype';
import { BLOCK, type Philox } from '../../base/philox';
import { claim } from '../../base/room';
import { readWhole } from '../../format/files';
import { type KernelNode, attr, invalid } from '../kernel';
import { uniformDouble } from './normal-pair';
import { onFiles } from './on-files';

const { fround } = Math;

/** Words of a stream, one after the other (TensorFlow's SimplePhilox). */
export class Words {
  private readonly block = new Uint32Array(2 * BLOCK);
  private at = 2 * BLOCK;
  constructor(private readonly stream: Philox) {}
  word(): number {
    if (this.at === this.block.length) {
      this.stream.fill(this.block);
      this.at = 0;
    }
    return this.block[this.at++];
  }
  /** In [0, 1), of 23 binary digits. */
  float(): number {
    return (this.word() & 0x7fffff) * 2 ** -23;
  }
  double(): number {
    const high = this.word();
    return uniformDouble(high, this.word());
  }
  /** In [0, n), each as likely: what would favour small ones is drawn again. n is below 2^32. */
  below(n: number): number {
    if ((n & (n - 1)) === 0) return (this.word() & (n - 1)) >>> 0;
    const rest = (0xffffffff % n) + 1;
    let word: number;
    do word = this.word();
    while (word < rest);
    return word % n;
  }
  /** The same of 64 bits. */
  belowLong(n: bigint): bigint {
    const rest = (n & (n - 1n)) === 0n ? 0n : (0xffffffffffffffffn % n) + 1n;
    let long: bigint;
    do {
      const low = BigInt(this.word());
      long = (BigInt(this.word()) << 32n) | low;
    } while (long < rest);
    return long % n;
  }
}

/** A distribution over [0, range). */
export interface Distribution {
  readonly range: number;
  /** How many classes have a chance, where that is not all. */
  readonly possible?: number;
  draw(words: Words): number;
  /** The chance of a class, in 32 bits. */
  chance(id: number): number;
  /** Learns from the right classes; gives what takes that back. */
  learn?(ids: readonly number[]): () => void;
}

export function uniform(node: KernelNode): Distribution {
  const range = attr(node, 'range_max');
  const [each, long] = [fround(1 / range), BigInt(range)];
  return { range, draw: (words) => Number(words.belowLong(long)), chance: () => each };
}
export function logUniform(node: KernelNode): Distribution {
  const range = attr(node, 'range_max');
  const width = Math.log1p(range);
  return {
    range,
    draw: (words) => (Math.floor(Math.exp(words.double() * width)) - 1) % range,
    chance: (id) => fround(Math.log((id + 2) / (id + 1)) / width),
  };
}

/** Weights in a tree of sums (Fenwick's), so that drawing and learning take steps by the logarithm of their number. */
export function learned(node: KernelNode): Distribution {
  const range = attr(node, 'range_max');
  if (range >= 2 ** 31 - 1) invalid(`range_max is ${range}, and weights are kept for fewer than 2147483647 classes`);
  claim(2 * range, int32.size, int32.cName);
  const weights = new Int32Array(range).fill(1);
  const sums = new Int32Array(range + 1).map((_, i) => i & -i);
  const top = 2 ** Math.floor(Math.log2(range));
  let total = range;
  const add = (id: number, weight: number): void => {
    weights[id] += weight;
    total += weight;
    for (let i = id + 1; i <= range; i += i & -i) sums[i] += weight;
  };
  return {
    range,
    draw(words) {
      let place = words.below(total);
      let at = 0;
      for (let step = top; step >= 1; step /= 2)
        if (at + step <= range && sums[at + step] <= place) {
          at += step;
          place -= sums[at];
        }
      return at;
    },
    chance(id) {
      if (!(id >= 0 && id < range)) invalid(`true_classes has ${id}, which is not in [0, ${range})`);
      return fround(fround(weights[id]) / fround(total));
    },
    learn(ids) {
      const taken = ids.slice(0, Math.max(0, 2 ** 31 - 1 - total));
      for (const id of taken) add(id, 1);
      return () => {
        for (const id of taken) add(id, -1);
      };
    },
  };
}

/** The weights of this part, in 32 bits. */
function weightsOf(node: KernelNode): number[] {
  const [file, unigrams] = [attr(node, 'vocab_file', 'string'), attr(node, 'unigrams', 'list(float)')];
  if (!file && !unigrams.length) invalid('Must provide either vocab_file or unigrams.');
  if (file && unigrams.length) invalid('Must only provide one of vocab_file and unigrams.');
  const [distortion, reserved] = [fround(attr(node, 'distortion', 'float')), attr(node, 'num_reserved_ids', 'int')];
  const [shards, shard] = [attr(node, 'num_shards', 'int'), attr(node, 'shard', 'int')];
  const weights: number[] = [];
  for (let id = 0; id < reserved; id++) if (id % shards === shard) weights.push(0);
  // TensorFlow goes on from how many there are, and not from the last id.
  let id = weights.length;
  for (const weight of file ? fromFile(file) : unigrams) {
    if (id++ % shards === shard) weights.push(fround(fround(weight) ** distortion));
  }
  const range = attr(node, 'range_max');
  if (weights.length !== range)
    invalid(`range_max is ${range}, and there are ${weights.length} weights, reserved ids among them`);
  return weights;
}
function fromFile(file: string): number[] {
  const lines = bytesToText(onFiles(() => readWhole(file))).split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  return lines.map((line) => {
    const said = line.split(',').pop()!.trim();
    const weight = Number(said);
    if (!said || Number.isNaN(weight)) invalid(`Wrong vocabulary format at line: ${line}`);
    return weight;
  });
}
/** Walker's alias method: each of n places holds one class up to its share, and another above. */
export function fixedUnigram(node: KernelNode): Distribution {
  const weights = weightsOf(node);
  const n = weights.length;
  const total = weights.reduce((sum, weight) => fround(sum + weight), 0);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const share = weights.map((weight) => fround(weight * n) / sum);
  const other = weights.map(() => -1);
  const [low, high]: [number[], number[]] = [[], []];
  share.forEach((p, i) => (p < 1 ? low : high).push(i));
  while (high.length && low.length) {
    const [l, h] = [low.pop()!, high.pop()!];
    other[l] = h;
    share[h] -= 1 - share[l];
    (share[h] < 1 ? low : high).push(h);
  }
  const rounded = share.map(fround);
  for (const i of [...high, ...low]) [rounded[i], other[i]] = [1, i];
  return {
    range: n,
    possible: weights.filter((weight) => weight > 0).length,
    draw(words) {
      const r = words.float();
      const i = words.below(n);
      return r < rounded[i] ? i : other[i];
    },
    chance(id) {
      return id >= 0 && id < n ? fround(weights[id] / total) : 0;
    },
  };
}
