/** Maxima and means over windows, as layers. */
import { type Args, constructorOf } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { avgPool, maxPool } from '../ops/pool';
import { boundOfRank, boundPictures } from '../ops/known-calls';
import { channelsFirst, optionsOf, paddingOf, perSpace } from './arguments';
import { InputSpec } from './input-spec';
import { Layer } from './layer';
import type { PoolTaken, Size } from './spatial';
import type { LayerOptions } from './takes';

/** What layers of pooling take after their window and its steps. */
export interface PoolingOptions extends Pick<LayerOptions, 'name' | 'dtype'> {
  /** 'valid' (where not given) or 'same'. */
  readonly padding?: 'same' | 'valid' | 'SAME' | 'VALID';
  /** 'channels_last' (where not given) or 'channels_first'. */
  readonly dataFormat?: string;
}
/** What a layer of pooling is made with, by name. */
export type AllOfPooling = PoolingOptions & { readonly poolSize: Size; readonly strides: Size };
type Pool = typeof maxPool | typeof avgPool;

/** What pools have in common. */
export abstract class Pooling extends Layer {
  protected readonly window: readonly number[];
  protected readonly steps: readonly number[];
  protected readonly padding: 'VALID' | 'SAME';
  protected readonly channelsFirst: boolean;
  protected constructor(
    protected readonly space: 1 | 2 | 3,
    { poolSize, strides, padding = 'valid', dataFormat, name, dtype }: AllOfPooling,
  ) {
    super({ name, dtype });
    this.window = perSpace(poolSize, space, 'pool_size');
    this.steps = perSpace(strides ?? poolSize, space, 'strides');
    this.padding = paddingOf(padding);
    this.channelsFirst = channelsFirst(dataFormat);
    this.inputSpec = new InputSpec({ ndim: space + 2 });
  }
}
/** Pools of lines and pictures. */
export abstract class PicturePooling extends Pooling {
  protected constructor(
    private readonly pool: Pool,
    space: 1 | 2,
    options: AllOfPooling,
  ) {
    super(space, options);
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(x: Tensor): Tensor {
    const { space, padding } = this;
    const dataFormat = this.channelsFirst ? 'NCHW' : 'NHWC';
    const run = (of: Tensor, window: readonly number[], steps: readonly number[]): Tensor => {
      const around = (sizes: readonly number[]): number[] => (this.channelsFirst ? [1, 1, ...sizes] : [1, ...sizes, 1]);
      return this.pool(of, around(window), around(steps), padding, { dataFormat });
    };
    if (space === 2) return run(x, this.window, this.steps);
    // A line is a picture of one column.
    const column = this.channelsFirst ? 3 : 2;
    const y = run(apply('ExpandDims', [x, column]), [...this.window, 1], [...this.steps, 1]);
    return apply('Squeeze', [y], { squeeze_dims: [column] });
  }
}
const MAX_1D = constructorOf<PoolTaken>('layers.MaxPooling1D');
const MAX_2D = constructorOf<PoolTaken>('layers.MaxPooling2D');
const AVERAGE_1D = constructorOf<PoolTaken>('layers.AveragePooling1D');
const AVERAGE_2D = constructorOf<PoolTaken>('layers.AveragePooling2D');
/**
 * The largest of each window along a line.
 *
 *     new tf.layers.MaxPooling1D(2, 2).apply([[[1], [3], [2], [0]]])   // [[[3], [2]]]
 */
export class MaxPooling1D extends PicturePooling {
  /**
   * Makes the layer.
   *
   * @param poolSize    the window
   * @param strides     its steps
   * @param padding     'valid' or 'same'
   * @param dataFormat  'channels_last' or 'channels_first'
   * @param name        its name
   * @param dtype       has no effect: it has no variables
   * @throws ValueError  for another padding or format
   */
  constructor(...given: Args<'layers.MaxPooling1D', PoolTaken>) {
    super(maxPool, 1, optionsOf<AllOfPooling>(MAX_1D, given));
  }
}
/**
 * The largest of each window of pictures.
 *
 *     new tf.layers.MaxPooling2D(2, 2).apply(tf.zeros([1, 28, 28, 3])).shape   // (1, 14, 14, 3)
 */
export class MaxPooling2D extends PicturePooling {
  /**
   * Makes the layer.
   *
   * @param poolSize    the window: a number, or [rows, columns]
   * @param strides     its steps, likewise
   * @param padding     'valid' or 'same'
   * @param dataFormat  'channels_last' or 'channels_first'
   * @param name        its name
   * @param dtype       has no effect: it has no variables
   * @throws ValueError  for another padding or format
   */
  constructor(...given: Args<'layers.MaxPooling2D', PoolTaken>) {
    super(maxPool, 2, optionsOf<AllOfPooling>(MAX_2D, given));
  }
}
/**
 * The mean of each window along a line.
 *
 *     new tf.layers.AveragePooling1D(2, 2).apply([[[1], [3], [2], [0]]])   // [[[2], [1]]]
 */
export class AveragePooling1D extends PicturePooling {
  /**
   * Makes the layer.
   *
   * @param poolSize    the window
   * @param strides     its steps
   * @param padding     'valid' or 'same'
   * @param dataFormat  'channels_last' or 'channels_first'
   * @param name        its name
   * @param dtype       has no effect: it has no variables
   * @throws ValueError  for another padding or format
   */
  constructor(...given: Args<'layers.AveragePooling1D', PoolTaken>) {
    super(avgPool, 1, optionsOf<AllOfPooling>(AVERAGE_1D, given));
  }
}
/**
 * The mean of each window of pictures.
 *
 *     new tf.layers.AveragePooling2D(2, 2).apply([[[[1], [3]], [[2], [2]]]])   // [[[[2]]]]
 */
export class AveragePooling2D extends PicturePooling {
  /**
   * Makes the layer.
   *
   * @param poolSize    the window: a number, or [rows, columns]
   * @param strides     its steps, likewise
   * @param padding     'valid' or 'same'
   * @param dataFormat  'channels_last' or 'channels_first'
   * @param name        its name
   * @param dtype       has no effect: it has no variables
   * @throws ValueError  for another padding or format
   */
  constructor(...given: Args<'layers.AveragePooling2D', PoolTaken>) {
    super(avgPool, 2, optionsOf<AllOfPooling>(AVERAGE_2D, given));
  }
}

/**
 * The largest of each window along a line.
 *
 *     tf.layers.maxPooling1d([[[1], [3], [2], [0]]], 2, 2)   // [[[3], [2]]]
 *
 * @param inputs      floats, shape [batch, length, channels]
 * @param poolSize    the window
 * @param strides     its steps
 * @param padding     'valid' or 'same'; 'valid' where not given
 * @param dataFormat  'channels_last' or 'channels_first'; 'channels_last' where not given
 * @param name        the layer's name
 * @returns  inputs' dtype, shape [batch, places, channels]
 * @throws ValueError  for inputs of another rank, or another padding or format
 */
export const maxPooling1d = boundOfRank<3>()(
  'layers.max_pooling1d',
  3,
  function maxPooling1d(inputs: TensorLike, poolSize: Size, strides: Size, options: PoolingOptions = {}): Tensor {
    return new MaxPooling1D({ poolSize, strides, ...options }).apply(inputs);
  },
);
/**
 * The largest of each window of pictures.
 *
 *     tf.layers.maxPooling2d(tf.zeros([1, 28, 28, 3]), 2, 2)   // shape (1, 14, 14, 3)
 *
 * @param inputs      floats, shape [batch, rows, columns, channels]
 * @param poolSize    the window: a number, or [rows, columns]
 * @param strides     its steps, likewise
 * @param padding     'valid' or 'same'; 'valid' where not given
 * @param dataFormat  'channels_last' or 'channels_first', of which the CPU has no kernel; 'channels_last' where not
 *   given
 * @param name        the layer's name
 * @returns  inputs' dtype, shape [batch, rows out, columns out, channels]
 * @throws ValueError  for inputs of another rank, or another padding or format
 */
export const maxPooling2d = boundPictures(
  'layers.max_pooling2d',
  3,
  function maxPooling2d(inputs: TensorLike, poolSize: Size, strides: Size, options: PoolingOptions = {}): Tensor {
    return new MaxPooling2D({ poolSize, strides, ...options }).apply(inputs);
  },
);
/**
 * The mean of each window along a line.
 *
 *     tf.layers.averagePooling1d([[[1], [3], [2], [0]]], 2, 2)   // [[[2], [1]]]
 *
 * @param inputs      floats, shape [batch, length, channels]
 * @param poolSize    the window
 * @param strides     its steps
 * @param padding     'valid' or 'same'; 'valid' where not given
 * @param dataFormat  'channels_last' or 'channels_first'; 'channels_last' where not given
 * @param name        the layer's name
 * @returns  inputs' dtype, shape [batch, places, channels]
 * @throws ValueError  for inputs of another rank, or another padding or format
 */
export const averagePooling1d = boundOfRank<3>()(
  'layers.average_pooling1d',
  3,
  function averagePooling1d(inputs: TensorLike, poolSize: Size, strides: Size, options: PoolingOptions = {}): Tensor {
    return new AveragePooling1D({ poolSize, strides, ...options }).apply(inputs);
  },
);
/**
 * The mean of each window of pictures.
 *
 *     tf.layers.averagePooling2d([[[[1], [3]], [[2], [2]]]], 2, 2)   // [[[[2]]]]
 *
 * @param inputs      floats, shape [batch, rows, columns, channels]
 * @param poolSize    the window: a number, or [rows, columns]
 * @param strides     its steps, likewise
 * @param padding     'valid' or 'same'; 'valid' where not given
 * @param dataFormat  'channels_last' or 'channels_first', of which the CPU has no kernel; 'channels_last' where not
 *   given
 * @param name        the layer's name
 * @returns  inputs' dtype, shape [batch, rows out, columns out, channels]
 * @throws ValueError  for inputs of another rank, or another padding or format
 */
export const averagePooling2d = boundPictures(
  'layers.average_pooling2d',
  3,
  function averagePooling2d(inputs: TensorLike, poolSize: Size, strides: Size, options: PoolingOptions = {}): Tensor {
    return new AveragePooling2D({ poolSize, strides, ...options }).apply(inputs);
  },
);
