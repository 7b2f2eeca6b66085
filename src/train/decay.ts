/** Learning rates that fall as training goes on. Give one to an optimizer in the place of a number. */
import { type DType, float32, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { tellOnce } from '../base/logging';
import { toNDArray } from '../base/to-ndarray';
import { bound } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, asTensor, constantNode, convertToTensor, isSymbolic } from '../graph/constant';
import { condTensor } from '../flow/cond';
import { type ScalarTensor, type Tensor, getDefaultGraph } from '../graph/graph';
import type { NameOption } from '../ops/options';

/** What rates that fall take by name. */
export interface DecayOptions extends NameOption {
  /** Falls in steps, each `decaySteps` long, instead of evenly. */
  readonly staircase?: boolean;
}

/** `tf.cast`, where a whole number is an integer as it is in Python. */
function cast(x: TensorLike, dtype: DType): Tensor {
  if (isSymbolic(x)) return asTensor(x).dtype.baseDtype === dtype ? asTensor(x) : apply('Cast', [x], { DstT: dtype });
  return getDefaultGraph().nameScope('Cast', (scope) => {
    const whole = typeof x === 'number' && Number.isInteger(x);
    const value = constantNode(toNDArray(x, whole ? int32 : dtype), 'x');
    return whole ? apply('Cast', [value], { DstT: dtype }, scope) : value;
  });
}
export interface Setting {
  readonly rate: Tensor;
  readonly scope: string;
  cast(x: TensorLike): Tensor;
}
/** Opens the scope and makes the first node, the rate to start from. */
export function decay(
  defaultName: string,
  learningRate: TensorLike,
  step: TensorLike | null,
  name: string | null | undefined,
  body: (setting: Setting) => Tensor,
): Tensor {
  if (step === null || step === undefined)
    throw new ValueError(
      `global_step is required for ${defaultName.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()}.` +
        '\n  fix: const globalStep = tf.train.getOrCreateGlobalStep(), here and in minimize(loss, {globalStep}), ' +
        'which counts it up.',
    );
  return inScope(name, defaultName, [learningRate, step], (scope) => {
    const rate = convertToTensor(learningRate, null, 'initial_learning_rate');
    return body({ rate, scope, cast: (x) => cast(x, rate.dtype.baseDtype) });
  });
}
/** How far training has come, in units of `decaySteps`. */
function progress({ cast: to }: Setting, steps: Tensor, step: TensorLike, staircase: boolean): Tensor {
  const p = to(step).div(steps);
  return staircase ? apply('Floor', [p]) : p;
}
/** After how many steps a rate has fallen; fewer than one are hardly meant. */
function stepsOf({ cast: to }: Setting, decaySteps: TensorLike): Tensor {
  if (typeof decaySteps === 'number' && decaySteps < 1)
    tellOnce(
      `decaySteps ${decaySteps}`,
      `decaySteps is ${decaySteps}, and the number of steps is divided by it.` +
        '\n  fix: after how many steps the rate has fallen, then by how much: ' +
        'tf.train.exponentialDecay(0.1, globalStep, 1000, 0.96).',
    );
  return to(decaySteps);
}
type Falling = [
  learningRate: TensorLike,
  globalStep: TensorLike,
  decaySteps: TensorLike,
  decayRate: TensorLike,
  staircase?: boolean,
  name?: string,
];
/** A rate that falls by a formula of `decayRate` and of how far training has come. */
function falling(defaultName: string, formula: (setting: Setting, decayRate: Tensor, progress: Tensor) => Tensor) {
  return (...[learningRate, globalStep, decaySteps, decayRate, staircase = false, name]: Falling): ScalarTensor =>
    decay(defaultName, learningRate, globalStep, name, (setting) => {
      const [steps, factor] = [stepsOf(setting, decaySteps), setting.cast(decayRate)];
      return formula(setting, factor, progress(setting, steps, globalStep, staircase));
    });
}
const exponential = falling('ExponentialDecay', ({ rate, scope }, base, p) =>
  apply('Mul', [rate, apply('Pow', [base, p])], {}, scope),
);

/**
 * A rate that falls by a factor: `learningRate * decayRate ^ (globalStep / decaySteps)`.
 *
 *     tf.train.exponentialDecay(0.1, 10, 10, 0.5)   // 0.05
 *     tf.train.exponentialDecay(0.1, 15, 10, 0.5, true)   // 0.05
 *
 * @param learningRate  a number or a scalar float: the rate at step 0
 * @param globalStep    a scalar that counts the steps: a number, a tensor or a variable
 * @param decaySteps    a number or a scalar
 * @param decayRate     the factor
 * @param staircase     falls in steps, each `decaySteps` long, instead of evenly
 * @returns  learningRate's dtype, a scalar
 * @throws TypeError  if the dtypes do not fit
 */
export const exponentialDecay = bound('train.exponential_decay', exponential);
/**
 * A rate that falls by a power of e: `learningRate * exp(-decayRate * globalStep / decaySteps)`.
 *
 *     tf.train.naturalExpDecay(1, 10, 10, 0.5)   // 0.606531
 *
 * @param learningRate  a number or a scalar float: the rate at step 0
 * @param globalStep    a scalar that counts the steps: a number, a tensor or a variable
 * @param decaySteps    a number or a scalar
 * @param decayRate     how fast
 * @param staircase     falls in steps, each `decaySteps` long, instead of evenly
 * @returns  learningRate's dtype, a scalar
 * @throws TypeError  if the dtypes do not fit
 */
