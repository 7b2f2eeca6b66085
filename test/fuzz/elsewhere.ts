/** A child that calls anything with anything may write files wherever they are asked for: into a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
process.chdir(folder);
process.on('exit', () => {
  process.chdir(tmpdir());
  rmSync(folder, { recursive: true, force: true });
});
