/** What a Switch does not take is not run: neither what reads it nor what waits for it. */
import * as tf from '../../src';
import { apply, applyOp } from '../../src/graph/apply';
import { devices, open, sameGraph } from '../sweep';
import { said } from '../said';

beforeEach(() => tf.resetDefaultGraph());

test('shapes that the ways have in common', () => {
  const [a, b, c] = [[2, 3], [2, 4], [2]].map((shape) => tf.placeholder(tf.float32, shape));
  expect(
    [
      [a, b],
      [a, c],
      [a, a],
    ].map((ways) => apply('Merge', [ways]).shape.dims),
  ).toEqual([[2, null], null, [2, 3]]);
  expect(applyOp('Merge', [[a, b]]).outputs[1].shape.dims).toEqual([]);
  expect(applyOp('Switch', [a, tf.constant(true)]).outputs.map((t) => t.shape.dims)).toEqual([
    [2, 3],
    [2, 3],
  ]);
});

/** Two ways, chosen by p, from x. */
function ways(t: typeof tf): { p: tf.Tensor; x: tf.Tensor; no: tf.Tensor; yes: tf.Tensor } {
  const [p, x] = [t.placeholder(t.bool, [], { name: 'p' }), t.placeholder(t.float32, [2], { name: 'x' })];
  const [no, yes] = applyOp('Switch', [x, p]).outputs;
  return { p, x, no, yes };
}
sameGraph('control', 'gradient of a Switch and a Merge', (t) => {
  const { x, no, yes } = ways(t);
  t.gradients(apply('Merge', [[no.mul(10), t.square(yes)]]), x);
});
sameGraph('control', 'gradient of one way of a Switch', (t) => {
  const { x, yes } = ways(t);
  t.gradients(t.square(yes), x);
});

describe.each(devices())('$title', (mode) => {
  test('one of two ways', () => {
    const [p, x] = [tf.placeholder(tf.bool, []), tf.placeholder(tf.float32, [2])];
    const [no, yes] = applyOp('Switch', [x, p]).outputs;
    const {
      outputs: [out, index],
    } = applyOp('Merge', [[no.mul(10), tf.sqrt(tf.checkNumerics(yes, 'taken'))]]);
    const sess = open(tf.getDefaultGraph(), mode);
    const before = sess.run(
      [out, index],
      [
        [p, false],
        [x, [1, 4]],
      ],
    );
    expect(before.map(String)).toEqual(['[10. 40.]', '0']);
    const alive = sess.device.tensorsAlive();
    for (let i = 0; i < 30; i++) {
      expect(
        sess
          .run(
            [out, index],
            [
              [p, true],
              [x, [1, 4]],
            ],
          )
          .map(String),
      ).toEqual(['[1. 2.]', '1']);
      expect(
        String(
          sess.run(out, [
            [p, false],
            [x, [NaN, 4]],
          ]),
        ),
      ).toBe('[nan 40.]');
    }
    expect(
      said(() =>
        sess.run(out, [
          [p, true],
          [x, [NaN, 4]],
        ]),
      ),
    ).toBe('InvalidArgumentError: taken : Tensor had NaN values');
    expect(sess.device.tensorsAlive()).toBe(alive);
  });
  test('what waits for the way is not run either, constants included', () => {
    const p = tf.placeholder(tf.bool, []);
    const [no, yes] = applyOp('Switch', [p, p]).outputs.map((way) => tf.identity(way));
    const v = new tf.Variable(0);
    const count = tf.controlDependencies([yes], () => v.assignAdd(1));
    const [one, two] = [
      tf.controlDependencies([no], () => tf.constant(1)),
      tf.controlDependencies([tf.controlDependencies([yes], () => tf.noOp())], () => tf.constant(2)),
    ];
    const out = apply('Merge', [[one, two]]);
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(v.initializer);
    for (let i = 0; i < 20; i++) {
      expect(sess.run([out, count.op], [[p, true]])).toEqual([2, null]);
      expect(sess.run([out, count.op], [[p, false]])).toEqual([1, null]);
    }
    expect(sess.run(v)).toBe(20);
  });
  test('a fetch on the way that is not taken has no value', () => {
    const p = tf.placeholder(tf.bool, []);
    const [no, yes] = applyOp('Switch', [tf.constant(3), p]).outputs;
    const sess = open(tf.getDefaultGraph(), mode);
    expect([sess.run(yes, [[p, true]]), sess.run(no, [[p, false]])]).toEqual([3, 3]);
    expect(said(() => sess.run(no.add(1), [[p, true]]))).toBe('InvalidArgumentError: Retval[0] does not have value');
  });
  test('a Switch inside another', () => {
    const [p, q] = [tf.placeholder(tf.bool, []), tf.placeholder(tf.bool, [])];
    const [no, yes] = applyOp('Switch', [tf.constant(1), p]).outputs;
    const inner = applyOp('Switch', [yes, applyOp('Switch', [q, p]).outputs[1]]).outputs;
    const joined = apply('Merge', [[inner[0].mul(10), inner[1].mul(100)]]);
    const out = apply('Merge', [[no, joined]]);
    const sess = open(tf.getDefaultGraph(), mode);
    expect(
      [
        [false, false],
        [false, true],
        [true, false],
        [true, true],
      ].map(([a, b]) =>
        sess.run(out, [
          [p, a],
          [q, b],
        ]),
      ),
    ).toEqual([1, 1, 10, 100]);
  });
  test('the gradient is that of the way that was taken', () => {
    const { p, x, no, yes } = ways(tf);
    const [dx] = tf.gradients(apply('Merge', [[no.mul(10), tf.square(yes)]]), x) as tf.Tensor[];
    const sess = open(tf.getDefaultGraph(), mode);
    const at = (taken: boolean): string =>
      String(
        sess.run(dx, [
          [p, taken],
          [x, [3, 4]],
        ]),
      );
    for (let i = 0; i < 5; i++) expect([at(false), at(true)]).toEqual(['[10. 10.]', '[6. 8.]']);
  });
});
