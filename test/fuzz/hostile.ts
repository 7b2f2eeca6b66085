/**
 * Hostile calls: ops as they were recorded, with operands and attributes that no program means; and public functions
 * with whatever JavaScript has. Each must give values or an error of ours, and the process must live.
 */
import { readdirSync } from 'node:fs';
import * as tf from '../../src';
import { isClass } from '../../src/base/border';
import { asDtype, zerosOf } from '../../src/base/dtype';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import { FIXTURES, type JsonArray, type JsonRow, fixture, fromJson } from '../recorded';
import { attrFromJson } from '../sweep';
import { isForeign } from './foreign';
import { Choices } from './random';
import { isSpace } from './spaces';

export interface Call {
  readonly title: string;
  /** Each of them makes the call hostile; without any it is an ordinary one. */
  readonly changes: readonly string[];
  run(device: string): void;
}

const INTS = [-1, 0, 1, -2, 7, 2 ** 31 - 1, -(2 ** 31), 2 ** 30, 65536];
const FLOATS = [NaN, Infinity, -Infinity, -0, 1e-45, 3e38, -1, 2 ** 31];
const DTYPES = ['float32', 'float64', 'int32', 'int64', 'bool', 'string', 'uint8', 'complex64', 'float16', 'resource'];
let rows: JsonRow[] | null = null;
function recorded(): JsonRow[] {
  rows ??= readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => fixture(name.slice(0, -5)).rows)
    .filter((row) => row.inputs.flat().every((j) => j.shape.reduce((a, b) => a * b, 1) <= 400));
  return rows;
}

/** An operand made hostile, and what was done to it. */
function changed(m: Choices, array: NDArray): [NDArray, string] {
  const { dtype, shape } = array;
  const filledWith = (dims: readonly number[], type = dtype): NDArray => {
    const size = dims.reduce((a, b) => a * b, 1);
    const data = zerosOf(type, size);
    for (let i = 0; i < data.length && array.size; i++) {
      const v = array.data[i % array.data.length];
      if (type === dtype) (data as unknown[])[i] = v;
    }
    return new NDArray(type, dims, data);
  };
  const kind = m.int(0, 5);
  if (kind === 0 && dtype.isInteger && array.size) {
    const out = filledWith(shape);
    const [at, value] = [m.int(0, array.size - 1), m.of(INTS)];
    const fits = dtype.kind === 'uint' ? Math.abs(value) % 256 : dtype.size < 4 ? value % 100 : value;
    (out.data as unknown[])[at] = dtype.size === 8 ? BigInt(fits) : fits;
    return [out, `element ${at} is ${fits}`];
  }
  if (kind === 1 && dtype.isFloating && dtype.size > 2 && array.size) {
    const out = filledWith(shape);
    const value = m.of(FLOATS);
    (out.data as unknown[])[m.int(0, array.size - 1)] = value;
    return [out, `an element is ${value}`];
  }
  if (kind === 2) {
    const type = asDtype(m.of(DTYPES.slice(0, 9)));
    return [filledWith(shape, type), `is ${type.name}`];
  }
  const dims = [...shape];
  if (kind === 3 && dims.length) dims[m.int(0, dims.length - 1)] = m.of([0, 1, 2, 5]);
  else if (kind === 4) dims.splice(m.int(0, dims.length), 0, m.of([0, 1, 3]));
  else if (dims.length) dims.splice(m.int(0, dims.length - 1), 1);
  // Beside a 0, which may be gone now, a size may be as large as it likes.
  const small = dims.map((dim) => Math.min(dim, 1000));
  return [filledWith(small), `has the shape [${small}]`];
}
function changedAttr(m: Choices, value: unknown): unknown {
  if (Array.isArray(value)) {
    const list = [...(value as unknown[])];
    const form = m.int(0, 3);
    if (form === 0) list.push(1);
    else if (form === 1) list.pop();
    else if (list.length) list[m.int(0, list.length - 1)] = m.of(INTS);
    return list;
  }
  if (typeof value === 'number') return m.of([...INTS, ...FLOATS]);
  if (typeof value === 'boolean') return m.of([!value, 2, 'x']);
  return m.of<unknown>(['', 'NOTHING', 7, -1, ...DTYPES]);
}

