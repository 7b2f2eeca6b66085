/**
 * Random graphs, run in every way that there is: each run must give what the plain host gives in that run, errors too.
 * A failure names the seeds, the smallest graph first. TFJS_TEST_SEEDS=a-b tries others.
 */
import * as tf from '../../src';
import { isLong } from '../all';
import { LAST_RUN } from '../long';
import { devices } from '../sweep';
import { type Feed, type Made, make } from './random-graph';

const [FIRST, LAST] = (process.env['TFJS_TEST_SEEDS'] ?? (isLong ? '1-60' : '1-20')).split('-').map(Number);
/**
 * Runs with the same feeds: enough for a plan of their shapes; and, of one graph in three, for the whole graph
 * compiled.
 */
const RUNS = 5;
const MANY_RUNS = Math.max(RUNS, LAST_RUN);

type Config = Pick<NonNullable<tf.SessionConfig>, 'device' | 'placement' | 'graphOptions'>;
type Data = readonly (number | string)[];
interface Run {
  readonly title: string;
  readonly results: readonly Data[];
}
function dataOf(value: unknown): Data {
  if (typeof value === 'number') return [value];
  if (!(value instanceof tf.NDArray)) return [String(value)];
  if (value.dtype.isFloating) return Array.from(value.data as Float32Array, Number);
  return Array.from(value.data as string[], String);
}
/** What the runs of a graph give, one after the other, and how many tensors they leave behind. */
function runsOf({ variables, fetches, train, feeds, bad }: Made, runs: number, config: Config): [Run[], number] {
  const sess = new tf.Session('', { config: { ...config, advice: false } });
  const before = sess.device.tensorsAlive();
  const made: Run[] = [];
  const run = (title: string, feed: Feed): void => {
    let results: Data[];
    try {
      results = sess.run(fetches, feed).map(dataOf);
    } catch (error) {
      results = [[(error as Error).message.split('\n')[0]]];
    }
    made.push({ title, results });
  };
  sess.run(tf.globalVariablesInitializer());
  for (let k = 1; k <= runs; k++) run(`run ${k}`, feeds[0]);
  run('run with other feeds', feeds[1]);
  for (let k = 1; bad && k <= RUNS; k++) run(`failing run ${k}`, bad);
  for (let k = 1; train && k <= RUNS; k++) {
    sess.run(train, feeds[k % 2]);
    run(`run after training step ${k}`, feeds[0]);
  }
  for (const v of variables) made.push({ title: `variable ${v.name}`, results: [dataOf(sess.run(v))] });
  sess.close();
  return [made, sess.device.tensorsAlive() - before];
}
function near(a: number | string, b: number | string): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 2e-3 * Math.max(1, Math.abs(b));
}
/** The first difference in words; null where there is none. */
function difference(got: readonly Run[], want: readonly Run[], { fetches }: Made): string | null {
  for (const [k, { title, results }] of want.entries()) {
    for (const [i, data] of results.entries()) {
      const other = got[k].results[i] ?? [];
      const at = data.findIndex((v, j) => !near(other[j], v));
      if (at < 0 && other.length === data.length) continue;
      const what = title.startsWith('var') ? '' : `, ${fetches[i].name} (${fetches[i].op.type})`;
      return (
        `${title}${what}: [${at}] is ${other[at]} of ${other.length}, on the plain host ${data[at]} of ` +
        `${data.length}`
      );
    }
  }
  return null;
}

/** Rewritten; the same on the device; each step where it costs least; whole graphs on the device. */
const WAYS: readonly (readonly [string, Omit<Config, 'device'>])[] = [
  ['host', { placement: 'host' }],
  ['device', { placement: 'device', graphOptions: { wholeGraph: false } }],
  ['auto', { placement: 'auto' }],
  ['compiled', { placement: 'auto', graphOptions: { wholeGraph: true } }],
];

/** What the plain host gives, by seed: it is asked once for all devices. */
const WANTED = new Map<number, Run[]>();
test.each(devices().map((d) => d.device))('random graphs on the %s device', (device) => {
  const failures: { seed: number; nodes: number; what: string }[] = [];
  for (let seed = FIRST; seed <= LAST; seed++) {
    tf.resetDefaultGraph();
    const made = make(seed);
    const runs = seed % 3 ? RUNS : MANY_RUNS;
    const want = WANTED.get(seed) ?? runsOf(made, runs, { device, placement: 'host', graphOptions: false })[0];
    WANTED.set(seed, want);
    for (const [way, config] of WAYS) {
      const [got, left] = runsOf(made, runs, { device, ...config });
      const what = left ? `${left} tensors are left` : difference(got, want, made);
      if (what) failures.push({ seed, nodes: made.nodes, what: `${way}: ${what}` });
    }
  }
  const told = failures
    .sort((a, b) => a.nodes - b.nodes)
    .map(({ seed, nodes, what }) => `seed ${seed} (${nodes} nodes), ${what}`);
  expect(told).toEqual([]);
});
