/** What training does beside making TensorFlow's nodes: errors, ownership of memory, step counters. */
import * as tf from '../../src';
import { type Mode, devices, open } from '../sweep';
import { caught, descent, first, graph } from './set-up';

const array = (value: unknown) => (value as tf.NDArray).toArray();

test('step counters', () => {
  expect(tf.train.getGlobalStep()).toBeNull();
  const step = tf.train.getOrCreateGlobalStep();
  expect(step.name).toBe('global_step:0');
  expect(tf.train.getOrCreateGlobalStep()).toBe(step);
  expect(first(caught(() => tf.train.createGlobalStep()))).toBe('"global_step" already exists.');
  const v = new tf.Variable(1);
  const train = descent().minimize(tf.square(v), { globalStep: step });
  expect(graph.getCollection(tf.GraphKeys.TRAIN_OP)).toEqual([train]);
  const sess = open(graph, devices()[0]);
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < 3; i++) sess.run(train);
  expect(tf.train.globalStep(sess, step)).toBe(3);
  sess.close();
});
test('a learning rate may be fed, and may be a function', () => {
  const rate = tf.placeholder(tf.float32, []);
  const v = new tf.Variable(1);
  const train = new tf.train.GradientDescentOptimizer(() => rate).minimize(v.mul(2));
  const sess = open(graph, devices()[0]);
  sess.run(tf.globalVariablesInitializer());
  sess.run(train, [[rate, 0.25]]);
  sess.run(train, [[rate, 1]]);
  expect(sess.run(v)).toBe(1 - 0.5 - 2);
  sess.close();
});
test('a constraint holds after each step', () => {
  const v = new tf.Variable([1, 2], { constraint: (value) => tf.maximum(value, 0.5) });
  const train = descent().minimize(tf.reduceSum(v));
  const sess = open(graph, devices()[0]);
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < 2; i++) sess.run(train);
  expect(array(sess.run(v))).toEqual([0.5, 1]);
  sess.close();
});
test('variables of two bytes per number, and of integers', () => {
  const half = new tf.Variable(tf.cast([1, 2], tf.float16), { name: 'half' });
  const whole = new tf.Variable(tf.constant([1, 2], tf.int32), { name: 'whole' });
  const train = new tf.train.MomentumOptimizer(0.5, 0.5).applyGradients([[tf.cast([1, -1], tf.float16), half]]);
  const wrong = descent().applyGradients([[tf.constant([1, 1], tf.int32), whole]]);
  const sess = open(graph, devices()[0]);
  sess.run(tf.globalVariablesInitializer());
  for (let i = 0; i < 2; i++) sess.run(train);
  expect(array(sess.run(tf.cast(half, tf.float32)))).toEqual([1 - 0.5 - 0.75, 2 + 0.5 + 0.75]);
  expect(caught(() => sess.run(wrong))).toBeInstanceOf(tf.errors.UnimplementedError);
  sess.close();
});
test('a variable of unknown shape', () => {
  const initial = tf.placeholder(tf.float32, [null]);
  const v = new tf.Variable(initial, { name: 'v', validateShape: false });
  const trains = [
    new tf.train.MomentumOptimizer(0.5, 0.5),
    new tf.train.AdagradOptimizer(0.5),
    new tf.train.RMSPropOptimizer(0.5),
    new tf.train.AdamOptimizer(0.5),
  ].map((o) => o.minimize(tf.reduceSum(v)));
  const sess = open(graph, devices()[0]);
  sess.run(tf.globalVariablesInitializer(), [[initial, [1, 2, 3]]]);
  for (const train of trains) sess.run(train);
  expect(sess.run(v)).toMatchObject({ shape: [3] });
  sess.close();
});
test('an optimizer serves several graphs', () => {
  const optimizer = new tf.train.AdamOptimizer(0.1);
  const names = [0, 1].map(() =>
    new tf.Graph().asDefault(() => {
      optimizer.minimize(tf.square(new tf.Variable(1, { name: 'v' })));
      return optimizer.variables().map((v) => v.op.name);
    }),
  );
  expect(names).toEqual([
    ['beta1_power', 'beta2_power', 'v/Adam', 'v/Adam_1'],
    ['beta1_power', 'beta2_power', 'v/Adam', 'v/Adam_1'],
  ]);
});

