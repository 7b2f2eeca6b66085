/** Handles that lead to something else than an op wants: what record/kinds.py wrote of them. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { devices, open } from '../devices';
import { type RawNode, buildRaw } from './raw-graph';

interface Row {
  readonly name: string;
  readonly nodes: readonly RawNode[];
  readonly runs: readonly string[];
  /** null where the program ended TensorFlow's process. */
  readonly gives: readonly unknown[] | null;
}
const FILE = path.join(__dirname, '..', 'fixtures', 'kinds.json');
const { rows } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly rows: readonly Row[] };

function given(sess: tf.Session, name: string): unknown {
  try {
    const value = sess.run(name);
    return value instanceof NDArray ? value.toArray() : value;
  } catch (error) {
    if (!(error instanceof tf.errors.OpError)) throw error;
    return { error: [error.name, error.message.split('\n')[0].replace(/\{\{node (\w+)\}\}/, 'node $1')] };
  }
}
describe.each(devices())('$title', (mode) => {
  test.each(rows)('$name', ({ nodes, runs, gives }) => {
    const graph = new tf.Graph();
    buildRaw(nodes, graph);
    const sess = open(graph, mode);
    const found = runs.map((name) => given(sess, name));
    if (gives) expect(found).toEqual(gives);
    else
      expect(found.at(-1)).toEqual({
        error: ['InvalidArgumentError', expect.stringMatching(/^Trying to read variable with wrong dtype\. Expected/)],
      });
  });
});
