import type * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('pad');

const x = (t: typeof tf, shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });

sameGraph('pad', 'pad', (t) =>
  t.pad(x(t, [null, 3]), [
    [1, 1],
    [2, 2],
  ]),
);
sameGraph('pad', 'pad with a value', (t) =>
  t.pad(
    x(t, [null, 3]),
    [
      [1, 1],
      [2, 2],
    ],
    { constantValues: 5, name: 'border' },
  ),
);
sameGraph('pad', 'pad by reflection', (t) =>
  t.pad(
    x(t, [null, 3]),
    [
      [0, 0],
      [2, 2],
    ],
    'REFLECT',
  ),
);
sameGraph('pad', 'pad symmetrically', (t) =>
  t.pad(
    x(t, [null, 3]),
    [
      [0, 0],
      [2, 2],
    ],
    { mode: 'symmetric' },
  ),
);
sameGraph('pad', 'gradient of a pad of unknown size', (t) => {
  const v = x(t, [null, 3]);
  t.gradients(
    t.pad(v, [
      [1, 1],
      [2, 2],
    ]),
    v,
  );
});
sameGraph('pad', 'gradient of a mirror pad', (t) => {
  const v = x(t, [null, 3]);
  t.gradients(
    t.pad(
      v,
      [
        [0, 0],
        [2, 2],
      ],
      'REFLECT',
    ),
    v,
  );
});
sameGraph('pad', 'pad by what is known in part', (t) => {
  for (const mode of ['CONSTANT', 'REFLECT'] as const) {
    const stacked = (): tf.Tensor => t.stack([[0, 1], t.placeholder(t.int32, [2], { name: 'p' }), [2, 3]]);
    const v = x(t, [null, 3, 4]);
    t.pad(v, stacked(), mode);
  }
  t.pad(x(t, [2, 3]), t.placeholder(t.int32, [2, 2]));
});
