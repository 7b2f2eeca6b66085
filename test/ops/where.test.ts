import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('where');

const x = (t: typeof tf, shape: (number | null)[], dtype = t.float32): tf.Tensor =>
  t.placeholder(dtype, shape, { name: 'x' });
const mask = (t: typeof tf, shape: (number | null)[]): tf.Tensor => t.placeholder(t.bool, shape, { name: 'm' });

sameGraph('where', 'where of a placeholder', (t) => t.where(x(t, [null, 3], t.bool)));
sameGraph('where', 'where of a constant', (t) =>
  t.where(
    [
      [true, false],
      [true, true],
    ],
    null,
    null,
    { name: 'found' },
  ),
);
sameGraph('where', 'where with two choices', (t) => t.where(x(t, [2], t.bool), [1, 2], [3, 4]));
sameGraph('where', 'booleanMask', (t) => t.booleanMask(x(t, [null, 3]), mask(t, [null])));
sameGraph('where', 'booleanMask of two dimensions', (t) =>
  t.booleanMask(x(t, [2, 3, 4]), mask(t, [2, 3]), { name: 'kept' }),
);
sameGraph('where', 'booleanMask along another axis', (t) => t.booleanMask(x(t, [2, 3, 4]), mask(t, [3]), { axis: 1 }));
sameGraph('where', 'unique', (t) => t.unique(x(t, [null], t.int32)));
sameGraph('where', 'uniqueWithCounts', (t) => t.uniqueWithCounts(x(t, [null], t.int32), t.int64));

test('what a mask and its tensor must be', () => {
  new tf.Graph().asDefault(() => {
    expect(() => tf.booleanMask([1, 2], true)).toThrow('mask cannot be scalar.');
    expect(() => tf.booleanMask([1, 2], [true, false, true])).toThrow('Shapes (2,) and (3,) are incompatible');
    expect(() => Reflect.apply(tf.where, null, [[true], [1]])).toThrow(
      'x and y must both be non-None or both be None.',
    );
  });
});
test('unique has no gradient, and says so', () => {
  new tf.Graph().asDefault(() => {
    const v = tf.placeholder(tf.float32, [3]);
    expect(() => tf.gradients(tf.unique(v).y, v)).toThrow(
      "No gradient defined for operation 'Unique' (op type: Unique)",
    );
  });
});
