/** Layers of volumes: convolutions, their transposes, and pools. */
import type { Dim } from '../base/shape';
import { type Args, constructorOf } from '../calls/bind';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { conv3d as convolve, conv3dTranspose as transposed } from '../ops/conv3d';
import { boundOfRank } from '../ops/known-calls';
import { avgPool3d, maxPool3d } from '../ops/pool3d';
import { stack } from '../ops/stack';
import { element, shapeOf, transpose } from '../ops/words';
import { type ReuseOption, ofFunction, optionsOf } from './arguments';
import {
  type All,
  type ConvolutionOptions,
  type DilatedOptions,
  PlainConvolution,
  TransposedConvolution,
} from './convolution';
import { type AllOfPooling, Pooling, type PoolingOptions } from './pooling';
import type { Convolved, PoolTaken, Size, Transposed } from './spatial';

const CONV_3D = constructorOf<Convolved<Size>>('layers.Conv3D');
/**
 * A convolution of volumes, with its filters and a bias.
 *
 *     const layer = new tf.layers.Conv3D(4, 3, { padding: 'same', activation: tf.nn.relu });
 *     layer.apply(tf.zeros([1, 8, 8, 8, 2])).shape   // (1, 8, 8, 8, 4)
 *     layer.kernel.shape                             // (3, 3, 3, 2, 4)
 */
