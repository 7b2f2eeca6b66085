/** What the passes did, as a user sees it. */
import * as tf from '../../src';
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
});
