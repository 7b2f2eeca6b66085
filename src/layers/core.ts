/** Layers without variables: dropout, and pictures as rows. */
import { checkList } from '../base/border';
import { type DTypeLike, int32 } from '../base/dtype';
import { type Args, constructorOf } from '../calls/bind';
import { apply } from '../graph/apply';
import { type TensorLike, convertToTensor, isConvertible } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { dropout as drop } from '../nn/dropout';
import { boundLike, boundOfRank } from '../ops/known-calls';
import { element, shapeOf, transpose } from '../ops/words';
import { channelsFirst, optionsOf } from './arguments';
import { InputSpec } from './input-spec';
import { Layer } from './layer';
import type { LayerOptions } from './takes';
import { whenTraining } from './training';

/** What `tf.layers.Dropout` takes by name. */
export interface DropoutLayerOptions extends Pick<LayerOptions, 'name' | 'dtype'> {
  /** The chance of an element to be dropped, in [0, 1). */
  readonly rate?: number | Tensor;
  /** Where it has a 1, the elements of that dimension are kept or dropped together; null is the input's own size. */
  readonly noiseShape?: readonly (number | null)[] | Tensor | null;
  /** With the graph's seed it decides the stream. */
  readonly seed?: number | null;
}
type DropoutTaken = [
  rate?: number | Tensor,
  noiseShape?: readonly (number | null)[] | Tensor,
  seed?: number,
  name?: string,
  dtype?: DTypeLike,
];
const DROPOUT = constructorOf<DropoutTaken>('layers.Dropout');
/**
 * Dropout (Srivastava et al. 2014): while training, a share of the elements is 0, and the others are divided by what
 * is kept.
 *
 *     const layer = new tf.layers.Dropout(0.5);
 *     layer.apply(tf.ones([2, 3]), { training: true }).shape   // (2, 3)
 */
