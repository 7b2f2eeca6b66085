/** What recorded decoders of sequences have in common. */
import * as tf from '../../src';
import { flatten } from '../../src/flow/structure';

export { grads, int, ph } from '../flow/words';
export { C, F, batch } from '../rnn/words';
export type { Programs } from '../programs';
import { grads } from '../flow/words';
import { C, F } from '../rnn/words';

export const S = tf.contrib.seq2seq;
/** Whole numbers. */
export const ints = (...n: number[]): tf.Tensor => tf.constant(Int32Array.from(n));
/** Outputs, and the gradients of the squares of those that are floats to all variables and x. */
export function back(...ys: unknown[]): tf.Tensor[] {
  const all = flatten(ys) as tf.Tensor[];
  const loss = tf.addN(all.filter((y) => y.dtype === F).map((y) => tf.reduceSum(tf.square(y))));
  const x = tf.getDefaultGraph().getTensorByName('x:0');
  const xs = [...tf.trainableVariables(), ...(x.dtype === F ? [x] : [])];
  return [...all, ...grads(loss, ...xs).map((g) => tf.convertToTensor(g))];
}
export const table = (n = 5, size = 3): tf.Variable =>
  tf.getVariable('embedding', [n, size], { initializer: tf.randomUniformInitializer(-1, 1, 4) });
export const dense = (n = 5, more: object = {}): tf.layers.Dense =>
  new tf.layers.Dense(n, { kernelInitializer: tf.randomUniformInitializer(-1, 1, 6), ...more });
/** A decoder of a cell of three units. */
export function decoder(
  helper: tf.contrib.seq2seq.Helper<tf.Tensor, tf.Tensor>,
  cell: tf.nn.rnnCell.CellLike<unknown> = new C.GRUCell(3),
  layer?: tf.layers.Dense,
): tf.contrib.seq2seq.BasicDecoder {
  return new S.BasicDecoder<unknown, tf.Tensor, tf.Tensor>(cell, helper, cell.zeroState(2, F), layer);
}
