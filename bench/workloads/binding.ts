/**
 * What it costs that calls take their arguments as Python's do: the arguments of every call that building a training
 * step makes are bound once more, and nothing else. `alone: 0` builds the graphs themselves, to compare.
 */
import * as tf from '../../src';
import { Binder } from '../../src/calls/bind';
import { type Setup, secondsSince } from '../serve';

/** Graphs of one measurement. */
const GRAPHS = 20;

function build(): void {
  new tf.Graph().asDefault(() => {
    const X = tf.placeholder(tf.float32, [null, 784], { name: 'X' });
    const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
    const W1 = new tf.Variable(tf.truncatedNormal([784, 100], { stddev: 0.1 }), { name: 'W1' });
    const b1 = new tf.Variable(tf.zeros([100]), { name: 'b1' });
    const W2 = new tf.Variable(tf.truncatedNormal([100, 10], { stddev: 0.1 }), { name: 'W2' });
    const b2 = new tf.Variable(tf.zeros([10]), { name: 'b2' });
    const logits = tf.matmul(tf.nn.relu(tf.matmul(X, W1).add(b1)), W2).add(b2);
    const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
    new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
    tf.globalVariablesInitializer();
  });
}
/** The binders' calls while a graph is built, each as a function that does it again. */
function recorded(): (() => void)[] {
  const calls: (() => void)[] = [];
  const { take, takesAlone } = Binder.prototype;
  Binder.prototype.take = function (this: Binder<readonly unknown[]>, given) {
    const kept = [...given];
    calls.push(() => take.call(this, [...kept]));
    return take.call(this, given) as never;
  };
  Binder.prototype.takesAlone = function (this: Binder<readonly unknown[]>, value) {
    calls.push(() => takesAlone.call(this, value));
    return takesAlone.call(this, value);
  };
  build();
  Object.assign(Binder.prototype, { take, takesAlone });
  return calls;
}

export const setup: Setup = ({ alone }) => {
  for (let i = 0; i < GRAPHS; i++) build();
  const calls = recorded();
  const once = alone ? (): void => calls.forEach((call) => call()) : build;
  for (let i = 0; i < GRAPHS; i++) once();
  return {
    time() {
      const started = process.hrtime.bigint();
      for (let i = 0; i < GRAPHS; i++) once();
      return secondsSince(started);
    },
  };
};
