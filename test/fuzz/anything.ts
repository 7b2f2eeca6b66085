/** Whatever JavaScript has: what somebody may give to a function that is not for it. */
import * as tf from '../../src';

/** A value, and how a person would write it. Tensors are made in the default graph. */
export type Thing = readonly [text: string, make: () => unknown];

function cyclic(): unknown[] {
  const self: unknown[] = [];
  self.push(self);
  return self;
}
function cyclicObject(): object {
  const self: Record<string, unknown> = { name: 'x' };
  self['shape'] = self;
  return self;
}
function detached<A extends { readonly buffer: ArrayBufferLike }>(data: A): A {
  const buffer = data.buffer as ArrayBuffer;
  structuredClone(buffer, { transfer: [buffer] });
  return data;
}
type Resizable = ArrayBuffer & { resize(size: number): void };
const ResizableBuffer = ArrayBuffer as unknown as new (size: number, options: { maxByteLength: number }) => Resizable;
function resizable(size: number): Float32Array {
  return new Float32Array(new ResizableBuffer(4 * size, { maxByteLength: 8 * size + 8 }));
}
/** An array whose end is cut off, or all of it where it has a length of its own. */
function shrunk(size: number, length?: number): Float32Array {
  const buffer = new ResizableBuffer(4 * size, { maxByteLength: 8 * size });
  const data = new Float32Array(buffer, 0, length);
  buffer.resize(4);
  return data;
}
function shared(size: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(4 * size));
}
/** What getters, conversions and traps throw: the program's own error, which may come out as it is. */
export const THROWN = 'thrown by what was given';
function fails(): never {
  throw new Error(THROWN);
}
const ALL_KEYS = ['name', 'dtype', 'shape', 'axis', 'op', 'graph', 'call', 'length', 'constructor', 'then', 'data'];
function getters(): object {
  const target: object = {};
  for (const key of ALL_KEYS) Object.defineProperty(target, key, { get: fails, enumerable: true });
  return target;
}
function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}
function sparse(): unknown[] {
  return Object.assign(new Array<unknown>(3), { 0: 1, 2: 3 });
}
function gone(array: tf.NDArray): tf.NDArray {
  detached(array.data as Float32Array);
  return array;
}
class Numbers extends Array<number> {}
class Halves extends Float32Array {}
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
  ['[1, , 3]', sparse],
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
  ['a detached Float32Array', () => detached(Float32Array.of(1, 2))],
  ['a detached Float32Array(100)', () => detached(new Float32Array(100))],
  ['a detached BigInt64Array', () => detached(BigInt64Array.of(1n))],
  ['[a detached Float32Array]', () => [detached(Float32Array.of(1, 2))]],
  ['a resizable Float32Array(2)', () => resizable(2)],
  ['a resizable Float32Array(100)', () => resizable(100)],
  ['a shrunk Float32Array', () => shrunk(100)],
  ['a Float32Array out of bounds', () => shrunk(100, 100)],
  ['a shared Float32Array(2)', () => shared(2)],
  ['a shared Float32Array(100)', () => shared(100)],
  ['a detached ArrayBuffer', () => detached(new Float32Array(2)).buffer],
  ['a detached DataView', () => detached(new DataView(new ArrayBuffer(8)))],
  ['a detached NDArray', () => gone(new tf.NDArray(tf.float32, [100], new Float32Array(100)))],
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
  ['-0', () => -0],
  ['Infinity', () => Infinity],
  ['-(2 ** 31)', () => -(2 ** 31)],
  ['2 ** 31 - 1', () => 2 ** 31 - 1],
  ['2 ** 40', () => 2 ** 40],
  ['-(2 ** 63)', () => -(2 ** 63)],
  ['1e308', () => 1e308],
  ['-(2n ** 63n)', () => -(2n ** 63n)],
  ['[NaN]', () => [NaN]],
  ['[Infinity]', () => [Infinity]],
  ['[-0]', () => [-0]],
  ['[1.5]', () => [1.5]],
  ['[2 ** 31, 2 ** 31]', () => [2 ** 31, 2 ** 31]],
  ['[2 ** 40, 0]', () => [2 ** 40, 0]],
  ['[3n]', () => [3n]],
  ['[10n ** 30n]', () => [10n ** 30n]],
  ["['x']", () => ['x']],
  ["['x', 1]", () => ['x', 1]],
  ['[true, 2]', () => [true, 2]],
  ['[() => {}]', () => [() => {}]],
  ['[new Date()]', () => [new Date(0)]],
  ['new Array(2 ** 32 - 1)', () => new Array<unknown>(2 ** 32 - 1)],
  ['[new Array(2)]', () => [new Array<unknown>(2)]],
  ['a list of a list that contains itself', () => [cyclic()]],
  ['an object that contains itself', cyclicObject],
  ['an object of getters that throw', getters],
  ['[an object of getters that throw]', () => [getters()]],
  ['a list whose elements throw', () => Object.defineProperty([1, 2], 0, { get: fails, enumerable: true })],
  ['{ toString: fails }', () => ({ toString: fails, valueOf: fails })],
  ['{ [Symbol.toPrimitive]: fails }', () => ({ [Symbol.toPrimitive]: fails })],
  ['{ [Symbol.iterator]: fails }', () => ({ [Symbol.iterator]: fails })],
  ['{ toString: 7 }', () => ({ toString: 7, valueOf: 7 })],
  ['{ length: 2 ** 53 }', () => ({ length: 2 ** 53 })],
  ['{ length: -1 }', () => ({ length: -1, 0: 1 })],
  ['{ op: {} }', () => ({ op: {} })],
  ['{ asTensor: 7 }', () => ({ asTensor: 7 })],
  ['{ asTensor: () => 7 }', () => ({ asTensor: () => 7 })],
  ['{ call: 7 }', () => ({ call: 7 })],
  ['{ constructor: null }', () => ({ constructor: null })],
  ['{ constructor: { name: Symbol() } }', () => ({ constructor: { name: Symbol('s') } })],
  ['a revoked Proxy of {}', () => revoked({})],
  ['a revoked Proxy of []', () => revoked([])],
  ['a revoked Proxy of a function', () => revoked(() => {})],
  ['[a revoked Proxy]', () => [revoked({})]],
  ['[a revoked Proxy of []]', () => [revoked([])]],
  ['{ name: a revoked Proxy }', () => ({ name: revoked({}) })],
  ['a Proxy whose traps throw', () => new Proxy({}, { get: fails, has: fails, ownKeys: fails, getPrototypeOf: fails })],
  ['new Proxy(a variable, {})', () => new Proxy(new tf.Variable(1), {})],
  ['new Proxy(a graph, {})', () => new Proxy(tf.getDefaultGraph(), {})],
  ['new Proxy(tf.float32, {})', () => new Proxy(tf.float32, {})],
  ['new Proxy(an NDArray, {})', () => new Proxy(new tf.NDArray(tf.int32, [1], Int32Array.of(1)), {})],
  ['Object.create(a scalar)', () => Object.create(tf.constant(1)) as unknown],
  ['Object.create(an NDArray)', () => Object.create(new tf.NDArray(tf.int32, [1], Int32Array.of(1))) as unknown],
  ['Object.create(Float32Array.prototype)', () => Object.create(Float32Array.prototype) as unknown],
  ['Object.create(Map.prototype)', () => Object.create(Map.prototype) as unknown],
  ['a list of one’s own', () => Numbers.of(1, 2)],
  ['a Float32Array of one’s own', () => Halves.of(1, 2)],
  ['new Map([[{}, {}]])', () => new Map([[{}, {}]])],
  ['new Map([[null, null]])', () => new Map([[null, null]])],
  ['[[null, null]]', () => [[null, null]]],
  ['[[1, 2], [3]]', () => [[1, 2], [3]]],
  ["[['x', Symbol()]]", () => [['x', Symbol('s')]]],
  ['new WeakMap()', () => new WeakMap()],
  ['new Date(0)', () => new Date(0)],
  ['new Error()', () => new Error('x')],
  ['globalThis', () => globalThis],
  ['JSON', () => JSON],
  ['async () => {}', () => async () => {}],
  ['function* () {}', () => function* () {}],
  [
    'a generator',
    () =>
      (function* () {
        yield 1;
      })(),
  ],
  ['() => null', () => () => null],
  ['() => a scalar', () => () => tf.constant(1)],
  ['tf.constant', () => tf.constant],
  ['tf.Variable', () => tf.Variable],
  ['Object', () => Object],
  ['Symbol', () => Symbol],
  ["'\\ud800'", () => '\ud800'],
  ["['\\udc00x']", () => ['\udc00x']],
  ["'\\0'", () => '\0'],
  ["'a/b:0'", () => 'a/b:0'],
  ["'x:99999999999999999999'", () => 'x:99999999999999999999'],
  ["'('", () => '('],
  ["'constructor'", () => 'constructor'],
  ["'toString'", () => 'toString'],
  ["'float32'", () => 'float32'],
  ["'x'.repeat(2 ** 20)", () => 'x'.repeat(2 ** 20)],
  ['Int32Array(1)', () => Int32Array.of(-1)],
  ['Uint8ClampedArray(2)', () => new Uint8ClampedArray(2)],
  ['BigUint64Array(1)', () => BigUint64Array.of(2n ** 64n - 1n)],
  ['Float64Array(NaN)', () => Float64Array.of(NaN)],
  ['a variable', () => new tf.Variable([1, 2])],
  ['a variable behind a handle', () => new tf.Variable([1, 2], { useResource: true })],
  ['IndexedSlices', () => new tf.IndexedSlices(tf.constant([[1]]), tf.constant([0], tf.int32))],
  ['a session', () => closed],
  ['an initializer', () => tf.zerosInitializer()],
  ['an optimizer', () => new tf.train.GradientDescentOptimizer(0.1)],
  ['a tensor of no type', () => tf.placeholder(tf.string, [null, null])],
];
const closed = new tf.Session('', { graph: new tf.Graph(), config: { device: 'portable', advice: false } });
closed.close();
