/** A fully connected layer. */
import { float32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { type ShapeLike, TensorShape } from '../base/shape';
import { type Args, constructorOf } from '../calls/bind';
import { apply } from '../graph/apply';
import { convertToTensor } from '../graph/constant';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { bindMethods } from '../calls/methods';
import { boundLikeArray } from '../ops/known-calls';
import { tensordot } from '../ops/tensordot';
import {
  type ClassTaken,
  type ReuseOption,
  type WeightsOptions,
  type WeightsTaken,
  ofFunction,
  optionsOf,
  wholeNumber,
} from './arguments';
import { InputSpec } from './input-spec';
import type { OneShape } from './takes';
import { type WeightsLayerOptions, WeightsLayer } from './weights';

type Taken = [units: number, ...WeightsTaken, ...ClassTaken];
const DENSE = constructorOf<Taken>('layers.Dense');
/**
 * A fully connected layer, activation(x · kernel + bias), that keeps its variables for each time that it is applied.
 *
 *     const layer = new tf.layers.Dense(10, tf.nn.relu);
 *     layer.apply(tf.ones([2, 784])).shape     // (2, 10)
 *     layer.kernel.shape                       // (784, 10)
 */
export class Dense extends WeightsLayer {
  /** The size of its result's last dimension. */
  readonly units: number;
  /**
   * Makes the layer.
   *
   * @param units                the size of the result's last dimension
   * @param activation           is applied to the result: a function, or its name
   * @param useBias              whether a bias is added
   * @param kernelInitializer    what the kernel starts from; Glorot's uniform one where not given
   * @param biasInitializer      what the bias starts from; zeros where not given
   * @param kernelRegularizer    gives a penalty on the kernel
   * @param biasRegularizer      gives a penalty on the bias
   * @param activityRegularizer  gives a penalty on the result
   * @param kernelConstraint     a projection of the kernel after each update
   * @param biasConstraint       a projection of the bias after each update
   * @param trainable            whether optimizers change its variables
   * @param name                 its name, which its variables' begin with
   * @param dtype                of its variables; that of its first input where not given
   * @param _scope               the variable scope that it is in
   * @param _reuse               whether its variables are those that are there already
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'layers.Dense', Taken>) {
    const options = optionsOf<WeightsLayerOptions & { readonly units: number }>(DENSE, given);
    super(options);
    this.units = wholeNumber(options.units, 'units');
    this.inputSpec = new InputSpec({ minNdim: 2 });
  }
  /** Makes kernel and bias. */
  override build(inputShape: TensorShape): void {
    const dtype = this.dtype ?? float32;
    if (!dtype.isFloating && !dtype.isComplex)
      throw new TypeError_(
        `Unable to build \`Dense\` layer with non-floating point dtype ${dtype}` +
          '\n  fix: tf.cast(x, tf.float32) before the layer.',
      );
    const last = inputShape.at(-1);
    if (last === null)
      throw new ValueError(
        'The last dimension of the inputs to `Dense` should be defined. Found `None`.' +
          '\n  fix: the kernel needs to know how many numbers come in: tf.placeholder(tf.float32, [null, 784]).',
      );
    this.inputSpec = new InputSpec({ minNdim: 2, axes: { [-1]: last } });
    this.makeWeights([last, this.units], this.units);
    this.built = true;
  }
  /** The input's shape, with `units` as the last dimension. @throws ValueError  where the input's last is not known */
  override computeOutputShape(inputShape: OneShape): TensorShape;
  override computeOutputShape(inputShape: ShapeLike): TensorShape {
    const shape = TensorShape.of(inputShape);
    if (shape.rank !== null && shape.rank < 2) throw new ValueError(`Shape ${shape} must have rank at least 2`);
    if (shape.at(-1) === null)
      throw new ValueError(`The innermost dimension of input_shape must be defined, but saw: ${shape}`);
    return shape.slice(0, -1).concatenate(new TensorShape([this.units]));
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(inputs: Tensor): Tensor {
    const x = convertToTensor(inputs, null, 'inputs');
    const rank = x.shape.rank!;
    if (rank === 2) return this.finish(apply('MatMul', [x, this.kernel]));
    const y = tensordot(x, this.kernel, [[rank - 1], [0]]);
    y.setShape([...x.shape.dims!.slice(0, -1), this.units]);
    return this.finish(y);
  }
}
bindMethods(Dense, { computeOutputShape: 'layers.Dense.compute_output_shape' });
/**
 * A fully connected layer, activation(inputs · kernel + bias), with its variables: `name/kernel`, `name/bias`.
 *
 *     const x = tf.placeholder(tf.float32, [null, 784]);
 *     const hidden = tf.layers.dense(x, 100, tf.nn.relu);   // shape (null, 100)
 *     const logits = tf.layers.dense(hidden, 10, { name: 'logits' });
 *     tf.trainableVariables().map((v) => v.op.name)   // ['dense/kernel', 'dense/bias', 'logits/kernel', 'logits/bias']
 *
 * @param inputs               floats, shape [batch, ..., in], `in` known
 * @param units                the size of the result's last dimension
 * @param activation           is applied to the result: a function, or its name
 * @param useBias              whether a bias is added; true where not given
 * @param kernelInitializer    what the kernel starts from; Glorot's uniform one where not given
 * @param biasInitializer      what the bias starts from; zeros where not given
 * @param kernelRegularizer    gives a penalty on the kernel, which goes into the collection REGULARIZATION_LOSSES
 * @param biasRegularizer      the same of the bias
 * @param activityRegularizer  the same of the result
 * @param kernelConstraint     a projection of the kernel after each update
 * @param biasConstraint       a projection of the bias after each update
 * @param trainable            whether optimizers change its variables; true where not given
 * @param name                 its name, which its variables' begin with; `dense` where not given
 * @param reuse                whether its variables are those that are there already, of this name
 * @returns  inputs' dtype, shape [batch, ..., units]
 * @throws ValueError  if the last dimension is not known, or the variables are there and not reused
 * @throws TypeError  for integers
 */
export const dense = boundLikeArray(
  'layers.dense',
  2,
  function dense(inputs: TensorLike, units: number, options: WeightsOptions & ReuseOption = {}): Tensor {
    return new Dense({ units, ...ofFunction(options) }).apply(inputs);
  },
);
