/** Layers of weights and biases: fully connected ones and convolutions. */
import { callWith } from '../base/border';
import { ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { type TensorLike, convertToTensor, toTensor } from '../graph/constant';
import type { ArrayTensor, Tensor } from '../graph/graph';
import { Conv1D, Conv2D, Conv2DTranspose } from '../layers/convolution';
import { Dense } from '../layers/dense';
import type { WeightsLayer } from '../layers/weights';
import { relu as reluOf, relu6 as relu6Of } from '../ops/activation';
import type { Initializer, Regularizer, Reuse, VariableScope } from '../variables/variable-scope';
import { xavierInitializer, zerosInitializer } from '../variables/initializers';
import { argScoped, argScopedLike } from './arg-scope';
import { type Names, type VariablesCollections, addVariable, checkFormat, collectNamedOutputs } from './collections';
import { type Scope, inLayer } from './layer-scope';
import { modelGetter } from './variables';

/** Is applied to what a layer gives; null for nothing. */
export type ActivationFn = (x: Tensor) => Tensor;
/** Stands between the product and the activation, in the place of biases, as `tf.contrib.layers.batchNorm`. */
export type NormalizerFn = (x: Tensor, ...params: never[]) => Tensor;
type Size = number | readonly number[];
/** What all of them take behind what is their own. */
export type Weighing = [
  activationFn?: ActivationFn | null,
  normalizerFn?: NormalizerFn,
  normalizerParams?: object,
  weightsInitializer?: Initializer,
  weightsRegularizer?: Regularizer,
  biasesInitializer?: Initializer | null,
  biasesRegularizer?: Regularizer,
  reuse?: Reuse,
  variablesCollections?: VariablesCollections,
  outputsCollections?: Names,
  trainable?: boolean,
  scope?: Scope,
];
/** What the class of a layer is made with. */
interface Given {
  readonly useBias: boolean;
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer | null;
  readonly kernelRegularizer?: Regularizer;
  readonly biasRegularizer?: Regularizer;
  readonly trainable: boolean;
  readonly name: string;
  readonly dtype: Tensor['dtype'];
  readonly _scope: VariableScope;
  readonly _reuse: Reuse | null;
}
const rectified: ActivationFn = reluOf;
const RENAMED = { bias: 'biases', kernel: 'weights' } as const;

function weighted(
  inputs: TensorLike,
  fallback: string,
  make: (x: Tensor, given: Given) => WeightsLayer,
  weighing: Weighing,
): Tensor {
  const [activationFn = rectified, normalizerFn, normalizerParams, ...more] = weighing;
  const [weightsInitializer, weightsRegularizer, biasesInitializer, biasesRegularizer, reuse = null, ...rest] = more;
  const [variablesCollections, outputsCollections, trainable = true, scope] = rest;
  return inLayer(scope, fallback, [inputs], { reuse, customGetter: modelGetter(RENAMED) }, (opened) => {
    const x = convertToTensor(inputs);
    const layer = make(x, {
      useBias: !normalizerFn && biasesInitializer !== null,
      kernelInitializer: weightsInitializer ?? xavierInitializer(),
      biasInitializer: biasesInitializer ?? zerosInitializer(),
      kernelRegularizer: weightsRegularizer,
      biasRegularizer: biasesRegularizer,
      trainable,
      name: opened.name,
      dtype: x.dtype.baseDtype,
      _scope: opened,
      _reuse: reuse,
    });
    let y = layer.apply(x);
    addVariable(layer.kernel, variablesCollections, 'weights');
    addVariable(layer.bias, variablesCollections, 'biases');
    if (normalizerFn) y = toTensor(callWith(normalizerFn, normalizerParams ? [y, normalizerParams] : [y]));
    if (activationFn !== null) y = activationFn(y);
    return collectNamedOutputs(outputsCollections, opened.name, y);
  });
}

/**
 * A fully connected layer, activation(inputs · weights + biases), with its variables: `scope/weights`, `scope/biases`.
 *
 *     const x = tf.placeholder(tf.float32, [null, 784]);
 *     const hidden = tf.contrib.layers.fullyConnected(x, 100);   // shape (null, 100)
 *     const logits = tf.contrib.layers.fullyConnected(hidden, 10, { activationFn: null, scope: 'logits' });
 *     tf.modelVariables().length   // 4
 *
 * @param inputs                floats, shape [batch, ..., in], `in` known
 * @param numOutputs            the size of the result's last dimension
 * @param activationFn          is applied to the result: `tf.nn.relu` where not given, null for nothing
 * @param normalizerFn          is applied before, in the place of biases
 * @param normalizerParams      settings for it
 * @param weightsInitializer    what the weights start from; Glorot's uniform one where not given
 * @param weightsRegularizer    gives a penalty on them, which goes into the collection REGULARIZATION_LOSSES
 * @param biasesInitializer     what the biases start from: zeros where not given, null for no biases
 * @param biasesRegularizer     gives a penalty on them
 * @param reuse                 whether its variables are those that are there already, of this scope
 * @param variablesCollections  collections for its variables, for all or by `weights` and `biases`
 * @param outputsCollections    collections for its result
 * @param trainable             whether optimizers change its variables; true where not given
 * @param scope                 its name, which its variables' begin with; `fully_connected` where not given
 * @returns  inputs' dtype, shape [batch, ..., numOutputs]
 * @throws ValueError  for a `numOutputs` that is no whole number, or a last dimension that is not known
 */
export const fullyConnected = argScopedLike('contrib.layers.fully_connected', connected);
function connected(inputs: TensorLike, numOutputs: number, ...weighing: Weighing): ArrayTensor {
  if (!Number.isInteger(numOutputs))
    throw new ValueError(`num_outputs type should be one of [<class 'int'>], got ${preview(numOutputs)}.`);
  return weighted(inputs, 'fully_connected', (_, given) => new Dense({ units: numOutputs, ...given }), weighing);
}
type WithoutActivation = Weighing extends readonly [unknown?, ...infer R] ? R : never;
/**
 * `tf.contrib.layers.fullyConnected` without an activation.
 *
 *     tf.contrib.layers.linear([[1, 2]], 2, { weightsInitializer: tf.onesInitializer() })   // [[3, 3]]
 *
 * @param inputs                floats, shape [batch, ..., in], `in` known
 * @param numOutputs            the size of the result's last dimension
 * @param normalizerFn          is applied to the result, in the place of biases
 * @param normalizerParams      settings for it
 * @param weightsInitializer    what the weights start from; Glorot's uniform one where not given
 * @param weightsRegularizer    gives a penalty on them
 * @param biasesInitializer     what the biases start from: zeros where not given, null for no biases
 * @param biasesRegularizer     gives a penalty on them
 * @param reuse                 whether its variables are those that are there already, of this scope
 * @param variablesCollections  collections for its variables, for all or by `weights` and `biases`
 * @param outputsCollections    collections for its result
 * @param trainable             whether optimizers change its variables; true where not given
 * @param scope                 its name; `fully_connected` where not given
 * @returns  inputs' dtype, shape [batch, ..., numOutputs]
 * @throws ValueError  as `fullyConnected`
 */
export const linear = argScopedLike(
  'contrib.layers.linear',
  (inputs: TensorLike, numOutputs: number, ...more: WithoutActivation): ArrayTensor =>
    connected(inputs, numOutputs, null, ...more),
);
/**
 * `tf.contrib.layers.fullyConnected` with `tf.nn.relu`.
 *
 *     tf.contrib.layers.relu([[1, -2]], 2, { weightsInitializer: tf.onesInitializer() })   // [[0, 0]]
 *
 * @param inputs                floats, shape [batch, ..., in], `in` known
 * @param numOutputs            the size of the result's last dimension
 * @param normalizerFn          is applied before, in the place of biases
 * @param normalizerParams      settings for it
 * @param weightsInitializer    what the weights start from; Glorot's uniform one where not given
 * @param weightsRegularizer    gives a penalty on them
 * @param biasesInitializer     what the biases start from: zeros where not given, null for no biases
 * @param biasesRegularizer     gives a penalty on them
 * @param reuse                 whether its variables are those that are there already, of this scope
 * @param variablesCollections  collections for its variables, for all or by `weights` and `biases`
 * @param outputsCollections    collections for its result
 * @param trainable             whether optimizers change its variables; true where not given
 * @param scope                 its name; `fully_connected` where not given
 * @returns  inputs' dtype, shape [batch, ..., numOutputs]
 * @throws ValueError  as `fullyConnected`
 */
export const relu = argScopedLike(
  'contrib.layers.relu',
  (inputs: TensorLike, numOutputs: number, ...more: WithoutActivation): ArrayTensor =>
    connected(inputs, numOutputs, reluOf, ...more),
);
/**
 * `tf.contrib.layers.fullyConnected` with `tf.nn.relu6`.
 *
 *     tf.contrib.layers.relu6([[4, 5]], 1, { weightsInitializer: tf.onesInitializer() })   // [[6]]
 *
 * @param inputs                floats, shape [batch, ..., in], `in` known
 * @param numOutputs            the size of the result's last dimension
 * @param normalizerFn          is applied before, in the place of biases
 * @param normalizerParams      settings for it
 * @param weightsInitializer    what the weights start from; Glorot's uniform one where not given
 * @param weightsRegularizer    gives a penalty on them
 * @param biasesInitializer     what the biases start from: zeros where not given, null for no biases
 * @param biasesRegularizer     gives a penalty on them
 * @param reuse                 whether its variables are those that are there already, of this scope
 * @param variablesCollections  collections for its variables, for all or by `weights` and `biases`
 * @param outputsCollections    collections for its result
 * @param trainable             whether optimizers change its variables; true where not given
 * @param scope                 its name; `fully_connected` where not given
 * @returns  inputs' dtype, shape [batch, ..., numOutputs]
 * @throws ValueError  as `fullyConnected`
 */
export const relu6 = argScopedLike(
  'contrib.layers.relu6',
  (inputs: TensorLike, numOutputs: number, ...more: WithoutActivation): ArrayTensor =>
    connected(inputs, numOutputs, relu6Of, ...more),
);

type Convolving = [
  stride?: Size,
  padding?: 'same' | 'valid' | 'SAME' | 'VALID',
  dataFormat?: string,
  rate?: Size,
  ...weighing: Weighing,
];
const FORMATS = ['NWC', 'NCW', 'NHWC', 'NCHW', 'NDHWC', 'NCDHW'];
function convolved(
  rank: number | null,
  inputs: TensorLike,
  numOutputs: number,
  kernelSize: Size,
  ...[stride = 1, padding = 'SAME', dataFormat, rate = 1, ...weighing]: Convolving
): Tensor {
  if (dataFormat !== undefined && !FORMATS.includes(dataFormat))
    throw new ValueError(`Invalid data_format: ${preview(dataFormat)}`);
  const format = dataFormat?.startsWith('NC') ? 'channels_first' : 'channels_last';
  const make = (x: Tensor, given: Given): WeightsLayer => {
    if (rank !== null && x.shape.rank !== rank)
      throw new ValueError(`Convolution expects input with rank ${rank}, got ${x.shape.rank}`);
    const type = x.shape.rank === 3 ? Conv1D : x.shape.rank === 4 ? Conv2D : null;
    if (!type) throw new ValueError(`Convolution not supported for input with rank ${x.shape.rank}`);
    const sizes = { filters: numOutputs, kernelSize, strides: stride, dilationRate: rate };
    return new type({ ...sizes, padding, dataFormat: format, ...given });
  };
  return weighted(inputs, 'Conv', make, weighing);
}
/**
 * A convolution, activation(inputs * weights + biases), with its variables: `scope/weights`, `scope/biases`.
 *
 *     const x = tf.placeholder(tf.float32, [null, 28, 28, 1]);
 *     tf.contrib.layers.conv2d(x, 32, 5)   // shape (null, 28, 28, 32)
 *
 * @param inputs                floats, shape [batch, rows, columns, channels]
 * @param numOutputs            how many filters there are
 * @param kernelSize            their size: a number, or [rows, columns]
 * @param stride                steps between their places; 1 where not given
 * @param padding               'SAME', where not given, or 'VALID'
 * @param dataFormat            'NHWC', where not given, or 'NCHW', of which the CPU has no kernel
 * @param rate                  steps between the taps of a filter; 1 where not given
 * @param activationFn          is applied to the result: `tf.nn.relu` where not given, null for nothing
 * @param normalizerFn          is applied before, in the place of biases
 * @param normalizerParams      settings for it
 * @param weightsInitializer    what the weights start from; Glorot's uniform one where not given
 * @param weightsRegularizer    gives a penalty on them
 * @param biasesInitializer     what the biases start from: zeros where not given, null for no biases
 * @param biasesRegularizer     gives a penalty on them
 * @param reuse                 whether its variables are those that are there already, of this scope
 * @param variablesCollections  collections for its variables, for all or by `weights` and `biases`
 * @param outputsCollections    collections for its result
 * @param trainable             whether optimizers change its variables; true where not given
 * @param scope                 its name; `Conv` where not given
 * @returns  inputs' dtype, shape [batch, rows out, columns out, numOutputs]
 * @throws ValueError  for inputs of another rank, or another format
 */
export const convolution2d = argScoped(
  'contrib.layers.convolution2d',
  (inputs: TensorLike, numOutputs: number, kernelSize: Size, ...more: Convolving): ArrayTensor<number, 4> =>
    convolved(4, inputs, numOutputs, kernelSize, ...more),
);
/**
 * A convolution along a line, with its variables: `scope/weights`, `scope/biases`.
 *
 *     tf.contrib.layers.conv1d(tf.zeros([1, 9, 2]), 3, 2)   // shape (1, 9, 3)
 *
 * @param inputs                floats, shape [batch, length, channels]
 * @param numOutputs            how many filters there are
 * @param kernelSize            their length
 * @param stride                steps between their places; 1 where not given
 * @param padding               'SAME', where not given, or 'VALID'
 * @param dataFormat            'NWC', where not given, or 'NCW'
 * @param rate                  steps between the taps of a filter; 1 where not given
 * @param activationFn          is applied to the result: `tf.nn.relu` where not given, null for nothing
 * @param normalizerFn          is applied before, in the place of biases
 * @param normalizerParams      settings for it
 * @param weightsInitializer    what the weights start from; Glorot's uniform one where not given
 * @param weightsRegularizer    gives a penalty on them
 * @param biasesInitializer     what the biases start from: zeros where not given, null for no biases
 * @param biasesRegularizer     gives a penalty on them
 * @param reuse                 whether its variables are those that are there already, of this scope
 * @param variablesCollections  collections for its variables, for all or by `weights` and `biases`
 * @param outputsCollections    collections for its result
 * @param trainable             whether optimizers change its variables; true where not given
 * @param scope                 its name; `Conv` where not given
 * @returns  inputs' dtype, shape [batch, places, numOutputs]
 * @throws ValueError  for inputs of another rank, or another format
 */
export const convolution1d = argScoped(
  'contrib.layers.convolution1d',
  (inputs: TensorLike, numOutputs: number, kernelSize: Size, ...more: Convolving): ArrayTensor<number, 4> =>
    convolved(3, inputs, numOutputs, kernelSize, ...more),
);

type Transposing = [
  stride?: Size,
  padding?: 'same' | 'valid' | 'SAME' | 'VALID',
  dataFormat?: string,
  ...weighing: Weighing,
];
/**
 * A transposed convolution, which makes pictures larger, with its variables: `scope/weights`, `scope/biases`.
 *
 *     tf.contrib.layers.conv2dTranspose(tf.zeros([1, 3, 3, 2]), 4, 3, { stride: 2 })   // shape (1, 6, 6, 4)
 *
 * @param inputs                floats, shape [batch, rows, columns, channels]
 * @param numOutputs            how many filters there are
 * @param kernelSize            their size: a number, or [rows, columns]
 * @param stride                how many places a pixel becomes; 1 where not given
 * @param padding               'SAME', where not given, or 'VALID'
 * @param dataFormat            'NHWC', where not given, or 'NCHW', of which the CPU has no kernel
 * @param activationFn          is applied to the result: `tf.nn.relu` where not given, null for nothing
 * @param normalizerFn          is applied before, in the place of biases
 * @param normalizerParams      settings for it
 * @param weightsInitializer    what the weights start from; Glorot's uniform one where not given
 * @param weightsRegularizer    gives a penalty on them
 * @param biasesInitializer     what the biases start from: zeros where not given, null for no biases
 * @param biasesRegularizer     gives a penalty on them
 * @param reuse                 whether its variables are those that are there already, of this scope
 * @param variablesCollections  collections for its variables, for all or by `weights` and `biases`
 * @param outputsCollections    collections for its result
 * @param trainable             whether optimizers change its variables; true where not given
 * @param scope                 its name; `Conv2d_transpose` where not given
 * @returns  inputs' dtype, shape [batch, rows out, columns out, numOutputs]
 * @throws ValueError  for inputs of another rank, or another format
 */
export const convolution2dTranspose = argScoped(
  'contrib.layers.convolution2d_transpose',
  (inputs: TensorLike, numOutputs: number, kernelSize: Size, ...more: Transposing): ArrayTensor<number, 4> => {
    const [stride = 1, padding = 'SAME', dataFormat = 'NHWC', ...weighing] = more;
    const sizes = { filters: numOutputs, kernelSize, strides: stride, padding };
    const make = (_: Tensor, given: Given): WeightsLayer =>
      new Conv2DTranspose({ ...sizes, dataFormat: checkFormat(dataFormat), ...given });
    return weighted(inputs, 'Conv2d_transpose', make, weighing);
  },
);
