/** Activations. Those that TensorFlow differentiates from their outputs say so in their gradient. */
import { float32 } from '../base/dtype';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, type NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { GradContext, Grad, GradFn, OpRow, Rows } from '../graph/opdef';
import { allSame, unchanged } from '../graph/shape-fn';
import type { NameOption } from './options';
import { after, select, shapeOf, zeros, zerosLike } from './words';
import { boundLike, boundLikeArray } from './known-calls';

function activation(grad: GradFn): OpRow {
  return { shape: unchanged, grad };
}
/** The gradient op of an activation: of the incoming gradient, and the features or the outputs. */
function backprop(grad?: GradFn): OpRow {
  return { shape: allSame, grad };
}
/** Its own gradient op, on the outputs. */
const fromOutputs =
  (type: string): GradFn =>
  (op, [dy]) =>
    apply(type, [dy, op.outputs[0]]);
/** A gradient that is linear in the incoming one and flat in the features. */
const linear =
  (type: string): GradFn =>
  ({ inputs: [, x] }, [d]) => [apply(type, [d, x]), zeros(shapeOf(x), x.dtype)];

export const ACTIVATION = {
  Relu: activation(fromOutputs('ReluGrad')),
  ReluGrad: backprop(linear('ReluGrad')),
  Relu6: activation(fromOutputs('Relu6Grad')),
  Relu6Grad: backprop(linear('Relu6Grad')),
  LeakyRelu: activation((op, [dy]) => apply('LeakyReluGrad', [dy, op.inputs[0]], { alpha: op.attr('alpha') })),
  LeakyReluGrad: backprop(leakyReluGradGrad),
  Elu: activation(fromOutputs('EluGrad')),
  EluGrad: backprop(whereNegative('EluGrad')),
  Selu: activation(fromOutputs('SeluGrad')),
  SeluGrad: backprop(whereNegative('SeluGrad')),
  Softplus: activation((op, [dy]) => dy.mul(apply('Sigmoid', [op.inputs[0]]))),
  SoftplusGrad: backprop(softplusGradGrad),
  Softsign: activation((op, [dy]) => apply('SoftsignGrad', [dy, op.inputs[0]])),
  // TensorFlow has no second derivative of it.
  SoftsignGrad: backprop(),
} satisfies Rows;

function leakyReluGradGrad(op: GradContext, [d]: Tensor[]): Grad[] {
  const [, x] = op.inputs;
  return [apply('LeakyReluGrad', [d, x], { alpha: op.attr('alpha') }), zeros(shapeOf(x), x.dtype)];
}
/** Second derivative from the outputs y: where y < 0 the slope is y plus a constant, so its derivative is 1. */
function whereNegative(type: string): GradFn {
  return ({ inputs: [dy, y] }, [d]) => {
    const ddy = apply(type, [d, y]);
    return [ddy, select(y.less(0), d.mul(dy), zerosLike(y))];
  };
}
// softplus' = 1/(1 + e^−x), softplus″ = 1/(e^−x + 2 + e^x)
function softplusGradGrad({ inputs: [dy, x] }: GradContext, [d]: Tensor[]): Grad[] {
  return after(d, () => {
    const ddy = apply('SoftplusGrad', [d, x]);
    const top = d.mul(dy);
    const bottom = apply('Exp', [x.neg()]).add(2);
    return [ddy, top.div(bottom.add(apply('Exp', [x])))];
  });
}

/**
 * max(x, 0), element by element: the rectified linear unit.
 *
 *     tf.nn.relu([-1, 2])   // [0, 2]
 *
 * @param features  real numbers, any shape
 * @returns  the dtype and shape of `features`
 * @throws TypeError  for a dtype that is not among them
 */
export const relu = boundLike('nn.relu', 1, function relu(features: NotText, { name }: NameOption = {}): Tensor {
  return apply('Relu', [features], {}, name);
});
/**
 * min(max(x, 0), 6), element by element.
 *
 *     tf.nn.relu6([-1, 2, 9])   // [0, 2, 6]
 *
 * @param features  real numbers, any shape
 * @returns  the dtype and shape of `features`
 * @throws TypeError  for a dtype that is not among them
 */
export const relu6 = boundLike('nn.relu6', 1, function relu6(features: NotText, { name }: NameOption = {}): Tensor {
  return apply('Relu6', [features], {}, name);
});
/**
 * x where x > 0, e^x − 1 elsewhere (Clevert et al. 2015).
 *
 *     tf.nn.elu([-1, 2])   // [-0.632121, 2]
 *
 * @param features  floats, any shape
 * @returns  the dtype and shape of `features`
 * @throws TypeError  for a dtype that is not among them
 */
