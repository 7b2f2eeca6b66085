/** Calls as people write them: what Python takes is taken, what it does not take is refused in its words. */
import * as tf from '../../src';
import { call, create } from './words';

beforeEach(() => tf.resetDefaultGraph());

/** The constants that the update of a variable takes, by the name that TensorFlow gives them. */
function hyperparameters(optimizer: tf.train.Optimizer): Record<string, number> {
  tf.resetDefaultGraph();
  const w = new tf.Variable(1, { name: 'w' });
  optimizer.minimize(tf.square(w), { name: 'train' });
  const graph = tf.getDefaultGraph();
  const constants = graph.getOperations().filter(({ name, type }) => type === 'Const' && /^train\/[^/]+$/.test(name));
  return Object.fromEntries(
    constants.map((op) => [op.name.slice(6), Number(tf.getStaticValue(op.outputs[0])!.item())]),
  );
}

describe('optimizers', () => {
  test('take their arguments in Python’s order', () => {
    expect(hyperparameters(new tf.train.RMSPropOptimizer(0.001, 0.5))).toMatchObject({ decay: 0.5 });
    expect(hyperparameters(new tf.train.AdamOptimizer(0.1, 0.5))).toMatchObject({ beta1: 0.5 });
    expect(hyperparameters(new tf.train.AdadeltaOptimizer(0.1, 0.5, { epsilon: 0.25 }))).toMatchObject({
      rho: 0.5,
      epsilon: 0.25,
    });
    expect(hyperparameters(new tf.train.MomentumOptimizer(0.5, 0.25, true, 'M', true))).toMatchObject({
      momentum: 0.25,
    });
  });
  test('take required arguments by name', () => {
    expect(hyperparameters(new tf.train.AdamOptimizer({ learningRate: 0.25 }))).toMatchObject({ learning_rate: 0.25 });
    expect(hyperparameters(new tf.train.GradientDescentOptimizer({ learningRate: 0.25 }))).toEqual({
      learning_rate: 0.25,
    });
    expect(hyperparameters(new tf.train.MomentumOptimizer(0.5, { momentum: 0.25 }))).toMatchObject({ momentum: 0.25 });
  });
  test('take null as None, which leaves the default', () => {
    expect(hyperparameters(new tf.train.AdamOptimizer(0.5, null, 0.25))).toMatchObject({ beta2: 0.25 });
  });
  test('refuse what they do not take', () => {
    expect(() => create(tf.train.AdamOptimizer, { lr: 0.1 })).toThrow(
      "__init__() got an unexpected keyword argument 'lr'",
    );
    expect(() => create(tf.train.AdamOptimizer, { learning_rate: 0.1 })).toThrow(
      "__init__() got an unexpected keyword argument 'learning_rate'\n  fix: learningRate, as {learningRate: …}.\n" +
        '  new tf.train.AdamOptimizer(learningRate?, beta1?, beta2?, epsilon?, useLocking?, name?)',
    );
    expect(() => create(tf.train.GradientDescentOptimizer, 0.1, { learningRate: 0.1 })).toThrow(
      "__init__() got multiple values for argument 'learning_rate'",
    );
    expect(() => create(tf.train.GradientDescentOptimizer)).toThrow(
      "__init__() missing 1 required positional argument: 'learning_rate'",
    );
    expect(() => create(tf.train.MomentumOptimizer)).toThrow(
      "__init__() missing 2 required positional arguments: 'learning_rate' and 'momentum'",
    );
    expect(() => create(tf.train.GradientDescentOptimizer, 0.1, false, 'a', 1)).toThrow(
      '__init__() takes from 2 to 4 positional arguments but 5 were given',
    );
    expect(() => create(tf.train.AdamOptimizer, { learningRate: 0.1 }, 0.5)).toThrow(
      'positional argument follows keyword argument',
    );
    expect(() => create(tf.train.GradientDescentOptimizer, 0.1, 'name')).toThrow(
      "Expected bool for argument 'use_locking' of __init__(), not 'name'.",
    );
  });
});

