/** Steps scaled by a moving average of the gradients' squares. */
import { type Args, constructorOf } from '../calls/bind';
import type { Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import type { Hyperparameter, OptimizerOptions } from './arguments';
import { OneOpOptimizer } from './one-op';

/** What `RMSPropOptimizer` takes by name. */
export interface RMSPropOptions extends OptimizerOptions {
  /** Decay of the average of squares. */
  readonly decay?: Hyperparameter;
  /** What stays of the last step. */
  readonly momentum?: Hyperparameter;
  /** Keeps the division sound. */
  readonly epsilon?: Hyperparameter;
  /** Scales by the estimated variance instead: less sensitive, one slot more. */
  readonly centered?: boolean;
}

type Taken = [
  learningRate: Hyperparameter,
  decay?: Hyperparameter,
  momentum?: Hyperparameter,
  epsilon?: Hyperparameter,
  useLocking?: boolean,
  centered?: boolean,
  name?: string,
];
const RMSPROP = constructorOf<Taken>('train.RMSPropOptimizer');

/**
 * RMSProp: `ms = decay * ms + (1 - decay) * gradient²; mom = momentum * mom + learningRate * gradient / √(ms +
 * epsilon); variable -= mom` (Tieleman and Hinton 2012).
 *
 *     const w = new tf.Variable(1);
 *     const trainStep = new tf.train.RMSPropOptimizer(0.1).minimize(w.square());
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w)   // 0.824588
 *
 * Slots: `rms`, `momentum`, and `mg` if centered.
 */
export class RMSPropOptimizer extends OneOpOptimizer {
  private readonly learningRate: Hyperparameter;
  private readonly options: Required<Pick<RMSPropOptions, 'decay' | 'momentum' | 'epsilon' | 'centered'>>;
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate  a number, a tensor, or a function that gives one
   * @param decay         decay of the average of squares
   * @param momentum      what stays of the last step
   * @param epsilon       keeps the division sound
   * @param useLocking    has no effect: updates of one variable do not meet here
   * @param centered      scales by the estimated variance instead: less sensitive, one slot more
   * @throws ValueError  without a name
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'train.RMSPropOptimizer', Taken>) {
    const [learningRate, decay = 0.9, momentum = 0, epsilon = 1e-10, ...rest] = RMSPROP.take(args);
    const [useLocking = false, centered = false, name = 'RMSProp'] = rest;
    super(useLocking, name);
    this.learningRate = learningRate;
    this.options = { decay, momentum, epsilon, centered };
  }
  protected override createSlots(variables: readonly Variable[]): void {
    for (const v of variables) {
      this.slots.ones(v, 'rms');
      if (this.options.centered) this.slots.zeros(v, 'mg');
      this.slots.zeros(v, 'momentum');
    }
  }
  protected override hyperparameters(): [Hyperparameter, string][] {
    const { decay, momentum, epsilon } = this.options;
    return [
      [this.learningRate, 'learning_rate'],
      [decay, 'decay'],
      [momentum, 'momentum'],
      [epsilon, 'epsilon'],
    ];
  }
  protected override op(v: Variable, gradient: readonly Tensor[]): Operation {
    const { centered } = this.options;
    const state = centered ? this.slots.with(v, 'mg', 'rms', 'momentum') : this.slots.with(v, 'rms', 'momentum');
    const inputs = [...this.scalarsFor(v), ...gradient];
    return this.trainingOp(centered ? 'CenteredRMSProp' : 'RMSProp', state, inputs, { sparse: gradient.length > 1 });
  }
}
