/**
 * Every op with each number in it that says how large, where or how many: a size, shape, axis, count, index, stride,
 * window, depth or seed, given while the graph is built and by a feed. Each must give a value or an error of ours.
 */
import { readdirSync } from 'node:fs';
import * as tf from '../../src';
import { type DType, limitsOf, zerosOf } from '../../src/base/dtype';
import { NDArray } from '../../src/base/ndarray';
import { TensorShape } from '../../src/base/shape';
import { applyOp } from '../../src/graph/apply';
import { type AttrValue, definitionOf } from '../../src/graph/opdef';
import { FIXTURES, type JsonArray, type JsonRow, fixture, fromJson } from '../recorded';
import { attrFromJson } from '../sweep';
import { isForeign } from './foreign';

/** What no program means as a size. */
export const NUMBERS = [
  -1,
  0,
  -(2 ** 31),
  -(2n ** 63n),
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 40,
  2 ** 53,
  NaN,
  Infinity,
  -Infinity,
  1.5,
] as const;
export type Hostile = (typeof NUMBERS)[number];
export const written = (n: Hostile): string => (typeof n === 'bigint' ? `${n}n` : String(n));

/** How a number comes in: among constants; fed beside constants; or fed like all the others, shapes unknown. */
export const WAYS = ['constant', 'fed', 'all fed'] as const;
export type Way = (typeof WAYS)[number];
/** Which elements of a list are the number. */
const PLACES = ['first', 'last', 'every'] as const;

export interface SizeCall {
  readonly title: string;
  run(device: string): void;
}

export function holds(dtype: DType, n: Hostile): boolean {
  if (dtype.isFloating) return dtype.size > 2 && typeof n === 'number';
  if (!dtype.isInteger || (typeof n === 'number' && !Number.isInteger(n))) return false;
  const [least, most] = limitsOf(dtype);
  return n >= least && n <= most;
}
/** The array with the number in it. */
export function withNumber(array: NDArray, n: Hostile, place: (typeof PLACES)[number]): NDArray {
  const data = zerosOf(array.dtype, array.data.length) as unknown as (number | bigint)[];
  const value = array.dtype.size === 8 && array.dtype.isInteger ? BigInt(n) : Number(n);
  for (let i = 0; i < data.length; i++) {
    const is = place === 'every' || i === (place === 'first' ? 0 : data.length - 1);
    data[i] = is ? value : (array.data[i] as number);
  }
  return new NDArray(array.dtype, array.shape, data as unknown as Int32Array);
}
function spoiltList(list: readonly unknown[], n: Hostile, place: (typeof PLACES)[number]): unknown[] {
  return list.map((v, i) => (place === 'every' || i === (place === 'first' ? 0 : list.length - 1) ? n : v));
}
export const placesIn = (length: number): readonly (typeof PLACES)[number][] =>
  length === 0 ? [] : length === 1 ? ['first'] : PLACES;

interface Spot {
  readonly what: string;
  readonly operand?: readonly [at: number, array: NDArray];
  readonly attr?: readonly [name: string, value: AttrValue];
}
/** Numbers that may be put into an operand: whole ones of a few elements, and scalars. */
function operandSpots(row: JsonRow): Spot[] {
  return row.inputs.flat().flatMap((json, at): Spot[] => {
    const array = fromJson(json);
    const isFew = array.dtype.isInteger ? array.size <= 32 : array.dtype.isFloating && array.rank === 0;
    if (!isFew) return [];
    return NUMBERS.filter((n) => holds(array.dtype, n)).flatMap((n) =>
      placesIn(array.size).map((place) => ({
        what: `operand ${at}: ${place} = ${written(n)}`,
        operand: [at, withNumber(array, n, place)] as const,
      })),
    );
  });
}
function attrSpots(row: JsonRow): Spot[] {
  const spot = (name: string, value: unknown, n: Hostile, place = ''): Spot => ({
    what: `${name}: ${place} = ${written(n)}`,
    attr: [name, value as AttrValue],
  });
  return definitionOf(row.op).attrs.flatMap(({ name, kind, default: fallback, inferred }): Spot[] => {
    if (inferred) return [];
    const value = row.attrs[name] ?? fallback;
    if (kind === 'int' || kind === 'float') return NUMBERS.map((n) => spot(name, n, n));
    const list = kind === 'shape' ? ((value as TensorShape | null)?.dims ?? value) : value;
    if (!/^(list\((int|float)\)|shape)$/.test(kind) || !Array.isArray(list)) return [];
    return NUMBERS.flatMap((n) => placesIn(list.length).map((p) => spot(name, spoiltList(list, n, p), n, p)));
  });
}

