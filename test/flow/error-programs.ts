/** Programs with branches and loops that cannot be built, as test/fixtures/record/flow.py has them. */
import * as tf from '../../src';
import { type Programs, int, ph, predicate } from './words';

/** What a program that no compiler has checked may call. */
type Loose = (...args: unknown[]) => unknown;
const cond = tf.cond as unknown as Loose;
const whileLoop = tf.whileLoop as unknown as Loose;
const choose = tf.case as unknown as Loose;
type Body = (i: tf.Tensor) => unknown;

function loop(
  test: Body = (i) => i.less(3),
  body: Body = (i) => i.add(1),
  variables: readonly unknown[] = [tf.constant(1, tf.int32)],
  options: object = {},
): unknown {
  return whileLoop(test, body, variables, options);
}
const one = (): tf.Tensor => tf.constant(1, tf.int32);
const two = (): tf.Tensor => tf.constant(2, tf.int32);

export const ERRORS: Programs = {
  'e structures': () => cond(predicate(), () => [one(), two()], one),
  'e lengths': () =>
    cond(
      predicate(),
      () => [one(), two()],
      () => [1, 2, 3],
    ),
  'e keys': () =>
    cond(
      predicate(),
      () => ({ a: 1, b: 2 }),
      () => ({ a: 1, c: 2 }),
    ),
  'e deeper': () =>
    cond(
      predicate(),
      () => ({ a: 1, b: [2, 3] }),
      () => ({ a: 1, b: 2 }),
    ),
  'e strict': () =>
    cond(
      predicate(),
      () => [1],
      () => 1,
      { strict: true },
    ),
  'e types': () =>
    cond(
      predicate(),
      () => int(1),
      () => 1.5,
    ),
  'e nothing': () =>
    cond(
      predicate(),
      () => null,
      () => 1,
    ),
  'e nothing on false': () =>
    cond(
      predicate(),
      () => 1,
      () => undefined,
    ),
  'e empty': () =>
    cond(
      predicate(),
      () => [],
      () => [],
    ),
  'e part of nothing': () =>
    cond(
      predicate(),
      () => [1, null],
      () => [1, 2],
    ),
  'e known predicate': () =>
    cond(
      true,
      () => 1,
      () => 2,
    ),
  'e number as predicate': () =>
    cond(
      int(1),
      () => 1,
      () => 2,
    ),
  'e list as predicate': () =>
    cond(
      [true],
      () => 1,
      () => 2,
    ),
  'e no function': () => cond(predicate(), 1, () => 2),
  'e one function': () => cond(predicate(), () => 1),
  'e operation and number': () =>
    cond(
      predicate(),
      () => tf.noOp(),
      () => int(1),
    ),
  'e more variables': () => loop(undefined, (i) => [i.add(1), i]),
  'e fewer variables': () => loop(undefined, (i) => [i.add(1)], [int(1), int(2)]),
  'e shape that varies': () => loop(undefined, (i) => tf.ones([i])),
  'e another shape': () => loop(undefined, () => tf.ones([2, 2], tf.int32)),
  'e body of nothing': () => loop(undefined, () => null),
  'e no variables': () => loop(undefined, undefined, []),
  'e no bool': () =>
    loop(
      (i) => i,
      (i) => i,
    ),
  'e vector of bool': () =>
    loop(
      (i) => [i.less(2)],
      (i) => i,
    ),
  'e shape does not fit': () => loop(undefined, (i) => i, undefined, { shapeInvariants: [new tf.TensorShape([2])] }),
  'e no parallel': () => loop(undefined, undefined, undefined, { parallelIterations: 0 }),
  'e limit is a list': () => loop(undefined, undefined, undefined, { maximumIterations: [1] }),
  'e no cond': () => whileLoop(3, (i: unknown) => i, [1]),
  'e no body': () => whileLoop((i: tf.Tensor) => i.less(3), 3, [1]),
  'e used outside': () => {
    const kept: tf.Tensor[] = [];
    loop(undefined, (i) => {
      kept.push(i.add(5));
      return i.add(1);
    });
    return kept[0].add(1);
  },
  'e used in another loop': () => {
    const kept: tf.Tensor[] = [];
    loop(undefined, (i) => {
      kept.push(i.add(5));
      return i.add(1);
    });
    return loop(undefined, (i) => i.add(kept[0]));
  },
  'e initial value from a branch': () =>
    cond(
      predicate(),
      () => new tf.Variable(tf.constant(1)),
      () => 1,
    ),
  'e second derivative': () => {
    const [x, w] = [ph(), ph([], 'w')];
    const y = tf.whileLoop(
      (v) => v.less(100),
      (v) => v.mul(w),
      [x],
    );
    return tf.gradients(tf.gradients(y, x)[0], w);
  },
  'e gradient by an initial value': () => {
    const x = ph();
    return tf.whileLoop(
      (i) => i.less(5),
      (i, v) => [i.add(1), v.mul(tf.gradients(v, x)[0])],
      [int(0), x],
    );
  },
  'e cases of numbers': () => choose([[1, () => 1]], () => 2),
  'e case of floats': () => choose([[ph(), () => 1]], () => 2),
  'e case without function': () => choose([[predicate(), 1]], () => 2),
  'e array of shapes': () => new tf.TensorArray(tf.float32, 2).write(0, [1, 2]).write(1, [1]),
  'e array without size': () => new tf.TensorArray(tf.float32),
  'e map of scalars': () => tf.mapFn((x) => x, tf.constant(1)),
  'e map of unlike rows': () => {
    const elems = [tf.constant([1, 2, 3]), tf.constant([4, 5])];
    return tf.mapFn(([x, y]: readonly tf.Tensor[]) => x.add(y), elems, { dtype: tf.float32 });
  },
  'e scan of unlike rows': () => {
    const elems = [tf.constant([4, 5]), tf.constant([1, 2, 3])];
    const add = (sum: tf.Tensor, [x, y]: readonly tf.Tensor[]): tf.Tensor => sum.add(x.mul(y));
    return (tf.scan as unknown as Loose)(add, elems, 0);
  },
  'e array of fewer places': () =>
    new tf.TensorArray(tf.float32, 3).scatter(tf.constant([2, 0], tf.int32), tf.constant([1, 2, 3])).flow,
  'e map by nothing': () => (tf.mapFn as unknown as Loose)(3, tf.constant([1])),
  'e no pairs': () => choose([predicate()], () => 2),
  'e no cases': () => choose(3, () => 2),
};
