/** The flag `--data-dir`, which three commands have. */
import { statSync } from 'node:fs';
import { UsageError } from './usage';

/** @throws UsageError  if it names no directory */
export function checkDataDir(dir: string): void {
  const found = statAt(dir);
  if (found?.isDirectory()) return;
  const what = found ? `it is a ${found.isFile() ? 'file' : 'device'}, and no directory` : 'there is no such directory';
  throw new UsageError(`--data-dir ${dir}: ${what}. Name one with MNIST's IDX files, or leave the flag out.`);
}

function statAt(path: string): ReturnType<typeof statSync> | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    // Below a file, or behind a door that is closed: not there for us.
    return null;
  }
}
