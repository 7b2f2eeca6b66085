/** A folder for each test of a file that writes, and the default graph anew. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../src';

/** To be called once, where tests are declared. */
export class TemporaryFolder {
  /** Where the test that runs may write. */
  path = '';
  constructor(prefix: string) {
    beforeEach(() => {
      tf.resetDefaultGraph();
      this.path = mkdtempSync(path.join(tmpdir(), prefix));
    });
    afterEach(() => rmSync(this.path, { recursive: true, force: true }));
  }
  /** A path in it. */
  readonly at = (name: string): string => path.join(this.path, name);
  /** The names of what is in it. */
  readonly files = (): string[] => readdirSync(this.path).sort();
}
/** A session on the default graph. */
export const session = (): tf.Session => new tf.Session('', { config: { device: 'portable' } });
/** The same, with its variables. */
export function initialized(): tf.Session {
  const sess = session();
  sess.run(tf.globalVariablesInitializer());
  return sess;
}
