import type * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('data_flow');

const partitions = (t: typeof tf): tf.Tensor => t.placeholder(t.int32, [null], { name: 'p' });

sameGraph('data_flow', 'dynamicStitch', (t) => t.dynamicStitch([[0, 2], [1]], [[10, 30], [20]]));
sameGraph('data_flow', 'dynamicPartition', (t) =>
  t.dynamicPartition(t.placeholder(t.float32, [null, 3], { name: 'x' }), partitions(t), 2),
);
sameGraph('data_flow', 'gradient of a dynamicPartition', (t) => {
  const v = t.placeholder(t.float32, [null, 3], { name: 'x' });
  t.gradients(t.dynamicPartition(v, partitions(t), 2), v);
});
sameGraph('data_flow', 'setdiff1d', (t) => t.setdiff1d(t.placeholder(t.int32, [null], { name: 'x' }), [1, 2]));
