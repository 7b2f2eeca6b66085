/** Programs of queues that take turns, beside what TensorFlow 1.15 was recorded to say of the same ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';
import { expectNodes } from '../graph-json';
import type { JsonNode } from '../recorded';

type Recorded = Readonly<Record<string, { readonly nodes: readonly JsonNode[]; readonly said: readonly unknown[] }>>;

/**
 * A test of each program on each device: what it says and the nodes that it makes.
 * @param fixture   a file of test/fixtures
 * @param running   a program's session, its settings and what was said
 * @param settled   what of that does not depend on the place
 */
export function besideRecorded<R extends { readonly said: readonly unknown[] }>(
  fixture: string,
  programs: Readonly<Record<string, (run: R) => void | Promise<void>>>,
  running: (session: tf.Session) => R,
  settled: (said: unknown) => unknown = (said) => said,
): void {
  const recorded = JSON.parse(readFileSync(join(__dirname, '../fixtures', fixture), 'utf8')) as Recorded;
  test('every recorded program is here', () => {
    expect(Object.keys(programs).sort()).toEqual(Object.keys(recorded).sort());
  });
  describe.each(devices())('on $title', (mode) => {
    test.each(Object.keys(programs))('%s', async (name) => {
      tf.resetDefaultGraph();
      const graph = tf.getDefaultGraph();
      const run = running(open(graph, mode));
      await programs[name](run);
      expect(settled(run.said)).toEqual(recorded[name].said);
      expectNodes(graph, recorded[name].nodes);
    });
  });
}
