/** Adagrad by dual averaging: weights stay exactly 0 as long as their gradients say little. */
import { ValueError } from '../base/errors';
import { type Args, constructorOf } from '../calls/bind';
import { apply } from '../graph/apply';
import { type IndexedSlices, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { cast } from '../ops/cast';
import type { Variable } from '../variables/variable';
import type { Hyperparameter, OptimizerOptions } from './arguments';
import { Optimizer, like } from './optimizer';
import { filledBeside } from './slots';

/** What `AdagradDAOptimizer` takes by name. */
export interface AdagradDAOptions extends OptimizerOptions {
  /** What the sums of squares start from; positive. */
  readonly initialGradientSquaredAccumulatorValue?: number;
  /** Draws weights to 0. */
  readonly l1RegularizationStrength?: number;
  /** Keeps weights small. */
  readonly l2RegularizationStrength?: number;
}
type Taken = [
  learningRate: Hyperparameter,
  globalStep: Variable | Tensor,
  initialGradientSquaredAccumulatorValue?: number,
  l1RegularizationStrength?: number,
  l2RegularizationStrength?: number,
  useLocking?: boolean,
  name?: string,
];
const ADAGRAD_DA = constructorOf<Taken>('train.AdagradDAOptimizer');

/**
 * Adagrad by dual averaging (Duchi et al. 2011), for sparse linear models.
 *
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const w = new tf.Variable([1, -1]);
 *     const trainStep = new tf.train.AdagradDAOptimizer(0.5, step).minimize(w.square(), { globalStep: step });
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(step)   // 1
 */
export class AdagradDAOptimizer extends Optimizer {
  private rate!: Tensor;
  private step!: Tensor;
  private readonly learningRate: Hyperparameter;
  private readonly globalStep: Variable | Tensor;
  private readonly initial: number;
  private readonly strengths: readonly [l1: number, l2: number];
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate                            a number, a tensor, or a function that gives one
   * @param globalStep                              counts the steps: int64
   * @param initialGradientSquaredAccumulatorValue  what the sums of squares start from; positive
   * @param l1RegularizationStrength                draws weights to 0
   * @param l2RegularizationStrength                keeps weights small
   * @param useLocking                              has no effect: updates of one variable do not meet here
   * @throws ValueError  for a start that is not positive
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'train.AdagradDAOptimizer', Taken>) {
    const [learningRate, globalStep, initial = 0.1, l1 = 0, l2 = 0, ...rest] = ADAGRAD_DA.take(args);
    const [useLocking = false, name = 'AdagradDA'] = rest;
    if (initial <= 0) throw new ValueError(`initial_gradient_squared_accumulator_value must be positive: ${initial}`);
    super(useLocking, name);
    this.learningRate = learningRate;
    this.globalStep = globalStep;
    this.initial = initial;
    this.strengths = [l1, l2];
  }
  protected override createSlots(variables: readonly Variable[]): void {
    for (const v of variables) {
      const [zeros, start] = [filledBeside(v, 0), filledBeside(v, this.initial)];
      this.slots.from(v, 'gradient_accumulator', zeros);
      this.slots.from(v, 'gradient_squared_accumulator', start);
    }
  }
  protected override prepare(): void {
    this.rate = this.hyperparameter(this.learningRate, 'learning_rate');
    this.step = getDefaultGraph().colocateWith(this.rate.op, () => apply('Identity', [this.globalStep]).add(1));
  }
  private op(v: Variable, gradient: readonly Tensor[]): Operation {
    const step = apply('Identity', [this.step]);
    const dtype = v.dtype.baseDtype;
    const scalars = [like(this.rate, v), ...this.strengths.map((strength): Tensor => cast(strength, dtype)), step];
    const state = this.slots.with(v, 'gradient_accumulator', 'gradient_squared_accumulator');
    return this.trainingOp('AdagradDA', state, [...gradient, ...scalars], { sparse: gradient.length > 1 });
  }
  protected override applyDense(grad: Tensor, v: Variable): Operation {
    return this.op(v, [grad]);
  }
  protected override applySparse({ values, indices }: IndexedSlices, v: Variable): Operation {
    return this.op(v, [values, indices]);
  }
}
