/** Folders that a person names for what a command writes. */
import { lstatSync, mkdirSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { errorOf } from '../src/base/thrown';
import { inPlace } from '../src/format/output';
import { UsageError } from './usage';

/**
 * Before anything is written: a link to nothing, a device or a file in the place of a folder is left alone.
 *
 * @throws UsageError  where no folder is, and none can be made
 */
export function checkFolder(name: string): void {
  if (!name) throw new UsageError('The name of the folder is empty. Name one, as digits; . is this one.');
  if (name.includes('\0')) throw new UsageError('The name of a folder has no character of code 0.');
  const target = path.resolve(name);
  for (let at = target; ; at = path.dirname(at)) {
    const there = inPlace(at, statSync);
    if (!there?.isDirectory() && (there || inPlace(at, lstatSync)))
      throw new UsageError(`${at === target ? name : at}: it is no folder. Name another place.`);
    if (there) return;
  }
}
/** @throws UsageError  where it cannot be made: its name is too long, nobody may write there */
export function makeFolder(name: string): void {
  try {
    mkdirSync(name, { recursive: true });
  } catch (error) {
    const [why] = errorOf(error).message.split(', mkdir');
    throw new UsageError(`${name}: no folder can be made there (${why}). Name another place.`);
  }
}