export const elu = boundLike('nn.elu', 1, function elu(features: NotText, { name }: NameOption = {}): Tensor {
  return apply('Elu', [features], {}, name);
});
/**
 * Scaled exponential linear: 1.0507·x where x > 0, 1.7581·(e^x − 1) elsewhere (Klambauer et al. 2017).
 *
 *     tf.nn.selu([-1, 2])   // [-1.111331, 2.101402]
 *
 * Weights want `tf.varianceScalingInitializer` with scale 1 and mode 'fan_in'.
 *
 * @param features  floats, any shape
 * @returns  the dtype and shape of `features`
 * @throws TypeError  for a dtype that is not among them
 */
export const selu = boundLike('nn.selu', 1, function selu(features: NotText, { name }: NameOption = {}): Tensor {
  return apply('Selu', [features], {}, name);
});
/**
 * log(1 + e^x), element by element: a smooth `relu`.
 *
 *     tf.nn.softplus([0, 100])   // [0.693147, 100]
 *
 * @param features  floats, any shape
 * @returns  the dtype and shape of `features`
 * @throws TypeError  for a dtype that is not among them
 */
export const softplus = boundLike(
  'math.softplus',
  1,
  function softplus(features: NotText, { name }: NameOption = {}): Tensor {
    return apply('Softplus', [features], {}, name);
  },
);
/**
 * x / (1 + |x|), element by element.
 *
 *     tf.nn.softsign([-1, 3])   // [-0.5, 0.75]
 *
 * @param features  floats, any shape
 * @returns  the dtype and shape of `features`
 * @throws TypeError  for a dtype that is not among them
 */
export const softsign = boundLike(
  'math.softsign',
  1,
  function softsign(features: NotText, { name }: NameOption = {}): Tensor {
    return apply('Softsign', [features], {}, name);
  },
);

/**
 * x where x > 0, alpha·x elsewhere, so that units cannot die (Maas et al. 2013). Integers become float32.
 *
 *     tf.nn.leakyRelu([-1, 2])        // [-0.2, 2]
 *     tf.nn.leakyRelu([-1, 2], 0.1)   // [-0.1, 2]
 *
 * @param features  numbers of any real type, any shape
 * @param alpha     the slope for negative x; 0.2 where not given
 * @returns  the dtype (float32 of integers) and shape of `features`
 * @throws TypeError  for a dtype that is not among them
 */
export const leakyRelu = boundLike(
  'nn.leaky_relu',
  2,
  function leakyRelu(features: NotText, alpha: number | LeakyReluOptions = 0.2, options: NameOption = {}): Tensor {
    const args = typeof alpha === 'number' ? { alpha, ...options } : { ...options, ...alpha };
    return inScope(args.name, 'LeakyRelu', [features], (scope) => {
      const x = convertToTensor(features, null, 'features');
      return apply(
        'LeakyRelu',
        [x.dtype.isInteger ? apply('Cast', [x], { DstT: float32 }) : x],
        { alpha: args.alpha ?? 0.2 },
        scope,
      );
    });
  },
);
/** What `leakyRelu` takes by name. */
export interface LeakyReluOptions extends NameOption {
  /** The slope for negative x; 0.2 where not given. */
  readonly alpha?: number;
}

/**
 * Concatenated ReLU: `relu` of x and of −x side by side, so that no sign is lost (Shang et al. 2016).
 *
 *     tf.nn.crelu([-1, 2])   // [0, 2, 1, 0]
 *
 * @param features  real numbers, any shape but a scalar
 * @param axis      the dimension that doubles; the last where not given
 * @returns  the dtype of `features`; its shape with `axis` doubled
 * @throws TypeError  for a dtype that is not among them
 * @throws ValueError  if the axis is outside of the shape
 */
export const crelu = boundLikeArray(
  'nn.crelu',
  1,
  function crelu(features: NotText, { name, axis = -1 }: NameOption & { readonly axis?: number } = {}): Tensor {
    return inScope(name, 'CRelu', [features], (scope) => {
      const x = convertToTensor(features, null, 'features');
      return apply('Relu', [apply('ConcatV2', [[x, x.neg()], axis], {}, scope)]);
    });
  },
);
