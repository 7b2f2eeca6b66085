/** Steps that shrink where gradients have been large. */
import { ValueError } from '../base/errors';
import { type Args, constructorOf } from '../calls/bind';
import type { IndexedSlices, Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import type { Hyperparameter, OptimizerOptions } from './arguments';
import { Optimizer, like } from './optimizer';

export interface AdagradOptions extends OptimizerOptions {
  /** What the sums of squares start from; positive. */
  readonly initialAccumulatorValue?: number;
}

type Taken = [learningRate: Hyperparameter, initialAccumulatorValue?: number, useLocking?: boolean, name?: string];
const ADAGRAD = constructorOf<Taken>('train.AdagradOptimizer');

/**
 * `sum += gradient²; variable -= learningRate * gradient / √sum` (Duchi and others, 2011)
 *
 * Slot: `accumulator`.
 */
export class AdagradOptimizer extends Optimizer {
  private rate!: Tensor;
  private readonly learningRate: Hyperparameter;
  private readonly initial: number;
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
  protected override prepare(): void {
    this.rate = this.hyperparameter(this.learningRate, 'learning_rate');
  }
  protected override applyDense(grad: Tensor, v: Variable): Operation {
    return this.trainingOp('Adagrad', this.slots.with(v, 'accumulator'), [like(this.rate, v), grad]);
  }
  protected override applySparse({ values, indices }: IndexedSlices, v: Variable): Operation {
    return this.trainingOp('Adagrad', this.slots.with(v, 'accumulator'), [like(this.rate, v), values, indices], {
      sparse: true,
    });
  }
}
