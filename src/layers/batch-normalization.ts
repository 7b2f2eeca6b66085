/** Batch normalization as a layer, with its moving averages. */
import type { ByName } from '../base/by-name';
import { ValueError } from '../base/errors';
import type { TensorShape } from '../base/shape';
import { float32 } from '../base/dtype';
import { type Args, constructorOf } from '../calls/bind';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { condTensor } from '../flow/cond';
import { batchNormalization as normalize, moments } from '../nn/normalize';
import { fusedBatchNorm } from '../ops/batch-norm';
import { boundLikeArray } from '../ops/known-calls';
import { castTo, filled, oneOf, reshape, scalar, zeroOf } from '../ops/words';
import { onesInitializer, zerosInitializer } from '../variables/initializers';
import type { Variable } from '../variables/variable';
import type { Regularizer } from '../variables/variable-scope';
import { type ClassTaken, type ReuseOption, axesOf, ofFunction, optionsOf } from './arguments';
import { type WhileTraining, trainingOf } from './core';
import { InputSpec } from './input-spec';
import { Layer } from './layer';
import type { Constraint, LayerOptions } from './takes';
import type { LayerInitializer } from './named';
import { moved, movedIn } from './moving';
import { knownTraining, whenTraining } from './training';

/** What batch normalization takes by name. */
export interface BatchNormalizationOptions extends ByName {
  /** The dimension of the features: the last where not given. */
  readonly axis?: number | readonly number[];
  /** What stays of a moving average at each update: 0.99 where not given. */
  readonly momentum?: number;
  /** Keeps the divisor from 0: 0.001 where not given. */
  readonly epsilon?: number;
  /** Whether `beta` is added. */
  readonly center?: boolean;
  /** Whether the result is multiplied by `gamma`. */
  readonly scale?: boolean;
  /** What `beta` starts from: zeros where not given. */
  readonly betaInitializer?: LayerInitializer | null;
  /** What `gamma` starts from: ones where not given. */
  readonly gammaInitializer?: LayerInitializer | null;
  /** What the moving mean starts from: zeros where not given. */
  readonly movingMeanInitializer?: LayerInitializer | null;
  /** What the moving variance starts from: ones where not given. */
  readonly movingVarianceInitializer?: LayerInitializer | null;
  /** Gives a penalty on `beta`. */
  readonly betaRegularizer?: Regularizer | null;
  /** Gives a penalty on `gamma`. */
  readonly gammaRegularizer?: Regularizer | null;
  /** A projection of `beta` after each update. */
  readonly betaConstraint?: Constraint | null;
  /** A projection of `gamma` after each update. */
  readonly gammaConstraint?: Constraint | null;
  /** False keeps from the one node that pictures are normalized by. */
  readonly fused?: boolean | null;
  /** Whether optimizers change its variables; without it the moving averages stay too. */
  readonly trainable?: boolean;
  /** The layer's name, which its variables' begin with. */
  readonly name?: string | null;
}
type All = BatchNormalizationOptions & Omit<LayerOptions, 'name' | 'trainable'>;
type Taken = [
  axis?: number | readonly number[],
  momentum?: number,
  epsilon?: number,
  center?: boolean,
  scale?: boolean,
  betaInitializer?: LayerInitializer,
  gammaInitializer?: LayerInitializer,
  movingMeanInitializer?: LayerInitializer,
  movingVarianceInitializer?: LayerInitializer,
  betaRegularizer?: Regularizer,
  gammaRegularizer?: Regularizer,
  betaConstraint?: Constraint,
  gammaConstraint?: Constraint,
  renorm?: boolean,
  renormClipping?: null,
  renormMomentum?: number,
  fused?: boolean,
  trainable?: boolean,
  virtualBatchSize?: null,
  adjustment?: null,
  name?: string,
  ...rest: ClassTaken,
];
const BATCH_NORMALIZATION = constructorOf<Taken>('layers.BatchNormalization');

/**
 * Batch normalization (Ioffe and Szegedy 2015): each feature by mean and variance of the batch while training, and by
 * their moving averages otherwise. The averages move by `updates`, which are in the collection UPDATE_OPS too.
 *
 *     const layer = new tf.layers.BatchNormalization();
 *     layer.apply(tf.ones([2, 3]), { training: true }).shape   // (2, 3)
 *     layer.updates.length                                     // 2
 */
