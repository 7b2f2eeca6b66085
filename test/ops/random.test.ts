/** Random functions against what TensorFlow 1.15 made of the same calls: every node, and three runs of one session. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { bitsOfFloats } from '../../src/base/half';
import { NDArray } from '../../src/base/ndarray';
import { attrJson, devices, open } from '../sweep';
import { CANDIDATE_CALLS, expectCounts } from './candidate-calls';
import { DRAWN_CALLS } from './drawn-calls';

interface Recorded {
  values?: (number | string)[];
  size?: number;
  md5?: string;
}
interface Case {
  graphSeed: number | null;
  call: string;
  results: string[];
  shapes: (number | null)[][];
  nodes: [name: string, op: string, inputs: string[], attrs: Record<string, unknown>][];
  runs: Recorded[][];
}
const recorded = (name: string): { cases: unknown[] } =>
  JSON.parse(readFileSync(path.join(__dirname, '../fixtures', name), 'utf8')) as { cases: unknown[] };
const CASES = recorded('random_ops.json').cases as Case[];

/** Each recorded Python call as its TypeScript counterpart, with `x` a float placeholder of shape (2, 4). */
const CALLS: Record<string, (x: tf.Tensor) => tf.Tensor | tf.Tensor[]> = {
  'tf.random_normal([2, 3], mean=1, stddev=2, seed=5)': () => tf.randomNormal([2, 3], { mean: 1, stddev: 2, seed: 5 }),
  'tf.random_normal([2, 3], mean=1, stddev=2)': () => tf.randomNormal([2, 3], 1, 2),
  'tf.random_normal([3], dtype=tf.float64, seed=5, name="noise")': () =>
    tf.randomNormal([3], { dtype: tf.float64, seed: 5, name: 'noise' }),
  'tf.random_normal([], seed=5)': () => tf.randomNormal([], { seed: 5 }),
  'tf.random_normal(tf.shape(x), seed=5)': (x) => tf.randomNormal(tf.shape(x), { seed: 5 }),
  'tf.random_uniform([4], seed=5)': () => tf.randomUniform([4], { seed: 5 }),
  'tf.random_uniform([4], -1, 1, seed=5)': () => tf.randomUniform([4], -1, 1, null, { seed: 5 }),
  'tf.random_uniform([4], minval=0.5, maxval=2.5, dtype=tf.float64, seed=5)': () =>
    tf.randomUniform([4], { minval: 0.5, maxval: 2.5, dtype: tf.float64, seed: 5 }),
  'tf.random_uniform([4], maxval=10, dtype=tf.int32, seed=5)': () =>
    tf.randomUniform([4], { maxval: 10, dtype: tf.int32, seed: 5 }),
  'tf.random_uniform([4], minval=-2**40, maxval=2**40, dtype=tf.int64, seed=5)': () =>
    tf.randomUniform([4], { minval: -(2 ** 40), maxval: 2 ** 40, dtype: tf.int64, seed: 5 }),
  'tf.random_uniform([4])': () => tf.randomUniform([4]),
  'tf.truncated_normal([784, 100], stddev=0.1)': () => tf.truncatedNormal([784, 100], { stddev: 0.1 }),
  'tf.truncated_normal([784, 100], stddev=0.1, seed=5)': () => tf.truncatedNormal([784, 100], { stddev: 0.1, seed: 5 }),
  'tf.truncated_normal([5], mean=10, stddev=3, dtype=tf.float64, seed=5)': () =>
    tf.truncatedNormal([5], { mean: 10, stddev: 3, dtype: tf.float64, seed: 5 }),
  'tf.random_shuffle(tf.range(10), seed=5)': () => tf.randomShuffle(tf.range(10), { seed: 5 }),
  // Integers in a list are int32 in Python and float32 here.
  'tf.random_shuffle([[1, 2], [3, 4], [5, 6]])': () =>
    tf.randomShuffle(new NDArray(tf.int32, [3, 2], Int32Array.of(1, 2, 3, 4, 5, 6))),
  'tf.random_crop(x, [1, 2], seed=5)': (x) => tf.randomCrop(x, [1, 2], { seed: 5 }),
  'tf.truncated_normal_initializer(stddev=0.1, seed=5)([2, 3])': () =>
    tf.truncatedNormalInitializer({ stddev: 0.1, seed: 5 }).call([2, 3]),
  'tf.random_normal_initializer(mean=1, stddev=2)([2, 3])': () =>
    tf.randomNormalInitializer({ mean: 1, stddev: 2 }).call([2, 3]),
  'tf.random_uniform_initializer(-0.1, 0.1)([2, 3])': () => tf.randomUniformInitializer(-0.1, 0.1).call([2, 3]),
  'tf.glorot_uniform_initializer()([784, 100])': () => tf.glorotUniformInitializer().call([784, 100]),
  'tf.glorot_normal_initializer(seed=5)([784, 100])': () => tf.glorotNormalInitializer({ seed: 5 }).call([784, 100]),
  'tf.variance_scaling_initializer(2.0)([3, 3, 8, 16])': () => tf.varianceScalingInitializer(2).call([3, 3, 8, 16]),
  'tf.uniform_unit_scaling_initializer(seed=5)([4, 4])': () =>
    tf.uniformUnitScalingInitializer({ seed: 5 }).call([4, 4]),
  '[tf.random_normal([2]), tf.random_normal([2]), tf.random_uniform([2])]': () => [
    tf.randomNormal([2]),
    tf.randomNormal([2]),
    tf.randomUniform([2]),
  ],
  ...CANDIDATE_CALLS,
  ...DRAWN_CALLS,
};

