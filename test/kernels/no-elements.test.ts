/** Handles and variants have no elements: an op that would read some has no kernel for them, and says so. */
import * as tf from '../../src';
import { apply } from '../../src/graph/apply';
import { devices, open } from '../devices';

describe.each(devices())('$title', (mode) => {
  const list = () => apply('TensorListFromTensor', [tf.constant([[1, 2]]), tf.constant([2], tf.int32)], {});
  const lists = () => tf.stack([list(), list()]);
  const handle = () => new tf.Variable(1, { useResource: true }).handle;
  test.each<[string, () => tf.Tensor]>([
    ['Reshape', () => tf.reshape(list(), [1])],
    ['ExpandDims', () => tf.expandDims(list(), 0)],
    ['Squeeze', () => tf.squeeze(lists())],
    ['Transpose', () => tf.transpose(lists(), [0])],
    ['ConcatV2', () => tf.concat([lists(), lists()], 0)],
    ['Split', () => tf.split(lists(), 2)[0]],
    ['GatherNd', () => tf.gatherNd(lists(), [[1]])],
    ['BroadcastTo', () => tf.broadcastTo(list(), [2])],
    ['Reshape', () => tf.reshape(handle(), [1])],
  ])('%s', (type, make) => {
    new tf.Graph().asDefault((graph) => {
      const made = make();
      const sess = open(graph, mode);
      sess.run(tf.globalVariablesInitializer());
      expect(() => sess.run(made.op)).toThrow(tf.errors.UnimplementedError);
      expect(() => sess.run(made.op)).toThrow(`No kernel for op type '${type}'`);
    });
  });
  test('a handle is not fetched, wherever it came through', () => {
    new tf.Graph().asDefault((graph) => {
      const variable = new tf.Variable(1, { useResource: true });
      const sess = open(graph, mode);
      sess.run(tf.globalVariablesInitializer());
      for (const each of [variable.handle, tf.identity(variable.handle)]) {
        expect(() => sess.run(each)).toThrow(tf.errors.UnimplementedError);
        expect(() => sess.run(each)).toThrow('A handle has no elements that could be fetched.');
      }
    });
  });
});