const MODES: Mode[] = devices().flatMap((mode) =>
  (['auto', 'device'] as const).map((placement) => ({ ...mode, placement, title: `${mode.title}, ${placement}` })),
);
describe.each(MODES)('memory on $title', (mode) => {
  const SHAPE = [120, 100];
  /** A large variable with a gradient of ones, and a session in which it is `value`. */
  function large(
    value: number,
    optimizer: tf.train.Optimizer = descent(),
  ): { v: tf.Variable; train: tf.Operation; sess: tf.Session; alive: number } {
    const v = new tf.Variable(tf.constant(value, tf.float32, SHAPE as never), { name: 'v' });
    const train = optimizer.minimize(tf.reduceSum(v));
    const sess = open(graph, mode);
    const alive = sess.device.tensorsAlive();
    sess.run(tf.globalVariablesInitializer());
    return { v, train, sess, alive };
  }
  const all = (value: unknown) => {
    const { data } = value as tf.NDArray;
    return [data[0], data[data.length >> 1], data[data.length - 1]];
  };

  test('a constant that a variable starts from stays as it is', () => {
    const { train, sess } = large(3);
    for (let i = 0; i < 3; i++) sess.run(train);
    sess.run(graph.getCollection<tf.Variable>('variables')[0].initializer);
    expect(all(sess.run('v:0'))).toEqual([3, 3, 3]);
    sess.close();
  });
  test('what was fetched before a step is not changed by it, nor the variable by whoever fetched', () => {
    const { v, train, sess, alive } = large(3);
    sess.run(train);
    const fetched = sess.run(v) as unknown as tf.NDArray;
    sess.run(train);
    expect(all(fetched)).toEqual([2.5, 2.5, 2.5]);
    (fetched.data as Float32Array).fill(99);
    expect(all(sess.run(v))).toEqual([2, 2, 2]);
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(alive);
  });
  test('a reference that is fetched with an update gives the buffer as the run leaves it', () => {
    const { v, train, sess } = large(3);
    sess.run(train);
    const [value] = sess.run([v.value(), train] as const);
    expect(all(value)).toEqual([2, 2, 2]);
    expect(all(sess.run(v))).toEqual([2, 2, 2]);
    sess.close();
  });
  test('what was fed as a value is not written to', () => {
    const v = new tf.Variable(tf.zeros(SHAPE), { name: 'v' });
    const train = descent().minimize(tf.reduceSum(v));
    const sess = open(graph, mode);
    const data = new Float32Array(12000).fill(5);
    v.load(data as never, sess);
    sess.run(train);
    expect([data[0], data[11999]]).toEqual([5, 5]);
    expect(all(sess.run(v))).toEqual([4.5, 4.5, 4.5]);
    sess.close();
  });
  test('assigning between steps, and steps after assigning', () => {
    const { v, train, sess, alive } = large(3, new tf.train.MomentumOptimizer(0.5, 0.5));
    const double = v.assign(v.mul(2));
    sess.run(train); // 2.5, accumulation 1
    expect(all(sess.run(double))).toEqual([5, 5, 5]);
    sess.run(train); // accumulation 1.5
    expect(all(sess.run(v))).toEqual([4.25, 4.25, 4.25]);
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(alive);
  });
  test('a hundred steps leave no more tensors than one', () => {
    const { train, sess, alive } = large(3, new tf.train.AdamOptimizer());
    // The first runs plan, and move the variables to where they are updated.
    for (let i = 0; i < 20; i++) sess.run(train);
    const after = sess.device.tensorsAlive();
    for (let i = 0; i < 100; i++) sess.run(train);
    expect(sess.device.tensorsAlive()).toBe(after);
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(alive);
  });
});
