/** Whether a path stays in a folder, links followed. */
import { codeOf } from '../base/thrown';
import { realpathSync } from 'node:fs';
import * as path from 'node:path';

/** Codes of what is not there: nothing can be below a file either. */
const ABSENT = ['ENOENT', 'ENOTDIR'];
/** A path through links, as far as it is there. */
export function nearestReal(wanted: string): string {
  for (let there = wanted, rest = ''; ; rest = path.join(path.basename(there), rest), there = path.dirname(there)) {
    try {
      return path.join(realpathSync(there), rest);
    } catch (error) {
      if (!ABSENT.includes(codeOf(error) ?? '') || there === path.dirname(there)) throw error;
    }
  }
}
/** Whether a path lies in a folder, or is it; both are absolute. */
export function isInside(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative === '' || (!/^\.\.(?:[/\\]|$)/.test(relative) && !path.isAbsolute(relative));
}
/** Whether a file of a folder, by its path from there, is in it and leads nowhere else. */
export function staysIn(folder: string, name: string): boolean {
  try {
    const root = realpathSync(folder);
    const wanted = path.resolve(root, name);
    return isInside(root, wanted) && isInside(root, nearestReal(wanted));
  } catch {
    return false;
  }
}
