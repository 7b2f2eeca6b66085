import * as tf from 'tfjs-session';
import type { NDArray } from '../../src/base/ndarray';
import { reflected } from '../../src/graph/algebra';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('elementwise');

const at = (name: string): tf.Tensor => tf.getDefaultGraph().getTensorByName(name);
const names = (
  t: typeof tf,
): {
  x: (...shape: number[]) => tf.Tensor;
  y: (...shape: number[]) => tf.Tensor;
  unknown: (name: string) => tf.Tensor;
} => ({
  x: (...shape) => t.placeholder(t.float32, shape, { name: 'x' }),
  y: (...shape) => t.placeholder(t.float32, shape, { name: 'y' }),
  unknown: (name) => t.placeholder(t.float32, null, { name }),
});

sameGraph('elementwise', 'functions of two', (t) => {
  const { x, y } = names(t);
  const functions = [
    t.add,
    t.subtract,
    t.multiply,
    t.divide,
    t.div,
    t.floordiv,
    t.truediv,
    t.divNoNan,
    t.mod,
    t.floormod,
    t.floorDiv,
    t.realdiv,
    t.truncatemod,
    t.pow,
    t.maximum,
    t.minimum,
    t.squaredDifference,
    t.atan2,
    t.math.xdivy,
    t.math.xlogy,
    t.math.multiplyNoNan,
  ];
  functions.forEach((f) => f(x(2, 2), y(2, 2)));
});
sameGraph('elementwise', 'numbers beside tensors', (t) => {
  const { x } = names(t);
  t.add(x(2), 1);
  t.multiply(2, x(2));
  t.truediv(x(2), 2);
  t.divide(x(2), 2, { name: 'half' });
  t.floordiv(x(2), 2);
  t.pow(x(2), 2);
  t.maximum(x(2), 0);
  t.divNoNan(x(2), 0);
});
sameGraph('elementwise', 'division of integers', (t) => {
  t.divide(t.constant([7], t.int32), t.constant([2], t.int32));
  t.div(t.constant([7], t.int32), t.constant([2], t.int32));
  t.truediv(t.constant([7], t.int64), t.constant([2], t.int64), { name: 't' });
});
sameGraph('elementwise', 'operators', (t) => {
  const { x, y, unknown } = names(t);
  x(2).add(y(2));
  x(2).sub(1);
  reflected(2, 'mul', x(2));
  x(2).div(y(2));
  reflected(1, 'div', x(2));
  x(2).floordiv(2);
  x(2).mod(2);
  x(2).pow(2);
  x(2).neg();
  x(2).abs();
  x(2, 3).matmul(y(3, 2));
  x(2, 3, 4).matmul(y(4, 2));
  unknown('x').matmul(y(3, 2));
});
sameGraph('elementwise', 'operators on integers', (t) => {
  const c = (v: number): tf.Tensor => t.constant([v], t.int32);
  c(7).div(c(2));
  c(7).div(2);
  reflected(7, 'div', c(2));
  c(7).floordiv(2);
  t.constant(['a']).add('b');
});
sameGraph('elementwise', 'scalarMul', (t) => {
  const { x } = names(t);
  // Python's scalar_mul reads x's dtype first: x is made before the scalar.
  t.scalarMul(2, x(2));
  const two = t.constant(2);
  t.scalarMul(two, x(2), { name: 'm' });
  t.math.reciprocalNoNan(x(2));
});
sameGraph('elementwise', 'addN', (t) => {
  const { x, unknown } = names(t);
  t.addN([x(2), x(2)]);
  t.addN([x(2)]);
  t.addN([x(2)], { name: 'one' });
  t.accumulateN([x(2), x(2)]);
  t.accumulateN([unknown('a'), unknown('b')], { shape: [3], name: 'acc' });
});
sameGraph('elementwise', 'gradient of a broadcast of known shapes', (t) => {
  const { x, y } = names(t);
  t.gradients(t.add(x(2, 3), y(3)).mul(y(3)).sub(y(3)), ['x:0', 'y:0', 'y_1:0', 'y_2:0'].map(at));
});
sameGraph('elementwise', 'gradient of a broadcast of unknown shapes', (t) => {
  const { unknown } = names(t);
  t.gradients(t.add(unknown('x'), unknown('y')), ['x:0', 'y:0'].map(at));
});
sameGraph('elementwise', 'gradient of equal shapes', (t) => {
  const { x, y } = names(t);
  t.gradients(t.multiply(x(2, 3), y(2, 3)), ['x:0', 'y:0'].map(at));
});
sameGraph('elementwise', 'gradient of a power', (t) => {
  const { x } = names(t);
  t.gradients(t.pow(x(2, 3), 2), [at('x:0')]);
});
sameGraph('elementwise', 'gradient of a maximum', (t) => {
  const { unknown } = names(t);
  t.gradients(t.maximum(unknown('x'), 0), [at('x:0')]);
});

