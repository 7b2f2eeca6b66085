import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

sweep('activation', {
  // SoftsignGrad has no gradient.
  firstOrderAlone: [
    'Softsign float32[2,4]',
    'Softsign float64[2,3]',
    'Softsign float32[5]=0.0,-0.0,6.0,-100.0,1.0000000150474662e+30',
  ],
});

type T = typeof tf;
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });

sameGraph('activation', 'activations by name', (t) => {
  t.nn.relu(x(t, 2), { name: 'a' });
  for (const fn of [t.nn.relu, t.nn.relu6, t.nn.elu, t.nn.selu, t.nn.softplus, t.nn.softsign]) fn(x(t, 2));
  t.nn.relu([1, 2]);
});
sameGraph('activation', 'leaky relu', (t) => {
  t.nn.leakyRelu(x(t, 2));
  t.nn.leakyRelu(x(t, 2), 0.1);
  t.nn.leakyRelu(x(t, 2), { alpha: 0.3, name: 'mine' });
  t.nn.leakyRelu(t.placeholder(t.int32, [2]));
  t.nn.leakyRelu([1, -1]);
});
sameGraph('activation', 'crelu', (t) => {
  t.nn.crelu(x(t, 2, 3));
  t.nn.crelu(x(t, 2, 3), { axis: 0, name: 'c' });
});
for (const [name, fn] of Object.entries({
  relu: tf.nn.relu,
  relu6: tf.nn.relu6,
  elu: tf.nn.elu,
  selu: tf.nn.selu,
  softplus: tf.nn.softplus,
  leaky_relu: tf.nn.leakyRelu,
})) {
  sameGraph('activation', `second gradient of ${name}`, (t) => {
    const at = x(t, null, 3);
    const [g] = t.gradients(fn(at), at) as tf.Tensor[];
    t.gradients(g.mul(g), at);
  });
}
