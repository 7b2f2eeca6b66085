import type * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('tile');

const x = (t: typeof tf, shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });

sameGraph('tile', 'tile', (t) => t.tile(x(t, [null, 3]), [2, 1]));
sameGraph('tile', 'tile by a tensor', (t) =>
  t.tile(x(t, [null, 3]), t.placeholder(t.int32, [2], { name: 'm' }), { name: 'wall' }),
);
sameGraph('tile', 'gradient of a tile of unknown size', (t) => {
  const v = x(t, [null, 3]);
  t.gradients(t.tile(v, [2, 1]), v);
});
sameGraph('tile', 'gradient of a tile whose gradient is sparse', (t) => {
  const v = x(t, [2, 3]);
  t.gradients(t.gather(t.tile(v, [2, 1]), [0, 3]), v);
});
