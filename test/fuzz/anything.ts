/** Whatever JavaScript has: what somebody may give to a function that is not for it. */
import * as tf from '../../src';

/** A value, and how a person would write it. Tensors are made in the default graph. */
export type Thing = readonly [text: string, make: () => unknown];

function cyclic(): unknown[] {
  const self: unknown[] = [];
  self.push(self);
  return self;
}
function detached(): Float32Array {
  const data = new Float32Array([1, 2]);
  structuredClone(data.buffer, { transfer: [data.buffer] });
  return data;
}
class Foreign {
  readonly name = 7;
}

export const ANYTHING: readonly Thing[] = [
  ['null', () => null],
  ['undefined', () => undefined],
  ['NaN', () => NaN],
  ['-1', () => -1],
  ['0', () => 0],
  ['1.5', () => 1.5],
  ['2 ** 31', () => 2 ** 31],
  ['2 ** 53', () => 2 ** 53],
  ['-Infinity', () => -Infinity],
  ['3n', () => 3n],
  ['10n ** 30n', () => 10n ** 30n],
  ["''", () => ''],
  ["'x'", () => 'x'],
  ["'__proto__'", () => '__proto__'],
  ['true', () => true],
  ['[]', () => []],
  ['[[]]', () => [[]]],
  ['[1, [2]]', () => [1, [2]]],
  ["[1, 'a', null]", () => [1, 'a', null]],
  ['[null]', () => [null]],
  ['[undefined]', () => [undefined]],
  ['[-1]', () => [-1]],
  ['[2 ** 31]', () => [2 ** 31]],
  ['[2 ** 53]', () => [2 ** 53]],
  ['[Symbol()]', () => [Symbol('s')]],
  ['[{}]', () => [{}]],
  ['[1, , 3]', () => [1, , 3]],
  ['new Array(5)', () => new Array<unknown>(5)],
  ['a list that contains itself', cyclic],
  ['{}', () => ({})],
  ['{ name: 7 }', () => ({ name: 7 })],
  ['{ axis: NaN, name: {} }', () => ({ axis: NaN, name: {} })],
  ['{ dtype: null, shape: -1 }', () => ({ dtype: null, shape: -1 })],
  ['{ dtype: 7, shape: [-1] }', () => ({ dtype: 7, shape: [-1] })],
  ['Object.create(null)', () => Object.create(null)],
  ['Symbol()', () => Symbol('s')],
  ['() => {}', () => () => {}],
  ['class Foreign', () => Foreign],
  ['new Foreign()', () => new Foreign()],
  ['new Map()', () => new Map()],
  ["new Map([['a', 1]])", () => new Map([['a', 1]])],
  ['new Set([1])', () => new Set([1])],
  ['new Date(NaN)', () => new Date(NaN)],
  ['/x/', () => /x/],
  ['Promise.resolve(1)', () => Promise.resolve(1)],
  ['new Proxy([1, 2], {})', () => new Proxy([1, 2], {})],
  ['new Proxy({}, {})', () => new Proxy({}, {})],
  ['new Proxy(a scalar, {})', () => new Proxy(tf.constant(1), {})],
  ['Float32Array(2)', () => new Float32Array(2)],
  ['BigInt64Array(2)', () => new BigInt64Array(2)],
  ['a detached Float32Array', detached],
  ['new ArrayBuffer(8)', () => new ArrayBuffer(8)],
  ['new DataView', () => new DataView(new ArrayBuffer(8))],
  ['a Buffer', () => Buffer.from('ab')],
  ['tf', () => tf],
  ['tf.float32', () => tf.float32],
  ['tf.resource', () => tf.resource],
  ['a TensorShape', () => new tf.TensorShape([2, null])],
  ['an NDArray of strings', () => new tf.NDArray(tf.string, [2], ['a', 'b'])],
  ['an NDArray of bool', () => new tf.NDArray(tf.bool, [], Uint8Array.of(1))],
  ['an NDArray of nothing', () => new tf.NDArray(tf.int32, [0, 3], new Int32Array(0))],
  ['a scalar', () => tf.constant(1)],
  ['a placeholder', () => tf.placeholder(tf.float32, null)],
  ['a matrix', () => tf.constant([[1, 2]])],
  ['an int vector', () => tf.constant([0, 1], tf.int32)],
  ['a string', () => tf.constant('s')],
  ['a resource', () => tf.placeholder(tf.resource, [])],
  ['an operation', () => tf.noOp()],
  ['a graph', () => new tf.Graph()],
  ['a tensor of another graph', () => new tf.Graph().asDefault(() => tf.constant(1))],
  ['an operation of another graph', () => new tf.Graph().asDefault(() => tf.noOp())],
  ['a variable of another graph', () => new tf.Graph().asDefault(() => new tf.Variable(1))],
];
