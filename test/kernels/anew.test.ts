/** Where code from strings is refused, as by a page's content policy, kernels give the same. */
import type * as Library from '../../src';

/** Sums, maxima and products of rows, of columns, and of operands that are spread. */
function results(): unknown {
  let found: unknown;
  jest.isolateModules(() => {
    const tf = require('../../src') as typeof Library;
    const x = tf.constant([
      [0.1, -2, 3.7, NaN],
      [1e30, 5, -0, 7],
    ]);
    const y = tf.constant([1, 2, 3, 4]);
    const ends = [tf.reduceSum(x, 1), tf.reduceMax(x, 0), tf.mul(x, y), tf.pow(y, y), tf.tanh(x), tf.cumsum(x, 1)];
    const sess = new tf.Session('', { config: { device: 'portable', placement: 'host', advice: false } });
    found = sess.run(ends).map((value) => value.toArray());
    sess.close();
  });
  return found;
}

test('kernels give the same where code from strings is refused', () => {
  const wanted = results();
  const made = jest.spyOn(globalThis, 'Function').mockImplementation(() => {
    throw new EvalError('Code generation from strings disallowed for this context');
  });
  try {
    expect(results()).toEqual(wanted);
    expect(made).toHaveBeenCalledTimes(1);
  } finally {
    made.mockRestore();
  }
});
