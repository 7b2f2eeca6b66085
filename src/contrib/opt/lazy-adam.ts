/** Adam whose averages move where there is a gradient alone. */
import { type Args, constructorOf } from '../../calls/bind';
import { grouped } from '../../control/group';
import { apply, applyOp } from '../../graph/apply';
import type { IndexedSlices, Operation, Tensor } from '../../graph/graph';
import { gather } from '../../ops/gather';
import { AdamOptimizer, rest } from '../../train/adam';
import type { AdamTaken } from '../../train/arguments';
import type { Variable } from '../../variables/variable';

const LAZY_ADAM = constructorOf<AdamTaken>('contrib.opt.LazyAdamOptimizer');

/**
 * `tf.train.AdamOptimizer` for tables of which a step sees few rows: rows without a gradient stay as they are, with
 * their averages, where Adam moves them on. With dense gradients it is Adam.
 *
 *     const table = new tf.Variable([[1], [2]]);
 *     const loss = tf.reduceSum(tf.gather(table, [1]));
 *     const trainStep = new tf.contrib.opt.LazyAdamOptimizer(0.5).minimize(loss);
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(table)   // [[1], [1.5]]
 *
 * Slots: `m`, `v`; and two variables for the powers of the betas.
 */
export class LazyAdamOptimizer extends AdamOptimizer {
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param learningRate  a number, a tensor, or a function that gives one
   * @param beta1         decay of the average of gradients
   * @param beta2         decay of the average of squares
   * @param epsilon       keeps the division sound: "epsilon hat" of the paper
   * @param useLocking    has no effect: updates of one variable do not meet here
   * @throws ValueError  without a name
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...args: Args<'contrib.opt.LazyAdamOptimizer', AdamTaken>) {
    super(...LAZY_ADAM.take(args));
  }
  protected override applySparse({ values: grad, indices }: IndexedSlices, variable: Variable): Operation {
    const { rate, beta1, beta2, epsilon } = this.ratesOf(variable);
    const [, m, v] = this.slots.with(variable, 'm', 'v');
    const mean = (): Tensor => beta1.mul(gather(m, indices)).add(rest(beta1).mul(grad));
    const square = (): Tensor => beta2.mul(gather(v, indices)).add(rest(beta2).mul(apply('Square', [grad])));
    const root = (v1: Tensor): Tensor => apply('Sqrt', [v1]).add(epsilon);
    if (variable.isResource) {
      const put = (slot: Variable, rows: Tensor, type = 'ResourceScatterUpdate'): Operation =>
        applyOp(type, [slot.handle, indices, rows]);
      const m1 = mean();
      const kept = put(m, m1);
      const v1 = square();
      const keptSquares = put(v, v1);
      return grouped([put(variable, rate.mul(m1).div(root(v1)), 'ResourceScatterSub'), kept, keptSquares]);
    }
    const put = (slot: Variable, rows: Tensor, type = 'ScatterUpdate'): Tensor =>
      apply(type, [slot.handle, indices, rows], { use_locking: this.useLocking });
    const m1 = put(m, mean());
    const v1 = put(v, square());
    const [mean1, square1] = [m1, v1].map((slot) => gather(slot, indices));
    // The divisor comes first, as in TensorFlow, where the names are numbered by it.
    const divisor = root(square1);
    return grouped([put(variable, rate.mul(mean1).div(divisor), 'ScatterSub'), m1, v1]);
  }
}
