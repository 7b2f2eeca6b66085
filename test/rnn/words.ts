/** What recorded recurrent nets have in common. */
import * as tf from '../../src';
import { flatten } from '../../src/flow/structure';

export { grads, ph, predicate } from '../flow/words';
export type { Programs } from '../programs';
import { grads, ph } from '../flow/words';

export const C = tf.nn.rnnCell;
export const F = tf.float32;
/** x, as [batch, time, size]. */
export const batch = (...shape: number[]): tf.Tensor => ph(shape);
/** Outputs, and the gradients of their squares to all variables and x. */
export function back(...ys: unknown[]): tf.Tensor[] {
  const all = flatten(ys) as tf.Tensor[];
  const loss = tf.addN(all.map((y) => tf.reduceSum(tf.square(y))));
  const x = tf.getDefaultGraph().getTensorByName('x:0');
  const xs = [...tf.trainableVariables(), ...(x.dtype === F ? [x] : [])];
  return [...all, ...grads(loss, ...xs).map((g) => tf.convertToTensor(g))];
}
/** A cell with variables and states of its own. */
export class Own extends C.RNNCell<readonly [tf.Tensor, tf.Tensor]> {
  override get stateSize(): tf.nn.rnnCell.StateSize {
    return [2, new tf.TensorShape([3])];
  }
  override get outputSize(): number {
    return 3;
  }
  override call(x: tf.Tensor, state: readonly [tf.Tensor, tf.Tensor]): [tf.Tensor, [tf.Tensor, tf.Tensor]] {
    const w = tf.getVariable('w', [3, 2], { initializer: tf.constantInitializer(0.5) });
    const b = tf.getVariable('b', [3], { initializer: tf.onesInitializer(), trainable: false });
    const a = tf.tanh(tf.matmul(x, w).add(state[0]));
    return [state[1].add(b), [a, state[1].mul(0.5).add(tf.reduceSum(a))]];
  }
}
/** One that takes two tensors, and gives two. */
export class Pair extends C.RNNCell<tf.Tensor, [tf.Tensor, tf.Tensor], readonly [tf.Tensor, tf.Tensor]> {
  override get stateSize(): number {
    return 2;
  }
  override get outputSize(): tf.nn.rnnCell.StateSize {
    return [2, 2];
  }
  override call([a, b]: readonly [tf.Tensor, tf.Tensor], state: tf.Tensor): [[tf.Tensor, tf.Tensor], tf.Tensor] {
    const s = state.add(a.mul(tf.getVariable('w', [2], { initializer: tf.onesInitializer() })));
    return [[s, s.mul(b)], s];
  }
}
