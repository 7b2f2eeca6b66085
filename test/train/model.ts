/** The losses whose training steps are recorded by record/rows/training.py. */
import * as tf from '../../src';

function variable(name: string, value: unknown, useResource = false): tf.Variable {
  return tf.getVariable(name, { initializer: tf.constant(value as number[]), useResource });
}
export function model({ resource = false, rows = false } = {}): tf.Tensor {
  if (rows) {
    const rowsOfTwo = [1, 3, 5].map((n) => [n, n + 1]);
    const E = variable('E', rowsOfTwo, resource);
    return tf.reduceSum(tf.gather(E, tf.placeholder(tf.int32, [null], { name: 'ids' })));
  }
  const [W, b] = [
    variable(
      'W',
      [
        [1, 2],
        [3, 4],
      ],
      resource,
    ),
    variable('b', [1, 2], resource),
  ];
  const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
  return tf.reduceMean(tf.square(tf.matmul(x, W).add(b)));
}
