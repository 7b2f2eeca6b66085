/** Supervised training beside TensorFlow 1.15: nodes, what hooks see, files, event files and error texts. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { approx, graphJson } from '../graph-json';
import type { JsonNode } from '../recorded';
import { TemporaryFolder } from '../temporary-folder';
import { PROGRAMS } from './programs';

interface Recorded {
  readonly log: readonly unknown[];
  readonly nodes?: readonly JsonNode[];
  readonly collections?: Readonly<Record<string, readonly string[]>>;
}
const RECORDED: Readonly<Record<string, Recorded>> = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/supervised.json'), 'utf8'),
);
const folder = new TemporaryFolder('supervised-');
afterEach(() => tf.summary.FileWriterCache.clear());

/** Numbers in texts with as many digits as a float32 has. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'number') return Number(value.toPrecision(6));
  if (typeof value === 'string')
    return value.replace(/\d+\.\d+/g, (number) => String(Number(Number(number).toPrecision(6))));
  return Array.isArray(value) ? value.map(plain) : value;
};
test('each recorded program is here', () => {
  expect(Object.keys(PROGRAMS).sort()).toEqual(Object.keys(RECORDED).sort());
});
test.each(Object.keys(PROGRAMS))('%s', (name) => {
  const { log: wanted, nodes, collections } = RECORDED[name];
  const [graph, log]: [tf.Graph, unknown[]] = [new tf.Graph(), []];
  graph.asDefault(() => PROGRAMS[name](log, folder.path));
  expect(log.map(plain)).toEqual(wanted.map(plain));
  if (nodes) {
    const made = approx(graphJson(graph));
    expect(JSON.parse(JSON.stringify(made).replace(/_temp_[0-9a-f]{32}/g, '_temp_x'))).toEqual(approx(nodes));
  }
  for (const [key, names] of Object.entries(collections ?? {})) {
    const found = graph.getCollection<{ name?: string; constructor: { name: string } }>(key);
    expect([key, found.map((each) => each.name ?? each.constructor.name)]).toEqual([key, names]);
  }
});
