import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('strings');
sameGraph('strings', 'stringSplit', (tf) => {
  tf.stringSplit(tf.placeholder(tf.string, [2], { name: 'x' }));
  tf.stringSplit(['a'], ',', false, { name: 'a' });
});
sameGraph('strings', 'stringToNumber', (tf) =>
  tf.stringToNumber(tf.placeholder(tf.string, [2], { name: 'x' }), tf.int64, 'a'),
);
sameGraph('strings', 'stringJoin', (tf) => tf.stringJoin(['a', tf.placeholder(tf.string, [2], { name: 'x' })], '-'));

test('strings that are no whole characters apart may be one together', () => {
  using sess = new tf.Session('', { config: { device: 'portable' } });
  expect(sess.run(tf.stringJoin(['\udcc3', '\udca9']))).toBe('é');
});
