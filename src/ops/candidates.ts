/** Classes that are drawn to stand for all others: what losses over many classes are estimated from. */
import { int64 } from '../base/dtype';
import { type NamedTuple, namedTuple } from '../base/named-tuple';
import { boundOptions } from '../calls/bind';
import { applyOp } from '../graph/apply';
import type { AttrValue } from '../format/attr';
import { type TensorLike, convertToTensor, isWeak } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { withRank } from '../graph/shape-fn';
import { type SeedOption, seeds } from './random';

const sampler: OpRow = {
  effect: 'draws',
  shape(c) {
    const drawn = [c.attr('num_sampled', 'int')];
    return [drawn, [withRank(c, 0, 2).at(0), c.attr('num_true', 'int')], drawn];
  },
};
function hits(c: ShapeContext): null[][] {
  const wanted = c.attr('num_true', 'int');
  const columns = withRank(c, 0, 2).at(1);
  if (columns !== null && columns !== wanted) throw new ShapeError(`Dimension must be ${wanted} but is ${columns}`);
  withRank(c, 1, 1);
  return [[null], [null], [null]];
}

export const CANDIDATES = {
  UniformCandidateSampler: sampler,
  LogUniformCandidateSampler: sampler,
  LearnedUnigramCandidateSampler: sampler,
  FixedUnigramCandidateSampler: sampler,
  AllCandidateSampler: sampler,
  ComputeAccidentalHits: { shape: hits },
} satisfies Rows;

/** What samplers give: Python's named tuple. */
export type Candidates = NamedTuple<
  readonly ['sampledCandidates', 'trueExpectedCount', 'sampledExpectedCount'],
  Tensor
>;
/** Ids of classes are int64. */
export function classIds(ids: TensorLike, name: string): Tensor {
  return convertToTensor(ids, isWeak(ids) ? int64 : null, name);
}
function drawn(
  type: string,
  trueClasses: TensorLike,
  attrs: Readonly<Record<string, AttrValue>>,
  { seed, name }: SeedOption,
): Candidates {
  const at = seeds(seed);
  const ids = isWeak(trueClasses) ? classIds(trueClasses, 'true_classes') : trueClasses;
  const { outputs } = applyOp(type, [ids], { ...attrs, ...at }, name);
  return namedTuple(['sampledCandidates', 'trueExpectedCount', 'sampledExpectedCount'], outputs);
}
/** A sampler that is told no more than how many classes there are. */
function rangedSampler(type: string) {
  return (
    trueClasses: TensorLike,
    numTrue: number,
    numSampled: number,
    unique: boolean,
    rangeMax: number,
    options: SeedOption = {},
  ): Candidates => drawn(type, trueClasses, ranged(numTrue, numSampled, unique, rangeMax), options);
}

/**
 * Draws classes, each as likely as another, and says how often each is to be expected.
 *
 *     const { sampledCandidates } = tf.nn.uniformCandidateSampler([[1, 2]], 2, 4, true, 10, { seed: 5 });
 *     tf.identity(sampledCandidates)   // shape (4)
 *
 * @param trueClasses  int64 ids of the right classes, shape [batch, numTrue]
 * @param numTrue      how many right classes there are for each example
 * @param numSampled   how many classes to draw
 * @param unique       whether each class is drawn once at most
 * @param rangeMax     how many classes there are
 * @param seed         with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  `[sampledCandidates, trueExpectedCount, sampledExpectedCount]`, by name as well: int64 of shape
 *   [numSampled], and how often the right and the drawn classes are expected, float32 of shapes [batch, numTrue] and
 *   [numSampled]
 * @throws ValueError  if `trueClasses` is known to be no matrix
 * @throws InvalidArgumentError  when run, if more different classes are wanted than there are
 */
