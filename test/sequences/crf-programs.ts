/** Conditional random fields, as test/fixtures/record/sequences.py has them. */
import * as tf from '../../src';
import { grads, ph } from '../flow/words';
import type { Programs } from '../programs';

const R = tf.contrib.crf;
const fed = (...shape: readonly number[]): tf.NDArray => {
  const size = shape.reduce((a, b) => a * b, 1);
  return new tf.NDArray(
    tf.float32,
    shape,
    Float32Array.from({ length: size }, (_, i) => ((i * 7) % 11) / 8 - 0.5),
  );
};
const tagged = (
  b: number | null,
  t: number | null,
  n: number,
): readonly [x: tf.Tensor, tags: tf.Tensor, n: tf.Tensor] => [
  ph([b, t, n]),
  ph([b, t], 'tags', tf.int32),
  ph([b], 'n', tf.int32),
];
const moves = (n: number): tf.Variable => tf.getVariable('moves', { initializer: tf.constant(fed(n, n)) });

export const FIELDS: Programs = {
  likelihood: () => {
    const [x, tags, n] = tagged(3, 4, 3);
    const transitions = moves(3);
    const [loss] = R.crfLogLikelihood(x, tags, n, transitions);
    return [loss, ...grads(loss, x, transitions)];
  },
  'likelihood with a variable': () => {
    const [x, tags, n] = tagged(2, 3, 2);
    const [loss, transitions] = tf.variableScope('crf', { initializer: tf.constantInitializer(0.25) }, () =>
      R.crfLogLikelihood(x, tags, n),
    );
    return [loss, (transitions as tf.Variable).add(0), ...grads(loss, x, transitions as tf.Variable)];
  },
  'likelihood of single steps': () => {
    const [x, tags, n] = tagged(3, 1, 3);
    const [loss] = R.crfLogLikelihood(x, tags, n, moves(3));
    return [loss, ...grads(loss, x)];
  },
  'likelihood of unknown sizes': () => {
    const [x, tags, n] = tagged(null, null, 2);
    const transitions = moves(2);
    const [loss] = R.crfLogLikelihood(x, tags, n, transitions);
    return [loss, ...grads(loss, x, transitions)];
  },
  scores: () => {
    const [x, tags, n] = tagged(2, 3, 3);
    const t = moves(3);
    return [
      R.crfUnaryScore(tags, n, x),
      R.crfBinaryScore(tags, n, t),
      R.crfSequenceScore(x, tags, n, t),
      R.crfLogNorm(x, n, t),
    ];
  },
  'scores of longs': () => {
    const [x, tags, n] = tagged(2, 3, 3);
    return R.crfSequenceScore(x, tf.cast(tags, tf.int64), n, moves(3));
  },
  'scores of several tags': () => {
    const [x, , n] = tagged(2, 3, 2);
    return R.crfMultitagSequenceScore(x, x.greater(-0.2), n, moves(2));
  },
  decoded: () => {
    const [x, , n] = tagged(3, 4, 3);
    return R.crfDecode(x, moves(3), n);
  },
  'decoded single steps': () => {
    const [x, , n] = tagged(2, 1, 3);
    return R.crfDecode(x, moves(3), n);
  },
};