/**
 * The value of a fetched array as the recorder writes it; float64 ones to the rounding of the engine's sine, those near
 * TensorFlow's to that of its special functions in 32 bits.
 */
function expectRecorded(got: unknown, want: Recorded, isCount: boolean, isNear = false): void {
  const data = got instanceof NDArray ? got.data : [got as number];
  if (want.values === undefined) {
    const bytes = data as Float32Array;
    expect({
      size: bytes.length,
      md5: createHash('md5')
        .update(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
        .digest('hex'),
    }).toEqual({ size: want.size, md5: want.md5 });
  } else if (data instanceof Float64Array) {
    expect(data.length).toBe(want.values.length);
    data.forEach((v, i) => {
      expect(Math.abs(v - Number(want.values![i]))).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(v)));
    });
  } else if (data instanceof BigInt64Array) {
    expect(Array.from(data, String)).toEqual(want.values.map(String));
  } else if (data instanceof Uint16Array) {
    expect(Array.from(data)).toEqual(elementsOf('float16', want.values.map(Number)));
  } else if (isNear) {
    data.forEach((v, i) => expect(Math.abs(Number(v) / Number(want.values![i]) - 1)).toBeLessThan(1e-6));
  } else if (isCount) {
    expectCounts(data, want.values);
  } else {
    expect(Array.from(data as Float32Array, Math.fround)).toEqual(want.values.map((v) => Math.fround(Number(v))));
  }
}
function build(c: Case): { graph: tf.Graph; results: tf.Tensor[]; x: tf.Tensor; before: number } {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    if (c.graphSeed !== null) tf.setRandomSeed(c.graphSeed);
    const x = tf.placeholder(tf.float32, [2, 4], { name: 'x' });
    if (c.call.includes('candidate')) tf.constant([1, 2, 3, 0, 3, 4], tf.int64, [3, 2]);
    const before = graph.getOperations().length;
    return { graph, x, results: [CALLS[c.call](x)].flat(), before };
  });
}
/** Elements as arrays hold them: halves are bits. */
const elementsOf = (dtype: string, values: number[]): number[] =>
  dtype === 'float16' ? Array.from(bitsOfFloats(values, tf.float16) as Uint16Array) : values;
/** An attribute of a recorded node under this suite's names. */
function recordedAttr(value: unknown): unknown {
  const tensor = value as { dtype: string; shape: number[]; values?: (number | string)[] };
  return typeof value === 'object' && value !== null && Array.isArray(tensor.values)
    ? {
        dtype: tensor.dtype === 'object' ? 'string' : tensor.dtype,
        shape: tensor.shape,
        data: tensor.dtype === 'object' ? tensor.values : elementsOf(tensor.dtype, tensor.values.map(Number)),
      }
    : value;
}

