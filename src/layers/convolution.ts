/** Convolutions as layers. */
import { ValueError } from '../base/errors';
import type { Dim, TensorShape } from '../base/shape';
import { type Args, constructorOf } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { basePaddings, withSpaceToBatch } from '../nn/space-to-batch';
import { conv2d as convolve, conv2dTranspose as transposed } from '../ops/conv';
import { boundOfRank, boundPictures } from '../ops/known-calls';
import { stack } from '../ops/stack';
import { element, ints, shapeOf, transpose } from '../ops/words';
import {
  type ReuseOption,
  type WeightsOptions,
  channelsFirst,
  ofFunction,
  optionsOf,
  paddingOf,
  perSpace,
  exactNumber,
} from './arguments';
import { InputSpec } from './input-spec';
import type { Convolved, Size, Transposed } from './spatial';
import { type WeightsLayerOptions, WeightsLayer } from './weights';

/** What convolutions take beside their filters. */
export interface ConvolutionOptions extends WeightsOptions {
  /** Steps between the places of the filters: 1 where not given. */
  readonly strides?: Size;
  /** 'valid' (where not given) or 'same'. */
  readonly padding?: 'same' | 'valid' | 'SAME' | 'VALID';
  /** 'channels_last' (where not given) or 'channels_first'. */
  readonly dataFormat?: string;
}
/** What `conv1d` and `conv2d` take by name. */
export interface DilatedOptions extends ConvolutionOptions {
  /** Steps between the taps of a filter: 1 where not given. */
  readonly dilationRate?: Size;
}
export type All = WeightsLayerOptions & DilatedOptions & { readonly filters: number; readonly kernelSize: Size };

export abstract class Convolution extends WeightsLayer {
  /** How many filters there are: the channels of the result. */
  readonly filters: number;
  /** The filters' size. */
  readonly kernelSize: readonly number[];
  /** Steps between their places. */
  readonly strides: readonly number[];
  /** 'VALID' or 'SAME'. */
  readonly padding: 'VALID' | 'SAME';
  protected readonly channelsFirst: boolean;
  protected readonly dilationRate: readonly number[];
  protected constructor(
    protected readonly space: 1 | 2 | 3,
    options: All,
  ) {
    super(options);
    const { filters, kernelSize, strides = 1, padding = 'valid', dataFormat, dilationRate = 1 } = options;
    this.filters = exactNumber(filters, 'filters');
    this.kernelSize = perSpace(kernelSize, space, 'kernel_size');
    this.strides = perSpace(strides, space, 'strides');
    this.padding = paddingOf(padding);
    this.channelsFirst = channelsFirst(dataFormat);
    this.dilationRate = perSpace(dilationRate, space, 'dilation_rate');
    this.inputSpec = new InputSpec({ ndim: space + 2 });
  }
  /** The channels of the input. */
  protected channelsOf(inputShape: TensorShape): number {
    const axis = this.channelsFirst ? 1 : -1;
    const channels = inputShape.at(axis);
    if (channels === null)
      throw new ValueError(
        'The channel dimension of the inputs should be defined. Found `None`.' +
          '\n  fix: the filters need to know how many channels come in: tf.placeholder(tf.float32, [null, 28, 28, 1]).',
      );
    this.inputSpec = new InputSpec({ ndim: this.space + 2, axes: { [axis]: channels } });
    return channels;
  }
  protected get dataFormat(): 'NHWC' | 'NCHW' {
    return this.channelsFirst ? 'NCHW' : 'NHWC';
  }
  /** A number for each of the four dimensions. */
  protected around(sizes: readonly number[]): number[] {
    return this.channelsFirst ? [1, 1, ...sizes] : [1, ...sizes, 1];
  }
}

