import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('batches');

sameGraph('batches', 'gradients of batches', (t) => {
  const x = t.placeholder(t.float32, [null, 4, 4, 3], { name: 'x' });
  const [block, none] = [
    [2, 2],
    [
      [1, 1],
      [0, 0],
    ],
  ];
  const many = t.spaceToBatchNd(x, block, none);
  t.gradients(
    t.batchToSpaceNd(many, block, [
      [0, 1],
      [0, 0],
    ]),
    x,
  );
});
test('paddings that blocks require, of sizes known and fed', () => {
  new tf.Graph().asDefault(() => {
    const sizes = tf.placeholder(tf.int32, [2]);
    const base = [
      [1, 0],
      [0, 2],
    ];
    const sess = new tf.Session();
    for (const given of [sizes, [5, 4]])
      expect(
        (sess.run(tf.requiredSpaceToBatchPaddings(given, [3, 4], base), [[sizes, [5, 4]]]) as tf.NDArray[]).map((a) =>
          a.toArray(),
        ),
      ).toEqual([
        [
          [1, 0],
          [0, 4],
        ],
        [
          [0, 0],
          [0, 2],
        ],
      ]);
    sess.close();
  });
});
