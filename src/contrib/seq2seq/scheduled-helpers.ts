/** Helpers that read a known sequence in some steps and what was written in others. After TensorFlow 1.15's seq2seq. */
import { bool, int32 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { type Args, constructorOf } from '../../calls/bind';
import { bindMethods } from '../../calls/methods';
import type { Redefinable } from '../../calls/types';
import { apply, inScope } from '../../graph/apply';
import { type TensorLike, convertToTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { condTensor } from '../../flow/cond';
import { whole } from '../../flow/rows';
import { flatten } from '../../flow/structure';
import type { TensorArray } from '../../flow/tensor-array';
import { cast } from '../../ops/cast';
import { logicalNot, logicalOr } from '../../ops/compare';
import { concat } from '../../ops/concat';
import { gatherNd } from '../../ops/gather';
import { reduceAll, reduceAny } from '../../ops/reduce';
import { scatterNd } from '../../ops/scatter';
import { where } from '../../ops/where';
import { shapeOf } from '../../ops/words';
import { swapped } from '../../rnn/dynamic';
import { type Embedding, embeddingOf } from './embedding-helpers';
import type { HelperNext, NextNames } from './helper';
import { bernoulliSample, categoricalSample } from './samples';
import { Read, type Sampled, TrainingHelper, arrayOf } from './training-helper';

/** How likely a step reads what was written. */
function probabilityOf(given: TensorLike): Tensor {
  const probability = convertToTensor(given, null, 'sampling_probability');
  const { rank } = probability.shape;
  if (rank !== 0 && rank !== 1)
    throw new ValueError(`sampling_probability must be either a scalar or a vector. saw shape: ${probability.shape}`);
  return probability;
}
/** Where a mask is true. */
function placesOf(mask: Tensor): Tensor {
  return cast(where(mask), int32);
}
/** Rows of two tensors, each in its places, in the shape of `like`. */
function merged(like: Tensor, parts: readonly (readonly [places: Tensor, rows: Tensor])[]): Tensor {
  const shape = shapeOf(like);
  const [one, other] = parts.map(([places, rows]) => scatterNd(places, rows, shape));
  return one.add(other);
}

type EmbeddingTaken = [
  inputs: TensorLike,
  sequenceLength: TensorLike,
  embedding: Embedding,
  samplingProbability: TensorLike,
  timeMajor?: boolean,
  seed?: number,
  schedulingSeed?: number,
  name?: string,
];
const EMBEDDED = constructorOf<EmbeddingTaken>('contrib.seq2seq.ScheduledEmbeddingTrainingHelper');
/**
 * A helper that reads a known sequence, but in some steps goes on with the vector of a token drawn from the outputs
 * (Bengio et al. 2015, scheduled sampling). Its samples are those tokens, and -1 where none was drawn.
 *
 *     const table = tf.ones([4, 3]);
 *     const helper = new tf.contrib.seq2seq.ScheduledEmbeddingTrainingHelper(tf.ones([2, 5, 3]), [5, 4], table, 0);
 *     helper.sample(tf.constant(0), tf.zeros([2, 4]), null)   // [-1, -1]
 */
export class ScheduledEmbeddingTrainingHelper extends TrainingHelper {
  private readonly embed: (ids: Tensor) => Tensor;
  private readonly samplingProbability: Tensor;
  private readonly seeds: readonly [seed: number | null, schedulingSeed: number | null];
  /**
   * Makes the helper.
   *
   * @param inputs               [batch, time, size]
   * @param sequenceLength       how many steps each row has, [batch]
   * @param embedding            a table of vectors, or a function that makes inputs of a vector of ids
   * @param samplingProbability  how likely a row takes what was drawn: a scalar, or a vector [batch]
   * @param timeMajor            whether inputs are [time, batch, size]
   * @param seed                 decides which tokens are drawn
   * @param schedulingSeed       decides in which steps
   * @param name                 the scope of its nodes
   * @throws ValueError  for a probability that is neither scalar nor vector, or lengths that are no vector
   */
  constructor(...given: Args<'contrib.seq2seq.ScheduledEmbeddingTrainingHelper', EmbeddingTaken>) {
    const [inputs, lengths, embedding, chance, timeMajor = false, seed, schedulingSeed, name] = EMBEDDED.take(given);
    const [probability, read] = inScope(name, 'ScheduledEmbeddingSamplingWrapper', [embedding, chance], () => [
      probabilityOf(chance),
      Read.named(inputs, lengths, timeMajor, name),
    ]);
    super(read);
    this.embed = embeddingOf(embedding);
    this.samplingProbability = probability;
    this.seeds = [seed ?? null, schedulingSeed ?? null];
  }
  /** The tokens that were drawn, and -1 for rows that take none. */
  override sample<_ = never>(...named: Redefinable<Sampled, _>): Tensor;
  override sample(time: Tensor, outputs: Tensor, state?: unknown, name?: string | null): Tensor;
  override sample(time: Tensor, outputs: Tensor, state?: unknown, name?: string | null): Tensor {
    const values = [time, outputs, ...flatten(state)];
    return inScope(name, 'ScheduledEmbeddingTrainingHelperSample', values, () => {
      const [seed, schedulingSeed] = this.seeds;
      const drawn = bernoulliSample(this.samplingProbability, this.batchSize, bool, schedulingSeed);
      return where(drawn, categoricalSample(outputs, seed), apply('Fill', [[this.batchSize], whole(-1)]));
    });
  }
  /** What the next step takes. */
  override nextInputs<_ = never>(...named: Redefinable<NextNames<Tensor>, _>): HelperNext<Tensor>;
  override nextInputs(
    time: Tensor,
    outputs: Tensor,
    state: unknown,
    sampleIds: Tensor,
    name?: string | null,
  ): HelperNext<Tensor>;
  override nextInputs(
    time: Tensor,
    outputs: Tensor,
    state: unknown,
    sampleIds: Tensor,
    name?: string | null,
  ): HelperNext<Tensor> {
    const values = [time, outputs, ...flatten(state), sampleIds];
    return inScope(name, 'ScheduledEmbeddingTrainingHelperNextInputs', values, () => {
      const [finished, inputs, nextState] = super.nextInputs(time, outputs, state, sampleIds, name);
      const next = condTensor(
        reduceAll(finished),
        () => inputs,
        () => {
          const drawn = placesOf(sampleIds.greater(-1));
          const others = placesOf(sampleIds.lessEqual(-1));
          const ids = gatherNd(sampleIds, drawn);
          const rows = gatherNd(inputs, others);
          const vectors = this.embed(ids);
          return merged(inputs, [
            [drawn, vectors],
            [others, rows],
          ]);
        },
      );
      return [finished, next, nextState];
    });
  }
}
bindMethods(ScheduledEmbeddingTrainingHelper, {
  sample: 'contrib.seq2seq.ScheduledEmbeddingTrainingHelper.sample',
  nextInputs: 'contrib.seq2seq.ScheduledEmbeddingTrainingHelper.next_inputs',
});

type OutputTaken = [
  inputs: TensorLike,
  sequenceLength: TensorLike,
  samplingProbability: TensorLike,
  timeMajor?: boolean,
  seed?: number,
  nextInputsFn?: (outputs: Tensor) => Tensor,
  auxiliaryInputs?: TensorLike,
  name?: string,
];
const BY_OUTPUT = constructorOf<OutputTaken>('contrib.seq2seq.ScheduledOutputTrainingHelper');
/** The inputs with others beside them. */
function withAuxiliary(
  inputs: TensorLike,
  others: TensorLike | null,
  timeMajor: boolean,
): [TensorLike, TensorArray | null] {
  if (others === null) return [inputs, null];
  const [x, aux] = [convertToTensor(inputs, null, 'inputs'), convertToTensor(others, null, 'auxiliary_inputs')];
  const joined = concat([x, aux], -1);
  return [joined, arrayOf(timeMajor ? aux : swapped(aux))];
}
/**
 * A helper that reads a known sequence, but in some steps goes on with what the cell gave. Its samples say where: 1,
 * and 0 elsewhere.
 *
 *     const helper = new tf.contrib.seq2seq.ScheduledOutputTrainingHelper(tf.ones([2, 5, 3]), [5, 4], 1);
 *     helper.sample(tf.constant(0), tf.zeros([2, 3]), null)   // [1, 1]
 */
export class ScheduledOutputTrainingHelper extends TrainingHelper {
  private readonly samplingProbability: Tensor;
  private readonly auxiliary: TensorArray | null;
  private readonly seed: number | null;
  private readonly nextInputsFn: ((outputs: Tensor) => Tensor) | null;
  /**
   * Makes the helper.
   *
   * @param inputs               [batch, time, size]
   * @param sequenceLength       how many steps each row has, [batch]
   * @param samplingProbability  how likely a row takes what the cell gave: a scalar, or a vector [batch]
   * @param timeMajor            whether inputs are [time, batch, size]
   * @param seed                 decides in which steps
   * @param nextInputsFn         makes inputs of what the cell gave; that itself where not given
   * @param auxiliaryInputs      further inputs of all steps, [batch, time, …], which stand beside the others
   * @param name                 the scope of its nodes
   * @throws ValueError  for a probability that is neither scalar nor vector, or lengths that are no vector
   */
  constructor(...given: Args<'contrib.seq2seq.ScheduledOutputTrainingHelper', OutputTaken>) {
    const [inputs, lengths, chance, timeMajor = false, seed, nextInputsFn, others = null, name] = BY_OUTPUT.take(given);
    const values = [inputs, others, chance];
    const [probability, auxiliary, read] = inScope(name, 'ScheduledOutputTrainingHelper', values, () => {
      const converted = probabilityOf(chance);
      const [joined, array] = withAuxiliary(inputs, others, timeMajor);
      return [converted, array, Read.named(joined, lengths, timeMajor, name)] as const;
    });
    super(read);
    this.samplingProbability = probability;
    this.auxiliary = auxiliary;
    this.seed = seed ?? null;
    this.nextInputsFn = nextInputsFn ?? null;
  }
  /** 1 for rows that take what the cell gave, 0 for others. */
  override sample<_ = never>(...named: Redefinable<Sampled, _>): Tensor;
  override sample(time: Tensor, outputs: Tensor, state?: unknown, name?: string | null): Tensor;
  override sample(time: Tensor, outputs: Tensor, state?: unknown, name?: string | null): Tensor {
    return inScope(name, 'ScheduledOutputTrainingHelperSample', [time, outputs, ...flatten(state)], () =>
      bernoulliSample(this.samplingProbability, this.batchSize, int32, this.seed),
    );
  }
  /** What the next step takes. */
  override nextInputs<_ = never>(...named: Redefinable<NextNames<Tensor>, _>): HelperNext<Tensor>;
  override nextInputs(
    time: Tensor,
    outputs: Tensor,
    state: unknown,
    sampleIds: Tensor,
    name?: string | null,
  ): HelperNext<Tensor>;
  override nextInputs(
    time: Tensor,
    outputs: Tensor,
    state: unknown,
    sampleIds: Tensor,
    name?: string | null,
  ): HelperNext<Tensor> {
    const values = [time, outputs, ...flatten(state), sampleIds];
    return inScope(name, 'ScheduledOutputTrainingHelperNextInputs', values, () => {
      const [finished, inputs, nextState] = super.nextInputs(time, outputs, state, sampleIds, name);
      const chosen = cast(sampleIds, bool);
      const allFinished = reduceAll(finished);
      const none = logicalNot(reduceAny(chosen));
      const next = condTensor(
        logicalOr(allFinished, none),
        () => inputs,
        () => this.mixed(time, outputs, inputs, chosen),
      );
      return [finished, next, nextState];
    });
  }
  /** The inputs of the sequence, with what the cell gave in the places of some. */
  private mixed(time: Tensor, outputs: Tensor, inputs: Tensor, chosen: Tensor): Tensor {
    if (!this.nextInputsFn) return where(chosen, this.besides(time, outputs, null), inputs);
    const drawn = placesOf(chosen);
    const others = placesOf(logicalNot(chosen));
    const given = gatherNd(outputs, drawn);
    const rows = gatherNd(inputs, others);
    const made = this.besides(time, this.nextInputsFn(given), drawn);
    return merged(inputs, [
      [drawn, made],
      [others, rows],
    ]);
  }
  private besides(time: Tensor, outputs: Tensor, places: Tensor | null): Tensor {
    if (!this.auxiliary) return outputs;
    const all = this.auxiliary.read(time.add(1));
    return concat([outputs, places ? gatherNd(all, places) : all], -1);
  }
}
bindMethods(ScheduledOutputTrainingHelper, {
  sample: 'contrib.seq2seq.ScheduledOutputTrainingHelper.sample',
  nextInputs: 'contrib.seq2seq.ScheduledOutputTrainingHelper.next_inputs',
});
