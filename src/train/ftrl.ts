/** Follow the regularized leader: for sparse linear models. */
import { ValueError } from '../base/errors';
import { type Args, constructorOf } from '../calls/bind';
import type { Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import type { Hyperparameter, OptimizerOptions } from './arguments';
import { OneOpOptimizer } from './one-op';
import { filledBeside } from './slots';

/** What `FtrlOptimizer` takes by name. */
export interface FtrlOptions extends OptimizerOptions {
  /** How the rate falls; 0 for a fixed one. */
  readonly learningRatePower?: number;
  /** What the sums of squares start from. */
  readonly initialAccumulatorValue?: number;
  /** Draws weights to 0. */
  readonly l1RegularizationStrength?: number;
  /** Keeps weights small, as a stabilization. */
  readonly l2RegularizationStrength?: number;
  /** The name of the slot of sums of squares. */
  readonly accumName?: string | null;
  /** The name of the linear slot. */
  readonly linearName?: string | null;
  /** Keeps weights small, as a penalty on their size. */
  readonly l2ShrinkageRegularizationStrength?: number;
}

type Taken = [
  learningRate: Hyperparameter,
  learningRatePower?: number,
  initialAccumulatorValue?: number,
  l1RegularizationStrength?: number,
  l2RegularizationStrength?: number,
  useLocking?: boolean,
  name?: string,
  accumName?: string,
  linearName?: string,
  l2ShrinkageRegularizationStrength?: number,
];
const FTRL = constructorOf<Taken>('train.FtrlOptimizer');
/** As Python prints it with %f. */
const fixed = (x: number): string => x.toFixed(6);
function notNegative(name: string, value: number, word = 'positive or zero'): void {
  if (value < 0) throw new ValueError(`${name} ${fixed(value)} needs to be ${word}`);
}

/**
 * Follow the regularized leader (McMahan et al. 2013), with both kinds of L2.
 *
 *     const w = new tf.Variable([1, -1]);
 *     const trainStep = new tf.train.FtrlOptimizer(0.5, { l1RegularizationStrength: 0.1 }).minimize(w.square());
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w).shape   // [2]
 */
export class FtrlOptimizer extends OneOpOptimizer {
  private readonly settings: readonly [rate: Hyperparameter, l1: number, l2: number, shrinkage: number, power: number];
  private readonly initial: number;
  private readonly names: readonly [accum: string, linear: string];
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate                       a number, a tensor, or a function that gives one
   * @param learningRatePower                  how the rate falls, not above 0; 0 for a fixed one
   * @param initialAccumulatorValue            what the sums of squares start from
   * @param l1RegularizationStrength           draws weights to 0
   * @param l2RegularizationStrength           keeps weights small, as a stabilization
   * @param useLocking                         has no effect: updates of one variable do not meet here
   * @param accumName                          the name of the slot of sums of squares
   * @param linearName                         the name of the linear slot
   * @param l2ShrinkageRegularizationStrength  keeps weights small, as a penalty on their size
   * @throws ValueError  for a setting below 0, and a power above 0
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'train.FtrlOptimizer', Taken>) {
    const [learningRate, power = -0.5, initial = 0.1, l1 = 0, l2 = 0, ...rest] = FTRL.take(args);
    const [useLocking = false, name = 'Ftrl', accumName, linearName, shrinkage = 0] = rest;
    super(useLocking, name);
    notNegative('initial_accumulator_value', initial);
    if (power > 0) throw new ValueError(`learning_rate_power ${fixed(power)} needs to be negative or zero`);
    notNegative('l1_regularization_strength', l1);
    notNegative('l2_regularization_strength', l2);
    notNegative('l2_shrinkage_regularization_strength', shrinkage);
    this.settings = [learningRate, l1, l2, shrinkage, power];
    this.initial = initial;
    this.names = [accumName || name, linearName || name];
  }
  protected override createSlots(variables: readonly Variable[]): void {
    for (const v of variables) {
      this.slots.from(v, 'accum', filledBeside(v, this.initial), this.names[0]);
      this.slots.zeros(v, 'linear', this.names[1]);
    }
  }
  protected override hyperparameters(): [Hyperparameter, string][] {
    const [rate, l1, l2, shrinkage, power] = this.settings;
    return [
      [rate, 'learning_rate'],
      [l1, 'l1_regularization_strength'],
      [l2, 'l2_regularization_strength'],
      [shrinkage, 'l2_shrinkage_regularization_strength'],
      [power, 'learning_rate_power'],
    ];
  }
  protected override op(v: Variable, gradient: readonly Tensor[]): Operation {
    const shrinks = this.settings[3] > 0;
    const scalars = this.scalarsFor(v, (i) => shrinks || i !== 3);
    const state = this.slots.with(v, 'accum', 'linear');
    const inputs = [...gradient, ...scalars];
    return this.trainingOp(shrinks ? 'FtrlV2' : 'Ftrl', state, inputs, { sparse: gradient.length > 1 });
  }
}