export class Conv3D extends PlainConvolution {
  /**
   * Makes the layer.
   *
   * @param filters              how many there are: the channels of the result
   * @param kernelSize           their size: a number, or [planes, rows, columns]
   * @param strides              steps between their places, likewise
   * @param padding              'valid' or 'same'
   * @param dataFormat           'channels_last' or 'channels_first', of which the CPU has no kernel
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
  constructor(...given: Args<'layers.Conv3D', Convolved<Size>>) {
    super(3, optionsOf<All>(CONV_3D, given));
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(x: Tensor): Tensor {
    const dataFormat = this.channelsFirst ? 'NCDHW' : 'NDHWC';
    const strides = this.around(this.strides);
    const y = this.spread(x, (of, padding) => convolve(of, this.kernel, strides, padding, { dataFormat }));
    return this.finish(y, this.dataFormat);
  }
}
const CONV_3D_TRANSPOSE = constructorOf<Transposed>('layers.Conv3DTranspose');
/**
 * The transpose of a convolution of volumes, with its filters and a bias: makes volumes larger.
 *
 *     const layer = new tf.layers.Conv3DTranspose(1, 3, 2, 'same');
 *     layer.apply(tf.zeros([1, 4, 4, 4, 2])).shape   // (1, 8, 8, 8, 1)
 *     layer.kernel.shape                             // (3, 3, 3, 1, 2)
 */
export class Conv3DTranspose extends TransposedConvolution {
  /**
   * Makes the layer.
   *
   * @param filters              how many there are: the channels of the result
   * @param kernelSize           their size: a number, or [planes, rows, columns]
   * @param strides              how much larger the result is, likewise
   * @param padding              'valid' or 'same'
   * @param dataFormat           'channels_last' or 'channels_first', of which the CPU has no kernel
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
  constructor(...given: Args<'layers.Conv3DTranspose', Transposed>) {
    super(3, optionsOf<All>(CONV_3D_TRANSPOSE, given));
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(x: Tensor): Tensor {
    const { filters, channelsFirst: first } = this;
    const axes = first ? [2, 3, 4] : [1, 2, 3];
    const sizes = shapeOf(x);
    const batch = element(sizes, 0);
    const grown = axes.map((axis) => element(sizes, axis)).map((size, k) => this.grown(size, k));
    const shape = stack(first ? [batch, filters, ...grown] : [batch, ...grown, filters]);
    const y = transposed(x, this.kernel, shape, this.around(this.strides), this.padding, {
      dataFormat: first ? 'NCDHW' : 'NDHWC',
    });
    const out: Dim[] = [x.shape.at(0), filters, filters, filters, filters];
    axes.forEach((axis, k) => (out[axis] = this.grownBy(x.shape.at(axis), k)));
    y.setShape(out);
    return this.finish(y, this.dataFormat);
  }
}

const MAX_3D = constructorOf<PoolTaken>('layers.MaxPooling3D');
const AVERAGE_3D = constructorOf<PoolTaken>('layers.AveragePooling3D');
/** Pools of volumes; with channels first by way of channels last. */
export abstract class VolumePooling extends Pooling {
  protected constructor(
    private readonly volume: typeof maxPool3d | typeof avgPool3d,
    options: AllOfPooling,
  ) {
    super(3, options);
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(x: Tensor): Tensor {
    const [window, steps] = [this.window, this.steps].map((sizes) => [1, ...sizes, 1]);
    const of = this.channelsFirst ? transpose(x, [0, 2, 3, 4, 1]) : x;
    const y = this.volume(of, window, steps, this.padding);
    return this.channelsFirst ? transpose(y, [0, 4, 1, 2, 3]) : y;
  }
}
/**
 * The largest of each window of volumes.
 *
 *     new tf.layers.MaxPooling3D(2, 2).apply(tf.zeros([1, 8, 8, 8, 3])).shape   // (1, 4, 4, 4, 3)
 */
export class MaxPooling3D extends VolumePooling {
  /**
   * Makes the layer.
   *
   * @param poolSize    the window: a number, or [planes, rows, columns]
   * @param strides     its steps, likewise
   * @param padding     'valid' or 'same'
   * @param dataFormat  'channels_last' or 'channels_first'
   * @param name        its name
   * @param dtype       has no effect: it has no variables
   * @throws ValueError  for another padding or format
   */
  constructor(...given: Args<'layers.MaxPooling3D', PoolTaken>) {
    super(maxPool3d, optionsOf<AllOfPooling>(MAX_3D, given));
  }
}
/**
 * The mean of each window of volumes.
 *
 *     new tf.layers.AveragePooling3D([1, 1, 2], 1).apply([[[[[1], [3]]]]])   // [[[[[2]]]]]
 */
export class AveragePooling3D extends VolumePooling {
  /**
   * Makes the layer.
   *
   * @param poolSize    the window: a number, or [planes, rows, columns]
   * @param strides     its steps, likewise
   * @param padding     'valid' or 'same'
   * @param dataFormat  'channels_last' or 'channels_first'
   * @param name        its name
   * @param dtype       has no effect: it has no variables
   * @throws ValueError  for another padding or format
   */
  constructor(...given: Args<'layers.AveragePooling3D', PoolTaken>) {
    super(avgPool3d, optionsOf<AllOfPooling>(AVERAGE_3D, given));
  }
}

/**
 * A convolution of volumes, with its variables: `name/kernel`, `name/bias`.
 *
 *     const volumes = tf.placeholder(tf.float32, [null, 8, 8, 8, 1]);
 *     tf.layers.conv3d(volumes, 4, 3, { padding: 'same' })   // shape (null, 8, 8, 8, 4)
 *
 * @param inputs               floats, shape [batch, planes, rows, columns, channels], `channels` known
 * @param filters              how many there are: the channels of the result
 * @param kernelSize           their size: a number, or [planes, rows, columns]
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
 * @param name                 its name, which its variables' begin with; `conv3d` where not given
 * @param reuse                whether its variables are those that are there already, of this name
 * @returns  inputs' dtype, shape [batch, planes out, rows out, columns out, filters]
 * @throws ValueError  for inputs of another rank, sizes that are none, another padding or format
 */
export const conv3d = boundOfRank<5>()(
  'layers.conv3d',
  3,
  function conv3d(
    inputs: TensorLike,
    filters: number,
    kernelSize: Size,
    options: DilatedOptions & ReuseOption = {},
  ): Tensor {
    return new Conv3D({ filters, kernelSize, ...ofFunction(options) }).apply(inputs);
  },
);
/**
 * The transpose of a convolution of volumes, with its variables: `name/kernel`, `name/bias`.
 *
 *     const small = tf.zeros([1, 4, 4, 4, 2]);
 *     tf.layers.conv3dTranspose(small, 1, 3, { strides: 2, padding: 'same' })   // shape (1, 8, 8, 8, 1)
 *
 * @param inputs               floats, shape [batch, planes, rows, columns, channels], `channels` known
 * @param filters              how many there are: the channels of the result
 * @param kernelSize           their size: a number, or [planes, rows, columns]
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
 * @param name                 its name, which its variables' begin with; `conv3d_transpose` where not given
 * @param reuse                whether its variables are those that are there already, of this name
 * @returns  inputs' dtype, shape [batch, planes out, rows out, columns out, filters]
 * @throws ValueError  for inputs of another rank, sizes that are none, another padding or format
 */
export const conv3dTranspose = boundOfRank<5>()(
  'layers.conv3d_transpose',
  3,
  function conv3dTranspose(
    inputs: TensorLike,
    filters: number,
    kernelSize: Size,
    options: ConvolutionOptions & ReuseOption = {},
  ): Tensor {
    return new Conv3DTranspose({ filters, kernelSize, ...ofFunction(options) }).apply(inputs);
  },
);
/**
 * The largest of each window of volumes.
 *
 *     tf.layers.maxPooling3d(tf.zeros([1, 8, 8, 8, 3]), 2, 2)   // shape (1, 4, 4, 4, 3)
 *
 * @param inputs      floats, shape [batch, planes, rows, columns, channels]
 * @param poolSize    the window: a number, or [planes, rows, columns]
 * @param strides     its steps, likewise
 * @param padding     'valid' or 'same'; 'valid' where not given
 * @param dataFormat  'channels_last' or 'channels_first'; 'channels_last' where not given
 * @param name        the layer's name
 * @returns  inputs' dtype, shape [batch, planes out, rows out, columns out, channels]
 * @throws ValueError  for inputs of another rank, or another padding or format
 */
export const maxPooling3d = boundOfRank<5>()(
  'layers.max_pooling3d',
  3,
  function maxPooling3d(inputs: TensorLike, poolSize: Size, strides: Size, options: PoolingOptions = {}): Tensor {
    return new MaxPooling3D({ poolSize, strides, ...options }).apply(inputs);
  },
);
/**
 * The mean of each window of volumes.
 *
 *     tf.layers.averagePooling3d([[[[[1], [3]]]]], [1, 1, 2], 1)   // [[[[[2]]]]]
 *
 * @param inputs      floats, shape [batch, planes, rows, columns, channels]
 * @param poolSize    the window: a number, or [planes, rows, columns]
 * @param strides     its steps, likewise
 * @param padding     'valid' or 'same'; 'valid' where not given
 * @param dataFormat  'channels_last' or 'channels_first'; 'channels_last' where not given
 * @param name        the layer's name
 * @returns  inputs' dtype, shape [batch, planes out, rows out, columns out, channels]
 * @throws ValueError  for inputs of another rank, or another padding or format
 */
export const averagePooling3d = boundOfRank<5>()(
  'layers.average_pooling3d',
  3,
  function averagePooling3d(inputs: TensorLike, poolSize: Size, strides: Size, options: PoolingOptions = {}): Tensor {
    return new AveragePooling3D({ poolSize, strides, ...options }).apply(inputs);
  },
);
