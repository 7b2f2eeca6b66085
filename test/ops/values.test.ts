/**
 * NaN, infinities, zeros of either sign, poles and the ends of the integers: what TensorFlow 1.15 gives, element by
 * element.
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from 'tfjs-session';
import { type DType, asDtype, zerosOf } from '../../src/base/dtype';
import { floatsOfBits, isHalf } from '../../src/base/half';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import { definitionOf } from '../../src/graph/opdef';
import { HOST_TABLES } from '../../src/kernels/host';
import { CHOICES } from '../../src/kernels/values';
import { type Element, type JsonArray, type JsonRow, elementsOf, fromJson } from '../recorded';
import { type Mode, devices, isServed, open } from '../sweep';
import { PAGE, withTable } from './value-table';

/** Elements, or runs of equal ones; 'nan', 'inf' and 64-bit integers as strings. */
type Packed = Pick<JsonArray, 'data' | 'runs'>;
interface Row {
  readonly op: string;
  /** Which values the first operand takes; a second one takes each of them beside each. */
  readonly of: 'one' | 'pairs' | 'divided' | 'cast';
  readonly dtype: string;
  readonly attrs?: { readonly DstT: string };
  /** An element that fails has a place in the data. */
  readonly output: null | (Packed & { readonly dtype: string; readonly errors?: Readonly<Record<string, string>> });
}
const { rows, operands: OPERANDS } = JSON.parse(
  readFileSync(path.join(__dirname, '..', 'fixtures', 'values.json'), 'utf8'),
) as { rows: readonly Row[]; operands: Readonly<Record<string, Packed>> };

const operandOf = ({ of, dtype }: Row): Element[] => elementsOf(OPERANDS[`${of} ${dtype}`]);
/** Elements of a dtype from a fixture's. */
function arrayOf(dtype: DType, data: Element[]): NDArray {
  return fromJson({ dtype: dtype.name, shape: [data.length / (dtype.isComplex ? 2 : 1)], data }, dtype);
}
function plain({ dtype, data }: NDArray): readonly (number | bigint)[] {
  return Array.from((isHalf(dtype) ? floatsOfBits(data, dtype) : data) as Float64Array);
}

/** Relative differences that are rounding, by dtype; numbers smaller than the least normal one are as good as 0. */
const ROUNDING: Readonly<Record<string, readonly [relative: number, least: number]>> = {
  float16: [1.5e-3, 6.2e-5],
  bfloat16: [1.2e-2, 1.2e-38],
  float32: [3e-6, 1.2e-38],
  float64: [2e-13, 2.3e-308],
  complex64: [1e-5, 1e-6],
  complex128: [1e-12, 1e-14],
};
/** Whether this row of 1.15's is one that the table says is not kept. */
const departs = ({ op, dtype }: Row): boolean =>
  CHOICES.some((c) => c.departs && c.ops.includes(op) && (!c.dtypes || c.dtypes.includes(dtype)));
const opsOf = (where: (choice: (typeof CHOICES)[number]) => boolean | undefined): ReadonlySet<string> =>
  new Set(CHOICES.filter(where).flatMap(({ ops }) => ops));
/** Whether the table leaves the sign of a zero open. */
const hasFreeZeros = ({ op, dtype }: Row): boolean =>
  CHOICES.some((c) => c.zeros && c.ops.includes(op) && (!c.dtypes || c.dtypes.includes(dtype)));
const HALF_ZERO = opsOf(({ where, here }) => where === 'operands below the least normal number' && here === '0');
function same(a: number | bigint, b: number | bigint, dtype: string, size: number, freeZeros: boolean): boolean {
  if (Object.is(a, b) || typeof a === 'bigint' || typeof b === 'bigint') return Object.is(a, b);
  const [relative, least] = ROUNDING[dtype] ?? [0, 0];
  if (a === 0 && b === 0) return freeZeros || dtype.startsWith('complex');
  if (Math.abs(a) <= least && Math.abs(b) <= least && (a === 0) !== (b === 0)) return true;
  return Math.abs(a - b) <= relative * size + (dtype === 'float32' || dtype === 'float64' ? 0 : least);
}

/** The operands of a row, one element for each case. */
function operands(row: Row): NDArray[] {
  const dtype = asDtype(row.dtype);
  const x = operandOf(row);
  const unit = dtype.isComplex ? 2 : 1;
  const n = x.length / unit;
  const element = (i: number): Element[] => x.slice(i * unit, (i + 1) * unit);
  const pairs = Array.from({ length: n * n }, (_, k) => k);
  return definitionOf(row.op).inputs.length === 1
    ? [arrayOf(dtype, x)]
    : [
        arrayOf(
          dtype,
          pairs.flatMap((k) => element(Math.floor(k / n))),
        ),
        arrayOf(
          dtype,
          pairs.flatMap((k) => element(k % n)),
        ),
      ];
}
/** The elements at some places, `times` over. */
function taken({ dtype, data }: NDArray, places: readonly number[], times = 1): NDArray {
  const unit = dtype.isComplex ? 2 : 1;
  const out = zerosOf(dtype, places.length * times);
  for (let k = 0; k < out.length; k++)
    (out as Float64Array)[k] = (data as Float64Array)[places[Math.floor(k / unit) % places.length] * unit + (k % unit)];
  return new NDArray(dtype, [places.length * times], out);
}