export const uniformCandidateSampler = boundOptions(
  'nn.uniform_candidate_sampler',
  5,
  rangedSampler('UniformCandidateSampler'),
);
/**
 * Draws classes that are numbered from the most frequent to the least, as words by their rank: class k comes with the
 * probability log((k + 2) / (k + 1)) / log(rangeMax + 1).
 *
 *     const [drawn, , counts] = tf.nn.logUniformCandidateSampler([[1, 2]], 2, 4, true, 10, { seed: 5 });
 *     tf.identity(counts)   // shape (4)
 *
 * @param trueClasses  int64 ids of the right classes, shape [batch, numTrue]
 * @param numTrue      how many right classes there are for each example
 * @param numSampled   how many classes to draw
 * @param unique       whether each class is drawn once at most
 * @param rangeMax     how many classes there are
 * @param seed         with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  `[sampledCandidates, trueExpectedCount, sampledExpectedCount]`, by name as well: int64 of shape
 *   [numSampled], and how often the right and the drawn classes are expected, float32 of shapes [batch, numTrue] and
 *   [numSampled]
 * @throws ValueError  if `trueClasses` is known to be no matrix
 * @throws InvalidArgumentError  when run, if more different classes are wanted than there are
 */
export const logUniformCandidateSampler = boundOptions(
  'nn.log_uniform_candidate_sampler',
  5,
  rangedSampler('LogUniformCandidateSampler'),
);
/**
 * Draws classes as often as they were right so far: each begins with a weight of 1, and every run adds 1 for each of
 * `trueClasses`. A session keeps the weights; no checkpoint does.
 *
 *     const [drawn] = tf.nn.learnedUnigramCandidateSampler([[1, 2]], 2, 4, true, 10, { seed: 5 });
 *     tf.identity(drawn)   // shape (4)
 *
 * @param trueClasses  int64 ids of the right classes, shape [batch, numTrue]
 * @param numTrue      how many right classes there are for each example
 * @param numSampled   how many classes to draw
 * @param unique       whether each class is drawn once at most
 * @param rangeMax     how many classes there are
 * @param seed         with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  `[sampledCandidates, trueExpectedCount, sampledExpectedCount]`, by name as well: int64 of shape
 *   [numSampled], and how often the right and the drawn classes are expected, float32 of shapes [batch, numTrue] and
 *   [numSampled]
 * @throws ValueError  if `trueClasses` is known to be no matrix
 * @throws InvalidArgumentError  when run, if more different classes are wanted than there are, or for an id outside
 *   [0, rangeMax)
 */
export const learnedUnigramCandidateSampler = boundOptions(
  'nn.learned_unigram_candidate_sampler',
  5,
  rangedSampler('LearnedUnigramCandidateSampler'),
);

/** What `fixedUnigramCandidateSampler` takes by name. */
export interface UnigramOptions extends SeedOption {
  /** A file of lines, each a class with its weight behind the last comma. */
  readonly vocabFile?: string;
  /** The power to which weights are raised: 1 where not given, 0 makes all alike. */
  readonly distortion?: number;
  /** How many classes come before those with a weight, and are never drawn. */
  readonly numReservedIds?: number;
  /** In how many parts the classes are cut; every `numShards`-th is of one part. */
  readonly numShards?: number;
  /** Which part this sampler draws from. */
  readonly shard?: number;
  /** The weights, a number for each class. */
  readonly unigrams?: readonly number[];
}
/**
 * Draws classes by given weights.
 *
 *     const [drawn] = tf.nn.fixedUnigramCandidateSampler([[1]], 1, 2, true, 3, { unigrams: [0, 2, 5], seed: 5 });
 *     tf.reduceSum(drawn)   // 3
 *
 * @param trueClasses     int64 ids of the right classes, shape [batch, numTrue]
 * @param numTrue         how many right classes there are for each example
 * @param numSampled      how many classes to draw
 * @param unique          whether each class is drawn once at most
 * @param rangeMax        how many classes there are
 * @param vocabFile       a file of lines, each a class with its weight behind the last comma; this or `unigrams`
 * @param distortion      the power to which weights are raised: 1 where not given, 0 makes all alike
 * @param numReservedIds  how many classes come before those with a weight, and are never drawn; 0
 *   where not given
 * @param numShards       in how many parts the classes are cut, every `numShards`-th of one part; 1 where not given
 * @param shard           which part this sampler draws from; 0 where not given
 * @param unigrams        the weights, a number for each class
 * @param seed            with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  `[sampledCandidates, trueExpectedCount, sampledExpectedCount]`, by name as well: int64 of shape
 *   [numSampled], and how often the right and the drawn classes are expected, float32 of shapes [batch, numTrue] and
 *   [numSampled]
 * @throws ValueError  if `trueClasses` is known to be no matrix
 * @throws InvalidArgumentError  when run, with both a file and weights or with neither, or for other than `rangeMax`
 *   weights
 */