export class Dropout extends Layer {
  private readonly options: DropoutLayerOptions;
  /**
   * Makes the layer.
   *
   * @param rate        the chance of an element to be dropped, in [0, 1)
   * @param noiseShape  the shape of the draw, which broadcasts to the input's
   * @param seed        with the graph's seed it decides the stream
   * @param name        its name
   * @param dtype       has no effect: it has no variables
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'layers.Dropout', DropoutTaken>) {
    const options = optionsOf<DropoutLayerOptions>(DROPOUT, given);
    super({ name: options.name, dtype: options.dtype });
    this.options = options;
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | WhileTraining<Tensor>, training?: boolean | Tensor | WhileTraining | null): Tensor;
  override call(x: Tensor, training?: boolean | Tensor): Tensor {
    const { rate = 0.5, noiseShape, seed } = this.options;
    return whenTraining(
      trainingOf(training),
      () => drop(x, null, { rate, noiseShape: noiseOf(x, noiseShape), seed }),
      () => apply('Identity', [x]),
    );
  }
}
/** The shape of the draw, with the input's own sizes where it has none. */
function noiseOf(x: Tensor, shape: DropoutLayerOptions['noiseShape']): Tensor | null {
  if (!shape || shape instanceof Tensor) return shape ?? null;
  checkList(shape, 'noiseShape');
  const sizes = shapeOf(x);
  return convertToTensor(
    shape.map((d, i) => d ?? element(sizes, i)),
    int32,
  );
}
/** What `call` takes by name of a layer that does something else in training. */
export type WhileTraining<X = null> = {
  /** Whether it is training: false where not given. */
  readonly training?: boolean | Tensor | null;
} & (X extends null
  ? unknown
  : {
      /** What the layer takes. */
      readonly inputs: X;
    });
/** Whether it is training. */
export function trainingOf(training: boolean | Tensor | null | undefined): boolean | Tensor {
  return isConvertible(training) ? convertToTensor(training) : (training ?? false);
}
/** What `dropout` takes by name. */
export interface DropoutFunctionOptions extends DropoutLayerOptions {
  /** Whether elements are dropped: false lets the input through. */
  readonly training?: boolean | Tensor;
}
/**
 * Dropout: with `training`, a share of the elements is 0, and the others are divided by what is kept. Without it the
 * input comes through as it is.
 *
 *     tf.layers.dropout([1, 2], 0.5)                                     // [1, 2]
 *     tf.layers.dropout(tf.ones([2, 3]), { rate: 0.4, training: true })  // shape (2, 3)
 *
 * @param inputs      floats, any shape
 * @param rate        the chance of an element to be dropped, in [0, 1); tf.nn.dropout's keepProb is 1 − rate; 0.5
 *   where not given
 * @param noiseShape  the shape of the draw, which broadcasts to the input's
 * @param seed        with the graph's seed it decides the stream
 * @param training    whether elements are dropped: false where not given, or a tensor of bool that a run decides by
 * @param name        the layer's name
 * @returns  inputs' dtype and shape
 * @throws ValueError  if the rate is outside [0, 1)
 */
export const dropout = boundLike(
  'layers.dropout',
  1,
  function dropout(inputs: TensorLike, { training, ...options }: DropoutFunctionOptions = {}): Tensor {
    return new Dropout(options).apply(inputs, training);
  },
);

/** What `tf.layers.Flatten` takes by name. */
export interface FlattenOptions extends Pick<LayerOptions, 'name' | 'dtype'> {
  /** 'channels_last' (where not given) or 'channels_first', which are moved to the end. */
  readonly dataFormat?: string | null;
}
type FlattenTaken = [dataFormat?: string, name?: string, dtype?: DTypeLike];
const FLATTEN = constructorOf<FlattenTaken>('layers.Flatten');
/**
 * Makes rows of pictures: all dimensions but the first become one.
 *
 *     new tf.layers.Flatten().apply(tf.zeros([2, 7, 7, 64])).shape   // (2, 3136)
 */
export class Flatten extends Layer {
  private readonly channelsFirst: boolean;
  /**
   * Makes the layer.
   *
   * @param dataFormat  'channels_last' (where not given) or 'channels_first'
   * @param name        its name
   * @param dtype       has no effect: it has no variables
   * @throws ValueError  for another format
   */
  constructor(...given: Args<'layers.Flatten', FlattenTaken>) {
    const { dataFormat, name, dtype } = optionsOf<FlattenOptions>(FLATTEN, given);
    super({ name, dtype });
    this.channelsFirst = channelsFirst(dataFormat);
    this.inputSpec = new InputSpec({ minNdim: 1 });
  }
  /** The layer's nodes. */
  override call(inputs: Tensor | { readonly inputs: Tensor }): Tensor;
  override call(inputs: Tensor): Tensor {
    const { dims } = inputs.shape;
    const rank = dims!.length;
    const between = Array.from({ length: Math.max(rank - 2, 0) }, (_, i) => i + 2);
    const x = this.channelsFirst && rank > 1 ? transpose(inputs, [0, ...between, 1]) : inputs;
    const batch = x.shape.at(0) || element(shapeOf(x), 0);
    const y = apply('Reshape', [x, [batch, -1]]);
    const rest = dims!.slice(1);
    y.setShape([dims![0], rest.every(Boolean) ? rest.reduce<number>((product, d) => product * d!, 1) : null]);
    return y;
  }
}
/**
 * Makes rows of pictures: all dimensions but the first become one.
 *
 *     const pictures = tf.placeholder(tf.float32, [null, 7, 7, 64]);
 *     tf.layers.flatten(pictures)   // shape (null, 3136)
 *
 * @param inputs      any dtype, of rank 1 or more
 * @param name        the layer's name
 * @param dataFormat  'channels_last', or 'channels_first', which are moved to the end; 'channels_last' where not
 *   given
 * @returns  inputs' dtype, shape [batch, the product of the others]
 * @throws ValueError  if the rank is not known
 */
export const flatten = boundOfRank<2>()(
  'layers.flatten',
  1,
  function flatten(inputs: TensorLike, { name, dataFormat }: FlattenOptions = {}): Tensor {
    return new Flatten({ name, dataFormat }).apply(inputs);
  },
);