const shown = (v: unknown): string => (Object.is(v, -0) ? '-0' : String(v));
function differences(row: Row, mode: Mode): string[] {
  const found: string[] = [];
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const sess = open(graph, mode);
    const all = operands(row);
    const feeds = all.map((x) => tf.placeholder(x.dtype, [null]));
    const hasTout = definitionOf(row.op).attrs.some(({ name }) => name === 'Tout');
    const attrs = row.attrs ? { DstT: asDtype(row.attrs.DstT) } : hasTout ? { Tout: asDtype(row.output!.dtype) } : {};
    const [z] = applyOp(row.op, feeds, attrs).outputs;
    const run = (places: readonly number[], times: number): NDArray =>
      sess.run(
        z,
        feeds.map((f, i): [tf.Tensor, NDArray] => [f, taken(all[i], places, times)]),
      ) as NDArray;
    const { errors = {} } = row.output!;
    const data = elementsOf(row.output!);
    const freeZeros = hasFreeZeros(row);
    const unit = z.dtype.isComplex ? 2 : 1;
    const at = (x: NDArray, k: number): string => String(plain(taken(x, [k])));
    const say = (k: number, got: unknown, want: unknown): unknown =>
      found.push(`${row.op}(${all.map((x) => at(x, k)).join(', ')}) is ${shown(got)}, TensorFlow says ${want}`);
    const operandsOf = (k: number): readonly number[] => all.flatMap((x) => plain(taken(x, [k])).map(Number));
    const isHeld = (k: number): boolean => {
      const values = operandsOf(k);
      if (z.dtype.isComplex) return values.every(Number.isFinite);
      return !HALF_ZERO.has(row.op) || !values.some((v) => v !== 0 && Math.abs(v) < ROUNDING[row.dtype]?.[1]);
    };
    // An error has one place in the data.
    let place = 0;
    const where: number[] = [];
    const good: number[] = [];
    for (let k = 0; k < all[0].size; k++) {
      where.push(place);
      if (errors[k] === undefined) {
        if (isHeld(k)) good.push(k);
        place += unit;
        continue;
      }
      place++;
      let message = 'no error';
      try {
        message = String(plain(run([k], 1)));
      } catch (error) {
        [message] = (error as Error).message.split('\n');
      }
      if (message !== errors[k]) say(k, message, errors[k]);
    }
    for (const times of [1, 40]) {
      let got: readonly (number | bigint)[];
      try {
        const result = run(good, times);
        // NumPy has no quantized types.
        expect(result.dtype.name.replace(/^q/, '')).toBe((row.attrs?.DstT ?? row.output!.dtype).replace(/^q/, ''));
        got = plain(result);
      } catch (error) {
        found.push(`${row.op}: ${(error as Error).message.split('\n')[0]}`);
        break;
      }
      const want = plain(
        arrayOf(
          z.dtype,
          good.flatMap((k) => data.slice(where[k], where[k] + unit)),
        ),
      );
      const open = (from: readonly (number | bigint)[], i: number): boolean =>
        unit === 2 && !from.slice(i - (i % 2), i - (i % 2) + 2).every((v) => Number.isFinite(Number(v)));
      for (let i = 0; i < got.length; i++) {
        if (open(want, i % want.length) && open(got, i)) continue;
        const w = want[i % want.length];
        const at = (i % want.length) - (i % unit);
        const size = Math.hypot(...want.slice(at, at + unit).map(Number));
        if (!same(got[i], w, z.dtype.name, size, freeZeros)) {
          say(good[Math.floor(i / unit) % good.length], got[i], `${shown(w)} (${times} times)`);
          if (times > 1) break;
        }
      }
      if (found.length) break;
    }
    sess.close();
  });
  return found;
}

const served = new Set(HOST_TABLES.flatMap(({ table }) => Object.keys(table())));
/** Whether a row's op has a kernel here, and takes its dtype. */
function takes(row: Row): boolean {
  if (!served.has(row.op)) return false;
  const def = definitionOf(row.op);
  const [{ typeAttr }] = def.inputs;
  const allowed = typeAttr ? def.attr(typeAttr)?.allowed : null;
  return row.output !== null && (!allowed || allowed.includes(asDtype(row.dtype)));
}
const title = ({ op, dtype, attrs }: Row): string => `${op} of ${dtype}${attrs ? ` to ${attrs.DstT}` : ''}`;
const held = rows.filter((row) => takes(row) && !departs(row)).map((row) => [title(row), row] as const);
describe('special values', () => {
  const [{ device }] = devices();
  test.each(held)('%s', (_, row) => {
    expect(differences(row, { title: 'host', device, placement: 'host' })).toEqual([]);
  });
});
describe.each(devices().map((d) => d.device))('special values on the %s device', (device) => {
  test.each(held.filter(([, row]) => isServed(jsonRow(row), device)))('%s', (_, row) => {
    expect(differences(row, { title: device, device, placement: 'device' })).toEqual([]);
  });
});
/** The row as those of the other fixtures are. */
function jsonRow(row: Row): JsonRow {
  const { op, dtype, attrs = {} } = row;
  const data = operandOf(row);
  const inputs = definitionOf(op).inputs.map(() => ({ dtype, shape: [data.length], data }));
  return { name: op, op, inputs, attrs, gradCheck: false, dynamic: false };
}

test('docs/values.md shows the table (npm run value-table)', () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(page).toBe(withTable(page));
});
