/** Variables that optimizers keep beside others. */
import * as tf from '../../src';
import { devices, open } from '../sweep';

// 1.15.5: AdagradOptimizer(0.1) and FtrlOptimizer(0.1) on a variable of halves begin at the half next to 0.1.
test.each([
  ['accumulator', () => new tf.train.AdagradOptimizer(0.1)],
  ['accum', () => new tf.train.FtrlOptimizer(0.1)],
])('the slot %s of halves begins with a number, not with its bits', (slot, make) => {
  new tf.Graph().asDefault((graph) => {
    const w = new tf.Variable(tf.constant([1, 2], tf.float16), { name: 'w' });
    const optimizer = make();
    optimizer.minimize(tf.reduceSum(w));
    using sess = open(graph, devices()[0]);
    sess.run(tf.globalVariablesInitializer());
    const begun = sess.run(optimizer.getSlot(w, slot)!) as tf.NDArray;
    expect(begun.toArray()).toEqual([0.0999755859375, 0.0999755859375]);
  });
});
