/**
 * Ops without a row, whose results are as large as an operand or an attribute says: what no memory holds is refused
 * before the native device tries (TensorFlow's allocator would wait for ten seconds), and small ones are as large as
 * the table says.
 */
import os from 'node:os';
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import type { AttrValue } from '../../src/graph/opdef';
import { SIZES } from '../../src/kernels/native/sizes';
import { devices } from '../sweep';

// As on a small machine.
os.totalmem = () => 2 ** 32;

type Input = tf.NDArray | readonly tf.NDArray[];
type Made = readonly [inputs: readonly Input[], attrs?: Readonly<Record<string, AttrValue>>];
const floats = (...shape: number[]): tf.NDArray =>
  new tf.NDArray(tf.float32, shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1));
const ints = (...values: number[]): tf.NDArray => new tf.NDArray(tf.int32, [values.length], Int32Array.from(values));
const int = (value: number): tf.NDArray => new tf.NDArray(tf.int32, [], Int32Array.of(value));
const float = (value: number): tf.NDArray => new tf.NDArray(tf.float32, [], Float32Array.of(value));
const bytes = (...shape: number[]): tf.NDArray =>
  new tf.NDArray(
    tf.string,
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 'abcdabcd'),
  );

const resized = (n: number): Made => [[floats(1, 2, 2, 3), ints(n, 3)]];

/** Calls by the size that they ask for. */
const CALLS: Readonly<Record<string, (n: number) => Made>> = {
  ResizeArea: resized,
  ResizeBicubic: resized,
  ResizeBilinear: resized,
  ResizeNearestNeighbor: resized,
  ScaleAndTranslate: (n) => [[floats(1, 2, 2, 3), ints(n, 3), floats(2), floats(2)]],
  CropAndResize: (n) => [[floats(1, 2, 2, 3), floats(2, 4), ints(0, 0), ints(n, 3)]],
  CropAndResizeGradImage: (n) => [[floats(1, 2, 2, 3), floats(1, 4), ints(0), ints(1, n, 3, 3)], { T: tf.float32 }],
  SparseToDense: (n) => [[ints(0), ints(n), ints(7), int(0)]],
  RaggedRange: (n) => [[int(0), int(n), int(1)], { Tsplits: tf.int64 }],
  UnsortedSegmentJoin: (n) => [[bytes(2), ints(0, 1), int(n)]],
  HistogramFixedWidth: (n) => [[floats(3), new tf.NDArray(tf.float32, [2], Float32Array.of(0, 1)), int(n)]],
  MatrixDiagV2: (n) => [[floats(3), int(0), int(n), int(3), float(0)]],
  NextAfter: (n) => [[floats(n > 9 ? 1 << 17 : n, 1), floats(1, n > 9 ? 1 << 17 : 3)]],
  Qr: (n) => [[floats(n > 9 ? 1 << 17 : n, 1)], { full_matrices: true }],
  Svd: (n) => [[floats(n > 9 ? 1 << 17 : n, 1)], { full_matrices: true }],
  ExtractImagePatches: (n) => {
    const [side, window] = n > 9 ? [1000, 500] : [4, 2];
    const rates = [1, 1, 1, 1];
    return [[floats(1, side, side, 1)], { ksizes: [1, window, window, 1], strides: rates, rates, padding: 'VALID' }];
  },
  DecodePaddedRaw: (n) => [[bytes(2), int(n > 9 ? n : 8)], { out_type: tf.uint8 }],
};
const native = devices().some(({ device }) => device === 'native') ? test : test.skip;
/** Runs an op on the native device; the shapes of its results. */
function run(type: string, [inputs, attrs = {}]: Made): readonly (readonly number[])[] {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const feeds: [tf.Tensor, tf.NDArray][] = [];
    const edge = (array: tf.NDArray): tf.Tensor => {
      // How many numbers a vector has is known: some shape functions ask for it.
      const x = tf.placeholder(array.dtype, array.shape.length === 1 ? array.shape : null);
      feeds.push([x, array]);
      return x;
    };
    const { outputs } = applyOp(
      type,
      inputs.map((x) => (x instanceof tf.NDArray ? edge(x) : x.map(edge))),
      attrs,
    );
    const sess = new tf.Session('', { graph, config: { device: 'native', placement: 'device', advice: false } });
    try {
      return sess
        .run(
          outputs.map((y) => tf.shape(y)),
          feeds,
        )
        .map((shape) => [...shape.data].map(Number));
    } finally {
      sess.close();
    }
  });
}
native.each(Object.keys(CALLS))('%s: too much is refused at once', (type) => {
  const started = performance.now();
  let error: unknown = null;
  try {
    run(type, CALLS[type](2 ** 30 * 1.5));
  } catch (thrown) {
    error = thrown;
  }
  expect(String(error)).toMatch(/OOM when allocating tensor with shape\[/);
  expect(error).toBeInstanceOf(tf.errors.ResourceExhaustedError);
  expect(performance.now() - started).toBeLessThan(8000);
});
native.each(Object.keys(CALLS))('%s: a small result is as large as the table says', (type) => {
  expect(Object.keys(SIZES)).toContain(type);
  expect(run(type, CALLS[type](3)).length).toBeGreaterThan(0);
});
