/** Layer normalization, and biases on their own. */
import { float16 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { isFull } from '../base/shape';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { ArrayTensor, Tensor } from '../graph/graph';
import { batchNormalization, moments } from '../nn/normalize';
import { biasAdd as addBias } from '../ops/bias';
import { onesInitializer, zerosInitializer } from '../variables/initializers';
import type { Initializer, Regularizer, Reuse } from '../variables/variable-scope';
import type { Variable } from '../variables/variable';
import { argScopedLike } from './arg-scope';
import { type Names, type VariablesCollections, checkFormat, collectionsFor, collectNamedOutputs } from './collections';
import { type Scope, inLayer } from './layer-scope';
import { modelVariable } from './variables';
import type { ActivationFn } from './weights';

type Normalizing = [
  inputs: TensorLike,
  center?: boolean,
  scale?: boolean,
  activationFn?: ActivationFn | null,
  reuse?: Reuse,
  variablesCollections?: VariablesCollections,
  outputsCollections?: Names,
  trainable?: boolean,
  beginNormAxis?: number,
  beginParamsAxis?: number,
  scope?: Scope,
];
/**
 * Layer normalization (Ba, Kiros and Hinton 2016): each row by its own mean and variance.
 *
 *     tf.contrib.layers.layerNorm([[1, 3]])   // [[-1, 1]]
 *
 * @param inputs                floats, shape [batch, ...]
 * @param center                whether `beta` is added; true where not given
 * @param scale                 whether the result is multiplied by `gamma`; true where not given
 * @param activationFn          is applied to the result
 * @param reuse                 whether its variables are those that are there already, of this scope
 * @param variablesCollections  collections for its variables, for all or by `beta` and `gamma`
 * @param outputsCollections    collections for its result
 * @param trainable             whether optimizers change its variables; true where not given
 * @param beginNormAxis         the first dimension that mean and variance are taken over; 1 where not given
 * @param beginParamsAxis       the first dimension that `beta` and `gamma` have; −1 where not given
 * @param scope                 its name; `LayerNorm` where not given
 * @returns  inputs' dtype and shape
 * @throws ValueError  if the rank or a size that `beta` has is not known
 */
export const layerNorm = argScopedLike('contrib.layers.layer_norm', (...given: Normalizing): ArrayTensor => {
  const [inputs, center = true, scale = true, activationFn, reuse = null, variables, outputs, ...more] = given;
  const [trainable = true, beginNorm = 1, beginParams = -1, scope] = more;
  return inLayer(scope, 'LayerNorm', [inputs], { reuse }, (opened) => {
    const x = convertToTensor(inputs);
    const { dims } = x.shape;
    if (!dims) throw new ValueError(`Inputs ${x.name} has undefined rank.`);
    const rank = dims.length;
    const first = beginNorm < 0 ? rank + beginNorm : beginNorm;
    if (beginParams >= rank || first >= rank)
      throw new ValueError(
        `begin_params_axis (${beginParams}) and begin_norm_axis (${first}) must be < rank(inputs) (${rank})`,
      );
    const shape = dims.slice(beginParams);
    if (!isFull(shape))
      throw new ValueError(`Inputs ${x.name}: shape(inputs)[${beginParams}:] is not fully defined: ${x.shape}`);
    const weight = (name: string, initializer: Initializer): Variable =>
      modelVariable(name, shape, {
        dtype: x.dtype.baseDtype,
        initializer,
        collections: collectionsFor(variables, name),
        trainable,
      });
    const beta = center ? weight('beta', zerosInitializer()) : null;
    const gamma = scale ? weight('gamma', onesInitializer()) : null;
    // An axis that is none is refused with the mean, whatever follows it.
    const axes = first < -rank ? [first] : Array.from({ length: rank - first }, (_, i) => first + i);
    const { mean, variance } = moments(x, axes, { keepDims: true });
    const epsilon = x.dtype.baseDtype === float16 ? 1e-3 : 1e-12;
    const y = batchNormalization(x, mean, variance, beta, gamma, epsilon);
    y.setShape(x.shape);
    return collectNamedOutputs(outputs, opened.name, activationFn ? activationFn(y) : y);
  });
});

type Biasing = [
  inputs: TensorLike,
  activationFn?: ActivationFn | null,
  initializer?: Initializer,
  regularizer?: Regularizer,
  reuse?: Reuse,
  variablesCollections?: VariablesCollections,
  outputsCollections?: Names,
  trainable?: boolean,
  dataFormat?: string,
  scope?: Scope,
];
/**
 * Adds biases of its own to the features.
 *
 *     tf.contrib.layers.biasAdd([[1, 2]], { initializer: tf.onesInitializer() })   // [[2, 3]]
 *
 * @param inputs                floats, shape [batch, ..., features]
 * @param activationFn          is applied to the result
 * @param initializer           what the biases start from; zeros where not given
 * @param regularizer           gives a penalty on them
 * @param reuse                 whether its variable is the one that is there already, of this scope
 * @param variablesCollections  collections for its variable
 * @param outputsCollections    collections for its result
 * @param trainable             whether optimizers change it; true where not given
 * @param dataFormat            'NHWC', where not given, or 'NCHW'
 * @param scope                 its name; `BiasAdd` where not given
 * @returns  inputs' dtype and shape
 * @throws ValueError  if the rank, or the number of features, is not known
 */
export const biasAdd = argScopedLike('contrib.layers.bias_add', (...given: Biasing): Tensor => {
  const [inputs, activationFn, initializer, regularizer, reuse = null, variables, outputs, ...more] = given;
  const [trainable = true, dataFormat = 'NHWC', scope] = more;
  const first = checkFormat(dataFormat) === 'channels_first';
  return inLayer(scope, 'BiasAdd', [inputs], { reuse }, (opened) => {
    const x = convertToTensor(inputs);
    if (x.shape.rank === null) throw new ValueError('Dims of shape must be known but is None');
    if (x.shape.rank !== 4 && first) throw new ValueError('Data format NCHW only supports 4D Tensor');
    const size = x.shape.at(first ? 1 : -1);
    if (size === null) throw new ValueError('`C` dimension must be known but is None');
    const biases = modelVariable('biases', [size], {
      dtype: x.dtype.baseDtype,
      initializer: initializer ?? zerosInitializer(),
      regularizer,
      collections: collectionsFor(variables, 'biases'),
      trainable,
    });
    const y = addBias(x, biases, { dataFormat: first ? 'NCHW' : 'NHWC' });
    return collectNamedOutputs(outputs, opened.name, activationFn ? activationFn(y) : y);
  });
});