/** What makes its input larger. */
export abstract class TransposedConvolution extends Convolution {
  /** Makes kernel and bias. */
  override build(inputShape: TensorShape): void {
    this.makeWeights([...this.kernelSize, this.filters, this.channelsOf(inputShape)], this.filters);
    this.built = true;
  }
  private more(k: number): number {
    return this.padding === 'VALID' ? Math.max(this.kernelSize[k] - this.strides[k], 0) : 0;
  }
  /** The size that comes out along a dimension of space, as a node. */
  protected grown(size: Tensor, k: number): Tensor {
    const scaled = size.mul(this.strides[k]);
    return this.padding === 'VALID' ? scaled.add(this.more(k)) : scaled;
  }
  /** The same, as far as it is known. */
  protected grownBy(size: Dim, k: number): Dim {
    return size === null ? null : size * this.strides[k] + this.more(k);
  }
}
/** What slides filters over its input. */
export abstract class PlainConvolution extends Convolution {
  private rate: Tensor | readonly number[] = [];
  /** What space is padded with where filters have gaps. */
  private base: TensorLike | null = null;
  /** Makes kernel and bias. */
  override build(inputShape: TensorShape): void {
    const { dilationRate: gaps, space, padding } = this;
    this.makeWeights([...this.kernelSize, this.channelsOf(inputShape), this.filters], this.filters);
    if (gaps.some((d) => d > 1) && this.strides.some((s) => s > 1))
      throw new ValueError('strides > 1 not supported in conjunction with dilation_rate > 1');
    if (gaps.some((d) => d < 1)) throw new ValueError('dilation_rate must be positive');
    this.rate = ints([...gaps], 'dilation_rate');
    if (gaps.some((d) => d > 1)) this.base = basePaddings(padding, this.kernel.shape, [...gaps], space);
    this.built = true;
  }
  /** What `convolve` makes of the input, with filters that have gaps as one over every n-th place. */
  protected spread(x: Tensor, convolve: (of: Tensor, padding: 'VALID' | 'SAME') => Tensor): Tensor {
    const { padding, rate, base } = this;
    if (base === null) return convolve(x, padding);
    return withSpaceToBatch<'VALID' | 'SAME'>({ input: x, rate, padding, base, dataFormat: this.dataFormat }, convolve);
  }
}

const CONV_1D = constructorOf<Convolved<Size>>('layers.Conv1D');
/**
 * A convolution along a line, with its filters and a bias.
 *
 *     const layer = new tf.layers.Conv1D(8, 3);
 *     layer.apply(tf.zeros([2, 20, 4])).shape   // (2, 18, 8)
 */