describe('minimize', () => {
  const model = (): { W: tf.Variable; b: tf.Variable; loss: tf.Tensor; step: tf.Variable } => {
    const W = new tf.Variable([1, 2], { name: 'W' });
    const b = new tf.Variable(1, { name: 'b' });
    return { W, b, loss: tf.reduceSum(W.mul(b)), step: tf.train.getOrCreateGlobalStep() };
  };
  const descent = (): tf.train.Optimizer => new tf.train.GradientDescentOptimizer(0.5);

  test('takes the step second and variables third, as Python does', () => {
    using sess = new tf.Session();
    const { W, b, loss, step } = model();
    const train = descent().minimize(loss, step, [b]);
    sess.run(tf.globalVariablesInitializer());
    sess.run(train);
    expect(sess.run(step)).toBe(1);
    expect(sess.run(b)).toBe(-0.5);
    expect((sess.run(W) as tf.NDArray).toArray()).toEqual([1, 2]);
  });
  test('computeGradients takes variables second', () => {
    const { W, loss } = model();
    expect(
      descent()
        .computeGradients(loss, [W])
        .map(([, v]) => v.name),
    ).toEqual(['W:0']);
    expect(descent().computeGradients({ loss, varList: W }).length).toBe(1);
  });
  test('says what it does not take', () => {
    const { W, loss, step } = model();
    const optimizer = descent();
    const minimize = (...args: unknown[]): unknown => call(optimizer.minimize.bind(optimizer), ...args);
    expect(() => minimize(loss, { global_step: step })).toThrow(
      "minimize() got an unexpected keyword argument 'global_step'\n  fix: globalStep",
    );
    expect(() => minimize(loss, step, { globalStep: step })).toThrow(
      "minimize() got multiple values for argument 'global_step'",
    );
    expect(() => minimize(loss, [W])).toThrow('{varList: [W]}');
    expect(() => minimize(loss, step, [W], 1, null, false, 'n', null, 9)).toThrow(
      'minimize() takes from 2 to 9 positional arguments but 10 were given',
    );
    expect(() => minimize({ varList: [W] })).toThrow("minimize() missing 1 required positional argument: 'loss'");
  });
});

