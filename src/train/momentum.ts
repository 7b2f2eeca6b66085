/** Gradient descent that keeps its direction. */
import { type Args, constructorOf } from '../calls/bind';
import type { IndexedSlices, Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import type { Hyperparameter, OptimizerOptions } from './arguments';
import { Optimizer, like } from './optimizer';

/** What `MomentumOptimizer` takes by name. */
export interface MomentumOptions extends OptimizerOptions {
  /** Looks ahead: Nesterov's form. */
  readonly useNesterov?: boolean;
}

type Taken = [
  learningRate: Hyperparameter,
  momentum: Hyperparameter,
  useLocking?: boolean,
  name?: string,
  useNesterov?: boolean,
];
const MOMENTUM = constructorOf<Taken>('train.MomentumOptimizer');

/**
 * Gradient descent with momentum: `accumulation = momentum * accumulation + gradient; variable -= learningRate *
 * accumulation` (Polyak 1964).
 *
 *     const w = new tf.Variable(1);
 *     const trainStep = new tf.train.MomentumOptimizer(0.1, 0.9).minimize(w.square());
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w)   // 0.8
 *
 * Slot: `momentum`.
 */
export class MomentumOptimizer extends Optimizer {
  private rate!: Tensor;
  private decay!: Tensor;
  private readonly learningRate: Hyperparameter;
  private readonly momentum: Hyperparameter;
  private readonly useNesterov: boolean;
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate  a number, a tensor, or a function that gives one
   * @param momentum      what stays of the last step
   * @param useLocking    has no effect: updates of one variable do not meet here
   * @param useNesterov   looks ahead: Nesterov's form (Sutskever et al. 2013)
   * @throws ValueError  without a name
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'train.MomentumOptimizer', Taken>) {
    const [learningRate, momentum, useLocking = false, name = 'Momentum', useNesterov = false] = MOMENTUM.take(args);
    super(useLocking, name);
    this.learningRate = learningRate;
    this.momentum = momentum;
    this.useNesterov = useNesterov;
  }
  protected override createSlots(variables: readonly Variable[]): void {
    for (const v of variables) this.slots.zeros(v, 'momentum');
  }
  protected override prepare(): void {
    this.rate = this.hyperparameter(this.learningRate, 'learning_rate');
    this.decay = this.hyperparameter(this.momentum, 'momentum');
  }
  protected override applyDense(grad: Tensor, v: Variable): Operation {
    return this.trainingOp(
      'Momentum',
      this.slots.with(v, 'momentum'),
      [like(this.rate, v), grad, like(this.decay, v)],
      { attrs: { use_nesterov: this.useNesterov } },
    );
  }
  protected override applySparse({ values, indices }: IndexedSlices, v: Variable): Operation {
    return this.trainingOp(
      'Momentum',
      this.slots.with(v, 'momentum'),
      [like(this.rate, v), values, indices, like(this.decay, v)],
      { sparse: true, attrs: { use_nesterov: this.useNesterov } },
    );
  }
}
