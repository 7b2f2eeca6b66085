/** Gradient steps, each followed by one towards weights that are small or 0 (Duchi and Singer 2009). */
import { ValueError } from '../base/errors';
import { type Args, constructorOf } from '../calls/bind';
import type { Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import type { Hyperparameter, OptimizerOptions } from './arguments';
import { OneOpOptimizer } from './one-op';
import { filledBeside } from './slots';

/** What `ProximalGradientDescentOptimizer` takes by name. */
export interface ProximalOptions extends OptimizerOptions {
  /** Draws weights to 0. */
  readonly l1RegularizationStrength?: Hyperparameter;
  /** Keeps weights small. */
  readonly l2RegularizationStrength?: Hyperparameter;
}
/** What `ProximalAdagradOptimizer` takes by name. */
export interface ProximalAdagradOptions extends ProximalOptions {
  /** What the sums of squares start from; positive. */
  readonly initialAccumulatorValue?: number;
}

/** What both are made of: a rate and two strengths. */
abstract class Proximal extends OneOpOptimizer {
  constructor(
    private readonly settings: readonly [rate: Hyperparameter, l1: Hyperparameter, l2: Hyperparameter],
    useLocking: boolean,
    name: string,
  ) {
    super(useLocking, name);
  }
  protected override hyperparameters(): [Hyperparameter, string][] {
    const [rate, l1, l2] = this.settings;
    return [
      [rate, 'learning_rate'],
      [l1, 'l1_regularization_strength'],
      [l2, 'l2_regularization_strength'],
    ];
  }
  protected proximalOp(rule: string, state: readonly Variable[], gradient: readonly Tensor[]): Operation {
    const inputs = [...this.scalarsFor(state[0]), ...gradient];
    return this.trainingOp(rule, state, inputs, { sparse: gradient.length > 1 });
  }
}

type Descent = [
  learningRate: Hyperparameter,
  l1RegularizationStrength?: Hyperparameter,
  l2RegularizationStrength?: Hyperparameter,
  useLocking?: boolean,
  name?: string,
];
const PROXIMAL_DESCENT = constructorOf<Descent>('train.ProximalGradientDescentOptimizer');
/**
 * Gradient descent with penalties that may make weights exactly 0.
 *
 *     const w = new tf.Variable([1, 0.01]);
 *     const optimizer = new tf.train.ProximalGradientDescentOptimizer(0.1, { l1RegularizationStrength: 0.2 });
 *     const trainStep = optimizer.minimize(tf.reduceSum(w));
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w)   // [0.88, -0.07]
 */
export class ProximalGradientDescentOptimizer extends Proximal {
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate              a number, a tensor, or a function that gives one
   * @param l1RegularizationStrength  draws weights to 0
   * @param l2RegularizationStrength  keeps weights small
   * @param useLocking                has no effect: updates of one variable do not meet here
   * @throws ValueError  without a name
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'train.ProximalGradientDescentOptimizer', Descent>) {
    const [rate, l1 = 0, l2 = 0, useLocking = false, name = 'ProximalGradientDescent'] = PROXIMAL_DESCENT.take(args);
    super([rate, l1, l2], useLocking, name);
  }
  protected override op(v: Variable, gradient: readonly Tensor[]): Operation {
    return this.proximalOp('ProximalGradientDescent', [v], gradient);
  }
}

type Adagrad = [
  learningRate: Hyperparameter,
  initialAccumulatorValue?: number,
  l1RegularizationStrength?: Hyperparameter,
  l2RegularizationStrength?: Hyperparameter,
  useLocking?: boolean,
  name?: string,
];
const PROXIMAL_ADAGRAD = constructorOf<Adagrad>('train.ProximalAdagradOptimizer');
/**
 * Adagrad with penalties that may make weights exactly 0.
 *
 *     const w = new tf.Variable([3, -4]);
 *     const optimizer = new tf.train.ProximalAdagradOptimizer(1, { initialAccumulatorValue: 1e-9 });
 *     const trainStep = optimizer.minimize(w.square());
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w)   // [2, -3]
 */
export class ProximalAdagradOptimizer extends Proximal {
  private readonly initial: number;
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate              a number, a tensor, or a function that gives one
   * @param initialAccumulatorValue   what the sums of squares start from; positive
   * @param l1RegularizationStrength  draws weights to 0
   * @param l2RegularizationStrength  keeps weights small
   * @param useLocking                has no effect: updates of one variable do not meet here
   * @throws ValueError  for a start that is not positive
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'train.ProximalAdagradOptimizer', Adagrad>) {
    const [rate, initial = 0.1, l1 = 0, l2 = 0, ...rest] = PROXIMAL_ADAGRAD.take(args);
    const [useLocking = false, name = 'ProximalAdagrad'] = rest;
    if (initial <= 0) throw new ValueError(`initial_accumulator_value must be positive: ${initial}`);
    super([rate, l1, l2], useLocking, name);
    this.initial = initial;
  }
  protected override createSlots(variables: readonly Variable[]): void {
    for (const v of variables) this.slots.from(v, 'accumulator', filledBeside(v, this.initial));
  }
  protected override op(v: Variable, gradient: readonly Tensor[]): Operation {
    return this.proximalOp('ProximalAdagrad', this.slots.with(v, 'accumulator'), gradient);
  }
}
