/** Adam: steps from moving averages of the gradients and of their squares. */
import { type Args, constructorOf } from '../calls/bind';
import { besideNode, waitingFor } from '../control/framework';
import { grouped } from '../control/group';
import { apply, applyOp } from '../graph/apply';
import { type TensorLike, asTensor } from '../graph/constant';
import type { IndexedSlices, Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import type { AdamTaken, Hyperparameter, OptimizerOptions } from './arguments';
import { Optimizer, like } from './optimizer';

/** What `AdamOptimizer` takes by name. */
export interface AdamOptions extends OptimizerOptions {
  /** Decay of the average of gradients. */
  readonly beta1?: TensorLike;
  /** Decay of the average of squares. */
  readonly beta2?: TensorLike;
  /** "Epsilon hat" of the paper: keeps the division sound. */
  readonly epsilon?: Hyperparameter;
}

const ADAM = constructorOf<AdamTaken>('train.AdamOptimizer');

/**
 * Adam: `m = beta1 * m + (1 - beta1) * g; v = beta2 * v + (1 - beta2) * g²; variable -= learningRate * √(1 -
 * beta2^t) / (1 - beta1^t) * m / (√v + epsilon)` (Kingma and Ba 2014).
 *
 *     const w = new tf.Variable(1);
 *     const trainStep = new tf.train.AdamOptimizer(0.1).minimize(w.square());
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w)   // 0.9
 *
 * Slots: `m`, `v`; and two variables for the powers of the betas. Rows without a gradient move on by their averages
 * too, as in the dense form.
 */
export class AdamOptimizer extends Optimizer {
  protected scalars!: { readonly lr: Tensor; readonly beta1: Tensor; readonly beta2: Tensor; readonly epsilon: Tensor };
  private readonly learningRate: Hyperparameter;
  private readonly options: Required<Pick<AdamOptions, 'beta1' | 'beta2' | 'epsilon'>>;
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate  a number, a tensor, or a function that gives one
   * @param beta1         decay of the average of gradients
   * @param beta2         decay of the average of squares
   * @param epsilon       keeps the division sound: "epsilon hat" of the paper
   * @param useLocking    has no effect: updates of one variable do not meet here
   * @throws ValueError  without a name
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'train.AdamOptimizer', AdamTaken>) {
    const [learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, useLocking = false, name = 'Adam'] =
      ADAM.take(args);
    super(useLocking, name);
    this.learningRate = learningRate;
    this.options = { beta1, beta2, epsilon };
  }
  protected override createSlots(variables: readonly Variable[]): void {
    const first = variables.reduce((a, b) => (b.name < a.name ? b : a));
    this.slots.makeCommon(first, 'beta1_power', this.options.beta1);
    this.slots.makeCommon(first, 'beta2_power', this.options.beta2);
    for (const v of variables) {
      this.slots.zeros(v, 'm');
      this.slots.zeros(v, 'v');
    }
  }
  protected override prepare(): void {
    this.scalars = {
      lr: this.hyperparameter(this.learningRate, 'learning_rate'),
      beta1: this.hyperparameter(this.options.beta1, 'beta1'),
      beta2: this.hyperparameter(this.options.beta2, 'beta2'),
      epsilon: this.hyperparameter(this.options.epsilon, 'epsilon'),
    };
  }
  /** The variables that hold beta1^t and beta2^t. */
  protected powers({ graph }: Variable): [Variable, Variable] {
    return [this.slots.common(graph, 'beta1_power'), this.slots.common(graph, 'beta2_power')];
  }
  protected override applyDense(grad: Tensor, variable: Variable): Operation {
    const { lr, beta1, beta2, epsilon } = this.scalars;
    const inputs = [...this.powers(variable), lr, beta1, beta2, epsilon].map((x) => like(x, variable));
    return this.trainingOp('Adam', this.slots.with(variable, 'm', 'v'), [...inputs, grad]);
  }
  /** The settings in a variable's dtype, and the rate that makes up for averages that began at zero. */
  protected ratesOf(variable: Variable): { readonly [Name in 'rate' | 'beta1' | 'beta2' | 'epsilon']: Tensor } {
    const [power1, power2] = this.powers(variable).map((x) => like(x, variable));
    const { lr, ...others } = this.scalars;
    const [rate, beta1, beta2, epsilon] = [lr, others.beta1, others.beta2, others.epsilon].map((x) =>
      asTensor(like(x, variable)),
    );
    return { rate: rate.mul(apply('Sqrt', [rest(power2)])).div(rest(power1)), beta1, beta2, epsilon };
  }
  protected override applySparse({ values: grad, indices }: IndexedSlices, variable: Variable): Operation {
    const { rate, beta1, beta2, epsilon } = this.ratesOf(variable);
    const [, m, v] = this.slots.with(variable, 'm', 'v');
    const m1 = this.average(m, grad.mul(rest(beta1)), beta1, indices);
    const v1 = this.average(v, grad.mul(grad).mul(rest(beta2)), beta2, indices);
    const root = apply('Sqrt', [v1]);
    const step = rate.mul(m1).div(root.add(epsilon));
    const options = { useLocking: this.useLocking, readValue: false };
    return grouped([readBack(variable, variable.assignSub(step, options) as Operation), m1, v1]);
  }
  /** All rows decay, those with a gradient get their part of it. */
  private average(slot: Variable, part: Tensor, beta: Tensor, indices: Tensor): Tensor {
    const decayed = this.assign(slot, slot.value().mul(beta));
    return waitingFor([decayed], () => {
      if (!slot.isResource) return apply('ScatterAdd', [slot.handle, indices, part], { use_locking: this.useLocking });
      return waitingFor([applyOp('ResourceScatterAdd', [slot.handle, indices, part])], () => slot.value());
    });
  }
  private assign(v: Variable, value: Tensor): Operation {
    return readBack(v, v.assign(value, { useLocking: this.useLocking, readValue: false }) as Operation);
  }
  protected override finish(updates: readonly Operation[], name: string): Operation {
    const { graph } = updates[0];
    const [power1, power2] = ['beta1_power', 'beta2_power'].map((power) => this.slots.common(graph, power));
    const powers = waitingFor(updates, () =>
      besideNode(power1, () => [
        this.assign(power1, power1.value().mul(this.scalars.beta1)),
        this.assign(power2, power2.value().mul(this.scalars.beta2)),
      ]),
    );
    return grouped([...updates, ...powers], name);
  }
}

/** `1 - x` */
export function rest(x: Tensor | Variable): Tensor {
  const value = asTensor(x);
  return apply('Sub', [1, value], {}, 'sub');
}
/** TensorFlow reads a variable behind a handle right after each update, whether asked for or not. */
export function readBack(v: Variable, update: Operation): Operation {
  if (v.isResource) waitingFor([update], () => apply('ReadVariableOp', [v.handle], { dtype: v.dtype.baseDtype }));
  return update;
}