export const fixedUnigramCandidateSampler = boundOptions(
  'nn.fixed_unigram_candidate_sampler',
  5,
  (
    trueClasses: TensorLike,
    numTrue: number,
    numSampled: number,
    unique: boolean,
    rangeMax: number,
    options: UnigramOptions = {},
  ): Candidates =>
    drawn(
      'FixedUnigramCandidateSampler',
      trueClasses,
      {
        ...ranged(numTrue, numSampled, unique, rangeMax),
        vocab_file: options.vocabFile ?? '',
        distortion: options.distortion ?? 1,
        num_reserved_ids: options.numReservedIds ?? 0,
        num_shards: options.numShards ?? 1,
        shard: options.shard ?? 0,
        unigrams: options.unigrams ?? [],
      },
      options,
    ),
);
/**
 * All classes, in order, each expected once: to try what takes drawn ones.
 *
 *     tf.nn.allCandidateSampler([[1, 2]], 2, 4, true).sampledCandidates   // [0, 1, 2, 3]
 *
 * @param trueClasses  int64 ids of the right classes, shape [batch, numTrue]
 * @param numTrue      how many right classes there are for each example
 * @param numSampled   how many classes there are
 * @param unique       has no effect
 * @param seed         has no effect
 * @returns  `[sampledCandidates, trueExpectedCount, sampledExpectedCount]`, by name as well: int64 of shape
 *   [numSampled], and ones, float32 of shapes [batch, numTrue] and [numSampled]
 * @throws ValueError  if `trueClasses` is known to be no matrix
 */
export const allCandidateSampler = boundOptions(
  'nn.all_candidate_sampler',
  4,
  (
    trueClasses: TensorLike,
    numTrue: number,
    numSampled: number,
    unique: boolean,
    options: SeedOption = {},
  ): Candidates =>
    drawn('AllCandidateSampler', trueClasses, { num_true: numTrue, num_sampled: numSampled, unique }, options),
);
function ranged(numTrue: number, numSampled: number, unique: boolean, rangeMax: number): Record<string, AttrValue> {
  return { num_true: numTrue, num_sampled: numSampled, unique, range_max: rangeMax };
}

/** Python's named tuple. */
export type AccidentalHits = NamedTuple<readonly ['indices', 'ids', 'weights'], Tensor>;
/**
 * Which drawn classes are right ones: the rows of `trueClasses`, the places among the drawn, and for each the least
 * float32, which added to a score takes the class out.
 *
 *     tf.nn.computeAccidentalHits([[1], [2]], [2, 5, 1], 1)   // [[0, 1], [2, 0], [-3.402823e38, -3.402823e38]]
 *
 * @param trueClasses        int64 ids of the right classes, shape [batch, numTrue]
 * @param sampledCandidates  int64 ids of the drawn classes, shape [numSampled]
 * @param numTrue            how many right classes there are for each example
 * @param seed               has no effect
 * @returns  `[indices, ids, weights]`, by name as well: int32, int64 and float32, a number for each hit
 * @throws ValueError  if the shapes are known and are not a matrix of `numTrue` columns and a vector
 */
export const computeAccidentalHits = boundOptions(
  'nn.compute_accidental_hits',
  3,
  (
    trueClasses: TensorLike,
    sampledCandidates: TensorLike,
    numTrue: number,
    { seed, name }: SeedOption = {},
  ): AccidentalHits => {
    const at = seeds(seed);
    const ids = [trueClasses, sampledCandidates].map((given, i) =>
      isWeak(given) ? classIds(given, i ? 'sampled_candidates' : 'true_classes') : given,
    );
    const { outputs } = applyOp('ComputeAccidentalHits', ids, { num_true: numTrue, ...at }, name);
    return namedTuple(['indices', 'ids', 'weights'], outputs);
  },
);
