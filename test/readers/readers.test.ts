/**
 * Readers, queues of names and batches, beside what TensorFlow 1.15 was recorded to say of the same programs
 * (record/readers.py).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';
import { expectNodes } from '../graph-json';
import type { JsonNode } from '../recorded';
import { BATCHING } from './batching';
import { FILES } from './files';
import { PRODUCING } from './producing';
import { READING } from './reading';
import { Run, settled } from './run';
import { SPARSE } from './sparse';

type Recorded = Readonly<Record<string, { readonly nodes: readonly JsonNode[]; readonly said: readonly unknown[] }>>;
const RECORDED = JSON.parse(readFileSync(join(__dirname, '../fixtures/readers.json'), 'utf8')) as Recorded;
const PROGRAMS = { ...READING, ...FILES, ...PRODUCING, ...BATCHING, ...SPARSE };

test('every recorded program is here', () => {
  expect(Object.keys(PROGRAMS).sort()).toEqual(Object.keys(RECORDED).sort());
});
describe.each(devices())('on $title', (mode) => {
  test.each(Object.keys(PROGRAMS))('%s', async (name) => {
    tf.resetDefaultGraph();
    const graph = tf.getDefaultGraph();
    const run = new Run(open(graph, mode));
    await PROGRAMS[name](run);
    expect(settled(run.said)).toEqual(RECORDED[name].said);
    expectNodes(graph, RECORDED[name].nodes);
  });
});
