/** Loops as record/loops.py wrote them, and what a run of them gives. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import type { RunObserver } from '../../src/session/running';
import { type RawNode, buildRaw } from './raw-graph';

export interface Row {
  readonly name: string;
  readonly nodes: readonly RawNode[];
  readonly fetches: readonly string[];
  readonly init?: string;
  readonly runs: readonly {
    readonly feeds: Readonly<Record<string, never>>;
    readonly values?: readonly unknown[];
    readonly error?: readonly [string, string];
  }[];
}
const FILE = path.join(__dirname, '..', 'fixtures', 'loops.json');
export const rows = JSON.parse(readFileSync(FILE, 'utf8')) as Record<'right' | 'wrong' | 'random', Row[]>;

/** What a recorded run gives, or its error: its class and the first line of what it says. */
export function outcome(
  sess: tf.Session,
  row: Row,
  feeds: Row['runs'][number]['feeds'],
  timeoutInMs = 0,
  observer?: RunObserver,
): unknown {
  try {
    const options = new tf.RunOptions({ timeoutInMs, observer });
    return sess.run([...row.fetches], feeds, { options }).map((v) => (v instanceof NDArray ? v.toArray() : v));
  } catch (error) {
    if (!(error instanceof tf.errors.OpError)) throw error;
    return [error.name, error.message.split('\n')[0]];
  }
}
/** Fractions as the 32-bit floats that they are, however many digits were written down. */
export function single(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(single);
  return typeof value === 'number' && !Number.isInteger(value) ? Math.fround(value) : value;
}
export function built(row: Row): tf.Graph {
  const graph = new tf.Graph();
  buildRaw(row.nodes, graph);
  return graph;
}
