import * as tf from 'tfjs-session';
import { sameGraph, sweep } from '../sweep';

sweep('select');

sameGraph('select', 'select', (t) => {
  t.where(t.placeholder(t.bool, [2], { name: 'c' }), [1, 2], [3, 4]);
  t.whereV2(t.placeholder(t.bool, [2], { name: 'c' }), 1, 0);
});
sameGraph('select', 'rows of unknown number', (t) => {
  t.where(
    t.placeholder(t.bool, [2], { name: 'c' }),
    t.placeholder(t.float32, [null], { name: 'x' }),
    t.placeholder(t.float32, [null], { name: 'y' }),
  );
});

test('half a choice is refused', () => {
  new tf.Graph().asDefault(() =>
    expect(() => tf.whereV2([true], [1])).toThrow('x and y must both be non-None or both be None.'),
  );
});
