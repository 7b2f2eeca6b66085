import type * as Tf from '../../src';
import { sameGraph, sweep } from '../sweep';

const x = (tf: typeof Tf, shape: number[] | null): Tf.Tensor => tf.placeholder(tf.string, shape, { name: 'x' });

sweep('texts');
sameGraph('texts', 'lower', (tf) => {
  tf.strings.lower(x(tf, [2]));
  tf.strings.upper(['a'], 'utf-8', 'up');
  tf.strings.strip(['a']);
  tf.stringStrip(['a'], 'st');
});
sameGraph('texts', 'length', (tf) => {
  tf.strings.length(['a']);
  tf.strings.length(['a'], 'l', 'UTF8_CHAR');
  tf.strings.substr(['abc'], 1, 2);
  tf.substr(['abc'], [0], [1], 'sub', 'UTF8_CHAR');
});
sameGraph('texts', 'hashes', (tf) => {
  tf.strings.toHashBucketFast(['a'], 5);
  tf.stringToHashBucketFast(['a'], 5, 'f');
  tf.strings.toHashBucketStrong(['a'], 5, [1, 2]);
  tf.stringToHashBucket(['a'], 5);
  tf.strings.toHashBucket({ input: ['a'], numBuckets: 5, name: 'h' } as never);
});
sameGraph('texts', 'reduceJoin', (tf) => {
  tf.reduceJoin([['a', 'b']]);
  tf.reduceJoin([['a']], 0, true, '-', 'j');
  tf.strings.reduceJoin(x(tf, null));
  tf.strings.reduceJoin([['a']], { reductionIndices: [1, 0], keepdims: true });
});
sameGraph('texts', 'asString', (tf) => {
  tf.asString(Int32Array.of(1));
  tf.strings.asString([1], 2, { width: 5, fill: ' ', name: 't' });
  tf.strings.format('{} and {}', [tf.constant(1, tf.int32), tf.constant([2])]);
  tf.strings.format('x {}', tf.constant(3, tf.int32), { name: 'fmt' });
});
sameGraph('texts', 'base64', (tf) => {
  tf.encodeBase64(['a'], true);
  tf.decodeBase64('YQ', 'd');
  tf.io.encodeBase64('a');
});
sameGraph('texts', 'split', (tf) => {
  tf.strings.split(['a b']);
  tf.strings.split(['a,b'], ',', 1);
  tf.strings.join(['a', 'b']);
  tf.strings.toNumber(['1'], tf.int32);
});
