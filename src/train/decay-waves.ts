/** Rates that fall in waves: the cosine with restarts, on a line, and with noise. */
import { float32 } from '../base/dtype';
import { toNDArray } from '../base/to-ndarray';
import { bound } from '../calls/bind';
import { condOf } from '../flow/cond';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, constantNode, convertToTensor, isSymbolic } from '../graph/constant';
import type { ScalarTensor, Tensor } from '../graph/graph';
import { multiply, pow } from '../ops/elementwise';
import { randomNormal } from '../ops/random';
import { cos, floor, log, sqrt } from '../ops/unary';
import { type Setting, decay } from './decay';

/** `tf.cast` of what is a float in Python. */
function float({ rate, cast }: Setting, x: TensorLike): Tensor {
  if (isSymbolic(x)) return cast(x);
  return inScope(null, 'Cast', [], () => constantNode(toNDArray(x, rate.dtype), 'x'));
}
/** factor · (1 + cos(π · fraction)) */
function wave(factor: number | Tensor, fraction: Tensor): Tensor {
  const turned = cos(constantNode(toNDArray(Math.PI, float32)).mul(fraction)).radd(1);
  return typeof factor === 'number' ? turned.rmul(factor) : factor.mul(turned);
}

/**
 * A rate that falls as half a wave of the cosine and begins anew, each time for `tMul` as many steps and from `mMul` of
 * the rate before (Loshchilov and Hutter 2016).
 *
 *     tf.train.cosineDecayRestarts(1, 5, 10)    // 0.5
 *     tf.train.cosineDecayRestarts(1, 10, 10)   // 1
 *
 * @param learningRate     a number or a scalar float: the rate at step 0
 * @param globalStep       a scalar that counts the steps: a number, a tensor or a variable
 * @param firstDecaySteps  how long the first wave is
 * @param tMul             how much longer each wave is than the one before; 2 where not given
 * @param mMul             what is left of the rate at each start; 1 where not given
 * @param alpha            the part of the rate that stays; 0 where not given
 * @returns  learningRate's dtype, a scalar
 * @throws TypeError  if the dtypes do not fit
 */
export const cosineDecayRestarts = bound('train.cosine_decay_restarts', restarts);
function restarts(
  learningRate: TensorLike,
  globalStep: TensorLike,
  firstDecaySteps: TensorLike,
  tMul: TensorLike = 2,
  mMul: TensorLike = 1,
  alpha: TensorLike = 0,
  name?: string,
): ScalarTensor {
  return decay('SGDRDecay', learningRate, globalStep, name, (setting) => {
    const { rate, scope, cast } = setting;
    const steps = cast(firstDecaySteps);
    const stays = float(setting, alpha);
    const longer = float(setting, tMul);
    const less = float(setting, mMul);
    const fraction = cast(globalStep).div(steps);
    const even = (): Tensor[] => {
      const start = floor(fraction);
      return [start, fraction.sub(start)];
    };
    const geometric = (): Tensor[] => {
      const inner = fraction.mul(longer.rsub(1)).rsub(1);
      const start = floor(log(inner).div(log(longer)));
      const before = longer.pow(start).rsub(1).div(longer.rsub(1));
      const rest = fraction.sub(before);
      return [start, rest.div(longer.pow(start))];
    };
    const [start, done] = condOf(apply('Equal', [longer, 1]), even, geometric) as readonly unknown[];
    const height = less.pow(convertToTensor(start as Tensor)).rmul(0.5);
    const half = wave(height, convertToTensor(done as Tensor));
    const decayed = stays.rsub(1).mul(half).add(stays);
    return multiply(rate, decayed, { name: scope });
  });
}

/** The part of the steps that are left, and the wave over those that are done. */
function linear(
  setting: Setting,
  globalStep: TensorLike,
  steps: Tensor,
  noise: ((left: Tensor, step: Tensor) => Tensor) | null,
  [numPeriods, alpha, beta]: readonly Tensor[],
): Tensor {
  const step = apply('Minimum', [setting.cast(globalStep), steps]);
  const line = steps.sub(step).div(steps);
  const left = noise ? noise(line, step) : line;
  const done = step.div(steps);
  const half = wave(0.5, numPeriods.rmul(2).mul(done));
  return multiply(setting.rate, alpha.add(left).mul(half).add(beta), { name: setting.scope });
}
/**
 * A rate that falls on a line, times a wave of the cosine (Bello et al. 2017).
 *
 *     tf.train.linearCosineDecay(1, 5, 10, 0.5, 0, 0)   // 0.25
 *
 * @param learningRate  a number or a scalar float: the rate at step 0
 * @param globalStep    a scalar that counts the steps: a number, a tensor or a variable
 * @param decaySteps    a number or a scalar
 * @param numPeriods    how many waves there are; 0.5 where not given
 * @param alpha         is added to the line; 0 where not given
 * @param beta          is added to the whole; 0.001 where not given
 * @returns  learningRate's dtype, a scalar
 * @throws TypeError  if the dtypes do not fit
 */
export const linearCosineDecay = bound('train.linear_cosine_decay', linearCosine);
function linearCosine(
  learningRate: TensorLike,
  globalStep: TensorLike,
  decaySteps: TensorLike,
  numPeriods: TensorLike = 0.5,
  alpha: TensorLike = 0,
  beta: TensorLike = 0.001,
  name?: string,
): ScalarTensor {
  return decay('LinearCosineDecay', learningRate, globalStep, name, (setting) => {
    const steps = setting.cast(decaySteps);
    return linear(
      setting,
      globalStep,
      steps,
      null,
      [numPeriods, alpha, beta].map((x) => float(setting, x)),
    );
  });
}
/**
 * `linearCosineDecay` with noise on the line, whose variance falls with the steps (Bello et al. 2017).
 *
 *     tf.train.noisyLinearCosineDecay(1, 5, 10, 0, 0.55, 0.5, 0, 0)   // 0.25
 *
 * @param learningRate  a number or a scalar float: the rate at step 0
 * @param globalStep    a scalar that counts the steps: a number, a tensor or a variable
 * @param decaySteps    a number or a scalar
 * @param initialVariance  of the noise; 1 where not given
 * @param varianceDecay    the power of the step that the variance is divided by; 0.55 where not given
 * @param numPeriods    how many waves there are; 0.5 where not given
 * @param alpha         is added to the line; 0 where not given
 * @param beta          is added to the whole; 0.001 where not given
 * @returns  learningRate's dtype, a scalar
 * @throws TypeError  if the dtypes do not fit
 */
export const noisyLinearCosineDecay = bound('train.noisy_linear_cosine_decay', noisyLinearCosine);
function noisyLinearCosine(
  learningRate: TensorLike,
  globalStep: TensorLike,
  decaySteps: TensorLike,
  initialVariance: TensorLike = 1,
  varianceDecay: TensorLike = 0.55,
  numPeriods: TensorLike = 0.5,
  alpha: TensorLike = 0,
  beta: TensorLike = 0.001,
  name?: string,
): ScalarTensor {
  return decay('NoisyLinearCosineDecay', learningRate, globalStep, name, (setting) => {
    const steps = setting.cast(decaySteps);
    const given = [initialVariance, varianceDecay, numPeriods, alpha, beta].map((x) => float(setting, x));
    const [variance, falls, ...rest] = given;
    const noise = (line: Tensor, step: Tensor): Tensor => {
      const now = variance.div(pow(step.radd(1), falls));
      return line.add(randomNormal([], { stddev: sqrt(now) }));
    };
    return linear(setting, globalStep, steps, noise, rest);
  });
}
