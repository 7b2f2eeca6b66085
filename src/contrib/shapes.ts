/** Layers without weights: pooling, dropout, flattening, one-hot rows, softmax, unit length. */
import { int32, int64 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { ArrayTensor, Tensor } from '../graph/graph';
import { Dropout, Flatten } from '../layers/core';
import type { Layer } from '../layers/layer';
import { AveragePooling2D, MaxPooling2D } from '../layers/pooling';
import { softmax as softmaxOf } from '../ops/softmax';
import { oneHot } from '../ops/one-hot';
import { castTo, shapeOf } from '../ops/words';
import { argScoped, argScopedLike } from './arg-scope';
import { type Names, checkFormat, collectNamedOutputs } from './collections';
import { type Scope, inLayer, inNames } from './layer-scope';
import { modelGetter } from './variables';

type Size = number | readonly number[];
type Pooling = [
  inputs: TensorLike,
  kernelSize: Size,
  stride?: Size,
  padding?: 'same' | 'valid' | 'SAME' | 'VALID',
  dataFormat?: string,
  outputsCollections?: Names,
  scope?: string,
];
type PoolingClass = new (given: {
  readonly poolSize: Size;
  readonly strides: Size;
  readonly padding: 'same' | 'valid' | 'SAME' | 'VALID';
  readonly dataFormat: string;
}) => Layer;
const pooled =
  (type: PoolingClass, fallback: string) =>
  (
    ...[inputs, poolSize, strides = 2, padding = 'VALID', format = 'NHWC', collections, scope]: Pooling
  ): ArrayTensor<number, 4> => {
    const dataFormat = checkFormat(format);
    return inScope(scope, fallback, [inputs], (opened) => {
      const x = convertToTensor(inputs);
      const y = new type({ poolSize, strides, padding, dataFormat }).call(x);
      return collectNamedOutputs(collections, opened, y);
    });
  };
/**
 * The largest of each window of pictures.
 *
 *     tf.contrib.layers.maxPool2d(tf.zeros([1, 28, 28, 3]), 2)   // shape (1, 14, 14, 3)
 *
 * @param inputs              floats, shape [batch, rows, columns, channels]
 * @param kernelSize          the window: a number, or [rows, columns]
 * @param stride              its steps; 2 where not given
 * @param padding             'VALID', where not given, or 'SAME'
 * @param dataFormat          'NHWC', where not given, or 'NCHW', of which the CPU has no kernel
 * @param outputsCollections  collections for the result
 * @param scope               the name of its nodes; `MaxPool2D` where not given
 * @returns  inputs' dtype, shape [batch, rows out, columns out, channels]
 * @throws ValueError  for another format
 */
export const maxPool2d = argScoped('contrib.layers.max_pool2d', pooled(MaxPooling2D, 'MaxPool2D'));
/**
 * The mean of each window of pictures.
 *
 *     tf.contrib.layers.avgPool2d([[[[1], [3]], [[2], [2]]]], 2)   // [[[[2]]]]
 *
 * @param inputs              floats, shape [batch, rows, columns, channels]
 * @param kernelSize          the window: a number, or [rows, columns]
 * @param stride              its steps; 2 where not given
 * @param padding             'VALID', where not given, or 'SAME'
 * @param dataFormat          'NHWC', where not given, or 'NCHW', of which the CPU has no kernel
 * @param outputsCollections  collections for the result
 * @param scope               the name of its nodes; `AvgPool2D` where not given
 * @returns  inputs' dtype, shape [batch, rows out, columns out, channels]
 * @throws ValueError  for another format
 */
export const avgPool2d = argScoped('contrib.layers.avg_pool2d', pooled(AveragePooling2D, 'AvgPool2D'));

type Flattening = [inputs: TensorLike, outputsCollections?: Names, scope?: string];
/**
 * Rows of all but the first dimension.
 *
 *     tf.contrib.layers.flatten([[[1], [2]], [[3], [4]]])   // [[1, 2], [3, 4]]
 *
 * @param inputs              shape [batch, ...]
 * @param outputsCollections  collections for the result
 * @param scope               the name of its nodes; `Flatten` where not given
 * @returns  inputs' dtype, shape [batch, rest]
 * @throws ValueError  for a scalar, and a rank that is not known
 */
export const flatten = argScoped(
  'contrib.layers.flatten',
  (...[inputs, collections, scope]: Flattening): ArrayTensor<number, 2> =>
    inScope(scope, 'Flatten', [inputs], (opened) =>
      collectNamedOutputs(collections, opened, new Flatten().apply(inputs)),
    ),
);

type Dropping = [
  inputs: TensorLike,
  keepProb?: number | Tensor,
  noiseShape?: readonly (number | null)[] | Tensor,
  isTraining?: boolean | Tensor,
  outputsCollections?: Names,
  scope?: Scope,
  seed?: number,
];
/**
 * Keeps an element with a probability, larger by its inverse, and puts 0 in the place of the others.
 *
 *     tf.contrib.layers.dropout([1, 2], 0.5, { isTraining: false })   // [1, 2]
 *
 * @param inputs              floats of any shape
 * @param keepProb            the probability; 0.5 where not given
 * @param noiseShape          the shape of the choices, which are broadcast; that of the inputs where not given
 * @param isTraining          false hands the inputs on; true where not given, or a tensor that a run decides by
 * @param outputsCollections  collections for the result
 * @param scope               its name; `Dropout` where not given
 * @param seed                with the graph's seed it decides the stream
 * @returns  inputs' dtype and shape
 * @throws ValueError  if inputs are not floating point, or the probability is outside (0, 1]
 */
export const dropout = argScopedLike('contrib.layers.dropout', (...given: Dropping): Tensor => {
  const [inputs, keepProb = 0.5, noiseShape, isTraining = true, collections, scope, seed] = given;
  return inLayer(scope, 'Dropout', [inputs], { customGetter: modelGetter() }, (opened) => {
    const x = convertToTensor(inputs);
    const rate = typeof keepProb === 'number' ? 1 - keepProb : convertToTensor(1).sub(keepProb);
    const layer = new Dropout({ rate, noiseShape, seed, name: opened.name });
    const y = inNames(opened, x, () => layer.call(x, isTraining));
    return collectNamedOutputs(collections, opened.name, y);
  });
});

type Encoding = [
  labels: TensorLike,
  numClasses: number,
  onValue?: number,
  offValue?: number,
  outputsCollections?: Names,
  scope?: string,
];
/**
 * A row for each label, 1 at its place.
 *
 *     tf.contrib.layers.oneHotEncoding([0, 2], 3)   // [[1, 0, 0], [0, 0, 1]]
 *
 * @param labels              integers, shape [...]
 * @param numClasses          how long a row is
 * @param onValue             what stands at the label's place; 1 where not given
 * @param offValue            what stands at the others; 0 where not given
 * @param outputsCollections  collections for the result
 * @param scope               the name of its nodes; `OneHotEncoding` where not given
 * @returns  float32, shape [..., numClasses]
 * @throws TypeError   for labels that are no integers
 * @throws ValueError  for a length below 0
 */
export const oneHotEncoding = argScoped('contrib.layers.one_hot_encoding', (...given: Encoding): Tensor => {
  const [labels, numClasses, onValue = 1, offValue = 0, collections, scope] = given;
  return inScope(scope, 'OneHotEncoding', [labels, numClasses], (opened) => {
    const at =
      typeof labels === 'object' && !('graph' in labels) ? convertToTensor(labels, int32) : convertToTensor(labels);
    const places = at.dtype.baseDtype === int32 ? castTo(at, int64, 'ToInt64') : at;
    return collectNamedOutputs(collections, opened, oneHot(places, numClasses, { onValue, offValue }));
  });
});

/**
 * Probabilities along the last dimension: `tf.nn.softmax` of rows.
 *
 *     tf.contrib.layers.softmax([[0, 0]])   // [[0.5, 0.5]]
 *
 * @param logits  floats, shape [batch, ..., classes]
 * @param scope   its name; `softmax` where not given
 * @returns  logits' dtype and shape
 * @throws ValueError  if the last dimension is not known
 */
export const softmax = argScopedLike(
  'contrib.layers.softmax',
  (logits: TensorLike, scope?: Scope): Tensor =>
    inLayer(scope, 'softmax', [logits], {}, () => {
      const x = convertToTensor(logits);
      const last = x.shape.at(-1);
      if (last === null) throw new ValueError('last dimension shape must be known but is None');
      const rows = softmaxOf(apply('Reshape', [x, [-1, last]]));
      const y = apply('Reshape', [rows, shapeOf(x)]);
      y.setShape(x.shape);
      return y;
    }),
);
