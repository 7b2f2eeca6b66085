/** The net behind the checks of constructors: what programs get for a class makes and is what the class does and is. */
import { inspect } from 'node:util';
import * as tf from '../../src';
import { isForeign } from '../fuzz/foreign';

function thrownBy(call: () => unknown): Error & { readonly cause?: unknown } {
  try {
    new tf.Graph().asDefault(call);
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
test('what the engine complains of is told with the arguments and the signature, and is the cause', () => {
  // Made by hand of a prototype: it has none of what a variable is made with.
  const memory: tf.Variable = Object.create(tf.Variable.prototype);
  const error = thrownBy(() => new tf.contrib.seq2seq.LuongAttention(2, memory));
  expect(error.name).toBe('TypeError');
  expect(error.message).toMatch(
    /^__init__\(\) got an argument, or a part of one, of a kind that it does not take: 2, /,
  );
  expect(error.message).toMatch('\n  new tf.contrib.seq2seq.LuongAttention(numUnits, ');
  expect(isForeign(error)).toBe(false);
  expect((error.cause as Error).message).toMatch('of undefined');
  expect(error.stack).toMatch(/constructors\.test/);
});
test('what a program throws itself comes out as it is', () => {
  const mine = new RangeError('mine');
  const fn = (): never => {
    throw mine;
  };
  const make = (): unknown =>
    new tf.contrib.seq2seq.LuongAttention(2, tf.ones([1, 2, 2]), { customKeyValueFn: fn as never });
  expect(thrownBy(make)).toBe(mine);
});
test('a class of one’s own that extends one', () => {
  const made: unknown[] = [];
  class Mine extends tf.train.AdamOptimizer {
    constructor(rate: number) {
      super(rate, { beta1: 0.8 });
      made.push(new.target);
    }
  }
  const optimizer = new Mine(0.1);
  expect(made).toEqual([Mine]);
  expect([Mine, tf.train.AdamOptimizer, tf.train.Optimizer].every((type) => optimizer instanceof type)).toBe(true);
  expect([inspect(optimizer), optimizer.constructor]).toEqual(["<tf.train.Mine 'Adam'>", Mine]);
});
test('what the library makes is of the same class as what a program makes', () => {
  const made = new tf.Graph().asDefault(() => [tf.getVariable('v', [2]), new tf.Variable([1, 2])]);
  expect(made.map((v) => [v instanceof tf.Variable, v.constructor.name])).toEqual(Array(2).fill([true, 'Variable']));
  expect(new tf.layers.Dense(2).constructor).toBe(tf.layers.Dense);
  expect(tf.contrib.rnn.LSTMCell).toBe(tf.nn.rnnCell.LSTMCell);
  const call = tf.train.AdamOptimizer as unknown as (rate: number) => unknown;
  expect(() => call(0.1)).toThrow("Class constructor AdamOptimizer cannot be invoked without 'new'");
});
