/** The pass `fusion`, by the graph that it leaves. */
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { loadHostKernels } from '../../src/kernels/devices';
import { optimize } from '../../src/plan/optimize';
import { prune } from '../../src/plan/prune';
import { left, only } from './words';

beforeEach(() => {
  tf.resetDefaultGraph();
  loadHostKernels();
});

const p = (name: string, ...shape: (number | null)[]): tf.Tensor => tf.placeholder(tf.float32, shape, { name });
const relus = { fuses: (_: string, ops: readonly string[]) => ops.length === 1 || ops[1] === 'Relu' };
const inputs = (): [tf.Tensor, tf.Tensor, tf.Tensor] => [p('x', null, 3), p('w', 3, 4), p('b', 4)];
const SHAPES = [[2, 3], [3, 4], [4]];

test('MatMul(x, w) + b -> _FusedMatMul(x, w, b), whichever way it is added', () => {
  const [x, w, b] = inputs();
  const sums = [tf.matmul(x, w).add(b), b.add(tf.matmul(x, w)), tf.nn.biasAdd(tf.matmul(x, w), b)];
  expect(left(sums, [x, w, b], SHAPES, only('fusion'), relus)).toEqual(
    new Array(3).fill('_FusedMatMul<BiasAdd>(x, w, b)'),
  );
});
test('Relu(MatMul(x, w) + b) -> _FusedMatMul(x, w, b)', () => {
  const [x, w, b] = inputs();
  expect(
    left([tf.nn.relu(tf.matmul(x, w, { transposeB: false }).add(b))], [x, w, b], SHAPES, only('fusion'), relus),
  ).toEqual(['_FusedMatMul<BiasAdd,Relu>(x, w, b)']);
});
test('an activation that the device does not fuse stays', () => {
  const [x, w, b] = inputs();
  expect(
    left(
      [tf.nn.relu6(tf.matmul(x, w).add(b)), tf.tanh(tf.matmul(x, w).add(b))],
      [x, w, b],
      SHAPES,
      only('fusion'),
      relus,
    ),
  ).toEqual(['Relu6(_FusedMatMul<BiasAdd>(x, w, b))', 'Tanh(_FusedMatMul<BiasAdd>(x, w, b))']);
});
test('flags and types go along', () => {
  const [x, w, b] = [p('x', 3, 2), p('w', 4, 3), p('b', 4)];
  const y = tf.nn.relu(tf.matmul(x, w, { transposeA: true, transposeB: true }).add(b));
  const pruned = prune([y], [], [x, w, b]);
  optimize(pruned, [[3, 2], [4, 3], [4]], only('fusion'), relus);
  const [node] = pruned.nodes;
  expect(pruned.nodes).toHaveLength(1);
  expect(node.op).toBe(y.op);
  expect(node.attrs).toEqual({
    transpose_a: true,
    transpose_b: true,
    T: tf.float32,
    num_args: 1,
    fused_ops: ['BiasAdd', 'Relu'],
    epsilon: 0.0001,
  });
});
test('Relu(Conv2D(x, w) + b) -> _FusedConv2D(x, w, b)', () => {
  const [x, w, b] = [p('x', null, 5, 5, 2), p('w', 3, 3, 2, 4), p('b', 4)];
  const y = tf.nn.relu(tf.nn.biasAdd(tf.nn.conv2d(x, w, [1, 2, 2, 1], 'SAME'), b));
  expect(left([y], [x, w, b], [[1, 5, 5, 2], [3, 3, 2, 4], [4]], only('fusion'), relus)).toEqual([
    '_FusedConv2D<BiasAdd,Relu>(x, w, b)',
  ]);
});
test('what is between stays where somebody else reads it, or fetches it, or waits for it', () => {
  const [x, w, b] = inputs();
  const feeds = [x, w, b];
  const product = tf.matmul(x, w);
  const sum = product.add(b);
  const relu = tf.nn.relu(sum);
  expect(left([relu, product.neg()], feeds, SHAPES, only('fusion'), relus)).toEqual([
    'Relu(AddV2(MatMul(x, w), b))',
    'Neg(MatMul(x, w))',
  ]);
  expect(left([relu, sum], feeds, SHAPES, only('fusion'), relus)).toEqual([
    'Relu(_FusedMatMul<BiasAdd>(x, w, b))',
    '_FusedMatMul<BiasAdd>(x, w, b)',
  ]);
  const waiting = tf.controlDependencies([product.op], () => x.neg());
  expect(left([relu, waiting], feeds, SHAPES, only('fusion'), relus)[0]).toBe('Relu(AddV2(MatMul(x, w), b))');
});
test('the gradient of Relu reads its output, so it fuses with its gradient there', () => {
  const [x, w, b] = inputs();
  const y = tf.nn.relu(tf.matmul(x, w).add(b));
  const [dw] = tf.gradients(y, [w]) as tf.Tensor[];
  expect(left([dw], [x, w, b], SHAPES, {}, relus)).toEqual([
    'MatMul(x, ReluGrad(Const[2,4], _FusedMatMul<BiasAdd,Relu>(x, w, b)))'.replace(
      'Const[2,4]',
      JSON.stringify([
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ]),
    ),
  ]);
});
test('a summand that is no row of biases stays', () => {
  const [x, w, b] = [p('x', null, 3), p('w', 3, 4), p('b', null)];
  const y = tf.matmul(x, w).add(b);
  expect(left([y], [x, w, b], [[2, 3], [3, 4], [1]], only('fusion'), relus)).toEqual(['AddV2(MatMul(x, w), b)']);
  const m = p('m', 2, 4);
  expect(
    left(
      [tf.matmul(x, w).add(m)],
      [x, w, m],
      [
        [2, 3],
        [3, 4],
        [2, 4],
      ],
      only('fusion'),
      relus,
    ),
  ).toEqual(['AddV2(MatMul(x, w), m)']);
});
test('other dtypes, and devices that have no such kernel, are left alone', () => {
  const [x, w, b] = inputs();
  expect(left([tf.matmul(x, w).add(b)], [x, w, b], SHAPES, only('fusion'))).toEqual(['AddV2(MatMul(x, w), b)']);
  const [i, j, k] = [[2, 3], [3, 4], [4]].map((shape, n) => tf.placeholder(tf.int32, shape, { name: `i${n}` }));
  expect(left([tf.matmul(i, j).add(k)], [i, j, k], SHAPES, only('fusion'), relus)).toEqual([
    'AddV2(MatMul(i0, i1), i2)',
  ]);
});
test('it can be switched off', () => {
  const [x, w, b] = inputs();
  expect(left([tf.matmul(x, w).add(b)], [x, w, b], SHAPES, { fusion: false }, relus)).toEqual([
    'AddV2(MatMul(x, w), b)',
  ]);
});
test('a fed bias, and a gradient through the fused node, give the values of the plain graph', () => {
  const [x, w, b] = inputs();
  const y = tf.nn.relu(tf.matmul(x, w).add(b));
  const [dx, dw, db] = tf.gradients(y, [x, w, b]) as tf.Tensor[];
  const feeds = (n: number): [tf.Tensor, Float32Array][] => [
    [x, Float32Array.from({ length: 6 }, (_, i) => Math.sin(i + n))],
    [w, Float32Array.from({ length: 12 }, (_, i) => Math.cos(i * n))],
    [b, Float32Array.of(0.1, -0.2, 0.3, n)],
  ];
  using plain = new tf.Session('', { config: { device: 'portable', graphOptions: false } });
  using fused = new tf.Session('', { config: { device: 'portable' } });
  for (let n = 0; n < 6; n++) {
    const [want, got] = [plain, fused].map((sess) =>
      (sess.run([y, dx, dw, db], feeds(n)) as NDArray[]).flatMap((v) => Array.from(v.data as Float32Array)),
    );
    got.forEach((v, i) => expect(v).toBeCloseTo(want[i], 5));
  }
});
