/** Values that may be missing, as branches of functions keep them for gradients: what 1.15 says of the wrong ones. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { devices, open } from '../devices';

test.each(devices())('an optional gives what was asked for, or says what it has: $title', (mode) => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const made = applyOp('OptionalFromValue', [[tf.constant(1, tf.float32)]]).outputs[0];
    const none = applyOp('OptionalNone', []).outputs[0];
    const get = (from: tf.Tensor, output_types: readonly tf.DType[], sizes: readonly number[][]): tf.Tensor => {
      const output_shapes = sizes.map((dims) => new tf.TensorShape(dims));
      return applyOp('OptionalGetValue', [from], { output_types, output_shapes }).outputs[0];
    };
    const run = (...args: Parameters<typeof get>) => {
      const value = get(...args);
      return () => open(graph, mode).run(value);
    };
    expect(run(made, [tf.float32], [[]])()).toBe(1);
    expect(run(made, [tf.float32, tf.float32], [[], []])).toThrow('The given optional has 1 components, expected 2');
    expect(run(made, [tf.int32], [[]])).toThrow(
      'The given optional does not match the expected type for component 0. Expected: int32. Actual: float.',
    );
    expect(run(made, [tf.float32], [[2]])).toThrow(
      'The given optional does not match the expected shape for component 0. Expected: [2]. Actual: [].',
    );
    expect(run(none, [tf.float32], [[2]])).toThrow('The given optional does not have a value.');
    expect(() => get(made, [tf.float32], [[2], [3]])).toThrow(
      '`output_shapes` must be the same length as `output_types` (2 vs. 1 for',
    );
  });
});
