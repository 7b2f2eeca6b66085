/** An object where a value may be left out is no value: taken for options, it would be dropped without a word. */
import * as tf from '../../src';
import { call } from './words';

const x = () => tf.ones([2, 3]);
const CALLS: Readonly<Record<string, (value: object) => unknown>> = {
  reduceSum: (axis) => call(tf.reduceSum, x(), { axis }),
  argmax: (axis) => call(tf.argmax, x(), { axis }),
  cumsum: (axis) => call(tf.cumsum, x(), { axis }),
  countNonzero: (axis) => call(tf.countNonzero, x(), { axis }),
  stack: (axis) => call(tf.stack, [x(), x()], { axis }),
  split: (axis) => call(tf.split, x(), 3, { axis }),
  unstack: (num) => call(tf.unstack, x(), { num }),
  range: (limit) => call(tf.range, 0, { limit }),
  oneHot: (onValue) => call(tf.oneHot, [0], 3, { onValue }),
  randomNormal: (mean) => call(tf.randomNormal, [2], { mean }),
  randomUniform: (minval) => call(tf.randomUniform, [2], { minval }),
  clipByNorm: (axes) => call(tf.clipByNorm, x(), 1, { axes }),
};
test.each(Object.entries(CALLS))('%s', (_, of) => {
  for (const value of [{}, { a: 1 }, { name: 'x' }])
    expect(() => of(value)).toThrow(/^Failed to convert object of type <class 'dict'> to Tensor|^Expected/);
});
