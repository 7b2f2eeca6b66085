import * as tf from 'tfjs-session';
import { halfToNumber, numberToBfloat, numberToHalf } from '../../src/base/half';
import { NDArray } from '../../src/base/ndarray';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('unary');

sameGraph('unary', 'functions of one', (t) => {
  const x = (): tf.Tensor => t.placeholder(t.float32, [2], { name: 'x' });
  const functions = [
    t.negative,
    t.abs,
    t.sign,
    t.square,
    t.sqrt,
    t.rsqrt,
    t.reciprocal,
    t.exp,
    t.expm1,
    t.log,
    t.log1p,
    t.sigmoid,
    t.sin,
    t.cos,
    t.tan,
    t.asin,
    t.acos,
    t.atan,
    t.sinh,
    t.cosh,
    t.tanh,
    t.asinh,
    t.acosh,
    t.atanh,
    t.erf,
    t.erfc,
    t.lgamma,
    t.digamma,
    t.floor,
    t.ceil,
    t.rint,
    t.round,
  ];
  functions.forEach((f) => f(x()));
  [t.isNan, t.isInf, t.isFinite].forEach((f) => f(x()));
});
sameGraph('unary', 'of a list', (t) => {
  t.exp([1, 2]);
  t.abs([1, 2], { name: 'size' });
  t.sigmoid([0], { name: 's' });
  t.round([1.5]);
});
sameGraph('unary', 'compositions', (t) => {
  const x = (): tf.Tensor => t.placeholder(t.float32, [2], { name: 'x' });
  t.logSigmoid(x());
  t.conj(x());
  t.math.polyval([3, 0, 1], x());
  t.math.logSigmoid(x(), { name: 'l' });
});
sameGraph('unary', 'round of integers', (t) => {
  t.round(t.constant([1, 2], t.int32));
});
sameGraph('unary', 'gradient of what is negated and gathered', (t) => {
  const x = t.placeholder(t.float32, [2], { name: 'x' });
  t.gradients(t.gather(x.neg(), [0, 1]), [x]);
});
sameGraph('unary', 'gradients', (t) => {
  const x = t.placeholder(t.float32, [2], { name: 'x' });
  t.gradients(t.log1p(t.tanh(t.square(t.sin(x)))), [x]);
});

describe.each(devices())('on $title', (mode) => {
  test('a function of a scalar is a scalar: its value is a number', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      const four: number = sess.run(tf.sqrt(16));
      expect(four).toBe(4);
      const nan: boolean = sess.run(tf.isNan(NaN));
      expect(nan).toBe(true);
    });
  });
  test('16-bit floats are computed in float32 and rounded', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      const half = (...values: number[]): tf.Tensor =>
        tf.constant(new NDArray(tf.float16, [values.length], Uint16Array.from(values, numberToHalf)));
      const read = (t: tf.Tensor): number[] => Array.from((sess.run(t) as NDArray).data as Uint16Array, halfToNumber);
      expect(read(tf.add(half(1.5, 65504), half(0.25, 100)))).toEqual([1.75, Infinity]);
      expect(read(tf.sqrt(half(2)))).toEqual([halfToNumber(numberToHalf(Math.SQRT2))]);
      expect(read(tf.reduceSum(half(1, 2, 3), 0, { keepdims: true }))).toEqual([6]);
      const b = tf.constant(new NDArray(tf.bfloat16, [1], Uint16Array.of(numberToBfloat(3))));
      expect((sess.run(tf.cast(tf.square(b), tf.float32)) as NDArray).toArray()).toEqual([9]);
    });
  });
});

test('an integer has no sine', () => {
  new tf.Graph().asDefault(() =>
    expect(() => tf.sin(tf.constant(1, tf.int32))).toThrow(
      "Value passed to parameter 'x' has DataType int32 not in list of allowed values: bfloat16, float16, " +
        'float32, float64, complex64, complex128',
    ),
  );
});
test('half precision goes round by round', () => {
  for (const x of [0, 1, -1, 0.1, 65504, 65519, 6e-5, 5e-8, 2 ** -24, 2 ** -25, -3.1, 1e-3]) {
    const bits = numberToHalf(x);
    const back = halfToNumber(bits);
    expect(numberToHalf(back)).toBe(bits);
    for (const near of [bits - 1, bits + 1])
      if ((near & 0x7fff) < 0x7c00 && near >= 0)
        expect(Math.abs(x - back)).toBeLessThanOrEqual(Math.abs(x - halfToNumber(near)));
  }
  expect([numberToHalf(65520), numberToHalf(NaN), numberToHalf(-Infinity)]).toEqual([0x7c00, 0x7e00, 0xfc00]);
});