/** At most so many recorded calls of an op: of unlike ranks and types. */
const ROWS = 3;
function rows(): JsonRow[] {
  const all = readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => fixture(name.slice(0, -5)).rows)
    .filter((row) => !row.error && row.inputs.flat().every((j) => j.shape.reduce((a, b) => a * b, 1) <= 400));
  const kinds = new Map<string, Set<string>>();
  return all.filter((row) => {
    const seen = kinds.get(row.op) ?? new Set<string>();
    kinds.set(row.op, seen);
    const kind = row.inputs.map((j) => [j].flat().map(({ dtype, shape }) => `${dtype}${shape.length}`)).join();
    if (seen.has(kind) || seen.size >= ROWS) return false;
    seen.add(kind);
    return true;
  });
}

function runOf(row: JsonRow, { operand, attr }: Spot, way: Way, index: number): SizeCall['run'] {
  return (device) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const feeds: [tf.Tensor, NDArray][] = [];
      let at = 0;
      const one = (json: JsonArray): tf.Tensor => {
        const isIt = operand?.[0] === at++;
        const array = isIt ? operand![1] : fromJson(json);
        if (way === 'constant' || (way === 'fed' && !isIt)) return tf.constant(array);
        const x = tf.placeholder(array.dtype, way === 'fed' ? array.shape : null);
        feeds.push([x, array]);
        return x;
      };
      const inputs = row.inputs.map((j) => (Array.isArray(j) ? j.map(one) : one(j)));
      const attrs: Record<string, AttrValue> = {};
      for (const [name, value] of Object.entries(row.attrs)) attrs[name] = attrFromJson(row.op, name, value);
      if (attr) attrs[attr[0]] = settled(row.op, attr);
      const { outputs } = applyOp(row.op, inputs, attrs, row.op.replace(/^_/, ''));
      runs([...outputs, ...gradientsOf(outputs, inputs.flat())], feeds, graph, device, index);
    });
  };
}
function settled(type: string, [name, value]: readonly [string, AttrValue]): AttrValue {
  return definitionOf(type).attr(name)!.kind === 'shape' ? new TensorShape(value as number[]) : value;
}
/** Gradients are asked the same numbers. */
function gradientsOf(outputs: readonly tf.Tensor[], inputs: readonly tf.Tensor[]): tf.Tensor[] {
  const isFloat = (t: tf.Tensor): boolean => t.dtype.isFloating;
  const [ys, xs] = [outputs.filter(isFloat), inputs.filter(isFloat)];
  if (!ys.length || !xs.length) return [];
  try {
    return tf.gradients(ys, xs).filter((g) => g instanceof tf.Tensor);
  } catch (error) {
    // Of some there is none.
    if (isForeign(error)) throw error;
    return [];
  }
}
/** A kernel each, in plans as they come to be, and as parts that run as one. */
const CONFIGS = [{ placement: 'device' }, {}, { graphOptions: { wholeGraph: true } }] as const;
export function runs(
  fetches: readonly tf.Tensor[],
  feeds: readonly (readonly [tf.Tensor, NDArray])[],
  graph: tf.Graph,
  device: string,
  index: number,
  before: readonly tf.Operation[] = [],
): void {
  const config = { device, advice: false, ...CONFIGS[index % CONFIGS.length] };
  const sess = new tf.Session('', { graph, config });
  try {
    sess.run([...before]);
    for (let k = 0; k < 3; k++) for (const y of fetches) sess.run(y, [...feeds]);
  } finally {
    sess.close();
  }
}

/** All of them, in one order. */
export function sizeCalls(): SizeCall[] {
  const calls: SizeCall[] = [];
  for (const row of rows())
    for (const spot of [...operandSpots(row), ...attrSpots(row)])
      for (const way of spot.operand ? WAYS : WAYS.slice(0, 1))
        calls.push({ title: `${row.name}; ${spot.what}, ${way}`, run: runOf(row, spot, way, calls.length) });
  return calls;
}
