import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

// The derivative of its derivative knows float32 alone, in which no difference is small enough.
sweep('pool3d', { firstOrderOnly: ['MaxPool3DGradGrad'] });

type T = typeof tf;
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });

sameGraph('pool3d', 'pools of volumes', (t) => {
  const { nn } = t;
  nn.maxPool3d(x(t, null, 8, 8, 8, 3), 2, 2, 'SAME');
  nn.avgPool3d(x(t, 2, 9, 9, 9, 1), [1, 3, 3, 3, 1], [2, 2, 1], 'VALID', { name: 'a' });
  nn.maxPoolV2(x(t, 2, 9, 9, 9, 1), 3, 2, 'VALID');
  nn.avgPoolV2(x(t, 2, 9, 9, 9, 1), 3, 2, 'VALID', { name: 'v' });
  nn.pool(x(t, 2, 9, 9, 9, 1), [2, 2, 2], 'MAX', 'VALID', { dilationRate: [1, 2, 1] });
  nn.pool(x(t, 2, 9, 9, 9, 1), [2, 2, 2], 'AVG', 'SAME', { strides: [2, 1, 2] });
});
for (const [name, fn] of [
  ['maximum', tf.nn.maxPool3d],
  ['mean', tf.nn.avgPool3d],
] as const) {
  for (const [title, order] of [
    ['gradient', 1],
    ['second gradient', 2],
  ] as const) {
    sameGraph('pool3d', `${title} of a ${name} of volumes`, (t) => {
      const at = x(t, null, 4, 4, 4, 2);
      const y = fn(at, 2, 2, 'SAME');
      const [g] = t.gradients(y.mul(y), at) as tf.Tensor[];
      if (order === 2) t.gradients(g.mul(g), at);
    });
  }
}