export const naturalExpDecay = bound(
  'train.natural_exp_decay',
  (...[learningRate, globalStep, decaySteps, decayRate, ...more]: Falling): ScalarTensor => {
    const rate = apply('Exp', [apply('Neg', [decayRate])]);
    return exponential(learningRate, globalStep, decaySteps, rate, ...more);
  },
);
/**
 * A rate that falls with time: `learningRate / (1 + decayRate * globalStep / decaySteps)`.
 *
 *     tf.train.inverseTimeDecay(1, 10, 10, 1)   // 0.5
 *
 * @param learningRate  a number or a scalar float: the rate at step 0
 * @param globalStep    a scalar that counts the steps: a number, a tensor or a variable
 * @param decaySteps    a number or a scalar
 * @param decayRate     how fast
 * @param staircase     falls in steps, each `decaySteps` long, instead of evenly
 * @returns  learningRate's dtype, a scalar
 * @throws TypeError  if the dtypes do not fit
 */
export const inverseTimeDecay = bound(
  'train.inverse_time_decay',
  falling('InverseTimeDecay', ({ rate, scope, cast: to }, factor, p) => {
    const one = to(constantNode(toNDArray(1, int32)));
    const denominator = apply('Add', [one, apply('Mul', [factor, p])]);
    return getDefaultGraph().nameScope(scope, (inner) => apply('RealDiv', [rate, denominator], {}, inner));
  }),
);
/**
 * A rate that falls to an end: `(learningRate - end) * (1 - globalStep / decaySteps) ^ power + end`, and `end` from
 * `decaySteps` on; or, with `cycle`, from the first multiple of `decaySteps` that is not below the step.
 *
 *     tf.train.polynomialDecay(1, 5, 10, 0)   // 0.5
 *     tf.train.polynomialDecay(1, 15, 10, 0, 1, true)   // 0.25
 *
 * @param learningRate     a number or a scalar float: the rate at step 0
 * @param globalStep       a scalar that counts the steps: a number, a tensor or a variable
 * @param decaySteps       a number or a scalar
 * @param endLearningRate  the rate at the end; 0.0001 where not given
 * @param power            1 for a straight line; 1 where not given
 * @param cycle            goes on behind `decaySteps`, with twice, three times, … as many; false where not given
 * @returns  learningRate's dtype, a scalar
 * @throws TypeError  if the dtypes do not fit
 */
export const polynomialDecay = bound('train.polynomial_decay', polynomial);
function polynomial(
  learningRate: TensorLike,
  globalStep: TensorLike,
  decaySteps: TensorLike,
  endLearningRate: TensorLike = 0.0001,
  power: TensorLike = 1,
  cycle = false,
  name?: string,
): ScalarTensor {
  return decay('PolynomialDecay', learningRate, globalStep, name, (setting) => {
    const { rate, scope, cast: to } = setting;
    const end = to(endLearningRate);
    const exponent = isSymbolic(power)
      ? to(power)
      : inScope(null, 'Cast', [], () => constantNode(toNDArray(power, rate.dtype), 'x'));
    const step = to(globalStep);
    const steps = stepsOf(setting, decaySteps);
    const p = cycle
      ? step.div(apply('Mul', [steps, roundsOf(step, decaySteps)]))
      : apply('Minimum', [step, decaySteps]).div(steps);
    const range = rate.sub(end);
    const factor = apply('Pow', [apply('Sub', [1, p], {}, 'sub'), exponent]);
    return apply('Add', [apply('Mul', [range, factor]), end], {}, scope);
  });
}
/** How many times `decaySteps` have begun by a step, the first at step 0. */
function roundsOf(step: Tensor, decaySteps: TensorLike): Tensor {
  return condTensor(
    apply('Equal', [step, 0]),
    () => 1,
    () => apply('Ceil', [step.div(decaySteps)]),
  );
}
/**
 * A rate that falls as half a wave of the cosine, from `learningRate` down to `alpha` times that (Loshchilov and
 * Hutter 2016).
 *
 *     tf.train.cosineDecay(1, 5, 10)   // 0.5
 *
 * @param learningRate  a number or a scalar float: the rate at step 0
 * @param globalStep    a scalar that counts the steps: a number, a tensor or a variable
 * @param decaySteps    a number or a scalar
 * @param alpha         the part of the rate that stays; 0 where not given
 * @returns  learningRate's dtype, a scalar
 * @throws TypeError  if the dtypes do not fit
 */
export const cosineDecay = bound('train.cosine_decay', cosine);
function cosine(
  learningRate: TensorLike,
  globalStep: TensorLike,
  decaySteps: TensorLike,
  alpha = 0,
  name?: string,
): ScalarTensor {
  return decay('CosineDecay', learningRate, globalStep, name, (setting) => {
    const { rate, cast: to } = setting;
    const steps = stepsOf(setting, decaySteps);
    const fraction = apply('Minimum', [to(globalStep), steps]).div(steps);
    const wave = apply('Cos', [constantNode(toNDArray(Math.PI, float32)).mul(fraction)]);
    const half = apply('Mul', [0.5, apply('AddV2', [1, wave], {}, 'add')], {}, 'mul');
    return apply('Mul', [rate, apply('Mul', [1 - alpha, half], {}, 'mul').add(alpha)]);
  });
}
