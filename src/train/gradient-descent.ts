/** Plain gradient descent. */
import { isCallable } from '../base/border';
import { type Args, constructorOf } from '../calls/bind';
import type { IndexedSlices, Operation, Tensor } from '../graph/graph';
import { applyOp } from '../graph/apply';
import type { Variable } from '../variables/variable';
import type { Hyperparameter } from './arguments';
import { Optimizer, like } from './optimizer';

type Taken = [learningRate: Hyperparameter, useLocking?: boolean, name?: string];
const GRADIENT_DESCENT = constructorOf<Taken>('train.GradientDescentOptimizer');

/**
 * Plain gradient descent: `variable -= learningRate * gradient`.
 *
 *     const w = new tf.Variable(1);
 *     const trainStep = new tf.train.GradientDescentOptimizer(0.1).minimize(w.square());
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(w)   // 0.8
 */
export class GradientDescentOptimizer extends Optimizer {
  private rate!: Tensor;
  private readonly learningRate: Hyperparameter;
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate  a number, a tensor, or a function that gives one
   * @param useLocking    has no effect: updates of one variable do not meet here
   * @throws ValueError  without a name
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'train.GradientDescentOptimizer', Taken>) {
    const [learningRate, useLocking = false, name = 'GradientDescent'] = GRADIENT_DESCENT.take(args);
    super(useLocking, name);
    this.learningRate = learningRate;
  }
  protected override prepare(): void {
    this.rate = this.hyperparameter(this.learningRate, 'learning_rate');
  }
  protected override applyDense(grad: Tensor, v: Variable): Operation {
    return this.trainingOp('GradientDescent', [v], [like(this.rate, v), grad]);
  }
  /** Rows that come twice are subtracted twice: nothing needs to be summed first. */
  protected override applySparseDuplicateIndices({ values, indices }: IndexedSlices, v: Variable): Operation {
    if (!v.isResource)
      return applyOp('ScatterSub', [v.handle, indices, values.mul(like(this.rate, v))], {
        use_locking: this.useLocking,
      });
    const rate = isCallable(this.learningRate) ? this.learningRate() : this.learningRate;
    return applyOp('ResourceScatterAdd', [v.handle, indices, values.neg().mul(rate)]);
  }
  protected override applySparse(grad: IndexedSlices, v: Variable): Operation {
    return this.applySparseDuplicateIndices(grad, v);
  }
}
