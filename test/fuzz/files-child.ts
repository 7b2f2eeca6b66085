/**
 * Reads files in which something was changed; says on stdout which it is at, for it may die of it, and what did wrong.
 * Arguments: `first count folder`.
 */
import { mkdirSync, writeSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { watchAllocations } from './files/allocations';
import { watchFiles } from './files/outside';

// As on a small machine, where a tensor has 256 MB at most.
os.totalmem = () => 2 ** 30;
watchAllocations();
watchFiles();
const [first, count, folder] = process.argv.slice(2);
process.on('unhandledRejection', () => {});
console.log = console.info = console.warn = console.error = () => {};
const say = (line: string): void => void writeSync(1, `${line}\n`);
process.stdout.write = process.stderr.write = () => true;

const root = join(folder, first);
mkdirSync(root);
const { Judge } = require('./files/judge') as typeof import('./files/judge');
const { madeSubjects } = require('./files/made') as typeof import('./files/made');
const { artifactSubjects, recordedSubjects } = require('./files/found') as typeof import('./files/found');
const judge = new Judge([...madeSubjects(root), ...recordedSubjects(root), ...artifactSubjects(root)], root);
for (const what of judge.unread) say(`fault ${JSON.stringify({ seed: -1, fault: `${what}: is not read as it is` })}`);
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  const fault = judge.try(seed, (title) => say(`at ${seed} ${title}`));
  if (fault) say(`fault ${JSON.stringify({ seed, fault })}`);
}
say(`done ${count}`);
