/** Losses over many classes that look at the right ones and a few drawn ones. Made of other ops. */
import { int32, int64 } from '../base/dtype';
import { toNDArray } from '../base/to-ndarray';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { type Candidates, classIds, computeAccidentalHits, logUniformCandidateSampler } from '../ops/candidates';
import { curing } from '../ops/curing';
import type { NameOption } from '../ops/options';
import { sparseToDense } from '../ops/sparse';
import { castTo, concat, element, ones, onesLike, reshape, shapeOf, sliced, zerosLike } from '../ops/words';
import { softmaxCrossEntropyWithLogitsV2 } from './cross-entropy';
import { embeddingLookup } from './embedding';
import { sigmoidCrossEntropyWithLogits } from './logistic';

/** What the losses over drawn classes take by name. */
export interface SampledOptions extends NameOption {
  /** How many right classes there are for each example; 1 where not given. */
  readonly numTrue?: number;
  /** What a sampler gave; `tf.nn.logUniformCandidateSampler` draws where not given. */
  readonly sampledValues?: Candidates | readonly TensorLike[] | null;
  /** Whether drawn classes that are right ones are taken out. */
  readonly removeAccidentalHits?: boolean;
  /** How classes are spread over several tables: see `tf.nn.embeddingLookup`. */
  readonly partitionStrategy?: 'mod' | 'div';
}
interface Sampled extends SampledOptions {
  readonly weights: TensorLike | readonly TensorLike[];
  readonly biases: TensorLike | readonly TensorLike[];
  readonly labels: TensorLike;
  readonly inputs: TensorLike;
  readonly numSampled: number;
  readonly numClasses: number;
  readonly seed?: number | null;
}
type SampledArguments<O> = [
  weights: TensorLike | readonly TensorLike[],
  biases: TensorLike | readonly TensorLike[],
  labels: TensorLike,
  inputs: TensorLike,
  numSampled: number,
  numClasses: number,
  options?: O,
];
/** The arguments by their names. */
function named(given: SampledArguments<SampledOptions>, defaults: SampledOptions): Sampled {
  const [weights, biases, labels, inputs, numSampled, numClasses, options = {}] = given;
  const name = options.name ?? defaults.name;
  return { ...defaults, ...options, name, weights, biases, labels, inputs, numSampled, numClasses };
}

/** The sum of each row, by a product: its gradient is one too. */
function sumRows(x: Tensor): Tensor {
  const columns = element(shapeOf(x), 1);
  const all = ones(convertToTensor([columns, 1], int32, 'stack'), x.dtype);
  return reshape(apply('MatMul', [x, all]), [-1]);
}

/** Scores of the right classes and of the drawn ones, and what they should be. */
function sampledLogits(given: Sampled): [logits: Tensor, labels: Tensor] {
  const isOldOrder = isSymbolic(given.inputs) && 'dtype' in given.inputs && given.inputs.dtype.isInteger;
  return isOldOrder ? curing(() => logitsOf(given), OLD_ORDER) : logitsOf(given);
}
const OLD_ORDER =
  '\n  likely cause: inputs stand before labels, as before TensorFlow 1.0; now the labels do.' +
  '\n  fix: (weights, biases, labels, inputs, numSampled, numClasses).';
function logitsOf(given: Sampled): [logits: Tensor, labels: Tensor] {
  const { weights, biases, numSampled, numTrue = 1, partitionStrategy = 'mod' } = given;
  return inScope(given.name, 'compute_sampled_logits', [weights, biases, given.inputs, given.labels], () => {
    const labels = castTo(classIds(given.labels, 'labels'), int64);
    const inputs = convertToTensor(given.inputs, null, 'inputs');
    const flat = reshape(labels, [-1]);
    const [candidates, trueCount, drawnCount] = (
      given.sampledValues ??
      logUniformCandidateSampler(labels, numTrue, numSampled, true, given.numClasses, { seed: given.seed })
    ).map((value: TensorLike) => apply('StopGradient', [value]));
    const drawn = castTo(candidates, int64);
    const ids = concat([flat, drawn]);
    const options = { partitionStrategy };

    const allWeights = castTo(embeddingLookup(weights as TensorLike, ids, options), inputs.dtype);
    const split = (...rest: number[]): Tensor => convertToTensor([element(shapeOf(flat), 0), ...rest], int32, 'stack');
    const trueWeights = apply('Slice', [allWeights, [0, 0], split(-1)]);
    const drawnWeights = apply('Slice', [allWeights, split(0), [-1, -1]]);
    const drawnDots = apply('MatMul', [inputs, drawnWeights], { transpose_b: true });

    const allBiases = castTo(embeddingLookup(biases as TensorLike, ids, options), inputs.dtype);
    const trueBiases = apply('Slice', [allBiases, [0], shapeOf(flat)]);
    const drawnBiases = apply('Slice', [allBiases, shapeOf(flat), [-1]]);

    const dim = sliced(shapeOf(trueWeights), 1, 2);
    const perExample = concat([[-1, numTrue], dim]);
    const products = apply('Mul', [apply('ExpandDims', [inputs, 1]), reshape(trueWeights, perExample)]);
    const dots = reshape(products, concat([[-1], dim]));
    const columns = [-1, numTrue];
    let trueLogits = reshape(sumRows(dots), columns);
    trueLogits = trueLogits.add(reshape(trueBiases, columns));
    let drawnLogits = drawnDots.add(drawnBiases);

    if (given.removeAccidentalHits)
      drawnLogits = drawnLogits.add(hits(labels, drawn, numTrue, numSampled, drawnLogits));
    trueLogits = trueLogits.sub(apply('Log', [trueCount]));
    drawnLogits = drawnLogits.sub(apply('Log', [drawnCount]));
    const logits = concat([trueLogits, drawnLogits], 1);
    return [logits, concat([onesLike(trueLogits).div(numTrue), zerosLike(drawnLogits)], 1)];
  });
}
/** The least float32 where a drawn class is a right one of its row, 0 elsewhere. */
function hits(labels: Tensor, drawn: Tensor, numTrue: number, numSampled: number, like: Tensor): Tensor {
  const { indices, ids, weights } = computeAccidentalHits(labels, drawn, numTrue);
  const rows = reshape(indices, [-1, 1]);
  const places = concat([rows, reshape(castTo(ids, int32), [-1, 1])], 1, 'sparse_indices');
  const batch = sliced(shapeOf(labels), null, 1);
  const shape = concat([batch, apply('ExpandDims', [toNDArray(numSampled, int32), 0])]);
  return sparseToDense(places, shape, castTo(weights, like.dtype), { validateIndices: false });
}

