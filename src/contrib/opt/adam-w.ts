/** Adam with decoupled weight decay: variables shrink by a part of themselves before their gradients change them. */
import { tell } from '../../base/logging';
import { type Args, constructorOf, signature } from '../../calls/bind';
import { waitingFor } from '../../control/framework';
import { apply, applyOp } from '../../graph/apply';
import { type TensorLike, asTensor, convertToTensor } from '../../graph/constant';
import type { IndexedSlices, Operation, Tensor } from '../../graph/graph';
import { noOp } from '../../ops/control';
import { gather } from '../../ops/gather';
import { AdamOptimizer, readBack } from '../../train/adam';
import type { AdamTaken, Applied, Minimized } from '../../train/arguments';
import type { Variable } from '../../variables/variable';

type Taken = [weightDecay: TensorLike, ...AdamTaken];
type MinimizedW = [...Minimized, decayVarList?: readonly Variable[]];
type AppliedW = [...Applied, decayVarList?: readonly Variable[]];
const ADAM_W = constructorOf<Taken>('contrib.opt.AdamWOptimizer');
const MINIMIZE_W = signature<MinimizedW>('contrib.opt.AdamWOptimizer.minimize');
const APPLY_GRADIENTS_W = signature<AppliedW>('contrib.opt.AdamWOptimizer.apply_gradients');

/**
 * `tf.train.AdamOptimizer` with decoupled weight decay: each step takes `weightDecay * variable` off first (Loshchilov
 * and Hutter 2017). That is not what a penalty in the loss does, whose gradient Adam scales.
 *
 *     const w = new tf.Variable(1);
 *     const trainStep = new tf.contrib.opt.AdamWOptimizer(0.5, 0.25).minimize(w.square());
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w)   // 0.25
 *
 * Slots: `m`, `v`; and two variables for the powers of the betas. Where a step sees some rows of a table, only these
 * decay.
 */
export class AdamWOptimizer extends AdamOptimizer {
  private readonly weightDecay: TensorLike;
  /** The variables that decay; null for all. */
  private decaying: readonly Variable[] | null = null;
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param weightDecay   the part of a variable that each step takes off; where the learning rate decays, so should it
   * @param learningRate  a number, a tensor, or a function that gives one
   * @param beta1         decay of the average of gradients
   * @param beta2         decay of the average of squares
   * @param epsilon       keeps the division sound: "epsilon hat" of the paper
   * @param useLocking    has no effect: updates of one variable do not meet here
   * @throws ValueError  without a name
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'contrib.opt.AdamWOptimizer', Taken>) {
    const [weightDecay, learningRate, beta1, beta2, epsilon, useLocking, name = 'AdamW'] = ADAM_W.take(args);
    super(learningRate, beta1, beta2, epsilon, useLocking, name);
    this.weightDecay = weightDecay;
  }
  /**
   * As `minimize` of every optimizer. All variables decay, whatever is in `decayVarList`, as in TensorFlow 1.15, which
   * loses it on its way: `applyGradients` keeps to it.
   */
  override minimize(...args: Args<'contrib.opt.AdamWOptimizer.minimize', MinimizedW>): Operation {
    const [loss, globalStep, varList, gateGradients, aggregation, colocate, name, gradLoss, only] =
      MINIMIZE_W.take(args);
    if (only?.length)
      tell(
        'WARN',
        'minimize() decays every variable, whatever is in decayVarList, as in TensorFlow 1.15.\n' +
          '  fix: optimizer.applyGradients(optimizer.computeGradients(loss), { decayVarList })',
      );
    return super.minimize(loss, globalStep, varList, gateGradients, aggregation, colocate, name, gradLoss);
  }
  /** As `applyGradients` of every optimizer; where `decayVarList` is given the other variables do not decay. */
  override applyGradients(...args: Args<'contrib.opt.AdamWOptimizer.apply_gradients', AppliedW>): Operation {
    const [pairs, globalStep, name, only] = APPLY_GRADIENTS_W.take(args);
    this.decaying = only?.length ? only : null;
    return super.applyGradients(pairs, globalStep, name);
  }
  protected override prepare(): void {
    // TensorFlow makes a constant of it, and computes with the number.
    convertToTensor(this.weightDecay, null, 'weight_decay');
    super.prepare();
  }
  protected override applyDense(grad: Tensor, v: Variable): Operation {
    return waitingFor([this.decayed(v, () => this.decayAll(v))], () => super.applyDense(grad, v));
  }
  protected override applySparse(grad: IndexedSlices, v: Variable): Operation {
    return waitingFor([this.decayed(v, () => this.decayRows(v, grad.indices))], () => super.applySparse(grad, v));
  }
  private decayed(v: Variable, decay: () => Tensor | Operation): Tensor | Operation {
    return !this.decaying || this.decaying.includes(v) ? decay() : noOp();
  }
  private decayAll(v: Variable): Operation {
    const part = asTensor(v).rmul(this.weightDecay);
    return readBack(v, v.assignSub(part, { useLocking: this.useLocking, readValue: false }));
  }
  private decayRows(v: Variable, indices: Tensor): Tensor {
    const factor = typeof this.weightDecay === 'number' ? -this.weightDecay : apply('Neg', [this.weightDecay]);
    const update = gather(v, indices).rmul(factor);
    if (!v.isResource) return apply('ScatterAdd', [v.handle, indices, update], { use_locking: this.useLocking });
    return waitingFor([applyOp('ResourceScatterAdd', [v.handle, indices, update])], () => v.value());
  }
}
