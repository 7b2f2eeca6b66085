/** Steps that shrink where gradients have been large. */
import { ValueError } from '../base/errors';
import { type Args, constructorOf } from '../calls/bind';
import type { Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import type { Hyperparameter, OptimizerOptions } from './arguments';
import { OneOpOptimizer } from './one-op';

/** What `AdagradOptimizer` takes by name. */
export interface AdagradOptions extends OptimizerOptions {
  /** What the sums of squares start from; positive. */
  readonly initialAccumulatorValue?: number;
}

type Taken = [learningRate: Hyperparameter, initialAccumulatorValue?: number, useLocking?: boolean, name?: string];
const ADAGRAD = constructorOf<Taken>('train.AdagradOptimizer');

/**
 * Adagrad: `sum += gradient²; variable -= learningRate * gradient / √sum` (Duchi et al. 2011).
 *
 *     const w = new tf.Variable(1);
 *     const trainStep = new tf.train.AdagradOptimizer(0.1).minimize(w.square());
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w)   // 0.901227
 *
 * Slot: `accumulator`.
 */
export class AdagradOptimizer extends OneOpOptimizer {
  private readonly learningRate: Hyperparameter;
  private readonly initial: number;
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate             a number, a tensor, or a function that gives one
   * @param initialAccumulatorValue  what the sums of squares start from; positive
   * @param useLocking               has no effect: updates of one variable do not meet here
   * @throws ValueError  without a name
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'train.AdagradOptimizer', Taken>) {
    const [learningRate, initialAccumulatorValue = 0.1, useLocking = false, name = 'Adagrad'] = ADAGRAD.take(args);
    if (initialAccumulatorValue <= 0)
      throw new ValueError(`initial_accumulator_value must be positive: ${initialAccumulatorValue}`);
    super(useLocking, name);
    this.learningRate = learningRate;
    this.initial = initialAccumulatorValue;
  }
  protected override createSlots(variables: readonly Variable[]): void {
    for (const v of variables) this.slots.filled(v, 'accumulator', this.initial);
  }
  protected override hyperparameters(): [Hyperparameter, string][] {
    return [[this.learningRate, 'learning_rate']];
  }
  protected override op(v: Variable, gradient: readonly Tensor[]): Operation {
    const state = this.slots.with(v, 'accumulator');
    return this.trainingOp('Adagrad', state, [...this.scalarsFor(v), ...gradient], { sparse: gradient.length > 1 });
  }
}
