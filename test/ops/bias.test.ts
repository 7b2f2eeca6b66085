import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('bias');

type T = typeof tf;
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });

sameGraph('bias', 'bias add', (t) => {
  t.nn.biasAdd(x(t, null, 3), t.zeros([3]));
  t.nn.biasAdd(x(t, 2, 3, 4, 4), [1, 2, 3], { dataFormat: 'NCHW', name: 'b' });
  t.nn.biasAdd(x(t, 2, 3, 4, 4), [1, 2, 3, 4], { dataFormat: 'NHWC' });
});
sameGraph('bias', 'linear layers', (t) => {
  t.nn.xwPlusB(x(t, null, 3), t.ones([3, 2]), t.zeros([2]));
  t.nn.xwPlusB(x(t, null, 3), t.ones([3, 2]), [1, 2], { name: 'l' });
  t.nn.reluLayer(x(t, null, 3), t.ones([3, 2]), t.zeros([2]));
  t.nn.reluLayer([[1, 2]], [[1], [1]], [1], { name: 'r' });
});
sameGraph('bias', 'gradient of a layer', (t) => {
  const xs = [x(t, null, 3), t.placeholder(t.float32, [3, 2]), t.placeholder(t.float32, [2])] as const;
  t.gradients(t.nn.reluLayer(...xs), [...xs]);
});

test('a data format is N…C or NC…', () => {
  expect(() => tf.nn.biasAdd([[1]], [1], { dataFormat: 'CHW' })).toThrow(
    'data_format must be of the form `N...C` or `NC...`',
  );
});
