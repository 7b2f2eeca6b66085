/** What the programs of test/fixtures/record/tables.py are written in. */
import * as tf from '../../src';
import { Run as Queues, plain, textOf } from '../queues/run';

export const DIR = 'test/fixtures/tables/';
export class Run extends Queues {
  /** A table's entries, which come in any order. */
  sorted(fetch: readonly [tf.Tensor, tf.Tensor]): void {
    try {
      const [keys, values] = (this.session.run([...fetch]) as unknown[]).map(plain) as unknown[][];
      const text = (entry: unknown[]): string => String(entry[0]);
      this.say(keys.map((key, i) => [key, values[i]]).sort((a, b) => (text(a) < text(b) ? -1 : 1)));
    } catch (error) {
      this.say(textOf(error));
    }
  }
  fill(): void {
    this.now(tf.tablesInitializer());
  }
}
export type Programs = Readonly<Record<string, (run: Run) => Promise<void> | void>>;
const { KeyValueTensorInitializer } = tf.lookup;
export function words(
  keys: readonly string[] = ['a', 'b'],
  values: readonly number[] = [1, 2],
  valueDtype: tf.DType = tf.int64,
): tf.lookup.KeyValueTensorInitializer {
  return new KeyValueTensorInitializer(keys, values, tf.string, valueDtype);
}
export const longs = (...values: readonly number[]): tf.Tensor => tf.constant([...values], tf.int64);
export const hidden = (value: tf.TensorLike): tf.Tensor => tf.placeholderWithDefault(value, null);
