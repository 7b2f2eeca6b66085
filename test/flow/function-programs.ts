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
