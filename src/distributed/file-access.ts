/** Which files the ops of a client's graph may touch: none, or those in one folder. */
import { realpathSync } from 'node:fs';
import * as path from 'node:path';
import { tried } from '../format/files';
import { isInside, nearestReal } from '../format/inside';
import { onFiles } from '../kernels/host/on-files';
import type { FileAccess } from '../kernels/resources';
import { KernelError } from '../kernels/kernel-error';

/** @param folder  null where none may be touched */
export function filesIn(folder: string | null): FileAccess {
  if (folder === null)
    return (name) => {
      throw refused(
        `${name}: this server touches no files`,
        'start it with --allow-files DIR (a tf.train.Server with allowFiles)',
      );
    };
  const root = realpathSync(folder);
  return (name) => {
    const wanted = path.resolve(root, name);
    if (
      !isInside(
        root,
        onFiles(() => tried(wanted, () => nearestReal(wanted))),
      )
    )
      throw refused(`${name}: this server touches no files outside of ${root}`, `use a path in ${root}`);
    return wanted;
  };
}
function refused(what: string, cure: string): KernelError {
  return new KernelError('PermissionDenied', what, cure);
}
