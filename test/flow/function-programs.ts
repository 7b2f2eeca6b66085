/** Programs whose graphs have functions, as test/fixtures/record/built_functions.py has them. */
import * as tf from '../../src';
import { type Programs, grads, ph } from './words';

const number = (): tf.Tensor => ph([], 'i', tf.int32);
const ints = (...of: number[]): tf.NDArray => new tf.NDArray(tf.int32, [of.length], Int32Array.from(of));
const lost = (): tf.Tensor => tf.constant(1, tf.int32);
const wrong = (value: unknown): never => value as never;

export const SWITCHES: Programs = {
  'one of three': () => {
    const [x, i] = [ph([2]), number()];
    const y = tf.switchCase(i, [() => x.mul(2), () => tf.square(tf.exp(x)), () => tf.constant([1, 2])]);
    return [y, ...grads(y, x)];
  },
  'with a default': () => {
    const [x, w, i] = [ph(), ph([], 'w'), number()];
    const y = tf.switchCase(i, [() => x.mul(w), () => x.sub(w)], { default: () => tf.sin(x), name: 'which' });
    return [y, ...grads(y, x, w)];
  },
  'by number': () => {
    const [x, i] = [ph(), number()];
    return tf.switchCase(
      i,
      new Map([
        [1, () => x.add(1)],
        [0, () => x.mul(x)],
      ]),
    );
  },
  structures: () => {
    const [x, i] = [ph(), number()];
    const r = tf.switchCase(i, [() => ({ b: x, a: [x.add(1), tf.constant(7)] }), () => ({ b: x.mul(x), a: [x, x] })]);
    return [r.b, ...r.a];
  },
  'operations of branches': () => {
    const i = number();
    return tf.switchCase<tf.BranchResult>(i, [() => tf.noOp(), () => tf.constant(4, tf.int32)]);
  },
  'rows of one branch': () => {
    const [x, i] = [ph([3, 2]), number()];
    const y = tf.switchCase(i, [
      () => tf.gather(x, ints(0, 2)).mul(3),
      () => tf.slice(x, ints(1, 0), ints(2, 2)).mul(2),
    ]);
    return [y, ...grads(y, x).map((g) => tf.convertToTensor(g))];
  },
  'case in a case': () => {
    const [x, i] = [ph(), number()];
    const y = tf.switchCase(i, [() => tf.switchCase(i.add(1), [() => x, () => tf.exp(x).mul(x)]), () => tf.sin(x)]);
    return [y, ...grads(y, x)];
  },
  'second derivative': () => {
    const [x, i] = [ph(), number()];
    const y = tf.switchCase(i, [() => x.mul(x).mul(x), () => tf.exp(x)]);
    const first = grads(y, x);
    return [...first, ...grads(first[0], x)];
  },
  'gradient twice': () => {
    const [x, w, i] = [ph(), ph([], 'w'), number()];
    const y = tf.switchCase(i, [() => tf.exp(x).mul(w), () => tf.sin(x.mul(w))]);
    return [...grads(y, x), ...grads(y, w)];
  },
  'unknown shapes': () => {
    const [x, i] = [ph([null]), number()];
    const y = tf.switchCase(i, [() => x.mul(2), () => tf.constant([1, 2])]);
    return [y, ...grads(y, x)];
  },
  'variables of branches': () => {
    const i = number();
    const v = tf.getVariable('v', [], { initializer: tf.constantInitializer(3), useResource: true });
    const y = tf.switchCase(i, [() => v.mul(2), () => v.mul(v)]);
    return [y, ...grads(y, v)];
  },
  'waiting for outside': () => {
    const [x, i] = [ph(), number()];
    const y = x.mul(5);
    return tf.switchCase(i, [() => tf.controlDependencies([y], () => x.add(1)), () => x]);
  },
  'e no tensor': () => tf.switchCase(wrong(1), [lost]),
  'e no integer': () => tf.switchCase(ph(), [lost]),
  'e no functions': () => tf.switchCase(number(), []),
  'e no list': () => tf.switchCase(number(), wrong('f')),
  'e a key too many': () =>
    tf.switchCase(
      number(),
      new Map([
        [0, lost],
        [2, lost],
      ]),
    ),
  'e no pairs': () => tf.switchCase(number(), wrong([[0, lost], 3])),
  'e key of text': () => tf.switchCase(number(), wrong([['a', lost]])),
  'e no function': () => tf.switchCase(number(), wrong([[0, 5]])),
  'e other types': () => {
    const x = ph();
    return tf.switchCase<tf.BranchResult>(number(), [() => x, () => tf.constant(1, tf.int32)]);
  },
  'e of another branch': () => {
    const x = ph();
    const seen: tf.Tensor[] = [];
    const first = (): tf.Tensor => {
      seen.push(x.mul(2));
      return seen[0];
    };
    return tf.switchCase(number(), [first, () => seen[0].add(1)]);
  },
};

