/** Lookup tables, beside what TensorFlow 1.15 was recorded to say of the same programs (record/tables.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';
import { expectNodes } from '../graph-json';
import type { JsonNode } from '../recorded';
import { MUTABLE } from './mutable';
import { Run } from './run';
import { STATIC } from './static';
import { WORDS } from './words';

type Recorded = Readonly<Record<string, { readonly nodes: readonly JsonNode[]; readonly said: readonly unknown[] }>>;
const RECORDED = JSON.parse(readFileSync(join(__dirname, '../fixtures/tables.json'), 'utf8')) as Recorded;
const PROGRAMS = { ...STATIC, ...WORDS, ...MUTABLE };

/** Static tables have names of their own, which are counted here as where they were recorded. */
beforeEach(() => {
  let made = 0;
  jest.spyOn(crypto, 'randomUUID').mockImplementation(() => `uuid-${++made}` as `${string}-${string}-0-0-0`);
});
afterEach(() => jest.restoreAllMocks());

test('every recorded program is here', () => {
  expect(Object.keys(PROGRAMS).sort()).toEqual(Object.keys(RECORDED).sort());
});
describe.each(devices())('on $title', (mode) => {
  test.each(Object.keys(PROGRAMS))('%s', async (name) => {
    tf.resetDefaultGraph();
    const graph = tf.getDefaultGraph();
    const run = new Run(open(graph, mode));
    await PROGRAMS[name](run);
    expect(run.said).toEqual(RECORDED[name].said);
    expectNodes(graph, RECORDED[name].nodes);
  });
});
