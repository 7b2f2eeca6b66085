/** Gradients as graphs: the nodes are TensorFlow 1.15's, one by one. Their values are in the sweeps of test/ops. */
import * as tf from '../../src';
import { type JsonNode, fixture, fromJson, graphJson, sameGraph } from '../sweep';

type Shape = (number | null)[];
type TF = typeof tf;
const STEM = 'gradients';
const x = (...shape: Shape) => tf.placeholder(tf.float32, shape, { name: 'x' });
const named = (name: string, ...shape: Shape) => tf.placeholder(tf.float32, shape, { name });
const rows = (dtype = tf.int32, name = 'i') => tf.placeholder(dtype, [null], { name });
const same = (title: string, build: (t: TF) => unknown) => sameGraph(STEM, title, build);
const constantOf = (title: string, name: string) =>
  fromJson(fixture(STEM).graphs[title].find((n) => n.name === name)!.attr['value'] as never);

describe('the walk back', () => {
  same('chain', () => {
    const a = x(null, 3);
    tf.gradients(tf.reduceSum(tf.exp(tf.tanh(a))), a);
  });
  same('diamond', () => {
    const a = x(2, 3);
    const b = tf.exp(a);
    tf.gradients(tf.add(tf.tanh(b), tf.sin(b)), a);
  });
  same('three ways', () => {
    const a = x(2, 3);
    tf.gradients(tf.exp(a).add(tf.sin(a)).add(tf.tanh(a)), [a]);
  });
  same('network', () => {
    const a = x(null, 4);
    const [w1, w2, b1] = ['W1', 'W2', 'b1'].map((name) =>
      tf.constant(constantOf('network', name), null, null, { name }),
    );
    const y = tf.reduceMean(tf.matmul(tf.nn.relu(tf.matmul(a, w1).add(b1)), w2));
    tf.gradients(y, [w1, b1, w2, a]);
  });
  same('second order', () => {
    const a = x(3);
    const dy = tf.gradients(tf.exp(a).mul(tf.sin(a)), a);
    tf.gradients(dy as tf.Tensor[], a);
  });
  same('y on the way', () => {
    const a = x(3);
    const b = tf.exp(a);
    tf.gradients([b, tf.sin(b)], [a]);
  });
  same('x on the way', () => {
    const a = x(3);
    const b = tf.exp(a);
    tf.gradients(tf.sin(b), [a, b]);
  });
  same('itself', () => {
    const a = x(3);
    tf.gradients(a, a);
  });
  same('two ys', () => {
    const a = x(3);
    const b = named('b', 3);
    tf.gradients([tf.exp(a), tf.sin(a).add(b)], [a, b]);
  });
  same('multi output', () => {
    const a = x(4, 3);
    tf.gradients(tf.exp(tf.split(a, 2)[1]), a);
  });
  same('output that nobody reads', () => {
    const [a, b] = tf.unstack(x(2, 3));
    tf.gradients(tf.square(a), [a, b]);
  });
  same('rows through a broadcast', () => {
    const [p, q, i] = [named('p', 5, 2), named('q', 2), rows()];
    tf.gradients(tf.gather(tf.squaredDifference(p, q).add(q), i), [p, q]);
  });
  // But for a static shape on the way that TensorFlow does not work out.
  test("makes TensorFlow's nodes: twice through a division", () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const [a, b] = [x(2, 3), named('y', 3)];
      tf.gradients(tf.gradients(a.div(b), a) as tf.Tensor[], [a, b]);
    });
    const edges = (nodes: readonly JsonNode[]): unknown => nodes.map(({ name, op, input }) => ({ name, op, input }));
    expect(edges(graphJson(graph))).toEqual(edges(fixture(STEM).graphs['twice through a division']));
  });
  same('rows through a difference', () => {
    const [p, q, i] = [named('p', 5, 2), named('q', 5, 2), rows()];
    tf.gradients(tf.gather(p.sub(q), i), [p, q]);
  });
  test('the second derivative of the square of a scalar, divided', () => {
    new tf.Graph().asDefault(() => {
      const a = x();
      const [first] = tf.gradients(tf.square(a).div(a.add(1)), a) as tf.Tensor[];
      const [second] = tf.gradients(first, a) as tf.Tensor[];
      const [third] = tf.gradients(second, a) as tf.Tensor[];
      const sess = new tf.Session('', { config: { advice: false } });
      for (let i = 0; i < 4; i++) {
        expect(sess.run(second, { 'x:0': 1 })).toBeCloseTo(0.25, 5); // 2 / (a + 1)³
        expect(sess.run(third, { 'x:0': 1 })).toBeCloseTo(-0.375, 5);
      }
      sess.close();
    });
  });
  same('unused output', () => {
    const a = x(null, 3);
    tf.gradients(tf.exp(tf.unstack(a, { axis: 1 })[1]), a);
  });
});

