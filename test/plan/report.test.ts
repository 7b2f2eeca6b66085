/** What the passes did, as a user sees it. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { devices } from '../sweep';

describe.each(devices())('on $title', ({ device }) => {
  test('runMetadata.optimizations says what each pass found', () => {
    new tf.Graph().asDefault((graph) => {
      const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
      const y = tf.reshape(tf.identity(x).mul(1), [-1, 3]).add(tf.constant(1).add(2));
      using sess = new tf.Session('', { graph, config: { device, graphOptions: { arithmetic: false } } });
      const trace = (): tf.RunMetadata => {
        const runMetadata = new tf.RunMetadata();
        sess.run(y, [[x, [[1, 2, 3]]]], {
          options: new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE }),
          runMetadata,
        });
        return runMetadata;
      };
      expect(trace().optimizations).toBe(null);
      trace();
      const { optimizations, stepStats } = trace();
      expect(stepStats!.nodes.map((n) => n.op)).toEqual(['Mul', 'AddV2']);
      expect(optimizations).toMatchObject({
        before: 9,
        after: 4,
        passes: { constantFolding: 1, identityRemoval: 1, shapeNoops: 1, commonSubexpressions: 0 },
      });
      expect(optimizations!.passes.arithmetic).toBeUndefined();
      expect(String(optimizations)).toBe(
        '9 nodes, 4 after the passes: constantFolding 1, identityRemoval 1, shapeNoops 1',
      );
    });
  });

  test('shapes that do not fit stop the passes, the report says which, and the run goes its way', () => {
    new tf.Graph().asDefault((graph) => {
      const [x, y] = [tf.placeholder(tf.float32, null, { name: 'x' }), tf.placeholder(tf.float32, null, { name: 'y' })];
      // The sum is on the way that is not taken.
      const [no, yes] = applyOp('Switch', [x, true]).outputs;
      const either = applyOp('Merge', [[no.add(y), yes]]).outputs[0].mul(1);
      using sess = new tf.Session('', { graph, config: { device } });
      const run = (): tf.RunMetadata => {
        const runMetadata = new tf.RunMetadata();
        const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
        const value = sess.run(
          either,
          new Map([
            [x, [1, 2]],
            [y, [1, 2, 3]],
          ]),
          { options, runMetadata },
        );
        expect(value).toEqual(new tf.NDArray(tf.float32, [2], Float32Array.of(1, 2)));
        return runMetadata;
      };
      run();
      run();
      const { optimizations } = run();
      expect(optimizations).toMatchObject({
        passes: {},
        fault: "Dimensions must be equal, but are 2 and 3 for 'add' (op: 'AddV2')",
      });
      expect(String(optimizations)).toContain('; stopped by Dimensions must be equal');
    });
  });
});
