/** Convolutions in two steps: filters of single channels, and then filters of one place that mix channels. */
import type { TensorShape } from '../base/shape';
import { type Args, constructorOf } from '../calls/bind';
import { apply } from '../graph/apply';
import type { NotText, TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { separableConv2d as convolve } from '../nn/depthwise';
import { boundOfRank, boundPictures } from '../ops/known-calls';
import type { Variable } from '../variables/variable';
import type { Regularizer } from '../variables/variable-scope';
import { type ClassTaken, type ReuseOption, exactNumber, ofFunction, optionsOf } from './arguments';
import { Convolution, type All as Convolved, type DilatedOptions } from './convolution';
import type { Activation, LayerInitializer } from './named';
import type { Size } from './spatial';
import type { ActivityRegularizer, Constraint } from './takes';

/** What separable convolutions take by name beside their filters. */
export interface SeparableOptions
  extends Omit<DilatedOptions, 'kernelInitializer' | 'kernelRegularizer' | 'kernelConstraint'> {
  /** How many filters each channel of the input has: 1 where not given. */
  readonly depthMultiplier?: number;
  /** What the filters of single channels start from; Glorot's uniform one where not given. */
  readonly depthwiseInitializer?: LayerInitializer | null;
  /** What those that mix channels start from, likewise. */
  readonly pointwiseInitializer?: LayerInitializer | null;
  /** Gives a penalty on the filters of single channels. */
  readonly depthwiseRegularizer?: Regularizer | null;
  /** Gives a penalty on those that mix channels. */
  readonly pointwiseRegularizer?: Regularizer | null;
  /** A projection of the filters of single channels after each update. */
  readonly depthwiseConstraint?: Constraint | null;
  /** A projection of those that mix channels after each update. */
  readonly pointwiseConstraint?: Constraint | null;
}
type Taken = [
  filters: number,
  kernelSize: Size,
  strides?: Size,
  padding?: 'same' | 'valid' | 'SAME' | 'VALID',
  dataFormat?: string,
  dilationRate?: Size,
  depthMultiplier?: number,
  activation?: Activation,
  useBias?: boolean,
  depthwiseInitializer?: LayerInitializer,
  pointwiseInitializer?: LayerInitializer,
  biasInitializer?: LayerInitializer,
  depthwiseRegularizer?: Regularizer,
  pointwiseRegularizer?: Regularizer,
  biasRegularizer?: Regularizer,
  activityRegularizer?: ActivityRegularizer,
  depthwiseConstraint?: Constraint,
  pointwiseConstraint?: Constraint,
  biasConstraint?: Constraint,
  trainable?: boolean,
  name?: string,
  ...ClassTaken,
];
type All = Convolved & SeparableOptions;

/** What both are derived from. */
export abstract class SeparableConvolution extends Convolution {
  /** The filters of single channels. */
  depthwiseKernel!: Variable;
  /** The filters of one place that mix channels. */
  pointwiseKernel!: Variable;
  /** How many filters each channel of the input has. */
  readonly depthMultiplier: number;
  protected constructor(
    space: 1 | 2,
    private readonly given: All,
  ) {
    super(space, given);
    this.depthMultiplier = given.depthMultiplier ?? 1;
  }
  /** Makes kernels and bias. */
  override build(inputShape: TensorShape): void {
    const { given, space, filters } = this;
    const depthMultiplier = exactNumber(this.depthMultiplier, 'depth_multiplier');
    const channels = this.channelsOf(inputShape);
    this.depthwiseKernel = this.addWeight('depthwise_kernel', [...this.kernelSize, channels, depthMultiplier], {
      initializer: given.depthwiseInitializer,
      regularizer: given.depthwiseRegularizer,
      constraint: given.depthwiseConstraint,
    });
    const places = new Array<number>(space).fill(1);
    this.pointwiseKernel = this.addWeight('pointwise_kernel', [...places, depthMultiplier * channels, filters], {
      initializer: given.pointwiseInitializer,
      regularizer: given.pointwiseRegularizer,
      constraint: given.pointwiseConstraint,
    });
    this.makeBias(filters);
    this.built = true;
  }
  /** Pictures, convolved and with the bias. */
  protected mixed(x: Tensor, each: NotText, mix: NotText, strides: number[], rate: number[]): Tensor {
    const { dataFormat } = this;
    return this.biased(convolve(x, each, mix, strides, this.padding, { rate, dataFormat }), dataFormat);
  }
}
const SEPARABLE_1D = constructorOf<Taken>('layers.SeparableConv1D');
/**
 * A convolution along a line in two steps: filters of single channels, then filters of one place that mix channels.
 *
 *     const layer = new tf.layers.SeparableConv1D(8, 3);
 *     layer.apply(tf.zeros([2, 20, 4])).shape   // (2, 18, 8)
 *     layer.depthwiseKernel.shape               // (3, 4, 1)
 */
export class SeparableConv1D extends SeparableConvolution {
  /**
   * Makes the layer.
   *
   * @param filters               how many channels the result has
   * @param kernelSize            their length
   * @param strides               steps between their places
   * @param padding               'valid' or 'same'
   * @param dataFormat            'channels_last' or 'channels_first'
   * @param dilationRate          steps between the taps of a filter
   * @param depthMultiplier       how many filters each channel of the input has; 1 where not given
   * @param activation            is applied to the result: a function, or its name
   * @param useBias               whether a bias is added
   * @param depthwiseInitializer  what the filters of single channels start from; Glorot's uniform one where not given
   * @param pointwiseInitializer  what those that mix channels start from; likewise
   * @param biasInitializer       what the bias starts from; zeros where not given
   * @param depthwiseRegularizer  gives a penalty on the filters of single channels
   * @param pointwiseRegularizer  gives a penalty on those that mix channels
   * @param biasRegularizer       gives a penalty on the bias
   * @param activityRegularizer   gives a penalty on the result
   * @param depthwiseConstraint   a projection of the filters of single channels after each update
   * @param pointwiseConstraint   a projection of those that mix channels after each update
   * @param biasConstraint        a projection of the bias after each update
   * @param trainable             whether optimizers change its variables
   * @param name                  its name, which its variables' begin with
   * @param dtype                 of its variables; that of its first input where not given
   * @param _scope                the variable scope that it is in
   * @param _reuse                whether its variables are those that are there already
   * @throws ValueError  for sizes that are none, another padding or format
   */
  constructor(...given: Args<'layers.SeparableConv1D', Taken>) {
    super(1, optionsOf<All>(SEPARABLE_1D, given));
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(x: Tensor): Tensor {
    // A line is a picture of one row.
    const row = this.channelsFirst ? 2 : 1;
    const picture = apply('ExpandDims', [x, row]);
    const [each, mix] = [this.depthwiseKernel, this.pointwiseKernel].map((w) => apply('ExpandDims', [w, 0]));
    const strides = this.around([...this.strides, ...this.strides]);
    const y = this.mixed(picture, each, mix, strides, [1, ...this.dilationRate]);
    const line = apply('Squeeze', [y], { squeeze_dims: [row] });
    return this.activation ? this.activation(line) : line;
  }
}
const SEPARABLE_2D = constructorOf<Taken>('layers.SeparableConv2D');
/**
 * A convolution of pictures in two steps: filters of single channels, then filters of one place that mix channels.
 *
 *     const layer = new tf.layers.SeparableConv2D(32, 5, { padding: 'same' });
 *     layer.apply(tf.zeros([1, 28, 28, 3])).shape   // (1, 28, 28, 32)
 *     layer.pointwiseKernel.shape                   // (1, 1, 3, 32)
 */
export class SeparableConv2D extends SeparableConvolution {
  /**
   * Makes the layer.
   *
   * @param filters               how many channels the result has
   * @param kernelSize            their size: a number, or [rows, columns]
   * @param strides               steps between their places, likewise
   * @param padding               'valid' or 'same'
   * @param dataFormat            'channels_last' or 'channels_first'
   * @param dilationRate          steps between the taps of a filter
   * @param depthMultiplier       how many filters each channel of the input has; 1 where not given
   * @param activation            is applied to the result: a function, or its name
   * @param useBias               whether a bias is added
   * @param depthwiseInitializer  what the filters of single channels start from; Glorot's uniform one where not given
   * @param pointwiseInitializer  what those that mix channels start from; likewise
   * @param biasInitializer       what the bias starts from; zeros where not given
   * @param depthwiseRegularizer  gives a penalty on the filters of single channels
   * @param pointwiseRegularizer  gives a penalty on those that mix channels
   * @param biasRegularizer       gives a penalty on the bias
   * @param activityRegularizer   gives a penalty on the result
   * @param depthwiseConstraint   a projection of the filters of single channels after each update
   * @param pointwiseConstraint   a projection of those that mix channels after each update
   * @param biasConstraint        a projection of the bias after each update
   * @param trainable             whether optimizers change its variables
   * @param name                  its name, which its variables' begin with
   * @param dtype                 of its variables; that of its first input where not given
   * @param _scope                the variable scope that it is in
   * @param _reuse                whether its variables are those that are there already
   * @throws ValueError  for sizes that are none, another padding or format
   */
  constructor(...given: Args<'layers.SeparableConv2D', Taken>) {
    super(2, optionsOf<All>(SEPARABLE_2D, given));
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(x: Tensor): Tensor {
    const y = this.mixed(x, this.depthwiseKernel, this.pointwiseKernel, this.around(this.strides), [
      ...this.dilationRate,
    ]);
    return this.activation ? this.activation(y) : y;
  }
}
/**
 * A convolution along a line in two steps, with its variables: `name/depthwise_kernel`, `name/pointwise_kernel` and
 * `name/bias`.
 *
 *     tf.layers.separableConv1d(tf.zeros([2, 20, 4]), 8, 3)   // shape (2, 18, 8)
 *
 * @param inputs                floats, shape [batch, length, channels], `channels` known
 * @param filters               how many channels the result has
 * @param kernelSize            their length
 * @param strides               steps between their places; 1 where not given
 * @param padding               'valid' or 'same'; 'valid' where not given
 * @param dataFormat            'channels_last' or 'channels_first', of which the CPU has no kernel; 'channels_last'
 *   where not given
 * @param dilationRate          steps between the taps of a filter; 1 where not given
 * @param depthMultiplier       how many filters each channel of the input has; 1 where not given
 * @param activation            is applied to the result: a function, or its name
 * @param useBias               whether a bias is added; true where not given
 * @param depthwiseInitializer  what the filters of single channels start from; Glorot's uniform one where not given
 * @param pointwiseInitializer  what those that mix channels start from; likewise
 * @param biasInitializer       what the bias starts from; zeros where not given
 * @param depthwiseRegularizer  gives a penalty on the filters of single channels
 * @param pointwiseRegularizer  gives a penalty on those that mix channels
 * @param biasRegularizer       gives a penalty on the bias
 * @param activityRegularizer   gives a penalty on the result
 * @param depthwiseConstraint   a projection of the filters of single channels after each update
 * @param pointwiseConstraint   a projection of those that mix channels after each update
 * @param biasConstraint        a projection of the bias after each update
 * @param trainable             whether optimizers change its variables; true where not given
 * @param name                  its name, which its variables' begin with
 * @param reuse                 whether its variables are those that are there already, of this name
 * @returns  inputs' dtype, shape [batch, places, filters]
 * @throws ValueError  for inputs of another rank, sizes that are none, another padding or format
 */
export const separableConv1d = boundOfRank<3>()(
  'layers.separable_conv1d',
  3,
  function separableConv1d(
    inputs: TensorLike,
    filters: number,
    kernelSize: Size,
    options: SeparableOptions & ReuseOption = {},
  ): Tensor {
    return new SeparableConv1D({ filters, kernelSize, ...ofFunction(options) }).apply(inputs);
  },
);
/**
 * A convolution of pictures in two steps, with its variables: `name/depthwise_kernel`, `name/pointwise_kernel` and
 * `name/bias`.
 *
 *     const pictures = tf.placeholder(tf.float32, [null, 28, 28, 3]);
 *     tf.layers.separableConv2d(pictures, 32, 5, { padding: 'same' })   // shape (null, 28, 28, 32)
 *
 * @param inputs                floats, shape [batch, rows, columns, channels], `channels` known
 * @param filters               how many channels the result has
 * @param kernelSize            their size: a number, or [rows, columns]
 * @param strides               steps between their places, likewise; 1 where not given
 * @param padding               'valid' or 'same'; 'valid' where not given
 * @param dataFormat            'channels_last' or 'channels_first', of which the CPU has no kernel; 'channels_last'
 *   where not given
 * @param dilationRate          steps between the taps of a filter; 1 where not given
 * @param depthMultiplier       how many filters each channel of the input has; 1 where not given
 * @param activation            is applied to the result: a function, or its name
 * @param useBias               whether a bias is added; true where not given
 * @param depthwiseInitializer  what the filters of single channels start from; Glorot's uniform one where not given
 * @param pointwiseInitializer  what those that mix channels start from; likewise
 * @param biasInitializer       what the bias starts from; zeros where not given
 * @param depthwiseRegularizer  gives a penalty on the filters of single channels
 * @param pointwiseRegularizer  gives a penalty on those that mix channels
 * @param biasRegularizer       gives a penalty on the bias
 * @param activityRegularizer   gives a penalty on the result
 * @param depthwiseConstraint   a projection of the filters of single channels after each update
 * @param pointwiseConstraint   a projection of those that mix channels after each update
 * @param biasConstraint        a projection of the bias after each update
 * @param trainable             whether optimizers change its variables; true where not given
 * @param name                  its name, which its variables' begin with
 * @param reuse                 whether its variables are those that are there already, of this name
 * @returns  inputs' dtype, shape [batch, rows out, columns out, filters]
 * @throws ValueError  for inputs of another rank, sizes that are none, another padding or format
 */
export const separableConv2d = boundPictures(
  'layers.separable_conv2d',
  3,
  function separableConv2d(
    inputs: TensorLike,
    filters: number,
    kernelSize: Size,
    options: SeparableOptions & ReuseOption = {},
  ): Tensor {
    return new SeparableConv2D({ filters, kernelSize, ...ofFunction(options) }).apply(inputs);
  },
);
