/** The gradient of Fill is a sum over everything, as Python's `reduce_sum` makes it: by what it is given. */
import * as tf from '../../src';

beforeEach(() => tf.resetDefaultGraph());

const names = (): string[] =>
  tf
    .getDefaultGraph()
    .getOperations()
    .map(({ name }) => name)
    .filter((name) => name.startsWith('gradients/filled_grad/'));

test('of an unknown rank it is a scalar all the same', () => {
  const value = tf.placeholder(tf.float32, null);
  const filled = tf.fill(tf.placeholder(tf.int32, [null]), value, { name: 'filled' });
  expect(tf.gradients(filled, value)[0]!.shape.dims).toEqual([]);
});
test('rows become a tensor twice: for their rank, and for their sum', () => {
  const value = tf.constant(2, tf.float32);
  const filled = tf.fill([4], value, { name: 'filled' });
  const [dx] = tf.gradients(tf.gather(filled, [0, 0, 1]), value);
  expect(names()).toEqual(
    [
      'Rank/strided_slice/stack',
      'Rank/strided_slice/stack_1',
      'Rank/strided_slice/stack_2',
      'Rank/strided_slice',
      'Rank/UnsortedSegmentSum',
      'Rank',
      'range/start',
      'range/delta',
      'range',
      'Sum/strided_slice/stack',
      'Sum/strided_slice/stack_1',
      'Sum/strided_slice/stack_2',
      'Sum/strided_slice',
      'Sum/input',
      'Sum',
    ].map((name) => `gradients/filled_grad/${name}`),
  );
  const sess = new tf.Session('', { config: { device: 'portable', advice: false } });
  expect(sess.run(dx!)).toBe(3);
  sess.close();
});
