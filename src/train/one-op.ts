/** Optimizers whose update of a variable is one op, for whole gradients and for those of some rows. */
import type { IndexedSlices, Operation, Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';
import type { Hyperparameter } from './arguments';
import { Optimizer, like } from './optimizer';

export abstract class OneOpOptimizer extends Optimizer {
  private scalars: readonly Tensor[] = [];
  /** Hyperparameters that become tensors, each with the name of its constant, in the order of the op. */
  protected abstract hyperparameters(): readonly (readonly [value: Hyperparameter, name: string])[];
  /** The op. A gradient is one tensor, or the values and the indices of rows. */
  protected abstract op(v: Variable, gradient: readonly Tensor[]): Operation;

  protected override prepare(): void {
    this.scalars = this.hyperparameters().map(([value, name]) => this.hyperparameter(value, name));
  }
  /** The hyperparameters in the dtype of a variable, or those of them that its op takes. */
  protected scalarsFor(v: Variable, takes: (i: number) => boolean = () => true): Tensor[] {
    return this.scalars.filter((_, i) => takes(i)).map((scalar) => like(scalar, v));
  }
  protected override applyDense(grad: Tensor, v: Variable): Operation {
    return this.op(v, [grad]);
  }
  protected override applySparse({ values, indices }: IndexedSlices, v: Variable): Operation {
    return this.op(v, [values, indices]);
  }
}
