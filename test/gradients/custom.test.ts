/** Gradients that a program gives itself. */
import * as tf from '../../src';
import { graph, of, run, x } from './set-up';

test('a name has one gradient', () => {
  tf.RegisterGradient('Once')((_, g) => g);
  expect(() => tf.RegisterGradient('Once')((_, g) => g)).toThrow("Registering two gradient with name 'Once'!");
  expect(() => tf.NotDifferentiable('MatMul')).toThrow(tf.errors.KeyError);
});

test('a registered gradient is used where it is mapped to, and there only', () => {
  tf.RegisterGradient('Tenfold')((op, g) => g.mul(op.inputs[0]).mul(10));
  const a = x();
  const y = graph.gradientOverrideMap({ Square: 'Tenfold' }, () => tf.square(a)).add(tf.square(a));
  expect(run(of(tf.gradients(y, a)), [[a, 3]])).toBe(36);
});
test('a function with a gradient of its own', () => {
  const log1pexp = tf.customGradient((v: tf.Tensor) => {
    const e = tf.exp(v);
    return [tf.log(e.add(1)), (dy: tf.Tensor) => dy.mul(tf.subtract(1, tf.constant(1).div(e.add(1))))];
  });
  const a = x();
  const y = log1pexp(a) as tf.Tensor;
  expect(y.op.type).toBe('IdentityN');
  expect(run(of(tf.gradients(y, a)), [[a, 100]])).toBe(1);
  expect(run(y, [[a, 0]])).toBeCloseTo(Math.log(2), 6);
});
test('two results, two arguments', () => {
  const both = tf.customGradient((v: tf.Tensor, w: tf.Tensor) => [
    [v.mul(w), v.add(w)],
    (d0: tf.Tensor, d1: tf.Tensor) => [d0.mul(2), d1.mul(3)],
  ]);
  const [a, b] = [x(), x()];
  const [p, q] = both(a, b) as tf.Tensor[];
  const grads = tf.gradients([p, q.mul(5)], [a, b]);
  expect(
    run(of(grads), [
      [a, 1],
      [b, 1],
    ]),
  ).toBe(2);
  expect(
    run(of(grads, 1), [
      [a, 1],
      [b, 1],
    ]),
  ).toBe(15);
});
test('a custom gradient takes the variables that its function uses', () => {
  const v = new tf.Variable(3, { name: 'v', useResource: true });
  const scaled = tf.customGradient((a: tf.Tensor) => [
    a.mul(v),
    (dy: tf.Tensor, variables: unknown) => [dy.mul(7), [dy.mul((variables as unknown[]).length * 11)]],
  ]);
  const a = x();
  const grads = tf.gradients(scaled(a) as tf.Tensor, [a, v]);
  expect(run(of(grads), [[a, 1]])).toBe(7);
  expect(run(of(grads, 1), [[a, 1]])).toBe(11);
  const blind = tf.customGradient((b: tf.Tensor) => [b.mul(v), (dy: tf.Tensor) => dy]);
  expect(() => blind(a)).toThrow(
    'If using @custom_gradient with a function that uses variables, then grad_fn must accept a keyword ' +
      "argument 'variables'.",
  );
});
