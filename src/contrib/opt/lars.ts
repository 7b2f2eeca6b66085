/** Momentum whose rate is scaled for each layer by the sizes of its weights and of their gradient. */
import { checkText, isCallable } from '../../base/border';
import { ValueError } from '../../base/errors';
import { type Args, constructorOf, signature } from '../../calls/bind';
import { apply } from '../../graph/apply';
import { type TensorLike, asTensor } from '../../graph/constant';
import type { Operation, Tensor } from '../../graph/graph';
import { norm } from '../../linalg/norm';
import { cast } from '../../ops/cast';
import type { Hyperparameter } from '../../train/arguments';
import { MomentumOptimizer } from '../../train/momentum';
import type { Variable } from '../../variables/variable';

type Taken = [
  learningRate: Hyperparameter,
  momentum?: number,
  weightDecay?: number,
  eeta?: number,
  epsilon?: number,
  name?: string,
  skipList?: readonly string[],
  useNesterov?: boolean,
];
const LARS = constructorOf<Taken>('contrib.opt.LARSOptimizer');
type Scaled = [grad: Tensor, v: Variable];
const COMPUTE_LR = signature<Scaled>('contrib.opt.LARSOptimizer.compute_lr');

/**
 * Layer-wise adaptive rate scaling, for large batches: momentum whose learning rate is, for each variable, scaled by
 * `eeta * |variable| / (|gradient| + weightDecay * |variable| + epsilon)` (You, Gitman and Ginsburg 2017). Use it with
 * a rate that rises first and then decays.
 *
 *     const w = new tf.Variable([3, 4]);
 *     const optimizer = new tf.contrib.opt.LARSOptimizer(1, { weightDecay: 0, eeta: 0.5 });
 *     const trainStep = optimizer.minimize(tf.nn.l2Loss(w));
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w)   // [1.5, 2]
 *
 * Slot: `momentum`. Gradients of rows are momentum's: their rate is not scaled.
 */
export class LARSOptimizer extends MomentumOptimizer {
  private readonly given: {
    readonly learningRate: TensorLike;
    readonly momentum: number;
    readonly weightDecay: number;
    readonly eeta: number;
    readonly epsilon: number;
    readonly skipList: readonly string[];
    readonly useNesterov: boolean;
  };
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate  a number, a tensor, or a function that gives one
   * @param momentum      what stays of the last step
   * @param weightDecay   the part of the variable that is added to its gradient
   * @param eeta          how far a layer may go: the trust in its gradient
   * @param epsilon       keeps the division sound where gradients are very small
   * @param skipList      parts of names of variables whose rate is not scaled: ['batch_normalization', 'bias']
   * @param useNesterov   looks ahead: Nesterov's form
   * @throws ValueError  without a name, and for a momentum or a decay below 0
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'contrib.opt.LARSOptimizer', Taken>) {
    const [
      learningRate,
      momentum = 0.9,
      weightDecay = 0.0001,
      eeta = 0.001,
      epsilon = 0,
      name = 'LARSOptimizer',
      skipList = [],
      useNesterov = false,
    ] = LARS.take(args);
    if (momentum < 0) throw new ValueError(`momentum should be positive: ${momentum}`);
    if (weightDecay < 0) throw new ValueError(`weight_decay should be positive: ${weightDecay}`);
    for (const part of skipList) checkText(part, 'A part of skipList');
    const rate = isCallable(learningRate) ? learningRate() : learningRate;
    super(rate, momentum, false, name, useNesterov);
    this.given = { learningRate: rate, momentum, weightDecay, eeta, epsilon, skipList, useNesterov };
  }
  /**
   * The rate for a variable, and its gradient with the decay of the variable in it.
   *
   * @param grad  of the variable's shape
   * @param var   float variable
   * @returns  the rate, a scalar, and the gradient
   */
  computeLr(...args: Args<'contrib.opt.LARSOptimizer.compute_lr', Scaled>): [rate: TensorLike, grad: Tensor] {
    const [grad, v] = COMPUTE_LR.take(args);
    const { learningRate, weightDecay, eeta, epsilon, skipList } = this.given;
    if (skipList.some((part) => v.name.includes(part))) return [learningRate, grad];
    const [weights, gradient] = [norm(v, 2), norm(grad, 2)];
    const [hasWeights, hasGradient] = [weights, gradient].map((x) => x.greater(0));
    const share = weights.rmul(eeta).div(gradient.add(weights.rmul(weightDecay)).add(epsilon));
    const trust = apply('Select', [hasWeights, apply('Select', [hasGradient, share, 1]), 1]);
    return [trust.rmul(learningRate), grad.add(asTensor(v).rmul(weightDecay))];
  }
  protected override applyDense(grad: Tensor, v: Variable): Operation {
    const [rate, decayed] = this.computeLr(grad, v);
    const one = cast(1, v.dtype.baseDtype);
    return this.trainingOp('Momentum', this.slots.with(v, 'momentum'), [one, decayed.mul(rate), this.given.momentum], {
      attrs: { use_nesterov: this.given.useNesterov },
    });
  }
}
