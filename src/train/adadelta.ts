/** Steps in the units of the variables, without a learning rate to tune. */
import { type Args, constructorOf } from '../calls/bind';
import type { IndexedSlices, Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import type { Hyperparameter, OptimizerOptions } from './arguments';
import { Optimizer, like } from './optimizer';

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
export class AdadeltaOptimizer extends Optimizer {
  private scalars: Tensor[] = [];
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
  protected override prepare(): void {
    this.scalars = [
      this.hyperparameter(this.learningRate, 'lr'),
      this.hyperparameter(this.rho, 'rho'),
      this.hyperparameter(this.epsilon, 'epsilon'),
    ];
  }
  private op(v: Variable, inputs: readonly Tensor[], sparse: boolean): Operation {
    return this.trainingOp(
      'Adadelta',
      this.slots.with(v, 'accum', 'accum_update'),
      [...this.scalars.map((s) => like(s, v)), ...inputs],
      { sparse },
    );
  }
  protected override applyDense(grad: Tensor, v: Variable): Operation {
    return this.op(v, [grad], false);
  }
  protected override applySparse({ values, indices }: IndexedSlices, v: Variable): Operation {
    return this.op(v, [values, indices], true);
  }
}
