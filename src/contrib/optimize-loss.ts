/** `tf.contrib.layers.optimizeLoss`: a training step from a loss and the name of an optimizer. */
import { withDependencies } from '../ops/control';
import { TypeError_, ValueError } from '../base/errors';
import { isCallable } from '../base/border';
import { preview } from '../base/preview';
import { memberOf } from '../base/thrown';
import { bound } from '../calls/bind';
import { assertScalar } from '../control/rank-checks';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type Operation, Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { cast } from '../ops/cast';
import { clipByGlobalNorm, globalNorm } from '../ops/clip';
import { truncatedNormal } from '../ops/random';
import { histogram, scalar } from '../summary/nodes';
import { AdagradOptimizer } from '../train/adagrad';
import { AdamOptimizer } from '../train/adam';
import type { GradAndVar } from '../train/arguments';
import { checkStep } from '../train/checks';
import { FtrlOptimizer } from '../train/ftrl';
import { type Counter, assertGlobalStep, getGlobalStep } from '../train/global-step';
import { GradientDescentOptimizer } from '../train/gradient-descent';
import { MomentumOptimizer } from '../train/momentum';
import { Optimizer } from '../train/optimizer';
import { RMSPropOptimizer } from '../train/rmsprop';
import { trainableVariables } from '../variables/collections';
import { getVariable } from '../variables/get-variable';
import { constantInitializer } from '../variables/initializers';
import { variableScope } from '../variables/scope';
import type { Variable } from '../variables/variable';
import { type Multipliers, factorsOf, valuesOf, withValues } from './train-op';

type Rate = number | Tensor;
const BY_NAME: Readonly<Record<string, (learningRate: Tensor | Variable) => Optimizer>> = {
  Adagrad: (rate) => new AdagradOptimizer(rate),
  Adam: (rate) => new AdamOptimizer(rate),
  Ftrl: (rate) => new FtrlOptimizer(rate),
  Momentum: (rate) => new MomentumOptimizer(rate, 0.9),
  RMSProp: (rate) => new RMSPropOptimizer(rate),
  SGD: (rate) => new GradientDescentOptimizer(rate),
};
const SUMMARIES = ['learning_rate', 'loss', 'gradients', 'gradient_norm', 'global_gradient_norm'];
/** Makes an optimizer from a learning rate. */
export type MakeOptimizer = (learningRate?: Tensor | Variable) => Optimizer;
type OptimizerClass = new (learningRate: Tensor | Variable) => Optimizer;
type Clip = number | ((pairs: readonly GradAndVar[]) => readonly GradAndVar[]);
type Taken = [
  loss: TensorLike,
  globalStep: Counter | Tensor | null,
  learningRate: Rate | null,
  optimizer: string | Optimizer | OptimizerClass | MakeOptimizer,
  gradientNoiseScale?: number,
  gradientMultipliers?: Multipliers,
  clipGradients?: Clip,
  learningRateDecayFn?: (learningRate: Tensor | Variable | null, globalStep: Counter | Tensor) => Tensor,
  updateOps?: readonly (Operation | Tensor)[],
  variables?: readonly Variable[],
  name?: string,
  summaries?: readonly string[],
  colocateGradientsWithOps?: boolean,
  incrementGlobalStep?: boolean,
];

/**
 * A node that does a training step and gives the loss.
 *
 *     const w = tf.getVariable('w', [], { initializer: tf.onesInitializer() });
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const train = tf.contrib.layers.optimizeLoss(tf.square(w), step, 0.25, 'SGD');
 *     sess.run(tf.globalVariablesInitializer());
 *     [sess.run(train), sess.run(train)]   // [1, 0.25]
 *
 * @param loss                      a scalar
 * @param globalStep                counts the steps; the graph's counter, where it has one, for null
 * @param learningRate              a number, which becomes a variable, or a tensor; null for the optimizer's own
 * @param optimizer                 'SGD', 'Adam', 'Adagrad', 'Ftrl', 'Momentum', 'RMSProp', a class, a function of the
 *   rate, or an optimizer
 * @param gradientNoiseScale        adds random numbers to the gradients, of this size
 * @param gradientMultipliers       factors of gradients, by variable in a Map, or by the variables' names with `:0`
 * @param clipGradients             the most their global norm may be, or a function of the pairs
 * @param learningRateDecayFn       from the rate and the step to the rate of a step
 * @param updateOps                 what runs before the loss; the collection UPDATE_OPS where not given
 * @param variables                 the variables to train; all trainable ones where not given
 * @param name                      its variable scope; `OptimizeLoss` where not given
 * @param summaries                 which summaries there are: 'learning_rate', 'loss', 'gradients', 'gradient_norm',
 *   'global_gradient_norm'
 * @param colocateGradientsWithOps  places gradients with their operations
 * @param incrementGlobalStep       false leaves the counter alone; true where not given
 * @returns  the loss, with the step behind it
 * @throws ValueError  for another optimizer or summary, and a rate below 0
 */
