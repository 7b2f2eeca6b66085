/** First and second derivatives of all that branches, goes round or recurs, beside differences of values. */
import * as tf from '../../src';
import { devices, open } from '../devices';
import { checkRow } from './numeric';
import { FLOW } from './numeric-flow';
import { IMPORTED, importedFor } from './numeric-imported';
import { NET_ROWS } from './numeric-nets';

describe.each(devices())('on $title', (mode) => {
  test.each(Object.entries({ ...FLOW, ...IMPORTED, ...NET_ROWS }))('%s', (_, row) => checkRow(row, mode));
  test('a For out of a file runs, and has no gradient, as in TensorFlow', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const [x, w] = [tf.constant([0.5, -0.5], tf.float64), tf.constant([2, 3], tf.float64)];
      const y = importedFor(x, w);
      const wanted = [0.5, -0.5].map((v, at) => [1, 3, 5].reduce((sum, i) => Math.sin(sum) * [2, 3][at] + i, v));
      const sess = open(graph, mode);
      for (let i = 0; i < 5; i++) {
        const found = sess.run(y) as tf.NDArray;
        wanted.forEach((v, at) => expect(found.data[at]).toBeCloseTo(v, 12));
      }
      expect(() => tf.gradients(y, [x])).toThrow(/No gradient defined for operation 'read\/Body' \(op type: For\)/);
      sess.close();
    });
  });
});
