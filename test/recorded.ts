/**
 * Arrays and rows as test/fixtures/record writes them: written out, drawn again from their seed, or, where they are
 * large results, a sample and two sums. `stream` and `drawn` give bit for bit what record/draw.py gives.
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { asDtype, type DType, zerosOf } from '../src/base/dtype';
import { bitsOfFloats, floatsOfBits, isHalf } from '../src/base/half';
import { NDArray } from '../src/base/ndarray';
import { sizeOf } from '../src/base/shape';

/** 'nan', 'inf' and integers beyond 2^53 are strings. */
export type Element = number | string;
export interface JsonArray {
  dtype: string;
  shape: number[];
  data?: Element[];
  /** Thousandths from the first to the second number; the third: how many the row drew before. */
  draw?: [number, number, number];
  /** Values, each with how many times it comes. */
  runs?: [Element, number][];
  sample?: Element[];
  sums?: [number, number];
  const?: boolean;
}
export interface JsonRow {
  name: string;
  op: string;
  inputs: (JsonArray | JsonArray[])[];
  attrs: Record<string, unknown>;
  gradCheck: boolean;
  dynamic: boolean;
  static?: (number[] | null)[];
  attr?: Record<string, unknown>;
  outputs?: (JsonArray | null)[];
  error?: { type: string; message: string };
  noGradient?: boolean;
  gradYs?: JsonArray[];
  gradNodes?: [string, string][];
  grads?: (JsonArray | null)[];
}
export interface JsonNode {
  name: string;
  op: string;
  input: string[];
  control: string[];
  attr: Record<string, unknown>;
  colocate: string[];
  shape: ((number | null)[] | null)[];
  dtype: string[];
}
export interface Fixture {
  rows: JsonRow[];
  graphs: Record<string, JsonNode[]>;
}

export const FIXTURES = path.join(__dirname, 'fixtures', 'ops');
/** The one that was asked for last: many rows in turn are of one. */
let kept: { readonly stem: string; readonly fixture: Fixture } | null = null;
export function fixture(stem: string): Fixture {
  if (kept?.stem !== stem)
    kept = { stem, fixture: JSON.parse(readFileSync(path.join(FIXTURES, `${stem}.json`), 'utf8')) as Fixture };
  return kept.fixture;
}

/** `count` numbers in [0, 2^32): mulberry32, begun at the FNV-1a hash of `text`. */
export function stream(text: string, count: number): Float64Array {
  let seed = 0x811c9dc5;
  for (const byte of Buffer.from(text)) seed = Math.imul(seed ^ byte, 0x01000193);
  return Float64Array.from({ length: count }, (_, k) => {
    const a = (seed + Math.imul(k + 1, 0x6d2b79f5)) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  });
}
function drawn(shape: readonly number[], [low, high, before]: readonly [number, number, number]): Float64Array {
  const steps = stream(`${shape.join(',')}#${before}`, sizeOf(shape));
  return steps.map((u) => (Math.floor((u * (high - low + 1)) / 2 ** 32) + low) / 1000);
}
/** The elements of an array that is written out, or as runs. */
export function elementsOf({ data, runs }: Pick<JsonArray, 'data' | 'runs'>): Element[] {
  const all = runs?.flatMap(([v, count]) => Array<Element>(count).fill(v)) ?? data;
  if (!all) throw new Error('Of a large result only a sample is on file.');
  return all;
}
const numberOf = (v: Element): number =>
  typeof v === 'number' ? v : v === 'nan' ? NaN : v === 'inf' ? Infinity : v === '-inf' ? -Infinity : Number(v);

/** The array, or (`as`) the same numbers in another dtype: what float32 would have rounded is kept there. */
export function fromJson(json: JsonArray, as?: DType): NDArray {
  const type = as ?? asDtype(json.dtype);
  const out = zerosOf(type, sizeOf(json.shape));
  const data = json.draw ? Array.from(drawn(json.shape, json.draw)) : elementsOf(json);
  if (isHalf(type)) return new NDArray(type, json.shape, bitsOfFloats(Array.from(data, numberOf), type));
  data.forEach((v, i) => {
    if (out instanceof BigInt64Array || out instanceof BigUint64Array) out[i] = BigInt(v);
    else if (type.kind === 'string') (out as string[])[i] = String(v);
    else (out as Float64Array)[i] = numberOf(v);
  });
  return new NDArray(type, json.shape, out);
}

const TOLERANCE: Readonly<Record<string, number>> = {
  float32: 2e-5,
  float64: 1e-9,
  complex64: 2e-5,
  complex128: 1e-9,
  // TensorFlow rounds some sums at every step; here they are rounded once.
  float16: 4e-3,
  bfloat16: 3e-2,
};
/** Same dtype, shape and (within rounding) values. */
export function expectClose(got: unknown, want: JsonArray, tolerance?: number): void {
  const array = got instanceof NDArray ? got : fromJson({ dtype: want.dtype, shape: [], data: [scalarJson(got)] });
  expect({ dtype: array.dtype.name, shape: [...array.shape] }).toEqual({ dtype: want.dtype, shape: want.shape });
  const limit = tolerance ?? TOLERANCE[want.dtype];
  if (want.sample) return expectSample(array, want, limit ?? 0);
  const wanted = fromJson(want);
  if (limit === undefined) {
    expect(Array.from(array.data as string[], String)).toEqual(Array.from(wanted.data as string[], String));
    return;
  }
  const numbers = (x: NDArray): Float32Array =>
    isHalf(x.dtype) ? floatsOfBits(x.data, x.dtype) : (x.data as Float32Array);
  const [a, b] = [numbers(array), numbers(wanted)];
  for (let i = 0; i < b.length; i++) expectNear(a[i], b[i], limit, `element ${i}`);
}
function expectNear(got: number, want: number, limit: number, where: string): void {
  const near =
    got === want ||
    (Number.isNaN(got) && Number.isNaN(want)) ||
    Math.abs(got - want) <= limit * Math.max(1, Math.abs(want));
  if (!near) throw new Error(`${where}: got ${got}, TensorFlow says ${want}`);
}
/** A large result: its sample element by element, and all of it through sums under drawn weights. */
function expectSample(array: NDArray, want: JsonArray, limit: number): void {
  const numbers = Float64Array.from(array.data as Float32Array, Number);
  stream('places', want.sample!.length).forEach((u, k) => {
    const place = Math.floor((u * numbers.length) / 2 ** 32);
    expectNear(numbers[place], numberOf(want.sample![k]), limit, `element ${place}`);
  });
  const plain = numbers.map((v) => (Number.isNaN(v) ? 3 : Number.isFinite(v) ? v : 5 * Math.sign(v)));
  const largest = plain.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
  ['first', 'second'].forEach((name, k) => {
    const weights = stream(name, plain.length);
    const sum = plain.reduce((s, v, i) => s + v * (weights[i] / 2 ** 31 - 1), 0);
    // Roundings of single elements add up like a random walk; those of this sum are far below them.
    const allowed = Math.max(limit, 1e-13) * largest * Math.sqrt(plain.length);
    if (!(Math.abs(sum - want.sums![k]) <= allowed))
      throw new Error(`the ${name} weighted sum of all elements is ${sum}, TensorFlow's ${want.sums![k]}`);
  });
}
function scalarJson(got: unknown): Element {
  if (typeof got === 'boolean') return Number(got);
  if (typeof got === 'bigint') return String(got);
  if (typeof got === 'string' || Number.isFinite(got)) return got as Element;
  return String(got).toLowerCase().replace('infinity', 'inf');
}