/**
 * Noise-contrastive estimation: how well each example's right classes are told from a few drawn ones. It trains what
 * would be the sigmoid cross-entropy over all classes, at the cost of a few.
 *
 *     tf.setRandomSeed(1);
 *     const [weights, biases] = [tf.ones([10, 2]), tf.zeros([10])];
 *     tf.nn.nceLoss(weights, biases, [[1], [2]], [[1, 2], [3, 4]], 4, 10)   // shape (2)
 *
 * @param weights               a vector for each class, shape [numClasses, size], or a list of tables that together
 *   hold them
 * @param biases                shape [numClasses]
 * @param labels                the right classes of each example: integers, shape [batch, numTrue]
 * @param inputs                floats, shape [batch, size]
 * @param numSampled            how many classes are drawn for the batch
 * @param numClasses            how many classes there are
 * @param numTrue               how many right classes there are for each example; 1 where not given
 * @param sampledValues         what a sampler gave; `tf.nn.logUniformCandidateSampler` draws where not given, for
 *   classes that are numbered from the most frequent on
 * @param removeAccidentalHits  whether drawn classes that are right ones are taken out; false where not given
 * @param partitionStrategy     how classes are spread over several tables: 'mod' or 'div'; 'mod' where not given
 * @returns  the loss of each example: dtype of `inputs`, shape [batch]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws InvalidArgumentError  when run, for a class outside [0, numClasses)
 */
export const nceLoss = boundOptions('nn.nce_loss', 6, (...given: SampledArguments<SampledOptions>): Tensor => {
  const [logits, wanted] = sampledLogits(named(given, { name: 'nce_loss' }));
  return sumRows(sigmoidCrossEntropyWithLogits({ labels: wanted, logits, name: 'sampled_losses' }));
});

/** What `sampledSoftmaxLoss` takes by name. */
export interface SampledSoftmaxOptions extends SampledOptions {
  /** With the graph's seed it decides which classes are drawn: see `tf.setRandomSeed`. */
  readonly seed?: number | null;
}
/**
 * The softmax cross-entropy over each example's right classes and a few drawn ones: it trains what would be the one
 * over all classes, and is below it in general.
 *
 *     tf.setRandomSeed(1);
 *     const [weights, biases] = [tf.ones([10, 2]), tf.zeros([10])];
 *     tf.nn.sampledSoftmaxLoss(weights, biases, [[1], [2]], [[1, 2], [3, 4]], 4, 10)   // shape (2)
 *
 * @param weights               a vector for each class, shape [numClasses, size], or a list of tables that together
 *   hold them
 * @param biases                shape [numClasses]
 * @param labels                the right classes of each example: integers, shape [batch, numTrue]
 * @param inputs                floats, shape [batch, size]
 * @param numSampled            how many classes are drawn for the batch
 * @param numClasses            how many classes there are
 * @param numTrue               how many right classes there are for each example; 1 where not given
 * @param sampledValues         what a sampler gave; `tf.nn.logUniformCandidateSampler` draws where not given, for
 *   classes that are numbered from the most frequent on
 * @param removeAccidentalHits  whether drawn classes that are right ones are taken out; true where not given
 * @param partitionStrategy     how classes are spread over several tables: 'mod' or 'div'; 'mod' where not given
 * @param seed                  with the graph's seed it decides which classes are drawn: see `tf.setRandomSeed`
 * @returns  the loss of each example: dtype of `inputs`, shape [batch]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws InvalidArgumentError  when run, for a class outside [0, numClasses)
 */
export const sampledSoftmaxLoss = boundOptions(
  'nn.sampled_softmax_loss',
  6,
  (...given: SampledArguments<SampledSoftmaxOptions>): Tensor => {
    const [logits, wanted] = sampledLogits(named(given, { name: 'sampled_softmax_loss', removeAccidentalHits: true }));
    const labelled = apply('StopGradient', [wanted], {}, 'labels_stop_gradient');
    return softmaxCrossEntropyWithLogitsV2({ labels: labelled, logits });
  },
);
