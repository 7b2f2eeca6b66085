/** Helpers that make each input of what was written before it, as inference does. After TensorFlow 1.15's seq2seq. */
import { isCallable } from '../../base/border';
import { type DType, type DTypeLike, asDtype, int32 } from '../../base/dtype';
import { TypeError_, ValueError } from '../../base/errors';
import { TensorShape } from '../../base/shape';
import { type Args, constructorOf } from '../../calls/bind';
import { bindMethods } from '../../calls/methods';
import type { Redefinable } from '../../calls/types';
import { apply } from '../../graph/apply';
import { type TensorLike, convertToTensor } from '../../graph/constant';
import { Tensor, pythonType } from '../../graph/graph';
import { condTensor } from '../../flow/cond';
import { embeddingLookup } from '../../nn/embedding';
import { argmax } from '../../ops/arg';
import { equal } from '../../ops/compare';
import { reduceAll } from '../../ops/reduce';
import { element, shapeOf, sizeOf } from '../../ops/words';
import { wholeNumbers } from '../../rnn/steps';
import { Helper, type HelperNext, type HelperStart, type NextNames, type OneName, type SampleNames } from './helper';
import { categoricalSample } from './samples';

/** The rows of a table by their ids: the table, or what makes inputs of a vector of ids. */
export type Embedding = TensorLike | readonly TensorLike[] | ((ids: Tensor) => Tensor);
const makesInputs = (embedding: Embedding): embedding is (ids: Tensor) => Tensor => isCallable(embedding);
/** What makes inputs of ids. */
export function embeddingOf(embedding: Embedding): (ids: Tensor) => Tensor {
  return makesInputs(embedding) ? embedding : (ids) => embeddingLookup(embedding, ids);
}
/** False for each row. */
function nothingOver(rows: Tensor): Tensor {
  return apply('Tile', [[false], [rows]]);
}
function oneTensor(outputs: unknown): asserts outputs is Tensor {
  if (!(outputs instanceof Tensor))
    throw new TypeError_(`Expected outputs to be a single Tensor, got: <class '${pythonType(outputs)}'>`);
}

type GreedyTaken = [embedding: Embedding, startTokens: TensorLike, endToken: TensorLike];
const GREEDY = constructorOf<GreedyTaken>('contrib.seq2seq.GreedyEmbeddingHelper');
/**
 * A helper that goes on with what was written: with the vector of the largest output's place. A row is over behind its
 * end token.
 *
 *     const helper = new tf.contrib.seq2seq.GreedyEmbeddingHelper([[1, 2], [3, 4]], [1, 0], 0);
 *     helper.initialize()[1]   // [[3, 4], [1, 2]]
 */
