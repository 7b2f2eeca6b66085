/** What the compiler knows of fetches. The types are the test: a wrong one does not compile (`npm run typecheck`). */
import * as tf from '../../src';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles where the two types are one. */
function is<A, B>(_same: Same<A, B>): void {}

const sess = new tf.Session();
const x = tf.constant([
  [1, 2],
  [3, 4],
]) as tf.ArrayTensor<number, 2>;
const loss = tf.reduceMean(x);

test('scalars stay scalars', () => {
  const penalized = loss.add(tf.nn.l2Loss(x).mul(1e-4));
  expect(sess.run(penalized).toFixed(4)).toBe('2.5015');
  expect(sess.run([loss.less(3), { half: loss.div(2) }])).toEqual([true, { half: 1.25 }]);
  is<ReturnType<typeof sess.run<typeof penalized>>, number>(true);
  expect(loss.add(1).eval({}, sess).toFixed(1)).toBe('3.5');
});
test('arrays have their elements and their rank', () => {
  const doubled = sess.run(tf.exp(x.mul(2).sub(loss)));
  const rows: number[][] = doubled.toArray();
  expect([rows.length, doubled.data[0] > 0]).toEqual([2, true]);
  const flags: boolean[][] = sess.run(tf.greater(x, 2)).toArray();
  expect(flags).toEqual([
    [false, false],
    [true, true],
  ]);
});
test('an equation that is written out says the rank', () => {
  const product: number[][] = sess.run(tf.einsum('ij,jk -> ik', x, x)).toArray();
  const flag: string = sess.run(tf.einsum('ij,ij->', x, x, { name: 'inner' })).toFixed(1);
  expect([product, flag]).toEqual([
    [
      [7, 10],
      [15, 22],
    ],
    '30.0',
  ]);
  const equation: string = 'ij->ji';
  const turned: tf.Tensor = tf.einsum(equation, x);
  expect(turned.shape.asList()).toEqual([2, 2]);
});
test('what calls run with its own parameters, or with any fetches, compiles', () => {
  const run = (...args: Parameters<tf.Session['run']>): unknown => sess.run(...args);
  const fed = tf.placeholder(tf.float32, [], { name: 'fed' });
  expect(run(fed.mul(2), { [fed.name]: 3 })).toBe(6);
  const fetch = (fetches: tf.Fetches): unknown => sess.run(fetches);
  expect(fetch({ loss })).toEqual({ loss: 2.5 });
});
test('what is known stays known where more is given by position', () => {
  const matrix = tf.constant([
    [1, 2],
    [3, 4],
  ]);
  const [row, one] = [tf.constant([1, 2]), tf.constant(1)];
  const places = tf.constant([0], tf.int32);
  const rows: readonly tf.NDArray<number, 2>[] = sess.run([
    tf.gather(matrix, places, null, 'rows', 1),
    tf.gather(matrix, places, true, { axis: 1 }),
    tf.nn.embeddingLookup(matrix, places, 'mod', 'looked', true, null),
    tf.nn.moments(matrix, [0], null, null, true).mean,
    tf.nn.moments(matrix, [0], null, 'kept', null, true).variance,
    tf.oneHot(places, 2, 1, 0, -1, tf.float32, 'hot'),
    tf.matmul(matrix, matrix, false, true, false, false, false, false, 'product'),
    tf.matmul({ a: matrix, b: matrix, transposeA: true }),
  ]);
  const lists: readonly tf.NDArray<number, 1>[] = sess.run([
    tf.gather(matrix, tf.constant(0, tf.int32), null, 'row'),
    tf.linspace(0, 1, 3, 'line'),
    tf.range(0, 3, 1, tf.float32),
    tf.range(0, 3, 1, null, 'counted'),
    tf.setdiff1d(row, [1], tf.int32, 'left').out,
    tf.setdiff1d(row, [1]).idx,
    tf.nn.moments(matrix, [0], null, 'cols').mean,
    tf.booleanMask(row, [true, false], 'masked', 0),
    tf.squeeze(tf.constant([[1]]), null, 'flat', [0]),
  ]);
  const numbers: readonly number[] = sess.run([
    tf.identity(one, 'same'),
    tf.stopGradient(one, 'stopped'),
    tf.zerosLike(one, null, 'zero'),
    tf.norm(row, 2, null, false, 'length'),
    tf.argmax(row, 0, 'place', null, tf.int32),
    tf.nn.moments(matrix, [0, 1], null, 'all').variance,
    tf.reduceSum({ inputTensor: matrix }),
  ]);
  expect([rows, lists].flatMap((all) => all.map((each) => each.shape.length))).toEqual([
    ...Array<number>(8).fill(2),
    ...Array<number>(9).fill(1),
  ]);
  expect(numbers.map((each) => Number(each.toFixed(2)))).toEqual([1, 1, 0, 2.24, 1, 1.25, 10]);
});
test('a let may hold one after the other', () => {
  let cost: tf.Tensor = x;
  cost = tf.reduceMean(cost);
  let net = x.add(1);
  net = tf.squeeze(net);
  let total = tf.constant(0);
  total = total.add(x);
  expect(sess.run([cost, net, total])).toHaveLength(3);
});
test('named tuples can be taken apart both ways, before and after a run', () => {
  const unique = tf.unique(tf.constant([5, 5, 6]));
  const [y, idx] = unique;
  expect(unique.y).toBe(y);
  expect(unique.idx).toBe(idx);
  const found = sess.run(unique);
  expect([found.y, found.idx].map((a) => (a as tf.NDArray).toArray())).toEqual([
    [5, 6],
    [0, 0, 1],
  ]);
  const [values] = found;
  expect(values).toBe(found.y);
  // The same tensors as a list: no names.
  expect(Object.keys(sess.run([y, idx]))).toEqual(['0', '1']);
  expect(Object.keys(sess.run({ unique }).unique)).toEqual(['0', '1', 'y', 'idx']);
  const { mean, variance } = tf.nn.moments(x, [0, 1]);
  expect(sess.run([mean, variance])).toEqual([2.5, 1.25]);
  expect(Object.keys(tf.setdiff1d([1, 2], [2]))).toEqual(['0', '1', 'out', 'idx']);
  expect(Object.keys(tf.nn.topK([1, 2]))).toEqual(['0', '1', 'values', 'indices']);
  expect(Object.keys(tf.uniqueWithCounts([1, 2]))).toEqual(['0', '1', '2', 'y', 'idx', 'count']);
});
test('a variable fetches as its initial value', () => {
  const step = new tf.Variable(0, { name: 'step' });
  const w = new tf.Variable([1, 2]);
  const later = new tf.Variable(() => tf.reduceMean(x));
  sess.run(tf.globalVariablesInitializer());
  const sum = sess.run(step.add(1)).toFixed(1) + sess.run(later).toFixed(1);
  const doubled: number[] = sess.run(w.mul(2)).toArray();
  expect([sum, doubled, sess.run(w).data[1], step.eval(sess).toFixed(0)]).toEqual(['1.02.5', [2, 4], 2, '0']);
  const all: tf.Variable[] = [step, w, later];
  expect(all.map((v) => v.shape.rank)).toEqual([0, 1, 0]);
});
