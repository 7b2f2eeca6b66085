/** Steps in the units of the variables, without a learning rate to tune. */
import { type Args, constructorOf } from '../calls/bind';
import type { Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import type { Hyperparameter, OptimizerOptions } from './arguments';
import { OneOpOptimizer } from './one-op';

/** What `AdadeltaOptimizer` takes by name. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** Decay of both averages. */
  readonly rho?: Hyperparameter;
  /** Keeps the division sound. */
  readonly epsilon?: Hyperparameter;
}

type Taken = [
  learningRate?: Hyperparameter,
  rho?: Hyperparameter,
  epsilon?: Hyperparameter,
  useLocking?: boolean,
  name?: string,
];
const ADADELTA = constructorOf<Taken>('train.AdadeltaOptimizer');

/**
 * Adadelta: `a = rho * a + (1 - rho) * gradient²; step = √(u + epsilon) / √(a + epsilon) * gradient; variable -=
 * learningRate * step; u = rho * u + (1 - rho) * step²` (Zeiler 2012).
 *
 *     const w = new tf.Variable(1);
 *     const trainStep = new tf.train.AdadeltaOptimizer(1).minimize(w.square());
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w)   // 0.999553
 *
 * Slots: `accum`, `accum_update`.
 */
export class AdadeltaOptimizer extends OneOpOptimizer {
  private readonly learningRate: Hyperparameter;
  private readonly rho: Hyperparameter;
  private readonly epsilon: Hyperparameter;
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate  a number, a tensor, or a function that gives one
   * @param rho           decay of both averages
   * @param epsilon       keeps the division sound
   * @param useLocking    has no effect: updates of one variable do not meet here
   * @throws ValueError  without a name
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'train.AdadeltaOptimizer', Taken>) {
    const [learningRate = 0.001, rho = 0.95, epsilon = 1e-8, useLocking = false, name = 'Adadelta'] =
      ADADELTA.take(args);
    super(useLocking, name);
    this.learningRate = learningRate;
    this.rho = rho;
    this.epsilon = epsilon;
  }
  protected override createSlots(variables: readonly Variable[]): void {
    for (const v of variables) {
      this.slots.zeros(v, 'accum');
      this.slots.zeros(v, 'accum_update');
    }
  }
  protected override hyperparameters(): [Hyperparameter, string][] {
    return [
      [this.learningRate, 'lr'],
      [this.rho, 'rho'],
      [this.epsilon, 'epsilon'],
    ];
  }
  protected override op(v: Variable, gradient: readonly Tensor[]): Operation {
    const state = this.slots.with(v, 'accum', 'accum_update');
    return this.trainingOp('Adadelta', state, [...this.scalarsFor(v), ...gradient], { sparse: gradient.length > 1 });
  }
}
