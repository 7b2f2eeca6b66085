import type * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('scatter');

sameGraph('scatter', 'scatterNd', (t) => t.scatterNd([[4], [1]], [9, 10], [6]));
sameGraph('scatter', 'scatterNd into a shape that is fed', (t) => {
  const indices = t.placeholder(t.int64, [null, 1], { name: 'i' });
  t.scatterNd(indices, t.placeholder(t.float32, [null], { name: 'x' }), t.placeholder(t.int64, [1], { name: 's' }), {
    name: 'spread',
  });
});
sameGraph('scatter', 'gradient of a tensorScatterUpdate', (t: typeof tf) => {
  const v = t.placeholder(t.float32, [3], { name: 'x' });
  t.gradients(t.tensorScatterUpdate(v, [[1]], [2]), v);
});
