/** Batch normalization as a layer, with its moving averages. */
import { ValueError } from '../base/errors';
import { inconvertible } from '../base/inconvertible';
import type { TensorShape } from '../base/shape';
import { float32 } from '../base/dtype';
import { type Args, constructorOf } from '../calls/bind';
import { convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { apply } from '../graph/apply';
import { condTensor } from '../flow/cond';
import { batchNormalization as normalize, moments } from '../nn/normalize';
import { fusedBatchNorm } from '../ops/batch-norm';
import { castTo, filled, oneOf, reshape, scalar, zeroOf } from '../ops/words';
import { onesInitializer, zerosInitializer } from '../variables/initializers';
import type { Variable } from '../variables/variable';
import type { Initializer } from '../variables/variable-scope';
import { axesOf, optionsOf } from './arguments';
import { type WhileTraining, trainingOf } from './core';
import { InputSpec } from './input-spec';
import { Layer } from './layer';
import { moved, movedIn } from './moving';
import { initializerOf } from './named';
import { type All, checkParts, isGiven } from './normalization-options';
import { type RenormOptions, type RenormVariables, checkClipping, correction, movedByStddev, rootOf } from './renorm';
import { knownTraining, whenTraining } from './training';
import type { Normalization } from './normalization-takes';
import { type Transform, adjusted, composed } from './transform';

const BATCH_NORMALIZATION = constructorOf<Normalization>('layers.BatchNormalization');

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
  /** The moving averages of `renorm`, or null without it. */
  renorm: RenormVariables | null = null;
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
   * @param renorm                     whether a batch in training is normalized nearly as its moving averages would
   * @param renormClipping             bounds of what `renorm` corrects: `rmin`, `rmax`, `dmax`
   * @param renormMomentum             what stays, at each update, of the averages that `renorm` corrects by
   * @param fused                      false keeps from the one node that pictures are normalized by
   * @param trainable                  whether optimizers change its variables
   * @param virtualBatchSize           normalizes the batch in parts of so many
   * @param adjustment                 from the input's shape gives what normalized values are multiplied by, and
   *   what is added, in training
   * @param name                       its name, which its variables' begin with
   * @param dtype                      of its variables; that of its first input where not given
   * @param _scope                     the variable scope that it is in
   * @param _reuse                     whether its variables are those that are there already
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'layers.BatchNormalization', Normalization>) {
    const options = optionsOf<All>(BATCH_NORMALIZATION, given);
    const { axis = -1, trainable, name, dtype, _scope, _reuse } = options;
    super({ trainable, name, dtype, _scope, _reuse });
    this.options = options;
    this.axes = axesOf(axis);
    const { renorm = false, renormClipping, adjustment, virtualBatchSize } = options;
    this.fused = (options.fused ?? true) && !renorm && !adjustment && !isGiven(virtualBatchSize);
    if (renorm && isGiven(renormClipping)) checkClipping(renormClipping);
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
    checkParts(axes, this.options);
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
    const isInParts = isGiven(this.options.virtualBatchSize);
    const shape = axes.length === 1 && !isInParts ? [sizes[axes[0]]] : dims.map((_, i) => sizes[i] ?? 1);
    if (isInParts) {
      shape.splice(1, 0, 1);
      this.axes = axes.map((axis) => axis + 1);
    }
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
    // Averages are never in parts.
    const scope = this.enterScope();
    const { partitioner = null } = scope;
    scope.setPartitioner(null);
    this.makeAverages(shape);
    scope.setPartitioner(partitioner);
  }
  private makeAverages(shape: readonly number[]): void {
    const { options, paramDtype: dtype } = this;
    const average = (name: string, initializer: Initializer): Variable =>
      this.addWeight(name, shape, { dtype, initializer, trainable: false });
    const beside = (name: string, of: Variable, initializer: Initializer): Variable =>
      of.graph.colocateWith(of.op, () => average(name, initializer));
    const ofMean = initializerOf(options.movingMeanInitializer) ?? zerosInitializer();
    const ofVariance = initializerOf(options.movingVarianceInitializer) ?? onesInitializer();
    this.movingMean = average('moving_mean', ofMean);
    this.movingVariance = average('moving_variance', ofVariance);
    if (!options.renorm) return;
    const movingStddev = beside('moving_stddev', this.movingVariance, rootOf(ofVariance));
    const renormMean = beside('renorm_mean', this.movingMean, ofMean);
    this.renorm = { movingStddev, renormMean, renormStddev: beside('renorm_stddev', movingStddev, rootOf(ofVariance)) };
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | WhileTraining<Tensor>, training?: boolean | Tensor | WhileTraining | null): Tensor;
  override call(x: Tensor, given?: boolean | Tensor): Tensor {
    const training = trainingOf(given);
    const { virtualBatchSize } = this.options;
    if (!isGiven(virtualBatchSize)) return this.fused ? this.asOneNode(x, training) : this.asMany(x, training);
    const { fullDims: sizes, dims } = x.shape.slice(1);
    if (!sizes) throw inconvertible([-1, ...(dims ?? [])]);
    const parts = apply('Reshape', [x, [virtualBatchSize, -1, ...sizes]]);
    return apply('Reshape', [this.asMany(parts, training), [-1, ...sizes]]);
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
    const { epsilon = 0.001 } = this.options;
    const { dims } = x.shape;
    const rank = dims!.length;
    const reduced = dims!.map((_, i) => i).filter((i) => !this.axes.includes(i));
    // Parts of the batch have statistics of their own.
    if (isGiven(this.options.virtualBatchSize)) reduced.splice(1, 1);
    const inLast = reduced.every((axis, i) => axis === i);
    // One axis that is not the last: vectors lie along it.
    const along = <T extends Tensor | Variable>(v: T): T | Tensor =>
      v.shape.rank === rank || inLast
        ? v
        : reshape(
            convertToTensor(v),
            dims!.map((d, i) => (i === this.axes[0] ? d! : 1)),
          );
    const own: Transform = [this.gamma && along(this.gamma), this.beta && along(this.beta)];
    const { mean, variance, transform } =
      knownTraining(training) === false
        ? { mean: this.movingMean, variance: this.movingVariance, transform: own }
        : this.statistics(x, training, reduced, own, along);
    const seen = (v: Tensor | Variable): Tensor => castTo(convertToTensor(along(v)), x.dtype);
    const cast = (v: Tensor | Variable | null): Tensor | null => v && castTo(convertToTensor(v), x.dtype);
    const [scale, offset] = transform;
    const y = normalize(x, seen(mean), seen(variance), cast(offset), cast(scale), epsilon);
    y.setShape(x.shape);
    return y;
  }
  /** What a batch is normalized by in training, and afterwards; the averages move. */
  private statistics(
    x: Tensor,
    training: boolean | Tensor,
    reduced: readonly number[],
    own: Transform,
    along: (v: Tensor) => Tensor,
  ): { readonly mean: Tensor; readonly variance: Tensor; readonly transform: Transform } {
    const { adjustment } = this.options;
    const isInParts = isGiven(this.options.virtualBatchSize);
    let transform = adjustment ? composed(adjusted(adjustment, x, training), own) : own;
    const batch = moments(castTo(x, this.paramDtype), reduced, { keepDims: isInParts || this.axes.length > 1 });
    const of = (v: Tensor, average: Variable): Tensor =>
      whenTraining(
        training,
        () => v,
        () => convertToTensor(average),
      );
    const mean = of(batch.mean, this.movingMean);
    const variance = of(batch.variance, this.movingVariance);
    // The parts move the averages at once.
    const together = (v: Tensor): Tensor => (isInParts ? apply('Mean', [v, 1], { keep_dims: true }) : v);
    let moving: readonly [mean: Tensor, variance: Tensor] = [together(mean), together(variance)];
    if (this.renorm) {
      const [r, d, ...after] = correction(this.renorm, moving, training, this.correcting);
      moving = after;
      transform = composed([along(stopped(r, 'renorm_r')), along(stopped(d, 'renorm_d'))], transform);
    }
    this.move(training, ...moving);
    return { mean, variance, transform };
  }
  private get correcting(): RenormOptions {
    const { epsilon = 0.001, renormMomentum: momentum = 0.99, renormClipping } = this.options;
    return { epsilon, momentum, clipping: renormClipping ?? {} };
  }
  private move(training: boolean | Tensor, mean: Tensor, variance: Tensor): void {
    const { momentum = 0.99, epsilon = 0.001 } = this.options;
    this.addUpdate(movedIn(training, this.movingMean, mean, momentum));
    const { renorm } = this;
    this.addUpdate(
      renorm
        ? whenTraining(
            training,
            () => movedByStddev(this.movingVariance, renorm, variance, [momentum, epsilon]),
            () => convertToTensor(this.movingVariance),
          )
        : movedIn(training, this.movingVariance, variance, momentum),
    );
  }
}
const stopped = (x: Tensor, name: string): Tensor => apply('StopGradient', [x], {}, name);