const dtype = tf.float32;
export const DEFUNS: Programs = {
  'called twice': () => {
    const scaled = tf.Defun(dtype, dtype, { funcName: 'Scaled' })((x, y) => x.mul(y).add(1));
    const [x, y] = [ph(), ph([], 'y')];
    return [scaled(x, y), scaled(y, y, { name: 'again' })];
  },
  'gradient of a function': () => {
    const product = tf.Defun(dtype, dtype, { funcName: 'Product' })((x, y): [tf.Tensor, tf.Tensor] => [
      x.mul(tf.exp(y)),
      tf.sin(x),
    ]);
    const [x, y] = [ph(), ph([], 'y')];
    const [a, b] = product(x, y);
    return [a, b, ...grads(a.mul(b), x, y)];
  },
  'what a function captures': () => {
    const [x, w] = [ph([2]), ph([2], 'w')];
    const captures = tf.Defun(dtype, { funcName: 'Captures' })((x) => x.mul(w).add(w));
    const y = captures(x);
    return [y, ...grads(y, x, w)];
  },
  'a function in a function': () => {
    const inner = tf.Defun(dtype, { funcName: 'Inner' })((x) => x.mul(x));
    const outer = tf.Defun(dtype, { funcName: 'Outer' })((x) => inner(x).add(inner(x.add(1))));
    const x = ph();
    const y = outer(x);
    return [y, ...grads(y, x)];
  },
  'gradient function': () => {
    const gradFunc = tf.Defun(dtype, dtype, { funcName: 'CubeGrad' })((x, dy) => dy.mul(x).mul(100));
    const cube = tf.Defun(dtype, { funcName: 'Cube', gradFunc })((x) => x.mul(x).mul(x));
    const x = ph();
    const y = cube(x);
    return [y, ...grads(y, x)];
  },
  'gradient in python': () => {
    const pythonGradFunc = (op: tf.Operation, dy: tf.Tensor): tf.Tensor => dy.mul(op.inputs[0]).mul(10);
    const square = tf.Defun(dtype, { funcName: 'Squared', pythonGradFunc })((x) => x.mul(x));
    const x = ph();
    const y = square(x);
    return [y, ...grads(y, x)];
  },
  'names and shapes': () => {
    const shapeFunc = (op: tf.Operation): tf.TensorShape[] => [op.inputs[0].shape, new tf.TensorShape([2])];
    const options = { funcName: 'Named', outNames: ['twice', 'half'], shapeFunc, noinline: true };
    const named = tf.Defun(dtype, options)((x): [tf.Tensor, tf.Tensor] => [x.mul(2), x.div(2)]);
    return named(ph([2]), { noinline: false });
  },
  'captured by value': () => {
    const c = tf.constant(2, { name: 'c' }).mul(3);
    return tf.Defun(dtype, { funcName: 'ByValue', captureByValue: true })((x) => x.mul(c))(ph());
  },
  'variables of a function': () => {
    const body = tf.Defun(dtype, { funcName: 'WithVariables' })((x) => {
      const w = tf.getVariable('w', [2], { initializer: tf.constantInitializer(3) });
      const r = tf.getVariable('r', [2], { initializer: tf.constantInitializer(2), useResource: true });
      return x.mul(w).add(r);
    });
    const x = ph([2]);
    const y = tf.variableScope('layer', () => body(x));
    return [y, ...grads(y, x, ...tf.trainableVariables())];
  },
  'no arguments': () => tf.Defun({ funcName: 'Constant' })(() => tf.constant([1, 2]))(),
  'by types': () => {
    const twice = tf.Defun({ funcName: 'Twice' })((x) => x.add(x));
    return [twice(tf.constant(3)), twice(tf.constant(4, tf.int32)), twice(tf.constant(5))];
  },
  'a case in a function': () => {
    const choose = tf.Defun(tf.int32, dtype, { funcName: 'Choose' })((i, x) =>
      tf.switchCase(i, [() => x.mul(2), () => x.mul(x)]),
    );
    const [x, i] = [ph(), number()];
    const y = choose(i, x);
    return [y, ...grads(y, x)];
  },
  'functions in a case': () => {
    const doubled = tf.Defun(dtype, { funcName: 'Doubled' })((x) => x.mul(2));
    const [x, i] = [ph(), number()];
    const y = tf.switchCase(i, [() => doubled(x), () => doubled(x).mul(x)]);
    return [y, ...grads(y, x)];
  },
  'names that were not given': () => {
    const plain = tf.Defun(
      dtype,
      dtype,
    )(function plain(x, y) {
      return x.mul(y).add(1);
    });
    const calls = tf.Defun(dtype)(function calls(x) {
      return plain(x, x).mul(tf.constant([1, 2]));
    });
    const constants = tf.Defun(dtype)(function constants(x): [tf.Tensor, tf.Tensor, tf.Tensor] {
      return [tf.constant(['abc', 'de']), tf.fill([2, 3], true), x.add(1)];
    });
    const placed = tf.Defun(tf.int64)(function placed(x) {
      return tf.device('/cpu:0', () => tf.controlDependencies([x], () => tf.zeros([2], tf.int64).add(x)));
    });
    const branches = tf.Defun(dtype)(function branches(x) {
      return tf.cond(
        tf.greater(x, 0),
        () => x,
        () => x.mul(2),
      );
    });
    const drawn = tf.Defun(dtype)(function drawn(x) {
      return tf.randomUniform([2], { seed: 3 }).mul(x);
    });
    const gradFunc = tf.Defun(
      dtype,
      dtype,
    )(function slope(x, dy) {
      return dy.mul(x);
    });
    const sloped = tf.Defun(dtype, { gradFunc })(function sloped(x) {
      return x.mul(x);
    });
    const x = ph();
    const [a, b, c] = constants(x);
    return [calls(x), a, b, c, placed(tf.constant(4, tf.int64)), branches(x), drawn(x).mul(0), sloped(x)];
  },
  'e too few': () => tf.Defun(dtype, dtype, { funcName: 'F' })((x, y) => [x, y][0])(ph()),
  'e too many types': () => tf.Defun(dtype, dtype)((x) => x),
  'e none of several': () => tf.Defun(dtype, { funcName: 'F' })((x) => [x, null])(ph()),
  'e names too few': () => tf.Defun(dtype, { funcName: 'F', outNames: ['a'] })((x) => [x, x])(ph()),
  'e shapes too few': () => tf.Defun(dtype, { funcName: 'F', shapeFunc: () => [] })((x) => x)(ph()),
  'e a placeholder by value': () => {
    const p = ph();
    return tf.Defun(dtype, { funcName: 'F', captureByValue: true })((x) => x.mul(p))(ph([], 'y'));
  },
  'e the name of an op': () => tf.Defun(dtype, { funcName: 'Square' })((x) => x)(ph()),
  'e the same name': () => {
    const a = tf.Defun(dtype, { funcName: 'F' })((x) => x)(ph());
    return tf.Defun(dtype, { funcName: 'F' })((x) => x.add(1))(a);
  },
};
