/** Recorded rows of the families that have no more to say: those with a test of their own sweep them there. */
import { existsSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { FIXTURES } from '../recorded';
import { fixture, sweep } from '../sweep';

for (const file of readdirSync(FIXTURES).sort()) {
  const stem = path.basename(file, '.json');
  if (isAlone(stem) && fixture(stem).rows.length) sweep(stem);
}
function isAlone(stem: string): boolean {
  return !existsSync(path.join(__dirname, `${stem.replaceAll('_', '-')}.test.ts`));
}
