/** The folder on the side, in which everything is made before it is renamed into place. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A new folder in the cache. Those of runs that were killed before they could clean up are deleted. */
export function openStage(cache: string): string {
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    const owner = /^\.staging-(\d+)-/.exec(name)?.[1];
    if (owner && !isRunning(Number(owner))) rmSync(join(cache, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(cache, `.staging-${process.pid}-`));
}

export function closeStage(stage: string): void {
  rmSync(stage, { recursive: true, force: true, maxRetries: 3 });
  try {
    rmdirSync(dirname(stage));
  } catch {
    // Not empty: it holds what was installed.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Renames a finished folder into place. What was there goes to the side, to be deleted with it. */
export function moveInto(place: string, from: string, stage: string): void {
  mkdirSync(dirname(place), { recursive: true });
  if (existsSync(place)) renameSync(place, join(mkdtempSync(join(stage, 'old-')), 'old'));
  renameSync(from, place);
}