/** A recorded op, with one to three things changed. */
export function opCall(seed: number): Call {
  const m = new Choices(seed);
  const row = m.of(recorded());
  const places = row.inputs.flat().length;
  const attrs = Object.keys(row.attrs);
  const changes: string[] = [];
  const hostile = new Map<number, NDArray>();
  const hostileAttrs: Record<string, unknown> = {};
  const flat: JsonArray[] = row.inputs.flat();
  for (let k = m.int(1, 3); k > 0; k--) {
    if (attrs.length && m.chance(0.3)) {
      const name = m.of(attrs);
      hostileAttrs[name] = changedAttr(m, row.attrs[name]);
      changes.push(`${name} = ${JSON.stringify(hostileAttrs[name])}`);
    } else if (places) {
      const at = m.int(0, places - 1);
      const [array, what] = changed(m, hostile.get(at) ?? fromJson(flat[at]));
      hostile.set(at, array);
      changes.push(`operand ${at} ${what}`);
    }
  }
  const constant = flat.map(() => m.chance(0.3));
  const known = m.chance(0.5);
  const run = (device: string): void => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const feeds: [tf.Tensor, NDArray][] = [];
      let at = 0;
      const one = (json: JsonArray): tf.Tensor => {
        const i = at++;
        const array = hostile.get(i) ?? fromJson(json);
        if (constant[i]) return tf.constant(array);
        const x = tf.placeholder(array.dtype, known ? array.shape : null);
        feeds.push([x, array]);
        return x;
      };
      const edges = row.inputs.map((j) => (Array.isArray(j) ? j.map(one) : one(j)));
      const all = { ...row.attrs, ...hostileAttrs };
      const settled = Object.fromEntries(Object.entries(all).map(([k, v]) => [k, attrFromJson(row.op, k, v)]));
      const { outputs } = applyOp(row.op, edges, settled, row.op.startsWith('_') ? row.op.slice(1) : undefined);
      const sess = new tf.Session('', { graph, config: { device, placement: 'device', advice: false } });
      try {
        for (let k = 0; k < 3; k++) sess.run([...outputs], feeds);
      } finally {
        sess.close();
      }
    });
  };
  return { title: row.name, changes, run };
}

/** Namespaces whose functions write files, start processes, or ask for time. */
const LEFT_OUT = /^(examples|app|test|errors|Session|InteractiveSession|resetDefaultGraph|logging)/;
let functions: (readonly [string, (...args: unknown[]) => unknown])[] | null = null;
function publicFunctions(): (readonly [string, (...args: unknown[]) => unknown])[] {
  const found: (readonly [string, (...args: unknown[]) => unknown])[] = [];
  const seen = new Set<unknown>();
  const visit = (space: object, prefix: string): void => {
    if (seen.has(space)) return;
    seen.add(space);
    for (const [name, value] of Object.entries(space)) {
      if (LEFT_OUT.test(prefix + name)) continue;
      if (typeof value === 'function' && !isClass(value))
        found.push([`tf.${prefix}${name}`, value as (...args: unknown[]) => unknown]);
      else if (isSpace(value) && prefix.split('.').length < 4) visit(value, `${prefix}${name}.`);
    }
  };
  visit(tf, '');
  return found;
}
function anything(m: Choices): [string, unknown] {
  const self: unknown[] = [];
  self.push(self);
  return m.of<() => [string, unknown]>([
    () => ['null', null],
    () => ['undefined', undefined],
    () => ['NaN', NaN],
    () => ['-1', -1],
    () => ['0', 0],
    () => ['1.5', 1.5],
    () => ['2 ** 31', 2 ** 31],
    () => ['2 ** 53', 2 ** 53],
    () => ['10n ** 30n', 10n ** 30n],
    () => ["''", ''],
    () => ["'x'", 'x'],
    () => ['true', true],
    () => ['[]', []],
    () => ['[[]]', [[]]],
    () => ['[1, [2]]', [1, [2]]],
    () => ["[1, 'a', null]", [1, 'a', null]],
    () => ['{}', {}],
    () => ['{ name: 7 }', { name: 7 }],
    () => ['{ axis: NaN, name: {} }', { axis: NaN, name: {} }],
    () => ['Object.create(null)', Object.create(null)],
    () => ['Symbol()', Symbol('s')],
    () => ['() => {}', () => {}],
    () => ['new Map()', new Map()],
    () => ['new Date(NaN)', new Date(NaN)],
    () => ['a list that contains itself', self],
    () => ['Promise', Promise.resolve(1)],
    () => ['Float32Array(2)', new Float32Array(2)],
    () => ['tf.float32', tf.float32],
    () => ['a scalar', tf.constant(1)],
    () => ['a placeholder', tf.placeholder(tf.float32, null)],
    () => ['a matrix', tf.constant([[1, 2]])],
    () => ['an int vector', tf.constant([0, 1], tf.int32)],
    () => ['a string', tf.constant('s')],
    () => ['a resource', tf.placeholder(tf.resource, [])],
    () => ['an operation', tf.noOp()],
    () => ['a tensor of another graph', new tf.Graph().asDefault(() => tf.constant(1))],
  ])();
}
/** A public function, with arguments that it is not for. */
export function apiCall(seed: number): Call {
  functions ??= publicFunctions();
  const m = new Choices(seed);
  const [name, f] = m.of(functions);
  const graph = new tf.Graph();
  const args = graph.asDefault(() => Array.from({ length: m.int(0, 4) }, () => anything(m)));
  return {
    title: `${name}(${args.map(([text]) => text).join(', ')})`,
    changes: [],
    run: () => void graph.asDefault(() => f(...args.map(([, value]) => value))),
  };
}

/** What is wrong with what a call did; null where nothing is. */
export function faultOfCall(call: Call, device: string): string | null {
  try {
    call.run(device);
    return null;
  } catch (error) {
    if (!isForeign(error)) return null;
    const said = ((error as Error).stack ?? String(error)).split('\n').slice(0, 4).join('\n  ');
    return `${call.title} ${call.changes.join('; ')}\n  ${said}`;
  }
}
export const callOf = (seed: number): Call => (seed % 3 ? opCall(seed) : apiCall(seed));
