/** 16-bit floats: numbers wherever they are seen, bits where they are kept. */
import * as tf from 'tfjs-session';
import { floatsOfBits } from '../../src/base/half';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import { devices, fixture, fromJson, open, sweep } from '../sweep';

sweep('half');

const TYPES = [
  { dtype: tf.float16, one: 0x3c00, tenth: 0.0999755859375, large: Infinity, text: '[0.1 3. ]' },
  { dtype: tf.bfloat16, one: 0x3f80, tenth: 0.10009765625, large: 70144, text: '[bfloat16(0.100097656) bfloat16(3)]' },
] as const;

/** What TensorFlow 1.15.5 draws under the graph seed 7 and the op seed 3, 11 numbers in each of two runs. */
const RANDOM = {
  float16: {
    randomUniform: [
      [
        0.7119140625, 0.064453125, 0.7265625, 0.515625, 0.701171875, 0.9609375, 0.486328125, 0.97265625, 0.017578125,
        0.609375, 0.990234375,
      ],
      [
        0.009765625, 0.375, 0.0673828125, 0.572265625, 0.3291015625, 0.7646484375, 0.6650390625, 0.5849609375,
        0.51953125, 0.0517578125, 0.3232421875,
      ],
    ],
    randomNormal: [
      [
        0.94482421875, -0.966796875, 0.80517578125, 1.3037109375, 0.21484375, -0.73486328125, 0.8828125, -0.7744140625,
        -0.018341064453125, 0.40234375, 0.0911865234375,
      ],
      [
        -0.0279693603515625, 0.488037109375, 0.458984375, 0.7822265625, 1.783203125, -2.564453125, -1.4794921875,
        0.126953125, -2.4453125, 0.7978515625, -0.143798828125,
      ],
    ],
    truncatedNormal: [
      [
        0.94482421875, -0.966796875, 0.80517578125, 1.3037109375, -0.21875, -0.8046875, -0.16162109375, -0.52978515625,
        1.1953125, -0.8447265625, 1.27734375,
      ],
      [
        -0.0279693603515625, 0.488037109375, 0.458984375, 0.7822265625, -1.14453125, 1.2431640625, 0.82763671875,
        -0.99365234375, 0.56591796875, -0.66552734375, -0.228759765625,
      ],
    ],
  },
  bfloat16: {
    randomUniform: [
      [0.6953125, 0.515625, 0.8125, 0.125, 0.609375, 0.6875, 0.890625, 0.78125, 0.140625, 0.875, 0.921875],
      [0.078125, 0.0, 0.5390625, 0.578125, 0.6328125, 0.1171875, 0.3203125, 0.6796875, 0.15625, 0.4140625, 0.5859375],
    ],
    randomNormal: [
      [
        0.9453125, -0.96484375, 0.8046875, 1.3046875, 0.21484375, -0.734375, 0.8828125, -0.7734375, -0.018310546875,
        0.40234375, 0.09130859375,
      ],
      [
        -0.0279541015625, 0.48828125, 0.458984375, 0.78125, 1.78125, -2.5625, -1.4765625, 0.126953125, -2.453125,
        0.796875, -0.1435546875,
      ],
    ],
    truncatedNormal: [
      [
        0.9453125, -0.96484375, 0.8046875, 1.3046875, -0.21875, -0.8046875, -0.1611328125, -0.53125, 1.1953125,
        -0.84375, 1.2734375,
      ],
      [
        -0.0279541015625, 0.48828125, 0.458984375, 0.78125, -1.140625, 1.2421875, 0.828125, -0.9921875, 0.56640625,
        -0.6640625, -0.228515625,
      ],
    ],
  },
} as const;