for (const c of CASES.filter(({ call }) => CALLS[call])) {
  const title = `${c.call} with ${c.graphSeed === null ? 'no graph seed' : `graph seed ${c.graphSeed}`}`;
  test(`${title}: the nodes`, () => {
    const { graph, results, before } = build(c);
    expect(
      graph
        .getOperations()
        .slice(before)
        .map((op) => ({
          name: op.name,
          op: op.type,
          inputs: [...op.nodeDef.input],
          attrs: Object.fromEntries(
            op.attrNames.filter((n) => n !== '_class').map((n) => [n, attrJson(op.getAttr(n))]),
          ),
        })),
    ).toEqual(
      c.nodes.map(([name, op, inputs, attrs]) => ({
        name,
        op,
        inputs,
        attrs: Object.fromEntries(Object.entries(attrs).map(([k, v]) => [k, recordedAttr(v)])),
      })),
    );
    expect(results.map((t) => t.name)).toEqual(c.results);
    expect(results.map((t) => t.shape.dims)).toEqual(c.shapes);
  });
  for (const mode of devices()) {
    test(`${title}: three runs on ${mode.title}`, () => {
      const { graph, results, x } = build(c);
      const sessions = c.runs?.[0][0].size ? 1 : 2;
      for (let session = 0; session < sessions; session++) {
        const sess = open(graph, mode);
        for (const run of c.runs ?? []) {
          const got = sess.run(results, { [x.name]: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) }) as unknown[];
          got.forEach((value, i) =>
            expectRecorded(value, run[i], c.call.includes('candidate'), c.call.includes('gradients')),
          );
        }
        sess.close();
      }
    });
  }
}

interface SeedCase {
  graphSeed: number | null;
  opSeed: number | null;
  nodes: number;
  seeds: [number | null, number | null];
}
test("the seeds of an op are TensorFlow's", () => {
  for (const c of recorded('seeds.json').cases as SeedCase[]) {
    new tf.Graph().asDefault(() => {
      tf.setRandomSeed(c.graphSeed);
      for (let i = 0; i < c.nodes; i++) tf.constant(i);
      expect({ ...c, seeds: tf.getSeed(c.opSeed) }).toEqual(c);
    });
  }
});

for (const mode of devices()) {
  test(`an op seed alone gives TensorFlow's numbers on ${mode.title}, in every session from the start`, () => {
    const graph = new tf.Graph();
    const noise = graph.asDefault(() => tf.randomNormal([2], { seed: 5 }));
    for (let session = 0; session < 2; session++) {
      const sess = open(graph, mode);
      expect(Array.from((sess.run(noise) as NDArray).data as Float32Array)).toEqual(
        [-1.1780828, -0.7099414].map(Math.fround),
      );
      expect(Array.from((sess.run(noise) as NDArray).data as Float32Array)).toEqual(
        [-0.33712417, 1.2564257].map(Math.fround),
      );
      sess.close();
    }
  });
}

test('without a seed two sessions differ', () => {
  const graph = new tf.Graph();
  const noise = graph.asDefault(() => tf.randomUniform([8]));
  const [a, b] = [0, 1].map(() => {
    const sess = new tf.Session('', { graph });
    const got = (sess.run(noise) as NDArray).data;
    sess.close();
    return Array.from(got as Float32Array);
  });
  expect(a).not.toEqual(b);
});

test("what cannot be drawn is refused in TensorFlow's words", () => {
  new tf.Graph().asDefault(() => {
    expect(() => tf.randomUniform([2], { dtype: tf.int32 })).toThrow('Must specify maxval for integer dtype tf.int32');
    expect(() => tf.randomUniform([2], { dtype: tf.bool })).toThrow('Invalid dtype tf.bool');
    const sess = new tf.Session();
    expect(() => sess.run(tf.randomUniform([2], { minval: 5, maxval: 3, dtype: tf.int32 }))).toThrow(
      'Need minval < maxval, got 5 >= 3',
    );
    expect(() => sess.run(tf.multinomial([[1, 2]], tf.placeholderWithDefault(tf.constant(-1, tf.int32), [])))).toThrow(
      'num_samples should be nonnegative, got -1',
    );
    sess.close();
  });
});

test('initializers refuse what they cannot make', () => {
  expect(() => tf.varianceScalingInitializer({ scale: 0 })).toThrow('`scale` must be positive float.');
  expect(() => tf.randomNormalInitializer({ dtype: tf.int32 })).toThrow(
    "Expected floating point type, got <dtype: 'int32'>.",
  );
  new tf.Graph().asDefault(() => {
    expect(() => tf.constantInitializer([1, 2, 3]).call([2])).toThrow(
      'Too many elements provided. Needed at most 2, but received 3',
    );
    const sess = new tf.Session();
    expect((sess.run(tf.constantInitializer([1, 2]).call([2, 2])) as NDArray).toArray()).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect((sess.run(tf.onesInitializer().call([2], tf.int32)) as NDArray).dtype).toBe(tf.int32);
    sess.close();
  });
});
