/** Programs with cases, as test/fixtures/record/flow.py has them. */
import * as tf from '../../src';
import { type Programs, grads, ph } from './words';

export const CASES: Programs = {
  cases: () => {
    const x = ph();
    const y = tf.case(
      [
        [x.less(1), () => x.mul(10)],
        [x.less(10), () => x.mul(x)],
      ],
      () => tf.sqrt(x),
    );
    return [y, ...grads(y, x)];
  },
  'exclusive cases': () => {
    const x = ph();
    return tf.case(
      [
        [x.less(1), () => x.mul(10)],
        [x.greater(10), () => x.mul(x)],
      ],
      { default: () => x, exclusive: true, name: 'which' },
    );
  },
  'cases without default': () => {
    const x = ph();
    return tf.case([
      [x.less(1), () => x.mul(10)],
      [x.greater(2), () => x.mul(x)],
      [x.less(10), () => x.neg()],
    ]);
  },
  'cases of a run that fail': () => {
    const x = ph();
    return tf.case(
      [
        [x.less(1), () => x.mul(10)],
        [x.less(10), () => x.mul(x)],
      ],
      { default: () => x, exclusive: true },
    );
  },
  'no case holds': () => {
    const x = ph();
    return tf.case([
      [x.less(1), () => x.mul(10)],
      [x.less(10), () => x.mul(x)],
    ]);
  },
};
