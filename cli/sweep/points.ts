/** The points of a sweep: from flags like `lr=0.1,0.5` and `lr=1e-4..1e-1` to hyperparameters. */
import { InvalidArgumentError } from 'commander';
import { MT19937 } from '../../src/base/mt19937';

export type Value = number | string | boolean;
export type Params = Readonly<Record<string, Value>>;
export type Axis =
  | { readonly name: string; readonly values: readonly Value[] }
  | { readonly name: string; readonly from: number; readonly to: number; readonly whole: boolean };

const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
/** Where the ends of a range are so far apart, numbers are drawn by their orders of magnitude. */
const ORDERS = 10;
/** More points than anybody waits for. */
const MOST = 100_000;

/** A reader for `--grid`, which may be given several times. */
export function readAxis(text: string, before: readonly Axis[] = []): readonly Axis[] {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  const given = text.slice(at + 1).trim();
  if (at < 1 || !/^[\w.-]+$/.test(name) || !given)
    throw new InvalidArgumentError('Write name=value,value or name=from..to.');
  if (before.some((axis) => axis.name === name)) throw new InvalidArgumentError(`${name} has its values already.`);
  const ends = given.split('..');
  if (ends.length === 2 && ends.every((end) => NUMBER.test(end))) {
    const [from, to] = ends.map(Number);
    if (!(from < to)) throw new InvalidArgumentError('A range goes from its smaller end to its larger one.');
    return [...before, { name, from, to, whole: ends.every((end) => /^-?\d+$/.test(end)) }];
  }
  const values = given.split(',').map((each) => valueOf(each.trim()));
  if (values.includes('')) throw new InvalidArgumentError('A value is missing between two commas.');
  if (new Set(values).size < values.length) throw new InvalidArgumentError('A value stands there twice.');
  return [...before, { name, values }];
}
function valueOf(text: string): Value {
  if (NUMBER.test(text)) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
}

/** All points of a grid, the last axis first; or null where there are too many, or an axis is a range. */
export function gridOf(axes: readonly Axis[]): Params[] | null {
  let points: Params[] = [{}];
  for (const axis of axes) {
    if (!('values' in axis) || points.length * axis.values.length > MOST) return null;
    points = points.flatMap((point) => axis.values.map((value) => ({ ...point, [axis.name]: value })));
  }
  return points;
}
/** Points drawn at random, none twice; the same for the same seed, and the first of more are those of fewer. */
export function drawn(axes: readonly Axis[], count: number, seed: number): Params[] {
  const numbers = new MT19937(seed);
  const random = (): number => numbers.nextUint32() / 2 ** 32;
  const found = new Map<string, Params>();
  for (let tries = 0; found.size < count && tries < 100 * count; tries++) {
    const point = Object.fromEntries(axes.map((axis) => [axis.name, drawOf(axis, random())]));
    found.set(keyOf(point), found.get(keyOf(point)) ?? point);
  }
  return [...found.values()];
}
function drawOf(axis: Axis, share: number): Value {
  if ('values' in axis) return axis.values[Math.floor(share * axis.values.length)];
  const { from, to, whole } = axis;
  const value = from > 0 && to / from >= ORDERS ? from * (to / from) ** share : from + share * (to - from);
  return whole ? Math.round(value) : Number(value.toPrecision(4));
}
/** By which a point is known, whatever the order of its names. */
export const keyOf = (params: Params): string =>
  JSON.stringify(Object.fromEntries(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))));
