/**
 * Every public name, called as its row of the surface test calls it but for one number, in an argument or a list in
 * one, which is none that a program means: as a number of JavaScript's, as a constant, or by a feed.
 */
import * as tf from '../../src';
import { isPlain } from '../../src/calls/bind';
import type { NDArray } from '../../src/base/ndarray';
import { LEFT_OUT, given, isOfRow, namesAfter } from './public';
import { isFromSource } from './foreign';
import { type Hostile, NUMBERS, type SizeCall, written } from './sizes';
import { rowsOf, runRow } from './watched';

type Feed = [tf.Tensor, NDArray];
/** What stands in a number's place. What is fed goes to `feeds`. */
interface Form {
  readonly name: string;
  readonly takes: (n: Hostile) => boolean;
  readonly make: (n: Hostile, feeds: Feed[]) => unknown;
}
const isWhole = (n: Hostile): boolean => typeof n === 'bigint' || Number.isInteger(n);
function fed(dtype: tf.DType, n: Hostile, feeds: Feed[]): tf.Tensor {
  const x = tf.placeholder(dtype, []);
  const data =
    dtype === tf.int64 ? BigInt64Array.of(BigInt(n)) : (dtype === tf.int32 ? Int32Array : Float32Array).of(Number(n));
  feeds.push([x, new tf.NDArray(dtype, [], data)]);
  return x;
}
const isShort = (n: Hostile): boolean => isWhole(n) && n >= -(2 ** 31) && n < 2 ** 31;
const FORMS: readonly Form[] = [
  { name: '', takes: () => true, make: (n) => n },
  { name: 'BigInt', takes: (n) => isWhole(n) && typeof n === 'number', make: (n) => BigInt(n) },
  { name: 'a constant', takes: isWhole, make: (n) => tf.constant(n, tf.int64) },
  { name: 'a fed int32', takes: isShort, make: (n, feeds) => fed(tf.int32, n, feeds) },
  { name: 'a fed int64', takes: isWhole, make: (n, feeds) => fed(tf.int64, n, feeds) },
  { name: 'a fed float32', takes: (n) => !isWhole(n), make: (n, feeds) => fed(tf.float32, n, feeds) },
];

/** Where a number stands: the argument, by its place or name, and the way to it through lists. */
interface Spot {
  readonly row: string;
  readonly call: number;
  readonly name: string;
  readonly at: number | string;
  readonly path: readonly number[];
  /** For an argument that the row does not give: in how many lists, of how many. */
  readonly wrap: 'none' | 'one' | 'two';
}
/** The ways to the first and to the last number in lists. */
function pathsTo(value: unknown, depth = 0): number[][] {
  if (typeof value === 'number' || typeof value === 'bigint') return [[]];
  if (!Array.isArray(value) || depth > 2 || !value.length) return [];
  const ends = [...new Set([0, value.length - 1])];
  return ends.flatMap((i) => pathsTo(value[i], depth + 1).map((path) => [i, ...path]));
}
function replaced(value: unknown, path: readonly number[], by: unknown): unknown {
  if (!path.length) return by;
  return Object.assign([...(value as unknown[])], {
    [path[0]]: replaced((value as unknown[])[path[0]], path.slice(1), by),
  });
}
function spotsOf(row: string, call: number, name: string, args: readonly unknown[]): Spot[] {
  const last = args[args.length - 1];
  const named = isPlain(last) ? Object.entries(last as object) : [];
  const places: (readonly [number | string, unknown])[] = [
    ...(named.length ? args.slice(0, -1) : args).entries(),
    ...named,
  ];
  const spot = (at: number | string, path: readonly number[], wrap: Spot['wrap'] = 'none'): Spot => ({
    row,
    call,
    name,
    at,
    path,
    wrap,
  });
  // A loop may go round 2 ** 31 times.
  if (/whileLoop|dynamicDecode/.test(name)) return [];
  const absent = namesAfter(name, args).filter((key) => key !== 'name' && !named.some(([k]) => k === key));
  return [
    ...places.flatMap(([at, value]) => pathsTo(value).map((path) => spot(at, path))),
    ...absent.flatMap((at) => (['none', 'one', 'two'] as const).map((wrap) => spot(at, [], wrap))),
  ];
}
/** Rows whose own functions are called with what was given. */
const CALLED_BACK = /^tf\.(numpyFunction|pyFunc)/;
function allSpots(rows: ReturnType<typeof rowsOf>): Spot[] {
  const spots: Spot[] = [];
  const seen = new Set<string>();
  for (const row of Object.keys(rows)) {
    if (LEFT_OUT.test(row) || CALLED_BACK.test(row)) continue;
    let call = 0;
    tf.resetDefaultGraph();
    try {
      runRow(rows[row], (name, args) => {
        if (isOfRow(rows[row], name))
          for (const spot of spotsOf(row, call, name, args)) {
            const key = `${name} ${spot.at} ${spot.path} ${spot.wrap}`;
            if (!seen.has(key)) spots.push(spot);
            seen.add(key);
          }
        call++;
        return args;
      });
    } catch (error) {
      // Some functions are asked what they are, and what tells of its calls is another one.
      if (!(error instanceof tf.errors.ValueError)) throw error;
    }
  }
  return spots;
}
/** A session whose runs are fed what the numbers came to be. */
function feeding(feeds: readonly Feed[], device: string): tf.Session {
  const sess = new tf.Session('', { config: { device, advice: false } });
  const run = sess.run.bind(sess) as (...args: unknown[]) => unknown;
  const more = (fetches: unknown, own: unknown = [], ...rest: unknown[]): unknown => {
    const plain = own instanceof Map || Array.isArray(own) ? own : Object.entries(own as object);
    return run(fetches, feeds.length ? [...(plain as Iterable<unknown>), ...feeds] : own, ...rest);
  };
  return Object.assign(sess, { run: more });
}
const WRAPS: Readonly<Record<Spot['wrap'], (x: unknown) => unknown>> = {
  none: (x) => x,
  one: (x) => [x],
  two: (x) => [x, x],
};
function runOf(row: Parameters<typeof runRow>[0], { call, at, path, wrap }: Spot, n: Hostile, form: Form) {
  return (device: string): void => {
    tf.resetDefaultGraph();
    let seen = 0;
    const feeds: Feed[] = [];
    const put = (args: unknown[]): unknown[] => {
      const last = args[args.length - 1];
      const value = typeof at === 'number' ? args[at] : isPlain(last) ? Reflect.get(last as object, at) : undefined;
      return given(args, at, replaced(value, path, WRAPS[wrap](form.make(n, feeds))));
    };
    try {
      runRow(row, (_, args) => (seen++ === call ? put(args) : args), feeding(feeds, device));
    } catch (error) {
      if (isFromSource(error)) throw error;
    }
  };
}
const titleOf = ({ name, at, path, wrap }: Spot): string =>
  `${name}, argument ${at}${path.map((i) => `[${i}]`).join('')}${wrap === 'none' ? '' : `, in a list of ${wrap}`}`;
/** All of them, in one order. */
export function publicSizes(): SizeCall[] {
  const rows = rowsOf();
  return allSpots(rows).flatMap((spot) =>
    NUMBERS.flatMap((n) =>
      FORMS.filter(({ takes }) => takes(n)).map((form) => ({
        title: `${titleOf(spot)} = ${form.name} ${written(n)} (row ${spot.row})`,
        run: runOf(rows[spot.row], spot, n, form),
      })),
    ),
  );
}
