/**
 * Which plan runs never changes a bit, of any op: what its cases give beside each other in the first run they give, bit
 * by bit, in the rewritten plan of the third and where a device takes them as one, special values and numbers below the
 * least normal one among them. TFJS_TEST_ALL=1 takes every dtype; LAW=all 5,000 and 300,000 elements too;
 * LAW_OPS=Add,Sub these ops alone.
 */
import * as tf from '../../src';
import { RECIPE_TABLES } from '../../src/kernels/portable';
import { devices } from '../devices';
import { isLong } from '../all';
import { LAST_RUN } from '../long';
import { casesOf } from './cases';
import { FORMS } from './forms';
import { type Result, build, neighbour, outcomeOf } from './law';

const RECIPES = new Set(RECIPE_TABLES.flatMap(({ table }) => Object.keys(table())));
const only = process.env['LAW_OPS']?.split(',');
const isWhole = process.env['LAW'] === 'all';
const FLOATS: ReadonlySet<string> = new Set(['float32', 'float64', 'float16', 'bfloat16', 'complex64', 'complex128']);

/** The first element that has other bits, in words; null where there is none. */
function change(before: Result, now: Result): string | null {
  if (before.dtype !== now.dtype || String(before.shape) !== String(now.shape))
    return `${now.dtype.name}[${now.shape}], not ${before.dtype.name}[${before.shape}]`;
  const [a, b] = [before.data, now.data];
  if (Array.isArray(a) || Array.isArray(b)) return String(a) === String(b) ? null : `${String(b)}, not ${String(a)}`;
  if (Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength)))
    return null;
  let at: number | undefined;
  for (let i = 0; i < a.length && at === undefined; i++) if (!Object.is(a[i], b[i])) at = i;
  // A computed NaN may have any sign and payload.
  return at === undefined ? null : `[${at}] is ${say(b[at])}, not ${say(a[at])}`;
}
const say = (v: number | bigint): string => (Object.is(v, -0) ? '-0' : String(v));

function changes(type: string, n: number, device: string, others: boolean): string[] {
  const graph = new tf.Graph();
  const cases = casesOf(type, n, others).filter((c) => c.inputs.flat().some((i) => FLOATS.has(i.array.dtype.name)));
  const built = build(cases, graph);
  const other = graph.asDefault(neighbour);
  using sess = new tf.Session('', {
    graph,
    config: { advice: false, device: device as 'native', graphOptions: { wholeGraph: true } },
  });
  const working = built.filter((b) => typeof outcomeOf(sess, b) !== 'string');
  if (!working.length) return [];
  const all = [...working, other];
  const together = { fetches: all.flatMap((b) => b.fetches), feeds: all.flatMap((b) => b.feeds) };
  const titles = [
    ...working.flatMap((b) => b.fetches.map(() => b.case_.title)),
    ...other.fetches.map(() => 'what is beside'),
  ];
  const found = new Map<string, string>();
  let first: readonly Result[] | null = null;
  const last = LAST_RUN;
  for (let run = 1; run <= last; run++) {
    const got = outcomeOf(sess, together);
    if (typeof got === 'string') return [`run ${run}: ${got}`];
    first ??= got;
    if (run > 4 && run < last) continue;
    got.forEach((now, i) => {
      const what = found.has(titles[i]) ? null : change(first![i], now);
      if (what) found.set(titles[i], `${titles[i]} run ${run}: ${what}`);
    });
  }
  return [...found.values()];
}

for (const { device } of devices()) {
  const types = Object.keys(FORMS).filter(
    (t) => (only?.includes(t) ?? true) && (device === 'native' || RECIPES.has(t)),
  );
  test.each(types)(
    `%s gives the same bits in every run, on the ${device} device`,
    (type) => {
      const found = [
        ...changes(type, 10, device, isWhole || isLong),
        ...(isWhole ? changes(type, 5000, device, true) : []),
      ];
      expect([...found, ...(isWhole ? changes(type, 300_000, device, false) : [])]).toEqual([]);
    },
    isWhole ? 600_000 : undefined,
  );
}