describe.each(devices())('on $title', (mode) => {
  test('accumulateN adds what it is given', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      using sess = open(graph, mode);
      expect(
        Array.from(
          (sess.run(tf.accumulateN([tf.constant([1, 2]), tf.constant([3, 4]), tf.constant([5, 6])])) as NDArray)
            .data as Float32Array,
        ),
      ).toEqual([9, 12]);
    });
  });
  test('a number takes the dtype of the tensor beside it', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      using sess = open(graph, mode);
      const x = tf.constant([7, 8], tf.int32);
      expect(tf.add(1, x).dtype).toBe(tf.int32);
      expect(Array.from((sess.run(tf.floordiv(x, 2)) as NDArray).data as Int32Array)).toEqual([3, 4]);
      expect(Array.from((sess.run(tf.divide(x, 2)) as NDArray).data as Float64Array)).toEqual([3.5, 4]);
    });
  });
  test('scalarMul scales sparse rows', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      using sess = open(graph, mode);
      const rows = new tf.IndexedSlices(tf.constant([[1, 2]]), tf.constant([3], tf.int32));
      const scaled = tf.scalarMul(2, rows);
      expect(scaled).toBeInstanceOf(tf.IndexedSlices);
      expect(Array.from((sess.run(scaled.values) as NDArray).data as Float32Array)).toEqual([2, 4]);
    });
  });
});

test('rows beside a tensor become dense under the name of the operand', () => {
  new tf.Graph().asDefault(() => {
    const rows = new tf.IndexedSlices(tf.ones([1, 3]), tf.constant([0], tf.int32), tf.constant([2, 3], tf.int32));
    const inputs = (['mul', 'sub', 'div', 'less'] as const).map((op) => tf.ones([2, 3])[op](rows).op.inputs[1].name);
    expect(inputs).toEqual(['mul/y:0', 'sub/y:0', 'truediv/y:0', 'Less/y:0']);
  });
});
test('dtypes that differ are refused with the way out', () => {
  new tf.Graph().asDefault(() => {
    const [x, y] = [tf.constant([1]), tf.constant([1], tf.int32)];
    expect(() => tf.add(x, y)).toThrow(
      "Input 'y' of 'Add' Op has type int32 that does not match type float32 of argument 'x'.",
    );
    expect(() => tf.divide(x, y)).toThrow('x and y must have the same dtype, got tf.float32 != tf.int32');
  });
});
test('an empty list of tensors is refused', () => {
  expect(() => tf.addN([])).toThrow(
    'inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape',
  );
});
test('a factor that is no scalar is refused', () => {
  new tf.Graph().asDefault(() =>
    expect(() => tf.scalarMul([1, 2], tf.constant([1]))).toThrow('Only scalar multiply works, got shape (2,)'),
  );
});

describe.each(devices())('on the $title device', (mode) => {
  test('products of 32-bit complex numbers overflow part by part, as in TensorFlow 1.15.5', () => {
    new tf.Graph().asDefault(() => {
      const complex = (...parts: number[]): tf.NDArray => new tf.NDArray(tf.complex64, [3], Float32Array.from(parts));
      const [x, y] = [tf.placeholder(tf.complex64, [3]), tf.placeholder(tf.complex64, [3])];
      const products: tf.Tensor[] = [x.mul(y), tf.square(x)];
      const sess = open(tf.getDefaultGraph(), mode);
      const feeds = [
        [x, complex(1e30, 1e30, 3e38, 0, -1e20, -1e25)],
        [y, complex(1e30, 1e30, 3e38, 3e38, 1e25, -1e20)],
      ] as const;
      const found = products.map((p) => Array.from((sess.run(p, feeds) as NDArray).data, Number));
      const product = [NaN, Infinity, Infinity, Infinity, -Infinity, NaN];
      expect(found).toEqual([product, [NaN, Infinity, Infinity, 0, NaN, Infinity]]);
    });
  });
});
