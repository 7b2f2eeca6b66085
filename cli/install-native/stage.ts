/** The folder on the side, in which everything is made before it is renamed into place. */
import { codeOf } from '../../src/base/thrown';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

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
    return codeOf(error) === 'EPERM';
  }
}

/** Renames a finished folder into place. What was there goes to the side, to be deleted with it. */
export function moveInto(place: string, from: string, stage: string): void {
  mkdirSync(dirname(place), { recursive: true });
  if (existsSync(place)) renameSync(place, join(mkdtempSync(join(stage, 'old-')), 'old'));
  renameSync(from, place);
}

/** More installations than this do not run at once. */
const MOST_AT_ONCE = 100;
/**
 * Renames a finished folder to a name of its own, `place` or `place.1`, …: the last written counts. Those that were
 * there before go once it is there, so that a kill at any time leaves one that is whole, and two installations at
 * once both succeed.
 */
export function putBeside(place: string, from: string, stage: string): string {
  const [folder, name] = [dirname(place), basename(place)];
  mkdirSync(folder, { recursive: true });
  const before = readdirSync(folder).filter(
    (each) => each === name || (each.startsWith(name) && /^\.\d+$/.test(each.slice(name.length))),
  );
  for (let i = 0; i < MOST_AT_ONCE; i++) {
    const to = i ? `${place}.${i}` : place;
    if (existsSync(to)) continue;
    try {
      renameSync(from, to);
    } catch (error) {
      // Another installation was there first.
      if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '') && existsSync(to)) continue;
      throw error;
    }
    for (const each of before) setAside(join(folder, each), stage);
    return to;
  }
  throw new Error(`${folder} holds ${MOST_AT_ONCE} installations. Delete it and try again.`);
}
function setAside(path: string, stage: string): void {
  try {
    renameSync(path, join(mkdtempSync(join(stage, 'old-')), 'old'));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
