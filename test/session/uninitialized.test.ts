/** What an error about a variable without a value says besides: which ones, where they were made, and why. */
import * as tf from '../../src';
import { devices, open } from '../sweep';
import { pattern } from '../pattern';

let sess: tf.Session;
beforeEach(() => {
  tf.resetDefaultGraph();
  sess = open(tf.getDefaultGraph(), devices()[0]);
});
const message = (fetch: tf.Tensor): string => {
  try {
    sess.run(fetch);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
};

describe.each([
  ['references', false],
  ['handles', true],
])('%s', (_, useResource) => {
  const variable = (name: string, options: tf.VariableOptions = {}): tf.Variable =>
    new tf.Variable(1, { name, useResource, ...options });
  test('the initializer has not run', () => {
    const [w, b] = [variable('W'), variable('b')];
    tf.globalVariablesInitializer();
    const text = message(w.add(b));
    expect(text).toMatch(
      pattern(
        /\n {2}uninitialized: W \(made at .*uninitialized\.test\.ts:\d+:\d+\), b \(made at /,
        /.*uninitialized\.test\.ts:\d+:\d+\)\n/,
      ),
    );
    expect(text).toContain('fix: run the initializer in this session first');
  });
  test('it was built too early for all of them', () => {
    tf.globalVariablesInitializer();
    const text = message(variable('W').add(variable('b')));
    expect(text).toMatch(
      pattern(
        /likely cause: tf\.globalVariablesInitializer\(\) was called at .*uninitialized\.test\.ts:\d+:\d+, /,
        /before these variables were made: it initializes only what existed then\./,
      ),
    );
    expect(text).toContain('fix: call tf.globalVariablesInitializer() after the whole graph is built');
  });
  test('it was built too early for one of them', () => {
    const w = variable('W');
    const init = tf.globalVariablesInitializer();
    const b = variable('b');
    expect(message(w.add(b))).toContain("before 'b' was made: it initializes only what existed then.");
    sess.run(init);
    expect(message(w.add(b))).toContain('before this variable was made');
    expect(message(w.add(b))).not.toContain('uninitialized: W');
  });
  test('a later initializer would have done', () => {
    tf.globalVariablesInitializer();
    const w = variable('W');
    tf.globalVariablesInitializer();
    expect(message(w.add(1))).toContain('fix: run the initializer in this session first');
  });
  test('a local variable has its own', () => {
    const n = variable('n', { trainable: false, collections: [tf.GraphKeys.LOCAL_VARIABLES] });
    sess.run(tf.globalVariablesInitializer());
    expect(message(n.add(1))).toContain("fix: 'n' is a local variable: run tf.localVariablesInitializer() too.");
  });
  test('what an optimizer has made is named with the line of minimize', () => {
    const w = variable('W');
    const init = tf.globalVariablesInitializer();
    for (const [optimizer, slots] of [
      [
        new tf.train.MomentumOptimizer(1, 0.9),
        /uninitialized: W\/Momentum \(made at .*uninitialized\.test\.ts:\d+:\d+\)/,
      ],
      [
        new tf.train.AdamOptimizer(1),
        pattern(
          /uninitialized: beta1_power \(made at .*uninitialized\.test\.ts.*beta2_power \(made at .*W\/Adam.* /,
          /\(made at .*uninitialized\.test\.ts/,
        ),
      ],
    ] as const) {
      const step = optimizer.minimize(tf.square(w.asTensor()));
      sess.run(init);
      const text = (() => {
        try {
          sess.run(step);
        } catch (error) {
          return (error as Error).message;
        }
        throw new Error('nothing was thrown');
      })();
      expect(text).toMatch(slots);
      expect(text).toMatch(/before th(is|ese) variables? w(as|ere) made[^]*optimizers make variables too/);
    }
  });
  test('many of them are counted', () => {
    const all = Array.from({ length: 13 }, (_, i) => variable(`v${i}`));
    expect(message(tf.addN(all))).toMatch(/uninitialized: v0 .* and 3 more\n/);
  });
});
