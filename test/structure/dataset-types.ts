/** The op types that the recorded programs with datasets have (record/datasets.py), of which there are rows. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import '../../src';
import { typesWithRows } from '../../src/graph/opdef';
import { FIXTURES } from '../recorded';

interface Recorded {
  readonly ops: readonly string[];
}
export function inDatasets(): string[] {
  const text = readFileSync(path.join(FIXTURES, '..', 'datasets.json'), 'utf8');
  const recorded = new Set(Object.values(JSON.parse(text) as Record<string, Recorded>).flatMap(({ ops }) => ops));
  return typesWithRows().filter((type) => recorded.has(type));
}
