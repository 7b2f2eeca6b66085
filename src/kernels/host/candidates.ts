/**
 * Candidate samplers, on the host on every device: TensorFlow's generator and its arithmetic, so that the same seeds
 * draw the same classes. Expected counts are computed in 32 bits, as TensorFlow does.
 */
import { float32, int32, int64 } from '../../base/dtype';
import { BLOCK, RandomState } from '../../base/philox';
import { claim } from '../../base/room';
import { exactInt } from '../../format/attr';
import {
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  PerNode,
  attr,
  host,
  invalid,
  numbers,
} from '../kernel';
import { type Distribution, Words, fixedUnigram, learned, logUniform, uniform } from './distributions';

const { fround } = Math;

/** How often a class is to be expected among `count` draws, for which `tries` were needed. */
function expected(chance: number, count: number, tries: number): number {
  if (tries === count) return fround(chance * count);
  return -fround(Math.expm1(fround(tries * fround(Math.log1p(-chance)))));
}
/** Draws until there are enough. @returns how often was drawn */
function fill(from: Distribution, words: Words, unique: boolean, drawn: number[], count: number): number {
  const seen = new Set<number>();
  let tries = 0;
  while (drawn.length < count) {
    tries++;
    const id = from.draw(words);
    if (unique && seen.has(id)) continue;
    seen.add(id);
    drawn.push(id);
  }
  return tries;
}

/** What a node keeps in a session: its stream, and what its distribution has learned. */
class Sampler {
  readonly state: RandomState;
  readonly from: Distribution;
  undo: (() => void) | null = null;
  constructor(node: KernelNode, make: (node: KernelNode) => Distribution) {
    this.state = new RandomState(exactInt(node.attrs, 'seed'), exactInt(node.attrs, 'seed2'));
    this.from = make(node);
  }
  begin(): void {
    this.state.begin();
    this.undo = null;
  }
  putBack(): void {
    this.state.putBack();
    this.undo?.();
    this.undo = null;
  }
}
function checkClasses(ids: HostTensor, numTrue: number): void {
  if (ids.shape.length !== 2) invalid('true_classes must be a matrix');
  if (ids.shape[1] !== numTrue)
    invalid(`true_classes must have num_true columns, expected: ${ids.shape[1]} was: ${numTrue}`);
}
function floats(values: readonly number[], shape: readonly number[]): HostTensor {
  return host(float32, shape, Float32Array.from(values));
}
function longs(values: readonly number[]): HostTensor {
  return host(int64, [values.length], BigInt64Array.from(values, BigInt));
}

/** Blocks that a run reserves for each class to draw: 2,048 words. */
const RESERVED = 2048 / BLOCK;
function sampling(make: (node: KernelNode) => Distribution): HostKernelRow {
  const samplers = new PerNode((node) => new Sampler(node, make));
  return {
    only: true,
    run([ids], node) {
      const sampler = samplers.of(node);
      sampler.begin();
      checkClasses(ids, attr(node, 'num_true', 'int'));
      const { from, state } = sampler;
      const [count, unique] = [attr(node, 'num_sampled', 'int'), attr(node, 'unique', 'bool')];
      if (unique && count > from.range) invalid("Sampler's range is too small.");
      if (unique && count > (from.possible ?? count))
        invalid(`${count} different classes are wanted, and ${from.possible} have a weight above 0`);
      claim(count, int64.size, int64.cName);
      const right = numbers(ids);
      const drawn: number[] = [];
      const tries = fill(from, new Words(state.reserve(RESERVED * count)), unique, drawn, count);
      const counts = (of: readonly number[]): number[] => of.map((id) => expected(from.chance(id), count, tries));
      const outputs = [longs(drawn), floats(counts(right), ids.shape), floats(counts(drawn), [count])];
      sampler.undo = from.learn?.(right) ?? null;
      return outputs;
    },
    putBack: (node) => samplers.of(node).putBack(),
  };
}
function all([ids]: readonly HostTensor[], node: KernelNode): HostTensor[] {
  checkClasses(ids, attr(node, 'num_true', 'int'));
  const count = attr(node, 'num_sampled', 'int');
  claim(count, int64.size, int64.cName);
  return [
    longs(Array.from({ length: count }, (_, i) => i)),
    host(float32, ids.shape, new Float32Array(ids.data.length).fill(1)),
    host(float32, [count], new Float32Array(count).fill(1)),
  ];
}

function hits([ids, candidates]: readonly HostTensor[], node: KernelNode): HostTensor[] {
  const numTrue = attr(node, 'num_true', 'int');
  if (ids.shape.length !== 2 || ids.shape[1] !== numTrue)
    invalid('true_candidates must be a batch_size * num_true matrix');
  if (candidates.shape.length !== 1)
    invalid('sampled_candidates must be a vector, which is typically an output from CandidateSampler');
  const places = new Map(numbers(candidates).map((id, i) => [id, i]));
  const [rows, at]: [number[], number[]] = [[], []];
  numbers(ids).forEach((id, i) => {
    const place = places.get(id);
    if (place === undefined) return;
    rows.push(Math.floor(i / numTrue));
    at.push(place);
  });
  const least = new Float32Array(rows.length).fill(-3.4028234663852886e38);
  return [host(int32, [rows.length], Int32Array.from(rows)), longs(at), host(float32, [rows.length], least)];
}

export const CANDIDATES_KERNELS: HostTable = {
  UniformCandidateSampler: sampling(uniform),
  LogUniformCandidateSampler: sampling(logUniform),
  LearnedUnigramCandidateSampler: sampling(learned),
  FixedUnigramCandidateSampler: sampling(fixedUnigram),
  AllCandidateSampler: { run: all, only: true },
  ComputeAccidentalHits: { run: hits, only: true, cost: 50 },
};
