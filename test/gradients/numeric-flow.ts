/** Constructs that branch and go round, each by itself and in one another, for test/gradients/numeric.test.ts. */
import * as tf from '../../src';
import { type Rows, LOOP, NONE, functional } from './numeric';

const zero = (): tf.Tensor => tf.constant(0, tf.int32);
export const yes = (): tf.Tensor => tf.placeholderWithDefault(true, []);
export const three = (): tf.Tensor => tf.placeholderWithDefault(tf.constant(3, tf.int32), []);
type Body = (v: tf.Tensor, i: tf.Tensor) => tf.Tensor;
/** Three times. */
export function times(x: tf.Tensor, body: Body, options: tf.WhileOptions = {}): tf.Tensor {
  const n = three();
  return tf.whileLoop(
    (i: tf.Tensor) => i.less(n),
    (i: tf.Tensor, v: tf.Tensor) => [i.add(1), body(v, i)],
    [zero(), x],
    options,
  )[1];
}
export const branch = (p: tf.Tensor, x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
  tf.cond(
    p,
    () => tf.sin(x).mul(w),
    () => tf.exp(x).add(w),
  );
export const loop = (x: tf.Tensor, w: tf.Tensor): tf.Tensor => times(x, (v) => tf.sin(v).mul(w).add(0.3));
export const odd = (i: tf.Tensor): tf.Tensor => tf.equal(tf.mod(i, 2), 1);
const elements = (size: tf.TensorLike, more: object = {}): tf.TensorArray => new tf.TensorArray(tf.float64, size, more);
export const both = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sin(a.mul(b)).add(a);

const BRANCHES: Rows = {
  cond: { y: (x, w) => branch(yes(), x, w) },
  'cond, the other way': { y: (x, w) => branch(tf.logicalNot(yes()), x, w) },
  'cond of several': {
    y: (x, w) =>
      tf.cond(
        yes(),
        () => [x.mul(x), w],
        () => [x, x.mul(w)],
      ),
  },
  'cond in a cond': {
    y: (x, w) =>
      tf.cond(
        yes(),
        () => branch(yes(), x.mul(w), w),
        () => x,
      ),
  },
};
const LOOPS: Rows = {
  while: { y: loop, second: LOOP },
  'while that keeps on the host': {
    y: (x, w) => times(x, (v) => tf.tanh(v).mul(w), { swapMemory: true, parallelIterations: 1 }),
    second: LOOP,
  },
  'while that may go on': {
    y: (x, w) => times(x, (v) => tf.tanh(v).mul(w), { maximumIterations: 2 }),
    second: LOOP,
  },
  'while of growing rows': {
    y: (x, w) =>
      tf.whileLoop(
        (v: tf.Tensor) => tf.less(tf.size(v), 7),
        (v: tf.Tensor) => tf.concat([tf.sin(v), w.mul(v.get(0))], 0),
        [x],
        { shapeInvariants: [new tf.TensorShape([null])] },
      ),
    second: LOOP,
  },
  'while in a while': { y: (x, w) => times(x, (v) => times(v, (u) => tf.sin(u.mul(w)).add(v.mul(0.1)))), second: LOOP },
  'cond in a while': {
    y: (x, w) =>
      times(x, (v, i) =>
        tf.cond(
          odd(i),
          () => tf.sin(v).mul(w),
          () => tf.exp(v.neg()),
        ),
      ),
    second: LOOP,
  },
  'while in a cond': {
    y: (x, w) =>
      tf.cond(
        yes(),
        () => loop(x, w),
        () => w,
      ),
    second: LOOP,
  },
  'cond in a while in a while': {
    y: (x, w) =>
      times(x, (v) =>
        times(v, (u, i) =>
          tf.cond(
            odd(i),
            () => u.mul(w),
            () => tf.sin(u.mul(v)),
          ),
        ),
      ),
    second: LOOP,
  },
  'while in a cond in a while': {
    y: (x, w) =>
      times(x, (v, i) =>
        tf.cond(
          odd(i),
          () => loop(v, w),
          () => v.mul(w),
        ),
      ),
    second: LOOP,
  },
  'rows of a while': {
    y: (x, w) => times(x, (v, i) => v.add(tf.sin(tf.gather(w, tf.mod(i, 2))).mul(v))),
    second: false,
  },
  'stopped gradients in a while': {
    y: (x, w) => times(x, (v) => v.mul(w).add(tf.stopGradient(tf.ones([2], tf.float64)))),
    second: LOOP,
  },
};
const HIGHER: Rows = {
  case: {
    y: (x, w) =>
      tf.case(
        [
          [tf.logicalNot(yes()), () => x],
          [yes(), () => tf.sin(x).mul(w)],
        ],
        () => w,
      ),
  },
  switchCase: { y: (x, w) => tf.switchCase(three().sub(2), [() => x, () => tf.sin(x).mul(w), () => w]) },
  mapFn: { y: (x, w) => tf.mapFn((v: tf.Tensor) => tf.sin(v).mul(w), x), second: LOOP },
  'mapFn of several': {
    y: (x, w) =>
      tf.mapFn(
        ([a, b]: readonly [tf.Tensor, tf.Tensor]) => [a.mul(b), tf.sin(a)] as const,
        [x, w] as const,
        {
          dtype: [tf.float64, tf.float64],
        } as never,
      ) as unknown as tf.Tensor[],
    second: LOOP,
  },
  scan: { y: (x, w) => tf.scan((a: tf.Tensor, v: tf.Tensor) => both(a, v.mul(w)), x, w), second: LOOP },
  'scan from the end': { y: (x) => tf.scan(both, x, null, { reverse: true }), second: LOOP },
  foldl: { y: (x, w) => tf.foldl((a: tf.Tensor, v: tf.Tensor) => both(a, v), tf.concat([x, w], 0)), second: LOOP },
  foldr: { y: (x, w) => tf.foldr((a: tf.Tensor, v: tf.Tensor) => both(a, v), x, w), second: LOOP },
  vectorizedMap: { y: (x, w) => tf.vectorizedMap((v: tf.Tensor) => tf.sin(v).mul(w), x) },
  pyFunction: { y: (x, w) => tf.pyFunction((a, b) => tf.sin(a).mul(b), [x, w], tf.float64), second: false },
};
const ARRAYS: Rows = {
  'write, read, stack': {
    y: (x, w) => {
      const a = elements(3, { clearAfterRead: false }).write(0, x).write(1, x.mul(w)).write(2, tf.sin(w));
      return [a.stack(), a.read(1)];
    },
  },
  'unstack, gather': {
    y: (x, w) =>
      elements(4)
        .unstack(tf.concat([x, w.mul(x)], 0))
        .gather([1, 3, 0]),
  },
  'scatter, stack': {
    y: (x, w) =>
      elements(4)
        .scatter([2, 0, 1, 3], tf.concat([x, w.mul(x)], 0))
        .stack(),
  },
  'split, concat': {
    y: (x, w) =>
      elements(2, { inferShape: false })
        .split(tf.concat([x, w.mul(x)], 0), Int32Array.of(1, 3))
        .concat(),
  },
  'identity, grown': {
    y: (x, w) =>
      elements(0, { dynamicSize: true, inferShape: false }).write(0, x).write(1, x.mul(w)).identity().concat(),
  },
  'written in a while': {
    y: (x, w) =>
      (
        tf.whileLoop(
          (i: tf.Tensor) => i.less(3),
          (i: tf.Tensor, v: tf.Tensor, a: tf.TensorArray) => {
            const next = tf.sin(v).mul(w);
            return [i.add(1), next, a.write(i, next)];
          },
          [zero(), x, elements(3)] as never,
        ) as unknown as readonly [tf.Tensor, tf.Tensor, tf.TensorArray]
      )[2].stack(),
    second: LOOP,
  },
};
const F = tf.float64;
const CALLS: Rows = {
  Defun: { y: (x, w) => tf.Defun(F, F, { funcName: 'Product' })((a, b) => tf.sin(a).mul(b))(x, w), second: NONE },
  'Defun that captures': {
    y: (x, w) => tf.Defun(F, { funcName: 'Captures' })((a) => tf.sin(a).mul(w))(x),
    second: NONE,
  },
  'Defun in a Defun': {
    y: (x, w) => {
      const inner = tf.Defun(F, F, { funcName: 'Inner' })((a, b) => tf.sin(a).mul(b));
      return tf.Defun(F, F, { funcName: 'Outer' })((a, b) => inner(inner(a, b), b))(x, w);
    },
    second: NONE,
  },
  'Defun in a while': {
    y: (x, w) => {
      const body = tf.Defun(F, F, { funcName: 'Body' })((a, b) => tf.sin(a).mul(b));
      return times(x, (v) => tf.reshape(body(v, w), [2]));
    },
    second: LOOP,
  },
};
const named = (rows: Rows): Rows =>
  Object.fromEntries(
    Object.entries(rows).map(([title, row]) => [
      `${title}, of version 2`,
      {
        ...row,
        y: (x, w) => functional(() => row.y(x, w)),
        second: row.second === LOOP || row.second === false ? true : row.second,
      },
    ]),
  );
export const FLOW: Rows = {
  ...BRANCHES,
  ...LOOPS,
  ...HIGHER,
  ...ARRAYS,
  ...CALLS,
  ...named({ ...BRANCHES, ...LOOPS, ...ARRAYS }),
};
