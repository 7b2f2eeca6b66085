/** The pass `transposes`, by the graph that it leaves. */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { loadHostKernels } from '../../src/kernels/devices';
import { optimize } from '../../src/plan/optimize';
import { prune } from '../../src/plan/prune';
import { devices } from '../sweep';
import { left, only } from './words';

beforeEach(() => {
  tf.resetDefaultGraph();
  loadHostKernels();
});
const p = (name: string, ...shape: (number | null)[]): tf.Tensor => tf.placeholder(tf.float32, shape, { name });

test('Transpose(x, [0, 1]) -> x', () => {
  const x = p('x', null, 3);
  expect(left([tf.transpose(x, [0, 1]).neg()], [x], [[2, 3]], only('transposes'))).toEqual(['Neg(x)']);
});
test('Transpose(Transpose(x, p), q) -> x where they cancel, else one Transpose', () => {
  const x = p('x', 2, 3, 4);
  const back = tf.transpose(tf.transpose(x, [2, 0, 1]), [1, 2, 0]);
  const other = tf.transpose(tf.transpose(x, [2, 0, 1]), [2, 0, 1]);
  expect(left([back.neg(), other], [x], [[2, 3, 4]], only('transposes'))).toEqual(['Neg(x)', 'Transpose(x, [1,2,0])']);
});
test('three in a row', () => {
  const x = p('x', 2, 3, 4);
  const turned = [1, 2, 3].reduce((t) => tf.transpose(t, [1, 2, 0]), x);
  expect(left([turned.neg()], [x], [[2, 3, 4]], only('transposes'))).toEqual(['Neg(x)']);
});
test('MatMul(Transpose(a), b) -> MatMul(a, b) that transposes', () => {
  const [a, b] = [p('a', 3, 2), p('b', 4, 3)];
  const y = tf.matmul(tf.transpose(a), tf.transpose(b));
  const z = tf.matmul(tf.transpose(a), b, { transposeA: false, transposeB: true });
  const twice = tf.matmul(tf.transpose(a), tf.transpose(a), { transposeB: true });
  const pruned = prune([y, z, twice], [], [a, b]);
  optimize(
    pruned,
    [
      [3, 2],
      [4, 3],
    ],
    only('transposes'),
  );
  expect(pruned.nodes.map((n) => [n.type, n.attrs['transpose_a'], n.attrs['transpose_b']])).toEqual([
    ['MatMul', true, true],
    ['MatMul', true, true],
    ['MatMul', true, false],
  ]);
  expect(
    left(
      [y, z, twice],
      [a, b],
      [
        [3, 2],
        [4, 3],
      ],
      only('transposes'),
    ),
  ).toEqual(['MatMul(a, b)', 'MatMul(a, b)', 'MatMul(a, a)']);
});
test('batches: where the last two dimensions are exchanged', () => {
  const [a, b] = [p('a', 5, 3, 2), p('b', 5, 3, 4)];
  expect(
    left(
      [tf.matmul(tf.transpose(a, [0, 2, 1]), b)],
      [a, b],
      [
        [5, 3, 2],
        [5, 3, 4],
      ],
      only('transposes'),
    ),
  ).toEqual(['BatchMatMulV2(a, b)']);
  const c = p('c', 3, 5, 2);
  expect(
    left(
      [tf.matmul(tf.transpose(c, [1, 2, 0]), b)],
      [c, b],
      [
        [3, 5, 2],
        [5, 3, 4],
      ],
      only('transposes'),
    )[0],
  ).toBe('BatchMatMulV2(Transpose(c, [1,2,0]), b)');
});
test('a fed order, and what waits, stay', () => {
  const x = p('x', 2, 3);
  const order = tf.placeholder(tf.int32, [2], { name: 'order' });
  expect(left([tf.transpose(x, order)], [x, order], [[2, 3], [2]], only('transposes'))).toEqual([
    'Transpose(x, order)',
  ]);
  const waiting = tf.controlDependencies([tf.Print(x, [x]).op], () => tf.transpose(x, [0, 1]));
  expect(left([waiting], [x], [[2, 3]], only('transposes'))[0]).toMatch(/^Transpose/);
});
test('a gradient through a transpose', () => {
  const [x, w] = [p('x', 3, null), p('w', 3, 4)];
  const [dx] = tf.gradients(tf.matmul(tf.transpose(x), w), [x]) as tf.Tensor[];
  expect(
    left(
      [dx],
      [x, w],
      [
        [3, 2],
        [3, 4],
      ],
    ),
  ).toEqual(['Transpose(MatMul([[1,1,1,1],[1,1,1,1]], w), [1,0])']);
});

describe.each(devices())('on $title', ({ device }) => {
  test('values stay as they are, with flags and without, in every plan of a session', () => {
    const [a, b] = [p('a', null, 2), p('b', 4, null)];
    const product = tf.matmul(tf.transpose(a), tf.transpose(b));
    const [da] = tf.gradients(tf.square(product), [a]) as tf.Tensor[];
    using plain = new tf.Session('', { config: { device, graphOptions: false } });
    using sess = new tf.Session('', { config: { device } });
    for (let n = 0; n < 30; n++) {
      const k = n % 10 === 0 ? 5 : 3;
      const feeds: [tf.Tensor, NDArray][] = [
        [
          a,
          new NDArray(
            tf.float32,
            [k, 2],
            Float32Array.from({ length: 2 * k }, (_, i) => Math.sin(i + n)),
          ),
        ],
        [
          b,
          new NDArray(
            tf.float32,
            [4, k],
            Float32Array.from({ length: 4 * k }, (_, i) => Math.cos(i - n)),
          ),
        ],
      ];
      const [want, got] = [plain, sess].map((s) =>
        (s.run([product, da], feeds) as NDArray[]).flatMap((v) => Array.from(v.data as Float32Array)),
      );
      got.forEach((v, i) => expect(v).toBeCloseTo(want[i], 4));
    }
  });
});
