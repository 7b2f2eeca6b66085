/** Functions of the program as nodes, beside TensorFlow 1.15, as test/fixtures/record/py_func.py records them. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { TOKENS } from '../../src/graph/host-functions';
import { type Program, samePrograms } from '../programs';
import { grads, ph, predicate } from './words';

const F = tf.float32;
const rows = (a: tf.NDArray): number[][] => a.toArray() as number[][];
const PROGRAMS: Readonly<Record<string, Program>> = {
  'one value': () => {
    const [x, y] = [ph([2]), ph([], 'y')];
    return tf.pyFunc((a: tf.NDArray, b: number) => [(a.toArray() as number[]).map((v) => v * b + 1)], [x, y], F);
  },
  'several values': () => {
    const sums = (a: tf.NDArray): unknown[] => [
      rows(a).reduce((s, row) => s.map((v, i) => v + row[i]), [0, 0]),
      rows(a).length,
      'rows',
    ];
    return tf.pyFunc(sums, [ph([null, 2])], [F, tf.int64, tf.string], { name: 'counts' });
  },
  'two of them': () => {
    const twice = (a: number): number => a * 2;
    return tf.pyFunc(twice, [tf.pyFunc(twice, [ph()], F, false, { name: 'inner' })], F);
  },
  'no gradient': () => {
    const x = ph();
    const y = tf.pyFunc((a: number) => a * 2, [x], F);
    y.setShape([]);
    return [y, ...grads(y.mul(x), x)];
  },
  'by its other name': () => tf.numpyFunction((a: number) => a + 1, [ph()], F, { name: 'more' }),
  'in a branch': () => {
    const [x, p] = [ph(), predicate()];
    return tf.cond(
      p,
      () => tf.pyFunc((a: number) => a * 10, [x], F),
      () => x,
    );
  },
  'in a loop': () => {
    const start = new tf.NDArray(tf.int32, [], Int32Array.of(0));
    return tf.whileLoop(
      (i) => i.less(3),
      (i, y) => {
        const next = tf.pyFunc((a: number, k: number) => a + k, [y, i], F);
        next.setShape([]);
        return [i.add(1), next];
      },
      [start, ph()],
    )[1];
  },
  'other dtype': () => tf.pyFunc((a: number) => new tf.NDArray(tf.float64, [], Float64Array.of(a)), [ph()], F),
  'too many': () => tf.pyFunc((a: number) => [a, a], [ph()], F),
  'that fails': () => {
    const fails = (): never => {
      throw new tf.errors.ValueError('no such thing');
    };
    return tf.pyFunc(fails, [ph()], F);
  },
  'that fails otherwise': () => {
    const fails = (): never => {
      throw new tf.errors.RuntimeError('no such thing');
    };
    return tf.pyFunc(fails, [ph()], F);
  },
};
/** Tokens count from 0 in each program. */
const counted =
  (program: Program): Program =>
  () => {
    TOKENS.next = 0;
    return program();
  };
samePrograms(
  'py-func',
  Object.fromEntries(Object.entries(PROGRAMS).map(([name, program]) => [name, counted(program)])),
  [0, 3, 39],
);

test('what is no function is refused', () => {
  const call = tf.pyFunc as unknown as (...args: unknown[]) => unknown;
  expect(() => call(3, [1], F)).toThrow('Expected func to be callable, got func of type number');
});
test('a promise is for runAsync', async () => {
  const x = tf.placeholder(F, []);
  const y = tf.pyFunc((a: number) => Promise.resolve(a + 1), [x], F);
  const sess = new tf.Session();
  expect(await sess.runAsync(y.add(1), { [x.name]: 2 })).toBe(4);
  expect(() => sess.run(y, { [x.name]: 2 })).toThrow(/runAsync/);
  sess.close();
});
test('a function may keep and change what it is given', () => {
  const kept: tf.NDArray[] = [];
  const x = tf.constant([1, 2]);
  const y = tf.pyFunc(
    (a: tf.NDArray) => {
      kept.push(a);
      (a.data as Float32Array)[0] = 9;
      return a;
    },
    [x],
    F,
  );
  const sess = new tf.Session();
  for (let i = 0; i < 3; i++)
    expect((sess.run([y, x]) as tf.NDArray[]).map((v) => v.toArray())).toEqual([
      [9, 2],
      [1, 2],
    ]);
  expect(kept.length).toBe(3);
  sess.close();
});
test.each(['PyFunc', 'PyFuncStateless'] as const)('a %s of another program has no function', (type) => {
  const [y] = applyOp(type, [[]], { token: 'pyfunc_999999', Tout: [F] }).outputs;
  const sess = new tf.Session();
  expect(() => sess.run(y)).toThrow(
    /callback pyfunc_999999 is not found[^]*call tf\.pyFunc in the program that runs it/,
  );
  sess.close();
});
