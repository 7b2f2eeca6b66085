/** Dtypes that the addon does not carry go to TensorFlow's kernels as bits, where the host has none of its own. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { type AttrValue, definitionOf } from '../../src/graph/opdef';
import { testOn } from '../devices';

function session(graph: tf.Graph): tf.Session {
  return new tf.Session('', { graph, config: { device: 'native', placement: 'device', advice: false } });
}
/** What a call gives natively, its elements in one list. */
function given(type: string, inputs: readonly tf.NDArray[], attrs: Readonly<Record<string, AttrValue>> = {}): number[] {
  return new tf.Graph().asDefault(() => {
    const edges = inputs.map((x) => tf.constant(x));
    const { outputs } = applyOp(type, definitionOf(type).inputs[0].numberAttr ? [edges] : edges, attrs);
    const sess = session(tf.getDefaultGraph());
    const before = sess.device.tensorsAlive();
    const value = sess.run(outputs[0]) as tf.NDArray;
    sess.close();
    expect([value.dtype, sess.device.tensorsAlive()]).toEqual([outputs[0].dtype, before]);
    return Array.from(value.data as ArrayLike<number | bigint>, Number);
  });
}
const array = (dtype: tf.DType, shape: number[], data: tf.NDArray['data']) => new tf.NDArray(dtype, shape, data);
testOn('native', 'complex numbers, halves and words: results of TensorFlow 1.15', () => {
  const parts = [1, 0, 2, 1, 3, 0, 4, -1];
  const x = array(tf.complex64, [2, 2], Float32Array.from(parts));
  const wide = array(tf.complex128, [2, 2], Float64Array.from(parts));
  const near = (got: readonly number[], want: readonly number[], digits: number) =>
    got.forEach((v, i) => expect(v).toBeCloseTo(want[i], digits));
  near(given('Svd', [x]), [5.6002035, 0, 0.7985664, 0], 5);
  near(given('Svd', [wide]), [5.60020459, 0, 0.79856653, 0], 7);
  expect(given('Einsum', [x, x], { equation: 'ij,jk->ik' })).toEqual([7, 3, 11, 3, 15, -3, 21, -5]);
  const places = array(tf.int64, [2, 2], BigInt64Array.of(0n, 1n, 1n, 0n));
  const sizes = array(tf.int64, [2], BigInt64Array.of(2n, 2n));
  const sparse = [places, array(tf.complex64, [2], Float32Array.of(0, 2, 1, 1)), sizes];
  const dense = array(tf.complex64, [2, 2], Float32Array.of(1, 1, 2, 0, 0, 0, 0, 3));
  expect(given('SparseTensorDenseMatMul', [...sparse, dense])).toEqual([0, 0, -6, 0, 0, 2, 2, 2]);
  // 1.15 leaves the conjugates of a sparse matrix away.
  const adjoint = given('SparseTensorDenseMatMul', [...sparse, dense], { adjoint_a: true });
  expect(adjoint).toEqual([0, 0, -3, 3, -2, 2, 0, 4]);
  const words = [array(tf.uint16, [2], Uint16Array.of(300, 65000)), sizes, array(tf.int32, [1], Int32Array.of(1))];
  const first = array(tf.int64, [2, 2], BigInt64Array.of(0n, 1n, 0n, 0n));
  expect(given('SparseReduceSum', [first, ...words])).toEqual([65300, 0]);
  // 1, 1.1, 2 and 3.
  const [a, b, c, d] = [0x3c00, 0x3c66, 0x4000, 0x4200];
  const halves = [
    array(tf.float16, [3, 4], Uint16Array.of(0, 0, a, a, 0, 0, a, b, c, c, d, d)),
    array(tf.float16, [3], Uint16Array.of(a, c, d)),
  ];
  const one = (dtype: tf.DType, v: number): tf.NDArray =>
    new tf.NDArray(dtype, [], dtype === tf.int32 ? Int32Array.of(v) : Float32Array.of(v));
  const bounds = [one(tf.int32, 3), one(tf.float32, 0.5), one(tf.float32, 0.1)];
  expect(given('NonMaxSuppressionV3', [...halves, ...bounds])).toEqual([2, 1]);
});
testOn('native', 'pictures of 16 bits, and what their kernels would not survive', () => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const x = tf.placeholder(tf.uint16, null);
    const [bytes] = applyOp('EncodePng', [x]).outputs;
    const [again] = applyOp('DecodePng', [bytes], { dtype: tf.uint16 }).outputs;
    const [jagged] = applyOp(
      'RaggedGather',
      [[tf.constant([1, 5], tf.int64)], tf.placeholderWithDefault([1, 2], null), tf.constant([0], tf.int64)],
      { OUTPUT_RAGGED_RANK: 1 },
    ).outputs;
    using sess = session(graph);
    expect((sess.run(again, [[x, [[[1], [2], [300]]]]]) as tf.NDArray).toArray()).toEqual([[[1], [2], [300]]]);
    const empty = new tf.NDArray(tf.uint16, [2, 0, 3], new Uint16Array());
    expect(() => sess.run(bytes, [[x, empty]])).toThrow("EncodePng cannot have such operands: TensorFlow's kernel");
    expect(() => sess.run(jagged)).toThrow('RaggedGather cannot have such operands');
  });
});
