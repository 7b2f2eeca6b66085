/** Which files the ops of a client's graph may touch: none, or those in one folder. */
import { realpathSync } from 'node:fs';
import * as path from 'node:path';
import type { FileAccess } from '../kernels/resources';
import { KernelError } from '../kernels/kernel-error';

/** @param folder  null where none may be touched */
export function filesIn(folder: string | null): FileAccess {
  if (folder === null)
    return (name) => {
      throw refused(`${name}: this server touches no files`, 'start it with --allow-files DIR');
    };
  const root = realpathSync(folder);
  return (name) => {
    const wanted = path.resolve(root, name);
    if (!isInside(root, nearestReal(wanted)))
      throw refused(`${name}: this server touches no files outside of ${root}`, `use a path in ${root}`);
    return wanted;
  };
}
/** A path through links, as far as it is there. */
function nearestReal(wanted: string): string {
  for (let there = wanted, rest = ''; ; rest = path.join(path.basename(there), rest), there = path.dirname(there)) {
    try {
      return path.join(realpathSync(there), rest);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || there === path.dirname(there)) throw error;
    }
  }
}
function isInside(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
function refused(what: string, cure: string): KernelError {
  return new KernelError('PermissionDenied', what, cure);
}