export class GreedyEmbeddingHelper extends Helper<Tensor, Tensor> {
  private readonly embed: (ids: Tensor) => Tensor;
  private readonly endToken: Tensor;
  private readonly rows: Tensor;
  private readonly startInputs: Tensor;
  /**
   * Makes the helper.
   *
   * @param embedding    a table of vectors, or a function that makes inputs of a vector of ids
   * @param startTokens  what each row begins with, [batch] of whole numbers
   * @param endToken     what ends a row: a scalar
   * @throws ValueError  for start tokens that are no vector, or an end token that is no scalar
   */
  constructor(...given: Args<'contrib.seq2seq.GreedyEmbeddingHelper', GreedyTaken>) {
    super();
    const [embedding, startTokens, endToken] = GREEDY.take(given);
    this.embed = embeddingOf(embedding);
    const start = convertToTensor(startTokens, int32, 'start_tokens');
    this.endToken = convertToTensor(endToken, int32, 'end_token');
    if (start.shape.rank !== 1) throw new ValueError('start_tokens must be a vector');
    this.rows = sizeOf(wholeNumbers(startTokens));
    if (this.endToken.shape.rank !== 0) throw new ValueError('end_token must be a scalar');
    this.startInputs = this.embed(start);
  }
  override get batchSize(): Tensor {
    return this.rows;
  }
  override get sampleIdsShape(): TensorShape {
    return new TensorShape([]);
  }
  override get sampleIdsDtype(): DType {
    return int32;
  }
  /** What the first step takes. */
  override initialize(name?: OneName): HelperStart;
  override initialize(): HelperStart {
    return [nothingOver(this.rows), this.startInputs];
  }
  /** The place of the largest output. @throws TypeError  for outputs that are several tensors */
  override sample<_ = never>(...named: Redefinable<SampleNames<Tensor>, _>): Tensor;
  override sample(time: Tensor, outputs: Tensor, state: unknown, name?: string | null): Tensor;
  override sample(_time: Tensor, outputs: Tensor): Tensor {
    oneTensor(outputs);
    return argmax(outputs, -1, { outputType: int32 });
  }
  /** What the next step takes: the vectors of what was written. */
  override nextInputs<_ = never>(...named: Redefinable<NextNames<Tensor>, _>): HelperNext<Tensor>;
  override nextInputs(
    time: Tensor,
    outputs: Tensor,
    state: unknown,
    sampleIds: Tensor,
    name?: string | null,
  ): HelperNext<Tensor>;
  override nextInputs(_time: Tensor, _outputs: Tensor, state: unknown, sampleIds: Tensor): HelperNext<Tensor> {
    const finished = equal(sampleIds, this.endToken);
    const next = condTensor(
      reduceAll(finished),
      () => this.startInputs,
      () => this.embed(sampleIds),
    );
    return [finished, next, state];
  }
}
bindMethods(GreedyEmbeddingHelper, {
  initialize: 'contrib.seq2seq.GreedyEmbeddingHelper.initialize',
  sample: 'contrib.seq2seq.GreedyEmbeddingHelper.sample',
  nextInputs: 'contrib.seq2seq.GreedyEmbeddingHelper.next_inputs',
});

type SampleTaken = [...GreedyTaken, softmaxTemperature?: TensorLike, seed?: number];
const SAMPLE = constructorOf<SampleTaken>('contrib.seq2seq.SampleEmbeddingHelper');
/**
 * A helper that goes on with what was written, and draws it: each token with the probability that the softmax of the
 * outputs gives it.
 *
 *     const helper = new tf.contrib.seq2seq.SampleEmbeddingHelper([[1, 2], [3, 4]], [1, 0], 0, { seed: 1 });
 *     helper.sample(tf.constant(0), tf.constant([[0, 50], [50, 0]]), null)   // [1, 0]
 */
export class SampleEmbeddingHelper extends GreedyEmbeddingHelper {
  private readonly softmaxTemperature: TensorLike | null;
  private readonly seed: number | null;
  /**
   * Makes the helper.
   *
   * @param embedding           a table of vectors, or a function that makes inputs of a vector of ids
   * @param startTokens         what each row begins with, [batch] of whole numbers
   * @param endToken            what ends a row: a scalar
   * @param softmaxTemperature  what outputs are divided by: below 1 likely tokens are drawn more often, above 1 less
   * @param seed                with the graph's seed it decides what is drawn
   * @throws ValueError  for start tokens that are no vector, or an end token that is no scalar
   */
  constructor(...given: Args<'contrib.seq2seq.SampleEmbeddingHelper', SampleTaken>) {
    const [embedding, startTokens, endToken, softmaxTemperature, seed] = SAMPLE.take(given);
    super(embedding, startTokens, endToken);
    this.softmaxTemperature = softmaxTemperature ?? null;
    this.seed = seed ?? null;
  }
  /** A token for each row. @throws TypeError  for outputs that are several tensors */
  override sample<_ = never>(...named: Redefinable<SampleNames<Tensor>, _>): Tensor;
  override sample(time: Tensor, outputs: Tensor, state: unknown, name?: string | null): Tensor;
  override sample(_time: Tensor, outputs: Tensor): Tensor {
    oneTensor(outputs);
    const { softmaxTemperature, seed } = this;
    return categoricalSample(softmaxTemperature === null ? outputs : outputs.div(softmaxTemperature), seed);
  }
}
bindMethods(SampleEmbeddingHelper, { sample: 'contrib.seq2seq.SampleEmbeddingHelper.sample' });

