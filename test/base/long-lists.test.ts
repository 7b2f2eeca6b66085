/** Lists with more elements than the engine takes as arguments, and than could be looked through for each of them. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';

const MANY = 130_000;
const open = (graph = tf.getDefaultGraph()): tf.Session =>
  new tf.Session('', { graph, config: { device: 'portable', advice: false } });
let sess: tf.Session | null = null;
afterEach(() => sess?.close());
beforeEach(() => tf.resetDefaultGraph());

test('operands, outputs and gradients', () => {
  const x = tf.zeros([MANY]);
  const parts = tf.unstack(x);
  const total = tf.addN(parts);
  const [dx] = tf.gradients(total, x);
  sess = open();
  expect(sess.run(total)).toBe(0);
  expect((sess.run(tf.reduceSum(dx!)) as number) === MANY).toBe(true);
  expect((sess.run(tf.concat(Array<tf.Tensor>(MANY).fill(tf.constant([1])), 0)) as tf.NDArray).shape).toEqual([MANY]);
});
test('a graph with such a node, imported and cut down', () => {
  tf.addN(Array<tf.Tensor>(MANY).fill(tf.constant(1)), { name: 'sum' });
  const def = tf.getDefaultGraph().asGraphDef();
  expect(tf.graphUtil.extractSubGraph(def, ['sum']).nodes.length).toBe(2);
  const graph = new tf.Graph();
  graph.asDefault(() => tf.importGraphDef(def, { name: '' }));
  sess = open(graph);
  expect(sess.run('sum:0')).toBe(MANY);
});
test('a group', () => {
  const x = tf.constant(1).op;
  sess = open();
  expect(sess.run(tf.group(Array<tf.Operation>(MANY).fill(x)))).toBeNull();
});
test('indices of a list of tensors', () => {
  const places = tf.range(MANY);
  const [list] = applyOp('TensorListScatter', [tf.zeros([MANY]), places, tf.constant([], tf.int32)], {
    element_dtype: tf.float32,
    shape_type: tf.int32,
  }).outputs;
  sess = open();
  expect(sess.run(applyOp('TensorListLength', [list], {}).outputs[0])).toBe(MANY);
});
test('an index of one beyond all room asks for it first', () => {
  const [list] = applyOp(
    'TensorListScatter',
    [tf.zeros([1]), tf.constant([2 ** 31 - 1], tf.int32), tf.constant([], tf.int32)],
    { element_dtype: tf.float32, shape_type: tf.int32 },
  ).outputs;
  sess = open();
  const { run } = sess;
  expect(() => run.call(sess, applyOp('TensorListLength', [list], {}).outputs[0])).toThrow(
    tf.errors.ResourceExhaustedError,
  );
});
