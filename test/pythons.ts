/**
 * The Pythons whose TensorFlow tests are held beside: 2.x (TFJS_SESSION_PYTHON, which the addon is built against as
 * well) and 1.15 (TFJS_FUZZ_PYTHON).
 */
import { spawnSync } from 'node:child_process';

export interface Python {
  readonly path: string;
  /** Of its TensorFlow: '1.15.5'. */
  readonly version: string;
}
const SCRIPT = 'import tensorflow as tf; print("TensorFlow", tf.__version__)';

/** The version of TensorFlow that a Python has; null for none. */
function versionOf(path: string): string | null {
  const { stdout } = spawnSync(path, ['-c', SCRIPT], { encoding: 'utf8', timeout: 300_000 });
  return /^TensorFlow (\S+)$/m.exec(stdout ?? '')?.[1] ?? null;
}
/** Those that variables name, with TensorFlow. */
export function pythons(): readonly Python[] {
  const paths = ['TFJS_SESSION_PYTHON', 'TFJS_FUZZ_PYTHON'].flatMap((name) => process.env[name] || []);
  return [...new Set(paths)].flatMap((path) => {
    const version = versionOf(path);
    return version === null ? [] : [{ path, version }];
  });
}
/** A block of tests for each of them, `$version` in its title; where there is none, one that says so. */
export function besideEach(title: string, body: (python: Python) => void, found = pythons()): void {
  if (found.length) describe.each(found)(title, body);
  else test(`no Python for it is named by TFJS_SESSION_PYTHON or TFJS_FUZZ_PYTHON: ${title}`, () => undefined);
}
