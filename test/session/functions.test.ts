/** Graphs that call functions, as TensorFlow 1.15 and 2.21 wrote and ran them (record/functions.py). */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { decodeGraph } from '../../src/format/graphdef';
import { importGraph } from '../../src/graph/import';
import { devices, open } from '../sweep';

interface Row {
  readonly graph: string;
  readonly fetches: readonly string[];
  readonly init?: string;
  readonly runs: readonly {
    readonly feeds: Readonly<Record<string, unknown>>;
    readonly values?: readonly unknown[];
    readonly error?: readonly [string, string];
  }[];
}
const FILE = path.join(__dirname, '..', 'fixtures', 'functions.json');
const RECORDED = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, Readonly<Record<string, Row>>>>;
const ROWS = Object.entries(RECORDED).flatMap(([version, rows]) =>
  Object.entries(rows).map(([name, row]) => ({ version, name: name.replaceAll('_', ' '), row })),
);

function imported({ graph }: Row): tf.Graph {
  const made = new tf.Graph();
  importGraph(made, decodeGraph(new Uint8Array(Buffer.from(graph, 'base64'))), { name: '' });
  return made;
}
const plain = (value: unknown): unknown => (value instanceof NDArray ? value.toArray() : value);
/** Recorded feeds; NaN has no name in JSON. */
function fed(feeds: Row['runs'][number]['feeds']): Record<string, never> {
  return Object.fromEntries(Object.entries(feeds).map(([key, v]) => [key, (v === 'NaN' ? NaN : v) as never]));
}
function outcome(sess: tf.Session, row: Row, feeds: Row['runs'][number]['feeds']): unknown {
  try {
    return sess.run([...row.fetches], fed(feeds)).map(plain);
  } catch (error) {
    if (!(error instanceof tf.errors.OpError)) throw error;
    return [error.name, error.message.split('\n')[0]];
  }
}
/** Values to the last bits of a float. */
function expectClose(found: unknown, wanted: unknown): void {
  if (typeof wanted === 'number' && typeof found === 'number') {
    if (!(Math.abs(found - wanted) <= 2e-6 * Math.max(1, Math.abs(wanted)))) expect(found).toBe(wanted);
  } else if (Array.isArray(wanted) && Array.isArray(found)) {
    expect(found.length).toBe(wanted.length);
    wanted.forEach((each, i) => expectClose(found[i], each));
  } else expect(found).toEqual(wanted);
}

describe.each(devices())('functions, $title', (mode) => {
  test.each(ROWS)('of $version: $name', ({ row }) => {
    // In a session of its own each, since what is kept from run to run was recorded in one.
    for (const times of [1, 4, 40]) {
      const sess = open(imported(row), mode);
      const alive: number[] = [];
      for (let time = 0; time < times; time++) {
        // With its variables as they were at first.
        if (row.init) sess.run(row.init);
        for (const { feeds, values, error } of row.runs) {
          const found = outcome(sess, row, feeds);
          if (error) expect(found).toEqual(error);
          else if (time === 0 || !KEPT.has(row)) expectClose(found, values);
        }
        alive.push(sess.device.tensorsAlive());
      }
      expect(alive[times - 1]).toBe(alive[Math.floor(times * 0.75)]);
      sess.close();
    }
  });
});
/** Rows whose second round is another one: random sequences go on, and variables of functions have values. */
const KEPT: ReadonlySet<Row> = new Set(
  Object.entries(RECORDED['1.15'])
    .filter(([name]) => name.startsWith('random') || name.startsWith('a_variable_of'))
    .map(([, row]) => row),
);
