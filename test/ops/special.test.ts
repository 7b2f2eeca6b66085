import type * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

// TensorFlow differentiates by the second operand alone.
sweep('special', { firstOrderOnly: ['Polygamma', 'Zeta'] });

function grad(t: typeof tf, name: string, build: (x: tf.Tensor) => tf.Tensor): void {
  const x = t.placeholder(t.float32, [2], { name });
  t.gradients(build(x), [x]);
}
sameGraph('special', 'polygamma', (t) => grad(t, 'x', (x) => t.polygamma(1, x, { name: 'p' })));
sameGraph('special', 'zeta', (t) => grad(t, 'q', (q) => t.zeta(2, q)));
sameGraph('special', 'digamma', (t) => grad(t, 'x', (x) => t.digamma(x)));