export class Conv1D extends PlainConvolution {
  /**
   * Makes the layer.
   *
   * @param filters              how many there are: the channels of the result
   * @param kernelSize           their length
   * @param strides              steps between their places
   * @param padding              'valid' or 'same'
   * @param dataFormat           'channels_last' or 'channels_first'
   * @param dilationRate         steps between the taps of a filter
   * @param activation           is applied to the result: a function, or its name
   * @param useBias              whether a bias is added
   * @param kernelInitializer    what the filters start from; Glorot's uniform one where not given
   * @param biasInitializer      what the bias starts from; zeros where not given
   * @param kernelRegularizer    gives a penalty on the filters
   * @param biasRegularizer      gives a penalty on the bias
   * @param activityRegularizer  gives a penalty on the result
   * @param kernelConstraint     a projection of the filters after each update
   * @param biasConstraint       a projection of the bias after each update
   * @param trainable            whether optimizers change its variables
   * @param name                 its name, which its variables' begin with
   * @param dtype                of its variables; that of its first input where not given
   * @param _scope               the variable scope that it is in
   * @param _reuse               whether its variables are those that are there already
   * @throws ValueError  for sizes that are none, another padding or format
   */
  constructor(...given: Args<'layers.Conv1D', Convolved<Size>>) {
    super(1, optionsOf<All>(CONV_1D, given));
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(x: Tensor): Tensor {
    const { channelsFirst: first, dataFormat } = this;
    // A line is a picture of one row.
    const row = first ? 2 : 1;
    const strides = this.around([1, ...this.strides]);
    const y = this.spread(x, (of, padding) =>
      inScope(null, 'conv1d', [of], (scope) => {
        const [picture, kernel] = [apply('ExpandDims', [of, row]), apply('ExpandDims', [this.kernel, 0])];
        const convolved = convolve(picture, kernel, strides, padding, { dataFormat, name: scope });
        return apply('Squeeze', [convolved], { squeeze_dims: [row] });
      }),
    );
    if (!first || !this.bias) return this.finish(y, 'NHWC');
    const biased = y.add(apply('Reshape', [this.bias, [1, this.filters, 1]]));
    return this.activation ? this.activation(biased) : biased;
  }
}
const CONV_2D = constructorOf<Convolved<Size>>('layers.Conv2D');
/**
 * A convolution of pictures, with its filters and a bias.
 *
 *     const layer = new tf.layers.Conv2D(32, 5, { padding: 'same', activation: tf.nn.relu });
 *     layer.apply(tf.zeros([1, 28, 28, 1])).shape   // (1, 28, 28, 32)
 *     layer.kernel.shape                            // (5, 5, 1, 32)
 */
export class Conv2D extends PlainConvolution {
  /**
   * Makes the layer.
   *
   * @param filters              how many there are: the channels of the result
   * @param kernelSize           their size: a number, or [rows, columns]
   * @param strides              steps between their places, likewise
   * @param padding              'valid' or 'same'
   * @param dataFormat           'channels_last' or 'channels_first'
   * @param dilationRate         steps between the taps of a filter
   * @param activation           is applied to the result: a function, or its name
   * @param useBias              whether a bias is added
   * @param kernelInitializer    what the filters start from; Glorot's uniform one where not given
   * @param biasInitializer      what the bias starts from; zeros where not given
   * @param kernelRegularizer    gives a penalty on the filters
   * @param biasRegularizer      gives a penalty on the bias
   * @param activityRegularizer  gives a penalty on the result
   * @param kernelConstraint     a projection of the filters after each update
   * @param biasConstraint       a projection of the bias after each update
   * @param trainable            whether optimizers change its variables
   * @param name                 its name, which its variables' begin with
   * @param dtype                of its variables; that of its first input where not given
   * @param _scope               the variable scope that it is in
   * @param _reuse               whether its variables are those that are there already
   * @throws ValueError  for sizes that are none, another padding or format
   */
  constructor(...given: Args<'layers.Conv2D', Convolved<Size>>) {
    super(2, optionsOf<All>(CONV_2D, given));
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(x: Tensor): Tensor {
    const { dataFormat } = this;
    const strides = this.around(this.strides);
    const y = this.spread(x, (of, padding) => convolve(of, this.kernel, strides, padding, { dataFormat }));
    return this.finish(y, dataFormat);
  }
}
const CONV_2D_TRANSPOSE = constructorOf<Transposed>('layers.Conv2DTranspose');
/**
 * The transpose of a convolution ("deconvolution"), with its filters and a bias: makes pictures larger.
 *
 *     const layer = new tf.layers.Conv2DTranspose(1, 5, 2, 'same');
 *     layer.apply(tf.zeros([1, 14, 14, 32])).shape   // (1, 28, 28, 1)
 *     layer.kernel.shape                             // (5, 5, 1, 32)
 */
export class Conv2DTranspose extends TransposedConvolution {
  /**
   * Makes the layer.
   *
   * @param filters              how many there are: the channels of the result
   * @param kernelSize           their size: a number, or [rows, columns]
   * @param strides              how much larger the result is, likewise
   * @param padding              'valid' or 'same'
   * @param dataFormat           'channels_last' or 'channels_first'
   * @param activation           is applied to the result: a function, or its name
   * @param useBias              whether a bias is added
   * @param kernelInitializer    what the filters start from; Glorot's uniform one where not given
   * @param biasInitializer      what the bias starts from; zeros where not given
   * @param kernelRegularizer    gives a penalty on the filters
   * @param biasRegularizer      gives a penalty on the bias
   * @param activityRegularizer  gives a penalty on the result
   * @param kernelConstraint     a projection of the filters after each update
   * @param biasConstraint       a projection of the bias after each update
   * @param trainable            whether optimizers change its variables
   * @param name                 its name, which its variables' begin with
   * @param dtype                of its variables; that of its first input where not given
   * @param _scope               the variable scope that it is in
   * @param _reuse               whether its variables are those that are there already
   * @throws ValueError  for sizes that are none, another padding or format
   */
  constructor(...given: Args<'layers.Conv2DTranspose', Transposed>) {
    super(2, optionsOf<All>(CONV_2D_TRANSPOSE, given));
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(x: Tensor): Tensor {
    const { dataFormat, filters, channelsFirst: first } = this;
    const sizes = shapeOf(x);
    const batch = element(sizes, 0);
    const [rows, columns] = first ? [2, 3] : [1, 2];
    const [height, width] = [element(sizes, rows), element(sizes, columns)];
    const [down, across] = [height, width].map((size, k) => this.grown(size, k));
    const shape = stack(first ? [batch, filters, down, across] : [batch, down, across, filters]);
    // TensorFlow's code looks whether the batch is known, which makes a node.
    if (!first) element(shape, 0);
    const y = first ? this.throughLast(x, shape) : this.spread(x, shape);
    const out: Dim[] = [x.shape.at(0), filters, filters, filters];
    [rows, columns].forEach((axis, k) => (out[axis] = this.grownBy(x.shape.at(axis), k)));
    y.setShape(out);
    return this.finish(y, dataFormat);
  }
  private spread(x: Tensor, shape: Tensor): Tensor {
    return transposed(x, this.kernel, shape, [1, ...this.strides, 1], this.padding, { dataFormat: 'NHWC' });
  }
  /** With channels first there is no kernel: by way of channels last. */
  private throughLast(x: Tensor, shape: Tensor): Tensor {
    const turned = transpose(x, [0, 2, 3, 1]);
    const sizes = [0, 2, 3, 1].map((i) => element(shape, i));
    return transpose(this.spread(turned, stack(sizes)), [0, 3, 1, 2]);
  }
}
/**
 * A convolution along a line, with its variables: `name/kernel`, `name/bias`.
 *
 *     tf.layers.conv1d(tf.zeros([2, 20, 4]), 8, 3)   // shape (2, 18, 8)
 *
 * @param inputs               floats, shape [batch, length, channels], `channels` known
 * @param filters              how many there are: the channels of the result
 * @param kernelSize           their length
 * @param strides              steps between their places; 1 where not given
 * @param padding              'valid' or 'same'; 'valid' where not given
 * @param dataFormat           'channels_last' or 'channels_first', of which the CPU has no kernel; 'channels_last'
 *   where not given
 * @param dilationRate         steps between the taps of a filter; 1 where not given
 * @param activation           is applied to the result: a function, or its name
 * @param useBias              whether a bias is added; true where not given
 * @param kernelInitializer    what the filters start from; Glorot's uniform one where not given
 * @param biasInitializer      what the bias starts from; zeros where not given
 * @param kernelRegularizer    gives a penalty on the filters, which goes into the collection REGULARIZATION_LOSSES
 * @param biasRegularizer      the same of the bias
 * @param activityRegularizer  the same of the result
 * @param kernelConstraint     a projection of the filters after each update
 * @param biasConstraint       a projection of the bias after each update
 * @param trainable            whether optimizers change its variables; true where not given
 * @param name                 its name, which its variables' begin with; `conv1d` where not given
 * @param reuse                whether its variables are those that are there already, of this name
 * @returns  inputs' dtype, shape [batch, places, filters]
 * @throws ValueError  for inputs of another rank, sizes that are none, another padding or format
 */
export const conv1d = boundOfRank<3>()(
  'layers.conv1d',
  3,
  function conv1d(
    inputs: TensorLike,
    filters: number,
    kernelSize: Size,
    options: DilatedOptions & ReuseOption = {},
  ): Tensor {
    return new Conv1D({ filters, kernelSize, ...ofFunction(options) }).apply(inputs);
  },
);
/**
 * A convolution of pictures, with its variables: `name/kernel`, `name/bias`.
 *
 *     const pictures = tf.placeholder(tf.float32, [null, 28, 28, 1]);
 *     tf.layers.conv2d(pictures, 32, 5, { padding: 'same' })   // shape (null, 28, 28, 32)
 *
 * @param inputs               floats, shape [batch, rows, columns, channels], `channels` known
 * @param filters              how many there are: the channels of the result
 * @param kernelSize           their size: a number, or [rows, columns]
 * @param strides              steps between their places, likewise; 1 where not given
 * @param padding              'valid' or 'same'; 'valid' where not given
 * @param dataFormat           'channels_last' or 'channels_first', of which the CPU has no kernel; 'channels_last'
 *   where not given
 * @param dilationRate         steps between the taps of a filter; 1 where not given
 * @param activation           is applied to the result: a function, or its name
 * @param useBias              whether a bias is added; true where not given
 * @param kernelInitializer    what the filters start from; Glorot's uniform one where not given
 * @param biasInitializer      what the bias starts from; zeros where not given
 * @param kernelRegularizer    gives a penalty on the filters, which goes into the collection REGULARIZATION_LOSSES
 * @param biasRegularizer      the same of the bias
 * @param activityRegularizer  the same of the result
 * @param kernelConstraint     a projection of the filters after each update
 * @param biasConstraint       a projection of the bias after each update
 * @param trainable            whether optimizers change its variables; true where not given
 * @param name                 its name, which its variables' begin with; `conv2d` where not given
 * @param reuse                whether its variables are those that are there already, of this name
 * @returns  inputs' dtype, shape [batch, rows out, columns out, filters]
 * @throws ValueError  for inputs of another rank, sizes that are none, another padding or format
 */
export const conv2d = boundPictures(
  'layers.conv2d',
  3,
  function conv2d(
    inputs: TensorLike,
    filters: number,
    kernelSize: Size,
    options: DilatedOptions & ReuseOption = {},
  ): Tensor {
    return new Conv2D({ filters, kernelSize, ...ofFunction(options) }).apply(inputs);
  },
);
/**
 * The transpose of a convolution ("deconvolution"), with its variables: `name/kernel`, `name/bias`.
 *
 *     const small = tf.zeros([1, 14, 14, 32]);
 *     tf.layers.conv2dTranspose(small, 1, 5, { strides: 2, padding: 'same' })   // shape (1, 28, 28, 1)
 *
 * @param inputs               floats, shape [batch, rows, columns, channels], `channels` known
 * @param filters              how many there are: the channels of the result
 * @param kernelSize           their size: a number, or [rows, columns]
 * @param strides              how much larger the result is, likewise; 1 where not given
 * @param padding              'valid' or 'same'; 'valid' where not given
 * @param dataFormat           'channels_last' or 'channels_first', of which the CPU has no kernel; 'channels_last'
 *   where not given
 * @param activation           is applied to the result: a function, or its name
 * @param useBias              whether a bias is added; true where not given
 * @param kernelInitializer    what the filters start from; Glorot's uniform one where not given
 * @param biasInitializer      what the bias starts from; zeros where not given
 * @param kernelRegularizer    gives a penalty on the filters, which goes into the collection REGULARIZATION_LOSSES
 * @param biasRegularizer      the same of the bias
 * @param activityRegularizer  the same of the result
 * @param kernelConstraint     a projection of the filters after each update
 * @param biasConstraint       a projection of the bias after each update
 * @param trainable            whether optimizers change its variables; true where not given
 * @param name                 its name, which its variables' begin with; `conv2d_transpose` where not given
 * @param reuse                whether its variables are those that are there already, of this name
 * @returns  inputs' dtype, shape [batch, rows out, columns out, filters]
 * @throws ValueError  for inputs of another rank, sizes that are none, another padding or format
 */
export const conv2dTranspose = boundPictures(
  'layers.conv2d_transpose',
  3,
  function conv2dTranspose(
    inputs: TensorLike,
    filters: number,
    kernelSize: Size,
    options: ConvolutionOptions & ReuseOption = {},
  ): Tensor {
    return new Conv2DTranspose({ filters, kernelSize, ...ofFunction(options) }).apply(inputs);
  },
);
