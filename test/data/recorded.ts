/** Programs with datasets, as they were recorded (record/datasets.py): their graphs, and what their runs gave. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
  /** What it reads, in the folder in which it runs: the bytes by name. */
  readonly files?: Readonly<Record<string, string>>;
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
/** Does something in a folder that has the files of a program. */
export function besideFiles<T>({ files = {} }: Pick<Program, 'files'>, body: () => T): T {
  const [folder, before] = [mkdtempSync(join(tmpdir(), 'datasets-')), process.cwd()];
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), Buffer.from(bytes, 'base64'));
    process.chdir(folder);
    return body();
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}