describe('rates that fall', () => {
  test('take their last arguments by position', () => {
    using sess = new tf.Session();
    expect(sess.run(tf.train.exponentialDecay(1, 15, 10, 0.5, true))).toBe(0.5);
    expect(sess.run(tf.train.exponentialDecay(1, 15, 10, { decayRate: 0.5, staircase: true }))).toBe(0.5);
    expect(sess.run(tf.train.polynomialDecay(1, 5, 10, 0.5, 2))).toBe(0.625);
    expect(tf.train.cosineDecay(1, 5, 10, 0, 'c').name).toMatch(/^c\//);
  });
  test('begin again in a cycle', () => {
    using sess = new tf.Session();
    const step = tf.placeholder(tf.float32, []);
    const rate = tf.train.polynomialDecay(1, step, 10, 0.5, 1, true);
    const rates = [0, 5, 10, 15, 20, 25].map((at) => sess.run(rate, [[step, at]]).toFixed(4));
    expect(rates).toEqual(['1.0000', '0.7500', '0.5000', '0.6250', '0.5000', '0.5833']);
    expect(tf.train.polynomialDecay(1, 5, 10, 0.5, 2, false, 'p').name).toBe('p:0');
  });
});

describe('variables', () => {
  const W = (): tf.Variable => new tf.Variable([1, 2], { name: 'W' });
  test('take their arguments in Python’s order', () => {
    const v = new tf.Variable(1, false);
    expect([v.trainable, tf.trainableVariables()]).toEqual([false, []]);
    const w = new tf.Variable([1, 2], true, null, true, null, 'w', null, tf.float64);
    expect([w.name, w.dtype.baseDtype]).toEqual(['w:0', tf.float64]);
    expect(new tf.Variable({ initialValue: 3, name: 'x' }).name).toBe('x:0');
    const b = tf.getVariable('b', [2], tf.float64, tf.onesInitializer());
    using sess = new tf.Session();
    sess.run(tf.globalVariablesInitializer());
    expect([b.dtype.baseDtype, (sess.run(b) as tf.NDArray).toArray()]).toEqual([tf.float64, [1, 1]]);
    const own = { call: (shape: readonly number[]) => tf.fill(shape as number[], 7) };
    expect(tf.getVariable('c', [2], tf.float32, own).shape.dims).toEqual([2]);
    const inside = tf.variableScope('s', null, null, () => tf.getVariable({ name: 'd', shape: [1] }).name);
    expect(inside).toBe('s/d:0');
    expect(call(tf.variableScope, 't', null, null, tf.onesInitializer(), () => tf.getVariable('e', [1]).name)).toBe(
      't/e:0',
    );
  });
  test('a dtype in the wrong place is told where it goes', () => {
    expect(() => create(tf.Variable, [1, 2], tf.float64)).toThrow(
      "Expected bool for argument 'trainable' of __init__(), not tf.float64.\n" +
        '  fix: dtype by name: {dtype: tf.float64}.',
    );
    expect(() => call(tf.getVariable, 'b', tf.float64)).toThrow('fix: dtype by name: {dtype: tf.float64}.');
    expect(() => call(tf.getVariable, 'b', [2], true)).toThrow('fix: trainable by name: {trainable: true}.');
  });
  test('are changed by position and by name', () => {
    using sess = new tf.Session();
    const w = W();
    expect(tf.assign(w, [3, 4], true, false, 'set').name).toBe('set:0');
    expect(tf.assign({ ref: w, value: [3, 4], name: 'put' }).name).toBe('put:0');
    expect(w.assign([5, 6], false, 'do', true).name).toBe('do:0');
    expect(w.assign([5, 6], { readValue: false })).toBeInstanceOf(tf.Operation);
    expect(tf.scatterUpdate(w, [0], { updates: [9] }).shape.dims).toEqual([2]);
    sess.run(tf.variablesInitializer([w], 'start'));
    expect(sess.run(tf.assignAdd(w, [1, 1], { name: 'more' }))).toEqual(sess.run(w));
  });
  test('refuse what they do not take', () => {
    const w = W();
    expect(() => call(tf.assign, w, [3, 4], { use_locking: true })).toThrow(
      "assign() got an unexpected keyword argument 'use_locking'\n  fix: useLocking",
    );
    expect(() => call(tf.assign, w)).toThrow("assign() missing 1 required positional argument: 'value'");
    expect(() => call(w.assign.bind(w), [1, 2], false, 'n', true, 4)).toThrow(
      'assign() takes from 2 to 5 positional arguments but 6 were given',
    );
    expect(() => call(w.scatterAdd.bind(w), 1, { read_value: 1 })).toThrow('unexpected keyword argument');
    expect(() => create(tf.Variable, 1, { regularizer: null })).toThrow("unexpected keyword argument 'regularizer'");
    expect(() => call(tf.getVariable, 'a', [1], { partitioner: () => null })).toThrow(
      'Partitioner must return a sequence, but saw: null',
    );
    expect(() => call(tf.globalVariablesInitializer, 'init')).toThrow(
      'global_variables_initializer() takes 0 positional arguments but 1 was given',
    );
    expect(() => call(tf.variableScope, 'a', { resue: true }, () => 1)).toThrow(
      "variable_scope() got an unexpected keyword argument 'resue'\n  fix: reuse",
    );
    expect(() => call(tf.variableScope, 'a')).toThrow('fix: tf.variableScope(nameOrScope, () => …)');
  });
});
