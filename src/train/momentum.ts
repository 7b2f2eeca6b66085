/** Gradient descent that keeps its direction. */
import type { IndexedSlices, Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import { type Hyperparameter, Optimizer, type OptimizerOptions, like } from './optimizer';

export interface MomentumOptions extends OptimizerOptions {
  /** Looks ahead: Nesterov's form. */
  readonly useNesterov?: boolean;
}

/**
 * `accumulation = momentum * accumulation + gradient; variable -= learningRate * accumulation`
 *
 * Slot: `momentum`.
 */
export class MomentumOptimizer extends Optimizer {
  private rate!: Tensor;
  private decay!: Tensor;
  private readonly useNesterov: boolean;
  constructor(
    private readonly learningRate: Hyperparameter,
    private readonly momentum: Hyperparameter,
    { useLocking = false, name = 'Momentum', useNesterov = false }: MomentumOptions = {},
  ) {
    super(useLocking, name);
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
