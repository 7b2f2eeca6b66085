/** What functions change beside their results, as test/fixtures/record/function_effects.py recorded it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import * as tf from '../../src';

type Row = readonly [bytes: number, one: string, other: string, adds: string];
interface Other {
  readonly bytes: number;
  readonly fetch: string;
  readonly seen: string;
  readonly runs: readonly number[];
  readonly error?: string;
}
interface File {
  readonly rows: Readonly<Record<string, Row>>;
  readonly others: Readonly<Record<string, Other>>;
  readonly graphs: string;
}
const FILE = path.join(__dirname, '..', 'fixtures', 'function_effects.json');
const { rows, others, graphs } = JSON.parse(readFileSync(FILE, 'utf8')) as File;
/** After these runs a fixture says what there is. */
export const RUNS: readonly number[] = [1, 4, 40];

/** A program, and for each of its fetches what a run adds to three variables. */
export interface Effects {
  readonly title: string;
  readonly graph: () => tf.Graph;
  readonly adds: readonly (readonly [fetch: readonly string[], each: readonly number[]])[];
}
/** One that says what is to be seen after some runs, or how a run fails. */
export interface OtherEffects extends Omit<Other, 'bytes'> {
  readonly title: string;
  readonly graph: () => tf.Graph;
}
/** What of a program is fetched, by the names of two results. */
export function fetchesOf(one: string, other: string): readonly (readonly string[])[] {
  return [
    [one],
    [other],
    [one.split(':')[0]],
    ['behind:0'],
    ['y_read:0'],
    ['z_read:0'],
    ['y_read:0', 'z_read:0'],
    ['y_read:0', 'behind:0'],
    [one, 'y_read:0'],
  ];
}
function take(): { programs: Effects[]; otherPrograms: OtherEffects[] } {
  const bytes = inflateSync(Buffer.from(graphs, 'base64'));
  let at = 0;
  const next = (count: number): (() => tf.Graph) => {
    const part = bytes.subarray(at, (at += count));
    return () => {
      const graph = new tf.Graph();
      graph.asDefault(() => tf.importGraphDef(tf.GraphDef.fromString(part), { name: '' }));
      return graph;
    };
  };
  const programs = Object.entries(rows).map(([title, [count, one, other, adds]]) => {
    const fetches = fetchesOf(one, other);
    const each = adds.split(' ').map((digits) => [...digits].map(Number));
    return { title, graph: next(count), adds: fetches.map((fetch, i) => [fetch, each[i]] as const) };
  });
  const otherPrograms = Object.entries(others).map(([title, row]) => ({ ...row, title, graph: next(row.bytes) }));
  return { programs, otherPrograms };
}
export const { programs, otherPrograms } = take();

/** What three variables are after some runs of a fetch, each of which adds to them. */
export function added(sess: tf.Session, fetch: readonly string[], runs: readonly number[]): number[][] {
  sess.run('init');
  const seen: number[][] = [];
  for (let i = 1; i <= Math.max(...runs); i++) {
    sess.run(fetch, { 'x:0': 1 });
    if (runs.includes(i)) seen.push(sess.run(['value0:0', 'value1:0', 'value2:0']) as number[]);
  }
  return seen;
}