describe.each(devices())('on $title', (mode) => {
  describe.each(TYPES)('$dtype.name', ({ dtype, one, tenth, large, text }) => {
    const inGraph = (body: (sess: tf.Session) => void): void => {
      new tf.Graph().asDefault((graph) => {
        using sess = open(graph, mode);
        body(sess);
      });
    };
    const list = (x: unknown): unknown => (x as NDArray).toArray();

    test('constants and fetches are numbers', () => {
      inGraph((sess) => {
        expect(sess.run(tf.constant(0.1, dtype))).toBe(tenth);
        expect(list(sess.run(tf.constant([0.1, 70000, -3], dtype)))).toEqual([tenth, large, -3]);
        expect(list(sess.run(tf.constant(Float32Array.of(0.1, NaN), dtype)))).toEqual([tenth, NaN]);
        expect(list(sess.run(tf.ones([2], dtype)))).toEqual([1, 1]);
        expect(list(sess.run(tf.fill([2], tf.constant(0.1, dtype))))).toEqual([tenth, tenth]);
        expect(list(sess.run(tf.oneHot([1], 2, { onValue: 0.1, offValue: 1, dtype })))).toEqual([[1, tenth]]);
        expect(tf.getStaticValue(tf.constant([0.1], dtype))?.toArray()).toEqual([tenth]);
      });
    });
    test('fed numbers are rounded, in whatever array they come; the bits of an NDArray are taken as they are', () => {
      inGraph((sess) => {
        const x = tf.placeholder(dtype, [null]);
        const y = x.add(0);
        for (const value of [[1, 0.1], Float32Array.of(1, 0.1), Float64Array.of(1, 0.1)])
          expect(list(sess.run(y, [[x, value]]))).toEqual([1, tenth]);
        expect(list(sess.run(y, [[x, Uint16Array.of(1, 3)]]))).toEqual([1, 3]);
        expect(list(sess.run(y, [[x, new NDArray(tf.float32, [1], Float32Array.of(0.1))]]))).toEqual([tenth]);
        expect(list(sess.run(y, [[x, new NDArray(dtype, [1], Uint16Array.of(one))]]))).toEqual([1]);
        const scalar = tf.placeholder(dtype, []);
        expect(sess.run(scalar.mul(2), [[scalar, 1.5]])).toBe(3);
      });
    });
    test('variables train', () => {
      inGraph((sess) => {
        const v = new tf.Variable(tf.constant([1, 0.5], dtype));
        const w = tf.getVariable('w', { shape: [2], dtype, initializer: tf.onesInitializer(), useResource: true });
        const cost = tf.reduceSum(v.mul(v).add(w.mul(tf.constant([2, 3], dtype))));
        const step = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
        sess.run(tf.globalVariablesInitializer());
        sess.run(step);
        expect(list(sess.run(v))).toEqual([0, 0]);
        expect(list(sess.run(w))).toEqual([0, -0.5]);
        sess.run([v.assignAdd(tf.constant([1, 2], dtype)), tf.scatterAdd(v, [0], tf.constant([2], dtype))]);
        expect(list(sess.run(v))).toEqual([3, 2]);
      });
    });
    test('values stay the same in the plans of later runs, beside other nodes', () => {
      inGraph((sess) => {
        const x = tf.placeholder(dtype, [4]);
        const y = tf.nn.relu(x.mul(tf.constant(0.1, dtype))).add(tf.reduceMean(x));
        const other = tf.reduceSum(tf.ones([10]));
        const first = list(sess.run([y, other], [[x, [1, -2, 3, 4]]])[0]);
        for (let i = 0; i < 40; i++) expect(list(sess.run([y, other], [[x, [1, -2, 3, 4]]])[0])).toEqual(first);
      });
    });
    test('arrays print as NumPy prints them', () => {
      inGraph((sess) => expect(String(sess.run(tf.constant([0.1, 3], dtype)))).toBe(text));
    });
    test.each(Object.entries(RANDOM[dtype.name as 'float16']))('random numbers are TensorFlow’s: %s', (name, want) => {
      inGraph((sess) => {
        tf.setRandomSeed(7);
        const make = {
          randomUniform: tf.randomUniform,
          randomNormal: tf.randomNormal,
          truncatedNormal: tf.truncatedNormal,
        };
        const x = make[name as keyof typeof make]([11], { dtype, seed: 3 });
        for (const numbers of want) {
          const got = sess.run(x) as NDArray;
          expect(got.dtype).toBe(dtype);
          expect(Array.from(floatsOfBits(got.data, dtype))).toEqual(numbers);
        }
      });
    });
  });
});

const IN_STEPS = fixture('half').rows.filter(({ outputs }) => outputs?.[0]?.shape[0] === 64);
test.each(IN_STEPS)('$op rounds each step to a half, as TensorFlow 1.15 does: every bit', ({ op, inputs, outputs }) => {
  new tf.Graph().asDefault(() => {
    const sess = new tf.Session();
    const operands = inputs.flat().map((x) => tf.constant(fromJson(x)));
    const got = sess.run(applyOp(op, operands).outputs[0]) as NDArray;
    expect([...got.data]).toEqual([...fromJson(outputs![0]!).data]);
    sess.close();
  });
});
test('thirteen ops are looked at so', () => {
  expect(IN_STEPS.map(({ op }) => op)).toHaveLength(13);
});
