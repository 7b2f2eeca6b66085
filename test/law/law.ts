/**
 * The law: an op gives the same values on the host and on a device, for few elements and for many, in its first run
 * and in each later plan, beside other nodes. Cases are made from forms.ts; each op's cases stand in one graph.
 */
import * as tf from '../../src';
import type { DType, Data } from '../../src/base/dtype';
import { bfloatToNumber, halfToNumber } from '../../src/base/half';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import type { SessionConfig } from '../../src/session/config';
import { LAST_RUN } from '../long';
import type { Case, Fed, Rounding } from './cases';

/** What a case gives in a run: arrays, or the first line of an error. */
export type Outcome = readonly Result[] | string;
export interface Result {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Data;
}
export interface Built {
  readonly case_: Case;
  readonly fetches: readonly tf.Tensor[];
  readonly feeds: readonly (readonly [tf.Tensor, NDArray])[];
}
export function build(cases: readonly Case[], graph: tf.Graph): Built[] {
  return graph.asDefault(() =>
    cases.flatMap((case_) => {
      const feeds: [tf.Tensor, NDArray][] = [];
      const one = ({ array, constant }: Fed): tf.Tensor => {
        if (constant) return tf.constant(array);
        const x = tf.placeholder(array.dtype, array.shape);
        feeds.push([x, array]);
        return x;
      };
      try {
        const edges = case_.inputs.map((i) => (Array.isArray(i) ? (i as Fed[]).map(one) : one(i as Fed)));
        const name = case_.type.startsWith('_') ? case_.type.slice(1) : undefined;
        return [
          { case_, fetches: applyOp(case_.type, edges, case_.attrs, name).outputs.slice(0, case_.outputs), feeds },
        ];
      } catch (error) {
        // What is refused while a graph is built is refused everywhere.
        if (error instanceof tf.errors.OpError || error instanceof Error) return [];
        throw error;
      }
    }),
  );
}
function resultOf(value: unknown, { dtype }: tf.Tensor): Result {
  if (value instanceof NDArray) return { dtype: value.dtype, shape: value.shape, data: value.data };
  if (value instanceof tf.NDArray) return value;
  const one =
    dtype.size === 8 && dtype.isInteger ? BigInt(value as number) : dtype.kind === 'bool' ? Number(value) : value;
  const data = dtype.kind === 'string' ? [value as string] : new dtype.array([one] as never);
  return { dtype, shape: [], data };
}
export function outcomeOf(sess: tf.Session, { fetches, feeds }: Pick<Built, 'fetches' | 'feeds'>): Outcome {
  try {
    return (sess.run([...fetches], feeds) as unknown[]).map((v, i) => resultOf(v, fetches[i]));
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

const RELATIVE: Readonly<Record<string, number>> = {
  float32: 1e-5,
  float64: 1e-10,
  float16: 2e-3,
  bfloat16: 1.6e-2,
  complex64: 1e-5,
};
const SMALLEST: Readonly<Record<string, number>> = {
  float32: 1.2e-38,
  float64: 2.3e-308,
  complex64: 1.2e-38,
  float16: 6.2e-5,
  bfloat16: 1.2e-38,
};

/** Why two outcomes are not the same; null where they are.  */
export function difference(got: Outcome, want: Outcome, rounding: Rounding): string | null {
  if (typeof got === 'string' || typeof want === 'string')
    return got === want ? null : `gives ${say(got)}, not ${say(want)}`;
  for (let k = 0; k < want.length; k++) {
    const [g, w] = [got[k], want[k]];
    if (g.dtype !== w.dtype || String(g.shape) !== String(w.shape))
      return `output ${k} is ${g.dtype.name}[${g.shape}], not ${w.dtype.name}[${w.shape}]`;
    const same = sameness(w, rounding);
    const [a, b] = [numbersOf(g), numbersOf(w)];
    const wrong: number[] = [];
    for (let i = 0; i < b.length; i++) if (!same(a[i], b[i])) wrong.push(i);
    if (wrong.length) {
      const shown = wrong.slice(0, 4).map((i) => `[${i}] is ${show(a[i])}, not ${show(b[i])}`);
      return `output ${k}, ${wrong.length} of ${b.length}: ${shown.join('; ')}`;
    }
  }
  return null;
}
type Element = number | bigint | string;
function numbersOf({ dtype, data }: Result): ArrayLike<Element> {
  if (dtype.name === 'float16') return Array.from(data as Uint16Array, halfToNumber);
  if (dtype.name === 'bfloat16') return Array.from(data as Uint16Array, bfloatToNumber);
  return data as ArrayLike<Element>;
}
function sameness(
  { dtype, data }: Result,
  { sums, nearZero, spreads, zeros }: Rounding,
): (a: Element, b: Element) => boolean {
  const relative = RELATIVE[dtype.name];
  if (relative === undefined) return (a, b) => a === b;
  let largest = 0;
  if (sums) for (const v of data as Float32Array) if (Number.isFinite(v)) largest = Math.max(largest, Math.abs(v));
  const absolute = SMALLEST[dtype.name] + relative * Math.max(largest, nearZero ? 0.02 : 0);
  return (x, y) => {
    const [a, b] = [Number(x), Number(y)];
    if (Object.is(a, b) || (spreads && Number.isNaN(a)) || (a === 0 && b === 0 && (sums || zeros))) return true;
    if ((a === 0 && b === 0) || !Number.isFinite(a) || !Number.isFinite(b)) return false;
    return Math.abs(a - b) <= absolute + relative * Math.abs(b);
  };
}
function show(v: Element): string {
  return Object.is(v, -0) ? '-0' : String(v);
}
function say(outcome: Outcome): string {
  return typeof outcome === 'string' ? `'${outcome}'` : 'a value';
}

export interface Finding {
  readonly case_: Case;
  readonly run: number;
  readonly way: string;
  readonly what: string;
}
/** A way of running a graph, and the runs of it that are looked at. */
export interface Way {
  readonly title: string;
  readonly config: SessionConfig;
  readonly runs: readonly number[];
}
export const HOST: SessionConfig = { device: 'portable', placement: 'host', graphOptions: false };
/** Every step on the device; and as sessions run: rewritten from the third run on, then one graph where that can be. */
export function waysOf(device: NonNullable<SessionConfig['device']>): readonly Way[] {
  return [
    { title: device, config: { device, placement: 'device' }, runs: [1] },
    {
      title: `${device} in one`,
      config: { device, graphOptions: { wholeGraph: true } },
      runs: [1, 4, LAST_RUN],
    },
  ];
}

/** What runs beside a case, so that there is a whole to compile. */
export function neighbour(): Pick<Built, 'fetches' | 'feeds'> {
  const x = tf.placeholder(tf.float32, [16]);
  const y = tf.tanh(x.mul(2).add(1));
  return { fetches: [y, tf.sigmoid(y.mul(x))], feeds: [[x, new NDArray(tf.float32, [16], new Float32Array(16))]] };
}
function beside(cases: readonly Built[], other: Pick<Built, 'fetches' | 'feeds'>): Pick<Built, 'fetches' | 'feeds'> {
  const all = [...cases, other];
  return { fetches: all.flatMap((b) => b.fetches), feeds: all.flatMap((b) => b.feeds) };
}

/** Runs an op's cases on the host and in other ways, alone and beside each other; returns what differs. */
export function breaches(cases: readonly Case[], ways: readonly Way[]): Finding[] {
  const graph = new tf.Graph();
  const built = build(cases, graph);
  const other = graph.asDefault(neighbour);
  using host = session(graph, HOST);
  const right = new Map(built.map((b) => [b, outcomeOf(host, b)]));
  return ways.flatMap((way) => inOneWay(graph, right, other, way));
}
function session(graph: tf.Graph, config: SessionConfig): tf.Session {
  return new tf.Session('', { graph, config: { advice: false, ...config } });
}
function inOneWay(
  graph: tf.Graph,
  right: ReadonlyMap<Built, Outcome>,
  other: Pick<Built, 'fetches' | 'feeds'>,
  way: Way,
): Finding[] {
  const found: Finding[] = [];
  using sess = session(graph, way.config);
  const known = new Set<Built>();
  const note = (b: Built, run: number, got: Outcome): void => {
    const what = known.has(b) ? null : difference(got, right.get(b)!, b.case_.rounding);
    if (!what) return;
    known.add(b);
    found.push({ case_: b.case_, run, way: way.title, what });
  };
  const failing = [...right.keys()].filter((b) => typeof right.get(b) === 'string');
  const working = [...right.keys()].filter((b) => !failing.includes(b));
  const last = way.runs[way.runs.length - 1];
  for (const b of right.keys()) note(b, 1, outcomeOf(sess, b));
  for (const b of failing) {
    const together = beside([b], other);
    for (let run = 1; run <= last; run++) {
      const got = outcomeOf(sess, together);
      if (way.runs.includes(run)) note(b, run, got);
    }
  }
  const together = beside(working, other);
  for (let run = 1; working.length && run <= last; run++) {
    const all = outcomeOf(sess, together);
    if (!way.runs.includes(run)) continue;
    if (typeof all === 'string') {
      found.push({ case_: working[0].case_, run, way: way.title, what: `together: ${all}` });
      break;
    }
    let at = 0;
    for (const b of working) note(b, run, all.slice(at, (at += b.fetches.length)));
  }
  return found;
}