export class BatchNormalization extends Layer {
  /** What multiplies the result, or null. */
  gamma: Variable | null = null;
  /** What is added to it, or null. */
  beta: Variable | null = null;
  /** The moving average of the means. */
  movingMean!: Variable;
  /** The moving average of the variances. */
  movingVariance!: Variable;
  private readonly options: All;
  private axes: readonly number[];
  private fused: boolean;
  private one: Tensor | null = null;
  private zero: Tensor | null = null;
  /**
   * Makes the layer.
   *
   * @param axis                       the dimension of the features, or several
   * @param momentum                   what stays of a moving average at each update
   * @param epsilon                    keeps the divisor from 0
   * @param center                     whether `beta` is added
   * @param scale                      whether the result is multiplied by `gamma`
   * @param betaInitializer            what `beta` starts from; zeros where not given
   * @param gammaInitializer           what `gamma` starts from; ones where not given
   * @param movingMeanInitializer      what the moving mean starts from; zeros where not given
   * @param movingVarianceInitializer  what the moving variance starts from; ones where not given
   * @param betaRegularizer            gives a penalty on `beta`
   * @param gammaRegularizer           gives a penalty on `gamma`
   * @param betaConstraint             a projection of `beta` after each update
   * @param gammaConstraint            a projection of `gamma` after each update
   * @param fused                      false keeps from the one node that pictures are normalized by
   * @param trainable                  whether optimizers change its variables
   * @param name                       its name, which its variables' begin with
   * @param dtype                      of its variables; that of its first input where not given
   * @param _scope                     the variable scope that it is in
   * @param _reuse                     whether its variables are those that are there already
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'layers.BatchNormalization', Taken>) {
    const options = optionsOf<All>(BATCH_NORMALIZATION, given);
    const { axis = -1, trainable, name, dtype, _scope, _reuse } = options;
    super({ trainable, name, dtype, _scope, _reuse });
    this.options = options;
    this.axes = axesOf(axis);
    this.fused = options.fused ?? true;
  }
  /** Makes its variables. */
  override build(inputShape: TensorShape): void {
    const { dims } = inputShape;
    if (!dims?.length) throw new ValueError(`('Input has undefined rank:', TensorShape(${dims ? '[]' : 'None'}))`);
    const rank = dims.length;
    const axes = this.axes.map((x) => (x < 0 ? rank + x : x));
    for (const x of axes) if (!(x >= 0 && x < rank)) throw new ValueError(`Invalid axis: ${x}`);
    if (new Set(axes).size !== axes.length) throw new ValueError(`Duplicate axis: [${axes.join(', ')}]`);
    this.axes = axes;
    this.fused = this.fused && rank === 4 && axes.length === 1 && (axes[0] === 1 || axes[0] === 3);
    const sizes: Record<number, number> = {};
    for (const x of axes) {
      const size = dims[x];
      if (size === null)
        throw new ValueError(
          `('Input has undefined \`axis\` dimension. Input shape: ', ${inputShape})` +
            '\n  fix: the layer needs to know how many features there are: tf.placeholder(tf.float32, [null, 784]).',
        );
      sizes[x] = size;
    }
    this.inputSpec = new InputSpec({ ndim: rank, axes: sizes });
    const shape = axes.length === 1 ? [sizes[axes[0]]] : dims.map((_, i) => sizes[i] ?? 1);
    this.makeVariables(shape);
    this.built = true;
  }
  /** 16 bits are too few for statistics. */
  private get paramDtype(): typeof float32 {
    return this.dtype && this.dtype.size > 2 ? this.dtype : float32;
  }
  private makeVariables(shape: readonly number[]): void {
    const { options, paramDtype: dtype } = this;
    const { scale = true, center = true } = options;
    if (scale)
      this.gamma = this.addWeight('gamma', shape, {
        dtype,
        initializer: options.gammaInitializer ?? onesInitializer(),
        regularizer: options.gammaRegularizer,
        constraint: options.gammaConstraint,
      });
    else if (this.fused) this.one = filled(oneOf(dtype), shape, 'Const');
    if (center)
      this.beta = this.addWeight('beta', shape, {
        dtype,
        initializer: options.betaInitializer ?? zerosInitializer(),
        regularizer: options.betaRegularizer,
        constraint: options.betaConstraint,
      });
    else if (this.fused) this.zero = filled(zeroOf(dtype), shape, 'Const');
    const { movingMeanInitializer, movingVarianceInitializer } = options;
    const average = (name: string, initializer: LayerInitializer): Variable =>
      this.addWeight(name, shape, { dtype, initializer, trainable: false });
    this.movingMean = average('moving_mean', movingMeanInitializer ?? zerosInitializer());
    this.movingVariance = average('moving_variance', movingVarianceInitializer ?? onesInitializer());
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | WhileTraining<Tensor>, training?: boolean | Tensor | WhileTraining | null): Tensor;
  override call(x: Tensor, given?: boolean | Tensor): Tensor {
    const training = trainingOf(given);
    return this.fused ? this.asOneNode(x, training) : this.asMany(x, training);
  }
  private asOneNode(x: Tensor, training: boolean | Tensor): Tensor {
    const { epsilon = 0.001, momentum = 0.99 } = this.options;
    const [gamma, beta] = [this.gamma ?? this.one!, this.beta ?? this.zero!];
    const dataFormat = this.axes[0] === 1 ? 'NCHW' : 'NHWC';
    const given = { mean: this.movingMean, variance: this.movingVariance, isTraining: false };
    const [y, mean, variance] = whenTraining(
      training,
      (): readonly Tensor[] => [...fusedBatchNorm(x, gamma, beta, { epsilon, dataFormat })],
      (): readonly Tensor[] => [...fusedBatchNorm(x, gamma, beta, { ...given, epsilon, dataFormat })],
    );
    const known = knownTraining(training);
    const kept =
      known === null
        ? condTensor(
            training,
            () => momentum,
            () => 1,
          )
        : scalar(momentum, float32);
    if (known !== false) {
      this.addUpdate(moved(this.movingMean, mean, kept));
      this.addUpdate(moved(this.movingVariance, variance, kept));
    }
    return y;
  }
  private asMany(x: Tensor, training: boolean | Tensor): Tensor {
    const { epsilon = 0.001, momentum = 0.99 } = this.options;
    const { dims } = x.shape;
    const rank = dims!.length;
    const reduced = dims!.map((_, i) => i).filter((i) => !this.axes.includes(i));
    const inLast = reduced.every((axis, i) => axis === i);
    // One axis that is not the last: vectors lie along it.
    const along = (v: Tensor | Variable): Tensor | Variable =>
      v.shape.rank === rank || inLast
        ? v
        : reshape(
            convertToTensor(v),
            dims!.map((d, i) => (i === this.axes[0] ? d! : 1)),
          );
    const scale = this.gamma && along(this.gamma);
    const offset = this.beta && along(this.beta);
    let mean: Tensor | Variable = this.movingMean;
    let variance: Tensor | Variable = this.movingVariance;
    if (knownTraining(training) !== false) {
      const keepDims = this.axes.length > 1;
      const own = moments(castTo(x, this.paramDtype), reduced, { keepDims });
      const of = (batch: Tensor, average: Variable): Tensor =>
        whenTraining(
          training,
          () => batch,
          () => convertToTensor(average),
        );
      const [ownMean, ownVariance] = [of(own.mean, this.movingMean), of(own.variance, this.movingVariance)];
      [mean, variance] = [ownMean, ownVariance];
      this.addUpdate(movedIn(training, this.movingMean, ownMean, momentum));
      this.addUpdate(movedIn(training, this.movingVariance, ownVariance, momentum));
    }
    const seen = (v: Tensor | Variable): Tensor => castTo(convertToTensor(along(v)), x.dtype);
    const cast = (v: Tensor | Variable | null): Tensor | null => v && castTo(convertToTensor(v), x.dtype);
    const y = normalize(x, seen(mean), seen(variance), cast(offset), cast(scale), epsilon);
    y.setShape(x.shape);
    return y;
  }
}
/** What `batchNormalization` takes by name. */
export interface BatchNormalizationFunctionOptions extends BatchNormalizationOptions, ReuseOption {
  /** Whether mean and variance are those of the batch; false takes their moving averages. */
  readonly training?: boolean | Tensor;
}
/**
 * Batch normalization (Ioffe and Szegedy 2015), with its variables: each feature by mean and variance of the batch
 * while training, by their moving averages otherwise. What moves the averages is in the collection UPDATE_OPS, and must
 * run beside the training step:
 *
 *     const x = tf.placeholder(tf.float32, [null, 3]);
 *     const y = tf.layers.batchNormalization(x, { training: true });   // shape (null, 3)
 *     const loss = tf.reduceMean(tf.square(y));
 *     const optimizer = new tf.train.GradientDescentOptimizer(0.1);
 *     const updates = tf.getCollection(tf.GraphKeys.UPDATE_OPS);
 *     const train = tf.controlDependencies(updates, () => optimizer.minimize(loss));
 *
 * @param inputs                     floats, the size of their features known
 * @param axis                       the dimension of the features, or several; −1 where not given
 * @param momentum                   what stays of a moving average at each update; 0.99 where not given
 * @param epsilon                    keeps the divisor from 0; 0.001 where not given
 * @param center                     whether `beta` is added; true where not given
 * @param scale                      whether the result is multiplied by `gamma`; true where not given
 * @param betaInitializer            what `beta` starts from; zeros where not given
 * @param gammaInitializer           what `gamma` starts from; ones where not given
 * @param movingMeanInitializer      what the moving mean starts from; zeros where not given
 * @param movingVarianceInitializer  what the moving variance starts from; ones where not given
 * @param betaRegularizer            gives a penalty on `beta`
 * @param gammaRegularizer           gives a penalty on `gamma`
 * @param betaConstraint             a projection of `beta` after each update
 * @param gammaConstraint            a projection of `gamma` after each update
 * @param training                   whether mean and variance are those of the batch: false where not given, or a
 *   tensor of bool that a run decides by
 * @param trainable                  whether optimizers change its variables; without it the averages stay too; true
 *   where not given
 * @param name                       the layer's name; `batch_normalization` where not given
 * @param reuse                      whether its variables are those that are there already, of this name
 * @param fused                      false keeps from the one node that pictures are normalized by
 * @returns  inputs' dtype and shape
 * @throws ValueError  if the number of features is not known, or the axis is outside of the shape
 */
export const batchNormalization = boundLikeArray(
  'layers.batch_normalization',
  1,
  function batchNormalization(
    inputs: TensorLike,
    { training, ...options }: BatchNormalizationFunctionOptions = {},
  ): Tensor {
    return new BatchNormalization(ofFunction(options)).apply(inputs, training);
  },
);
