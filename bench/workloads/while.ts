/** A loop over scalars: what an iteration costs beside its arithmetic. */
import * as tf from '../../src';
import type { Setup } from '../serve';
import { openSession } from '../training';

export const setup: Setup = ({ iterations }) => {
  const a = tf.placeholder(tf.float32, [], { name: 'a' });
  const [, end] = tf.whileLoop(
    (i) => tf.less(i, iterations),
    (i, v) => [tf.add(i, 1), v.mul(a).add(1)],
    [tf.constant(0), tf.constant(0)],
  );
  const sess = openSession();
  return { step: () => sess.run(end, { [a.name]: 0.5 }) as number };
};