export const optimizeLoss = bound('contrib.layers.optimize_loss', (...given: Taken): Tensor => {
  const [loss, step, learningRate, optimizer, noise, multipliers, clip, decay, updateOps, variables, ...more] = given;
  const [name, wanted, colocateGradientsWithOps, counts = true] = more;
  const y = convertToTensor(loss);
  assertScalar(y);
  const globalStep = step ?? getGlobalStep();
  if (step) assertGlobalStep(step);
  const graph = getDefaultGraph();
  return variableScope(name ?? null, 'OptimizeLoss', [y, globalStep], () => {
    const updates = updateOps ?? [...new Set(graph.getCollection<Operation | Tensor>(GraphKeys.UPDATE_OPS))];
    const total = updates.length ? withDependencies([...updates], y) : y;
    let rate = rateOf(learningRate);
    const summaries = summariesOf(wanted);
    if (rate !== null && decay) {
      if (!globalStep) throw new ValueError('global_step is required for learning_rate_decay_fn.');
      rate = decay(rate, globalStep);
      if (summaries.has('learning_rate')) scalar('learning_rate', convertToTensor(rate));
    }
    const opt = optimizerOf(optimizer, rate);
    let pairs: readonly GradAndVar[] = opt.computeGradients(total, {
      varList: variables ?? trainableVariables(),
      colocateGradientsWithOps,
    });
    if (noise !== undefined) pairs = noisy(pairs, noise);
    if (multipliers) pairs = multiplied(pairs, multipliers);
    const norms = summaries.has('global_gradient_norm') || summaries.has('gradient_norm');
    const norm = (): Tensor => globalNorm(pairs.flatMap(([g]) => (g ? [g] : [])));
    if (norms) scalar('global_norm/gradient_norm', norm());
    if (clip !== undefined) pairs = clipped(pairs, clip);
    if (summaries.has('loss')) scalar('loss', total);
    for (const [gradient, variable] of pairs) {
      if (!gradient) continue;
      const at = variable.name.replace(':', '_');
      if (summaries.has('gradients')) histogram(`gradients/${at}`, valuesOf(gradient));
      if (summaries.has('gradient_norm')) scalar(`gradient_norm/${at}`, globalNorm([valuesOf(gradient)]));
    }
    if (clip !== undefined && norms) scalar('global_norm/clipped_gradient_norm', norm());
    const counter = (counts && globalStep) || undefined;
    checkStep(counter);
    const applied = opt.applyGradients(pairs, { globalStep: counter, name: 'train' });
    return withDependencies([applied], total);
  });
});
function rateOf(given: Rate | null | undefined): Tensor | Variable | null {
  if (given === null || given === undefined) return null;
  if (given instanceof Tensor && given.shape.rank === 0) return given;
  if (typeof given !== 'number')
    throw new ValueError(`Learning rate should be 0d Tensor or float. Got ${preview(given)} of type ${typeof given}`);
  if (given < 0) throw new ValueError(`Invalid learning_rate ${given}.`);
  return getVariable('learning_rate', [], { trainable: false, initializer: constantInitializer(given) });
}
function summariesOf(given: readonly string[] | undefined): ReadonlySet<string> {
  const wrong = given?.find((each) => !SUMMARIES.includes(each));
  if (wrong !== undefined)
    throw new ValueError(`Summaries should be one of [${SUMMARIES.join(', ')}], you provided ${wrong}.`);
  return new Set(given ?? ['loss', 'learning_rate', 'global_gradient_norm']);
}
function optimizerOf(given: Taken[3], rate: Tensor | Variable | null): Optimizer {
  if (given instanceof Optimizer) return given;
  const missing = (what: string): Error =>
    new ValueError(`Learning rate is None, but should be specified if optimizer is ${what}.`);
  if (typeof given === 'string') {
    if (rate === null) throw missing(`string (${given})`);
    if (!Object.hasOwn(BY_NAME, given))
      throw new ValueError(
        `Optimizer name should be one of [${Object.keys(BY_NAME).join(', ')}], you provided ${given}.`,
      );
    return BY_NAME[given](rate);
  }
  if (!isCallable(given))
    throw new ValueError(
      'Unrecognized optimizer: should be string, subclass of Optimizer, instance of subclass of Optimizer or ' +
        `function with one argument. Got ${preview(given)}.`,
    );
  if (isOptimizerClass(given)) {
    if (rate === null) throw missing(`class (${given.name})`);
    return new given(rate);
  }
  const made = rate === null ? given() : given(rate);
  if (made instanceof Optimizer) return made;
  throw new ValueError(`Unrecognized optimizer: function should return subclass of Optimizer. Got ${preview(made)}.`);
}
const isOptimizerClass = (x: OptimizerClass | MakeOptimizer): x is OptimizerClass =>
  memberOf(x, 'prototype') instanceof Optimizer;
function noisy(pairs: readonly GradAndVar[], scale: number): readonly GradAndVar[] {
  return pairs.map(([gradient, variable]) => {
    if (!gradient) return [gradient, variable];
    return [withValues(gradient, (values) => values.add(truncatedNormal(values.shape.fullDims!).mul(scale))), variable];
  });
}
function multiplied(pairs: readonly GradAndVar[], given: Multipliers): readonly GradAndVar[] {
  const factors = factorsOf(given);
  return pairs.map(([gradient, variable]) => {
    const factor = factors.get(variable) ?? factors.get(variable.name);
    if (!gradient || factor === undefined) return [gradient, variable];
    return [withValues(gradient, (values) => values.mul(cast(factor, values.dtype))), variable];
  });
}
function clipped(pairs: readonly GradAndVar[], clip: Clip): readonly GradAndVar[] {
  if (typeof clip !== 'number') {
    if (isCallable(clip)) return clip(pairs);
    throw new TypeError_(`Unknown type ${typeof clip} for clip_gradients`);
  }
  const [gradients] = clipByGlobalNorm(
    pairs.map(([gradient]) => gradient),
    clip,
  );
  return pairs.map(([, variable], i) => [gradients[i], variable]);
}
