/** Programs with datasets, as they were recorded (record/datasets.py): their graphs, and what their runs gave. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import * as tf from '../../src';

/** What a run gave, or its error: the class and the first line. */
export type Came = { readonly gave: unknown } | { readonly error: readonly [string, string] };
export interface Runs {
  readonly fetch: string | readonly string[];
  readonly feed?: Readonly<Record<string, unknown>>;
  readonly session?: number;
  /** What is fetched first, and fed as `to` then. */
  readonly handle?: string;
  readonly to?: string;
  readonly came: readonly Came[];
}
interface Program {
  readonly graph: string;
  readonly runs: readonly Runs[];
}
export const RECORDED = JSON.parse(readFileSync(join(__dirname, '../fixtures/datasets.json'), 'utf8')) as Readonly<
  Record<string, Program>
>;
export function graphOf(name: string): tf.Graph {
  const graph = new tf.Graph();
  const bytes = new Uint8Array(inflateSync(Buffer.from(RECORDED[name].graph, 'base64')));
  graph.asDefault(() => tf.importGraphDef(tf.GraphDef.fromString(bytes), { name: '' }));
  return graph;
}