type InferenceTaken = [
  sampleFn: (outputs: Tensor) => Tensor,
  sampleShape: readonly number[] | TensorShape,
  sampleDtype: DTypeLike,
  startInputs: TensorLike,
  endFn: (sampleIds: Tensor) => Tensor,
  nextInputsFn?: (sampleIds: Tensor) => Tensor,
];
const INFERENCE = constructorOf<InferenceTaken>('contrib.seq2seq.InferenceHelper');
/**
 * A helper that goes on with what was written, by functions: what is taken of outputs, when a row is over, and what the
 * next input is.
 *
 *     const helper = new tf.contrib.seq2seq.InferenceHelper(
 *       (outputs) => outputs, [2], tf.float32, tf.ones([1, 2]), (ids) => tf.less(tf.reduceSum(ids, 1), 0.5),
 *     );
 *     helper.initialize()[1]   // [[1, 1]]
 */
export class InferenceHelper extends Helper<Tensor, Tensor> {
  private readonly taken: InferenceTaken;
  private readonly rows: Tensor;
  private readonly startInputs: Tensor;
  /** The shape of a row's sample. */
  readonly sampleIdsShape: TensorShape;
  /** The dtype of samples. */
  readonly sampleIdsDtype: DType;
  /**
   * Makes the helper.
   *
   * @param sampleFn      takes what the cell gave, and gives a sample for each row
   * @param sampleShape   the shape of a row's sample
   * @param sampleDtype   the dtype of samples
   * @param startInputs   what the first step takes
   * @param endFn         takes samples, and gives which rows are over, [batch] of bool
   * @param nextInputsFn  takes samples, and gives the next inputs; the samples themselves where not given
   */
  constructor(...given: Args<'contrib.seq2seq.InferenceHelper', InferenceTaken>) {
    super();
    this.taken = INFERENCE.take(given);
    const [, shape, dtype, startInputs] = this.taken;
    this.sampleIdsShape = TensorShape.of(shape);
    this.sampleIdsDtype = asDtype(dtype);
    this.rows = element(shapeOf(startInputs), 0);
    this.startInputs = convertToTensor(startInputs, null, 'start_inputs');
  }
  override get batchSize(): Tensor {
    return this.rows;
  }
  /** What the first step takes. */
  override initialize(name?: OneName): HelperStart;
  override initialize(): HelperStart {
    return [nothingOver(this.rows), this.startInputs];
  }
  /** A sample for each row. */
  override sample<_ = never>(...named: Redefinable<SampleNames<Tensor>, _>): Tensor;
  override sample(time: Tensor, outputs: Tensor, state: unknown, name?: string | null): Tensor;
  override sample(_time: Tensor, outputs: Tensor): Tensor {
    const [sampleFn] = this.taken;
    return sampleFn(outputs);
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
  override nextInputs(_time: Tensor, _outputs: Tensor, state: unknown, sampleIds: Tensor): HelperNext<Tensor> {
    const [, , , , endFn, nextInputsFn] = this.taken;
    const next = nextInputsFn ? nextInputsFn(sampleIds) : sampleIds;
    return [endFn(sampleIds), next, state];
  }
}
bindMethods(InferenceHelper, {
  initialize: 'contrib.seq2seq.InferenceHelper.initialize',
  sample: 'contrib.seq2seq.InferenceHelper.sample',
  nextInputs: 'contrib.seq2seq.InferenceHelper.next_inputs',
});