describe('options', () => {
  same('gated', () => {
    const [a, b] = [x(2, 3), named('y', 3, 2)];
    tf.gradients(tf.reduceSum(tf.matmul(tf.exp(a), tf.exp(b))), [a, b], { gateGradients: true });
  });
  same('gated rows', () => {
    const [p, q, i] = [named('p', 5, 2), named('q', 2), rows()];
    tf.gradients(tf.gather(p, i).mul(q), [p, q], { gateGradients: true });
  });
  same('stopped by option', () => {
    const a = x(3);
    const b = tf.exp(a);
    tf.gradients(b.mul(tf.sin(a)), [a, b], { stopGradients: [b] });
  });
  same('given ys', () => {
    const [a, g] = [x(3), named('g', 3)];
    tf.gradients([tf.exp(a), tf.sin(a)], [a], [g, null]);
  });
  same('tree', () => {
    const a = x(2, 3);
    tf.gradients(tf.exp(a).add(tf.sin(a)).add(tf.tanh(a)), [a], {
      aggregationMethod: tf.AggregationMethod.EXPERIMENTAL_TREE,
    });
  });
  same('accumulate', () => {
    const a = x(2, 3);
    tf.gradients(tf.exp(a).add(tf.sin(a)).add(tf.tanh(a)), [a], {
      aggregationMethod: tf.AggregationMethod.EXPERIMENTAL_ACCUMULATE_N,
    });
  });
  same('colocated', () => {
    const a = x(null, 3);
    tf.gradients(tf.exp(a).mul(tf.sin(a)), [a], { colocateGradientsWithOps: true });
  });
  same('on devices', () => {
    const a = x(2, 3);
    const b = tf.device('/cpu:0', () => tf.exp(a));
    const [c, d] = tf.device('/cpu:1', () => [tf.sin(a), tf.tanh(a)]);
    tf.gradients(b.add(c).add(d), [a], { colocateGradientsWithOps: true });
  });
  same('named', () => {
    const a = x(3);
    tf.nameScope('train', () => {
      tf.gradients(tf.exp(a), a, { name: 'slopes' });
      tf.gradients(tf.exp(a), a);
    });
  });
});

describe('where gradients end', () => {
  same('stopped tensor', () => {
    const a = x(3);
    const b = tf.exp(a);
    tf.gradients(tf.stopGradient(b).mul(tf.sin(a)), a);
  });
  same('unconnected none', () => {
    const [a, b] = [x(3), named('b', 3)];
    expect(tf.gradients(tf.exp(a), [a, b])[1]).toBeNull();
  });
  same('unconnected zero', () => {
    const [a, b, c] = [x(3), named('b', 3), named('c', null)];
    tf.gradients(tf.exp(a), [a, b, c], { unconnectedGradients: 'zero' });
  });
  same('integers stop', () => {
    const a = x(3);
    expect(tf.gradients(tf.exp(tf.cast(tf.cast(a, tf.int32), tf.float32)), a)).toEqual([null]);
  });
});

test('the gradient of an unsorted segment op asks for the ranks, as in 1.15', () => {
  const gradient = (data: (number | null)[] | null, ids: (number | null)[] | null): unknown =>
    new tf.Graph().asDefault(() => {
      const x = tf.placeholder(tf.float32, data);
      const y = tf.unsortedSegmentMax(x, tf.placeholder(tf.int32, ids), 4);
      return tf.gradients(y, x)[0];
    });
  const said = (a: string, b: string): string => `unsupported operand type(s) for -: '${a}' and '${b}'`;
  expect(() => gradient([5], null)).toThrow(said('NoneType', 'NoneType'));
  expect(() => gradient(null, [null])).toThrow(said('NoneType', 'int'));
  expect(() => gradient(null, [null])).toThrow(tf.errors.TypeError_);
  expect(gradient([null, null], [null])).toBeInstanceOf(tf.Tensor);
});
