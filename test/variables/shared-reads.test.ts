/** What was read of a resource variable keeps its values, whoever holds the memory under another shape. */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { devices, open } from '../devices';

const plain = (value: unknown): unknown => (value instanceof NDArray ? value.toArray() : value);
const N = 4;
const VIEWS: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  reshape: (x) => tf.reshape(x, [2, N / 2]),
  expandDims: (x) => tf.expandDims(x, 0),
  squeeze: (x) => tf.squeeze(tf.expandDims(x, 1)),
  identity: (x) => tf.identity(x),
  slice: (x) => tf.slice(x, [0], [N]),
  stridedSlice: (x) => x.get([0, 2]),
};
const UPDATES: Readonly<Record<string, (v: tf.Variable) => tf.Operation>> = {
  assignAdd: (v) => v.assignAdd([10, 10, 10, 10]).op,
  scatterUpdate: (v) => tf.scatterNdUpdate(v, [[0], [1]], [7, 8]).op,
  gradientDescent: (v) => new tf.train.GradientDescentOptimizer(1).applyGradients([[tf.constant([1, 1, 1, 1]), v]]),
};

describe.each(devices())('$title', (mode) => {
  test.each(Object.keys(VIEWS).flatMap((view) => Object.keys(UPDATES).map((update) => [view, update] as const)))(
    '%s of a read, then %s',
    (view, update) => {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        const v = tf.getVariable('v', { initializer: tf.constant([1, 2, 3, 4]), useResource: true });
        const seen = VIEWS[view](v.readValue());
        const updated = graph.controlDependencies([seen], () => UPDATES[update](v));
        const after = graph.controlDependencies([updated], () => seen.mul(1));
        const sess = open(graph, mode);
        sess.run(v.initializer);
        const wanted = plain(sess.run(seen));
        for (let run = 0; run < 4; run++) {
          sess.run(v.initializer);
          // What an earlier run gave is the program's own, too.
          const fetched = sess.run(v.readValue());
          expect([run, plain(sess.run(after))]).toEqual([run, wanted]);
          expect(plain(fetched)).toEqual([1, 2, 3, 4]);
          expect(plain(sess.run(v.readValue()))).not.toEqual([1, 2, 3, 4]);
        }
      });
    },
  );
});
